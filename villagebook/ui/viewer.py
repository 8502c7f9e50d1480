"""A window that shows one PDF or picture, prints it and saves it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageWriter, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services import files, pictures
from villagebook.services.books import Book
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.pdf_view import PdfView

PDF = "application/pdf"


class Viewer(QDialog):
    """Not modal: the page behind stays usable."""

    def __init__(self, title: str, data: bytes, media_type: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self._data, self._type = title, data, media_type
        self.view = PdfView()
        if media_type == PDF:
            self.view.show_pages(
                pictures.pdf_page_count(data), lambda page, width: pictures.pdf_page_png(data, page, width)
            )
        else:
            self.view.show_pages(1, lambda _page, width: _scaled(data, width))
        bar = QWidget()
        flow = Flow(bar, right=True)
        printing = button(_("&Print…"), main=True)
        saving = button(_("Save &as…"))
        closing = button(_("&Close"))
        printing.clicked.connect(lambda: print_pdf(self, data) if media_type == PDF else None)
        printing.setVisible(media_type == PDF)
        saving.clicked.connect(self._save)
        closing.clicked.connect(self.close)
        QShortcut(QKeySequence("Ctrl+P"), self, printing.click)
        for widget in (printing, saving, closing):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addWidget(bar)
        self.resize(em(58), em(44))
        self.view.setFocus()

    @classmethod
    def of_object(cls, book: Book, sha256: str, parent: QWidget | None = None) -> Viewer:
        """For a paper stored in the book."""
        media_type, data = files.object_bytes(book, sha256)
        return cls(_("Paper {seal}").format(seal=sha256[:8]), data, media_type, parent)

    def _save(self) -> None:
        ending = ".pdf" if self._type == PDF else "." + self._type.rpartition("/")[2].replace("jpeg", "jpg")
        save_bytes(self, self._data, self._title + ending)


def _scaled(data: bytes, width: int) -> bytes:
    """A picture as wide as the view; PNG like the pages of a PDF."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    image = QImage.fromData(data)
    if image.isNull():
        return data
    small = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(small)
    return bytes(held.data())


def save_bytes(parent: QWidget, data: bytes, name: str) -> Path | None:
    """Ask where, write, and return the path; None when the user thought better of it. Raises KnownError."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Save as"), name)
    if not chosen:
        return None
    path = Path(chosen)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise KnownError(
            _("{path} cannot be written: {why}.").format(path=path, why=error.strerror),
            _("Choose another place."),
        ) from None
    return path


def print_pdf(parent: QWidget, pdf: bytes) -> None:
    """Print every page as it is on the sheet, through the system's own print dialog."""
    from PySide6.QtGui import QPageLayout
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return
    pages = pictures.pdf_page_count(pdf)
    first = QImage.fromData(pictures.pdf_page_png(pdf, 0, 200))
    if first.width() > first.height():
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFullPage(True)
    painter = QPainter(printer)
    try:
        for number in range(pages):
            if number:
                printer.newPage()
            sheet = painter.viewport()
            width = min(sheet.width(), 4000)
            picture = QImage.fromData(pictures.pdf_page_png(pdf, number, width))
            size = picture.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            sheet.setSize(size)
            painter.drawImage(sheet, picture)
    finally:
        painter.end()
