"""The imprest: replenished by exactly what was spent, in one person's name. R10, R11."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Purpose, movement
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When


def _replenishment_differs(facts: Facts) -> Iterator[Hit]:
    doc, imprest = document_of(facts, DocKind.TRANSFER), facts.line.imprest
    source, target = (facts.places.get(doc.place), facts.places.get(doc.to_place)) if doc else (None, None)
    if doc is None or imprest is None or source is None or target is None:
        return
    if movement(source, target) is not Purpose.IMPREST_ISSUE or imprest.fresh:
        return
    if doc.amount_fen != imprest.spent_fen:
        yield Hit(
            label(doc),
            {
                "amount": yuan_text(doc.amount_fen),
                "spent": yuan_text(imprest.spent_fen),
                "place": target.name,
            },
        )


def _unanswered(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    for held in facts.line.imprests:
        not_zero = facts.policy.switches["imprest_month_end_zero"] and held.balance_fen
        if len(held.holders) != 1 or not_zero:
            yield Hit(
                held.place,
                {
                    "place": held.place,
                    "balance": yuan_text(held.balance_fen),
                    "holder": " / ".join(held.holders) or "?",
                },
                "people",
                Severity.HINT if month and month.only_imported else None,
            )


RULES = (
    Rule(
        "E2L-23",
        "R10",
        Severity.ERROR,
        SUBMIT,
        "[R] R6, R8, R10, R12",
        N_("A replenishment is what the accepted vouchers add up to"),
        N_("More than was spent is a loan to the holder, less hides a voucher."),
        N_(
            "{place}: vouchers since the last replenishment add up to {spent}, not {amount}. Draw {spent}; to change the float, return it and draw it anew."
        ),
        _replenishment_differs,
    ),
    Rule(
        "E2L-24",
        "R11",
        Severity.ERROR,
        frozenset({When.CLOSE}),
        "[R] R3",
        N_("One named person answers for the imprest"),
        N_("Cash that belongs to two hands is missing from neither."),
        N_(
            "{place} holds {balance} at the month's end in the name of {holder}. Name one person who answers for it; where the township wants zero, return the rest to the expense line."
        ),
        _unanswered,
    ),
)
