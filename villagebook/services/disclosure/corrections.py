"""F12, correction notices: what a notice said wrongly and what is right, frozen, reviewed by two, posted like a notice.

Nobody types a new figure freely: it has to be that of the vouchers that set the book right.
"""

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
from villagebook.domain.flow import TRANSFERS, flows
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, NoticeLine, notice_from_data
from villagebook.domain.people import SUPERVISION
from villagebook.domain.period import Period, Span
from villagebook.domain.privacy import mask_numbers
from villagebook.domain.voucher import Voucher
from villagebook.i18n import _
from villagebook.rules.board_facts import BoardFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import paper_review
from villagebook.services.disclosure.board import TOPIC
from villagebook.services.disclosure.board_places import required_places
from villagebook.services.disclosure.compiling import officials
from villagebook.services.disclosure.notice_entries import Reader
from villagebook.services.gate import pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import board as store
from villagebook.storage import documents as docs
from villagebook.storage import periods, posted_vouchers
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


def wording_of(line: NoticeLine) -> Wording:
    """A line of a notice as a correction quotes it."""
    return Wording(line.day, line.voucher, line.summary, line.income_fen, line.spending_fen, line.party)


def suggest(book: Book, notice_id: str, no: int) -> CorrectedLine:
    """Line `no` of a notice beside what the book says now: the vouchers that set it right, or the line as it stands.

    Raises Refused when there is no such line.
    """
    with book.reading() as connection:
        notice = _notice(connection, notice_id)
        line = _line(notice, no)
        base = gather.ground(connection, book.info, line_day(line))
        right = _right_vouchers(connection, _voucher_of(connection, line))
        blue = [v for v in right if not v.reverses]
        told = line_of(connection, base, blue[-1]) if blue else None
    old = wording_of(line)
    if not right:
        return CorrectedLine(no, old, old)
    new = Wording()
    if blue:
        last = blue[-1]
        found = [f for f in flows(last, base.places, base.chart) if f.category != TRANSFERS]
        new = Wording(
            last.booked_on.isoformat(),
            last.label,
            told.summary if told else mask_numbers(last.summary),
            sum(f.receipts_fen for f in found),
            sum(f.payments_fen for f in found),
            line.party if last.party == "" or told is None else told.party,
        )
    return CorrectedLine(no, old, new, "、".join(_label(v) for v in right))


def line_of(connection: Connection, base: Facts, voucher: Voucher) -> NoticeLine | None:
    """How the board tells of a voucher in one line, nobody named who would not be on the notice; None when it moves no money."""
    entries, _moved, _excluded = Reader(connection, base).sort_out([voucher])
    return entries[0].line if entries else None


def line_day(line: NoticeLine) -> date:
    return date.fromisoformat(line.day)


def _label(voucher: Voucher) -> str:
    return f"{voucher.booked_on.isoformat()[:7]} {voucher.label}"


def _notice(connection: Connection, notice_id: str) -> Notice:
    entry = periods.notice(connection, notice_id)
    if entry is None or not entry.final:
        refuse("DIS-14", notice_id, [_("There is no such notice that hangs or hung.")])
        raise AssertionError(notice_id)
    return notice_from_data(entry.content)


def _line(notice: Notice, no: int) -> NoticeLine:
    found = next((line for line in notice.lines if line.no == no), None)
    if found is None:
        text = _("The notice has lines 1 to {n}.").format(n=len(notice.lines))
        refuse("DIS-14", notice.number, [text])
        raise AssertionError(no)
    return found


def _voucher_of(connection: Connection, line: NoticeLine) -> Voucher | None:
    month = Span.of(Period.of(line_day(line)))
    return next((v for v in posted_vouchers.vouchers(connection, month) if v.label == line.voucher), None)


def _right_vouchers(connection: Connection, wrong: Voucher | None) -> list[Voucher]:
    """The red voucher that undid it and the blue ones that say it right, in the order of the book."""
    if wrong is None:
        return []
    red = posted_vouchers.reversed_by(connection, wrong.id)
    ids = [*([red] if red else []), *posted_vouchers.corrected_by(connection, wrong.id)]
    found = [posted_vouchers.voucher(connection, i) for i in ids]
    return [
        v
        for v in found
        if v is not None and not (not v.reverses and posted_vouchers.reversed_by(connection, v.id))
    ]


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
    notice = _notice(connection, notice_id)
    base = gather.ground(connection, info, by.day)
    before = sum(c.notice_id == notice_id for c in store.corrections(connection))
    objection = next((o for o in store.objections(connection) if o.id == objection_id), None)
    quoted = tuple(replace(c, old=wording_of(_line(notice, c.no)) if c.no else Wording()) for c in lines)
    before_it = _final_lines(connection, notice_id)
    head = head_of(connection)
    policy = base.policy
    return Correction(
        new_id(),
        f"{notice.number}-G{before + 1}",
        notice_id,
        notice.number,
        notice.content_hash(),
        objection_id,
        objection.number if objection else "",
        info.village,
        info.code,
        notice.span,
        tuple(_with_vouchers(connection, base, notice, c) for c in quoted),
        reason.strip(),
        tuple(p.name for p in base.staff.holders(SUPERVISION, by.day)),
        officials(base.staff, by.day),
        tuple(dict.fromkeys((*notice.places_to_post, *required_places(connection, policy)))),
        notice.min_days,
        policy.number("objection_days"),
        policy.number("answer_days"),
        head.seq,
        head.hash,
        by.day,
        i18n.language(),
        corrected_totals(notice, _together(before_it, quoted)) if any(c.moves_money for c in quoted) else (),
        notice.font_pt,
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


def _with_vouchers(connection: Connection, base: Facts, notice: Notice, line: CorrectedLine) -> CorrectedLine:
    """The line with the vouchers behind it, and nobody's name in it who does not stand on the notice itself."""
    if not line.no:
        named = [v for v in posted_vouchers.vouchers(connection, notice.span) if v.label == line.new.voucher]
        return _without_names(connection, base, line, named)
    wrong = _voucher_of(connection, _line(notice, line.no))
    right = _right_vouchers(connection, wrong)
    made = replace(line, vouchers="、".join(_label(v) for v in right))
    return _without_names(connection, base, made, [v for v in (wrong, *right) if v is not None])


def _without_names(
    connection: Connection, base: Facts, line: CorrectedLine, vouchers: Iterable[Voucher]
) -> CorrectedLine:
    for voucher in vouchers:
        told = line_of(connection, base, voucher)
        if told is not None and voucher.party and told.party != voucher.party:
            new = line.new
            shown = (text.replace(voucher.party, told.party) for text in (new.summary, new.party))
            line = replace(line, new=replace(new, summary=next(shown), party=next(shown)))
    return line


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
        found += _line_problems(connection, info, made, line)
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


def _line_problems(
    connection: Connection, info: BookInfo, made: Correction, line: CorrectedLine
) -> list[str]:
    if line.old == line.new:
        return [_("Line {no}: nothing is corrected.").format(no=line.no)]
    if line.new.income_fen < 0 or line.new.spending_fen < 0:
        return [_("Line {no}: amounts are not negative.").format(no=line.no)]
    if not line.moves_money:
        return []
    right = _set_right(connection, made.span, line)
    if not right:
        text = _(
            "Line {no}: a figure changes, and no voucher sets the book right. Make the red reversal (and the correct entry) first."
        )
        return [text.format(no=line.no)]
    base = gather.ground(connection, info, made.compiled_on)
    blue = [v for v in right if not v.reverses]
    borne = {(0, 0)} if not blue else set()
    sums = [0, 0]
    for voucher in blue:
        for flow in flows(voucher, base.places, base.chart):
            if flow.category != TRANSFERS:
                borne |= {(flow.receipts_fen, 0), (0, flow.payments_fen)}
                sums = [sums[0] + flow.receipts_fen, sums[1] + flow.payments_fen]
    borne.add((sums[0], sums[1]))
    if (line.new.income_fen, line.new.spending_fen) in borne:
        return []
    text = _("Line {no}: {amount} is not what the vouchers say that set the book right ({vouchers}).")
    amount = yuan_text(line.new.income_fen or line.new.spending_fen)
    return [text.format(no=line.no, amount=amount, vouchers="、".join(map(_label, right)))]


def _set_right(connection: Connection, span: Span, line: CorrectedLine) -> list[Voucher]:
    """Vouchers behind the new figure: those that corrected the old one, or the one of a line that was missing."""
    if not line.no:
        named = [v for v in posted_vouchers.vouchers(connection, span) if v.label == line.new.voucher]
        return named[:1]
    month = Span.of(Period.parse(line.old.day[:7]))
    wrong = next(
        (v for v in posted_vouchers.vouchers(connection, month) if v.label == line.old.voucher), None
    )
    return _right_vouchers(connection, wrong)


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
        refuse("DIS-14", correction_id, [_("There is no such correction.")])
        raise AssertionError(correction_id)
    return correction_from_data(entry.content)


def listing(book: Book, notice_id: str = "") -> tuple[CorrectionRow, ...]:
    """Corrections of one notice, or of all, newest first."""
    with book.reading() as connection:
        needed = gather.ground(connection, book.info, date.max).policy.number("supervision_count")
        made = []
        for entry in reversed(store.corrections(connection)):
            if notice_id in ("", entry.notice_id):
                stopped = docs.stop_of(connection, entry.id, entry.content_hash) is not None
                state = "final" if entry.final else "rejected" if stopped else "review"
                signed = len(docs.signatures(connection, entry.id, entry.content_hash))
                made.append(
                    CorrectionRow(
                        entry.id,
                        entry.number,
                        entry.notice_id,
                        entry.objection_id,
                        state,
                        signed,
                        needed,
                        entry.content_hash,
                    )
                )
        return tuple(made)


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
