"""Plain words: delivered for every account, the village's own, read once by supervision, told of entries that say nothing."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import DAY, START, Village, at, make_village, policy_data
from villagebook import i18n, paths
from villagebook.domain.carrying import Entry
from villagebook.domain.errors import Refused
from villagebook.domain.period import Span
from villagebook.domain.plain_words import MOST, OwnWords, Vague, Way, faults_of, is_vague, ways_of
from villagebook.domain.voucher import VoucherLine
from villagebook.services.disclosure import notices, plain_words
from villagebook.services.period_end import checking
from villagebook.services.vouchers import accounts
from villagebook.services.vouchers.accounts import NewAccount
from villagebook.services.vouchers.posting import post_entries

VAGUE = policy_data()["words"]["vague"]["value"]
TERMS = policy_data()["words"]["accounting_terms"]["value"]
SPEAKING = Vague(VAGUE).speaking()
MONTH = Span.of(START)
PENS = "村里办公用的纸笔、电话"


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return make_village(tmp_path, opening={"EX": 1_000_000})


def spoken(village: Village, account: str, way: Way = Way.IS) -> str:
    with village.book.reading() as connection:
        return plain_words.read_words(connection).of(account, way)


def refused(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {f.id for f in error.value.findings}


def test_every_account_of_the_chart_has_delivered_words_in_both_languages(village: Village):
    for language in (i18n.CHINESE, i18n.ENGLISH):
        told = plain_words.delivered(language)
        for row in plain_words.rows(village.book):
            if not row.account.parent:
                assert told.get((row.account.code, "", row.way)) or told[row.account.code, "", Way.IS]
        assert all(told.values())


def test_delivered_words_keep_the_rules_for_own_ones():
    for (account, detail, way), words in plain_words.delivered(i18n.CHINESE).items():
        assert faults_of(words, VAGUE) == (), (account, detail, way)
        assert not [t for t in TERMS if t in words], (account, detail, way)


def test_the_file_of_words_has_five_fields_in_every_row():
    with paths.resource("words", "plain_words.csv").open(encoding="utf-8", newline="") as file:
        assert {len(row) for row in csv.reader(file)} == {5}


def test_a_sub_account_is_told_by_what_its_name_says(village: Village):
    accounts.add_account(village.book, NewAccount("51301", "办公费", "513"), at(DAY))
    accounts.add_account(village.book, NewAccount("51302", "公墓管护", "513"), at(DAY))
    with i18n.speaking(i18n.CHINESE):
        assert spoken(village, "51301") == "村里办公用的纸笔、电话、网费"
        assert spoken(village, "51302") == "公墓管护（村里办公、干部报酬花的钱）"
        assert spoken(village, "513", Way.IN) == "退回来的：村里办公、干部报酬花的钱"
        assert spoken(village, "112", Way.IN) == "外面欠村里、现在还来的钱"
        assert spoken(village, "9999") == "9999"


def test_own_words_hold_until_they_are_taken_back_and_are_read_by_somebody_else(village: Village):
    book = village.book
    plain_words.set_words(book, "513", Way.IS, PENS, at(DAY))
    assert spoken(village, "513", Way.OUT) == PENS
    (own,) = plain_words.unread(book)
    for who in ("clerk", "director"):
        with pytest.raises(Refused) as error:
            plain_words.review(book, [own], village.ids[who], at(DAY))
        assert refused(error) == {"WRD-04"}
    plain_words.review(book, [own], village.ids["head"], at(DAY))
    assert plain_words.unread(book) == ()
    with pytest.raises(Refused) as error:
        plain_words.review(book, [own], village.ids["supervisor"], at(DAY))
    assert refused(error) == {"WRD-05"}
    plain_words.set_words(book, "513", Way.IS, PENS + "费", at(DAY))
    assert [w.words for w in plain_words.unread(book)] == [PENS + "费"]
    plain_words.set_words(book, "513", Way.IS, "", at(DAY))
    assert plain_words.unread(book) == ()
    assert spoken(village, "513") != PENS
    assert checking.check_book(book) == ()


def test_whoever_wrote_the_words_does_not_review_them(village: Village):
    by = replace(at(DAY), actor="张海涛")
    plain_words.set_words(village.book, "513", Way.IS, PENS, by)
    with pytest.raises(Refused) as error:
        plain_words.review(village.book, plain_words.unread(village.book), village.ids["head"], at(DAY))
    assert refused(error) == {"WRD-04"}
    plain_words.review(village.book, plain_words.unread(village.book), village.ids["supervisor"], at(DAY))


@pytest.mark.parametrize("words", ["其他", "办公用的纸笔等", "卡6222021611001234567", "纸", "x" * (MOST + 1)])
def test_words_that_say_nothing_are_refused(village: Village, words: str):
    with pytest.raises(Refused) as error:
        plain_words.set_words(village.book, "513", Way.IS, words, at(DAY))
    assert refused(error) == {"WRD-01"}


@pytest.mark.parametrize(("account", "way"), [("9999", Way.IS), ("513", Way.IN), ("101", Way.OUT)])
def test_words_for_nothing_are_refused(village: Village, account: str, way: Way):
    with pytest.raises(Refused) as error:
        plain_words.set_words(village.book, account, way, PENS, at(DAY))
    assert refused(error) == {"WRD-02"}


def spend(village: Village, text: str, fen: int = 1_000, day: date = DAY) -> str:
    entry = Entry(text, (VoucherLine("515", fen, 0, text), VoucherLine("102", 0, fen, text, place="EX")))
    by = at(day)
    with village.book.writing(by.actor, by.at) as writing:
        return post_entries(writing, [entry], day)[0].id


def test_a_line_that_says_nothing_stops_the_notice_until_it_was_told(village: Village):
    book, last = village.book, START.last_day
    voucher = spend(village, "其他支出")
    notice = notices.compile_notice(book, MONTH, last)
    found = [f for f in notices.notice_findings(book, notice, last) if f.id == "DIS-30"]
    assert len(found) == 1
    assert notice.lines[0].voucher in found[0].text
    (silent,) = plain_words.silent(book, DAY)
    assert (silent.voucher_id, silent.account, silent.amount_fen) == (voucher, "515", 1_000)
    plain_words.explain(book, voucher, "515", "赔村民李大爷的菜地钱", at(DAY))
    notice = notices.compile_notice(book, MONTH, last)
    assert not [f for f in notices.notice_findings(book, notice, last) if f.id == "DIS-30"]
    assert "赔村民李大爷的菜地钱" in notice.lines[0].summary
    assert "其他支出" in notice.lines[0].summary, "what the book says stays on the board"


def test_what_says_enough_is_not_told_otherwise(village: Village):
    voucher = spend(village, "赔村民李大爷的菜地")
    assert plain_words.silent(village.book, DAY) == ()
    with pytest.raises(Refused) as error:
        plain_words.explain(village.book, voucher, "515", "修桥的水泥钱", at(DAY))
    assert refused(error) == {"WRD-02"}


def test_own_words_nobody_read_are_marked_on_the_notice(village: Village):
    book, last = village.book, START.last_day
    spend(village, "赔村民李大爷的菜地")
    plain_words.set_words(book, "515", Way.IS, "村里赔人家的钱", at(DAY))
    notice = notices.compile_notice(book, MONTH, last)
    assert [k.unread for k in notice.kinds if k.code == "515"] == [True]
    assert [f.id for f in notices.notice_findings(book, notice, last)].count("WRD-06") == 1
    plain_words.review(book, plain_words.unread(book), village.ids["head"], at(DAY))
    notice = notices.compile_notice(book, MONTH, last)
    assert not any(k.unread for k in notice.kinds)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("其他", True), ("其他支出", True), ("杂费一批", True), ("日用品5箱", True), ("报销费用", True), ("2025年费用", True),
        ("电费", False), ("会议费用", False), ("A4纸10包", False), ("修桥", False), ("差旅报销", False),
    ],
)  # fmt: skip
def test_words_that_say_nothing_are_told_from_those_that_do(text: str, vague: bool):
    assert is_vague(text, VAGUE) is vague


@given(st.lists(st.sampled_from([*VAGUE, "等", "一批", "、", "12", " ", "(", ")"]), min_size=1))
def test_empty_words_and_fillers_never_add_up_to_something_said(parts: list[str]):
    assert is_vague("".join(parts), VAGUE)


@given(
    st.text(st.sampled_from("修桥其他支出费用杂项等一批年月12 Aa①㈠（）、é豈"), max_size=8)
    | st.text(max_size=8)
)
def test_a_text_the_store_leaves_out_says_something(text: str):
    of_two = re.compile(f"[{SPEAKING}].*[{SPEAKING}]", re.DOTALL)
    assert not (of_two.search(text) and is_vague(text, VAGUE))


def test_the_signs_that_say_something_are_nearly_all(village: Village):
    assert all(
        re.search(f"[{SPEAKING}].*[{SPEAKING}]", text) for text in ("赔村民李大爷的菜地", "修桥", "茶叶基地")
    )
    assert not re.search(f"[{SPEAKING}]", "其他支出等一批")


def test_lines_with_words_of_their_own_are_looked_at_by_these(village: Village):
    lines = (
        VoucherLine("515", 500, 0, "其他"),
        VoucherLine("513", 300, 0, ""),
        VoucherLine("102", 0, 800, "", place="EX"),
    )
    by = at(DAY)
    with village.book.writing(by.actor, by.at) as writing:
        post_entries(writing, [Entry("赔村民李大爷的菜地", lines)], DAY)
        post_entries(writing, [Entry("其他", (replace(lines[0], summary="修桥的水泥"), *lines[1:]))], DAY)
    found = plain_words.silent(village.book, DAY)
    assert [(s.account, s.text) for s in found] == [("515", "其他"), ("513", "其他")]


def test_accounts_that_go_both_ways_have_words_for_each(village: Village):
    rows = plain_words.rows(village.book)
    told = {r.account.code: len(ways_of(r.account)) for r in rows}
    assert (told["101"], told["102"], told["513"], told["501"], told["112"], told["322"]) == (
        1,
        1,
        1,
        1,
        3,
        3,
    )
    assert OwnWords("513", Way.IS, PENS, "孙丽").reviewed_by == ""
