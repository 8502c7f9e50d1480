"""What a projector writes into: rows by table, and the running sums of months."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.event import Event
from villagebook.domain.flow import Moved

Data = dict[str, Any]
Projector = Callable[["Sink", Event, Data], None]

_TOTAL = (
    "INSERT INTO month_total VALUES (?, ?, ?, ?, ?) ON CONFLICT (period, account, place) DO UPDATE SET"
    " debit_fen = debit_fen + excluded.debit_fen, credit_fen = credit_fen + excluded.credit_fen"
)
_MOVED = (
    "INSERT INTO money_total VALUES (?, ?, ?, ?, ?) ON CONFLICT (period, place, category) DO UPDATE SET"
    " receipts_fen = receipts_fen + excluded.receipts_fen, payments_fen = payments_fen + excluded.payments_fen"
)


class Sink:
    """Collects rows per table; `flush` writes them in the order in which tables were first used."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.totals: dict[tuple[int, str, str], list[int]] = {}
        self.moved: dict[tuple[int, str, str], list[int]] = {}

    def put(self, table: str, *values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def add_total(self, period: int, account: str, place: str, debit_fen: int, credit_fen: int) -> None:
        sums = self.totals.setdefault((period, account, place), [0, 0])
        sums[0] += debit_fen
        sums[1] += credit_fen

    def add_moved(self, period: int, moved: Iterable[Moved]) -> None:
        """What a voucher did to the money places, and why."""
        for place, category, receipts_fen, payments_fen in moved:
            sums = self.moved.setdefault((period, place, category), [0, 0])
            sums[0] += receipts_fen
            sums[1] += payments_fen

    def flush(self, connection: Connection) -> None:
        """Write everything collected and forget it."""
        for table, rows in self.rows.items():
            places = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({places})", rows)
        if self.totals:
            connection.exec_driver_sql(_TOTAL, [(*key, *sums) for key, sums in self.totals.items()])
        if self.moved:
            connection.exec_driver_sql(_MOVED, [(*key, *sums) for key, sums in self.moved.items()])
        self.rows.clear()
        self.totals.clear()
        self.moved.clear()


def put_target(sink: Sink, kind: str, code: str, name: str, seq: int, *, in_use: bool = True) -> None:
    """Offer an entry of a register to lines; every register's projector calls it beside its own row."""
    sink.put("link_target", kind, code, seq, name, int(in_use))


def as_text(value: Any) -> str:
    """A part of a body as it is kept in one column."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fields(table: str, *names: str, seq_first: bool = False) -> Projector:
    """A projector that copies fields of the body into one row, the position last (or first)."""

    def project(sink: Sink, event: Event, data: Data) -> None:
        values = [data[n] if isinstance(data[n], str | int) else as_text(data[n]) for n in names]
        sink.put(table, event.seq, *values) if seq_first else sink.put(table, *values, event.seq)

    return project
