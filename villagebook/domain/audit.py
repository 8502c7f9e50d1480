"""Audits and inspections: what was found, and what was done about it (D16, form F10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.document import Attachment


class AuditKind(StrEnum):
    """LEAVING is the audit of somebody who leaves an office (村民委员会组织法 35)."""

    YEARLY = "yearly"
    LEAVING = "leaving"
    SPECIAL = "special"
    INSPECTION = "inspection"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class AuditPoint:
    """One finding, numbered from 1; `amount_fen` is the money it is about, 0 when none; `due_on` by when it is to be mended."""

    no: int
    text: str
    amount_fen: int = 0
    due_on: date | None = None

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"no": self.no, "text": self.text}
        if self.amount_fen:
            data["amount_fen"] = self.amount_fen
        return data | ({"due_on": self.due_on.isoformat()} if self.due_on else {})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> AuditPoint:
        due_on = data.get("due_on")
        return cls(**{**data, "due_on": date.fromisoformat(due_on) if due_on else None})


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done about a point. `recovered_fen` is money that came back; `done` is False while more is to follow."""

    audit_id: str
    no: int
    day: date
    text: str
    who: str
    recovered_fen: int = 0
    done: bool = True
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit.

    Attributes:
        auditor: who audited, as on the report; `about` what or, for a leaving audit, whose office in words.
        post_id: of a leaving audit, the post that was left, else "".
        months: first and last day that were looked at, as on the report, in words.
        result: the conclusion in a few sentences.
    """

    id: str
    number: str
    kind: AuditKind
    auditor: str
    reported_on: date
    about: str
    result: str
    points: tuple[AuditPoint, ...] = ()
    post_id: str = ""
    papers: tuple[Attachment, ...] = ()
    mended: tuple[Mended, ...] = ()

    def last(self, no: int) -> Mended | None:
        """The newest word about a point."""
        return next((m for m in reversed(self.mended) if m.no == no), None)

    def is_mended(self, no: int) -> bool:
        found = self.last(no)
        return found is not None and found.done

    def open_points(self) -> tuple[AuditPoint, ...]:
        return tuple(p for p in self.points if not self.is_mended(p.no))

    def to_data(self) -> dict[str, Any]:
        """The body of `audit.recorded`."""
        data: dict[str, Any] = {
            "id": self.id,
            "number": self.number,
            "kind": self.kind.value,
            "auditor": self.auditor,
            "reported_on": self.reported_on.isoformat(),
            "about": self.about,
            "result": self.result,
            "points": [p.to_data() for p in self.points],
        }
        rest: dict[str, Any] = {"post_id": self.post_id, "papers": [p.to_data() for p in self.papers]}
        return data | {k: v for k, v in rest.items() if v}

    @classmethod
    def from_data(cls, data: Mapping[str, Any], mended: tuple[Mended, ...] = ()) -> Audit:
        """Raises KeyError, TypeError or ValueError when the data is no audit."""
        return cls(
            **{
                **data,
                "kind": AuditKind(data["kind"]),
                "reported_on": date.fromisoformat(data["reported_on"]),
                "points": tuple(AuditPoint.from_data(p) for p in data["points"]),
                "papers": tuple(Attachment.from_data(a) for a in data.get("papers", ())),
                "mended": mended,
            }
        )
