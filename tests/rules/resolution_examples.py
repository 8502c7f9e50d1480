"""Examples for resolutions, what draws on them, vetoes and deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import policy_data
from tests.rules import facts as f
from tests.rules.plan_examples import ROAD
from villagebook.domain.document import Attachment
from villagebook.domain.meeting import Body, Matter, quorum_of
from villagebook.domain.people import Person, Post, PostKind, Staff
from villagebook.domain.policy import read_policy
from villagebook.domain.project import ProjectKind
from villagebook.domain.resolution import BEFORE_PAYING, Cited, OpenStep, Resolution, ResolutionItem, faults
from villagebook.domain.resolution_standing import Drawn, ItemStanding, ResolutionStanding
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import (
    Annulling,
    Draw,
    Late,
    LevyFacts,
    Lifting,
    NewResolution,
    Refusal,
    ResolutionFacts,
    Stepping,
)
from villagebook.rules.rule import When

Make = Callable[[], Facts]

HELD = date(2025, 3, 1)
PAPER = Attachment(f.PHOTO, "minutes.jpg", "image/jpeg")
PUMP = ResolutionItem(1, "购买灌溉水泵", Matter.SPENDING, 100_000)
LOAN = ResolutionItem(2, "借给何老四", Matter.LENDING, 50_000)
VOTE = Resolution(
    "r1",
    "代表会2025-1",
    Body.DELEGATES,
    HELD,
    (PUMP, LOAN),
    called_on=date(2025, 2, 24),
    place="村委会",
    entitled=30,
    present=20,
    yes=11,
    no=5,
    abstained=4,
    roll_file=PAPER,
    keeper="clerk",
    papers=(PAPER,),
)
NUMBERS = f.default_policy().numbers


def stands(made: Resolution = VOTE, *drawn: Drawn, annulled: str = "") -> ResolutionStanding:
    quorum = quorum_of(made.body, NUMBERS)
    items = tuple(ItemStanding(i, drawn if i.no == 1 else ()) for i in made.items)
    return ResolutionStanding(made, quorum, faults(made, quorum), items, annulled)


def drawing(known: ResolutionStanding | None, item: int = 1, **changes: Any) -> Facts:
    """A payment of 500 yuan stands on it."""
    draw = Draw(
        "购买灌溉水泵", Cited(VOTE.number, item), known, f.DAY, own_fen=50_000, way="payment", but="d1"
    )
    told = policy_data()
    told["words"]["resolution_register"]["value"] = ["error"]
    draws = ResolutionFacts(draws=(replace(draw, **changes),))
    return replace(f.ground(resolutions=draws), policy=read_policy(told))


def voted(**changes: Any) -> Facts:
    return drawing(stands(replace(VOTE, **changes)))


def drawn(fen: int, way: str = "payment", ident: str = "d2", *, posted: bool = True) -> Drawn:
    return Drawn(ident, way, fen, posted)


BEFORE = ResolutionItem(1, "购买灌溉水泵", Matter.SPENDING, 100_000, drawn_before_fen=50_001)
VETO = ResolutionItem(1, "解除否决", Matter.VETO, 50_000, document="d1")
WORK = ResolutionItem(1, "误工补贴标准", Matter.LOST_WORK, 100_000)
LAND = ResolutionItem(1, "土地承包方案", Matter.LAND_CONTRACT, 100_000)
BIG = tuple((s, HELD) for s in BEFORE_PAYING)
ANY = frozenset[Body]()


def by(body: Body, **changes: Any) -> Facts:
    """Everybody of a body agreed, in good time."""
    sure = replace(VOTE, body=body, called_on=date(2025, 1, 1), present=30, yes=30, no=0, abstained=0)
    return drawing(stands(replace(sure, **changes)))


DRAWN: dict[str, tuple[Make, ...]] = {
    "AP-13": (
        lambda: drawing(stands()),
        lambda: voted(present=19, yes=10, no=5, abstained=4),
        lambda: voted(yes=10, no=6),
        lambda: voted(called_on=date(2025, 2, 25)),
        lambda: voted(called_on=None),
        lambda: drawing(stands(annulled="抄错金额")),
        lambda: by(Body.VILLAGERS, present=15, yes=15),
        lambda: by(Body.HOUSEHOLDS, present=19, yes=19),
        lambda: by(Body.GROUP, present=19, yes=19),
        lambda: by(Body.MEMBERS, present=20, yes=19),
        lambda: by(Body.MEMBERS, present=19, yes=19),
        lambda: by(Body.MEMBER_DELEGATES, entitled=20, present=20, yes=20),
        lambda: by(Body.MEMBER_DELEGATES, present=20, yes=19, abstained=1),
        lambda: by(Body.BOARD, present=19, yes=19),
        lambda: by(Body.BOARD, present=20, yes=15),
        lambda: by(Body.COMMITTEES, present=15, yes=15),
    ),
    "AP-14": (
        lambda: drawing(stands()),
        lambda: drawing(stands(), 3),
        lambda: drawing(stands(), 0),
        lambda: drawing(stands(), matters=frozenset({Matter.LENDING})),
        lambda: drawing(stands(replace(VOTE, items=(VETO,)))),
        lambda: drawing(stands(), bodies=frozenset({Body.MEMBERS})),
        lambda: drawing(stands(), on=date(2025, 2, 28)),
        lambda: drawing(stands(), by_steps=True),
        lambda: drawing(stands(replace(VOTE, steps=BIG[:4])), by_steps=True),
        lambda: drawing(None, must_be_known=True),
        lambda: by(Body.MEMBERS, items=(WORK,)),
        lambda: by(Body.MEMBER_DELEGATES, items=(LAND,)),
        lambda: by(Body.COMMITTEES, items=(replace(LOAN, no=1),)),
        lambda: drawing(
            stands(replace(VOTE, items=(VETO,))), matters=frozenset({Matter.VETO}), lifts="another"
        ),
    ),
    "AP-15": (
        lambda: drawing(stands(VOTE, drawn(30_000), drawn(20_000, ident="d3", posted=False))),
        lambda: drawing(stands(VOTE, drawn(50_001))),
        lambda: drawing(stands(VOTE, drawn(30_000), drawn(20_001, ident="d3", posted=False))),
        lambda: drawing(stands(replace(VOTE, earlier=True, items=(BEFORE,)))),
        lambda: drawing(stands(), own_fen=100_001),
    ),
    "RES-05": (lambda: drawing(stands()), lambda: drawing(None)),
}
"""More that passes: what is of another way or of the document itself is not counted."""

PASSES: tuple[Make, ...] = (
    lambda: drawing(stands(VOTE, drawn(90_000, "receipt"), drawn(90_000, ident="d1"))),
    lambda: drawing(stands(replace(VOTE, items=(replace(PUMP, amount_fen=None),)), drawn(900_000))),
    lambda: drawing(stands(replace(VOTE, earlier=True, entitled=0, present=0, yes=0, no=0, abstained=0))),
    lambda: drawing(stands(replace(VOTE, items=(PUMP,))), 0),
    lambda: drawing(stands(replace(VOTE, steps=BIG)), by_steps=True),
    lambda: drawing(stands(replace(VOTE, items=(VETO,))), matters=frozenset({Matter.VETO}), lifts="d1"),
    lambda: by(Body.VILLAGERS, present=16, yes=9, no=7),
    lambda: by(Body.MEMBERS, present=20, yes=20),
    lambda: by(Body.MEMBER_DELEGATES, entitled=21, present=14, yes=14),
    lambda: by(Body.BOARD, present=20, yes=16, no=4),
    lambda: by(Body.COMMITTEES, present=16, yes=9, no=7),
)


def recording(made: Resolution = VOTE, **changes: Any) -> Facts:
    new = NewResolution(made, quorum_of(made.body, NUMBERS), date(2025, 1, 1))
    return f.ground(resolutions=ResolutionFacts(new=replace(new, **changes)))


def entering(**changes: Any) -> Facts:
    return recording(replace(VOTE, **changes))


def point(**changes: Any) -> Facts:
    return entering(items=(replace(PUMP, **changes),))


OLD = replace(
    VOTE,
    earlier=True,
    held_on=date(2024, 12, 31),
    called_on=None,
    entitled=0,
    present=0,
    yes=0,
    no=0,
    abstained=0,
)


def annulling(known: ResolutionStanding | None, **changes: Any) -> Facts:
    act = Annulling(VOTE.number, "抄错了金额", known)
    return f.ground(resolutions=ResolutionFacts(annulling=replace(act, **changes)))


def stepping(step: OpenStep, day: date, known: ResolutionStanding | None) -> Facts:
    return f.ground(resolutions=ResolutionFacts(stepping=Stepping(VOTE.number, step, day, known)))


FOUR = stands(replace(VOTE, steps=BIG[:4]))
OPEN = OpenStep.DECISION_SHOWN

LEVY_ITEM = ItemStanding(
    ResolutionItem(1, "修村东路筹资", Matter.LEVY, 600_000, per_head_fen=2_000, labour_days=15)
)
LEVIED = replace(ROAD, special_receipt="专用收据", labour_days=10)


def levying(members: int | None = 400, unknown: tuple[str, ...] = (), **changes: Any) -> Facts:
    project = replace(LEVIED, **changes)
    return f.ground(resolutions=ResolutionFacts(levy=LevyFacts(project, members, unknown, LEVY_ITEM)))


TOWN = Staff(
    [*f.STAFF.persons.values(), Person("town", "郑卫东")],
    [*f.STAFF.posts, Post("p-town", "town", PostKind.TOWNSHIP, date(2025, 1, 1))],
)


def lifting(**changes: Any) -> Facts:
    act = Lifting(f.payment(), f.DAY, f.TODAY, "town", "镇批2025-3", f.PHOTO, by_township=True)
    told = ResolutionFacts(lifting=replace(act, **changes))
    return replace(f.ground(resolutions=told), staff=TOWN)


REGISTERED: dict[str, tuple[Make, ...]] = {
    "RES-01": (
        recording,
        lambda: entering(items=()),
        lambda: entering(items=(LOAN,)),
        lambda: point(text=" "),
        lambda: point(amount_fen=-1),
        lambda: point(drawn_before_fen=1),
        lambda: point(matter=Matter.VETO),
        lambda: point(document="d1"),
        lambda: entering(entitled=19),
        lambda: entering(yes=12),
        lambda: entering(roll=("王建国",)),
        lambda: entering(roll=("王建国", *(f"代表{n}" for n in range(18)), "王建国")),
    ),
    "RES-02": (
        recording,
        lambda: recording(taken=True),
        lambda: entering(number=" "),
        lambda: entering(number="2#1"),
    ),
    "RES-03": (
        recording,
        lambda: entering(held_on=date(2025, 4, 1)),
        lambda: recording(replace(OLD, held_on=date(2025, 1, 1))),
        lambda: entering(steps=(BIG[0], (BIG[1][0], date(2025, 2, 1)))),
        lambda: entering(steps=((OpenStep.RESULT_SHOWN, date(2025, 4, 1)),)),
        lambda: entering(steps=((OpenStep.RESOLVED, date(2025, 3, 2)),)),
    ),
    "RES-04": (
        recording,
        lambda: entering(papers=()),
        lambda: entering(roll_file=None),
        lambda: entering(keeper=""),
    ),
    "RES-06": (lambda: recording(counted=30), lambda: recording(counted=31)),
    "RES-07": (
        lambda: annulling(stands()),
        lambda: annulling(None),
        lambda: annulling(stands(annulled="抄错")),
        lambda: annulling(stands(), reason=" 错  "),
        lambda: annulling(stands(), drawn=("2025-03-05 水泵",)),
    ),
    "RES-08": (
        lambda: stepping(OPEN, f.DAY, FOUR),
        lambda: stepping(OPEN, f.DAY, None),
        lambda: stepping(OPEN, f.DAY, stands()),
        lambda: stepping(OpenStep.RESOLVED, HELD, FOUR),
        lambda: stepping(OpenStep.PROPOSED, HELD, FOUR),
        lambda: stepping(OPEN, date(2025, 2, 28), FOUR),
        lambda: stepping(OPEN, date(2025, 4, 1), FOUR),
        lambda: stepping(OPEN, f.DAY, stands(replace(VOTE, steps=BIG[:4]), annulled="抄错")),
    ),
    "AP-29": (
        levying,
        lambda: levying(per_head_fen=1_501),
        lambda: levying(labour_days=11),
        lambda: levying(399),
        lambda: levying(unknown=("09-001",)),
        lambda: levying(special_receipt=" "),
        lambda: levying(per_head_fen=2_001, permit="县农2025-8"),
        lambda: levying(labour_days=16, permit="县农2025-8"),
    ),
    "AP-08": (
        lifting,
        lambda: lifting(document=None),
        lambda: lifting(rejected_on=None),
        lambda: lifting(on=date(2025, 3, 4)),
        lambda: lifting(on=date(2025, 4, 1)),
        lambda: lifting(person_id="director"),
        lambda: lifting(reference=" "),
        lambda: lifting(evidence=""),
    ),
}

PASSING_REGISTERS: tuple[Make, ...] = (
    lambda: recording(OLD),
    lambda: levying(None),
    lambda: levying(kind=ProjectKind.CONSTRUCTION, special_receipt="", per_head_fen=9_000),
    lambda: levying(per_head_fen=1_900, labour_days=14, permit="县农2025-8"),
    lambda: annulling(stands(), drawn=("2025-03-05 水泵",), replaced=True),
)

REFUSAL = Refusal("d9", "2025-03-09 水泵", "周敏", date(2025, 3, 9), "发票抬头是个人")
GATES = (When.SUBMIT, When.SIGN, When.POST, When.REGISTER, When.YEAR)
RESOLUTION_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    **{(id, gate): makes for id, makes in DRAWN.items() for gate in GATES},
    **{(id, When.REGISTER): makes for id, makes in REGISTERED.items()},
    ("AP-29", When.SUBMIT): (
        lambda: f.about(f.receipt()),
        lambda: f.about(f.receipt(), resolutions=ResolutionFacts(exempt=(("修村东路", "何老四（1组）"),))),
    ),
    ("AP-16", When.CLOSE): (
        f.month,
        lambda: replace(
            f.month(),
            resolutions=ResolutionFacts(late=(Late("d9", "2025-03-09 水泵", "S", date(2025, 3, 9), 3),)),
        ),
    ),
    ("AP-34", When.CLOSE): (
        f.month,
        lambda: replace(f.month(), resolutions=ResolutionFacts(refused=(REFUSAL,))),
    ),
}
