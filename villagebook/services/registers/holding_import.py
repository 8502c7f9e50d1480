"""Cards of assets, resources and contracts taken in from a table: refused whole with every bad row, or entered whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from villagebook.domain.asset import Asset
from villagebook.domain.contract import Contract
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.people import Staff
from villagebook.domain.resource import Resource
from villagebook.exchange import imports_holdings as parsing
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import ASSETS, CONTRACTS, RESOURCES
from villagebook.exchange.tables import read_rows
from villagebook.services.book_file.opening import in_file
from villagebook.services.by import By
from villagebook.services.registers import assets, contracts, resources
from villagebook.storage import entries, registry
from villagebook.storage.book import Book

LAYOUTS = (ASSETS, RESOURCES, CONTRACTS)
E = TypeVar("E", Resource, Contract)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many entries were made, and what there is to say about the file."""

    entries: int
    findings: tuple[Finding, ...]


def import_holdings(book: Book, path: Path, layout: str, by: By, *, dry_run: bool = False) -> TakenIn:
    """Take cards, resources or contracts in, all or none (none with `dry_run`); entries without a number get the next one.

    Raises Refused with every bad row or entry at once, KnownError for an unreadable file; nothing is written then.
    """
    sheet = read_rows(path)
    with book.reading() as connection:
        staff, chart = registry.read_staff(connection), registry.read_chart(connection)
        kinds = {ASSETS: LinkKind.ASSET, RESOURCES: LinkKind.RESOURCE, CONTRACTS: LinkKind.CONTRACT}
        taken = set(entries.entries(connection, kinds[layout]))
        known = {
            code: Link(kind, code)
            for kind in (LinkKind.ASSET, LinkKind.RESOURCE)
            for code in entries.entries(connection, kind)
        }
    problems = Problems()
    if layout == ASSETS:
        cards, found = parsing.parse_assets(sheet)
        _stop(found, path)
        made = _numbered([_kept(card, row, staff, problems) for card, row in cards], taken)
        said = assets.register_all(book, made, by, dry_run=dry_run)
        return TakenIn(len(made), in_file((*found, *problems.findings(), *said), path.name))
    if layout == RESOURCES:
        fields, found = parsing.parse_resources(sheet)
        _stop(found, path)
        numbered = _coded([r for r, _row in fields], taken, "Z-0001")
        said = resources.register_all(book, numbered, by, dry_run=dry_run)
        return TakenIn(len(numbered), in_file((*found, *said), path.name))
    agreed, found = parsing.parse_contracts(sheet, chart)
    told = []
    for contract, row in agreed:
        if row.object and row.object not in known:
            problems.add("IMP-86", row.number, value=row.object)
        link = known.get(row.object)
        told.append(replace(contract, objects=(link,) if link else ()))
    found = (*found, *problems.findings())
    _stop(found, path)
    signed = _coded(told, taken, "H-0001")
    said = contracts.register_all(book, signed, by, dry_run=dry_run)
    return TakenIn(len(signed), in_file((*found, *said), path.name))


def _stop(found: tuple[Finding, ...], path: Path) -> None:
    if stopping(found):
        raise Refused(in_file(stopping(found), path.name))


def _kept(card: Asset, row: parsing.Row, staff: Staff, problems: Problems) -> Asset:
    """The card with its keeper looked up by name."""
    if not row.keeper:
        return card
    person = next((p.id for p in staff.persons.values() if p.name == row.keeper), "")
    if not person:
        problems.add("IMP-85", row.number, value=row.keeper)
    return replace(card, keeper=person)


def _numbered(cards: Sequence[Asset], taken: set[str]) -> list[Asset]:
    """Cards by family: each has a first number of its own."""
    taken = {*taken, *(c.code for c in cards if c.code)}
    made = []
    for card in cards:
        code = card.code or assets.next_code(taken, assets.first_code(card.family.value))
        taken.add(code)
        made.append(replace(card, code=code))
    return made


def _coded(made: Sequence[E], taken: set[str], first: str) -> list[E]:
    taken = {*taken, *(m.code for m in made if m.code)}
    done = []
    for one in made:
        code = one.code or assets.next_code(taken, first)
        taken.add(code)
        done.append(replace(one, code=code))
    return done
