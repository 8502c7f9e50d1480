"""Names in the auxiliary columns of other programs' files (辅助核算), and the entries of our registers they are.

Invariant: a name is linked only because a person said so; an equal name is offered, never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from villagebook.domain.folding import folded, name_key
from villagebook.domain.link import Link, LinkKind, LinkTarget


class NameRole(StrEnum):
    """As what a line names somebody or something."""

    PARTY = "party"
    PROJECT = "project"


KINDS: dict[NameRole, tuple[LinkKind, ...]] = {
    NameRole.PARTY: (LinkKind.HOUSEHOLD, LinkKind.OUTSIDER),
    NameRole.PROJECT: (
        LinkKind.PROJECT,
        LinkKind.FUND,
        LinkKind.CONTRACT,
        LinkKind.ASSET,
        LinkKind.RESOURCE,
    ),
}
"""The registers a name of each role can stand in."""


@dataclass(frozen=True, slots=True)
class FileName:
    """A name as the file has it, where it comes first and how often it comes."""

    role: NameRole
    text: str
    row: int = 0
    count: int = 1

    @property
    def key(self) -> str:
        return key_of(self.role, self.text)


def key_of(role: NameRole, text: str) -> str:
    """One key for all ways of writing a name; a group or branch in brackets stays, it tells two people apart."""
    return f"{role}:{folded(text) or text}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name is: the entry of a register, with the name it had when it was chosen; None says that it stays words.

    The name is kept because codes belong to a book: in another village the same code is somebody else.
    """

    target: LinkTarget | None = None

    def to_data(self) -> list[str]:
        target = self.target
        return [target.kind.value, target.code, target.name] if target else []

    @classmethod
    def from_data(cls, data: Any) -> Entry:
        """Raises ValueError or TypeError for what is no entry."""
        if not data:
            return cls()
        kind, code, name = data
        if not isinstance(code, str) or not isinstance(name, str):
            raise TypeError(data)
        return cls(LinkTarget(LinkKind(kind), code, name))

    def holds(self, known: Mapping[Link, LinkTarget]) -> bool:
        """Is it still, and in this book, what was chosen?"""
        if self.target is None:
            return True
        now = known.get(self.target.link)
        return now is not None and name_key(now.name) == name_key(self.target.name)


def equal_names(found: FileName, named: Mapping[str, Iterable[LinkTarget]]) -> tuple[LinkTarget, ...]:
    """The entries that may stand behind a name because theirs is the same; `named` are targets by `name_key`.

    A code before the name ("001 张三") does not count. With a bracket (张三（三组）) only the very name is offered if there is one.
    """
    kinds = KINDS[found.role]
    texts = (found.text, found.text.lstrip("0123456789-./_[]【】() "))
    hits: dict[Link, LinkTarget] = {}
    for text in texts:
        hits |= {t.link: t for t in named.get(name_key(text), ()) if t.kind in kinds} if text else {}
    exact = tuple(t for t in hits.values() if folded(t.name) in {folded(text) for text in texts})
    return exact if len(exact) == 1 else tuple(hits.values())
