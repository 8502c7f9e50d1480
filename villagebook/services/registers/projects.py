"""The register of projects: registered, moved on stage by stage, compared with its money (AP17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.finding import Finding
from villagebook.domain.project import Project, ProjectStanding, Stage
from villagebook.i18n import _
from villagebook.rules.plan_facts import NewStage, PlanFacts
from villagebook.rules.resolution_facts import ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import levy_facts, resolution_facts
from villagebook.services.gathering import plan_facts as plans
from villagebook.storage import documents as docs
from villagebook.storage import projects as store
from villagebook.storage import roster
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

TOPICS = ("registers", "projects")


def register(book: Book, project: Project, by: By) -> tuple[Finding, ...]:
    """Enter a project, or change what is said of one; its stage stays. Returns what does not stop.

    Raises Refused: nobody decided it (PRJ-01), figures that do not agree (PRJ-05).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        tidy = replace(
            project,
            code=project.code.strip(),
            name=project.name.strip(),
            resolution=project.resolution.strip(),
            special_receipt=project.special_receipt.strip(),
            permit=project.permit.strip(),
        )
        told = replace(
            facts, plan=PlanFacts(new_project=tidy), resolutions=_decided(writing.connection, tidy)
        )
        said = pass_or_refuse(told, When.REGISTER)
        writing.log("project.registered", tidy.to_data(), new_id(), *TOPICS)
        return said


def _decided(connection: Connection, project: Project) -> ResolutionFacts:
    """The resolution a project stands on, and what 一事一议 asks of it."""
    draws = resolution_facts.cite(
        connection,
        project.resolution,
        project.name or project.code,
        project.decided_on,
        target=f"register:projects/{project.code}",
        matters=resolution_facts.matters_of_project(project),
    )
    return ResolutionFacts(draws=draws, levy=levy_facts.levy(connection, project, draws))


def heads(book: Book, exempt: tuple[str, ...], day: date) -> int:
    """How many pay: members of all households on a day, without the exempt households."""
    with book.reading() as connection:
        return levy_facts.heads(roster.households(connection).values(), exempt, day)


def move_on(book: Book, code: str, stage: Stage, on: date, note: str, by: By) -> None:
    """A project begins, is finished, settled or given up. Raises Refused: no such project, a step back (PRJ-06)."""
    with book.writing(by.actor, by.at) as writing:
        found = store.project(writing.connection, code)
        if found is None:
            text = _("There is no such project.")
            raise refusal("PRJ-06", code or "-", text, target="register:projects")
        facts = gather.ground(writing.connection, book.info, by.day)
        plan = PlanFacts(new_stage=NewStage(found, stage, on))
        pass_or_refuse(replace(facts, plan=plan), When.REGISTER)
        data: dict[str, object] = {
            "code": code,
            "name": found.name,
            "stage": stage.value,
            "day": on.isoformat(),
            "note": note.strip(),
        }
        writing.log("project.staged", data, new_id(), *TOPICS)


def standings(book: Book, day: date) -> tuple[ProjectStanding, ...]:
    """Every project with what was raised and spent up to a day, by code."""
    with book.reading() as connection:
        base = gather.ground(connection, book.info, day)
        waiting = docs.waiting_documents(connection)
        return tuple(
            plans.project_standing(connection, base, project, day, waiting)
            for project in store.projects(connection)
        )


def next_code(book: Book, year: int) -> str:
    """The code a new project gets: P2025-01 and so on."""
    with book.reading() as connection:
        taken = {p.code for p in store.projects(connection)}
    return next(code for n in range(1, 1000) if (code := f"P{year}-{n:02d}") not in taken)
