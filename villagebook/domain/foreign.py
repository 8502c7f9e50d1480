"""Files of other programs: which of their columns means what, and which of our accounts theirs are.

Definitions. The *key* of a file's account is its code, or its whole name where the file has no codes. A *mapping* belongs to
a kind of file, known again by the fingerprint of its header, and to one book.

Invariant: a target is only ever what a person chose or what agrees with the book's chart in code and name; a likeness is
offered, never taken.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from villagebook.domain.account import Account, Chart
from villagebook.domain.foreign_names import Entry

PARTY_ACCOUNTS = ("112", "113", "201", "211", "213", "221")
"""Accounts kept by household, outsider or lender: the detail accounts of other programs are other parties here."""

_SPLIT = re.compile(r"[/\\>|_—–-]+")
_BOTH = re.compile(r"[\[(【]?([0-9][0-9.\-]*)[\])】]?[\s_:\-/\\]*(\D.*)?", re.DOTALL)
_LIKE = 0.6
_TOP_DIGITS = 4
"""Codes of accounts of a chart have three digits in the rules for villages, four in those for firms."""


class FileKind(StrEnum):
    """What a file of another program holds."""

    VOUCHERS = "vouchers"
    BALANCES = "balances"


class Detail(StrEnum):
    """What becomes of the file's detail account: nothing, the other party of the line, or a sub-account of its name."""

    NONE = ""
    PARTY = "party"
    SUB = "sub"


class Likeness(StrEnum):
    """Why an account of ours is proposed. SAME needs no question; all others do."""

    SAME = "same"
    MAP = "map"
    NAME = "name"
    CODE = "code"
    PARENT = "parent"
    SIMILAR = "similar"
    NONE = ""


@dataclass(frozen=True, slots=True)
class FileAccount:
    """An account as a file has it; `name` may be a path of names, `row` is where it comes first."""

    code: str
    name: str
    row: int = 0

    @property
    def key(self) -> str:
        return self.code or self.name

    @property
    def leaf(self) -> str:
        """The last name of the path."""
        return path_of(self.name)[-1] if path_of(self.name) else self.name

    @property
    def label(self) -> str:
        return " ".join(filter(None, (self.code, self.name)))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a file's account goes: our account, its money place for cash and bank, and what its detail name becomes."""

    account: str
    place: str = ""
    detail: Detail = Detail.NONE

    def to_data(self) -> list[str]:
        return [self.account, self.place, self.detail.value]

    @classmethod
    def from_data(cls, data: Any) -> Target:
        """Raises ValueError or TypeError for what is no target."""
        account, place, detail = data
        if not isinstance(account, str) or not isinstance(place, str):
            raise TypeError(account)
        return cls(account, place, Detail(detail))


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal for a file's account, and why."""

    target: Target
    likeness: Likeness

    @property
    def is_sure(self) -> bool:
        return self.likeness is Likeness.SAME


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How files with this header are read: role -> heading (or letter) of the column; key of an account -> target.

    `entries` say what names in auxiliary columns are (`foreign_names.key_of` -> entry of a register, or words).
    """

    kind: FileKind
    fingerprint: str = ""
    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, Target] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def with_accounts(self, more: Mapping[str, Target]) -> FileMapping:
        return replace(self, accounts={**self.accounts, **more})

    def with_entries(self, more: Mapping[str, Entry]) -> FileMapping:
        return replace(self, entries={**self.entries, **more})

    def to_data(self) -> dict[str, Any]:
        entries = {key: entry.to_data() for key, entry in sorted(self.entries.items())}
        return {
            "kind": self.kind.value,
            "fingerprint": self.fingerprint,
            "name": self.name,
            "columns": dict(self.columns),
            "accounts": {key: target.to_data() for key, target in sorted(self.accounts.items())},
            **({"entries": entries} if entries else {}),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> FileMapping:
        """Raises KeyError, TypeError or ValueError for what is no mapping."""
        columns = data["columns"]
        if not all(isinstance(text, str) for pair in columns.items() for text in pair):
            raise TypeError(columns)
        return cls(
            FileKind(data["kind"]),
            str(data["fingerprint"]),
            str(data["name"]),
            dict(columns),
            {str(key): Target.from_data(target) for key, target in data["accounts"].items()},
            {str(key): Entry.from_data(entry) for key, entry in data.get("entries", {}).items()},
        )


def split_account(text: str) -> tuple[str, str]:
    """Code and name out of one cell: "5401/办公费", "[5401]管理费用-办公费", "5401 办公费", "管理费用", "5401"."""
    text = unicodedata.normalize("NFKC", text).strip()
    match = _BOTH.fullmatch(text)
    if not match:
        return "", text
    return match[1].rstrip(".-"), (match[2] or "").strip()


def path_of(name: str) -> list[str]:
    """The names of a path from the top: "管理费用-办公费" -> 管理费用, 办公费."""
    return [part.strip() for part in _SPLIT.split(name) if part.strip()]


def plain_account_name(name: str) -> str:
    """A name without width, blanks and brackets of either width: 生产（劳务）成本 and 生产(劳务)成本 are one."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


@dataclass(frozen=True, slots=True)
class OldChart:
    """A chart of an earlier rule: code -> name, and code -> the one account of today it became ("" where that is open)."""

    names: Mapping[str, str]
    follows: Mapping[str, str]


def offer(
    found: FileAccount, names: Mapping[str, str], chart: Chart, old: OldChart | None = None
) -> Offer | None:
    """What a file's account may be in our chart; None when nothing is like it.

    `names` are those of the file's accounts by code, so that a detail account knows what stands above it. With `old` the
    file is kept by an earlier chart, and its codes mean nothing in ours.
    """
    top_code, top_name = _top(found, names)
    if old is not None and top_name and _same(old.names.get(top_code, ""), top_name):
        follower = chart.get(old.follows.get(top_code, ""))
        return _within(found, follower, Likeness.MAP, chart) if follower else None
    ours = chart.get(top_code) if old is None else None
    if ours and _same(ours.name, top_name):
        return _within(found, ours, Likeness.SAME, chart)
    for name in filter(None, (top_name, found.leaf)):
        hits = [a for a in chart if _same(a.name, name)]
        if len(hits) == 1:
            return _within(found, hits[0], Likeness.NAME, chart)
    if ours and not top_name:
        return _within(found, ours, Likeness.CODE, chart)
    return _similar(found, top_name, chart)


def _same(one: str, other: str) -> bool:
    return plain_account_name(one) == plain_account_name(other)


def _top(found: FileAccount, names: Mapping[str, str]) -> tuple[str, str]:
    """Code and name of the account of the chart that a file's account belongs to; the name is "" when it is not told."""
    path = path_of(found.name)
    code = re.split(r"[.\-]", found.code)[0]
    above = next((code[:n] for n in (3, 4) if code[:n] in names and code[:n] != found.code), "")
    if above:
        return above, (path_of(names[above]) or [""])[0]
    is_top = found.code == code and len(code) <= _TOP_DIGITS
    top_name = path[0] if path and (is_top or len(path) > 1 or not found.code) else ""
    return code if is_top else code[:3], top_name


def _within(found: FileAccount, account: Account, likeness: Likeness, chart: Chart) -> Offer | None:
    """The account itself when the file has no detail below it, else the detail's own place there."""
    if (
        not found.name
        or _same(found.leaf, account.name)
        or (likeness is Likeness.MAP and len(found.code) == 3)
    ):
        return Offer(Target(account.code), likeness) if chart.is_leaf(account.code) else None
    if account.is_money:
        return Offer(Target(account.code), Likeness.PARENT) if chart.is_leaf(account.code) else None
    if not chart.is_leaf(account.code):
        twin = chart.leaf_named(account.code, found.leaf)
        if twin:
            return Offer(Target(twin), likeness)
    kind = Detail.PARTY if account.code[:3] in PARTY_ACCOUNTS else Detail.SUB
    if kind is Detail.PARTY and not chart.is_leaf(account.code):
        return None
    return Offer(Target(account.code, detail=kind), Likeness.PARENT)


def _similar(found: FileAccount, top_name: str, chart: Chart) -> Offer | None:
    names = {plain_account_name(a.name): a for a in chart if chart.is_leaf(a.code)}
    for name in filter(None, (found.leaf, top_name)):
        hits = difflib.get_close_matches(plain_account_name(name), names, n=1, cutoff=_LIKE)
        if hits:
            return Offer(Target(names[hits[0]].code), Likeness.SIMILAR)
    return None


def is_old_chart(accounts: Iterable[FileAccount], old: OldChart, chart: Chart) -> bool:
    """Do the file's accounts speak the older chart: more of them agree with it in code and name than with ours?"""
    in_old = in_ours = 0
    for account in accounts:
        path = path_of(account.name)
        top, name = account.code[:3], plain_account_name(path[0]) if path else ""
        ours = chart.get(top)
        in_old += bool(name) and plain_account_name(old.names.get(top, "")) == name
        in_ours += ours is not None and plain_account_name(ours.name) == name
    return in_old > in_ours
