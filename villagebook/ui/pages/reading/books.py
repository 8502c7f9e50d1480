"""The books: a table, what narrows it, the voucher of the chosen row beside it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QWidget

from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.i18n import N_, _
from villagebook.services.period_end import closing
from villagebook.ui.export import export_made
from villagebook.ui.page import Page
from villagebook.ui.pages.reading.book_choices import BookChoices, Chosen
from villagebook.ui.pages.reading.book_view import BookView
from villagebook.ui.pages.voucher_list.voucher_panel import VoucherPanel
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.list_bar import save_buttons, search_line


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody was: what was chosen, searched, and which row and voucher were in front."""

    chosen: Chosen
    words: str
    row: int
    voucher: str


class BooksPage(Page):
    """Every book and report; from each figure down to the voucher and its papers, and back again."""

    topics = frozenset({"vouchers", "places", "periods", "accounts", "registers"})
    scrolls = False

    def title(self) -> str:
        return N_("Books")

    def explain(self) -> str:
        return _(
            "Choose a book and from when to when. Enter or a double click goes one step down: from a figure to the ledger, "
            "from an entry to its voucher beside the table, and from there to the papers. Alt+Left goes back. Click a "
            "heading to sort, a third click brings back the order of the book. Copied rows can be pasted into a "
            "spreadsheet."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            (_("Enter"), _("open what is behind this row")),
            ("Alt+←", _("back to where you came from")),
            ("Ctrl+F", _("search in the table")),
            ("Ctrl+C", _("copy rows for a spreadsheet")),
            ("Ctrl+P", _("look at it as it is printed")),
            ("Esc", _("close the voucher")),
        )

    def build(self) -> None:
        self.choices = BookChoices(self.book)
        self.which, self.period, self.place = self.choices.which, self.choices.period, self.choices.place
        self.account = self.choices.account
        self.search = search_line()
        self.back = button(_("← Back"))
        self.back.setEnabled(False)
        self.back.clicked.connect(self.go_back)
        self.choices.flow.addWidget(self.search)
        self.choices.flow.addWidget(self.back)
        for made in save_buttons(self._export):
            self.choices.flow.addWidget(made)
        self.body.addWidget(self.choices)
        self._trail: list[Stand] = []
        self.view = BookView(self, self.choices, self.search)
        self.view.outdated.connect(self._leave_unread)
        self.table = self.view.table
        self.voucher = VoucherPanel(self)
        self.voucher.setVisible(False)
        self.voucher.closed.connect(self._close_voucher)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.view)
        self._split.addWidget(self.voucher)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self.body.addWidget(self._split, 1)
        self._listen()

    def _listen(self) -> None:
        self._wait = QTimer(self, singleShot=True, interval=200)
        self._wait.timeout.connect(self.view.narrow)
        self.search.textChanged.connect(lambda _words: self._wait.start())
        self.choices.changed.connect(self.view.show_chosen)
        self.table.opened.connect(self._open)
        self.shortcut("Ctrl+F", self.search.setFocus)
        self.shortcut("Ctrl+P", lambda: self._export("pdf"))
        self.shortcut("Alt+Left", self.go_back)
        self.shortcut("Esc", self._close_voucher)

    # ---- showing ----

    def refresh(self) -> None:
        months = [period for period, _state in closing.period_states(self.book)]
        self.choices.refresh(months, closing.current_period(self.book))
        self.view.show_chosen()

    def open_target(self, kind: str, ident: str) -> None:
        """A voucher, or `account:513/2025-03`: the ledger of an account in a month."""
        if kind == "voucher":
            self._open(f"voucher:{ident}")
        elif kind == "account":
            account, _sep, period = ident.partition("/")
            now = self.choices.chosen()
            self._go(
                replace(now, which="detail-ledger", account=account, period=period or now.period, until="")
            )

    def first_field(self) -> QWidget | None:
        return self.table if not self.voucher.isVisible() else self.voucher

    def span(self) -> Span:
        return self.choices.chosen().span

    # ---- down, and back ----

    def _open(self, target: str) -> None:
        kind, _sep, ident = target.partition(":")
        now = self.choices.chosen()
        if kind == "account":
            self._go(replace(now, which="detail-ledger", account=ident))
        elif kind == "link":
            register, _slash, code = ident.partition("/")
            self._go(replace(now, which="aux-ledger", account="", link=Link(LinkKind(register), code)))
        elif kind == "statement":
            self._remember()
            self._open_line(ident)
        elif kind == "voucher":
            self._show_voucher(ident)
        elif target:
            self.session.go(target)

    def _go(self, wanted: Chosen) -> None:
        self._remember()
        self._put_search("")
        self._close_panel()
        self.choices.choose(wanted)

    def _put_search(self, words: str) -> None:
        self.search.blockSignals(True)
        self.search.setText(words)
        self.search.blockSignals(False)

    def _stand(self) -> Stand:
        voucher = self.voucher.voucher_id() if self.voucher.isVisible() else ""
        return Stand(self.choices.chosen(), self.search.text(), self.table.currentIndex().row(), voucher)

    def _remember(self) -> None:
        self._trail.append(self._stand())
        self.back.setEnabled(True)

    def go_back(self) -> None:
        """To the book, the row and the voucher from which the last step down was made."""
        if not self._trail:
            return
        stand = self._trail.pop()
        self.back.setEnabled(bool(self._trail))
        self._put_search(stand.words)
        self.choices.choose(stand.chosen)
        self.view.point_at(stand.row)
        if stand.voucher:
            self._show_voucher(stand.voucher)
        else:
            self._close_panel()
            self.table.setFocus()

    def _show_voucher(self, ident: str) -> None:
        if not self.voucher.show_voucher(ident):
            return
        if not self.voucher.isVisible():
            self.voucher.setVisible(True)
            width = self._split.width()
            self._split.setSizes([width * 3 // 5, width * 2 // 5])
        self.voucher.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_line(self, ident: str) -> None:
        """The accounts a line of a statement adds up, in its place; Esc or Alt+Left brings the statement back."""
        from villagebook.services.reporting.statement_lines import accounts_of

        name, _sep, no = ident.rpartition(":")
        self.view.show_inner(accounts_of(self.book, name, self.span(), int(no)))

    def _close_voucher(self) -> None:
        if self.voucher.isVisible():
            self._close_panel()
            self.table.setFocus()
        elif self.view.inner is not None and self._trail and not self.search.text():
            self.go_back()

    def _close_panel(self) -> None:
        self.voucher.setVisible(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """A long list is let go; it is read again when somebody comes back."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.view.let_go()

    def _leave_unread(self) -> None:
        self._stale = True

    def _export(self, code: str) -> None:
        """The book as a file, read and made in the background."""
        export_made(self, self.view.reader(), code)
