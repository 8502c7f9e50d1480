"""A bank's statement out of a table of its file.

Nothing is given back but rows whose running balance is proven; otherwise every fault with its row, column and remedy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from villagebook.domain.bank import BankLine
from villagebook.domain.finding import Finding
from villagebook.domain.money import yuan_text
from villagebook.exchange import bank_cells as cells
from villagebook.exchange.bank_findings import BankProblems
from villagebook.exchange.bank_headers import (
    BankMapping,
    BankTable,
    find_table,
    fingerprint_of,
    letter,
    missing_roles,
)
from villagebook.exchange.bank_proof import Proven, RawLine, prove
from villagebook.exchange.tables import Sheet
from villagebook.exchange.totals import total_row
from villagebook.exchange.units import large_unit
from villagebook.i18n import N_, _

T = TypeVar("T")


_NAMES = {"date": N_("date 日期"), "amount": N_("amount 金额"), "balance": N_("balance 余额")}
"""As banks head them, beside our word for whoever reads no Chinese."""


@dataclass(frozen=True, slots=True)
class BankStatementFile:
    """A proven statement, oldest row first. `rows[i]` is the file's row of `lines[i]`."""

    lines: tuple[BankLine, ...]
    rows: tuple[int, ...]
    opening_fen: int
    mapping: BankMapping

    @property
    def closing_fen(self) -> int:
        return self.lines[-1].balance_fen


def parse_statement(
    sheet: Sheet, today: date, mapping: BankMapping | None = None
) -> tuple[BankStatementFile | None, tuple[Finding, ...]]:
    """Read and prove a statement; None with everything that is wrong when one finding stops."""
    problems = BankProblems(sheet.name)
    table = find_table(sheet, mapping)
    for role in missing_roles(table.index):
        problems.add("BNK-01", value=_(_NAMES[role]))
    above = [sheet.header, *sheet.rows][: table.header_row - sheet.header_row]
    if unit := large_unit([table.title(role) for role in table.index], above):
        problems.add("BNK-30", value=unit)
    if problems.stops():
        return None, problems.findings()
    reader = _Reader(table, problems, today, frozenset(mapping.in_words) if mapping else frozenset())
    raw = reader.read()
    if not raw and not problems.stops():
        problems.add("BNK-02")
    if problems.stops():
        return None, problems.findings()
    words = "amount" not in table.index or "direction" in table.index
    expected = mapping is not None and mapping.flipped
    proven = prove(raw, reader.opening_fen, may_flip=words, expect_flip=expected)
    _tell_breaks(proven, table, problems)
    reader.check_totals(proven)
    if problems.stops():
        return None, problems.findings()
    made = _proven_mapping(sheet, table, mapping, flipped=proven.flipped)
    lines = tuple(_with_keys(proven.lines))
    rows = tuple(r.row for r in proven.lines)
    return BankStatementFile(lines, rows, proven.opening_fen, made), problems.findings()


def _proven_mapping(
    sheet: Sheet, table: BankTable, told: BankMapping | None, *, flipped: bool
) -> BankMapping:
    """How the table was read, for the next month: headings where they are unique, else letters."""
    columns = {
        role: table.header[at] if table.header.count(table.header[at]) == 1 else letter(at)
        for role, at in table.index.items()
        if table.header[at]
    }
    own = find_table(sheet).fingerprint
    if told is None:
        return BankMapping(columns, flipped, own)
    absent = {role: "" for role, title in told.columns.items() if not title}
    at = table.header_row if told.header_row else 0
    grid = (sheet.header, *sheet.rows)
    heading = fingerprint_of(grid[table.header_row - sheet.header_row]) if told.header_row else ""
    return BankMapping({**absent, **columns}, flipped, own, told.sheet, at, heading, told.in_words)


def _tell_breaks(proven: Proven, table: BankTable, problems: BankProblems) -> None:
    for at in proven.breaks:
        problems.add(
            "BNK-12",
            at.row,
            table.title("balance"),
            before=yuan_text(at.before_fen),
            amount=yuan_text(at.amount_fen),
            expected=yuan_text(at.expected_fen),
            value=yuan_text(at.found_fen),
        )


def _with_keys(lines: tuple[RawLine, ...]) -> list[BankLine]:
    """Day and serial number name a row, else day, amount and balance; equals are numbered in the bank's order."""
    seen: Counter[str] = Counter()
    made = []
    for row in lines:
        name = f"{row.day.isoformat()}#{row.serial}"
        if not row.serial:
            name = f"{row.day.isoformat()}={row.amount_fen}={row.balance_fen}"
        seen[name] += 1
        made.append(
            BankLine(
                f"{name}#{seen[name]}",
                row.day,
                row.amount_fen,
                row.balance_fen or 0,
                row.party,
                row.account,
                row.summary,
                row.serial,
            )
        )
    return made


def _is_grand(number: int, row: list[str]) -> bool:
    total = total_row(number, row, None)
    return total is not None and total.is_grand


class _Reader:
    """Reads the rows of one table; what cannot be read is noted and left out."""

    def __init__(
        self, table: BankTable, problems: BankProblems, today: date, in_words: frozenset[str] = frozenset()
    ) -> None:
        self.table, self.problems, self.today, self._in_words = table, problems, today, in_words
        self.opening_fen: int | None = None
        self._totals: list[tuple[int, list[str]]] = []
        self._out_sign = 1 if self._writes_minus("out") else -1

    def _writes_minus(self, role: str) -> bool:
        """Some banks put a minus before everything in their column for money out; elsewhere a minus takes back."""
        texts = [self._cell(row, role).lstrip("¥ ") for row in self.table.rows]
        figures = [t for t in texts if t and t[-1:].isdigit() and t.strip("-0.,")]
        return bool(figures) and all(t.startswith("-") for t in figures)

    def read(self) -> list[RawLine]:
        made = []
        for at, row in enumerate(self.table.rows):
            number = self.table.first_row + at
            if self._is_movement(number, row):
                line = self._line(number, row)
                if line is not None:
                    made.append(line)
        if self._totals:
            self.problems.add("BNK-14", value=", ".join(str(n) for n, _row in self._totals[:10]))
        self._check_accounts()
        return self._without_spoilt(made)

    def _cell(self, row: list[str], role: str) -> str:
        at = self.table.index.get(role)
        return cells.blank(row[at]) if at is not None else ""

    def _is_movement(self, number: int, row: list[str]) -> bool:
        if not any(map(cells.blank, row)) or [c.strip() for c in row] == list(self.table.header):
            return False
        amounts = [self._cell(row, role) for role in ("in", "out", "amount")]
        if cells.is_opening(row) and not any(a.strip("0.") for a in amounts):
            self.opening_fen = self._tried(number, "balance", cells.read_fen, row)
            return False
        day = self._cell(row, "date")
        if not day[:1].isdigit() and cells.is_total(number, row):
            self._totals.append((number, row))
            return False
        if not day and not any(amounts):
            self._totals.append((number, row))
            return False
        return True

    def _tried(self, number: int, role: str, read: Callable[[str], T], row: list[str]) -> T | None:
        """The cell's value; None, with a finding, when it has none."""
        text = self._cell(row, role)
        try:
            return read(text)
        except cells.DateError:
            self.problems.add("BNK-04", number, self.table.title(role), value=text[:64])
        except cells.AmountError:
            self.problems.add("BNK-05", number, self.table.title(role), value=text[:64])
        return None

    def _line(self, number: int, row: list[str]) -> RawLine | None:
        if not self._cell(row, "date"):
            self.problems.add("BNK-29", number, self.table.title("date"))
            return None
        moment = self._tried(number, "date", cells.read_moment, row)
        amount_fen = self._amount(number, row)
        balance_fen = self._tried(number, "balance", cells.read_fen, row)
        if moment is None or amount_fen is None:
            return None
        day, time = moment
        if day > self.today:
            self.problems.add("BNK-09", number, self.table.title("date"), value=day.isoformat())
        clock = "".join(filter(str.isdigit, self._cell(row, "time").rpartition("T")[2]))
        party, account = self._cell(row, "party"), self._cell(row, "party_account")
        if not account:
            party, account = cells.split_party(party)
        words = dict.fromkeys(filter(None, (self._cell(row, "summary"), self._cell(row, "remark"))))
        return RawLine(
            number,
            day,
            time or clock,
            amount_fen,
            balance_fen,
            party,
            account,
            " ".join(words),
            self._cell(row, "serial"),
        )

    def _amount(self, number: int, row: list[str]) -> int | None:
        if "amount" not in self.table.index:
            return self._two_columns(number, row)
        before = self.problems.count
        fen = self._tried(number, "amount", cells.read_fen, row)
        if not fen:
            if self.problems.count == before:
                self.problems.add("BNK-06", number, self.table.title("amount"))
            return None
        if "direction" not in self.table.index:
            return fen
        word = self._cell_raw(row, "direction")
        sign = self._direction(word)
        if not sign and not (word.strip() == "" and fen < 0):
            self.problems.add("BNK-08", number, self.table.title("direction"), value=word.strip())
            return None
        return sign * abs(fen) if fen > 0 or sign < 0 else fen * (sign or 1)

    def _direction(self, word: str) -> int:
        """By the words a person told, else by those banks use."""
        if not self._in_words:
            return cells.read_direction(word)
        return 0 if not word.strip() else 1 if word.strip() in self._in_words else -1

    def _cell_raw(self, row: list[str], role: str) -> str:
        at = self.table.index.get(role)
        return row[at] if at is not None else ""

    def _two_columns(self, number: int, row: list[str]) -> int | None:
        before = self.problems.count
        into = self._tried(number, "in", cells.read_fen, row)
        out = self._tried(number, "out", cells.read_fen, row)
        if self.problems.count != before:
            return None
        if not into and not out:
            self.problems.add("BNK-06", number)
            return None
        if into and out:
            self.problems.add("BNK-07", number)
            return None
        return into or self._out_sign * (out or 0)

    def _check_accounts(self) -> None:
        at = self.table.index.get("own_account")
        if at is None:
            return
        found = dict.fromkeys(filter(None, (cells.blank(row[at]) for row in self.table.rows)))
        numbers = [text for text in found if text[:1].isdigit()]
        if len(numbers) > 1:
            self.problems.add("BNK-03", value=", ".join(numbers[:5]))

    def _without_spoilt(self, made: list[RawLine]) -> list[RawLine]:
        spoilt = cells.spoilt_by_excel([r.serial for r in made])
        if spoilt:
            self.problems.add("BNK-10", column=self.table.title("serial"), value=spoilt)
        spoilt = cells.spoilt_by_excel([r.account for r in made])
        if not spoilt:
            return made
        self.problems.add("BNK-11", column=self.table.title("party_account"), value=spoilt)
        return [replace(r, account="") for r in made]

    def check_totals(self, proven: Proven) -> None:
        """The last row of totals with figures in the columns of money in and out must be their sums."""
        if "in" not in self.table.index or proven.breaks:
            return
        amounts = [-r.amount_fen if proven.flipped else r.amount_fen for r in proven.lines]
        sums = {"in": sum(a for a in amounts if a > 0), "out": -sum(a for a in amounts if a < 0)}
        grand = [(number, row) for number, row in self._totals if _is_grand(number, row)]
        for number, row in grand[-1:]:
            for role, total in sums.items():
                try:
                    said = cells.read_fen(self._cell(row, role))
                except cells.AmountError:
                    continue
                if said is not None and abs(said) not in (0, total, abs(sum(amounts))):
                    self.problems.add(
                        "BNK-13", number, self.table.title(role), value=yuan_text(said), sum=yuan_text(total)
                    )
