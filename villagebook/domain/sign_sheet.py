"""A sheet to be signed with a pen that is no slip of a document: the request of a journey, a list of payees."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.table import Column


@dataclass(frozen=True, slots=True)
class SignSheet:
    """What is printed.

    Attributes:
        facts: (what, value) above the table.
        columns, rows: as in a table, cells as people read them; `hand` is the heading of a wide empty column behind them in
            which everybody of a row signs, "" without one.
        total: (what, figure) under the rows, None without one.
        foot: sentences under the table.
        signers: a field each, by title.
        code: text of the QR code; `seal` its short form for people.
        small: half a sheet (A5 lying) instead of A4 lying.
    """

    village: str
    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    hand: str
    total: tuple[str, str] | None
    foot: tuple[str, ...]
    signers: tuple[str, ...]
    code: str
    seal: str
    small: bool = False
