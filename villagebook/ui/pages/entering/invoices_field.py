"""The invoices of a payment: dropped as files or typed, each with what differs and a button that takes it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from villagebook.domain.booked_invoice import BookedInvoice
from villagebook.domain.document import Document
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.i18n import _, ngettext
from villagebook.services.invoicing import invoice_files, invoice_fill, invoice_words
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.invoice_form import InvoiceForm
from villagebook.ui.theme import em
from villagebook.ui.widgets.attachment_list import DropBox
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text

PATTERN = "Invoices (*.xml *.ofd *.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp);;All files (*)"
MOST = 6
"""Differences shown at once; the rest come up when these are settled."""


class InvoicesField(QWidget):
    """Holds the invoices; the page gives its document and takes the one an invoice has filled (`wanted`)."""

    changed = Signal()
    wanted = Signal(object)

    def __init__(self, page: Page, typed: Callable[[], Document]) -> None:
        super().__init__()
        self._page, self._typed = page, typed
        self._papers: tuple[BookedInvoice, ...] = ()
        self._told: tuple[invoice_fill.Difference, ...] = ()
        self._box = DropBox(_("Drop the invoice files here"), _("Choose &invoices…"), PATTERN)
        self._box.dropped.connect(self.read_files)
        by_hand = button(_("T&ype one…"), lambda: self._edit(None))
        layout = self._box.layout()
        assert layout is not None  # noqa: S101  # the box makes its own
        layout.addWidget(by_hand)
        self._rows, self._differences = QVBoxLayout(), QVBoxLayout()
        self._proves = text(invoice_words.what_it_proves(), "quiet")
        self._proves.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.3))
        column.addWidget(self._box)
        for part in (self._rows, self._differences):
            part.setSpacing(em(0.15))
            column.addLayout(part)
        column.addWidget(self._proves)
        self.setFocusProxy(self._box.choose_button)

    def papers(self) -> tuple[BookedInvoice, ...]:
        return self._papers

    def set_papers(self, papers: tuple[BookedInvoice, ...]) -> None:
        """Show these; `changed` is not emitted."""
        if papers == self._papers:
            return
        self._papers = papers
        _empty(self._rows)
        for number, paper in enumerate(papers):
            self._rows.addWidget(self._row(number, paper))
        self._proves.setVisible(bool(papers))

    def show_differences(self, found: tuple[invoice_fill.Difference, ...]) -> None:
        """What form and invoice say differently, a line each."""
        if found == self._told:
            return
        self._told = found
        _empty(self._differences)
        for difference in found[:MOST]:
            self._differences.addWidget(self._line(difference))

    # ---- files ----

    def read_files(self, paths: list[Path]) -> None:
        """Read in the background; then keep each file and let it fill what is empty."""
        title = ngettext("Reading {n} invoice…", "Reading {n} invoices…", len(paths)).format(n=len(paths))
        self._page.in_background(title, lambda _progress: [_look(p) for p in paths], self._read)

    def _read(self, found: list[invoice_files.Looked | KnownError]) -> None:
        problems = [
            Finding("", Severity.ERROR, "", f"{e.text} {e.hint}".strip())
            for e in found
            if isinstance(e, KnownError)
        ]
        document, bare = self._typed(), []
        for looked in found:
            if isinstance(looked, KnownError):
                continue
            try:
                kept, papers = invoice_files.keep(self._page.book, looked)
            except KnownError as error:
                problems.append(Finding("", Severity.ERROR, "", f"{error.text} {error.hint}".strip()))
                continue
            if kept.sha256 not in {a.sha256 for a in document.attachments}:
                document = replace(document, attachments=(*document.attachments, kept))
            document = invoice_fill.with_invoices(document, papers)
            if not papers:
                bare.append(looked.name)
        if bare:
            words = _("No invoice can be read in {name}; it is kept as a paper. Type the invoice from it.")
            problems += [Finding("", Severity.WARNING, "", words.format(name=n)) for n in bare]
        self.wanted.emit(document)
        self._page.show_findings(tuple(problems))

    # ---- one invoice ----

    def _row(self, number: int, paper: BookedInvoice) -> QWidget:
        told = paper.told
        parts = (
            told.seller,
            "" if told.total_fen is None else yuan_text(told.total_fen),
            invoice_words.carrier_title(paper.carrier),
        )
        row = QWidget()
        flow = Flow(row)
        open_it = button(told.number or _("Invoice"), link=True)
        open_it.setToolTip(_("Look at it, correct it"))
        open_it.clicked.connect(lambda: self._edit(number))
        out = button("×")
        out.setAccessibleName(_("Take out invoice {no}").format(no=told.number))
        out.setToolTip(out.accessibleName())
        out.clicked.connect(lambda: self._remove(number))
        for widget in (open_it, out, text(" · ".join(p for p in parts if p), "quiet", wrap=False)):
            flow.addWidget(widget)
        return row

    def _edit(self, number: int | None) -> None:
        self.form = InvoiceForm(self, None if number is None else self._papers[number])
        self.form.entered.connect(lambda paper: self._entered(number, paper))
        self.form.open()

    def _entered(self, number: int | None, paper: BookedInvoice) -> None:
        document = self._typed()
        if number is None:
            document = invoice_fill.with_invoices(document, (paper,))
        else:
            papers = list(document.invoices)
            papers[number] = paper
            document = invoice_fill.filled(replace(document, invoices=tuple(papers)))
        self.wanted.emit(document)

    def _remove(self, number: int) -> None:
        """Out of the payment, and its file with it when no other invoice came in the same."""
        document = self._typed()
        gone = document.invoices[number]
        left = tuple(p for n, p in enumerate(document.invoices) if n != number)
        needed = {p.sha256 for p in left}
        kept = tuple(a for a in document.attachments if a.sha256 != gone.sha256 or a.sha256 in needed)
        self.wanted.emit(replace(document, invoices=left, attachments=kept))

    def _line(self, difference: invoice_fill.Difference) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        take = button(_("Take from invoice"))
        take.setAccessibleName(_("Take from invoice: {text}").format(text=difference.text))
        take.clicked.connect(lambda: self.wanted.emit(invoice_fill.taken(self._typed(), difference.field)))
        line.addWidget(text(difference.text, "hold-word"), 1)
        line.addWidget(take)
        return row


def _look(path: Path) -> invoice_files.Looked | KnownError:
    """One bad file does not keep the others out."""
    try:
        return invoice_files.look(path)
    except KnownError as error:
        return error


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
