"""Statements in every shape banks hand out: read, proven, or refused with every fault at once."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
from villagebook.domain.money import format_fen
from villagebook.exchange import bank_findings
from villagebook.exchange.bank_files import bank_sheets, choose_sheet
from villagebook.exchange.bank_headers import BankMapping
from villagebook.exchange.bank_html import html_rows, is_html
from villagebook.exchange.bank_statement import BankStatementFile, parse_statement

TODAY = date(2025, 12, 31)
ROWS = [("2025-03-05", -100_000, 900_000), ("2025-03-06", 50_000, 950_000), ("2025-03-06", 388, 950_388)]


def read(
    text: str | bytes, name: str = "a.csv", mapping: BankMapping | None = None
) -> tuple[BankStatementFile | None, tuple[Finding, ...]]:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return parse_statement(choose_sheet(bank_sheets(data, name), mapping).cells, TODAY, mapping)


def good(text: str | bytes, name: str = "a.csv", mapping: BankMapping | None = None) -> BankStatementFile:
    made, found = read(text, name, mapping)
    assert made is not None, found
    return made


def figures(made: BankStatementFile) -> list[tuple[str, int, int]]:
    return [(line.day.isoformat(), line.amount_fen, line.balance_fen) for line in made.lines]


def ids(text: str | bytes) -> list[tuple[str, str]]:
    made, found = read(text)
    assert made is None
    return [(f.id, f.where) for f in found]


TWO = (
    "日期,收入,支出,余额\n2025-03-05,,1000.00,9000.00\n2025-03-06,500.00,,9500.00\n2025-03-06,3.88,,9503.88\n"
)
YEN, WIDE = "\uffe5", "\uff10\uff10\uff10\uff0e\uff10\uff10"
"""A full-width currency sign, and 000.00."""

SHAPES = {
    "two columns": TWO,
    "the bank's words": TWO.replace("收入,支出", "贷方发生额,借方发生额"),
    "our own words for the bank's": TWO.replace("收入,支出", "借方金额,贷方金额"),
    "dashes, currency, full width": "交易日期,存入金额,取出金额,账户余额\n20250305,--,"
    f'"{YEN}1,{WIDE}",9000\n'
    "2025年3月6日,500.00元,-----,9500\n2025/3/6,3.88,,9503.88\n",
    "one signed column": "交易日期,交易金额,交易后余额\n2025-03-05,-1000,9000\n2025-03-06,+500.00,9500\n2025-03-06,3.88,9503.88\n",
    "direction": "日期,借贷,发生额,余额\n2025-03-05,借 Dr,1000,9000\n2025-03-06,贷 Cr,500,9500\n2025-03-06,贷 Cr,3.88,9503.88\n",
    "flag": "日期,收付标志,发生额,余额\n2025-03-05,付,1000,9000\n2025-03-06,收,500,9500\n2025-03-06,收,3.88,9503.88\n",
    "digits, the other way round": "日期,借贷标志,发生额,余额\n2025-03-05,1,1000,9000\n2025-03-06,0,500,9500\n2025-03-06,0,3.88,9503.88\n",
    "minus in its own column": TWO.replace(",,1000", ",,-1000"),
    "newest first": "日期,金额,余额\n2025-03-06,3.88,9503.88\n2025-03-06,500,9500\n2025-03-05,-1000,9000\n",
    "by time": "交易日期,交易时间,金额,余额\n2025-03-06,120000,3.88,9503.88\n2025-03-05,100000,-1000,9000\n2025-03-06,110000,500,9500\n",
    "time in one cell": "交易时间,金额,余额\n2025-03-06-12.00.00.123,3.88,9503.88\n2025-03-05  10:00:00,-1000,9000\n20250306110000,500,9500\n",
    "titles and totals": "某某农村商业银行明细清单,,,\n账号:6228480010001234567,,,\n\n"
    + TWO
    + "合计,503.88,1000.00,\n支出笔数,1,收入累计金额,503.88\n",
    "opening row": TWO.replace("余额\n", "余额\n2025-03-01 期初余额,,,10000.00\n", 1),
    "balance not in every row": TWO.replace(",,9500.00", ",,").replace("500.00,,\n", "500.00,,\n"),
    "two rows of headings": "日期,发生额,,余额\n,收入,支出,\n2025-03-05,,1000.00,9000.00\n2025-03-06,500,,9500\n2025-03-06,3.88,,9503.88\n",
    "header again on the next page": TWO.replace("2025-03-06,500", "日期,收入,支出,余额\n2025-03-06,500"),
    "names of other columns": "记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号\n"
    "2025-03-06,12:00:00,人民币,3.88,9503.88,结息,,,------,,,,6228\n2025-03-06,11:00:00,人民币,500,9500,转账,,,,何老四,,,6228\n"
    "2025-03-05,10:00:00,人民币,-1000,9000,转账,,,,公司,,,6228\n",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_shape_and_encoding_gives_the_same_rows(shape: str, encoding: str):
    assert figures(good(SHAPES[shape].encode(encoding))) == ROWS


def workbook(rows: list[list[object]], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_real_dates_texts_for_amounts_and_a_merged_title():
    data = workbook(
        [
            ["账户交易明细", None, None, None, None],
            ["交易日期", "收入", "支出", "余额", "对方账号"],
            [datetime(2025, 3, 5, 9, 30), None, "1,000.00", 9000, "6217001234567890123"],
            [date(2025, 3, 6), 500, None, "9,500.00", None],
            [20250306, 3.88, None, 9503.88, None],
        ],
        merge="A1:E1",
    )
    made = good(data, "流水.xlsx")
    assert figures(made) == ROWS
    assert made.lines[0].account == "6217001234567890123"


def page(text: str, charset: str = "gb18030") -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td x:str>{cell}&nbsp;</td>" for cell in line.split(",")) + "</tr>"
        for line in text.splitlines()
    )
    head = "<html><head><style>td{color:red}</style><title>x</title></head><body>"
    return f"{head}<table><tr><td colspan=4>明细</td></tr>{rows}</table></body></html>".encode(charset)


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_page_that_calls_itself_xls(charset: str):
    data = page(TWO, charset)
    assert figures(good(data, "明细.xls")) == ROWS


def test_merged_cells_of_a_page_keep_the_columns():
    text = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f</table>"
    assert is_html(text.encode())
    assert html_rows(text, "x") == [["a", "b", "", "c"], ["", "d", "e", "f"]]


def test_a_page_without_end_is_refused():
    with pytest.raises(KnownError):
        html_rows("<tr>" + "<td>x" * 1000, "x")


def test_what_a_row_says_is_kept_as_text():
    text = (
        "交易日期,交易金额,余额,对手信息,摘要,附言,交易流水号\n"
        "20250305,-10,90,县农机公司 6217001234567890123,水泵,------,000123\n"
    )
    (line,) = good(text).lines
    assert (line.party, line.account) == ("县农机公司", "6217001234567890123")
    assert (line.summary, line.serial) == ("水泵", "000123")


def test_equal_rows_are_two_rows():
    text = "日期,金额,余额\n2025-12-05,-3.88,100\n2025-12-05,3.88,103.88\n2025-12-05,-3.88,100\n"
    made = good(text)
    assert len({line.key for line in made.lines}) == 3


FAULTS = {
    "no balance": ("日期,金额\n2025-03-05,1\n", [("BNK-01", "a.csv")]),
    "nothing known": ("甲,乙\n1,2\n", [("BNK-01", "a.csv")] * 3),
    "no rows": ("日期,金额,余额\n", [("BNK-02", "a.csv")]),
    "two accounts": ("账号,日期,金额,余额\n111,2025-03-05,1,1\n222,2025-03-05,1,2\n", [("BNK-03", "a.csv")]),
    "all at once": (
        "日期,收入,支出,余额\n2025-02-30,1,,1\n2025-03-01,x,,2\n2025-03-02,1,1,3\n2025-03-03,,,4\n2026-03-03,1,,5\n",
        [
            ("BNK-04", "a.csv row 2, column 日期"),
            ("BNK-05", "a.csv row 3, column 收入"),
            ("BNK-07", "a.csv row 4"),
            ("BNK-06", "a.csv row 5"),
            ("BNK-09", "a.csv row 6, column 日期"),
        ],
    ),
    "a word": ("日期,方向,金额,余额\n2025-03-05,其他,1,1\n", [("BNK-08", "a.csv row 2, column 方向")]),
    "changed row": (TWO.replace("500.00,,9500", "600.00,,9500"), [("BNK-12", "a.csv row 3, column 余额")]),
    "lost row": (TWO.replace("2025-03-06,500.00,,9500.00\n", ""), [("BNK-12", "a.csv row 3, column 余额")]),
    "opening does not fit": (
        TWO.replace("余额\n", "余额\n期初余额,,,1.00\n", 1),
        [("BNK-12", "a.csv row 3, column 余额")],
    ),
    "wrong total": (TWO + "合计,504.88,1000.00,\n", [("BNK-13", "a.csv row 5, column 收入")]),
    "spoilt serial": (
        "日期,金额,余额,流水号\n2025-03-05,1,1,2.02503E+19\n",
        [("BNK-10", "a.csv, column 流水号")],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_said_with_its_row_and_column(fault: str):
    text, wanted = FAULTS[fault]
    assert [(i, w) for i, w in ids(text) if i != "BNK-14"] == wanted


def test_account_numbers_that_excel_rounded_are_left_out_and_said():
    data = workbook(
        [
            ["日期", "金额", "余额", "对方账号"],
            ["2025-03-05", 1, 1, 6228480010001234567],
            ["2025-03-05", 1, 2, ""],
        ]
    )
    made, found = read(data, "a.xlsx")
    assert made is not None
    assert [f.id for f in found] == ["BNK-11"]
    assert {line.account for line in made.lines} == {""}


def test_a_mapping_names_columns_by_heading_or_letter_and_comes_back_proven():
    text = "甲,乙,丙\n2025-03-05,-1,9\n2025-03-06,2,11\n"
    told = BankMapping({"date": "甲", "amount": "B", "balance": "丙"})
    made = good(text, mapping=told)
    assert BankMapping.from_data(made.mapping.to_data()) == made.mapping
    assert made.mapping.columns == {"date": "甲", "amount": "乙", "balance": "丙"}
    assert figures(good(text, mapping=made.mapping)) == figures(made)


def test_ids_are_stable_and_every_text_says_what_to_do():
    numbers = [*range(1, 15), *range(20, 26), *range(27, 31)]
    assert sorted(bank_findings.TEXTS) == [f"BNK-{n:02d}" for n in numbers]


amounts = st.integers(-10_000_000, 10_000_000).filter(bool)


@settings(max_examples=60, deadline=None)
@given(st.lists(amounts, min_size=2, max_size=30), st.integers(0, 10**9), st.booleans(), st.data())
def test_any_account_reads_back_and_any_single_change_is_found(
    moves: list[int], opening: int, newest_first: bool, data: st.DataObject
):
    rows: list[tuple[str, int, int]] = []
    balance = opening
    for at, fen in enumerate(moves):
        balance += fen
        rows.append((f"2025-03-{1 + at:02d}", fen, balance))
    if newest_first:
        rows.reverse()
    text = "日期,金额,余额\n" + "".join(f"{d},{format_fen(a)},{format_fen(b)}\n" for d, a, b in rows)
    made = good(text)
    assert [line.amount_fen for line in made.lines] == moves
    assert (made.opening_fen, made.closing_fen) == (opening, opening + sum(moves))
    # the first row's amount only moves the opening; every other change breaks the chain
    first = len(rows) - 1 if newest_first else 0
    spoilt = data.draw(st.sampled_from([n for n in range(len(rows)) if n != first]))
    day, fen, balance = rows[spoilt]
    rows[spoilt] = (day, fen + 1, balance)
    text = "日期,金额,余额\n" + "".join(f"{d},{format_fen(a)},{format_fen(b)}\n" for d, a, b in rows)
    if fen + 1:
        assert {i for i, _where in ids(text)} == {"BNK-12"}
