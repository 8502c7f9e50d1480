"""Gathering what stands on a resolution, and what is left of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.document import Document, SpendKind
from villagebook.domain.folding import first_word
from villagebook.domain.meeting import ACCEPTED_BY_SLOT, Matter, quorum_of
from villagebook.domain.policy import Policy
from villagebook.domain.project import Project, ProjectKind
from villagebook.domain.resolution import Cited, Resolution, faults
from villagebook.domain.resolution_standing import ItemStanding, ResolutionStanding
from villagebook.domain.signature import Signature, SlotKind
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.resolution_facts import Draw
from villagebook.services.gathering.levy_facts import levies
from villagebook.storage import registry
from villagebook.storage import resolutions as store
from villagebook.storage.engine import Connection

_WORKS = frozenset({Matter.LEVY, Matter.WORKS, Matter.PROJECT})


_BY_PROJECT = {
    ProjectKind.ONE_ISSUE: frozenset({Matter.LEVY}),
    ProjectKind.CONSTRUCTION: _WORKS,
}


AGAIN, YEAR = 30, 366
"""Days within which the same matter, or the same matter for the same sum, is what was rejected."""


_MONEY = frozenset({DocKind.PAYMENT, DocKind.RECEIPT, DocKind.TRANSFER})


def standing(connection: Connection, number: str) -> ResolutionStanding | None:
    """The record under a number with what is drawn on it, None when the register has none."""
    found = store.by_number(connection, number)
    return _standing(connection, found) if found else None


def standings(connection: Connection) -> tuple[ResolutionStanding, ...]:
    """Every record, the oldest meeting first."""
    return tuple(_standing(connection, h) for h in store.held(connection))


def _standing(connection: Connection, held: store.Held) -> ResolutionStanding:
    """What names no item of several counts on each of them: it may be any."""
    made = held.resolution
    quorum = quorum_of(made.body, registry.read_policy_on(connection, made.held_on).numbers)
    drawn = {} if held.annulled else store.drawn(connection, made.number)
    items = tuple(ItemStanding(i, (*drawn.get(i.no, ()), *drawn.get(0, ()))) for i in made.items)
    return ResolutionStanding(made, quorum, faults(made, quorum), items, held.annulled, held.replaced_by)


def drawn_on(connection: Connection, made: Resolution) -> dict[int, int]:
    """Item -> fen that documents draw on the number of a record that is not made yet, the largest way counted."""
    drawn = store.drawn(connection, made.number)
    found = {}
    for item in made.items:
        ways: dict[str, int] = {}
        for d in (*drawn.get(item.no, ()), *drawn.get(0, ())):
            ways[d.way] = ways.get(d.way, 0) + d.fen
        if ways:
            found[item.no] = max(ways.values())
    missing = set(drawn) - {0} - {i.no for i in made.items}
    return {**found, **dict.fromkeys(missing, sum(d.fen for no in missing for d in drawn[no]))}


def minutes_of(connection: Connection, reference: str) -> str:
    """Hash of the minutes of the resolution a signature names, "" when it is not recorded or has no picture."""
    cited = Cited.read(reference)
    held = store.by_number(connection, cited.number) if cited.number else None
    return held.resolution.papers[0].sha256 if held and held.resolution.papers else ""


def for_document(connection: Connection, base: Facts, document: Document) -> tuple[Draw, ...]:
    """What a document draws by its own words; () when it names no resolution."""
    cited = Cited.of(document.resolution, document.resolution_item)
    if not cited.number:
        return ()
    return (
        Draw(
            label(document),
            cited,
            standing(connection, cited.number),
            document.booked_on,
            own_fen=document.total_fen if document.kind in _MONEY else 0,
            way=document.kind.value,
            but=document.id,
            matters=matters_of(connection, base.policy, document),
        ),
    )


def for_signature(
    connection: Connection, base: Facts, document: Document, signature: Signature
) -> tuple[Draw, ...]:
    """What the signature of a meeting slot draws; () for persons, and where a tick is enough and names no record."""
    slot = next((s.slot for s in base.states if s.slot.code == signature.slot), None)
    cited = Cited.read(signature.reference)
    if slot is None or slot.kind is not SlotKind.MEETING or not cited.number:
        return ()
    known = standing(connection, cited.number)
    ticked = slot.code in base.policy.words["meeting_tick"]
    if known is None and ticked:
        return ()
    return (
        Draw(
            f"{label(document)}: {slot.code}",
            cited,
            known,
            signature.signed_on,
            own_fen=document.total_fen if document.kind in _MONEY else 0,
            way=document.kind.value,
            but=document.id,
            matters=matters_of(connection, base.policy, document),
            bodies=ACCEPTED_BY_SLOT.get(slot.code, frozenset()),
            by_steps=slot.code == "ML",
            must_be_known=not ticked,
        ),
    )


def cite(
    connection: Connection,
    named: str,
    where: str,
    on: date,
    *,
    target: str = "",
    matters: frozenset[Matter] = frozenset(),
    own_fen: int = 0,
    must_be_known: bool = False,
) -> tuple[Draw, ...]:
    """What an entry of a register stands on; () when it names nothing."""
    cited = Cited.read(named)
    if not cited.number:
        return ()
    known = standing(connection, cited.number)
    if known and not cited.item:
        cited = replace(cited, item=_fitting(known, matters))
    return (
        Draw(
            where,
            cited,
            known,
            on,
            target,
            own_fen,
            "register",
            matters=matters,
            must_be_known=must_be_known,
        ),
    )


def _fitting(known: ResolutionStanding, matters: frozenset[Matter]) -> int:
    """The item about one of the matters, 0 when there are several: an entry of a register names a number, seldom an item."""
    fitting = [i.item.no for i in known.items if not matters or i.item.matter in matters]
    if len(fitting) > 1 and matters:
        return 0
    return (fitting or [i.item.no for i in known.items])[0]


def matters_of(connection: Connection, policy: Policy, document: Document) -> frozenset[Matter]:
    """What the item behind a document has to be about; empty when the law asks for nothing in particular."""
    if document.kind is DocKind.PAYMENT and document.spend_kind is SpendKind.LOAN:
        return frozenset({Matter.LENDING, Matter.DISPOSAL})
    borrow = policy.words["borrow_accounts"]
    if document.kind is DocKind.RECEIPT and any(i.account.startswith(borrow) for i in document.items):
        return frozenset({Matter.BORROWING, Matter.DISPOSAL})
    texts = (document.summary, *(i.summary for i in document.items))
    if document.kind is DocKind.PAYMENT and first_word(texts, policy.words["lost_work"]):
        return frozenset({Matter.LOST_WORK, Matter.BUDGET})
    if levies(connection, (k for i in document.items for k in i.links)):
        return _WORKS
    return frozenset()


def matters_of_project(project: Project) -> frozenset[Matter]:
    return _BY_PROJECT.get(project.kind, frozenset())
