"""Whom to ask who doubts a figure, and by when there is an answer: one sentence at the foot of every paper of the board."""

from __future__ import annotations

from typing import Protocol

from villagebook.i18n import _


class Asked(Protocol):
    """A paper that says so. `ask_at` are desks beside supervision and township, each with its telephone."""

    @property
    def objection_days(self) -> int: ...
    @property
    def answer_days(self) -> int: ...
    @property
    def ask_at(self) -> tuple[str, ...]: ...


def doubts_note(paper: Asked) -> str:
    told = _(
        "Who doubts a figure may ask the supervision committee or the township within {objection} days of posting; "
        "an answer is due within {answer} days."
    ).format(objection=paper.objection_days, answer=paper.answer_days)
    if not paper.ask_at:
        return told
    return told + " " + _("Ask also here: {desks}.").format(desks=_("; ").join(paper.ask_at))
