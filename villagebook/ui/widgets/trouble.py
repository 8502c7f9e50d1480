"""A red line in a window of its own that says why something did not work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from villagebook.domain.errors import KnownError


class Trouble(QLabel):
    """Hidden while all is well."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setProperty("role", "red")
        self.setVisible(False)

    def attempt(self, act: Callable[[], object]) -> None:
        """Do it; trouble with the printer or the disk is told here."""
        try:
            act()
        except KnownError as error:
            self.setText(str(error))
            self.setVisible(True)
            return
        self.setVisible(False)
