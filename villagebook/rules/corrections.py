"""Blue corrections: the right document names the wrong voucher (会计基础工作规范 51(5), accounting.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
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
)
