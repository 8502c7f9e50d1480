"""Finds text that does not fit: walks what is visible and compares what each widget wants with what it has."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QHeaderView,
    QLabel,
    QTabBar,
    QTableView,
    QWidget,
)

from villagebook.ui.widgets.table_view import TableView

SLACK = 2


def cut_texts(window: QWidget) -> list[str]:
    """One line per widget whose text is cut, or that sticks out of its parent."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.width() > 0:
            found += [f"{type(widget).__name__} {_words(widget)!r}: {why}" for why in _why(widget)]
    return found


def sideways(window: QWidget) -> list[str]:
    """One line per list that is seen and scrolls sideways."""
    return [
        f"{view.accessibleName()} scrolls sideways by {view.horizontalScrollBar().maximum()}"
        for view in window.findChildren(TableView)
        if view.isVisible() and view.horizontalScrollBar().maximum() > 0
    ]


def _words(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) and not isinstance(widget, QTabBar) else widget.objectName()


def _why(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel):
        return [*_label(widget), *_sticks_out(widget)]
    if isinstance(widget, QAbstractButton):
        return [*_smaller(widget), *_sticks_out(widget)]
    if isinstance(widget, QTabBar):
        return _tabs(widget)
    if isinstance(widget, QTableView):
        return _headings(widget.horizontalHeader())
    return []


def _smaller(widget: QWidget) -> list[str]:
    hint = widget.sizeHint()
    if not _words(widget) or (
        hint.width() <= widget.width() + SLACK and hint.height() <= widget.height() + SLACK
    ):
        return []
    return [f"wants {hint.width()}x{hint.height()}, has {widget.width()}x{widget.height()}"]


def _label(label: QLabel) -> list[str]:
    if not label.text().strip() or not label.pixmap().isNull():
        return []
    if label.sizePolicy().horizontalPolicy() == label.sizePolicy().Policy.Ignored:
        return []  # a line that may be shortened shows its whole text as a tool tip
    if not label.wordWrap():
        return _smaller(label)
    wanted = label.heightForWidth(label.width())
    longest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())
    why = [f"wants height {wanted}, has {label.height()}"] if wanted > label.height() + SLACK else []
    if label.text().isascii() and longest > label.width() + SLACK:
        why.append(f"longest word wants {longest}, has {label.width()}")
    return why


def _sticks_out(widget: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if parent is None or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return []
    inside = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    return [] if inside.contains(widget.geometry()) else ["sticks out of its parent"]


def _tabs(bar: QTabBar) -> list[str]:
    return [
        f"tab {bar.tabText(n)!r} is cut"
        for n in range(bar.count())
        if bar.tabRect(n).width() < bar.fontMetrics().horizontalAdvance(bar.tabText(n).replace("&", ""))
    ] + (["tabs do not fit"] if bar.count() and bar.tabRect(bar.count() - 1).right() > bar.width() else [])


def _headings(header: QHeaderView) -> list[str]:
    return [
        f"heading {n} wants {header.sectionSizeHint(n)}, has {header.sectionSize(n)}"
        for n in range(header.count())
        if header.sectionSizeHint(n) > header.sectionSize(n) + SLACK
    ]
