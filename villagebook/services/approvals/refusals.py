"""What finance staff would not book, and why (AP20): kept for ever, told to supervision at the close and to the township.

A refusal is no veto: what was mended is sent in again, and signed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.people import PostKind
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.resolution_facts import Refusal
from villagebook.storage import documents as docs
from villagebook.storage.engine import Connection

FINANCE = frozenset({PostKind.ACCOUNTANT, PostKind.CLERK, PostKind.CASHIER})
"""Who may refuse: whoever checks or books it."""


def listed(connection: Connection, facts: Facts) -> tuple[Refusal, ...]:
    """Every refusal, the newest first."""
    made = []
    for document_id, content_hash, day, stop in docs.stops(connection, "refused"):
        document = docs.content_of(connection, document_id, content_hash)
        if document is not None:
            name = facts.staff.name(stop.person_id)
            made.append(Refusal(document_id, label(document), name, day, stop.reason))
    return tuple(made)


def of_month(connection: Connection, facts: Facts, first: date, last: date) -> tuple[Refusal, ...]:
    """Those that were said in a month."""
    return tuple(one for one in listed(connection, facts) if first <= one.on <= last)


def reported(connection: Connection, facts: Facts) -> Iterator[Finding]:
    """What the township is told by a package."""
    for one in listed(connection, facts):
        text = _("{name} would not book this on {day}: {reason}.")
        words = text.format(name=one.name, day=one.on.isoformat(), reason=one.reason)
        yield Finding("AP-34", Severity.HINT, one.label, words, "", f"document:{one.document_id}")
