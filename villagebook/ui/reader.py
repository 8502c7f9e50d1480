"""Two windows to read in: the manual, and the list of every rule the program runs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from villagebook import paths
from villagebook.i18n import _
from villagebook.services import rulebook
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.theme import em, open_at
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.table_view import TableView


class ManualWindow(QDialog):
    """The user's guide as it ships; a word typed above is found in it, Enter goes to the next place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Manual"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = _search_line()
        self.search.returnPressed.connect(self.find_next)
        self.view = QTextBrowser()
        self.view.setOpenLinks(False)
        self.view.setAccessibleName(_("Manual"))
        self.view.setMarkdown(paths.manual().read_text(encoding="utf-8"))
        self.view.document().setDocumentMargin(em(1.2))
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        open_at(self, 50, 42)
        self.view.setFocus()

    def find_next(self) -> bool:
        """The next place of the words, from the beginning again after the last; False when there is none."""
        words = self.search.text().strip()
        if not words:
            return False
        if self.view.find(words):
            return True
        cursor = self.view.textCursor()
        cursor.setPosition(0)
        self.view.setTextCursor(cursor)
        return self.view.find(words)


class RulesWindow(QDialog):
    """Every rule with its level, when it runs, why, what it says and where it comes from; to search and take along."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.setWindowTitle(_("Rules"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = page
        self._rules = rulebook.rules_table()
        self.search = _search_line()
        bar = QWidget()
        flow = Flow(bar)
        flow.addWidget(text(self._rules.subtitle, "quiet"))
        flow.addWidget(self.search)
        for code in ("pdf", "xlsx", "csv"):
            made = button(code.upper())
            made.setToolTip(_("Save this table as {format}").format(format=code.upper()))
            made.clicked.connect(
                lambda _checked=False, code=code: export_table(self._page, self._rules, code)
            )
            flow.addWidget(made)
        self.table = TableView()
        self.table.setAccessibleName(_("Rules"))
        self.table.show_table(self._rules)
        self.told = text("")
        self.told.setMinimumHeight(em(8))
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table.pointed.connect(self._tell)
        self.search.textChanged.connect(self.table.filter)
        column = QVBoxLayout(self)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        open_at(self, 70, 42)
        self.table.selectRow(0)

    def _tell(self, row: int) -> None:
        """The rule in front, in full."""
        if row < 0:
            self.told.setText("")
            return
        model = self.table.values()
        cells = [str(model.index(row, n).data() or "") for n in range(model.columnCount())]
        heads = [c.title for c in self._rules.columns]
        self.told.setText(
            "\n".join(f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True) if cell)
        )


def _search_line() -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(_("Search…"))
    line.setAccessibleName(_("Search"))
    line.setClearButtonEnabled(True)
    line.setMinimumWidth(em(14))
    return line
