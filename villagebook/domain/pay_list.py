"""Lists with payees' signatures (X2, X3, X4, pay): one payment to many people, each with what it is for.

Invariants: no two lists that stand hold the same person on the same day of work; amounts are whole fen and add up to the payment.
No number of an identity card or bank account has a place here: a person is known by name and household.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.canonical import digest
from villagebook.domain.folding import name_key
from villagebook.domain.period import Period


class ListKind(StrEnum):
    """What a list pays: lost-work pay by days, condolence and welfare, subsidies and land money to households, pay by months."""

    LOST_WORK = "lost-work"
    CONDOLENCE = "condolence"
    SUBSIDY = "subsidy"
    LAND = "land-money"
    PAY = "pay"


TO_HOUSEHOLDS = frozenset({ListKind.SUBSIDY, ListKind.LAND})
"""X4: the roster is reviewed and posted before the bank pays; cash is refused."""


BY_RATE = frozenset({ListKind.LOST_WORK, ListKind.PAY})
"""Nothing is paid without a rate somebody decided."""


BY_SPAN = frozenset({ListKind.PAY, ListKind.SUBSIDY, ListKind.LAND})
"""One person draws such a thing once for the same time."""


@dataclass(frozen=True, slots=True)
class PayRow:
    """One person of a list.

    Attributes:
        household: code in the register, "" for somebody known by name only.
        post: the post the pay is for, as the rate names it; "" where the rate is for everybody.
        work, place: what was done, and where.
        days: the days of work; empty where nothing is paid by days. `half`: half of each of them.
        quantity, unit: as written ("3.5", "亩"), for people only.
        rate_fen: by day or month, 0 where no rate is asked for.
    """

    name: str
    amount_fen: int
    household: str = ""
    post: str = ""
    work: str = ""
    place: str = ""
    days: tuple[date, ...] = ()
    half: bool = False
    quantity: str = ""
    unit: str = ""
    rate_fen: int = 0
    note: str = ""

    @property
    def person(self) -> str:
        return plain_name(self.name)

    def worth_fen(self) -> int:
        """What the days come to by the rate; half a fen is rounded up."""
        whole_fen = self.rate_fen * len(self.days)
        return (whole_fen + 1) // 2 if self.half else whole_fen

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        data["days"] = [d.isoformat() for d in self.days]
        return {k: v for k, v in data.items() if v or k in ("name", "amount_fen")}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> PayRow:
        """Raises KeyError, TypeError or ValueError when the data is no row."""
        return cls(**{**data, "days": tuple(date.fromisoformat(d) for d in data.get("days", ()))})


@dataclass(frozen=True, slots=True)
class PayList:
    """One list.

    Attributes:
        code: the number of the list; a payment names it.
        from_on, to_on: the time it is about, both days included.
        resolution: number and item of what decided it, as payments name it; `document_no` the paper from above.
        maker: person id of who made it.
    """

    code: str
    kind: ListKind
    title: str
    from_on: date
    to_on: date
    rows: tuple[PayRow, ...]
    resolution: str = ""
    document_no: str = ""
    maker: str = ""
    note: str = ""

    @property
    def total_fen(self) -> int:
        return sum(row.amount_fen for row in self.rows)

    @property
    def months(self) -> int:
        """Calendar months it touches: what pay by the month counts."""
        first, last = Period.of(self.from_on), Period.of(self.to_on)
        return (last.year - first.year) * 12 + last.month - first.month + 1

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "code": self.code,
            "kind": self.kind.value,
            "title": self.title,
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(),
            "rows": [row.to_data() for row in self.rows],
        }
        rest = {name: getattr(self, name) for name in ("resolution", "document_no", "maker", "note")}
        return {**data, **{k: v for k, v in rest.items() if v}}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> PayList:
        """Raises KeyError, TypeError or ValueError when the data is no list."""
        return cls(
            **{
                **data,
                "kind": ListKind(data["kind"]),
                "from_on": date.fromisoformat(data["from_on"]),
                "to_on": date.fromisoformat(data["to_on"]),
                "rows": tuple(PayRow.from_data(r) for r in data["rows"]),
            }
        )

    def content_hash(self) -> str:
        """What reviewers and payees sign: SHA-256 over the canonical content, hex."""
        return digest(self.to_data())


@dataclass(frozen=True, slots=True)
class PayRate:
    """What a day or a month is paid, by whose decision and from which day. `post` "" is everybody's."""

    kind: ListKind
    post: str
    rate_fen: int
    from_on: date
    resolution: str

    def to_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "post": self.post,
            "rate_fen": self.rate_fen,
            "from_on": self.from_on.isoformat(),
            "resolution": self.resolution,
        }


def plain_name(name: str) -> str:
    """A name however it is written: 王 五（二组）is 王五; households tell people of one name apart."""
    return name_key(name)


def same_person(one: PayRow, other: PayRow) -> bool:
    """One name, unless two households tell them apart."""
    apart = one.household and other.household and one.household != other.household
    return one.person == other.person and not apart


@dataclass(frozen=True, slots=True)
class Clash:
    """A row of a list against a row of another one, or of itself. `day` None: not a day but the same time is paid twice."""

    no: int
    name: str
    day: date | None
    other: str


def clashes(wanted: PayList, others: Iterable[PayList]) -> Iterator[Clash]:
    """Person-days, or posts and subsidies of the same time, that another list or an earlier row holds already."""
    held: dict[str, list[tuple[str, PayList, PayRow]]] = {}
    for other in others:
        if other.code != wanted.code:
            for row in other.rows:
                held.setdefault(row.person, []).append((other.code, other, row))
    for no, row in enumerate(wanted.rows, 1):
        for code, other, known in held.get(row.person, ()):
            if not same_person(row, known):
                continue
            both = sorted(set(row.days) & set(known.days))
            if both:
                yield Clash(no, row.name, both[0], code)
            elif _same_time(wanted, other, row, known):
                yield Clash(no, row.name, None, code)
        if len(set(row.days)) < len(row.days):
            yield Clash(no, row.name, next(d for d in row.days if row.days.count(d) > 1), wanted.code)
        held.setdefault(row.person, []).append((wanted.code, wanted, row))


def _same_time(wanted: PayList, other: PayList, row: PayRow, known: PayRow) -> bool:
    """Pay whatever the post; a subsidy or land money when it is called the same, or stands in the same list."""
    if wanted.kind is not other.kind or wanted.kind not in BY_SPAN:
        return False
    overlap = wanted.from_on <= other.to_on and other.from_on <= wanted.to_on
    if not overlap:
        return False
    if wanted.kind is ListKind.PAY:
        return True
    same_thing = plain_name(wanted.title) == plain_name(other.title)
    return same_thing and plain_name(row.work) == plain_name(known.work)


def rate_on(rates: Iterable[PayRate], kind: ListKind, post: str, day: date) -> PayRate | None:
    """The rate in force on a day: that of the post, else that of everybody; the newest word counts."""
    known = [r for r in rates if r.kind is kind and r.from_on <= day]
    for wanted in dict.fromkeys((plain_name(post), "")):
        found = [r for r in known if plain_name(r.post) == wanted]
        if found:
            return max(enumerate(found), key=lambda pair: (pair[1].from_on, pair[0]))[1]
    return None
