"""What the rules look at when a step to collect a claim is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.pursuit import Pursuit


@dataclass(frozen=True, slots=True)
class PursuitFacts:
    """`owed_fen` is what the party owed on that day."""

    new: Pursuit
    owed_fen: int
