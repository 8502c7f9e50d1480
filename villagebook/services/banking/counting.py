"""Counting the cash and comparing the bank: R14, R16."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.money import yuan_text
from villagebook.domain.people import PostKind
from villagebook.domain.place import Place, Places
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal, refuse
from villagebook.storage import registry
from villagebook.storage.book import Book
from villagebook.storage.ledger import place_balances_on

DENOMINATIONS_FEN = (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1)


@dataclass(frozen=True, slots=True)
class CashCount:
    """One count of one cash place. IOUs are listed and never counted (E2L-27)."""

    place: str
    counted_on: date
    denominations: tuple[tuple[int, int], ...]
    iou_fen: int
    iou_note: str
    counter: str
    witness: str

    @property
    def counted_fen(self) -> int:
        return sum(fen * pieces for fen, pieces in self.denominations)


@dataclass(frozen=True, slots=True)
class BankStatement:
    """The bank's own balance on a day, for the places that share one account; open items are signed fen."""

    place_codes: tuple[str, ...]
    stated_on: date
    balance_fen: int
    open_items: tuple[tuple[str, int], ...]
    checked_by: str


def count_state(book: Book, day: date) -> tuple[tuple[Place, int], ...]:
    """Every cash place with its book balance at the close of the day."""
    return _state(book, day, cash=True)


def bank_state(book: Book, day: date) -> tuple[tuple[Place, int], ...]:
    """Every bank place with its book balance at the close of the day."""
    return _state(book, day, cash=False)


def _state(book: Book, day: date, *, cash: bool) -> tuple[tuple[Place, int], ...]:
    with book.reading() as connection:
        found = place_balances_on(connection, day)
        places = registry.read_places(connection).all()
    return tuple((p, found.get(p.code, 0)) for p in places if p.is_cash is cash)


def bank_accounts(book: Book) -> tuple[tuple[tuple[str, ...], str], ...]:
    """(place codes, title) per real bank account: places under one holder with `is_basic` share the basic account."""
    with book.reading() as connection:
        return account_groups(registry.read_places(connection))


def account_groups(of: Places) -> tuple[tuple[tuple[str, ...], str], ...]:
    """As `bank_accounts`, from places already read. The first place names an account for ever."""
    places = [p for p in of.all() if not p.is_cash]
    basic = tuple(p.code for p in places if p.is_basic)
    groups = [(basic, " + ".join(p.name for p in places if p.is_basic))] if len(basic) > 1 else []
    alone = [((p.code,), p.name) for p in places if not (p.is_basic and len(basic) > 1)]
    return (*groups, *alone)


def record_count(book: Book, count: CashCount, by: By) -> int:
    """Log a count, whatever it shows; returns counted - book in fen.

    Raises Refused when counter and witness are not two persons, or a number of pieces is negative.
    """
    with book.writing(by.actor, by.at) as writing:
        staff = registry.read_staff(writing.connection)
        problems = []
        if (
            count.counter == count.witness
            or count.counter not in staff.persons
            or count.witness not in staff.persons
        ):
            problems.append(_("Counter and witness must be two persons of the list."))
        if any(fen <= 0 or pieces < 0 for fen, pieces in count.denominations) or count.iou_fen < 0:
            problems.append(_("Numbers of notes and coins cannot be negative."))
        if count.counted_on > by.day:
            problems.append(_("The day of the count lies in the future."))
        refuse("E2L-27", count.place, problems)
        book_fen = place_balances_on(writing.connection, count.counted_on).get(count.place, 0)
        writing.log(
            "cash.counted",
            {
                "place": count.place,
                "counted_on": count.counted_on.isoformat(),
                "counted_fen": count.counted_fen,
                "book_fen": book_fen,
                "iou_fen": count.iou_fen,
                "iou_note": count.iou_note,
                "counter": count.counter,
                "witness": count.witness,
                "denominations": [list(d) for d in count.denominations],
            },
            new_id(),
            "counts",
        )
    return count.counted_fen - book_fen


def record_statement(book: Book, statement: BankStatement, by: By) -> int:
    """Log the bank's balance; returns what stays unexplained in fen: bank + open items - book.

    Raises Refused when the checker is the cashier or unknown (R16, 会计法 35).
    """
    with book.writing(by.actor, by.at) as writing:
        staff = registry.read_staff(writing.connection)
        if (
            statement.checked_by not in staff.persons
            or PostKind.CASHIER in staff.posts_of(statement.checked_by, statement.stated_on)
            or statement.stated_on > by.day
        ):
            text = _(
                "The sheet is checked by a person of the list who is not the cashier, not before its day."
            )
            raise refusal("E2L-29", ", ".join(statement.place_codes), text)
        found = place_balances_on(writing.connection, statement.stated_on)
        book_fen = sum(found.get(code, 0) for code in statement.place_codes)
        writing.log(
            "bank.stated",
            {
                "places": list(statement.place_codes),
                "stated_on": statement.stated_on.isoformat(),
                "balance_fen": statement.balance_fen,
                "book_fen": book_fen,
                "open_items": [list(i) for i in statement.open_items],
                "checked_by": statement.checked_by,
            },
            new_id(),
            "counts",
        )
    return statement.balance_fen + sum(fen for _text, fen in statement.open_items) - book_fen


def difference_text(difference_fen: int, iou_fen: int) -> str:
    """One sentence about a count, for the page."""
    if difference_fen == 0:
        return _("The count equals the book.")
    if difference_fen < 0:
        return _("The cash is short of {amount}; IOUs of {iou} do not count.").format(
            amount=yuan_text(-difference_fen), iou=yuan_text(iou_fen)
        )
    return _("There is {amount} more cash than the book says: something received was not entered.").format(
        amount=yuan_text(difference_fen)
    )
