"""代发: the file for the bank is the signed list, its answer is held against every row, nothing failed is forgotten."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from tests import builders as b
from tests.refusing import refused
from villagebook.domain.document import Item
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.meeting import Matter
from villagebook.domain.pay_list import ListKind, PayList, PayRate, PayRow
from villagebook.domain.pay_list_proof import ListState, Outcome, PaidList, ProofKind
from villagebook.domain.period import Period, Span
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.roster import Household, Member
from villagebook.services.approvals import (
    bank_batches,
    list_standings,
    pay_lists,
    payee_reminders,
    resolutions,
)
from villagebook.services.book_file.books import open_book
from villagebook.services.gathering import facts as gather
from villagebook.services.period_end import closing
from villagebook.services.registers import roster
from villagebook.services.vouchers import reversing
from villagebook.storage.check import check_store

FEB, MARCH = date(2025, 2, 3), date(2025, 3, 10)
LATER = MARCH + timedelta(days=1)
DAYS = (date(2025, 3, 3), date(2025, 3, 4))
NUMBER = "代表会2025-7"
CODE = "L2025-001"
PEOPLE = ("何老四", "钱进", "郑小红")
NUMBERS = ("6222021234567890123", "6222021234567890131", "6222021234567890149")
ACCOUNTS = "姓名,户号,户名,账号\n" + "".join(
    f"{name},0{n}-001,{name},{number}\n"
    for n, (name, number) in enumerate(zip(PEOPLE, NUMBERS, strict=True), 1)
)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, str]]:
    """A book with a list three people signed for, paid from the bank."""
    village = b.make_village(tmp_path_factory.mktemp("listed"), opening={"EX": 20_000_000, "IM": 150_000})
    for n, name in enumerate(PEOPLE, 1):
        house = Household(f"0{n}-001", n, name, (Member(name, born=1980),))
        roster.save(village.book, house, b.at(b.START.first_day), new=True)
    item = ResolutionItem(1, "误工补贴标准每天80元", Matter.LOST_WORK, 500_000)
    resolutions.record(village.book, b.minutes(village, NUMBER, FEB, item), b.at(FEB))
    rate = PayRate(ListKind.LOST_WORK, "", 8_000, FEB, f"{NUMBER}#1")
    pay_lists.set_rate(village.book, rate, b.at(FEB + timedelta(days=1)))
    rows = tuple(
        PayRow(name, 16_000, f"0{n}-001", work="清理水渠", days=DAYS, rate_fen=8_000)
        for n, name in enumerate(PEOPLE, 1)
    )
    made = PayList(CODE, ListKind.LOST_WORK, "清理水渠误工补贴", DAYS[0], DAYS[-1], rows, f"{NUMBER}#1")
    pay_lists.enter(village.book, made, b.at(MARCH))
    village.book.close()
    return village.book.path.read_bytes(), village.ids


@pytest.fixture
def village(listed: tuple[bytes, dict[str, str]], tmp_path: Path) -> Iterator[b.Village]:
    path = tmp_path / "village.vbook"
    path.write_bytes(listed[0])
    made = b.Village(open_book(path), dict(listed[1]), tmp_path)
    yield made
    made.book.close()


def pay(village: b.Village) -> None:
    draft = pay_lists.payment_of(village.book, CODE, b.at(MARCH))
    items = (replace(draft.items[0], account="513"),)
    document = replace(
        draft,
        items=items,
        place="EX",
        handler=village.ids["handler"],
        paper_count=1,
        excuse="名单已在村民会上宣读",
    )
    b.submit(village, document)
    b.sign_everything(village, document.id, MARCH)


def table(village: b.Village, text: str = ACCOUNTS) -> Path:
    path = village.folder / "账号.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def make(village: b.Village, text: str = ACCOUNTS, layout: str = "csv") -> bank_batches.MadeFile:
    return bank_batches.make(village.book, CODE, table(village, text), layout, b.at(LATER))


def answer(village: b.Village, *lines: str, day: date = LATER) -> tuple[Outcome, ...]:
    path = village.folder / "回单.csv"
    head = "序号,户名,账号,金额,处理结果,失败原因\n"
    path.write_text(head + "".join(f"{line}\n" for line in lines), encoding="gb18030")
    proof = bank_batches.take_return(village.book, CODE, path, day, b.at(LATER))
    return tuple(r.outcome for r in proof.results)


def line(no: int, result: str = "成功", fen: str = "160.00", reason: str = "", number: str = "") -> str:
    return f"{no},{PEOPLE[no - 1]},{number or NUMBERS[no - 1]},{fen},{result},{reason}"


ALL_PAID = tuple(line(n) for n in (1, 2, 3))


def said_at_close(village: b.Village) -> list[str]:
    found = closing.review(village.book, Period(2025, 3), date(2025, 4, 2))
    return [f.text for f in found if f.id == "LST-16" and f.severity is Severity.HOLD]


def test_the_file_is_the_signed_list_to_the_fen_in_the_layout_of_the_bank(village: b.Village):
    assert refused(lambda: make(village)) == ["LST-13"]  # nobody has signed the payment yet
    pay(village)
    made = make(village)
    assert (made.name, made.people, made.total_fen) == ("L2025-001-1.csv", 3, 48_000)
    assert made.data.decode("gb18030").splitlines()[:2] == [
        "序号,账号,户名,金额,备注",
        f"1,{NUMBERS[0]},何老四,160.00,清理水渠误工补贴",
    ]
    book = openpyxl.load_workbook(io.BytesIO(make(village, layout="workbook").data))
    rows = list(book.active.iter_rows(values_only=True)) if book.active else []
    assert rows[0] == ("序号", "收款账号", "收款户名", "开户行", "金额", "附言")
    assert [row[1] for row in rows[1:]] == list(NUMBERS), "numbers of accounts are texts"
    assert sum(float(str(row[4])) for row in rows[1:]) == 480.0
    bars = make(village, layout="bars").data.decode("gb18030")
    assert bars.startswith(f"1|{NUMBERS[0]}|何老四|160.00|")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("何老四,01-001,何老四", "何老四,01-001,"),
        ("何老四,01-001,何老四", "何老四,01-001,何小妹"),
        (f"何老四,{NUMBERS[0]}", "何老四,"),
        (NUMBERS[0], NUMBERS[1]),
        ("何老四,01-001", "无名氏,01-001"),
    ],
    ids=("empty name", "another name", "no number", "one number for two", "no line"),
)
def test_an_account_that_is_not_the_payees_own_is_refused_and_an_empty_name_is_no_pass(
    village: b.Village, old: str, new: str
):
    pay(village)
    assert refused(lambda: make(village, ACCOUNTS.replace(old, new, 1))) == ["LST-14"]
    assert bank_batches.standing(village.book, CODE).batches == ()


def test_a_number_a_spreadsheet_has_shortened_is_refused_without_being_repeated(village: b.Village):
    pay(village)
    with pytest.raises(Refused) as stopped:
        make(village, ACCOUNTS.replace(NUMBERS[0], "6.22202E+18"))
    assert b.ids_of(stopped.value.findings) == ["IMP-100"]
    assert "6.222" not in " ".join(f.text for f in stopped.value.findings)


def test_no_number_of_an_account_is_in_the_book_but_in_the_banks_own_answer(village: b.Village):
    pay(village)
    make(village)
    with village.book.reading() as connection:
        bodies = " ".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM log"))
    assert "paylist.batched" in bodies
    assert not any(number in bodies or number[-6:] in bodies for number in NUMBERS)
    answer(village, *ALL_PAID)
    with village.book.reading() as connection:
        bodies = " ".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM log"))
        assert not any(number in bodies for number in NUMBERS)
        assert check_store(connection) == ()


def test_until_the_banks_answer_is_there_the_month_is_held_and_the_first_page_says_so(village: b.Village):
    pay(village)
    make(village)
    assert said_at_close(village) == ["L2025-001 清理水渠误工补贴: the bank's return file is not here."]
    with village.book.reading() as connection:
        facts = gather.ground(connection, village.book.info, LATER)
        told = payee_reminders.reminders(connection, facts, LATER)
    assert [f.target for f in told if "return file" in f.text] == [f"register:lists/{CODE}"]
    assert answer(village, *ALL_PAID) == (Outcome.PAID,) * 3
    assert said_at_close(village) == []


def test_every_row_of_the_answer_is_held_against_the_list(village: b.Village):
    pay(village)
    make(village)
    outcomes = answer(
        village, line(1, "失败", reason="账户销户"), line(2, fen="150.00"), "9,孙悟空,1,5.00,成功,"
    )
    assert outcomes == (Outcome.FAILED, Outcome.OTHER_AMOUNT, Outcome.MISSING, Outcome.UNKNOWN)
    (said, *more) = said_at_close(village)
    assert "何老四" in " ".join((said, *more))
    assert len(more) == 3
    stands = bank_batches.standing(village.book, CODE)
    assert [(r.no, r.reason) for r in stands.open if r.outcome is Outcome.FAILED] == [(1, "账户销户")]


def test_an_answer_to_another_list_or_to_no_file_is_not_kept(village: b.Village):
    pay(village)
    assert refused(lambda: answer(village, *ALL_PAID)) == ["LST-15"]
    make(village)
    assert refused(lambda: answer(village, "1,孙悟空,1,160.00,成功,")) == ["LST-15"]
    assert refused(lambda: answer(village, *ALL_PAID, day=MARCH)) == ["LST-15"]
    assert refused(lambda: answer(village, line(1, "也许"))) == ["IMP-101"]
    assert list_standings.standings(village.book)[0].proofs == ()


def test_money_that_went_into_another_account_than_the_file_named_is_seen_by_the_seal(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, number=NUMBERS[1]), line(2, number=NUMBERS[0]), line(3))
    assert "other accounts" in said_at_close(village)[0]


def test_what_failed_is_paid_anew_and_nobody_else_is_paid_twice(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2), line(3))
    again = make(village)
    assert (again.people, again.total_fen, again.name) == (1, 16_000, "L2025-001-2.csv")
    assert answer(village, line(1)) == (Outcome.PAID,)
    assert said_at_close(village) == []
    assert refused(lambda: make(village)) == ["LST-13"]


def test_what_the_answer_does_not_speak_of_is_not_paid_anew(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1), line(2))
    assert refused(lambda: make(village)) == ["LST-13"]


def came_in(village: b.Village, fen: int, account: str = "241") -> None:
    """Into the bank, by default as something the village owes again."""
    item = Item(account, fen, "代发失败退回")
    b.receive(village, fen, LATER, party="何老四", items=(item,), support_no=f"{account}-{fen}")


def test_rent_of_the_same_sum_and_takings_carried_to_the_bank_are_no_money_that_came_back(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2), line(3))
    came_in(village, 16_000, "501")
    b.receive(village, 16_000, LATER, place="RC")
    b.bank(village, LATER)
    assert bank_batches.vouchers_back(village.book, CODE) == ()
    with village.book.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id FROM voucher WHERE booked_on = ? AND kind <> 'payment'", (LATER.isoformat(),)
        )
        ids = [str(row[0]) for row in rows]
    assert len(ids) == 3
    for voucher in ids:
        assert refused(partial(bank_batches.book_back, village.book, CODE, voucher, b.at(LATER))) == [
            "LST-17"
        ]


def test_what_failed_is_booked_back_by_a_voucher_of_the_same_sum_and_by_no_other(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2), line(3))
    came_in(village, 20_000)
    with village.book.reading() as connection:
        found = connection.exec_driver_sql("SELECT total_fen, id FROM voucher").fetchall()
    ids = {int(fen): str(id) for fen, id in found}
    assert bank_batches.vouchers_back(village.book, CODE) == ()
    assert refused(lambda: bank_batches.book_back(village.book, CODE, ids[20_000], b.at(LATER))) == ["LST-17"]
    came_in(village, 16_000)
    (came,) = bank_batches.vouchers_back(village.book, CODE)
    assert refused(
        lambda: bank_batches.book_back(village.book, CODE, came.voucher_id, b.at(LATER), (2,))
    ) == ["LST-17"]
    bank_batches.book_back(village.book, CODE, came.voucher_id, b.at(LATER))
    assert said_at_close(village) == []
    assert bank_batches.standing(village.book, CODE).open == ()
    assert refused(lambda: make(village)) == ["LST-13"]


def test_a_list_paid_through_the_bank_without_a_file_is_proven_by_signatures_or_the_banks_paper(
    village: b.Village,
):
    pay(village)
    assert "neither" in said_at_close(village)[0]
    pay_lists.prove(village.book, CODE, ProofKind.SIGNATURES, (b.photo(village),), MARCH, b.at(MARCH))
    assert said_at_close(village) == []
    make(village)
    assert "return file" in said_at_close(village)[0], "who was sent a file is proven by its answer"


def test_nobody_was_paid_by_a_line_that_failed(village: b.Village):
    pay(village)
    make(village)
    answer(village, *ALL_PAID, "9,孙悟空,1,5.00,失败,户名不符")
    assert said_at_close(village) == []


def test_an_answer_in_two_files_is_one_answer(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1), line(2))
    assert ["郑小红" in text for text in said_at_close(village)] == [True]
    answer(village, line(3))
    assert said_at_close(village) == []


def test_the_answer_to_the_first_file_read_once_more_says_nothing_of_the_second(village: b.Village):
    pay(village)
    make(village)
    first = (line(1, "失败"), line(2), line(3))
    answer(village, *first)
    make(village)
    assert answer(village, *first) == (Outcome.FAILED, Outcome.PAID, Outcome.PAID)
    answer(village, line(1))
    answer(village, *first)
    assert said_at_close(village) == []
    assert refused(lambda: make(village)) == ["LST-13"], "what the second file paid is not paid anew"


def test_what_a_second_file_sent_and_its_answer_does_not_speak_of_is_not_sent_a_third_time(
    village: b.Village,
):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2, "失败"), line(3))
    make(village)
    assert answer(village, line(1)) == (Outcome.PAID, Outcome.MISSING)
    assert refused(lambda: make(village)) == ["LST-13"]


def test_a_stranger_is_forgotten_only_by_an_answer_that_speaks_of_everybody(village: b.Village):
    pay(village)
    make(village)
    answer(village, *ALL_PAID, "9,孙悟空,1,5.00,成功,")
    answer(village, line(1))
    assert ["孙悟空" in text for text in said_at_close(village)] == [True]
    answer(village, *ALL_PAID)
    assert said_at_close(village) == []


def test_other_accounts_are_not_forgotten_by_the_answer_to_the_next_file(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2, number=NUMBERS[0]), line(3))
    make(village)
    answer(village, line(1))
    hidden = tuple(line(n, number="6222****0123") for n in (2, 3))
    answer(village, line(1, "失败"), *hidden)
    assert ["other accounts" in text for text in said_at_close(village)] == [True]


def paid(village: b.Village) -> PaidList:
    (one,) = list_standings.paid(village.book, Span(Period(2025, 3), Period(2025, 3)))
    return one


def test_who_was_paid_anew_is_told_on_no_paper_as_not_paid(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2), line(3))
    assert (paid(village).failed, paid(village).is_proven) == (frozenset({1}), False)
    assert list_standings.standings(village.book)[0].state is ListState.PAID
    make(village)
    answer(village, line(1))
    assert (paid(village).failed, paid(village).is_proven) == (frozenset(), True)
    assert list_standings.standings(village.book)[0].state is ListState.PROVEN


def looked_at(village: b.Village, *failed: int) -> None:
    paper = (b.photo(village),)
    pay_lists.prove(village.book, CODE, ProofKind.BANK_RETURN, paper, MARCH, b.at(MARCH), failed)


def test_a_paper_that_names_nobody_takes_back_what_a_paper_before_it_said(village: b.Village):
    pay(village)
    looked_at(village, 3)
    looked_at(village, 2)
    assert paid(village).failed == {2, 3}
    looked_at(village)
    assert said_at_close(village) == []


def test_the_banks_own_file_says_more_than_a_look_at_a_paper(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2), line(3))
    looked_at(village)
    assert paid(village).failed == {1}


def test_a_payment_whose_failed_rows_came_back_is_not_undone_before_they_are(village: b.Village):
    pay(village)
    make(village)
    answer(village, line(1, "失败"), line(2), line(3))
    came_in(village, 16_000)
    (came,) = bank_batches.vouchers_back(village.book, CODE)
    bank_batches.book_back(village.book, CODE, came.voucher_id, b.at(LATER))

    def undo(voucher_id: str) -> None:
        reversing.reverse(village.book, voucher_id, "付错了名单", LATER, b.at(LATER))

    with pytest.raises(Refused) as stopped:
        undo(paid(village).voucher_id)
    assert came.label in stopped.value.findings[0].text
    payment = paid(village).voucher_id
    undo(came.voucher_id)
    assert paid(village).failed == {1}
    undo(payment)
    with village.book.reading() as connection:
        assert check_store(connection) == ()
