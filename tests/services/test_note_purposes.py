"""Notes to a year's statements tell every special fund and every one-issue project with its money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import DAY, Village, at, make_village, minutes, move, pay, receive
from tests.services.test_projects_funds import AWARD, D3, GRANT, LEVY, ROAD, for_grant, for_road
from villagebook import i18n
from villagebook.domain.period import Span
from villagebook.domain.project import ProjectKind
from villagebook.services.approvals import resolutions
from villagebook.services.registers import fund_register, projects
from villagebook.services.reporting import note_fills, notes
from villagebook.services.reporting.note_purposes import tables
from villagebook.services.reporting.notes import State

YEAR, NEXT = Span.year(2025), Span.year(2026)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    i18n.set_language("zh_CN")
    made = make_village(tmp_path)
    resolutions.record(made.book, minutes(made, ROAD.resolution, D3, LEVY), at(D3))
    yield made
    made.book.close()


def told(village: Village, span: Span = YEAR) -> dict[str, tuple[tuple[object, ...], ...]]:
    return {table.name: table.rows for table in tables(village.book, span)}


def test_each_fund_and_each_project_stands_with_opening_received_spent_and_balance(village: Village):
    projects.register(village.book, replace(ROAD, raised_before_fen=10_000), at(D3))
    fund_register.define(village.book, replace(GRANT, brought_fen=5_000), at(D3))
    receive(village, 0, **AWARD, items=for_road("231", 500_000))
    receive(village, 0, items=for_grant("241", 200_000), support_no="HD2")
    move(village, "IN", "EX", 300_000)
    pay(village, 0, items=for_road("153", 80_000))
    pay(
        village,
        0,
        items=for_grant("514", 30_000),
        party="县建材店",
        summary="改厕材料款",
        support_no="25312000000124",
    )
    found = told(village)
    assert found["special-funds"] == (
        ("F1 改厕专款", 5_000, 200_000, 30_000, 175_000),
        ("账上：241 专项应付款", 0, 200_000, 0, 200_000),
    )
    assert found["one-issue"] == (
        ("P2025-01 修村东路", 10_000, 500_000, 0, 80_000, 430_000),
        ("账上：231 一事一议资金", 0, 500_000, None, 0, 500_000),
    )
    after = told(village, NEXT)
    assert after["special-funds"][0] == ("F1 改厕专款", 175_000, 0, 0, 175_000), (
        "what one year leaves is the next one's opening"
    )
    assert after["one-issue"][0] == ("P2025-01 修村东路", 430_000, 0, 0, 0, 430_000)


def test_what_is_spent_beyond_what_was_raised_is_the_villages_own_money(village: Village):
    projects.register(village.book, ROAD, at(D3))
    receive(village, 0, **AWARD, items=for_road("231", 50_000))
    move(village, "IN", "EX", 200_000)
    pay(village, 0, items=for_road("153", 60_000), excuse="由村集体垫付")
    assert told(village)["one-issue"][0] == ("P2025-01 修村东路", 0, 50_000, 10_000, 60_000, 0)
    receive(village, 0, DAY.replace(year=2026), **AWARD, items=for_road("231", 15_000), support_no="HD5")
    assert told(village, NEXT)["one-issue"][0] == ("P2025-01 修村东路", 0, 15_000, -10_000, 0, 5_000)


def test_other_projects_and_what_never_moved_are_left_out(village: Village):
    projects.register(village.book, replace(ROAD, kind=ProjectKind.OTHER), at(D3))
    fund_register.define(village.book, GRANT, at(D3))
    assert told(village) == {}
    (part,) = (p for p in notes.parts(village.book, 2025) if p.section.code == "purposes")
    assert part.state is State.FILLED
    assert note_fills.fill(village.book, "purposes", YEAR).paragraphs == ("账上无此事项。",)
