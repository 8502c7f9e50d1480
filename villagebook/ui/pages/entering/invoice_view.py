"""What the file of an invoice says, in a window: XML and OFD have no picture of their own here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.services.invoicing import invoice_files, invoice_reading, invoice_words
from villagebook.ui.saving import save_bytes
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.trouble import Trouble

FILES = {"application/xml": "invoice.xml", "application/ofd": "invoice.ofd"}
"""Media type -> name a copy is saved under."""


class InvoiceView(QDialog):
    """Not modal: the page behind stays usable. The original is saved as the very bytes that came."""

    def __init__(self, data: bytes, name: str, parent: QWidget) -> None:
        """Raises KnownError for a file that cannot be read as an invoice."""
        super().__init__(parent)
        looked = invoice_files.look_at(data, name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What the invoice file says"))
        self.words = QPlainTextEdit("\n".join(line.strip() for line in invoice_reading.as_lines(looked)[1:]))
        self.words.setReadOnly(True)
        self.words.setAccessibleName(self.windowTitle())
        bar = QWidget()
        flow = Flow(bar, right=True)
        saving, closing = button(_("Save &as…")), button(_("&Close"), main=True)
        self.trouble = Trouble()
        saving.clicked.connect(lambda: self.trouble.attempt(lambda: save_bytes(self, data, name)))
        closing.clicked.connect(self.close)
        flow.addWidget(saving)
        flow.addWidget(closing)
        column = QVBoxLayout(self)
        column.addWidget(self.words, 1)
        column.addWidget(text(invoice_words.what_it_proves(), "quiet"))
        column.addWidget(self.trouble)
        column.addWidget(bar)
        self.resize(em(42), em(26))
        closing.setFocus()
