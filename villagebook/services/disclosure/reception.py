"""What guests cost the village: its own line on the board, also when it is nothing (parameter `reception_line`)."""

from __future__ import annotations

from villagebook.domain.flow import TRANSFERS, flows
from villagebook.domain.notice import KindFigure
from villagebook.domain.period import Span
from villagebook.domain.voucher import Voucher
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.plain_figures import Times
from villagebook.storage import posted_vouchers
from villagebook.storage import words as store
from villagebook.storage.engine import Connection


def reception_figure(connection: Connection, facts: Facts, span: Span) -> KindFigure:
    """Payments for guests in these months and beside other times, known by the words of the township's table."""
    times = Times.of(span, facts.start)
    told = [_paid(connection, facts, t) if t else None for t in (times.now, times.last, times.year_ago)]
    return KindFigure(
        code="reception",
        words=_("For guests: meals and tea"),
        is_income=False,
        fen=told[0] or 0,
        last_fen=told[1],
        year_ago_fen=told[2],
        year_fen=_paid(connection, facts, times.year),
        budget_fen=None,
    )


def _paid(connection: Connection, facts: Facts, span: Span) -> int:
    said = facts.policy.words["reception"]
    named = frozenset(a.code for a in facts.chart if any(w in a.name for w in said))
    ids = store.vouchers_saying(connection, span, said, named)
    found = (posted_vouchers.voucher(connection, i) for i in ids)
    return sum(_of(v, facts, said, named) for v in found if v is not None)


def _of(voucher: Voucher, facts: Facts, said: tuple[str, ...], named: frozenset[str]) -> int:
    """The payments of a voucher whose account, or whose own words, name guests."""

    def meant(account: str) -> bool:
        own = [line.summary or voucher.summary for line in voucher.lines if line.account == account]
        return account in named or any(w in text for text in own for w in said)

    return sum(
        f.payments_fen
        for f in flows(voucher, facts.places, facts.chart)
        if f.category != TRANSFERS and meant(f.category)
    )
