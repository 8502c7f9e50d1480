"""What projects and their stages are called on the screen and on paper."""

from __future__ import annotations

from villagebook.domain.project import ProjectKind, Source, Stage
from villagebook.i18n import N_, _

_KINDS = {
    ProjectKind.ONE_ISSUE: N_("One issue, one discussion"),
    ProjectKind.CONSTRUCTION: N_("Works"),
    ProjectKind.OTHER: N_("Other project"),
}
_STAGES = {
    Stage.PLANNED: N_("Planned"),
    Stage.BEGUN: N_("Begun"),
    Stage.FINISHED: N_("Finished"),
    Stage.SETTLED: N_("Settled"),
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
