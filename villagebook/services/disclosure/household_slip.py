"""Slips for households: each shows the notice's four figures and only the lines in that household's own name.

A line belongs to a household when the voucher names it in the register, or when its party is the name of one household only,
as on the board papers. Names of other households that stand in the words of such a line are masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from villagebook import i18n
from villagebook.domain.account import Category
from villagebook.domain.board_names import BoardNames
from villagebook.domain.errors import KnownError
from villagebook.domain.household_slip import HouseholdSlip
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, notice_code
from villagebook.domain.pay_list_proof import PaidList
from villagebook.domain.period import Period, Span
from villagebook.domain.plain_words import Words
from villagebook.domain.privacy import mask_person
from villagebook.domain.roster import Household
from villagebook.domain.sheet import Body, Figure, Part
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _, ngettext
from villagebook.services.disclosure.plain_words import read_words
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import RATE, Row, money, summed
from villagebook.storage import registry, roster
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection
from villagebook.storage.pay_lists import paid_lists
from villagebook.storage.sheet_rows import Entry, in_span, linked_lines

LEAST_NAME = 2
"""Characters of a name that is looked for in words; a single character is part of too many words."""


@dataclass(slots=True)
class _Own:
    """What the book holds of one household: the lines of the slip's months, and its open accounts.

    `listed` are its rows in lists that were paid, by list and number of the row; the lines of such a payment are no lines
    of anybody's, because the list tells who got what.
    """

    lines: list[Entry] = field(default_factory=list)
    listed: list[tuple[PaidList, int]] = field(default_factory=list)
    open_fen: dict[str, int] = field(default_factory=dict)


def household_slips(book: Book, notice: Notice, codes: Iterable[str] = ()) -> tuple[HouseholdSlip, ...]:
    """A slip for each household in use on the last day of the notice, or for these codes.

    Raises KnownError for a code that is in no register.
    """
    wanted = tuple(codes)
    with book.reading() as connection, i18n.speaking(notice.language):
        homes = roster.households(connection)
        unknown = [code for code in wanted if code not in homes]
        if unknown:
            raise KnownError(
                _("There is no household {code}.").format(code=", ".join(unknown)),
                _("The register of households shows the numbers, for example {code}.").format(
                    code=next(iter(homes), "01-001")
                ),
            )
        day = notice.span.last.last_day
        chosen = [
            home
            for home in homes.values()
            if (home.code in wanted if wanted else home.left_on is None or home.left_on > day)
        ]
        own = _collected(connection, homes.values(), notice.span, book.info.start)
        words = read_words(connection)
        return tuple(
            _slip(notice, home, _parts(own.get(home.code, _Own()), words, others(homes.values(), home)))
            for home in chosen
        )


def general_slip(notice: Notice) -> HouseholdSlip:
    """The slip for everybody: the village's figures, where the list hangs, whom to ask."""
    with i18n.speaking(notice.language):
        return _slip(notice, None, ())


def slips_pdf(slips: Iterable[HouseholdSlip], *, draft: bool) -> bytes:
    """A5 slips, two on a sheet of A4, with a line to cut along. Raises ValueError without any."""
    from villagebook.reports.household_pdf import render_slips

    made = tuple(slips)
    if not made:
        raise ValueError
    with i18n.speaking(made[0].language):
        return render_slips(made, draft=draft)


def _collected(
    connection: Connection, homes: Iterable[Household], span: Span, start: Period
) -> dict[str, _Own]:
    """Every household with a line or a balance up to the end of the months, by code."""
    entries = in_span(connection, Span(start, span.last))
    linked = linked_lines(connection, LinkKind.HOUSEHOLD, {e.seq for e in entries})
    names = BoardNames(homes, span.last.year)
    chart = registry.read_chart(connection)
    owed = (Category.ASSET, Category.LIABILITY)
    found: dict[str, _Own] = {}
    first = span.first.first_day.isoformat()
    for line in registry.read_opening(connection):
        code = next((k.code for k in line.links if k.kind is LinkKind.HOUSEHOLD), "") or names.home_of(
            line.party
        )
        if code and not line.place:
            held = found.setdefault(code, _Own()).open_fen
            held[line.account] = held.get(line.account, 0) + line.debit_fen - line.credit_fen
    money_accounts = tuple(place.account for place in registry.read_places(connection).all())
    paid = paid_lists(connection, span.first.first_day, span.last.last_day)
    for one in paid:
        for no, row in enumerate(one.content.rows):
            if code := row.household or names.home_of(row.name):
                found.setdefault(code, _Own()).listed.append((one, no))
    told_by_lists = {one.voucher_id for one in paid}
    for entry in entries:
        if entry.account.startswith(money_accounts):
            continue
        code = linked.get((entry.seq, entry.no), "") or names.home_of(entry.party)
        if not code:
            continue
        own = found.setdefault(code, _Own())
        is_money = entry.kind in (DocKind.RECEIPT, DocKind.PAYMENT) and entry.voucher_id not in told_by_lists
        if entry.day >= first and is_money:
            own.lines.append(entry)
        account = chart.get(entry.account)
        if account is not None and account.category in owed:
            own.open_fen[entry.account] = own.open_fen.get(entry.account, 0) + entry.fen
    return found


def others(homes: Iterable[Household], home: Household) -> re.Pattern[str] | None:
    """What finds the names of all other households in a text, longest first."""
    mine = {home.head, *(m.name for m in home.members)}
    names = {n for h in homes if h.code != home.code for n in (h.head, *(m.name for m in h.members))} - mine
    wanted = sorted((n for n in names if len(n) >= LEAST_NAME), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, wanted))) if wanted else None


def _parts(own: _Own, words: Words, foreign: re.Pattern[str] | None) -> tuple[Part, ...]:
    def clean(text: str) -> str:
        return foreign.sub(lambda m: mask_person(m.group()), text) if foreign else text

    def moved(sign: int) -> list[Row]:
        return [(e.day, clean(e.words), e.label, sign * e.fen) for e in own.lines if _side(e.kind) == sign]

    def still_open(sign: int) -> list[Row]:
        return [(words.of(a), sign * fen) for a, fen in sorted(own.open_fen.items()) if sign * fen > 0]

    columns = (
        Column("day", _("Date"), Shape.DAY, 6),
        Column("words", _("What it was for"), Shape.TEXT, 30),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        money("amount", _("Amount")),
    )
    listed = (
        Column("day", _("Date"), Shape.DAY, 6),
        Column("words", _("What it was for"), Shape.TEXT, 30),
        Column("count", _("Quantity"), Shape.TEXT, 8),
        money(RATE, _("Rate paid")),
        money("amount", _("Amount")),
    )
    owing = (Column("what", _("What"), Shape.TEXT, 30), money("amount", _("Amount")))
    return (
        _added(_("Your household paid to the village"), columns, moved(-1)),
        _added(_("Your household got from the village"), columns, moved(1)),
        _added(_("Your household in lists of payment"), listed, [_listed(one, no) for one, no in own.listed]),
        _added(_("Your household still owes the village"), owing, still_open(1)),
        _added(_("The village still owes your household"), owing, still_open(-1)),
    )


def _added(title: str, columns: tuple[Column, ...], rows: list[Row]) -> Part:
    """With a sum under it where there is something to add up; a slip is small."""
    return summed(title, columns, rows) if len(rows) > 1 else Part(title, columns, tuple(rows))


def _listed(paid: PaidList, no: int) -> Row:
    """The household's row of a list; what the bank could not pay says so."""
    row = paid.content.rows[no]
    words = " ".join(filter(None, (paid.content.title, row.name, row.work)))
    if no + 1 in paid.failed:
        words = _("{words} (the bank could not pay it)").format(words=words)
    count = f"{row.quantity}{row.unit}" or (str(len(row.days)) if row.days else "")
    return paid.booked_on.isoformat(), words, count, row.rate_fen or None, row.amount_fen


def _side(kind: DocKind) -> int:
    """1 for what the village paid out, -1 for what it took in; a red line stands where the one it undoes stands."""
    return 1 if kind is DocKind.PAYMENT else -1


def _slip(notice: Notice, home: Household | None, parts: tuple[Part, ...]) -> HouseholdSlip:
    """Everything on it goes through the filter of the board papers first."""
    figures = (
        Figure(_("Opening balance"), notice.opening_fen),
        Figure(_("Income"), notice.income_fen),
        Figure(_("Spending"), notice.spending_fen),
        Figure(_("Closing balance"), notice.closing_fen),
    )
    title = _("What the village did with its money")
    body = screened(Body(title, parts, () if home else _for_everybody(notice), figures, notes=_notes(notice)))
    return HouseholdSlip(
        village=notice.village,
        title=body.title,
        number=notice.number,
        span=notice.span,
        code=home.code if home else "",
        household=home.title if home else "",
        figures=body.figures,
        sentences=body.sentences,
        parts=body.parts,
        notes=body.notes,
        qr=notice_code(notice),
        made_on=notice.compiled_on,
        language=notice.language,
    )


def _for_everybody(notice: Notice) -> tuple[str, ...]:
    """How many entries there were, the largest on either side, and every kind of money."""
    income = max(
        (line for line in notice.lines if line.income_fen > 0), key=lambda n: n.income_fen, default=None
    )
    spent = max(
        (line for line in notice.lines if line.spending_fen > 0), key=lambda n: n.spending_fen, default=None
    )
    made = [
        ngettext(
            "The notice lists {n} entry, with date, voucher and who approved it.",
            "The notice lists {n} entries, with date, voucher and who approved it.",
            len(notice.lines),
        ).format(n=len(notice.lines))
    ]
    if income:
        made.append(
            _("The largest income: {what}, {amount} yuan.").format(
                what=income.summary, amount=yuan_text(income.income_fen)
            )
        )
    if spent:
        made.append(
            _("The largest spending: {what}, {amount} yuan.").format(
                what=spent.summary, amount=yuan_text(spent.spending_fen)
            )
        )
    return (*made, *_kinds(notice))


def _kinds(notice: Notice) -> Iterable[str]:
    """Where the village's money came from and what it went for, largest first, in the words of the notice."""
    sides = (
        (True, _("Where the money came from: {kinds}.")),
        (False, _("Where the money went: {kinds}.")),
    )
    for is_income, words in sides:
        told = [k for k in notice.kinds if k.is_income is is_income and not k.depth and k.fen]
        told.sort(key=lambda k: -k.fen)
        kinds = [_("{kind}, {amount} yuan").format(kind=k.words, amount=yuan_text(k.fen)) for k in told]
        if kinds:
            yield words.format(kinds=_("; ").join(kinds))


def _notes(notice: Notice) -> tuple[str, ...]:
    made = []
    if notice.places_to_post:
        made.append(
            _("The whole notice, entry by entry, hangs here: {places}.").format(
                places=_(", ").join(notice.places_to_post)
            )
        )
    made.append(
        _(
            "If anything here is wrong, ask the supervision committee within {days} days of posting. Four figures and the code "
            "must be the same as on the board."
        ).format(days=notice.objection_days)
    )
    if notice.ask_at:
        made.append(_("Ask also here: {desks}.").format(desks=_("; ").join(notice.ask_at)))
    return tuple(made)
