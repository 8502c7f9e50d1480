"""The register of resolutions: recorded as the meeting voted, never changed; a wrong record is annulled and replaced.

A vote that fails is recorded as failed: it stays in the list and carries nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.finding import Finding
from villagebook.domain.meeting import Body, Matter, Quorum, quorum_of
from villagebook.domain.resolution import Cited, OpenStep, Resolution, faults
from villagebook.domain.resolution_standing import ResolutionStanding
from villagebook.i18n import _
from villagebook.rules.duty_facts import DutyFacts
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import Annulling, NewResolution, ResolutionFacts, Stepping
from villagebook.rules.resolution_words import faults_words
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import laid_open
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import levy_facts, resolution_facts
from villagebook.storage import documents as docs
from villagebook.storage import openness, registry
from villagebook.storage import resolutions as store
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

TOPICS = ("registers", "resolutions")
OUT = "payment"
"""The way that money usually goes on a resolution."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a vote looks while it is typed: the row of the table, what is needed, whether it counts."""

    quorum: Quorum
    least_present: int
    least_yes: int
    counted: int | None
    passes: bool
    words: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An item that can be drawn on. `left_fen` is None when no amount was resolved."""

    cited: Cited
    text: str
    body: Body
    matter: Matter
    left_fen: int | None


def record(book: Book, made: Resolution, by: By) -> tuple[Finding, ...]:
    """Enter a resolution; a vote that does not count is entered as that. Returns what is to be thought of.

    Raises Refused: figures, days, number or papers that are not in order (RES-01 to RES-04).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        new = _new(writing.connection, facts, _tidy(made))
        laid = laid_open.before((new.resolution,), openness.laid_open(writing.connection))
        told = replace(facts, resolutions=ResolutionFacts(new=new), duties=DutyFacts(assemblies=laid))
        said = pass_or_refuse(told, When.REGISTER)
        _log(writing, new.resolution)
        return said


def _log(writing: Writing, made: Resolution) -> None:
    writing.log("resolution.recorded", made.to_data(), made.id, *TOPICS)


def _tidy(made: Resolution) -> Resolution:
    """Without spaces around words, under an id of its own; what a short form does not say is left out."""
    items = tuple(replace(i, text=i.text.strip()) for i in made.items)
    roll = tuple(name for name in (n.strip() for n in made.roll) if name)
    return replace(
        made,
        id=made.id or new_id(),
        number=made.number.strip(),
        place=made.place.strip(),
        items=items,
        roll=roll,
    )


def _new(
    connection: Connection, facts: Facts, made: Resolution, replaces: ResolutionStanding | None = None
) -> NewResolution:
    known = resolution_facts.standing(connection, made.number)
    taken = bool(
        known and not known.annulled and not (replaces and known.resolution.id == replaces.resolution.id)
    )
    return NewResolution(
        made,
        quorum_of(made.body, registry.read_policy_on(connection, made.held_on).numbers),
        facts.start.first_day,
        taken,
        levy_facts.entitled(connection, made.body, made.held_on, made.group),
        resolution_facts.drawn_on(connection, made),
        bool(replaces),
    )


def judge(book: Book, made: Resolution, today: date) -> Verdict:
    """Quorum, majority and everything the gate will say, while it is typed."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, today)
        new = _new(connection, facts, _tidy(made))
    quorum, found = new.quorum, faults(made, new.quorum)
    whole = made.entitled if quorum.of_all else made.present
    words = _("The vote counts.") if not found else _("The vote does not count: {why}.")
    return Verdict(
        quorum,
        quorum.present.least(made.entitled) if quorum.present else 0,
        quorum.yes.least(whole),
        new.counted,
        not found,
        words.format(why=faults_words(found, made, quorum)),
        look(replace(facts, resolutions=ResolutionFacts(new=new)), When.REGISTER),
    )


def annul(book: Book, number: str, reason: str, by: By, right: Resolution | None = None) -> None:
    """A record was wrong: it stays, struck through, with the reason; `right` takes its place in the same act.

    Raises Refused: no such record, documents draw on it and nothing takes its place (RES-07), or the right one does not
    carry what was drawn (AP-13 to AP-15).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        known = resolution_facts.standing(connection, number.strip())
        drawn = _drawing(connection, known) if known and not known.annulled else ()
        act = Annulling(number.strip(), reason, known, drawn, replaced=_replaces(number, right))
        new = _new(connection, facts, _tidy(right), known) if right and known else None
        told = ResolutionFacts(new=new, annulling=act)
        pass_or_refuse(replace(facts, resolutions=told), When.REGISTER)
        if known is None:
            raise AssertionError(number)  # the gate has refused that
        data: dict[str, object] = {
            "resolution_id": known.resolution.id,
            "number": known.resolution.number,
            "reason": reason.strip(),
            "replaced_by": new.resolution.id if new else "",
        }
        writing.log("resolution.annulled", data, new_id(), *TOPICS)
        if new:
            _log(writing, new.resolution)


def _replaces(number: str, right: Resolution | None) -> bool:
    """Documents name a number: what takes the place of a record has to keep it."""
    return right is not None and right.number.strip() == number.strip()


def _drawing(connection: Connection, known: ResolutionStanding) -> tuple[str, ...]:
    """What draws on a record, by day and purpose."""
    ids = dict.fromkeys(d.document_id for i in known.items for d in i.drawn)
    ids |= dict.fromkeys(store.lifted_by(connection, known.resolution.number))
    found = (docs.submitted(connection, i) for i in ids)
    return tuple(f"{h.document.booked_on.isoformat()} {h.document.summary}" for h in found if h)


def add_step(book: Book, number: str, step: OpenStep, day: date, by: By) -> None:
    """A later step of four discussions, two openness has been. Raises Refused (RES-08)."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        known = resolution_facts.standing(writing.connection, number.strip())
        act = Stepping(number.strip(), step, day, known)
        pass_or_refuse(replace(facts, resolutions=ResolutionFacts(stepping=act)), When.REGISTER)
        if known is None:
            raise AssertionError(number)  # the gate has refused that
        data: dict[str, object] = {
            "resolution_id": known.resolution.id,
            "number": known.resolution.number,
            "step": step.value,
            "day": day.isoformat(),
        }
        writing.log("resolution.stepped", data, new_id(), *TOPICS)


def standings(book: Book) -> tuple[ResolutionStanding, ...]:
    """Every record, the oldest meeting first."""
    with book.reading() as connection:
        return resolution_facts.standings(connection)


def standing(book: Book, number: str) -> ResolutionStanding | None:
    """The record under a number, None when there is none."""
    with book.reading() as connection:
        return resolution_facts.standing(connection, number)


def choices(book: Book, way: str = OUT, but: str = "") -> tuple[Choice, ...]:
    """Items of votes that count, the newest first, each with what is left; used up ones last.

    `way` is the kind of the document that asks, `but` its id: what it draws itself is not taken off.
    """
    found = [
        Choice(
            Cited(s.resolution.number, i.item.no),
            i.item.text,
            s.resolution.body,
            i.item.matter,
            i.left_fen(way, but),
        )
        for s in reversed(standings(book))
        if s.is_valid
        for i in s.items
        if i.item.matter is not Matter.VETO
    ]
    return tuple(sorted(found, key=lambda c: c.left_fen is not None and c.left_fen <= 0))


def members_of(book: Book, body: Body, day: date, group: int = 0) -> int | None:
    """How many the register of households says belong to a body, None when it does not say."""
    with book.reading() as connection:
        return levy_facts.entitled(connection, body, day, group)


def next_number(book: Book, body: Body, day: date) -> str:
    """The number a new record gets: 代表会2026-03号 and so on."""
    with book.reading() as connection:
        taken = {s.resolution.number for s in resolution_facts.standings(connection)}
    word = NUMBER_WORDS[body]
    return next(no for n in range(1, 1000) if (no := f"{word}{day.year}-{n:02d}号") not in taken)


NUMBER_WORDS = {
    Body.VILLAGERS: "村民会",
    Body.HOUSEHOLDS: "户代表会",
    Body.DELEGATES: "代表会",
    Body.GROUP: "组会",
    Body.GROUP_HOUSEHOLDS: "组会",
    Body.MEMBERS: "成员大会",
    Body.MEMBER_DELEGATES: "成员代表会",
    Body.BOARD: "理事会",
    Body.COMMITTEES: "两委",
}
"""What numbers of minutes begin with; they stand on Chinese paper whatever the language of the screen."""
