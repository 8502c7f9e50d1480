"""Printed vouchers: what stands on them equals the data, on each kind of paper and over several sheets."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from tests.reports.reading import page_sizes_mm, page_texts
from villagebook import i18n
from villagebook.domain.voucher import DocKind, Voucher, VoucherLine
from villagebook.domain.voucher_sheet import VoucherCover, VoucherSheet
from villagebook.reports.pen import Pen
from villagebook.reports.voucher_face import HEAD, ROW, ROWS, TABLE_TOP, pieces
from villagebook.reports.voucher_pdf import render_vouchers

FOOTER = (
    ("Head", "李秀英"),
    ("Booked", "周敏"),
    ("Checked", "张海涛、赵玉兰"),
    ("Cashier", ""),
    ("Made out", "孙丽"),
)
ACCOUNTS = {"513": "513 管理费用", "102": "102 银行存款"}
COVER = VoucherCover("清水镇白杨村", 2025, 3, "付", date(2025, 3, 2), date(2025, 3, 30), 1, 17, 17, 40, 1, 2)


def make_sheet(count: int = 2, fen: int = 123_456) -> VoucherSheet:
    """A payment with `count` lines, the last one the credit."""
    debits = [VoucherLine("513", fen + n, 0, f"购办公用品第{n + 1}项") for n in range(count - 1)]
    total = sum(line.debit_fen for line in debits)
    lines = (*debits, VoucherLine("102", 0, total, "转账付款"))
    voucher = Voucher("v1", DocKind.PAYMENT, "付", 5, date(2025, 3, 9), "办公用品", lines, "店", 3)
    return VoucherSheet("清水镇白杨村", voucher, ACCOUNTS, {1: "Project P01 水渠"}, FOOTER)


def test_one_sheet_says_everything_the_voucher_holds() -> None:
    (text,) = page_texts(render_vouchers([make_sheet()]))
    for words in (
        "Accounting voucher", "清水镇白杨村", "付 No. 0005", "2025-03-09", "3 papers attached", "购办公用品第1项", "513 管理费用",
        "水渠", "102 银行存款", "1,234.56", "壹仟贰佰叁拾肆元伍角陆分", "李秀英", "周敏", "张海涛、赵玉兰", "孙丽",
    ):  # fmt: skip
        assert words in text, words
    assert "¥1,234.56" in text


def test_in_chinese_every_figure_has_its_column() -> None:
    i18n.set_language(i18n.CHINESE)
    (text,) = page_texts(render_vouchers([make_sheet()]))
    text = text.replace(" ", "")
    assert text.count("亿千百十万千百十元角分") == 2
    assert len(re.findall("123456", text)) == 4  # debit, credit, both sums
    assert "付字第0005号" in text
    assert "附单据3张" in text


@pytest.mark.parametrize(
    ("paper", "size", "pages"),
    [("a5", (210, 148), 3), ("two-on-a4", (210, 297), 2), ("half-a4", (210, 149), 3)],
)
def test_each_paper_has_its_size_and_number_of_pages(paper: str, size: tuple[int, int], pages: int) -> None:
    data = render_vouchers([make_sheet()] * 3, paper=paper)
    assert page_sizes_mm(data) == {size}
    assert len(page_texts(data)) == pages


def test_more_lines_than_fit_go_on_with_fractions_and_carried_sums() -> None:
    sheet = make_sheet(2 * ROWS + 3)
    parts = pieces(sheet)
    pages = page_texts(render_vouchers([sheet]))
    assert len(pages) == len(parts) == 3
    for number, (text, part) in enumerate(zip(pages, parts, strict=True), 1):
        assert f"付 No. 0005 {number}/3" in text
        assert ("Carried forward" in text) == (number < 3)
        assert ("Brought from the last page" in text) == (number > 1)
        assert f"¥{part.debit_fen // 100:,}.{part.debit_fen % 100:02d}" in text
    assert ["Total:" in text for text in pages] == [False, False, True]
    whole = "".join(pages)
    for line in sheet.voucher.lines:
        assert whole.count(line.summary) >= 1
    assert parts[-1].debit_fen == parts[-1].credit_fen == sheet.voucher.total_fen


def test_sheets_go_on_in_the_words_of_the_trade() -> None:
    i18n.set_language(i18n.CHINESE)
    first, second = page_texts(render_vouchers([make_sheet(ROWS + 3)]))
    assert "过次页" in first
    assert "承前页" in second
    assert "上期结转" not in second


def test_a_long_text_takes_more_lines_and_is_not_cut() -> None:
    words = "为村民修建灌溉水渠购买水泥沙石并支付运输装卸费用" * 3
    sheet = make_sheet()
    line = replace(sheet.voucher.lines[0], summary=words)
    long = replace(sheet, voucher=replace(sheet.voucher, lines=(line, sheet.voucher.lines[1])))
    (text,) = page_texts(render_vouchers([long]))
    assert words in text
    assert pieces(long)[0].rows[0].units > 2


def test_a_text_longer_than_a_sheet_says_that_it_goes_on() -> None:
    sheet = make_sheet()
    told = replace(sheet.voucher.lines[0], summary="很长的摘要" * 100)
    voucher = replace(sheet.voucher, lines=(told, *sheet.voucher.lines[1:]))
    first = pieces(replace(sheet, voucher=voucher))[0].rows[0]
    assert first.summary[-1].endswith("…")
    assert first.units <= ROWS


def test_no_rule_strikes_a_text_of_several_lines_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A struck-out line of a voucher would mean that it does not count."""
    sheet = make_sheet(3)
    long = replace(
        sheet,
        links={1: "Contract H-0001 砖厂场地租赁合同; Outside party W001 青石砖厂; Resource Z-0002 砖厂场地"},
    )
    (piece,) = pieces(long)
    assert [row.units > 1 for row in piece.rows] == [True, False, False]
    levels: set[float] = set()
    line = Pen.line

    def seen(pen: Pen, x: float, y: float, to_x: float, to_y: float, *more: float) -> None:
        if y == to_y:
            levels.add(round(y, 3))
        line(pen, x, y, to_x, to_y, *more)

    monkeypatch.setattr(Pen, "line", seen)
    render_vouchers([long])
    begins = TABLE_TOP + HEAD
    for at in range(1, ROWS + 1):
        through = at < piece.rows[0].units
        assert (round(begins + at * ROW, 3) in levels) is not through, at


def test_red_figures_are_red_framed_and_without_a_minus() -> None:
    sheet = make_sheet()
    red = replace(
        sheet,
        voucher=replace(
            sheet.voucher,
            lines=tuple(v.red() for v in sheet.voucher.lines),
            reverses="v0",
            summary="冲销 付-0004",
        ),
        relations=(("Undoes 2025-03-01 付-0004.", "v0"),),
    )
    data = render_vouchers([red])
    (text,) = page_texts(data)
    assert "-1,234.56" not in text
    assert "1,234.56" in text
    assert "冲销 付-0004" in text
    assert "Undoes 2025-03-01" in text
    assert reds(data) > 50
    assert reds(render_vouchers([sheet])) == 0


def reds(data: bytes) -> int:
    """How many red points a page has."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    return sum(n for n, (r, g, b) in picture.getcolors(1 << 24) or () if r > 120 and g < 90 and b < 90)


def test_after_a_red_voucher_the_next_one_is_black() -> None:
    sheet = make_sheet()
    red = replace(sheet, voucher=replace(sheet.voucher, lines=tuple(v.red() for v in sheet.voucher.lines)))
    with pypdfium2.PdfDocument(render_vouchers([red, sheet])) as document:
        picture = document[1].render(scale=1).to_pil().convert("RGB")
    assert not any(r > 120 and g < 90 for _n, (r, g, _b) in picture.getcolors(1 << 24) or ())


def test_the_cover_says_what_is_bound() -> None:
    (text,) = page_texts(render_vouchers([], covers=[COVER]))
    for words in ("Cover of vouchers", "清水镇白杨村", "2025-03", "2025-03-02", "2025-03-30", "付", "0001 – 0017", "17 vouchers", "40", "1 of 2"):  # fmt: skip
        assert words in text, words
    assert len(page_texts(render_vouchers([make_sheet()], paper="two-on-a4", covers=[COVER]))) == 1


def test_the_same_vouchers_give_the_same_bytes_with_embedded_fonts() -> None:
    sheets = [make_sheet(), make_sheet(12)]
    first = render_vouchers(sheets, paper="two-on-a4")
    assert first == render_vouchers(sheets, paper="two-on-a4")
    assert b"FontFile2" in first
    with pytest.raises(KeyError):
        render_vouchers(sheets, paper="letter")
