"""Projects: decided, paid for by head within the cap, spent within what was raised, ended once. AP17."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.project import STAGES, Project, ProjectKind, Source, Stage
from villagebook.i18n import N_, N_many
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, label
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})


def _target(project: Project) -> str:
    return f"register:projects/{project.code}"


def _undecided(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_project
    if new and (not new.resolution.strip() or new.decided_on > facts.today):
        yield Hit(new.name or new.code or "-", {"name": new.name or new.code or "-"}, _target(new))


def _unsound(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_project
    if new is None:
        return
    figures = (new.planned_fen, new.heads, new.per_head_fen, new.raised_before_fen, new.spent_before_fen)
    sources = [fen for _source, fen in new.sources]
    days = new.begins_on and new.ends_on and new.ends_on < new.begins_on
    by_head = new.heads * new.per_head_fen
    unsound = (
        not new.code.strip()
        or not new.name.strip()
        or min((*figures, *sources)) < 0
        or sum(sources) != new.planned_fen
        or not new.planned_fen
        or (by_head and by_head != new.planned_from(Source.CONTRIBUTIONS))
        or days
    )
    if unsound:
        values: dict[str, object] = {
            "name": new.name or new.code or "-",
            "planned": yuan_text(new.planned_fen),
            "sources": yuan_text(sum(sources)),
        }
        yield Hit(new.name or new.code or "-", values, _target(new))


def _wrong_stage(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_stage
    if new is None:
        return
    now, since = new.project.stage, new.project.staged_on or new.project.decided_on
    back = STAGES.index(new.stage) <= STAGES.index(now)
    if back or now is Stage.SETTLED or new.on < since or new.on > facts.today:
        yield Hit(
            new.project.name, {"name": new.project.name, "since": since.isoformat()}, _target(new.project)
        )


def _after_settling(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for touch in facts.plan.projects:
        project = touch.standing.project
        ended = project.stage in (Stage.SETTLED, Stage.DROPPED)
        if doc and ended and touch.own_spent_fen > 0:
            day = (project.staged_on or project.decided_on).isoformat()
            yield Hit(label(doc), {"name": project.name, "day": day}, _target(project))


def _beyond_raised(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for touch in facts.plan.projects:
        left_fen = touch.left_fen
        if doc and touch.own_spent_fen > max(0, left_fen):
            values: dict[str, object] = {
                "name": touch.standing.project.name,
                "left": yuan_text(left_fen),
                "own": yuan_text(touch.own_spent_fen),
            }
            yield Hit(label(doc), values, _target(touch.standing.project))


def _above_cap(facts: Facts) -> Iterator[Hit]:
    doc, cap = facts.document, facts.policy.number("levy_head_cap_fen")
    for touch in facts.plan.projects:
        project = touch.standing.project
        allowed = min(cap, project.per_head_fen or cap) * project.heads + touch.commuted_fen
        if doc and project.kind is ProjectKind.ONE_ISSUE and touch.by_head_fen > allowed:
            values: dict[str, object] = {
                "name": project.name,
                "sum": yuan_text(touch.by_head_fen),
                "allowed": yuan_text(allowed),
                "heads": project.heads,
                "cap": yuan_text(cap),
            }
            yield Hit(label(doc), values, _target(project))


RULES = (
    Rule(
        "PRJ-01",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[N] 村民委员会组织法 24; approvals.md AP17",
        N_("A project is decided by a meeting"),
        N_("Work that nobody decided on is work somebody else has to pay for."),
        N_("{name}: enter the number of the resolution and the day of the meeting, which has been."),
        _undecided,
    ),
    Rule(
        "PRJ-02",
        "AP17",
        Severity.HOLD,
        SUBMIT,
        "[D]; A2",
        N_("A settled project takes no more spending"),
        N_("After the settlement nobody looks any more; that is when false bills come."),
        N_(
            "{name} was settled or given up on {day}. Record why something is still paid, or choose another project."
        ),
        _after_settling,
    ),
    Rule(
        "PRJ-03",
        "AP17",
        Severity.HOLD,
        SUBMIT,
        "[R] R04 231; [D]",
        N_("A project spends what was raised for it"),
        N_("What is spent beyond that is a debt the villagers have not agreed to."),
        N_(
            "{name}: {left} is left of what was raised and of the village's own share, this takes {own}. Raise the money first, or record who bears the rest."
        ),
        _beyond_raised,
    ),
    Rule(
        "PRJ-04",
        "AP17",
        Severity.HOLD,
        SUBMIT,
        "[R] R40 (old, provincial figures)",
        N_("Villagers contribute what was decided, within the cap"),
        N_("A collection that grows by itself is a levy."),
        N_many(
            "{name}: contributions would be {sum}, above {allowed} for {heads} head (cap {cap} a head). Give back what is too much, or record why it was taken.",
            "{name}: contributions would be {sum}, above {allowed} for {heads} heads (cap {cap} a head). Give back what is too much, or record why it was taken.",
            "heads",
        ),
        _above_cap,
    ),
    Rule(
        "PRJ-05",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("The money of a project adds up"),
        N_("A plan whose sources do not cover it ends as a debt."),
        N_(
            "{name}: the sources add up to {sources}, {planned} is planned. Enter code, name, sums above zero that agree (heads times the sum a head are the contributions), and an end that is not before the beginning."
        ),
        _unsound,
    ),
    Rule(
        "PRJ-06",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "disclosure.md D13: three stages [N]",
        N_("A project goes forward only"),
        N_("Each stage is shown to the villagers; none can be taken back."),
        N_("{name}: choose a later stage and a day from {since} to today."),
        _wrong_stage,
    ),
)
