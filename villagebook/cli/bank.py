"""The bank's words of the command line: `import --layout bank`, `bank-balance`, and `place` for new money places."""

from __future__ import annotations

import argparse
from contextlib import closing as closed_after
from datetime import date
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.dates import DateError, parse_date
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import AmountError, format_fen, parse_yuan, yuan_text
from villagebook.domain.place import Place, PlaceKind
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import Book, open_book, staff

LAYOUT = "bank"


def take_in(book: Book, told: argparse.Namespace) -> int:
    """Take a statement in, match what is sure, and say what is left."""
    from villagebook.services.banking import bank, bank_matching, bank_wizard

    places = bank.account_of(book, told.place)
    mapping = bank_wizard.BankMapping(sheet=told.sheet) if told.sheet else None
    now, path = by.now("cli"), Path(told.file)
    made = bank.import_statement(book, places, path, mapping, by=now, dry_run=told.dry_run)
    matched, left = (0, ()) if told.dry_run else bank_matching.match(book, places, now)
    if told.format == "text":
        text = (
            _("{n} rows would be taken in; nothing was written.") if told.dry_run else _("{n} rows taken in.")
        )
        output.say(text.format(n=made.new))
        if not told.dry_run:
            output.say(_("{n} matched; {m} proposals wait for a person.").format(n=matched, m=len(left)))
        return output.tell_findings(made.findings, "text") if made.findings else 0
    return output.tell_findings(
        made.findings,
        "json",
        rows=made.new,
        known=made.known,
        matched=matched,
        proposals=len(left),
        dry_run=told.dry_run,
    )


def declare_balance(p: argparse.ArgumentParser) -> None:
    """`bank-balance BOOK --on DAY --amount N --checked-by NAME`: the figure on a bank's paper statement."""
    p.add_argument("book")
    p.add_argument("--account", dest="place", default="")
    p.add_argument("--on", required=True)
    p.add_argument("--amount", required=True)
    p.add_argument("--checked-by", required=True)
    p.add_argument("--open", action="append", default=[], metavar="AMOUNT:WORDS")
    p.add_argument("--format", choices=("text", "json"), default="text")


def balance(told: argparse.Namespace) -> int:
    """Record a bank's own balance; 1 when something of it is not explained."""
    from villagebook.services.banking import bank, counting

    day = _day(told.on)
    items = tuple(_item(text) for text in told.open)
    with closed_after(open_book(Path(told.book))) as book:
        statement = counting.BankStatement(
            bank.account_of(book, told.place), day, _fen(told.amount), items, _person(book, told.checked_by)
        )
        unexplained_fen = counting.record_statement(book, statement, by.now("cli"))
    text = _("Statement of {day} recorded. {result}")
    output.tell(
        told.format,
        text.format(day=day.isoformat(), result=_said(unexplained_fen)),
        day=day.isoformat(),
        unexplained=format_fen(unexplained_fen),
    )
    return 1 if unexplained_fen else 0


def _said(unexplained_fen: int) -> str:
    if not unexplained_fen:
        return _("Bank and book agree.")
    return _("{amount} is not explained; look for it before the month is closed.").format(
        amount=yuan_text(unexplained_fen)
    )


def declare_place(p: argparse.ArgumentParser) -> None:
    """`place BOOK CODE --name NAME`: CODE begins with its kind, such as SP:road, IM2 or AG."""
    p.add_argument("book")
    p.add_argument("code")
    p.add_argument("--name", required=True)
    p.add_argument("--account", default="")
    p.add_argument("--holder", default="")
    p.add_argument("--person", action="store_true")
    p.add_argument("--filed", default="")
    p.add_argument("--format", choices=("text", "json"), default="text")


def place(told: argparse.Namespace) -> int:
    """Add a money place."""
    from villagebook.services.offices import people

    kind = next((k for k in PlaceKind if told.code.startswith(k.value)), None)
    if kind is None:
        text = _("{code} does not begin with a kind of money place. Write RC, IN, EX, IM, SP:name or AG.")
        raise Refused([Finding("VCH-05", Severity.ERROR, told.code, text.format(code=told.code))])
    cash = kind in (PlaceKind.RC, PlaceKind.IM)
    with closed_after(open_book(Path(told.book))) as book:
        account = told.account or ("101" if cash else "102")
        holder = told.holder or ("" if account.startswith("101") else book.info.village)
        new = Place(
            told.code, kind, told.name, account, holder, holder_is_person=told.person, filed=told.filed
        )
        people.add_place(book, new, by.now("cli"))
    text = _("{name} is a money place now.").format(name=told.name)
    output.tell(told.format, text, code=new.code, name=new.name, account=new.account)
    return 0


def _person(book: Book, name: str) -> str:
    found = [p.id for p in staff(book).persons.values() if name in (p.name, p.id)]
    if len(found) == 1:
        return found[0]
    text = _("There are several persons called {name}.") if found else _("There is no person called {name}.")
    raise KnownError(text.format(name=name), _("Use the person's id, or enter the person first."))


def _item(text: str) -> tuple[str, int]:
    amount, _colon, words = text.partition(":")
    return words.strip(), _fen(amount)


def _fen(text: str) -> int:
    try:
        return parse_yuan(text)
    except AmountError:
        raise KnownError(_("{text} is not an amount.").format(text=text), _("Write it as 1234.50.")) from None


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except DateError:
        raise KnownError(_("{text} is no day.").format(text=text), _("Write it as 2025-03-05.")) from None
