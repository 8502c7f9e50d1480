"""What happened, by whom, when: the log and every signature, rejection and withdrawal, as tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from villagebook.domain import moment
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, RowKind, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services import event_words
from villagebook.services.names import slot_title
from villagebook.storage import registry, trail
from villagebook.storage.book import Book

_AT_ONCE = 1000
"""Entries read at once."""

_STEPS = {
    "rejected": N_("rejected"),
    "refused": N_("refused"),
    "withdrawn": N_("taken back"),
    "ink": N_("ink"),
    "key": N_("key"),
}


def log_flow(book: Book, span: Span, kind: str = "", actor: str = "", text: str = "") -> Flowing:
    """The log by day of recording (操作日志), while it is read: position, instant, person, what was done, about what, reason, kind, first digits of the hash.

    `kind`, `actor` and `text` (words that all occur in the row) narrow it, "" does not.
    """
    columns = (
        Column("seq", _("Position"), Shape.COUNT, 6),
        Column("at", _("Recorded at"), Shape.TEXT, 14),
        Column("actor", _("At the desk"), Shape.TEXT, 9),
        Column("what", _("What was done"), Shape.TEXT, 12),
        Column("about", _("About"), Shape.TEXT, 34),
        Column("reason", _("Reason"), Shape.TEXT, 12),
        Column("kind", _("Kind"), Shape.TEXT, 11),
        Column("hash", _("Hash"), Shape.TEXT, 10),
    )
    narrowed = [event_words.kind_title(kind)] if kind else []
    subtitle = "  ".join([str(span), *narrowed, *filter(None, (actor, text))])
    return Flowing(Table("log", _("Log"), subtitle, columns, ()), _log_rows(book, span, kind, actor, text))


def log_choices(book: Book) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(kind, its words) of what the book holds, by words; and everybody who sat at the desk."""
    with book.reading() as connection:
        kinds, actors = trail.log_kinds(connection), trail.log_actors(connection)
    return tuple(sorted(((k, event_words.kind_title(k)) for k in kinds), key=lambda pair: pair[1])), actors


def _log_rows(book: Book, span: Span, kind: str, actor: str, text: str) -> Iterator[FlowRow]:
    """A thousand at a time; nothing is held open between two reads."""
    after = 0
    with book.reading() as connection:
        staff = registry.read_staff(connection)
    while True:
        with book.reading() as connection:
            rows = trail.log_rows(connection, span, after, _AT_ONCE, kind, actor)
        for seq, at, who, what, digest, reason, entry, summary in rows:
            body = json.loads(bytes(entry))
            told = "; ".join(filter(None, (summary, event_words.about(what, body["data"], staff))))
            cells = (seq, moment.said(at), who, event_words.kind_title(what), told, reason, what, digest)
            if _fits(cells, text):
                yield cells, _target(what, body), RowKind.ENTRY
            after = seq
        if len(rows) < _AT_ONCE:
            return


def _fits(cells: tuple[Cell, ...], text: str) -> bool:
    """True when every word occurs somewhere in the row."""
    whole = " ".join(str(c) for c in cells).lower()
    return all(word in whole for word in text.lower().split())


def _target(kind: str, body: dict[str, Any]) -> str:
    """What the row opens, "" for what has no page of its own."""
    if kind == "voucher.posted":
        return f"voucher:{body['id']}"
    return f"document:{body['data']['content']['id']}" if kind == "document.submitted" else ""


def signatures(book: Book, span: Span) -> Table:
    """Every signature and every no, for documents booked in the span; rejected ones stay here for ever."""
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        rows = trail.signature_rows(connection, span)
    made: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for day, summary, party, total_fen, slot, person, way, note, document_id, holds, seal, _seq in rows:
        state = "" if holds else _("void: the content was changed")
        stamped = _("seal: {name}").format(name=seal) if seal else ""
        made.append(
            (
                day,
                summary,
                party,
                total_fen,
                slot_title(slot) if slot else "",
                staff.name(person) if person else "",
                _(_STEPS[way]),
                "; ".join(t for t in (note, stamped, state) if t),
            )
        )
        targets.append(f"document:{document_id}")
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("summary", _("Summary"), Shape.TEXT, 20),
        Column("party", _("Other party"), Shape.TEXT, 14),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("slot", _("Slot"), Shape.TEXT, 12),
        Column("person", _("Person"), Shape.TEXT, 10),
        Column("way", _("How"), Shape.TEXT, 8),
        Column("note", _("Note"), Shape.TEXT, 20),
    )
    title = _("Signatures and rejections")
    return Table("signatures", title, str(span), columns, tuple(made), 0, tuple(targets))
