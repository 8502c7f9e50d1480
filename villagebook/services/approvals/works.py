"""Works: what payments take from their contracts, and the record of those who accepted them (AP19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.contract import ContractState
from villagebook.domain.finding import Finding
from villagebook.domain.works import Acceptance
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.rules.works_facts import WorksFacts
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import contract_facts
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering.works_facts import is_works
from villagebook.storage import entries, registry
from villagebook.storage import trips as store
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

TOPICS = ("registers", "works")


@dataclass(frozen=True, slots=True)
class WorksStanding:
    """A contract of works with what is paid, and its newest acceptance."""

    state: ContractState
    acceptance: Acceptance | None

    def payable_fen(self, day: date) -> int:
        """What may still be paid on a day: of the settled price or the contract, the retention kept back until its term."""
        contract = self.state.contract
        top_fen = contract.amount_fen
        if self.acceptance and self.acceptance.passed:
            top_fen = min(top_fen, self.acceptance.settled_fen)
        if contract.retention_due_on is None or day < contract.retention_due_on:
            top_fen -= contract.retention_fen
        return max(0, top_fen - self.state.paid_fen)


def accept(book: Book, made: Acceptance, by: By) -> tuple[Finding, ...]:
    """Enter what the group found; returns what is to be thought of.

    Raises Refused: no contract of works, no photo, nothing found (WRK-01), too few people (AP-32), above the contract (WRK-04).
    """
    with book.writing(by.actor, by.at) as writing:
        tidy = _tidy(made)
        said = pass_or_refuse(_entry_facts(writing.connection, book.info, tidy, by.day), When.REGISTER)
        writing.log("works.accepted", tidy.to_data(), new_id(), *TOPICS)
        return said


def check(book: Book, made: Acceptance, today: date) -> tuple[Finding, ...]:
    """What `accept` would say, while it is typed."""
    with book.reading() as connection:
        return look(_entry_facts(connection, book.info, _tidy(made), today), When.REGISTER)


def _entry_facts(connection: Connection, info: BookInfo, made: Acceptance, today: date) -> Facts:
    contract = entries.contracts(connection).get(made.contract)
    return replace(gather.ground(connection, info, today), works=WorksFacts(new=made, contract=contract))


def _tidy(made: Acceptance) -> Acceptance:
    people = tuple(replace(p, name=p.name.strip(), role=p.role.strip()) for p in made.people)
    return replace(
        made,
        contract=made.contract.strip(),
        found=made.found.strip(),
        audit_no=made.audit_no.strip(),
        people=tuple(p for p in people if p.name or p.role),
    )


def standings(book: Book, day: date) -> tuple[WorksStanding, ...]:
    """Every contract of works the village pays for, by code, with what is paid up to a day."""
    with book.reading() as connection:
        return standings_in(connection, day)


def standings_in(connection: Connection, day: date) -> tuple[WorksStanding, ...]:
    """As `standings`, where a transaction is open."""
    policy = registry.read_policy_on(connection, min(day, date.max))
    known = contract_facts.states(connection, day, policy, only=is_works)
    return tuple(WorksStanding(state, store.acceptance_of(connection, code)) for code, state in known.items())


def acceptances(book: Book) -> tuple[Acceptance, ...]:
    """Every acceptance, the oldest first."""
    with book.reading() as connection:
        return store.acceptances(connection)
