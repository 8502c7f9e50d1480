"""Labour days of 一事一议 projects (筹劳): who owes them, what was worked, what is paid off (AP17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagebook.domain.finding import Finding
from villagebook.domain.labour import Labourer, LabourSheet, LabourStanding
from villagebook.domain.labour import proposed as propose_rows
from villagebook.domain.project import Project, ProjectKind
from villagebook.rules.labour_facts import LabourFacts, LabourStrike
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import labour_facts
from villagebook.storage import labour as store
from villagebook.storage import projects, registry, roster
from villagebook.storage.book import Book

TOPICS = ("registers", "projects")


def enter_list(book: Book, project: str, rows: Sequence[Labourer], by: By) -> tuple[Finding, ...]:
    """Say who owes how many days for a project; a later list takes the place of the one before.

    Raises Refused: nobody decided on days, too many, somebody exempt, unknown or there twice, days already done (PRJ-08).
    """
    with book.writing(by.actor, by.at) as writing:
        tidy = tuple(replace(r, household=r.household.strip(), name=r.name.strip()) for r in rows)
        facts = gather.ground(writing.connection, book.info, by.day)
        told = replace(facts, labour=labour_facts.new_list(writing.connection, project, tidy))
        said = pass_or_refuse(told, When.REGISTER)
        body: dict[str, object] = {"project": project, "rows": [r.to_data() for r in tidy]}
        writing.log("labour.listed", body, new_id(), *TOPICS)
        return said


def record(book: Book, sheet: LabourSheet, by: By) -> str:
    """Enter a signed sheet of days worked, or requests to pay for them; returns its id.

    Raises Refused: unsigned, beyond what is owed, on an impossible day (PRJ-09), a price that is none (PRJ-10).
    """
    with book.writing(by.actor, by.at) as writing:
        made = replace(sheet, id=sheet.id or new_id(), note=sheet.note.strip())
        facts = gather.ground(writing.connection, book.info, by.day)
        told = replace(facts, labour=labour_facts.new_sheet(writing.connection, made))
        pass_or_refuse(told, When.REGISTER)
        writing.log("labour.done", made.to_data(), new_id(), *TOPICS)
        return made.id


def strike(book: Book, project: str, sheet_id: str, reason: str, by: By) -> None:
    """Take a sheet out that was entered by mistake; it stays in the log. Raises Refused: no such sheet, no reason (PRJ-12)."""
    with book.writing(by.actor, by.at) as writing:
        known = any(s.id == sheet_id for s in store.sheets(writing.connection, project))
        facts = gather.ground(writing.connection, book.info, by.day)
        told = replace(facts, labour=LabourFacts(strike=LabourStrike(sheet_id, reason, known)))
        pass_or_refuse(told, When.REGISTER)
        body: dict[str, object] = {"sheet": sheet_id, "reason": reason.strip()}
        writing.log("labour.struck", body, new_id(), *TOPICS)


def asking(book: Book) -> tuple[Project, ...]:
    """The projects for which days of work were decided, by code."""
    with book.reading() as connection:
        return tuple(
            p for p in projects.projects(connection) if p.kind is ProjectKind.ONE_ISSUE and p.labour_days > 0
        )


def standings(book: Book, project: str, day: date) -> tuple[LabourStanding, ...]:
    """Everybody who owes days for a project, with what was done up to a day."""
    with book.reading() as connection:
        return labour_facts.standing(connection, project, day)


def sheets(book: Book, project: str) -> tuple[LabourSheet, ...]:
    """The sheets of a project that stand, the oldest first."""
    with book.reading() as connection:
        return store.sheets(connection, project)


def proposed(book: Book, project: str) -> tuple[Labourer, ...]:
    """Who would owe the days that were decided: by age, on the day of the meeting, without the exempt households."""
    with book.reading() as connection:
        found = projects.project(connection, project)
        if found is None:
            return ()
        policy = registry.read_policy_on(connection, found.decided_on)
        ages = (policy.number("labour_from_age"), policy.number("labour_to_age"))
        households = roster.households(connection).values()
        return propose_rows(households, found.exempt, found.decided_on, found.labour_days, ages)
