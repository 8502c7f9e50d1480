"""A roster of members taken in from a table: refused whole with every bad row, or entered whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.roster import Household, next_code
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.imports_roster import RosterDraft, parse_roster
from villagebook.exchange.tables import read_rows
from villagebook.rules.roster_facts import RosterFacts
from villagebook.rules.rule import When
from villagebook.services.book_file.opening import in_file
from villagebook.services.by import By
from villagebook.services.gate import look
from villagebook.services.gathering import facts as gather
from villagebook.services.registers import roster as register
from villagebook.storage import roster
from villagebook.storage.book import Book


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Households and members entered (or that would be, for a try), and what there is to say about the file."""

    households: int
    members: int
    findings: tuple[Finding, ...]


def import_roster(book: Book, path: Path, by: By, *, dry_run: bool = False) -> TakenIn:
    """Raises Refused with every bad row at once, KnownError for an unreadable file; nothing is written then.

    A household whose code, or whose head and group, are in the register already is told; the first is left out.
    """
    drafts, found = parse_roster(read_rows(path))
    if stopping(found):
        raise Refused(in_file(stopping(found), path.name))
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        problems = Problems()
        fresh = _fresh(drafts, roster.households(writing.connection), problems)
        wrong = [
            f
            for household in fresh
            for f in look(replace(facts, roster=RosterFacts(household, adding=True)), When.REGISTER)
        ]
        if stopping(wrong):
            raise Refused(in_file(stopping(wrong), path.name))
        if not dry_run:
            for household in fresh:
                register.log(writing, household)
    said = in_file((*found, *problems.findings(), *wrong), path.name)
    return TakenIn(len(fresh), sum(len(h.members) for h in fresh), said)


def _fresh(
    drafts: tuple[RosterDraft, ...], held: dict[str, Household], problems: Problems
) -> tuple[Household, ...]:
    """The households that are not there yet, each with a code."""
    taken = {*held, *(d.code for d in drafts if d.code)}
    made: list[Household] = []
    for draft in drafts:
        if draft.code in held:
            problems.add("IMP-68", draft.row, value=f"{draft.code} {draft.head}")
            continue
        code = draft.code or next_code(taken, draft.group)
        taken.add(code)
        household = draft.household(code)
        other = register.namesake_of(household, held.values())
        if other:
            problems.add("IMP-69", draft.row, value=household.title, other=other)
        made.append(household)
    return tuple(made)
