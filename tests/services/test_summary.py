"""F2, the plain summary: its sums are F1's and the ledger's, its comparisons other months' own sheets."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import START, Village, at, make_book, make_village, pay
from villagebook import i18n
from villagebook.domain.carrying import Entry
from villagebook.domain.document import Item
from villagebook.domain.notice import Notice, kind_total
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Part, Sheet, SheetForm
from villagebook.domain.voucher import VoucherLine
from villagebook.services.book_file.books import Book
from villagebook.services.disclosure import notices, sheet_ties, sheets
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.posting import post_entries

MONTHS = [START.shifted(n) for n in range(14)]
ACCOUNTS = ("501", "502", "503", "504", "511", "513", "514", "515", "112", "211", "241", "153")
"""What money may come or go over; balance-sheet accounts on both sides."""

LAST_DAY = MONTHS[-1].last_day


def summary(book: Book, span: Span) -> Sheet:
    return sheets.compile_sheet(book, SheetForm.SUMMARY, span, "", LAST_DAY)


def part(sheet: Sheet, key: str) -> Part | None:
    """The part whose first column has this key."""
    return next((p for p in sheet.parts if p.columns[0].key == key), None)


def column(sheet: Sheet, key: str, name: str) -> dict[str, int]:
    """Words -> fen of one column, total included; rows that are nothing are left out."""
    found = part(sheet, key)
    if found is None or not found.rows:
        return {}
    at_ = next((n for n, c in enumerate(found.columns) if c.key == f"{key}_{name}"), None)
    if at_ is None:
        return {}
    cells = {str(row[0]): row[at_] for row in found.rows}
    return {words: fen for words, fen in cells.items() if isinstance(fen, int) and fen}


entry_parts = st.tuples(
    st.sampled_from(MONTHS),
    st.sampled_from(("IN", "EX", "IM")),
    st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.integers(-50_000, 50_000)), min_size=1, max_size=3),
)


def post(book: Book, entries: list[tuple[Period, str, list[tuple[str, int]]]]) -> None:
    """Money of any account in (positive) or out (negative) of a place; several reasons in a voucher net in its money."""
    by = at(MONTHS[0].first_day)
    made: list[tuple[date, Entry]] = []
    for month, place, parts in sorted(entries, key=lambda e: e[0]):
        lines = [VoucherLine(a, max(-fen, 0), max(fen, 0), "某事") for a, fen in parts if fen]
        money = sum(fen for _a, fen in parts)
        account = "101" if place == "IM" else "102"
        if money:
            lines.append(VoucherLine(account, max(money, 0), max(-money, 0), "某事", place=place))
        if lines:
            made.append((month.first_day, Entry("某事", tuple(lines))))
    with book.writing(by.actor, by.at) as writing:
        for day, entry in made:
            post_entries(writing, [entry], day)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entry_parts, min_size=1, max_size=12), st.integers(0, 13), st.integers(1, 3))
def test_whatever_was_entered_summary_notice_and_ledger_say_the_same(
    entries: list[tuple[Period, str, list[tuple[str, int]]]], first: int, length: int
):
    span = Span(MONTHS[first], MONTHS[min(first + length, 14) - 1])
    with TemporaryDirectory() as folder:
        book = make_book(Path(folder), opening={"EX": 1_000_000, "IM": 500})
        try:
            post(book, entries)
            made, notice = summary(book, span), notices.compile_notice(book, span, LAST_DAY)
            _ties(book, made, notice)
            _compares(book, made, span)
        finally:
            book.close()


def _ties(book: Book, made: Sheet, notice: Notice) -> None:
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, LAST_DAY, notice.span.last.last_day)
        held = sheet_ties.of(connection, facts, made)
    assert held
    assert [t for t in held if not t.holds] == []
    figures = [f.fen for f in made.figures]
    assert figures == [notice.opening_fen, notice.income_fen, notice.spending_fen, notice.closing_fen]
    for is_income, total in ((True, notice.income_fen), (False, notice.spending_fen)):
        assert kind_total(notice.kinds, is_income=is_income).fen == total
        own = Counter[str]()
        for line in notice.lines:
            own[line.kind] += line.income_fen if is_income else line.spending_fen
        shown = {k.words: k.fen for k in notice.kinds if k.is_income is is_income and not k.depth and k.fen}
        assert shown == {words: fen for words, fen in own.items() if fen}


def _compares(book: Book, made: Sheet, span: Span) -> None:
    """The columns beside this time are other sheets' own; before the book there are none."""
    for name, months in (("last", span.length), ("year_ago", 12)):
        before = Span(span.first.shifted(-months), span.last.shifted(-months))
        other = summary(book, before) if before.first >= START else None
        for key in ("came", "went"):
            assert column(made, key, name) == (column(other, key, "now") if other else {})
    year = Span(max(Period(span.last.year, 1), START), span.last)
    if year != span:
        for key in ("came", "went"):
            assert column(made, key, "year") == column(summary(book, year), key, "now")


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return make_village(tmp_path, opening={"EX": 1_000_000, "IM": 100_000})


SPAN = Span.of(START)


def rows(sheet: Sheet, key: str) -> list[tuple[object, ...]]:
    found = part(sheet, key)
    return [tuple(row) for row in found.rows] if found else []


def test_each_item_of_a_payment_is_a_line_with_its_quantity_and_price(village: Village):
    items = (
        Item("513", 30_000, "打印纸", "10", "包", 3_000),
        Item("513", 8_000, "墨盒", "1", "个", 8_000),
    )
    pay(village, 38_000, items=items)
    lines = notices.compile_notice(village.book, SPAN, LAST_DAY).lines
    assert [(line.summary, line.measure, line.spending_fen) for line in lines] == [
        ("打印纸", "10包×30.00", 30_000),
        ("墨盒", "1个×80.00", 8_000),
    ]
    assert all("王建国" in line.approver for line in lines)
    assert all(line.party and line.source and line.handler and line.kind for line in lines)


def test_what_to_look_at_names_the_largest_cash_and_papers(village: Village):
    book = village.book
    for fen, party in ((10_000, "县文具店"), (30_000, "镇水厂"), (20_000, "县电力公司"), (5_000, "印刷厂")):
        pay(village, fen, party=party, summary=f"{party}的纸张", items=(Item("513", fen, f"{party}的纸张"),))
    told = rows(summary(book, SPAN), "what")
    assert [r[2] for r in told[:3]] == [30_000, 20_000, 10_000]
    assert "镇水厂" in str(told[0][1])
    by_title = {str(r[0]): r for r in told}
    assert by_title["Paid without an invoice"][2] == 0
    assert by_title["Notes of debt in the cash box"][1] == "The cash was not counted in this time."


def test_what_has_no_kind_of_its_own_is_told_entry_by_entry(village: Village):
    pay(village, 4_000, items=(Item("515", 4_000, "赔村民李大爷的菜地"),))
    detail = rows(summary(village.book, SPAN), "detail")
    assert (f"{date(2025, 1, 10):%m-%d} 赔村民李大爷的菜地", 4_000) in [r[:2] for r in detail]


def test_guests_stand_on_their_own_line_also_when_they_cost_nothing(village: Village):
    assert ("For guests: meals and tea", 0) in [r[:2] for r in rows(summary(village.book, SPAN), "detail")]
    entry = Entry(
        "招待上级检查组午饭",
        (VoucherLine("513", 6_600, 0, "招待上级检查组午饭"), VoucherLine("102", 0, 6_600, "", place="EX")),
    )
    by = at(START.first_day)
    with village.book.writing(by.actor, by.at) as writing:
        post_entries(writing, [entry], START.first_day)
    made = summary(village.book, SPAN)
    assert ("For guests: meals and tea", 6_600) in [r[:2] for r in rows(made, "detail")]
    assert any("66.00" in s for s in made.sentences)


def test_a_township_may_leave_the_line_of_guests_out(tmp_path: Path):
    village = make_village(tmp_path, opening={"EX": 1_000_000}, policy={"reception_line": False})
    assert rows(summary(village.book, SPAN), "detail") == []


def test_no_statement_of_the_bank_is_said_and_not_passed_over(village: Village):
    made = summary(village.book, SPAN)
    assert [r[2] for r in rows(made, "account")] == [None]
    assert any("There is no statement of the bank yet" in s for s in made.sentences)


def test_it_speaks_without_terms_of_accounting(village: Village):
    pay(village, 4_000, items=(Item("513", 4_000, "打印纸两箱"),))
    with i18n.speaking(i18n.CHINESE):
        made = summary(village.book, SPAN)
    with village.book.reading() as connection:
        terms = gather.ground(connection, village.book.info, LAST_DAY).policy.words["accounting_terms"]
    told = "".join(text for _where, text in made.texts())
    assert [t for t in terms if t in told] == []


def test_what_comes_again_is_one_row_with_its_count(village: Village):
    for day in (3, 17):
        entry = Entry(
            "借用场地",
            (VoucherLine("504", 0, 20_000, "借用场地"), VoucherLine("102", 20_000, 0, "", place="EX")),
        )
        by = at(date(2025, 1, day))
        with village.book.writing(by.actor, by.at) as writing:
            post_entries(writing, [entry], by.day)
    assert ("借用场地, 2 entries", 40_000) in [r[:2] for r in rows(summary(village.book, SPAN), "detail")]
