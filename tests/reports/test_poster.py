"""A poster shows the whole paper, once enlarged, and neighbouring sheets show the same strip."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.reports.board_samples import make_sheet
from tests.reports.reading import page_sizes_mm
from tests.reports.samples import make_notice
from villagebook.reports.notice_paper import LEAST_PT, PAPERS
from villagebook.reports.notice_pdf import render_notice
from villagebook.reports.pen import MM
from villagebook.reports.poster import LARGEST, MARGIN, OVERLAP, SHEETS, Plan, plan
from villagebook.reports.sheet_pdf import render_sheet

SCALE = 2.0
"""Pixels per point of the untiled page."""


def picture(data: bytes, page: int, scale: float) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        drawn: Image.Image = document[page].render(scale=scale).to_pil()
    return drawn.convert("L")


def shown(data: bytes, number: int, scale: float) -> Image.Image:
    """What one sheet shows of the paper, without its margins."""
    sheet = picture(data, number, scale)
    margin = round(MARGIN * scale)
    return sheet.crop((margin, margin, sheet.width - margin, sheet.height - margin))


def glued(data: bytes, made: Plan, scale: float) -> Image.Image:
    """All sheets of the first page laid as the marks say: each over the last strip of its neighbours."""
    whole = Image.new("L", (round(made.width * scale), round(made.height * scale)), 255)
    for row in range(made.rows):
        for column in range(made.columns):
            left = column * (made.sheet_width - 2 * MARGIN - OVERLAP) * scale
            top = row * (made.sheet_height - 2 * MARGIN - OVERLAP) * scale
            whole.paste(shown(data, row * made.columns + column, scale), (round(left), round(top)))
    return whole


@pytest.mark.parametrize(("paper", "sheets"), [("A3", 4), ("A4", 2), ("A4", 6), ("A3", 25)])
def test_the_sheets_together_show_the_whole_paper(paper: str, sheets: int) -> None:
    made = plan(PAPERS[paper].width, PAPERS[paper].height, sheets)
    scale = SCALE / made.scale
    data = render_sheet(make_sheet(), paper=paper, poster=sheets)
    poster = glued(data, made, scale)
    page = picture(render_sheet(make_sheet(), paper=paper), 0, SCALE)
    left, top = made.offset(0, 0)
    corner = (round(left * scale), round(top * scale))
    part = poster.crop((*corner, corner[0] + page.width, corner[1] + page.height))
    assert part.size == page.size
    different = ImageChops.difference(
        part.resize((page.width // 6, page.height // 6), Image.Resampling.BOX),
        page.resize((page.width // 6, page.height // 6), Image.Resampling.BOX),
    )
    # a pixel of rounding per sheet greys the edges of letters; something missing would be whole black patches
    assert sum(different.histogram()[128:]) < 0.002 * different.width * different.height
    assert ImageChops.invert(part).getbbox() is not None


def test_a_strip_of_ten_millimetres_is_the_same_on_neighbours() -> None:
    made = plan(PAPERS["A3"].width, PAPERS["A3"].height, 4)
    data = render_notice(make_notice(30), poster=4)
    strip = round(OVERLAP)
    first, right, below = shown(data, 0, 1), shown(data, 1, 1), shown(data, 2, 1)
    sides = (
        (
            first.crop((first.width - strip, 0, first.width, first.height)),
            right.crop((0, 0, strip, right.height)),
        ),
        (
            first.crop((0, first.height - strip, first.width, first.height)),
            below.crop((0, 0, below.width, strip)),
        ),
    )
    assert (made.columns, made.rows) == (2, 2)
    for here, there in sides:
        assert ImageChops.invert(here).getbbox() is not None
        greys = ImageChops.difference(
            here.resize((here.width // 4, here.height // 4)),
            there.resize((here.width // 4, here.height // 4)),
        )
        assert sum(greys.histogram()[160:]) < 0.02 * greys.width * greys.height


def test_the_largest_poster_is_84_by_119_centimetres() -> None:
    for paper in PAPERS.values():
        made = plan(paper.width, paper.height, 25)
        sides = sorted((paper.width * made.scale, paper.height * made.scale))
        assert [round(side / MM) for side in sides] == [841, 1189]
        for sheets in SHEETS[1:]:
            made = plan(paper.width, paper.height, sheets)
            assert max(paper.width, paper.height) * made.scale <= LARGEST[1] + 1


def test_every_sheet_is_an_a4_and_each_page_of_the_paper_has_all_its_sheets() -> None:
    data = render_notice(make_notice(30), poster=9)
    with pypdfium2.PdfDocument(render_notice(make_notice(30))) as document:
        pages = len(document)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 9 * pages
        layer = document[5].get_textpage()
        assert "row 2 of 3, column 3 of 3" in layer.get_text_range()
        layer.close()
    assert page_sizes_mm(data) == {(297, 210)}


def test_a_poster_never_has_smaller_type_than_the_paper() -> None:
    for paper in PAPERS.values():
        for sheets in SHEETS:
            try:
                made = plan(paper.width, paper.height, sheets)
            except ValueError:
                assert (paper.name, sheets) == ("A3", 2)
                continue
            assert made.scale * paper.small >= LEAST_PT


def test_the_same_poster_has_the_same_bytes() -> None:
    assert render_sheet(make_sheet(), poster=4) == render_sheet(make_sheet(), poster=4)
