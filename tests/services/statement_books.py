"""Books for statements: the constructed year out of the examples, and books of vouchers made up by a test."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.builders import at, make_book
from villagebook.domain.period import Period
from villagebook.domain.voucher import DocKind, Origin, Voucher, VoucherLine
from villagebook.services.book_file.books import Book, open_book
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.vouchers.documents import voucher_data
from villagebook.services.vouchers.imports import import_file

EXAMPLES = Path(__file__).parent.parent / "examples" / "data"
PLACES = {"101": "RC", "102": "IN"}
BY_PARTY = ("112", "113", "211")


def example(case: str) -> dict[str, Any]:
    data = json.loads((EXAMPLES / "accounting_2023.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(c for c in data["cases"] if c["id"] == case)
    return found


def _sides(side: str, yuan: int) -> tuple[str, str]:
    return (f"{yuan}.00", "") if side == "D" else ("", f"{yuan}.00")


def _others(account: int, detail: str) -> tuple[str, str]:
    """Party and project: the example's detail is a party where accounts are kept by party."""
    return (detail, "") if str(account) in BY_PARTY else ("", detail)


_made: dict[int, bytes] = {}


def constructed(folder: Path, *, upto: int = 99) -> Book:
    """The constructed year 2024 posted through import, up to this voucher; 1-22 business, 23-25 closing, 26-28 distribution.

    Made once and copied.
    """
    path = folder / "constructed.vbook"
    if upto not in _made:
        _construct(path, upto).close()
        _made[upto] = path.read_bytes()
    path.write_bytes(_made[upto])
    return open_book(path)


def _construct(path: Path, upto: int) -> Book:
    folder = path.parent
    case = example("CON23-01")
    opening, vouchers = folder / "opening.csv", folder / "vouchers.csv"
    with opening.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow("科目 资金 往来 借方 贷方".split())
        for side, account, detail, yuan in case["opening"]:
            party, _project = _others(account, detail)
            out.writerow([account, PLACES.get(str(account), ""), party, *_sides(side, yuan)])
    with vouchers.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow("日期 凭证号 摘要 科目 借方 贷方 往来 项目 资金".split())
        for number, summary, lines in case["entries"]:
            month = 12 if number > 22 else (number + 1) // 2
            for side, account, detail, yuan in lines if number <= upto else ():
                place = PLACES.get(str(account), "")
                day = f"2024-{month:02d}-15"
                row = [day, number, summary, account, *_sides(side, yuan), *_others(account, detail), place]
                out.writerow(row)
    book = create_book(
        path,
        NewBook("清水村", "CON23", Period(2024, 1), opening=opening),
        at(Period(2024, 1).first_day),
    )
    import_file(book, vouchers, by=at(Period(2025, 1).first_day))
    return book


Entry = tuple[str, str, int]
"""Account, other party, signed fen (debit positive)."""


def voucher(ident: str, period: Period, number: int, entries: Iterable[Entry]) -> Voucher:
    """A voucher in the middle of a month; entries are joined by (account, party) and must balance."""
    sums: dict[tuple[str, str], int] = {}
    for account, party, fen in entries:
        sums[account, party] = sums.get((account, party), 0) + fen
    lines = tuple(
        VoucherLine(account, max(fen, 0), max(-fen, 0), "编造", PLACES.get(account, ""), party)
        for (account, party), fen in sums.items()
        if fen
    )
    day = period.first_day.replace(day=15)
    return Voucher(ident, DocKind.ADJUSTMENT, "记", number, day, "编造", lines, origin=Origin.IMPORT)


_empty: dict[str, bytes] = {}


def book_of(path: Path, vouchers: Sequence[Voucher]) -> Book:
    """A book that begins in 2024-01 with some balances, and these vouchers, posted without asking any rule."""
    if "book" not in _empty:
        made = make_book(
            path.parent, start=Period(2024, 1), opening={"IN": 5_000_000, "RC": 100_000}, name="empty.vbook"
        )
        made.close()
        _empty["book"] = (path.parent / "empty.vbook").read_bytes()
    path.write_bytes(_empty["book"])
    book = open_book(path)
    with book.writing("测试", at(Period(2026, 1).first_day).at) as writing:
        for each in vouchers:
            writing.log("voucher.posted", voucher_data(each), each.id, "vouchers")
    return book
