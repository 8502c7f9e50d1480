"""Saved entries (常用凭证): kept beside the drafts, recalled at the door they came from.

They are local data of the book file, no events: a template says nothing official, may be wrong, renamed and thrown away, and
must not travel to the township or make two copies of a log differ.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.vouchers.voucher_drafts import emptied, without_amounts
from villagebook.storage import templates as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Template:
    """A saved entry; `total_fen` is 0 when it was saved without amounts."""

    id: str
    kind: DocKind
    name: str
    summary: str
    total_fen: int


def save(book: Book, document: Document, name: str, by: By, *, amounts: bool = True) -> Template:
    """Keep the matter of a document under a name; papers, numbers and days are left out.

    Raises Refused for a name that is empty, too long or taken at this door.
    """
    bare = emptied(document, document.booked_on)
    if not amounts:
        bare = without_amounts(bare)
    body = json.dumps(bare.to_data(), ensure_ascii=False)
    made = Template(new_id(), bare.kind, name.strip(), bare.summary, bare.total_fen)
    with book.scribbling() as connection:
        _check_name(connection, made.kind, made.name)
        store.put(connection, made.id, made.kind.value, made.name, body, by.at.isoformat())
    return made


def templates(book: Book, kind: DocKind | None = None) -> tuple[Template, ...]:
    """Saved entries of one door, or of all, by name."""
    with book.reading() as connection:
        rows = store.all_of(connection, kind.value if kind else "")
    return tuple(_template(*row) for row in rows)


def _template(template_id: str, kind: str, name: str, body: str) -> Template:
    document = Document.from_data(json.loads(body))
    return Template(template_id, DocKind(kind), name, document.summary, document.total_fen)


def recall(book: Book, template_id: str, by: By) -> Document:
    """A blank document filled with the saved matter, dated today. Raises Refused when it is gone."""
    with book.reading() as connection:
        found = store.one(connection, template_id)
    if found is None:
        raise Refused([_problem(_("This saved entry is not there any more."))])
    return emptied(Document.from_data(json.loads(found[3])), by.day)


def rename(book: Book, template_id: str, name: str) -> None:
    """Raises Refused as `save` does, or when it is gone."""
    with book.scribbling() as connection:
        found = store.one(connection, template_id)
        if found is None:
            raise Refused([_problem(_("This saved entry is not there any more."))])
        _check_name(connection, DocKind(found[1]), name.strip(), template_id)
        store.rename(connection, template_id, name.strip())


def remove(book: Book, template_id: str) -> None:
    """Forget a saved entry; what was entered with it stays."""
    with book.scribbling() as connection:
        store.remove(connection, template_id)


def _check_name(connection: Connection, kind: DocKind, name: str, but: str = "") -> None:
    if not name:
        raise Refused([_problem(_("Give the saved entry a name."))])
    if len(name) > LONGEST:
        text = _("The name is longer than {most} characters; shorten it.").format(most=LONGEST)
        raise Refused([_problem(text)])
    if store.is_named(connection, kind.value, name, but):
        raise Refused([_problem(_("“{name}” exists already; choose another name.").format(name=name))])


def _problem(text: str) -> Finding:
    return Finding("VCH-22", Severity.ERROR, "", text)
