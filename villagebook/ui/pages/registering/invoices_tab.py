"""The register of invoices: where each was used, its original, what the township found, and whose name must stand on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from villagebook.domain.booked_invoice import InvoiceCheck, InvoiceState, KnownInvoice, Result
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.i18n import _, ngettext
from villagebook.services.invoicing import (
    invoice_elsewhere,
    invoice_tables,
    invoice_words,
    invoices,
    used_tables,
)
from villagebook.ui.export import export_table
from villagebook.ui.pages.entering.papers import show_object
from villagebook.ui.pages.registering.used_lists_box import UsedListsBox
from villagebook.ui.table_tab import TableTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, card, text
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line, under_bar
from villagebook.ui.widgets.pickers import Choice

PAUSE_MS = 250
"""The list is read anew when typing pauses: in a book of many years that takes its time."""
SHOWN = ("issued_on", "number", "seller", "total", "state", "answer")
"""The voucher stands beside the table; twenty figures need the room."""


class InvoicesTab(TableTab):
    """The list with what narrows it; beside it one invoice, the township's answers, our name."""

    GIVES_WAY = ("answer", "issued_on")

    def forms(self) -> None:
        self._fate_box()
        self._answer_box()
        self._list_box()
        self.used = UsedListsBox(self.page, self._span)
        self.used.wanted.connect(lambda: self._show_shared(""))
        self.column.addWidget(self.used)
        self._name_box()

    def left(self) -> QWidget:
        self.search = search_line(_("Search: number, seller, item"), 14)
        self._typed = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._typed.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _words: self._typed.start())
        self.wanted = Choice(_wishes())
        self.wanted.setAccessibleName(_("Which invoices"))
        self.wanted.setMinimumWidth(em(13))
        self.year = Choice()
        self.year.setAccessibleName(_("Year"))
        for field in (self.wanted, self.year):
            field.changed.connect(self.refresh)
        saves = save_buttons(lambda form: export_table(self.page, self._listed(), form))
        bar = ListBar(self.search, self.wanted, self.year, *saves)
        holder, self.caption = under_bar(bar, self.table)
        self.table.setAccessibleName(_("Invoices"))
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # numbers of one seller begin alike
        self.table.pointed.connect(lambda _row: self._show(self._current()))
        self.table.opened.connect(lambda _target: self._go())
        return holder

    def _fate_box(self) -> None:
        box, column = card()
        self.title, self.fate = text("", "heading"), text("")
        bar = QWidget()
        flow = Flow(bar)
        self.original = button(_("Open the &original"), self._open_original)
        self.voucher = button(_("Go to the &voucher"), self._go)
        for made in (self.original, self.voucher):
            flow.addWidget(made)
        proves = text(invoice_words.what_it_proves(), "quiet")
        for widget in (self.title, self.fate, bar, proves):
            column.addWidget(widget)
        self.column.addWidget(box)

    def _answer_box(self) -> None:
        self.answer_box = FormBox(_("What the tax site said of this invoice"))
        answers = [(r.value, invoice_words.result_title(r)) for r in Result if r is not Result.UNASKED]
        self.result = Choice(answers)
        self.checked_on = DateEdit(self.page.session.today)
        self.person, self.note = QLineEdit(), QLineEdit()
        self.answer_box.row(_("&Answer"), self.result)
        self.answer_box.row(_("As&ked on"), self.checked_on)
        self.answer_box.row(_("Asked &by (township)"), self.person)
        self.answer_box.row(_("&Reference, note"), self.note)
        self.answer_box.act(_("&Enter the answer"), self._record, main=True)
        self.column.addWidget(self.answer_box)

    def _list_box(self) -> None:
        box = FormBox(
            _("Ask at the tax site, through the township"),
            _(
                "Save the list, take it to the township on a stick, and read it in again when it is filled in."
            ),
        )
        bar = QWidget()
        flow = Flow(bar)
        for form in ("xlsx", "csv"):
            save = button(
                _("List to verify as {format}").format(format=form.upper()),
                lambda _checked=False, form=form: self._save_list(form),
            )
            flow.addWidget(save)
        take = button(_("Read the answers &in…"), self._choose_answers)
        flow.addWidget(take)
        box.add(bar)
        self.column.addWidget(box)

    def _name_box(self) -> None:
        box = FormBox(_("Our name on invoices"))
        self.names, self.tax_ids = QLineEdit(), QLineEdit()
        self.names.setPlaceholderText(_("several with a comma between"))
        box.row(_("Na&me"), self.names)
        box.row(_("Ta&x number"), self.tax_ids)
        box.act(_("&Keep this name"), self._name)
        self.column.addWidget(box)

    # ---- showing ----

    def _span(self) -> Span:
        if self.year.value():
            return Span.year(int(self.year.value()))
        return Span(self.page.book.info.start, Period.of(self.page.session.today))

    def _listed(self) -> Table:
        return invoice_tables.register(
            self.page.book, self._span(), self.wanted.value(), self.search.text().strip()
        )

    def refresh(self) -> None:
        first, last = self.page.book.info.start.year, self.page.session.today.year
        years = [(str(y), str(y)) for y in range(last, first - 1, -1)]
        self.year.set_options([*years, ("", _("all years"))])
        self.table.show_table(self._listed().only(*SHOWN))
        held = invoice_tables.open_answers(self.page.book)
        ask = len(invoice_tables.to_verify(self.page.book, self._span()).rows)
        words = ngettext("{n} to ask about at the tax site.", "{n} to ask about at the tax site.", ask)
        caption = words.format(n=ask)
        if held:
            wrong = ngettext(
                "{n} stands although the tax site says otherwise.",
                "{n} stand although the tax site says otherwise.",
                len(held),
            )
            caption = f"{wrong.format(n=len(held))} {caption}"
        if shared := self.used.refresh():
            words = ngettext(
                "{n} was used elsewhere as well.",
                "{n} were used elsewhere as well.",
                shared,
            )
            caption = f"{words.format(n=shared)} {caption}"
        self.caption.setText(caption)
        if not self.names.text() and not self.tax_ids.text():
            names, tax_ids = invoices.buyer(self.page.book)
            self.names.setText(", ".join(names))
            self.tax_ids.setText(", ".join(tax_ids))
        self._show(self._current())

    def open_entry(self, entry: str) -> None:
        """`DOCUMENT/LINE` or a number: its row, in the list of all years; `list-N` a list of numbers used elsewhere."""
        if entry.startswith("list-"):
            self._show_shared(entry.partition("-")[2])
            return
        self.year.set_value("")
        self.wanted.set_value("")
        model = self.table.values()
        for row in range(model.rowCount()):
            number = model.index(row, SHOWN.index("number")).data()
            if model.target(row) == f"invoice:{entry}" or number == entry:
                self.table.setCurrentIndex(model.index(row, 0))
                return

    def _show_shared(self, seq: str) -> None:
        """Bookings that stand in lists, of all years, and one of these lists."""
        self.year.set_value("")
        self.wanted.set_value(invoice_tables.SHARED)
        self.refresh()
        if self.table.is_filled():
            self.table.setCurrentIndex(self.table.values().index(0, 0))
        self.used.choose(seq)

    def _current(self) -> KnownInvoice | None:
        target = self.table.target() if self.table.is_filled() else ""
        document_id, _slash, line = target.partition(":")[2].partition("/")
        if not line:
            return None
        found = invoices.of_document(self.page.book, document_id)
        return next((k for k in found if k.line == int(line)), None)

    def _show(self, known: KnownInvoice | None) -> None:
        self._known = known
        self.title.setText(
            f"{known.invoice.code} {known.invoice.number}".strip() if known else _("Choose a row.")
        )
        self.fate.setVisible(known is not None)
        self.answer_box.setVisible(known is not None and known.state.holds)
        self.original.setEnabled(bool(known and known.sha256))
        self.voucher.setEnabled(known is not None)
        if known is None:
            return
        told = known.invoice
        total = "" if told.total_fen is None else yuan_text(told.total_fen)
        lines = (
            " · ".join(
                p for p in (invoice_words.kind_title(told.kind), told.seller, known.items, total) if p
            ),
            _("{state}: {where}").format(state=invoice_words.state_title(known.state), where=known.where),
            "" if known.sha256 else _("There is no file of it in the book."),
            *self._elsewhere(known),
        )
        self.fate.setText("\n".join(line for line in lines if line))

    def _elsewhere(self, known: KnownInvoice) -> list[str]:
        """Where others used it, by which list."""
        found = invoice_elsewhere.of_key(self.page.book, known.invoice.key)
        text_ = _("Used elsewhere: {where} ({issuer}, {day}, {signed})")
        return [
            text_.format(
                where=w.entry.where,
                issuer=w.issuer,
                day=w.as_of.isoformat(),
                signed=used_tables.signed_by(w.signed, w.told_by),
            )
            for w in found
        ]

    # ---- verbs ----

    def _open_original(self) -> None:
        if self._known and self._known.sha256:
            show_object(self.page, self._known.sha256)

    def _go(self) -> None:
        if self._known:
            self.page.session.go(self._known.target)

    def _record(self) -> None:
        if not self.page.reads(self.checked_on):
            return
        page, known, day = self.page, self._known, self.checked_on.given()
        if known is None:
            return
        check = InvoiceCheck(
            known.invoice.key, Result(self.result.value()), day, self.person.text(), self.note.text()
        )

        def done(_none: None) -> None:
            self.note.clear()
            page.session.say(_("The answer about {no} is entered.").format(no=known.invoice.number))

        page.attempt(lambda: invoices.record(page.book, [check], page.session.by()), done)

    def _save_list(self, form: str) -> None:
        export_table(self.page, invoice_tables.to_verify(self.page.book, self._span()), form)

    def _choose_answers(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Read the answers in"), "", _("Tables (*.csv *.xlsx *.xls);;All files (*)")
        )
        if name:
            self.take_answers(Path(name))

    def take_answers(self, path: Path) -> None:
        """Read the township's list in; whole or not at all."""
        page = self.page

        def done(made: invoices.TakenIn) -> None:
            words = ngettext("{n} answer is entered.", "{n} answers are entered.", made.answers)
            page.session.say(words.format(n=made.answers))
            page.show_findings(made.findings)

        page.attempt(lambda: invoices.take_in(page.book, path, page.session.by()), done)

    def _name(self) -> None:
        page = self.page
        names = self.names.text().replace("，", ",").split(",")
        tax_ids = self.tax_ids.text().replace("，", ",").split(",")

        def done(_none: None) -> None:
            page.session.say(_("From now on invoices must be made out to this name."))

        page.attempt(lambda: invoices.name_buyer(page.book, names, tax_ids, page.session.by()), done)


def _wishes() -> list[tuple[str, str]]:
    states = [(s.value, invoice_words.state_title(s)) for s in InvoiceState]
    return [
        ("", _("all invoices")),
        *states,
        (invoice_tables.ASK, _("to ask about at the tax site")),
        ("asked", _("asked about")),
        ("trouble", _("the tax site says otherwise")),
        (invoice_tables.TWICE, _("brought twice")),
        (invoice_tables.SHARED, _("used elsewhere")),
    ]
