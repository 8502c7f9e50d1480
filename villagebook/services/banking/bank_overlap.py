"""A statement beside the rows the book holds already: which are new, and whether a row was changed, lost or slipped in."""

from __future__ import annotations

from collections.abc import Sequence

from villagebook.domain.bank import BankLine
from villagebook.domain.money import yuan_text
from villagebook.exchange.bank_findings import BankProblems
from villagebook.exchange.bank_statement import BankStatementFile


def new_rows(
    held: Sequence[BankLine], file: BankStatementFile, problems: BankProblems, *, same_kind: bool
) -> list[BankLine]:
    """Rows the book does not hold. What contradicts it becomes a finding.

    `held` is in the bank's order and without gaps. `same_kind` says that all came from tables with one header, so that
    also the words of a row can be compared.
    """
    if not held:
        return list(file.lines)
    by_key = {line.key: line for line in held}
    by_figures: dict[tuple[object, ...], list[BankLine]] = {}
    for line in held:
        by_figures.setdefault(_figures(line), []).append(line)
    seen: set[str] = set()
    new: list[tuple[int, BankLine]] = []
    for row, line in zip(file.rows, file.lines, strict=True):
        same = by_key.get(line.key)
        if same is None:
            free = [h for h in by_figures.get(_figures(line), ()) if h.key not in seen]
            same = free[0] if free else None
        if same is None:
            new.append((row, line))
            continue
        seen.add(same.key)
        if _figures(same) != _figures(line) or (same_kind and _words(same) != _words(line)):
            problems.add("BNK-20", row, held=_said(same))
    _tell_lost(held, file, seen, problems)
    if seen:
        for row, line in new:
            if held[0].day < line.day < held[-1].day:
                problems.add("BNK-22", row)
    else:
        _tell_gap(held, file, problems)
    if not new:
        problems.add("BNK-25")
    return [line for _row, line in new]


def _figures(line: BankLine) -> tuple[object, ...]:
    return (line.day, line.amount_fen, line.balance_fen)


def _words(line: BankLine) -> tuple[str, ...]:
    return (line.party, line.summary)


def _said(line: BankLine) -> str:
    words = " ".join(filter(None, (line.party, line.summary)))
    return f"{line.day.isoformat()} {yuan_text(line.amount_fen)} {words}".strip()


def _tell_lost(
    held: Sequence[BankLine], file: BankStatementFile, seen: set[str], problems: BankProblems
) -> None:
    """Rows of days that lie wholly within the file must stand in it."""
    first, last = file.lines[0].day, file.lines[-1].day
    for line in held:
        if first < line.day < last and line.key not in seen:
            problems.add("BNK-21", day=line.day.isoformat(), amount=yuan_text(line.amount_fen))


def _tell_gap(held: Sequence[BankLine], file: BankStatementFile, problems: BankProblems) -> None:
    """Statements hang together: what one ends with the next begins with."""
    start, end = held[0], held[-1]
    if file.lines[0].day >= end.day:
        if file.opening_fen != end.balance_fen:
            problems.add(
                "BNK-23",
                value=yuan_text(file.opening_fen),
                day=end.day.isoformat(),
                held=yuan_text(end.balance_fen),
            )
    elif file.lines[-1].day <= start.day:
        before = start.balance_fen - start.amount_fen
        if file.closing_fen != before:
            problems.add(
                "BNK-24", value=yuan_text(file.closing_fen), day=start.day.isoformat(), held=yuan_text(before)
            )
    else:
        for row, line in zip(file.rows, file.lines, strict=True):
            if start.day < line.day < end.day:
                problems.add("BNK-22", row)
