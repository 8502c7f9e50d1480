"""A line of a notice beside what the book says now: the vouchers that set it right, and what they bear out.

Nobody types a new figure freely: it has to be that of these vouchers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from villagebook.domain.correction import (
    CorrectedLine,
    Correction,
    Wording,
)
from villagebook.domain.flow import TRANSFERS, flows
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, NoticeLine, notice_from_data
from villagebook.domain.period import Period, Span
from villagebook.domain.privacy import mask_numbers
from villagebook.domain.voucher import Voucher
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.notice_entries import Reader
from villagebook.services.gate import refusal
from villagebook.services.gathering import facts as gather
from villagebook.storage import periods, posted_vouchers
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection


def hung_notice(connection: Connection, notice_id: str) -> Notice:
    """The notice as it was frozen. Raises Refused when none of this id is final."""
    entry = periods.notice(connection, notice_id)
    if entry is None or not entry.final:
        raise refusal("DIS-14", notice_id, _("There is no such notice that hangs or hung."))
    return notice_from_data(entry.content)


def numbered(notice: Notice, no: int) -> NoticeLine:
    """Line `no` of a notice. Raises Refused when there is none."""
    found = next((line for line in notice.lines if line.no == no), None)
    if found is None:
        text = _("The notice has lines 1 to {n}.").format(n=len(notice.lines))
        raise refusal("DIS-14", notice.number, text)
    return found


def wording_of(line: NoticeLine) -> Wording:
    """A line of a notice as a correction quotes it."""
    return Wording(line.day, line.voucher, line.summary, line.income_fen, line.spending_fen, line.party)


def line_day(line: NoticeLine) -> date:
    return date.fromisoformat(line.day)


def suggest(book: Book, notice_id: str, no: int) -> CorrectedLine:
    """Line `no` of a notice beside what the book says now: the vouchers that set it right, or the line as it stands.

    Raises Refused when there is no such line.
    """
    with book.reading() as connection:
        notice = hung_notice(connection, notice_id)
        line = numbered(notice, no)
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
    return CorrectedLine(no, old, new, _(", ").join(_label(v) for v in right))


def with_vouchers(connection: Connection, base: Facts, notice: Notice, line: CorrectedLine) -> CorrectedLine:
    """The line with the vouchers behind it, and nobody's name in it who does not stand on the notice itself."""
    if not line.no:
        named = [v for v in posted_vouchers.vouchers(connection, notice.span) if v.label == line.new.voucher]
        return _without_names(connection, base, line, named)
    wrong = _voucher_of(connection, numbered(notice, line.no))
    right = _right_vouchers(connection, wrong)
    made = replace(line, vouchers=_(", ").join(_label(v) for v in right))
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


def line_of(connection: Connection, base: Facts, voucher: Voucher) -> NoticeLine | None:
    """How the board tells of a voucher in one line, nobody named who would not be on the notice; None when it moves no money."""
    entries, _moved, _excluded = Reader(connection, base).sort_out([voucher])
    return entries[0].line if entries else None


def problems_of(connection: Connection, info: BookInfo, made: Correction, line: CorrectedLine) -> list[str]:
    """What is wrong with one line: nothing corrected, a negative amount, a figure that no voucher bears out."""
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
    if (line.new.income_fen, line.new.spending_fen) in _borne_out(base, right):
        return []
    text = _("Line {no}: {amount} is not what the vouchers say that set the book right ({vouchers}).")
    amount = yuan_text(line.new.income_fen or line.new.spending_fen)
    return [text.format(no=line.no, amount=amount, vouchers=_(", ").join(map(_label, right)))]


def _borne_out(base: Facts, right: list[Voucher]) -> set[tuple[int, int]]:
    """(income, spending) fen that the vouchers bear out: those of each movement, and of all together; (0, 0) where nothing but red ones set it right."""
    found = [
        flow
        for voucher in right
        if not voucher.reverses
        for flow in flows(voucher, base.places, base.chart)
        if flow.category != TRANSFERS
    ]
    each = {pair for flow in found for pair in ((flow.receipts_fen, 0), (0, flow.payments_fen))}
    return each | {(sum(f.receipts_fen for f in found), sum(f.payments_fen for f in found))}


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


def _label(voucher: Voucher) -> str:
    return f"{voucher.booked_on.isoformat()[:7]} {voucher.label}"
