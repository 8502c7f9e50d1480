"""Exports as common programs write them, one real file for each shape: the same vouchers come out of all of them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.exchange.biff import OldSheet, xls
from villagebook.domain.account import Chart
from villagebook.domain.finding import stopping
from villagebook.domain.foreign import FileKind
from villagebook.domain.place import Places
from villagebook.exchange.foreign_days import Source
from villagebook.exchange.foreign_table import find_table, foreign_sheet, sniff_kind
from villagebook.exchange.foreign_vouchers import parse_foreign, read_vouchers
from villagebook.exchange.imports_vouchers import VoucherDraft

Row = list[str | int | float | None]
Shown = tuple[str, str, int | None, list[int]]

ONE: Shown = ("2025-01-05", "付", 1, [120_000, -120_000])
TWO: Shown = ("2025-01-06", "收", 1, [30_000, -30_000])


def csv(rows: list[Row], encoding: str = "gb18030", mark: str = ",") -> bytes:
    return "\r\n".join(mark.join("" if c is None else str(c) for c in row) for row in rows).encode(encoding)


def xlsx(rows: list[Row], *merged: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def html(rows: list[Row]) -> bytes:
    cells = "".join(
        "<tr>" + "".join(f"<td>{'' if c is None else c}</td>" for c in row) + "</tr>" for row in rows
    )
    return f"<html><meta charset=gb2312><table>{cells}</table></html>".encode("gbk")


def read(data: bytes, name: str) -> tuple[tuple[VoucherDraft, ...], list[str], Source]:
    sheet = foreign_sheet(data, name)
    assert sniff_kind(sheet) is FileKind.VOUCHERS
    table = find_table(sheet, FileKind.VOUCHERS)
    drafts, found = parse_foreign(read_vouchers(table, {}), {}, Chart([]), Places([]), proof=True)
    assert stopping(found) == ()
    return drafts, sorted({f.id for f in found}), table.days


def shown(drafts: tuple[VoucherDraft, ...]) -> list[Shown]:
    return [
        (d.booked_on.isoformat(), d.word, d.number, [line.debit_fen - line.credit_fen for line in d.lines])
        for d in drafts
    ]


JOURNAL: list[Row] = [
    ["序时账"],
    ["核算单位：某村", None, None, None, None, None, "2025.01-2025.01"],
    ["日期", "凭证号数", "科目编码", "科目名称", "摘要", "方向", "金额", "供应商", "项目"],
    ["2025-01-05", "付-0001", 513, "管理费用", "付电费", "借", 1200, "县供电所", "水渠"],
    ["2025-01-05", "付-0001", 101, "库存现金", "付电费", "贷", 1200, None, None],
    [None, None, None, None, "小计", "借", 1200, None, None],
    [None, None, None, None, None, "贷", 1200, None, None],
    ["2025-01-06", "收-0001", 101, "库存现金", "收租金", "借", 300, None, None],
    ["2025-01-06", "收-0001", 501, "经营收入", "收租金", "贷", 300, None, None],
    [None, None, None, None, "合计", "借", 1500, None, None],
    [None, None, None, None, None, "贷", 1500, None, None],
]
"""A journal with one amount and a direction; each total takes two rows."""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (csv(JOURNAL), "序时账.csv"),
        (csv(JOURNAL, "utf-8-sig"), "序时账.csv"),
        (csv(JOURNAL, "utf-16", "\t"), "序时账.txt"),
        (xlsx(JOURNAL, "A1:I1"), "序时账.xlsx"),
        (html(JOURNAL), "序时账.xls"),
        (xls(OldSheet("序时账", JOURNAL, [(0, 0, 0, 8)])), "序时账.xls"),
    ],
    ids=["gbk", "utf-8", "utf-16", "xlsx", "html", "xls"],
)
def test_a_journal_by_direction_in_every_kind_of_file(data: bytes, name: str):
    drafts, said, _days = read(data, name)
    assert shown(drafts) == [ONE, TWO]
    assert (drafts[0].lines[0].party, drafts[0].lines[0].project) == ("县供电所", "水渠")
    assert said == ["IMP-35"]


LIST: list[Row] = [
    ["记账凭证清单"],
    ["2025年", None, "凭证", None, "摘要", "总账科目", "明细科目", "借方", "贷方"],
    ["月", "日", "字", "号", None, None, None, None, None],
    [1, 5, "付", 1, "付电费", "管理费用", "办公费", 1200, None],
    [None, None, None, None, None, "库存现金", None, None, 1200],
    ["第1页 共2页", None, None, None, None, None, None, None, None],
    ["2025年", None, "凭证", None, "摘要", "总账科目", "明细科目", "借方", "贷方"],
    ["月", "日", "字", "号", None, None, None, None, None],
    [1, 6, "收", 1, "收租金", "库存现金", None, 300, None],
    [None, None, None, None, None, "经营收入", None, None, 300],
    [None, None, None, None, "本页合计", None, None, 1500, 1500],
]
"""Month and day in columns of their own under the year, the head again on every page."""


@pytest.mark.parametrize("data", [xlsx(LIST, "A2:B2", "C2:D2"), csv(LIST)], ids=["xlsx", "csv"])
def test_month_and_day_under_the_year(data: bytes):
    name = "清单.xlsx" if data[:2] == b"PK" else "清单.csv"
    drafts, said, days = read(data, name)
    assert shown(drafts) == [ONE, TWO]
    assert (said, days) == (["IMP-35"], Source.PARTS)


def test_the_year_in_which_a_list_was_printed_is_not_the_year_of_its_vouchers():
    printed: list[Row] = [["记账凭证清单  制表日期：2026年1月5日"], *LIST[1:]]
    assert shown(read(csv(printed), "清单.csv")[0]) == [ONE, TWO]
    head: Row = ["月", "日", "字", "号", "摘要", "科目", "借方", "贷方"]
    row: Row = [12, 5, "付", 1, "付电费", 513, 1200, None]
    table = find_table(foreign_sheet(csv([printed[0], head, row]), "a.csv"), FileKind.VOUCHERS)
    assert "date" not in table.index, "nothing tells the year: it is asked for"


def test_year_month_and_day_in_three_columns_and_a_day_that_is_none():
    head: Row = ["年", "月", "日", "凭证类型", "号", "摘要", "科目编码", "借方", "贷方"]
    rows: list[Row] = [
        [2025, 1, 5, "付款凭证", "000001", "付电费", 513, 1200, 0],
        [2025, 1, 5, "付款凭证", "000001", "付电费", 101, 0, 1200],
    ]
    assert shown(read(csv([head, *rows]), "a.csv")[0]) == [ONE]
    bad: list[Row] = [[*row[:1], 2, 30, *row[3:]] for row in rows]
    table = find_table(foreign_sheet(csv([head, *bad]), "a.csv"), FileKind.VOUCHERS)
    _drafts, found = parse_foreign(read_vouchers(table, {}), {}, Chart([]), Places([]), proof=True)
    assert {f.id for f in found} == {"IMP-04"}
    assert "2025-2-30" in found[0].text


def test_printed_vouchers_below_each_other_have_their_day_over_the_table():
    rows: list[Row] = []
    for day, label, one, other, yuan in (
        ("2025年1月5日", "付字第0001号", "513 管理费用", "101 库存现金", 1200),
        ("2025年1月6日", "收字第0001号", "101 库存现金", "501 经营收入", 300),
    ):
        rows += [
            ["记账凭证", None, None, None],
            [f"日期：{day}", None, None, label],
            ["摘要", "科目", "借方金额", "贷方金额"],
            ["事由", one, yuan, None],
            ["事由", other, None, yuan],
            ["合计", None, yuan, yuan],
        ]
    drafts, said, days = read(xlsx(rows), "凭证.xlsx")
    assert shown(drafts) == [ONE, TWO]
    assert (said, days) == (["IMP-35", "IMP-41"], Source.HEADS)


def test_months_without_days_are_said_and_get_their_last_day():
    head: Row = ["会计期间", "凭证字", "凭证号", "摘要", "科目代码", "借方金额", "贷方金额"]

    def rows(text: str) -> list[Row]:
        return [
            [text, "付", 1, "付电费", 513, 1200, None],
            [text, "付", 1, "付电费", 101, None, 1200],
        ]

    for text, day in (("2025-02", "2025-02-28"), ("2025.2", "2025-02-28"), ("2024年第2期", "2024-02-29")):
        drafts, said, _days = read(csv([head, *rows(text)]), "a.csv")
        assert [d.booked_on.isoformat() for d in drafts] == [day]
        assert said == ["IMP-49"]
    assert sniff_kind(foreign_sheet(csv([head, *rows("1")]), "a.csv")) is FileKind.BALANCES


@pytest.mark.parametrize(
    ("months", "booked"),
    [
        ("2025.01 2025.09 2025.1 2025.11", "01-31 09-30 10-31 11-30"),
        ("2025.1 2025.2 2025.3", "01-31 02-28 03-31"),
        ("2025.1 2025.10", "01-31 10-31"),
        ("2024.12 2025.1 2025.2", "12-31 01-31 02-28"),
        ("2025.9 2025.1 2025.11", ""),
        ("2025.1 2025.2 2025.9 2025.1", ""),
        ("2025.1", ""),
    ],
)
def test_month_ten_that_a_spreadsheet_shortened_is_never_booked_in_january(months: str, booked: str):
    """Where the file does not say which of the two it is, nobody guesses: every such row is told."""
    rows: list[Row] = [["会计期间", "凭证字", "凭证号", "摘要", "科目代码", "借方金额", "贷方金额"]]
    for number, text in enumerate(months.split(), 1):
        rows += [[text, "付", number, "付电费", 513, 12, None], [text, "付", number, "付电费", 101, None, 12]]
    table = find_table(foreign_sheet(csv(rows), "a.csv"), FileKind.VOUCHERS)
    drafts, found = parse_foreign(read_vouchers(table, {}), {}, Chart([]), Places([]), proof=True)
    assert " ".join(f"{d.booked_on:%m-%d}" for d in drafts) == booked
    assert {f.id for f in stopping(found)} == (set() if booked else {"IMP-04"})


def test_a_summary_that_tells_of_another_paper_is_no_head_of_a_voucher():
    """Else the booking would be left out, and all that follow would bear the paper's day and number."""
    words = "付2025年1月4日收据第12号款"
    rows: list[Row] = [
        ["记账凭证 2025年1月5日 付字第1号", None, None, None],
        ["摘要", "科目代码", "借方金额", "贷方金额"],
        [words, 513, "1,200.00", None],
        [words, 101, None, "1,200.00"],
    ]
    drafts, _said, days = read(xlsx(rows), "凭证.xlsx")
    assert (shown(drafts), days) == ([ONE], Source.HEADS)


def test_a_minus_behind_and_brackets_are_red():
    head: Row = ["日期", "凭证号", "摘要", "科目编码", "借方", "贷方"]
    for text in ("1200.00-", "(1200.00)", "-1200"):
        rows: list[Row] = [
            ["2025-01-05", "付1", "红冲", 513, text, None],
            ["2025-01-05", "付1", "红冲", 101, None, text],
        ]
        drafts, _said, _days = read(csv([head, *rows]), "a.csv")
        assert shown(drafts) == [("2025-01-05", "付", 1, [-120_000, 120_000])]


def test_a_month_ten_that_a_spreadsheet_shortened_does_not_contradict_its_day():
    head: Row = ["日期", "会计期间", "凭证号", "摘要", "科目编码", "借方", "贷方"]
    rows: list[Row] = [
        ["2025-10-05", "2025.1", "付1", "x", 513, 5, None],
        ["2025-10-05", "2025.1", "付1", "x", 101, None, 5],
    ]
    assert read(csv([head, *rows]), "a.csv")[1] == []


def test_one_cell_may_hold_several_auxiliary_items_and_a_second_party_is_told():
    head: Row = ["日期", "凭证号", "摘要", "科目", "辅助核算", "借方", "贷方"]
    rows: list[Row] = [
        ["2025-01-05", "付1", "付电费", 513, "供应商:县供电所;项目:水渠", 1200, None],
        ["2025-01-05", "付1", "付电费", 101, None, None, 1200],
    ]
    drafts, said, _days = read(csv([head, *rows]), "a.csv")
    assert (drafts[0].lines[0].party, drafts[0].lines[0].project) == ("县供电所", "水渠")
    assert said == []
    for cell, party, found in (
        ("客户:张三、李四；项目：水渠", "张三、李四", []),
        ("客户:上海甲,乙有限公司;地区:上海;项目:水渠", "上海甲,乙有限公司", []),
        ("客户:张三;客户:李四;项目:水渠", "张三", ["IMP-50"]),
    ):
        rows[0][4] = f'"{cell}"'
        drafts, said, _days = read(csv([head, *rows]), "a.csv")
        assert (drafts[0].lines[0].party, drafts[0].lines[0].project, said) == (party, "水渠", found)
    rows[0][4] = "供应商:县供电所;项目:水渠"
    two: list[Row] = [[*head, "个人"], [*rows[0], "张三"], [*rows[1], None]]
    drafts, said, _days = read(csv([[*row[:4], *row[4:]] for row in two]), "a.csv")
    assert drafts[0].lines[0].party == "县供电所"
    assert said == ["IMP-50"]
