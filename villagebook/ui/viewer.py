"""A window that shows one PDF or picture, prints it and saves it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageWriter, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.services import files, pictures
from villagebook.services.book_file.books import Book
from villagebook.ui.printing import print_pdf
from villagebook.ui.saving import save_bytes
from villagebook.ui.theme import open_at
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.pdf_view import PdfView
from villagebook.ui.widgets.trouble import Trouble

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
        self.trouble = Trouble()
        bar = QWidget()
        flow = Flow(bar, right=True)
        printing = button(_("&Print…"), main=True)
        saving = button(_("Save &as…"))
        opening = button(_("Save and &open…"))
        closing = button(_("&Close"))
        printing.clicked.connect(lambda: self.trouble.attempt(lambda: print_pdf(self, data)))
        printing.setVisible(media_type == PDF)
        saving.clicked.connect(lambda: self.trouble.attempt(self._save))
        opening.clicked.connect(lambda: self.trouble.attempt(self._save_and_open))
        closing.clicked.connect(self.close)
        QShortcut(QKeySequence("Ctrl+P"), self, printing.click)
        for widget in (printing, saving, opening, closing):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addWidget(self.trouble)
        column.addWidget(bar)
        open_at(self, 58, 44)
        self.view.setFocus()

    @classmethod
    def of_object(cls, book: Book, sha256: str, parent: QWidget | None = None) -> Viewer:
        """For a paper stored in the book."""
        media_type, data = files.object_bytes(book, sha256)
        return cls(_("Paper {seal}").format(seal=sha256[:8]), data, media_type, parent)

    def _save_and_open(self) -> None:
        from villagebook.ui.printing import open_file

        if path := self._save():
            open_file(path)

    def _save(self) -> Path | None:
        ending = ".pdf" if self._type == PDF else "." + self._type.rpartition("/")[2].replace("jpeg", "jpg")
        return save_bytes(self, self._data, self._title + ending)


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
