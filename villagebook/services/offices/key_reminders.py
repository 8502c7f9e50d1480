"""What wants doing about keys: answers to fetch, a list that runs out, a stopped key the township has not heard of."""

from __future__ import annotations

from datetime import date, timedelta

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.keys import KeyState
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.gathering import key_facts
from villagebook.services.offices import keys
from villagebook.storage import keys as store
from villagebook.storage import periods
from villagebook.storage.engine import Connection

SOON = 30
"""Days before the end of a list or key at which it is spoken of."""


def reminders(connection: Connection, facts: Facts, today: date) -> tuple[Finding, ...]:
    """Stopped keys first: somebody else may have the stick."""
    return (*_unheard(connection, facts), *_list_ends(connection, today), *_waiting(connection, facts, today))


def _unheard(connection: Connection, facts: Facts) -> list[Finding]:
    told = max((e.head_seq for e in periods.exports(connection)), default=0)
    made = []
    for key_id, seq in store.stopped_at(connection):
        if seq > told:
            key = next(k for k in store.keys(connection) if k.key_id == key_id)
            name = facts.staff.name(key.person_id)
            text = _("The key of {name} is stopped, and the township does not know. Hand a package over.")
            made.append(
                Finding("HOME-36", Severity.WARNING, name, text.format(name=name), "", f"keys:{key_id}")
            )
    return made


def _list_ends(connection: Connection, today: date) -> list[Finding]:
    lists = store.lists(connection)
    if not lists:
        return []
    until = lists[-1].content.until_on
    if today + timedelta(days=SOON) < until:
        return []
    if today <= until:
        text = _("The township's list of keys is valid until {day}. Fetch the newer one in time.")
        level = Severity.HINT
    else:
        text = _("The township's list of keys was valid until {day}. Fetch the newer one, or keys will rest.")
        level = Severity.WARNING
    words = text.format(day=until.isoformat())
    return [Finding("HOME-37", level, "", words, "", "keys:")]


def _waiting(connection: Connection, facts: Facts, today: date) -> list[Finding]:
    made = []
    for standing in keys.all_standings(connection):
        person = standing.key.person_id
        name = facts.staff.name(person)
        in_office = not key_facts.left_office(facts.staff, person, today)
        state = standing.state_on(today, in_office=in_office)
        if state is KeyState.KNOWN:
            text = _("The key of {name} waits for the township's answer.")
        elif state is KeyState.ENDED:
            text = _("{name} left office and still has a key. Stop it.")
        else:
            continue
        target = f"keys:{standing.key.key_id}"
        made.append(Finding("HOME-38", Severity.HINT, name, text.format(name=name), "", target))
    return made
