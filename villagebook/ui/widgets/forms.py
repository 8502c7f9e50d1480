"""Forms the way Chinese bookkeepers type: Enter goes to the next field, labels stand before their fields."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from villagebook.ui.theme import em

_FIELDS = (QLineEdit, QComboBox)
_WIDE = 10_000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def enter_moves(event: QKeyEvent) -> bool:
    """For a page's keyPressEvent: Enter that no widget took moves on from a field and presses a button."""
    focused = QApplication.focusWidget()
    if event.key() not in _ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if isinstance(focused, QAbstractButton):
        focused.click()
        return True
    if isinstance(focused, _FIELDS):
        move_on(focused)
        return True
    return False


def move_on(field: QWidget) -> None:
    """Focus to the next field, or to the page's main button; lesser buttons are for Tab."""
    current: QWidget | None = field
    for _step in range(40):
        if current is None or not current.focusNextChild():
            return
        current = QApplication.focusWidget()
        if not isinstance(current, QAbstractButton) or current.property("role") == "main":
            return


class Form(QGridLayout):
    """Label and field per line; the label is the field's buddy, so its mnemonic leads there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(em(0.7))
        self.setVerticalSpacing(em(0.45))
        self.setColumnStretch(1, 1)

    def row(self, label: str, field: QWidget, note: QWidget | None = None) -> QLabel:
        """Add one line; `note` stands below the field."""
        line = self.rowCount()
        name = QLabel(label)
        name.setBuddy(field)
        field.setAccessibleName(label.replace("&", ""))
        if (inner := field.focusProxy()) is not None and not inner.accessibleName():
            inner.setAccessibleName(field.accessibleName())  # what has the keyboard is what is read aloud
        name.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        top = Qt.AlignmentFlag.AlignTop
        name.setMinimumHeight(em(2.1))
        self.addWidget(
            name, line, 0, top if field.sizeHint().height() > em(3) else Qt.AlignmentFlag.AlignVCenter
        )
        if field.maximumWidth() < _WIDE:
            field.setMinimumWidth(min(field.maximumWidth(), max(field.minimumWidth(), em(9))))
            self.addWidget(field, line, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self.addWidget(field, line, 1)
        if note is not None:
            self.addWidget(note, line + 1, 1)
        return name

    def wide(self, widget: QWidget) -> None:
        """Add a widget over both columns."""
        self.addWidget(widget, self.rowCount(), 0, 1, 2)


def beside(*widgets: QWidget) -> QHBoxLayout:
    """Widgets in one line, from the left."""
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


class Scroll(QScrollArea):
    """Room that scrolls, without a frame or a ground of its own."""

    def __init__(self, inner: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inner is not None:
            self.hold(inner)

    def hold(self, inner: QWidget) -> None:
        """Take this widget; the ground behind shows through."""
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)


def scrolled_to(widget: QWidget) -> None:
    """Bring a widget into view, in whatever room it scrolls; as little as needed, its top before its end."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget)


class Side(Scroll):
    """Forms beside a list: as wide as their widest line needs, so that no field is cut; above `most` it scrolls."""

    def __init__(self, inner: QWidget, least: int, most: int) -> None:
        super().__init__(inner)
        self._inner, self._least, self._most = inner, least, most
        self._fit()

    def _fit(self) -> None:
        needed = self._inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(self._least, self.minimumWidth(), min(needed, self._most)))

    def showEvent(self, event: QShowEvent) -> None:
        """What the forms say may have become longer since."""
        self._fit()
        super().showEvent(event)


def labelled(words: str, field: QWidget) -> QLabel:
    """A label to stand before a field in a row; its mnemonic leads there."""
    name = text(words, wrap=False)
    name.setBuddy(field)
    field.setAccessibleName(words.replace("&", ""))
    return name


def card(*, role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A white box with air inside."""
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setProperty("form", True)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(em(0.8), em(0.7), em(0.8), em(0.7))
    layout.setSpacing(em(0.5))
    return frame, layout


def text(words: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """A label that breaks lines; `role` is heading, quiet or red."""
    label = QLabel(words)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def button(
    words: str,
    do: Callable[..., object] | None = None,
    *,
    main: bool = False,
    link: bool = False,
    key: str = "",
) -> QPushButton:
    """A push button that does something; `main` is the one thing to do here, `key` its shortcut, shown in the tool tip."""
    made = QPushButton(words)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if main:
        made.setProperty("role", "main")
    if link:
        made.setProperty("role", "link")
    if key:
        made.setShortcut(key)
        made.setToolTip(key)
    if do is not None:
        made.clicked.connect(do)
    return made
