"""What special funds are for, which ledgers are kept apart, and the register of unsettled items (R17, R25, R26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagebook.domain.fund import Fund
from villagebook.domain.period import Period
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import DocKind, voucher_label
from villagebook.i18n import _, ngettext
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.services.registers import fund_register
from villagebook.storage import documents as docs
from villagebook.storage import funds as store
from villagebook.storage import two_lines
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection
from villagebook.storage.two_lines import Bill

__all__ = ["Bill", "define_fund", "name_sister", "register_bill", "unsettled", "unsettled_in"]


def define_fund(
    book: Book, place: str, accounts: Sequence[str], purpose: str, resolution: str, by: By
) -> None:
    """Say what a special fund may be spent on; a later resolution replaces the list. Raises Refused (E2L-30)."""
    with book.reading() as connection:
        known = store.fund_of(connection, place)
    bare = Fund(place, tuple(accounts), purpose, resolution)
    told = replace(known, accounts=tuple(accounts), purpose=purpose, resolution=resolution) if known else bare
    fund_register.define(book, told, by)


def name_sister(book: Book, name: str, by: By) -> None:
    """Name a committee, cooperative or group that keeps a ledger of its own (E2L-43)."""
    with book.writing(by.actor, by.at) as writing:
        if len(name.strip()) < 2 or name.strip() in two_lines.sisters(writing.connection):
            raise refusal("E2L-43", name, _("Enter the name of a ledger that is not on the list yet."))
        writing.log("sister.named", {"name": name.strip()}, new_id(), "places")


def register_bill(book: Book, payee: str, amount_fen: int, bill_on: date, what: str, by: By) -> str:
    """Put a bill on the register of unsettled items; returns its id. The day it was registered is the log's.

    Raises Refused: nothing to pay, nobody to pay, a day that has not come.
    """
    if not payee.strip() or not what.strip() or amount_fen <= 0 or bill_on > by.day:
        raise refusal(
            "E2L-44", payee, _("Enter the payee, what it was for, the amount, and a day that has come.")
        )
    bill_id = new_id()
    with book.writing(by.actor, by.at) as writing:
        data = {
            "id": bill_id,
            "payee": payee.strip(),
            "amount_fen": amount_fen,
            "bill_on": bill_on.isoformat(),
            "what": what.strip(),
            "registered_on": by.day.isoformat(),
        }
        writing.log("bill.registered", data, new_id(), "documents")
    return bill_id


def unsettled_in(connection: Connection, day: date) -> tuple[Bill, ...]:
    """Bills on the register at the close of a day that no live payment settled."""
    known = two_lines.bills(connection)
    paid = two_lines.paid_bills(connection, day) if known else []  # all payments are looked through for them
    made = []
    for bill in known:
        key = (bill.payee, bill.amount_fen, bill.bill_on.isoformat())
        if key in paid:
            paid.remove(key)
        elif bill.registered_on <= day:
            made.append(bill)
    return tuple(made)


def bill_register(book: Book, day: date) -> Table:
    """Every bill on the register at the close of a day, and what became of it: paid by which voucher, under way, or open."""
    with book.reading() as connection:
        paid = [p for p in two_lines.bill_payments(connection) if p[3] <= day]
        waiting = [
            (d.party, d.total_fen, (d.event_on or d.booked_on).isoformat())
            for _seq, d in docs.waiting_documents(connection)
            if d.kind is DocKind.PAYMENT
        ]
        found = [b for b in two_lines.bills(connection) if b.registered_on <= day]
    rows: list[tuple[Cell, ...]] = []
    targets = []
    for bill in found:
        key = (bill.payee, bill.amount_fen, bill.bill_on.isoformat())
        by = next((p for p in paid if p[:3] == key), None)
        open_fen, target = bill.amount_fen, ""
        if by is not None:
            paid.remove(by)
            words = _("paid on {day}, {voucher}").format(
                day=by[3].isoformat(), voucher=voucher_label(by[4], by[5])
            )
            open_fen, target = 0, f"voucher:{by[6]}"
        elif key in waiting:
            waiting.remove(key)
            words = _("waits for signatures")
        else:
            words = ngettext("open for {days} day", "open for {days} days", (day - bill.bill_on).days).format(
                days=(day - bill.bill_on).days
            )
        registered = bill.registered_on.isoformat()
        rows.append(
            (bill.bill_on.isoformat(), bill.payee, bill.what, bill.amount_fen, registered, words, open_fen)
        )
        targets.append(target)
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("payee", _("Other party"), Shape.TEXT, 14),
        Column("summary", _("Summary"), Shape.TEXT, 20),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("registered", _("Registered"), Shape.DAY, 9),
        Column("state", _("What became of it"), Shape.TEXT, 15),
        Column("open", _("Still open"), Shape.MONEY, 10),
    )
    title = _("Register of unsettled items")
    return Table("bills", title, day.isoformat(), columns, tuple(rows), targets=tuple(targets))


def sisters(book: Book) -> tuple[str, ...]:
    """Ledgers that are kept apart from this one (R25), by name."""
    with book.reading() as connection:
        return tuple(sorted(two_lines.sisters(connection)))


def unsettled(book: Book, period: Period) -> Table:
    """The register of unsettled items as it stands at the end of a month."""
    with book.reading() as connection:
        found = unsettled_in(connection, period.last_day)
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("payee", _("Other party"), Shape.TEXT, 16),
        Column("summary", _("Summary"), Shape.TEXT, 26),
        Column("amount", _("Amount"), Shape.MONEY, 11),
        Column("registered", _("Registered"), Shape.DAY, 9),
    )
    rows = tuple(
        (b.bill_on.isoformat(), b.payee, b.what, b.amount_fen, b.registered_on.isoformat()) for b in found
    )
    return Table("unsettled", _("Register of unsettled items"), str(period), columns, rows)
