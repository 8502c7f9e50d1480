"""A printed or exported list as a value: screens, PDF, XLSX, CSV and JSON are all drawn from this.

A list may be printed as a bound report, which itself holds lists: so both stand here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

Cell = str | int | None


class Shape(StrEnum):
    """How a column's values are shown: TEXT, MONEY (fen), COUNT (whole number), DAY (ISO text)."""

    TEXT = "text"
    MONEY = "money"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the stable machine name of the command line; `title` the translated heading; `weight` a share of width.

    `words` are pairs of code and what people read in its place; programs get the code.
    """

    key: str
    title: str
    shape: Shape = Shape.TEXT
    weight: int = 10
    words: tuple[tuple[str, str], ...] = ()

    def told(self, cell: Cell) -> Cell:
        """What people read for a cell."""
        return next((words for code, words in self.words if code == cell), cell)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A line of a form: its number (row of the official sheet), item, one cell per column of figures, its mark."""

    no: str
    item: str
    cells: tuple[Cell, ...]
    strong: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A table that is a sheet for signing on paper. One side, or two beside each other (a balance sheet).

    Attributes:
        when: the day or the time it is of.
        form_no: what the official form is called, "" without one.
        columns: the columns of figures; `line` and `item` stand before them on every side.
        signers: who signs below, by office.
        foot: what is said under the table, a line each.
    """

    title: str
    when: str
    form_no: str
    columns: tuple[Column, ...]
    sides: tuple[tuple[FormRow, ...], ...]
    signers: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


Total = tuple[int, tuple[tuple[int, int], ...]]
"""A row that adds up others: its number, and (sign, row) of each."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How a ledger goes on from page to page (过次页, 承前页): where its figures stand, and what each row is.

    `columns` are the places of summary, debit, credit and balance, `side` that of 借/贷/平 or None; the first `lead` cells
    (account, party) are repeated. `kinds` holds a `RowKind` per row.
    """

    columns: tuple[int, int, int, int]
    side: int | None
    lead: int
    kinds: bytes = b""


class RowKind(IntEnum):
    """What a row of a ledger is.

    An ENTRY counts towards the sums of its page; a HEAD begins a section with its balance; a SUM is for people only; after
    a PERIOD the count of a page begins anew; a TOTAL ends the table.
    """

    ENTRY = 0
    HEAD = 1
    SUM = 2
    PERIOD = 3
    TOTAL = 4


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; every row has one cell per column. `totals` is the number of rows at the end that are totals.

    `targets` holds per row the reference the row opens ("voucher:ab12"), or is empty. `strong` are the rows that are drawn
    bold wherever they stand. `machine_rows` is what CSV and JSON get where people read more than lines (headings, sums of
    a month); None: the rows without the totals. `machine_columns` are theirs where people see more columns.
    `carried` tells how a ledger is broken into pages.
    `sums` are rows that a workbook writes as formulas; `form` is how the table is printed when it is a sheet for signing.
    """

    name: str
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    targets: tuple[str, ...] = ()
    strong: frozenset[int] = frozenset()
    machine_rows: tuple[tuple[Cell, ...], ...] | None = None
    machine_columns: tuple[Column, ...] | None = None
    sums: tuple[Total, ...] = ()
    form: Form | Dossier | None = None
    carried: Carried | None = None

    def only(self, *keys: str) -> Table:
        """The same rows with these columns alone, in their own order."""
        wanted = [n for n, column in enumerate(self.columns) if column.key in keys]
        return replace(
            self,
            columns=tuple(self.columns[n] for n in wanted),
            rows=tuple(tuple(row[n] for n in wanted) for row in self.rows),
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the notes: its heading, paragraphs, then tables."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The yearly report (年度财务会计报告).

    Attributes:
        facts: (what, value) of the cover, in their order.
        stamp: written pale across every page ("DRAFT"), "" for a final one.
        signers: who signs on the cover and under the notes.
    """

    title: str
    subtitle: str
    village: str
    facts: tuple[tuple[str, str], ...]
    forms: tuple[Form, ...]
    notes_title: str
    chapters: tuple[Chapter, ...]
    signers: tuple[str, ...]
    stamp: str = ""
