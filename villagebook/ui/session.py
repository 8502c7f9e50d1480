"""The open book as the pages share it: who works, what changed, where to go, what to say below."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from villagebook.services.book_file import books
from villagebook.services.by import By, now, today
from villagebook.ui.preferences import Preferences
from villagebook.ui.tasks import Lane


class Session(QObject):
    """One open book.

    Signals:
        changed: topics (frozenset of text) that a commit touched.
        said: one sentence for the status line.
        wanted: a target such as "document:ab12" or "page:books" that some button asked for.
        look_changed: language or text size were chosen anew; left: the user wants another book.
    """

    changed = Signal(object)
    said = Signal(str)
    wanted = Signal(str)
    look_changed = Signal()
    left = Signal()

    def __init__(self, book: books.Book, preferences: Preferences, lane: Lane) -> None:
        super().__init__()
        self.book = book
        self.preferences = preferences
        self.lane = lane
        book.on_change(self._on_change)

    def _on_change(self, topics: frozenset[str]) -> None:
        self.changed.emit(topics)

    @property
    def today(self) -> date:
        return today()

    @property
    def actor(self) -> str:
        """Who sits here: as chosen on this computer, else whoever keeps the accounts today, else nobody."""
        chosen = self.preferences.person(self.book.info.book_id)
        if chosen:
            return chosen
        from villagebook.domain.people import PostKind

        keepers = books.staff(self.book).holders((PostKind.ACCOUNTANT, PostKind.CLERK), self.today)
        return keepers[0].name if keepers else ""

    def by(self) -> By:
        """Author and instant for a verb."""
        return now(self.actor or "-")

    def say(self, text: str) -> None:
        """Tell the status line what was just done; there is no "saved" box anywhere."""
        self.said.emit(text)

    def go(self, target: str) -> None:
        """Ask the window for the place of repair."""
        self.wanted.emit(target)

    def close(self) -> None:
        self.lane.stop()
        self.book.close()


def open_session(path: Path, preferences: Preferences, lane: Lane, *, read_only: bool = False) -> Session:
    """Open a book for the window. Raises KnownError."""
    book = books.open_book(path, read_only=read_only)
    preferences.remember_book(path)
    preferences.save()
    return Session(book, preferences, lane)
