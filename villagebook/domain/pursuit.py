"""What was done to collect what somebody owes the village (催收): asked for, promised, or taken to court."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """How it was asked for."""

    SPOKEN = "spoken"
    LETTER = "letter"
    PROMISE = "promise"
    MEDIATION = "mediation"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Pursuit:
    """One step to collect a claim. `person_id` is who took it, `result` what came of it, in words that may be printed.

    `home` is the code of the household where several people have this name.
    """

    party: str
    pursued_on: date
    way: Way
    person_id: str
    result: str
    home: str = ""

    def is_about(self, party: str, home: str) -> bool:
        """The same somebody: one name, unless two households tell two people of it apart."""
        return self.party == party and (not self.home or not home or self.home == home)
