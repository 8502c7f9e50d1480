"""Balances of accounts out of another program's table (科目余额表): details counted once, sums of levels and totals held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from villagebook.domain.foreign import FileAccount, split_account
from villagebook.domain.money import yuan_text
from villagebook.exchange.cells import Unreadable, clean_text, read_amount
from villagebook.exchange.foreign_table import ForeignTable, balance_columns
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.totals import total_word

_SIDES = {
    "借": 1,
    "借方": 1,
    "d": 1,
    "dr": 1,
    "debit": 1,
    "贷": -1,
    "贷方": -1,
    "c": -1,
    "cr": -1,
    "credit": -1,
}
_LEVEL = ("/", "\\", "-", "_", ">", "—")


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A row of the table. `fen` is the balance, debit positive; `turnover` the year's debit and credit, None when not told."""

    row: int
    account: FileAccount
    party: str
    fen: int
    turnover: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Balances:
    """The details of a table: rows that nothing stands below; `names` are those of all its accounts by code."""

    leaves: tuple[BalanceRow, ...]
    names: dict[str, str]
    total_fen: int
    """Sum of the debit balances."""


def read_balances(table: ForeignTable, problems: Problems) -> Balances:
    """Read every row; what contradicts itself is noted. Rows of nought stay, they may have had turnover."""
    reader = _Reader(table, problems)
    rows = reader.read()
    if table.unit:
        problems.add("IMP-52", value=table.unit)
    if not rows:
        problems.add("IMP-28")
    _check_twice(rows, problems)
    below = [_below(r, rows) for r in rows]
    leaves = tuple(r for r, under in zip(rows, below, strict=True) if not under)
    if not problems.stops:
        _check_levels(rows, below, problems)
        reader.check_totals(leaves)
        debit = sum(r.fen for r in leaves if r.fen > 0)
        credit = -sum(r.fen for r in leaves if r.fen < 0)
        if debit != credit:
            problems.add(
                "IMP-24",
                debit=yuan_text(debit),
                credit=yuan_text(credit),
                difference=yuan_text(debit - credit),
            )
    names = {r.account.code: r.account.name for r in rows if r.account.code and not r.party}
    return Balances(leaves, names, sum(r.fen for r in leaves if r.fen > 0))


class _Reader:
    def __init__(self, table: ForeignTable, problems: Problems) -> None:
        self.table, self.problems = table, problems
        self._totals: list[tuple[int, list[str]]] = []
        self._skipped: list[int] = []

    def read(self) -> list[BalanceRow]:
        made = []
        for at, row in enumerate(self.table.rows):
            found = self._row(self.table.first_row + at, row)
            if found is not None:
                made.append(found)
        if self._totals:
            self.problems.add("IMP-35", value=len(self._totals))
        if self._skipped:
            self.problems.add("IMP-41", value=", ".join(map(str, self._skipped[:20])))
        return made

    def _cell(self, row: list[str], role: str) -> str:
        at = self.table.index.get(role)
        return clean_text(row[at]) if at is not None else ""

    def _row(self, number: int, row: list[str]) -> BalanceRow | None:
        if not any(map(str.strip, row)) or self.table.repeats_header(row):
            return None
        account = self._account(row, number)
        if (
            account is None
            or (not account.code and total_word([account.name]))
            or account.name.endswith("合计")
        ):
            if total_word(row) or (account and account.name.endswith("合计")):
                self._totals.append((number, row))
            else:
                self._skipped.append(number)
            return None
        before = self.problems.count
        fen = self._balance(number, row, account)
        turnover = self._turnover(number, row)
        if self.problems.count != before:
            fen = fen or 0
        return BalanceRow(number, account, self._party(row, account), fen, turnover)

    def _party(self, row: list[str], account: FileAccount) -> str:
        party = self._cell(row, "party")
        return "" if party in (account.name, account.code) else party

    def _account(self, row: list[str], number: int) -> FileAccount | None:
        code, name = self._cell(row, "code"), self._cell(row, "name")
        if not code and not name:
            code, name = split_account(self._cell(row, "account"))
        elif not name:
            code, name = split_account(code)
        if code and not code[:1].isdigit():  # a heading of a group, or the word of a total
            code, name = "", code
        detail = self._cell(row, "detail")
        if detail and detail != name:
            name = f"{name}/{detail}" if name else detail
        code = code.removesuffix(".0")
        return FileAccount(code, name, number) if code or name else None

    def _amount(self, number: int, row: list[str], role: str) -> int:
        try:
            return read_amount(self._cell(row, role))
        except Unreadable as unreadable:
            self.problems.add(unreadable.id, number, self.table.title(role), **unreadable.values)
            return 0

    def _balance(self, number: int, row: list[str], account: FileAccount) -> int:
        columns = balance_columns(self.table)
        if len(columns) == 2:
            return self._amount(number, row, columns[0]) - self._amount(number, row, columns[1])
        fen = self._amount(number, row, columns[0])
        word = self._cell(row, "direction").casefold()
        side = _SIDES.get(word, 0)
        if fen and not side:
            self.problems.add(
                "IMP-46", number, self.table.title("direction"), value=account.label, said=yuan_text(fen)
            )
        return side * fen

    def _turnover(self, number: int, row: list[str]) -> tuple[int, int] | None:
        if not {"total_debit", "total_credit"} <= self.table.index.keys():
            return None
        return self._amount(number, row, "total_debit"), self._amount(number, row, "total_credit")

    def check_totals(self, leaves: Iterable[BalanceRow]) -> None:
        """The last row of totals must be the sum of one level: of the details, or of the accounts net by account."""
        columns = balance_columns(self.table)
        grand = [(n, row) for n, row in self._totals if total_word(row) == "合计"]
        if len(columns) != 2 or not grand:
            return
        number, row = grand[-1]
        rows = list(leaves)
        nets: dict[str, int] = {}
        for leaf in rows:
            top = leaf.account.code[:3] or leaf.account.name
            nets[top] = nets.get(top, 0) + leaf.fen
        for role, side in zip(columns, (1, -1), strict=True):
            said = self._amount(number, row, role)
            by_leaf = sum(side * r.fen for r in rows if side * r.fen > 0)
            by_top = sum(side * fen for fen in nets.values() if side * fen > 0)
            contra = self._printed(role)
            if said and said not in (by_leaf, by_top, contra):
                self.problems.add(
                    "IMP-34",
                    number,
                    self.table.title(role),
                    value=yuan_text(said),
                    sum=yuan_text(by_leaf),
                    difference=yuan_text(said - by_leaf),
                )

    def _printed(self, role: str) -> int:
        """The column added up as it is printed, highest accounts only: negative figures count on their own side."""
        rows = [
            (self._account(row, 0), row)
            for row in self.table.rows
            if self._cell(row, role) and not total_word(row) and not self._cell(row, "party")
        ]
        codes = {account.code for account, _row in rows if account}
        return sum(
            self._amount(0, row, role)
            for account, row in rows
            if account
            and account.code
            and not any(account.code != c and c and account.code.startswith(c) for c in codes)
        )


def _below(row: BalanceRow, rows: list[BalanceRow]) -> list[BalanceRow]:
    """The rows that stand anywhere below this one: longer codes or paths, or the same account with other parties."""
    code, name = row.account.code, row.account.name
    if row.party:
        return []
    if code:
        return [
            r
            for r in rows
            if r is not row
            and (
                (r.account.code == code and r.party)
                or (r.account.code != code and r.account.code.startswith(code))
            )
        ]
    deeper = tuple(name + sign for sign in _LEVEL)
    return [
        r
        for r in rows
        if r is not row
        and not r.account.code
        and ((r.account.name == name and r.party) or r.account.name.startswith(deeper))
    ]


def _check_levels(rows: list[BalanceRow], under: list[list[BalanceRow]], problems: Problems) -> None:
    """What an account says must be what its details say: for the balance, and for the year's turnover."""
    details = {id(r) for r, others in zip(rows, under, strict=True) if not others}
    for row, others in zip(rows, under, strict=True):
        below = [r for r in others if id(r) in details]
        if not below:
            continue
        measures: list[Callable[[BalanceRow], int]] = [lambda r: r.fen]
        if row.turnover and all(r.turnover or r.party for r in below):
            measures += [lambda r: (r.turnover or (0, 0))[0], lambda r: (r.turnover or (0, 0))[1]]
        for measure in measures:
            said, found = measure(row), sum(map(measure, below))
            if said != found:
                problems.add(
                    "IMP-45",
                    row.row,
                    value=row.account.label,
                    said=yuan_text(said),
                    sum=yuan_text(found),
                    difference=yuan_text(said - found),
                )


def _check_twice(rows: list[BalanceRow], problems: Problems) -> None:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        first = seen.setdefault((row.account.key, row.party), row.row)
        if first != row.row:
            problems.add(
                "IMP-47", row.row, value=" ".join(filter(None, (row.account.label, row.party))), first=first
            )
