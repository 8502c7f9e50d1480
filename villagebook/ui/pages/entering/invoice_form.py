"""One invoice to be typed from paper, or corrected: the fields its kind has, and no others."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.booked_invoice import BookedInvoice
from villagebook.domain.invoice import Invoice, InvoiceItem, InvoiceKind, Journey
from villagebook.domain.invoice_checks import kind_of_number
from villagebook.i18n import _
from villagebook.services.invoicing import invoice_words
from villagebook.ui.theme import em, open_at
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, Scroll, button, enter_moves, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.typed import lead_to, unread_in

_CODED = (
    InvoiceKind.VAT_SPECIAL,
    InvoiceKind.VAT_ORDINARY,
    InvoiceKind.VAT_E_ORDINARY,
    InvoiceKind.FISCAL,
    InvoiceKind.TICKET,
)
_TRAVEL = (InvoiceKind.RAIL, InvoiceKind.AIR, InvoiceKind.RAIL_PAPER, InvoiceKind.TICKET)
_SMALL = (InvoiceKind.RAIL_PAPER, InvoiceKind.TICKET)


class InvoiceForm(QDialog):
    """`entered` carries the invoice as typed; the file and what was read from it stay as they are."""

    entered = Signal(object)

    def __init__(self, parent: QWidget, paper: BookedInvoice | None = None) -> None:
        super().__init__(parent)
        self._paper = paper or BookedInvoice(Invoice(InvoiceKind.DIGITAL, ""))
        self._chosen = paper is not None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Invoice") if paper else _("Type an invoice from paper"))
        self._make_fields()
        inner = QWidget()
        form = Form(inner)
        self._rows: dict[QWidget, QLabel] = {}
        for words, field in self._lines():
            self._rows[field] = form.row(words, field)
        self.problem = text("", "red")
        self.problem.setVisible(False)
        column = QVBoxLayout(self)
        column.addWidget(Scroll(inner), 1)
        column.addWidget(self.problem)
        column.addWidget(self._buttons())
        open_at(self, 40, 44)
        self._show(self._paper)
        self.kind.changed.connect(self._kind_chosen)
        self.number.textEdited.connect(lambda _words: self._guess_kind())
        self.code.textEdited.connect(lambda _words: self._guess_kind())
        self.number.setFocus()

    def _make_fields(self) -> None:
        self.kind = Choice([(k.value, invoice_words.kind_title(k)) for k in InvoiceKind])
        self.code, self.number, self.check = QLineEdit(), QLineEdit(), QLineEdit()
        self.issued_on, self.travelled_on = DateEdit(), DateEdit()
        self.seller, self.seller_id = QLineEdit(), QLineEdit()
        self.buyer, self.buyer_id = QLineEdit(), QLineEdit()
        self.item, self.quantity = QLineEdit(), QLineEdit()
        self.net, self.tax, self.total, self.listed = MoneyLine(), MoneyLine(), MoneyLine(), MoneyLine()
        self.origin, self.destination, self.seat = QLineEdit(), QLineEdit(), QLineEdit()
        self.is_red, self.red_of = QCheckBox(_("a red invoice (takes another back)")), QLineEdit()
        for line in (self.net, self.tax, self.total, self.listed):
            line.setMaximumWidth(em(11))
        self.quantity.setMaximumWidth(em(9))

    def _lines(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (_("&Kind"), self.kind),
            (_("Invoice &code"), self.code),
            (_("Invoice &number"), self.number),
            (_("&Day of issue"), self.issued_on),
            (_("&Seller"), self.seller),
            (_("Seller's tax number"), self.seller_id),
            (_("&Buyer"), self.buyer),
            (_("Buyer's tax number"), self.buyer_id),
            (_("&What was sold"), self.item),
            (_("&Quantity (lodging: nights)"), self.quantity),
            (_("Net"), self.net),
            (_("Tax"), self.tax),
            (_("&Total with tax"), self.total),
            (_("The attached &list makes"), self.listed),
            (_("Check code"), self.check),
            (_("Travelled on"), self.travelled_on),
            (_("From"), self.origin),
            (_("To"), self.destination),
            (_("Class"), self.seat),
            (_("Red"), self.is_red),
            (_("Number of the one it takes back"), self.red_of),
        )

    def _buttons(self) -> QWidget:
        bar = QWidget()
        flow = Flow(bar, right=True)
        self.done_button = button(_("&Take it into the payment"), main=True)
        closing = button(_("Cance&l"))
        self.done_button.clicked.connect(self._done)
        closing.clicked.connect(self.close)
        for made in (self.done_button, closing):
            made.setAutoDefault(False)
            flow.addWidget(made)
        return bar

    def _show(self, paper: BookedInvoice) -> None:
        told = paper.told
        journey = told.journey or Journey()
        self.kind.set_value(told.kind.value)
        for field, words in (
            (self.code, told.code),
            (self.number, told.number),
            (self.check, told.check_code),
            (self.seller, told.seller),
            (self.seller_id, told.seller_id),
            (self.buyer, told.buyer),
            (self.buyer_id, told.buyer_id),
            (self.item, "; ".join(i.name for i in told.items)),
            (self.quantity, told.items[0].quantity if len(told.items) == 1 else ""),
            (self.origin, journey.origin),
            (self.destination, journey.destination),
            (self.seat, journey.seat),
            (self.red_of, told.red_of),
        ):
            field.setText(words)
        self.issued_on.set_day(told.issued_on)
        self.travelled_on.set_day(journey.travelled_on)
        for money, fen in (
            (self.net, told.net_fen),
            (self.tax, told.tax_fen),
            (self.total, told.total_fen),
            (self.listed, paper.listed_fen),
        ):
            money.set_fen(fen)
        self.is_red.setChecked(told.is_red)
        self._fit_kind()

    def _kind_chosen(self) -> None:
        self._chosen = True
        self._fit_kind()

    def _guess_kind(self) -> None:
        """The kind whose form of number this is, until somebody chooses one."""
        found = None if self._chosen else kind_of_number(self.code.text(), self.number.text())
        if found is not None:
            self.kind.blockSignals(True)
            self.kind.set_value(found.value)
            self.kind.blockSignals(False)
            self._fit_kind()

    def _fit_kind(self) -> None:
        """Only the fields this kind has; what stands in another is not lost, and not taken."""
        kind = InvoiceKind(self.kind.value())
        travels, small = kind in _TRAVEL, kind in _SMALL
        shown = {
            # a code may come before the kind is known by it
            self.code: kind in _CODED or not self._chosen,
            self.check: kind in _CODED and not small,
            self.seller_id: not small,
            self.buyer: not small,
            self.buyer_id: not small,
            self.net: not small,
            self.tax: not small,
            self.listed: not travels,
            self.item: not travels,
            self.quantity: not travels,
            self.travelled_on: travels,
            self.origin: travels,
            self.destination: travels,
            self.seat: travels,
            self.is_red: not small,
            self.red_of: not small,
        }
        for field, is_shown in shown.items():
            field.setVisible(is_shown)
            self._rows[field].setVisible(is_shown)

    def typed(self) -> BookedInvoice:
        """The invoice as typed so far; items that came from a file stay unless their words were changed."""
        before = self._paper.told
        kind = InvoiceKind(self.kind.value())
        journey = Journey(
            self.origin.text().strip(),
            self.destination.text().strip(),
            self.travelled_on.day(),
            before.journey.vehicle if before.journey else "",
            self.seat.text().strip(),
            before.journey.passenger if before.journey else "",
        )
        made = replace(
            before,
            kind=kind,
            code=self.code.text().strip() if kind in _CODED else "",
            number=self.number.text().strip(),
            issued_on=self.issued_on.day(),
            seller=self.seller.text().strip(),
            seller_id=self.seller_id.text().strip(),
            buyer=self.buyer.text().strip(),
            buyer_id=self.buyer_id.text().strip(),
            net_fen=self.net.fen(),
            tax_fen=self.tax.fen(),
            total_fen=self.total.fen(),
            items=self._items(before),
            check_code=self.check.text().strip(),
            is_red=self.is_red.isChecked(),
            red_of=self.red_of.text().strip(),
            journey=journey if kind in _TRAVEL and journey != Journey() else None,
        )
        return replace(self._paper, told=made, listed_fen=self.listed.fen())

    def _items(self, before: Invoice) -> tuple[InvoiceItem, ...]:
        words = self.item.text().strip()
        if words == "; ".join(i.name for i in before.items) and len(before.items) != 1:
            return before.items
        if not words:
            return ()
        own = before.items[0] if len(before.items) == 1 else InvoiceItem("")
        return (replace(own, name=words, quantity=self.quantity.text().strip()),)

    def _done(self) -> None:
        unread = unread_in(self)
        wrong = [one.words for one in unread]
        if not self.number.text().strip():
            wrong.append(_("Enter the number of the invoice."))
        self.problem.setText("\n".join(wrong))
        self.problem.setVisible(bool(wrong))
        if unread:
            lead_to(unread)
        if not wrong:
            self.entered.emit(self.typed())
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        if not enter_moves(event):
            super().keyPressEvent(event)
