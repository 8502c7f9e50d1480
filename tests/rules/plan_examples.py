"""Examples for the budget, projects and special funds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import policy_data
from tests.rules import facts as f
from villagebook.domain.budget import Budget, BudgetLine, spread
from villagebook.domain.document import Document, Item
from villagebook.domain.fund import Fund, FundStanding
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.policy import Policy, read_policy
from villagebook.domain.project import Project, ProjectKind, ProjectStanding, Source, Stage
from villagebook.rules.facts import Facts
from villagebook.rules.plan_facts import (
    Appropriation,
    BudgetTouch,
    FundTouch,
    NewBudget,
    NewRequest,
    NewStage,
    PlanFacts,
    ProjectTouch,
)
from villagebook.rules.rule import When
from villagebook.services.gathering.facts import needed_slots

Make = Callable[[], Facts]


def hold() -> Policy:
    """A township that wants a reason for money beyond the budget."""
    told = policy_data()
    told["words"]["over_budget"]["value"] = ["hold"]
    return read_policy(told)


def with_plan(facts: Facts, **plan: Any) -> Facts:
    return replace(facts, plan=PlanFacts(**plan))


def registering(**plan: Any) -> Facts:
    return with_plan(f.ground(), **plan)


# ---- budget ----

TOUCH = BudgetTouch("511 经营支出", False, 600_000, 500_000, 40_000, 50_000)
LINE = BudgetLine("511", spread(600_000))
PLAN = Budget(2025, 1, "代表会2025-1", date(2025, 1, 20), (LINE, BudgetLine("501", spread(900_000))))


def spending(**plan: Any) -> Facts:
    return replace(with_plan(f.about(f.payment()), **plan), policy=hold())


def budgeting(before: Budget | None = None, **changes: Any) -> Facts:
    return registering(new_budget=NewBudget(replace(PLAN, **changes), before, frozenset({"P1"})))


def appropriating(fen: int, **changes: Any) -> Facts:
    facts = f.about(f.transfer("IN", "EX", fen), before={"IN": 10**7})
    wanted = replace(Appropriation(fen, 0, 0), **changes)
    facts = with_plan(facts, appropriation=wanted)
    document = facts.document
    assert document is not None
    return replace(facts, slots=needed_slots(facts, document))


# ---- projects ----

ROAD = Project(
    "P1",
    "修村东路",
    ProjectKind.ONE_ISSUE,
    "代表会2025-2",
    date(2025, 2, 1),
    1_000_000,
    ((Source.CONTRIBUTIONS, 600_000), (Source.AWARD, 400_000)),
    heads=400,
    per_head_fen=1_500,
)
MARKED = (Item("153", 50_000, "铺路石料", links=(Link(LinkKind.PROJECT, "P1"),)),)
RAISING = (Item("231", 50_000, "修路筹资", links=(Link(LinkKind.PROJECT, "P1"),)),)
KNOWN = {Link(LinkKind.PROJECT, "P1"): LinkTarget(LinkKind.PROJECT, "P1", "修村东路")}


def on_project(document: Document, stands: ProjectStanding, spent: int = 0, by_head: int = 0) -> Facts:
    facts = f.about(document, links=KNOWN)
    return with_plan(facts, projects=(ProjectTouch(stands, spent, by_head, stands.left_fen),))


def building(raised: int = 500_000, *, stage: Stage = Stage.BEGUN, under_way: int = 0) -> Facts:
    stands = ProjectStanding(ROAD.at_stage(stage, date(2025, 2, 20)), raised, 440_000, under_way)
    return on_project(f.payment(items=MARKED), stands, spent=50_000)


def collecting(by_head: int, project: Project = ROAD) -> Facts:
    return on_project(f.receipt(items=RAISING), ProjectStanding(project, 100_000, 0), by_head=by_head)


def entering(**changes: Any) -> Facts:
    return registering(new_project=replace(ROAD, **changes))


def staging(now: Stage, wanted: Stage, on: date = f.DAY) -> Facts:
    project = ROAD.at_stage(now, date(2025, 3, 1)) if now is not Stage.PLANNED else ROAD
    return registering(new_stage=NewStage(project, wanted, on))


# ---- funds ----

GRANT = Fund("", ("153", "514"), "改厕补助", "县财农2025-3", "F1", "改厕专款", deadline=date(2025, 6, 30))
PLACED = Fund("SP:road", ("153", "514"), "修路", "代表会2025-4", "SP:road")
FUND_LINK = Link(LinkKind.FUND, "F1")
FUND_KNOWN = {FUND_LINK: LinkTarget(LinkKind.FUND, "F1", "改厕专款")}


def from_grant(
    fund: Fund = GRANT,
    *,
    received: int = 100_000,
    under_way: int = 0,
    account: str = "514",
    place: str = "EX",
) -> Facts:
    items = (Item(account, 50_000, "改厕材料", links=(FUND_LINK,)),)
    facts = f.about(f.payment(items=items, place=place), links=FUND_KNOWN)
    stands = FundStanding(fund, received, 40_000, under_way)
    touch = FundTouch(stands, 50_000, (account,), stands.left_fen)
    return with_plan(facts, funds=(touch,))


def granting(**changes: Any) -> Facts:
    return registering(new_fund=replace(GRANT, **changes))


SUBMITTED: dict[str, tuple[Make, ...]] = {
    "BUD-01": (
        lambda: spending(budget=(replace(TOUCH, under_way_fen=50_000),)),
        lambda: spending(budget=(replace(TOUCH, under_way_fen=50_001),)),
        lambda: spending(budget=(replace(TOUCH, planned_fen=0),)),
    ),
    "BUD-02": (
        lambda: spending(budget=(TOUCH,)),
        lambda: spending(outside=(("514", 50_000),)),
    ),
    "E2L-65": (
        lambda: appropriating(
            50_000, requested_fen=80_000, month_fen=30_000, planned_fen=80_000, year_fen=30_000
        ),
        lambda: appropriating(50_001, requested_fen=80_000, month_fen=30_000),
        lambda: appropriating(50_001, planned_fen=80_000, year_fen=30_000),
        lambda: appropriating(50_000, planned_fen=80_000, year_fen=90_000),
    ),
    "PRJ-02": (building, lambda: building(stage=Stage.SETTLED), lambda: building(stage=Stage.DROPPED)),
    "PRJ-03": (
        lambda: building(490_000),
        lambda: building(489_999),
        lambda: building(490_000, under_way=1),
    ),
    "PRJ-04": (
        lambda: collecting(600_000),
        lambda: collecting(600_001),
        lambda: collecting(400_001, replace(ROAD, per_head_fen=1_000)),
        lambda: collecting(600_001, replace(ROAD, per_head_fen=9_000)),
    ),
    "FND-02": (
        lambda: from_grant(replace(GRANT, deadline=f.DAY)),
        lambda: from_grant(replace(GRANT, deadline=date(2025, 3, 4))),
    ),
    "FND-04": (
        from_grant,
        lambda: from_grant(PLACED),
        lambda: replace(
            from_grant(place="SP:road"),
            line=replace(from_grant().line, fund=PLACED),
        ),
    ),
}

REGISTERED: dict[str, tuple[Make, ...]] = {
    "BUD-03": (
        budgeting,
        lambda: budgeting(resolution=" "),
        lambda: budgeting(decided_on=date(2025, 4, 1)),
    ),
    "BUD-04": (
        budgeting,
        lambda: budgeting(lines=(replace(LINE, account="999"),)),
        lambda: budgeting(lines=(replace(LINE, account="101"),)),
    ),
    "BUD-05": (
        lambda: budgeting(lines=(LINE, replace(LINE, project="P1"))),
        lambda: budgeting(lines=(LINE, LINE)),
    ),
    "BUD-06": (
        lambda: budgeting(lines=(replace(LINE, project="P1"),)),
        lambda: budgeting(lines=(replace(LINE, project="P2"),)),
    ),
    "BUD-07": (
        budgeting,
        lambda: budgeting(lines=()),
        lambda: budgeting(lines=(replace(LINE, months=(-1, *[1] * 11)),)),
    ),
    "BUD-08": (
        lambda: budgeting(PLAN, version=2, reason="县里追加补助"),
        lambda: budgeting(PLAN, version=2, reason=" 改  "),
    ),
    "BUD-09": (
        lambda: registering(new_request=NewRequest(f.MARCH, 1, "三月办公")),
        lambda: registering(new_request=NewRequest(f.MARCH, 0, "三月办公")),
        lambda: registering(new_request=NewRequest(f.MARCH, 1, " ")),
    ),
    "PRJ-01": (
        entering,
        lambda: entering(resolution=" "),
        lambda: entering(decided_on=date(2025, 4, 1)),
    ),
    "PRJ-05": (
        entering,
        lambda: entering(planned_fen=999_999),
        lambda: entering(code=" "),
        lambda: entering(name=""),
        lambda: entering(heads=399),
        lambda: entering(planned_fen=0, sources=(), heads=0),
        lambda: entering(
            sources=((Source.AWARD, 1_100_000), (Source.OWN, -100_000)), heads=0, per_head_fen=0
        ),
        lambda: entering(begins_on=date(2025, 3, 2), ends_on=date(2025, 3, 1)),
    ),
    "PRJ-06": (
        lambda: staging(Stage.BEGUN, Stage.FINISHED),
        lambda: staging(Stage.BEGUN, Stage.BEGUN),
        lambda: staging(Stage.FINISHED, Stage.BEGUN),
        lambda: staging(Stage.SETTLED, Stage.DROPPED),
        lambda: staging(Stage.BEGUN, Stage.FINISHED, date(2025, 2, 28)),
        lambda: staging(Stage.PLANNED, Stage.BEGUN, date(2025, 4, 1)),
    ),
    "FND-03": (
        granting,
        lambda: granting(code=" "),
        lambda: granting(amount_fen=-1),
        lambda: granting(name="", purpose=""),
        lambda: granting(code="sp:ROAD"),
        lambda: granting(code="改厕/1"),
        lambda: granting(place="SP:road", brought_fen=1),
    ),
}

OVERSPENT: tuple[Make, ...] = (
    lambda: from_grant(received=90_000),
    lambda: from_grant(received=89_999),
    lambda: from_grant(received=90_000, under_way=1),
    lambda: from_grant(received=30_000),
)

PLAN_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    **{(id, When.SUBMIT): makes for id, makes in SUBMITTED.items()},
    **{(id, When.REGISTER): makes for id, makes in REGISTERED.items()},
    **{("FND-01", gate): OVERSPENT for gate in (When.SUBMIT, When.POST)},
    # by the link of a line; the examples by place stand beside the other rules of the two lines
    ("E2L-30", When.POST): (from_grant, lambda: from_grant(account="513")),
}
