"""The year's end: the result to 322, losses covered, then distribution in the order of the law (财农〔2021〕121号 art. 28).

Definitions. *Distributable* is the year's result, what was brought forward on 322, and what the reserve covers of a loss.
The *base* of the reserve rate is, as the township chose, the year's result or what is distributable; never more than the latter,
so that a loss of earlier years is covered before anything is set aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from villagebook.domain.account import MEMBERS, PAYABLES, YEAR_RESULT
from villagebook.domain.carrying import Entry
from villagebook.domain.link import Link
from villagebook.domain.voucher import VoucherLine

TO_DISTRIBUTION = "结转本年收益"
COVER = "公积公益金弥补亏损"
TO_RESERVE = "提取公积公益金"
CLEAR = "结转各项分配"
MOVE = "原余额转入明细科目"


class ShareKind(StrEnum):
    """Who gets a part, in the order of the law; the reserve comes before all of them."""

    MEMBERS = "members"
    INVESTORS = "investors"
    OTHER = "other"


SHARE_ACCOUNTS = {ShareKind.MEMBERS: MEMBERS, ShareKind.INVESTORS: PAYABLES, ShareKind.OTHER: ""}
SHARE_SUMMARIES = {
    ShareKind.MEMBERS: "向成员分配收益",
    ShareKind.INVESTORS: "外来投资分利",
    ShareKind.OTHER: "其他分配",
}


@dataclass(frozen=True, slots=True)
class Share:
    """One part: to one household or investor, or to all together.

    `account` is the credited one, "" for the usual; `links` the entry of a register it belongs to.
    """

    kind: ShareKind
    amount_fen: int
    party: str = ""
    account: str = ""
    links: tuple[Link, ...] = ()

    @property
    def credited(self) -> str:
        return self.account or SHARE_ACCOUNTS[self.kind]


def parted(total_fen: int, weights: Sequence[Fraction]) -> list[int]:
    """A sum divided by weights, to the fen: what rounding leaves goes to the largest remainders, the first of equals first.

    Invariant: the parts make the sum, and none is a fen or more from its exact share. Raises ValueError without any weight.
    """
    whole = sum(weights, Fraction())
    if whole <= 0 or min(weights) < 0:
        raise ValueError("no weight")
    exact = [total_fen * weight / whole for weight in weights]
    made = [int(share // 1) for share in exact]
    order = sorted(range(len(exact)), key=lambda n: made[n] - exact[n])
    for n in order[: total_fen - sum(made)]:
        made[n] += 1
    return made


@dataclass(frozen=True, slots=True)
class Plan:
    """What the members decided. None takes the township's parameter; rates are in hundredths of a per cent.

    Attributes:
        cover_fen: loss covered from the reserve (311).
        resolution: number of the minutes in which the members' meeting decided the distribution.
    """

    cover_fen: int = 0
    reserve_bp: int | None = None
    on_distributable: bool | None = None
    shares: tuple[Share, ...] = ()
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """The figures of a plan, credit positive.

    `brought_fen` is what 322 brought forward before the year's result, `given_fen` what was distributed in the course of the
    year already and stands on 各项分配.
    """

    result_fen: int
    brought_fen: int
    cover_fen: int
    base_fen: int
    reserve_bp: int
    reserve_fen: int
    shares: tuple[Share, ...]
    given_fen: int = 0

    @property
    def loss_fen(self) -> int:
        """What is to be covered before anything is distributed."""
        return max(0, -(self.result_fen + self.brought_fen))

    @property
    def distributable_fen(self) -> int:
        return self.result_fen + self.brought_fen + self.cover_fen

    @property
    def shared_fen(self) -> int:
        return sum(share.amount_fen for share in self.shares)

    @property
    def left_fen(self) -> int:
        """What stays undistributed; negative is an uncovered loss."""
        return self.distributable_fen - self.given_fen - self.reserve_fen - self.shared_fen


def distribute(
    plan: Plan,
    result_fen: int,
    brought_fen: int,
    *,
    reserve_bp: int,
    on_distributable: bool,
    given_fen: int = 0,
) -> Distribution:
    """Work a plan out; `reserve_bp` and `on_distributable` are the parameters where the plan says nothing."""
    rate = reserve_bp if plan.reserve_bp is None else plan.reserve_bp
    wide = on_distributable if plan.on_distributable is None else plan.on_distributable
    distributable = result_fen + brought_fen + plan.cover_fen
    base = max(0, distributable if wide else min(result_fen, distributable))
    reserve = (base * rate + 5000) // 10000
    return Distribution(result_fen, brought_fen, plan.cover_fen, base, rate, reserve, plan.shares, given_fen)


@dataclass(frozen=True, slots=True)
class YearCodes:
    """Where the year's end books; a sub-account that cannot be found is ""."""

    undistributed: str
    appropriated: str
    reserve: str


def year_entries(made: Distribution, codes: YearCodes) -> tuple[Entry, ...]:
    """The vouchers of the year's end in their order; unlike things never share one (会计基础工作规范 51)."""
    return tuple(entry for entry in _entries(made, codes) if entry.lines)


def _entries(made: Distribution, codes: YearCodes) -> Iterator[Entry]:
    left, spent = codes.undistributed, codes.appropriated
    result = made.result_fen
    if result >= 0:
        yield _pair(TO_DISTRIBUTION, YEAR_RESULT, left, result)
    else:
        yield _pair(TO_DISTRIBUTION, left, YEAR_RESULT, -result)
    yield _pair(COVER, codes.reserve, left, made.cover_fen)
    yield _pair(TO_RESERVE, spent, codes.reserve, made.reserve_fen)
    for kind in ShareKind:
        mine = [s for s in made.shares if s.kind is kind]
        if mine:
            words = SHARE_SUMMARIES[kind]
            total = VoucherLine(spent, sum(s.amount_fen for s in mine), 0, words)
            parts = (VoucherLine(s.credited, 0, s.amount_fen, words, "", s.party, "", s.links) for s in mine)
            yield Entry(words, (total, *parts))
    cleared = made.given_fen + made.reserve_fen + made.shared_fen
    if cleared >= 0:
        yield _pair(CLEAR, left, spent, cleared)
    else:
        yield _pair(CLEAR, spent, left, -cleared)


def _pair(summary: str, debit: str, credit: str, fen: int) -> Entry:
    if not fen:
        return Entry(summary, ())
    return Entry(summary, (VoucherLine(debit, fen, 0, summary), VoucherLine(credit, 0, fen, summary)))


Detail = tuple[str, str, int] | tuple[str, str, int, tuple[Link, ...]]
"""(party, project, signed fen), and what it belongs to."""


def move_entry(source: str, target: str, details: tuple[Detail, ...]) -> Entry:
    """A balance from an account to its first sub-account, party by party, with all it belongs to."""
    lines: list[VoucherLine] = []
    for party, project, fen, *rest in details:
        links = rest[0] if rest else ()
        debit, credit = (target, source) if fen > 0 else (source, target)
        lines.append(VoucherLine(debit, abs(fen), 0, MOVE, "", party, project, links))
        lines.append(VoucherLine(credit, 0, abs(fen), MOVE, "", party, project, links))
    return Entry(MOVE, tuple(lines))
