"""Journeys on the village's money: asked for and approved before they begin, settled against what was asked (AP14, X7)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.canonical import digest


class Transport(StrEnum):
    """How people are to travel, as it is asked for."""

    BUS = "bus"
    TRAIN_SEAT = "train-seat"
    TRAIN_BERTH = "train-berth"
    FAST_TRAIN = "fast-train"
    PLANE = "plane"
    SHIP = "ship"
    CAR = "car"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Trip:
    """A request. `travellers` are ids of the list of persons; `asked_by` is who hands it in; both days are travelled."""

    code: str
    travellers: tuple[str, ...]
    purpose: str
    destination: str
    from_on: date
    to_on: date
    transport: Transport
    estimate_fen: int
    asked_by: str = ""
    note: str = ""

    @property
    def nights(self) -> int:
        return max(0, (self.to_on - self.from_on).days)

    def overlaps(self, other: Trip) -> bool:
        return self.from_on <= other.to_on and other.from_on <= self.to_on

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        data |= {"travellers": list(self.travellers), "transport": self.transport.value}
        data |= {"from_on": self.from_on.isoformat(), "to_on": self.to_on.isoformat()}
        return {k: v for k, v in data.items() if v or k not in ("asked_by", "note")}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Trip:
        """Raises KeyError, TypeError or ValueError when the data is no journey."""
        return cls(
            **{
                **data,
                "travellers": tuple(data["travellers"]),
                "from_on": date.fromisoformat(data["from_on"]),
                "to_on": date.fromisoformat(data["to_on"]),
                "transport": Transport(data["transport"]),
            }
        )

    def content_hash(self) -> str:
        """What is signed: SHA-256 over the canonical content, hex."""
        return digest(self.to_data())


class TripState(StrEnum):
    """How far a journey is; DROPPED: it was not made."""

    ASKED = "asked"
    APPROVED = "approved"
    SETTLED = "settled"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class TripStanding:
    """A journey as the log knows it.

    `approved_on` is the day of the last signature, None while one is missing; `dropped` why it was not made;
    `paid_fen` and `waiting_fen` what documents that name it hold, posted and under way.
    """

    trip: Trip
    approved_on: date | None = None
    dropped: str = ""
    paid_fen: int = 0
    waiting_fen: int = 0
    vouchers: tuple[str, ...] = ()

    @property
    def state(self) -> TripState:
        if self.dropped:
            return TripState.DROPPED
        if self.approved_on is None:
            return TripState.ASKED
        return TripState.SETTLED if self.paid_fen else TripState.APPROVED
