"""The statements of the constructed year, to the cent; what ties to what; and templates that a township may bring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import at, ids_of
from tests.services.statement_books import book_of, constructed, voucher
from villagebook import i18n, paths
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.domain.voucher import Voucher
from villagebook.services import render
from villagebook.services.account_books import ledgers
from villagebook.services.book_file.books import Book
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.reporting.statement_lines import accounts_of, lines_of
from villagebook.services.reporting.statements import statement
from villagebook.storage import posted_vouchers

YEAR = Span.parse("2024")

BALANCE_SHEET = {
    "货币资金": 294200, "短期投资": 0, "应收款项": 22100, "存货": 10000, "消耗性生物资产": 0, "流动资产合计": 326300,
    "长期投资": 100000, "生产性生物资产原值": 60000, "生产性生物资产累计折旧": 18000, "生产性生物资产净值": 42000,
    "固定资产原值": 580000, "累计折旧": 180000, "固定资产净值": 400000, "在建工程": 0, "固定资产清理": 0,
    "固定资产小计": 400000, "无形资产净值": 0, "公益性生物资产": 0, "长期待摊费用": 0, "非流动资产合计": 542000,
    "资产总计": 868300, "短期借款": 0, "应付款项": 48000, "应付工资": 0, "应付劳务费": 0, "应交税费": 1200,
    "流动负债合计": 49200, "长期借款及应付款": 0, "一事一议资金": 0, "专项应付款": 0, "非流动负债合计": 0,
    "负债合计": 49200, "资本": 400000, "公积公益金": 381410, "未分配收益": 37690, "所有者权益合计": 819100,
    "负债和所有者权益总计": 868300,
}  # fmt: skip
INCOME = {
    "经营收入": 72000, "投资收益": 8000, "补助收入": 30000, "其他收入": 0, "经营支出": 30000, "税金及附加": 7200,
    "管理费用": 46500, "其中:运转支出": 6500, "公益支出": 11000, "其他支出": 0, "收益总额": 15300, "所得税费用": 1200,
    "净收益": 14100, "年初未分配收益": 45000, "其他转入": 0, "可分配收益": 59100, "提取公积公益金": 1410,
    "向成员分配": 20000, "年末未分配收益": 37690,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _chinese() -> None:
    i18n.set_language("zh_CN")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with constructed(tmp_path) as made:
        yield made


def balance_sheet(book: Book, span: Span) -> Table:
    return statement(book, "balance-sheet", span).table


def income(book: Book, span: Span) -> Table:
    return statement(book, "income", span).table


def figures(table: Table, column: int = 2) -> dict[str, Any]:
    """Item -> fen, as a program reads the table."""
    assert table.machine_rows is not None
    found = {str(r[1]): r[column] for r in table.machine_rows}
    assert len(found) == len(table.machine_rows)
    return found


def test_the_balance_sheet_of_the_constructed_year(book):
    made = statement(book, "balance-sheet", YEAR)
    shown = figures(made.table)
    assert {k: shown[k] for k in BALANCE_SHEET} == {k: v * 100 for k, v in BALANCE_SHEET.items()}
    assert shown["本年收益"] == 0, "all of it was carried to 322"
    assert "待处理财产损溢" not in shown, "nothing stands there, so the line is left out"
    assert made.findings == ()


def test_its_second_column_is_the_start_of_the_year(book):
    shown = figures(balance_sheet(book, Span.parse("2024-05")), 3)
    assert shown["资产总计"] == 85300000
    assert shown["负债和所有者权益总计"] == 85300000
    assert (shown["应收款项"], shown["应付款项"]) == (2500000, 2800000), (
        "113 is split by household, never net"
    )
    assert (shown["专项应付款"], shown["未分配收益"]) == (8000000, 4500000)


def test_the_income_statement_of_the_constructed_year(book):
    made = statement(book, "income", YEAR)
    shown = figures(made.table)
    assert {k: shown[k] for k in INCOME} == {k: v * 100 for k, v in INCOME.items()}
    assert shown["其他分配"] == 0
    assert made.findings == ()
    assert set(figures(made.table, 3).values()) == {None}, "nothing is known of the year before the book"


@pytest.mark.parametrize("upto", [0, 1, 3, 10, 16, 20, 22, 23, 24, 25, 26, 27, 28])
def test_both_statements_tie_at_every_point_of_the_year(tmp_path, upto):
    with constructed(tmp_path, upto=upto) if upto else book_of(tmp_path / "b.vbook", []) as made:
        for month in ("2024-01", "2024-06", "2024"):
            sheet = statement(made, "balance-sheet", Span.parse(month))
            assert figures(sheet.table)["资产总计"] == figures(sheet.table)["负债和所有者权益总计"]
            year = Span(Period(2024, 1), Span.parse(month).last)
            result = statement(made, "income", year)
            assert sheet.findings + result.findings == ()
            assert figures(result.table)["年末未分配收益"] == figures(sheet.table)["未分配收益"]


def test_an_open_year_shows_its_result_in_equity(tmp_path):
    with constructed(tmp_path, upto=22) as made:
        shown = figures(balance_sheet(made, YEAR))
        assert (shown["本年收益"], shown["未分配收益"]) == (1410000, 5910000)
        assert figures(income(made, YEAR))["净收益"] == 1410000


def test_carrying_the_result_changes_no_figure_of_the_income_statement(tmp_path):
    folders = [tmp_path / "open", tmp_path / "carried"]
    shown = []
    for folder, upto in zip(folders, (22, 25), strict=True):
        folder.mkdir()
        with constructed(folder, upto=upto) as made:
            shown.append(figures(income(made, YEAR)))
    assert shown[0] == shown[1]


def test_the_same_months_of_the_year_before_stand_beside(tmp_path):
    vouchers = [
        voucher("a", Period(2024, 2), 1, [("102", "", 70_00), ("501", "", -70_00)]),
        voucher("b", Period(2024, 5), 1, [("102", "", 30_00), ("501", "", -30_00)]),
        voucher("c", Period(2025, 2), 1, [("102", "", 11_00), ("501", "", -11_00)]),
    ]
    with book_of(tmp_path / "b.vbook", vouchers) as made:
        table = income(made, Span.parse("2025-Q1"))
        assert (figures(table)["经营收入"], figures(table, 3)["经营收入"]) == (1100, 7000)
        assert figures(table)["年初未分配收益"] == 10000, (
            "at the beginning of the span, all that was earned before"
        )
        sheet = balance_sheet(made, Span.parse("2025-Q1"))
        assert (figures(sheet)["本年收益"], figures(sheet, 3)["本年收益"]) == (11100, 10000)


def test_a_book_that_begins_within_the_year_counts_the_results_it_took_over(tmp_path):
    opening = tmp_path / "o.csv"
    opening.write_text("科目,资金,往来,借方,贷方\n102,IN,,500,\n501,,,,300\n322,,,,200\n", encoding="utf-8")
    new = NewBook("清水村", "MID", Period(2024, 7), opening=opening)
    with create_book(tmp_path / "m.vbook", new, at(Period(2024, 7).first_day)) as made:
        shown = figures(income(made, Span.parse("2024")))
        assert (shown["经营收入"], shown["年初未分配收益"], shown["年末未分配收益"]) == (30000, 20000, 50000)
        later = figures(income(made, Span(Period(2024, 7), Period(2024, 12))))
        assert (later["经营收入"], later["年初未分配收益"]) == (0, 50000)
        sheet = statement(made, "balance-sheet", Span.parse("2024"))
        assert figures(sheet.table)["资产总计"] == figures(sheet.table, 3)["资产总计"] == 50000
        assert ids_of(sheet.findings) == ["STM-12"]


def test_a_red_reversal_takes_a_distribution_back(tmp_path):
    give = [("322", "", 500), ("311", "", -500)]
    made = voucher("a", Period(2024, 3), 1, give)
    red = voucher("b", Period(2024, 3), 2, give)
    red = type(red)(
        **{f: getattr(red, f) for f in red.__slots__} | {"lines": tuple(x.red() for x in red.lines)}
    )
    with book_of(tmp_path / "b.vbook", [made, red]) as held:
        shown = figures(income(held, YEAR))
        assert (shown["提取公积公益金"], shown["其他转入"], shown["其他分配"]) == (0, 0, 0)


def test_paper_shows_headings_and_less_and_programs_get_lines_only(book):
    table = balance_sheet(book, YEAR)
    assert (None, "流动资产", None, None, "") in table.rows
    assert any(r[1] == "　减:累计折旧" for r in table.rows)
    assert "非官方表式" in table.subtitle
    text = render.csv_bytes(table).decode("utf-8-sig").splitlines()
    assert text[0] == "line,item,amount,opening_or_prior"
    assert text[1] == "1,货币资金,294200.00,320000.00"
    assert len(text) == 1 + 40
    rows = json.loads(render.json_bytes(income(book, YEAR)))
    assert rows[13] == {"line": 14, "item": "净收益", "amount": "14100.00", "opening_or_prior": ""}
    i18n.set_language("en")
    assert figures(balance_sheet(book, YEAR))["Total assets"] == 86830000


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "pdf"])
@pytest.mark.parametrize("name", ["balance-sheet", "income"])
def test_every_statement_comes_in_every_format(book, name, form):
    assert len(render.render(statement(book, name, YEAR).table, form, "清水村")) > 600


def test_a_row_opens_its_account_or_itself(book):
    targets = {
        str(r[1]).strip("　"): t
        for r, t in zip(balance_sheet(book, YEAR).rows, balance_sheet(book, YEAR).targets, strict=True)
    }
    assert targets["流动资产"] == ""
    assert targets["长期投资"] == "account:141"
    assert targets["货币资金"] == "statement:balance-sheet:1"


def test_a_line_leads_to_its_vouchers(book):
    numbers = {v.id: v.number for v in _vouchers(book)}

    def made_of(name: str, line: int) -> list[int]:
        return [numbers[i] for i in lines_of(book, name, YEAR, line)]

    assert made_of("income", 1) == [1, 3], "not the closing entry"
    assert made_of("income", 6) == [8]
    assert made_of("income", 18) == [26]
    assert made_of("income", 19) == [27]
    assert made_of("balance-sheet", 3) == [1, 2, 21], "of 113 only the household that owes"
    assert made_of("balance-sheet", 26) == [27]
    assert made_of("balance-sheet", 24) != []
    assert made_of("balance-sheet", 77) == []


def test_a_line_leads_to_its_accounts_and_they_make_it(book):
    money = accounts_of(book, "balance-sheet", YEAR, 1)
    assert [(r[0], r[3]) for r in money.rows] == [("101", 290000), ("102", 29130000)]
    assert money.targets == ("account:101", "account:102")
    assert [r[::3] for r in accounts_of(book, "income", YEAR, 12).rows] == [
        ("501", 7200000), ("502", 800000), ("503", 3000000),
        ("511", -3000000), ("512", -720000), ("513", -4650000), ("514", -1100000),
    ]  # fmt: skip
    for name in ("balance-sheet", "income"):
        for no, _item, fen, _prior in statement(book, name, YEAR).table.machine_rows or ():
            assert sum(int(r[3] or 0) for r in accounts_of(book, name, YEAR, int(no or 0)).rows) == fen
    assert accounts_of(book, "income", YEAR, 77).rows == ()


def _vouchers(book: Book) -> list[Voucher]:
    with book.reading() as connection:
        return list(posted_vouchers.vouchers(connection, YEAR))


def test_the_money_line_is_held_against_receipts_and_payments_and_the_places(book):
    closing = ledgers.receipts_payments(book, YEAR).rows[-1][-1]
    assert closing == figures(balance_sheet(book, YEAR))["货币资金"]


# ---- templates from elsewhere


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = paths.resource("statements", f"{name}.json").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "other.json"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_another_layout_needs_no_code(book, tmp_path):
    layout = tmp_path / "short.json"
    lines = [
        {"line": 1, "item": "货币资金", "formula": "B(101)+B(102)", "role": "money"},
        {"line": 7, "item": "货币占资产万分比", "formula": "L1*10000/(B(101)+B(102)+B(151)-B(152))/1"},
    ]
    words = {"title": "简表", "amount": "数", "opening_or_prior": "年初", "prior": "year-start"}
    layout.write_text(json.dumps({**words, "lines": lines}), encoding="utf-8")
    made = statement(book, "balance-sheet", YEAR, layout)
    assert made.table.title == "简表"
    assert figures(made.table) == {"货币资金": 29420000, "货币占资产万分比": 4238}
    assert "STM-11" in ids_of(made.findings), "accounts that no line counts are named"


def test_a_bad_template_is_refused_with_everything_at_once(book, tmp_path):
    path = changed(tmp_path, "balance-sheet", "B(111)", "B(119)")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("L11-L12", "L13").replace('"B(171)"', '"B(171)/0+L99"'), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        statement(book, "balance-sheet", YEAR, path)
    found = [(f.id, f.where) for f in caught.value.findings]
    assert found == [
        ("STM-03", "other.json L2"),
        ("STM-04", "other.json L21"),
        ("STM-06", "other.json L21"),
        ("STM-05", "other.json L13"),
    ]
    assert "119" in caught.value.findings[0].text


@pytest.mark.parametrize("text", ["", "{", "[]", '{"lines": 5}', "[" * 100_000])
def test_what_is_no_template_is_refused(book, tmp_path, text):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        statement(book, "income", YEAR, path)
    assert ids_of(caught.value.findings) == ["STM-01"]
    with pytest.raises(KnownError):
        statement(book, "income", YEAR, tmp_path / "nowhere.json")


def test_what_does_not_tie_is_found(book, tmp_path):
    less = changed(tmp_path, "balance-sheet", '"B(301)"', '"B(301)/2"')
    assert ids_of(statement(book, "balance-sheet", YEAR, less).findings) == ["STM-10"]
    other = changed(tmp_path, "balance-sheet", "B(101)+B(102)", "B(102)")
    found = statement(book, "balance-sheet", YEAR, other).findings
    assert ids_of(found) == ["STM-10", "STM-11"]
    assert [f.target for f in found if f.id == "STM-11"] == ["account:101"]
    broken = {f.target.rpartition(":")[2] for f in found if f.id == "STM-10"}
    assert broken == {"BS-1", "BS-3", "BS-4", "BS-7"}, (
        "the other side, the books, the places, receipts and payments"
    )
    wrong = changed(tmp_path, "income", '"M(503)"', '"M(504)"')
    assert "STM-10" in ids_of(statement(book, "income", YEAR, wrong).findings)
    nothing = changed(tmp_path, "income", '"M(503)"', '"M(503)/M(504)"')
    made = statement(book, "income", YEAR, nothing)
    assert ids_of(made.findings) == ["STM-06"]
    assert figures(made.table)["净收益"] is None


def test_the_cooperative_whose_balance_sheet_was_published(tmp_path):
    """cn_zhumadian_coop_bs_2018: year-end figures to the cent, and totals as published."""
    rows = ["102,IN,,84782.18,", "112,,某户,45679.40,", "121,,,27673.14,", "151,,,401574.20,"]
    rows += ["211,,某店,,125874.13", "212,,,,87984.54", "322,,,,345850.25"]
    opening = tmp_path / "o.csv"
    opening.write_text("科目,资金,往来,借方,贷方\n" + "\n".join(rows), encoding="utf-8")
    new = NewBook("某合作社", "ZM", Period(2019, 1), opening=opening)
    with create_book(tmp_path / "z.vbook", new, at(Period(2019, 1).first_day)) as made:
        shown = figures(balance_sheet(made, Span.parse("2019-01")), 3)
    assert shown["流动资产合计"] == 15813472
    assert shown["资产总计"] == shown["负债和所有者权益总计"] == 55970892
    assert shown["负债合计"] == 21385867


def test_the_first_year_there_is_has_nothing_before_it(book):
    assert figures(income(book, Span.parse("1900")))["净收益"] == 0
