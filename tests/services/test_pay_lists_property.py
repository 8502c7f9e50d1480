"""Whatever lists are entered, changed, dropped and paid: no person-day is ever paid twice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders as b
from villagebook.domain.errors import Refused
from villagebook.domain.meeting import Matter
from villagebook.domain.pay_list import ListKind, PayList, PayRate, PayRow, plain_name
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.roster import Household, Member
from villagebook.services.approvals import list_standings, pay_lists, resolutions
from villagebook.services.book_file.books import open_book
from villagebook.services.registers import roster
from villagebook.storage.check import check_store

FEB, MARCH, LAST = date(2025, 2, 3), date(2025, 3, 1), date(2025, 3, 31)
RATE = 8_000
NUMBER = "代表会2025-7"
HOMES = {"何老四": ("01-001",), "钱进": ("01-002", "02-001")}

NAMES = st.sampled_from(["何老四", "何 老四", "钱进", "钱　进"])
DAYS = st.sets(st.integers(0, 5), min_size=1, max_size=3)
ROWS = st.lists(st.tuples(NAMES, st.integers(0, 2), DAYS, st.booleans()), min_size=1, max_size=3)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), st.integers(1, 3), ROWS),
        st.tuples(st.just("drop"), st.integers(1, 3), st.none()),
        st.tuples(st.just("pay"), st.integers(1, 3), st.none()),
    ),
    min_size=2,
    max_size=8,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, str]]:
    """A village with two households of one name, a rate, and money."""
    folder = tmp_path_factory.mktemp("lists")
    village = b.make_village(folder, opening={"EX": 20_000_000})
    for name, codes in HOMES.items():
        for code in codes:
            members = (Member(name, born=1980),)
            entry = Household(code, int(code[:2]), name, members)
            roster.save(village.book, entry, b.at(b.START.first_day), new=True)
    item = ResolutionItem(1, "误工补贴标准每天80元", Matter.LOST_WORK, 90_000_000)
    resolutions.record(village.book, b.minutes(village, NUMBER, FEB, item), b.at(FEB))
    pay_lists.set_rate(village.book, PayRate(ListKind.LOST_WORK, "", RATE, FEB, f"{NUMBER}#1"), b.at(FEB))
    village.book.close()
    return (folder / "village.vbook").read_bytes(), village.ids


def made(code: str, told: list[tuple[str, int, set[int], bool]]) -> PayList:
    rows = []
    for name, which, days, half in told:
        codes = ("", *HOMES[plain_name(name)])
        worked = tuple(MARCH + timedelta(days=n) for n in sorted(days))
        whole = RATE * len(worked)
        rows.append(
            PayRow(
                name,
                whole // 2 if half else whole,
                codes[which % len(codes)],
                work="清理水渠",
                days=worked,
                half=half,
                rate_fen=RATE,
            )
        )
    return PayList(code, ListKind.LOST_WORK, "清理水渠误工补贴", MARCH, LAST, tuple(rows), f"{NUMBER}#1")


def act(
    village: b.Village, what: str, number: int, told: list[tuple[str, int, set[int], bool]] | None
) -> None:
    code = f"L2025-{number:03d}"
    if what == "enter" and told:
        pay_lists.enter(village.book, made(code, told), b.at(LAST))
    elif what == "drop":
        pay_lists.drop(village.book, code, "不再发放", b.at(LAST))
    else:
        document = pay_lists.payment_of(village.book, code, b.at(LAST))
        item = replace(document.items[0], account="513")
        b.submit(
            village,
            replace(
                document,
                items=(item,),
                place="EX",
                handler=village.ids["handler"],
                paper_count=1,
                excuse="名单已在会上宣读",
            ),
        )


@given(ACTS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_person_day_stands_in_two_lists(
    template: tuple[bytes, dict[str, str]],
    tmp_path: Path,
    acts: list[tuple[str, int, list[tuple[str, int, set[int], bool]] | None]],
):
    path = tmp_path / "village.vbook"
    path.write_bytes(template[0])
    village = b.Village(open_book(path), template[1], tmp_path)
    try:
        for what, number, told in acts:
            with suppress(Refused):
                act(village, what, number, told)
        seen: list[tuple[str, str, date]] = []
        for standing in list_standings.standings(village.book):
            for row in standing.content.rows:
                for day in row.days:
                    for name, home, known in seen:
                        same_home = not home or not row.household or home == row.household
                        assert not (name == row.person and known == day and same_home)
                    seen.append((row.person, row.household, day))
        with village.book.reading() as connection:
            assert check_store(connection) == ()
    finally:
        village.book.close()
