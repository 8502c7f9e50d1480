"""What is printed is as large as the page; other forms of a notice are made from the page of notices."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.reports.reading import page_codes, page_sizes_mm, page_texts
from tests.reports.samples import make_notice
from villagebook.domain.errors import KnownError
from villagebook.reports.notice_pdf import render_notice
from villagebook.reports.pen import MM
from villagebook.reports.print_test import CODE, SEAL, render_print_test
from villagebook.services.disclosure import paper_forms
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.board.notice import NoticePage
from villagebook.ui.pages.setting_up.settings import SettingsPage
from villagebook.ui.printing import check_sheet, paint_pages, set_page
from villagebook.ui.viewer import Viewer

PATH = 2
"""What pypdfium2 calls a line or a frame on a page."""


def printed(pdf: bytes, path: Path) -> bytes:
    """Through the same way as on a printer, into a file."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    paint_pages(printer, pdf)
    return path.read_bytes()


def first_page(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        drawn: Image.Image = document[0].render(scale=1).to_pil()
    return drawn.convert("L")


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_a_page_comes_out_of_the_printer_true_to_size(qtbot: QtBot, tmp_path: Path, paper: str) -> None:
    pdf = render_print_test(paper)
    out = printed(pdf, tmp_path / "out.pdf")
    assert page_sizes_mm(out) == page_sizes_mm(pdf)
    assert page_codes(out, 0, dpi=200) == [CODE]
    before, after = first_page(pdf), first_page(out).resize(first_page(pdf).size)
    small = (before.width // 6, before.height // 6)
    greys = ImageChops.difference(before.resize(small), after.resize(small))
    assert sum(greys.histogram()[110:]) < 0.01 * small[0] * small[1]


def test_every_page_of_a_notice_is_printed(qtbot: QtBot, tmp_path: Path) -> None:
    pdf = render_notice(make_notice(30))
    out = printed(pdf, tmp_path / "out.pdf")
    with pypdfium2.PdfDocument(pdf) as one, pypdfium2.PdfDocument(out) as other:
        assert len(one) == len(other) > 1
    assert page_sizes_mm(out) == {(420, 297)}


def test_a_sheet_that_is_too_small_is_refused_and_nothing_is_shrunk(qtbot: QtBot, tmp_path: Path) -> None:
    pdf = render_notice(make_notice(5))
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    set_page(printer, (420, 297))
    check_sheet(printer, pdf)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0)
    )
    printer.setPageLayout(layout)
    with pytest.raises(KnownError, match="210 x 297 mm") as caught:
        check_sheet(printer, pdf)
    assert "poster" in caught.value.hint


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_the_test_page_has_a_seal_of_42_mm_rulers_the_smallest_type_and_no_grey(paper: str) -> None:
    data = render_print_test(paper)
    (text,) = page_texts(data)
    assert "14 pt" in text
    assert "𠅤" in text
    assert page_codes(data, 0) == [CODE]
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        frames = [item.get_bounds() for item in page.get_objects() if item.type == PATH]
        picture = page.render(scale=4, no_smoothpath=True, no_smoothtext=True).to_pil().convert("L")
    squares = [(right - left, top - bottom) for left, bottom, right, top in frames]
    assert any(abs(w - SEAL) < 1.5 and abs(h - SEAL) < 1.5 for w, h in squares)
    ticks = sorted({round(left / MM, 1) for left, _b, right, _t in frames if right - left < 1.5})
    assert sum(1 for a, b in pairwise(ticks) if abs(b - a - 1) < 0.11) > 150
    assert {shade for _count, shade in picture.getcolors() or ()} <= {0, 255}


def forms_menu(page: NoticePage) -> QMenu:
    menu = page.forms.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def test_other_forms_are_made_from_the_page_of_notices(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.go("page:notice")
    page = window.page()
    assert isinstance(page, NoticePage)
    qtbot.waitUntil(lambda: not page.session.lane.busy and page._made is not None)
    actions = {a.text(): a for a in forms_menu(page).actions()}
    posters = actions["Poster of A4 sheets"].menu()
    assert isinstance(posters, QMenu)
    assert [a.text() for a in posters.actions()][-1] == "25 sheets, 119 x 84 cm"
    page.forms.make("poster", 4)
    qtbot.waitUntil(lambda: bool(page.findChildren(Viewer)))
    page.findChildren(Viewer)[-1].close()
    page.forms.make("loudspeaker")
    qtbot.waitUntil(lambda: bool(page.findChildren(QPlainTextEdit)))
    assert "At the end there is" in page.findChildren(QPlainTextEdit)[-1].toPlainText() or (
        "本期结存" in page.findChildren(QPlainTextEdit)[-1].toPlainText()
    )
    target = tmp_path / "group.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.forms.make("chat")
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not page.session.lane.busy)
    assert Image.open(io.BytesIO(target.read_bytes())).width == paper_forms.CHAT_WIDTH


def test_the_settings_show_the_test_page(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    from villagebook.ui.pages.board.paper_forms_menu import show_test_page

    show_test_page(page, "A4")
    (viewer,) = page.findChildren(Viewer)
    assert viewer.windowTitle() == "Print test page"
    viewer.close()
