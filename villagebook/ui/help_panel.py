"""F1 and `?`: what this page is for and which keys it knows, beside the page rather than over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from villagebook.i18n import _
from villagebook.ui.navigation import ENTRIES
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import Scroll, button, text


class HelpPanel(Scroll):
    """Explains the page in front."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(em(19))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_page(self, page: Page) -> None:
        """Show the words and keys of another page."""
        inner = QFrame()
        inner.setProperty("role", "card")
        column = QVBoxLayout(inner)
        column.addWidget(text(_(page.title()), "heading"))
        column.addWidget(text(page.explain()))
        self.manual, self.rules = (
            button(_("&Manual…"), lambda: read(page, "ManualWindow")),
            button(_("All r&ules…"), lambda: read(page, "RulesWindow")),
        )
        column.addWidget(self.manual)
        column.addWidget(self.rules)
        column.addWidget(text(_("Keys of this page"), "heading"))
        column.addWidget(_table((*page.keys(), *_field_keys())))
        column.addWidget(text(_("Keys everywhere"), "heading"))
        column.addWidget(_table((*_window_keys(), *((e.key, _(e.title)) for e in ENTRIES))))
        column.addStretch(1)
        self.hold(inner)


def _field_keys() -> tuple[tuple[str, str], ...]:
    return (
        ("Enter, Tab", _("next field")),
        ("F7, F2", _("open the list of accounts")),
        ("3*12.5+8", _("amount fields compute")),
        ("3-5, 5", _("short dates")),
    )


def _window_keys() -> tuple[tuple[str, str], ...]:
    return (
        ("F1, ?", _("this explanation")),
        ("Shift+F1", _("the manual")),
        ("Ctrl+PgUp, Ctrl+PgDn", _("page before, page after")),
        ("Ctrl+Q", _("close the book")),
    )


def _table(rows: tuple[tuple[str, str], ...]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(1, 1)
    for number, (key, words) in enumerate(rows):
        name = QLabel(key)
        name.setWordWrap(True)
        name.setMinimumWidth(em(6))
        name.setMaximumWidth(em(7.5))
        grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text(words, "quiet"), number, 1)
    return holder


def read(parent: QWidget, window: str) -> None:
    """Open the manual or the list of rules; the reader is loaded when somebody wants to read."""
    from villagebook.ui import reader

    {"ManualWindow": reader.ManualWindow, "RulesWindow": reader.RulesWindow}[window](parent).show()
