"""What can be held against an invoice without a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.invoice import Invoice, InvoiceKind, invoice_key
from villagebook.domain.invoice_checks import (
    credit_code_holds,
    disagreements,
    has_form,
    is_near,
    kind_of_number,
    person_id_holds,
    province_in_number,
    serial_gap,
    total_gap_fen,
    words_agree,
    year_in_number,
)
from villagebook.domain.numerals import capital_amount

DIGITAL = Invoice(InvoiceKind.DIGITAL, "25312000000123456789", issued_on=date(2025, 3, 1), total_fen=10_600)


@pytest.mark.parametrize(
    ("kind", "code", "number"),
    [
        (InvoiceKind.DIGITAL, "", "25312000000123456789"),
        (InvoiceKind.RAIL, "", "25312000000123456789"),
        (InvoiceKind.VAT_SPECIAL, "3100201130", "12345678"),
        (InvoiceKind.VAT_ORDINARY, "031002000111", "12345678"),
        (InvoiceKind.VAT_E_ORDINARY, "031002000111", "12345678"),
        (InvoiceKind.FISCAL, "37060120", "0012345678"),
        (InvoiceKind.TICKET, "", "A-118"),
    ],
)
def test_every_kind_has_a_form_of_number(kind: InvoiceKind, code: str, number: str) -> None:
    assert has_form(Invoice(kind, number, code))
    assert not has_form(Invoice(kind, number + "!", code))


def test_a_digital_number_one_digit_short_has_no_form() -> None:
    assert not has_form(replace(DIGITAL, number=DIGITAL.number[:-1]))


def test_full_width_digits_and_spaces_are_the_same_number() -> None:
    typed = " ２５３１２０００ ０００１２３４５６７８９ "  # noqa: RUF001  # full-width
    assert invoice_key("", typed) == DIGITAL.key
    assert has_form(replace(DIGITAL, number=typed))


def test_the_kind_is_told_by_its_number() -> None:
    assert kind_of_number("", DIGITAL.number) is InvoiceKind.DIGITAL
    assert kind_of_number("031002000111", "12345678") is InvoiceKind.VAT_E_ORDINARY
    assert kind_of_number("3100201130", "12345678") is InvoiceKind.VAT_ORDINARY
    assert kind_of_number("37060120", "0012345678") is InvoiceKind.FISCAL
    assert kind_of_number("1", "2") is None


def test_older_kinds_are_known_by_code_and_number() -> None:
    assert invoice_key("3100201130", "12345678") == "3100201130-12345678"
    assert invoice_key("whatever", DIGITAL.number) == DIGITAL.number


def test_numbers_tell_year_and_province() -> None:
    assert year_in_number(DIGITAL) == 2025
    assert province_in_number(DIGITAL) == "31"
    assert year_in_number(Invoice(InvoiceKind.VAT_E_ORDINARY, "12345678", "031002000111")) == 2020
    assert year_in_number(Invoice(InvoiceKind.VAT_SPECIAL, "12345678", "3100201130")) is None
    assert province_in_number(Invoice(InvoiceKind.VAT_SPECIAL, "12345678", "3100201130")) == ""


def test_net_tax_and_charges_make_the_total() -> None:
    told = replace(DIGITAL, net_fen=1_863, tax_fen=56, total_fen=1_919)
    assert total_gap_fen(told) == 0
    assert total_gap_fen(replace(told, total_fen=1_920)) == 1
    assert total_gap_fen(replace(told, charges_fen=50)) == -50
    assert total_gap_fen(DIGITAL) is None


@given(st.integers(1, 10**11))
def test_the_words_of_an_amount_agree_with_its_figures_however_written(fen: int) -> None:
    words = capital_amount(fen)
    for written in (words, words.replace("元", "圆"), words.replace("整", "正"), "⊗" + words):
        assert words_agree(replace(DIGITAL, total_fen=fen, total_words=written)) is True


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_words_of_another_amount_do_not_agree(one: int, other: int) -> None:
    if one != other:
        assert words_agree(replace(DIGITAL, total_fen=one, total_words=capital_amount(other))) is False


def test_words_that_are_not_there_say_nothing() -> None:
    assert words_agree(DIGITAL) is None


def test_check_characters_of_units_and_persons() -> None:
    assert person_id_holds("11010519491231002X")
    assert not person_id_holds("110105194912310021")
    assert not person_id_holds("1101051949123100")
    assert credit_code_holds("91350100M000100Y43")
    assert not credit_code_holds("91350100M000100Y44")
    assert not credit_code_holds("91350100I000100Y43")


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_of_a_credit_code_is_found(place: int, wrong: str) -> None:
    good = "91350100M000100Y43"
    if good[place] != wrong:
        assert not credit_code_holds(good[:place] + wrong + good[place + 1 :])


def test_near_numbers_are_one_digit_or_one_swap_apart() -> None:
    assert is_near("12345678", "12345687")
    assert is_near("12345678", "12345679")
    assert not is_near("12345678", "12345678")
    assert not is_near("12345678", "87654321")
    assert not is_near("12345678", "1234567")


def test_running_numbers_are_compared_within_one_channel_only() -> None:
    next_one = replace(DIGITAL, number="25312000000123456791")
    assert serial_gap(DIGITAL, next_one) == 2
    assert serial_gap(DIGITAL, replace(DIGITAL, number="25322000000123456791")) is None
    old = Invoice(InvoiceKind.VAT_SPECIAL, "12345678", "3100201130")
    assert serial_gap(old, replace(old, number="12345681")) == 3
    assert serial_gap(old, replace(old, code="3100201131")) is None


def test_two_readings_disagree_only_where_both_tell() -> None:
    typed = replace(DIGITAL, seller="县农机公司")
    seen = replace(DIGITAL, total_fen=10_500, seller="")
    assert disagreements(typed, seen) == (("total_fen", "10600", "10500"),)
    assert disagreements(typed, replace(typed, seller="县农机公司 ")) == ()
