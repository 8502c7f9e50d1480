"""Printing a PDF true to size through the system's own dialog: nothing is shrunk to a smaller sheet without being asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services import pictures

DPI = 300
"""Enough for a code on the wall and for 14 points; more only makes waiting longer."""

SLACK_MM = 3.0
"""Paper of other countries' sizes differs by less than this from ours."""


def print_pdf(parent: QWidget, pdf: bytes) -> None:
    """Ask for printer and copies, then print every page as large as it is.

    Raises KnownError when the chosen sheet is smaller than the page.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_page(printer, pictures.pdf_page_size_mm(pdf, 0))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    check_sheet(printer, pdf)
    paint_pages(printer, pdf)


def set_page(printer: QPrinter, size_mm: tuple[float, float]) -> None:
    """The next page of a printer becomes as large as this, upright or lying, without margins of its own."""
    width, height = size_mm
    lying = width > height
    size = QPageSize(QSizeF(min(size_mm), max(size_mm)), QPageSize.Unit.Millimeter)
    turned = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def check_sheet(printer: QPrinter, pdf: bytes) -> None:
    """Raises KnownError when the sheet in the printer is smaller than the first page."""
    page = sorted(pictures.pdf_page_size_mm(pdf, 0))
    sheet = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    chosen = sorted((sheet.width(), sheet.height()))
    if any(have + SLACK_MM < need for have, need in zip(chosen, page, strict=True)):
        raise KnownError(
            _("The paper in the printer ({have}) is smaller than the page ({need}).").format(
                have="{:.0f} x {:.0f} mm".format(*chosen), need="{:.0f} x {:.0f} mm".format(*page)
            ),
            _("Choose the page A4, or print a poster of A4 sheets; nothing is shrunk."),
        )


def paint_pages(printer: QPrinter, pdf: bytes) -> None:
    """Every page at its true size, from the upper left corner of the sheet."""
    painter = QPainter()
    for number in range(pictures.pdf_page_count(pdf)):
        size = pictures.pdf_page_size_mm(pdf, number)
        set_page(printer, size)
        if number:
            printer.newPage()
        elif not painter.begin(printer):
            raise KnownError(
                _("The printer does not take anything."), _("Check that it is switched on, or save the PDF.")
            )
        width = round(size[0] / 25.4 * min(DPI, printer.resolution()))
        image = QImage.fromData(pictures.pdf_page_png(pdf, number, width))
        per_mm = printer.resolution() / 25.4
        painter.drawImage(QRectF(0, 0, size[0] * per_mm, size[1] * per_mm), image)
    painter.end()


def open_file(path: Path) -> None:
    """Raises KnownError when the system has no program for it."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise KnownError(
            _("No program of this computer opens {path}.").format(path=path),
            _("Open it yourself, or carry it to a computer with a printer."),
        )
