"""Gathering what the rules of labour days look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.labour import Key, Labourer, LabourSheet, LabourStanding, standings
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.project import Project
from villagebook.domain.voucher import DocKind
from villagebook.rules.labour_facts import HouseholdLevy, LabourFacts, NewLabourList, NewLabourSheet
from villagebook.services.gathering.levy_facts import levies
from villagebook.storage import documents as docs
from villagebook.storage import labour as store
from villagebook.storage import projects, roster
from villagebook.storage.engine import Connection


def standing(connection: Connection, project: str, until: date | None = None) -> tuple[LabourStanding, ...]:
    """Everybody who owes days for a project, with what was done up to a day."""
    return standings(store.listed(connection, project), store.sheets(connection, project, until))


def unpaid_fen(connection: Connection, project: str, found: Iterable[LabourStanding], until: date) -> int:
    """What households still owe for days they pay off; what came from a household settles these days first."""
    owed: dict[str, int] = {}
    for one in found:
        owed[one.labourer.household] = owed.get(one.labourer.household, 0) + one.commuted_fen
    came = store.taken(connection, project, until) if any(owed.values()) else {}
    return sum(max(0, fen - came.get(household, 0)) for household, fen in owed.items())


def new_list(connection: Connection, code: str, rows: tuple[Labourer, ...]) -> LabourFacts:
    project = projects.project(connection, code)
    known = roster.households(connection)
    people: frozenset[Key] | None = None
    if known and project is not None:
        people = frozenset((h.code, m.name) for h in known.values() for m in h.present(project.decided_on))
    done: dict[Key, int] = {}
    for sheet in store.sheets(connection, code):
        for row in sheet.rows:
            done[row.key] = done.get(row.key, 0) + row.days
    return LabourFacts(new_list=NewLabourList(project, rows, people, done))


def new_sheet(connection: Connection, sheet: LabourSheet) -> LabourFacts:
    project = projects.project(connection, sheet.project)
    left = {s.labourer.key: s.open for s in standing(connection, sheet.project)}
    return LabourFacts(new_sheet=NewLabourSheet(project, sheet, left))


def owed_by(connection: Connection, project: Project) -> dict[str, int]:
    """Household -> fen it owes for a project: by head for everybody it had on the day of the meeting, and days paid off."""
    owed = {
        h.code: project.per_head_fen * len(h.present(project.decided_on))
        for h in roster.households(connection).values()
        if h.code not in project.exempt
    }
    for one in standing(connection, project.code):
        owed[one.labourer.household] = owed.get(one.labourer.household, 0) + one.commuted_fen
    return owed


def for_document(connection: Connection, document: Document) -> LabourFacts:
    """What a receipt takes from each household it names for a 一事一议 project, beside what that household owes and paid."""
    if document.kind is not DocKind.RECEIPT:
        return LabourFacts()
    asked: dict[tuple[str, str], int] = {}
    found: dict[str, Project] = {}
    for item in document.items:
        for code in (k.code for k in item.links if k.kind is LinkKind.HOUSEHOLD):
            for project in levies(connection, item.links):
                if code in project.exempt:
                    continue  # nothing may be taken from it at all: AP-29 says so
                found[project.code] = project
                asked[(project.code, code)] = asked.get((project.code, code), 0) + item.amount_fen
    if not asked:
        return LabourFacts()
    waiting = [d for _s, d in docs.waiting_documents(connection) if d.id != document.id]
    known = roster.households(connection)
    made = []
    for code, project in found.items():
        owed, came = owed_by(connection, project), store.taken(connection, code, date.max)
        for (of, household), fen in asked.items():
            if of == code:
                title = known[household].title if household in known else household
                taken = came.get(household, 0) + _waiting(waiting, code, household)
                made.append(HouseholdLevy(project, title, owed.get(household, 0), taken, fen))
    return LabourFacts(levies=tuple(made))


def _waiting(waiting: list[Document], project: str, household: str) -> int:
    """Fen that receipts under way take from a household for a project."""
    wanted = {Link(LinkKind.PROJECT, project), Link(LinkKind.HOUSEHOLD, household)}
    return sum(
        item.amount_fen
        for document in waiting
        if document.kind is DocKind.RECEIPT
        for item in document.items
        if wanted <= set(item.links)
    )
