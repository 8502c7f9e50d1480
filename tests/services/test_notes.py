"""Notes to a year's statements and the yearly report: what the book fills in, what is written, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import DAY, Village, at, ids_of, submit
from tests.reports.reading import page_sizes_mm, page_texts
from tests.services.statement_books import constructed
from tests.services.test_carrying import adjust
from villagebook import i18n
from villagebook.domain.document import Document, Support
from villagebook.domain.errors import Refused
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.table import Dossier, Shape
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.services.book_file.books import Book
from villagebook.services.by import new_id
from villagebook.services.period_end.checking import check_book
from villagebook.services.render import render
from villagebook.services.reporting import annual, note_fills, notes
from villagebook.services.reporting.notes import State

NOW = at(date(2025, 2, 1))
YEAR = Span.year(2024)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    i18n.set_language("zh_CN")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with constructed(tmp_path) as made:
        yield made


def states(book: Book, year: int = 2024) -> dict[str, State]:
    return {p.section.code: p.state for p in notes.parts(book, year)}


def test_the_book_fills_in_what_it_knows_and_the_rest_is_missing(book):
    found = states(book)
    assert {c for c, s in found.items() if s is State.MISSING} == {
        "compliance",
        "lost",
        "events",
        "tax",
        "other",
    }
    assert {c for c, s in found.items() if s is State.FILLED} >= {"organisation", "equity", "details", "ages"}
    told = notes.missing(notes.parts(book, 2024), 2024)
    assert ids_of(told) == ["STM-24"]
    assert [f.target for f in told] == [f"note:{c}" for c in ("compliance", "lost", "events", "tax", "other")]


def test_of_very_many_debtors_the_largest_are_named_and_the_others_summed(
    book: Book, monkeypatch: pytest.MonkeyPatch
):
    (whole,) = note_fills.fill(book, "ages", YEAR).tables
    monkeypatch.setattr(note_fills, "DEBTORS", 1)
    (short,) = note_fills.fill(book, "ages", YEAR).tables
    assert len(short.rows) < len(whole.rows)
    assert short.rows[0][1] == i18n._("{n} others").format(n=2)
    for n, column in enumerate(whole.columns):
        if column.shape is Shape.MONEY:
            sums = [sum(int(row[n] or 0) for row in table.rows) for table in (whole, short)]
            assert sums[0] == sums[1], column.key


def test_what_is_written_counts_from_its_newest_word_and_nothing_is_a_choice(book):
    notes.write(book, 2024, "events", "与县农机公司的合同纠纷已结案。", NOW)
    notes.write(book, 2024, "events", "无诉讼。", NOW)
    notes.write(book, 2024, "tax", "", NOW, nothing=True)
    parts = {p.section.code: p for p in notes.parts(book, 2024)}
    assert (parts["events"].state, parts["events"].text) == (State.WRITTEN, "无诉讼。")
    assert parts["tax"].state is State.NOTHING
    assert states(book, 2025)["events"] is State.MISSING, "each year has its own"
    assert [f.id for f in check_book(book) if f.id.startswith("CHK")] == []


@pytest.mark.parametrize(
    ("year", "section", "text", "nothing", "id"),
    [
        (2024, "events", "  ", False, "STM-22"),
        (2024, "events", "有事", True, "STM-22"),
        (2024, "weather", "有事", False, "STM-23"),
        (2023, "events", "有事", False, "STM-23"),
        (2026, "events", "有事", False, "STM-23"),
    ],
)
def test_a_note_that_says_nothing_or_belongs_nowhere_is_refused(book, year, section, text, nothing, id):
    with pytest.raises(Refused) as caught:
        notes.write(book, year, section, text, NOW, nothing=nothing)
    assert ids_of(caught.value.findings) == [id]


def test_the_filled_tables_agree_with_the_statements(book):
    parts = {p.section.code: p for p in notes.parts(book, 2024)}
    (equity,) = parts["equity"].filled.tables
    assert [r[1:] for r in equity.rows] == [
        (40000000, 0, 0, 40000000),
        (30000000, 8141000, 0, 38141000),
        (4500000, 1410000, 2141000, 3769000),  # earned, and given to the reserve and the members
        (74500000, 9551000, 2141000, 81910000),
    ]
    (details,) = parts["details"].filled.tables
    shown = {(str(r[0])[:3], r[1]): r[2:] for r in details.rows}
    assert shown["113", "王五"] == (0, -2000000)
    (ages,) = parts["ages"].filled.tables
    assert sum(int(r[2] or 0) for r in ages.rows) == 2210000, "what the balance sheet shows of receivables"
    words = " ".join(parts["distribution"].filled.paragraphs)
    assert yuan_text(141000) in words
    assert yuan_text(2000000) in words


def test_whom_something_was_bought_from_is_no_detail_of_the_account(village: Village):
    """153 paid to a builder and carried over to 151 without a name left two details that cancelled out."""
    owed = (
        VoucherLine("153", 50_000, 0, "造桥", "", "鸿达建筑队"),
        VoucherLine("211", 0, 50_000, "造桥", "", "鸿达建筑队"),
    )
    built = Document(new_id(), DocKind.ADJUSTMENT, DAY, "应付造桥款", lines=owed, support=Support.INTERNAL)
    assert submit(village, built).label
    adjust(village, DAY, ("151", 50_000, 0), ("153", 0, 50_000))
    details = note_fills.fill(village.book, "details", Span.year(2025))
    assert [(str(r[0])[:3], r[1]) for t in details.tables for r in t.rows] == [("211", "鸿达建筑队")]


def test_every_filler_of_the_template_is_there_and_the_other_way_round():
    assert {s.fill for s in notes.sections() if s.fill} == set(note_fills.FILLERS)
    assert len({s.code for s in notes.sections()}) == len(notes.sections())


def test_the_yearly_report_is_a_draft_until_the_notes_are_written_and_the_year_is_closed(book):
    table, findings = annual.make(book, "annual-report", 2024)
    assert isinstance(table.form, Dossier)
    assert table.form.stamp == "草稿"
    assert ids_of(findings) == ["STM-24", "STM-25"]
    for section in notes.sections():
        if not section.fill:
            notes.write(book, 2024, section.code, "", NOW, nothing=True)
    assert ids_of(annual.make(book, "annual-report", 2024)[1]) == ["STM-25"]


def test_the_yearly_report_on_paper(book):
    notes.write(
        book, 2024, "events", "\n".join(f"第{n}件事：村集体与县农机公司的事项说明。" for n in range(90)), NOW
    )
    table, _findings = annual.make(book, "annual-report", 2024)
    data = render(table, "pdf", "清水村")
    assert page_sizes_mm(data) == {(297, 210)}
    pages = page_texts(data)
    assert "年度财务会计报告" in pages[0]
    assert "2024年度" in pages[0]
    assert "资产总计" in pages[1]
    assert "868,300.00" in pages[1]
    assert "年末未分配收益" in pages[2]
    assert "收支明细表" in pages[3]
    whole = "".join(pages[4:])
    for n in (0, 45, 89):
        assert f"第{n}件事" in whole
    for part in notes.parts(book, 2024):
        assert part.section.title[0] in whole
    assert "单位负责人" in pages[-1]
    assert data == render(table, "pdf", "清水村"), "the same bytes every time"


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "pdf"])
@pytest.mark.parametrize("name", ["notes", "annual-report"])
def test_in_every_format_and_language(book, name, form):
    for language in ("zh_CN", "en"):
        i18n.set_language(language)
        assert len(render(annual.make(book, name, 2024)[0], form, "清水村")) > 500
