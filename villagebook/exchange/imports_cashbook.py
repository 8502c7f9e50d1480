"""The layout `cashbook`: money in, money out and money moved, one row each, without double entry."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

from villagebook.domain.account import Chart
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Place, Places
from villagebook.domain.voucher import DocKind
from villagebook.exchange.cells import (
    Cells,
    Unreadable,
    account_reader,
    place_reader,
    read_amount,
    read_day,
    read_kind,
)
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import CASHBOOK, locate
from villagebook.exchange.tables import Sheet

_DIGITS = re.compile(r"\d")
_SERIES = re.compile(r"(\D*)(\d{1,9})", re.ASCII)
_PRINTED = 4  # figures of a number that was printed with leading zeros, not counted up from 1
_NEW_BOOK = 1000
_FACTOR = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
_LENGTH = "(?:mm|cm|m|毫米|厘米|公分|米|寸|尺)"
_TIMES = re.compile(
    rf"(?<![\d.])(?:\d{{1,9}}(?:\.\d{{1,4}})?\s*(?!{_LENGTH}\s*×)[^\W\d]{{1,6}}\s*×\s*)+\d{{1,9}}(?:\.\d{{1,4}})?(?![\d.%])"
)
"""Quantity times price, as accountants write it into the words: 12 人×50. Without a unit, or of lengths, it is a size."""
_SHOWN_GAPS = 20


@dataclass(frozen=True, slots=True)
class CashDraft:
    """One row of a cash book, checked but not posted.

    Attributes:
        kind: receipt, payment or transfer.
        number: of the paper (单据号), as written; several rows of one day may share it (one paper, several accounts).
        amount_fen: not zero; negative for a red correction.
        place: code of the money place; the source of a transfer.
        account: code of the chart; of a transfer the code of the place that receives.
        row: the file's row, from 1.
    """

    kind: DocKind
    number: str
    booked_on: date
    summary: str
    party: str
    amount_fen: int
    place: str
    account: str
    row: int


def parse_cashbook(
    sheet: Sheet, chart: Chart, places: Places
) -> tuple[tuple[CashDraft, ...], tuple[Finding, ...]]:
    """Read the whole table. With any finding that stops there are no drafts."""
    problems = Problems()
    located = locate(sheet, CASHBOOK, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "date")
    drafts = _read(cells, chart, places)
    _check_numbers(drafts, problems)
    findings = problems.findings()
    return (() if stopping(findings) else tuple(drafts)), findings


def _read(cells: Cells, chart: Chart, places: Places) -> list[CashDraft]:
    """A draft of every row that can be read; the others are findings."""
    days = cells.read("date", read_day)
    kinds = cells.read("kind", read_kind)
    amounts = cells.read("amount", read_amount)
    sources = cells.read("place", place_reader(places))
    targets = _read_targets(cells, kinds, chart, places)
    _check_totals(cells, kinds, amounts)
    texts = zip(cells.texts("number"), cells.texts("summary"), cells.texts("party"), strict=True)
    drafts: list[CashDraft] = []
    rows = zip(cells.numbers, kinds, days, amounts, sources, targets, texts, strict=True)
    for row, kind, day, amount, place, target, (number, summary, party) in rows:
        if amount == 0:
            cells.problems.add("IMP-08", row, cells.located.title("amount"))
        if kind and day and amount and place and target:
            drafts.append(CashDraft(kind, number, day, summary, party, amount, place.code, target, row))
    return drafts


def _read_targets(
    cells: Cells, kinds: list[DocKind | None], chart: Chart, places: Places
) -> list[str | None]:
    """What stands in the account column: an account, or for a transfer the place that receives."""
    account_of, place_of = account_reader(chart), place_reader(places)

    def read(text: str, kind: DocKind) -> str:
        if kind is DocKind.TRANSFER:
            place: Place = place_of(text)
            return place.code
        account = account_of(text)
        if account.is_money:
            raise Unreadable("IMP-30", value=text)
        return account.code

    title = cells.located.title("account")
    targets: list[str | None] = []
    known: dict[tuple[str, DocKind], str | Unreadable] = {}
    for row, text, kind in zip(cells.numbers, cells.texts("account"), kinds, strict=True):
        if kind is None:  # reported already; what the column means is not known then
            targets.append(None)
            continue
        if (text, kind) not in known:
            try:
                known[text, kind] = read(text, kind)
            except Unreadable as unreadable:
                known[text, kind] = unreadable
        found = known[text, kind]
        if isinstance(found, Unreadable):
            cells.problems.add(found.id, row, title, **found.values)
        targets.append(None if isinstance(found, Unreadable) else found)
    return targets


def _check_totals(cells: Cells, kinds: list[DocKind | None], amounts: list[int | None]) -> None:
    """A cash book's total may be of all rows, of one kind, or what came in less what went out."""
    if not cells.totals:
        return

    def of(receipt: int, payment: int, other: int) -> list[int | None]:
        factors = {DocKind.RECEIPT: receipt, DocKind.PAYMENT: payment}
        return [
            None if amount is None or kind is None else amount * factors.get(kind, other)
            for kind, amount in zip(kinds, amounts, strict=True)
        ]

    cells.check_total("amount", of(1, 1, 1), of(1, 1, 0), of(1, 0, 0), of(0, 1, 0), of(1, -1, 0))


def _check_numbers(drafts: list[CashDraft], problems: Problems) -> None:
    """One paper may stand in several rows of one day, but a number never comes back on another day of the year.

    Rows alike are asked about, not refused: one grant paid from four budgets looks just so.
    "CG" or "现金" in the number's column is no number, and may stand there every day.
    """
    days: dict[tuple[int, DocKind, str], CashDraft] = {}
    twins: dict[tuple[object, ...], int] = {}
    for draft in drafts:
        if _DIGITS.search(draft.number):
            first = days.setdefault((draft.booked_on.year, draft.kind, draft.number), draft)
            if first.booked_on != draft.booked_on:
                problems.add("IMP-19", draft.row, value=draft.number, first=first.row)
        before = twins.setdefault(_likeness(draft), draft.row)
        if before != draft.row:
            problems.add("IMP-23", draft.row, first=before)
    for draft in drafts:
        product = _product(draft.summary)
        if product is not None and product != draft.amount_fen:
            problems.add("IMP-37", draft.row, value=yuan_text(product), amount=yuan_text(draft.amount_fen))
    missing = _missing_numbers(drafts)
    if missing:
        shown = ", ".join(missing[:_SHOWN_GAPS]) + (" …" if len(missing) > _SHOWN_GAPS else "")
        problems.add("IMP-36", value=shown)


def _likeness(draft: CashDraft) -> tuple[object, ...]:
    """What two rows share that may be one: of payments day, payee and amount, else everything."""
    same = (draft.kind, draft.booked_on, draft.party, draft.amount_fen, draft.place, draft.account)
    if draft.kind is DocKind.PAYMENT and draft.party:
        return same
    return (*same, draft.number, draft.summary)


def _product(summary: str) -> int | None:
    """Fen of "24.65 亩 × 120 元" or "200 亩 × 10 元 × 30 年"; None where the words hold no such sum."""
    found = _TIMES.findall(unicodedata.normalize("NFKC", summary))
    if len(found) != 1:
        return None
    fen = math.prod((Decimal(n) for n in _FACTOR.findall(found[0])), start=Decimal(100))
    return int(fen.to_integral_value(ROUND_HALF_UP))


def _missing_numbers(drafts: list[CashDraft]) -> list[str]:
    """Numbers, or runs of them, between those of one series; a jump of a thousand begins another book."""
    series: dict[tuple[str, int], dict[DocKind, set[int]]] = {}
    for draft in drafts:
        match = _SERIES.fullmatch(draft.number)
        if match:
            width = len(match[2]) if match[2].startswith("0") or len(match[2]) >= _PRINTED else 0
            kinds = series.setdefault((match[1], width), {})
            kinds.setdefault(draft.kind, set()).add(int(match[2]))
    missing: list[str] = []
    for (word, width), kinds in series.items():
        seen = set().union(*kinds.values())  # receipts and payments may share one series
        for used in kinds.values():
            pairs = [p for p in pairwise(sorted(used)) if p[1] - p[0] < _NEW_BOOK]
            gone = sorted({n for a, b in pairs for n in range(a + 1, b)} - seen)
            missing += [
                f"{word}{a:0{width}d}" if a == b else f"{word}{a:0{width}d}–{word}{b:0{width}d}"
                for a, b in _runs(gone)
            ]
    return list(dict.fromkeys(missing))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """1, 2, 3, 7 -> (1, 3), (7, 7)."""
    for _offset, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _at, number in run]
        yield found[0], found[-1]
