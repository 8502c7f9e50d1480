"""General ledger, detail ledger and balances by party in their classic form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import START, at, fill_posts, make_book
from tests.services.statement_books import book_of, constructed, voucher
from tests.services.test_carrying import adjust
from villagebook import i18n
from villagebook.domain.errors import KnownError
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.services import reports
from villagebook.services.account_books.account_ledgers import general_ledger
from villagebook.services.account_books.detail_ledger import detail_ledger
from villagebook.services.account_books.multi_column import multi_column
from villagebook.services.account_books.parties import parties
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import opening_entry
from villagebook.services.render import csv_bytes, render
from villagebook.services.reporting import note_fills
from villagebook.services.vouchers import accounts, documents

YEAR = Span.parse("2024")
CLASSIC = ["date", "voucher", "summary", "debit", "credit", "direction", "balance"]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with constructed(tmp_path) as made:
        yield made


def keys(table: Table) -> list[str]:
    return [c.key for c in table.columns]


def lines(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(keys(table), r, strict=True)) for r in table.machine_rows or ()]


def test_a_detail_ledger_has_the_classic_columns_and_sums(book):
    table = detail_ledger(book, YEAR, "101")
    assert keys(table) == CLASSIC
    assert [r[2:] for r in table.rows] == [
        ("Brought forward", None, None, "Dr", 200000),
        ("cash drawn", 500000, None, "Dr", 700000),
        ("Total of the month", 500000, 0, "Dr", 700000),
        ("Total of the year", 500000, 0, "Dr", 700000),
        ("casual labour paid", None, 400000, "Dr", 300000),
        ("Total of the month", 0, 400000, "Dr", 300000),
        ("Total of the year", 500000, 400000, "Dr", 300000),
        ("cash short 100", None, 10000, "Dr", 290000),
        ("Total of the month", 0, 10000, "Dr", 290000),
        ("Total of the year", 500000, 410000, "Dr", 290000),
        ("Carried to next year", None, None, "Dr", 290000),
    ]
    assert table.rows[1][:2] == ("2024-06-15", "记-0012")
    assert table.targets[1].startswith("voucher:")
    assert table.strong == {2, 3, 5, 6, 8, 9, 10}
    assert [r["summary"] for r in lines(table)] == [
        "Brought forward",
        "cash drawn",
        "casual labour paid",
        "cash short 100",
    ]
    assert "101 Cash on hand" in table.subtitle


def test_what_ends_at_nothing_says_so(book):
    ends = [r["direction"] for r in lines(detail_ledger(book, YEAR, "501"))]
    assert ends == ["Nil", "Cr", "Cr", "Nil"]
    shown = lines(detail_ledger(book, YEAR, "171"))
    assert [(r["direction"], r["balance"]) for r in shown] == [("Nil", 0)], (
        "an account that never moved has its opening"
    )


def test_a_span_within_the_year_begins_with_its_balance_and_counts_the_year_on(book):
    table = detail_ledger(book, Span.parse("2024-07"), "101")
    assert [r[2:] for r in table.rows] == [
        ("Brought forward", None, None, "Dr", 700000),
        ("casual labour paid", None, 400000, "Dr", 300000),
        ("Total of the month", 0, 400000, "Dr", 300000),
        ("Total of the year", 500000, 400000, "Dr", 300000),
    ]


def test_the_sums_of_the_year_begin_anew_whichever_month_moves_first(tmp_path):
    vouchers = [
        voucher("a", Period(2024, 3), 1, [("101", "", 100), ("501", "", -100)]),
        voucher("b", Period(2025, 4), 1, [("101", "", 7), ("501", "", -7)]),
        voucher("c", Period(2025, 6), 1, [("101", "", 5), ("501", "", -5)]),
    ]
    with book_of(tmp_path / "b.vbook", vouchers) as made:
        span = Span(Period(2024, 1), Period(2025, 12))
        for table in (detail_ledger(made, span, "501"), general_ledger(made, span, "501")):
            years = [r[4] for r in table.rows if r[2] == "Total of the year"]
            assert years == [100, 7, 12]
        late = general_ledger(made, Span.parse("2025-06"), "501")
        assert [r[2:] for r in late.rows] == [
            ("Brought forward", None, None, "Cr", 107),
            ("Total of the month", 0, 5, "Cr", 112),
            ("Total of the year", 0, 12, "Cr", 112),
        ]


def test_members_are_kept_household_by_household(book):
    table = detail_ledger(book, YEAR, "113")
    assert keys(table) == ["party", *CLASSIC]
    shown = lines(table)
    assert [(r["party"], r["direction"], r["balance"]) for r in shown] == [
        ("张三", "Dr", 500000),
        ("张三", "Dr", 1700000),
        ("张三", "Dr", 200000),
        ("李四", "Cr", 300000),
        ("王五", "Nil", 0),
        ("王五", "Cr", 2000000),
    ]
    one = detail_ledger(book, YEAR, "113", "张三")
    assert keys(one) == CLASSIC
    assert [r["balance"] for r in lines(one)] == [500000, 1700000, 200000]
    assert "张三" in one.subtitle
    nobody = detail_ledger(book, YEAR, "113", "无此人")
    assert [r["balance"] for r in lines(nobody)] == [0]


def test_the_whole_book_is_every_account_one_after_the_other(book):
    table = detail_ledger(book, YEAR)
    assert keys(table) == ["account", "name", "party", *CLASSIC]
    shown = lines(table)
    assert [r["account"] for r in shown] == sorted(r["account"] for r in shown)
    entries = [r for r in shown if r["voucher"]]
    assert sum(r["debit"] or 0 for r in entries) == sum(r["credit"] or 0 for r in entries) > 0
    of_one = lines(detail_ledger(book, YEAR, "112"))
    assert [r["balance"] for r in shown if r["account"] == "112"] == [r["balance"] for r in of_one]
    somebody = lines(detail_ledger(book, YEAR, party="张三"))
    assert {r["account"] for r in somebody} == {"113"}


def test_the_general_ledger_is_made_of_months(book):
    table = general_ledger(book, YEAR, "Cash on hand")
    assert keys(table) == CLASSIC
    assert [(r["summary"], r["balance"]) for r in lines(table)] == [
        ("Brought forward", 200000),
        ("Total of the month", 700000),
        ("Total of the month", 300000),
        ("Total of the month", 290000),
    ]
    assert set(table.targets) == {"account:101"}
    whole = lines(general_ledger(book, YEAR))
    assert [r["balance"] for r in whole if r["account"] == "101"] == [r["balance"] for r in lines(table)]
    assert not [r for r in whole if r["account"] == "171"], "accounts without anything are left out"


def test_the_general_ledger_has_one_page_for_an_account_with_its_sub_accounts(village):
    for code, name, parent in (
        ("51301", "办公费", "513"),
        ("51302", "差旅费", "513"),
        ("5130201", "车票", "51302"),
    ):
        accounts.add_account(village.book, accounts.NewAccount(code, name, parent), at(START.first_day))
    adjust(village, START.first_day, ("51301", 300, 0), ("5130201", 200, 0), ("211", 0, 500))
    shown = lines(general_ledger(village.book, Span.of(START)))
    pages = [
        (r["account"], r["debit"], r["credit"], r["balance"]) for r in shown if r["debit"] or r["credit"]
    ]
    assert pages == [("211", 0, 500, 500), ("513", 500, 0, 500)]


def test_a_book_that_begins_within_a_year_counts_what_the_year_had_moved_before(tmp_path):
    opened = Period(2025, 10)
    made = make_book(tmp_path, start=opened)
    opening_entry.set_lines(
        made,
        (VoucherLine("513", 400, 0, ""), VoucherLine("301", 0, 300, ""), VoucherLine("501", 0, 100, "")),
        at(opened.first_day),
    )
    fill_posts(made)
    spent = documents.new_document(DocKind.ADJUSTMENT, opened.first_day)
    spent = replace(
        spent,
        summary="计提水电费",
        lines=(VoucherLine("513", 50, 0, ""), VoucherLine("211", 0, 50, "", party="电力公司")),
    )
    documents.submit(made, spent, at(opened.first_day))
    for span in (Span.of(opened), Span.parse("2025")):
        for table in (general_ledger(made, span, "513"), detail_ledger(made, span, "513")):
            year = [r for r in table.rows if r[2] == "Total of the year"]
            assert [(r[3], r[4], r[6]) for r in year] == [(450, 0, 450)]
        columns = [r for r in multi_column(made, span).rows if r[2] == "Total of the year"]
        assert [r[3] for r in columns] == [450]
    made.close()


def test_parties_with_the_age_of_what_is_open(book):
    table = parties(book, YEAR)
    shown = {(r["account"], r["party"]): r for r in lines_of_all(table)}
    assert set(shown) == {
        ("112", "县农业公司"),
        ("112", "报账员"),
        ("113", "张三"),
        ("113", "李四"),
        ("113", "王五"),
        ("211", "建材店"),
    }
    zhang = shown["113", "张三"]
    assert zhang["opening_direction"] == "Dr"
    assert (zhang["opening"], zhang["debit"], zhang["credit"], zhang["direction"], zhang["balance"]) == (
        500000, 1200000, 1500000, "Dr", 200000,
    )  # fmt: skip
    # 15,000 paid: the 5,000 of the opening first, then 10,000 of the rent of January; 2,000 of it is open
    assert (zhang["oldest"], zhang["days_181_365"], zhang["days_over_365"]) == ("2024-01-15", 200000, 0)
    assert shown["113", "李四"]["days_over_365"] == 300000, (
        "what was owed before the book began is older than it"
    )
    assert shown["113", "王五"]["days_0_30"] == 2000000
    assert shown["112", "报账员"]["days_31_90"] == 10000
    assert {r["account"] for r in lines_of_all(parties(book, YEAR, "211"))} == {"211"}


def test_a_red_voucher_undoes_the_debt_it_made_and_not_the_oldest(tmp_path):
    owed = [("113", "张三", 500), ("501", "", -500)]
    first, second = voucher("a", Period(2024, 1), 1, owed), voucher("b", Period(2024, 5), 1, owed)
    red = replace(second, id="c", number=2, lines=tuple(x.red() for x in second.lines), reverses="b")
    with book_of(tmp_path / "b.vbook", [first, second, red]) as made:
        (row,) = lines_of_all(parties(made, YEAR))
    assert (row["oldest"], row["debit"], row["credit"], row["balance"]) == ("2024-01-15", 500, 0, 500)


def lines_of_all(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(keys(table), r, strict=True)) for r in table.rows]


def test_an_unknown_account_is_one_clear_sentence(book):
    for make in (general_ledger, detail_ledger, parties):
        with pytest.raises(KnownError, match="no account 999"):
            make(book, YEAR, "999")


@pytest.mark.parametrize(
    "name", [n for n in (*reports.OF_ACCOUNTS, *reports.STATEMENTS[:3], "years") if n != "aux-ledger"]
)
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "pdf"])
@pytest.mark.parametrize("account", ["", "113"])
def test_every_report_in_every_form_and_both_languages(book, name, form, account):
    for language in ("zh_CN", "en"):
        i18n.set_language(language)
        made = reports.make(book, name, YEAR, reports.Choice(account))
        assert render(made.table, form, "清水村")
        assert made.findings == ()
        assert all(len(r) == len(made.table.columns) for r in made.table.rows)
        read = made.table.machine_columns or made.table.columns
        assert all(len(r) == len(read) for r in made.table.machine_rows or made.table.rows)
        assert len(made.table.targets) in (0, len(made.table.rows))


def test_a_name_that_looks_like_a_formula_is_quoted_and_figures_are_not(tmp_path):
    vouchers = [voucher("a", Period(2024, 3), 1, [("113", "=1+1", -100), ("102", "", 100)])]
    with book_of(tmp_path / "b.vbook", vouchers) as made:
        text = csv_bytes(parties(made, YEAR)).decode("utf-8-sig")
        assert "'=1+1,Nil,0.00,0.00,1.00,Cr,1.00" in text
        assert (
            "-"
            not in csv_bytes(detail_ledger(made, YEAR, "113"))
            .decode("utf-8-sig")
            .split("\r\n")[2]
            .split(",")[-1]
        )


def test_the_newest_month_is_that_of_the_last_voucher_or_close(book, tmp_path):
    assert reports.newest_month(book) == Period(2024, 12)
    with book_of(tmp_path / "e.vbook", []) as empty:
        assert reports.newest_month(empty) == Period(2024, 1)


def test_the_side_of_a_balance_is_told_in_the_readers_language(book):
    def sides(table):
        return {r["direction"] for r in lines(table) or lines_of_all(table)}

    assert "Dr" in sides(detail_ledger(book, YEAR, "113")) <= {"Dr", "Cr", "Nil"}
    before = notes_of_claims(book)
    i18n.set_language("zh_CN")
    assert "借" in sides(detail_ledger(book, YEAR, "113")) <= {"借", "贷", "平"}
    assert "借" in sides(parties(book, YEAR)) <= {"借", "贷", "平"}
    assert notes_of_claims(book) == before


def notes_of_claims(book):
    """The figures of the notes' table of claims by age, which are those that stand in debit."""
    (table,) = note_fills.fill(book, "ages", YEAR).tables
    assert table.rows
    return [tuple(c for c in row if isinstance(c, int)) for row in table.rows]
