"""Import layouts: good files become drafts, bad ones a list of every bad row; nothing is taken in by halves."""

from __future__ import annotations

import datetime as dt
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.samples import make_chart, make_places, make_sheet
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import AmountError, format_fen, parse_yuan
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.exchange.cells import Unreadable, read_amount
from villagebook.exchange.import_findings import MAX_SHOWN, TEXTS
from villagebook.exchange.imports_cashbook import CashDraft, parse_cashbook
from villagebook.exchange.imports_opening import OpeningDraft, parse_opening
from villagebook.exchange.imports_vouchers import VoucherDraft, parse_vouchers
from villagebook.exchange.layouts import LAYOUTS, sniff_layout
from villagebook.exchange.tables import read_rows

HEADER = "日期,凭证字,凭证号,摘要,科目,借方,贷方,往来,项目,附单据数,资金\n"
CASH = "日期,收支,单据号,事由,对方,金额,资金,科目\n"


def vouchers(text: str, header: str = HEADER) -> tuple[tuple[VoucherDraft, ...], tuple[Finding, ...]]:
    return parse_vouchers(make_sheet(header + text), make_chart(), make_places())


def cashbook(text: str) -> tuple[tuple[CashDraft, ...], tuple[Finding, ...]]:
    return parse_cashbook(make_sheet(CASH + text), make_chart(), make_places())


def opening(text: str) -> tuple[tuple[OpeningDraft, ...], tuple[Finding, ...]]:
    return parse_opening(make_sheet("科目,资金,往来,借方,贷方\n" + text), make_chart(), make_places())


def refused(result: tuple[tuple[object, ...], tuple[Finding, ...]]) -> list[tuple[str, str]]:
    drafts, findings = result
    assert drafts == ()
    return [(f.id, f.where) for f in findings]


# ---- vouchers ----


def test_rows_of_one_number_make_one_voucher() -> None:
    drafts, findings = vouchers(
        "2025-03-05,付,7,购办公用品,52101,1234.5,,镇供销社,修路,2,\n"
        "2025-03-05,付,7,,102,,1234.5,,,,EX\n"
        "2025-03-06,,1,收承包款,101,80,,张三,,,RC\n"
        "2025-03-06,,1,收承包款,501,,80,张三,,,\n"
    )
    assert findings == ()
    assert drafts[0] == VoucherDraft(
        "付",
        7,
        date(2025, 3, 5),
        "购办公用品",
        (
            VoucherLine("52101", 123450, 0, "购办公用品", "", "镇供销社", "修路"),
            VoucherLine("102", 0, 123450, "购办公用品", "EX", "", ""),
        ),
        "镇供销社",
        2,
        2,
    )
    assert (drafts[1].word, drafts[1].number, drafts[1].first_row) == ("记", 1, 4)


def test_headers_in_english_in_any_order_with_units_and_a_title_above() -> None:
    drafts, findings = vouchers(
        "12.00,,Office costs,7,stamps,2025/3/5,note\n,12.00,Cash on hand,7,stamps,2025/3/5,\n",
        "某村凭证,,,,,,\nDebit（元）,Credit(元),ACCOUNT,number,summary, Date ,remark\n",
    )
    assert [(f.id, f.severity) for f in findings] == [("IMP-03", Severity.HINT), ("IMP-16", Severity.WARNING)]
    assert "remark" in findings[0].text
    assert drafts[0].first_row == 3
    assert drafts[0].places_inferred
    assert [line.place for line in drafts[0].lines] == ["", "RC"]


def test_the_usual_place_is_taken_with_one_finding_for_the_file() -> None:
    rows = "".join(f"2025-03-05,,{n},x,52101,1,,,,,\n2025-03-05,,{n},x,102,,1,,,,\n" for n in range(1, 9))
    drafts, findings = vouchers(rows)
    assert [f.id for f in findings] == ["IMP-16"]
    assert {line.place for draft in drafts for line in draft.lines} == {"", "IN"}


def test_accounts_are_found_by_code_by_name_and_by_both() -> None:
    drafts, _findings = vouchers(
        "2025-03-05,,1,x,52101 办公费,1,,,,,\n2025-03-05,,1,x,银行存款,,1,,,,支出户\n"
    )
    assert [line.account for line in drafts[0].lines] == ["52101", "102"]
    assert drafts[0].lines[1].place == "EX"


@pytest.mark.parametrize(
    ("written", "word", "number"),
    [
        ("7", "记", 7),
        ("0007", "记", 7),
        ("付-7", "付", 7),
        ("第7号", "记", 7),
        ("7.0", "记", 7),
        ("７", "记", 7),  # noqa: RUF001 - full-width
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, word: str, number: int) -> None:
    drafts, _findings = vouchers(
        f"2025-03-05,,{written},x,52101,1,,,,,\n2025-03-05,,{written},x,211,,1,,,,\n"
    )
    assert (drafts[0].word, drafts[0].number) == (word, number)


def test_red_entries_keep_their_sign() -> None:
    drafts, findings = vouchers("2025-03-05,,1,x,52101,-5.5,,,,,\n2025-03-05,,1,x,211,,(5.50),,,,\n")
    assert findings == ()
    assert [(line.debit_fen, line.credit_fen) for line in drafts[0].lines] == [(-550, 0), (0, -550)]


def test_rows_without_numbers_are_divided_where_they_balance() -> None:
    rows = "2025-03-05,,,a,52101,1,,,,,\n2025-03-05,,,a,211,,1,,,,\n"
    drafts, findings = vouchers(rows + rows + rows.replace("-05", "-06"))
    assert findings == ()
    assert [(d.number, d.booked_on.day, d.first_row) for d in drafts] == [
        (None, 5, 2),
        (None, 5, 4),
        (None, 6, 6),
    ]


def test_the_same_number_in_another_month_or_word_is_another_voucher() -> None:
    rows = "2025-03-05,付,1,a,52101,1,,,,,\n2025-03-05,付,1,a,211,,1,,,,\n"
    drafts, findings = vouchers(rows + rows.replace("付", "收") + rows.replace("-03-", "-04-"))
    assert findings == ()
    assert len(drafts) == 3


def test_blank_rows_are_passed_over_and_keep_the_numbering() -> None:
    drafts, findings = vouchers("2025-03-05,,1,a,52101,1,,,,,\n,,,,,,,,,,\n2025-03-05,,1,a,211,,1,,,,\n")
    assert findings == ()
    assert len(drafts[0].lines) == 2


def test_every_bad_cell_is_listed_at_once_in_the_order_of_rows() -> None:
    found = refused(
        vouchers(
            "2025-02-31,,1,x,52101,1,,,,,\n"
            "2025-03-05,,一,x,nowhere,1.234,,,,,\n"
            "2025-03-05,,2,x,521,12a,,,,x,\n"
            "2025-03-05,,3,x,102,5,6,,,,XX\n"
            "2025-03-05,,4,x,52101,,,,,,\n"
            "2025-03-05,,5,x,,1,,,,,\n"
            "2025-03-05,,6,x,52101,1,,,,,EX\n"
            "2025-03-05,,7,x,101,1,,,,,EX\n"
            "2025-03-05,,8,x,其他,99999999999999,,,,,\n"
        )
    )
    cells = [(id, where) for id, where in found if id != "IMP-21"]
    assert cells == [
        ("IMP-04", "row 2, column 日期 (A)"),
        ("IMP-18", "row 3, column 凭证号 (C)"),
        ("IMP-10", "row 3, column 科目 (E)"),
        ("IMP-06", "row 3, column 借方 (F)"),
        ("IMP-12", "row 4, column 科目 (E)"),
        ("IMP-05", "row 4, column 借方 (F)"),
        ("IMP-26", "row 4, column 附单据数 (J)"),
        ("IMP-13", "row 5, column 资金 (K)"),
        ("IMP-09", "row 5"),
        ("IMP-08", "row 6"),
        ("IMP-29", "row 7, column 科目 (E)"),
        ("IMP-15", "row 8, column 资金 (K)"),
        ("IMP-14", "row 9, column 资金 (K)"),
        ("IMP-11", "row 10, column 科目 (E)"),
        ("IMP-07", "row 10, column 借方 (F)"),
    ]


def test_an_unknown_account_comes_with_the_nearest_one() -> None:
    _drafts, findings = vouchers("2025-03-05,,1,x,银行存歀,1,,,,,\n2025-03-05,,1,x,211,,1,,,,\n")
    assert [f.id for f in findings] == ["IMP-10"]
    assert findings[0].text.endswith("Did you mean 102 银行存款?")


def test_a_voucher_out_of_balance_is_told_with_rows_and_difference() -> None:
    _drafts, findings = vouchers("2025-03-05,,1,x,52101,10,,,,,\n2025-03-05,,1,x,211,,1.5,,,,\n")
    assert [(f.id, f.where) for f in findings] == [("IMP-21", "rows 2-3")]
    assert "difference 8.50" in findings[0].text


def test_a_number_that_comes_back_and_two_dates_are_found() -> None:
    one = "2025-03-05,,1,x,52101,1,,,,,\n2025-03-05,,1,x,211,,1,,,,\n"
    two = "2025-03-06,,2,x,52101,1,,,,,\n2025-03-07,,2,x,211,,1,,,,\n"
    assert refused(vouchers(one + two + one)) == [("IMP-20", "rows 4-5"), ("IMP-19", "rows 6-7")]


def test_a_missing_column_is_named_in_both_languages() -> None:
    found = vouchers("2025-03-05,1,x,1,\n", "日期,凭证号,摘要,借方,贷方\n")
    assert refused(found) == [("IMP-01", "")]
    assert "account (科目)" in found[1][0].text


def test_two_columns_of_one_name_are_refused() -> None:
    assert ("IMP-02", "") in refused(
        vouchers("2025-03-05,1,x,52101,1,,\n", "日期,凭证号,摘要,科目,借方,贷方,借方\n")
    )


def test_an_empty_table_is_told() -> None:
    assert refused(vouchers("")) == [("IMP-28", "")]


def test_a_thousand_bad_cells_are_capped_with_a_count_of_the_rest() -> None:
    _drafts, findings = vouchers("".join(f"2025-03-05,,{n},x,nowhere,1,,,,,\n" for n in range(1, 1001)))
    assert len(findings) == MAX_SHOWN + 1
    assert findings[-1].id == "IMP-27"
    assert findings[-1].severity is Severity.ERROR
    assert "1800 more" in findings[-1].text  # 1,000 unknown accounts and 1,000 out of balance


def test_a_workbook_gives_the_same_drafts_as_a_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADER.strip().split(","))
    page.append(
        [
            dt.datetime(2025, 3, 5),
            "付",
            7,
            "购办公用品",
            52101,
            "1,234.50",
            None,
            "供销社",
            None,
            2,
            None,
        ]
    )
    page.append([dt.date(2025, 3, 5), "付", 7, "购办公用品", "102", None, 1234.5, "供销社", None, None, "EX"])
    path = tmp_path / "vouchers.xlsx"
    book.save(path)
    drafts, findings = parse_vouchers(read_rows(path), make_chart(), make_places())
    assert findings == ()
    expected = vouchers(
        "2025-03-05,付,7,购办公用品,52101,1234.50,,供销社,,2,\n2025-03-05,付,7,购办公用品,102,,1234.50,供销社,,,EX\n"
    )
    assert drafts == expected[0]


@given(st.from_regex(r"-?[0-9]{1,14}(\.[0-9]{0,3})?", fullmatch=True))
def test_the_short_way_to_read_an_amount_agrees_with_the_long_one(text: str) -> None:
    try:
        expected: int | None = parse_yuan(text)
    except AmountError:
        expected = None
    try:
        read: int | None = read_amount(text)
    except Unreadable:
        read = None
    assert read == expected


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_in_any_cell_gives_findings_and_no_error(one: str, two: str, three: str) -> None:
    quoted = [f'"{text}"' for text in (t.replace('"', "'").replace("\0", "") for t in (one, two, three))]
    day, number, amount = quoted
    text = f"{day},{number},{number},{day},{number},{amount},{day},{one[:0]},,{amount},{number}\n"
    try:
        sheet = make_sheet(HEADER + text)
    except UnicodeEncodeError:
        return
    _drafts, findings = parse_vouchers(sheet, make_chart(), make_places())
    assert all(f.text for f in findings)


# ---- cash book ----


def test_a_cash_book_is_read_row_by_row() -> None:
    drafts, findings = cashbook(
        "2025-03-05,收入,0012,收承包款,张三,500,RC,经营收入\n"
        "05/03/2025,payment,7,办公,供销社,12.3,ex,52101\n"
        "2025-03-06,划转,8,缴存,,500,RC,IN\n"
        "2025-03-07,付,9,冲红,供销社,-12.3,EX,52101\n"
    )
    assert findings == ()
    assert drafts[0] == CashDraft(
        DocKind.RECEIPT, "0012", date(2025, 3, 5), "收承包款", "张三", 50000, "RC", "501", 2
    )
    assert [(d.kind.value, d.amount_fen, d.place, d.account) for d in drafts[1:]] == [
        ("payment", 1230, "EX", "52101"),
        ("transfer", 50000, "RC", "IN"),
        ("payment", -1230, "EX", "52101"),
    ]


def test_bad_rows_of_a_cash_book_are_all_listed() -> None:
    found = refused(
        cashbook(
            "2025-03-05,借,1,x,,5,RC,501\n"
            "2025-03-05,收,2,x,,0,RC,501\n"
            "2025-03-05,收,3,x,,5,,501\n"
            "2025-03-05,收,4,x,,5,RC,102\n"
            "2025-03-05,转,5,x,,5,RC,501\n"
            "2025-03-05,转,6,x,,5,RC,\n"
        )
    )
    assert found == [
        ("IMP-22", "row 2, column 收支 (B)"),
        ("IMP-08", "row 3, column 金额 (F)"),
        ("IMP-31", "row 4, column 资金 (G)"),
        ("IMP-30", "row 5, column 科目 (H)"),
        ("IMP-13", "row 6, column 科目 (H)"),
        ("IMP-31", "row 7, column 科目 (H)"),
    ]


def test_one_paper_in_several_rows_is_right_and_a_number_on_another_day_is_not() -> None:
    first = "2025-03-05,付,82,顾问费,某公司,5395,EX,52101\n"
    drafts, findings = cashbook(first + first.replace("52101", "52102"))
    assert (len(drafts), findings) == (2, ())
    assert refused(cashbook(first + first.replace("-05,", "-28,"))) == [("IMP-19", "row 3")]
    assert len(cashbook(first + first.replace("2025-03-05,付", "2025-03-28,收"))[0]) == 2


def test_rows_alike_in_everything_are_asked_about_and_not_refused() -> None:
    row = "2025-03-05,付,CG 10,助学金,某户,3000,EX,52101\n"
    drafts, findings = cashbook(row * 3)
    assert len(drafts) == 3
    assert [(f.id, f.severity) for f in findings] == [("IMP-23", Severity.WARNING)] * 2


def test_a_word_in_the_number_column_is_no_number() -> None:
    rows = "2025-03-05,付,DD,网费,x,5,EX,52101\n2025-04-05,付,DD,网费,x,5,EX,52101\n"
    assert [len(part) for part in cashbook(rows)] == [2, 0]


def test_missing_numbers_of_a_series_are_listed_and_stop_nothing() -> None:
    rows = "".join(
        f"2025-03-0{day},{kind},{number},x{number},,5,{place},{account}\n"
        for day, kind, number, place, account in (
            (1, "付", "300093", "EX", "52101"),
            (2, "付", "300096", "EX", "52101"),
            (3, "付", "101148", "EX", "52101"),
            (3, "付", "101150", "EX", "52101"),
            (4, "付", "101152", "EX", "52101"),
            (4, "收", "101149", "IN", "501"),
        )
    )
    drafts, findings = cashbook(rows)
    assert len(drafts) == 6
    assert [(f.id, f.severity) for f in findings] == [("IMP-36", Severity.HINT)]
    assert "101151, 300094–300095." in findings[0].text


def test_quantity_times_price_in_the_words_is_reckoned() -> None:
    def found(summary: str, amount: str) -> list[str]:
        return [f.text for f in cashbook(f"2025-03-05,收,1,{summary},,{amount},IN,501\n")[1]]

    assert found("五组 水田 24.65 亩 × 120 元", "2958") == []
    assert found("三组 荒山 200 亩×10元×30年，一次收清", "60000") == []
    assert "makes 206,500.00; the amount is 194,600.00" in found("午餐费 295人×700", "194600")[0]
    for words in ("4×4 轮胎 2 条 3×5", "规格 20×30%", "地砖 60×60", "标语 80cm×5 m", "三轮×2", "2025×"):
        assert found(words, "9") == [], words


# ---- totals at the foot ----


def test_a_row_of_totals_is_no_booking_but_must_be_true() -> None:
    rows = "2025-03-05,收,1,x,,500,RC,501\n2025-03-06,付,2,y,,80.50,EX,52101\n\n"
    for total in ("580.50", "419.5", "500", '"￥580.50"', ""):
        drafts, findings = cashbook(f"{rows}合 计,,,,,{total},,\n")
        assert len(drafts) == 2
        assert [f.id for f in findings] == ["IMP-35"], total
    assert refused(cashbook(f"{rows},,,合计：,,585.50,,\n")) == [
        ("IMP-35", ""),
        ("IMP-34", "row 5, column 金额 (F)"),
    ]
    assert len(cashbook("2025-03-05,收,1,合计,,500,RC,501\n")[0]) == 1


def test_totals_of_parts_and_repeated_headers_are_left_out() -> None:
    row = "2025-03-0{0},收,{0},x{0},,10,RC,501\n"
    text = (
        row.format(1)
        + row.format(2)
        + "小计,,,,,20,,\n"
        + CASH
        + row.format(3)
        + "小计,,,,,10,,\nTotal,,,,,30,,\n"
    )
    drafts, findings = cashbook(text)
    assert [d.row for d in drafts] == [2, 3, 6]
    assert [f.id for f in findings] == ["IMP-35"]
    assert len(cashbook(row.format(1) + "合计,,,,,10,,\n" + row.format(2) + "合计,,,,,10,,\n")[0]) == 2


def test_totals_of_vouchers_and_openings_are_held_against_both_columns() -> None:
    rows = "2025-03-05,付,7,购,52101,5,,,,,\n2025-03-05,付,7,,102,,5,,,,EX\n"
    assert len(vouchers(rows + "合计,,,,,5.00,5.00,,,,\n")[0]) == 1
    assert refused(vouchers(rows + "合计,,,,,6.00,5.00,,,,\n"))[-1] == ("IMP-34", "row 4, column 借方 (F)")
    assert len(opening("101,IM,,5,\n301,,,,5\n合计,,,5,5\n")[0]) == 2
    assert refused(opening("101,IM,,5,\n301,,,,5\n合计,,,5,15\n"))[-1] == ("IMP-34", "row 4, column 贷方 (E)")


def test_rows_of_one_voucher_may_stand_apart() -> None:
    rows = [
        "2025-03-05,付,7,购,52101,5,,,,,\n",
        "2025-03-06,付,8,修,52101,6,,,,,\n",
        "2025-03-05,付,7,,102,,5,,,,EX\n",
        "2025-03-06,付,8,,102,,6,,,,EX\n",
    ]
    drafts, findings = vouchers("".join(rows))
    assert (findings, [(d.number, d.first_row, len(d.lines)) for d in drafts]) == ((), [(7, 2, 2), (8, 3, 2)])
    twice = rows[0] + rows[2] + rows[1] + rows[3] + rows[0] + rows[2]
    assert refused(vouchers(twice)) == [("IMP-19", "rows 6-7")]


# ---- opening ----


def test_an_opening_that_balances_is_read() -> None:
    drafts, findings = opening(
        "101,IM,,100,\n银行存款,IN,,900.5,\n112,,张三,50,\n301,,,,1050.50\n211,,,0,0\n"
    )
    assert findings == ()
    assert [(d.account, d.place, d.party, d.debit_fen, d.credit_fen, d.row) for d in drafts] == [
        ("101", "IM", "", 10000, 0, 2),
        ("102", "IN", "", 90050, 0, 3),
        ("112", "", "张三", 5000, 0, 4),
        ("301", "", "", 0, 105050, 5),
    ]


def test_an_opening_that_does_not_balance_is_refused_with_the_difference() -> None:
    found = opening("101,IM,,100,\n301,,,,99\n")
    assert refused(found) == [("IMP-24", "")]
    assert "difference 1.00" in found[1][0].text


def test_an_opening_with_repeats_and_wrong_places_is_refused() -> None:
    found = refused(opening("101,IM,,1,\n101,IM,,1,\n102,RC,,1,\n301,IN,,,3\n"))
    assert found == [
        ("IMP-25", "row 3"),
        ("IMP-14", "row 4, column 资金 (B)"),
        ("IMP-15", "row 5, column 资金 (B)"),
    ]


# ---- headers ----


@pytest.mark.parametrize(
    ("header", "layout"),
    [
        ("date,word,number,summary,account,debit,credit,party,project,attachments,place", "vouchers"),
        (HEADER.strip(), "vouchers"),
        ("日期,凭证字,凭证号,附件数,分录序号,摘要,科目代码,科目名称,借方金额,贷方金额,客户", "vouchers"),
        ("日期,凭证号,摘要,科目,借方,贷方", "vouchers"),
        ("日期,凭证号,科目,借方,贷方", "vouchers"),
        ("date,kind,number,summary,party,amount,place,account", "cashbook"),
        (CASH.strip(), "cashbook"),
        ("account,place,party,debit,credit", "opening"),
        ("科目,资金,往来,借方,贷方", "opening"),
        ("交易日期,借方发生额,贷方发生额,余额,对方户名", None),
        ("日期,借方金额,贷方金额,余额,摘要", None),
        ("a,b,c", None),
    ],
)
def test_the_layout_is_seen_from_the_header(header: str, layout: str | None) -> None:
    assert sniff_layout(make_sheet(header + "\n" + ",".join("1" for _ in header.split(",")))) == layout
    assert sniff_layout(make_sheet("某村二〇二五年\n" + header)) == layout


def test_every_promised_name_is_known() -> None:
    promised = {
        "vouchers": "日期,凭证字,凭证号,摘要,科目,借方,贷方,往来,项目,附单据数,资金 date,word,number,summary,account,debit,"
        "credit,party,project,attachments,place",
        "cashbook": "日期,收支,单据号,事由,对方,金额,资金,科目 date,kind,number,summary,party,amount,place,account",
        "opening": "科目,资金,往来,借方,贷方 account,place,party,debit,credit",
    }
    for layout, names in promised.items():
        for language in names.split():
            known = [set(column.names) for column in LAYOUTS[layout]]
            assert len(known) == len(language.split(","))
            assert all(any(name in column for column in known) for name in language.split(","))


def test_every_finding_has_a_text() -> None:
    given = {
        *range(1, 48),
        *range(49, 53),
        *range(60, 70),
        *range(80, 88),
        *range(90, 93),
        *range(95, 102),
    } - {
        27,
        32,
        33,
        38,
        39,
    }
    assert set(TEXTS) == {f"IMP-{n:02d}" for n in given}


# ---- real lists ----

EXAMPLES = {
    "number used twice": ("101148", [("2019-01-07", 3000), ("2019-01-28", 24850)], ["IMP-19"]),
    "one paper, three accounts": (
        "100",
        [("2017-01-01", 389800), ("2017-01-01", 936500), ("2017-01-01", 697900)],
        [],
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_published_lists_are_judged_as_their_readers_judged_them(name: str) -> None:
    number, rows, expected = EXAMPLES[name]
    text = "".join(f"{on},付,{number},x{fen},,{format_fen(fen)},EX,52101\n" for on, fen in rows)
    assert [f.id for f in cashbook(text)[1]] == expected, json.dumps(rows)
