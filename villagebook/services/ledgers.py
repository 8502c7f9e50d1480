"""Books and reports as tables: cash book, bank book, journal, trial balance, receipts and payments."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook import i18n
from villagebook.domain.account import BANK, CASH, Chart
from villagebook.domain.balance import split_sides
from villagebook.domain.document import Attachment
from villagebook.domain.period import Span
from villagebook.domain.signature import Signature
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import Voucher, voucher_label
from villagebook.i18n import _
from villagebook.services.flows import receipts_payments
from villagebook.storage import documents as docs
from villagebook.storage import ledger, registry
from villagebook.storage.book import Book

__all__ = [
    "REPORTS",
    "VoucherView",
    "bank_book",
    "cash_book",
    "journal",
    "receipts_payments",
    "search",
    "trial_balance",
    "voucher_rows",
    "voucher_view",
    "vouchers_count",
]


@dataclass(frozen=True, slots=True)
class VoucherView:
    """A posted voucher with all that hangs on it. `reversed_by` is the id of the red voucher, or "".

    `corrects_label` names the wrong voucher this one stands for, `corrected_by` the (id, label) of those that stand for it.
    """

    voucher: Voucher
    account_names: dict[str, str]
    reversed_by: str
    reverses_label: str
    signatures: tuple[tuple[Signature, str], ...]
    attachments: tuple[Attachment, ...]
    corrects_label: str = ""
    corrected_by: tuple[tuple[str, str], ...] = ()


def _title(chart: Chart, code: str) -> str:
    account = chart.get(code)
    return account.title(i18n.language()) if account else code


def trial_balance(book: Book, span: Span) -> Table:
    """Accounts with an opening or a movement; the last row is the total and its sides are equal."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found = ledger.balances(connection, span)
    rows: list[tuple[Cell, ...]] = []
    sums = [0] * 6
    for b in found:
        if not (b.opening_fen or b.debit_fen or b.credit_fen):
            continue
        money = (*split_sides(b.opening_fen), b.debit_fen, b.credit_fen, *split_sides(b.closing_fen))
        sums = [s + m for s, m in zip(sums, money, strict=True)]
        rows.append((b.account, _title(chart, b.account), *money))
    columns = (
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("opening_debit", _("Opening debit"), Shape.MONEY, 12),
        Column("opening_credit", _("Opening credit"), Shape.MONEY, 12),
        Column("debit", _("Debit"), Shape.MONEY, 12),
        Column("credit", _("Credit"), Shape.MONEY, 12),
        Column("closing_debit", _("Closing debit"), Shape.MONEY, 12),
        Column("closing_credit", _("Closing credit"), Shape.MONEY, 12),
    )
    targets = tuple(f"account:{r[0]}" for r in rows)
    return Table(
        "trial-balance",
        _("Trial balance"),
        str(span),
        columns,
        (*rows, ("", _("Total"), *sums)),
        1,
        (*targets, ""),
    )


def journal(book: Book, span: Span) -> Table:
    """Every line of every voucher, in booking order."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        rows = ledger.journal_rows(connection, span)
    names = {a.code: a.title(i18n.language()) for a in chart}
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("word", _("Word"), Shape.TEXT, 4),
        Column("number", _("Number"), Shape.COUNT, 5),
        Column("line", _("Line"), Shape.COUNT, 4),
        Column("summary", _("Summary"), Shape.TEXT, 22),
        Column("account", _("Account"), Shape.TEXT, 7),
        Column("name", _("Name"), Shape.TEXT, 12),
        Column("debit", _("Debit"), Shape.MONEY, 10),
        Column("credit", _("Credit"), Shape.MONEY, 10),
        Column("party", _("Other party"), Shape.TEXT, 12),
        Column("origin", _("Origin"), Shape.TEXT, 7),
    )
    return Table(
        "journal",
        _("Journal"),
        str(span),
        columns,
        tuple(
            (r[0], r[1], r[2], r[3], r[4], r[5], names.get(r[5], r[5]), r[6], r[7], r[8], r[9]) for r in rows
        ),
        0,
        tuple(f"voucher:{r[10]}" for r in rows),
    )


def cash_book(book: Book, span: Span, place: str = "") -> Table:
    """Cash by day with a running balance (现金日记账)."""
    return _money_book(book, span, CASH, "cash-book", _("Cash book"), place)


def bank_book(book: Book, span: Span, place: str = "") -> Table:
    """Bank deposits by day with a running balance (银行存款日记账)."""
    return _money_book(book, span, BANK, "bank-book", _("Bank book"), place)


def _money_book(book: Book, span: Span, account: str, name: str, title: str, place: str) -> Table:
    with book.reading() as connection:
        places = registry.read_places(connection)
        before = ledger.place_balances_before(connection, span.first)
        rows = ledger.account_rows(connection, account, span, place)
    opening_fen = sum(
        fen for (code, where), fen in before.items() if code.startswith(account) and place in ("", where)
    )
    made: list[tuple[Cell, ...]] = [
        (span.first.first_day.isoformat(), "", _("Brought forward"), "", "", None, None, opening_fen)
    ]
    balance, into, out = opening_fen, 0, 0
    for day, word, number, summary, party, debit, credit, where, _id in rows:
        balance += debit - credit
        into, out = into + debit, out + credit
        found = places.get(where)
        made.append(
            (
                day,
                voucher_label(word, number),
                summary,
                party,
                found.name if found else where,
                debit or None,
                credit or None,
                balance,
            )
        )
    made.append(("", "", _("Total and balance"), "", "", into, out, balance))
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 24),
        Column("party", _("Other party"), Shape.TEXT, 14),
        Column("place", _("Money place"), Shape.TEXT, 10),
        Column("receipts", _("In"), Shape.MONEY, 11),
        Column("payments", _("Out"), Shape.MONEY, 11),
        Column("balance", _("Balance"), Shape.MONEY, 11),
    )
    targets = ("", *(f"voucher:{r[8]}" for r in rows), "")
    shown = places.get(place)
    subtitle = f"{span}  {shown.name}" if shown else str(span)
    return Table(name, title, subtitle, columns, tuple(made), 1, targets)


def voucher_view(book: Book, voucher_id: str) -> VoucherView | None:
    """None when the book holds no such voucher."""
    with book.reading() as connection:
        voucher = ledger.voucher(connection, voucher_id)
        if voucher is None:
            return None
        chart = registry.read_chart(connection)
        staff = registry.read_staff(connection)
        held = docs.submitted(connection, voucher.document_id) if voucher.document_id else None
        given = docs.signatures(connection, held.document.id, held.content_hash) if held else ()
        undone = ledger.voucher(connection, voucher.reverses) if voucher.reverses else None
        wrong = ledger.voucher(connection, voucher.corrects) if voucher.corrects else None
        right = [ledger.voucher(connection, i) for i in ledger.corrected_by(connection, voucher_id)]
        return VoucherView(
            voucher,
            {line.account: _title(chart, line.account) for line in voucher.lines},
            ledger.reversed_by(connection, voucher_id),
            _dated(undone),
            tuple((g, staff.name(g.person_id)) for g in given),
            held.document.attachments if held else (),
            _dated(wrong),
            tuple((v.id, _dated(v)) for v in right if v),
        )


def _dated(voucher: Voucher | None) -> str:
    return f"{voucher.booked_on.isoformat()} {voucher.label}" if voucher else ""


def voucher_rows(
    book: Book, span: Span, after: tuple[str, int] | None, limit: int
) -> list[tuple[object, ...]]:
    """(booked_on, seq, id, word, number, summary, party, total fen, origin), paged by key."""
    with book.reading() as connection:
        return list(ledger.voucher_page(connection, span, after, limit))


def vouchers_count(book: Book, span: Span) -> int:
    with book.reading() as connection:
        return ledger.voucher_count(connection, span)


def search(book: Book, text: str, limit: int = 200) -> Table:
    """Vouchers whose summary or other party holds the text, newest first."""
    with book.reading() as connection:
        rows = ledger.search_vouchers(connection, text, limit)
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 26),
        Column("party", _("Other party"), Shape.TEXT, 14),
        Column("amount", _("Amount"), Shape.MONEY, 11),
    )
    return Table(
        "search",
        _("Search"),
        text,
        columns,
        tuple((r[0], voucher_label(r[1], r[2]), r[3], r[4], r[5]) for r in rows),
        0,
        tuple(f"voucher:{r[6]}" for r in rows),
    )


REPORTS = {
    "trial-balance": trial_balance,
    "journal": journal,
    "cash-book": cash_book,
    "bank-book": bank_book,
    "receipts-payments": receipts_payments,
}
"""Reports by their name on the command line."""
