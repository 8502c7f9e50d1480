"""The fields about paper and people that money in and money out share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from villagebook.domain.document import Attachment, Support
from villagebook.domain.finding import Finding
from villagebook.i18n import _
from villagebook.services import files, names
from villagebook.ui.page import Page
from villagebook.ui.problems import EXPECTED, as_findings
from villagebook.ui.theme import em
from villagebook.ui.widgets.attachment_list import AttachmentList
from villagebook.ui.widgets.pickers import Choice


class SupportField(QWidget):
    """Kind and number of the paper behind a document."""

    def __init__(self, kinds: tuple[Support, ...]) -> None:
        super().__init__()
        self.kind = Choice([(k.value, names.support_title(k)) for k in kinds])
        self.number = QLineEdit()
        self.number.setPlaceholderText(_("Paper no."))
        self.number.setAccessibleName(_("Number of the paper"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(em(0.3))
        row.addWidget(self.kind, 1)
        row.addWidget(self.number, 1)
        self.setFocusProxy(self.kind)

    def support(self) -> Support:
        return Support(self.kind.value())

    def show_support(self, support: Support, number: str) -> None:
        self.kind.set_value(support.value)
        self.number.setText(number)
        self.number.setCursorPosition(0)


def attachments_for(page: Page) -> AttachmentList:
    """A list that stores files in the page's book and opens them in the viewer."""

    def store(paths: Sequence[Path]) -> tuple[Attachment, ...]:
        """What can be kept is; what cannot is told, file by file."""
        kept: list[Attachment] = []
        wrong: list[Finding] = []
        for path in paths:
            try:
                kept.append(files.store_file(page.book, path, path.name))
            except EXPECTED as error:
                wrong.extend(as_findings(error))
        page.show_findings(tuple(wrong))
        return tuple(kept)

    made = AttachmentList(store)
    made.opened.connect(lambda sha256: show_object(page, sha256))
    return made


def show_object(page: Page, sha256: str) -> None:
    """Look at a stored paper in a window of its own; of a file without a picture, at what it says."""
    from villagebook.ui.pages.entering.invoice_view import FILES, InvoiceView
    from villagebook.ui.viewer import Viewer

    def look() -> QDialog:
        media_type, data = files.object_bytes(page.book, sha256)
        if media_type in FILES:
            return InvoiceView(data, FILES[media_type], page)
        return Viewer.of_object(page.book, sha256, page)

    page.attempt(look, lambda viewer: viewer.show())
