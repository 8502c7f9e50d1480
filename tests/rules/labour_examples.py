"""Examples for 一事一议: labour days, what they are paid off with, and the receipts contributions are taken on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from tests.rules.plan_examples import KNOWN, RAISING, ROAD
from villagebook.domain.document import Attachment
from villagebook.domain.labour import Labourer, LabourSheet, LabourWay
from villagebook.domain.project import Project, ProjectKind, Stage
from villagebook.domain.receipts import ReceiptBook
from villagebook.rules.facts import Facts
from villagebook.rules.labour_facts import (
    HouseholdLevy,
    LabourFacts,
    LabourStrike,
    NewLabourList,
    NewLabourSheet,
)
from villagebook.rules.resolution_facts import Levied, ResolutionFacts
from villagebook.rules.rule import When

Make = Callable[[], Facts]

DUG = replace(ROAD, labour_days=5, exempt=("01-009",))
HE, XU = Labourer("01-001", "何老四", 5), Labourer("01-002", "许阿婆", 3)
PEOPLE = frozenset({HE.key, XU.key, ("01-009", "吴奶奶")})
SHEET = LabourSheet(
    "s1",
    "P1",
    f.DAY,
    LabourWay.WORKED,
    (replace(HE, days=2), XU),
    papers=(Attachment(f.PHOTO, "签到.jpg", "image/jpeg"),),
)
PAID = replace(SHEET, way=LabourWay.COMMUTED, rate_fen=10_000)
SPECIAL = ReceiptBook("b9", "一事一议专用收据", 7001, 7100, 4, "clerk", date(2025, 1, 1), levy=True)


def listing(rows: tuple[Labourer, ...] = (HE, XU), project: Project | None = DUG, **changes: Any) -> Facts:
    made = NewLabourList(project, rows, **{"people": PEOPLE, **changes})
    return f.ground(labour=LabourFacts(new_list=made))


def entering(sheet: LabourSheet = SHEET, project: Project | None = DUG, **changes: Any) -> Facts:
    left = {HE.key: 4, XU.key: 3}
    return f.ground(labour=LabourFacts(new_sheet=NewLabourSheet(project, replace(sheet, **changes), left)))


def striking(known: bool = True, reason: str = "抄错了天数") -> Facts:
    return f.ground(labour=LabourFacts(strike=LabourStrike("s1", reason, known)))


def paying(owed: int, taken: int, own: int = 50_000) -> Facts:
    levy = HouseholdLevy(DUG, "何老四（1组）", owed, taken, own)
    return f.about(f.receipt(items=RAISING), links=KNOWN, labour=LabourFacts(levies=(levy,)))


def taking(no: str = "7001", levied: Levied | None = None, **changes: Any) -> Facts:
    told = ResolutionFacts(levied=levied)
    made = {"receipt_books": (f.BOOK, SPECIAL), "links": KNOWN, "resolutions": told, "receipt_expected": no}
    items = {"items": RAISING} if levied else {}
    return f.about(f.receipt(receipt_no=no, **items), **{**made, **changes})


BY_HEAD = Levied(("修村东路",), True, "7001")
UNNAMED = replace(BY_HEAD, by_head=False, next_no="")
EVERYTHING_ON_ONE = f.default_policy(levy_special_receipt=False)

LABOUR_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    ("PRJ-07", When.SUBMIT): (
        lambda: taking(levied=BY_HEAD),
        lambda: taking("0001", BY_HEAD),
        lambda: taking("7001"),
        lambda: taking("0001", replace(BY_HEAD, next_no="")),
        lambda: taking("7001", replace(BY_HEAD, beside=True)),
    ),
    ("PRJ-08", When.REGISTER): (
        listing,
        lambda: listing(project=None),
        lambda: listing(project=replace(DUG, kind=ProjectKind.OTHER)),
        lambda: listing(project=replace(DUG, labour_days=0)),
        lambda: listing((replace(HE, days=6),)),
        lambda: listing((replace(HE, days=0),)),
        lambda: listing((Labourer("01-009", "吴奶奶", 1),)),
        lambda: listing((Labourer("01-001", "许阿婆", 1),)),
        lambda: listing((HE, HE)),
        lambda: listing((HE,), done={XU.key: 1}),
        lambda: listing((HE, XU), done={XU.key: 4}),
    ),
    ("PRJ-09", When.REGISTER): (
        entering,
        lambda: entering(project=None),
        lambda: entering(papers=()),
        lambda: entering(on=date(2025, 1, 31)),
        lambda: entering(on=date(2025, 4, 1)),
        lambda: entering(project=DUG.at_stage(Stage.SETTLED, f.DAY)),
        lambda: entering(rows=()),
        lambda: entering(rows=(replace(HE, days=0),)),
        lambda: entering(rows=(replace(HE, days=5),)),
        lambda: entering(rows=(replace(HE, days=2), replace(HE, days=3))),
        lambda: entering(rows=(Labourer("01-003", "冯志", 1),)),
    ),
    ("PRJ-10", When.REGISTER): (
        lambda: entering(PAID),
        lambda: entering(PAID, rate_fen=0),
        lambda: entering(PAID, rate_fen=10_001),
        lambda: entering(rate_fen=1),
    ),
    ("PRJ-11", When.SUBMIT): (lambda: paying(60_000, 10_000), lambda: paying(60_000, 10_001)),
    ("PRJ-12", When.REGISTER): (
        striking,
        lambda: striking(known=False),
        lambda: striking(reason="错"),
    ),
}

PASSING_LABOUR: tuple[Make, ...] = (
    lambda: listing(people=None),
    lambda: listing((HE, XU), done={XU.key: 3}),
    lambda: entering(PAID, project=replace(DUG, permit="县农2025-8"), rate_fen=20_000),
    lambda: taking("0001"),
    lambda: taking("0001", BY_HEAD, policy=EVERYTHING_ON_ONE),
)
