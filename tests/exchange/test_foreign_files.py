"""Exports of other programs, shape by shape: what is read out of them, and what is said of a bad one."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import stopping
from villagebook.domain.foreign import (
    Detail,
    FileAccount,
    FileKind,
    Likeness,
    Target,
    offer,
    split_account,
)
from villagebook.domain.money import format_fen
from villagebook.domain.place import Places
from villagebook.exchange.foreign_balances import Balances, read_balances
from villagebook.exchange.foreign_table import find_table, foreign_sheet, missing_roles, sniff_kind
from villagebook.exchange.foreign_vouchers import parse_foreign, read_vouchers
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.imports_vouchers import VoucherDraft
from villagebook.services.book_file.books import read_chart_file
from villagebook.services.bringing_in.old_chart import old_chart

CHART = Chart(read_chart_file(paths.resource("chart", "chart_2023.csv")))
T3 = "填制凭证,V800\r\n"


def proved(data: bytes | str, name: str = "export.csv") -> tuple[tuple[VoucherDraft, ...], list[str]]:
    """Drafts and the ids of everything said, without any account assigned."""
    sheet = foreign_sheet(data.encode() if isinstance(data, str) else data, name)
    table = find_table(sheet, FileKind.VOUCHERS)
    assert missing_roles(table) == []
    made = read_vouchers(table, {})
    drafts, found = parse_foreign(made, {}, CHART, Places([]), proof=True)
    return drafts, sorted({f.id for f in found})


def shape(drafts: tuple[VoucherDraft, ...]) -> list[tuple[str, str, int | None, int, int]]:
    """Day, word, number, lines, debit of each voucher."""
    return [
        (d.booked_on.isoformat(), d.word, d.number, len(d.lines), sum(line.debit_fen for line in d.lines))
        for d in drafts
    ]


def wide(text: str) -> str:
    """As an input method in full-width mode types it."""
    return "".join("\u3000" if c == " " else chr(ord(c) + 0xFEE0) for c in text)


ONE = [("2024-01-05", "记", 1, 2, 120_000)]


def workbook(rows: list[list[object]], merges: tuple[str, ...] = (), red: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    if red:
        sheet[red].number_format = "#,##0.00;[Red]-#,##0.00"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ---- the shapes programs write ----


def test_yonyou_text_without_a_header():
    rows = (
        "2024-1-5,记,1,2,支付电费,51301,1200.00,0,0,0,0,会计甲,,,,,,,,,,0,0\r\n"
        "2024-1-5,记,1,2,支付电费,101,0,1200.00,0,0,0,会计甲,,,\r\n"
    )
    drafts, said = proved((T3 + rows).encode("gb18030"), "凭证.txt")
    assert shape(drafts) == ONE
    assert drafts[0].paper_count == 2
    assert said == []


def test_accounting_in_the_cloud_with_word_and_number_in_one_cell():
    head = (
        "日期,凭证字号,附件数,分录序号,摘要,科目代码,科目名称,借方金额,贷方金额,客户,供应商,职员,项目,部门\n"
    )
    rows = (
        '2024-01-05,记-1,1,1,付电费,51301,管理费用_办公费,"1,200.00",,,县供电所,,水电,办公室\n'
        '2024-01-05,记-1,1,2,付电费,101,库存现金,,"1,200.00",,,,,\n'
    )
    drafts, said = proved(head + rows)
    assert shape(drafts) == ONE
    assert (drafts[0].lines[0].party, drafts[0].lines[0].project) == ("县供电所", "水电")
    assert said == []


def test_kingdee_with_a_direction_and_one_amount():
    head = "FDATE,FTRANSDATE,FPERIOD,FGROUP,FNUM,FENTRYID,FEXP,FACCTID,FDC,FAMOUNT\n"
    rows = "2024/1/5,2024/1/5,1.00000,记,1,0,付电费,513,D,1200\n2024/1/5,2024/1/5,1.00000,记,1,1,付电费,101,C,1200\n"
    assert shape(proved(head + rows)[0]) == ONE
    digits = rows.replace(",D,", ",1,").replace(",C,", ",0,")
    assert shape(proved(head + digits)[0]) == ONE
    assert proved(head.replace("FDC", "方向") + digits)[1] == ["IMP-08", "IMP-44"]


def test_a_period_that_contradicts_the_day_is_told():
    head = "日期,期间,凭证号,摘要,科目,借方,贷方\n"
    rows = "2024-02-05,1,1,付电费,513,5,\n2024-02-05,1,1,付电费,101,,5\n"
    assert proved(head + rows)[1] == ["IMP-42"]


def test_the_head_stands_only_on_the_first_line_in_merged_cells():
    data = workbook(
        [
            ["某村凭证列表"],
            ["编制单位：某村", None, None, None, None, None, "单位：元"],
            ["日期", "凭证字", "凭证号", "摘要", "科目", "借方金额(元)", "贷方金额(元)", "制单人"],
            ["2024.1.5", "记", 1, "付电费", "513/办公费", 1200, None, "甲"],
            [None, None, None, None, "101 库存现金", None, 1200, None],
            ["2024.1.6", "记", 2, "收租金", "101 库存现金", 300, None, "甲"],
            [None, None, None, None, "501 经营收入", None, 300, None],
            ["合  计", None, None, None, None, 1500, 1500, None],
            ["制单人：甲", None, None, "审核：乙"],
        ],
        ("A4:A5", "B4:B5", "C4:C5", "A1:H1"),
    )
    drafts, said = proved(data, "凭证.xlsx")
    assert shape(drafts) == [*ONE, ("2024-01-06", "记", 2, 2, 30_000)]
    assert said == ["IMP-35", "IMP-41"]


def test_two_rows_of_headings_and_a_web_page_called_xls():
    page = (
        "<html><table><tr><td rowspan=2>日期</td><td rowspan=2>凭证号</td><td rowspan=2>摘要</td>"
        "<td colspan=2>科目</td><td colspan=2>金额</td></tr>"
        "<tr><td>科目编码</td><td>科目名称</td><td>借方</td><td>贷方</td></tr>"
        "<tr><td>2024-01-05</td><td>记-1</td><td>付电费</td><td>513</td><td>管理费用</td><td>1,200.00</td><td></td></tr>"
        "<tr><td>2024-01-05</td><td>记-1</td><td>付电费</td><td>101</td><td>库存现金</td><td></td><td>1,200.00</td></tr>"
        "</table></html>"
    )
    drafts, said = proved(page.encode("gb18030"), "凭证.xls")
    assert shape(drafts) == ONE
    assert said == []


def test_days_as_serial_numbers_full_width_amounts_and_red_figures():
    head = "日期,凭证号,摘要,总账科目,明细科目,借方,贷方\n"
    rows = f'45296,1,冲电费,管理费用,办公费,"{wide("-1,200.00")}",\n45296,1,冲电费,库存现金,,,(1200.00)\n'
    drafts, said = proved(head + rows)
    assert shape(drafts) == [("2024-01-05", "记", 1, 2, -120_000)]
    assert said == []
    data = workbook(
        [["日期", "凭证号", "摘要", "科目", "借方", "贷方"], ["2024-01-05", "记-1", "红字", "513", -5, None],
         ["2024-01-05", "记-1", "红字", "101", None, -5]],
        red="E2",
    )  # fmt: skip
    assert shape(proved(data, "a.xlsx")[0]) == [("2024-01-05", "记", 1, 2, -500)]


def test_a_total_for_every_voucher_is_held_against_its_lines():
    head = "日期,凭证号,摘要,科目,借方,贷方\n"
    good = "2024-01-05,记-1,付,513,5,\n,,,101,,5\n,,合计：伍元整,,5,5\n2024-01-06,记-2,付,513,7,\n,,,101,,7\n,,合计,,7,7\n"
    assert len(proved(head + good)[0]) == 2
    assert "IMP-34" in proved(head + good.replace(",,合计,,7,7", ",,合计,,8,8"))[1]


def test_vouchers_marked_void_are_left_out_and_named():
    head = "日期,凭证号,摘要,科目,借方,贷方,凭证状态\n"
    rows = (
        "2024-01-05,记-1,付,513,5,,已审核\n,,,101,,5,已审核\n2024-01-06,记-2,错,513,7,,作废\n,,,101,,7,作废\n"
    )
    drafts, said = proved(head + rows)
    assert len(drafts) == 1
    assert said == ["IMP-43"]


# ---- bad files ----


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        ("2024-01-05,记-1,付,513,5,\n,,,101,,4\n", ["IMP-21"]),
        ("2024-01-05,记-1,付,513,5,\n,,,101,,5\n2024-01-05,记-1,付,513,5,\n,,,101,,5\n", []),
        ("2024-01-05,记-1,付,513,5,\n,,,101,,5\n2024-01-06,记-2,付,513,1,\n,,,101,,1\n2024-01-07,记-1,付,513,2,\n,,,101,,2\n",
         ["IMP-19"]),
        ("2024-02-30,记-1,付,513,5,\n2024-02-30,记-1,付,101,,5\n", ["IMP-04"]),
        ("2024-01-05,记-1,付,513,五元,\n,,,101,,5\n", ["IMP-05"]),
        ("2024-01-05,记-1,付,513,5,5\n,,,101,,\n", ["IMP-08", "IMP-09"]),
        ("2024-01-05,记-1,付,,5,\n,,,101,,5\n", ["IMP-29"]),
        (",记-1,付,513,5,\n,,,101,,5\n", ["IMP-04"]),
        ("2024-01-05,记-1,付,513,5.005,\n,,,101,,5.005\n", ["IMP-06"]),
        ("2024-01-05,记-1,付,=1+1,5,\n,,,101,,5\n", []),
    ],
)  # fmt: skip
def test_everything_wrong_is_said_by_its_id(rows: str, ids: list[str]):
    _drafts, said = proved("日期,凭证号,摘要,科目,借方,贷方\n" + rows)
    assert said == ids


def test_a_finding_names_row_and_heading_of_the_file_that_was_brought():
    sheet = foreign_sheet(
        "某村\n\n日期,凭证字号,摘要,科目代码,借方金额\n2024-01-05,记-1,x,513,1\n".encode(), "a.csv"
    )
    assert [r for roles in missing_roles(find_table(sheet, FileKind.VOUCHERS)) for r in roles] == [
        "debit",
        "credit",
    ]
    sheet = foreign_sheet(
        "某村\n\n日期,凭证字号,摘要,科目代码,借方金额,贷方金额\n2024-01-05,记-1,x,513,十,\n".encode(), "a.csv"
    )
    made = read_vouchers(find_table(sheet, FileKind.VOUCHERS), {})
    _drafts, found = parse_foreign(made, {}, CHART, Places([]), proof=True)
    assert stopping(found)[0].where in (
        "第4行、借方金额 (E)列",
        "row 4, column 借方金额 (E)",
    )


def test_formulas_count_by_their_value_and_an_empty_or_locked_file_says_so(tmp_path: Path):
    with pytest.raises(KnownError):
        foreign_sheet(b"", "empty.csv")
    with pytest.raises(KnownError):
        foreign_sheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked.xls")
    data = workbook(
        [
            ["日期", "凭证号", "摘要", "科目", "借方", "贷方"],
            ["2024-01-05", 1, "付", "513", "=2+3", None],
            ["2024-01-05", 1, "付", "101", None, 5],
        ]
    )
    # a formula whose value nobody computed is no amount: the voucher does not balance and is refused
    assert proved(data, "a.xlsx")[1] == ["IMP-08", "IMP-21"]


@given(
    st.lists(
        st.tuples(st.integers(1, 28), st.integers(-(10**9), 10**9).filter(bool)),
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
)
def test_whatever_is_written_out_comes_back(vouchers: list[tuple[int, int]], heads_once: bool):
    rows = ["日期,凭证号,摘要,科目,借方,贷方"]
    for number, (day, fen) in enumerate(sorted(vouchers), 1):
        head = f"2024-03-{day:02d},记-{number}"
        rows.append(f"{head},事由,513,{format_fen(fen)},")
        rows.append(f"{',' if heads_once else head},,101,,{format_fen(fen)}")
    drafts, said = proved("\n".join(rows))
    assert said == []
    assert [(d.booked_on.day, d.lines[0].debit_fen) for d in drafts] == sorted(vouchers)


# ---- accounts ----


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("5401/办公费", "5401", "办公费"),
        ("[5401]管理费用-办公费", "5401", "管理费用-办公费"),
        ("5401 办公费", "5401", "办公费"),
        ("管理费用/办公费", "", "管理费用/办公费"),
        ("113.01", "113.01", ""),
        (wide("513 ") + "管理费用", "513", "管理费用"),
    ],
)
def test_code_and_name_in_one_cell(text: str, code: str, name: str):
    assert split_account(text) == (code, name)


@pytest.mark.parametrize(
    ("account", "target", "likeness"),
    [
        (FileAccount("513", "管理费用"), Target("513"), Likeness.SAME),
        (FileAccount("51301", "管理费用-办公费"), Target("513", detail=Detail.SUB), Likeness.PARENT),
        (FileAccount("11301", "内部往来/张三"), Target("113", detail=Detail.PARTY), Likeness.PARENT),
        (FileAccount("5602", "管理费用"), Target("513"), Likeness.NAME),
        (FileAccount("102", ""), Target("102"), Likeness.CODE),
        (FileAccount("10201", "银行存款-信用社"), Target("102"), Likeness.PARENT),
        (FileAccount("", "经营性收入"), Target("501"), Likeness.SIMILAR),
        (FileAccount("", "完全不同"), None, Likeness.NONE),
    ],
)
def test_only_agreement_of_code_and_name_is_sure(
    account: FileAccount, target: Target | None, likeness: Likeness
):
    found = offer(account, {}, CHART)
    if target is None:
        assert found is None
        return
    assert found is not None
    assert (found.target, found.likeness) == (target, likeness)
    assert found.is_sure == (likeness is Likeness.SAME)


def test_codes_of_2004_are_never_taken_for_those_of_2023():
    old = old_chart()
    spending = FileAccount("502", "经营支出")
    offered = offer(spending, {}, CHART)
    assert offered is not None
    assert offered.target.account == "511"  # by name, though 502 is a code of ours
    assert not offered.is_sure
    assert offer(FileAccount("154", "在建工程"), {}, CHART, old) is not None
    moved = offer(FileAccount("154", "在建工程"), {}, CHART, old)
    assert moved is not None
    assert (moved.target.account, moved.likeness) == ("153", Likeness.MAP)
    assert offer(FileAccount("212", "应付福利费"), {}, CHART, old) is None


# ---- balances ----

BALANCES = (
    "科目余额表\n单位：某村,,,,,,,\n科目编码,科目名称,期初余额,,本年累计发生额,,期末余额,\n"
    ",,借方,贷方,借方,贷方,借方,贷方\n"
    "101,库存现金,0,0,9,8,1,\n113,内部往来,,,250,50,250,50\n11301,张三,,,250,,250,\n11302,李四,,,,50,,50\n"
    "301,资本,,,,201,,201\n合计,,0,0,259,259,251,251\n"
)


def balances(text: str) -> tuple[Balances, list[str]]:
    sheet = foreign_sheet(text.encode(), "b.csv")
    assert sniff_kind(sheet) is FileKind.BALANCES
    problems = Problems()
    read = read_balances(find_table(sheet, FileKind.BALANCES), problems)
    return read, sorted({f.id for f in problems.findings() if f.severity.stops})


def test_only_details_count_and_both_sides_of_a_parent_are_held():
    read, wrong = balances(BALANCES)
    assert wrong == []
    assert [(r.account.code, r.fen) for r in read.leaves] == [
        ("101", 100),
        ("11301", 25_000),
        ("11302", -5_000),
        ("301", -20_100),
    ]
    assert read.leaves[0].turnover == (900, 800)


@pytest.mark.parametrize(
    ("was", "becomes", "ids"),
    [
        ("11302,李四,,,,50,,50\n", "11302,李四,,,,50,,40\n", ["IMP-24", "IMP-45"]),
        ("11302,李四,,,,50,,50\n", "11302,李四,,,,60,,50\n", ["IMP-45"]),
        ("11302,李四,,,,50,,50\n", "11301,李四,,,,50,,50\n", ["IMP-47"]),
        ("合计,,0,0,259,259,251,251", "合计,,0,0,259,259,999,251", ["IMP-34"]),
        (",201,,201\n", ",201,,二百\n", ["IMP-05"]),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(was: str, becomes: str, ids: list[str]):
    assert was in BALANCES
    assert balances(BALANCES.replace(was, becomes))[1] == ids


def test_one_column_needs_a_direction():
    text = "科目编码,科目名称,方向,期末余额\n101,现金,借,5\n301,资本,贷,5\n501,经营收入,平,0\n"
    read, wrong = balances(text)
    assert wrong == []
    assert [r.fen for r in read.leaves] == [500, -500, 0]
    assert balances(text.replace("101,现金,借", "101,现金,"))[1] == ["IMP-46"]


def test_details_by_party_stand_below_their_account():
    text = "code,name,party,debit,credit\n113,内部往来,,250,50\n113,内部往来,张三,250,\n113,内部往来,李四,,50\n301,资本,,,200\n"
    read, wrong = balances(text)
    assert wrong == []
    assert [(r.party, r.fen) for r in read.leaves] == [("张三", 25_000), ("李四", -5_000), ("", -20_000)]
