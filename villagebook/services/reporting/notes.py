"""Notes to a year's statements: what the book fills in by itself, and what the accountant writes, section by section."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from villagebook import paths
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Span
from villagebook.domain.statement import Words
from villagebook.domain.statement_file import words
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.rules.rule import When
from villagebook.rules.statement_facts import NoteFact, StatementFacts
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.reporting import note_fills
from villagebook.services.reporting.note_fills import Filled
from villagebook.services.reporting.statement_ties import say
from villagebook.storage import layouts as store
from villagebook.storage.book import Book


class State(StrEnum):
    """FILLED by the book, WRITTEN by somebody, NOTHING to report by explicit choice, or MISSING."""

    FILLED = "filled"
    WRITTEN = "written"
    NOTHING = "nothing"
    MISSING = "missing"


STATES = {
    State.FILLED: N_("from the book"),
    State.WRITTEN: N_("written"),
    State.NOTHING: N_("nothing to report"),
    State.MISSING: N_("missing"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the template. `fill` names what the book fills in, "" for one that is written."""

    code: str
    title: Words
    fill: str
    ask: Words
    suggest: Words
    certainty: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of one year: its state, what was written, what the book says."""

    number: int
    section: Section
    state: State
    text: str
    filled: Filled


@cache
def sections() -> tuple[Section, ...]:
    """The sections in their order, out of the template."""
    data = json.loads(paths.resource("statements", "notes.json").read_text(encoding="utf-8"))
    return tuple(
        Section(
            row["code"],
            words(row, "title"),
            row.get("fill", ""),
            words(row, "ask"),
            words(row, "suggest"),
            row.get("certainty", ""),
        )
        for row in data["sections"]
    )


def title() -> str:
    """What the notes are called."""
    data = json.loads(paths.resource("statements", "notes.json").read_text(encoding="utf-8"))
    return say(words(data, "title"))


def parts(book: Book, year: int) -> tuple[Part, ...]:
    """Every section of a year, filled and written as far as it is."""
    with book.reading() as connection:
        written = store.notes(connection, year)
    made = []
    for number, section in enumerate(sections(), 1):
        filled = note_fills.fill(book, section.fill, Span.year(year)) if section.fill else Filled()
        note = written.get(section.code)
        text = note.text if note else ""
        if note and note.nothing:
            state = State.NOTHING
        elif text:
            state = State.WRITTEN
        else:
            state = State.FILLED if section.fill else State.MISSING
        made.append(Part(number, section, state, text, filled))
    return tuple(made)


def missing(found: tuple[Part, ...], year: int) -> tuple[Finding, ...]:
    """What is still to be written before the year's statements are printed."""
    text = _("{title}: nothing is written for {year}. Write it, or choose that there is nothing to report.")
    return tuple(
        Finding(
            "STM-24",
            Severity.WARNING,
            f"{year} {part.section.code}",
            text.format(title=say(part.section.title), year=year),
            "财会〔2021〕37号 [A]",
            f"note:{part.section.code}",
        )
        for part in found
        if part.state is State.MISSING
    )


def write(book: Book, year: int, section: str, text: str, by: By, *, nothing: bool = False) -> None:
    """Keep a note to a year's statements, or that there is nothing to report; the newest word counts.

    Raises Refused: empty and not said to be nothing, both, no such section or year.
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        codes = tuple(s.code for s in sections())
        fact = NoteFact(year, section, text.strip(), nothing, codes, book.info.start.year, by.day.year)
        pass_or_refuse(replace(facts, statements=StatementFacts(note=fact)), When.REGISTER)
        data: dict[str, object] = {"year": year, "section": section, "text": text.strip()}
        if nothing:
            data["nothing"] = True
        writing.log("note.written", data, new_id(), "statements")


def table(found: tuple[Part, ...], year: int) -> Table:
    """The notes as a list: a line for each section, then what it holds."""
    columns = (
        Column("section", _("No."), Shape.TEXT, 4),
        Column("title", _("Section"), Shape.TEXT, 18),
        Column("state", _("State"), Shape.TEXT, 9),
        Column("text", _("Text"), Shape.TEXT, 50),
    )
    rows = tuple((str(p.number), say(p.section.title), _(STATES[p.state]), _body(p)) for p in found)
    return Table(
        "notes", title(), str(year), columns, rows, targets=tuple(f"note:{p.section.code}" for p in found)
    )


def _body(part: Part) -> str:
    """Everything of a section in one text; tables line by line."""
    lines = [part.text] if part.text else []
    lines += part.filled.paragraphs
    for each in part.filled.tables:
        lines += (note_fills.as_line(each, row) for row in each.rows)
    return "\n".join(lines) or (_("None.") if part.state is State.NOTHING else "")
