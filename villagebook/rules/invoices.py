"""All rules of invoices, V1-V24 of audit_checks.md section 6, and that of the township's answers (V24)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.booked_invoice import Result
from villagebook.domain.finding import Severity
from villagebook.i18n import N_, _
from villagebook.rules import (
    invoices_days,
    invoices_double,
    invoices_elsewhere,
    invoices_form,
    invoices_parties,
    invoices_sums,
)
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When


def _bad_answer(facts: Facts) -> Iterator[Hit]:
    for check in facts.invoices.checks:
        if check.key not in facts.invoices.numbers:
            yield Hit(check.key, {"no": check.key, "what": _("the book has no invoice with this number")})
        if check.checked_on > facts.today:
            day = check.checked_on.isoformat()
            yield Hit(check.key, {"no": check.key, "what": _("{day} has not come yet").format(day=day)})
        if len(check.person.strip()) < 2:
            yield Hit(check.key, {"no": check.key, "what": _("it does not say who asked")})
        if check.result is Result.UNASKED:
            yield Hit(check.key, {"no": check.key, "what": _("it does not say what was found")})


RULES = (
    *invoices_form.RULES,
    *invoices_double.RULES,
    *invoices_elsewhere.RULES,
    *invoices_sums.RULES,
    *invoices_days.RULES,
    *invoices_parties.RULES,
    Rule(
        "INV-24",
        "V24",
        Severity.ERROR,
        frozenset({When.REGISTER}),
        "audit_checks.md 6 V24 [D]",
        N_("An answer of the tax site has a day, a person and a number of ours"),
        N_(
            "Whether an invoice is genuine is known only to who asked; without a name the answer is nobody's."
        ),
        N_("{no}: {what}. Correct the row in the township's list."),
        _bad_answer,
    ),
)
