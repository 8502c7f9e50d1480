"""The eight classes and 44 items that villages publish, as data, with what a year's ledger says of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from villagebook import paths
from villagebook.domain.account import YEAR_RESULT
from villagebook.domain.formula import Atom, evaluate, leaves, parse
from villagebook.domain.period import Period, Span
from villagebook.domain.statement import Words
from villagebook.domain.statement_file import words
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.reporting.statement_figures import Reader
from villagebook.services.reporting.statement_ties import say
from villagebook.storage import budgets, ledger, registry
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `kind` says what of `accounts` is its figure: what came in on them (credit), was spent (debit), or stands
    there at the end (closing); "" where no account alone can tell.

    `formula` says it instead in the language of the statements, where sides must not be set off or money went one way only.
    """

    code: str
    title: Words
    kind: str = ""
    accounts: tuple[str, ...] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True)
class ItemClass:
    """One of the eight classes; `covers` says what belongs to one without items of its own."""

    code: str
    title: Words
    items: tuple[Item, ...]
    covers: Words


@cache
def classes() -> tuple[ItemClass, ...]:
    """The classes in their order, out of the file."""
    return tuple(
        ItemClass(c["code"], words(c, "title"), tuple(_item(i) for i in c["items"]), words(c, "covers"))
        for c in _data()["classes"]
    )


def certainty() -> tuple[str, str]:
    """(mark, what is still to be done about it)."""
    return _data()["certainty"], say(words(_data(), "check"))


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(paths.resource("disclosure", "items.json").read_text(encoding="utf-8"))
    return data


def _item(data: dict[str, Any]) -> Item:
    figure = data.get("figure", {})
    return Item(
        data["code"],
        words(data, "title"),
        figure.get("kind", ""),
        tuple(figure.get("accounts", ())),
        figure.get("formula", ""),
    )


def figures(connection: Connection, start: Period, span: Span) -> dict[str, int]:
    """Code of an item -> fen of a span that ends within a year; items without a figure are left out.

    Turnovers are those of January to the span's last month, the carrying of results left out. `start` is the book's first month.
    """
    moved: dict[str, tuple[int, int]] = {}
    for account, month, debit, credit in budgets.booked(connection, span.last.year):
        if month <= span.last.month:
            before = moved.get(account, (0, 0))
            moved[account] = (before[0] + debit, before[1] + credit)
    standing = {b.account: b.closing_fen for b in ledger.balances(connection, Span.of(span.last))}
    made = {}
    for one in (i for c in classes() for i in c.items if i.accounts):
        if one.kind == "closing":
            made[one.code] = sum(f for a, f in standing.items() if a.startswith(one.accounts))
        else:
            mine = [v for a, v in moved.items() if a.startswith(one.accounts)]
            debit, credit = sum(d for d, _c in mine), sum(c for _d, c in mine)
            made[one.code] = credit if one.kind == "credit" else debit
    return made | _told_by_formulas(connection, start, Span(Period(span.last.year, 1), span.last))


def _told_by_formulas(connection: Connection, start: Period, year: Span) -> dict[str, int]:
    reader = Reader(connection, registry.read_chart(connection), start, year, YEAR_RESULT)
    made = {}
    for one in (i for c in classes() for i in c.items if i.formula):
        node = parse(one.formula)
        values = reader.values({leaf for leaf in leaves(node) if isinstance(leaf, Atom)})
        made[one.code] = int(evaluate(node, {}, values.__getitem__))
    return made


def rows(connection: Connection, start: Period, span: Span) -> list[tuple[Cell, ...]]:
    """(class, no., item, figure) of every item; a class without items stands there with what it covers."""
    known = figures(connection, start, span)
    made: list[tuple[Cell, ...]] = []
    for each in classes():
        made += [(say(each.title), i.code, say(i.title), known.get(i.code)) for i in each.items]
        if not each.items:
            made.append((say(each.title), "", say(each.covers), None))
    return made


def columns() -> tuple[Column, ...]:
    return (
        Column("class", _("Class"), Shape.TEXT, 10),
        Column("no", _("No."), Shape.TEXT, 5),
        Column("item", _("Item"), Shape.TEXT, 30),
        Column("figure", _("From the ledger"), Shape.MONEY, 11),
    )


def table(connection: Connection, start: Period, span: Span) -> Table:
    """`disclosure-items`: what belongs on a board, and what the ledger says of it this year."""
    mark, check = certainty()
    subtitle = _("{months}; certainty {mark}: {check}").format(months=span, mark=mark, check=check)
    title = _("Eight classes, 44 items")
    return Table("disclosure-items", title, subtitle, columns(), tuple(rows(connection, start, span)))
