"""The people of a list, a line each, as in a sheet: typed, pasted or taken in from a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHeaderView, QTableWidget, QTableWidgetItem

from villagebook.domain.dates import DateError
from villagebook.domain.day_runs import days_text, read_days
from villagebook.domain.money import AmountError, parse_yuan, yuan_text
from villagebook.domain.pay_list import ListKind, PayRate, PayRow, plain_name, rate_on
from villagebook.i18n import N_, _
from villagebook.ui.theme import em

_TITLES = {
    "name": N_("Full name"),
    "household": N_("Household no."),
    "post": N_("Post"),
    "work": N_("Work done"),
    "reason": N_("Reason"),
    "place": N_("Place"),
    "days": N_("Days (3.3-3.5、3.9)"),
    "half": N_("Half days"),
    "quantity": N_("Quantity"),
    "unit": N_("Unit"),
    "rate": N_("Rate of pay"),
    "amount": N_("Amount"),
    "note": N_("Remark"),
}
_COLUMNS = {
    ListKind.LOST_WORK: ("name", "household", "work", "place", "days", "half", "rate", "amount", "note"),
    ListKind.PAY: ("name", "post", "rate", "amount", "note"),
    ListKind.CONDOLENCE: ("name", "household", "reason", "amount", "note"),
    ListKind.SUBSIDY: ("household", "name", "work", "quantity", "unit", "rate", "amount", "note"),
    ListKind.LAND: ("household", "name", "work", "quantity", "unit", "rate", "amount", "note"),
}
_WIDTHS = {"work": 11, "reason": 11, "place": 8, "days": 12, "name": 6, "note": 9, "household": 7}
_NARROW = 5
_RIGHT = frozenset({"rate", "amount", "quantity"})


class PayRows(QTableWidget):
    """`rows()` are the lines somebody wrote in; a rate left out is the decided one, an amount left out is its product."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = ListKind.LOST_WORK
        self._near = date.min
        self._rates: tuple[PayRate, ...] = ()
        self._homes: Mapping[str, tuple[str, ...]] = {}
        self.problems: tuple[str, ...] = ()
        self.setAccessibleName(_("People of the list"))
        self.verticalHeader().setDefaultSectionSize(em(2))
        self.setAlternatingRowColors(True)
        self.itemChanged.connect(self._touched)
        self.set_kind(self._kind)

    # ---- what it knows ----

    def set_kind(self, kind: ListKind) -> None:
        """Show the columns this kind asks for; what was typed stays where the kinds share a column."""
        kept = self._texts()
        self._kind = kind
        self.blockSignals(True)
        self.clear()
        keys = self._keys()
        self.setColumnCount(len(keys))
        self.setHorizontalHeaderLabels([_(_TITLES[key]) for key in keys])
        metrics = self.horizontalHeader().fontMetrics()
        for at, key in enumerate(keys):
            title_width = metrics.horizontalAdvance(_(_TITLES[key])) + em(1.2)
            self.setColumnWidth(at, max(em(_WIDTHS.get(key, _NARROW)), title_width))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self._fill(kept)
        self.blockSignals(False)
        self.changed.emit()

    def set_near(self, day: date) -> None:
        """Days without a year are near this one."""
        self._near = day

    def set_rates(self, rates: Iterable[PayRate]) -> None:
        self._rates = tuple(rates)

    def set_homes(self, homes: Mapping[str, tuple[str, ...]]) -> None:
        """Plain name -> codes of the households it is known in."""
        self._homes = homes

    def _keys(self) -> tuple[str, ...]:
        return _COLUMNS[self._kind]

    # ---- what it holds ----

    def rows(self) -> tuple[PayRow, ...]:
        """Every line with anything in it; `problems` then says what cannot be read."""
        wrong: list[str] = []
        made = []
        for no, told in enumerate(self._texts(), 1):
            row = self._row(told, no, wrong)
            made.append(row)
        self.problems = tuple(wrong)
        return tuple(made)

    def _row(self, told: Mapping[str, str], no: int, wrong: list[str]) -> PayRow:
        def money(key: str) -> int:
            words = told.get(key, "").strip()
            try:
                return parse_yuan(words) if words else 0
            except AmountError:
                text = _("Row {no}: “{text}” is no amount.")
                wrong.append(text.format(no=no, text=words[:20]))
                return 0

        days: tuple[date, ...] = ()
        try:
            days = read_days(told.get("days", ""), self._near)
        except DateError as error:
            text = _("Row {no}: “{text}” is no day of work. Write days such as 3.3-3.5、3.9.")
            wrong.append(text.format(no=no, text=error.text[:20]))
        name, post = told.get("name", "").strip(), told.get("post", "").strip()
        rate_fen = money("rate")
        if not rate_fen and self._kind in (ListKind.LOST_WORK, ListKind.PAY):
            decided = rate_on(self._rates, self._kind, post, days[0] if days else self._near)
            rate_fen = decided.rate_fen if decided else 0
        homes = self._homes.get(plain_name(name), ())
        household = told.get("household", "").strip()
        if not household and len(homes) == 1 and "household" in self._keys():
            household = homes[0]
        row = PayRow(
            name,
            money("amount"),
            household,
            post,
            (told.get("work", "") or told.get("reason", "")).strip(),
            told.get("place", "").strip(),
            days,
            bool(told.get("half", "").strip()),
            told.get("quantity", "").strip(),
            told.get("unit", "").strip(),
            rate_fen,
            told.get("note", "").strip(),
        )
        if told.get("amount", "").strip():
            return row
        whole_fen = row.worth_fen() if days else rate_fen if self._kind is ListKind.PAY else 0
        return replace(row, amount_fen=whole_fen)

    def set_rows(self, rows: Iterable[PayRow]) -> None:
        self.blockSignals(True)
        self._fill([self._told(row) for row in rows])
        self.blockSignals(False)
        self.changed.emit()

    def _told(self, row: PayRow) -> dict[str, str]:
        texts = {key: str(getattr(row, key, "")) for key in ("name", "household", "post", "work", "place")}
        texts |= {"reason": row.work, "quantity": row.quantity, "unit": row.unit, "note": row.note}
        texts["days"] = days_text(row.days, self._near)
        texts["half"] = _("yes") if row.half else ""
        texts["rate"] = yuan_text(row.rate_fen) if row.rate_fen else ""
        texts["amount"] = yuan_text(row.amount_fen) if row.amount_fen else ""
        return texts

    def _texts(self) -> list[dict[str, str]]:
        """Lines that are not blank, by column."""
        made = []
        for at in range(self.rowCount()):
            told: dict[str, str] = {}
            for column, key in enumerate(self._keys()):
                item = self.item(at, column)
                told[key] = item.text() if item else ""
            if any(words.strip() for words in told.values()):
                made.append(told)
        return made

    def _fill(self, texts: Iterable[Mapping[str, str]]) -> None:
        """These lines and a blank one."""
        lines = [*texts, {}]
        self.setRowCount(len(lines))
        for at, told in enumerate(lines):
            for column, key in enumerate(self._keys()):
                item = QTableWidgetItem(told.get(key, ""))
                if key in _RIGHT:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(at, column, item)

    def _touched(self, item: QTableWidgetItem) -> None:
        """A blank line stands at the end always."""
        if item.row() == self.rowCount() - 1 and item.text().strip():
            self.blockSignals(True)
            self.setRowCount(self.rowCount() + 1)
            for column, key in enumerate(self._keys()):
                made = QTableWidgetItem("")
                if key in _RIGHT:
                    made.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(self.rowCount() - 1, column, made)
            self.blockSignals(False)
        self.changed.emit()

    def drop_line(self) -> None:
        """Take the line with the cursor out."""
        at = self.currentRow()
        if 0 <= at < self.rowCount() - 1:
            self.removeRow(at)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste fills cells from the one with the cursor on; Enter goes to the next cell."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QApplication.clipboard().text())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            at, column = self.currentRow(), self.currentColumn() + 1
            if column >= self.columnCount():
                at, column = min(at + 1, self.rowCount() - 1), 0
            self.setCurrentCell(at, column)
            return
        super().keyPressEvent(event)

    def _paste(self, words: str) -> None:
        top, left = max(0, self.currentRow()), max(0, self.currentColumn())
        for down, line in enumerate(words.rstrip("\r\n").splitlines()):
            if top + down >= self.rowCount():
                self.setRowCount(top + down + 1)
            for right, cell in enumerate(line.split("\t")):
                if left + right < self.columnCount():
                    self.setItem(top + down, left + right, QTableWidgetItem(cell.strip()))
        self._line_up()

    def _line_up(self) -> None:
        """What was pasted, with a blank line behind it."""
        kept = self._texts()
        self.blockSignals(True)
        self._fill(kept)
        self.blockSignals(False)
        self.changed.emit()
