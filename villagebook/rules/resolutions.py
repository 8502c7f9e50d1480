"""Records of resolutions: figures that add up, days in order, minutes, and how a record is annulled. AP9."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.meeting import Matter
from villagebook.domain.resolution import OpenStep
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import NewResolution
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
TARGET = "register:resolutions"
_REASON = 4
"""A recorded reason has at least this many characters."""


def target(number: str) -> str:
    """Where a finding about a resolution leads."""
    return f"{TARGET}/{number}"


def _unsound(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    for why in _why_unsound(new) if new else ():
        yield Hit(new.resolution.number or "-" if new else "-", {"why": why}, TARGET)


def _why_unsound(new: NewResolution) -> Iterator[str]:
    made = new.resolution
    if not made.items or [i.no for i in made.items] != list(range(1, len(made.items) + 1)):
        yield _("Enter at least one item; items are numbered from 1.")
    for item in made.items:
        figures = (item.amount_fen or 0, item.drawn_before_fen, item.per_head_fen, item.labour_days)
        if not item.text.strip() or min(figures) < 0:
            yield _("Item {no}: say what was decided, with figures that are not below zero.").format(
                no=item.no
            )
        if item.drawn_before_fen and not made.earlier:
            yield _("Item {no}: only what was decided before the book began was drawn on before it.").format(
                no=item.no
            )
        if (item.matter is Matter.VETO) != bool(item.document):
            yield _("Item {no}: choose the rejected document whose veto is lifted.").format(no=item.no)
    if made.earlier:
        return
    if min(made.entitled, made.present, made.yes, made.no, made.abstained) < 0 or not made.entitled:
        yield _("Enter how many belong to the body, and how many were there.")
    if made.present > made.entitled:
        yield _("More were there than belong to the body.")
    if made.yes + made.no + made.abstained != made.present:
        yield _(
            "For, against and abstained must add up to those present ({present}); who did not vote abstained."
        ).format(present=made.present)
    if made.roll and len(made.roll) != made.present:
        yield ngettext(
            "The roll has {names} name, {present} were there.",
            "The roll has {names} names, {present} were there.",
            len(made.roll),
        ).format(names=len(made.roll), present=made.present)
    if twice := [name for name, times in Counter(made.roll).items() if times > 1]:
        yield _("On the roll twice: {names}. Tell people of one name apart by their group.").format(
            names=", ".join(twice)
        )


def _number_taken(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new and (new.taken or not new.resolution.number.strip() or "#" in new.resolution.number):
        number = new.resolution.number.strip() or "-"
        yield Hit(number, {"number": number}, TARGET)


def _wrong_days(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new is None:
        return
    made = new.resolution
    begins = new.begins_on.isoformat()
    if made.held_on > facts.today or (made.called_on and made.called_on > made.held_on):
        why = _("notice comes before the meeting, and the meeting has been.")
    elif made.earlier and made.held_on >= new.begins_on:
        why = _("the short form is for meetings before the book began on {day}.").format(day=begins)
    elif not made.steps_in_order or any(day > facts.today for _step, day in made.steps):
        why = _("the six steps follow each other, and the vote is on the day of the meeting.")
    else:
        return
    yield Hit(made.number or "-", {"why": why}, TARGET)


def _no_papers(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new is None or new.resolution.earlier:
        return
    made = new.resolution
    if not made.papers or not (made.roll or made.roll_file) or not made.keeper:
        yield Hit(made.number or "-", {"number": made.number or "-"}, TARGET)


def _body_too_small(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new and not new.resolution.earlier and new.counted and new.resolution.entitled < new.counted:
        values: dict[str, object] = {"entitled": new.resolution.entitled, "counted": new.counted}
        yield Hit(new.resolution.number or "-", values, "register:households")


def _not_annullable(facts: Facts) -> Iterator[Hit]:
    act = facts.resolutions.annulling
    if act is None:
        return
    if act.known is None:
        why = _("there is no such resolution.")
    elif act.known.annulled:
        why = _("it was annulled before.")
    elif len(act.reason.strip()) < _REASON:
        why = _("say why, in at least four characters.")
    elif act.drawn and (lost := _lost_items(facts)):
        why = _("documents draw on item {items}, which the right one lacks.").format(items=lost)
    elif act.drawn and not act.replaced:
        why = _(
            "documents draw on it ({names}). Record the right one in its place, or take them back first."
        ).format(names="; ".join(act.drawn[:3]))
    else:
        return
    yield Hit(act.number or "-", {"number": act.number or "-", "why": why}, target(act.number))


def _lost_items(facts: Facts) -> str:
    """Numbers of items that are drawn on and that what takes the place of a record does not have."""
    new = facts.resolutions.new
    if new is None:
        return ""
    return ", ".join(str(no) for no in sorted(new.drawn) if new.resolution.item(no) is None)


def _wrong_step(facts: Facts) -> Iterator[Hit]:
    act = facts.resolutions.stepping
    if act is None:
        return
    known = act.known
    if known is None or known.annulled:
        why = _("there is no such resolution.")
    elif not known.resolution.steps or act.step is OpenStep.RESOLVED:
        why = _("it was not decided by four discussions, two openness, or this is the day of the meeting.")
    elif act.step in dict(known.resolution.steps):
        why = _("this step has its day already.")
    elif act.day > facts.today or not known.resolution.with_step(act.step, act.day).steps_in_order:
        why = _("the six steps follow each other, and each has been.")
    else:
        return
    yield Hit(act.number or "-", {"number": act.number or "-", "why": why}, target(act.number))


RULES = (
    Rule(
        "RES-01",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("The figures of a vote add up"),
        N_("A count that does not add up was not counted."),
        N_("{why}"),
        _unsound,
    ),
    Rule(
        "RES-02",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A number names one resolution"),
        N_("Two decisions under one number let one of them be paid twice."),
        N_("Number {number}: enter a number that no other resolution has, without #."),
        _number_taken,
    ),
    Rule(
        "RES-03",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("Notice, meeting and steps follow each other"),
        N_("A decision written down before it was taken was taken by somebody else."),
        N_("Check the days: {why}"),
        _wrong_days,
    ),
    Rule(
        "RES-04",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[R] R19; [D]",
        N_("A resolution has its minutes and its roll"),
        N_("Everybody signs in his own hand; without the sheet nobody was there."),
        N_(
            "{number}: attach the picture of the signed minutes, name who kept them, and give the roll as names or as a picture."
        ),
        _no_papers,
    ),
    Rule(
        "RES-06",
        "AP9",
        Severity.WARNING,
        REGISTER,
        "村民委员会组织法 21-28 [N]; [D]",
        N_("The body is as large as the register says"),
        N_("A body made smaller than it is has its quorum with fewer people."),
        N_(
            "{entitled} are entered as belonging to the body, the register of households counts {counted}. Check both."
        ),
        _body_too_small,
    ),
    Rule(
        "RES-07",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A record is annulled with a reason, and never from under a payment"),
        N_("Money that was paid on a decision needs the decision."),
        N_("{number}: {why}"),
        _not_annullable,
    ),
    Rule(
        "RES-08",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]; approvals.md section 2, ML",
        N_("Four discussions, two openness come in order"),
        N_("Showing the result before the vote turns openness upside down."),
        N_("{number}: {why}"),
        _wrong_step,
    ),
)
