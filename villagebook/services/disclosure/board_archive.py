"""A notice that has hung long enough is put away for ever, with everything that belongs to it."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.board import Life
from villagebook.domain.canonical import digest
from villagebook.i18n import _
from villagebook.rules.board_facts import Archiving, BoardFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import board_lives, duties
from villagebook.services.disclosure.board import TOPIC
from villagebook.services.gate import pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import board as store
from villagebook.storage import periods
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection


def archive(book: Book, notice_id: str, by: By) -> str:
    """Put a notice away with everything that belongs to it; returns the hash of its list.

    Raises Refused: not at every place (DIS-10), not long enough (DIS-11), unanswered (DIS-13), not corrected (DIS-14),
    incomplete (DIS-15), without the special notices its months called for (DIS-16, DIS-20).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        told = board_lives.life_of(connection, notice_id)
        if told.life.archived_on is not None:
            refuse("DIS-15", told.life.number, [_("{number} is archived.").format(number=told.life.number)])
        facts = gather.ground(connection, book.info, by.day)
        pass_or_refuse(_archiving(connection, book.info, facts, told), When.BOARD)
        items = [[what, sha] for what, sha in archive_items(told.life)]
        list_hash = digest(items)
        writing.log(
            "notice.archived",
            {
                "subject": notice_id,
                "archived_on": by.day.isoformat(),
                "items": items,
                "list_hash": list_hash,
            },
            new_id(),
            TOPIC,
        )
        return list_hash


def _archiving(connection: Connection, info: BookInfo, facts: Facts, told: board_lives.Told) -> Facts:
    """What is to be put away; with a month's notice the special notices that the month called for."""
    act = Archiving(told.life, _unkept(connection, told.life))
    made = replace(facts, board=BoardFacts(told.life.number, archiving=act))
    if periods.notice(connection, told.life.subject) is None:
        return made
    return replace(made, duties=duties.facts_of(connection, info, facts.today, told.span))


def archive_items(life: Life) -> tuple[tuple[str, str], ...]:
    """(what, hash) of everything an archive holds: papers, reviews, photos, objections and their answers."""
    found: list[tuple[str, str]] = []
    for one in (o for o in life.beside() if o.final or o is life):
        found.append((one.number, one.content_hash))
        found += [(f"{one.number} S{n}", sha) for n, sha in enumerate(one.reviews, 1)]
        for hang in one.hangs:
            found += [
                (f"{one.number} {hang.posting.place} {p.view.value}", p.sha256) for p in hang.posting.photos
            ]
    for objection in life.objections:
        found += [(f"{objection.number} scan", objection.scan)] if objection.scan else []
        found += [
            (f"{objection.number} {step.act.value} {n}", digest([step.day.isoformat(), step.who, step.text]))
            for n, step in enumerate(objection.steps, 1)
        ]
    return tuple(found)


def _unkept(connection: Connection, life: Life) -> tuple[str, ...]:
    """Photos and scans that the book does not hold."""
    held = store.scanned(connection)
    wanted = [
        (_("the photo at {place}").format(place=h.posting.place), p.sha256)
        for one in life.beside()
        for h in one.hangs
        for p in h.posting.photos
    ]
    wanted += [
        (_("the paper of objection {number}").format(number=o.number), o.scan)
        for o in life.objections
        if o.scan
    ]
    return tuple(dict.fromkeys(what for what, sha in wanted if sha not in held))
