"""The bank's file of one demo month: made from the book, taken in, matched, and its sheet signed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from villagebook.domain.money import format_fen
from villagebook.domain.period import Period
from villagebook.services.banking import bank, bank_matching, bank_sheet
from villagebook.services.book_file.books import Book
from villagebook.services.by import By
from villagebook.storage import bank as store
from villagebook.storage.ledger import place_balances_on

_HEADER = "交易日期,借方发生额,贷方发生额,账户余额,对方户名,摘要,交易流水号"


def reconcile_month(
    book: Book, folder: Path, places: tuple[str, ...], month: Period, checked_by: str, by: By
) -> Path | None:
    """Returns the file as a bank would hand it out; None for a month in which the account did not move."""
    with book.reading() as connection:
        moves = store.moves(connection, places, month.first_day, month.last_day)
        before = place_balances_on(connection, month.first_day - timedelta(days=1))
    if not moves:
        return None
    balance = sum(before.get(code, 0) for code in places)
    rows = [f"{book.info.village}股份经济合作社 账户明细,,,,,,", _HEADER]
    for number, move in enumerate(moves, 1):
        balance += move.amount_fen
        into, out = max(move.amount_fen, 0), max(-move.amount_fen, 0)
        sides = ",".join(format_fen(fen) if fen else "" for fen in (out, into))
        serial = f"{month.number}{number:06d}"
        rows.append(
            f"{move.day:%Y%m%d},{sides},{format_fen(balance)},{move.party},{move.summary[:12]},{serial}"
        )
    path = folder / f"bank-{month}.csv"
    path.write_bytes(("\r\n".join(rows) + "\r\n").encode("gb18030"))
    bank.import_statement(book, places, path, by=by)
    _sure, offered = bank_matching.match(book, places, by)
    for proposal in offered:
        if not proposal.difference_fen:
            keys, ids = [b.key for b in proposal.bank], [m.id for m in proposal.book]
            bank_matching.accept(book, places, keys, ids, by, proposal.tier)
    bank_sheet.reconcile(book, places, month.last_day, checked_by, by)
    return path
