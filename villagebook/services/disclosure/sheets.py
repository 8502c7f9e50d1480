"""Board sheets F2 to F8, F10, F11 and single matters: compiled by rule, frozen, reviewed by two, printed the same for ever.

What a form says comes from its entry in `sheet_forms.FORMS`; nobody chooses rows. A sheet that was wrong is not written over:
a newly compiled one replaces it, says so, and shows what was wrong and what is right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from villagebook import i18n
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.people import SUPERVISION
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Body, Sheet, SheetForm, sheet_from_data
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.rules.sheet_facts import SheetFacts
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import sheet_forms, sheet_ties
from villagebook.services.disclosure.board import TOPIC
from villagebook.services.disclosure.board_places import required_places
from villagebook.services.disclosure.compiling import officials
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_forms import FormEntry, form_of
from villagebook.services.disclosure.sheet_replacing import replacing
from villagebook.services.gate import look, pass_or_refuse, refusal, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import documents as docs
from villagebook.storage import sheets as store
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.log import head_of


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One frozen sheet as lists show it; `state` is review, rejected or final."""

    id: str
    number: str
    form: SheetForm
    title: str
    subject: str
    stage: str
    span: Span
    state: str
    signed: int
    needed: int
    content_hash: str
    replaces: str


# ---- compiling ----


def compile_sheet(book: Book, form: SheetForm, span: Span, subject: str, today: date) -> Sheet:
    """The sheet as the book stands now. Raises Refused when there is no such form, or no such thing to tell of."""
    with book.reading() as connection:
        return compiled(connection, book.info, form, span, subject, today)


def compiled(
    connection: Connection, info: BookInfo, form: SheetForm, span: Span, subject: str, today: date
) -> Sheet:
    """The same inside an open transaction."""
    base = gather.ground(connection, info, today, min(today, span.last.last_day))
    entry = _entry(form, subject)
    try:
        body = screened(entry.compile(connection, info, base, span, subject))
    except KeyError:
        text = _("There is no {subject} to tell of.").format(subject=subject or _(entry.title))
        raise Refused([Finding("DIS-02", Severity.ERROR, subject, text)]) from None
    return _sheet(connection, info, base, form, span, subject, body)


def _entry(form: SheetForm, subject: str) -> FormEntry:
    try:
        entry = form_of(form, subject)
    except KeyError:
        kinds = _(", ").join(e.subject for e in sheet_forms.FORMS if e.form is form and e.subject)
        text = _("There is no board paper {form} about this.")
        if kinds and not subject:
            text = _("{form}: say what it is about, by kind and number ({kinds}).")
        found = text.format(form=form.value, kinds=kinds)
        raise Refused([Finding("DIS-02", Severity.ERROR, subject or form.value, found)]) from None
    if subject and not entry.subject:
        found = _("{title} tells of whole months.").format(title=_(entry.title))
        raise refusal("DIS-02", subject, found)
    return entry


def _sheet(
    connection: Connection,
    info: BookInfo,
    base: Facts,
    form: SheetForm,
    span: Span,
    subject: str,
    body: Body,
) -> Sheet:
    head = head_of(connection)
    day = min(base.today, span.last.last_day) if not subject else base.today
    policy = base.policy
    seed = f"{info.book_id}|{form.value}|{subject}|{body.stage}|{span}|{head.seq}"
    return Sheet(
        id=hashlib.sha256(seed.encode()).hexdigest()[:32],
        form=form,
        subject=subject,
        stage=body.stage,
        title=body.title,
        number=_number(connection, info, form, span, subject),
        village=info.village,
        village_code=info.code,
        span=span,
        sentences=body.sentences,
        figures=body.figures,
        parts=body.parts,
        charts=body.charts,
        notes=body.notes,
        reviewers=tuple(p.name for p in base.staff.holders(SUPERVISION, day)),
        officials=officials(base.staff, day),
        places_to_post=required_places(connection, policy),
        min_days=policy.number("min_days"),
        objection_days=policy.number("objection_days"),
        answer_days=policy.number("answer_days"),
        log_seq=head.seq,
        log_hash=head.hash,
        policy=f"{policy.id} {policy.version}",
        compiled_on=base.today,
        language=i18n.language(),
        masks=body.masks,
        font_pt=policy.number("font_pt"),
        ask_at=policy.words["ask_at"],
    )


def _number(connection: Connection, info: BookInfo, form: SheetForm, span: Span, subject: str) -> str:
    """Village, months and form; matters of the same form and months are counted."""
    months = str(span.first.number) + (f"-{span.last.number}" if span.last != span.first else "")
    stem = f"{info.code}-{months}-{form.value if form is not SheetForm.MATTER else 'M'}"
    if not subject:
        return stem
    before = [e for e in store.standing(connection) if e.number.startswith(f"{stem}-") and not e.replaces]
    return f"{stem}-{len(before) + 1:02d}"


# ---- freezing ----


def submit_sheet(
    book: Book, form: SheetForm, span: Span, subject: str, by: By, *, replaces: str = "", reason: str = ""
) -> str:
    """Freeze the sheet and hand it to supervision; returns its id.

    `replaces` is the id of a posted sheet it sets right, for the printed `reason`. Raises Refused: such a sheet stands
    already (DIS-03), months are open (DIS-06), the privacy rule (DIS-07), a sign without a shape (DIS-08), nothing was
    corrected (DIS-14).
    """
    return _submit(book, form, span, subject, by, replaces, reason, "")


def replace_sheet(
    book: Book, sheet_id: str, reason: str, by: By, *, objection_id: str = "", until: Period | None = None
) -> str:
    """Compile a posted sheet anew because it was wrong; returns the id of the one that replaces it.

    `until` takes in later months, when the book was set right in one of them. Raises Refused as `submit_sheet` does.
    """
    with book.reading() as connection:
        old = store.sheet(connection, sheet_id)
    if old is None:
        refuse("DIS-14", sheet_id, [_("There is no such notice that hangs or hung.")])
        raise AssertionError(sheet_id)
    span = Span(old.span.first, max(old.span.last, until or old.span.last))
    return _submit(book, SheetForm(old.form), span, old.subject, by, old.id, reason, objection_id)


def _submit(
    book: Book,
    form: SheetForm,
    span: Span,
    subject: str,
    by: By,
    replaces: str,
    reason: str,
    objection_id: str,
) -> str:
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        made = compiled(connection, book.info, form, span, subject, by.day)
        old = store.sheet(connection, replaces) if replaces else None
        if replaces:
            made = replacing(connection, made, old, reason, objection_id)
        else:
            _refuse_second(connection, made)
        pass_or_refuse(publish_facts(connection, book.info, made, by.day, reviewed=True), When.PUBLISH)
        data: dict[str, object] = {
            "first": made.span.first.number,
            "last": made.span.last.number,
            "content": made.to_data(),
            "content_hash": made.content_hash(),
        }
        data |= {k: v for k, v in (("replaces", replaces), ("objection_id", objection_id)) if v}
        writing.log("sheet.compiled", data, new_id(), TOPIC)
        return made.id


def _refuse_second(connection: Connection, made: Sheet) -> None:
    key = (made.form.value, made.subject, made.stage, made.span)
    before = [e for e in store.standing(connection) if (e.form, e.subject, e.stage, e.span) == key]
    if before:
        text = _("{title} {number} tells of this already.")
        found = text.format(title=made.title, number=before[0].number)
        raise refusal("DIS-03", str(made.span), found, target=f"notice:{before[0].id}")


def publish_facts(
    connection: Connection, info: BookInfo, made: Sheet, today: date, *, reviewed: bool = False
) -> Facts:
    """What the rules of a sheet want to know. `reviewed` leaves the signatures, which come after freezing, out of it."""
    from villagebook.reports.fonts import missing_glyphs
    from villagebook.reports.notice_paper import bodies

    base = gather.ground(connection, info, today, min(today, made.span.last.last_day))
    entry = store.sheet(connection, made.id)
    given = len(docs.signatures(connection, entry.id, entry.content_hash)) if entry else 0
    states = base.period_states
    closed = all(states.get(p, "open") != "open" for p in made.span.months() if p >= info.start)
    return replace(
        base,
        sheet=SheetFacts(
            made,
            base.policy.number("supervision_count") if reviewed else given,
            bool(made.subject) or (closed and made.span.last >= info.start),
            missing_glyphs(text for _where, text in made.texts()),
            sheet_ties.of(connection, base, made),
            bodies(made.font_pt),
        ),
    )


def findings(book: Book, made: Sheet, today: date) -> tuple[Finding, ...]:
    """What stands between this sheet and the board."""
    with book.reading() as connection:
        return look(publish_facts(connection, book.info, made, today), When.PUBLISH)


# ---- reading and drawing ----


def listing(book: Book) -> tuple[SheetRow, ...]:
    """All sheets ever frozen, newest first."""
    with book.reading() as connection:
        needed = gather.ground(connection, book.info, date.max).policy.number("supervision_count")
        return tuple(_row(connection, entry, needed) for entry in store.sheets(connection))


def _row(connection: Connection, entry: store.SheetEntry, needed: int) -> SheetRow:
    stopped = not entry.final and docs.stop_of(connection, entry.id, entry.content_hash) is not None
    return SheetRow(
        entry.id,
        entry.number,
        SheetForm(entry.form),
        str(entry.content["title"]),
        entry.subject,
        entry.stage,
        entry.span,
        "final" if entry.final else "rejected" if stopped else "review",
        len(docs.signatures(connection, entry.id, entry.content_hash)),
        needed,
        entry.content_hash,
        entry.replaces,
    )


def frozen(book: Book, sheet_id: str) -> Sheet:
    """Raises Refused when there is no such sheet."""
    with book.reading() as connection:
        entry = store.sheet(connection, sheet_id)
    if entry is None:
        raise refusal("DIS-06", sheet_id, _("There is no such notice."))
    return sheet_from_data(entry.content)


def sheet_pdf(made: Sheet, *, paper: str = "A3", draft: bool) -> bytes:
    """The paper itself, in the sheet's own language; a draft carries a watermark on every page."""
    from villagebook.reports.sheet_pdf import render_sheet

    with i18n.speaking(made.language):
        return render_sheet(made, paper=paper, draft=draft)


def final_pdf(book: Book, sheet_id: str, paper: str = "A3") -> bytes:
    """The frozen sheet, the same bytes each time; a draft until supervision has signed."""
    made = frozen(book, sheet_id)
    with book.reading() as connection:
        entry = store.sheet(connection, sheet_id)
    return sheet_pdf(made, paper=paper, draft=not (entry and entry.final))
