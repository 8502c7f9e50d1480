"""Projects of the villagers and special funds: raised, spent for their purpose, ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    DAY,
    NAME,
    Village,
    at,
    make_village,
    minutes,
    move,
    pay,
    payment,
    receipt,
    receive,
    sign_everything,
    submit,
)
from tests.refusing import refused
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.document import Item, Support
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.fund import Fund
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.meeting import Matter
from villagebook.domain.period import Span
from villagebook.domain.place import Place, PlaceKind
from villagebook.domain.project import Project, ProjectKind, Source, Stage
from villagebook.domain.resolution import ResolutionItem
from villagebook.services import home, reports
from villagebook.services.approvals import resolutions
from villagebook.services.offices import people
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import budgets, fund_register, funds, projects
from villagebook.services.two_lines import imprest
from villagebook.services.vouchers import reversing

D3 = date(2025, 1, 3)
AWARD: dict[str, Any] = {"support": Support.FISCAL_NOTE}
"""Money for a project that does not come from villagers by head: no special receipt is asked for."""
ROAD = Project(
    "P2025-01",
    "修村东路",
    ProjectKind.ONE_ISSUE,
    "代表会2025-2",
    D3,
    1_000_000,
    ((Source.CONTRIBUTIONS, 600_000), (Source.AWARD, 400_000)),
    heads=400,
    per_head_fen=1_500,
    special_receipt="一事一议专用收据0001-0400",
)
LEVY = ResolutionItem(1, "修村东路筹资酬劳", Matter.LEVY, 1_000_000, per_head_fen=1_500)
GRANT = Fund(
    "",
    ("514",),
    "改厕补助",
    "县财农2025-3",
    "F1",
    "改厕专款",
    "县财政局",
    "县财农2025-3",
    200_000,
    date(2025, 6, 30),
)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path)
    resolutions.record(made.book, minutes(made, ROAD.resolution, D3, LEVY), at(D3))
    yield made
    made.book.close()


def marked(account: str, fen: int, kind: LinkKind, code: str) -> tuple[Item, ...]:
    return (Item(account, fen, "铺路石料", links=(Link(kind, code),)),)


def for_road(account: str, fen: int) -> tuple[Item, ...]:
    return marked(account, fen, LinkKind.PROJECT, "P2025-01")


def for_grant(account: str, fen: int) -> tuple[Item, ...]:
    return marked(account, fen, LinkKind.FUND, "F1")


def road(village: Village) -> tuple[int, int, int, int]:
    """(raised, spent, under way, left) of the road."""
    (s,) = projects.standings(village.book, date(2025, 12, 31))
    return s.raised_fen, s.spent_fen, s.under_way_fen, s.left_fen


def grant(village: Village) -> tuple[int, int, int, int]:
    (s,) = fund_register.standings(village.book, date(2025, 12, 31))
    return s.received_fen, s.spent_fen, s.under_way_fen, s.left_fen


# ---- projects ----


def test_a_project_is_followed_from_what_was_raised_to_what_is_left(village: Village):
    assert projects.next_code(village.book, 2025) == "P2025-01"
    projects.register(village.book, ROAD, at(D3))
    assert projects.next_code(village.book, 2025) == "P2025-02"
    receive(village, 0, **AWARD, items=for_road("231", 500_000))
    move(village, "IN", "EX", 600_000)
    assert road(village) == (500_000, 0, 0, 500_000)
    waits = payment(village, 0, items=for_road("153", 80_000))
    submit(village, waits)
    assert road(village) == (500_000, 0, 80_000, 420_000)
    assert sign_everything(village, waits.id, DAY).label
    assert road(village) == (500_000, 80_000, 0, 420_000)
    reversing.reverse(village.book, waits.id, "石料退货", DAY, at(DAY))
    assert road(village) == (500_000, 0, 0, 500_000)
    assert check_book(village.book) == ()


def test_spending_beyond_what_was_raised_waits_for_a_reason(village: Village):
    projects.register(village.book, ROAD, at(D3))
    receive(village, 0, **AWARD, items=for_road("231", 50_000))
    move(village, "IN", "EX", 200_000)
    over = payment(village, 0, items=for_road("153", 50_001))
    assert refused(lambda: submit(village, over)) == ["PRJ-03"]
    submit(village, replace(over, excuse="由村集体垫付"))


def test_villagers_pay_no_more_than_was_decided(village: Village):
    projects.register(village.book, ROAD, at(D3))
    receive(village, 0, **AWARD, items=for_road("231", 400_000), summary="一事一议奖补")
    receive(village, 0, **AWARD, items=for_road("231", 600_000))
    too_much = receipt(village, 0, **AWARD, items=for_road("231", 1), support_no="HD9")
    assert refused(lambda: submit(village, too_much)) == ["PRJ-04"]


def test_a_project_that_costs_a_head_more_than_the_cap_needs_the_consent_from_above(village: Village):
    item = replace(LEVY, per_head_fen=2_000)
    resolutions.record(village.book, minutes(village, "代表会2025-3", D3, item), at(D3))
    dear = replace(ROAD, heads=300, per_head_fen=2_000, resolution="代表会2025-3")
    assert refused(lambda: projects.register(village.book, dear, at(D3))) == ["AP-29"]
    projects.register(village.book, replace(dear, permit="县农2025-8"), at(D3))


def test_stages_go_forward_and_a_settled_project_spends_only_with_a_reason(village: Village):
    projects.register(village.book, ROAD, at(D3))
    assert refused(lambda: projects.move_on(village.book, "P9", Stage.BEGUN, D3, "", at(D3))) == ["PRJ-06"]
    receive(village, 0, **AWARD, items=for_road("231", 500_000))
    move(village, "IN", "EX", 200_000)
    for stage in (Stage.BEGUN, Stage.FINISHED, Stage.SETTLED):
        projects.move_on(village.book, ROAD.code, stage, DAY, "", at(DAY))
    back = lambda: projects.move_on(village.book, ROAD.code, Stage.BEGUN, DAY, "", at(DAY))
    assert refused(back) == ["PRJ-06"]
    late = payment(village, 0, items=for_road("153", 10_000))
    assert refused(lambda: submit(village, late)) == ["PRJ-02"]
    submit(village, replace(late, excuse="质保金到期支付"))


def test_what_is_said_of_a_project_is_changed_by_entering_it_again(village: Village):
    projects.register(village.book, ROAD, at(D3))
    projects.move_on(village.book, ROAD.code, Stage.BEGUN, DAY, "", at(DAY))
    projects.register(village.book, replace(ROAD, name="修村东路和桥"), at(DAY))
    (stands,) = projects.standings(village.book, DAY)
    assert (stands.project.name, stands.project.stage) == ("修村东路和桥", Stage.BEGUN)


@pytest.mark.parametrize(
    "wrong", [{"resolution": ""}, {"planned_fen": 1}, {"name": ""}, {"code": " "}, {"heads": 1}]
)
def test_a_project_nobody_decided_or_that_does_not_add_up_is_refused(village: Village, wrong: dict[str, Any]):
    assert refused(lambda: projects.register(village.book, replace(ROAD, **wrong), at(D3)))[0][:3] == "PRJ"
    assert projects.standings(village.book, D3) == ()


# ---- funds ----


def test_a_fund_in_a_common_account_is_followed_by_its_lines(village: Village):
    fund_register.define(village.book, GRANT, at(D3))
    receive(village, 0, items=for_grant("241", 200_000))
    move(village, "IN", "EX", 300_000)
    paid = pay(village, 0, items=for_grant("514", 60_000))
    assert grant(village) == (200_000, 60_000, 0, 140_000)
    why = "分三处改建，逐处验收后付"
    waits = payment(village, 0, items=for_grant("514", 100_000), excuse=why)
    submit(village, waits)
    assert grant(village) == (200_000, 60_000, 100_000, 40_000)
    over = payment(village, 0, items=for_grant("514", 40_001), excuse=why)
    assert refused(lambda: submit(village, over)) == ["FND-01"]
    reversing.reverse(village.book, paid.id, "付错单位", DAY, at(DAY))
    assert grant(village) == (200_000, 0, 100_000, 100_000)


def test_a_marked_line_outside_the_purpose_is_refused_also_when_the_purpose_changed_on_the_way(
    village: Village,
):
    fund_register.define(village.book, GRANT, at(D3))
    receive(village, 0, items=for_grant("241", 200_000))
    move(village, "IN", "EX", 300_000)
    assert refused(lambda: submit(village, payment(village, 0, items=for_grant("513", 1_000)))) == ["E2L-30"]
    waits = payment(village, 0, items=for_grant("514", 1_000))
    submit(village, waits)
    fund_register.define(village.book, replace(GRANT, accounts=("153",), resolution="县财农2025-9"), at(DAY))
    assert refused(lambda: sign_everything(village, waits.id, DAY)) == ["E2L-30"]


def test_a_fund_after_its_last_day_waits_for_a_reason(village: Village):
    fund_register.define(village.book, replace(GRANT, deadline=date(2025, 1, 9)), at(D3))
    receive(village, 0, items=for_grant("241", 200_000))
    move(village, "IN", "EX", 300_000)
    late = payment(village, 0, items=for_grant("514", 1_000))
    assert refused(lambda: submit(village, late)) == ["FND-02"]
    submit(village, replace(late, excuse="县里同意延期到年底"))


def test_a_fund_with_a_place_is_counted_by_its_place_and_paid_from_there_only(village: Village):
    place = Place("SP:road", PlaceKind.SP, "修路专款", "102", NAME, filed="2025-7")
    people.add_place(village.book, place, at(D3))
    funds.define_fund(village.book, "SP:road", ("153",), "修路", "代表会2025-4", at(D3))
    receive(village, 0, place="SP:road", items=(Item("503", 100_000, "修路补助"),))
    pay(village, 0, place="SP:road", items=(Item("153", 30_000, "铺路石料"),))
    assert grant(village) == (100_000, 30_000, 0, 70_000)
    link = marked("153", 10_000, LinkKind.FUND, "SP:road")
    move(village, "IN", "EX", 50_000)
    assert refused(lambda: submit(village, payment(village, 0, items=link))) == ["FND-04"]
    pay(village, 0, place="SP:road", items=link)
    assert grant(village) == (100_000, 40_000, 0, 60_000)


def test_a_fund_is_defined_anew_and_keeps_what_is_not_said_again(village: Village):
    people.add_place(village.book, Place("SP:road", PlaceKind.SP, "修路专款", "102", NAME, filed="7"), at(D3))
    told = Fund("SP:road", ("153",), "修路", "代表会2025-4", name="修路", grantor="县交通局", amount_fen=5)
    fund_register.define(village.book, told, at(D3))
    funds.define_fund(village.book, "SP:road", ("153", "514"), "修路和养护", "代表会2025-5", at(DAY))
    (stands,) = fund_register.standings(village.book, DAY)
    assert stands.fund == replace(
        told, accounts=("153", "514"), purpose="修路和养护", resolution="代表会2025-5", code="SP:road"
    )


@pytest.mark.parametrize(
    "wrong", [{"code": ""}, {"accounts": ()}, {"accounts": ("999",)}, {"purpose": " "}, {"place": "EX"}]
)
def test_a_fund_without_code_purpose_or_accounts_is_refused(village: Village, wrong: dict[str, Any]):
    assert refused(lambda: fund_register.define(village.book, replace(GRANT, **wrong), at(D3)))
    assert fund_register.standings(village.book, D3) == ()


def test_no_fund_without_a_place_bears_the_code_of_one(village: Village):
    people.add_place(village.book, Place("SP:road", PlaceKind.SP, "修路专款", "102", NAME, filed="7"), at(D3))
    funds.define_fund(village.book, "SP:road", ("153",), "修路", "代表会2025-4", at(D3))
    for changes in ({"code": "SP:road", "brought_fen": 50_000}, {"code": "sp：road"}, {"code": "EX"}):
        asked = partial(fund_register.define, village.book, replace(GRANT, **changes), at(DAY))
        assert refused(asked) == ["FND-03"]
    assert [(s.fund.place, s.left_fen) for s in fund_register.standings(village.book, DAY)] == [
        ("SP:road", 0)
    ]


def test_money_a_fund_has_spent_is_not_taken_back_out_of_it(village: Village):
    fund_register.define(village.book, GRANT, at(D3))
    came = receive(village, 0, items=for_grant("241", 60_000))
    move(village, "IN", "EX", 300_000)
    paid = pay(village, 0, items=for_grant("514", 10_000))
    with pytest.raises(Refused, match=r"short of 100\.00"):
        reversing.reverse(village.book, came.id, "收错了户头", DAY, at(DAY))
    reversing.reverse(village.book, paid.id, "付错了单位", DAY, at(DAY))
    reversing.reverse(village.book, came.id, "收错了户头", DAY, at(DAY))
    assert grant(village) == (0, 0, 0, 0)


# ---- on paper ----


def rows(village: Village, name: str, code: str = "") -> list[dict[str, Any]]:
    made = reports.make(village.book, name, Span.parse("2025-01"), reports.Choice(account=code)).table
    keys = [c.key for c in made.columns]
    return [dict(zip(keys, row, strict=True)) for row in made.rows]


def test_the_memorandum_book_of_a_project_tells_every_voucher_with_what_was_left(village: Village):
    projects.register(village.book, replace(ROAD, raised_before_fen=90_000, spent_before_fen=20_000), at(D3))
    receive(village, 0, **AWARD, items=for_road("231", 50_000))
    move(village, "IN", "EX", 100_000)
    pay(village, 0, items=for_road("153", 30_000))
    found = rows(village, "project-ledger", "P2025-01")
    assert [(r["raised"], r["spent"], r["left"]) for r in found] == [
        (90_000, 20_000, 70_000),
        (50_000, None, 120_000),
        (None, 30_000, 90_000),
        (140_000, 50_000, 90_000),
    ]
    assert [r["voucher"] for r in found] == ["", "收-0001", "付-0001", ""]
    with pytest.raises(KnownError):
        rows(village, "project-ledger", "P9")


def test_the_memorandum_book_begins_with_the_collectives_own_money_and_ends_as_the_list(village: Village):
    own = replace(ROAD, sources=((Source.AWARD, 700_000), (Source.OWN, 300_000)), heads=0, per_head_fen=0)
    projects.register(village.book, own, at(D3))
    receive(village, 0, **AWARD, items=for_road("231", 50_000))
    found = rows(village, "project-ledger", "P2025-01")
    assert [r["left"] for r in found] == [300_000, 350_000, 350_000]
    (listed,) = rows(village, "projects")
    assert found[-1]["left"] == listed["left"]
    assert listed["raised"] + listed["own"] - listed["spent"] - listed["under_way"] == listed["left"]


def test_lists_of_projects_and_funds_say_how_each_stands(village: Village):
    projects.register(village.book, ROAD, at(D3))
    fund_register.define(village.book, GRANT, at(D3))
    receive(village, 0, items=for_grant("241", 60_000))
    (one,) = rows(village, "projects")
    assert (one["code"], one["planned"], one["raised"], one["left"]) == ("P2025-01", 1_000_000, 0, 0)
    (fund,) = rows(village, "funds")
    assert (fund["code"], fund["received"], fund["left"], fund["deadline"]) == (
        "F1",
        60_000,
        60_000,
        "2025-06-30",
    )


def test_bills_are_followed_until_they_are_paid(village: Village):
    move(village, "IN", "EX", 300_000)
    for fen in (50_000, 70_000):
        funds.register_bill(village.book, "县农机公司", fen, D3, "灌溉水泵", at(D3))
    waits = payment(village, 50_000, event_on=D3)
    submit(village, waits)
    assert [r["open"] for r in rows(village, "bills")] == [50_000, 70_000]
    assert len({r["state"] for r in rows(village, "bills")}) == 2
    assert sign_everything(village, waits.id, DAY).label
    assert [(r["amount"], r["open"]) for r in rows(village, "bills")] == [(50_000, 0), (70_000, 70_000)]
    reversing.reverse(village.book, waits.id, "付错了单位", DAY, at(DAY))
    assert [r["open"] for r in rows(village, "bills")] == [50_000, 70_000]


# ---- reminders ----


def reminded(village: Village, day: date) -> dict[str, str]:
    """Target of each reminder of plans and lines, by id."""
    wanted = ("HOME-20", "HOME-21", "HOME-22", "HOME-23", "HOME-24", "HOME-25")
    return {f.id: f.target for f in home.home(village.book, day).todos if f.id in wanted}


def test_what_wants_doing_stands_on_the_home_page_and_leads_to_its_page(village: Village):
    assert reminded(village, D3) == {"HOME-20": "register:budget", "HOME-24": "place:imprest"}
    people.add_place(village.book, Place("SP:road", PlaceKind.SP, "修路专款", "102", NAME, filed="7"), at(D3))
    fund_register.define(village.book, GRANT, at(D3))
    receive(village, 0, items=for_grant("241", 60_000))
    funds.register_bill(village.book, "县农机公司", 5_000, D3, "灌溉水泵", at(D3))
    imprest.name_holder(village.book, "IM", village.ids["cashier"], D3, at(D3))
    line = BudgetLine("511", spread(100_000))
    budgets.adopt(village.book, budgets.Draft(2025, (line,), "代表会2025-1", D3), at(D3))
    move(village, "IN", "EX", 100_000)
    pay(village, 90_000)
    assert reminded(village, date(2025, 5, 30)) == {
        "HOME-21": "register:budget",
        "HOME-23": "register:funds/SP:road",
        "HOME-25": "place:bills",
    }
    assert reminded(village, date(2025, 5, 31))["HOME-22"] == "register:funds/F1"


def test_what_comes_later_is_not_spent_before(village: Village):
    """Backdated into a month still open: neither a payment nor a red voucher leaves a fund below nothing on any day."""
    fund_register.define(village.book, GRANT, at(D3))
    projects.register(village.book, ROAD, at(D3))
    move(village, "IN", "EX", 1_000_000)
    first, second, today = date(2025, 2, 3), date(2025, 2, 10), date(2025, 2, 11)
    early = receive(village, 0, first, **AWARD, items=for_grant("231", 50_000))
    receive(village, 0, second, **AWARD, items=for_grant("231", 100_000))
    receive(village, 0, second, **AWARD, items=for_road("231", 100_000))
    for items, rule in ((for_grant("514", 50_001), "FND-01"), (for_road("153", 1), "PRJ-03")):
        before = payment(village, 0, date(2025, 2, 5), items=items)
        assert refused(partial(submit, village, before, today)) == [rule]
    pay(village, 0, date(2025, 2, 5), items=for_grant("514", 50_000))
    assert grant(village) == (150_000, 50_000, 0, 100_000)
    with pytest.raises(Refused, match="改厕专款"):
        reversing.reverse(village.book, early.id, "入错了账户", date(2025, 2, 6), at(today))
    reversing.reverse(village.book, early.id, "入错了账户", second, at(today))
    assert grant(village) == (100_000, 50_000, 0, 50_000)


def test_a_project_whose_money_was_taken_back_after_it_was_spent_is_told_of(village: Village):
    def told() -> list[str]:
        return [f.text for f in home.home(village.book, DAY).todos if f.id == "HOME-50"]

    projects.register(village.book, ROAD, at(D3))
    move(village, "IN", "EX", 600_000)
    came = receive(village, 0, **AWARD, items=for_road("231", 50_000))
    pay(village, 0, items=for_road("153", 30_000))
    assert told() == []
    reversing.reverse(village.book, came.id, "入错了项目", DAY, at(DAY))
    (words,) = told()
    assert "300.00" in words
