"""Slots that wait longer than the township allows (AP10). Telling so is all that waiting ever does: nothing approves itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.signature import slot_states
from villagebook.i18n import ngettext
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import Late
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import veto_facts
from villagebook.services.names import slot_title
from villagebook.storage import documents as docs
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

_PREFIX = "sign_days_"


def late(connection: Connection, info: BookInfo, base: Facts, today: date) -> tuple[Late, ...]:
    """Every waiting document whose turn is overdue, the oldest first; young ones are not even looked into."""
    allowed = [days for name, days in base.policy.numbers.items() if name.startswith(_PREFIX)]
    found = []
    for document_id in docs.waiting(connection) if allowed else ():
        held = docs.submitted(connection, document_id)
        if held is None or (today - held.submitted_on).days <= min(allowed):
            continue
        facts = gather.for_document(connection, info, held.document, today)
        states = slot_states(facts.slots or (), docs.signatures(connection, document_id, held.content_hash))
        if one := veto_facts.late_of(facts, held, states, today):
            found.append(Late(one.document_id, one.label, slot_title(one.slot), one.since, one.late_days))
    return tuple(found)


def reminders(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What the home page says of them, and of what finance staff would not book."""
    return tuple(f for f in found if f.id in ("AP-16", "AP-34"))


def reported(connection: Connection, info: BookInfo, base: Facts, today: date) -> Iterator[Finding]:
    """What the township is told of by a package."""
    for one in late(connection, info, base, today):
        text = ngettext(
            "Slot {slot} waits since {since}, {days} day beyond what is allowed.",
            "Slot {slot} waits since {since}, {days} days beyond what is allowed.",
            one.late_days,
        )
        words = text.format(slot=one.slot, since=one.since.isoformat(), days=one.late_days)
        yield Finding("AP-16", Severity.HINT, one.label, words, "", f"document:{one.document_id}")
