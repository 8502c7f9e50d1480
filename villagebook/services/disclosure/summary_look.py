"""What a villager should look at on F2: the largest payments, what has no invoice, cash, notes of debt, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from villagebook.domain.document import Support
from villagebook.domain.notice import KindFigure
from villagebook.domain.period import Span
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.notice_entries import Entry
from villagebook.services.disclosure.sheet_parts import Row
from villagebook.services.names import support_title
from villagebook.storage import periods, posted_vouchers
from villagebook.storage.engine import Connection

LARGEST = 3


def look_rows(
    connection: Connection, facts: Facts, span: Span, entries: Sequence[Entry], kinds: Sequence[KindFigure]
) -> tuple[Row, ...]:
    """Rows of (what, told, fen)."""
    paid = [e for e in entries if e.line.spending_fen > 0]
    return (
        *_largest(connection, paid),
        *_papers(paid),
        _cash(paid),
        _ious(connection, facts, span),
        *_new(facts, span, kinds),
    )


def _largest(connection: Connection, paid: Sequence[Entry]) -> list[Row]:
    """Whole payments, not their entries: one voucher to one party. What was undone in red is no payment."""
    sums: dict[str, list[Entry]] = {}
    for entry in paid:
        sums.setdefault(entry.voucher_id, []).append(entry)
    amounts = {key: sum(e.line.spending_fen for e in own) for key, own in sums.items()}
    by_size = sorted(sums, key=lambda key: (-amounts[key], sums[key][0].line.no))
    stands = (key for key in by_size if not posted_vouchers.reversed_by(connection, key))
    first = list(islice(stands, LARGEST))
    made: list[Row] = []
    for no, key in enumerate(first, 1):
        line = sums[key][0].line
        matters = _(", ").join(dict.fromkeys(e.line.summary for e in sums[key]))
        told = _("{day} {matter}").format(day=line.day[5:], matter=matters)
        if line.party:
            told = _("{told}, to {party}").format(told=told, party=line.party)
        made.append((_("Largest payment, no. {no}").format(no=no), told, amounts[key]))
    return made


def _papers(paid: Sequence[Entry]) -> list[Row]:
    """Payments on other papers than an invoice, by the kind of paper; none of them is a row too."""
    other: dict[Support, list[Entry]] = {}
    for entry in paid:
        if entry.support not in (None, Support.INVOICE):
            other.setdefault(entry.support, []).append(entry)
    title = _("Paid without an invoice")
    if not other:
        return [(title, _("None."), 0)]
    return [
        (title, _("{count} on: {paper}").format(count=_count(own), paper=support_title(paper)), _sum(own))
        for paper, own in sorted(other.items(), key=lambda p: (-_sum(p[1]), p[0].value))
    ]


def _cash(paid: Sequence[Entry]) -> Row:
    own = [e for e in paid if e.in_cash]
    return _("Paid in notes and coins"), _count(own) if own else _("None."), _sum(own)


def _ious(connection: Connection, facts: Facts, span: Span) -> Row:
    """What the newest counts of the last month found in the drawers that was paper instead of money."""
    newest = {row.place: row for row in periods.counts(connection, span.last)}
    title = _("Notes of debt in the cash box")
    if not newest:
        return title, _("The cash was not counted in this time."), None
    fen = sum(row.iou_fen for row in newest.values())
    last = max(newest.values(), key=lambda row: row.counted_on)
    told = _("Counted on {day} by {name}.").format(
        day=last.counted_on.isoformat(), name=facts.staff.name(last.counter)
    )
    return title, told if fen else _("None. {told}").format(told=told), fen


def _new(facts: Facts, span: Span, kinds: Sequence[KindFigure]) -> list[Row]:
    """Kinds of money that were not there before in this year, nor in the times beside it."""
    if span.first <= max(facts.start, span.first.shifted(1 - span.first.month)):
        return []
    fresh = [
        k
        for k in kinds
        if not k.depth and k.fen > 0 and k.year_fen == k.fen and not k.last_fen and not k.year_ago_fen
    ]
    return [(_("For the first time this year"), k.words, k.fen) for k in fresh]


def _sum(entries: Sequence[Entry]) -> int:
    return sum(e.line.spending_fen for e in entries)


def _count(entries: Sequence[Entry]) -> str:
    return ngettext("{n} entry", "{n} entries", len(entries)).format(n=len(entries))
