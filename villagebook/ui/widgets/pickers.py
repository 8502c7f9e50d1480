"""Choosing a person, a money place, one of a few words: short lists, first letter jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from villagebook.domain.people import Person
from villagebook.domain.period import Period
from villagebook.domain.place import Place
from villagebook.i18n import _
from villagebook.ui.theme import em


class Choice(QComboBox):
    """A drop-down of (value, words). The wheel scrolls the page, never the choice: figures must not change unseen."""

    changed = Signal()

    def __init__(self, options: Iterable[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(em(8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.set_options(options)
        self.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Replace the list and keep the choice when it is still there; `changed` is not emitted."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(before)) if self.count() else -1)
        self.blockSignals(False)

    def value(self) -> str:
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_value(self, value: str) -> None:
        """Choose; a value that is not in the list leaves the choice as it is."""
        index = self.findData(value)
        if index >= 0:
            self.setCurrentIndex(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()


class PersonPicker(Choice):
    """A person of the village's list, by id; with `may_be_nobody` the first line is empty."""

    def __init__(self, *, may_be_nobody: bool = True, parent: QWidget | None = None) -> None:
        self._nobody = may_be_nobody
        super().__init__((), parent)

    def set_persons(self, persons: Iterable[Person]) -> None:
        nobody = [("", _("(choose)"))] if self._nobody else []
        self.set_options(nobody + [(p.id, p.name) for p in persons])


class PlacePicker(Choice):
    """A money place, by code."""

    def set_places(self, places: Sequence[Place], title: Callable[[Place], str] = lambda p: p.name) -> None:
        self.set_options([(p.code, title(p)) for p in places])


class PeriodPicker(Choice):
    """A month among those of the book, the newest first; with `longer` also quarters, half-years and years."""

    def set_months(self, months: Sequence[Period], *, longer: bool = False) -> None:
        options = [(str(m), month_name(m)) for m in reversed(months)]
        if longer and months:
            years = sorted({m.year for m in months}, reverse=True)
            for year in years:
                options += [
                    (f"{year}-Q{q}", _("{year}, quarter {quarter}").format(year=year, quarter=q))
                    for q in range(4, 0, -1)
                    if any(m.year == year and (m.month + 2) // 3 == q for m in months)
                ]
                options += [
                    (f"{year}-H{h}", _("{year}, half-year {half}").format(year=year, half=h))
                    for h in (2, 1)
                    if any(m.year == year and (m.month + 5) // 6 == h for m in months)
                ]
                options.append((str(year), _("{year}, whole year").format(year=year)))
        self.set_options(options)


def month_name(month: Period) -> str:
    """A month as people say it."""
    return _("{year}-{month:02d}").format(year=month.year, month=month.month)


class SuggestLine(QLineEdit):
    """A text field that offers what was written before; `suggest` gets what is typed so far. F7 and F2 open the list."""

    def __init__(self, suggest: Callable[[str], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._texts = QStringListModel(self)
        completer = QCompleter(self._texts, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setMinimumWidth(em(9))
        self.textEdited.connect(self._look)

    def setText(self, words: str | None) -> None:
        """What is filled in from elsewhere is read from its beginning."""
        super().setText(words)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Words longer than the field show their head again once it is left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)

    def _look(self, words: str) -> None:
        self._texts.setStringList([s for s in self._suggest(words) if s != words])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The look-up keys show everything that fits so far, or the newest of all when nothing does."""
        completer = self.completer()
        if event.key() not in (Qt.Key.Key_F7, Qt.Key.Key_F2) or event.modifiers() or completer is None:
            super().keyPressEvent(event)
            return
        found = [s for s in self._suggest(self.text()) if s != self.text()]
        self._texts.setStringList(found or list(self._suggest("")))
        completer.setCompletionPrefix(self.text() if found else "")
        completer.complete()
