"""Works: who accepted them, on which day, with which pictures, and for how much (AP19, X5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from villagebook.domain.document import Attachment
from villagebook.domain.folding import name_key


@dataclass(frozen=True, slots=True)
class Accepter:
    """Somebody of the group that looks at the finished works, and in what capacity."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the group found.

    Attributes:
        contract: code of the contract of the works.
        settled_fen: what the works are worth in the end; nothing is paid beyond it.
        audit_no: number of the audit report of the settlement, "" without one.
        found: what was found, in words; passed: whether the works are taken over.
    """

    contract: str
    accepted_on: date
    people: tuple[Accepter, ...]
    settled_fen: int
    found: str
    passed: bool = True
    audit_no: str = ""
    papers: tuple[Attachment, ...] = ()

    @property
    def heads(self) -> int:
        """Different names."""
        return len({name_key(p.name) for p in self.people if p.name.strip()})

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "contract": self.contract,
            "accepted_on": self.accepted_on.isoformat(),
            "people": [[p.name, p.role] for p in self.people],
            "settled_fen": self.settled_fen,
            "found": self.found,
            "passed": self.passed,
        }
        if self.audit_no:
            data["audit_no"] = self.audit_no
        if self.papers:
            data["papers"] = [p.to_data() for p in self.papers]
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Acceptance:
        """Raises KeyError, TypeError or ValueError when the data is no acceptance."""
        return cls(
            **{
                **data,
                "accepted_on": date.fromisoformat(data["accepted_on"]),
                "people": tuple(Accepter(name, role) for name, role in data["people"]),
                "papers": tuple(Attachment.from_data(p) for p in data.get("papers", ())),
            }
        )
