"""Backups that count: copied under a new name, opened again, checked, and only then named."""

from __future__ import annotations

from pathlib import Path

from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import stopping
from villagebook.i18n import _
from villagebook.services.by import By
from villagebook.storage.book import Book
from villagebook.storage.check import check_store
from villagebook.storage.copying import vacuum_into


def back_up(book: Book, folder: Path, by: By) -> Path:
    """Copy the book into a folder; returns the new file. Raises KnownError, or Refused when the copy does not hold."""
    if not folder.is_dir():
        raise KnownError(
            _("There is no folder {path}.").format(path=folder), _("Plug in the stick or make the folder.")
        )
    stamp = by.at.strftime("%Y%m%d-%H%M%S")
    target = folder / f"{book.path.stem}-{stamp}.vbook"
    _copy(book, target)
    return target


def restore(backup: Path, target: Path) -> None:
    """Make a book out of a backup, under a new name. Raises KnownError, or Refused when the backup does not hold."""
    with Book.open(backup, read_only=True) as book:
        _copy(book, target)


def _copy(book: Book, target: Path) -> None:
    if target.exists():
        raise KnownError(_("{path} exists already.").format(path=target), _("Choose another name."))
    part = target.with_name(target.name + ".part")
    try:
        vacuum_into(book, part)
        with Book.open(part, read_only=True) as copy:
            with copy.reading() as connection:
                broken = stopping(check_store(connection))
            if broken:
                raise Refused(broken)
            if copy.head() != book.head():
                raise KnownError(_("The book changed while it was copied."), _("Try again."))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
