"""The layout `roster`: one row per member; households are put together from their rows.

Cells of household, group and head that are empty stand for those of the row above, as in printed rosters with joined cells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.finding import Finding, stopping
from villagebook.domain.privacy import has_id_number
from villagebook.domain.roster import HEAD, Household, Member
from villagebook.exchange.cells import Cells, Unreadable, read_day
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import ROSTER, locate
from villagebook.exchange.tables import Sheet

_YES = frozenset({"是", "有", "√", "✓", "对", "1", "y", "yes", "true"})
_NO = frozenset({"", "否", "无", "×", "-", "—", "0", "n", "no", "false"})
_GROUP = re.compile(r"第?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:村民)?(?:小)?组?")
_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?:[-./年]\s*\d{1,2}.*|\d{2}|\d{4})?")
_HEADS = frozenset({HEAD, "本人", "户长", "head"})


@dataclass(slots=True)
class RosterDraft:
    """A household as the rows say it; `code` is "" where the file gives none; `row` is that of its first member."""

    code: str
    group: int
    head: str
    row: int
    shares: str = ""
    members: list[Member] = field(default_factory=list)

    def household(self, code: str) -> Household:
        joined = {m.joined_on for m in self.members}
        whole = joined.pop() if len(joined) == 1 else None
        return Household(code, self.group, self.head, tuple(self.members), self.shares, whole)


def parse_roster(sheet: Sheet) -> tuple[tuple[RosterDraft, ...], tuple[Finding, ...]]:
    """Read the whole table. With any finding that stops there are no drafts."""
    problems = Problems()
    located = locate(sheet, ROSTER, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "name")
    drafts = _read(cells)
    findings = problems.findings()
    return (() if stopping(findings) else tuple(drafts)), findings


def _read(cells: Cells) -> list[RosterDraft]:
    names, relations, heads = (cells.read(k, _plain) for k in ("name", "relation", "head"))
    codes, shares = cells.texts("household"), cells.texts("shares")
    groups = cells.read("group", read_group)
    members = zip(
        names,
        relations,
        cells.read("born", _year),
        *(cells.read(key, _answer) for key in ("minor", "votes", "delegate")),
        cells.read("joined", _day),
        strict=True,
    )
    found: dict[tuple[str, int, str], RosterDraft] = {}
    current: RosterDraft | None = None
    rows = zip(cells.numbers, codes, groups, heads, shares, members, strict=True)
    for row, code, group, head, share, (name, relation, born, minor, votes, delegate, joined) in rows:
        if not name:
            cells.problems.add("IMP-63", row)
            continue
        own_head = head or (name if (relation or "").casefold() in _HEADS else "")
        if not _stays(current, code, group, own_head):
            current = _household(cells, found, row, code, group, own_head, current)
        assert current is not None  # noqa: S101  # made in the line above, or it stays
        if any(m.name == name for m in current.members):
            cells.problems.add("IMP-65", row, value=name)
            continue
        current.shares = current.shares or share
        current.head = current.head or own_head
        is_minor = bool(minor) and born is None  # a year of birth says it better, and for every year
        current.members.append(
            Member(name, relation or "", born, is_minor, bool(votes), bool(delegate), joined)
        )
    return list(found.values())


def _stays(current: RosterDraft | None, code: str, group: int | None, head: str) -> bool:
    """True when a row says nothing that is not said of the household above."""
    return (
        current is not None
        and code in ("", current.code)
        and group in (None, current.group)
        and head in ("", current.head)
    )


def _household(
    cells: Cells,
    found: dict[tuple[str, int, str], RosterDraft],
    row: int,
    code: str,
    group: int | None,
    head: str,
    above: RosterDraft | None,
) -> RosterDraft:
    """The household of a row: by its code, else by group and head; an empty group is that of the row above."""
    number = group or (int(code[:2]) if code[:2].isdigit() else 0) or (above.group if above else 0)
    key = (code, 0, "") if code else ("", number, head)
    if key not in found:
        if not number:
            cells.problems.add("IMP-66", row)
        if not code and not head:
            cells.problems.add("IMP-64", row)
        found[key] = RosterDraft(code, number, head, row)
    return found[key]


def _plain(text: str) -> str:
    if has_id_number(text):
        raise Unreadable("IMP-60")
    return text


def read_group(text: str) -> int | None:
    """`3`, `3组`, `第三村民小组` -> 3; None for an empty cell. Raises Unreadable."""
    if not text:
        return None
    match = _GROUP.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if not match:
        raise Unreadable("IMP-61", value=text[:20])
    number = int(match[1]) if match[1].isdigit() else _chinese(match[1])
    if not number:
        raise Unreadable("IMP-61", value=text[:20])
    return number


def _chinese(text: str) -> int:
    """十二 -> 12, 二十 -> 20; 0 for what is no number below a hundred."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _year(text: str) -> int | None:
    if not text:
        return None
    plain = unicodedata.normalize("NFKC", text)
    if has_id_number(plain):
        raise Unreadable("IMP-60")
    match = _YEAR.fullmatch(plain.removesuffix("年").removesuffix(".0"))
    if not match:
        raise Unreadable("IMP-67", value=text[:20])
    return int(match[1])


def _answer(text: str) -> bool:
    word = unicodedata.normalize("NFKC", text).casefold()
    if word not in _YES | _NO:
        raise Unreadable("IMP-62", value=text[:20])
    return word in _YES


def _day(text: str) -> date | None:
    return read_day(text) if text else None
