"""Links: which entry of a register a line of a voucher belongs to (辅助核算).

Invariant: a link names its target by kind and code, never by name; a name may be mended, a code never changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkKind(StrEnum):
    """The registers a line may point into."""

    HOUSEHOLD = "household"
    OUTSIDER = "outsider"
    PROJECT = "project"
    FUND = "fund"
    ASSET = "asset"
    RESOURCE = "resource"
    CONTRACT = "contract"
    LOAN = "loan"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One pointer from a line into a register."""

    kind: LinkKind
    code: str

    def to_data(self) -> list[str]:
        return [self.kind.value, self.code]

    @classmethod
    def from_data(cls, data: list[str]) -> Link:
        """Raises ValueError for a kind of register this program does not know."""
        kind, code = data
        return cls(LinkKind(kind), code)


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """An entry of a register as pickers and ledgers see it; `in_use` is False once it is closed, sold or struck off."""

    kind: LinkKind
    code: str
    name: str
    in_use: bool = True

    @property
    def link(self) -> Link:
        return Link(self.kind, self.code)


def links_from_data(data: list[list[str]] | None) -> tuple[Link, ...]:
    return tuple(Link.from_data(one) for one in data or ())
