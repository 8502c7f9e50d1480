"""What an account is called on the board: a villager's sentence instead of a term of accounting (大白话).

Definitions. A *way* says which side of an account is told: what it is, money that came in over it, money that went out.
Income and expense accounts are told in one way; money that moved against their side is called given back. *Own* words are
the village's, reviewed once by supervision; *delivered* ones come with the program.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from villagebook.domain.account import Account, Chart
from villagebook.domain.privacy import NUMBERS

LEAST, MOST = 4, 40
"""Characters of own words."""

TOP = 3
"""Digits of an account of the chart itself."""

_FILLERS = "等|一批|若干|有关|相关|方面|的|及|和|与|各项|元|年|月|日|号"
_EMPTY = re.compile(rf"[\W\d_]|{_FILLERS}")
_SIGNS = range(0x4E00, 0xA000)  # the Chinese signs that mean the same however they are typed
_WIDEST = 12
_NUMBER = re.compile(r"\d{4,}")


class Way(StrEnum):
    """What is told of an account: what stands on it, what came in, what went out."""

    IS = ""
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words the village chose, by whom; `reviewed_by` is a person's id, "" until somebody of supervision has read them."""

    account: str
    way: Way
    words: str
    set_by: str
    reviewed_by: str = ""


Delivered = Mapping[tuple[str, str, Way], str]
"""(account of the chart, part of a sub-account's name or "", way) -> sentence, in one language."""


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a book in one language. `given_back` has a place {words}, `kind_of` places {name} and {words}."""

    chart: Chart
    delivered: Delivered
    own: Mapping[tuple[str, Way], OwnWords] = field(default_factory=dict)
    given_back: str = "{words}"
    kind_of: str = "{name} ({words})"

    def of(self, code: str, way: Way = Way.IS) -> str:
        """The sentence of an account; its code when nobody knows the account."""
        account = self.chart.get(code)
        if account is None:
            return code
        if not told_both_ways(account):
            told = self._told(account, Way.IS)
            against = Way.OUT if account.is_income else Way.IN
            return self.given_back.format(words=told) if way is against else told
        return self._told(account, way)

    def unreviewed(self, code: str, way: Way = Way.IS) -> bool:
        """True when the sentence is the village's own and nobody of supervision has read it."""
        account = self.chart.get(code)
        if account is None:
            return False
        own = self._own_above(account, way if told_both_ways(account) else Way.IS)
        return own is not None and not own.reviewed_by

    def _own_above(self, account: Account, way: Way) -> OwnWords | None:
        """The own words a sentence is made of: the account's, or those of the one above when it has none delivered."""
        if found := self.own.get((account.code, way)):
            return found
        above = self.chart.get(account.parent)
        return None if above is None or self._detail(account, way) else self._own_above(above, way)

    def _told(self, account: Account, way: Way) -> str:
        if own := self.own.get((account.code, way)):
            return own.words
        if not account.parent:
            known = self.delivered.get((account.code, "", way)) or self.delivered.get(
                (account.code, "", Way.IS)
            )
            return known or account.name
        if told := self._detail(account, way):
            return told
        above = self.chart.get(account.parent)
        return self.kind_of.format(name=account.name, words=self._told(above, way)) if above else account.name

    def _detail(self, account: Account, way: Way) -> str:
        """Delivered words of the longest part of a sub-account's name that is known, "" for none."""
        if not account.parent:
            return ""
        top = account.code[:TOP]
        fitting = [
            (len(part), told)
            for (code, part, own_way), told in self.delivered.items()
            if code == top and part and own_way is way and part in account.name
        ]
        return max(fitting, default=(0, ""))[1]


def told_both_ways(account: Account) -> bool:
    """Accounts that are neither income nor expense are told by what came in and what went out."""
    return not (account.is_income or account.is_expense)


def ways_of(account: Account) -> tuple[Way, ...]:
    """The ways an account is told in; cash, bank and those no money passes are told in one."""
    return (Way.IS, Way.IN, Way.OUT) if told_both_ways(account) and not account.is_money else (Way.IS,)


class Vague:
    """Tells texts that say nothing once empty words ("其他", "杂费" ...), figures and fillers ("等", "一批") are taken out.

    For many texts: the words are put in order once, and a text that comes again is known.
    """

    def __init__(self, vague: Iterable[str]) -> None:
        self._words = sorted({w.casefold() for w in vague if w}, key=len, reverse=True)
        self._known: dict[str, bool] = {}

    def speaking(self) -> str:
        """Signs that no empty word takes out, as ranges ("一-丁三-不"): a text with two of them says something.

        For a store that looks through many texts; those it leaves over are to be asked about one by one. The widest ranges
        hold nearly all signs, and few are sooner compared.
        """
        gone = {ord(sign) for words in (*self._words, _FILLERS) for sign in words if ord(sign) in _SIGNS}
        edges = [_SIGNS.start - 1, *sorted(gone), _SIGNS.stop]
        wide = sorted(pairwise(edges), key=lambda edge: edge[0] - edge[1])[:_WIDEST]
        return "".join(f"{chr(above + 1)}-{chr(below - 1)}" for above, below in wide if below - above > 1)

    def __call__(self, text: str) -> bool:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._says_nothing(text)
        return known

    def _says_nothing(self, text: str) -> bool:
        left = unicodedata.normalize("NFKC", text).casefold()
        for word in self._words:
            if word in left:
                left = left.replace(word, "")
        return len(_EMPTY.sub("", left)) < 2  # one sign is no matter: "其他款"


def is_vague(text: str, vague: Iterable[str]) -> bool:
    """`Vague` for a single text."""
    return Vague(vague)(text)


def faults_of(text: str, vague: Iterable[str]) -> tuple[str, ...]:
    """What is wrong with own words: "length", "vague", "open" (ends in 等), "number"; empty when they may be used."""
    text = text.strip()
    found = []
    if not LEAST <= len(text) <= MOST or not text.isprintable():
        found.append("length")
    if is_vague(text, vague) or any(w.casefold() == text.casefold() for w in vague):
        found.append("vague")
    if text.rstrip("。.;；,，").endswith(("等", "等等", "其他", "其它", "etc")):
        found.append("open")
    if _NUMBER.search(text) or any(pattern.search(text) for pattern in NUMBERS):
        found.append("number")
    return tuple(found)
