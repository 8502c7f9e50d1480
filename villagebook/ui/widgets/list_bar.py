"""What stands above a list: the line to search in, what narrows it, and the buttons that save it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text

FORMATS = ("pdf", "xlsx", "csv")


def search_line(hint: str = "", width: int = 11) -> QLineEdit:
    """An empty line to search in; `width` in letters."""
    line = QLineEdit()
    line.setPlaceholderText(hint or _("Search…"))
    line.setAccessibleName(_("Search"))
    line.setClearButtonEnabled(True)
    line.setMinimumWidth(em(width))
    return line


def save_buttons(save: Callable[[str], None], forms: Iterable[str] = FORMATS) -> list[QPushButton]:
    """One button a form of file; `save` is called with the form."""
    made = []
    for form in forms:
        one = button(form.upper())
        one.setToolTip(_("Save this table as {format}").format(format=form.upper()))
        one.clicked.connect(lambda _checked=False, form=form: save(form))
        made.append(one)
    return made


class ListBar(QWidget):
    """Widgets in a row that breaks where the window ends."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.flow = Flow(self)
        self.add(*widgets)

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.flow.addWidget(widget)


def under_bar(bar: QWidget, table: QWidget, *below: QWidget) -> tuple[QWidget, QLabel]:
    """The bar, a quiet caption, the table and what stands below it in one column; returns it and the caption."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(em(0.3))
    caption: QLabel = text("", "quiet")
    column.addWidget(bar)
    column.addWidget(caption)
    column.addWidget(table, 1)
    for widget in below:
        column.addWidget(widget)
    return holder, caption
