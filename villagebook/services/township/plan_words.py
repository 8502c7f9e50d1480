"""What projects and their stages are called, and what a document leaves of the plans, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from villagebook.domain.money import yuan_text
from villagebook.domain.project import ProjectKind, Source, Stage
from villagebook.i18n import N_, _
from villagebook.rules.plan_facts import BudgetTouch, PlanFacts
from villagebook.rules.resolution_facts import Draw

_KINDS = {
    ProjectKind.ONE_ISSUE: N_("One issue, one discussion"),
    ProjectKind.CONSTRUCTION: N_("Works"),
    ProjectKind.OTHER: N_("Other project"),
}
_STAGES = {
    Stage.PLANNED: N_("Planned"),
    Stage.BEGUN: N_("Begun"),
    Stage.FINISHED: N_("Finished"),
    Stage.SETTLED: N_("Account settled"),
    Stage.DROPPED: N_("Given up"),
}
_SOURCES = {
    Source.CONTRIBUTIONS: N_("Villagers' contributions"),
    Source.AWARD: N_("State award or subsidy"),
    Source.OWN: N_("The collective's own money"),
    Source.OTHER: N_("Other sources"),
}


def project_kind_title(kind: ProjectKind) -> str:
    return _(_KINDS[kind])


def stage_title(stage: Stage) -> str:
    return _(_STAGES[stage])


def source_title(source: Source) -> str:
    return _(_SOURCES[source])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence beside a form; `is_over` when more is taken than there is."""

    text: str
    is_over: bool = False


def sentences(plan: PlanFacts) -> tuple[Sentence, ...]:
    """What a document leaves of budget, request, projects and funds: shown before it is saved."""
    made = [_of_budget(touch) for touch in plan.budget]
    if plan.appropriation and plan.appropriation.allowed_fen is not None:
        allowed = plan.appropriation.allowed_fen
        text = _("By request and budget {allowed} may still be appropriated, this one included.")
        made.append(Sentence(text.format(allowed=yuan_text(allowed)), plan.appropriation.is_over))
    for project in plan.projects:
        left = project.standing.left_fen - project.own_spent_fen
        text = _(
            "Project {name}: {available} raised and of the village's own, {spent} spent; after this {left} is left."
        )
        stands = project.standing
        words = text.format(
            name=stands.project.name,
            available=yuan_text(stands.available_fen),
            spent=yuan_text(stands.spent_fen + stands.under_way_fen),
            left=yuan_text(left),
        )
        made.append(Sentence(words, project.own_spent_fen > max(0, project.left_fen)))
    for fund in plan.funds:
        left = fund.standing.left_fen - fund.own_spent_fen
        text = _("Fund {name}: received {received}, spent {spent}; after this {left} is left.")
        words = text.format(
            name=fund.standing.fund.title,
            received=yuan_text(fund.standing.received_fen),
            spent=yuan_text(fund.standing.spent_fen + fund.standing.under_way_fen),
            left=yuan_text(left),
        )
        made.append(Sentence(words, fund.own_spent_fen > max(0, fund.left_fen)))
    return tuple(made)


def _of_budget(touch: BudgetTouch) -> Sentence:
    if touch.is_income:
        text = _("Budget {line}: {planned} planned, {used} received; after this {left} is still to come.")
    else:
        text = _(
            "Budget {line}: {planned} planned, {used} spent, {waiting} under way; after this {left} is left."
        )
    words = text.format(
        line=touch.title,
        planned=yuan_text(touch.planned_fen),
        used=yuan_text(touch.used_fen),
        waiting=yuan_text(touch.under_way_fen),
        left=yuan_text(touch.left_fen),
    )
    return Sentence(words, not touch.is_income and touch.left_fen < 0)


def drawn(draws: Iterable[Draw]) -> tuple[Sentence, ...]:
    """What is left of the resolutions a document draws on, before and after; nothing where no sum was resolved."""
    made = []
    for draw in draws:
        left_fen = draw.item.left_fen(draw.way, draw.but) if draw.item and draw.own_fen else None
        if draw.item and left_fen is not None:
            after_fen = left_fen - draw.own_fen
            words = _("Resolution {number}: {left} left, {after} after this.").format(
                number=draw.cited.text, left=yuan_text(left_fen), after=yuan_text(after_fen)
            )
            made.append(Sentence(words, after_fen < 0))
    return tuple(made)
