"""A roster out of a spreadsheet: printed forms with joined cells, all that is wrong at once, nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Village, at, ids_of
from tests.services.test_roster import D10, D20
from villagebook.domain.errors import Refused
from villagebook.services import render
from villagebook.services.registers import roster
from villagebook.services.registers.roster_import import TakenIn, import_roster

PRINTED = """白杨村集体经济组织成员名册,,,,,,,
户号,组别,户主,姓名,与户主关系,出生年月,表决权,身份证号
01-001,1,何老四,何老四,户主,1960-05,是,371523196005120011
,,,何小四,子,1990年3月,是,
,,,何苗,孙女,2015.6,否,
,第二组,王建国,王建国,户主,1970,是,
,,,李秀英,妻,1972,√,
"""


def take(village: Village, text: str, *, dry_run: bool = False, name: str = "roster.csv") -> TakenIn:
    path = village.folder / name
    path.write_text(text, encoding="utf-8-sig")
    return import_roster(village.book, path, at(D10), dry_run=dry_run)


def refusal(village: Village, text: str) -> Refused:
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        take(village, text)
    assert village.book.head() == before
    return caught.value


def test_a_printed_roster_with_joined_cells_becomes_households(village: Village):
    made = take(village, PRINTED)
    assert (made.households, made.members) == (2, 5)
    first, second = roster.households(village.book)
    assert (first.code, first.group, [m.name for m in first.members]) == (
        "01-001",
        1,
        ["何老四", "何小四", "何苗"],
    )
    assert (second.code, second.head, [m.born for m in second.members]) == ("02-001", "王建国", [1970, 1972])
    told = roster.counts(village.book, D20)
    assert (told.members, told.adults, told.voters) == (5, 4, 4)


def test_numbers_of_identity_cards_never_reach_the_book(village: Village):
    made = take(village, PRINTED)
    assert "身份证号" in made.findings[0].text
    village.book.close()
    assert b"371523196005120011" not in (village.folder / "village.vbook").read_bytes()


def test_a_try_writes_nothing(village: Village):
    before = village.book.head()
    assert take(village, PRINTED, dry_run=True).households == 2
    assert village.book.head() == before


def test_every_bad_row_is_told_at_once(village: Village):
    error = refusal(
        village,
        "户号,组别,户主,姓名,关系,出生年份,表决权\n"
        "01-001,一组,何老四,何老四,户主,六零年,是\n"
        ",,,何老四,子,1990,是\n"
        ",东街,,何苗,孙女,2015,也许\n"
        ",,,,女,2016,否\n"
        ",,,371523199001011234,女,2016,否\n",
    )
    assert ids_of(error.findings) == ["IMP-60", "IMP-61", "IMP-62", "IMP-63", "IMP-65", "IMP-67"]
    assert all("roster.csv" in f.where or "row" in f.where for f in error.findings)


def test_a_household_needs_a_head_and_a_group(village: Village):
    assert ids_of(refusal(village, "姓名,关系\n何苗,女\n").findings) == ["IMP-64", "IMP-66"]


def test_rules_of_the_register_hold_for_rosters_too(village: Village):
    error = refusal(
        village, "组,户主,姓名,关系,出生年份,表决权\n1,何老四,何苗,女,2015,是\n2,何五,何六,子,,\n"
    )
    assert ids_of(error.findings) == ["REG-03", "REG-09"]


def test_what_is_there_already_is_told_and_stays(village: Village):
    take(village, PRINTED)
    again = take(
        village, PRINTED.replace(",第二组,王建国", ",第二组,王建国 ").replace("01-001,1", "01-001,1")
    )
    assert "IMP-68" in ids_of(again.findings)
    assert "IMP-69" in ids_of(again.findings)
    assert again.households == 1
    assert len(roster.households(village.book)) == 3


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_exported_register_can_be_taken_in_again(village: Village, form: str, tmp_path: Path):
    from tests.builders import make_village

    take(village, PRINTED)
    path = tmp_path / f"members.{form}"
    path.write_bytes(render.render(roster.member_table(village.book, D20), form, "白杨村"))
    (tmp_path / "other").mkdir()
    other = make_village(tmp_path / "other")
    import_roster(other.book, path, at(D10))
    assert roster.households(other.book) == roster.households(village.book)
    other.book.close()
