"""What stands on a resolution: only a vote that counts carries it, only what it decided, only up to what it resolved. AP9."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.meeting import Matter, is_competent
from villagebook.domain.money import yuan_text
from villagebook.domain.resolution import Resolution, faults
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import Draw
from villagebook.rules.resolution_words import BODIES, MATTERS, STEP_WORDS, faults_words
from villagebook.rules.resolutions import TARGET, target
from villagebook.rules.rule import Hit, Rule, When

DRAWS = frozenset({When.SUBMIT, When.SIGN, When.POST, When.REGISTER, When.YEAR})
_LEVELS = {"hint": Severity.HINT, "warning": Severity.WARNING, "hold": Severity.HOLD}


def _not_counting(facts: Facts) -> Iterator[Hit]:
    for draw in facts.resolutions.draws:
        if draw.known is None:
            continue
        number = draw.cited.number
        if draw.known.annulled:
            why = _("it was annulled: {reason}").format(reason=draw.known.annulled)
            yield Hit(draw.where, {"number": number, "why": why}, target(number))
        elif draw.known.faults:
            why = faults_words(draw.known.faults, draw.known.resolution, draw.known.quorum)
            yield Hit(draw.where, {"number": number, "why": why}, target(number))
    new = facts.resolutions.new
    if new and (found := faults(new.resolution, new.quorum)):
        level = Severity.ERROR if new.replaces and new.drawn else Severity.WARNING
        number = new.resolution.number
        why = faults_words(found, new.resolution, new.quorum)
        yield Hit(number or "-", {"number": number, "why": why}, target(number), level)


def _not_decided(facts: Facts) -> Iterator[Hit]:
    for draw in facts.resolutions.draws:
        why = _why_not_decided(draw)
        if why:
            number = draw.cited.text
            yield Hit(draw.where, {"number": number, "why": why}, draw.target or target(draw.cited.number))
    new = facts.resolutions.new
    for item in new.resolution.items if new else ():
        if new and not is_competent(new.resolution.body, item.matter):
            level = Severity.ERROR if new.replaces and new.drawn else Severity.WARNING
            number = new.resolution.number
            yield Hit(
                number or "-", {"number": number, "why": _not_theirs(new.resolution, item.matter)}, "", level
            )


def _not_theirs(made: Resolution, matter: Matter) -> str:
    return _("{body} cannot decide on this matter: {matter}").format(
        body=_(BODIES[made.body]), matter=_(MATTERS[matter])
    )


def _why_not_decided(draw: Draw) -> str:
    """The first reason, "" when the item carries it."""
    if draw.known is None:
        return _("the register of resolutions has no such number") if draw.must_be_known else ""
    made, standing = draw.known.resolution, draw.item
    if standing is None and not draw.cited.item:
        return _("say which of its {n} items is meant").format(n=len(made.items))
    if standing is None:
        return ngettext(
            "it has {n} item, no item {item}", "it has {n} items, no item {item}", len(made.items)
        ).format(n=len(made.items), item=draw.cited.item)
    item = standing.item
    wanted = draw.matters or (frozenset(Matter) - {Matter.VETO})
    if item.matter not in wanted:
        return _("item {no} is about something else: {matter}").format(
            no=item.no, matter=_(MATTERS[item.matter])
        )
    if draw.lifts and item.document != draw.lifts:
        return _("item {no} names another document").format(no=item.no)
    if not is_competent(made.body, item.matter):
        return _not_theirs(made, item.matter)
    if draw.bodies and made.body not in draw.bodies:
        return _("another meeting has to decide, not this one: {body}").format(body=_(BODIES[made.body]))
    if made.held_on > draw.on:
        return _("the meeting was on {day}, after this").format(day=made.held_on.isoformat())
    if draw.by_steps and not made.earlier and made.missing_steps:
        missing = ", ".join(_(STEP_WORDS[s]) for s in made.missing_steps)
        return _("of four discussions, two openness these steps have no day: {missing}").format(
            missing=missing
        )
    return ""


def _beyond(facts: Facts) -> Iterator[Hit]:
    for draw in facts.resolutions.draws:
        item = draw.item
        left_fen = item.left_fen(draw.way, draw.but) if item else None
        if item and left_fen is not None and draw.own_fen > max(0, left_fen):
            values: dict[str, object] = {
                "number": draw.cited.text,
                "resolved": yuan_text(item.item.amount_fen or 0),
                "left": yuan_text(max(0, left_fen)),
                "own": yuan_text(draw.own_fen),
            }
            yield Hit(draw.where, values, target(draw.cited.number))
    new = facts.resolutions.new
    for point in new.resolution.items if new else ():
        drawn_fen = (new.drawn.get(point.no, 0) if new else 0) + point.drawn_before_fen
        if new and point.amount_fen is not None and drawn_fen > max(0, point.amount_fen):
            values = {
                "number": f"{new.resolution.number}#{point.no}",
                "resolved": yuan_text(point.amount_fen),
                "left": yuan_text(point.amount_fen),
                "own": yuan_text(drawn_fen),
            }
            level = Severity.ERROR if new.replaces else Severity.WARNING
            number = new.resolution.number
            yield Hit(number or "-", values, target(number), level)


def _not_registered(facts: Facts) -> Iterator[Hit]:
    level = next(iter(facts.policy.words["resolution_register"]), "warning")
    for draw in facts.resolutions.draws:
        if draw.known is None and not draw.must_be_known:
            values: dict[str, object] = {"number": draw.cited.number}
            yield Hit(draw.where, values, TARGET, _LEVELS.get(level))


RULES = (
    Rule(
        "AP-13",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "村民委员会组织法 21, 22, 26, 28; 农村集体经济组织法 27, 28, 31 [N]",
        N_("Only a vote that counts carries a payment"),
        N_("A decision of a few behind a closed door binds nobody."),
        N_("Resolution {number} does not count: {why}. Hold the meeting again."),
        _not_counting,
    ),
    Rule(
        "AP-14",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "村民委员会组织法 24; 农村集体经济组织法 28 [N]",
        N_("The resolution decided exactly this"),
        N_("A number on a slip proves nothing when the meeting spoke of something else."),
        N_(
            "Resolution {number}: {why}. Choose the resolution that decided it, or let the right meeting decide."
        ),
        _not_decided,
    ),
    Rule(
        "AP-15",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "村民委员会组织法 24 [N]; [D]",
        N_("No more than was resolved"),
        N_("A resolution used twice is a decision nobody made."),
        N_(
            "Resolution {number}: {resolved} was resolved, {left} of it is left, this takes {own}. Take less, or let the meeting decide on the rest."
        ),
        _beyond,
    ),
    Rule(
        "RES-05",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "[D]",
        N_("Resolutions are in the register"),
        N_("A number that leads nowhere cannot be checked by anybody."),
        N_(
            "Resolution {number} is not in the register. Record it with its minutes; one of before the book by the short form."
        ),
        _not_registered,
    ),
)
