"""What a sheet about a single matter can be about: what the log says happened, and every project of the register."""

from __future__ import annotations

from datetime import date

from villagebook.services.disclosure import duties
from villagebook.services.disclosure.sheet_forms import FORMS, FormEntry
from villagebook.storage import projects
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

PROJECT = "project"


def subjects(book: Book, entry: FormEntry, today: date) -> tuple[tuple[str, str], ...]:
    """(subject, what people call it) for a form, the newest first; empty for sheets of whole months."""
    if not entry.subject:
        return ()
    with book.reading() as connection:
        found = dict(_projects(connection)) if entry.subject == PROJECT else {}
        for duty in duties.owed(connection, book.info, today):
            for paper in duty.happened.papers:
                if paper.form == entry.form.value and paper.subject.partition(":")[0] == entry.subject:
                    found.pop(paper.subject, None)
                    found[paper.subject] = duty.happened.name
    return tuple(reversed(found.items()))


def _projects(connection: Connection) -> tuple[tuple[str, str], ...]:
    return tuple((f"{PROJECT}:{p.code}", f"{p.code} {p.name}") for p in projects.projects(connection))


def key_of(entry: FormEntry) -> str:
    """A form in a list of choices: "F3", "matter:loan"."""
    return f"{entry.form.value}:{entry.subject}" if entry.subject else entry.form.value


def entry_of(key: str) -> FormEntry | None:
    """The form behind a key, None for the monthly notice or an unknown one."""
    return next((e for e in FORMS if key_of(e) == key), None)
