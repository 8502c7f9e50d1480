"""F3: what others owe the village and what the village owes, person by person, with age, cause and what came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from villagebook.domain.account import Chart
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import LoanSide, LoanState
from villagebook.domain.money import yuan_text
from villagebook.domain.owed import Side
from villagebook.domain.period import Span
from villagebook.domain.plain_words import Words
from villagebook.domain.pursuit import Pursuit
from villagebook.domain.sheet import Body, Part
from villagebook.domain.sheet_tie import LedgerSum
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.owed_details import EARMARKED, Told, details, owed_accounts
from villagebook.services.disclosure.plain_words import read_words
from villagebook.services.disclosure.purpose_parts import funds_part
from villagebook.services.disclosure.pursuit_words import way_words
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import (
    Row,
    Whom,
    compared,
    figure,
    money,
    summed,
)
from villagebook.services.gathering import loan_facts
from villagebook.storage import ledger, registry
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.links import targets
from villagebook.storage.pursuits import pursuits
from villagebook.storage.sheet_rows import linked_lines, on_account


def compile_debts(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """Every claim and debt with a balance or a movement; `subject` is not asked for."""
    words = read_words(connection, facts.chart)
    began = info.start.first_day - timedelta(days=1)
    opening = registry.read_opening(connection)
    codes = owed_accounts(facts.chart, facts.policy)
    told, whom = details(connection, facts, codes, opening, span, began)
    claims = [t for t in told if t.owed.claim.moved]
    debts = [t for t in told if t.owed.debt.moved]
    loans = [
        s
        for s in loan_facts.states(connection, info.start, span.last.last_day).values()
        if s.loan.side is LoanSide.BORROWED and (s.left_fen or s.loan.given_on in span)
    ]
    parts = (
        _summary(words, codes, told),
        _side_part(_("Owed to the village"), "claim", words, claims, whom, span, _steps(connection, span)),
        _side_part(_("Owed by the village"), "debt", words, debts, whom, span),
        _loans_part(loans, span.last.last_day),
        _earmarked_part(connection, facts, words, opening, span),
        funds_part(connection, facts, span),
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


def _name(told: Told, words: Words, whom: Whom) -> str:
    """Who it is; an entry without anybody is told by its account, so that it is not hidden."""
    if told.account.home or told.account.name:
        return whom.named(told.account.name, told.account.home)
    return _("nobody named ({account})").format(account=words.of(told.account.code))


def _summary(words: Words, codes: tuple[str, ...], told: list[Told]) -> Part:
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


def _side_part(
    title: str,
    side: str,
    words: Words,
    told: list[Told],
    whom: Whom,
    span: Span,
    steps: Sequence[Pursuit] | None = None,
) -> Part:
    """Row by row; `steps` are what was done to collect from whom, for claims only."""
    columns: tuple[Column, ...] = (
        Column("who", _("Who"), Shape.TEXT, 14),
        Column("what", _("What"), Shape.TEXT, 10),
        Column("since", _("Since when"), Shape.TEXT, 9),
        Column("cause", _("What for"), Shape.TEXT, 18),
        money(f"{side}_opening", _("Last time")),
        money(f"{side}_up", _("New")),
        money(f"{side}_down", _("Paid back") if side == "claim" else _("We paid")),
        money(f"{side}_closing", _("Now")),
    )
    if side == "claim":
        columns = (*columns, Column("done", _("What was done to collect it"), Shape.TEXT, 16))
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
                *((_done(one, open_, span, steps),) if steps is not None else ()),
            )
        )
    return summed(title, columns, rows)


OLD_DAYS = 365
"""Days after which a claim without a step to collect it says so."""


def _done(told: Told, open_: bool, span: Span, steps: Sequence[Pursuit]) -> str:
    name, home = told.account.name, told.account.home
    known = _("; ").join(
        f"{s.pursued_on.isoformat()[5:]} {way_words(s.way)}：{s.result}"
        for s in steps
        if name and s.is_about(name, home)
    )
    old = told.since is not None and (span.last.last_day - told.since).days > OLD_DAYS
    return known or (_("nothing recorded in these months") if open_ and old else "")


def _steps(connection: Connection, span: Span) -> tuple[Pursuit, ...]:
    """What was done in these months."""
    return tuple(s for s in pursuits(connection, span.last.last_day) if s.pursued_on in span)


def _since(told: Told, day: date) -> str:
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
    claims: list[Told], debts: list[Told], loans: list[LoanState], whom: Whom, span: Span
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
        name = whom.named(eldest.account.name, eldest.account.home)
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
