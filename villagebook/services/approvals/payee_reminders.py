"""What wants doing about journeys, lists with payees and works: sentences for the home page."""

from __future__ import annotations

from datetime import date, timedelta

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.trip import TripState
from villagebook.i18n import _
from villagebook.rules.bank_batches import open_words
from villagebook.rules.facts import Facts
from villagebook.services.approvals import trips, works
from villagebook.services.gathering import batch_facts
from villagebook.storage import trips as store
from villagebook.storage.engine import Connection

MOST = 6
"""Sentences of one kind."""


def reminders(connection: Connection, facts: Facts, today: date) -> tuple[Finding, ...]:
    """Journeys first, then proofs that are missing, then retentions whose term is over."""
    return (*_trips(connection, facts, today), *_lists(connection, facts, today), *_works(connection, today))


def _trips(connection: Connection, facts: Facts, today: date) -> list[Finding]:
    made = []
    for s in trips.unsettled_in(connection, today)[:MOST]:
        due = s.trip.to_on + timedelta(days=facts.policy.number("trip_settle_days"))
        text = (
            _("Journey {code} to {town} was to be settled by {day}.")
            if today > due
            else _("Settle journey {code} to {town} by {day}.")
        )
        words = text.format(code=s.trip.code, town=s.trip.destination, day=due.isoformat())
        level = Severity.WARNING if today > due else Severity.HINT
        made.append(Finding("HOME-40", level, s.trip.code, words, "", f"register:trips/{s.trip.code}"))
    asked = (s for s in store.trips(connection) if s.state is TripState.ASKED and s.trip.from_on > today)
    for s in list(asked)[:MOST]:
        text = _("Journey {code} to {town} begins on {day} and is not approved yet.")
        words = text.format(code=s.trip.code, town=s.trip.destination, day=s.trip.from_on.isoformat())
        target = f"register:trips/{s.trip.code}"
        made.append(Finding("HOME-41", Severity.HINT, s.trip.code, words, "", target))
    return made


def _lists(connection: Connection, facts: Facts, today: date) -> list[Finding]:
    made = []
    for one in batch_facts.open_lists(connection, today)[:MOST]:
        code = one.content.code
        due = one.booked_on + timedelta(days=facts.policy.number("list_proof_days"))
        level = Severity.WARNING if today > due else Severity.HINT
        id = "AP-27" if one.unproven else "LST-16"
        for what in open_words(one):
            text = _("List {code} {title}, paid on {day}: {what}.")
            words = text.format(code=code, title=one.content.title, day=one.booked_on.isoformat(), what=what)
            made.append(Finding(id, level, code, words, "", f"register:lists/{code}"))
    return made


def _works(connection: Connection, today: date) -> list[Finding]:
    made = []
    for s in works.standings_in(connection, today):
        contract = s.state.contract
        due = contract.retention_due_on
        left_fen = contract.amount_fen - s.state.paid_fen
        if contract.retention_fen and due and due <= today and left_fen > 0 and s.state.ended is None:
            text = _("The retention of {name} may be paid since {day}: {left} is left of the price.")
            words = text.format(name=contract.name, day=due.isoformat(), left=yuan_text(left_fen))
            target = f"register:works/{contract.code}"
            made.append(Finding("HOME-42", Severity.HINT, contract.code, words, "", target))
    return made[:MOST]
