"""What is signed besides documents and notices: the approval of a journey, the review of a roster.

A subject is `trip:` or `list:` with the code; the same gate SIGN and the same evidence as for a slip.
"""

from __future__ import annotations

from datetime import date

from villagebook.domain.signature import SlotState
from villagebook.rules.facts import Facts
from villagebook.services.approvals import list_standings, pay_lists, trips
from villagebook.services.names import slot_title
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import pay_lists as list_store
from villagebook.storage import trips as trip_store
from villagebook.storage.book import Book, BookInfo, Writing
from villagebook.storage.engine import Connection


def review_facts(connection: Connection, info: BookInfo, subject: str, today: date) -> Facts | None:
    """Facts for signing a request; None when the subject is none that waits."""
    found = trips.review_facts(connection, info, subject, today)
    return found or pay_lists.review_facts(connection, info, subject, today)


def states(book: Book, subject: str, today: date) -> tuple[SlotState, ...]:
    """Who has to sign a request that waits, and who has; empty when nothing is to be signed."""
    with book.reading() as connection:
        facts = review_facts(connection, book.info, subject, today)
    return facts.states if facts else ()


def register_of(subject: str) -> str:
    """Where a request is signed for in the window, "" for what is no request."""
    kind, colon, code = subject.partition(":")
    tab = {list_standings.SUBJECT: "lists", trips.SUBJECT: "trips"}.get(f"{kind}{colon}", "")
    return f"register:{tab}/{code}" if tab else ""


def seal_of(connection: Connection, subject: str) -> str | None:
    """Hash of what a sheet of this subject says now; None when it is no request of the book."""
    kind, _colon, code = subject.partition(":")
    if f"{kind}:" == list_standings.SUBJECT:
        found = list_store.pay_list(connection, code)
        return found.content_hash() if found else None
    if f"{kind}:" == trips.SUBJECT:
        standing = trip_store.trip(connection, code)
        return standing.trip.content_hash() if standing else None
    return None


def after_signature(writing: Writing, facts: Facts, subject: str) -> Outcome | None:
    """Approve or review when nothing is missing; None when the subject is no request."""
    of_list = subject.startswith(list_standings.SUBJECT)
    if not of_list and not subject.startswith(trips.SUBJECT):
        return None
    turn = (pay_lists if of_list else trips).after_signature(writing, facts, subject)
    code = subject.partition(":")[2]
    return Outcome(subject, "", "" if turn else code, slot_title(turn) if turn else "")
