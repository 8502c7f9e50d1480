"""The books that are measured, made once and copied for whoever writes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.bench import history, village


@dataclass(frozen=True, slots=True)
class Setting:
    """A folder with the same history as a book, as the file it was imported from, and as plain SQLite."""

    folder: Path
    vouchers: int

    @property
    def book(self) -> Path:
        return self.folder / "large.vbook"

    @property
    def empty(self) -> Path:
        return self.folder / "empty.vbook"

    @property
    def table(self) -> Path:
        return self.folder / "large.csv"

    @property
    def plain(self) -> Path:
        return self.folder / "plain.db"

    def make(self) -> None:
        village.book_with_history(self.empty, 0)
        village.book_with_history(self.book, self.vouchers)
        history.write_plain(self.plain, self.vouchers)

    def copy(self, path: Path) -> Path:
        """A copy to write in."""
        target = self.folder / f"copy-{path.name}"
        shutil.copyfile(path, target)
        return target

    def fresh(self, name: str) -> Path:
        """An empty folder."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder
