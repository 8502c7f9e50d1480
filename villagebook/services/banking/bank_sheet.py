"""The reconciliation sheet (银行存款余额调节表): compiled, signed by somebody who is not the cashier, printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from villagebook.domain.errors import KnownError
from villagebook.domain.money import yuan_text
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period, Span
from villagebook.domain.reconciliation import BANK, BOOK, TYPED, OpenItem, Reconciliation, open_items
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services import by as clock
from villagebook.services.banking.bank_matching import Sides, read_sides
from villagebook.services.banking.counting import account_groups
from villagebook.services.by import By, new_id
from villagebook.services.gate import refuse
from villagebook.storage import bank as store
from villagebook.storage import registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection
from villagebook.storage.ledger import place_balances_on

Typed = Sequence[tuple[str, int]]
"""(text, fen) written by hand: what was open before the first statement; fen is what it does to the bank's balance."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A reconciliation with the names on it; `checked_by` is "" until it is signed."""

    title: str
    content: Reconciliation
    prepared_by: str
    checked_by: str


def compile_sheet(book: Book, places: Sequence[str], day: date, typed: Typed = ()) -> Sheet:
    """The sheet of an account at the close of a day; signed when what stands on it is what was signed.

    Raises KnownError when no statement reaches the day.
    """
    with book.reading() as connection:
        content = _content(connection, places, day, typed)
        signed = [s for s in store.sheets(connection, places[0]) if s.stated_on == day]
        if signed and not typed:
            hand = [i for i in signed[-1].items if i.side == TYPED]
            content = _content(connection, places, day, [(i.label, i.amount_fen) for i in hand])
        groups = {codes[0]: title for codes, title in account_groups(registry.read_places(connection))}
        staff = registry.read_staff(connection)
    same = bool(signed) and _identity(signed[-1].items) == _identity(content.items)
    return Sheet(
        groups.get(places[0], places[0]),
        content,
        signed[-1].prepared_by if same else "",
        staff.name(signed[-1].checked_by) if same else "",
    )


def stand_on(
    connection: Connection, places: Sequence[str], month: Period
) -> tuple[Reconciliation, str] | None:
    """Both balances of an account at the close of a month, and who checked them ("" when nobody signed what stands now).

    None when no row of the bank's statements is of that month or later.
    """
    found, day = read_sides(connection, places), month.last_day
    if found is None or found.until < month.first_day or day < found.since - timedelta(days=1):
        return None
    signed = [s for s in store.sheets(connection, places[0]) if s.stated_on == day]
    hand = [(i.label, i.amount_fen) for i in signed[-1].items if i.side == TYPED] if signed else []
    content = _content(connection, places, day, hand)
    same = bool(signed) and _identity(signed[-1].items) == _identity(content.items)
    return content, signed[-1].checked_by if same else ""


def _identity(items: Sequence[OpenItem]) -> list[tuple[str, str, int]]:
    return [(i.side, i.id, i.amount_fen) for i in items]


def _content(connection: Connection, places: Sequence[str], day: date, typed: Typed) -> Reconciliation:
    found = read_sides(connection, places)
    if found is None or day < found.since - timedelta(days=1):
        raise KnownError(
            _("No statement of the bank reaches {day}.").format(day=day.isoformat()),
            _("Take the bank's file in first."),
        )
    held = place_balances_on(connection, day)
    items = open_items(day, found.lines, found.moves, found.matches, found.since)
    hand = tuple(
        OpenItem(TYPED, f"{TYPED} {no}", day, fen, text) for no, (text, fen) in enumerate(typed, 1) if fen
    )
    return Reconciliation(
        day, sum(held.get(code, 0) for code in places), bank_balance_on(found, day), (*items, *hand)
    )


def bank_balance_on(found: Sides, day: date) -> int:
    """The bank's balance at the close of a day, by the last row up to it."""
    before = [line for line in found.lines if line.day <= day]
    if before:
        return before[-1].balance_fen
    return found.lines[0].balance_fen - found.lines[0].amount_fen


def reconcile(
    book: Book, places: Sequence[str], day: date, checked_by: str, by: By, typed: Typed = ()
) -> Reconciliation:
    """Sign the sheet of a day: who made it (the actor) and who checked it, every open item by its identity.

    Raises Refused when the checker is the cashier or unknown, or anything is left unexplained.
    """
    with book.writing(by.actor, by.at) as writing:
        content = _content(writing.connection, places, day, typed)
        staff = registry.read_staff(writing.connection)
        problems = []
        if (
            checked_by not in staff.persons
            or PostKind.CASHIER in staff.posts_of(checked_by, day)
            or day > by.day
        ):
            problems.append(
                _("The sheet is checked by a person of the list who is not the cashier, not before its day.")
            )
        if content.unexplained_fen:
            text = _("{amount} is not explained. A sheet is signed when both sides come to the same figure.")
            problems.append(text.format(amount=yuan_text(content.unexplained_fen)))
        refuse("E2L-29", ", ".join(places), problems)
        writing.log(
            "bank.reconciled",
            {
                "places": list(places),
                "stated_on": day.isoformat(),
                "balance_fen": content.bank_fen,
                "book_fen": content.book_fen,
                "open_items": [list(i) for i in content.bridge()],
                "items": [[i.side, i.id, i.day.isoformat(), i.amount_fen, i.text] for i in content.items],
                "prepared_by": by.actor,
                "checked_by": checked_by,
            },
            new_id(),
            "counts",
        )
    return content


# ---- as a document ----


def report(book: Book, span: Span, places: Sequence[str], *, paper: bool) -> Table:
    """The sheet at the end of a span, not after today: two-sided for people, one item a row for programs."""
    sheet = compile_sheet(book, places, min(span.last.last_day, clock.today()))
    return sheet_table(sheet) if paper else items_table(sheet)


def sheet_table(sheet: Sheet) -> Table:
    """The customary form: the book on the left, the bank on the right, each adjusted to the same figure."""
    content = sheet.content
    left = _side(
        _("Balance of the book"),
        content.book_fen,
        (_("Add: received by the bank, not booked"), content.of(BANK, into=True)),
        (_("Less: paid by the bank, not booked"), content.of(BANK, into=False)),
        content.day,
    )
    right = _side(
        _("Balance of the bank's statement"),
        content.bank_fen,
        (_("Add: booked as received, not at the bank"), _booked(content, into=True)),
        (_("Less: booked as paid, not at the bank"), _booked(content, into=False)),
        content.day,
    )
    rows: list[tuple[Cell, ...]] = []
    strong = set()
    for one, two in zip(left, right, strict=True):
        strong.add(len(rows))
        rows += [(*a, *b) for a, b in zip_longest(one, two, fillvalue=("", None))]
    rows.append(
        (
            _("Adjusted balance"),
            content.adjusted_book_fen,
            _("Adjusted balance"),
            content.adjusted_bank_fen,
        )
    )
    rows.append(
        (
            _("Prepared by: {name}").format(name=sheet.prepared_by or "____________"),
            None,
            _("Checked by: {name}").format(name=sheet.checked_by or "____________"),
            None,
        )
    )
    return Table(
        "reconciliation",
        _("Bank reconciliation"),
        _subtitle(sheet),
        (
            Column("book_item", _("In the book"), Shape.TEXT, 20),
            Column("book_amount", _("Amount"), Shape.MONEY),
            Column("bank_item", _("At the bank"), Shape.TEXT, 20),
            Column("bank_amount", _("Amount"), Shape.MONEY),
        ),
        tuple(rows),
        strong=frozenset({*strong, len(rows) - 2}),
    )


Part = list[tuple[Cell, Cell]]


def _booked(content: Reconciliation, *, into: bool) -> tuple[OpenItem, ...]:
    return (*content.of(BOOK, into=into), *content.of(TYPED, into=into))


def _side(
    name: str,
    balance_fen: int,
    adding: tuple[str, tuple[OpenItem, ...]],
    taking: tuple[str, tuple[OpenItem, ...]],
    day: date,
) -> list[Part]:
    """Three parts: the balance, what is added, what is taken away, each a heading and its items."""
    parts: list[Part] = [[(name, balance_fen)]]
    for heading, items in (adding, taking):
        total = abs(sum(i.amount_fen for i in items))
        parts.append([(heading, total), *((_item_text(i, day), abs(i.amount_fen)) for i in items)])
    return parts


def _item_text(item: OpenItem, day: date) -> str:
    if item.side == TYPED:
        return _("{text} (written by hand)").format(text=item.text)
    return _("{day} {text} ({n} days)").format(day=item.day.isoformat(), text=item.text, n=item.age(day))


def _subtitle(sheet: Sheet) -> str:
    content = sheet.content
    words = _("{account}, {day}").format(account=sheet.title, day=content.day.isoformat())
    if content.unexplained_fen:
        words += " " + _("– not explained: {amount}").format(amount=yuan_text(content.unexplained_fen))
    return words


def items_table(sheet: Sheet) -> Table:
    """One row for each balance and each open item, for programs."""
    content = sheet.content
    day = content.day.isoformat()
    rows: list[tuple[Cell, ...]] = [
        ("book-balance", day, "", "", content.book_fen, None),
        ("bank-balance", day, "", "", content.bank_fen, None),
        *(
            (f"{i.side}-open", i.day.isoformat(), i.id, i.text, i.amount_fen, i.age(content.day))
            for i in content.items
        ),
        ("adjusted-book", day, "", "", content.adjusted_book_fen, None),
        ("adjusted-bank", day, "", sheet.checked_by, content.adjusted_bank_fen, None),
    ]
    return Table(
        "reconciliation",
        _("Bank reconciliation"),
        _subtitle(sheet),
        (
            Column("what", _("What")),
            Column("date", _("Date"), Shape.DAY),
            Column("id", _("Number")),
            Column("text", _("Summary"), Shape.TEXT, 30),
            Column("amount", _("Amount"), Shape.MONEY),
            Column("age_days", _("Days open"), Shape.COUNT),
        ),
        tuple(rows),
    )
