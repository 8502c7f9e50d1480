"""Relatives, as officials tell them of their own accord; they keep signatures away and are printed nowhere."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.kinship import Kin
from villagebook.i18n import _
from villagebook.rules.office_facts import GivenPost
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import office_facts
from villagebook.storage import links, offices
from villagebook.storage.book import Book


def state(book: Book, tie: Kin, by: By) -> tuple[Finding, ...]:
    """Record a tie, or its end when it is known; returns what the posts of both now have against it.

    The truth is never refused for what it says. Raises Refused: no such person or entry, nobody named, with oneself,
    told before.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        base = office_facts.ground(connection, gather.ground(connection, book.info, by.day))
        tie = replace(tie, other_name=tie.other_name.strip())
        known = next((k for k in base.office.kin if k.id == tie.id), None)
        told = [k for k in base.office.kin if k.id != tie.id]
        problems = _problems(tie, told, set(base.staff.persons))
        if tie.link and not links.known(connection, (tie.link,)):
            problems.append(_("There is no such entry in the register."))
        if tie.id and known is None:
            problems.append(_("There is no such tie."))
        refuse("AP-10", base.staff.name(tie.person_id), problems, "people")
        made = replace(tie, id=tie.id or new_id())
        writing.log("kin.stated", _data(made), new_id(), "people")
        writing.settle()
        after = replace(base, office=replace(base.office, kin=offices.kin(connection)))
    found = []
    for post in after.staff.posts:
        if post.person_id == made.person_id and (post.to_on is None or post.to_on >= by.day):
            giving = GivenPost(post.person_id, post.kind, by.day)
            told_of = replace(after, office=replace(after.office, giving=giving))
            found += [
                replace(f, severity=Severity.WARNING) for f in look(told_of, When.OFFICE) if f.id == "AP-42"
            ]
    return tuple(found)


def _problems(tie: Kin, told: list[Kin], known: set[str]) -> list[str]:
    problems = []
    others = [bool(tie.other_id), bool(tie.other_name), tie.link is not None]
    if tie.person_id not in known or (tie.other_id and tie.other_id not in known):
        problems.append(_("There is no such person."))
    if sum(others) != 1:
        problems.append(_("Say whose relative: a person of the list, a name, or an entry of a register."))
    if tie.other_id and tie.other_id == tie.person_id:
        problems.append(_("Nobody is a relative of oneself."))
    same = (tie.person_id, tie.other_id, tie.other_name, tie.link)
    if any((k.person_id, k.other_id, k.other_name, k.link) == same and k.ended_on is None for k in told):
        problems.append(_("This has been told already."))
    return problems


def _data(tie: Kin) -> dict[str, object]:
    data: dict[str, object] = {"id": tie.id, "person_id": tie.person_id, "relation": tie.relation.value}
    if tie.other_id:
        data["other_id"] = tie.other_id
    if tie.other_name:
        data["other_name"] = tie.other_name
    if tie.link:
        data["link"] = tie.link.to_data()
    if tie.ended_on:
        data["ended_on"] = tie.ended_on.isoformat()
    return data


def ties(book: Book) -> tuple[Kin, ...]:
    """Every tie that was ever told, in order."""
    with book.reading() as connection:
        return offices.kin(connection)
