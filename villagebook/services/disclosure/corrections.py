"""F12, correction notices: what a notice said wrongly and what is right, frozen, reviewed by two, posted like a notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from villagebook import i18n
from villagebook.domain.correction import (
    CorrectedLine,
    Correction,
    Wording,
    corrected_totals,
    correction_from_data,
)
from villagebook.domain.people import SUPERVISION
from villagebook.i18n import _
from villagebook.rules.board_facts import BoardFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import paper_review
from villagebook.services.disclosure.board import TOPIC
from villagebook.services.disclosure.board_places import required_places
from villagebook.services.disclosure.compiling import officials
from villagebook.services.disclosure.correction_lines import (
    hung_notice,
    numbered,
    problems_of,
    with_vouchers,
    wording_of,
)
from villagebook.services.gate import pass_or_refuse, refusal, refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import board as store
from villagebook.storage import documents as docs
from villagebook.storage.book import Book, BookInfo, Writing
from villagebook.storage.engine import Connection
from villagebook.storage.log import head_of


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction as lists show it; `state` is review, rejected or final."""

    id: str
    number: str
    notice_id: str
    objection_id: str
    state: str
    signed: int
    needed: int
    content_hash: str


def submit(
    book: Book, notice_id: str, lines: tuple[CorrectedLine, ...], reason: str, by: By, objection_id: str = ""
) -> str:
    """Freeze the correction and hand it to supervision; returns its id.

    Raises Refused: nothing corrected, a figure the book does not bear out (DIS-14), a personal number or a matter of
    health (DIS-07), a sign that cannot be printed (DIS-08).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        made = _made(connection, book.info, notice_id, lines, reason, by, objection_id)
        problems = _problems(connection, book.info, made)
        refuse("DIS-14", made.notice_number, problems, f"notice:{notice_id}")
        from villagebook.reports.fonts import missing_glyphs

        signs = missing_glyphs(text for _where, text in made.texts())
        facts = gather.ground(connection, book.info, by.day)
        pass_or_refuse(
            replace(facts, board=BoardFacts(made.number, texts=made.texts(), signs=signs)), When.BOARD
        )
        writing.log(
            "notice.corrected",
            {
                "id": made.id,
                "number": made.number,
                "notice_id": notice_id,
                "objection_id": objection_id,
                "content": made.to_data(),
                "content_hash": made.content_hash(),
            },
            new_id(),
            TOPIC,
        )
        return made.id


def _made(
    connection: Connection,
    info: BookInfo,
    notice_id: str,
    lines: tuple[CorrectedLine, ...],
    reason: str,
    by: By,
    objection_id: str,
) -> Correction:
    notice = hung_notice(connection, notice_id)
    base = gather.ground(connection, info, by.day)
    before = sum(c.notice_id == notice_id for c in store.corrections(connection))
    objection = next((o for o in store.objections(connection) if o.id == objection_id), None)
    quoted = tuple(replace(c, old=wording_of(numbered(notice, c.no)) if c.no else Wording()) for c in lines)
    before_it = _final_lines(connection, notice_id)
    head = head_of(connection)
    policy = base.policy
    return Correction(
        id=new_id(),
        number=f"{notice.number}-G{before + 1}",
        notice_id=notice_id,
        notice_number=notice.number,
        notice_hash=notice.content_hash(),
        objection_id=objection_id,
        objection_number=objection.number if objection else "",
        village=info.village,
        village_code=info.code,
        span=notice.span,
        lines=tuple(with_vouchers(connection, base, notice, c) for c in quoted),
        reason=reason.strip(),
        reviewers=tuple(p.name for p in base.staff.holders(SUPERVISION, by.day)),
        officials=officials(base.staff, by.day),
        places_to_post=tuple(dict.fromkeys((*notice.places_to_post, *required_places(connection, policy)))),
        min_days=notice.min_days,
        objection_days=policy.number("objection_days"),
        answer_days=policy.number("answer_days"),
        log_seq=head.seq,
        log_hash=head.hash,
        compiled_on=by.day,
        language=i18n.language(),
        totals=corrected_totals(notice, _together(before_it, quoted))
        if any(c.moves_money for c in quoted)
        else (),
        font_pt=notice.font_pt,
        ask_at=policy.words["ask_at"],
    )


def _final_lines(connection: Connection, notice_id: str) -> tuple[CorrectedLine, ...]:
    """What reviewed corrections of the notice set right before."""
    return tuple(
        line
        for entry in store.corrections(connection)
        if entry.notice_id == notice_id and entry.final
        for line in correction_from_data(entry.content).lines
    )


def _together(before: Iterable[CorrectedLine], now: Iterable[CorrectedLine]) -> tuple[CorrectedLine, ...]:
    """All lines set right so far; of a line that was corrected twice the newest words count, each quotes the notice."""
    lines = (*before, *now)
    newest = {line.no: line for line in lines if line.no}
    return (*newest.values(), *(line for line in lines if not line.no))


def _problems(connection: Connection, info: BookInfo, made: Correction) -> list[str]:
    found = []
    if not made.lines:
        found.append(_("Choose the line that is wrong."))
    if len(made.reason) < 4:
        found.append(_("Say why the notice was wrong, in at least four characters: it is printed."))
    found += _beside_the_question(connection, made)
    pending = [
        c.number
        for c in store.corrections(connection)
        if c.notice_id == made.notice_id
        and not c.final
        and not docs.stop_of(connection, c.id, c.content_hash)
    ]
    if pending:
        found.append(_("Correction {number} still waits for supervision.").format(number=pending[0]))
    for line in made.lines:
        found += problems_of(connection, info, made, line)
    return found


def _beside_the_question(connection: Connection, made: Correction) -> list[str]:
    """What an objection was upheld about is what its correction sets right."""
    if not made.objection_id:
        return []
    asked = next((o for o in store.objections(connection) if o.id == made.objection_id), None)
    if asked is None or asked.subject != made.notice_id:
        return [_("There is no such objection.")]
    if asked.line and asked.line not in {line.no for line in made.lines}:
        text = _("Objection {number} is about line {no}: set that line right.")
        return [text.format(number=asked.number, no=asked.line)]
    return []


# ---- review ----


def review_facts(connection: Connection, base: Facts, subject: str) -> Facts | None:
    """Facts for signing the review of a correction; None when the subject is no correction under review."""
    entry = store.correction(connection, subject)
    if entry is None or not paper_review.is_open(connection, entry):
        return None
    return paper_review.signing_facts(connection, base, entry)


def after_signature(writing: Writing, facts: Facts, correction_id: str) -> Outcome:
    """Final when supervision is complete."""
    entry = store.correction(writing.connection, correction_id)
    if entry is None:
        raise AssertionError(correction_id)
    if waiting := paper_review.waiting(writing.connection, facts, entry):
        return waiting
    writing.log("correction.published", {"id": correction_id}, new_id(), TOPIC)
    return Outcome(correction_id, correction_id, entry.number, "")


# ---- reading ----


def frozen(book: Book, correction_id: str) -> Correction:
    """Raises Refused when there is none."""
    with book.reading() as connection:
        entry = store.correction(connection, correction_id)
    if entry is None:
        raise refusal("DIS-14", correction_id, _("There is no such correction."))
    return correction_from_data(entry.content)


def listing(book: Book, notice_id: str = "") -> tuple[CorrectionRow, ...]:
    """Corrections of one notice, or of all, newest first."""
    with book.reading() as connection:
        needed = gather.ground(connection, book.info, date.max).policy.number("supervision_count")
        entries = reversed(store.corrections(connection))
        return tuple(_row(connection, e, needed) for e in entries if notice_id in ("", e.notice_id))


def _row(connection: Connection, entry: store.CorrectionEntry, needed: int) -> CorrectionRow:
    stopped = docs.stop_of(connection, entry.id, entry.content_hash) is not None
    state = "final" if entry.final else "rejected" if stopped else "review"
    signed = len(docs.signatures(connection, entry.id, entry.content_hash))
    return CorrectionRow(
        entry.id, entry.number, entry.notice_id, entry.objection_id, state, signed, needed, entry.content_hash
    )


def correction_pdf(made: Correction, *, paper: str = "A3", draft: bool) -> bytes:
    """The paper itself, in its own language; a draft carries a watermark on every page."""
    from villagebook.reports.correction_pdf import render_correction

    with i18n.speaking(made.language):
        return render_correction(made, paper=paper, draft=draft)


def pdf(book: Book, correction_id: str, paper: str = "A3") -> bytes:
    """The frozen correction, the same bytes each time; a draft until supervision has signed."""
    made = frozen(book, correction_id)
    with book.reading() as connection:
        entry = store.correction(connection, correction_id)
    return correction_pdf(made, paper=paper, draft=not (entry and entry.final))
