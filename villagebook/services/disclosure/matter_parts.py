"""What the papers about a single matter have in common: the matter in lines, and its money entry by entry as on the month's sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from villagebook.domain.link import Link, LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import NoticeLine
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Figure, Part
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.compiling import sort_out
from villagebook.services.disclosure.sheet_parts import Row, figure, money, summed
from villagebook.storage import posted_vouchers
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

Fits = Callable[[Voucher, VoucherLine], bool]


def about_part(pairs: Iterable[tuple[str, str]]) -> Part:
    """The matter itself; what says nothing is left out."""
    columns = (Column("what", _("What"), Shape.TEXT, 14), Column("told", _("In words"), Shape.TEXT, 40))
    return Part(_("The matter"), columns, tuple((what, told) for what, told in pairs if told))


class Money:
    """Vouchers of one matter, entry by entry: of one sum for several things what is of the matter, by `link` or by `fits`.

    Of what was booked without money only the lines that name the `link` count.
    """

    def __init__(
        self,
        connection: Connection,
        facts: Facts,
        vouchers: Iterable[Voucher],
        link: Link | None = None,
        fits: Fits | None = None,
    ) -> None:
        if link is not None:
            fits = _by(link)
        own = vouchers if fits is None else (share(v, fits) for v in vouchers)
        self.lines, self.transfers, self.other = sort_out(connection, facts, own)
        self._link = link

    @property
    def income_fen(self) -> int:
        return sum(line.income_fen for line in self.lines)

    @property
    def spending_fen(self) -> int:
        return sum(line.spending_fen for line in self.lines)

    def parts(self) -> tuple[Part, ...]:
        """What came in and went out; then what was moved between places or booked without money, when there is any."""
        made = [self._entries()]
        if self.transfers or self.other:
            made.append(self._without_money())
        return tuple(made)

    def _entries(self) -> Part:
        columns = (
            Column("day", _("Day"), Shape.DAY, 9),
            Column("voucher", _("Voucher"), Shape.TEXT, 8),
            Column("words", _("What for"), Shape.TEXT, 26),
            Column("whom", _("From or to whom"), Shape.TEXT, 14),
            money("income", _("Income"), 9),
            money("spending", _("Spending"), 9),
            Column("source", _("Source of the money"), Shape.TEXT, 10),
            Column("approver", _("Approved by"), Shape.TEXT, 10),
        )
        made = summed(_("The money, entry by entry"), columns, [_entry(line) for line in self.lines])
        if not made.totals:
            return made
        return replace(made, rows=(*made.rows[:-1], tuple(cell or None for cell in made.rows[-1])))

    def _without_money(self) -> Part:
        columns = (
            Column("day", _("Day"), Shape.DAY, 9),
            Column("voucher", _("Voucher"), Shape.TEXT, 8),
            Column("words", _("What for"), Shape.TEXT, 30),
            money("amount", _("Amount"), 9),
        )
        rows: list[Row] = [(t.day, t.voucher, t.summary, t.spending_fen) for t in self.transfers]
        rows += [(v.booked_on.isoformat(), v.label, v.summary, self._own(v)) for v in self.other]
        rows.sort(key=lambda r: (str(r[0]), str(r[1])))
        return Part(_("Entries that neither brought nor cost money"), columns, tuple(rows))

    def _own(self, voucher: Voucher) -> int:
        """What a voucher books in the name of the matter; the larger side where both sides name it."""
        mine = [x for x in voucher.lines if self._link is None or self._link in x.links]
        # by size: what a red one takes back stands below nothing
        return max(sum(x.debit_fen for x in mine), sum(x.credit_fen for x in mine), key=abs)

    def figures(self) -> tuple[Figure, ...]:
        both = ((_("Income"), self.income_fen), (_("Spending"), self.spending_fen))
        return tuple(figure(label, fen) for label, fen in both if fen)


def _by(link: Link) -> Fits:
    def fits(_voucher: Voucher, line: VoucherLine) -> bool:
        if (
            link.kind is LinkKind.ASSET
        ):  # the gain or the cost of selling a thing stands on lines that name none
            return link in line.links or not any(k.kind is link.kind for k in line.links)
        return link in line.links

    return fits


def share(voucher: Voucher, fits: Fits) -> Voucher:
    """What is of a matter in one sum that was paid for several things; the voucher itself where lines set each other off."""
    money = [x for x in voucher.lines if x.place]
    others = [x for x in voucher.lines if not x.place]
    own = tuple(x for x in others if fits(voucher, x))
    one_side = not any(x.debit_fen for x in others) or not any(x.credit_fen for x in others)
    if len(money) != 1 or not one_side or not own or len(own) == len(others):
        return voucher
    debit_fen, credit_fen = sum(x.credit_fen for x in own), sum(x.debit_fen for x in own)
    return replace(voucher, lines=(replace(money[0], debit_fen=debit_fen, credit_fen=credit_fen), *own))


def _entry(line: NoticeLine) -> Row:
    return (
        line.day,
        line.voucher,
        line.summary,
        line.party,
        line.income_fen or None,
        line.spending_fen or None,
        line.source,
        line.approver,
    )


def matching(connection: Connection, span: Span, fits: Fits) -> list[Voucher]:
    """Vouchers of these months with a line that fits, in booking order."""
    return [v for v in posted_vouchers.vouchers(connection, span) if any(fits(v, line) for line in v.lines)]


def linked(connection: Connection, link: Link, until: date) -> list[Voucher]:
    """Vouchers with a line in the name of an entry of a register, up to a day."""
    from villagebook.storage.links import linked_rows

    ids = dict.fromkeys(row[8] for row in linked_rows(connection, link, until))
    found = (posted_vouchers.voucher(connection, i) for i in ids)
    return [v for v in found if v is not None]


def day_of(facts: Facts, span: Span) -> date:
    """The day a paper tells of: the end of its months, or today when they have not ended."""
    return min(span.last.last_day, facts.today)


def from_start(info: BookInfo, facts: Facts, span: Span) -> Span:
    """From the first month of the book to the day the paper tells of."""
    return Span(info.start, max(info.start, Period.of(day_of(facts, span))))


def yuan(fen: int) -> str:
    return _("{amount} yuan").format(amount=yuan_text(fen)) if fen else ""


def shown_day(day: date | None) -> str:
    return day.isoformat() if day else ""
