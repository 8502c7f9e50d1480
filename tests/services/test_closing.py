"""The end of a month: counting, comparing, closing, reopening; and what the home page says is due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import (
    DAY,
    START,
    Village,
    at,
    close_month,
    count_all,
    ids_of,
    move,
    pay,
    payment,
    pieces,
    receive,
    submit,
)
from tests.lived import lived
from villagebook.domain.errors import Refused
from villagebook.domain.period import Period
from villagebook.services.banking import counting
from villagebook.services.home import home
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book

END = START.last_day
FEB = Period(2025, 2)


def refused(village: Village, period: Period = START, day: date = END) -> list[str]:
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        closing.close(village.book, period, at(day, 20))
    assert village.book.head() == before
    return ids_of(caught.value.findings)


def count(village: Village, fen: int, day: date = END, **changes: Any) -> counting.CashCount:
    values = {
        "iou_fen": 0,
        "iou_note": "",
        "counter": village.ids["cashier"],
        "witness": village.ids["supervisor"],
    }
    return counting.CashCount("IM", day, pieces(fen), **{**values, **changes})


@pytest.fixture
def ready(village: Village) -> Village:
    """January with 900 yuan of imprest, everything counted and compared."""
    move(village, "IN", "EX", 300_000)
    move(village, "EX", "IM", 90_000)
    count_all(village, END)
    return village


def test_a_month_with_everything_in_order_closes_and_the_next_begins(ready: Village):
    assert closing.review(ready.book, START, END) == ()
    closing.close(ready.book, START, at(END, 20))
    assert closing.period_states(ready.book) == ((START, "closed"), (FEB, "open"))
    assert closing.current_period(ready.book) == FEB
    assert check_book(ready.book) == ()


def test_months_close_in_order_and_once(ready: Village):
    assert "CLO-01" in refused(ready, FEB, FEB.last_day)
    closing.close(ready.book, START, at(END, 20))
    assert refused(ready) == ["CLO-04"]
    assert refused(ready, Period(2025, 3), FEB.last_day) == ["CLO-04"]
    assert refused(ready, Period(2024, 12), FEB.last_day) == ["CLO-04"]


def test_a_document_that_waits_stops_the_close_until_it_is_posted_or_taken_back(ready: Village):
    submit(ready, payment(ready, 1_000))
    assert refused(ready) == ["CLO-02"]


def test_takings_stop_the_close(ready: Village):
    receive(ready, 1_000, place="RC")
    count_all(ready, END)
    assert refused(ready) == ["E2L-13"]


def test_cash_that_was_not_counted_or_not_after_its_last_movement_stops_the_close(village: Village):
    move(village, "IN", "EX", 300_000)
    move(village, "EX", "IM", 90_000)
    assert refused(village) == ["E2L-29", "E2L-45"]
    count_all(village, date(2025, 1, 20))
    pay(village, 10_000, date(2025, 1, 25), place="IM")
    assert refused(village) == ["E2L-45"]
    count_all(village, END)
    closing.close(village.book, START, at(END, 20))


def test_a_bank_statement_older_than_the_last_movement_stops_the_close(village: Village):
    receive(village, 1_000, date(2025, 1, 5))
    count_all(village, date(2025, 1, 10))
    receive(village, 2_000, date(2025, 1, 25))
    assert refused(village) == ["E2L-29"]
    count_all(village, END)
    closing.close(village.book, START, at(END, 20))


def test_an_account_that_is_not_settled_says_what_is_wrong_with_it(village: Village):
    def wrong() -> list[str]:
        found = closing.review(village.book, START, END)
        return [f.text.split("): ")[1].split(". Enter")[0] for f in found if f.id == "E2L-29"]

    assert set(wrong()) == {"no balance of the bank is entered yet"}
    count_all(village, date(2025, 1, 10))
    receive(village, 2_000, date(2025, 1, 25))
    assert wrong() == ["money moved after 2025-01-10, the day of the statement"] * len(wrong())
    count_all(village, END)
    assert wrong() == []


@pytest.mark.parametrize("day", [END, date(2025, 1, 15)])
def test_a_voucher_behind_the_count_makes_the_count_differ(ready: Village, day: date):
    """Counted in order, then something is entered on that day or before it: the sheet no longer fits the book."""
    paid = payment(ready, 10_000, day, place="IM")
    submit(ready, paid, END)
    from tests.builders import sign_everything

    sign_everything(ready, paid.id, END)
    assert refused(ready) == ["E2L-27"]
    count_all(ready, END)
    closing.close(ready.book, START, at(END, 21))


def test_an_entry_behind_the_statement_makes_the_bank_differ(ready: Village):
    receive(ready, 1_000, date(2025, 1, 15))
    assert refused(ready) == ["E2L-29"]
    count_all(ready, END)
    closing.close(ready.book, START, at(END, 21))


@pytest.mark.parametrize("difference", [-1, 1, -90_000])
def test_a_count_that_differs_by_a_fen_stops_the_close(ready: Village, difference: int):
    assert counting.record_count(ready.book, count(ready, 90_000 + difference), at(END, 19)) == difference
    assert refused(ready) == ["E2L-27"]
    counting.record_count(ready.book, count(ready, 90_000), at(END, 19))
    closing.close(ready.book, START, at(END, 20))


def test_an_iou_does_not_count(ready: Village):
    iou = count(ready, 80_000, iou_fen=10_000, iou_note="张三借条")
    assert counting.record_count(ready.book, iou, at(END, 19)) == -10_000
    assert refused(ready) == ["E2L-27"]


def test_counter_and_witness_are_two_persons_of_the_list_and_numbers_are_not_negative(ready: Village):
    cashier = ready.ids["cashier"]
    before = ready.book.head()
    for bad in (
        count(ready, 90_000, witness=cashier),
        count(ready, 90_000, witness="stranger"),
        count(ready, 90_000, counter="stranger"),
        count(ready, 90_000, iou_fen=-1),
        count(ready, 90_000, date(2025, 2, 1)),
        counting.CashCount("IM", END, ((100, -1),), 0, "", cashier, ready.ids["head"]),
    ):
        with pytest.raises(Refused) as caught:
            counting.record_count(ready.book, bad, at(END, 19))
        assert ids_of(caught.value.findings) == ["E2L-27"]
    assert ready.book.head() == before


@pytest.mark.parametrize(
    ("who", "day"), [("cashier", END), ("stranger", END), ("accountant", date(2025, 2, 1))]
)
def test_the_bank_is_compared_by_somebody_who_is_not_the_cashier(ready: Village, who: str, day: date):
    checker = ready.ids.get(who, who)
    statement = counting.BankStatement(("IN", "EX"), day, 0, (), checker)
    with pytest.raises(Refused) as caught:
        counting.record_statement(ready.book, statement, at(END, 19))
    assert ids_of(caught.value.findings) == ["E2L-29"]


def test_open_items_explain_the_bank_to_the_fen(ready: Village):
    def compare(balance: int, *items: tuple[str, int]) -> int:
        statement = counting.BankStatement(("IN", "EX"), END, balance, items, ready.ids["accountant"])
        return counting.record_statement(ready.book, statement, at(END, 19))

    assert compare(9_910_000) == 0
    assert compare(9_900_000) == -10_000
    assert refused(ready) == ["E2L-29"]
    assert compare(9_900_000, ("支票未兑付", 10_000)) == 0
    closing.close(ready.book, START, at(END, 20))


# ---- reopening


def reopen_refused(village: Village, period: Period, reason: str = "漏记一笔收入") -> None:
    with pytest.raises(Refused) as caught:
        closing.reopen(village.book, period, reason, at(date(2025, 3, 1)))
    assert ids_of(caught.value.findings) == ["CLO-05"]


def test_a_closed_month_opens_again_with_a_reason_that_stays(ready: Village):
    reopen_refused(ready, START)
    closing.close(ready.book, START, at(END, 20))
    reopen_refused(ready, START, " 漏 ")
    closing.reopen(ready.book, START, "漏记一笔收入", at(date(2025, 2, 1)))
    receive(ready, 1_000, END)
    with ready.book.reading() as connection:
        steps = connection.exec_driver_sql("SELECT state, reason FROM period_step ORDER BY seq").all()
    assert [tuple(s) for s in steps] == [("closed", ""), ("open", "漏记一笔收入")]
    assert check_book(ready.book) == ()


def test_the_newest_month_is_reopened_first(ready: Village):
    closing.close(ready.book, START, at(END, 20))
    close_month(ready, FEB)
    reopen_refused(ready, START)
    closing.reopen(ready.book, FEB, "漏记一笔收入", at(date(2025, 3, 1)))
    closing.reopen(ready.book, START, "漏记一笔收入", at(date(2025, 3, 1)))


def test_a_disclosed_month_never_opens_again(tmp_path):
    village = lived(tmp_path)
    assert dict(closing.period_states(village.book))[START] == "disclosed"
    reopen_refused(village, START)
    village.book.close()


def test_a_month_that_was_handed_over_never_opens_again(ready: Village, monkeypatch: pytest.MonkeyPatch):
    from villagebook.services.handing_over import handover

    monkeypatch.setenv("VILLAGEBOOK_HOME", str(ready.folder / "home"))
    closing.close(ready.book, START, at(END, 20))
    handover.export(ready.book, ready.folder, at(END, 21))
    assert dict(closing.period_states(ready.book))[START] == "exported"
    reopen_refused(ready, START)


# ---- home


def todo(village: Village, day: date) -> list[str]:
    return ids_of(home(village.book, day).todos)


def steps(village: Village, day: date) -> dict[str, str]:
    return {s.code: s.state for s in home(village.book, day).steps}


def test_the_home_page_of_an_empty_book_says_what_is_missing(tmp_path):
    from tests.builders import make_book

    book = make_book(tmp_path)
    assert {"HOME-05", "HOME-06"} <= set(ids_of(home(book, START.first_day).todos))
    book.close()


def test_the_home_page_follows_the_month(village: Village):
    move(village, "IN", "EX", 300_000, DAY)
    receive(village, 1_000, DAY, place="RC")
    submit(village, payment(village, 1_000))
    assert {"E2L-12", "HOME-02"} <= set(todo(village, DAY))
    found = steps(village, DAY)
    assert (found["record"], found["sign"], found["close"]) == ("now", "now", "later")
    late = date(2025, 2, 9)
    assert {"E2L-29", "E2L-45"} <= set(todo(village, late))
    assert steps(village, late)["close"] == "late"


def test_after_the_close_notice_and_handover_are_due(ready: Village):
    closing.close(ready.book, START, at(END, 20))
    assert {"HOME-04", "HOME-07"} <= set(todo(ready, date(2025, 2, 3)))
    assert "DIS-05" in todo(ready, date(2025, 2, 11))
    assert "DIS-05" not in todo(ready, date(2025, 2, 10))
