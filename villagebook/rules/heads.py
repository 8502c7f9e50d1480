"""Who may not sign although the post is right: relatives, heads in their own matter, one head in two posts (AP6, AP7, X8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from villagebook.domain.finding import Severity
from villagebook.domain.folding import name_key
from villagebook.domain.people import PostKind
from villagebook.domain.signature import Slot, StandIn
from villagebook.domain.stand_in import both_heads, stood_in
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.post_words import relation_title
from villagebook.rules.rule import Hit, Rule, When

SIGN = frozenset({When.SIGN})
BOTH = frozenset({When.SUBMIT, When.SIGN})
OWN_MATTER = ("S", "D", "P")
"""Slots that approve; the handler's own is H."""


def _relative(facts: Facts) -> Iterator[Hit]:
    doc, signature = facts.document, facts.signature
    if doc is None:
        return
    if signature is None:
        who, slot = doc.handler, "H"
        wanted = any(s.code == "H" for s in facts.slots or ())
    else:
        who, slot = signature.person_id, signature.slot
        wanted = True
    relation = facts.office.near.get(who)
    if wanted and relation is not None and slot in facts.policy.words["kin_slots"]:
        name, words = facts.staff.name(who), relation_title(relation)
        yield Hit(
            f"{label(doc)}: {slot} {name}", {"name": name, "payee": doc.party, "relation": words}, "people"
        )


def _one_shoulder(facts: Facts) -> Iterator[Hit]:
    doc, signature = facts.document, facts.signature
    if doc is None:
        return
    if signature is None:
        for slot in facts.slots or ():
            if slot.why is StandIn.ONE_SHOULDER and not facts.staff.holders(slot.posts, facts.today):
                yield _unnamed(facts, slot.code)
        return
    usual = [facts.policy.slots.get(s.slot.code, s.slot) for s in facts.states]
    involved = {doc.handler, doc.payee_person, *facts.office.payee.ids} - {""}
    on_day = stood_in(usual, facts.staff, signature.signed_on, involved, facts.office.near)
    held = facts.staff.posts_of(signature.person_id, signature.signed_on)
    for slot in on_day:
        if (
            slot.code == signature.slot
            and slot.why is StandIn.ONE_SHOULDER
            and not _is_deputy(slot, held, signature.person_id, both_heads(facts.staff, signature.signed_on))
        ):
            yield _unnamed(facts, slot.code)


def _is_deputy(slot: Slot, held: frozenset[PostKind], who: str, heads: frozenset[str]) -> bool:
    return bool(held & set(slot.posts)) and who not in heads


def _unnamed(facts: Facts, slot: str) -> Hit:
    day = facts.signature.signed_on if facts.signature else facts.today
    names = ", ".join(sorted(facts.staff.name(i) for i in both_heads(facts.staff, day)))
    about = label(facts.document) if facts.document else ""
    return Hit(f"{about}: {slot}", {"name": names or "-", "slot": slot}, "people")


def _own_matter(facts: Facts) -> Iterator[Hit]:
    doc, signature = facts.document, facts.signature
    if doc is None or signature is None or not signature.person_id or signature.slot not in OWN_MATTER:
        return
    if signature.person_id == doc.handler or signature.person_id in facts.office.payee.ids:
        name = facts.staff.name(signature.person_id)
        yield Hit(f"{label(doc)}: {signature.slot}", {"name": name}, "people")


def _namesake(facts: Facts) -> Iterator[Hit]:
    signature = facts.signature
    if signature is None or not signature.person_id:
        return
    name = facts.staff.name(signature.person_id)
    given = {g.person_id for s in facts.states for g in s.signatures if g.person_id}
    if signature.person_id not in given and name_key(name) in {name_key(facts.staff.name(i)) for i in given}:
        about = label(facts.document) if facts.document else signature.subject
        yield Hit(f"{about}: {signature.slot} {name}", {"name": name}, "people")


def _known_since(facts: Facts) -> Iterator[Hit]:
    """What was told about people after they had signed and before the money leaves."""
    doc = facts.document
    for given in facts.office.signed if doc else ():
        relation = facts.office.near.get(given.person_id)
        if doc is None or not given.person_id:
            continue
        name = facts.staff.name(given.person_id)
        values: dict[str, object] = {"name": name, "payee": doc.party}
        where = f"{label(doc)}: {given.slot} {name}"
        if given.person_id in facts.office.payee.ids:
            yield Hit(where, {**values, "what": _("is paid by this")}, f"document:{doc.id}")
        elif relation is not None and given.slot in facts.policy.words["kin_slots"]:
            text = _("is a near relative of the payee ({relation})")
            what = text.format(relation=relation_title(relation))
            yield Hit(where, {**values, "what": what}, f"document:{doc.id}", Severity.HOLD)


def usual(slot: Slot, facts: Facts) -> Slot:
    """A slot as the township's file has it, joined by who stands in."""
    known = facts.policy.slots.get(slot.code, slot)
    if slot.why is None or not known.posts:
        return slot
    return replace(slot, posts=(*known.posts, *slot.posts))


RULES = (
    Rule(
        "AP-10",
        "AP6",
        Severity.HOLD,
        BOTH,
        "村民委员会组织法 32, 农村集体经济组织法 34 [A]",
        N_("No near relative of the payee handles or approves"),
        N_("Nobody should have to say no to the own family."),
        N_(
            "{name} is a near relative of the payee {payee} ({relation}). Let another person or the township sign, or record why not."
        ),
        _relative,
    ),
    Rule(
        "AP-11",
        "AP7",
        Severity.ERROR,
        BOTH,
        "[D]",
        N_("One person in both head posts approves once"),
        N_("Two approvals by one person are one approval."),
        N_("{name} is director and secretary. Slot {slot} is signed by a deputy: name one under People."),
        _one_shoulder,
    ),
    Rule(
        "AP-41",
        "X8",
        Severity.ERROR,
        SIGN,
        "approvals.md X8 [D]",
        N_("Nobody approves a matter of the own"),
        N_("Who spends the money or gets it cannot also allow it."),
        N_(
            "{name} handles this or is paid by it and does not approve it. The other head or the township signs."
        ),
        _own_matter,
    ),
    Rule(
        "AP-50",
        "AP5",
        Severity.HOLD,
        SIGN,
        "会计法 25 [N]; [D]",
        N_("Two entries of one name are two people"),
        N_("One person entered twice could fill two slots."),
        N_(
            "Somebody called {name} has signed this already. If these are two people, record that; if not, another must sign."
        ),
        _namesake,
    ),
    Rule(
        "AP-83",
        "AP6",
        Severity.ERROR,
        frozenset({When.POST}),
        "会计法 25 [N]; 村民委员会组织法 32 [A]; [D]",
        N_("Who signed is still nobody of the payee's when money leaves"),
        N_("A tie that is told only after the signature was there before it."),
        N_(
            "{name} has signed and, as the book knows by now, {what}; payee {payee}. Take the document back and have another "
            "person sign it; for a relative a recorded reason is enough."
        ),
        _known_since,
    ),
)
