"""What happened, by whom, when: the log and every signature, rejection and withdrawal, as tables."""

from __future__ import annotations

from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.names import slot_title
from villagebook.storage import registry, trail
from villagebook.storage.book import Book

_STEPS = {"rejected": N_("rejected"), "withdrawn": N_("taken back"), "ink": N_("ink"), "key": N_("key")}


def log(book: Book, span: Span) -> Table:
    """The log by day of recording (操作日志): position, instant, person, kind, first digits of the hash, reason."""
    with book.reading() as connection:
        rows = trail.log_rows(connection, span)
    columns = (
        Column("seq", _("Position"), Shape.COUNT, 6),
        Column("at", _("Recorded at (UTC)"), Shape.TEXT, 16),
        Column("actor", _("At the desk"), Shape.TEXT, 12),
        Column("kind", _("What"), Shape.TEXT, 16),
        Column("hash", _("Hash"), Shape.TEXT, 14),
        Column("reason", _("Reason"), Shape.TEXT, 20),
    )
    return Table("log", _("Log"), str(span), columns, tuple(rows))


def signatures(book: Book, span: Span) -> Table:
    """Every signature and every no, for documents booked in the span; rejected ones stay here for ever."""
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        rows = trail.signature_rows(connection, span)
    made: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for day, summary, party, total_fen, slot, person, way, note, document_id, holds, _seq in rows:
        state = "" if holds else _("void: the content was changed")
        made.append(
            (
                day,
                summary,
                party,
                total_fen,
                slot_title(slot) if slot else "",
                staff.name(person) if person else "",
                _(_STEPS[way]),
                "; ".join(t for t in (note, state) if t),
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
