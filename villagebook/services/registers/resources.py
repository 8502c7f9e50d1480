"""The register of resources: land, water and woods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.link import LinkKind
from villagebook.domain.register import Change, difference, entry_data
from villagebook.domain.resource import Resource
from villagebook.i18n import _
from villagebook.rules.asset_facts import ResourceAct, ResourceFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import contract_facts
from villagebook.services.gathering import facts as gather
from villagebook.storage import entries
from villagebook.storage.book import Book

TOPIC = "registers"


def resources(book: Book, day: date = date.max) -> tuple[Resource, ...]:
    """Every resource as it stands on a day, by code."""
    with book.reading() as connection:
        return tuple(entries.resources(connection, day).values())


def changes(book: Book, code: str) -> tuple[Change, ...]:
    with book.reading() as connection:
        return entries.changes(connection, LinkKind.RESOURCE, code)


def register(book: Book, resource: Resource, by: By) -> tuple[Finding, ...]:
    """Write an entry. Raises Refused (RSC-01 to RSC-03)."""
    return register_all(book, (resource,), by)


def register_all(
    book: Book, made: Sequence[Resource], by: By, *, dry_run: bool = False
) -> tuple[Finding, ...]:
    """Write entries, all or none; with `dry_run` none. Raises Refused with what is wrong with any of them."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        taken = set(entries.entries(connection, LinkKind.RESOURCE))
        lives = contract_facts.living(connection, by.day)
        found: list[Finding] = []
        for resource in made:
            act = ResourceAct(
                resource,
                resource.code in taken,
                contract_lives=not resource.contract or resource.contract in lives,
            )
            found += look(replace(facts, resources=ResourceFacts(act)), When.REGISTER)
            taken.add(resource.code)
        if stopping(found):
            raise Refused(stopping(found))
        for resource in made if not dry_run else ():
            writing.log("resource.registered", {"entry": entry_data(resource)}, new_id(), TOPIC)
        return tuple(found)


def change(book: Book, after: Resource, changed_on: date, reason: str, by: By) -> tuple[Finding, ...]:
    """Change an entry; every field is recorded before and after. Nothing changed is nothing written. Raises Refused."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        before = entries.entries(connection, LinkKind.RESOURCE).get(after.code)
        if before is None:
            text = _("There is no such resource.")
            raise refusal("RSC-02", after.code, text)
        changed = difference(before, entry_data(after))
        if not changed:
            return ()
        lives = not after.contract or after.contract in contract_facts.living(connection, by.day)
        act = ResourceAct(after, changing=True, reason=reason, contract_lives=lives)
        said = pass_or_refuse(replace(facts, resources=ResourceFacts(act)), When.REGISTER)
        data: dict[str, object] = {
            "code": after.code,
            "name": after.name,
            "changed_on": changed_on.isoformat(),
            "reason": reason.strip(),
            "changes": changed,
        }
        writing.log("resource.changed", data, new_id(), TOPIC)
        return said
