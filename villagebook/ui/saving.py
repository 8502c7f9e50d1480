"""Bytes as a file on the user's disk: asked where, written, told."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from villagebook.domain.errors import KnownError
from villagebook.i18n import _, why
from villagebook.ui.page import Page


def write_file(path: Path, data: bytes) -> None:
    """Raises KnownError."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise KnownError(
            _("{path} cannot be written: {why}.").format(path=path, why=why(error)),
            _("Choose another place."),
        ) from None


def save_bytes(parent: QWidget, data: bytes, name: str) -> Path | None:
    """Ask where, write, and return the path; None when the user thought better of it. Raises KnownError."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Save as"), name)
    if not chosen:
        return None
    path = Path(chosen)
    write_file(path, data)
    return path


def save(page: Page, data: bytes, name: str) -> None:
    """Ask where, write, and say where it lies now; trouble with the disk is told on the page."""

    def told(path: Path | None) -> None:
        if path is not None:
            page.session.say(_("Saved as {path}.").format(path=path))

    page.attempt(lambda: save_bytes(page, data, name.replace("/", "-")), told)
