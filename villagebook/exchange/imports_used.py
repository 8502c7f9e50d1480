"""The layout `used-invoices`: numbers used elsewhere, an invoice a row, as a village or a township keeps them in a table.

Of a table only the columns of the layout are read; names of sellers, buyers and travellers stay in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from villagebook.domain.finding import Finding, stopping
from villagebook.domain.invoice import DIGITAL_LENGTH, InvoiceKind, plain
from villagebook.domain.invoice_checks import kind_of_number, person_id_holds
from villagebook.domain.used_invoice import LONGEST, MOST_ENTRIES, UsedInvoice, is_number
from villagebook.exchange.cells import Cells, Unreadable, read_amount, read_day
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import USED_INVOICES, locate
from villagebook.exchange.tables import Sheet

_SHORTENED = re.compile(r"\d+(?:\.\d+)?E\+?\d+")
_IN_USE = frozenset("used 已使用 已用 使用 在用 使用中 已报销 已入账".split())
_FREE = frozenset("released 已释放 已退回 退回 已冲销 冲销 红冲 已红冲 已撤回 作废 已作废".split())
_SLIPS = ("纸质火车票", "火车票")
_SPOILT_SHARE = 10
"""A program that kept numbers as figures spoils every number of a column; a genuine one looks so once in 4096."""


def parse_used(sheet: Sheet, *, from_workbook: bool) -> tuple[tuple[UsedInvoice, ...], tuple[Finding, ...]]:
    """Read the whole table. With any finding that stops there are no entries."""
    problems = Problems()
    located = locate(sheet, USED_INVOICES, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "number")
    if len(cells.rows) > MOST_ENTRIES:
        problems.add("IMP-98", value=len(cells.rows), limit=MOST_ENTRIES)
        return (), problems.findings()
    numbers = cells.read("number", _number)
    if from_workbook:
        _tell_spoilt(cells, numbers)
    made = _read(cells, numbers)
    findings = problems.findings()
    return (() if stopping(findings) else tuple(made)), findings


def _read(cells: Cells, numbers: Sequence[str | None]) -> list[UsedInvoice]:
    columns = zip(
        cells.numbers,
        numbers,
        cells.read("code", _number),
        cells.texts("kind"),
        cells.read("total", _amount),
        cells.read("issued_on", _day),
        cells.read("village", _words),
        cells.read("village_code", _words),
        cells.read("document", _words),
        cells.read("state", _released),
        strict=True,
    )
    made, first_of = [], dict[str, str]()
    for row, number, code, kind, total_fen, issued_on, village, village_code, document, released in columns:
        if None in (number, code, village, village_code, document, released):
            continue  # told already what cannot be read
        assert number is not None and code is not None and village is not None  # noqa: S101, PT018  # by the line above; for the types
        known = _kind(kind, code, number)
        if not number:
            cells.problems.add("IMP-81", row, cells.located.title("number"))
        elif not is_number(code, number, known):
            cells.problems.add("IMP-97", row, cells.located.title("number"), value=number[:40])
        elif not village:
            cells.problems.add("IMP-81", row, cells.located.title("village"))
        else:
            entry = UsedInvoice(
                number,
                first_of.setdefault(plain(village), village),
                code,
                known,
                total_fen,
                issued_on,
                village_code or "",
                document or "",
                released or "",
            )
            made.append(entry)
    return list(dict.fromkeys(made))


def _kind(told: str, code: str, number: str) -> InvoiceKind | None:
    """By its own word where the village's program wrote it, else by the form of its number."""
    bare = plain(told).casefold()
    if bare in {k.value for k in InvoiceKind}:
        return InvoiceKind(bare)
    if any(word in told for word in _SLIPS) and not code and len(number) != DIGITAL_LENGTH:
        return InvoiceKind.RAIL_PAPER
    return kind_of_number(code, number)


def _number(text: str) -> str:
    bare = plain(text).lstrip("'’‘`").replace("–", "-")
    if _SHORTENED.fullmatch(bare):
        raise Unreadable("IMP-90", value=text[:30])
    return bare


def _amount(text: str) -> int | None:
    return read_amount(text) if text else None


def _day(text: str) -> date | None:
    return read_day(text) if text else None


def _words(text: str) -> str:
    """A name or a number of a voucher; no number of a citizen, and nothing longer than either."""
    for run in re.findall(r"[0-9]{17}[0-9Xx]", unicodedata.normalize("NFKC", text)):
        if person_id_holds(run):
            raise Unreadable("IMP-60")
    if len(text) > LONGEST:
        raise Unreadable("IMP-99", value=text[:20], limit=LONGEST)
    return text


def _released(text: str) -> str:
    """Why a number is free again: the words of the cell; "" while it is used, which an empty cell says as well."""
    bare = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    if not bare or bare in _IN_USE:
        return ""
    if re.split(r"[:：,，;；(（]", bare)[0] in _FREE:
        return _words(text)
    choices = "已使用, 已退回 (used, released)"
    raise Unreadable("IMP-80", value=text[:20], choices=choices)


def _tell_spoilt(cells: Cells, numbers: Sequence[str | None]) -> None:
    """Twenty figures that a workbook held as a figure have lost their last four: all of a column, or nearly all."""
    long = [
        (row, n)
        for row, n in zip(cells.numbers, numbers, strict=True)
        if n and len(n) == DIGITAL_LENGTH and n.isdigit()
    ]
    spoilt = [(row, n) for row, n in long if int(float(n)) == int(n)]
    if len(spoilt) * _SPOILT_SHARE > len(long):
        for row, number in spoilt:
            cells.problems.add("IMP-90", row, cells.located.title("number"), value=number)
