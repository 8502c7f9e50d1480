"""Who owes the village and whom it owes, person by person: the figures of the sheet of debts without its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from villagebook.domain.ageing import Movement, oldest_open, unsettled
from villagebook.domain.board_names import BoardNames
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import Loan
from villagebook.domain.period import Span
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.owed_details import old_loans, owed_accounts
from villagebook.services.disclosure.sheet_parts import names_of
from villagebook.storage import registry
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.sheet_rows import moves_of, reversals, sums_by_person


class Claim(NamedTuple):
    """What somebody owes the village at the end of some months; `since` is the day of its oldest open part.

    `home` is the code of the household, `shown` the name that tells people of one name apart.
    """

    party: str
    home: str
    shown: str
    fen: int
    since: date


Person = tuple[str, str, str]
"""Account, party, code of the household."""


class _Standing(NamedTuple):
    """The balance in fen, debit positive. `since` is the first day when nothing but debits is in it, "" when it has to be read."""

    fen: int
    since: str


def closings(connection: Connection, facts: Facts, span: Span) -> tuple[int, int]:
    """(claims, debts) in fen at the end of these months, each the sum of who owes and of who is owed, as `details` tells them."""
    found = _standings(connection, facts, names_of(connection, span.last.year), span)
    left = [standing.fen for standing in found.values()]
    return sum(fen for fen in left if fen > 0), -sum(fen for fen in left if fen < 0)


def open_claims(connection: Connection, info: BookInfo, facts: Facts, span: Span) -> tuple[Claim, ...]:
    """Claims that are open, the largest first."""
    names = names_of(connection, span.last.year)
    owing = [(of, told) for of, told in _standings(connection, facts, names, span).items() if told.fen > 0]
    owing.sort(key=lambda claim: (-claim[1].fen, claim[0][1], claim[0][2]))
    read = _days(connection, info, names, span, {of for of, told in owing if not told.since})
    return tuple(
        [
            Claim(
                party,
                home,
                names.told(party, home).with_group
                if home
                else party,  # without a household a name is its own
                fen,
                date.fromisoformat(since) if since else read[account, party, home],
            )
            for (account, party, home), (fen, since) in owing
        ]
    )


def _standings(
    connection: Connection, facts: Facts, names: BoardNames, span: Span
) -> dict[Person, _Standing]:
    """Everybody there ever was on an account of claims or debts, with the balance at the end of these months."""
    tops = owed_accounts(facts.chart, facts.policy)
    home_of = cache(names.home_of)
    found: dict[Person, _Standing] = {}
    for (account, party, home), fen in _opened(connection, names, tops).items():
        found[account, party, home] = _Standing(fen, "")
    for top in tops:
        for account, party, linked, fen, least_fen, first in sums_by_person(
            connection, top, span.last.last_day
        ):
            of = account, party, linked or home_of(party)
            since = first if least_fen > 0 else ""
            if of in found:  # brought from before the book, or named with and without the household
                before = found[of]
                fen, since = fen + before.fen, min(since, before.since)
            found[of] = _Standing(fen, since)
    return found


def _opened(connection: Connection, names: BoardNames, tops: tuple[str, ...]) -> dict[Person, int]:
    """What everybody owed (negative: was owed) when the book began, in fen."""
    opened: dict[Person, int] = defaultdict(int)
    for line in registry.read_opening(connection):
        if line.account.startswith(tops):
            home = next((k.code for k in line.links if k.kind is LinkKind.HOUSEHOLD), "")
            opened[line.account, line.party, home or names.home_of(line.party)] += (
                line.debit_fen - line.credit_fen
            )
    return opened


# ---- since when ----

_Moves = list[tuple[int, str, int]]
"""(signed fen, day, position of the voucher) in booking order; an opening balance is of no day and no voucher."""


def _days(
    connection: Connection, info: BookInfo, names: BoardNames, span: Span, people: Collection[Person]
) -> dict[Person, date]:
    """The day of the oldest open part of balances that are not zero, entry by entry."""
    began = info.start.first_day - timedelta(days=1)
    moves: dict[Person, _Moves] = defaultdict(list)
    tops = tuple({account for account, _party, _home in people})
    for of, fen in _opened(connection, names, tops).items():
        if fen:
            moves[of].append((fen, "", 0))
    for account in tops:
        parties = {party for code, party, _home in people if code == account}
        for party, linked, day, fen, seq in moves_of(connection, account, parties, span.last.last_day):
            moves[account, party, linked or names.home_of(party)].append((fen, day, seq))
    undone = reversals(connection)
    old = old_loans(connection, span, began)
    return {of: _since(moves[of], began, undone, old.get((of[0], of[1]))) for of in people}


def _since(moves: _Moves, began: date, undone: dict[int, int], old: Loan | None) -> date:
    """The day of the oldest open part of a balance that is not zero; `old` knows that of one from before the book."""
    if undone and any(seq in undone for _fen, _day, seq in moves):
        since = unsettled(
            Movement(
                date.fromisoformat(day) if day else began, max(fen, 0), max(-fen, 0), seq, undone.get(seq, 0)
            )
            for fen, day, seq in moves
        )[0][0]
    else:
        day = moves[oldest_open([fen for fen, _day, _seq in moves])][1]
        since = date.fromisoformat(day) if day else began
    return old.given_on if old and since == began and not moves[0][1] else since
