"""Ways round the approvals that somebody once tried: each is one sentence here, and none of them leads anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import builders as b
from tests.builders import DAY, Village, at, payment, submit
from tests.refusing import refused
from villagebook.domain.contract import Amendment, Contract, ContractKind, Direction, Instalment
from villagebook.domain.document import Attachment, Document, Item, SpendKind, Support
from villagebook.domain.pay_list import ListKind, PayList, PayRate, PayRow
from villagebook.domain.people import PostKind
from villagebook.domain.roster import Household, Member, Outsider, OutsiderKind
from villagebook.domain.splitting import payee_key
from villagebook.domain.trip import Transport, Trip
from villagebook.services.approvals import pay_lists, second_look, signing, slips, trips
from villagebook.services.book_file import books
from villagebook.services.demo_village.demo_paper import photographs
from villagebook.services.offices import people
from villagebook.services.registers import contracts, roster
from villagebook.services.vouchers import documents, imports, reversing

WHY = "两次故障，分别购置"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = b.make_village(tmp_path, opening={"EX": 20_000_000, "IN": 5_000_000})
    yield made
    made.book.close()


def slots(village: Village, document: Document) -> list[str]:
    return [s.code for s in documents.preview(village.book, document, document.booked_on).slots]


def waiting(village: Village, fen: int = 50_000, **changes: Any) -> Document:
    made = payment(village, fen, **changes)
    submit(village, made)
    return made


def until(village: Village, made: Document, slot: str) -> None:
    """Sign everything before a slot."""
    given = b.marks(village, made.id, DAY)
    at_slot = next(i for i, m in enumerate(given) if m.slot == slot)
    signing.sign_ink(village.book, made.id, given[:at_slot], b.photo(village), at(DAY))


def sign(village: Village, made: Document, slot: str, person: str) -> object:
    mark = signing.InkMark(slot, person, DAY)
    return signing.sign_ink(village.book, made.id, (mark,), b.photo(village), at(DAY))


# ---- who is paid, in every guise ----


def codes(village: Village, made: Document) -> list[str]:
    return [s.slot.code for s in documents.document_view(village.book, made.id).slot_states]


@pytest.mark.parametrize("name", ["王 建国", "王建国 ", "王建国（一组）", "王建國"])
def test_the_director_paid_in_another_spelling_signs_nothing(village: Village, name: str) -> None:
    made = waiting(village, party=name, payee_account=name)
    assert "D" not in codes(village, made)  # the secretary approves for both (X8)
    until(village, made, "W")
    assert refused(lambda: sign(village, made, "W", village.ids["director"])) == ["AP-09"]


def test_the_owner_of_a_firms_account_does_not_approve_what_it_is_paid(village: Village) -> None:
    firm = Outsider("W001", "县五金公司", OutsiderKind.SUPPLIER, holder="王 建国")
    roster.save(village.book, firm, at(DAY), new=True)
    made = waiting(village, party="县五金公司")
    assert "D" not in codes(village, made)


def test_who_is_paid_by_a_list_does_not_approve_it(village: Village) -> None:
    home = Household("01-009", 1, "王建国", (Member("王建国", born=1975),))
    roster.save(village.book, home, at(DAY), new=True)
    row = PayRow("王 建国", 30_000, "01-009")
    gifts = PayList("L2025-001", ListKind.CONDOLENCE, "住院慰问", DAY, DAY, (row,), "两委会2025-1")
    pay_lists.enter(village.book, gifts, at(DAY))
    items = (Item("514", 30_000, "住院慰问"),)
    paid = {"pay_list": "L2025-001", "spend_kind": SpendKind.WELFARE, "support": Support.SIGNED_LIST}
    made = waiting(village, 30_000, items=items, summary="住院慰问", party="王建国等一人", **paid)
    assert "D" not in codes(village, made)


def test_a_member_of_the_paid_household_does_not_approve(village: Village) -> None:
    """A relative's signature is on hold, not refused, as the table says: so it wants a reason."""
    home = Household("01-009", 1, "王大山", (Member("王大山", born=1950), Member("王建国", born=1975)))
    roster.save(village.book, home, at(DAY), new=True)
    made = waiting(village, party="王大山")
    until(village, made, "D")
    assert refused(lambda: sign(village, made, "D", village.ids["director"]))


def test_a_second_entry_of_a_person_in_another_spelling_fills_no_second_slot(village: Village) -> None:
    twin = people.add_person(village.book, "冯 志", at(DAY))
    made = waiting(village)
    until(village, made, "W")
    assert refused(lambda: sign(village, made, "W", twin))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县农机公司", "县农机公司（王五）"),
        ("刘五", "劉五"),
        ("张三建材店", "張三建材店"),
        ("县农机公司", "县农机公司。"),
        ("县农机公司", "縣農機公司"),
    ],
)
def test_spellings_of_one_payee_are_one_payee(one: str, other: str) -> None:
    assert payee_key(one) == payee_key(other)


# ---- signatures and their evidence ----


def test_a_picture_that_is_not_in_the_book_is_no_evidence(village: Village) -> None:
    made = waiting(village)
    given = b.marks(village, made.id, DAY)
    forged = Attachment("ab" * 32, "slip.jpg", "image/jpeg")
    assert "AP-03" in refused(lambda: signing.sign_ink(village.book, made.id, given, forged, at(DAY)))


def test_nobody_signed_a_slip_before_it_could_be_printed(village: Village) -> None:
    made, late = payment(village, 50_000, DAY), DAY + timedelta(days=9)
    documents.submit(village.book, made, at(late))
    (sheet,) = photographs(slips.slip_pdf(village.book, (made.id,)), seed=1)
    taken = slips.take_in(village.book, sheet, "slip.jpg", at(late))
    assert taken.documents == (made.id,)
    given = b.marks(village, made.id, DAY)
    assert "AP-06" in refused(lambda: signing.sign_ink(village.book, made.id, given, taken.photo, at(late)))


def test_the_picture_of_another_slip_or_of_an_earlier_content_is_no_evidence(village: Village) -> None:
    one = waiting(village)
    (sheet,) = photographs(slips.slip_pdf(village.book, (one.id,)), seed=1)
    taken = slips.take_in(village.book, sheet, "slip.jpg", at(DAY))
    other = waiting(village, party="镇五金店", summary="购买铁锹")
    given = b.marks(village, other.id, DAY)
    assert refused(lambda: signing.sign_ink(village.book, other.id, given, taken.photo, at(DAY))) == ["AP-03"]
    documents.withdraw(village.book, one.id, "", at(DAY))
    changed = replace(one, items=(Item("511", 90_000, "灌溉水泵"),))
    submit(village, changed)
    given = b.marks(village, one.id, DAY)
    assert refused(lambda: signing.sign_ink(village.book, one.id, given, taken.photo, at(DAY))) == ["AP-03"]


def test_who_has_left_office_signs_nothing_new_with_an_old_day(village: Village) -> None:
    post = next(p for p in books.staff(village.book).posts if p.kind is PostKind.DIRECTOR)
    people.end_post(village.book, post.id, DAY, at(DAY))
    made = payment(village, 50_000, DAY)
    documents.submit(village.book, made, at(DAY + timedelta(days=9)))
    given = b.marks(village, made.id, DAY)
    late = at(DAY + timedelta(days=9))
    assert "AP-02" in refused(lambda: signing.sign_ink(village.book, made.id, given, b.photo(village), late))


def test_a_document_with_signatures_is_not_taken_back_without_a_word(village: Village) -> None:
    made = waiting(village)
    until(village, made, "S")
    assert refused(lambda: documents.withdraw(village.book, made.id, " ", at(DAY)))
    documents.withdraw(village.book, made.id, "单价写错了", at(DAY))


# ---- kinds that ask for fewer signatures ----


@pytest.mark.parametrize("kind", list(SpendKind))
def test_no_kind_takes_a_signature_away_from_a_large_purchase(village: Village, kind: SpendKind) -> None:
    plain = payment(village, 3_000_000, excuse=WHY)
    usual = slots(village, plain)
    chosen = slots(village, replace(plain, id="x" * 32, spend_kind=kind))
    assert not chosen or len(chosen) >= len(usual), chosen


# ---- doors beside the slots ----


def test_a_file_brings_in_no_payment_of_after_the_first_approval(village: Village, tmp_path: Path) -> None:
    b.pay(village, 50_000, DAY)
    file = tmp_path / "cash.csv"
    file.write_text(
        "日期,凭证字,凭证号,摘要,科目,资金,借方,贷方\n"
        "2025-01-20,付,90,购买水泵,511,,9000.00,\n"
        "2025-01-20,付,90,购买水泵,102,EX,,9000.00\n",
        encoding="utf-8-sig",
    )
    found = refused(lambda: imports.import_file(village.book, file, by=at(date(2025, 1, 25))))
    assert found == ["IMP-39"]


# ---- reasons ----


@pytest.mark.parametrize("reason", ["", "    ", "....", "1234", "无无无无", "。。。。", "aaaa"])
def test_an_empty_reason_is_none(village: Village, reason: str) -> None:
    waiting(village, 60_000)
    assert "AP-12" in refused(lambda: submit(village, payment(village, 60_000, excuse=reason)))


# ---- the second look ----


def test_the_second_look_is_no_other_entry_of_who_typed(tmp_path: Path) -> None:
    village = b.make_village(tmp_path, opening={"EX": 5_000_000}, policy={"second_look_fen": 60_000})
    twin = people.add_person(village.book, "孙 丽", at(DAY))
    people.give_post(village.book, twin, PostKind.COMMITTEE_MEMBER, DAY, at(DAY))
    made = waiting(village, 60_000)
    signing.sign_ink(village.book, made.id, b.marks(village, made.id, DAY), b.photo(village), at(DAY))
    assert "AP-82" in refused(lambda: second_look.confirm(village.book, made.id, twin, at(DAY)))
    village.book.close()


def fee(village: Village, fen: int, advice: str) -> Document:
    return payment(
        village,
        fen,
        place="IN",
        party="农商银行",
        summary="银行手续费",
        items=(Item("513", fen, "手续费"),),
        support=Support.BANK_ADVICE,
        support_no=advice,
    )


def test_fees_nobody_signs_are_no_purse(village: Village) -> None:
    assert submit(village, fee(village, 6_000, "HD-1")).label
    assert refused(lambda: submit(village, fee(village, 1_000, "hd-1"))) == ["AP-56"]
    assert refused(lambda: submit(village, fee(village, 6_000, "HD-2"))) == ["AP-57"]
    assert submit(village, fee(village, 4_000, "HD-3")).label


# ---- decisions nobody took, and a no that is walked round ----


def road(**changes: Any) -> Contract:
    made = Contract(
        "H-0001",
        "修村东路",
        ContractKind.WORKS,
        Direction.EXPENSE,
        "县路桥公司",
        DAY,
        DAY,
        date(2025, 6, 30),
        3_000_000,
        (Instalment(date(2025, 6, 30), 3_000_000),),
        "153",
    )
    return replace(made, **changes)


def test_a_variation_by_a_number_nobody_recorded_is_no_decision(village: Village) -> None:
    contracts.register(village.book, road(), at(DAY))
    dearer = road(amount_fen=9_000_000, instalments=(Instalment(date(2025, 6, 30), 9_000_000),))
    amended = contracts.Amended(dearer, next(iter(Amendment)), DAY, "增加工程量", "随便")
    assert "AP-14" in refused(lambda: contracts.amend(village.book, amended, at(DAY)))


def test_a_rate_by_a_number_nobody_recorded_is_no_decision(village: Village) -> None:
    rate = PayRate(ListKind.LOST_WORK, "", 99_000, DAY, "随便")
    assert "AP-14" in refused(lambda: pay_lists.set_rate(village.book, rate, at(DAY)))


def test_what_was_rejected_is_not_entered_anew_as_another_document(village: Village) -> None:
    first = waiting(village, 70_000, summary="购买对讲机")
    signing.reject(village.book, first.id, village.ids["head"], "没有采购计划", at(DAY))
    again = payment(village, 69_900, party="县 农机公司", summary="购买对讲机第二批")
    assert refused(lambda: submit(village, again)) == ["AP-08"]
    other = payment(village, 69_900, summary="更换水泵密封圈")
    assert not submit(village, other).label


def test_parts_in_cash_to_one_payee_are_summed_however_the_name_is_written(village: Village) -> None:
    b.move(village, "EX", "IM", 190_000, DAY)
    b.pay(village, 60_000, party="张三", summary="购买铁锹", place="IM")
    name = "张 三（二组）"
    other = payment(village, 60_000, party=name, summary="运送砂石", place="IM", excuse=WHY)
    assert refused(lambda: submit(village, other)) == ["E2L-25"]


def by_receipt(village: Village, party: str, summary: str) -> Document:
    made = payment(village, 45_000, party=party, summary=summary, id_tail="12")
    return replace(made, support=Support.PERSON_RECEIPT, support_no="")


def test_receipts_of_one_private_person_are_summed_however_the_name_is_written(village: Village) -> None:
    assert not submit(village, by_receipt(village, "李四", "购买砂子")).label
    assert "INV-23" in refused(lambda: submit(village, by_receipt(village, "李 四", "临时看护")))


def test_a_red_voucher_wants_a_reason_that_says_something(village: Village) -> None:
    made = b.receive(village, 500_000, DAY)
    assert refused(lambda: reversing.reverse(village.book, made.id, "....", DAY, at(DAY))) == ["VCH-07"]


def test_a_second_entry_of_a_traveller_is_on_no_second_journey(village: Village) -> None:
    twin = people.add_person(village.book, "冯 志", at(DAY))
    first, last = DAY + timedelta(days=10), DAY + timedelta(days=12)
    clerk = village.ids["clerk"]

    def trip(code: str, who: str) -> Trip:
        return Trip(code, (who,), "参加培训", "县城", first, last, next(iter(Transport)), 50_000, clerk)

    trips.ask(village.book, trip("T2025-001", village.ids["handler"]), at(DAY))
    other = trip("T2025-002", twin)
    assert refused(lambda: trips.ask(village.book, other, at(DAY))) == ["TRP-02"]


def test_money_lent_under_another_name_is_decided_like_a_loan(village: Village) -> None:
    lent = payment(village, 90_000, summary="借给张三周转", items=(Item("112", 90_000, "张三周转"),))
    assert "MR" in slots(village, lent)


def test_paying_back_what_was_never_borrowed_is_summed_like_everything_else(village: Village) -> None:
    items = (Item("201", 90_000, "归还"),)
    submit(village, payment(village, 90_000, party="赵六", summary="归还赵六", items=items))
    other = payment(village, 90_000, party="赵六", summary="归还赵六", items=items)
    assert "AP-12" in refused(lambda: submit(village, other))
