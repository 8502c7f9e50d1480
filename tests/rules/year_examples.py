"""Examples for the rules of the year's end, of sub-accounts and of blue corrections: (passes, trips, trips ...)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from tests.rules import facts as f
from villagebook.domain.account import Account, Chart
from villagebook.domain.document import Document
from villagebook.domain.period import Period
from villagebook.domain.voucher import VoucherLine
from villagebook.domain.year_end import Distribution, Share, ShareKind
from villagebook.rules.facts import AccountFacts, CorrectionFacts, Facts, ResultFacts, YearFacts
from villagebook.rules.rule import When

Make = Callable[[], Facts]
DECEMBER = Period(2025, 12)
MONTHLY = f.default_policy(carry_monthly=True)


def results(period: Period = DECEMBER, **changes: Any) -> Facts:
    """A month in which everything was carried and nothing hangs in the air."""
    base = ResultFacts(
        period=period,
        waiting=(),
        left=(),
        carried=(),
        year_result_fen=0,
        appropriated_fen=0,
        pending=(),
        only_imported=False,
    )
    told = {k: changes.pop(k) for k in list(changes) if hasattr(base, k)}
    return f.ground(**{"results": replace(base, **told), "today": period.last_day, **changes})


def before_carrying(**changes: Any) -> Facts:
    return results(**{"left": (("501", -90_000), ("513", 40_000)), **changes})


MEMBERS = Share(ShareKind.MEMBERS, 20_000)


def year(plan: dict[str, Any] | None = None, **changes: Any) -> Facts:
    """A year that earned 500.00, brought 450.00, sets 50.00 aside and gives the members 200.00."""
    figures = replace(
        Distribution(
            result_fen=50_000,
            brought_fen=45_000,
            cover_fen=0,
            base_fen=50_000,
            reserve_bp=1000,
            reserve_fen=5_000,
            shares=(MEMBERS,),
        ),
        **(plan or {}),
    )
    made = YearFacts(
        year=2025,
        plan=figures,
        resolution="成员大会2025-4",
        charter_bp=1000,
        reserve_held_fen=300_000,
        earlier_open=(),
        done=(),
        unbookable=(),
        late_fen=0,
    )
    gate = {k: changes.pop(k) for k in list(changes) if not hasattr(made, k)}
    return replace(before_carrying(**gate), year=replace(made, **changes))


LOSS = {"result_fen": -60_000, "base_fen": 0, "reserve_fen": 0}
"""With what was brought, 150.00 are missing."""

_WAITS = (("d9", "2025-12-09 水泵"),)
_CARRIED = (("v9", "转-0009"),)
_CLOSED = {"period_states": {DECEMBER: "closed"}}

POSTING: dict[str, tuple[Callable[..., Facts], ...]] = {
    "YE-01": (
        lambda gate: gate(),
        lambda gate: gate(waiting=_WAITS),
    ),
    "YE-02": (
        lambda gate: gate(),
        lambda gate: gate(**_CLOSED),
    ),
    "YE-03": (
        lambda gate: gate(carried=_CARRIED, left=()),
        lambda gate: gate(carried=_CARRIED),
    ),
    "YE-06": (
        lambda gate: gate(),
        lambda gate: gate(today=date(2025, 12, 30)),
        lambda gate: gate(start=Period(2026, 1)),
    ),
}
_CARRY: dict[str, tuple[Make, ...]] = {
    "YE-04": (
        lambda: before_carrying(period=f.MARCH, policy=MONTHLY),
        lambda: before_carrying(period=f.MARCH),
    ),
}
_CLOSE: dict[str, tuple[Make, ...]] = {
    "YE-10": (
        lambda: before_carrying(period=f.MARCH),
        before_carrying,
        lambda: before_carrying(period=f.MARCH, policy=MONTHLY),
    ),
    "YE-11": (
        lambda: results(f.MARCH, year_result_fen=-50_000),
        lambda: results(year_result_fen=-50_000),
        lambda: results(year_result_fen=1),
    ),
    "YE-12": (
        lambda: results(f.MARCH, appropriated_fen=20_000),
        lambda: results(appropriated_fen=20_000),
    ),
    "YE-13": (
        lambda: results(f.MARCH, pending=(("181", 100),)),
        lambda: results(pending=(("181", 100),)),
        lambda: results(pending=(("18101", 100), ("18102", -100))),
        lambda: results(f.MARCH, pending=(("181", -1),), policy=f.default_policy(clear_pending_monthly=True)),
    ),
}
_YEAR: dict[str, tuple[Make, ...]] = {
    "YE-05": (year, lambda: year(earlier_open=(Period(2025, 11),))),
    "YE-07": (year, lambda: year(done=_CARRIED)),
    "YE-13": (year, lambda: year(pending=(("181", 100),))),
    "YE-20": (
        lambda: year({**LOSS, "shares": ()}),
        lambda: year(LOSS),
        lambda: year({**LOSS, "cover_fen": 14_999}),
    ),
    "YE-21": (
        lambda: year({"shares": (Share(ShareKind.MEMBERS, 90_000),)}),
        lambda: year({"shares": (Share(ShareKind.MEMBERS, 90_001),)}),
        lambda: year({**LOSS, "cover_fen": 15_000, "shares": (Share(ShareKind.OTHER, 1, "", "211"),)}),
        lambda: year({"shares": (MEMBERS, Share(ShareKind.INVESTORS, 70_001))}),
    ),
    "YE-22": (
        lambda: year({"reserve_bp": 0, "reserve_fen": 0}, charter_bp=0),
        lambda: year({"reserve_bp": 0, "reserve_fen": 0}),
    ),
    "YE-23": (
        lambda: year({**LOSS, "cover_fen": 15_000, "shares": ()}),
        lambda: year({**LOSS, "cover_fen": 15_001, "shares": ()}),
        lambda: year({**LOSS, "cover_fen": 15_000, "shares": ()}, reserve_held_fen=14_999),
        lambda: year({"cover_fen": 1}),
        lambda: year({"cover_fen": -1}),
    ),
    "YE-24": (
        lambda: year({"shares": ()}, resolution=""),
        lambda: year(resolution=" "),
    ),
    "YE-25": (
        year,
        lambda: year({"reserve_bp": 500, "reserve_fen": 2_500}),
        lambda: year({"reserve_bp": 0, "reserve_fen": 0, "shares": ()}),
    ),
    "YE-26": (
        year,
        lambda: year({"reserve_bp": -1, "reserve_fen": 0}, charter_bp=-1),
        lambda: year({"reserve_bp": 10_001, "reserve_fen": 50_005}, charter_bp=10_001),
        lambda: year({"shares": (MEMBERS, Share(ShareKind.MEMBERS, 0))}),
        lambda: year({"shares": (Share(ShareKind.MEMBERS, -5),)}),
    ),
    "YE-27": (year, lambda: year(unbookable=("113",)), lambda: year(unbookable=("",))),
    "YE-28": (year, lambda: year(late_fen=-700)),
}


def sub(code: str, name: str, parent: str) -> Account:
    above = f.CHART.get(parent) or f.CHART["513"]
    return replace(above, code=code, name=name, name_en="", parent=parent)


DEEP = Chart(
    [
        *f.CHART,
        sub("51301", "一", "513"),
        sub("5130101", "二", "51301"),
        sub("513010101", "三", "5130101"),
        sub("51301010101", "四", "513010101"),
    ]
)
TRAVEL = sub("51302", "差旅费", "513")


def adding(account: Account = TRAVEL, **changes: Any) -> Facts:
    chart = changes.pop("chart", f.CHART)
    states = changes.pop("period_states", {})
    told = AccountFacts(account, adding=True, **changes)
    return f.ground(account=told, chart=chart, period_states=states)


def disabling(code: str = "512", **changes: Any) -> Facts:
    chart = changes.pop("chart", f.CHART)
    account = chart.get(code) or replace(TRAVEL, code=code)
    return f.ground(account=AccountFacts(account, adding=False, **changes), chart=chart)


def enabling(code: str = "512", *, out: tuple[str, ...] = ("512",), chart: Chart = f.CHART) -> Facts:
    chart = Chart(replace(a, disabled=a.code in out) for a in chart)
    account = chart.get(code) or replace(TRAVEL, code=code)
    return f.ground(account=AccountFacts(account, adding=False, enabling=True), chart=chart)


_ACCOUNT: dict[str, tuple[Make, ...]] = {
    "YE-40": (
        lambda: adding(sub("513.7", "差旅费", "513")),
        lambda: adding(sub("5137", "差旅费", "513")),
        lambda: adding(sub("51401", "差旅费", "513")),
        lambda: adding(sub("513.", "差旅费", "513")),
        lambda: adding(sub("513.1234567", "差旅费", "513")),
        lambda: adding(sub("99901", "差旅费", "999")),
        lambda: adding(sub("51301", "差旅费", "513"), chart=DEEP),
        lambda: adding(chart=Chart(replace(a, disabled=a.code == "513") for a in f.CHART)),
    ),
    "YE-41": (
        lambda: adding(sub("51301010102", "差旅费", "513010101"), chart=DEEP),
        lambda: adding(sub("5130101010101", "差旅费", "51301010101"), chart=DEEP),
    ),
    "YE-42": (
        lambda: adding(booked=True, take_over=True, balance_fen=900),
        lambda: adding(booked=True, balance_fen=900),
        lambda: adding(booked=True),
    ),
    "YE-43": (
        adding,
        lambda: adding(sub("10201", "农商行", "102")),
        lambda: adding(sub("32101", "上半年", "321")),
    ),
    "YE-44": (disabling, lambda: disabling(balance_fen=1)),
    "YE-45": (disabling, lambda: disabling("321"), lambda: disabling("102")),
    "YE-46": (
        lambda: adding(chart=DEEP),
        lambda: adding(sub("51302", " ", "513")),
        lambda: adding(sub("51302", "一", "513"), chart=DEEP),
    ),
    "YE-47": (
        lambda: adding(booked=True, take_over=True, period_states={Period(2025, 2): "closed"}),
        lambda: adding(booked=True, take_over=True, period_states={f.MARCH: "closed"}),
    ),
    "YE-48": (
        adding,
        lambda: adding(used_by=("2025-03-09 水泵",)),
        lambda: disabling(used_by=("2025-03-09 水泵",)),
    ),
    "YE-49": (
        disabling,
        lambda: disabling("999"),
        lambda: disabling(chart=Chart(replace(a, disabled=a.code == "512") for a in f.CHART)),
    ),
    "YE-50": (
        lambda: disabling("51301010101", chart=DEEP),
        lambda: disabling("513", chart=DEEP),
    ),
    "YE-52": (enabling, lambda: enabling(out=()), lambda: enabling("999")),
    "YE-53": (
        lambda: enabling("51301", out=("51301",), chart=DEEP),
        lambda: enabling("51301", out=("513", "51301"), chart=DEEP),
    ),
    "YE-54": (
        lambda: adding(sub("51302", "差" * 40, "513")),
        lambda: adding(sub("51302", "差" * 41, "513")),
        lambda: adding(replace(TRAVEL, name_en="travel " * 12)),
    ),
}


def correcting(
    wrong: Any,
    *,
    undone: bool = True,
    document: Document | None = None,
    before: tuple[VoucherLine, ...] = (),
) -> Facts:
    made = document or f.payment(corrects="v1")
    return f.about(made, correction=CorrectionFacts(wrong, undone, before))


def less(fen: int) -> Document:
    """A red difference on the accounts of WORN."""
    return f.adjustment(("513", -fen, 0), ("152", 0, -fen), corrects="v1")


WORN = f.voucher(("513", 90_00, 0, ""), ("152", 0, 90_00, ""))
LAST_YEARS = replace(f.voucher(("511", 5_000, 0, ""), ("102", 0, 5_000, "EX")), booked_on=date(2024, 12, 30))
THROUGH_322 = f.adjustment(("152", 5_000, 0), ("322", 0, 5_000), corrects="v1")


WRONG = f.voucher(("513", 50_000, 0, ""), ("102", 0, 50_000, "EX"))
SAME = f.voucher(("511", 5_000, 0, ""), ("102", 0, 5_000, "EX"))
CORRECTIONS: dict[str, tuple[Make, ...]] = {
    "YE-30": (
        lambda: correcting(WRONG),
        lambda: correcting(None),
        lambda: correcting(replace(WRONG, reverses="v0")),
        lambda: correcting(replace(WRONG, booked_on=date(2025, 3, 6))),
    ),
    "YE-31": (
        lambda: correcting(SAME, undone=False),
        lambda: correcting(WRONG, undone=False),
    ),
    "YE-32": (
        lambda: correcting(LAST_YEARS, undone=False, document=THROUGH_322),
        lambda: correcting(LAST_YEARS, undone=False),
        lambda: correcting(LAST_YEARS, undone=False, document=f.receipt(corrects="v1")),
    ),
    "YE-33": (
        lambda: correcting(WORN, undone=False, document=less(90_00)),
        lambda: correcting(WORN, undone=False, document=less(90_01)),
        lambda: correcting(WORN, undone=False, document=less(50_00), before=(less(40_01).lines)),
    ),
}


def at_gate(gate: Callable[..., Facts], makes: tuple[Callable[..., Facts], ...]) -> tuple[Make, ...]:
    return tuple(partial(make, gate) for make in makes)


_CARRY |= {id: at_gate(before_carrying, makes) for id, makes in POSTING.items()}
_YEAR |= {id: at_gate(year, makes) for id, makes in POSTING.items()}

YEAR_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    **{(id, When.CARRY): made for id, made in _CARRY.items()},
    **{(id, When.CLOSE): made for id, made in _CLOSE.items()},
    **{(id, When.YEAR): made for id, made in _YEAR.items()},
    **{(id, When.ACCOUNT): made for id, made in _ACCOUNT.items()},
    **{(id, gate): made for id, made in CORRECTIONS.items() for gate in (When.SUBMIT, When.POST)},
}
