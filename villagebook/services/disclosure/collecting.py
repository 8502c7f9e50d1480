"""Collecting what is owed to the village: who owes, for how long, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from villagebook.domain.period import Period, Span
from villagebook.domain.pursuit import Pursuit
from villagebook.domain.table import Column, Shape, Table
from villagebook.exchange.memory import uncollected
from villagebook.i18n import _
from villagebook.rules.pursuit_facts import PursuitFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure.claims import Claim, open_claims
from villagebook.services.disclosure.pursuit_words import way_words
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import pursuits as store
from villagebook.storage import registry
from villagebook.storage.book import Book

TOPIC = "registers"


class Standing(NamedTuple):
    """Somebody who owes, and every step that was taken, the oldest first."""

    claim: Claim
    steps: tuple[Pursuit, ...]


def record(book: Book, made: Pursuit, by: By) -> None:
    """Keep a step for ever; it is printed on the sheet of claims and debts. Raises Refused (CLM-01)."""
    tidy = replace(made, party=made.party.strip(), result=made.result.strip())
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        day = min(tidy.pursued_on, by.day)
        found = open_claims(
            connection, book.info, facts, Span.of(Period.of(max(day, book.info.start.first_day)))
        )
        owed_fen = sum(c.fen for c in found if tidy.is_about(c.party, c.home))
        pass_or_refuse(replace(facts, pursuit=PursuitFacts(tidy, owed_fen)), When.REGISTER)
        data: dict[str, object] = {
            "party": tidy.party,
            "pursued_on": tidy.pursued_on.isoformat(),
            "way": tidy.way.value,
            "person_id": tidy.person_id,
            "result": tidy.result,
            **({"home": tidy.home} if tidy.home else {}),
        }
        writing.log("claim.pursued", data, new_id(), TOPIC)


def standings(book: Book, day: date) -> tuple[Standing, ...]:
    """Everybody who owes the village on a day, the largest claim first."""
    with book.reading() as connection, uncollected():
        facts = gather.ground(connection, book.info, day)
        steps: dict[str, list[Pursuit]] = {}
        for step in store.pursuits(connection, day):
            steps.setdefault(step.party, []).append(step)
        span = Span.of(Period.of(max(day, book.info.start.first_day)))
        claims = [c for c in open_claims(connection, book.info, facts, span) if c.party]
        return tuple([Standing(c, _about(c, steps[c.party]) if c.party in steps else ()) for c in claims])


def _about(claim: Claim, steps: Sequence[Pursuit]) -> tuple[Pursuit, ...]:
    """The steps that were taken against this very debtor, not another of the same name."""
    return tuple(s for s in steps if s.is_about(claim.party, claim.home))


def table(book: Book, day: date, known: Sequence[Standing] | None = None) -> Table:
    """Who owes, since when, how much, and the last step; `known` are the standings of the day when they were read already."""
    columns = (
        Column("party", _("Who"), Shape.TEXT, 14),
        Column("since", _("Since when"), Shape.TEXT, 10),
        Column("amount", _("Still owed"), Shape.MONEY, 9),
        Column("count", _("Steps"), Shape.COUNT, 5),
        Column("last", _("Last step"), Shape.TEXT, 20),
    )
    with book.reading() as connection:
        staff = registry.read_staff(connection)

    def words(step: Pursuit) -> str:
        return f"{step.pursued_on.isoformat()} {way_words(step.way)} {staff.name(step.person_id)}"

    rows = [
        (
            claim.shown,
            claim.since.isoformat(),
            claim.fen,
            len(steps),
            words(steps[-1]) if steps else "",
        )
        for claim, steps in (standings(book, day) if known is None else known)
    ]
    return Table("collecting", _("Collecting claims"), day.isoformat(), columns, tuple(rows))
