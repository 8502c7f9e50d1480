"""Carrying income and expense to 本年收益: which entries, on which side, red where a balance stands on the wrong one.

Definitions. Balances are signed, debit positive. A *carrying voucher* touches 321 and an income or expense account; so history
taken in with its own closing entries is understood as well.

The summaries are the words of the books, which are kept in Chinese whatever language the screen speaks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from villagebook.domain.account import YEAR_RESULT, Category, Chart
from villagebook.domain.voucher import Voucher, VoucherLine

CARRY_SUMMARY = "结转本期损益"
_BY_SIDE = "502"
"""投资收益: a debit balance is a loss and is carried with the expenses."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A voucher the program posts by itself, before it has a number."""

    summary: str
    lines: tuple[VoucherLine, ...]


def is_result(chart: Chart, code: str) -> bool:
    """True for 501-521 and their sub-accounts."""
    account = chart.get(code)
    return account is not None and account.category is Category.RESULT


def is_carrying(voucher: Voucher, chart: Chart) -> bool:
    """True when the voucher carries results, or undoes a carrying: reports of income and expense leave it out."""
    codes = {line.account for line in voucher.lines}
    return any(c.startswith(YEAR_RESULT) for c in codes) and any(is_result(chart, c) for c in codes)


def carry_entries(balances: Iterable[tuple[str, int]], chart: Chart) -> tuple[Entry, ...]:
    """One entry for income (D 5xx / C 321) and one for expense (D 321 / C 5xx); empty when nothing is left to carry.

    A balance on the wrong side is carried in red on its own side, so that turnovers say what was earned and spent.
    """
    income: list[VoucherLine] = []
    expense: list[VoucherLine] = []
    for code, fen in balances:
        account = chart[code]
        if not fen:
            continue
        if account.is_income and not (code.startswith(_BY_SIDE) and fen > 0):
            income.append(VoucherLine(code, -fen, 0, CARRY_SUMMARY))
        else:
            expense.append(VoucherLine(code, 0, fen, CARRY_SUMMARY))
    made = []
    if income:
        made.append(Entry(CARRY_SUMMARY, (*income, *_against(income))))
    if expense:
        made.append(Entry(CARRY_SUMMARY, (*_against(expense), *expense)))
    return tuple(made)


def _against(lines: list[VoucherLine]) -> tuple[VoucherLine, ...]:
    """The other side on 321 in one line; line by line when they cancel out, for a line of nothing is no line."""
    debit_fen, credit_fen = sum(v.debit_fen for v in lines), sum(v.credit_fen for v in lines)
    if debit_fen or credit_fen:
        return (VoucherLine(YEAR_RESULT, credit_fen, debit_fen, CARRY_SUMMARY),)
    return tuple(VoucherLine(YEAR_RESULT, v.credit_fen, v.debit_fen, CARRY_SUMMARY) for v in lines)
