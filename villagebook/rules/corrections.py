"""Blue corrections: the right document names the wrong voucher (会计基础工作规范 51(5), accounting.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.account import Category
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, label
from villagebook.rules.rule import Hit, Rule


def _names_nothing(facts: Facts) -> Iterator[Hit]:
    doc, told = facts.document, facts.correction
    if doc and told and (told.wrong is None or told.wrong.reverses or told.wrong.booked_on > doc.booked_on):
        yield Hit(label(doc), {})


def _not_reversed(facts: Facts) -> Iterator[Hit]:
    """Same year and other accounts: red first, then blue; only the amount, or an earlier year: one voucher."""
    doc, told = facts.document, facts.correction
    if doc is None or told is None or told.wrong is None or told.reversed:
        return
    wrong = told.wrong
    same_accounts = {v.account for v in facts.lines} == {v.account for v in wrong.lines}
    if wrong.booked_on.year == doc.booked_on.year and not same_accounts:
        yield Hit(label(doc), {"label": wrong.label}, f"voucher:{wrong.id}")


def _through_results(facts: Facts) -> Iterator[Hit]:
    """An error of an earlier year is none of this year's income and expense."""
    doc, told = facts.document, facts.correction
    if doc is None or told is None or told.wrong is None or told.wrong.booked_on.year >= doc.booked_on.year:
        return
    for code in dict.fromkeys(v.account for v in facts.lines):
        account = facts.chart.get(code)
        if account and account.category is Category.RESULT:
            yield Hit(
                label(doc),
                {"label": told.wrong.label, "year": told.wrong.booked_on.year, "code": code},
                f"voucher:{told.wrong.id}",
            )
            return


def _takes_too_much(facts: Facts) -> Iterator[Hit]:
    """A difference voucher (红字冲减) takes away no more than the wrong voucher and its corrections hold."""
    doc, told = facts.document, facts.correction
    if doc is None or told is None or told.wrong is None or told.reversed:
        return
    if told.wrong.booked_on.year != doc.booked_on.year:
        return
    first = _sums(told.wrong.lines)
    held, after = (
        _sums((*told.wrong.lines, *told.before)),
        _sums((*told.wrong.lines, *told.before, *facts.lines)),
    )
    for account, fen in first.items():
        if fen and after.get(account, 0) * fen < 0:
            yield Hit(
                label(doc),
                {"label": told.wrong.label, "code": account, "amount": yuan_text(abs(held.get(account, 0)))},
                f"voucher:{told.wrong.id}",
            )
            return


def _sums(lines: tuple[VoucherLine, ...]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for v in lines:
        sums[v.account] = sums.get(v.account, 0) + v.debit_fen - v.credit_fen
    return sums


RULES = (
    Rule(
        "YE-30",
        "",
        Severity.ERROR,
        GATES,
        "会计基础工作规范 51 [N]",
        N_("A correction names the voucher it sets right"),
        N_("Wrong and right must be found from each other, for ever."),
        N_("This correction names no voucher that was posted before it. Choose the wrong voucher again."),
        _names_nothing,
    ),
    Rule(
        "YE-31",
        "",
        Severity.ERROR,
        GATES,
        "会计基础工作规范 51 [N]",
        N_("Red first, then blue"),
        N_(
            "A wrong account in the same year is undone in red and entered anew in blue; only an amount alone is adjusted."
        ),
        N_("{label} still stands. Reverse it first, or change only its amount on the same accounts."),
        _not_reversed,
    ),
    Rule(
        "YE-32",
        "",
        Severity.ERROR,
        GATES,
        "财会〔2004〕12号 322 [A]; 会计基础工作规范 51 [N]",
        N_("An error of an earlier year goes through 322"),
        N_("This year's income and expense are not made of what was wrong in another year."),
        N_("{label} is of {year}: correct it by one voucher through 322 未分配收益 instead of {code}."),
        _through_results,
    ),
    Rule(
        "YE-33",
        "",
        Severity.ERROR,
        GATES,
        "会计基础工作规范 51 [N]",
        N_("A difference takes away no more than there is"),
        N_("A red difference that is larger than the wrong amount is another error."),
        N_(
            "{label} holds {amount} on {code} with its corrections. Take away no more than that, or reverse it."
        ),
        _takes_too_much,
    ),
)
