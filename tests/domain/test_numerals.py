"""Amounts in capitals, as on receipts and slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.money import MAX_FEN
from villagebook.domain.numerals import capital_amount, spoken_amount, spoken_number

# The six examples of the banks' rule for bills (支付结算办法, annex 1), and the corners between them.
OFFICIAL = [
    (140950, "壹仟肆佰零玖元伍角整"),
    (600714, "陆仟零柒元壹角肆分"),
    (168032, "壹仟陆佰捌拾元零叁角贰分"),
    (10700053, "壹拾万柒仟元零伍角叁分"),
    (1640902, "壹万陆仟肆佰零玖元零贰分"),
    (32504, "叁佰贰拾伍元零肆分"),
    (0, "零元整"),
    (1, "壹分"),
    (10, "壹角整"),
    (11, "壹角壹分"),
    (100, "壹元整"),
    (1000, "壹拾元整"),
    (101, "壹元零壹分"),
    (180050, "壹仟捌佰元零伍角整"),
    (100_0000, "壹万元整"),
    (100_0100, "壹万零壹元整"),
    (1010_0000, "壹拾万壹仟元整"),
    (100_0000_0000, "壹亿元整"),
    (100_0000_0100, "壹亿零壹元整"),
    (100_0100_0000, "壹亿零壹万元整"),
    (1_0000_0000_0000_00, "壹万亿元整"),
    (1_0001_0000_0000_00, "壹万零壹亿元整"),
    (1_0001_0000_0100_00, "壹万零壹亿零壹佰元整"),
    (-140950, "负壹仟肆佰零玖元伍角整"),
]


@pytest.mark.parametrize(("fen", "text"), OFFICIAL)
def test_the_official_examples_are_written_as_the_norm_writes_them(fen: int, text: str):
    assert capital_amount(fen) == text


def test_the_docstring_tells_what_the_code_writes():
    example = (capital_amount.__doc__ or "").split("180050 -> ")[1].split(";")[0]
    assert capital_amount(180050) == example


DIGITS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read_back(text: str) -> int:
    """The opposite way, written without a look at the other one."""
    sign = -1 if text.startswith("负") else 1
    whole, _, rest = text.removeprefix("负").removesuffix("整").rpartition("元")
    total = section = digit = 0
    for sign_ in whole:
        if sign_ in DIGITS:
            digit = DIGITS[sign_]
        elif sign_ in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(sign_) + 1)
            digit = 0
        elif sign_ == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    fen = (total + section + digit) * 100
    for power, mark in ((10, "角"), (1, "分")):
        if mark in rest:
            fen += DIGITS[rest[rest.index(mark) - 1]] * power
    return sign * fen


@given(st.integers(-MAX_FEN, MAX_FEN))
def test_capitals_read_back_to_the_same_amount_so_no_two_amounts_look_alike(fen: int):
    text = capital_amount(fen)
    assert read_back(text) == fen
    assert set(text) <= set("负零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整")
    assert "零零" not in text


@given(st.integers(0, MAX_FEN))
def test_whole_yuan_and_whole_jiao_end_with_zheng_and_fen_never_do(fen: int):
    assert capital_amount(fen).endswith("整") is (fen % 10 == 0)


SPOKEN = [
    (0, "零元"), (120_000, "一千二百元"), (200, "两元"), (1_000, "十元"), (1_200, "十二元"), (20_000, "二百元"), (11_200, "一百一十二元"),
    (200_000, "两千元"), (10_005, "一百元零五分"), (10_050, "一百元五角"), (1_234_567, "一万二千三百四十五元六角七分"),
    (2_005_000, "两万零五十元"), (11_200_000, "十一万二千元"), (100_010_000_00, "一亿零一万元"), (5, "五分"), (20, "两角"), (-200, "负两元"),
]  # fmt: skip


@pytest.mark.parametrize(("fen", "words"), SPOKEN)
def test_an_amount_is_read_aloud_as_people_say_it(fen: int, words: str) -> None:
    assert spoken_amount(fen) == words


def heard(words: str) -> int:
    """What somebody who listens writes down: the number behind Chinese words without a unit of money."""
    digits = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
    units = {"十": 10, "百": 100, "千": 1000}
    total = group = digit = 0
    for sign in words:
        if sign in digits:
            digit = digits[sign]
        elif sign in units:
            group += (digit or 1) * units[sign]
            digit = 0
        elif sign == "万":
            total, group, digit = total + (group + digit) * 10_000, 0, 0
        elif sign == "亿":
            total, group, digit = (total + group + digit) * 100_000_000, 0, 0
    return total + group + digit


@given(st.integers(0, MAX_FEN // 100))
def test_whoever_hears_a_number_knows_it(number: int) -> None:
    assert heard(spoken_number(number)) == number


@given(st.integers(0, MAX_FEN))
def test_whoever_hears_an_amount_knows_it_to_the_fen(fen: int) -> None:
    words = spoken_amount(fen)
    yuan, _unit, rest = words.partition("元") if "元" in words else ("", "", words)
    jiao, _unit, cent = rest.partition("角") if "角" in rest else ("", "", rest)
    assert heard(yuan) * 100 + heard(jiao) * 10 + heard(cent.removesuffix("分")) == fen
