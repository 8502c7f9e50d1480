"""Resources: land, water and woods that are not in the ledger but belong to everybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from villagebook.domain.register import day_of

_AREA = re.compile(r"\d{1,9}(\.\d{1,4})?")


class ResourceKind(StrEnum):
    """The classes a notice names (disclosure.md section 1, class 5)."""

    FARMLAND = "farmland"
    FOREST = "forest"
    GRASS = "grass"
    ORCHARD = "orchard"
    WATER = "water"
    BEACH = "beach"
    WASTE = "waste"
    CONSTRUCTION = "construction"
    OTHER = "other"


class Use(StrEnum):
    """Who uses it now."""

    SELF = "self"
    CONTRACTED = "contracted"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource. `area` is in 亩 as written on its certificate ("12.5"); `contract` the code of the contract it is let by."""

    code: str
    name: str
    kind: ResourceKind
    area: str
    location: str = ""
    boundaries: str = ""
    certificate: str = ""
    use: Use = Use.SELF
    contract: str = ""
    since: date | None = None
    note: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Resource:
        """Raises KeyError, TypeError or ValueError when the data is no resource."""
        made = dict(data)
        made["kind"] = ResourceKind(made["kind"])
        made["use"] = Use(made.get("use", Use.SELF.value))
        made["since"] = day_of(made, "since")
        return cls(**made)


def area_of(text: str) -> Decimal | None:
    """An area in 亩, above 0 and with four decimals at most; None for anything else."""
    if not _AREA.fullmatch(text):
        return None
    area = Decimal(text)
    return area if area > 0 else None
