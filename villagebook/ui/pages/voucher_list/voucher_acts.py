"""What can be done with a posted voucher: print, once more, set right, keep as a saved entry, undo in red."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from villagebook.domain.document import Document
from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.i18n import _
from villagebook.services.vouchers import documents, reversing, voucher_drafts
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.template_box import TemplateBox
from villagebook.ui.pages.voucher_list.voucher_print import PAPERS, print_sheets
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, card, text


class VoucherActs(QWidget):
    """Buttons under a face, and the box for the red reversal. `changed` tells that the voucher was undone."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._sheet: VoucherSheet | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._buttons())
        column.addWidget(self._reverse_box())

    def _buttons(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar)
        self.print_button = button(_("&Print"))
        self.print_button.setToolTip(_("The voucher on paper (Ctrl+P)"))
        self.print_button.setMenu(self._papers())
        flow.addWidget(self.print_button)
        self.copy_button = button(_("Once &more"))
        self.correct_button = button(_("Set ri&ght"))
        self.keep_button = button(_("Save as &template"))
        for made, act, tip in (
            (self.copy_button, self.duplicate, _("A new draft with the same content (Ctrl+D)")),
            (self.correct_button, self.correct, _("A blue correction that names this voucher")),
            (self.keep_button, self.keep, _("Keep the content as a saved entry; F4 brings it back")),
        ):
            made.setToolTip(tip)
            made.clicked.connect(act)
            flow.addWidget(made)
        return bar

    def _reverse_box(self) -> QWidget:
        self.reverse_box, column = card()
        column.addWidget(text(_("Undo this voucher by a red one")))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why?"))
        self.reason.setAccessibleName(_("Reason"))
        self.reversed_on = DateEdit(self._page.session.today)
        self.reversed_on.setAccessibleName(_("Date of the red voucher"))
        act = button(_("&Reverse"), self._reverse)
        row = QHBoxLayout()
        row.setSpacing(em(0.4))
        row.addWidget(self.reason, 1)
        row.addWidget(self.reversed_on)
        row.addWidget(act)
        column.addLayout(row)
        return self.reverse_box

    def show_sheet(self, sheet: VoucherSheet, *, undone: bool) -> None:
        """`undone` hides the reversal: red vouchers and those that a red one undid."""
        self._sheet = sheet
        read_only = self._page.book.read_only
        red = bool(sheet.voucher.reverses)
        for made in (self.copy_button, self.correct_button, self.keep_button):
            made.setVisible(not red and not read_only)
        self.reverse_box.setVisible(not undone and not read_only)
        self.reason.clear()

    def ask_reason(self) -> None:
        """Where a posted voucher is undone; the keys for un-posting lead here."""
        if self.reverse_box.isVisibleTo(self):
            self.reason.setFocus()

    def _papers(self) -> QMenu:
        """One line for each paper a voucher can be printed on."""
        menu = QMenu(self)
        for code, words in PAPERS:
            menu.addAction(_(words), partial(self.print_on, code))
        return menu

    def print_on(self, paper: str) -> None:
        """The voucher on a5, two-on-a4 or half-a4."""
        if self._sheet is not None:
            print_sheets(self._page, (self._sheet,), with_covers=False, paper=paper)

    def duplicate(self) -> None:
        """The same once more, as a draft at the door it came from."""
        self._draft(lambda v: voucher_drafts.duplicate(self._page.book, v, self._page.session.by()))

    def correct(self) -> None:
        self._draft(lambda v: voucher_drafts.correction(self._page.book, v, self._page.session.by()))

    def _draft(self, make: Callable[[str], Document]) -> None:
        if self._sheet is None:
            return
        voucher_id = self._sheet.voucher.id

        def go(document: Document) -> None:
            self._page.session.go(f"draft:{document.id}")

        self._page.attempt(lambda: make(voucher_id), go)

    def keep(self) -> None:
        """Ask for a name and keep the content as a saved entry."""
        if self._sheet is None:
            return
        voucher_id = self._sheet.voucher.id

        def ask(document: Document) -> None:
            self.box = TemplateBox(self._page, document.kind, document, recall=False)
            self.box.open()

        self._page.attempt(lambda: voucher_drafts.content_of(self._page.book, voucher_id), ask)

    def _reverse(self) -> None:
        if not self._page.reads(self.reversed_on):
            return
        if self._sheet is None:
            return
        voucher = self._sheet.voucher
        session = self._page.session
        day = self.reversed_on.given()

        def done(outcome: documents.Outcome) -> None:
            session.say(_("{label} is undone by {red}.").format(label=voucher.label, red=outcome.label))
            self.changed.emit()

        self._page.attempt(
            lambda: reversing.reverse(self._page.book, voucher.id, self.reason.text(), day, session.by()),
            done,
        )
