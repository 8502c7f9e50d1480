"""Which rows of the bank are which movements of the book: fixed tiers, the same for the same input, never a difference.

What one tier takes the next does not see. Only what is unique on both sides is sure; the rest is proposed.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from typing import TypeVar

from villagebook.domain.bank import BankLine, BookMove, Proposal, Tier

NEAR_DAYS = 3
FAR_DAYS = 10
REFERENCE_DAYS = 31
SUM_DAYS = 5
SUM_MOST = 6
SUM_POOL = 14
SURE_SCORE, SURE_LEAD, LEAST_SCORE = 85, 15, 60
FEE_FEN = 5_000
SHORT_REFERENCE = 4
UNDOING = ("冲正", "冲账", "冲销", "抹账", "退汇", "退票", "撤销", "reversal", "returned")

Item = BankLine | BookMove
T = TypeVar("T", BankLine, BookMove)


def propose(lines: Sequence[BankLine], moves: Sequence[BookMove]) -> tuple[Proposal, ...]:
    """Proposals for what is open on both sides, each row and movement in one of them at most."""
    bank = {line.key: line for line in sorted(lines, key=lambda b: (b.day, b.key))}
    book = {move.id: move for move in sorted(moves, key=lambda m: (m.day, m.id))}
    made: list[Proposal] = []
    for tier in (_reversals, _references, _near, _likely, _sums, _differences):
        for proposal in tier(list(bank.values()), list(book.values())):
            if all(b.key in bank for b in proposal.bank) and all(m.id in book for m in proposal.book):
                made.append(proposal)
                for line in proposal.bank:
                    del bank[line.key]
                for move in proposal.book:
                    del book[move.id]
    return tuple(made)


# ---- 0: both sides of one side ----


def _reversals(lines: list[BankLine], moves: list[BookMove]) -> Iterator[Proposal]:
    by_id = {move.id: move for move in moves}
    for red in moves:
        wrong = by_id.get(red.reverses)
        if wrong and wrong.amount_fen == -red.amount_fen:
            yield Proposal(Tier.REVERSAL, (), (wrong, red), True, days=_days(wrong.day, red.day))
    for undoing in lines:
        if not any(word in undoing.summary.casefold() for word in UNDOING):
            continue
        for undone in lines:
            days = _days(undone.day, undoing.day)
            if undone.amount_fen == -undoing.amount_fen and days <= FAR_DAYS:
                yield Proposal(Tier.REVERSAL, (undone, undoing), (), False, 80, days)


# ---- 1: the same number of the same paper ----


def _references(lines: list[BankLine], moves: list[BookMove]) -> Iterator[Proposal]:
    pairs = [(b, m) for b, m in _equal(lines, moves, REFERENCE_DAYS) if shares_reference(b, m)]
    yield from _unique(pairs, Tier.REFERENCE, lambda _line, _move: True)


def shares_reference(line: BankLine, move: BookMove) -> bool:
    """The bank's serial number, or a word of its summary, is a number of the voucher's papers."""
    return not _known_numbers(line).isdisjoint(_numbers(move))


def _known_numbers(line: BankLine) -> set[str]:
    return {line.serial.casefold(), *line.summary.casefold().split()}


def _numbers(move: BookMove) -> set[str]:
    return {r.casefold() for r in move.references if len(r) >= SHORT_REFERENCE}


# ---- 2: the same amount within days, nothing else like it ----


def _near(lines: list[BankLine], moves: list[BookMove]) -> Iterator[Proposal]:
    def sure(line: BankLine, move: BookMove) -> bool:
        return not (line.party and move.party) or likeness(line.party, move.party) >= 50

    yield from _unique(_equal(lines, moves, NEAR_DAYS), Tier.DAY, sure)


def _unique(
    pairs: list[tuple[BankLine, BookMove]], tier: Tier, sure: Callable[[BankLine, BookMove], bool]
) -> Iterator[Proposal]:
    """The pairs where neither has another partner."""
    of_line, of_move = _count(b.key for b, _m in pairs), _count(m.id for _b, m in pairs)
    for line, move in pairs:
        if of_line[line.key] == of_move[move.id] == 1:
            is_sure = sure(line, move)
            yield Proposal(tier, (line,), (move,), is_sure, score_of(line, move), _days(line.day, move.day))


# ---- 3: the best of several ----


def _likely(lines: list[BankLine], moves: list[BookMove]) -> Iterator[Proposal]:
    scored = [(score_of(b, m), b, m) for b, m in _equal(lines, moves, FAR_DAYS)]
    scored.sort(key=lambda s: (-s[0], s[1].day, s[1].key, s[2].day, s[2].id))
    best: dict[str, list[int]] = {}
    for score, line, move in scored:
        for key in (f"bank {line.key}", f"book {move.id}"):
            best.setdefault(key, []).append(score)  # falling, because `scored` is
    for score, line, move in scored:
        if score < LEAST_SCORE:
            break
        rivals = [_second(best[f"bank {line.key}"]), _second(best[f"book {move.id}"])]
        sure = score >= SURE_SCORE and score - max(rivals) >= SURE_LEAD
        yield Proposal(Tier.LIKELY, (line,), (move,), sure, score, _days(line.day, move.day))


def _second(scores: list[int]) -> int:
    return scores[1] if len(scores) > 1 else 0


def score_of(line: BankLine, move: BookMove) -> int:
    """0 to 100: how near the days, how like the parties and the words."""
    near = max(0, 40 - 4 * _days(line.day, move.day))
    party = likeness(line.party, move.party) * 40 // 100 if line.party and move.party else 20
    words = max(likeness(line.summary, move.summary), likeness(line.summary, move.party)) * 20 // 100
    return near + party + words


def likeness(a: str, b: str) -> int:
    """0 to 100: shared pairs of signs, whatever the width, the case and the blanks; one inside the other is 100."""
    a, b = _plain(a), _plain(b)
    if not a or not b:
        return 0
    if a in b or b in a:
        return 100
    left, right = _pairs(a), _pairs(b)
    return 200 * len(left & right) // (len(left) + len(right)) if left and right else 0


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


# ---- 4: one is the sum of several ----


def _sums(lines: list[BankLine], moves: list[BookMove]) -> Iterator[Proposal]:
    for line in lines:
        found = _parts(line, moves)
        if found:
            yield Proposal(Tier.SUM, (line,), found, False, 70, max(_days(line.day, m.day) for m in found))
    for move in moves:
        parts = _parts(move, lines)
        if parts:
            yield Proposal(Tier.SUM, parts, (move,), False, 70, max(_days(move.day, b.day) for b in parts))


def _parts(whole: Item, others: Sequence[T]) -> tuple[T, ...]:
    """The only 2 to 6 of the others that add up: those of the same party first, then of the same day, then near ones."""
    near = [
        o
        for o in _around(others, whole.day, SUM_DAYS)
        if (o.amount_fen > 0) == (whole.amount_fen > 0) and abs(o.amount_fen) < abs(whole.amount_fen)
    ]
    same_party = [o for o in near if o.party and likeness(o.party, whole.party) == 100]
    same_day = [o for o in near if o.day == whole.day]
    for pool in (same_party, same_day, near):
        found = _subsets(whole.amount_fen, pool) if 2 <= len(pool) <= SUM_POOL else []
        if len(found) == 1:
            return found[0]
        if found:
            return ()
    return ()


def _subsets(target: int, pool: Sequence[T]) -> list[tuple[T, ...]]:
    """At most two solutions: more than one is no answer."""
    found: list[tuple[T, ...]] = []
    for size in range(2, min(SUM_MOST, len(pool)) + 1):
        for chosen in combinations(pool, size):
            if sum(o.amount_fen for o in chosen) == target:
                found.append(chosen)
                if len(found) == 2:
                    return found
    return found


# ---- 5: nearly the same amount; said, never accepted ----


def _differences(lines: list[BankLine], moves: list[BookMove]) -> Iterator[Proposal]:
    named: dict[str, list[BookMove]] = {}
    for move in moves:
        for number in _numbers(move):
            named.setdefault(number, []).append(move)
    for line in lines:
        same_paper = [m for number in sorted(_known_numbers(line)) for m in named.get(number, ())]
        netted = [m for m in _around(moves, line.day, NEAR_DAYS) if _is_netted(line, m)]
        for move in (*same_paper, *netted):
            if (line.amount_fen > 0) == (move.amount_fen > 0):
                yield Proposal(Tier.DIFFERENCE, (line,), (move,), False, 50, _days(line.day, move.day))


def _is_netted(line: BankLine, move: BookMove) -> bool:
    """So near that a fee may be the difference, and the same party."""
    gap = abs(line.amount_fen - move.amount_fen)
    return gap <= min(FEE_FEN, abs(move.amount_fen) // 10) and likeness(line.party, move.party) >= 50


def _equal(lines: list[BankLine], moves: list[BookMove], days: int) -> list[tuple[BankLine, BookMove]]:
    """Every pair of one amount within so many days."""
    by_amount: dict[int, list[BookMove]] = {}
    for move in moves:
        by_amount.setdefault(move.amount_fen, []).append(move)
    return [
        (line, move) for line in lines for move in _around(by_amount.get(line.amount_fen, []), line.day, days)
    ]


def _around(items: Sequence[T], day: date, days: int) -> Sequence[T]:
    """Those of a list in the order of days that lie at most so many days away."""
    first = bisect_left(items, day - timedelta(days), key=_day_of)
    return items[first : bisect_right(items, day + timedelta(days), lo=first, key=_day_of)]


def _day_of(item: Item) -> date:
    return item.day


def _days(a: date, b: date) -> int:
    return abs((a - b).days)


def _count(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return found
