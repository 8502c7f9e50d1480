"""The register of special funds: never overspent, spent in time and from where the money lies (R17)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.folding import folded
from villagebook.domain.fund import Fund
from villagebook.domain.money import yuan_text
from villagebook.domain.place import PlaceKind
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When


def _target(fund: Fund) -> str:
    return f"register:funds/{fund.key}"


def _overspent(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for touch in facts.plan.funds:
        left_fen = touch.left_fen
        if doc and touch.own_spent_fen > max(0, left_fen):
            values: dict[str, object] = {
                "fund": touch.standing.fund.title,
                "left": yuan_text(left_fen),
                "own": yuan_text(touch.own_spent_fen),
            }
            yield Hit(label(doc), values, _target(touch.standing.fund))


def _too_late(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for touch in facts.plan.funds:
        fund = touch.standing.fund
        if doc and fund.deadline and doc.booked_on > fund.deadline and touch.own_spent_fen > 0:
            values: dict[str, object] = {"fund": fund.title, "day": fund.deadline.isoformat()}
            yield Hit(label(doc), values, _target(fund))


def _wrong_place(facts: Facts) -> Iterator[Hit]:
    """Money of a fund with a place of its own is paid from there, and that place pays for its own fund alone."""
    doc = document_of(facts, DocKind.PAYMENT)
    place = facts.places.get(doc.place) if doc else None
    if doc is None or place is None:
        return
    for touch in facts.plan.funds:
        fund = touch.standing.fund
        strange = fund.place != place.code if fund.place else place.kind is PlaceKind.SP
        if strange:
            yield Hit(label(doc), {"fund": fund.title, "place": place.name}, _target(fund))


def _incomplete(facts: Facts) -> Iterator[Hit]:
    """A code that looks like a money place's would count that place's money a second time, as would what was brought there."""
    new = facts.plan.new_fund
    if new is None:
        return
    places = {folded(place.code) for place in facts.places.all()}
    lacking = not new.key.strip() or not (new.name or new.purpose)
    twice = bool(new.brought_fen) if new.place else folded(new.key) in places or "/" in new.key
    if lacking or twice or min(new.amount_fen, new.brought_fen) < 0:
        yield Hit(new.title or new.key or "-", {"fund": new.title or new.key or "-"}, _target(new))


RULES = (
    Rule(
        "FND-01",
        "R17",
        Severity.ERROR,
        GATES,
        "郑州 33(8), 34(9) [L]; [D]",
        N_("A special fund is never overspent"),
        N_("What is paid beyond it comes out of somebody else's money."),
        N_(
            "{fund}: {left} is left, this takes {own}. Pay the rest from the expense line, as a line of its own."
        ),
        _overspent,
    ),
    Rule(
        "FND-02",
        "R17",
        Severity.HOLD,
        SUBMIT,
        "[D]",
        N_("A special fund is spent by its last day"),
        N_("Money that was not spent in time goes back to whoever gave it."),
        N_(
            "{fund} was to be spent by {day}. Ask the giver for more time and record the answer, or give the rest back."
        ),
        _too_late,
    ),
    Rule(
        "FND-03",
        "R17",
        Severity.ERROR,
        frozenset({When.REGISTER}),
        "郑州 33(8), 34(9) [L]; [D]",
        N_("A special fund has a code and a name"),
        N_("Only what has a name can be followed from the grant to the last payment."),
        N_(
            "{fund}: enter a place, or a code of its own (no place's, without a stroke), a name, and sums not below zero; what a place held before the book is its opening balance."
        ),
        _incomplete,
    ),
    Rule(
        "FND-04",
        "R17",
        Severity.ERROR,
        SUBMIT,
        "郑州 33(8), 34(9) [L]; [D]",
        N_("A fund is paid from the place that holds it"),
        N_("A payment that names one fund and takes another's money empties both in the dark."),
        N_(
            "{fund} is not kept in {place}. Pay from the place that holds it, or choose that place's own fund."
        ),
        _wrong_place,
    ),
)
