"""A bank's file before it is taken in: its sheets and first rows, which column means what, and whether the balance is proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from villagebook.domain.finding import Finding
from villagebook.domain.money import yuan_text
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.exchange.bank_files import bank_sheets, choose_sheet, read_bank_bytes
from villagebook.exchange.bank_headers import ROLES, BankMapping, find_table, letter
from villagebook.exchange.bank_statement import BankStatementFile, parse_statement
from villagebook.i18n import N_, _
from villagebook.services.banking import bank
from villagebook.storage.book import Book

SHOWN_ROWS = 40

ROLE_TITLES = {
    "date": N_("Date"),
    "time": N_("Time of day"),
    "in": N_("Money in"),
    "out": N_("Money out"),
    "amount": N_("Amount"),
    "direction": N_("In or out"),
    "balance": N_("Balance"),
    "party": N_("Other party"),
    "party_account": N_("Other party's account"),
    "summary": N_("Summary"),
    "remark": N_("Remark"),
    "serial": N_("Serial number"),
    "own_account": N_("Own account"),
}
assert set(ROLE_TITLES) == set(ROLES)  # noqa: S101  # a role without a name could not be chosen


class AmountMode(StrEnum):
    """How a table says in and out."""

    COLUMNS = "columns"
    SIGNED = "signed"
    DIRECTION = "direction"
    WORDS = "words"


MODE_TITLES = {
    AmountMode.COLUMNS: N_("Two columns: money in and money out"),
    AmountMode.SIGNED: N_("One column with a sign"),
    AmountMode.DIRECTION: N_("One column, and a word for in or out (借, 贷, 收, 付)"),
    AmountMode.WORDS: N_("One column, and words of our choice that mean in"),
}
_OF_MODE = {
    AmountMode.COLUMNS: {"in", "out"},
    AmountMode.SIGNED: {"amount"},
    AmountMode.DIRECTION: {"amount", "direction"},
    AmountMode.WORDS: {"amount", "direction"},
}
AMOUNT_ROLES = ("in", "out", "amount", "direction")


def roles_of(mode: AmountMode) -> set[str]:
    """The amount columns that are asked for in a mode."""
    return _OF_MODE[mode]


@dataclass(frozen=True, slots=True)
class SheetTitle:
    """A sheet of the file; `visible` is False for one a spreadsheet program does not show."""

    name: str
    visible: bool


@dataclass(frozen=True, slots=True)
class BankPreview:
    """A file read in a certain way.

    `columns` is role -> number of the column; `statement` is None when `findings` stop it; `known` says that this kind of
    file was read before.
    """

    sheets: tuple[SheetTitle, ...]
    sheet: str
    rows: tuple[tuple[str, ...], ...]
    first_row: int
    header_row: int
    columns: Mapping[str, int]
    mode: AmountMode
    in_words: tuple[str, ...]
    known: bool
    flipped: bool
    statement: BankStatementFile | None
    findings: tuple[Finding, ...]

    def table(self) -> Table:
        """The first rows as they stand in the file, columns by letter with what they mean."""
        meaning = {at: _(ROLE_TITLES[role]) for role, at in self.columns.items()}
        width = max(map(len, self.rows), default=0)
        columns = (
            Column("row", _("Row"), Shape.COUNT, 4),
            *(
                Column(letter(n), f"{letter(n)} {meaning.get(n, '')}".strip(), Shape.TEXT, 10)
                for n in range(width)
            ),
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (self.first_row + at, *row) for at, row in enumerate(self.rows)
        )
        strong = frozenset({self.header_row - self.first_row})
        return Table("bank-preview", "", "", columns, rows, strong=strong)

    def options(self) -> list[tuple[str, str]]:
        """(letter, letter and heading) of every column."""
        at = self.header_row - self.first_row
        heads = self.rows[at] if 0 <= at < len(self.rows) else ()
        return [(letter(n), f"{letter(n)} {head.strip()}"[:28].strip()) for n, head in enumerate(heads)]

    def words_said(self) -> tuple[str, ...]:
        """The different words of the column for in and out, in the rows shown."""
        at = self.columns.get("direction")
        if at is None:
            return ()
        below = self.rows[self.header_row - self.first_row + 1 :]
        return tuple(dict.fromkeys(row[at].strip() for row in below if row[at].strip()))[:12]

    def verdict(self) -> str:
        """What the reading comes to, in one sentence."""
        found = self.statement
        if found is None:
            return _("Read like this the file is not taken in; see above what does not fit.")
        ins = sum(line.amount_fen for line in found.lines if line.amount_fen > 0)
        outs = -sum(line.amount_fen for line in found.lines if line.amount_fen < 0)
        return _(
            "{n} rows from {first} to {last}: {opening} + {ins} in - {outs} out = {closing}. Every balance follows from the one before."
        ).format(
            n=len(found.lines),
            first=found.lines[0].day.isoformat(),
            last=found.lines[-1].day.isoformat(),
            opening=yuan_text(found.opening_fen),
            ins=yuan_text(ins),
            outs=yuan_text(outs),
            closing=yuan_text(found.closing_fen),
        )


def preview(
    book: Book, places: tuple[str, ...], path: Path, today: date, told: BankMapping | None = None
) -> BankPreview:
    """Read a file as told, or as such a file was read before, or as the program would; nothing is written.

    Raises KnownError when the file cannot be read at all.
    """
    sheets = bank_sheets(read_bank_bytes(path), path.name)
    known = bank.known_mapping(book, places, sheets)
    mapping = told or known
    chosen = choose_sheet(sheets, mapping)
    found = find_table(chosen.cells, mapping)
    statement, findings = parse_statement(chosen.cells, today, mapping)
    grid = [chosen.cells.header, *map(tuple, chosen.cells.rows[: SHOWN_ROWS - 1])]
    words = mapping.in_words if mapping else ()
    return BankPreview(
        tuple(SheetTitle(s.title, s.visible) for s in sheets),
        chosen.title,
        tuple(grid),
        chosen.cells.header_row,
        found.header_row,
        found.index,
        _mode(found.index, words),
        words,
        known is not None,
        statement.mapping.flipped if statement else bool(mapping and mapping.flipped),
        statement,
        findings,
    )


def _mode(index: Mapping[str, int], in_words: tuple[str, ...]) -> AmountMode:
    if "in" in index and "out" in index:
        return AmountMode.COLUMNS
    if "direction" not in index:
        return AmountMode.SIGNED if "amount" in index else AmountMode.COLUMNS
    return AmountMode.WORDS if in_words else AmountMode.DIRECTION


def told_mapping(
    sheet: str,
    header_row: int,
    mode: AmountMode,
    letters: Mapping[str, str],
    in_words: tuple[str, ...],
    *,
    flipped: bool = False,
) -> BankMapping:
    """What a person has chosen: every role with its column's letter, "" for none; columns of other modes are left out."""
    wanted = {
        role: "" if role in AMOUNT_ROLES and role not in roles_of(mode) else letters.get(role, "")
        for role in ROLES
    }
    return BankMapping(
        wanted,
        flipped,
        sheet=sheet,
        header_row=header_row,
        in_words=in_words if mode is AmountMode.WORDS else (),
    )


__all__ = [
    "AMOUNT_ROLES",
    "MODE_TITLES",
    "ROLE_TITLES",
    "AmountMode",
    "BankMapping",
    "BankPreview",
    "SheetTitle",
    "letter",
    "preview",
    "roles_of",
    "told_mapping",
]
