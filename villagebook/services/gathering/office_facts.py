"""Who is kept away from a document: its payee in every guise, and the payee's near relatives in the list of persons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.folding import folded, name_key
from villagebook.domain.kinship import Kin, Party, Relation, near_to
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.pay_list import ListKind
from villagebook.domain.people import Post
from villagebook.domain.roster import Household, Outsider
from villagebook.domain.signature import Slot
from villagebook.domain.stand_in import stood_in as worked_out
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import Facts
from villagebook.rules.office_facts import OfficeFacts
from villagebook.storage import offices, pay_lists, registry, roster
from villagebook.storage.engine import Connection


def as_of(connection: Connection, facts: Facts, document: Document, position: int) -> Facts:
    """Facts with the people as the log knew them at a position: what was told later changes no judgement of then."""
    then = replace(facts, staff=registry.read_staff(connection, position))
    return replace(then, office=for_document(connection, then, document, offices.kin(connection, position)))


def for_document(
    connection: Connection, base: Facts, document: Document, kin: tuple[Kin, ...] | None = None
) -> OfficeFacts:
    """Nobody is paid by a document that is no payment. `kin` None reads what is told by now."""
    if document.kind is not DocKind.PAYMENT:
        return OfficeFacts()
    links = frozenset(link for item in document.items for link in item.links)
    houses, firms = _entries(connection, document, links)
    written = [document.party, document.payee_account, *(item.party for item in document.items)]
    told = [name for text in written for name in (text, *_several(text))]
    told += [h.head for h in houses]
    told += [name for firm in firms for name in (firm.name, firm.holder)]
    told += _on_its_list(connection, document)
    if document.payee_person:
        told.append(base.staff.name(document.payee_person))
    names = {name_key(name) for name in told} - {""}
    known = {p.id: p.name for p in base.staff.persons.values()}
    ids = {document.payee_person} - {""}
    beside = _not_whole(connection, known.values(), written)
    ids |= {i for i, name in known.items() if name_key(name) in names or _within(name, beside)}
    found = {*links, *(Link(LinkKind.HOUSEHOLD, h.code) for h in houses)}
    found |= {Link(LinkKind.OUTSIDER, f.code) for f in firms}
    party = Party(frozenset(ids), frozenset(names), frozenset(found))
    kin = offices.kin(connection) if kin is None else kin
    near = near_to(party, kin, base.policy.words["near_kin"], document.booked_on, known)
    at_home = {name_key(m.name) for h in houses for m in h.present(document.booked_on)}
    for person, name in known.items():
        if name_key(name) in at_home and person not in ids:
            near.setdefault(person, Relation.OTHER)  # of the payee's own household, by name
    return OfficeFacts(kin=kin, payee=party, near=near)


_BETWEEN = re.compile(r"[、，,;；/+&和及与\s]+")
_AND_OTHERS = re.compile(r"等[^等]*$")
_TOLD_APART = 3
"""Fewest characters of a name that is looked for inside other words: two stand in too many names."""


def _several(text: str) -> tuple[str, ...]:
    """Names out of a payee that is several: 王建国、李秀英; 王建国等3人."""
    pieces = (_AND_OTHERS.sub("", piece) for piece in _BETWEEN.split(unicodedata.normalize("NFKC", text)))
    return tuple(piece for piece in pieces if piece)


def _not_whole(connection: Connection, persons: Iterable[str], written: list[str]) -> list[str]:
    """Texts that are nobody's whole name: 阿不都·买买提 of the register of households is not his father 买买提."""
    texts = [text.strip() for text in written if text.strip()]
    houses = roster.households_with(connection, texts)
    whole = {name_key(name) for name in persons}
    whole |= {name_key(name) for h in houses for name in (h.head, *(m.name for m in h.members))}
    return [text for text in texts if name_key(text) not in whole]


def _within(name: str, written: list[str]) -> bool:
    """Whether a payee holds somebody's whole name beside other words: 村主任王建国, 王建国建材店."""
    key = name_key(name)
    return len(key) >= _TOLD_APART and any(key in folded(text) for text in written)


def _on_its_list(connection: Connection, document: Document) -> list[str]:
    """Names of who is paid by the list of a document; those of a pay list get what their rate says, whoever signs."""
    found = pay_lists.pay_list(connection, document.pay_list.strip()) if document.pay_list.strip() else None
    if found is None or found.kind is ListKind.PAY:
        return []
    return [row.name for row in found.rows]


def _entries(
    connection: Connection, document: Document, links: frozenset[Link]
) -> tuple[tuple[Household, ...], tuple[Outsider, ...]]:
    """Households and outside parties that are paid: those the lines name, else those the payee's name is."""
    party = name_key(document.party)
    named = [k for k in links if k.kind in (LinkKind.HOUSEHOLD, LinkKind.OUTSIDER)]
    if named:
        codes = {(k.kind, k.code) for k in named}
        houses = (
            [h for c, h in roster.households(connection).items() if (LinkKind.HOUSEHOLD, c) in codes]
            if any(k.kind is LinkKind.HOUSEHOLD for k in named)
            else []
        )
        firms = [f for c, f in roster.outsiders(connection).items() if (LinkKind.OUTSIDER, c) in codes]
        return tuple(houses), tuple(firms)
    if not party:
        return (), ()
    heads = {h for h in roster.heads(connection) if name_key(h) == party}
    houses = [h for h in roster.households_with(connection, heads) if h.head in heads]
    firms = [f for f in roster.outsiders(connection).values() if name_key(f.name) == party]
    return tuple(houses), tuple(firms)


def all_review(
    facts: Facts, document: Document, slots: tuple[Slot, ...], counted_fen: int
) -> tuple[Slot, ...]:
    """Above the township's limit every supervisor signs who is neither concerned nor the payee's relative (AP4, R5)."""
    limit_fen = facts.policy.number("supervision_all_fen")
    if not limit_fen or counted_fen <= limit_fen:
        return slots
    out = {document.handler, document.payee_person, *facts.office.payee.ids, *facts.office.near}

    def whole(slot: Slot) -> Slot:
        free = {p.id for p in facts.staff.holders(slot.posts, facts.today)} - out
        return replace(slot, count=max(slot.count, len(free)))

    return tuple(whole(s) if s.code == "S" else s for s in slots)


def stood_in(facts: Facts, document: Document, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots of a document with whoever stands in for a head that may not sign, as of the day of the facts."""
    involved = {document.handler, document.payee_person, *facts.office.payee.ids} - {""}
    return worked_out(slots, facts.staff, facts.today, involved, facts.office.near)


def ground(connection: Connection, facts: Facts) -> Facts:
    """The book as a whole with who is whose relative."""
    return replace(facts, office=replace(facts.office, kin=offices.kin(connection)))


def last_signed(connection: Connection, facts: Facts, post: Post) -> date | None:
    """The newest day the holder signed a slot that only this post gave the right to; None when there is none."""
    slots = [s.code for s in facts.policy.slots.values() if post.kind in s.posts]
    last = offices.last_signed(connection, post.person_id, slots, post.from_on)
    others = [p for p in facts.staff.posts if p.person_id == post.person_id and p.id != post.id]
    if last and any(
        o.covers(last) and any(o.kind in facts.policy.slots[s].posts for s in slots) for o in others
    ):
        return None
    return last
