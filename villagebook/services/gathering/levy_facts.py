"""Gathering what the rules about levies (一事一议) look at: whom one asks, how many heads count, what was taken before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.document import Document, Support
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.meeting import Body
from villagebook.domain.project import Project, ProjectKind
from villagebook.domain.roster import Household, count
from villagebook.domain.voucher import DocKind
from villagebook.rules.resolution_facts import Draw, Levied, LevyFacts
from villagebook.storage import projects, receipts, roster
from villagebook.storage.engine import Connection


def levies(connection: Connection, links: Iterable[Link]) -> tuple[Project, ...]:
    """一事一议 projects among the things a document is marked for."""
    codes = {k.code for k in links if k.kind is LinkKind.PROJECT}
    found = projects.projects(connection) if codes else ()
    return tuple(p for p in found if p.code in codes and p.kind is ProjectKind.ONE_ISSUE)


def levied(connection: Connection, document: Document) -> Levied | None:
    """What a receipt takes in for 一事一议 from villagers; None when it does not: an award comes on a fiscal note, a gift from
    an outside party."""
    if document.kind is not DocKind.RECEIPT:
        return None
    found: dict[str, None] = {}
    named, beside = bool(document.receipt_no), False
    for item in document.items:
        kinds = {k.kind for k in item.links}
        given = LinkKind.OUTSIDER in kinds or document.support is Support.FISCAL_NOTE
        if LinkKind.HOUSEHOLD in kinds:
            given = False  # what a household pays is neither award nor gift
        own = [] if given else [p.name for p in levies(connection, item.links)]
        found.update(dict.fromkeys(own))
        named = named or bool(own and LinkKind.HOUSEHOLD in kinds)
        beside = beside or not own
    return Levied(tuple(found), named, receipts.next_no(connection, levy=True), beside) if found else None


def levy(connection: Connection, project: Project, draws: tuple[Draw, ...]) -> LevyFacts:
    """A project beside the register of households on the day it was decided."""
    households = roster.households(connection)
    unknown = tuple(code for code in project.exempt if code not in households)
    members = heads(households.values(), project.exempt, project.decided_on) if households else None
    item = draws[0].item if draws else None
    return LevyFacts(project, members, unknown, item)


def taken_from_exempt(connection: Connection, document: Document) -> tuple[tuple[str, str], ...]:
    """(project, household) of money taken from households that a levy lets off."""
    if document.kind is not DocKind.RECEIPT:
        return ()
    found = []
    for item in document.items:
        codes = [k.code for k in item.links if k.kind is LinkKind.HOUSEHOLD]
        for project in levies(connection, item.links) if codes else ():
            found += [(project.name, code) for code in codes if code in project.exempt]
    known = roster.households(connection) if found else {}
    return tuple((p, known[c].title if c in known else c) for p, c in dict.fromkeys(found))


def heads(households: Iterable[Household], exempt: Iterable[str], day: date) -> int:
    """Members of all households on a day, those of exempt ones left out."""
    out = set(exempt)
    return count((h for h in households if h.code not in out), day).members


def entitled(connection: Connection, body: Body, day: date, group: int = 0) -> int | None:
    """How many the register of households says belong to a body; None when it says nothing of it."""
    households = tuple(roster.households(connection).values())
    if body in (Body.GROUP, Body.GROUP_HOUSEHOLDS):
        households = tuple(h for h in households if h.group == group)
    counts = count(households, day)
    found = {
        Body.VILLAGERS: counts.adults,
        Body.GROUP: counts.adults,
        Body.HOUSEHOLDS: counts.households,
        Body.GROUP_HOUSEHOLDS: counts.households,
        Body.DELEGATES: counts.delegates,
        Body.MEMBERS: counts.adults,
    }.get(body, 0)
    return found or None
