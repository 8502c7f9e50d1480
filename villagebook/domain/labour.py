"""Labour days of 一事一议 (筹劳): who owes how many, what was worked, and what was paid off in money (以资代劳).

Invariant: owed = worked + paid off + open, for each labourer; open is never less than nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.document import Attachment
from villagebook.domain.roster import Household

Key = tuple[str, str]
"""Code of a household and name of one of its people."""


class LabourWay(StrEnum):
    """WORKED: the days were worked. COMMUTED: they are paid off in money, which the labourer asked for in writing."""

    WORKED = "worked"
    COMMUTED = "commuted"


@dataclass(frozen=True, slots=True)
class Labourer:
    """Somebody of a household and whole days of work: owed in a list, done or paid off on a sheet."""

    household: str
    name: str
    days: int

    @property
    def key(self) -> Key:
        return self.household, self.name

    def to_data(self) -> list[Any]:
        return [self.household, self.name, self.days]


def labourers_from_data(rows: Iterable[list[Any]]) -> tuple[Labourer, ...]:
    """Raises ValueError or TypeError when a row is no labourer."""
    return tuple(Labourer(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class LabourSheet:
    """A signed sheet of one day: who worked, or who pays off how many days at `rate_fen` each.

    `on` is the last day of the work, or the day of the request; `papers` are pictures of the signed sheet or of the requests.
    """

    id: str
    project: str
    on: date
    way: LabourWay
    rows: tuple[Labourer, ...]
    rate_fen: int = 0
    note: str = ""
    papers: tuple[Attachment, ...] = ()

    @property
    def days(self) -> int:
        return sum(row.days for row in self.rows)

    def to_data(self) -> dict[str, Any]:
        """The body of `labour.done`."""
        data: dict[str, Any] = {
            "id": self.id,
            "project": self.project,
            "on": self.on.isoformat(),
            "way": self.way.value,
            "rows": [row.to_data() for row in self.rows],
        }
        rest: dict[str, Any] = {
            "rate_fen": self.rate_fen,
            "note": self.note,
            "papers": [p.to_data() for p in self.papers],
        }
        return {**data, **{key: value for key, value in rest.items() if value}}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> LabourSheet:
        """Raises KeyError, TypeError or ValueError when the data is no sheet."""
        return cls(
            data["id"],
            data["project"],
            date.fromisoformat(data["on"]),
            LabourWay(data["way"]),
            labourers_from_data(data["rows"]),
            data.get("rate_fen", 0),
            data.get("note", ""),
            tuple(Attachment.from_data(p) for p in data.get("papers", ())),
        )


@dataclass(frozen=True, slots=True)
class LabourStanding:
    """A labourer with what became of the days; `commuted_fen` is what is to be paid for those not worked."""

    labourer: Labourer
    worked: int = 0
    commuted: int = 0
    commuted_fen: int = 0

    @property
    def done(self) -> int:
        return self.worked + self.commuted

    @property
    def open(self) -> int:
        return max(0, self.labourer.days - self.done)


def standings(listed: Iterable[Labourer], sheets: Iterable[LabourSheet]) -> tuple[LabourStanding, ...]:
    """Everybody of the list in its order, with what the sheets say; a sheet names nobody the list lacks."""
    sums: dict[Key, list[int]] = {}
    for sheet in sheets:
        for row in sheet.rows:
            found = sums.setdefault(row.key, [0, 0, 0])
            if sheet.way is LabourWay.WORKED:
                found[0] += row.days
            else:
                found[1] += row.days
                found[2] += row.days * sheet.rate_fen
    return tuple(LabourStanding(one, *sums.get(one.key, (0, 0, 0))) for one in listed)


def proposed(
    households: Iterable[Household],
    exempt: Iterable[str],
    day: date,
    days: int,
    ages: tuple[int, int],
) -> tuple[Labourer, ...]:
    """Everybody between two ages (both included) of the households that are not exempt; who has no year of birth is grown up."""
    out, (youngest, oldest) = set(exempt), ages
    found = []
    for household in households:
        if household.code in out:
            continue
        for member in household.present(day):
            fits = youngest <= day.year - member.born <= oldest if member.born else not member.minor
            if fits:
                found.append(Labourer(household.code, member.name, days))
    return tuple(found)
