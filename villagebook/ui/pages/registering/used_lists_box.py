"""Numbers used elsewhere, beside the register of invoices: lists taken in from a stick, and ours for the township."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from villagebook.domain.period import Span
from villagebook.i18n import _, ngettext
from villagebook.services.invoicing import invoice_elsewhere, used_tables
from villagebook.ui.export import export_made
from villagebook.ui.page import Page
from villagebook.ui.pages.board.board_dialogs import ActDialog
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.table_view import TableView

SHOWN = ("issuer", "as_of", "hits", "entries")
SETTLED_MS = 60
"""What stands above the lists has found its height by then."""


class UsedListsBox(QWidget):
    """`wanted` asks the register to show the bookings that stand in lists."""

    wanted = Signal()

    def __init__(self, page: Page, span: Callable[[], Span]) -> None:
        super().__init__()
        self._page, self._span = page, span
        box = FormBox(
            _("Numbers used elsewhere"),
            _(
                "The township's list of numbers that other villages have used comes by stick: what it names is not paid here again."
            ),
        )
        bar = QWidget()
        flow = Flow(bar)
        take = button(_("&Take in a list…"), self._choose)
        flow.addWidget(take)
        for form in ("xlsx", "csv"):
            save = button(
                _("Our numbers as {format}").format(format=form.upper()),
                lambda _checked=False, form=form: self._save(form),
            )
            flow.addWidget(save)
        box.add(bar)
        self.table = TableView()
        self.table.setAccessibleName(_("Lists of invoice numbers used elsewhere"))
        self.table.setFixedHeight(em(9))
        self.table.opened.connect(lambda _target: self.wanted.emit())
        box.add(self.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(box)

    def refresh(self) -> int:
        """Read anew; returns how many entries of lists name bookings of ours."""
        known = invoice_elsewhere.lists(self._page.book)
        self.table.setVisible(bool(known))
        self.table.show_table(used_tables.lists_table(known).only(*SHOWN))
        return sum(one.hits for one in known)

    def choose(self, seq: str) -> None:
        """Show one list taken in."""
        if self.table.choose(f"register:invoices/list-{seq}"):
            self.table.setFocus()
            QTimer.singleShot(SETTLED_MS, self._into_view)

    def _into_view(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.table)

    def _save(self, form: str) -> None:
        book, span = self._page.book, self._span()
        export_made(self._page, lambda _progress: used_tables.ours(book, span), form)

    def _choose(self) -> None:
        pattern = _("Lists (*.json *.csv *.xlsx *.xls);;All files (*)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Take in a list"), "", pattern)
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Read it; the window that opens says what it holds and asks what is still to be told."""
        page = self._page
        book, today = page.book, page.session.today

        def read(offer: invoice_elsewhere.ListOffer) -> None:
            UsedListDialog(page, path, offer).show()

        page.in_background(
            _("Reading the file…"), lambda _progress: invoice_elsewhere.offer(book, path, today), read
        )


class UsedListDialog(ActDialog):
    """What a list holds; for a key not known yet the fingerprint, for a table nobody signed whose word it is."""

    def __init__(self, page: Page, path: Path, offer: invoice_elsewhere.ListOffer) -> None:
        super().__init__(page, _("A list of invoice numbers used elsewhere"), _("&Take it in"))
        self._path, self._offer = path, offer
        self.fingerprint, self.issuer, self.told_by = QLineEdit(), QLineEdit(), QLineEdit()
        self.as_of = DateEdit(page.session.today)
        self.column.insertWidget(0, text(self._about(), "heading"))
        for words in self._words():
            self.column.insertWidget(self.column.count() - 1, text(words))
        if not offer.signed:
            self.form.row(_("&Whose list"), self.issuer)
            self.form.row(_("&Brought by"), self.told_by)
            self.form.row(_("Last &day it knows of"), self.as_of)
        elif not offer.trusted:
            self.fingerprint.setPlaceholderText("0000-0000-0000-0000")
            self.form.row(_("&Fingerprint"), self.fingerprint)
        self.finish()
        self.setMinimumWidth(em(42))
        self.adjustSize()

    def _about(self) -> str:
        count = len(self._offer.file.content.entries)
        words = ngettext("{file}: {n} number", "{file}: {n} numbers", count)
        return words.format(file=self._offer.file.name, n=count)

    def _words(self) -> list[str]:
        offer, seal = self._offer, self._offer.file.seal
        told = []
        if seal is not None:
            words = _("Signed by {name} on {day}.")
            told.append(words.format(name=seal.township, day=seal.signed_on.isoformat()))
        else:
            told.append(
                _(
                    "Nobody has signed it. It is taken in as somebody's word: what it names waits for a reason, and is not refused."
                )
            )
        if offer.hits:
            words = ngettext(
                "{n} of them is booked here already; it is told as a finding.",
                "{n} of them are booked here already; each is told as a finding.",
                offer.hits,
            )
            told.append(words.format(n=offer.hits))
        if seal is not None and not offer.trusted:
            told.append(
                _(
                    "This book does not know the key yet. Telephone the township under a number you know, have the "
                    "fingerprint of its key read aloud, and type what you hear. It is not shown here, so that nobody "
                    "copies it from the screen."
                )
            )
        return told + [f.text for f in offer.file.findings]

    def say(self, words: str) -> None:
        """What refuses it may be longer than the window is high."""
        super().say(words)
        self.adjustSize()

    def act(self) -> None:
        session = self.page.session
        told = invoice_elsewhere.Told(self.issuer.text(), self.told_by.text(), self.as_of.day())
        made = invoice_elsewhere.take_in(
            session.book, self._path, session.by(), told, fingerprint=self.fingerprint.text()
        )
        words = ngettext("{n} number is taken in.", "{n} numbers are taken in.", made.entries)
        session.say(words.format(n=made.entries))
        self.page.show_findings(made.findings)
