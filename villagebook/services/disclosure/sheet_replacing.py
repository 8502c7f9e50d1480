"""A posted sheet that was wrong: the one that replaces it says why, and shows what was wrong beside what is right."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from villagebook.domain.money import yuan_text
from villagebook.domain.sheet import Part, Sheet, sheet_from_data
from villagebook.domain.table import Column, Shape
from villagebook.i18n import _
from villagebook.services.disclosure.board_contents import row_words
from villagebook.services.gate import refuse
from villagebook.storage import board as board_store
from villagebook.storage import sheets as store
from villagebook.storage.engine import Connection


def replacing(
    connection: Connection, made: Sheet, old: store.SheetEntry | None, reason: str, objection_id: str
) -> Sheet:
    """The new sheet with its number, its reason and what was wrong and is right."""
    objection = next((o for o in board_store.objections(connection) if o.id == objection_id), None)
    problems = []
    if old is None or not old.final:
        problems.append(_("There is no such notice that hangs or hung."))
    if len(reason.strip()) < 4:
        problems.append(_("Say why the notice was wrong, in at least four characters: it is printed."))
    if objection_id and (objection is None or old is None or objection.subject != old.id):
        problems.append(_("There is no such objection."))
    waiting = [e for e in store.standing(connection) if old and e.replaces == old.id and not e.final]
    if waiting:
        text = _("Correction {number} still waits for supervision.")
        problems.append(text.format(number=waiting[0].number))
    refuse("DIS-14", old.number if old else made.number, problems)
    if old is None:
        raise AssertionError(made.number)
    was = sheet_from_data(old.content)
    changed = _changes(was, made)
    if not changed.rows:
        text = _(
            "Nothing differs from {number}. Set the book or the register right first; when that was done in a later month, "
            "take that month in."
        )
        refuse("DIS-14", old.number, [text.format(number=old.number)])
    root = old.number.partition("-G")[0]
    count = sum(e.number.startswith(f"{root}-G") for e in store.standing(connection))
    words = _("This sheet replaces no. {number}, which was wrong: {reason}")
    if objection is not None:
        words = _("This sheet replaces no. {number}, which was wrong (objection {objection}): {reason}")
    first = words.format(
        number=old.number, reason=reason.strip(), objection=objection.number if objection else ""
    )
    return replace(
        made,
        id=hashlib.sha256(f"{made.id}|{old.id}".encode()).hexdigest()[:32],
        number=f"{root}-G{count + 1}",
        sentences=(first, *made.sentences),
        parts=(changed, *made.parts),
        places_to_post=tuple(dict.fromkeys((*was.places_to_post, *made.places_to_post))),
    )


def _changes(was: Sheet, now: Sheet) -> Part:
    """Rows and figures of the old sheet that are gone, and those that stand in their place."""
    title = _("What was wrong and what is right")
    before, after = (_told(sheet, title) for sheet in (was, now))
    wrong = [(where, what, _("Wrong")) for where, what in before if (where, what) not in set(after)]
    right = [(where, what, _("Right")) for where, what in after if (where, what) not in set(before)]
    places = list(dict.fromkeys(where for where, _what in (*before, *after)))
    rows = sorted((*wrong, *right), key=lambda row: places.index(row[0]))
    columns = (
        Column("where", _("Where"), Shape.TEXT, 12),
        Column("which", _("Wrong or right"), Shape.TEXT, 6),
        Column("what", _("What it says"), Shape.TEXT, 30),
    )
    return Part(title, columns, tuple((where, which, what) for where, what, which in rows))


def _told(sheet: Sheet, without: str) -> list[tuple[str, str]]:
    """(where, words) of every row and figure, without the part that an earlier correction added."""
    found = [(sheet.title, f"{f.label} {yuan_text(f.fen)}") for f in sheet.figures]
    for part in sheet.parts:
        if part.title != without:
            found += [(part.title, row_words(part, row)) for row in part.rows]
    return found
