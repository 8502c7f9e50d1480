"""The year in one file, laid open before the members vote; the board of the year; the eight classes as data."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from tests.board import END, february, review, signed_notice
from tests.builders import (
    START,
    Village,
    at,
    close_month,
    ids_of,
    lay_open,
    make_village,
    minutes,
    move,
    pay,
    receive,
)
from tests.cli.runner import run
from villagebook import i18n
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.laid_open import CopyTaken
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.period import Period, Span
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.sheet import SheetForm
from villagebook.domain.year_end import Plan
from villagebook.services import reports
from villagebook.services.approvals import resolutions
from villagebook.services.disclosure import laid_open, notice_classes, sheets, year_pack
from villagebook.services.period_end import year_end
from villagebook.services.period_end.checking import check_book
from villagebook.services.reporting import disclosure_items

LAST = date(2025, 12, 31)


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


# ---- the pack ----


def test_the_pack_holds_every_notice_and_its_contents_list_names_the_right_pages(village: Village) -> None:
    signed_notice(village)
    made = year_pack.pack(village.book, 2025, february(3))
    pages = pages_of(made.pdf)
    assert len(pages) == made.pages
    keys = [c.key for c in made.contents.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in made.contents.rows]
    assert [row["what"] for row in rows][-1] == "Statement of receipts and payments, entry by entry"
    assert sum(int(str(row["pages"])) for row in rows) + int(str(rows[0]["page"])) - 1 == made.pages
    for row in rows:
        number = str(row["number"])
        assert not number or number in pages[int(str(row["page"])) - 1].replace("\r\n", "").replace("\n", "")
    assert all(f"{row['page']} / {len(pages)}" in pages[int(str(row["page"])) - 1] for row in rows)


def test_the_same_year_makes_the_same_bytes(village: Village) -> None:
    signed_notice(village)
    one, two = (year_pack.pack(village.book, 2025, february(3)).pdf for _n in range(2))
    assert one == two


def test_a_year_without_a_notice_has_its_annual_sheet_as_a_draft(village: Village) -> None:
    made = year_pack.pack(village.book, 2025, february(3))
    assert (len(made.contents.rows), made.drafts) == (2, 2)


def test_the_board_of_the_year_adds_up_what_hung(village: Village) -> None:
    signed_notice(village)
    receive(village, 60_000, date(2025, 2, 3))
    close_month(village, Period(2025, 2))
    from villagebook.services.disclosure import notices

    second = notices.submit_notice(village.book, Span.of(Period(2025, 2)), at(february(28), 21))
    review(village, second, february(28))
    table = year_pack.summary(village.book, 2025)
    months, total = table.rows[:-1], table.rows[-1]
    assert [row[0] for row in months] == ["2025-01", "2025-02"]
    assert total[4] == sum(int(str(row[4])) for row in months) == 130_000
    assert (total[3], total[6]) == (months[0][3], months[-1][6])
    assert months[0][6] == months[1][3]
    made = year_pack.board(village.book, 2025, february(28))
    assert made.pages == len(pages_of(made.pdf))


def test_the_command_line_writes_the_pack_and_says_when_it_is_a_draft(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    village.book.close()
    target = tmp_path / "pack.pdf"
    ran = run("pack", tmp_path / "village.vbook", "--year", "2025", "-o", target)
    assert ran.code == 1
    assert target.read_bytes().startswith(b"%PDF")
    assert run("pack", tmp_path / "village.vbook", "--year", "1999", "-o", target).code == 2


# ---- laid open ----


def vote(village: Village, day: date) -> list[str]:
    item = ResolutionItem(1, "2025年度收益分配", Matter.DISTRIBUTION, 100_000)
    made = minutes(village, "成员大会2025-4", day, item, body=Body.MEMBERS)
    return ids_of(resolutions.record(village.book, made, at(day)))


@pytest.mark.parametrize(("days", "said"), [(10, []), (9, ["DIS-18"]), (0, ["DIS-18"])])
def test_the_members_vote_counts_the_days_the_papers_lay_open(
    village: Village, days: int, said: list[str]
) -> None:
    day = date(2025, 12, 20)
    if days:
        lay_open(village, 2025, day - timedelta(days=days))
    assert [i for i in vote(village, day) if i == "DIS-18"] == said
    found = year_end.preview(village.book, 2025, Plan(resolution="成员大会2025-4"), at(LAST)).findings
    assert [f.severity for f in found if f.id == "DIS-18"] == [Severity.HOLD] * len(said)


def test_papers_that_were_taken_in_early_did_not_lie_long_enough(village: Village) -> None:
    day = date(2025, 12, 20)
    laid = lay_open(village, 2025, day - timedelta(days=15))
    laid_open.take_in(village.book, laid, day - timedelta(days=12), at(day))
    assert "DIS-18" in vote(village, day)


def test_copies_are_noted_with_name_day_and_what(village: Village) -> None:
    laid = lay_open(village, 2025, february(3))
    laid_open.note_copy(village.book, CopyTaken(laid, "何老四", february(5), "收支明细", 4), at(february(5)))
    for wrong in (
        CopyTaken(laid, " ", february(5), "收支明细"),
        CopyTaken(laid, "何老四", february(2), "收支明细"),
        CopyTaken(laid, "何老四", february(5), ""),
        CopyTaken("nothing", "何老四", february(5), "收支明细"),
    ):
        with pytest.raises(Refused):
            laid_open.note_copy(village.book, wrong, at(february(5)))
    table = laid_open.table(village.book)
    assert [row[6:9] for row in table.rows] == [("", "", ""), ("何老四", "2025-02-05", "收支明细")]
    assert check_book(village.book) == ()


def test_a_pack_is_laid_open_once_until_it_is_taken_in(village: Village) -> None:
    laid = lay_open(village, 2025, february(3))
    with pytest.raises(Refused):
        lay_open(village, 2025, february(4))
    laid_open.take_in(village.book, laid, february(10), at(february(10)))
    lay_open(village, 2025, february(11))


# ---- F11 ----


def test_the_annual_sheet_ties_to_the_ledger(village: Village) -> None:
    receive(village, 70_000, date(2025, 1, 9))
    move(village, "IN", "EX", 500_000, date(2025, 1, 10))
    pay(village, 120_000, date(2025, 1, 12))
    close_month(village, START)
    made = sheets.compile_sheet(village.book, SheetForm.ANNUAL, Span.of(START), "", END)
    assert [f.fen for f in made.figures] == [70_000, 120_000, -50_000]
    income, spending, balance, _shared, _funds, classes = made.parts
    assert (income.rows[-1][2], spending.rows[-1][2]) == (70_000, 120_000)
    trial = {r[0]: r for r in reports.make(village.book, "trial-balance", Span.of(START)).table.rows}
    closing = sum(int(row[3] or 0) for row in balance.rows if "owned" in str(row[1]))
    owed = sum(int(row[3] or 0) for row in balance.rows if "owned" not in str(row[1]))
    assert closing - owed == sum(
        int(r[-2] or 0) - int(r[-1] or 0) for code, r in trial.items() if str(code)[:1] in ("1", "2")
    )
    assert len(classes.rows) == 46  # 44 items, and two classes without any of their own


# ---- 44 items ----


def test_seven_eleven_ten_six_four_six_are_forty_four_and_marked_as_recalled() -> None:
    counts = [len(c.items) for c in disclosure_items.classes()]
    assert counts == [7, 11, 10, 6, 0, 4, 6, 0]
    assert sum(counts) == 44
    mark, check = disclosure_items.certainty()
    assert mark == "M"
    assert "checked" in check


def test_the_file_s_classes_are_those_of_the_monthly_sheet() -> None:
    assert [c.title[1] for c in disclosure_items.classes()] == list(notice_classes.CLASSES)
    assert i18n.language() == i18n.ENGLISH


def test_items_with_accounts_say_what_the_ledger_says(village: Village) -> None:
    receive(village, 70_000, date(2025, 1, 9))
    with village.book.reading() as connection:
        found = disclosure_items.figures(connection, START, Span.of(START))
    assert found["2.1"] == 70_000
    ran = reports.make(village.book, "disclosure-items", Span.of(START)).table
    assert ran.rows[7][1:] == ("2.1", "own operation: sales, rent, service", 70_000)


def test_no_account_is_counted_by_two_items() -> None:
    for kind in ("closing", "credit", "debit"):
        codes = [a for c in disclosure_items.classes() for i in c.items if i.kind == kind for a in i.accounts]
        assert len(codes) == len(set(codes))
        assert not [a for a in codes for b in codes if a != b and a.startswith(b)]
