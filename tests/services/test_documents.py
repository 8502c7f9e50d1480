"""The four doors: preview, submit, post, withdraw, reverse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    DAY,
    Village,
    at,
    bank,
    close_month,
    ids_of,
    make_village,
    marks,
    move,
    pay,
    payment,
    photo,
    receipt,
    receive,
    sign_everything,
    submit,
    transfer,
)
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.roster import Household, Member
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.services import reports
from villagebook.services.approvals import sign_queue, signing
from villagebook.services.book_file.books import place_balances
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import roster
from villagebook.services.vouchers import documents, receipts, reversing
from villagebook.storage import posted_vouchers

D1, D2, D3 = date(2025, 1, 11), date(2025, 1, 12), date(2025, 1, 13)
FEB = date(2025, 2, 3)


def reversal_refused(village: Village, voucher_id: str, day: date = DAY, reason: str = "重复入账") -> str:
    """The sentence with which a reversal is refused; the book stays as it was."""
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        reversing.reverse(village.book, voucher_id, reason, day, at(max(day, DAY)))
    assert ids_of(caught.value.findings) == ["VCH-07"]
    assert village.book.head() == before
    return caught.value.findings[0].text


def test_the_preview_shows_every_finding_at_once_and_writes_nothing(village: Village):
    bad = Document("d", DocKind.PAYMENT, DAY, "其他", place="RC", support=Support.IOU)
    before = village.book.head()
    found = documents.preview(village.book, bad, DAY)
    assert {"AP-04", "AP-05", "AP-35", "VCH-01", "E2L-10"} <= set(ids_of(found.findings))
    assert village.book.head() == before


def test_a_purpose_of_one_character_is_told_as_too_short_and_none_as_missing(village: Village):
    """Not the same: who has typed one looks for another field to fill in."""
    told = {}
    for words in ("", "泵"):
        found = documents.preview(village.book, receipt(village, 50_000, summary=words), DAY).findings
        told[words] = [f.text for f in found if f.id == "AP-04"]
    assert told[""] == ["Fill in: purpose."]
    assert told["泵"] == ["Fill in: a longer purpose (“泵” has 1 of at least 2 characters)."]


def test_the_preview_says_what_the_document_would_become(village: Village):
    move(village, "IN", "EX", 200_000)
    found = documents.preview(village.book, payment(village, 50_000), DAY)
    assert found.findings == ()
    assert found.next_label == "付-0001"
    assert (found.source_balance_fen, found.left_fen) == (200_000, 150_000)
    assert [s.code for s in found.slots] == ["H", "W", "C", "S", "D", "P", "A"]
    assert [(v.account, v.debit_fen, v.credit_fen, v.place) for v in found.lines] == [
        ("511", 50_000, 0, ""),
        ("102", 0, 50_000, "EX"),
    ]


def test_a_refused_document_tells_every_reason_at_once(village: Village):
    with pytest.raises(Refused) as caught:
        submit(village, payment(village, 100, summary="", handler="", support=Support.IOU))
    assert {"AP-04", "AP-35", "E2L-21"} <= set(ids_of(caught.value.findings))


def test_numbers_run_per_month_and_series_from_one_without_gap(village: Village):
    for day in (DAY, D1):
        receive(village, 100, day)
        move(village, "IN", "EX", 100_000, day)
        pay(village, 1_000, day)
    close_month(village, Period(2025, 1))
    receive(village, 100, FEB)
    with village.book.reading() as connection:
        found = [
            (v.period.month, v.label)
            for v in posted_vouchers.vouchers(connection, Span(Period(2025, 1), Period(2025, 2)))
        ]
    assert sorted(found) == [
        (1, "付-0001"),
        (1, "付-0002"),
        (1, "收-0001"),
        (1, "收-0002"),
        (1, "转-0001"),
        (1, "转-0002"),
        (2, "收-0001"),
    ]


def test_a_refused_submission_uses_no_number(village: Village):
    receive(village, 100)
    with pytest.raises(Refused):
        submit(village, receipt(village, 0))
    receive(village, 100)
    with village.book.reading() as connection:
        assert posted_vouchers.next_number(connection, Period(2025, 1), "收") == 3


def test_a_document_that_waits_is_not_sent_in_again_unchanged(village: Village):
    move(village, "IN", "EX", 100_000)
    waiting = payment(village, 1_000)
    submit(village, waiting)
    with pytest.raises(Refused) as caught:
        submit(village, waiting)
    assert ids_of(caught.value.findings) == ["AP-08"]


def test_changed_content_loses_its_signatures(village: Village):
    move(village, "IN", "EX", 100_000)
    first = payment(village, 1_000)
    submit(village, first)
    signing.sign_ink(village.book, first.id, marks(village, first.id, DAY)[:3], photo(village), at(DAY))
    changed = replace(first, items=(Item("511", 2_000, "灌溉水泵"),))
    submit(village, changed)
    view = documents.document_view(village.book, first.id)
    assert sum(len(s.signatures) for s in view.slot_states) == 0
    assert sign_everything(village, first.id, DAY).label == "付-0001"
    with village.book.reading() as connection:
        voucher = posted_vouchers.voucher(connection, first.id)
    assert voucher is not None
    assert voucher.total_fen == 2_000
    assert check_book(village.book) == ()


def test_a_withdrawn_document_is_a_draft_again_and_leaves_the_queue(village: Village):
    move(village, "IN", "EX", 100_000)
    made = payment(village, 1_000)
    submit(village, made)
    documents.withdraw(village.book, made.id, "金额有误", at(DAY))
    assert documents.drafts(village.book) == (made,)
    assert sign_queue.queue(village.book, DAY) == ()
    assert documents.document_view(village.book, made.id).state == "withdrawn"
    for verb in (
        lambda: documents.withdraw(village.book, made.id, "再撤一次", at(DAY)),
        lambda: sign_everything(village, made.id, DAY),
    ):
        with pytest.raises(Refused) as caught:
            verb()
        assert ids_of(caught.value.findings) == ["AP-38"]


def test_content_that_was_taken_back_once_never_comes_back_unchanged(village: Village):
    """Neither at once nor after another version in between: its old signatures would hold again."""
    move(village, "IN", "EX", 100_000)
    first = payment(village, 1_000)
    submit(village, first)
    signing.sign_ink(village.book, first.id, marks(village, first.id, DAY)[:3], photo(village), at(DAY))
    documents.withdraw(village.book, first.id, "金额有误", at(DAY))
    for document in (first, replace(first, items=(Item("511", 2_000, "灌溉水泵"),)), first):
        if document is first:
            with pytest.raises(Refused) as caught:
                submit(village, document)
            assert ids_of(caught.value.findings) == ["AP-08"]
        else:
            assert submit(village, document).waiting_for
            documents.withdraw(village.book, first.id, "还是不对", at(DAY))


def test_a_posted_document_is_neither_withdrawn_nor_changed(village: Village):
    made = receive(village, 100)
    with pytest.raises(Refused):
        documents.withdraw(village.book, made.id, "金额有误", at(DAY))
    changed = replace(made, items=(Item("501", 900, "鱼塘承包费"),))
    assert submit(village, changed).label == "收-0001"
    with village.book.reading() as connection:
        voucher = posted_vouchers.voucher(connection, made.id)
    assert voucher is not None
    assert voucher.total_fen == 100


def test_the_booking_date_is_the_day_of_the_last_signature(village: Village):
    move(village, "IN", "EX", 100_000)
    made = payment(village, 1_000)
    submit(village, made)
    sign_everything(village, made.id, FEB)
    with village.book.reading() as connection:
        voucher = posted_vouchers.voucher(connection, made.id)
    assert voucher is not None
    assert (voucher.booked_on, voucher.label) == (FEB, "付-0001")
    assert check_book(village.book) == ()


def test_what_was_enough_when_sent_in_is_asked_again_when_posted(village: Village):
    move(village, "IN", "EX", 100_000)
    first, second = payment(village, 60_000), payment(village, 60_000, party="镇五金店", summary="购买铁锹")
    for document in (first, second):
        submit(village, document)
    sign_everything(village, first.id, DAY)
    with pytest.raises(Refused) as caught:
        sign_everything(village, second.id, DAY)
    assert ids_of(caught.value.findings) == ["E2L-21"]
    assert documents.document_view(village.book, second.id).state == "waiting"
    assert all(not s.signatures for s in documents.document_view(village.book, second.id).slot_states)


# ---- red reversals


def test_a_reversal_is_the_same_voucher_in_red_and_both_name_each_other(village: Village):
    wrong = receive(village, 50_000)
    outcome = reversing.reverse(village.book, wrong.id, "重复入账", D1, at(D1))
    with village.book.reading() as connection:
        old, red = (
            posted_vouchers.voucher(connection, wrong.id),
            posted_vouchers.voucher(connection, outcome.voucher_id),
        )
        assert posted_vouchers.reversed_by(connection, wrong.id) == outcome.voucher_id
    assert old is not None
    assert red is not None
    assert red.lines == tuple(line.red() for line in old.lines)
    assert (red.reverses, red.label, red.booked_on) == (wrong.id, "收-0002", D1)
    assert place_balances(village.book, D1)["IN"] == 10_000_000
    assert check_book(village.book) == ()


def test_a_line_without_words_of_its_own_has_those_of_its_voucher_in_every_book(village: Village):
    made = documents.new_document(DocKind.ADJUSTMENT, DAY)
    lines = (VoucherLine("513", 500, 0, ""), VoucherLine("211", 0, 500, "", party="电力公司"))
    documents.submit(village.book, replace(made, summary="计提水电费", lines=lines), at(DAY))
    span = Span.of(Period.of(DAY))
    for name, account in (("detail-ledger", "513"), ("multi-column", "513"), ("journal", "")):
        table = reports.make(village.book, name, span, reports.Choice(account=account)).table
        assert any("计提水电费" in row for row in table.rows), name


def test_every_book_says_on_a_red_line_what_it_undoes(village: Village):
    span = Span.of(Period.of(D1))
    item = Item("501", 50_000, "鱼塘承包费", links=(Link(LinkKind.HOUSEHOLD, "01-001"),))
    roster.save(
        village.book, Household("01-001", 1, "何老四", (Member("何老四", "户主", 1960),)), at(DAY), new=True
    )
    wrong = receive(village, 50_000, items=(item,))
    reversing.reverse(village.book, wrong.id, "重复入账", D1, at(D1))
    for name, choice in (
        ("detail-ledger", reports.Choice()),
        ("multi-column", reports.Choice(account="501")),
        ("aux-ledger", reports.Choice(entry="household:01-001")),
        ("bank-book", reports.Choice()),
        ("journal", reports.Choice()),
    ):
        table = reports.make(village.book, name, span, choice).table
        told = [c for row in table.rows for c in row if isinstance(c, str) and "重复入账" in c]
        assert told, name


def test_a_voucher_is_reversed_once_and_a_red_one_never(village: Village):
    wrong = receive(village, 50_000)
    red = reversing.reverse(village.book, wrong.id, "重复入账", DAY, at(DAY))
    assert "already" in reversal_refused(village, wrong.id)
    assert "red" in reversal_refused(village, red.voucher_id)


@pytest.mark.parametrize("reason", ["", "   ", "错了", " 错 了 "])
def test_a_reversal_without_a_reason_is_refused(village: Village, reason: str):
    reversal_refused(village, receive(village, 50_000).id, reason=reason)


def test_a_reversal_lies_between_its_voucher_and_today(village: Village):
    wrong = receive(village, 50_000, D1)
    reversal_refused(village, wrong.id, DAY)
    with pytest.raises(Refused):
        reversing.reverse(village.book, wrong.id, "重复入账", D3, at(D2))
    assert reversing.reverse(village.book, wrong.id, "重复入账", D2, at(D2)).label


def test_an_unknown_voucher_cannot_be_reversed(village: Village):
    reversal_refused(village, "nothing")


def test_a_banked_receipt_is_reversed_only_after_its_deposit(village: Village):
    taken = receive(village, 50_000, place="RC")
    deposit = bank(village, DAY)
    other = receive(village, 50_000, place="RC")
    assert "deposit" in reversal_refused(village, taken.id)  # though the drawer holds as much again
    reversing.reverse(village.book, deposit.id, "缴款单作废", DAY, at(DAY))
    assert [r.document_id for r in receipts.undeposited(village.book, DAY)] == [taken.id, other.id]
    reversing.reverse(village.book, taken.id, "收据写错", DAY, at(DAY))
    assert [r.document_id for r in receipts.undeposited(village.book, DAY)] == [other.id]
    assert receipts.next_receipt_no(village.book) == "0003"
    assert check_book(village.book) == ()


def test_money_that_was_spent_already_is_not_taken_back_by_a_reversal(village: Village):
    appropriation = move(village, "IN", "EX", 100_000)
    pay(village, 60_000)
    assert "600.00" in reversal_refused(village, appropriation.id)


def test_a_reversed_payment_brings_its_money_back(village: Village):
    move(village, "IN", "EX", 100_000)
    wrong = pay(village, 60_000)
    reversing.reverse(village.book, wrong.id, "收款人写错", DAY, at(DAY))
    assert place_balances(village.book, DAY)["EX"] == 100_000
    assert check_book(village.book) == ()


# ---- deposits and receipts


def test_a_receipt_is_banked_once(village: Village):
    taken = receive(village, 50_000, place="RC")
    bank(village, DAY)
    receive(village, 50_000, place="RC")
    twice = transfer(village, "RC", "IN", 50_000, receipts=(taken.id,))
    with pytest.raises(Refused) as caught:
        submit(village, twice)
    assert ids_of(caught.value.findings) == ["E2L-11"]


def test_a_receipt_stands_on_a_deposit_slip_once(village: Village):
    taken = receive(village, 50_000, place="RC")
    receive(village, 50_000, place="RC")
    for fen in (100_000, 50_000):
        with pytest.raises(Refused) as caught:
            submit(village, transfer(village, "RC", "IN", fen, receipts=(taken.id, taken.id)))
        assert ids_of(caught.value.findings) == ["E2L-11"]
    assert submit(village, transfer(village, "RC", "IN", 50_000, receipts=(taken.id,))).label
    assert len(receipts.undeposited(village.book, DAY)) == 1


def test_a_receipt_number_is_used_once_even_when_it_was_reversed(village: Village):
    taken = receive(village, 50_000, place="RC")
    reversing.reverse(village.book, taken.id, "收据写错", DAY, at(DAY))
    with pytest.raises(Refused) as caught:
        submit(village, receipt(village, 50_000, place="RC", receipt_no="0001"))
    assert ids_of(caught.value.findings) == ["E2L-04"]


def test_a_deposit_that_waits_for_signatures_brings_the_receipts_it_lists_at_last(tmp_path: Path):
    """A township may want deposits signed; then a slip can be taken back and list other receipts."""
    slots = {"deposit": ["C"], "appropriation": ["H"], "imprest-issue": ["H"], "fund": ["H"]}
    village = make_village(tmp_path, policy={"transfer_slots": slots})
    first, second = (receive(village, fen, place="RC") for fen in (10_000, 20_000))
    slip = transfer(village, "RC", "IN", 10_000, receipts=(first.id,))
    assert submit(village, slip).waiting_for
    changed = replace(slip, amount_fen=20_000, receipts=(second.id,))
    assert submit(village, changed).waiting_for
    assert sign_everything(village, slip.id, DAY).label
    assert [r.document_id for r in receipts.undeposited(village.book, DAY)] == [first.id]
    assert check_book(village.book) == ()
    village.book.close()


# ---- adjustments


def worn(fen: int, **changes: Any) -> Document:
    lines = (VoucherLine("513", fen, 0, "计提折旧"), VoucherLine("152", 0, fen, "计提折旧"))
    made = replace(documents.new_document(DocKind.ADJUSTMENT, DAY), summary="计提固定资产折旧", lines=lines)
    return replace(made, support=Support.INTERNAL, **changes)


def test_what_a_difference_was_booked_to_is_reversed_after_the_difference(village: Village):
    wrong = worn(9_000)
    submit(village, wrong)
    less = worn(-5_000, corrects=wrong.id)
    label = submit(village, less).label

    assert label in reversal_refused(village, wrong.id, reason="整笔记错了")
    for voucher in (less, wrong):
        reversing.reverse(village.book, voucher.id, "整笔记错了", DAY, at(DAY))
    with village.book.reading() as connection:
        found = posted_vouchers.vouchers(connection, Span.of(Period.of(DAY)))
    assert sum(x.debit_fen for v in found for x in v.lines if x.account == "513") == 0


def test_an_adjustment_is_posted_at_once_and_moves_no_money(village: Village):
    made = worn(900)
    before = place_balances(village.book, DAY)
    assert submit(village, made).label == "转-0001"
    assert place_balances(village.book, DAY) == before
