"""Qt's own few texts (dialog buttons, edit menus) through our catalogue, so that one language speaks everywhere."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from villagebook.i18n import N_, _

QT_TEXTS = (
    N_("OK"),
    N_("&OK"),
    N_("Cancel"),
    N_("&Cancel"),
    N_("&Yes"),
    N_("&No"),
    N_("&Close"),
    N_("Open"),
    N_("&Open"),
    N_("Save"),
    N_("&Save"),
    N_("Discard"),
    N_("&Undo"),
    N_("&Redo"),
    N_("Cu&t"),
    N_("&Copy"),
    N_("&Paste"),
    N_("Delete"),
    N_("Select All"),
    N_("Print"),
    N_("&Print"),
    N_("File &name:"),
    N_("Files of type:"),
    N_("Look in:"),
    N_("All Files (*)"),
    N_("Directory:"),
    N_("&Choose"),
)
"""The texts of Qt that our windows can show; anything else of Qt stays as it is."""


class GettextTranslator(QTranslator):
    """Answers Qt's questions from our catalogue."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Our word for a text of Qt; None lets Qt use its own ("" would blank it)."""
        return _(sourceText) if sourceText in QT_TEXTS else None

    def isEmpty(self) -> bool:
        """Never: an empty translator would not be asked."""
        return False
