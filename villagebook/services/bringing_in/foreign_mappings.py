"""How files of other programs are read: kept in the book by the fingerprint of their header, or as a small file to hand on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from villagebook.domain.errors import KnownError
from villagebook.domain.foreign import FileMapping
from villagebook.domain.foreign_names import Entry
from villagebook.i18n import _, why
from villagebook.services.by import By, new_id
from villagebook.storage import foreign as store
from villagebook.storage.book import Book, Writing

if TYPE_CHECKING:
    from villagebook.services.bringing_in.foreign_files import Look

FORMAT = "villagebook-layout-1"
SUFFIX = ".layout.json"
MAX_BYTES = 4 * 1024 * 1024


def saved(book: Book) -> tuple[FileMapping, ...]:
    """All mappings of a book, the newest first."""
    with book.reading() as connection:
        return store.mappings(connection)


def save(book: Book, mapping: FileMapping, by: By) -> None:
    """Keep a mapping as book data; nothing is written when the book has exactly this one."""
    with book.writing(by.actor, by.at) as writing:
        keep(writing, mapping)


def keep(writing: Writing, mapping: FileMapping) -> None:
    """As `save`, as part of a greater act."""
    if store.mapping_for(writing.connection, mapping.kind, mapping.fingerprint) == mapping:
        return
    data: dict[str, object] = {
        "kind": mapping.kind.value,
        "fingerprint": mapping.fingerprint,
        "name": mapping.name,
        "body": mapping.to_data(),
    }
    writing.log("mapping.saved", data, new_id(), "imports")


def layout_bytes(mapping: FileMapping) -> bytes:
    """The small file that another village, or the command line, can use."""
    data = {"format": FORMAT, **mapping.to_data()}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_layout(path: Path) -> FileMapping:
    """Raises KnownError when the file cannot be read or is no layout."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(path)
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if data["format"] != FORMAT:
            raise ValueError(data["format"])
        return FileMapping.from_data(data)
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=path, why=why(error))) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KnownError(
            _("{name} is no layout of this program.").format(name=path.name),
            _("Export it from the window “Bring in”, or write one as the guide says."),
        ) from None


def find(book: Book, word: str) -> FileMapping:
    """A layout by the name it was saved under, or out of a file. Raises KnownError naming what there is."""
    known = saved(book)
    hit = next((m for m in known if m.name == word or m.fingerprint == word), None)
    if hit:
        return hit
    path = Path(word)
    if path.is_file():
        return read_layout(path)
    names = ", ".join(m.name or m.fingerprint for m in known)
    hint = (
        _("Saved in this book: {names}.").format(names=names) if names else _("None is saved in this book.")
    )
    raise KnownError(_("There is no layout “{word}”.").format(word=word), hint)


def layout_to_fill(seen: Look) -> bytes:
    """The layout of a file, and under `open` its accounts that nobody assigned, each with what is offered and why.

    Whoever fills it in moves a line from `open` to `accounts`; what stays open is refused. So it is with names in auxiliary
    columns: from `open_names` to `entries`, as [register, code, name] or as [] where they stay words.
    """
    undecided = {
        line.account.key: {
            "name": line.account.name,
            "offer": line.offered.target.to_data() if line.offered else None,
            "why": line.offered.likeness.value if line.offered else "",
        }
        for line in seen.accounts
        if line.target is None
    }
    names = {
        line.found.key: {"name": line.found.text, "offer": [Entry(t).to_data() for t in line.offered]}
        for line in seen.open_names
    }
    data = {"format": FORMAT, **seen.mapping.to_data(), "open": undecided}
    if names:
        data["open_names"] = names
    data["columns"] = seen.table.columns()
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
