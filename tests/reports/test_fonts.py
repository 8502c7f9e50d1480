"""What the fonts lack is said and shown; what they have can be searched for and copied."""

from __future__ import annotations

import subprocess
import sys

from reportlab.pdfbase import ttfonts

from tests.reports.reading import page_texts
from villagebook.reports.fonts import MISSING, face, mend_text_layer, missing_glyphs, printable
from villagebook.reports.pen import Pen
from villagebook.reports.wrapping import balanced, wrap

RARE = "吴𠅤与㛃䶮龑喆堃玥"


def test_names_beyond_the_bmp_come_out_of_the_pdf_as_they_went_in() -> None:
    pen = Pen(300, 200, RARE)
    pen.text(20, 50, RARE, 16)
    pen.text(20, 90, RARE, 16, bold=True)
    pen.end_page()
    assert page_texts(pen.finish())[0].count(RARE) == 2


def test_mending_twice_or_a_reportlab_that_is_right_changes_nothing() -> None:
    face()
    mended = ttfonts.makeToUnicodeCMap
    mend_text_layer()
    assert ttfonts.makeToUnicodeCMap is mended
    assert "<D840DD64>" in mended("F", [0x4E2D, 0x20164])
    assert "<4E2D>" in mended("F", [0x4E2D, 0x20164])


def test_missing_glyphs_are_named_once_each_and_drawn_as_a_square() -> None:
    assert missing_glyphs(["村委会", "𪚥甲𪚥", "乙\U0002f8a0\n"]) == ("𪚥", "\U0002f8a0")
    assert printable("甲𪚥乙") == f"甲{MISSING}乙"


def test_invisible_signs_are_no_missing_glyphs() -> None:
    assert missing_glyphs(["甲\t乙\r\n丙\u200b丁\ufe00"]) == ()
    assert printable("甲\t乙\u200b丙\ufe00") == "甲 乙丙"


def test_figures_of_both_weights_are_all_of_one_width() -> None:
    for bold in (False, True):
        assert len({face(bold).measure(digit, 10) for digit in "0123456789"}) == 1


def test_no_line_is_wider_than_asked_and_nothing_is_lost() -> None:
    text = (
        "付修补二组机耕路人工费(李大山等6人),共14个工日。INV-25372000000012345678/A https://example.org/"
        + "x" * 90
    )
    for width in (12.0, 40.0, 77.7, 200.0):
        lines = wrap(text, width, 11)
        assert all(face().measure(line, 11) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_punctuation_does_not_begin_a_line_and_words_stay_whole() -> None:
    lines = wrap("甲乙丙丁,戊己庚(辛壬)癸 voucher number", 50, 10)
    assert not any(line[0] in ",。)" for line in lines)
    assert not any(line.endswith("(") for line in lines)
    assert "voucher" in lines


def test_a_title_of_two_lines_has_lines_of_like_length() -> None:
    first, second = balanced("青石镇清水湾村股份经济合作社财务收支逐笔公开表", 400, 20, bold=True)
    assert abs(len(first) - len(second)) <= 3


def test_importing_the_printing_room_loads_no_printing_library() -> None:
    code = (
        "import sys, villagebook.reports.notice_pdf, villagebook.reports.slip_pdf, villagebook.reports.table_pdf, "
        "villagebook.reports.table_xlsx; print(sorted({'reportlab', 'openpyxl', 'segno'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
