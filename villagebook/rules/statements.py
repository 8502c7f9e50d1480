"""Layouts of statements that the book keeps, and the notes to a year's statements."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})


def _kept_already(facts: Facts) -> Iterator[Hit]:
    layout = facts.statements.layout
    if layout and layout.sha256 in layout.known:
        yield Hit(layout.title, {"title": layout.title}, "page:statements")


def _stands_for_nothing(facts: Facts) -> Iterator[Hit]:
    layout = facts.statements.layout
    if layout is None:
        return
    if (layout.stands_for and layout.stands_for not in layout.delivered) or (
        layout.since and not layout.stands_for
    ):
        yield Hit(layout.title, {"known": ", ".join(layout.delivered)})


def _empty_note(facts: Facts) -> Iterator[Hit]:
    note = facts.statements.note
    if note and bool(note.text.strip()) == note.nothing:
        yield Hit(f"{note.year} {note.section}", {}, f"note:{note.section}")


def _no_section(facts: Facts) -> Iterator[Hit]:
    note = facts.statements.note
    if note and (note.section not in note.sections or not note.first_year <= note.year <= note.this_year):
        yield Hit(
            f"{note.year} {note.section}",
            {"section": note.section, "first": note.first_year, "last": note.this_year},
        )


RULES = (
    Rule(
        "STM-20",
        "",
        Severity.ERROR,
        REGISTER,
        "财会〔2024〕12号 25 [N]",
        N_("A layout is kept once"),
        N_("Two entries for the same file would leave open which one a statement was printed with."),
        N_("The book keeps {title} for these months already. Choose it in the list of layouts."),
        _kept_already,
    ),
    Rule(
        "STM-21",
        "",
        Severity.ERROR,
        REGISTER,
        "财会〔2024〕12号 25 [N]",
        N_("A layout in use says which statement it is"),
        N_("A township's form takes the place of one statement and of no other."),
        N_(
            'Write one of {known} behind "for" in the file, or load it as a statement of your own, without a month.'
        ),
        _stands_for_nothing,
    ),
    Rule(
        "STM-22",
        "",
        Severity.ERROR,
        REGISTER,
        "财会〔2021〕37号 [A]",
        N_("A note says something, or says that there is nothing"),
        N_("An empty section and a forgotten one look the same on paper."),
        N_("Write the note, or choose that there is nothing to report; not both."),
        _empty_note,
    ),
    Rule(
        "STM-23",
        "",
        Severity.ERROR,
        REGISTER,
        "财会〔2021〕37号 [A]",
        N_("A note belongs to a section and to a year of the book"),
        N_("What hangs nowhere is never printed."),
        N_("There is no section {section} to write, or the year is not between {first} and {last}."),
        _no_section,
    ),
)
