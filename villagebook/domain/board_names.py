"""How people are called on a board: by name where they answer for money, else no more than tells them apart (disclosure.md 8).

Numbers of identity cards are not kept, so the two figures that tell people of one name apart are those of their household's
number in its group, or those that were kept of a private seller's number (`Document.id_tail`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from villagebook.domain.mask import MaskReason
from villagebook.domain.roster import ADULT, Household, Member

GROUP = "{name}（{group}组）"
GUARDED = "{name}（代）"
SELLER = "{surname}某"
TAIL = "{name}·{tail}"
TAIL_LENGTH = 2
FIRM = re.compile(
    "..(公司|厂|店|商行|超市|经营部|门市部?|合作社|中心|工程队|建筑队|协会|银行|农场|站|院|所)$"
)
"""How firms and offices end their names; no villager is called so."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A name as it hangs, the group (0 when unknown), and why it is not the plain name (None when it is)."""

    name: str
    group: int = 0
    reason: MaskReason | None = None

    @property
    def with_group(self) -> str:
        return GROUP.format(name=self.name, group=self.group) if self.group else self.name


class BoardNames:
    """Who is called what, by the roster of a year; immutable. `officers` and `firms` stand by name whatever they sold."""

    def __init__(
        self,
        households: Iterable[Household],
        year: int,
        officers: Iterable[str] = (),
        firms: Iterable[str] = (),
    ) -> None:
        self._named = frozenset((*officers, *firms))
        self._by_code = {h.code: h for h in households}
        self._year = year
        self._homes: dict[str, list[Household]] = {}
        for home in self._by_code.values():
            for name in dict.fromkeys([home.head, *(m.name for m in home.members)]):
                self._homes.setdefault(name, []).append(home)

    def household(self, code: str, person: str = "") -> Shown:
        """A household, or one of its people: a minor stands under whoever answers for it, one of several of a name by number.

        A name that is none of the household's is shown as it is.
        """
        home = self._by_code.get(code)
        if home is None:
            return self.person(person)
        name = person or home.head
        if self._is_minor(home, name):
            return Shown(
                GUARDED.format(name=self._told_apart(self._guardian(home), home)),
                home.group,
                MaskReason.MINOR,
            )
        told = self._told_apart(name, home)
        return Shown(told, home.group, MaskReason.SAME_NAME if told != name else None)

    def person(self, name: str) -> Shown:
        """Somebody known by name alone: the only one of that name is looked up in the roster."""
        code = self.home_of(name)
        return self.household(code, name) if code else Shown(name)

    def told(self, name: str, code: str = "") -> Shown:
        """Somebody known by name, and by household where one is known."""
        return self.household(code, name) if code else self.person(name)

    def home_of(self, name: str) -> str:
        """Code of the only household in which somebody of this name lives, "" when there is none or there are several."""
        homes = self._homes.get(name, ())
        return homes[0].code if len(homes) == 1 else ""

    def seller(self, name: str, code: str = "", tail: str = "") -> Shown:
        """A private seller: surname and group, with two figures of the number when these were kept.

        Who holds an office answers by name, and so does a firm, whatever paper it gave (disclosure.md section 8).
        """
        if name in self._named or FIRM.search(name):
            return Shown(name)
        home = self._by_code.get(code) or next(iter(self._homes.get(name, ())), None)
        known = SELLER.format(surname=name[:1])
        known = TAIL.format(name=known, tail=tail[-TAIL_LENGTH:]) if tail else known
        return Shown(known, home.group if home else 0, MaskReason.SELLER)

    def _told_apart(self, name: str, home: Household) -> str:
        """The name; with two figures of the household's number when the group has several of that name."""
        same = [h for h in self._homes.get(name, ()) if h.group == home.group]
        return TAIL.format(name=name, tail=home.code[-TAIL_LENGTH:]) if len(same) > 1 else name

    def _is_minor(self, home: Household, name: str) -> bool:
        found = _member(home, name)
        return found is not None and found.is_minor(self._year)

    def _guardian(self, home: Household) -> str:
        """The head, or the oldest grown-up of the household when the head is a minor; the head when there is none."""
        if not self._is_minor(home, home.head):
            return home.head
        grown = [m for m in home.members if not m.is_minor(self._year) and m.left_on is None]
        grown.sort(key=lambda m: m.born or self._year - ADULT)
        return grown[0].name if grown else home.head


def _member(home: Household, name: str) -> Member | None:
    return next((m for m in home.members if m.name == name), None)
