"""Sub-accounts: four levels, the first one with the balance, out of use but never gone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import Village, at, close_month, ids_of, move, pay, payment, receive, submit
from tests.services.test_carrying import adjust, balances, shape
from villagebook.domain.document import Item
from villagebook.domain.errors import Refused
from villagebook.domain.period import Period, Span
from villagebook.services.account_books import ledgers
from villagebook.services.book_file.books import chart
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import accounts
from villagebook.services.vouchers.accounts import NewAccount
from villagebook.storage import ledger, posted_vouchers

JAN = Period(2025, 1)
D10 = date(2025, 1, 10)


def add(village: Village, code: str, name: str, parent: str, *, take_over: bool = False) -> str:
    new = NewAccount(code, name, parent, take_over=take_over)
    return accounts.add_account(village.book, new, at(D10))


def refused(village: Village, code: str, name: str, parent: str, *, take_over: bool = False) -> list[str]:
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        add(village, code, name, parent, take_over=take_over)
    assert village.book.head() == before
    return ids_of(caught.value.findings)


def test_a_sub_account_is_booked_on_and_the_account_above_no_longer(village: Village):
    assert add(village, "51301", "差旅费", "513") == ""
    found = chart(village.book)["51301"]
    above = chart(village.book)["513"]
    assert (found.category, found.side, found.parent) == (above.category, above.side, "513")
    move(village, "IN", "EX", 50_000)
    with pytest.raises(Refused) as caught:
        submit(village, payment(village, 10_000, items=(Item("513", 10_000, "县里开会车票"),)))
    assert ids_of(caught.value.findings) == ["VCH-03"]
    submit(village, payment(village, 10_000, items=(Item("51301", 10_000, "县里开会车票"),)))
    assert check_book(village.book) == ()


def test_four_levels_and_no_fifth(village: Village):
    code = "511"
    for level, name in enumerate(("种植", "水稻", "早稻", "种子"), 1):
        parent, code = code, f"{code}{level:02d}"
        add(village, code, name, parent)
    assert refused(village, f"{code}01", "包装", code) == ["YE-41"]


def test_an_account_with_bookings_is_divided_only_with_its_balance_party_by_party(village: Village):
    adjust(village, D10, ("113", 700, 0), ("501", 0, 700))
    receive(village, 300, D10, items=(Item("113", 300, "还欠款"),), party="张三")
    assert refused(village, "11301", "农户", "113") == ["YE-42"]
    assert add(village, "11301", "农户", "113", take_over=True) == "转-0002"
    with village.book.reading() as connection:
        assert ledger.details_on(connection, "113", D10) == ()
        assert ledger.details_on(connection, "11301", D10) == (("", "", 700), ("张三", "", -300))
    assert balances(village, JAN)["11301"] == 400
    total = ledgers.trial_balance(village.book, Span.of(JAN)).rows[-1]
    assert total[8] == total[9]
    assert check_book(village.book) == ()


def test_the_second_sub_account_needs_no_move(village: Village):
    adjust(village, D10, ("113", 700, 0), ("501", 0, 700))
    add(village, "11301", "农户", "113", take_over=True)
    assert add(village, "11302", "所属单位", "113") == ""


def test_an_opening_balance_moves_too(village: Village):
    assert refused(village, "30101", "农户股", "301") == ["YE-42"]
    add(village, "30101", "农户股", "301", take_over=True)
    assert balances(village, JAN)["30101"] == -10_000_000


def test_bookings_that_cancel_out_leave_nothing_to_move(village: Village):
    adjust(village, D10, ("112", 700, 0), ("501", 0, 700))
    adjust(village, D10, ("501", 700, 0), ("112", 0, 700))
    assert refused(village, "11201", "县公司", "112") == ["YE-42"]
    assert add(village, "11201", "县公司", "112", take_over=True) == ""


def test_nothing_is_moved_in_a_closed_month(village: Village):
    close_month(village, JAN)
    assert refused(village, "30101", "农户股", "301", take_over=True) == ["YE-47"]


def test_a_waiting_document_keeps_its_account_as_it_is(village: Village):
    move(village, "IN", "EX", 50_000)
    submit(village, payment(village, 10_000))
    assert refused(village, "51101", "水电", "511") == ["YE-48"]


def test_money_accounts_and_the_years_result_are_not_divided(village: Village):
    assert "YE-43" in refused(village, "10201", "农商行", "102")
    assert refused(village, "32101", "上半年", "321") == ["YE-43"]


def test_an_account_goes_out_of_use_when_it_is_empty_and_stays_in_the_books(village: Village):
    add(village, "51301", "差旅费", "513")
    adjust(village, D10, ("51301", 500, 0), ("212", 0, 500))
    with pytest.raises(Refused) as caught:
        accounts.disable_account(village.book, "51301", at(D10))
    assert ids_of(caught.value.findings) == ["YE-44"]
    adjust(village, D10, ("212", 500, 0), ("51301", 0, 500))
    accounts.disable_account(village.book, "51301", at(D10))
    assert chart(village.book)["51301"].disabled
    rows = [r for r in ledgers.trial_balance(village.book, Span.of(JAN)).rows if r[0] == "51301"]
    assert rows[0][4:6] == (500, 500)
    with pytest.raises(Refused) as caught:
        accounts.disable_account(village.book, "51301", at(D10))
    assert ids_of(caught.value.findings) == ["YE-49"]
    assert check_book(village.book) == ()


def test_an_account_put_out_of_use_comes_back_and_takes_entries_again(village: Village):
    add(village, "51301", "差旅费", "513")
    for code in ("51301", "513"):
        accounts.disable_account(village.book, code, at(D10))
    with pytest.raises(Refused) as caught:
        accounts.enable_account(village.book, "51301", at(D10))
    assert ids_of(caught.value.findings) == ["YE-53"]
    assert accounts.why_not_enable(village.book, "513", D10) == ()
    for code in ("513", "51301"):
        accounts.enable_account(village.book, code, at(D10))
    adjust(village, D10, ("51301", 500, 0), ("212", 0, 500))
    with pytest.raises(Refused) as caught:
        accounts.enable_account(village.book, "51301", at(D10))
    assert ids_of(caught.value.findings) == ["YE-52"]
    adjust(village, D10, ("212", 500, 0), ("51301", 0, 500))
    accounts.disable_account(village.book, "51301", at(D10))
    assert chart(village.book)["51301"].disabled
    assert check_book(village.book) == ()


def test_an_expense_account_whose_year_was_carried_holds_nothing_whoever_was_paid(village: Village):
    add(village, "51301", "差旅费", "513")
    move(village, "IN", "EX", 50_000)
    pay(village, 500, items=(Item("51301", 500, "县里开会车票"),))
    adjust(village, D10, ("321", 500, 0), ("51301", 0, 500))
    assert accounts.why_not_disable(village.book, "51301", D10) == ()


def test_a_code_may_be_typed_in_wide_digits_and_a_name_fits_its_column(village: Village):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in "51309")
    add(village, wide, "邮电费", "513")
    assert "51309" in chart(village.book)
    assert refused(village, "51310", "很" * 41, "513") == ["YE-54"]


def test_two_parties_that_cancel_out_are_a_balance(village: Village):
    receive(village, 300, D10, items=(Item("113", 300, "预收"),), party="张三")
    adjust(village, D10, ("113", 300, 0), ("501", 0, 300))
    assert balances(village, JAN).get("113", 0) == 0
    with pytest.raises(Refused) as caught:
        accounts.disable_account(village.book, "113", at(D10))
    assert ids_of(caught.value.findings) == ["YE-44"]


def test_a_wrong_name_is_put_right_by_a_new_account(village: Village):
    add(village, "51301", "差旅非", "513")
    accounts.disable_account(village.book, "51301", at(D10))
    assert refused(village, "51302", "差旅非", "513") == ["YE-46"]
    add(village, "51302", "差旅费", "513")
    adjust(village, D10, ("51302", 500, 0), ("212", 0, 500))
    assert shape_of_last(village) == [("51302", 500, 0), ("212", 0, 500)]


def shape_of_last(village: Village) -> list[tuple[str, int, int]]:
    with village.book.reading() as connection:
        return shape(posted_vouchers.vouchers(connection, Span.of(JAN))[-1])
