"""Gathering what stands on a resolution, what is left of it, which vetoes stand and which slots are late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.folding import first_word
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.meeting import ACCEPTED_BY_SLOT, Body, Matter, quorum_of
from villagebook.domain.policy import Policy
from villagebook.domain.project import Project, ProjectKind
from villagebook.domain.resolution import Cited, Resolution, faults
from villagebook.domain.resolution_standing import ItemStanding, ResolutionStanding
from villagebook.domain.roster import Household, count
from villagebook.domain.signature import Signature, SlotKind, SlotState, next_slot
from villagebook.domain.splitting import payee_key, purpose_key
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.resolution_facts import Draw, Late, Levied, LevyFacts
from villagebook.storage import documents as docs
from villagebook.storage import projects, receipts, registry, roster
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


# ---- how records stand ----


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


# ---- who stands on them ----


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


def levies(connection: Connection, links: Iterable[Link]) -> tuple[Project, ...]:
    """一事一议 projects among the things a document is marked for."""
    codes = {k.code for k in links if k.kind is LinkKind.PROJECT}
    found = projects.projects(connection) if codes else ()
    return tuple(p for p in found if p.code in codes and p.kind is ProjectKind.ONE_ISSUE)


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


def levied(connection: Connection, document: Document) -> Levied | None:
    """What a receipt takes in for 一事一议 from villagers; None when it does not: an award comes on a fiscal note, a gift from
    an outside party."""
    if document.kind is not DocKind.RECEIPT:
        return None
    found: dict[str, None] = {}
    named = bool(document.receipt_no)
    for item in document.items:
        kinds = {k.kind for k in item.links}
        strange = LinkKind.OUTSIDER in kinds or document.support is Support.FISCAL_NOTE
        if LinkKind.HOUSEHOLD in kinds or not strange:  # what a household gives is neither award nor gift
            own = [p.name for p in levies(connection, item.links)]
            found.update(dict.fromkeys(own))
            named = named or bool(own and LinkKind.HOUSEHOLD in kinds)
    return Levied(tuple(found), named, receipts.next_no(connection, levy=True)) if found else None


def levy(connection: Connection, project: Project, draws: tuple[Draw, ...]) -> LevyFacts:
    """A project beside the register of households on the day it was decided."""
    households = roster.households(connection)
    unknown = tuple(code for code in project.exempt if code not in households)
    members = heads(households.values(), project.exempt, project.decided_on) if households else None
    item = draws[0].item if draws else None
    return LevyFacts(project, members, unknown, item)


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


# ---- vetoes and deadlines ----


def veto_stands(connection: Connection, document: Document) -> bool:
    """True when somebody rejected this document, whatever was changed since, and nobody lifted it for what it says now.

    A lifting holds for the payee and for at most the sum it was given for. What was rejected is not entered anew either:
    the same matter of the same payee within `AGAIN` days, or the same sum and matter within a year.
    """
    stop = docs.rejection(connection, document.id)
    if stop is not None:
        return not _lifted(connection, document.id, stop.seq, document)
    for other_id, content_hash, day, no in docs.rejections(connection):
        days = abs((document.booked_on - day).days)
        if other_id == document.id or days > YEAR:
            continue
        rejected = docs.content_of(connection, other_id, content_hash)
        again = rejected is not None and _is_again(document, rejected, days)
        if again and not _lifted(connection, other_id, no.seq, document):
            return True
    return False


def _lifted(connection: Connection, document_id: str, rejected_at: int, document: Document) -> bool:
    """Whether the no at a position of the log was lifted, for what a document says, by a decision that still stands."""
    lift = store.lift_of(connection, document_id)
    if lift is None or lift.seq < rejected_at or not still_decided(connection, lift):
        return False
    return document.total_fen <= lift.total_fen and document.party == lift.party


def still_decided(connection: Connection, lift: store.Lift) -> bool:
    """Whether the resolution that lifted a veto has not been struck out since; the township's word is not taken back."""
    if not lift.number:
        return True
    known = standing(connection, lift.number)
    if known is None or known.annulled or known.faults:
        return False
    decided = known.resolution.item(lift.item)
    return decided is not None and decided.document == lift.document_id


def _is_again(document: Document, rejected: Document, days: int) -> bool:
    """A payment like one that was rejected: the same payee, and the same matter."""
    if document.kind is not rejected.kind or payee_key(document.party) != payee_key(rejected.party):
        return False
    one, other = purpose_key(document.summary), purpose_key(rejected.summary)
    same_sum = document.total_fen == rejected.total_fen
    return bool(one) and one == other and (days <= AGAIN or same_sum)


def lateness(
    facts: Facts, submitted_on: date, states: tuple[SlotState, ...], today: date
) -> tuple[str, date, int] | None:
    """(slot whose turn it is, counted since, days beyond what is allowed); None while everything is in time.

    The first open slot with a deadline is looked at: supervision's counts from the day the document was sent in, the next
    ones' from the day the one before was filled, however long others keep the slip in between. Waiting changes nothing
    but this figure.
    """
    turn, since = next_slot(states), submitted_on
    for state in states:
        allowed = facts.policy.numbers.get(f"sign_days_{state.slot.code}")
        if allowed is None:
            continue
        if state.open_count:
            late = (today - since).days - allowed
            return (turn.code, since, late) if turn and late > 0 else None
        since = max([since, *(g.signed_on for g in state.signatures)])
    return None


def late_of(facts: Facts, held: docs.Submitted, states: tuple[SlotState, ...], today: date) -> Late | None:
    """As `lateness`, of a document that waits."""
    found = lateness(facts, held.submitted_on, states, today)
    return Late(held.document.id, label(held.document), *found) if found else None
