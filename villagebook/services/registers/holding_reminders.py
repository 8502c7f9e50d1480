"""What wants doing about assets, contracts and resources: sentences for the home page, each with its place of repair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from villagebook.domain.contract import ContractState, Direction
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.i18n import _
from villagebook.rules.contract_facts import ContractFacts
from villagebook.rules.facts import Facts
from villagebook.rules.registers import entry
from villagebook.rules.rule import When
from villagebook.services.gate import look
from villagebook.services.gathering import contract_facts
from villagebook.storage import entries
from villagebook.storage.engine import Connection

MOST = 8
"""Instalments and contracts that are named one by one."""
CLOSING = ("AST-10", "AST-11", "AST-13", "RSC-05")
"""Findings of the close that are worth knowing before it."""


def reminders(
    connection: Connection, facts: Facts, found: tuple[Finding, ...], today: date, *, month_over: bool
) -> tuple[Finding, ...]:
    """Overdue first, then what falls due, what ends, and what a close would say of the registers."""
    said: list[Finding] = []
    if not entries.is_empty(connection, LinkKind.CONTRACT):
        known = contract_facts.states(connection, today, facts.policy).values()
        said += _overdue(known, facts, today)
        said += _falling_due(known, facts, today)
        said += _ending(known, facts, today)
    if month_over:
        said += [f for f in found if f.id in CLOSING]
    return tuple(said)


def _overdue(known: Iterable[ContractState], facts: Facts, today: date) -> list[Finding]:
    """As of today, in the words of the rule."""
    late = contract_facts.overdue(known, today)
    told = replace(facts, contracts=ContractFacts(overdue=late[:MOST]))
    return [f for f in look(told, When.CLOSE) if f.id == "E2L-32"]


def _falling_due(known: Iterable[ContractState], facts: Facts, today: date) -> list[Finding]:
    until = today + timedelta(days=facts.policy.number("instalment_days"))
    made = []
    for state in known:
        code, income = state.contract.code, state.contract.direction is Direction.INCOME
        for part in state.parts:
            if not part.left_fen or not today <= part.due_on <= until:
                continue
            text = (
                _("{party} owes instalment {no} of {name} on {due}: {left}.")
                if income
                else _("Instalment {no} of {name} is to be paid to {party} on {due}: {left}.")
            )
            words = text.format(
                party=state.contract.party,
                no=part.no,
                name=state.contract.name,
                due=part.due_on.isoformat(),
                left=yuan_text(part.left_fen),
            )
            made.append(
                (part.due_on, Finding("HOME-12", Severity.HINT, code, words, "", entry("contracts", code)))
            )
    return [finding for _day, finding in sorted(made, key=lambda m: m[0])][:MOST]


def _ending(known: Iterable[ContractState], facts: Facts, today: date) -> list[Finding]:
    made = []
    for one in contract_facts.ending(known, today, facts.policy)[:MOST]:
        text = (
            _("{name} ended on {day} and is still open. End it, or extend it by decision.")
            if one.to_on < today
            else _("{name} ends on {day}. Decide what comes after it.")
        )
        level = Severity.WARNING if one.to_on < today else Severity.HINT
        words = text.format(name=one.name, day=one.to_on.isoformat())
        made.append(Finding("HOME-13", level, one.code, words, "", entry("contracts", one.code)))
    return made
