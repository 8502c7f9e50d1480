"""What an account asks of the lines booked on it (辅助核算设置)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from villagebook.domain.account import Chart
from villagebook.domain.link import LinkKind


@dataclass(frozen=True, slots=True)
class Demand:
    """Registers a line has to point into; `strict` refuses a line without, else it is only told."""

    kinds: tuple[LinkKind, ...] = ()
    strict: bool = False

    def to_data(self) -> dict[str, Any]:
        return {"kinds": [k.value for k in self.kinds], "severity": "error" if self.strict else "warning"}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Demand:
        return cls(tuple(sorted(LinkKind(k) for k in data["kinds"])), data["severity"] == "error")


NONE = Demand()


def demand_of(own: Mapping[str, Demand], chart: Chart, code: str) -> Demand:
    """What holds for an account: its own setting, else that of the nearest account above that has one."""
    while code:
        if code in own:
            return own[code]
        account = chart.get(code)
        code = account.parent if account else ""
    return NONE


def all_demands(own: Mapping[str, Demand], chart: Chart) -> dict[str, Demand]:
    """Account -> demand, of every account anything is asked of."""
    found = {account.code: demand_of(own, chart, account.code) for account in chart} if own else {}
    return {code: demand for code, demand in found.items() if demand.kinds}
