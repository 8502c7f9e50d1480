"""Blue corrections: wrong and right name each other; logs from before the link replay as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import Village, at, ids_of, move, pay, payment, receipt, receive, sign_everything, submit
from tests.services.test_carrying import adjust
from villagebook.domain.document import Document, Item
from villagebook.domain.errors import Refused
from villagebook.domain.event import read_entry
from villagebook.services import documents, ledgers
from villagebook.services.checking import check_book
from villagebook.storage.engine import fetch

D10, D12 = date(2025, 1, 10), date(2025, 1, 12)


def view(village: Village, voucher_id: str) -> ledgers.VoucherView:
    found = ledgers.voucher_view(village.book, voucher_id)
    assert found is not None
    return found


def refused(village: Village, document: Document) -> list[str]:
    with pytest.raises(Refused) as caught:
        submit(village, document)
    return ids_of(caught.value.findings)


def test_red_then_blue_are_linked_both_ways(village: Village):
    move(village, "IN", "EX", 100_000)
    wrong = pay(village, 40_000, items=(Item("513", 40_000, "灌溉水泵"),))
    red = documents.reverse(village.book, wrong.id, "科目用错了", D12, at(D12))
    right = payment(village, 40_000, D12, corrects=wrong.id)
    submit(village, right)
    sign_everything(village, right.id, D12)
    assert view(village, wrong.id).reversed_by == red.voucher_id
    assert view(village, wrong.id).corrected_by == (
        (right.id, f"2025-01-12 {view(village, right.id).voucher.label}"),
    )
    assert view(village, right.id).corrects_label == f"2025-01-10 {view(village, wrong.id).voucher.label}"
    assert view(village, right.id).voucher.corrects == wrong.id
    assert view(village, red.voucher_id).corrected_by == ()
    assert check_book(village.book) == ()


def test_other_accounts_need_the_red_one_first_the_amount_alone_does_not(village: Village):
    wrong = receive(village, 90_000, D10)
    other = receipt(village, 90_000, D12, corrects=wrong.id, items=(Item("503", 90_000, "补助"),))
    assert refused(village, other) == ["YE-31"]
    more = receipt(village, 9_000, D12, corrects=wrong.id)
    assert submit(village, more).label
    assert [i for i, _label in view(village, wrong.id).corrected_by] == [more.id]


def test_an_error_of_an_earlier_year_takes_one_blue_voucher(village: Village):
    wrong = adjust(village, D10, ("513", 5_000, 0), ("152", 0, 5_000))
    spring = date(2026, 3, 2)
    right = adjust(village, spring, ("152", 1_000, 0), ("322", 0, 1_000), corrects=wrong.id)
    assert view(village, wrong.id).corrected_by[0][0] == right.id
    assert check_book(village.book) == ()


def test_a_correction_names_a_voucher_that_stands_before_it(village: Village):
    assert refused(village, receipt(village, 9_000, D12, corrects="nothing")) == ["YE-30"]
    later = receive(village, 9_000, D12)
    assert refused(village, receipt(village, 9_000, D10, corrects=later.id)) == ["YE-30"]
    red = documents.reverse(village.book, later.id, "重复登记了", D12, at(D12))
    assert refused(village, receipt(village, 9_000, D12, corrects=red.voucher_id)) == ["YE-30"]


def test_without_a_correction_content_and_log_are_what_they_were_before_the_field(village: Village):
    document = receipt(village, 9_000)
    assert "corrects" not in document.to_data()
    assert Document.from_data(document.to_data()) == document
    linked = replace(document, corrects="v1")
    assert Document.from_data(linked.to_data()) == linked
    assert linked.content_hash() != document.content_hash()
    submit(village, document)
    with village.book.reading() as connection:
        entries = [bytes(r[0]) for r in fetch(connection, "SELECT entry FROM log")]
    assert not [e for e in entries if "corrects" in json.dumps(read_entry(e).data)]


def test_a_difference_may_add_or_take_away_but_no_more_than_there_is(village: Village):
    wrong = adjust(village, D10, ("513", 5_000, 0), ("152", 0, 5_000))
    more = adjust(village, D12, ("513", 1_000, 0), ("152", 0, 1_000), corrects=wrong.id)
    less = adjust(village, D12, ("513", -4_000, 0), ("152", 0, -4_000), corrects=wrong.id)
    assert {i for i, _label in view(village, wrong.id).corrected_by} == {more.id, less.id}
    with pytest.raises(Refused) as caught:
        adjust(village, D12, ("513", -2_001, 0), ("152", 0, -2_001), corrects=wrong.id)
    assert ids_of(caught.value.findings) == ["YE-33"]
    assert "20.00" in caught.value.findings[0].text, "what is still there"
    adjust(village, D12, ("513", -2_000, 0), ("152", 0, -2_000), corrects=wrong.id)
    assert check_book(village.book) == ()


def test_an_error_of_an_earlier_year_never_touches_this_years_results(village: Village):
    wrong = adjust(village, D10, ("513", 5_000, 0), ("152", 0, 5_000))
    spring = date(2026, 3, 2)
    with pytest.raises(Refused) as caught:
        adjust(village, spring, ("152", 1_000, 0), ("513", 0, 1_000), corrects=wrong.id)
    assert ids_of(caught.value.findings) == ["YE-32"]
    assert "322" in caught.value.findings[0].text


def test_what_a_closed_year_earned_or_spent_is_not_undone_in_red(village: Village):
    wrong = adjust(village, D10, ("513", 5_000, 0), ("152", 0, 5_000))
    moved = adjust(village, D10, ("112", 700, 0), ("113", 0, 700))
    move(village, "IN", "EX", 100_000)
    money = pay(village, 40_000, items=(Item("513", 40_000, "办公用纸"),))
    spring = date(2026, 3, 2)
    with village.book.writing("周敏", at(spring).at) as writing:
        body = {"period": 202512, "state": "closed", "reason": ""}
        writing.log("period.stepped", body, "dec", "periods")
    with pytest.raises(Refused) as caught:
        documents.reverse(village.book, wrong.id, "科目用错了", spring, at(spring))
    assert ids_of(caught.value.findings) == ["VCH-07"]
    assert "322" in caught.value.findings[0].text
    assert documents.reverse(village.book, moved.id, "对象用错了", spring, at(spring)).label, (
        "what is no result is undone in red as ever"
    )
    paid = documents.reverse(village.book, money.id, "款项退回来了", spring, at(spring))
    assert paid.label, "and so is money, which no adjustment can bring back"
