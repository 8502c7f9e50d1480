"""Board sheets beside F1: compiled by rule, frozen, reviewed by two, replaced by a newer one where they were wrong."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pypdfium2
import pytest

from tests.board import ask, february, post, review, take_down
from tests.builders import START, Village, at, close_month, move, pay, receive
from tests.refusing import refused
from villagebook.domain.board import Content, Shows, Stage
from villagebook.domain.event import read_entry
from villagebook.domain.mask import MaskReason
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Body, Figure, Part, SheetForm, sheet_code
from villagebook.domain.table import Column, Shape
from villagebook.exchange.package_reader import read_package
from villagebook.reports.pen import Pen
from villagebook.reports.qr import Level
from villagebook.rules.facts import Facts
from villagebook.services.approvals import signing
from villagebook.services.disclosure import (
    board_archive,
    board_lives,
    board_papers,
    board_photos,
    board_tables,
    life_view,
    objections,
    sheet_forms,
    sheets,
)
from villagebook.services.disclosure.sheet_forms import FormEntry
from villagebook.services.handing_over import handover
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book, verify
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
    pay(village, 40_000, date(2025, 1, 12))
    return village


@pytest.fixture
def closed(january: Village) -> Village:
    close_month(january, START)
    return january


def submit(village: Village, **changes: Any) -> str:
    return sheets.submit_sheet(village.book, DEBTS, JAN, "", at(END, 21), **changes)


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
    again = lambda: sheets.submit_sheet(january.book, SheetForm.PROJECT, JAN, "account:102", at(END, 22))
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
    act = lambda: sheets.compile_sheet(closed.book, form, JAN, subject, END)
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
    act = lambda: closing.reopen(closed.book, START, "漏记一笔", at(END, 22))
    assert refused(act) == ["CLO-05"]


def test_personal_numbers_hang_masked_and_every_mask_is_listed(
    closed: Village, monkeypatch: pytest.MonkeyPatch
):
    def telling(*told: Any) -> Body:
        return replace(spending(*told), notes=("联系电话13812345678",))

    monkeypatch.setattr(sheet_forms, "FORMS", (FormEntry(DEBTS, "科目发生额", telling),))
    sheet = sheets.frozen(closed.book, submit(closed))
    assert sheet.notes == ("联系电话*********78",)
    assert [m.reason for m in sheet.masks] == [MaskReason.NUMBER]


# ---- its life ----


@pytest.fixture
def signed(closed: Village) -> tuple[Village, str]:
    made = submit(closed)
    review(closed, made, END)
    return closed, made


def test_a_sheet_hangs_its_days_and_is_archived_like_a_notice(signed: tuple[Village, str]):
    village, made = signed
    assert life(village, made).due_on == february(10)
    up = post(village, made, february(8))
    assert life(village, made).stage(february(12)) is Stage.POSTED
    take_down(village, up, february(18))
    assert len(board_archive.archive(village.book, made, at(february(19)))) == 64
    assert life(village, made).stage(february(19)) is Stage.ARCHIVED
    assert check_book(village.book) == ()


def test_a_draft_does_not_hang(closed: Village):
    made = submit(closed)
    assert refused(lambda: post(closed, made, february(1))) == ["DIS-06"]


def test_a_single_matter_hangs_within_days_of_being_compiled(january: Village):
    made = sheets.submit_sheet(january.book, SheetForm.PROJECT, JAN, "account:102", at(date(2025, 1, 20)))
    assert life(january, made).due_on == date(2025, 1, 25)


def test_a_row_of_a_sheet_is_questioned_and_answered(signed: tuple[Village, str]):
    village, made = signed
    post(village, made, february(8))
    asked = ask(village, made, february(9), line=2)
    assert refused(lambda: ask(village, made, february(9), line=99)) == ["DIS-12"]
    (row,) = board_papers.answers(village.book, made, february(10)).rows
    assert row.about.startswith("发生额, row 2: ")
    table = board_tables.register(village.book, JAN)
    assert (row.number, table.rows[0][0]) == (asked.number, asked.number)
    assert table.rows[0][4:6] == (life(village, made).number, row.about)


@pytest.fixture
def upheld(signed: tuple[Village, str]) -> tuple[Village, str, str]:
    """The sheet hangs, a row is doubted, and the doubt is right."""
    village, made = signed
    post(village, made, february(8))
    asked = ask(village, made, february(9), line=1)
    by = at(february(10))
    objections.answer(village.book, asked.id, "周敏", "确实少算一笔", Content.YES, february(10), by)
    objections.uphold(village.book, asked.id, "张海涛", "情况属实", february(10), by)
    return village, made, asked.id


def again(village: Village, made: str, asked: str, day: date, until: Period | None = None) -> str:
    by = at(day, 21)
    return sheets.replace_sheet(village.book, made, "少算了一笔退款", by, objection_id=asked, until=until)


def test_an_upheld_objection_wants_a_new_sheet_on_the_board(upheld: tuple[Village, str, str]):
    village, made, asked = upheld
    close = lambda day: objections.close(village.book, asked, "张海涛", "已换新表", day, at(day, 15))
    assert refused(lambda: close(february(11))) == ["DIS-14"]
    assert refused(lambda: again(village, made, asked, february(11))) == ["DIS-14"]  # nothing differs yet
    pay(village, 5_000, february(12))
    close_month(village, Period(2025, 2))
    fresh = again(village, made, asked, date(2025, 3, 1), until=Period(2025, 2))
    sheet = sheets.frozen(village.book, fresh)
    old = sheets.frozen(village.book, made)
    assert sheet.number == f"{old.number}-G1"
    assert "2025-Y01" in sheet.sentences[0]
    assert "少算了一笔退款" in sheet.sentences[0]
    assert {row[1] for row in sheet.parts[0].rows} == {"Wrong", "Right"}
    review(village, fresh, date(2025, 3, 1))
    assert refused(lambda: close(date(2025, 3, 2))) == ["DIS-14"]
    post(village, fresh, date(2025, 3, 2))
    close(date(2025, 3, 2))
    assert life(village, made).replaced_by() == sheet.number
    assert board_tables.stage_words(life(village, made), date(2025, 3, 2)).endswith(sheet.number)
    assert [life(village, s).replaces for s in (fresh, made)] == [old.number, ""]
    said = [step.text for step in life_view.view(village.book, made, date(2025, 3, 2)).steps]
    assert any(sheet.number in text for text in said)
    assert check_book(village.book) == ()


def test_a_replacement_says_why_and_waits_for_the_one_before_it(upheld: tuple[Village, str, str]):
    village, made, asked = upheld
    pay(village, 5_000, february(12))
    close_month(village, Period(2025, 2))
    replaced = partial(
        sheets.replace_sheet, village.book, made, by=at(date(2025, 3, 1)), until=Period(2025, 2)
    )
    assert refused(lambda: replaced(reason=" ")) == ["DIS-14"]
    assert refused(lambda: replaced(reason="见电话13812345678")) == ["DIS-07"]
    again(village, made, asked, date(2025, 3, 1), until=Period(2025, 2))
    assert refused(lambda: again(village, made, asked, date(2025, 3, 2), until=Period(2025, 2))) == ["DIS-14"]


def _picture(code: str = "", pdf: bytes = b"") -> bytes:
    """A photo of a page with this code, or of the first page of a paper."""
    if not pdf:
        pen = Pen(400, 400, "x")
        pen.qr(100, 100, 200, code, Level.Q)
        pen.end_page()
        pdf = pen.finish()
    out = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=1.6).to_pil().convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def test_the_photo_of_a_sheet_is_held_against_the_log(signed: tuple[Village, str]):
    village, made = signed
    sheet = sheets.frozen(village.book, made)
    printed = sheets.final_pdf(village.book, made)
    seen = board_photos.take_in(village.book, _picture(pdf=printed), "表.png", made)
    assert (seen.shows, seen.subject) == (Shows.MATCHES, made)
    forged = sheet_code(replace(sheet, parts=()))
    seen = board_photos.take_in(village.book, _picture(forged), "表.png", made)
    assert seen.shows is Shows.DIFFERS
    assert "number of lines" in seen.sentence
    other = sheet_code(replace(sheet, village_code="999"))
    assert board_photos.take_in(village.book, _picture(other), "表.png", made).shows is Shows.FOREIGN


def test_the_township_gets_every_sheet_in_the_package_and_can_judge_it(
    signed: tuple[Village, str], monkeypatch: pytest.MonkeyPatch
):
    village, _made = signed
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(village.folder / "home"))
    sent = handover.export(village.book, village.folder, at(february(1)))
    package, _hints = read_package(sent.path)
    assert package is not None
    kinds = [read_entry(entry).kind for entry in package.entries]
    assert (kinds.count("sheet.compiled"), kinds.count("sheet.published")) == (1, 1)
    assert [f for f in verify(sent.path) if f.severity.stops] == []
