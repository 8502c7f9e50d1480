"""A resolution on the board: its points with what was drawn on them, and the vote in words."""

from __future__ import annotations

from villagebook.domain.resolution_standing import ResolutionStanding
from villagebook.domain.sheet import Part
from villagebook.domain.table import Column, Shape
from villagebook.i18n import _
from villagebook.rules.resolution_words import MATTERS, faults_words
from villagebook.services.disclosure.resolution_table import left_of, way_of
from villagebook.services.disclosure.sheet_parts import Row, money


def items_part(known: ResolutionStanding) -> Part:
    """Every point with what was resolved and drawn."""
    rows: list[Row] = []
    for item in known.items:
        way = way_of(item)
        rows.append(
            (
                item.item.no,
                item.item.text,
                _(MATTERS[item.item.matter]),
                item.item.amount_fen,
                item.paid_fen(way) or None,
                left_of(known, item),
            )
        )
    columns = (
        Column("no", _("No."), Shape.COUNT, 4),
        Column("text", _("Decided"), Shape.TEXT, 30),
        Column("matter", _("Kind of matter"), Shape.TEXT, 14),
        money("amount", _("Resolved")),
        money("paid", _("Drawn")),
        money("left", _("Left")),
    )
    return Part(_("What was decided"), columns, tuple(rows))


def vote_words(known: ResolutionStanding) -> str:
    """How many there were and voted how; and why the vote does not count, when it does not."""
    made = known.resolution
    text = _("{present} of {entitled} were there; {yes} for, {no} against, {abstained} abstained")
    words = text.format(
        present=made.present, entitled=made.entitled, yes=made.yes, no=made.no, abstained=made.abstained
    )
    if known.faults:
        why = faults_words(known.faults, made, known.quorum)
        return _("{vote}. The vote does not count: {why}").format(vote=words, why=why)
    return words
