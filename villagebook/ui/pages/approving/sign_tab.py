"""What the four sides of a document that waits have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebook.services.approvals.sign_queue import QueueRow
from villagebook.services.vouchers.documents import DocumentView
from villagebook.ui.pages.approving.sign_host import SignHost
from villagebook.ui.widgets.forms import Scroll


class SignTab(Scroll):
    """One side of a document that waits; scrolls when the window is low."""

    def __init__(self, page: SignHost) -> None:
        super().__init__()
        self.page = page
        self.row: QueueRow | None = None
        self.view: DocumentView | None = None
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.build()
        self.column.addStretch(1)
        self.hold(inner)

    def build(self) -> None:
        """Make the widgets."""
        raise NotImplementedError

    def show_document(self, row: QueueRow | None, view: DocumentView | None) -> None:
        """Show another document, or none."""
        self.row, self.view = row, view
        if row is not None and view is not None:
            self.fill(row, view)

    def fill(self, row: QueueRow, view: DocumentView) -> None:
        raise NotImplementedError
