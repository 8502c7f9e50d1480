"""Who owes and is owed: balances by other party, with the age of what is unsettled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.ageing import Movement, by_age, unsettled
from villagebook.domain.errors import KnownError
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.names import account_title, direction
from villagebook.storage import registry
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

Key = tuple[str, str]
"""Account, other party."""


def party_accounts(chart: Chart) -> tuple[str, ...]:
    """Accounts that are kept by other party: resource data, as far as this chart has them."""
    return tuple(code for code in _settings()["accounts"] if code in chart)


def age_limits() -> list[int]:
    """Where one class of age ends, in days."""
    return [int(days) for days in _settings()["ages"]]


def _settings() -> dict[str, list[str]]:
    settings: dict[str, list[str]] = json.loads(
        paths.resource("statements", "parties.json").read_text(encoding="utf-8")
    )
    return settings


def parties(book: Book, span: Span, account: str = "", only: tuple[str, ...] = ()) -> Table:
    """Every party with an opening, a movement or a balance; ages are days at the end of the span.

    Of one account, or of those of `only` that are kept by party, or of all that are.
    """
    limits = age_limits()
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        kept = tuple(c for c in party_accounts(chart) if not only or c in only)
        codes = (account_code(chart, account),) if account else kept
        found: dict[Key, list[Movement]] = {}
        for code in codes:
            _read(connection, code, span.last, book.info.start, found)
    rows: list[tuple[Cell, ...]] = []
    ageing = Ageing.over(span, limits)
    for (code, party), movements in sorted(found.items()):
        row = ageing.cells(movements)
        if row is not None:
            rows.append((code, account_title(chart, code), party, *row))
    return Table(
        "parties",
        _("Balances by party"),
        str(span),
        (
            Column("account", _("Account"), Shape.TEXT, 6),
            Column("name", _("Name"), Shape.TEXT, 10),
            Column("party", _("Other party"), Shape.TEXT, 14),
            *age_columns(limits),
        ),
        tuple(rows),
        targets=tuple(f"account:{r[0]}" for r in rows),
    )


def account_code(chart: Chart, text: str) -> str:
    """The code of an account told by code or name. Raises KnownError."""
    account = chart.find(text)
    if account is None:
        raise KnownError(
            _("The chart has no account {text}.").format(text=text),
            _("The trial balance lists every account in use."),
        )
    return account.code


def _read(
    connection: Connection, code: str, last: Period, start: Period, found: dict[Key, list[Movement]]
) -> None:
    """What happened to each party; opening balances count from the day before the book began."""
    before = start.first_day - timedelta(days=1)
    for account, party, fen in store.opening_of(connection, code):
        found.setdefault((account, party), []).append(Movement(before, fen, 0))
    for account, party, *moved in store.party_moves(connection, code, last):
        found.setdefault((account, party), []).append(Movement(*moved))


@dataclass(frozen=True, slots=True)
class Ageing:
    """What many balances over one span are told by, looked up once: its days, where a class of age ends, the words of the sides."""

    first: date
    last: date
    limits: Sequence[int]
    sides: tuple[str, str, str]
    """Nothing left, debit, credit: by the sign of a balance."""

    @classmethod
    def over(cls, span: Span, limits: Sequence[int]) -> Ageing:
        return cls(
            span.first.first_day, span.last.last_day, limits, (direction(0), direction(1), direction(-1))
        )

    def side(self, fen: int) -> str:
        """As `names.direction`."""
        return self.sides[(fen > 0) - (fen < 0)]

    def cells(self, movements: list[Movement]) -> tuple[Cell, ...] | None:
        """Side and amount of the opening, debit, credit, side and balance, ages and the oldest day; None without opening and movement."""
        opening_fen, debit_fen, credit_fen, moved = 0, 0, 0, False
        for m in movements:
            if m.day < self.first:
                opening_fen += m.fen
            else:
                debit_fen, credit_fen, moved = debit_fen + m.debit_fen, credit_fen + m.credit_fen, True
        if not (opening_fen or moved):
            return None
        balance_fen = opening_fen + debit_fen - credit_fen
        opens = unsettled(movements)
        return (
            self.side(opening_fen),
            abs(opening_fen),
            debit_fen,
            credit_fen,
            self.side(balance_fen),
            abs(balance_fen),
            *map(abs, by_age(opens, self.last, self.limits)),
            opens[0][0].isoformat() if opens else "",
        )


def age_columns(limits: Sequence[int]) -> tuple[Column, ...]:
    """The columns of `Ageing.cells`."""
    starts = [0, *(limit + 1 for limit in limits)]
    ages = [
        Column(f"days_{a}_{b}", _("{first}-{last} days").format(first=a, last=b), Shape.MONEY, 10)
        for a, b in zip(starts, limits, strict=False)
    ]
    over = Column(f"days_over_{limits[-1]}", _("over {days} days").format(days=limits[-1]), Shape.MONEY, 10)
    return (
        Column("opening_direction", _("Opening Dr/Cr"), Shape.TEXT, 5),
        Column("opening", _("Opening"), Shape.MONEY, 10),
        Column("debit", _("Debit"), Shape.MONEY, 10),
        Column("credit", _("Credit"), Shape.MONEY, 10),
        Column("direction", _("Dr/Cr"), Shape.TEXT, 4),
        Column("balance", _("Balance"), Shape.MONEY, 10),
        *ages,
        over,
        Column("oldest", _("Oldest"), Shape.DAY, 8),
    )
