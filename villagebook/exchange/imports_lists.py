"""The layout `payees`: one row per person of a list; what the list is for is said in the form it is taken into."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.dates import DateError
from villagebook.domain.day_runs import read_days
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.pay_list import PayRow
from villagebook.domain.privacy import has_id_number
from villagebook.exchange.cells import Cells, Unreadable, read_amount
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import PAYEES, locate
from villagebook.exchange.tables import Sheet

_SHOWN = 40
_YES = frozenset({"是", "半", "半天", "半日", "√", "1", "0.5", "yes", "half"})
_NO = frozenset({"", "否", "全天", "整天", "0", "no", "whole"})


def parse_payees(sheet: Sheet, near: date) -> tuple[tuple[PayRow, ...], tuple[Finding, ...]]:
    """Every row; `near` supplies year and month of days. With any finding that stops there are none.

    Where amounts are left out the days and the rate make them.
    """
    problems = Problems()
    located = locate(sheet, PAYEES, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "name")

    def days(text: str) -> tuple[date, ...]:
        try:
            return read_days(text, near)
        except DateError as error:
            raise Unreadable("IMP-95", value=error.text[:_SHOWN]) from None

    names = cells.read("name", _word)
    amounts = cells.read("amount", lambda text: read_amount(text) if text else None)
    worked, halves = cells.read("days", days), cells.read("half", _half)
    rates = cells.read("rate", lambda text: read_amount(text) if text else 0)
    texts = [cells.texts(k) for k in ("household", "post", "work", "place", "quantity", "unit", "note")]
    made = []
    for n, number in enumerate(cells.numbers):
        household, post, work, place, quantity, unit, note = (column[n] for column in texts)
        row = PayRow(
            names[n] or "",
            amounts[n] or 0,
            household,
            post,
            work,
            place,
            worked[n] or (),
            bool(halves[n]),
            quantity,
            unit,
            rates[n] or 0,
            note,
        )
        if amounts[n] is None and not row.worth_fen():
            problems.add("IMP-96", number)
        made.append(row if amounts[n] is not None else _worth(row))
    cells.check_total("amount", [r.amount_fen for r in made])
    findings = problems.findings()
    return (() if stopping(findings) else tuple(made)), findings


def _worth(row: PayRow) -> PayRow:

    return replace(row, amount_fen=row.worth_fen())


def _word(text: str) -> str:
    if not text:
        raise Unreadable("IMP-81")
    if has_id_number(text):
        raise Unreadable("IMP-60")
    return text


def _half(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise Unreadable("IMP-62", value=text[:20])
    return word in _YES
