"""Requests for a notice of its own: entered with how many it takes, and shown entry by entry when they are enough (D17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.finding import Finding
from villagebook.domain.meeting import Body
from villagebook.domain.policy import Policy
from villagebook.domain.request import Askers, Request, least_of
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.duty_facts import DutyFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure.request_words import ASKERS, wanted_words
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import levy_facts
from villagebook.storage import board as board_store
from villagebook.storage import openness as store
from villagebook.storage import registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

TOPICS = ("registers", "notices")

_BODIES = {Askers.VILLAGERS: Body.VILLAGERS, Askers.DELEGATES: Body.DELEGATES}


def percents(policy: Policy) -> dict[Askers, int]:
    """What part of them it takes; the finance group asks by itself."""
    return {
        Askers.VILLAGERS: policy.number("request_villagers_percent"),
        Askers.DELEGATES: policy.number("request_delegates_percent"),
    }


def entitled(book: Book, askers: Askers, day: date) -> int | None:
    """How many the register of households counts on a day; None when it says nothing of them."""
    with book.reading() as connection:
        return _entitled(connection, askers, day)


def _entitled(connection: Connection, askers: Askers, day: date) -> int | None:
    body = _BODIES.get(askers)
    return levy_facts.entitled(connection, body, day) if body else None


def least(book: Book, askers: Askers, many: int, day: date) -> int:
    """How many it takes of so many."""
    with book.reading() as connection:
        return least_of(askers, many, percents(registry.read_policy_on(connection, day)))


def enter(book: Book, request: Request, by: By) -> Request:
    """Enter a request as it came, enough or not; it gets the next number of the year.

    Raises Refused (DIS-20): no text, nothing that says which entries, no number, no picture of the signatures.
    """
    with book.writing(by.actor, by.at) as writing:
        facts = _facts(writing.connection, book.info, request, by.day)
        pass_or_refuse(facts, When.REGISTER)
        made = facts.duties.request
        if made is None:
            raise AssertionError(request.text)
        year = made.received_on.year
        count = sum(r.received_on.year == year for r in store.requests(writing.connection))
        made = replace(made, id=new_id(), number=f"{year}-Q{count + 1:02d}")
        writing.log("request.entered", made.to_data(), new_id(), *TOPICS)
        return made


def review(book: Book, request: Request, today: date) -> tuple[Finding, ...]:
    """What stands against it, while it is typed."""
    with book.reading() as connection:
        return look(_facts(connection, book.info, request, today), When.REGISTER)


def _facts(connection: Connection, info: BookInfo, request: Request, today: date) -> Facts:
    """The request trimmed, with how many it takes by the parameters of its day."""
    base = gather.ground(connection, info, today, request.received_on)
    known = _entitled(connection, request.askers, request.received_on)
    alone = request.askers is Askers.FINANCE_GROUP
    many = 0 if alone else request.entitled or known or 0
    made = replace(
        request,
        text=request.text.strip(),
        entitled=many,
        asked_by=1 if alone else request.asked_by,
        least=least_of(request.askers, many, percents(base.policy)),
    )
    kept = not made.scan or made.scan in board_store.scanned(connection)
    return replace(base, duties=DutyFacts(request=made, entitled_known=known, scan_kept=kept))


def listing(book: Book) -> tuple[Request, ...]:
    """The register, newest first."""
    with book.reading() as connection:
        return tuple(reversed(store.requests(connection)))


def why_refused(request: Request) -> str:
    """Why it gets no notice of its own, "" when it does."""
    if request.is_valid:
        return ""
    text = _("{n} of {all} {who} asked; it takes {least}")
    who = _(ASKERS[request.askers])
    return text.format(n=request.asked_by, all=request.entitled, who=who, least=request.least)


def table(book: Book) -> Table:
    """`requests`: who asked for what, whether they were enough, and why not."""
    columns = (
        Column("number", _("Request no."), Shape.TEXT, 8),
        Column("received", _("Received"), Shape.DAY, 9),
        Column("askers", _("Asked by"), Shape.TEXT, 8),
        Column("asked", _("Signatures"), Shape.COUNT, 5),
        Column("entitled", _("Of"), Shape.COUNT, 5),
        Column("least", _("It takes"), Shape.COUNT, 5),
        Column("text", _("What is asked for"), Shape.TEXT, 22),
        Column("wanted", _("Which entries"), Shape.TEXT, 18),
        Column("outcome", _("Outcome"), Shape.TEXT, 20),
    )
    found = listing(book)
    with book.reading() as connection:
        rows = tuple(
            (
                r.number,
                r.received_on.isoformat(),
                _(ASKERS[r.askers]),
                r.asked_by,
                r.entitled or None,
                r.least,
                r.text,
                wanted_words(connection, r.wanted),
                why_refused(r) or _("gets its own notice"),
            )
            for r in found
        )
    targets = tuple(f"register:requests/{r.number}" for r in found)
    return Table("requests", _("Requests for a notice"), "", columns, rows, 0, targets)
