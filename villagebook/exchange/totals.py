"""Rows of totals at the foot of a table (合计, total): no bookings, but a proof that no row was lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from villagebook.domain.money import yuan_text
from villagebook.exchange.import_findings import Problems

_GRAND = frozenset("合计 总计 共计 总额 total totals grandtotal sum".split())
_PARTIAL = frozenset("小计 本页合计 本日合计 本月合计 累计 本月累计 本年累计 承前页 过次页 subtotal".split())


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of totals: the file's row number, its cells, and whether it claims to be the sum of what stands above."""

    number: int
    cells: list[str]
    is_grand: bool


def total_row(number: int, row: list[str], key_at: int | None) -> TotalRow | None:
    """The row as one of totals; None for a booking, which has something else in its key column (date or account)."""
    word = _word(row[key_at]) if key_at is not None else ""
    if word and word not in _GRAND | _PARTIAL:
        return None
    found = {_word(cell) for cell in row}
    if found & _GRAND:
        return TotalRow(number, row, True)
    return TotalRow(number, row, False) if found & _PARTIAL else None


def total_word(cells: Sequence[str]) -> str:
    """合计 or 小计 for a row that speaks of a sum, also where something stands behind the word; "" for any other."""
    for cell in cells:
        word = _word(cell)
        if word in _PARTIAL or word.startswith(
            ("小计", "本页", "本月合计", "本年累计", "累计", "承前页", "过次页")
        ):
            return "小计"
        if word in _GRAND or word.startswith(("合计", "总计", "共计")):
            return "合计"
    return ""


def check_totals(
    problems: Problems,
    totals: Sequence[TotalRow],
    numbers: Sequence[int],
    title: str,
    printed_fen: Sequence[int | None],
    ways: Sequence[Sequence[int | None]],
) -> None:
    """Hold every grand total of a column against the rows above it, or those since the total before.

    `printed_fen` are the totals' own amounts, one per total row; `ways` the amounts of the bookings, one list for each
    way they may have been summed, the likeliest first.
    """
    before = 0
    for total, printed in zip(totals, printed_fen, strict=True):
        sums = [s for way in ways for s in _sums(way, numbers, total.number, before)]
        if total.is_grand and printed and None not in sums and printed not in sums:
            problems.add(
                "IMP-34",
                total.number,
                title,
                value=yuan_text(printed),
                sum=yuan_text(sums[0] or 0),
                difference=yuan_text(printed - (sums[0] or 0)),
            )
        before = total.number


def _sums(
    amounts: Sequence[int | None], numbers: Sequence[int], end: int, start: int
) -> tuple[int | None, int | None]:
    """Sum of the rows above `end`, and of those between `start` and `end`; None when one cannot be read."""
    above = [(n, a) for n, a in zip(numbers, amounts, strict=True) if n < end]
    if any(a is None for _n, a in above):
        return None, None
    return sum(a or 0 for _n, a in above), sum(a or 0 for n, a in above if n > start)


def _word(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split()).strip(":：").casefold()
