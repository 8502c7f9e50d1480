"""F6 and F7: who was paid by lists, row by row: subsidies and land money to households, pay and lost work.

What was paid to people without a list stands in a part of its own, so that nothing is left off the board.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from villagebook.domain.board_names import Shown
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import ListKind, PayRow
from villagebook.domain.pay_list_proof import PaidList
from villagebook.domain.period import Span
from villagebook.domain.sheet import Body, Part
from villagebook.domain.sheet_tie import LedgerSum
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import (
    RATE,
    Row,
    Whom,
    compared,
    detailed,
    figure,
    money,
    summed,
    year_to,
)
from villagebook.services.names import post_title
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.pay_lists import paid_lists
from villagebook.storage.sheet_rows import Entry, in_span

GIVEN = (ListKind.SUBSIDY, ListKind.LAND, ListKind.CONDOLENCE)
EARNED = (ListKind.LOST_WORK, ListKind.PAY)
OWED = ("112", "113", "201", "211", "221")
"""Claims and debts: what is paid there is told on F3."""
PAY = ("212", "213")
"""Pay and labour fees that were owed; what is paid on them is pay."""


def compile_roster(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """F6: every subsidy, land money and condolence of these months, household by household."""
    paid, alone, whom, _entries = _paid(connection, facts, span, GIVEN)
    by_group: dict[int, list[int]] = {}
    parts = []
    for one in paid:
        rows: list[Row] = []
        for no, row in enumerate(one.content.rows, 1):
            shown = _shown(row, whom)
            by_group.setdefault(shown.group, []).append(row.amount_fen)
            rows.append(
                (
                    no,
                    _group(shown.group),
                    shown.name,
                    _item(facts, one, row, no),
                    f"{row.quantity}{row.unit}",
                    row.rate_fen or None,
                    row.amount_fen,
                )
            )
        parts.append(summed(one.content.title, _roster_columns(), rows, _lead(one)))
    rows = []
    for no, entry in enumerate(alone, 1):
        shown = whom.shown(entry)
        by_group.setdefault(shown.group, []).append(entry.fen)
        rows.append(
            (no, _group(shown.group), shown.name, whom.told(entry), *_measure(whom, entry), entry.fen)
        )
    parts.append(summed(_("Paid to households without a list"), _roster_columns(), rows))
    groups: list[Row] = [
        (_group(group) or _("group not known"), len(found), sum(found))
        for group, found in sorted(by_group.items())
    ]
    columns = (
        Column("group", _("Group"), Shape.TEXT, 10),
        Column("count", _("Times paid"), Shape.COUNT, 8),
        money("by_group", _("Amount")),
    )
    return _body(
        connection,
        facts,
        span,
        whom,
        _("Subsidies and money to households"),
        _("{n} payments to households, {amount} yuan in all, {compare}."),
        [summed(_("By group"), columns, groups), *parts],
        GIVEN,
    )


def compile_pay(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """F7: pay and lost work of these months, person by person."""
    paid, alone, whom, _entries = _paid(connection, facts, span, EARNED)
    parts = []
    for one in paid:
        rows: list[Row] = []
        for no, row in enumerate(one.content.rows, 1):
            shown = _shown(row, whom)
            rows.append(
                (
                    _days(one, row),
                    shown.with_group,
                    row.post or _posts(facts, row.name, one.booked_on),
                    _item(facts, one, row, no),
                    row.place,
                    _count(one, row),
                    row.rate_fen or None,
                    row.amount_fen,
                )
            )
        parts.append(summed(one.content.title, _pay_columns(), rows, _lead(one)))
    rows = []
    for entry in alone:
        shown = whom.shown(entry)
        quantity, rate = _measure(whom, entry)
        post = _posts(facts, shown.name, date.fromisoformat(entry.day))
        rows.append((entry.day, shown.with_group, post, whom.told(entry), "", quantity, rate, entry.fen))
    parts.append(summed(_("Pay without a list"), _pay_columns(), rows))
    return _body(
        connection,
        facts,
        span,
        whom,
        _("Pay and lost work"),
        _("{n} payments for work, {amount} yuan in all, {compare}."),
        parts,
        EARNED,
    )


def roster_sums(connection: Connection, facts: Facts, span: Span) -> tuple[LedgerSum, ...]:
    """What an F6 has to come to by the vouchers that paid it."""
    fen = _ledger(connection, facts, span, GIVEN)
    what = _("Subsidies and money to households")
    return (LedgerSum("amount", what, fen), LedgerSum("by_group", what, fen))


def pay_sums(connection: Connection, facts: Facts, span: Span) -> tuple[LedgerSum, ...]:
    """What an F7 has to come to by the vouchers that paid it."""
    return (LedgerSum("amount", _("Pay and lost work"), _ledger(connection, facts, span, EARNED)),)


def _paid(
    connection: Connection, facts: Facts, span: Span, kinds: Sequence[ListKind]
) -> tuple[tuple[PaidList, ...], list[Entry], Whom, tuple[Entry, ...]]:
    """Lists paid in these months, payments of the same sort that no list tells of, who everybody is, and all entries."""
    first, last = span.first.first_day, span.last.last_day
    paid = paid_lists(connection, first, last, kinds)
    entries = in_span(connection, span)
    whom = Whom(connection, facts.policy, span.last.year, entries)
    return paid, _alone(connection, facts, entries, whom, span, kinds), whom, entries


def _alone(
    connection: Connection,
    facts: Facts,
    entries: Iterable[Entry],
    whom: Whom,
    span: Span,
    kinds: Sequence[ListKind],
) -> list[Entry]:
    listed = {p.voucher_id for p in paid_lists(connection, span.first.first_day, span.last.last_day)}
    wanted = _is_given if kinds == GIVEN else _is_earned
    told = tuple(entries)
    here = {e.voucher_id for e in told}
    ids = {e.voucher_id for e in told if e.reverses in here}
    left_out = listed | ids | {e.reverses for e in told if e.voucher_id in ids}
    return [
        e
        for e in told
        if e.kind is DocKind.PAYMENT and e.voucher_id not in left_out and wanted(facts, e, whom)
    ]


def _is_given(facts: Facts, entry: Entry, whom: Whom) -> bool:
    """Spending in the name of a household that is neither pay nor the settling of a claim or debt."""
    account = facts.chart.get(entry.account)
    if account is None or account.is_money or entry.account.startswith((*OWED, *PAY)):
        return False
    return bool(whom.home(entry)) and not _is_earned(facts, entry, whom)


def _is_earned(facts: Facts, entry: Entry, whom: Whom) -> bool:
    """Pay that was owed, or spending that says it is for work."""
    account = facts.chart.get(entry.account)
    if account is None or account.is_money:
        return False
    worked = account.is_expense and any(w in entry.words for w in facts.policy.words["pay_words"])
    return entry.account.startswith(PAY) or worked


def _ledger(connection: Connection, facts: Facts, span: Span, kinds: Sequence[ListKind]) -> int:
    """Debits of the vouchers that paid lists, and what was paid without one."""
    paid, alone, _whom, entries = _paid(connection, facts, span, kinds)
    ids = {p.voucher_id for p in paid}
    listed = sum(e.fen for e in entries if e.voucher_id in ids and _is_use(facts, e))
    return listed + sum(e.fen for e in alone)


def _is_use(facts: Facts, entry: Entry) -> bool:
    account = facts.chart.get(entry.account)
    return account is not None and not account.is_money


def _body(
    connection: Connection,
    facts: Facts,
    span: Span,
    whom: Whom,
    title: str,
    sentence: str,
    parts: list[Part],
    kinds: Sequence[ListKind],
) -> Body:
    told = [p for p in parts if any(c.key == "amount" for c in p.columns)]
    count = sum(len(p.rows) - p.totals for p in told)
    total = sum(int(p.rows[-1][-1] or 0) for p in told if p.rows)
    last = _before(connection, facts, span, kinds)
    year = _ledger(connection, facts, year_to(span), kinds)
    body = Body(
        title=title,
        parts=tuple(parts),
        sentences=(
            sentence.format(n=count, amount=yuan_text(total), compare=compared(total, last)),
            _("Since January: {amount} yuan.").format(amount=yuan_text(year)),
        ),
        figures=(figure(_("These months"), total), figure(_("Last time"), last)),
        notes=(
            _(
                "Minors stand under whoever answers for them; people of one name are told apart by two figures."
            ),
        ),
    )
    return screened(body, whom.given)


def _before(connection: Connection, facts: Facts, span: Span, kinds: Sequence[ListKind]) -> int:
    """The same sum of as many months before; 0 where the calendar ends."""
    try:
        return _ledger(connection, facts, span.shifted(-span.length), kinds)
    except ValueError:
        return 0


def _roster_columns() -> tuple[Column, ...]:
    return (
        Column("no", _("No."), Shape.TEXT, 5),
        Column("group", _("Group"), Shape.TEXT, 7),
        Column("name", _("Who"), Shape.TEXT, 12),
        Column("item", _("For what"), Shape.TEXT, 22),
        Column("quantity", _("Quantity"), Shape.TEXT, 9),
        money(RATE, _("Rate paid"), 8),
        money("amount", _("Amount")),
    )


def _pay_columns() -> tuple[Column, ...]:
    return (
        Column("day", _("Day"), Shape.TEXT, 13),
        Column("name", _("Who"), Shape.TEXT, 11),
        Column("post", _("Post"), Shape.TEXT, 9),
        Column("work", _("Work"), Shape.TEXT, 18),
        Column("place", _("Place of work"), Shape.TEXT, 10),
        Column("days", _("Days or quantity"), Shape.TEXT, 6),
        money(RATE, _("Rate paid"), 8),
        money("amount", _("Amount")),
    )


def _lead(one: PaidList) -> str:
    """Number of the list, what decided it, when and by which voucher it was paid, whether everybody got theirs."""
    content = one.content
    words = [
        _("List {code}, {first} to {last}").format(
            code=content.code, first=content.from_on.isoformat(), last=content.to_on.isoformat()
        ),
        _("paid on {day} by voucher {label}").format(day=one.booked_on.isoformat(), label=one.label),
    ]
    decided = " ".join(t for t in (content.resolution, content.document_no) if t)
    if decided:
        words.insert(1, _("decided by {no}").format(no=decided))
    words.append(_("receipt by everybody is proven") if one.is_proven else _("receipt is not proven yet"))
    if one.failed:
        n = len(one.failed)
        words.append(
            ngettext("the bank could not pay {n} row", "the bank could not pay {n} rows", n).format(n=n)
        )
    return _("; ").join(words)


def _shown(row: PayRow, whom: Whom) -> Shown:
    code = row.household or whom.names.home_of(row.name)
    return whom.keep(whom.names.household(code, row.name))


def _group(group: int) -> str:
    return _("group {n}").format(n=group) if group else ""


def _item(facts: Facts, one: PaidList, row: PayRow, no: int) -> str:
    """What a row is for; a row the bank could not pay says so."""
    text = detailed(facts.policy, row.work or one.content.title, row.note)
    return _("{text} (not received: sent back by the bank)").format(text=text) if no in one.failed else text


def _measure(whom: Whom, entry: Entry) -> tuple[str, int | None]:
    """Quantity and price as the paper has them, where the document has one item of this account and amount."""
    paper = whom.paper(entry)
    items = (
        [i for i in paper.items if i.account == entry.account and i.amount_fen == entry.fen] if paper else []
    )
    if len({(i.quantity, i.unit, i.unit_price_fen) for i in items}) != 1:
        return "", None
    return f"{items[0].quantity}{items[0].unit}", items[0].unit_price_fen or None


def _days(one: PaidList, row: PayRow) -> str:
    days = sorted(row.days) or [one.content.from_on, one.content.to_on]
    first, last = days[0].isoformat(), days[-1].isoformat()
    return first if first == last else f"{first}~{last[5:] if first[:4] == last[:4] else last}"


def _count(one: PaidList, row: PayRow) -> str:
    """Days of work, or months of pay."""
    if row.days:
        half = len(row.days) / 2 if row.half else len(row.days)
        return f"{half:g}"
    if one.content.kind is ListKind.PAY:
        return ngettext("{n} month", "{n} months", one.content.months).format(n=one.content.months)
    return row.quantity + row.unit


def _posts(facts: Facts, name: str, day: date) -> str:
    """Posts that somebody of this name holds on a day."""
    held = [p.kind for p in facts.staff.posts if p.covers(day) and facts.staff.name(p.person_id) == name]
    return _(", ").join(dict.fromkeys(post_title(k) for k in held))
