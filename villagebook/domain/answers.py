"""F9, objections and answers, as data of a paper for the board."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from villagebook.domain.board_paper import USUAL_PT
from villagebook.domain.canonical import digest, plain_lists


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One objection as it hangs: texts already freed of personal matters; `who` a surname with stars, or no name."""

    number: str
    received_on: date
    who: str
    about: str
    question: str
    answer: str
    answered: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The sheet for one notice."""

    village: str
    notice_number: str
    period: str
    rows: tuple[AnswerRow, ...]
    objection_days: int
    answer_days: int
    made_on: date
    reviewers: tuple[str, ...]
    officials: tuple[tuple[str, str], ...]
    font_pt: int = USUAL_PT
    ask_at: tuple[str, ...] = ()

    def content_hash(self) -> str:
        """Hash of everything that is printed, hex."""
        data: dict[str, Any] = plain_lists(asdict(self))
        for row, made in zip(data["rows"], self.rows, strict=True):
            row["received_on"] = made.received_on.isoformat()
        if self.font_pt == USUAL_PT:
            del data["font_pt"]
        if not self.ask_at:
            del data["ask_at"]
        data["made_on"] = self.made_on.isoformat()
        return digest(data)

    def texts(self) -> tuple[tuple[str, str], ...]:
        """(where, text) of every free text on the paper."""
        return tuple(
            (row.number, text)
            for row in self.rows
            for text in (row.who, row.about, row.question, row.answer, row.answered)
            if text
        )
