"""Loans and advances: what the village owes and is owed, followed from the day it was paid out to the last yuan back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    Village,
    at,
    ids_of,
    move,
    pay,
    payment,
    receipt,
    sign_everything,
    submit,
)
from tests.services.test_carrying import adjust
from villagebook.domain.document import Item, SpendKind, Support
from villagebook.domain.errors import Refused
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.loan import Loan, LoanEnd, LoanSide, Standing
from villagebook.domain.period import Period, Span
from villagebook.rules.rule import When
from villagebook.services import home, reports
from villagebook.services.book_file.books import Book
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.gate import look
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import loans
from villagebook.services.reporting import note_fills
from villagebook.services.vouchers import documents

TENTH, END = date(2025, 1, 10), date(2025, 1, 31)
BANK = Loan(
    "D-01",
    "信用社修渠贷款",
    LoanSide.BORROWED,
    "县农村信用社",
    "201",
    500_000,
    TENTH,
    date(2025, 1, 25),
    rate="年利率3.85%",
    resolution="代表会2025-2",
    permit="镇批2025-1",
)
OLD = Loan(
    "C-01", "何老四借款", LoanSide.LENT, "何老四", "112", 300_000, date(2023, 5, 1), paid_before_fen=100_000
)
NAMED = (Link(LinkKind.LOAN, "D-01"),)


def borrow(village: Village, **changes: Any) -> None:
    items = (Item("201", 500_000, "修渠贷款", links=changes.pop("links", NAMED)),)
    made = receipt(
        village, 500_000, TENTH, party="县农村信用社", items=items, resolution="代表会2025-2", permit="镇批2025-1", summary="收到修渠贷款"
    )  # fmt: skip
    assert submit(village, replace(made, **changes)).label


def repay(village: Village, fen: int, day: date, interest_fen: int = 0) -> Any:
    move(village, "IN", "EX", fen + interest_fen, day)
    items: tuple[Item, ...] = (Item("201", fen, "归还修渠贷款本金", links=NAMED),)
    if interest_fen:
        items += (Item("515", interest_fen, "修渠贷款利息", links=NAMED),)
    return pay(village, fen + interest_fen, day, party="县农村信用社", items=items, summary="归还修渠贷款")


def borrowings(book: Book) -> list[tuple[Any, ...]]:
    filled = note_fills.fill(book, "borrowings", Span.year(2025))
    return [row for table in filled.tables for row in table.rows]


def test_the_notes_name_each_registered_loan_with_its_terms_and_what_stands_beside_the_register(
    village: Village,
):
    loans.register(village.book, BANK, at(TENTH))
    borrow(village)
    repay(village, 200_000, date(2025, 1, 26), interest_fen=3_000)
    terms = "县农村信用社 · 年利率3.85% · due 2025-01-25"
    (row,) = borrowings(village.book)
    assert row == ("信用社修渠贷款", 0, 500_000, 200_000, 300_000, terms)
    adjust(village, END, ("513", 7_000, 0), ("201", 0, 7_000))
    named, other = borrowings(village.book)
    assert (named, other[1:5]) == (row, (0, 7_000, 0, 7_000))


def test_a_loan_of_former_years_opens_the_note_with_what_was_left_of_it(tmp_path: Path):
    old = replace(BANK, given_on=date(2023, 5, 1), due_on=None, paid_before_fen=100_000)
    opening = tmp_path / "opening.csv"
    opening.write_text(
        "科目,资金,往来,借方,贷方\n102,IN,,4000.00,\n201,,县农村信用社,,4000.00\n", encoding="utf-8"
    )
    new = NewBook("青石村", "X1", Period(2025, 1), opening=opening)
    with create_book(tmp_path / "old.vbook", new, at(TENTH)) as book:
        loans.register(book, old, at(TENTH))
        (row,) = borrowings(book)
    assert row[1:5] == (400_000, 0, 0, 400_000)


def owed(village: Village, code: str, day: date = END) -> loans.Owed:
    return next(o for o in loans.standings(village.book, day) if o.code == code)


def test_a_loan_is_registered_paid_out_paid_back_and_closed(village: Village):
    loans.register(village.book, BANK, at(TENTH))
    assert owed(village, "D-01").standing is Standing.AGREED
    borrow(village)
    open_ = owed(village, "D-01", date(2025, 1, 20))
    assert (open_.standing, open_.left_fen, open_.late_days) == (Standing.OPEN, 500_000, 0)
    assert open_.voucher_id
    repay(village, 200_000, date(2025, 1, 26), interest_fen=3_000)
    late = owed(village, "D-01")
    assert (late.standing, late.repaid_fen, late.left_fen, late.late_days) == (
        Standing.OVERDUE, 200_000, 300_000, 6
    )  # fmt: skip
    assert [b.fen for b in late.backs] == [200_000], "interest pays nothing back"
    repay(village, 300_000, date(2025, 1, 27))
    assert owed(village, "D-01").standing is Standing.SETTLED
    loans.end(village.book, LoanEnd("D-01", END, "本息全部归还"), at(END))
    assert owed(village, "D-01").standing is Standing.ENDED
    assert [f for f in check_book(village.book) if f.id.startswith("CHK")] == []


def test_no_more_is_paid_back_than_is_owed(village: Village):
    loans.register(village.book, BANK, at(TENTH))
    borrow(village)
    with pytest.raises(Refused) as refused:
        repay(village, 500_001, date(2025, 1, 12))
    assert "LN-09" in ids_of(refused.value.findings)


def test_two_slips_under_way_do_not_pay_back_the_same_money(village: Village):
    loans.register(village.book, BANK, at(TENTH))
    borrow(village)
    move(village, "IN", "EX", 900_000, date(2025, 1, 12))
    items = (Item("201", 300_000, "归还本金", links=NAMED),)
    first = payment(village, 0, date(2025, 1, 12), party="县农村信用社", items=items, summary="归还修渠贷款")
    submit(village, first)
    second = replace(first, id="f" * 32, support_no="25312000000124", summary="再还修渠贷款")
    with pytest.raises(Refused) as refused:
        submit(village, second)
    assert "LN-09" in ids_of(refused.value.findings)


def test_borrowed_money_without_a_name_is_told(village: Village):
    items = (Item("201", 500_000, "修渠贷款"),)
    made = receipt(village, 1, TENTH, items=items, resolution="代表会2025-2", permit="镇批2025-1")
    found = documents.preview(village.book, made, TENTH).findings
    assert "LN-10" in ids_of(found)


@pytest.mark.parametrize(
    ("loan", "wanted"),
    [
        (replace(BANK, resolution=""), "LN-03"),
        (replace(BANK, permit=""), "LN-03"),
        (replace(BANK, account="201", amount_fen=0), "LN-01"),
        (replace(BANK, account="999"), "LN-01"),
        (replace(OLD, given_on=TENTH), "LN-04"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_nothing_is_written(
    village: Village, loan: Loan, wanted: str
):
    before = village.book.head()
    with pytest.raises(Refused) as refused:
        loans.register(village.book, loan, at(TENTH))
    assert ids_of(refused.value.findings) == [wanted]
    assert village.book.head() == before


def test_all_problems_of_several_loans_at_once_and_none_is_written(village: Village):
    with pytest.raises(Refused) as refused:
        loans.register_all(village.book, (BANK, BANK, replace(BANK, code="D-02", permit="")), at(TENTH))
    assert ids_of(refused.value.findings) == ["LN-02", "LN-03"]
    assert loans.standings(village.book, END) == ()


def test_a_debt_of_former_years_without_papers_is_entered_and_told(village: Village):
    old = replace(BANK, given_on=date(2022, 3, 1), resolution="", permit="", paid_before_fen=200_000)
    assert ids_of(loans.register(village.book, old, at(TENTH))) == ["LN-03"]
    assert owed(village, "D-01").left_fen == 300_000


def test_an_old_loan_to_an_official_is_said_aloud(village: Village):
    official = replace(OLD, party="王建国", given_on=date(2024, 12, 31))
    loans.register(village.book, official, at(TENTH))
    in_office = replace(BANK, code="D-09", party="王建国")
    assert ids_of(loans.register(village.book, in_office, at(TENTH))) == [
        "RES-05"
    ]  # who lends to the village may hold a post


def test_what_is_still_owed_is_let_go_only_by_decision(village: Village):
    loans.register(village.book, OLD, at(TENTH))
    assert owed(village, "C-01").left_fen == 200_000
    with pytest.raises(Refused) as refused:
        loans.end(village.book, LoanEnd("C-01", END, "借款人已经去世"), at(END))
    assert ids_of(refused.value.findings) == ["LN-07"]
    decided = LoanEnd("C-01", END, "借款人已经去世", "代表会2025-7", "镇批2025-4")
    loans.end(village.book, decided, at(END))
    with pytest.raises(Refused) as refused:
        loans.end(village.book, decided, at(END))
    assert ids_of(refused.value.findings) == ["LN-06"]
    with pytest.raises(Refused):
        loans.end(village.book, replace(decided, code="C-77"), at(END))


def test_a_new_due_day_is_a_change_that_stays_readable(village: Village):
    loans.register(village.book, BANK, at(TENTH))
    later = replace(BANK, due_on=date(2026, 1, 25))
    with pytest.raises(Refused) as refused:
        loans.change(village.book, later, "展", TENTH, at(TENTH))
    assert ids_of(refused.value.findings) == ["LN-08"]
    loans.change(village.book, later, "展期一年，合同变更", TENTH, at(TENTH))
    head = village.book.head()
    assert loans.change(village.book, later, "展期一年，合同变更", TENTH, at(TENTH)) == ()
    assert village.book.head() == head, "nothing changed is nothing written"
    assert owed(village, "D-01").due_on == date(2026, 1, 25)


def lend(village: Village, fen: int, day: date, kind: SpendKind = SpendKind.ADVANCE, **changes: Any) -> str:
    move(village, "IN", "EX", fen, day)
    made = payment(
        village,
        fen,
        day,
        party="何老四",
        items=(Item("112", fen, "预支差旅费"),),
        spend_kind=kind,
        support=Support.INTERNAL,
        support_no="借2025-1",
        due_on=date(2025, 1, 20),
        summary="预支差旅费",
    )
    made = replace(made, **changes)
    submit(village, made)
    assert sign_everything(village, made.id, day).label
    return made.id


def test_advances_of_documents_stand_beside_the_registered_ones(village: Village):
    lend(village, 80_000, date(2025, 1, 11))
    back = receipt(village, 0, date(2025, 1, 22), party="何老四", items=(Item("112", 30_000, "退回预支款"),))
    assert submit(village, back).label
    (advance,) = loans.standings(village.book, END)
    assert (advance.kind, advance.amount_fen, advance.repaid_fen, advance.left_fen) == (
        "advance", 80_000, 30_000, 50_000,
    )  # fmt: skip
    assert (advance.standing, advance.late_days) == (Standing.OVERDUE, 11)
    assert len(advance.backs) == 1
    table = reports.make(village.book, "loans", Span.of(Period(2025, 1))).table
    assert table.targets[0] == f"voucher:{advance.voucher_id}"
    assert table.machine_rows is not None
    assert len(table.machine_rows) == 1


def test_overdue_ones_stand_on_the_home_page_and_lead_to_the_register(village: Village):
    lend(village, 80_000, date(2025, 1, 11))
    loans.register(village.book, BANK, at(TENTH))
    borrow(village)
    todos = [t for t in home.home(village.book, END).todos if t.target.startswith("register:loans")]
    assert [t.id for t in todos] == ["E2L-36", "LN-11"]
    soon = home.home(village.book, date(2025, 1, 24)).todos
    assert "HOME-14" in [t.id for t in soon if t.target == "register:loans/D-01"]


def test_the_close_says_where_register_and_ledger_differ(village: Village):
    loans.register(village.book, BANK, at(TENTH))
    borrow(village, links=())
    with village.book.reading() as connection:
        facts = closing.month_facts(connection, village.book.info, Period(2025, 1), END)
    said = [f for f in look(facts, When.CLOSE) if f.id == "LN-12"]
    assert [f.where for f in said] == ["201"]


def test_the_next_number_is_one_nobody_has(village: Village):
    assert loans.next_code(village.book, LoanSide.BORROWED) == "D-01"
    loans.register(village.book, BANK, at(TENTH))
    assert loans.next_code(village.book, LoanSide.BORROWED) == "D-02"
    assert loans.next_code(village.book, LoanSide.LENT) == "C-01"
