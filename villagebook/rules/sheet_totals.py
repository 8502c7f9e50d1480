"""What is asked of the tables on a board sheet: totals that are the ledger's, and no row that says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.plain_words import is_vague
from villagebook.domain.sheet import SheetForm
from villagebook.domain.table import Shape
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

PUBLISH = frozenset({When.PUBLISH})
SHOWN = 20
WORDS = frozenset({"words", "cause", "item", "work"})
"""Keys of columns that say what money was for."""


def _totals(facts: Facts) -> Iterator[Hit]:
    fact = facts.sheet
    for tie in fact.ties if fact else ():
        if fact and not tie.holds:
            values: dict[str, object] = {
                "what": tie.what,
                "sheet": yuan_text(tie.sheet_fen),
                "ledger": yuan_text(tie.ledger_fen),
            }
            yield Hit(fact.sheet.number, values)


def _silent(facts: Facts) -> Iterator[Hit]:
    """Not asked of the annual sheet: its rows are headings of the budget and of the ministry's list, its entries hung on notices."""
    fact = facts.sheet
    if fact and fact.sheet.form is SheetForm.ANNUAL:
        return
    vague = facts.policy.words["vague"]
    found = 0
    for part in fact.sheet.parts if fact else ():
        at = [n for n, c in enumerate(part.columns) if c.key in WORDS and c.shape is Shape.TEXT]
        for no, row in enumerate(part.rows[: len(part.rows) - part.totals], 1):
            texts = [str(row[n]) for n in at if row[n]]
            if texts and all(is_vague(t, vague) for t in texts) and found < SHOWN:
                found += 1
                yield Hit(f"{part.title} {no}", {"part": part.title, "no": no, "text": texts[0]})


RULES = (
    Rule(
        "DIS-41",
        "D2",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7; [D]",
        N_("The totals of a board sheet are the ledger's"),
        N_("A register that says something else than the ledger is the first place where money hides."),
        N_(
            "{what}: the sheet comes to {sheet}, the ledger to {ledger}. Set the register or the booking right, then compile again."
        ),
        _totals,
    ),
    Rule(
        "DIS-42",
        "D2",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7; [R] R18",
        N_("No row of a board sheet says only 'other'"),
        N_("What is called 'other' is what people ask about first."),
        N_(
            '{part}, row {no} says only "{text}". Explain the entry in the list of plain words, then compile again.'
        ),
        _silent,
    ),
)
