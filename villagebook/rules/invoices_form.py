"""What the numbers on an invoice must be by themselves: V1, V4, V5, V8 of audit_checks.md section 6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.invoice import plain
from villagebook.domain.invoice_checks import credit_code_holds, has_form, province_in_number, year_in_number
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT
from villagebook.rules.invoice_words import hit, told
from villagebook.rules.rule import Hit, Rule

_OLD_TAX_ID = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{20}")
"""Forms of tax numbers before the unified credit code; they hold no check character."""


def _bad_form(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        if not has_form(invoice):
            yield hit(document, invoice, kind=invoice.kind.value)


def _wrong_year(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        year = year_in_number(invoice)
        if year and invoice.issued_on and invoice.issued_on.year != year:
            yield hit(document, invoice, year=year, day=invoice.issued_on.isoformat())


def _unknown_province(facts: Facts) -> Iterator[Hit]:
    known = facts.policy.words["provinces"]
    for document, invoice in told(facts):
        province = province_in_number(invoice)
        if province and province not in known:
            yield hit(document, invoice, province=province)


def _bad_seller_id(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        number = plain(invoice.seller_id)
        if number and not credit_code_holds(number) and not _OLD_TAX_ID.fullmatch(number):
            yield hit(document, invoice, id=number)


RULES = (
    Rule(
        "INV-01",
        "V1",
        Severity.ERROR,
        SUBMIT,
        "audit_checks.md 6 V1 [R] V-a, V-f, V-g, V-h",
        N_("An invoice's number has the figures of its kind"),
        N_("A number with a figure too many or too few can never be asked about, nor found again."),
        N_(
            "{no}: code and number have not the length of this kind of invoice. Compare every figure with the paper, or choose the kind that is printed on it."
        ),
        _bad_form,
    ),
    Rule(
        "INV-04",
        "V4",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V4 [R] V-a, V-g",
        N_("The year in the number is the year of the invoice"),
        N_("A number of one year on an invoice of another is mistyped, or made up."),
        N_("{no} was given out in {year}, but the invoice is dated {day}. Compare both with the paper."),
        _wrong_year,
    ),
    Rule(
        "INV-05",
        "V5",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md 6 V5 [R] V-a; codes [A], those of separately planned cities not found [M]",
        N_("The number names a tax office that exists"),
        N_("Third and fourth figure are the province; a code nobody knows is worth a second look."),
        N_(
            "{no}: {province} is no province known here. Some cities have codes of their own; compare the number with the paper."
        ),
        _unknown_province,
    ),
    Rule(
        "INV-08",
        "V8",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md 6 V8; GB 32100 [M]",
        N_("The seller's tax number holds"),
        N_("A credit code carries a check character; one wrong figure shows."),
        N_("{no}: the seller's tax number {id} is not right in itself. Compare it with the paper."),
        _bad_seller_id,
    ),
)
