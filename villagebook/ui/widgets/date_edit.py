"""A field for a day: `2024.3.5`, `20240305`, `3-5` or `5`; arrow keys go a day, Page keys a month."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.dates import DateError, parse_date
from villagebook.domain.period import Period
from villagebook.i18n import _
from villagebook.services.by import today
from villagebook.ui.theme import em
from villagebook.ui.widgets.typed import mark_wrong


class DateEdit(QLineEdit):
    """`day()` is None while the text is no day of the calendar.

    A field that starts with a day is `needed`, unless it says otherwise: verbs ask for the day when it was emptied.
    """

    changed = Signal()

    def __init__(
        self, day: date | None = None, parent: QWidget | None = None, *, needed: bool | None = None
    ) -> None:
        super().__init__(parent)
        self._needed = needed if needed is not None else day is not None
        self._near = day or date.min
        self._day: date | None = None
        self._proposed: date | None = None
        self.setPlaceholderText(_("e.g. 3-5"))
        self.setMinimumWidth(em(7))
        self.setMaximumWidth(em(11))
        self.textChanged.connect(self._read)
        if day is not None:
            self.set_day(day)
        if day == today():
            self._proposed = day

    def day(self) -> date | None:
        return self._day

    def given(self) -> date:
        """The day, for a verb that has asked whether the form can be read; without that question it is our bug."""
        if self._day is None:
            raise ValueError("a day was taken from a field that holds none")
        return self._day

    def unread(self) -> str:
        """What is wrong with the words, or that a day is missing; "" when all is well."""
        words = self.text().strip()
        if self._day is None and words:
            return _("“{text}” is no day of the calendar; type for example 2026-3-5 or 3-5.").format(
                text=words
            )
        return (
            _("the day is missing; type for example 2026-3-5 or 3-5.") if self._needed and not words else ""
        )

    def set_day(self, day: date | None) -> None:
        """Show a day, which also becomes the one that `5` and `3-5` are near to."""
        self._proposed = None
        self._write_out(day)

    def _write_out(self, day: date | None) -> None:
        if day is not None:
            self._near = day
        self.setText(day.isoformat() if day else "")

    def _read(self, words: str) -> None:
        before = self._day
        try:
            self._day = parse_date(words, self._near if self._near != date.min else None)
        except DateError:
            self._day = None
        wrong = self._day is None and bool(words.strip()) and not self.hasFocus()
        self._mark(wrong)
        if self._day != before:
            self.changed.emit()

    def _mark(self, wrong: bool) -> None:
        mark_wrong(self, wrong=wrong)
        self.setToolTip(_("This day is not in the calendar.") if wrong else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Somebody comes back to the window: its page may have stood open since yesterday."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._follow()

    def _follow(self) -> None:
        """A day that was only proposed, as today, is not yesterday in a program left open over night."""
        proposed, now = self._proposed, today()
        if proposed is not None and proposed == self._day and proposed != now:
            self._write_out(now)
            self._proposed = now

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._follow()
        self._mark(False)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the day out in full; a wrong text stays and is marked."""
        if self._day is not None:
            self._write_out(self._day)
        self._mark(self._day is None and bool(self.text().strip()))
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go a day, Page Up and Page Down a month."""
        days = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        months = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}.get(Qt.Key(event.key()), 0)
        if self._day is None or not (days or months):
            super().keyPressEvent(event)
            return
        if days:
            self.set_day(self._day + timedelta(days=days))
        else:
            month = Period.of(self._day).shifted(months)
            self.set_day(month.first_day.replace(day=min(self._day.day, month.last_day.day)))
        self.selectAll()
