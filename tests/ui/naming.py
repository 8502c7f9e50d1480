"""What somebody who hears the screen is told of a field."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)
WHOLES = (QComboBox, QAbstractSpinBox, QTabBar, QAbstractItemView, QLineEdit)
"""What is made of parts that Qt names with the whole."""


def nameless(within: QWidget) -> list[str]:
    """One line per field or table that is read aloud without a name."""
    return [
        f"{type(field).__name__} in {[type(above).__name__ for above in _around(field)][:4]}"
        for field in within.findChildren(QWidget)
        if isinstance(field, FIELDS) and not _is_part(field) and not _name(field)
    ]


def _name(field: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name).strip()


def _is_part(field: QWidget) -> bool:
    return isinstance(field, QHeaderView) or any(isinstance(above, WHOLES) for above in _around(field))


def _around(field: QWidget) -> list[QWidget]:
    above, found = field.parentWidget(), []
    while above is not None:
        found.append(above)
        above = above.parentWidget()
    return found
