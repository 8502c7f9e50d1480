"""The layout `vouchers`: one row per entry; rows of equal month, word and number make one voucher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from villagebook.domain.account import Account, Chart
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Place, Places
from villagebook.domain.voucher import DEFAULT_WORD, VoucherLine, voucher_label
from villagebook.exchange.cells import (
    Cells,
    Unreadable,
    account_reader,
    place_for,
    place_reader,
    read_amount,
    read_day,
    read_number,
    read_papers,
)
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import VOUCHERS, Located, locate
from villagebook.exchange.memory import uncollected
from villagebook.exchange.tables import Sheet

_MANY_GAPS = 500  # a series with more holes than this is not numbered by the month
_SHOWN_GAPS = 20


@dataclass(frozen=True, slots=True)
class VoucherDraft:
    """A voucher as the file has it, checked but not posted.

    Attributes:
        number: None when the file gives none; then rows of one day and word up to a zero balance are one voucher.
        summary: of the first line.
        paper_count: attached source documents (附单据数).
        first_row: the file's row of the first line, from 1.
        places_inferred: a money line named no place and got its account's usual one.
    """

    word: str
    number: int | None
    booked_on: date
    summary: str
    lines: tuple[VoucherLine, ...]
    party: str
    paper_count: int
    first_row: int
    places_inferred: bool = False


@dataclass(slots=True)
class _Columns:
    """The table by columns, all of one length; None where a cell could not be read."""

    days: list[date | None]
    words: list[str]
    numbers: list[int | None]
    summaries: list[str]
    accounts: list[Account | None]
    debits: list[int | None]
    credits: list[int | None]
    places: list[str]
    parties: list[str]
    projects: list[str]
    papers: list[int | None]
    inferred: list[bool]
    unnumbered: list[bool]
    """The number cell is empty, which is not the same as unreadable."""


def parse_vouchers(
    sheet: Sheet, chart: Chart, places: Places
) -> tuple[tuple[VoucherDraft, ...], tuple[Finding, ...]]:
    """Read the whole table. With any finding that stops there are no drafts: a file is taken whole or not at all."""
    with uncollected():
        return _parse(sheet, chart, places)


def _parse(
    sheet: Sheet, chart: Chart, places: Places
) -> tuple[tuple[VoucherDraft, ...], tuple[Finding, ...]]:
    problems = Problems()
    located = locate(sheet, VOUCHERS, problems)
    if located is None:
        return (), problems.findings()
    return parse_located(located, places, problems, account_reader(chart))


def parse_located(
    located: Located,
    places: Places,
    problems: Problems,
    account_of: Callable[[str], Account],
) -> tuple[tuple[VoucherDraft, ...], tuple[Finding, ...]]:
    """As `parse_vouchers` for a table whose columns are found; `account_of` reads the account of a row."""
    cells = Cells.of(located, problems, "date")
    columns = _read(cells, account_of, places)
    cells.check_total("debit", columns.debits)
    cells.check_total("credit", columns.credits)
    _gather(columns, cells)
    groups = list(_groups(columns))
    _fill_summaries(columns, groups)
    _check(columns, groups, cells)
    findings = problems.findings()
    if stopping(findings):
        return (), findings
    return tuple(_drafts(columns, groups, cells.numbers)), findings


def _read(cells: Cells, account_of: Callable[[str], Account], places: Places) -> _Columns:
    days = cells.read(
        "date", read_day
    )  # columns in the order of the layout, and so are the findings of a row
    read_numbers = cells.read("number", read_number)
    accounts = cells.read("account", account_of)
    debits, credit_sides = cells.read("debit", read_amount), cells.read("credit", read_amount)
    papers = cells.read("attachments", read_papers)
    place_codes, inferred = _read_places(cells, accounts, places)
    return _Columns(
        days=days,
        words=_words(cells.texts("word"), read_numbers),
        numbers=[n and n[1] for n in read_numbers],
        summaries=cells.texts("summary"),
        accounts=accounts,
        debits=debits,
        credits=credit_sides,
        places=place_codes,
        parties=cells.texts("party"),
        projects=cells.texts("project"),
        papers=papers,
        inferred=inferred,
        unnumbered=[not text for text in cells.texts("number")],
    )


def _words(texts: list[str], numbers: list[tuple[str, int] | None]) -> list[str]:
    """The word's own column, else what stands before the number, else 记."""
    known = {text: text.removesuffix("字") or text for text in set(texts)}
    return [
        known[text] or (number and number[0]) or DEFAULT_WORD
        for text, number in zip(texts, numbers, strict=True)
    ]


def _read_places(
    cells: Cells, accounts: list[Account | None], places: Places
) -> tuple[list[str], list[bool]]:
    """Each line's place code ("" off the money accounts), and whether it was inferred."""
    texts = cells.texts("place")
    reader = place_reader(places)
    named = cells.read("place", lambda text: reader(text) if text else None)
    title = cells.located.title("place" if "place" in cells.located.index else "account")
    codes: list[str] = []
    inferred: list[bool] = []
    known: dict[tuple[str, str], Place | Unreadable | None] = {}
    for row, account, text, place in zip(cells.numbers, accounts, texts, named, strict=True):
        if account is None or (text and place is None):  # reported already
            codes.append("")
            inferred.append(False)
            continue
        key = (account.code, text)
        if key not in known:
            known[key] = _fitting(account, place, places)
        found = known[key]
        if isinstance(found, Unreadable):
            cells.problems.add(found.id, row, title, **found.values)
            found = None
        codes.append(found.code if found else "")
        inferred.append(found is not None and not text)
    if any(inferred):
        cells.problems.add("IMP-16")
    return codes, inferred


def _fitting(account: Account, place: Place | None, places: Places) -> Place | Unreadable | None:
    try:
        return place_for(account, place, places)
    except Unreadable as unreadable:
        return unreadable


def _keys(columns: _Columns) -> list[tuple[tuple[int, int] | None, str, int | None]]:
    """Month, word and number of every row."""
    months = {day: (day.year, day.month) if day else None for day in set(columns.days)}
    return list(zip(map(months.__getitem__, columns.days), columns.words, columns.numbers, strict=True))


def _gather(columns: _Columns, cells: Cells) -> None:
    """Bring the rows of one number together where the file has them apart and only together they balance.

    Two runs that each balance are two vouchers with one number, which `_check` reports.
    """
    keys = _keys(columns)
    runs: dict[object, list[tuple[int, int]]] = {}
    for start, end in _groups(columns):
        if keys[start][0] and keys[start][2]:
            runs.setdefault(keys[start], []).append((start, end))
    anchors = list(range(len(keys)))
    for found in runs.values():
        if len(found) > 1 and not all(_is_balanced(columns, start, end) for start, end in found):
            for start, end in found:
                anchors[start:end] = [found[0][0]] * (end - start)
    order = sorted(range(len(anchors)), key=anchors.__getitem__)
    if order != list(range(len(order))):
        lists = [getattr(columns, field.name) for field in fields(columns)]
        for values in (*lists, cells.rows, cells.numbers):
            values[:] = [values[at] for at in order]


def _is_balanced(columns: _Columns, start: int, end: int) -> bool:
    return sum(filter(None, columns.debits[start:end])) == sum(filter(None, columns.credits[start:end]))


def _groups(columns: _Columns) -> Iterator[tuple[int, int]]:
    """Runs of rows that are one voucher, as (start, end)."""
    keys = _keys(columns)
    if not keys:
        return
    start, balance = 0, 0
    for at, key in enumerate(keys):
        if at > start and (key != keys[at - 1] or (columns.unnumbered[at] and _is_new(columns, at, balance))):
            yield start, at
            start, balance = at, 0
        balance += (columns.debits[at] or 0) - (columns.credits[at] or 0)
    yield start, len(keys)


def _is_new(columns: _Columns, at: int, balance: int) -> bool:
    """Without numbers a voucher ends where it balances or the day changes."""
    return balance == 0 or columns.days[at] != columns.days[at - 1]


def _fill_summaries(columns: _Columns, groups: list[tuple[int, int]]) -> None:
    """A line without a summary has the one above it in its voucher."""
    if "" not in columns.summaries:
        return
    for start, end in groups:
        for at in range(start + 1, end):
            columns.summaries[at] = columns.summaries[at] or columns.summaries[at - 1]


def _check(columns: _Columns, groups: list[tuple[int, int]], cells: Cells) -> None:
    """Every row has one amount; every voucher one day, one number of its own, and a balance of zero."""
    problems, rows = cells.problems, cells.numbers
    for row, debit, credit in zip(rows, columns.debits, columns.credits, strict=True):
        if debit and credit:
            problems.add("IMP-09", row)
        elif debit == 0 and credit == 0:
            problems.add("IMP-08", row)
    seen: dict[tuple[int, int, str, int], int] = {}
    for start, end in groups:
        first, last = rows[start], rows[end - 1]
        day, word, number = columns.days[start], columns.words[start], columns.numbers[start]
        if day and number:
            key = (day.year, day.month, word, number)
            before = seen.setdefault(key, first)
            if before != first:
                problems.add("IMP-19", first, last=last, value=_label(word, number, day), first=before)
            other = next((d for d in columns.days[start:end] if d != day), None)
            if other:
                problems.add("IMP-20", first, last=last, first_on=day, other_on=other)
        amounts = columns.debits[start:end] + columns.credits[start:end]
        if None in amounts:
            continue
        debit = sum(filter(None, columns.debits[start:end]))
        credit = sum(filter(None, columns.credits[start:end]))
        if debit != credit:
            problems.add(
                "IMP-21",
                first,
                last=last,
                debit=yuan_text(debit),
                credit=yuan_text(credit),
                difference=yuan_text(debit - credit),
            )
    _note_gaps(seen, problems)


def _note_gaps(seen: Iterable[tuple[int, int, str, int]], problems: Problems) -> None:
    """Numbers missing within the series of a month: history may have them elsewhere, so it is only said."""
    series: dict[tuple[int, int, str], list[int]] = {}
    for year, month, word, number in seen:
        series.setdefault((year, month, word), []).append(number)
    missing = [
        f"{year}-{month:02d} {voucher_label(word, number)}"
        for (year, month, word), numbers in sorted(series.items())
        if max(numbers) - min(numbers) < len(numbers) + _MANY_GAPS
        for number in sorted(set(range(min(numbers), max(numbers))) - set(numbers))
    ]
    if missing:
        shown = ", ".join(missing[:_SHOWN_GAPS]) + (" …" if len(missing) > _SHOWN_GAPS else "")
        problems.add("IMP-36", value=shown)


def _label(word: str, number: int, day: date) -> str:
    return f"{day.year}-{day.month:02d} {voucher_label(word, number)}"


def _drafts(columns: _Columns, groups: list[tuple[int, int]], rows: list[int]) -> Iterator[VoucherDraft]:
    """Called only when every cell could be read."""
    codes = [account.code if account else "" for account in columns.accounts]
    lines = list(
        map(
            VoucherLine,
            codes,
            [debit or 0 for debit in columns.debits],
            [credit or 0 for credit in columns.credits],
            columns.summaries,
            columns.places,
            columns.parties,
            columns.projects,
        )
    )
    has_parties, has_inferred = any(columns.parties), any(columns.inferred)
    for start, end in groups:
        day = columns.days[start]
        if day is None:
            raise ValueError("drafts are made of readable rows only")
        yield VoucherDraft(
            columns.words[start],
            columns.numbers[start],
            day,
            columns.summaries[start],
            tuple(lines[start:end]),
            next(filter(None, columns.parties[start:end]), "") if has_parties else "",
            max(filter(None, columns.papers[start:end]), default=0),
            rows[start],
            has_inferred and any(columns.inferred[start:end]),
        )
