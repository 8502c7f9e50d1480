"""Every claim and debt with its age and cause, by account and party: what the sheet of debts and the collectors look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.account import Category, Chart
from villagebook.domain.ageing import Movement, unsettled
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import Loan
from villagebook.domain.owed import Owed, split
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import Policy
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.sheet_parts import Whom
from villagebook.services.gathering import loan_facts
from villagebook.storage.engine import Connection
from villagebook.storage.sheet_rows import Entry, on_account

EARMARKED = ("231", "241")
"""Money held for a set purpose: a liability, and a debt to nobody in particular."""


@dataclass(slots=True)
class Account:
    """One account with one party: `opening` are balances the book began with."""

    code: str
    name: str
    home: str
    opening_fen: int = 0
    entries: list[Entry] = field(default_factory=list)

    def open_parts(self, began: date) -> list[tuple[date, int]]:
        """(day, signed fen) of what is still open, the oldest first; what the book began with is of the day `began`."""
        seqs = {e.voucher_id: e.seq for e in self.entries}
        told = [
            Movement(date.fromisoformat(e.day), max(e.fen, 0), max(-e.fen, 0), e.seq, seqs.get(e.reverses, 0))
            for e in self.entries
        ]
        if self.opening_fen:
            told.insert(0, Movement(began, max(self.opening_fen, 0), max(-self.opening_fen, 0)))
        return unsettled(told)


@dataclass(frozen=True, slots=True)
class Told:
    """A detail with both its sides over some months. `since` is the day of the oldest open item, None when all is settled."""

    account: Account
    owed: Owed
    since: date | None
    from_before: bool
    cause: str


def owed_accounts(chart: Chart, policy: Policy) -> tuple[str, ...]:
    """Top accounts of claims and debts: those kept as claims, and every liability that is owed to somebody."""
    tops = [a.code for a in chart if not a.parent]
    claims = [c for c in tops if c.startswith(policy.words["claim_accounts"])]
    debts = [c for c in tops if chart[c].category is Category.LIABILITY and not c.startswith(EARMARKED)]
    return (*claims, *debts)


def details(
    connection: Connection,
    facts: Facts,
    codes: Iterable[str],
    opening: Sequence[VoucherLine],
    span: Span,
    began: date,
) -> tuple[list[Told], Whom]:
    """Every (account, party) with anything in these months, largest first, and who they are."""
    accounts, whom = _accounts(connection, facts, codes, opening, span)
    old = old_loans(connection, span, began)
    told = [_tell(a, whom, span, began, old.get((a.code, a.name))) for a in accounts]
    told = [t for t in told if t.owed.claim.moved or t.owed.debt.moved]
    told.sort(
        key=lambda t: (
            -max(t.owed.claim.closing_fen, t.owed.debt.closing_fen),
            t.account.code,
            t.account.name,
        )
    )
    return told, whom


def _accounts(
    connection: Connection, facts: Facts, codes: Iterable[str], opening: Sequence[VoucherLine], span: Span
) -> tuple[list[Account], Whom]:
    """Every (account, party) there ever was up to the end of these months, in the order of their first entry."""
    entries = [e for code in codes for e in on_account(connection, code, span.last.last_day)]
    whom = Whom(connection, facts.policy, span.last.year, entries)
    found: dict[tuple[str, str, str], Account] = {}

    def of(code: str, name: str, home: str) -> Account:
        home = home or whom.names.home_of(name)
        return found.setdefault((code, name, home), Account(code, name, home))

    tops = tuple(codes)
    for line in opening:
        if tops and line.account.startswith(tops):
            home = next((k.code for k in line.links if k.kind is LinkKind.HOUSEHOLD), "")
            of(line.account, line.party, home).opening_fen += line.debit_fen - line.credit_fen
    for entry in entries:
        of(entry.account, entry.party, whom.home(entry)).entries.append(entry)
    return list(found.values()), whom


def old_loans(connection: Connection, span: Span, began: date) -> dict[tuple[str, str], Loan]:
    """What the register of loans knows of balances from before this book."""
    return {
        (s.loan.account, s.loan.party): s.loan
        for s in loan_facts.states(connection, Period.of(began).shifted(1), span.last.last_day).values()
        if s.loan.given_on <= began
    }


def _tell(account: Account, whom: Whom, span: Span, began: date, old: Loan | None) -> Told:
    """`old` is what the register of loans knows of a balance from before this book."""
    first = span.first.first_day.isoformat()
    earlier = account.opening_fen + sum(e.fen for e in account.entries if e.day < first)
    within = [e for e in account.entries if e.day >= first]
    ids = {e.voucher_id for e in within}
    undone = {e.reverses for e in within if e.reverses in ids}
    moves = [e.fen for e in within if e.reverses not in ids and e.voucher_id not in undone]
    opens = account.open_parts(began)
    since, sign = (opens[0][0], 1 if opens[0][1] > 0 else -1) if opens else (None, 0)
    cause, before_book = "", since == began and account.opening_fen != 0
    if before_book:
        cause = old.name if old else _("from before this book")
        since = old.given_on if old else since
    elif since is not None:
        made = next((e for e in account.entries if e.day == since.isoformat() and e.fen * sign > 0), None)
        cause = whom.told(made) if made else ""
    if len(opens) > 1:
        more = len(opens) - 1
        cause += ngettext(" and {n} more", " and {n} more", more).format(n=more)
    return Told(account, split(earlier, moves), since, before_book and not old, cause)
