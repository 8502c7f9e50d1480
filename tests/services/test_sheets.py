"""Board sheets beside F1: compiled by rule, frozen, reviewed by two, replaced by a newer one where they were wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.board import february, review
from tests.builders import START, Village, at, close_month, ids_of, move, pay, receive
from villagebook.domain.errors import Refused
from villagebook.domain.period import Span
from villagebook.domain.sheet import Body, Figure, Part, SheetForm
from villagebook.domain.table import Column, Shape
from villagebook.rules.facts import Facts
from villagebook.services import (
    board_lives,
    closing,
    sheet_forms,
    sheets,
    signing,
)
from villagebook.services.checking import check_book
from villagebook.services.sheet_forms import FormEntry
from villagebook.storage import ledger
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

END = START.last_day
JAN = Span.of(START)
DEBTS = SheetForm.DEBTS


def spending(connection: Connection, _info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """A form of the tests: every account that moved, from the ledger; a subject has to be one of them."""
    found = [b for b in ledger.balances(connection, span) if b.debit_fen or b.credit_fen]
    if subject:
        found = [b for b in found if b.account == subject.partition(":")[2]]
        if not found:
            raise KeyError(subject)
    columns = (Column("account", "科目"), Column("debit", "借方", Shape.MONEY))
    rows = tuple((facts.chart[b.account].name, b.debit_fen) for b in found)
    figures = (Figure("借方合计", sum(b.debit_fen for b in found)),)
    return Body("科目发生额公开表", (Part("发生额", columns, rows), Part("其他", columns, ())), (), figures)


@pytest.fixture(autouse=True)
def _forms(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (
        FormEntry(DEBTS, "科目发生额", spending),
        FormEntry(SheetForm.PROJECT, "单项", spending, "account"),
    )
    monkeypatch.setattr(sheet_forms, "FORMS", made)


@pytest.fixture
def january(village: Village) -> Village:
    move(village, "IN", "EX", 500_000, date(2025, 1, 10))
    pay(village, 120_000, date(2025, 1, 12))
    return village


@pytest.fixture
def closed(january: Village) -> Village:
    close_month(january, START)
    return january


def refused(act: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return ids_of(caught.value.findings)


def submit(village: Village, **changes: object) -> str:
    return sheets.submit_sheet(village.book, DEBTS, JAN, "", at(END, 21), **changes)  # type: ignore[arg-type]


def life(village: Village, subject: str):
    with village.book.reading() as connection:
        return board_lives.life_of(connection, subject).life


def test_two_of_supervision_make_a_sheet_final_by_the_path_of_a_notice(closed: Village):
    made = submit(closed)
    review(closed, made, END, "head")
    assert [(r.state, r.signed) for r in sheets.listing(closed.book)] == [("review", 1)]
    review(closed, made, END, "supervisor")
    (row,) = sheets.listing(closed.book)
    assert (row.state, row.number) == ("final", f"{closed.book.info.code}-202501-F3")
    assert dict(closing.period_states(closed.book))[START] == "closed"
    assert check_book(closed.book) == ()


def test_the_frozen_sheet_is_what_was_compiled_and_stays(closed: Village):
    made = submit(closed)
    compiled = sheets.compile_sheet(closed.book, DEBTS, JAN, "", END)
    frozen = sheets.frozen(closed.book, made)
    assert (frozen.parts, frozen.figures, frozen.span) == (compiled.parts, compiled.figures, JAN)
    assert frozen.parts[1].rows == ()
    receive(closed, 900, february(3))
    assert sheets.frozen(closed.book, made) == frozen


def test_an_open_month_waits_and_a_single_matter_does_not(january: Village):
    assert refused(lambda: submit(january)) == ["DIS-06"]
    made = sheets.submit_sheet(january.book, SheetForm.PROJECT, JAN, "account:102", at(END, 21))
    assert sheets.frozen(january.book, made).number.endswith("-202501-F5-01")


def test_matters_of_a_month_are_numbered_and_each_is_told_once(january: Village):
    account = next(r[0] for r in (("511",), ("512",), ("513",), ("522",)) if _moved(january, r[0]))
    for subject in ("account:102", f"account:{account}"):
        sheets.submit_sheet(january.book, SheetForm.PROJECT, JAN, subject, at(END, 21))
    assert sorted(r.number[-5:] for r in sheets.listing(january.book)) == ["F5-01", "F5-02"]
    again = lambda: sheets.submit_sheet(  # noqa: E731
        january.book, SheetForm.PROJECT, JAN, "account:102", at(END, 22)
    )
    assert refused(again) == ["DIS-03"]


def _moved(village: Village, account: str) -> bool:
    with village.book.reading() as connection:
        return any(b.account == account and b.debit_fen for b in ledger.balances(connection, JAN))


@pytest.mark.parametrize(
    ("form", "subject"),
    [
        (SheetForm.ROSTER, ""),
        (DEBTS, "account:102"),
        (SheetForm.PROJECT, ""),
        (SheetForm.PROJECT, "account:999"),
        (SheetForm.PROJECT, "fund:102"),
    ],
)
def test_nothing_is_made_of_what_there_is_not(closed: Village, form: SheetForm, subject: str):
    act = lambda: sheets.compile_sheet(closed.book, form, JAN, subject, END)  # noqa: E731
    assert refused(act) == ["DIS-02"]


def test_a_sheet_that_was_sent_back_is_void_and_its_number_free(closed: Village):
    first = submit(closed)
    signing.reject(closed.book, first, closed.ids["head"], "看不明白", at(END, 21))
    assert refused(lambda: review(closed, first, END)) == ["AP-38"]
    second = submit(closed)
    assert {r.number for r in sheets.listing(closed.book)} == {f"{closed.book.info.code}-202501-F3"}
    assert [r.state for r in sheets.listing(closed.book)] == ["review", "rejected"]
    assert second != first
    assert refused(lambda: submit(closed)) == ["DIS-03"]


def test_a_month_on_a_sheet_does_not_open_again(closed: Village):
    submit(closed)
    act = lambda: closing.reopen(closed.book, START, "漏记一笔", at(END, 22))  # noqa: E731
    assert refused(act) == ["CLO-05"]


def test_personal_numbers_keep_a_sheet_off_the_board(closed: Village, monkeypatch: pytest.MonkeyPatch):
    def telling(*told: object) -> Body:
        return replace(spending(*told), notes=("联系电话13812345678",))  # type: ignore[arg-type]

    monkeypatch.setattr(sheet_forms, "FORMS", (FormEntry(DEBTS, "科目发生额", telling),))
    assert refused(lambda: submit(closed)) == ["DIS-07"]
