"""A white box for one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, text


class FormBox(QFrame):
    """Heading, what there is to know, fields line by line, and the buttons that do it; each stands below what was added before."""

    def __init__(self, heading: str, about: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setProperty("form", True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(em(0.8), em(0.7), em(0.8), em(0.7))
        self._column.setSpacing(em(0.5))
        self._form: Form | None = None
        self.heading = text(heading, "heading")
        self.add(self.heading)
        if about:
            self.add(text(about, "quiet"))

    def add(self, part: QWidget | QLayout) -> None:
        """Over the whole width; fields after it begin lines of their own."""
        self._form = None
        if isinstance(part, QLayout):
            self._column.addLayout(part)
        else:
            self._column.addWidget(part)

    def row(self, label: str, field: QWidget, note: QWidget | None = None) -> QLabel:
        """A field with its label; labels of fields that follow each other are equally wide. `note` stands below the field."""
        return self._lines().row(label, field, note)

    def wide(self, widget: QWidget) -> None:
        """Among the fields, over both columns."""
        self._lines().wide(widget)

    def act(self, words: str, do: Callable[[], object], *, main: bool = False) -> QPushButton:
        """A button of its own line; `main` is the one thing to do here."""
        made = button(words, do, main=main)
        self.add(made)
        return made

    def acts(self, *buttons: QPushButton) -> None:
        """Buttons beside each other, in a line that breaks where the box ends."""
        flow = Flow()
        for one in buttons:
            flow.addWidget(one)
        self.add(flow)

    def _lines(self) -> Form:
        if self._form is None:
            self._form = Form()
            self._column.addLayout(self._form)
        return self._form
