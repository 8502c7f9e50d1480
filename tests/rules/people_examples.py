"""Examples for people: relatives, heads in their own matter, one shoulder, terms of office, handovers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from villagebook.domain.kinship import Kin, Party, Relation
from villagebook.domain.office_handover import Hand, HandoverList, Part, PartCode, Terms
from villagebook.domain.people import Person, Post, PostKind, Staff
from villagebook.domain.signature import Signature, slot_states
from villagebook.rules.facts import Facts
from villagebook.rules.office_facts import Counted, EndedPost, GivenPost, HandoverFacts, OfficeFacts, Stated
from villagebook.rules.rule import When
from villagebook.services.gathering.facts import needed_slots

Make = Callable[[], Facts]
FEB = date(2025, 2, 28)
SINCE = date(2025, 1, 1)


def staff(*more: tuple[str, PostKind], namesake: str = "") -> Staff:
    """The village of the examples with further posts, and somebody of another's name."""
    persons = list(f.STAFF.persons.values())
    known = {p.id for p in persons}
    persons += [Person(i, f"某{n}") for n, (i, _k) in enumerate(more) if i not in known]
    if namesake:
        persons.append(Person("namesake", f.STAFF.name(namesake)))
    posts = [Post(f"m{n}", i, k, SINCE) for n, (i, k) in enumerate(more)]
    return Staff(persons, (*f.STAFF.posts, *posts))


def near(*who: str) -> OfficeFacts:
    return OfficeFacts(
        payee=Party(names=frozenset({"县农机公司"})), near=dict.fromkeys(who, Relation.SIBLING)
    )


def one_head(*more: tuple[str, PostKind]) -> Staff:
    return staff(("director", PostKind.SECRETARY), *more)


def submitting(who: Staff, office: OfficeFacts | None = None) -> Facts:
    facts = f.about(f.payment(), staff=who, office=office or OfficeFacts())
    return replace(facts, slots=needed_slots(facts, f.payment()))


DEPUTY = ("deputy", PostKind.DEPUTY_SECRETARY)
APPROVED = (*f.FULL, f.ink("D", "director"))


def approving(signature: Signature, who: Staff, given: tuple[Signature, ...] = APPROVED) -> Facts:
    facts = submitting(who)
    return replace(facts, signature=signature, states=slot_states(facts.slots or (), given))


def giving(
    kind: PostKind = PostKind.SUPERVISOR,
    who: str = "witness",
    kin: tuple[Kin, ...] = (),
    switches: tuple[str, ...] = (),
    **more: Any,
) -> Facts:
    act = GivenPost(who, kind, f.DAY, **more)
    facts = f.ground(office=OfficeFacts(kin=kin, giving=act))
    if not switches:
        return facts
    policy = replace(facts.policy, switches={**facts.policy.switches, **dict.fromkeys(switches, True)})
    return replace(facts, policy=policy)


def tie(
    one: str, other: str, relation: Relation = Relation.SPOUSE, ended: date | None = None
) -> tuple[Kin, ...]:
    return (Kin("k", one, relation, other, ended_on=ended),)


def left(handed_to: str = "", decision: str = "", handed_on: date | None = FEB) -> Post:
    return Post(
        "old", "handler", PostKind.CASHIER, SINCE, FEB, handed_to, decision, handed_on if handed_to else None
    )


def ending(**more: Any) -> Facts:
    return f.ground(office=OfficeFacts(ending=EndedPost(f.STAFF.posts[4], f.DAY, **more)))


POST = next(p for p in f.STAFF.posts if p.person_id == "accountant")


def handing(
    taker: str = "witness", overseer: str = "head", on: date = f.DAY, post: Post | None = POST, **more: Any
) -> Facts:
    content = HandoverList(
        "h1",
        Terms(POST.id, taker, overseer, on),
        PostKind.ACCOUNTANT,
        "accountant",
        tuple(Part(code, ()) for code in PartCode),
    )
    return f.ground(office=OfficeFacts(handover=HandoverFacts(content, post, **more)))


def cash(counted_fen: int | None) -> Facts:
    return handing(cash=(Counted("备用金", 50_000, counted_fen),))


def bank(stated_on: date | None, left_fen: int = 0) -> Facts:
    return handing(bank=(Stated("基本户", 90_000, stated_on, left_fen, f.DAY),))


KIN_OUT = (PostKind.ACCOUNTANT, "witness", tie("director", "witness"))

PEOPLE_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    ("AP-10", When.SUBMIT): (
        lambda: f.about(f.payment(), office=near("witness")),
        lambda: f.about(f.payment(), office=near("handler")),
    ),
    ("AP-10", When.SIGN): (
        lambda: f.signing(f.ink("C", "clerk"), f.FULL[:2], office=near("clerk", "director")),
        lambda: f.signing(f.ink("H", "handler"), office=near("handler")),
        lambda: f.signing(f.ink("W", "witness"), f.FULL[:1], office=near("witness")),
        lambda: f.signing(f.ink("S", "head"), f.FULL[:3], office=near("head")),
        lambda: f.signing(f.ink("D", "director"), f.FULL, office=near("director")),
    ),
    ("AP-11", When.SUBMIT): (lambda: submitting(one_head(DEPUTY)), lambda: submitting(one_head())),
    ("AP-11", When.SIGN): (
        lambda: approving(f.ink("P", "deputy"), one_head(DEPUTY)),
        lambda: approving(f.ink("P", "director"), one_head(DEPUTY), (*f.FULL, f.ink("D", "deputy"))),
        lambda: approving(
            f.ink("P", "second"),
            one_head(DEPUTY, ("second", PostKind.SECRETARY)),
        ),
    ),
    ("AP-41", When.SIGN): (
        lambda: f.signing(f.ink("D", "director"), f.FULL),
        lambda: f.signing(f.ink("D", "director"), f.FULL, document=f.payment(handler="director")),
        lambda: f.signing(
            f.ink("D", "director"), f.FULL, office=OfficeFacts(payee=Party(ids=frozenset({"director"})))
        ),
        lambda: f.signing(f.ink("S", "head"), f.FULL[:3], document=f.payment(handler="head")),
    ),
    ("AP-50", When.SIGN): (
        lambda: f.signing(f.ink("W", "witness"), f.FULL[:1]),
        lambda: f.signing(f.ink("W", "namesake"), f.FULL[:1], staff=staff(namesake="handler")),
    ),
    ("AP-83", When.POST): (
        lambda: f.posting(f.FULL, office=replace(near("villager"), signed=f.FULL)),
        lambda: f.posting(f.FULL, office=OfficeFacts(payee=Party(ids=frozenset({"head"})), signed=f.FULL)),
        lambda: f.posting(f.FULL, office=OfficeFacts(payee=Party(ids=frozenset({"handler"})), signed=f.FULL)),
    ),
    ("E2L-41", When.SIGN): (
        lambda: approving(f.ink("P", "deputy"), staff(DEPUTY)),
        lambda: f.signing(f.ink("C", "clerk"), f.FULL[:2], staff=staff(("clerk", PostKind.SUPERVISOR))),
        lambda: f.signing(f.ink("D", "director"), f.FULL, staff=staff(("director", PostKind.ACCOUNTANT))),
    ),
    ("AP-42", When.OFFICE): (
        lambda: giving(kin=tie("witness", "director", Relation.IN_LAW)),
        lambda: giving(kin=tie("witness", "director")),
        lambda: giving(kin=tie("director", "witness", Relation.CHILD)),
        lambda: giving(kin=tie("witness", "accountant")),
        lambda: giving(PostKind.COMMITTEE_MEMBER, kin=tie("witness", "head")),
        lambda: giving(*KIN_OUT, ("kin_heads_finance",)),
        lambda: giving(*KIN_OUT, ("kin_members_finance",)),
    ),
    ("AP-43", When.OFFICE): (
        lambda: giving(closed_until=FEB),
        lambda: giving(closed_until=f.DAY),
        lambda: giving(closed_until=f.MARCH.last_day),
    ),
    ("AP-44", When.OFFICE): (
        lambda: ending(last_signed_on=f.DAY),
        lambda: ending(last_signed_on=date(2025, 3, 6)),
    ),
    ("AP-28", When.OFFICE): (
        lambda: giving(PostKind.CASHIER, former=left("witness")),
        lambda: giving(PostKind.CASHIER, former=left()),
        lambda: giving(PostKind.CASHIER, former=left("handler")),
        lambda: giving(PostKind.CASHIER, former=left("witness", handed_on=date(2025, 3, 6))),
        lambda: ending(others=frozenset({"witness"})),
    ),
    ("AP-45", When.REGISTER): (lambda: cash(50_000), lambda: cash(49_900), lambda: cash(None)),
    ("AP-46", When.REGISTER): (
        lambda: bank(f.DAY),
        lambda: bank(None),
        lambda: bank(FEB),
        lambda: bank(f.DAY, 1),
    ),
    ("AP-47", When.REGISTER): (
        handing,
        lambda: handing(overseer="witness"),
        lambda: handing(taker="accountant"),
        lambda: handing(overseer="director"),
        lambda: handing(taker="nobody"),
        lambda: handing(on=date(2025, 4, 1)),
        lambda: handing(on=date(2024, 12, 31)),
        lambda: handing(post=None),
        lambda: handing(post=replace(POST, to_on=date(2025, 3, 9))),
        lambda: handing(post=replace(POST, handed_to="witness", handed_on=FEB)),
        lambda: handing(last_signed_on=date(2025, 3, 6)),
        lambda: handing(signing=Hand.TAKER, by="handler"),
    ),
    ("AP-48", When.REGISTER): (
        handing,
        lambda: handing(keeps=("财务专用章",)),
        lambda: handing(purses=("备用金",)),
    ),
    ("AP-49", When.REGISTER): (handing, lambda: handing(changed=True)),
}
