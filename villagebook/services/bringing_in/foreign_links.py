"""Names in auxiliary columns of a file: asked once what they are in the registers, then tied to the lines."""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from villagebook.domain.account import Chart
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.folding import name_key
from villagebook.domain.foreign import FileMapping
from villagebook.domain.foreign_names import KINDS, Entry, FileName, NameRole, equal_names, key_of
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.exchange.import_findings import TEXTS
from villagebook.exchange.imports_opening import OpeningDraft
from villagebook.exchange.imports_vouchers import VoucherDraft
from villagebook.i18n import _
from villagebook.services.links import by_link
from villagebook.storage import links, roster
from villagebook.storage.engine import Connection

Draft = TypeVar("Draft", VoucherDraft, OpeningDraft)


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name of the file: what somebody said it is (None while nobody did), and the entries whose name is the same."""

    found: FileName
    entry: Entry | None
    offered: tuple[LinkTarget, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """The entries of a book's registers by link and by every name they are known under."""

    known: Mapping[Link, LinkTarget]
    named: Mapping[str, tuple[LinkTarget, ...]]

    def has(self, role: NameRole) -> bool:
        """Is there anything a name of this role could be?"""
        return any(link.kind in KINDS[role] for link in self.known)


def registers(connection: Connection) -> Registers:
    """As the book has them now; a household is known by the names of all its members."""
    targets = links.targets(connection)
    known = by_link(targets)
    named: dict[str, dict[Link, LinkTarget]] = {}
    for target in targets:
        named.setdefault(name_key(target.name), {})[target.link] = target
    for household in roster.households(connection).values():
        held = known.get(Link(LinkKind.HOUSEHOLD, household.code))
        if held is not None:
            for member in household.members:
                named.setdefault(name_key(member.name), {})[held.link] = held
    return Registers(known, {key: tuple(found.values()) for key, found in named.items()})


def names_of(drafts: Iterable[VoucherDraft | OpeningDraft]) -> tuple[FileName, ...]:
    """Every name the lines bear, once, in the order of the file."""
    seen: dict[tuple[NameRole, str], list[int]] = {}  # folding is slow, and most names come many times
    for draft in drafts:
        for role, text, row in _names(draft):
            seen.setdefault((role, text), [row, 0])[1] += 1
    found: dict[str, FileName] = {}
    for (role, text), (row, count) in seen.items():
        name = FileName(role, text, row, count)
        first = found.setdefault(name.key, name)
        if first is not name:
            found[name.key] = replace(first, count=first.count + name.count)
    return tuple(found.values())


def _names(draft: VoucherDraft | OpeningDraft) -> Iterable[tuple[NameRole, str, int]]:
    if isinstance(draft, OpeningDraft):
        if draft.party:
            yield NameRole.PARTY, draft.party, draft.row
        return
    for line in draft.lines:
        if line.party:
            yield NameRole.PARTY, line.party, draft.first_row
        if line.project:
            yield NameRole.PROJECT, line.project, draft.first_row


def name_lines(found: Iterable[FileName], mapping: FileMapping, held: Registers) -> tuple[NameLine, ...]:
    """The names that are asked for: none of a role for which the book has no register yet."""
    made = []
    for name in found:
        if not held.has(name.role):
            continue
        entry = mapping.entries.get(name.key)
        if entry is not None and not entry.holds(held.known):
            entry = None
        made.append(NameLine(name, entry, equal_names(name, held.named)))
    return tuple(made)


def linked(drafts: Iterable[Draft], lines: Iterable[NameLine], chart: Chart) -> tuple[Draft, ...]:
    """The drafts with the links somebody confirmed; the words stay beside them.

    Lines of money get none: many files repeat a name on every line of an entry, and the two sides would set each other off.
    """
    chosen = {
        line.found.key: line.entry.target.link
        for line in lines
        if line.entry is not None and line.entry.target is not None
    }
    money = frozenset(account.code for account in chart if account.is_money)
    links_for = functools.cache(functools.partial(_links, chosen))
    return tuple(_tied(draft, links_for, money) for draft in drafts) if chosen else tuple(drafts)


def _tied(draft: Draft, links_for: Callable[[str, str], tuple[Link, ...]], money: Container[str]) -> Draft:
    if isinstance(draft, OpeningDraft):
        return draft if draft.account in money else replace(draft, links=links_for(draft.party, ""))
    if not any(line.party or line.project for line in draft.lines):
        return draft
    lines = tuple(
        replace(line, links=links_for(line.party, line.project))
        if (line.party or line.project) and line.account not in money
        else line
        for line in draft.lines
    )
    return replace(draft, lines=lines)


def _links(chosen: Mapping[str, Link], party: str, project: str) -> tuple[Link, ...]:
    keys = (key_of(NameRole.PARTY, party), key_of(NameRole.PROJECT, project))
    return tuple(sorted({chosen[key] for key in keys if key in chosen}))


def sure_entries(lines: Iterable[NameLine]) -> dict[str, Entry]:
    """The open names with exactly one entry of the same name: what a person confirms with one key."""
    return {
        line.found.key: Entry(line.offered[0])
        for line in lines
        if line.entry is None and len(line.offered) == 1
    }


def as_words(lines: Iterable[NameLine]) -> dict[str, Entry]:
    """The open names that are in no register, to stay words."""
    return {line.found.key: Entry() for line in lines if line.entry is None and not line.offered}


def undecided(lines: Iterable[NameLine], file: str) -> list[Finding]:
    """A finding for every name nobody decided, with what is offered."""
    made = []
    text = TEXTS["IMP-51"]
    for line in lines:
        if line.entry is not None:
            continue
        said = _(text).format(value=line.found.text)
        if line.offered:
            names = "; ".join(f"{t.code} {t.name}" for t in line.offered)
            said = _("{text} Did you mean {suggestion}?").format(text=said, suggestion=names)
        where = _("{name} row {row}").format(name=file, row=line.found.row) if line.found.row else file
        made.append(Finding("IMP-51", Severity.ERROR, where, said))
    return made
