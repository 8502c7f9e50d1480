"""Papers behind a document: drop files here, paste, or choose them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from villagebook.domain.document import Attachment
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text


class DropBox(QFrame):
    """A place that takes files; `dropped` carries their paths."""

    dropped = Signal(object)

    def __init__(self, words: str, choose: str, pattern: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setProperty("role", "card")
        self._pattern = pattern
        self._title = choose.replace("&", "")
        self.choose_button = button(choose, self._choose)
        row = Flow(self)
        row.setContentsMargins(em(0.6), em(0.4), em(0.6), em(0.4))
        row.addWidget(text(words, "quiet", wrap=False))
        row.addWidget(self.choose_button)

    def _choose(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, self._title, "", self._pattern)
        if names:
            self.dropped.emit([Path(n) for n in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if found:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(found)


class AttachmentList(QWidget):
    """The papers of one document, each with a button to look at it and one to take it out again."""

    changed = Signal()
    opened = Signal(str)

    def __init__(
        self, store: Callable[[Sequence[Path]], Iterable[Attachment]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._kept: tuple[Attachment, ...] = ()
        self._drop = DropBox(
            _("Drop the papers here"),
            _("&Browse…"),
            _("Papers (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.pdf *.ofd *.xml);;All files (*)"),
        )
        self._drop.dropped.connect(self._take)
        self._rows = QWidget()
        self._flow = Flow(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em(0.3))
        layout.addWidget(self._drop)
        layout.addWidget(self._rows)
        self._rows.setVisible(False)
        self.setFocusProxy(self._drop.choose_button)

    def attachments(self) -> tuple[Attachment, ...]:
        return self._kept

    def set_attachments(self, kept: tuple[Attachment, ...]) -> None:
        """Show these; `changed` is not emitted."""
        self._kept = kept
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        for paper in kept:
            self._flow.addWidget(self._chip(paper))
        self._rows.setVisible(bool(kept))

    def _chip(self, paper: Attachment) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        look = button(paper.name if len(paper.name) <= 24 else paper.name[:21] + "…", link=True)
        look.setToolTip(paper.name)
        look.clicked.connect(lambda: self.opened.emit(paper.sha256))
        out = button("×")
        out.setAccessibleName(_("Take out {name}").format(name=paper.name))
        out.setToolTip(out.accessibleName())
        out.clicked.connect(lambda: self._remove(paper))
        row.addWidget(look)
        row.addWidget(out)
        return chip

    def _take(self, files: list[Path]) -> None:
        for paper in self._store(files):
            if paper.sha256 not in {k.sha256 for k in self._kept}:
                self._kept = (*self._kept, paper)
        self.set_attachments(self._kept)
        self.changed.emit()

    def _remove(self, paper: Attachment) -> None:
        self.set_attachments(tuple(k for k in self._kept if k != paper))
        self.changed.emit()
