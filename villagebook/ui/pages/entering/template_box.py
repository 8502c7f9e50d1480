"""Saved entries (常用凭证) of one door in a small window: take one, keep what is in the form, rename, remove."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from villagebook.domain.document import Document
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.vouchers import templates
from villagebook.ui.page import Page
from villagebook.ui.problems import EXPECTED, as_findings
from villagebook.ui.theme import em
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, card, text


class TemplateBox(QDialog):
    """`taken` carries the document that was recalled. `content` is what can be saved, None when there is nothing to save."""

    taken = Signal(object)

    def __init__(self, page: Page, kind: DocKind, content: Document | None, *, recall: bool = True) -> None:
        super().__init__(page)
        self._page, self._kind, self._content = page, kind, content
        self._found: tuple[templates.Template, ...] = ()
        self._sure = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Saved entries: {door}").format(door=names.kind_title(kind)))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Saved entries"))
        self.list.itemActivated.connect(lambda _item: self._use())
        self.list.currentRowChanged.connect(lambda _row: self._tell())
        self.state = text("", "quiet")
        self.findings = FindingsPanel()
        column = QVBoxLayout(self)
        for widget in (self.state, self.list, self._row(recall), self._saving(), self.findings):
            column.addWidget(widget)
        self.resize(em(40), em(28))
        self._show()
        (self.name if content is not None and not recall else self.list).setFocus()

    def _row(self, recall: bool) -> QWidget:
        bar = QWidget()
        flow = Flow(bar, right=True)
        self.use = button(_("&Take it"), main=True)
        self.use.setVisible(recall)
        self.rename_button, self.remove_button = button(_("Re&name")), button(_("&Remove"))
        closing = button(_("&Close"))
        for made, act in (
            (self.use, self._use),
            (self.rename_button, self._rename),
            (self.remove_button, self._remove),
            (closing, self.close),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(act)
            flow.addWidget(made)
        return bar

    def _saving(self) -> QWidget:
        frame, column = card()
        words = _("Keep what is in the form as a saved entry, or give the marked one another name")
        column.addWidget(text(words, "quiet"))
        self.name = QLineEdit()
        self.name.setMaxLength(templates.LONGEST)
        self.name.setPlaceholderText(_("Name"))
        self.name.setAccessibleName(_("Name of the saved entry"))
        self.amounts = QCheckBox(_("with &amounts"))
        self.save_button = button(_("&Save as a saved entry"))
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self._save)
        self.save_button.setEnabled(self._content is not None)
        row = QHBoxLayout()
        for widget, stretch in ((self.name, 1), (self.amounts, 0), (self.save_button, 0)):
            row.addWidget(widget, stretch)
        column.addLayout(row)
        return frame

    # ---- showing ----

    def _show(self, chosen: str = "") -> None:
        self._found = templates.templates(self._page.book, self._kind)
        self.list.clear()
        for number, one in enumerate(self._found):
            amount = yuan_text(one.total_fen) if one.total_fen else _("without amounts")
            item = QListWidgetItem(f"{one.name}    {one.summary}    {amount}")
            self.list.addItem(item)
            if one.id == chosen or number == 0:
                self.list.setCurrentRow(number)
        self._tell()

    def _tell(self) -> None:
        self._sure = ""
        none = _("Nothing saved yet. Type a name below and keep what is in the form.")
        self.state.setText(_("Enter takes the marked entry.") if self._found else none)
        for made in (self.use, self.rename_button, self.remove_button):
            made.setEnabled(self._marked() is not None)

    def _marked(self) -> templates.Template | None:
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    # ---- verbs ----

    def _use(self) -> None:
        marked = self._marked()
        if marked is None:
            return
        by = self._page.session.by()
        self._attempt(lambda: self._give(templates.recall(self._page.book, marked.id, by)))

    def _give(self, document: Document) -> None:
        self.taken.emit(document)
        self.close()

    def _save(self) -> None:
        content = self._content
        if content is None:
            return

        def act() -> None:
            by = self._page.session.by()
            name, amounts = self.name.text(), self.amounts.isChecked()
            made = templates.save(self._page.book, content, name, by, amounts=amounts)
            self.name.clear()
            self._show(made.id)
            self._page.session.say(
                _("Saved entry “{name}” is kept; F4 brings it back.").format(name=made.name)
            )

        self._attempt(act)

    def _rename(self) -> None:
        marked = self._marked()
        if marked is None:
            return

        def act() -> None:
            templates.rename(self._page.book, marked.id, self.name.text())
            self.name.clear()
            self._show(marked.id)

        self._attempt(act)

    def _remove(self) -> None:
        """The second press removes; the first says what would go."""
        marked = self._marked()
        if marked is None:
            return
        if self._sure != marked.id:
            self._sure = marked.id
            self.state.setText(_("Press again to remove “{name}”.").format(name=marked.name))
            return
        self._attempt(lambda: templates.remove(self._page.book, marked.id))
        self._show()

    def _attempt(self, act: Callable[[], object]) -> None:
        self.findings.clear()
        try:
            act()
        except EXPECTED as error:
            self.findings.show_findings(as_findings(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is marked, or saves while the name is typed; Delete in the list removes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save() if self.name.hasFocus() else self._use()
        elif event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._remove()
        else:
            super().keyPressEvent(event)
