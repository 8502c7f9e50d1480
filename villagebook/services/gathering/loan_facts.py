"""How registered loans stand: what was agreed, what money named them, what is overdue, and whether the ledger agrees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import LoanSide, LoanState, state_of
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import Policy
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.rules.loan_facts import NO_LOANS, LoanFacts, LoanTie, PaidBack
from villagebook.storage import documents as docs
from villagebook.storage import entries, ledger
from villagebook.storage import loans as stored
from villagebook.storage.engine import Connection


def states(connection: Connection, start: Period, day: date, left_out: str = "") -> dict[str, LoanState]:
    """Code -> loan with what is left of it at the close of a day; `left_out` is a document that shall not count."""
    known = entries.loans(connection, day)
    if not known:
        return {}
    moved = stored.loan_moves(connection, day, left_out)
    ends = stored.loan_ends(connection)
    made = {}
    for code, loan in known.items():
        debit = sum(d for account, d, _c in moved.get(code, ()) if account.startswith(loan.account))
        credit = sum(c for account, _d, c in moved.get(code, ()) if account.startswith(loan.account))
        out, back = (credit, debit) if loan.side is LoanSide.BORROWED else (debit, credit)
        end = ends.get(code)
        made[code] = state_of(loan, start.first_day, out, back, end if end and end.ended_on <= day else None)
    return made


def for_document(
    connection: Connection, start: Period, document: Document, lines: tuple[VoucherLine, ...], policy: Policy
) -> LoanFacts:
    """What a document pays back on loans against what they have left, and whether it borrows without a name."""
    named = [(line, link) for line in lines for link in line.links if link.kind is LinkKind.LOAN]
    accounts = policy.words["borrow_accounts"]
    unnamed = document.kind in (DocKind.RECEIPT, DocKind.PAYMENT) and any(
        i.account.startswith(accounts) and not any(k.kind is LinkKind.LOAN for k in i.links)
        for i in document.items
    )
    if not named:
        return LoanFacts(unnamed=unnamed) if unnamed else NO_LOANS
    known = states(connection, start, date.max, document.id)
    wanted: dict[str, int] = {}
    for line, link in named:
        state = known.get(link.code)
        if state and line.account.startswith(state.loan.account):
            borrowed = state.loan.side is LoanSide.BORROWED
            fen = line.debit_fen - line.credit_fen if borrowed else line.credit_fen - line.debit_fen
            wanted[link.code] = wanted.get(link.code, 0) + fen
    waiting = entries.waiting_on(
        connection, LinkKind.LOAN, (d for d in docs.waiting(connection) if d != document.id)
    )
    back = tuple(
        PaidBack(code, known[code].loan.name, fen, known[code].left_fen - waiting.get(code, 0))
        for code, fen in wanted.items()
        if fen > 0
    )
    return LoanFacts(back=back, unnamed=unnamed)


def for_month(
    connection: Connection, start: Period, period: Period, today: date, policy: Policy
) -> LoanFacts:
    """What is overdue at the month's end, or today when it has not ended, and where register and ledger differ."""
    if not stored.any_loan(connection):
        return NO_LOANS
    day = min(period.last_day, today)
    known = states(connection, start, day)
    return LoanFacts(
        late=late(known.values(), day),
        ties=_ties(connection, known.values(), Period.of(day), policy),
    )


def late(found: Iterable[LoanState], day: date) -> tuple[tuple[LoanState, int], ...]:
    """Loans with something left after their day, the longest overdue first."""
    days = [(s, s.late_days(day)) for s in found]
    return tuple(sorted(((s, n) for s, n in days if n), key=lambda x: (-x[1], x[0].loan.code)))


def _ties(
    connection: Connection, found: Iterable[LoanState], period: Period, policy: Policy
) -> tuple[LoanTie, ...]:
    """Accounts of borrowings as the register and as the ledger have them; sub-accounts with their account."""
    held = ledger.balances(connection, Span.of(period))
    known = list(found)
    made = []
    for account in policy.words["borrow_accounts"]:
        by_register = sum(
            s.left_fen
            for s in known
            if s.loan.side is LoanSide.BORROWED and s.loan.account.startswith(account)
        )
        by_ledger = -sum(b.closing_fen for b in held if b.account.startswith(account))
        if by_register or by_ledger:
            made.append(LoanTie(account, by_register, by_ledger))
    return tuple(made)
