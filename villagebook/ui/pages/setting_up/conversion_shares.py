"""Dividing one old balance: accounts of today with their amounts, and what is still missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.account import Chart
from villagebook.domain.conversion import OldBalance, Share
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Places
from villagebook.i18n import _
from villagebook.services.bringing_in.conversion_check import rows_for, way_of
from villagebook.services.bringing_in.conversion_papers import MARKS, advice, mark_of
from villagebook.services.bringing_in.old_chart import Way
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice

ROWS = 3


class ShareRow:
    """The fields of one share."""

    def __init__(self, chart: Chart, places: Places) -> None:
        self._places = places
        self.account = AccountPicker(chart, {}, lambda a: not a.is_income)
        self.place = Choice([("", "–")])
        self.party, self.amount = QLineEdit(), MoneyLine()
        for field, words in (
            (self.account, _("New account")),
            (self.place, _("Money place")),
            (self.party, _("Other party")),
            (self.amount, _("Amount")),
        ):
            field.setAccessibleName(words)
        self.account.changed.connect(self._fill_places)

    def fields(self) -> tuple[QWidget, ...]:
        return self.account, self.place, self.party, self.amount

    def show_share(self, share: Share | None) -> None:
        """Fill the fields; None empties them. Amounts are shown without their side."""
        self.account.set_code(share.account if share else "")
        self._fill_places()
        self.place.set_value(share.place if share else "")
        self.party.setText(share.party if share else "")
        self.amount.set_fen(abs(share.fen) if share and share.fen is not None else None)

    def share(self, side: int) -> Share | None:
        """What is typed, on the side of the old balance; None for an empty row."""
        fen = self.amount.fen()
        if not self.account.code() and not fen:
            return None
        signed = None if fen is None else side * fen
        return Share(self.account.code(), signed, self.place.value(), self.party.text().strip())

    def _fill_places(self) -> None:
        code = self.account.code()[:3]
        fitting = [p for p in self._places.all() if code in ("101", "102") and p.account[:3] == code]
        self.place.set_options([("", _("(usual)") if fitting else "–"), *((p.code, p.name) for p in fitting)])
        self.place.setEnabled(bool(fitting))


class SharesEditor(QWidget):
    """`divided` carries the key of the old balance and its shares."""

    divided = Signal(str, object)

    def __init__(self, chart: Chart, places: Places) -> None:
        super().__init__()
        self._chart = chart
        self._old: OldBalance | None = None
        self.title, self.advice, self.missing = text("", "heading"), text("", "quiet"), text("", wrap=False)
        self._places = places
        self.rows: list[ShareRow] = []
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(em(0.5))
        grid.setVerticalSpacing(em(0.25))
        for at, words in enumerate((_("Goes to"), _("Money place"), _("Other party"), _("Amount"))):
            grid.addWidget(text(words, "quiet", wrap=False), 0, at)
        self._make_rows(ROWS)
        for at, weight in enumerate((4, 3, 3, 2)):
            grid.setColumnStretch(at, weight)
        bar = QWidget()
        flow = Flow(bar)
        self.whole = button(_("&Whole amount to the first account"), self.take_whole)
        self.decide = button(_("&Decide this row"), self.divide, main=True)
        for widget in (self.missing, self.whole, self.decide):
            flow.addWidget(widget)
        for made in (self.whole, self.decide):
            made.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.3))
        for part in (self.title, self.advice):
            column.addWidget(part)
        holder = QWidget()
        grid.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(grid)
        fields = Scroll(holder)  # very large letters on a small screen
        fields.setMinimumHeight(em(4))
        column.addWidget(fields, 1)
        column.addWidget(bar)
        self.setEnabled(False)

    def _make_rows(self, most: int) -> None:
        """As many rows as are needed; a worksheet out of a file may divide into more than usual."""
        while len(self.rows) < most:
            row = ShareRow(self._chart, self._places)
            for at, field in enumerate(row.fields()):
                self._grid.addWidget(field, len(self.rows) + 1, at)
            row.amount.changed.connect(self._tell_missing)
            self.rows.append(row)

    def show_old(self, old: OldBalance | None, shares: tuple[Share, ...]) -> None:
        """Show an old balance: its shares, or the accounts the table knows with no amounts."""
        self._old = old
        self.setEnabled(old is not None and way_of(old.top) is not Way.CLOSED)
        if old is None:
            for row in self.rows:
                row.show_share(None)
            return
        side = _("debit") if old.fen > 0 else _("credit")
        words = " ".join(filter(None, (old.code, old.name, old.party)))
        self.title.setText(f"{words}: {side} {yuan_text(abs(old.fen))}")
        said = [_("The table says: {mark}.").format(mark=_(MARKS[mark_of(old.top)])), advice(old.top)]
        self.advice.setText(" ".join(filter(None, said)))
        party = old.party
        proposed = [Share(row.new, None, "", party) for row in rows_for(old.top) if row.new]
        shown = list(shares)
        if (
            sum(share.fen or 0 for share in shares) != old.fen
        ):  # not divided yet: what the table knows stays at hand
            named = {share.account for share in shares}
            shown += [share for share in proposed if share.account not in named]
        self._make_rows(len(shown))
        for at, row in enumerate(self.rows):
            row.show_share(shown[at] if at < len(shown) else None)
        self._tell_missing()

    def shares(self) -> tuple[Share, ...]:
        """What is typed; proposed accounts without an amount do not count."""
        side = 1 if self._old is None or self._old.fen > 0 else -1
        made = [share for row in self.rows if (share := row.share(side)) and (share.fen or not share.account)]
        return tuple(made)

    def take_whole(self) -> None:
        """Everything that is not divided yet to the first account named."""
        if self._old is None:
            return
        first = next((row for row in self.rows if row.account.code()), None)
        if first is None:
            return
        others = sum(row.amount.fen() or 0 for row in self.rows if row is not first)
        first.amount.set_fen(abs(self._old.fen) - others)
        self.divide()

    def divide(self) -> None:
        """Tell the worksheet."""
        if self._old is not None:
            self.divided.emit(self._old.key, self.shares())

    def _tell_missing(self) -> None:
        if self._old is None:
            return
        rest = abs(self._old.fen) - sum(row.amount.fen() or 0 for row in self.rows)
        self.missing.setText(_("Still to divide: {amount}").format(amount=yuan_text(rest)))
        self.missing.setProperty("role", "red" if rest else "quiet")
        self.missing.style().polish(self.missing)
