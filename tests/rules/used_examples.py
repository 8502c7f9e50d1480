"""Examples for numbers used elsewhere: in signed and unsigned lists, booked before the list came, lists nobody answers for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from tests.rules.invoice_examples import SOUND, document, known, paper
from villagebook.domain.used_invoice import UsedElsewhere, UsedInvoice, UsedList
from villagebook.rules.facts import Facts
from villagebook.rules.invoice_facts import InvoiceFacts, Taking
from villagebook.rules.rule import When

Make = Callable[[], Facts]
USED = UsedInvoice(SOUND.number, "邻村", total_fen=50_000, document="2025-02-11 付-0007")
SIGNED = UsedElsewhere(USED, "清水镇", date(2025, 2, 28), True, "", 7)
UNSIGNED = replace(SIGNED, signed=False, told_by="周镇财")
OTHER = replace(SIGNED, entry=replace(USED, number="25372000001234567999"))
LIST = UsedList("清水镇", date(2025, 2, 28), (USED,))


def told(*words: UsedElsewhere, refuses: bool = False) -> Make:
    """Policy of a township that lets unsigned lists refuse as well where `refuses` says so."""
    made = f.about(document(paper()), invoices=InvoiceFacts(elsewhere=words))
    switches = {**made.policy.switches, "unsigned_list_refuses": refuses}
    return lambda: replace(made, policy=replace(made.policy, switches=switches))


def booked(*words: UsedElsewhere, review: bool = False) -> Make:
    base = f.ground() if review else f.month()
    shared = tuple((known(), w) for w in words)
    return lambda: replace(base, invoices=InvoiceFacts(booked_elsewhere=shared))


def taking(**changes: Any) -> Make:
    """A signed list, changed in one thing."""
    made = Taking(LIST, "名单.json", "清水镇", holds=True, signed_on=date(2025, 3, 1))
    return lambda: f.ground(invoices=InvoiceFacts(taking=replace(made, **changes)))


def content(**changes: Any) -> Make:
    return taking(content=replace(LIST, **changes))


USED_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    **{
        ("INV-31", gate): (told(OTHER), told(SIGNED), told(UNSIGNED, refuses=True))
        for gate in (When.SUBMIT, When.POST)
    },
    **{
        ("INV-32", gate): (told(replace(OTHER, signed=False)), told(UNSIGNED))
        for gate in (When.SUBMIT, When.POST)
    },
    ("INV-33", When.CLOSE): (booked(), booked(SIGNED), booked(UNSIGNED)),
    ("INV-33", When.REVIEW): (booked(review=True), booked(SIGNED, review=True)),
    ("INV-34", When.REGISTER): (
        taking(),
        taking(holds=False),
        taking(suite_known=False),
        taking(trusted=False),
        taking(holds=None, told_by=" "),
        taking(signed_on=date(2025, 4, 1)),
        taking(taken_on=date(2025, 3, 2)),
        content(issuer=""),
        content(as_of=date(2025, 4, 1)),
        content(entries=()),
    ),
}
