"""`bank-balance BOOK --on DAY --amount N --checked-by NAME`: the figure on a bank's paper statement."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.cli.staff import person_id
from villagebook.domain.money import format_fen, yuan_text
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.banking import bank, counting
from villagebook.services.book_file.books import open_book


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--account", dest="place", default="")
    parser.add_argument("--on", required=True)
    parser.add_argument("--amount", required=True)
    parser.add_argument("--checked-by", required=True)
    parser.add_argument("--open", action="append", default=[], metavar="AMOUNT:WORDS")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    """1 when something of the balance is not explained."""
    day = typed.day(told.on)
    items = tuple(_item(text) for text in told.open)
    with open_book(Path(told.book)) as book:
        statement = counting.BankStatement(
            bank.account_of(book, told.place),
            day,
            typed.fen(told.amount),
            items,
            person_id(book, told.checked_by),
        )
        unexplained_fen = counting.record_statement(book, statement, by.now("cli"))
    text = _("Statement of {day} recorded. {result}")
    output.tell(
        told.format,
        text.format(day=day.isoformat(), result=_result(unexplained_fen)),
        day=day.isoformat(),
        unexplained=format_fen(unexplained_fen),
    )
    return 1 if unexplained_fen else 0


def _item(text: str) -> tuple[str, int]:
    amount, _colon, said = text.partition(":")
    return said.strip(), typed.fen(amount)


def _result(unexplained_fen: int) -> str:
    if not unexplained_fen:
        return _("Bank and book agree.")
    return _("{amount} is not explained; look for it before the month is closed.").format(
        amount=yuan_text(unexplained_fen)
    )
