"""A board paper says on paper what its data says: every cell, figure and name, on pages that carry number and hash."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from tests.reports.board_samples import make_answers, make_correction, make_sheet, pay_part
from tests.reports.reading import darkest, page_codes, page_sizes_mm, page_texts
from tests.reports.samples import make_notice
from villagebook import i18n
from villagebook.domain.mask import Mask, MaskReason
from villagebook.domain.money import yuan_text
from villagebook.domain.sheet import Part, sheet_code, sheet_from_data
from villagebook.domain.table import Cell, Column, Shape
from villagebook.reports.answers_pdf import render_answers
from villagebook.reports.correction_pdf import render_correction
from villagebook.reports.notice_paper import LEAST_PT, MOST_PT, PAPERS, TITLE_PT, paper_of
from villagebook.reports.notice_pdf import render_notice
from villagebook.reports.pen import MM, Pen
from villagebook.reports.sheet_pdf import render_sheet
from villagebook.services.disclosure.board_contents import lines_of

PAPERS_NAMES = ("A3", "A4")


def squeezed(text: str) -> str:
    return text.replace(" ", "")


def watched(monkeypatch: pytest.MonkeyPatch) -> set[float]:
    """The sizes of type that pens write with from now on."""
    sizes: set[float] = set()
    write = Pen.text

    def watch(self: Pen, x: float, y: float, text: str, size: float, **how: Any) -> None:
        sizes.add(size)
        write(self, x, y, text, size, **how)

    monkeypatch.setattr(Pen, "text", watch)
    return sizes


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_every_cell_figure_and_sentence_is_on_the_paper(paper: str) -> None:
    sheet = make_sheet(40)
    text = squeezed("".join(page_texts(render_sheet(sheet, paper=paper))))
    for part in sheet.parts:
        assert squeezed(part.title) in text
        for row in part.rows:
            for column, cell in zip(part.columns, row, strict=True):
                if cell is None:
                    continue
                shown = yuan_text(int(cell)) if column.shape is Shape.MONEY else str(cell)
                assert squeezed(shown[5:] if column.shape is Shape.DAY else shown) in text
    for figure in sheet.figures:
        assert yuan_text(figure.fen) in text
        assert figure.beside in text
    for chart in sheet.charts:
        for point in chart.points:
            assert squeezed(point.label) in text
            assert yuan_text(point.fen) in text
    for words in (*sheet.sentences, *sheet.notes, *sheet.reviewers, *sheet.places_to_post, "吴𠅤"):
        assert squeezed(words) in text


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_each_page_has_title_number_and_seal(paper: str) -> None:
    sheet = make_sheet(139)
    pages = page_texts(render_sheet(sheet, paper=paper))
    assert len(pages) > 4
    seal = sheet.content_hash()
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert sheet.title in text
        assert sheet.number in text
        assert f"{seal[:8]} {seal[8:16]}" in text


def test_the_headings_come_again_and_the_total_never_stands_alone() -> None:
    for rows in range(14, 40):
        pages = page_texts(render_sheet(make_sheet(charts=(), parts=(pay_part(rows),))))
        with_rows = [text for text in pages if re.search(r"06-\d\d", text.replace("2025-06-", ""))]
        assert all("每工日" in text and "误工补贴明细" in text for text in with_rows)
        assert ["(continued)" in text for text in with_rows] == [False, *[True] * (len(with_rows) - 1)]
        last = next(text for text in pages if "合计" in text)
        assert "人工" in last


def test_a_column_of_days_that_reaches_into_another_year_says_the_year_of_every_day() -> None:
    columns = (Column("day", "日期", Shape.DAY), Column("what", "事由", weight=20))
    for first, shown in (("2024-11-30", "2025-06-15"), ("2025-01-31", "06-15")):
        part = Part("借款", columns, ((first, "归还本金"), ("2025-06-15", "归还利息")))
        text = "".join(page_texts(render_sheet(make_sheet(charts=(), parts=(part,)))))
        assert (shown in text, "2025-06-15" in text) == (True, first.startswith("2024"))


def test_a_part_with_nothing_says_so() -> None:
    empty = Part("集体借款", (Column("who", "债主"),), ())
    assert "集体借款None in this period." in "".join(page_texts(render_sheet(make_sheet(parts=(empty,)))))


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_nothing_is_smaller_than_fourteen_points(paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = watched(monkeypatch)
    render_sheet(make_sheet(40), paper=paper)
    render_notice(make_notice(40), paper=paper)
    assert min(sizes) >= LEAST_PT
    assert TITLE_PT[0] <= max(sizes) <= TITLE_PT[1]


def test_a_paper_below_the_minimum_cannot_be_made() -> None:
    for name in PAPERS:
        with pytest.raises(ValueError, match="13"):
            paper_of(name, LEAST_PT - 1)
        with pytest.raises(ValueError, match="small=11"):
            replace(paper_of(name), small=11)
        with pytest.raises(ValueError, match="title=20"):
            replace(paper_of(name), title=20)
        assert paper_of(name).table.least_row >= 8 * MM


@pytest.mark.parametrize("paper", PAPERS_NAMES)
@pytest.mark.parametrize("size", [LEAST_PT, 20, 28, MOST_PT])
def test_larger_type_makes_more_pages_and_nothing_leaves_the_paper(paper: str, size: int) -> None:
    for data in (
        render_sheet(make_sheet(30, font_pt=size), paper=paper),
        render_notice(make_notice(30, font_pt=size), paper=paper),
    ):
        inside(data)
    if paper == "A3" and size == MOST_PT:
        usual = page_texts(render_sheet(make_sheet(30)))
        assert len(page_texts(render_sheet(make_sheet(30, font_pt=size)))) > len(usual)


def inside(data: bytes) -> None:
    """All text lies between the margins."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            width, height = page.get_size()
            layer = page.get_textpage()
            for index in range(layer.count_rects()):
                left, bottom, right, top = layer.get_rect(index)
                assert 34 <= left <= right <= width - 34, layer.get_text_bounded(left, bottom, right, top)
                assert 12 <= bottom <= top <= height - 28
            layer.close()
            page.close()


def test_many_columns_are_folded_and_never_squeezed() -> None:
    columns = (
        Column("name", "名称"),
        *(Column(f"m{n}", f"第{n}项金额", Shape.MONEY) for n in range(12)),
        Column("why", "说明"),
    )
    row: tuple[Cell, ...] = (
        "村口水泵房",
        *(123_456_789 + n for n in range(12)),
        "承包给邻村经营,每年交租金,合同存档",
    )
    part = Part("很多栏", columns, (row,) * 3)
    for paper in PAPERS_NAMES:
        data = render_sheet(make_sheet(parts=(part,), charts=()), paper=paper)
        inside(data)
        text = squeezed("".join(page_texts(data)))
        for n in range(12):
            assert text.count(yuan_text(123_456_789 + n)) == 3
        assert "承包给邻村经营" in text


def test_what_has_no_column_stands_across_its_row_and_a_total_keeps_its_word() -> None:
    """Ten lines in a narrow first column would leave the rest of the page empty."""
    columns = (
        Column("contract", "合同", Shape.TEXT, 8),
        Column("what", "标的", Shape.TEXT, 14),
        *(Column(f"m{n}", f"第{n}项金额", Shape.MONEY) for n in range(4)),
        Column("whom", "对方", Shape.TEXT, 8),
        Column("how", "执行情况", Shape.TEXT, 8),
    )
    money = (1_000_000, 2_000_000, 3_000_000, 4_000_000)
    rows = (
        ("鱼塘承包合同", "机耕道旁鱼塘", *money, "黎家村民小组", "逾期二十八天"),
        ("合计", "", *money, "", ""),
    )
    part = Part("合同", columns, rows, totals=1)
    text = "".join(page_texts(render_sheet(make_sheet(parts=(part,), charts=()), paper="A4")))
    assert "对方: 黎家村民小组; 执行情况: 逾期二十八天" in text
    assert "合计 10,000.00 20,000.00" in text


def test_the_code_holds_what_the_sheet_says_and_can_be_read() -> None:
    sheet = make_sheet()
    for paper in PAPERS_NAMES:
        data = render_sheet(sheet, paper=paper)
        last = len(page_texts(data)) - 1
        assert page_codes(data, 0) == [sheet_code(sheet)]
        assert page_codes(data, last) == [sheet_code(sheet)]
    assert sheet_code(sheet).rpartition("*")[2].startswith(sheet.content_hash()[:16])


def test_the_same_sheet_gives_the_same_bytes_and_read_back_too() -> None:
    sheet = make_sheet()
    first = render_sheet(sheet)
    render_sheet(make_sheet(30), paper="A4")
    assert render_sheet(sheet_from_data(sheet.to_data())) == first


def test_only_a_draft_carries_a_watermark() -> None:
    final, draft = (render_sheet(make_sheet(), draft=value) for value in (False, True))
    assert not any("DRAFT" in text for text in page_texts(final))
    assert all("DRAFT" in text for text in page_texts(draft))
    assert max(darkest(draft, 0) - {255}) > 200


def test_charts_are_black_and_white() -> None:
    data = render_sheet(make_sheet(parts=(), reviewers=()))
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=3).to_pil().convert("RGB")
    pixels = picture.width * picture.height
    for count, colour in picture.getcolors(1 << 24) or ():
        assert max(colour) - min(colour) < 3, colour
        assert count < pixels / 200 or colour[0] in (0, 255), "no grey but the edges of letters"


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_every_font_that_writes_is_inside_the_file(paper: str) -> None:
    data = render_sheet(make_sheet(), paper=paper)
    assert data.count(b"/FontFile2") >= 2
    names = set(re.findall(rb"/BaseFont /([\w+-]+)", data))
    assert {name.partition(b"+")[2] for name in names} == {b"NotoSansSC-Regular", b"NotoSansSC-Bold"}
    assert page_sizes_mm(data) == {(420, 297) if paper == "A3" else (210, 297)}


def test_corrections_and_answers_are_whole_and_sealed_on_both_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    correction, answers = make_correction(), make_answers()
    sizes = watched(monkeypatch)
    for paper in PAPERS_NAMES:
        for data, content_hash, words in (
            (
                render_correction(correction, paper=paper),
                correction.content_hash(),
                [t for _where, t in correction.texts()],
            ),
            (render_answers(answers, paper=paper), answers.content_hash(), [r.answer for r in answers.rows]),
        ):
            inside(data)
            pages = page_texts(data)
            text = squeezed("".join(pages))
            assert all(squeezed(word) in text for word in words)
            for number, page in enumerate(pages, 1):
                assert f"Page {number} of {len(pages)}" in page
                assert f"{content_hash[:8]} {content_hash[8:16]}" in page
    assert min(sizes) >= LEAST_PT


def test_a_quarter_of_139_entries_fits_the_rule_of_pages() -> None:
    """disclosure.md section 7: an A3 sheet of 16 points holds about 20 rows, 139 entries about 7 sheets."""
    i18n.set_language("zh_CN")
    lines = tuple(
        replace(line, summary=line.summary[:14], remark="发票", party=line.party[:5], approver="刘建国")
        for line in make_notice(139).lines
    )
    pages = page_texts(render_notice(make_notice(139, lines=lines)))
    assert 6 <= len([text for text in pages if "本页小计" in text]) <= 7
    i18n.set_language("en")
    talkative = page_texts(render_notice(make_notice(139)))  # most of them need two lines
    assert len([text for text in talkative if "This page" in text]) <= 11
    rows = page_texts(render_sheet(make_sheet(139, charts=(), figures=(), sentences=())))
    assert len(rows) <= 9


def test_five_sheets_of_139_rows_are_drawn_in_a_few_seconds() -> None:
    started = time.perf_counter()
    for _turn in range(5):
        render_sheet(make_sheet(139))
    assert time.perf_counter() - started < 5


def test_texts_of_a_longer_language_still_fit() -> None:
    i18n.set_language(i18n.STRETCHED)
    for paper in PAPERS_NAMES:
        inside(render_sheet(make_sheet(), paper=paper))


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_how_much_is_masked_and_why_stands_on_the_paper(paper: str) -> None:
    masks = (Mask("1", "何某（3组）", MaskReason.SELLER), Mask("2", "*" * 16 + "18", MaskReason.NUMBER))
    with i18n.speaking("zh_CN"):
        text = squeezed("".join(page_texts(render_sheet(replace(make_sheet(3), masks=masks), paper=paper))))
        notice = squeezed(
            "".join(page_texts(render_notice(replace(make_notice(3), masks=masks), paper=paper)))
        )
        bare = squeezed("".join(page_texts(render_sheet(make_sheet(3), paper=paper))))
    for found in (text, notice):
        assert "未写全的有2处" in found.replace("\n", "").replace("\r", "")
    assert "未写全" not in bare


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_rows_carry_the_numbers_by_which_questions_name_them(paper: str) -> None:
    columns = (Column("what", "事项", Shape.TEXT, 20), Column("amount", "金额", Shape.MONEY, 10))
    part = Part("明细", columns, (("鱼塘", 100), ("水泵", 200), ("合计", 300)), totals=1)
    sheet = replace(make_sheet(1), parts=(part,))
    words = dict(lines_of(sheet))
    text = "".join("".join(page_texts(render_sheet(sheet, paper=paper))).split())
    assert ["1鱼塘" in text, "2水泵" in text, "3合计" in text] == [True, True, False]
    assert ["row 1" in words[1], "row 2" in words[2]] == [True, True]


def both(paper: str, font_pt: int) -> list[bytes]:
    """F9 and F12 in a size of type."""
    answers, correction = (
        replace(make_answers(), font_pt=font_pt),
        replace(make_correction(), font_pt=font_pt),
    )
    return [render_answers(answers, paper=paper), render_correction(correction, paper=paper)]


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_answers_and_corrections_take_the_township_s_type_and_say_how_to_compare(
    paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with i18n.speaking("zh_CN"):
        usual = both(paper, 16)
        sizes = watched(monkeypatch)
        large = both(paper, 28)
    assert {28.0, 18.0} & sizes
    for small, made in zip(usual, large, strict=True):
        assert "核对办法" in squeezed("".join(page_texts(small)))
        assert len(page_texts(made)) >= len(page_texts(small))
    assert make_answers().content_hash() != replace(make_answers(), font_pt=28).content_hash()


@pytest.mark.parametrize("paper", PAPERS_NAMES)
def test_two_squares_of_45_millimetres_are_left_clear_for_the_seals(
    paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but the date stands where a seal is pressed, on any form and in large type."""
    squares: list[tuple[float, float]] = []
    writings: list[tuple[float, float, str]] = []
    clear: list[tuple[int, list[str]]] = []
    box, write, end = Pen.box, Pen.text, Pen.end_page

    def boxed(self: Pen, x: float, y: float, width: float, height: float, *rest: Any, **how: Any) -> None:
        if how.get("dashed"):
            assert (width, height) == (45 * MM, 45 * MM)
            squares.append((x, y))
        box(self, x, y, width, height, *rest, **how)

    def written(self: Pen, x: float, y: float, text: str, size: float, **how: Any) -> None:
        writings.append((x, y, text))
        write(self, x, y, text, size, **how)

    def ended(self: Pen) -> None:
        inside = [
            t
            for x, y, t in writings
            for left, top in squares
            if 0 < x - left < 45 * MM and 0 < y - top < 45 * MM
        ]
        clear.append((len(squares), inside))
        squares.clear()
        writings.clear()
        end(self)

    monkeypatch.setattr(Pen, "box", boxed)
    monkeypatch.setattr(Pen, "text", written)
    monkeypatch.setattr(Pen, "end_page", ended)
    for size in (16, 28):
        for draw in (
            lambda size=size: render_sheet(replace(make_sheet(12), font_pt=size), paper=paper),
            lambda size=size: render_notice(replace(make_notice(12), font_pt=size), paper=paper),
            lambda size=size: both(paper, size),
        ):
            clear.clear()
            draw()
            drawn = [words for count, words in clear if count]
            assert sum(count for count, _words in clear) % 2 == 0
            assert drawn
            assert all(drawn)
            assert all(word.startswith("Date:") for words in drawn for word in words)
