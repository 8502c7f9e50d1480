"""The layout `invoice-checks`: what the township found at the tax site, an invoice a row.

It is the list to verify with four columns filled in; rows without an answer are those nobody has asked about yet.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from villagebook.domain.booked_invoice import InvoiceCheck, Result
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.invoice import invoice_key, plain
from villagebook.exchange.cells import Cells, Unreadable, read_day
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import INVOICE_CHECKS, locate
from villagebook.exchange.tables import Sheet

_SHORTENED = re.compile(r"\d+(?:\.\d+)?E\+?\d+")
_RESULTS = {
    Result.AGREES: "一致 查验一致 相符 正常 真 agrees",
    Result.DIFFERS: "不一致 不相符 不符 differs",
    Result.UNKNOWN: "查无此票 无此票 查无 unknown",
    Result.RED: "红冲 已红冲 被红冲 已冲红 红字 red",
    Result.VOID: "作废 已作废 void",
}
_BY_WORD = {word: result for result, words in _RESULTS.items() for word in words.split()}


def parse_answers(sheet: Sheet) -> tuple[tuple[InvoiceCheck, ...], tuple[Finding, ...]]:
    """Read the whole table. With any finding that stops there are no answers."""
    problems = Problems()
    located = locate(sheet, INVOICE_CHECKS, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "number")
    made = _read(cells)
    findings = problems.findings()
    return (() if stopping(findings) else tuple(made)), findings


def _read(cells: Cells) -> list[InvoiceCheck]:
    columns = zip(
        cells.numbers,
        cells.read("number", _number),
        cells.texts("code"),
        cells.read("result", _result),
        cells.read("checked_on", _day),
        cells.texts("person"),
        cells.texts("note"),
        strict=True,
    )
    made, first_at = [], dict[str, int]()
    for row, number, code, result, checked_on, person, note in columns:
        if result is None or result is Result.UNASKED or number is None:
            continue  # nobody asked yet, or it is told already what cannot be read
        if not number:
            cells.problems.add("IMP-81", row, cells.located.title("number"))
            continue
        key = invoice_key(code, number)
        if key in first_at:
            cells.problems.add("IMP-92", row, value=key, first=first_at[key])
        first_at.setdefault(key, row)
        if checked_on is None:
            cells.problems.add("IMP-81", row, cells.located.title("checked_on"))
        elif not person:
            cells.problems.add("IMP-91", row)
        else:
            made.append(InvoiceCheck(key, result, checked_on, person, note))
    return made


def _number(text: str) -> str:
    bare = plain(text)
    if _SHORTENED.fullmatch(bare):
        raise Unreadable("IMP-90", value=text[:30])
    return bare


def _result(text: str) -> Result:
    word = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    if not word:
        return Result.UNASKED
    if word not in _BY_WORD:
        choices = ", ".join(words.split()[0] for words in _RESULTS.values())
        raise Unreadable("IMP-80", value=text[:20], choices=choices)
    return _BY_WORD[word]


def _day(text: str) -> date | None:
    return read_day(text) if text else None
