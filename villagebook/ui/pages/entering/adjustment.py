"""Adjustment: entries that move no money, in the classic grid."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from villagebook.domain.document import Document, Support
from villagebook.domain.period import Period
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.services import links
from villagebook.services.book_file import books
from villagebook.services.disclosure import demands
from villagebook.services.vouchers import receipts, voucher_search
from villagebook.ui.pages.entering.entry import EntryPage, not_money
from villagebook.ui.pages.entering.papers import SupportField, attachments_for
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form
from villagebook.ui.widgets.pickers import PersonPicker, SuggestLine
from villagebook.ui.widgets.voucher_grid import VoucherGrid

SUPPORTS = (Support.INTERNAL, Support.MINUTES, Support.CONTRACT, Support.INVOICE)


class AdjustmentPage(EntryPage):
    """The door for depreciation, transfers of results, corrections."""

    kind = DocKind.ADJUSTMENT
    shows_face = False

    def title(self) -> str:
        return N_("Adjustment")

    def explain(self) -> str:
        return _(
            "For entries that move no money: depreciation, what is owed and owing, the results of the year. Cash and "
            "bank accounts are not offered here; use the other three doors for them."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            *super().keys(),
            ("=", _("balance the voucher in this cell")),
            (_("Space"), _("flip debit and credit")),
            ("-", _("red amount, before or after the digits")),
            ("Insert, Ctrl+I", _("put a line in above")),
            ("Delete, Ctrl+Delete", _("empty the cell, take the line out")),
        )

    def fields(self, form: Form) -> None:
        self.day = DateEdit(needed=True)
        self.summary = SuggestLine(lambda words: receipts.recent_summaries(self.book, words))
        self.party = SuggestLine(lambda words: receipts.recent_parties(self.book, words))
        self.grid = VoucherGrid(
            self.chart, lambda: self.use, not_money, lambda words: receipts.recent_summaries(self.book, words)
        )
        self.support = SupportField(SUPPORTS)
        self.handler = PersonPicker()
        self.papers = CountEdit()
        self.attachments = attachments_for(self)
        form.row(_("&Date"), self.day)
        form.row(_("&What for"), self.summary)
        form.row(_("With who&m"), self.party)
        form.wide(self.grid)
        form.row(_("Pa&per"), self.support)
        form.row(_("&Handler"), self.handler)
        form.row(_("Papers (c&ount)"), self.papers)
        form.row(_("Scans"), self.attachments)
        for line in (self.party, self.summary, self.support.number):
            line.textChanged.connect(self.touched)
        self.summary.editingFinished.connect(self._first_summary_line)
        for field in (self.day, self.grid, self.support.kind, self.handler, self.attachments):
            field.changed.connect(self.touched)
        self.papers.changed.connect(self.touched)

    def build(self) -> None:
        super().build()
        self.grid.pointed.connect(self._show_balance)
        self.beside.account.ledger.connect(
            lambda code: self.session.go(f"account:{code}/{Period.of(self.document.booked_on)}")
        )

    def _show_balance(self, code: str) -> None:
        """Of the account under the cursor, as posted so far."""
        held = (
            voucher_search.balance(self.book, code, self.document.booked_on) if code in self.chart else None
        )
        self.beside.account.show_balance(self.account_names().get(code, ""), held)

    def _first_summary_line(self) -> None:
        first = self.grid.rows()[0]
        if first.is_blank() and not first.summary.text():
            first.summary.setText(self.summary.text())

    def first_field(self) -> QWidget | None:
        return self.summary

    def fresh(self) -> Document:
        return replace(super().fresh(), support=Support.INTERNAL, handler=self.document.handler)

    def refresh(self) -> None:
        if not self._touched and not self.document.summary:
            self.document = replace(self.document, support=Support.INTERNAL)
        super().refresh()

    def lists(self) -> None:
        self.grid.set_chart(self.chart)
        self.grid.set_targets(links.choices(self.book))
        self.grid.set_demands(demands.demands(self.book))
        self.handler.set_persons(books.staff(self.book).persons.values())

    def collect(self) -> Document:
        party = self.party.text().strip()
        return replace(
            self.document,
            booked_on=self.day_or(self.day.day(), self.document.booked_on),
            summary=self.summary.text().strip(),
            party=party,
            lines=self.grid.lines(party),
            support=self.support.support(),
            support_no=self.support.number.text().strip(),
            handler=self.handler.value(),
            paper_count=self.papers.value(),
            attachments=self.attachments.attachments(),
        )

    def fill(self, document: Document) -> None:
        self.day.set_day(document.booked_on)
        self.summary.setText(document.summary)
        self.party.setText(document.party)
        self.grid.set_lines(document.lines)
        self.support.show_support(
            document.support if document.support in SUPPORTS else Support.INTERNAL, document.support_no
        )
        self.handler.set_value(document.handler)
        self.papers.set_value(document.paper_count)
        self.attachments.set_attachments(document.attachments)
