"""A household's slip: the four figures of the notice, and of the book only what stands in its own name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Village, at, move, pay, receipt, receive, sign_everything, submit
from tests.reports.reading import page_codes, page_sizes_mm, page_texts
from tests.services import test_pay_lists as lists
from villagebook import i18n
from villagebook.domain.document import Item
from villagebook.domain.errors import KnownError
from villagebook.domain.household_slip import HouseholdSlip
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, notice_code
from villagebook.domain.period import Span
from villagebook.domain.roster import Household, Member
from villagebook.services.disclosure import household_slip, notices, paper_forms
from villagebook.services.registers import roster

D10 = date(2025, 1, 10)
HE = Household("01-001", 1, "何老四", (Member("何老四", "户主", 1960), Member("何苗苗", "孙女", 2015)))
XU = Household("02-001", 2, "许春雷", (Member("许春雷", "户主", 1970), Member("吴𠅤", "妻", 1972)))
GONE = Household(
    "03-001", 3, "钱满仓", (Member("钱满仓", "户主", 1950),), left_on=date(2025, 1, 5), left_why="迁出"
)


def linked(home: Household, account: str, fen: int, words: str) -> Item:
    return Item(account, fen, words, links=(Link(LinkKind.HOUSEHOLD, home.code),))


@pytest.fixture
def notice(village: Village) -> Notice:
    """Both households paid; one was paid; one owes. Words of each name the other."""
    for home in (HE, XU, GONE):
        roster.save(village.book, home, at(D10), new=True)
    move(village, "IN", "EX", 300_000)
    receive(village, 12_000, items=(linked(HE, "502", 12_000, "何老四交清洁费"),))
    receive(village, 34_000, items=(linked(XU, "502", 34_000, "许春雷、何老四合伙承包鱼塘"),))
    pay(village, 5_600, items=(linked(XU, "511", 5_600, "付吴𠅤误工补贴,13812345678"),), excuse="一人一天")
    submit(village, receipt(village, 777, items=(linked(HE, "113", 777, "何老四暂借款归还"),)))
    return notices.compile_notice(village.book, Span.parse("2025-01"), date(2025, 2, 3))


def words_of(slip: HouseholdSlip) -> str:
    return " ".join(str(cell) for part in slip.parts for row in part.rows for cell in row)


def test_each_household_finds_its_own_payments_and_the_villages_four_figures(
    village: Village, notice: Notice
) -> None:
    he, xu = household_slip.household_slips(village.book, notice)
    assert (he.household, xu.household) == ("何老四（1组）", "许春雷（2组）")
    figures = [notice.opening_fen, notice.income_fen, notice.spending_fen, notice.closing_fen]
    assert [f.fen for f in he.figures] == figures
    paid, got, listed, owes, owed = he.parts
    assert [row[3] for row in paid.rows] == [12_000, 777, 12_777]
    assert (got.rows, listed.rows, owes.rows) == ((), (), ())
    assert [row[1] for row in owed.rows] == [777]
    paid, got, *_rest = xu.parts
    assert [row[3] for row in paid.rows] == [34_000]
    assert [row[3] for row in got.rows] == [5_600]


def test_nothing_of_another_household_stands_on_a_slip(village: Village, notice: Notice) -> None:
    he, xu = household_slip.household_slips(village.book, notice)
    for foreign in ("许春雷", "吴𠅤", "34", "5600"):
        assert foreign not in words_of(he)
    assert "何老四" not in words_of(xu)
    assert "许春雷、何某合伙承包鱼塘" in words_of(xu)


def test_personal_numbers_are_masked_on_slips_too(village: Village, notice: Notice) -> None:
    _he, xu = household_slip.household_slips(village.book, notice)
    assert "13812345678" not in words_of(xu)
    assert "*********78" in words_of(xu)


def test_a_household_that_left_gets_none_and_an_unknown_one_is_told(village: Village, notice: Notice) -> None:
    assert [s.code for s in household_slip.household_slips(village.book, notice)] == ["01-001", "02-001"]
    assert [s.code for s in household_slip.household_slips(village.book, notice, ["03-001"])] == ["03-001"]
    with pytest.raises(KnownError, match="07-001"):
        household_slip.household_slips(village.book, notice, ["07-001"])


def test_two_slips_share_a_sheet_and_each_is_read_back_whole(village: Village, notice: Notice) -> None:
    slips = household_slip.household_slips(village.book, notice)
    with i18n.speaking("en"):
        data = household_slip.slips_pdf(slips, draft=False)
    (text,) = page_texts(data)
    assert page_sizes_mm(data) == {(210, 297)}
    for slip in slips:
        assert slip.household in text
        assert slip.code in text
        for part in slip.parts:
            for row in part.rows:
                assert yuan_text(int(row[-1] or 0)) in text
    assert "付吴𠅤误工补贴" in text
    assert text.count(yuan_text(notice.closing_fen)) == 2
    assert page_codes(data, 0) == [notice_code(notice)] * 2
    assert household_slip.slips_pdf(slips, draft=False) == data


def test_many_lines_go_on_over_the_next_half(village: Village, notice: Notice) -> None:
    for number in range(14):
        receive(village, 1_000 + number, items=(linked(HE, "502", 1_000 + number, f"水费第{number}次"),))
    again = notices.compile_notice(village.book, Span.parse("2025-01"), date(2025, 2, 3))
    slips = household_slip.household_slips(village.book, again, ["01-001"])
    (text,) = page_texts(household_slip.slips_pdf(slips, draft=False))
    assert all(f"水费第{number}次" in text for number in range(14))
    assert ("1 of 2" in text and "2 of 2" in text) or ("共 2 页" in text)


def test_the_slip_for_everybody_names_nobody_and_has_the_same_figures(
    village: Village, notice: Notice
) -> None:
    slip = household_slip.general_slip(notice)
    assert (slip.household, slip.parts) == ("", ())
    kinds = " ".join(slip.sentences[-2:])
    assert all(f"{k.words}, {yuan_text(k.fen)} yuan" in kinds for k in notice.kinds if k.fen and not k.depth)
    assert any("34,000" not in s and "340.00" in s for s in slip.sentences)
    ((ending, data),) = paper_forms.made_as(village.book, notice, "general", draft=True)
    assert ending == ".pdf"
    assert yuan_text(notice.closing_fen) in page_texts(data)[0]


listing = lists.village  # a village with a rate for lost work, and two households of one name


def test_rows_of_lists_that_were_paid_stand_on_the_slips_of_their_households(listing: Village) -> None:
    made = lists.lost_work(
        "L2025-001",
        lists.row("何小妹", household="01-001"),
        lists.row("钱进", lists.DAYS[:1], household="02-001"),
    )
    lists.enter(listing, made)
    document = lists.payment_of(listing, "L2025-001")
    submit(listing, document, lists.MARCH)
    sign_everything(listing, document.id, lists.MARCH)
    notice = notices.compile_notice(listing.book, Span.parse("2025-03"), date(2025, 4, 2))
    slips = {s.code: s for s in household_slip.household_slips(listing.book, notice)}
    rows = {code: [row for part in slip.parts for row in part.rows] for code, slip in slips.items()}
    assert rows["01-002"] == []
    assert [(r[1], r[2], r[3], r[4]) for r in rows["01-001"]] == [
        ("清理水渠误工补贴 何小妹 清理水渠", "2", 8_000, 16_000)
    ]
    assert [r[4] for r in rows["02-001"]] == [8_000]


@given(st.lists(st.sampled_from("何许吴钱王"), min_size=2, max_size=3).map("".join))
def test_a_name_inside_other_words_is_still_found(name: str) -> None:
    others = household_slip.others([HE, Household("09-001", 9, name, (Member(name),))], HE)
    if name not in {"何老四", "何苗苗"}:
        assert others is not None
        assert others.search(f"付{name}等三人工资")
