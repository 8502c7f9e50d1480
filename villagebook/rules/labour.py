"""Labour days of one matter, one discussion (筹劳): listed, worked or paid off, never more than was decided. AP17."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.labour import LabourWay
from villagebook.domain.money import yuan_text
from villagebook.domain.project import Project, ProjectKind, Stage
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, label
from villagebook.rules.registers import REASON, REGISTER
from villagebook.rules.rule import Hit, Rule

_OVER = (Stage.SETTLED, Stage.DROPPED)
"""Whose days and money nobody changes any more."""


def _target(project: Project | None) -> str:
    return f"register:labour/{project.code}" if project else "register:labour"


def _who(household: str, name: str) -> str:
    return f"{name} ({household})"


def _list_unsound(facts: Facts) -> Iterator[Hit]:
    told = facts.labour.new_list
    if told is None:
        return
    project = told.project
    if project is None or project.kind is not ProjectKind.ONE_ISSUE or not project.labour_days:
        why = _("choose a project of one matter, one discussion for which days of work were decided.")
        yield Hit(project.name if project else "-", {"why": why}, _target(project))
        return
    found = []
    if project.stage in _OVER:
        found.append(_("it was settled or given up."))
    if not told.rows:
        found.append(_("choose who it was."))
    for row in told.rows:
        who = _who(row.household, row.name)
        if not 1 <= row.days <= project.labour_days:
            text = _("{who}: {days} days; the meeting decided on 1 to {most}.")
            found.append(text.format(who=who, days=row.days, most=project.labour_days))
        if row.household in project.exempt:
            found.append(_("{who}: this household is exempt.").format(who=who))
        elif told.people is not None and row.key not in told.people:
            found.append(_("{who}: the register of households knows nobody like this.").format(who=who))
    twice = [key for key, times in Counter(row.key for row in told.rows).items() if times > 1]
    found += [_("{who} stands there twice.").format(who=_who(*key)) for key in twice]
    owed = {row.key: row.days for row in told.rows}
    for key, days in told.done.items():
        if owed.get(key, 0) < days:
            text = _("{who}: {days} days are worked or paid off already.")
            found.append(text.format(who=_who(*key), days=days))
    for why in found:
        yield Hit(project.name, {"why": why}, _target(project))


def _sheet_unsound(facts: Facts) -> Iterator[Hit]:
    told = facts.labour.new_sheet
    if told is None:
        return
    project, sheet = told.project, told.sheet
    if project is None:
        yield Hit("-", {"why": _("there is no such project.")}, _target(project))
        return
    found = []
    if not sheet.papers:
        found.append(_("add a picture of the signed sheet, or of the requests to pay."))
    if sheet.on < project.decided_on or sheet.on > facts.today:
        text = _("the day lies between {first} and today.")
        found.append(text.format(first=project.decided_on.isoformat()))
    if project.stage in _OVER:
        found.append(_("it was settled or given up."))
    if not sheet.rows:
        found.append(_("choose who it was."))
    sums: Counter[tuple[str, str]] = Counter()
    for row in sheet.rows:
        sums[row.key] += row.days
        if row.days < 1:
            found.append(_("{who}: enter whole days.").format(who=_who(row.household, row.name)))
    for key, days in sums.items():
        left = told.left.get(key)
        if left is None:
            found.append(_("{who} is not on the list of those who owe days.").format(who=_who(*key)))
        elif days > left:
            text = _("{who}: {days} days, {left} are left.")
            found.append(text.format(who=_who(*key), days=days, left=left))
    for why in found:
        yield Hit(project.name, {"why": why}, _target(project))


def _price(facts: Facts) -> Iterator[Hit]:
    told = facts.labour.new_sheet
    if told is None or told.project is None:
        return
    sheet, cap = told.sheet, facts.policy.number("labour_day_cap_fen")
    if sheet.way is LabourWay.WORKED:
        wrong = sheet.rate_fen != 0
    else:
        wrong = sheet.rate_fen < 1 or (sheet.rate_fen > cap and not told.project.permit.strip())
    if wrong:
        values: dict[str, object] = {"rate": yuan_text(sheet.rate_fen), "cap": yuan_text(cap)}
        yield Hit(told.project.name, values, _target(told.project))


def _strike(facts: Facts) -> Iterator[Hit]:
    told = facts.labour.strike
    if told and (not told.known or len(told.reason.strip()) < REASON):
        yield Hit(told.sheet_id[-6:] or "-", {}, "register:labour")


def _too_much(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for one in facts.labour.levies if doc else ():
        if doc and one.own_fen > 0 and one.taken_fen + one.own_fen > one.owed_fen:
            values: dict[str, object] = {
                "household": one.household,
                "project": one.project.name,
                "owed": yuan_text(one.owed_fen),
                "taken": yuan_text(one.taken_fen),
                "own": yuan_text(one.own_fen),
            }
            yield Hit(label(doc), values, _target(one.project))


RULES = (
    Rule(
        "PRJ-08",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[R] R1, R40 (old, provincial figures)",
        N_("Who owes days of work stands on a list"),
        N_("Days nobody listed are asked of those who cannot say no."),
        N_("{why}"),
        _list_unsound,
    ),
    Rule(
        "PRJ-09",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[R] R1, R40 (old, provincial figures)",
        N_("Days of work are counted from signed sheets"),
        N_("Days on paper that nobody worked become pay for somebody, or a debt of somebody."),
        N_("{why}"),
        _sheet_unsound,
    ),
    Rule(
        "PRJ-10",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[R] R40; the price is the township's [D]",
        N_("Days are paid off at a price the township allows"),
        N_("Paying instead of working is a choice; with a price of its own it becomes a levy."),
        N_(
            "A day is paid off at more than nothing and at most {cap}, or with consent from above; days worked have no price. "
            "Here: {rate}."
        ),
        _price,
    ),
    Rule(
        "PRJ-11",
        "AP17",
        Severity.HOLD,
        SUBMIT,
        "[R] R1, R40; [D]",
        N_("A household pays no more than it owes"),
        N_("What is taken beyond the decision is a levy nobody decided on."),
        N_(
            "{household} owes {owed} for {project} by head and for days paid off; {taken} came in already, this takes {own}. "
            "Give back what is too much, or record why it is taken."
        ),
        _too_much,
    ),
    Rule(
        "PRJ-12",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A sheet of labour days is struck out with a reason"),
        N_("Nothing that was signed disappears without a word."),
        N_("Choose a sheet that stands, and say why it is struck out, in at least four characters."),
        _strike,
    ),
)
