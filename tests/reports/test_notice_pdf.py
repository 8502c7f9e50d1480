"""The sheet on the wall says what the notice says, on every page, in the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from tests.reports.reading import darkest, page_codes, page_sizes_mm, page_texts
from tests.reports.samples import make_notice
from villagebook import i18n
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import ClassState, NoticeLine, notice_code
from villagebook.domain.numerals import capital_amount
from villagebook.reports.notice_pdf import render_notice

PAPERS = ("A3", "A4")


def squeezed(text: str) -> str:
    """Without spaces: a wrapped cell is read back with its lines run together."""
    return text.replace(" ", "")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_line_is_on_the_paper_with_all_its_words_and_figures(paper: str) -> None:
    notice = make_notice(40)
    text = squeezed("".join(page_texts(render_notice(notice, paper=paper))))
    for line in notice.lines:
        assert yuan_text(line.income_fen or line.spending_fen) in text
        for cell in (line.summary, line.voucher, line.party, line.remark, line.day[5:]):
            assert squeezed(cell) in text
    assert "吴𠅤(5组)" in text


@pytest.mark.parametrize("paper", PAPERS)
def test_totals_places_and_capitals_are_those_of_the_notice(paper: str) -> None:
    notice = make_notice(20)
    text = squeezed("".join(page_texts(render_notice(notice, paper=paper))))
    figures = [notice.opening_fen, notice.income_fen, notice.spending_fen, notice.closing_fen]
    figures += [notice.year_income_fen, notice.year_spending_fen, notice.rejected_fen]
    figures += [fen for place in notice.balances for fen in (place.opening_fen, place.closing_fen)]
    figures += [line.spending_fen for line in notice.transfers]
    for fen in figures:
        assert yuan_text(fen) in text
    assert capital_amount(notice.spending_fen) in text
    for words in (
        *notice.excluded,
        *notice.reviewers,
        *notice.places_to_post,
        *(name for _post, name in notice.officials),
    ):
        assert squeezed(words) in text


def test_a_class_without_anything_says_so() -> None:
    notice = make_notice(3, classes=(ClassState("财务计划", ""), ClassState("各项收入", "两类")))
    text = "".join(page_texts(render_notice(notice)))
    assert "1. 财务计划: None in this period." in text
    assert "2. 各项收入: 两类" in text


@pytest.mark.parametrize(("paper", "size"), [("A3", (420, 297)), ("A4", (210, 297))])
def test_the_paper_has_the_size_that_was_asked_for(paper: str, size: tuple[int, int]) -> None:
    assert page_sizes_mm(render_notice(make_notice(5), paper=paper)) == {size}


@pytest.mark.parametrize("paper", PAPERS)
def test_each_of_many_pages_has_number_title_seal_and_the_four_totals(paper: str) -> None:
    notice = make_notice(139)
    pages = page_texts(render_notice(notice, paper=paper))
    assert len(pages) > 5
    seal = notice.content_hash()
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert notice.title in text
        assert notice.number in text
        assert f"{seal[:8]} {seal[8:16]}" in text
        for fen in (notice.opening_fen, notice.income_fen, notice.spending_fen, notice.closing_fen):
            assert yuan_text(fen) in text


def test_the_headings_stand_over_the_lines_of_every_page() -> None:
    pages = page_texts(render_notice(make_notice(139)))
    with_lines = [text for text in pages if "This page" in text]
    assert len(with_lines) > 5
    assert all("Voucher" in text and "Payer or payee" in text for text in with_lines)


def test_the_sums_of_the_pages_add_up_to_the_total_even_when_a_line_goes_over_the_page() -> None:
    lines = list(make_notice(60).lines)
    lines[20] = replace(lines[20], summary="付村道硬化工程款," * 90)
    notice = make_notice(60, lines=tuple(lines))
    pages = page_texts(render_notice(notice, paper="A4"))
    counts = [int(found) for text in pages for found in re.findall(r"This page\s+(\d+) entr", text)]
    assert sum(counts) == 60


def test_a_single_page_of_lines_has_no_page_sum() -> None:
    assert "This page" not in "".join(page_texts(render_notice(make_notice(4))))


@pytest.mark.parametrize("paper", PAPERS)
def test_very_long_words_and_texts_are_wrapped_and_kept_whole(paper: str) -> None:
    word, story = "INVOICE" * 30, "付村道硬化工程款第一标段" * 40
    lines = list(make_notice(6).lines)
    lines[1] = replace(lines[1], summary=word, remark="")
    lines[2] = replace(lines[2], summary=story, remark="")
    pages = page_texts(render_notice(make_notice(6, lines=tuple(lines)), paper=paper))
    text = squeezed("".join(pages))
    assert word in text
    assert text.count("付村道硬化工程款第一标段") >= 38  # a piece cut by a page break is read in two parts


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_written_beyond_the_edge_of_the_paper_or_into_the_footer(paper: str) -> None:
    lines = list(make_notice(139).lines)
    lines[7] = replace(
        lines[7], spending_fen=10**13, party="山东省青石建设工程集团有限责任公司清水湾村项目部"
    )
    data = render_notice(make_notice(139, lines=tuple(lines)), paper=paper)
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            width, height = page.get_size()
            layer = page.get_textpage()
            for index in range(layer.count_rects()):
                left, bottom, right, top = layer.get_rect(index)
                assert 36 <= left <= right <= width - 36
                assert 20 <= bottom <= top <= height - 28
            layer.close()
            page.close()


def test_the_code_is_on_the_first_and_the_last_page_and_a_phone_can_read_it() -> None:
    notice = make_notice(40)
    for paper in PAPERS:
        data = render_notice(notice, paper=paper)
        with pypdfium2.PdfDocument(data) as document:
            last = len(document) - 1
        assert page_codes(data, 0) == [notice_code(notice)]
        assert page_codes(data, last) == [notice_code(notice)]


def test_only_a_draft_carries_a_watermark_and_on_every_page() -> None:
    final, draft = (render_notice(make_notice(40), draft=value) for value in (False, True))
    assert not any("DRAFT" in text for text in page_texts(final))
    assert all("DRAFT" in text for text in page_texts(draft))
    for page, _text in enumerate(page_texts(draft)):
        assert darkest(final, page) <= {255}
        assert max(darkest(draft, page) - {255}) > 200


def test_a_draft_and_a_final_have_the_same_pages_but_for_the_watermark() -> None:
    final, draft = (page_texts(render_notice(make_notice(40), draft=value)) for value in (False, True))
    assert [text.replace("DRAFT", "") for text in draft] == final


def test_the_same_notice_gives_the_same_bytes() -> None:
    first = render_notice(make_notice(40))
    render_notice(make_notice(7), paper="A4")
    assert render_notice(make_notice(40)) == first


def test_both_fonts_are_inside_the_file() -> None:
    data = render_notice(make_notice(3))
    assert data.count(b"/FontFile2") >= 2
    assert b"NotoSansSC-Regular" in data
    assert b"NotoSansSC-Bold" in data


def test_an_empty_month_is_printed_too() -> None:
    notice = make_notice(
        0, transfers=(), excluded=(), balances=(), classes=(), reviewers=(), officials=(), places_to_post=()
    )
    text = "".join(page_texts(render_notice(notice)))
    assert "Nothing was received or spent" in text
    assert "零元整" in text


def test_a_character_that_no_font_has_is_printed_as_a_square() -> None:
    line = NoticeLine(1, "2025-06-01", "付-0001", "付𪚥某工资", 0, 100, "支出户", "", "", "", "", "")
    assert "付□某工资" in "".join(page_texts(render_notice(make_notice(1, lines=(line,)))))


@pytest.mark.parametrize("paper", PAPERS)
def test_texts_of_a_longer_language_still_fit(paper: str) -> None:
    i18n.set_language(i18n.STRETCHED)
    pages = page_texts(render_notice(make_notice(40), paper=paper))
    assert len(pages) <= (8 if paper == "A3" else 14)  # an upright page of 14 points holds some eight entries


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("villagebook-default 2025.1", "rules: those delivered with the program, version 2025.1."),
        ("清水镇 2026.2", "rules: 清水镇 2026.2."),
    ],
)
def test_the_board_says_whose_parameters_counted(policy: str, told: str) -> None:
    text = "".join(page_texts(render_notice(replace(make_notice(), policy=policy))))
    assert told in " ".join(text.split())
