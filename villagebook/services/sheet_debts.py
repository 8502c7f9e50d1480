"""F3: what others owe the village and what the village owes, person by person, with age, cause and what came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from villagebook.domain.account import Category, Chart
from villagebook.domain.ageing import Movement, unsettled
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import Loan, LoanSide, LoanState
from villagebook.domain.money import yuan_text
from villagebook.domain.owed import Owed, Side, split
from villagebook.domain.period import Period, Span
from villagebook.domain.plain_words import Words
from villagebook.domain.policy import Policy
from villagebook.domain.sheet import Body, Part
from villagebook.domain.sheet_tie import LedgerSum
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services import loan_facts
from villagebook.services.plain_words import read_words
from villagebook.services.screening import screened
from villagebook.services.sheet_parts import (
    Row,
    Whom,
    compared,
    figure,
    money,
    summed,
)
from villagebook.storage import ledger, registry
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.links import targets
from villagebook.storage.sheet_rows import Entry, linked_lines, on_account

EARMARKED = ("231", "241")
"""Money held for a set purpose: a liability, and a debt to nobody in particular."""


@dataclass(slots=True)
class _Account:
    """One account with one party: `opening` are balances the book began with."""

    code: str
    name: str
    home: str
    opening_fen: int = 0
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Told:
    """A detail with both its sides over some months. `since` is the day of the oldest open item, None when all is settled."""

    account: _Account
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


def compile_debts(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """Every claim and debt with a balance or a movement; `subject` is not asked for."""
    words = read_words(connection, facts.chart)
    began = info.start.first_day - timedelta(days=1)
    opening = registry.read_opening(connection)
    codes = owed_accounts(facts.chart, facts.policy)
    told, whom = _details(connection, facts, codes, opening, span, began)
    claims = [t for t in told if t.owed.claim.moved]
    debts = [t for t in told if t.owed.debt.moved]
    loans = [
        s
        for s in loan_facts.states(connection, info.start, span.last.last_day).values()
        if s.loan.side is LoanSide.BORROWED and (s.left_fen or s.loan.given_on in span)
    ]
    parts = (
        _summary(words, codes, told),
        _side_part(_("Owed to the village"), "claim", words, claims, whom, span),
        _side_part(_("Owed by the village"), "debt", words, debts, whom, span),
        _loans_part(loans, span.last.last_day),
        _earmarked_part(connection, facts, words, opening, span),
    )
    owed_us, owed = (
        sum(t.owed.claim.closing_fen for t in claims),
        sum(t.owed.debt.closing_fen for t in debts),
    )
    body = Body(
        title=_("What is owed to the village and by it"),
        parts=parts,
        sentences=_sentences(claims, debts, loans, whom, span),
        figures=(figure(_("Owed to the village"), owed_us), figure(_("Owed by the village"), owed)),
        notes=(
            _(
                "Amounts are in yuan. Whoever stands here and finds a figure wrong may object: every row has its vouchers."
            ),
            _(
                "'Since' is the day of the oldest part that is still open; what comes in settles the oldest first."
            ),
        ),
    )
    return screened(body, whom.given)


def ledger_sums(connection: Connection, facts: Facts, span: Span) -> tuple[LedgerSum, ...]:
    """What the totals of an F3 have to be by the monthly totals of the ledger."""
    found = ledger.balances(connection, span)
    codes, held = owed_accounts(facts.chart, facts.policy), _earmarked(facts.chart)
    own = [b for b in found if b.account.startswith(codes)]
    kept = [b for b in found if held and b.account.startswith(held)]
    return (
        LedgerSum("net_now", _("Claims less debts at the end"), sum(b.closing_fen for b in own)),
        LedgerSum("net_before", _("Claims less debts at the beginning"), sum(b.opening_fen for b in own)),
        LedgerSum("held_now", _("Money held for a set purpose"), -sum(b.closing_fen for b in kept)),
    )


def _earmarked(chart: Chart) -> tuple[str, ...]:
    return tuple(a.code for a in chart if not a.parent and a.code.startswith(EARMARKED))


def _details(
    connection: Connection,
    facts: Facts,
    codes: Iterable[str],
    opening: Sequence[VoucherLine],
    span: Span,
    began: date,
) -> tuple[list[_Told], Whom]:
    """Every (account, party) with anything in these months, largest first, and who they are."""
    entries = [e for code in codes for e in on_account(connection, code, span.last.last_day)]
    whom = Whom(connection, facts.policy, span.last.year, entries)
    found: dict[tuple[str, str, str], _Account] = {}

    def of(code: str, name: str, home: str) -> _Account:
        home = home or whom.names.home_of(name)
        return found.setdefault((code, name, home), _Account(code, name, home))

    tops = tuple(codes)
    for line in opening:
        if tops and line.account.startswith(tops):
            home = next((k.code for k in line.links if k.kind is LinkKind.HOUSEHOLD), "")
            of(line.account, line.party, home).opening_fen += line.debit_fen - line.credit_fen
    for entry in entries:
        of(entry.account, entry.party, whom.home(entry)).entries.append(entry)
    old = {
        (s.loan.account, s.loan.party): s.loan
        for s in loan_facts.states(connection, Period.of(began).shifted(1), span.last.last_day).values()
        if s.loan.given_on <= began
    }
    told = [_tell(a, whom, span, began, old.get((a.code, a.name))) for a in found.values()]
    told = [t for t in told if t.owed.claim.moved or t.owed.debt.moved]
    told.sort(
        key=lambda t: (
            -max(t.owed.claim.closing_fen, t.owed.debt.closing_fen),
            t.account.code,
            t.account.name,
        )
    )
    return told, whom


def _tell(account: _Account, whom: Whom, span: Span, began: date, old: Loan | None) -> _Told:
    """`old` is what the register of loans knows of a balance from before this book."""
    first = span.first.first_day.isoformat()
    earlier = account.opening_fen + sum(e.fen for e in account.entries if e.day < first)
    within = [e for e in account.entries if e.day >= first]
    ids = {e.voucher_id for e in within}
    undone = {e.reverses for e in within if e.reverses in ids}
    moves = [e.fen for e in within if e.reverses not in ids and e.voucher_id not in undone]
    seqs = {e.voucher_id: e.seq for e in account.entries}
    told = [
        Movement(date.fromisoformat(e.day), max(e.fen, 0), max(-e.fen, 0), e.seq, seqs.get(e.reverses, 0))
        for e in account.entries
    ]
    if account.opening_fen:
        told.insert(0, Movement(began, max(account.opening_fen, 0), max(-account.opening_fen, 0)))
    opens = unsettled(told)
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
    return _Told(account, split(earlier, moves), since, before_book and not old, cause)


def _name(told: _Told, words: Words, whom: Whom) -> str:
    """Who it is; an entry without anybody is told by its account, so that it is not hidden."""
    if told.account.home:
        return whom.keep(whom.names.household(told.account.home, told.account.name)).with_group
    if told.account.name:
        return whom.keep(whom.names.person(told.account.name)).with_group
    return _("nobody named ({account})").format(account=words.of(told.account.code))


def _summary(words: Words, codes: tuple[str, ...], told: list[_Told]) -> Part:
    rows: list[Row] = []
    for code in codes:
        own = [t.owed for t in told if t.account.code.startswith(code)]
        if own:
            claim_before, claim_now = (
                sum(o.claim.opening_fen for o in own),
                sum(o.claim.closing_fen for o in own),
            )
            debt_before, debt_now = (
                sum(o.debt.opening_fen for o in own),
                sum(o.debt.closing_fen for o in own),
            )
            net_before, net_now = claim_before - debt_before, claim_now - debt_now
            name = words.of(code)
            rows.append((name, claim_before, claim_now, debt_before, debt_now, net_before, net_now))
    columns = (
        Column("what", _("What"), Shape.TEXT, 16),
        money("claim_before", _("Owed to us, last time")),
        money("claim_now", _("Owed to us, now")),
        money("debt_before", _("Owed by us, last time")),
        money("debt_now", _("Owed by us, now")),
        money("net_before", _("Difference, last time")),
        money("net_now", _("Difference, now")),
    )
    return summed(_("At a glance"), columns, rows)


def _side_part(title: str, side: str, words: Words, told: list[_Told], whom: Whom, span: Span) -> Part:
    columns = (
        Column("who", _("Who"), Shape.TEXT, 14),
        Column("what", _("What"), Shape.TEXT, 10),
        Column("since", _("Since when"), Shape.TEXT, 9),
        Column("cause", _("What for"), Shape.TEXT, 18),
        money(f"{side}_opening", _("Last time")),
        money(f"{side}_up", _("New")),
        money(f"{side}_down", _("Paid back") if side == "claim" else _("We paid")),
        money(f"{side}_closing", _("Now")),
    )
    rows: list[Row] = []
    for one in told:
        found: Side = one.owed.claim if side == "claim" else one.owed.debt
        open_ = found.closing_fen != 0
        rows.append(
            (
                _name(one, words, whom),
                words.of(one.account.code),
                _since(one, span.last.last_day) if open_ else _("settled"),
                one.cause if open_ else "",
                found.opening_fen,
                found.up_fen,
                found.down_fen,
                found.closing_fen,
            )
        )
    return summed(title, columns, rows)


def _since(told: _Told, day: date) -> str:
    """The day of the oldest open part and how long ago that was."""
    if told.since is None:
        return ""
    if told.from_before:
        return _("before {day}").format(day=(told.since + timedelta(days=1)).isoformat())
    days = (day - told.since).days
    return ngettext("{day} ({n} day)", "{day} ({n} days)", days).format(day=told.since.isoformat(), n=days)


def _loans_part(loans: Iterable[LoanState], day: date) -> Part:
    columns = (
        Column("party", _("Lender"), Shape.TEXT, 14),
        Column("what", _("What for"), Shape.TEXT, 14),
        Column("from", _("Borrowed on"), Shape.TEXT, 9),
        Column("due", _("Due"), Shape.TEXT, 12),
        Column("rate", _("Interest"), Shape.TEXT, 9),
        Column("resolution", _("Resolution"), Shape.TEXT, 10),
        money("principal", _("Borrowed")),
        money("repaid", _("Paid back in all")),
        money("left", _("Still owed")),
    )
    rows: list[Row] = []
    for state in sorted(loans, key=lambda s: (s.loan.given_on, s.loan.code)):
        loan, late = state.loan, state.late_days(day)
        due = loan.due_on.isoformat() if loan.due_on else _("no day agreed")
        if late:
            due = _("{day}, overdue {n} days").format(day=due, n=late)
        rows.append(
            (
                loan.party,
                loan.name,
                loan.given_on.isoformat(),
                due,
                loan.rate,
                loan.resolution,
                state.principal_fen,
                state.repaid_fen,
                state.left_fen,
            )
        )
    return summed(
        _("Loans of the village, as registered"),
        columns,
        rows,
        _("They are part of what the village owes above."),
    )


def _earmarked_part(
    connection: Connection, facts: Facts, words: Words, opening: Sequence[VoucherLine], span: Span
) -> Part:
    """Money for a set purpose, by the project or fund it belongs to."""
    columns = (
        Column("what", _("What it is for"), Shape.TEXT, 24),
        money("held_before", _("Last time")),
        money("held_in", _("Came in")),
        money("held_out", _("Used")),
        money("held_now", _("Now")),
    )
    first = span.first.first_day.isoformat()
    rows: list[Row] = []
    for code in _earmarked(facts.chart):
        found: dict[str, list[int]] = {}
        for line in opening:
            if line.account.startswith(code):
                kept = next((k.code for k in line.links if k.kind in (LinkKind.PROJECT, LinkKind.FUND)), "")
                found.setdefault(kept, [0, 0, 0])[0] += line.credit_fen - line.debit_fen
        entries = on_account(connection, code, span.last.last_day)
        named = {
            **linked_lines(connection, LinkKind.FUND, {e.seq for e in entries}),
            **linked_lines(connection, LinkKind.PROJECT, {e.seq for e in entries}),
        }
        for entry in entries:
            at = 0 if entry.day < first else 2 if entry.fen > 0 else 1
            sums = found.setdefault(named.get((entry.seq, entry.no), ""), [0, 0, 0])
            sums[at] += entry.fen if at == 2 else -entry.fen
        titles = {t.code: t.name for t in targets(connection)}
        for kept, (before_fen, in_fen, out_fen) in found.items():
            if before_fen or in_fen or out_fen:
                what = titles.get(kept, kept) or words.of(code)
                rows.append((what, before_fen, in_fen, out_fen, before_fen + in_fen - out_fen))
    lead = _(
        "Money that may only be spent on what it was given for; it is owed to nobody and is not in the sums above."
    )
    return summed(_("Money held for a set purpose"), columns, rows, lead)


def _sentences(
    claims: list[_Told], debts: list[_Told], loans: list[LoanState], whom: Whom, span: Span
) -> tuple[str, ...]:
    """What a villager should know first."""
    made = []
    sides = (
        (claims, "claim", _("Others owe the village {amount} yuan, {compare}.")),
        (debts, "debt", _("The village owes others {amount} yuan, {compare}.")),
    )
    for told, side, text in sides:
        found: list[Side] = [getattr(t.owed, side) for t in told]
        now, last = sum(s.closing_fen for s in found), sum(s.opening_fen for s in found)
        made.append(text.format(amount=yuan_text(now), compare=compared(now, last)))
    old = [t for t in claims if t.owed.claim.closing_fen and t.since is not None and t.account.name]
    if old:
        eldest = min(old, key=lambda t: t.since or date.max)
        name = whom.keep(whom.names.household(eldest.account.home, eldest.account.name)).with_group
        text = _("{name} has owed for longest, since {since}: {amount} yuan.")
        made.append(
            text.format(
                name=name,
                since=_since(eldest, span.last.last_day),
                amount=yuan_text(eldest.owed.claim.closing_fen),
            )
        )
    late = [s for s in loans if s.late_days(span.last.last_day)]
    if late:
        text = ngettext(
            "{n} loan of the village is overdue.", "{n} loans of the village are overdue.", len(late)
        )
        made.append(text.format(n=len(late)))
    return tuple(made)
