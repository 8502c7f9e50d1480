"""What the money was for: one or more lines of account, amount and, when wanted, quantity and price."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.account import Account, Chart
from villagebook.domain.demand import NONE, Demand
from villagebook.domain.document import Item
from villagebook.domain.link import Link, LinkTarget
from villagebook.domain.numerals import capital_amount
from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.money_edit import MoneyLine


class _Row(QWidget):
    """One item."""

    changed = Signal()

    def __init__(
        self, chart: Chart, use: Mapping[str, int], accepts: Callable[[Account], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.account = AccountPicker(chart, use, accepts)
        self.amount = MoneyLine()
        self.amount.setMaximumWidth(em(9))
        self.out = button("×")
        self.links = LinkPicker()
        self._project = ""
        self._shown = Item("", 0, "")
        self.summary, self.quantity, self.unit = QLineEdit(), QLineEdit(), QLineEdit()
        self.price = MoneyLine()
        self._name()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(em(0.3))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.account, 0, 0)
        grid.addWidget(self.amount, 0, 1)
        grid.addWidget(self.out, 0, 2)
        self.more = QWidget()
        line = QHBoxLayout(self.more)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(em(0.3))
        for field, width in ((self.summary, 0), (self.quantity, 4.5), (self.unit, 3.8), (self.price, 6)):
            if width:
                field.setMaximumWidth(em(width))
                field.setMinimumWidth(em(width * 0.8))
            line.addWidget(field, 0 if width else 1)
        grid.addWidget(self.links, 1, 0, 1, 3)
        grid.addWidget(self.more, 2, 0, 1, 3)
        self.links.changed.connect(self.changed)
        for field in (self.summary, self.quantity, self.unit):
            field.textChanged.connect(self.changed)
        self.account.changed.connect(self.changed)
        self.amount.changed.connect(self.changed)
        self.price.changed.connect(self.changed)

    def _name(self) -> None:
        for field, words in (
            (self.account, _("Account")),
            (self.amount, _("Amount")),
            (self.links, _("Belongs to")),
            (self.summary, _("Details")),
            (self.quantity, _("Quantity")),
            (self.unit, _("Unit")),
            (self.price, _("Price")),
            (self.out, _("Take this line out")),
        ):
            field.setAccessibleName(words)
            if isinstance(field, QLineEdit) and field not in (self.account, self.links):
                field.setPlaceholderText(words)
        self.out.setToolTip(self.out.accessibleName())

    def item(self) -> Item:
        return Item(
            account=self.account.code(),
            amount_fen=self.amount.fen() or 0,
            summary=self.summary.text().strip(),
            quantity=self.quantity.text().strip(),
            unit=self.unit.text().strip(),
            unit_price_fen=self.price.fen(),
            project=self.links.project() or self._project,
            links=self.links.links(),
            party=self._shown.party if self.links.links() == self._shown.links else "",
        )

    def show_item(self, item: Item) -> None:
        self._shown = item
        self.account.set_code(item.account)
        self.links.set_links(item.links)
        self._project = "" if self.links.project() else item.project
        self.links.setVisible(self.links.has_choices())
        self.amount.set_fen(item.amount_fen or None)
        self.summary.setText(item.summary)
        self.quantity.setText(item.quantity)
        self.unit.setText(item.unit)
        self.price.set_fen(item.unit_price_fen)

    def is_blank(self) -> bool:
        item = self.item()
        return not (item.account or item.amount_fen or item.summary or item.quantity or self.amount.text())


class ItemsEditor(QWidget):
    """The rows, a button for another one, and the total in capitals beneath."""

    changed = Signal()

    def __init__(
        self,
        chart: Chart,
        use: Callable[[], Mapping[str, int]],
        accepts: Callable[[Account], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chart, self._use, self._accepts = chart, use, accepts
        self._rows: list[_Row] = []
        self._targets: tuple[LinkTarget, ...] = ()
        self._demands: Mapping[str, Demand] = {}
        self._party: Link | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.3))
        self.words: QLabel = text(" ", "quiet")
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._more = QCheckBox(_("&Quantity and price"))
        self._more.toggled.connect(self._show_more)
        self._add = button(_("Another &line"), lambda: self._another().account.setFocus(), link=True)
        below = QWidget()
        flow = Flow(below)
        flow.addWidget(self._more)
        flow.addWidget(self._add)
        self._column.addWidget(self.words)
        self._another()
        self._column.addWidget(below)  # after the first line, so that Tab comes to it last
        self.setFocusProxy(self._rows[0].account)

    def first(self) -> _Row:
        """The first row, which is always there."""
        return self._rows[0]

    def items(self) -> tuple[Item, ...]:
        """Every row that holds something."""
        return tuple(row.item() for row in self._rows if not row.is_blank())

    def set_items(self, items: tuple[Item, ...]) -> None:
        """Show these; one blank row when there are none."""
        while len(self._rows) > max(1, len(items)):
            self._drop(self._rows[-1])
        while len(self._rows) < len(items):
            self._another()
        for row, item in zip(self._rows, items or (Item("", 0, ""),), strict=True):
            row.show_item(item)
        self._more.setChecked(any(i.quantity or i.unit or i.summary or i.unit_price_fen for i in items))
        self._tidy()

    def set_targets(self, targets: Iterable[LinkTarget]) -> None:
        """What items can belong to; while the registers are empty the field is not shown."""
        self._targets = tuple(targets)
        for row in self._rows:
            row.links.set_targets(self._targets)
            row.links.setVisible(row.links.has_choices())

    def set_demands(self, demands: Mapping[str, Demand]) -> None:
        """What accounts ask: offered first in the line, and named while it is missing."""
        self._demands = demands
        for row in self._rows:
            self._ask(row)

    def _ask(self, row: _Row) -> None:
        row.links.set_wanted(self._demands.get(row.account.code(), NONE).kinds)

    def set_party(self, link: Link | None) -> None:
        """The other party is this entry of the registers now: every line belongs to it, in place of the one before.

        Who takes the link out of a line afterwards keeps it out.
        """
        for row in self._rows:
            if self._party is not None:
                row.links.drop(self._party)
            if link is not None:
                row.links.add(link)
        self._party = link

    def follow(self, link: Link | None) -> None:
        """The lines shown were made for this party: the next choice takes its place in them."""
        self._party = link

    def set_chart(self, chart: Chart) -> None:
        """Choose from another chart from now on: sub-accounts come while the book is open."""
        self._chart = chart
        for row in self._rows:
            row.account.set_chart(chart, self._use())

    def show_total(self, total_fen: int) -> None:
        """The capitals beneath."""
        self.words.setText(capital_amount(total_fen) if total_fen else " ")

    def _another(self) -> _Row:
        row = _Row(self._chart, self._use(), self._accepts, self)
        row.out.clicked.connect(lambda: self._drop(row))
        row.changed.connect(self.changed)
        row.links.set_targets(self._targets)
        row.links.setVisible(row.links.has_choices())
        row.more.setVisible(self._more.isChecked())
        if self._party is not None:
            row.links.add(self._party)
        row.account.changed.connect(lambda: self._ask(row))
        self._column.insertWidget(len(self._rows), row)
        previous = self._rows[-1].price if self._rows else None
        self._rows.append(row)
        fields = [row.account, row.amount, row.out, row.links, row.summary, row.quantity, row.unit, row.price]
        if previous is not None:
            fields = [previous, *fields, self._more, self._add]
        for before, after in pairwise(fields):
            QWidget.setTabOrder(before, after)
        self._tidy()
        return row

    def _drop(self, row: _Row) -> None:
        if len(self._rows) == 1:
            row.show_item(Item("", 0, ""))
            return
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self.setFocusProxy(self._rows[0].account)
        self._tidy()
        self.changed.emit()

    def _tidy(self) -> None:
        for row in self._rows:
            row.out.setVisible(len(self._rows) > 1)

    def _show_more(self, wanted: bool) -> None:
        for row in self._rows:
            row.more.setVisible(wanted)
