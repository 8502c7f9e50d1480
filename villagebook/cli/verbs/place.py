"""`place BOOK CODE --name NAME`: a new money place; CODE begins with its kind, such as SP:road, IM2 or AG."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.place import Place, PlaceKind
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.offices import people


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("code")
    parser.add_argument("--name", required=True)
    parser.add_argument("--account", default="")
    parser.add_argument("--holder", default="")
    parser.add_argument("--person", action="store_true")
    parser.add_argument("--filed", default="")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    kind = next((k for k in PlaceKind if told.code.startswith(k.value)), None)
    if kind is None:
        text = _("{code} does not begin with a kind of money place. Write RC, IN, EX, IM, SP:name or AG.")
        raise Refused([Finding("VCH-05", Severity.ERROR, told.code, text.format(code=told.code))])
    cash = kind in (PlaceKind.RC, PlaceKind.IM)
    with open_book(Path(told.book)) as book:
        account = told.account or ("101" if cash else "102")
        holder = told.holder or ("" if account.startswith("101") else book.info.village)
        new = Place(
            told.code, kind, told.name, account, holder, holder_is_person=told.person, filed=told.filed
        )
        people.add_place(book, new, by.now("cli"))
    text = _("{name} is a money place now.").format(name=told.name)
    output.tell(told.format, text, code=new.code, name=new.name, account=new.account)
    return 0
