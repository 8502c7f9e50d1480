"""Parts of board papers about money and work for one purpose: special funds one by one, labour days person by person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from villagebook.domain.fund import Fund
from villagebook.domain.period import Span
from villagebook.domain.sheet import Part
from villagebook.domain.table import Column, Shape
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.sheet_parts import Row, Whom, money, summed
from villagebook.services.gathering import labour_facts
from villagebook.services.gathering import plan_facts as plans
from villagebook.storage import funds
from villagebook.storage.engine import Connection

Moved = tuple[Fund, int, int, int, int]
"""A fund with what was left of it before, what came in, what was used, and what is left: the first two less the third."""


def moved_funds(connection: Connection, facts: Facts, span: Span) -> tuple[Moved, ...]:
    """Every special fund that held something or moved in these months, by code."""
    before, last = span.first.first_day - timedelta(days=1), min(span.last.last_day, facts.today)
    found = []
    for fund in funds.funds(connection):
        came0, went0 = plans.fund_stand(connection, facts.chart, fund, before)
        came, went = plans.fund_stand(connection, facts.chart, fund, last)
        told = (came0 - went0, came - came0, went - went0, came - went)
        if any(told):
            found.append((fund, *told))
    return tuple(found)


def funds_part(connection: Connection, facts: Facts, span: Span) -> Part:
    """Each special fund (专项资金): who gave it for what, received, used, left, and by when it has to be used."""
    rows: list[Row] = []
    for fund, left0, came, went, left in moved_funds(connection, facts, span):
        given = " ".join(t for t in (fund.grantor, fund.document_no or fund.resolution) if t)
        until = fund.deadline.isoformat() if fund.deadline else _("a day not set")
        rows.append((fund.title, given, until, fund.amount_fen, left0, came, went, left))
    columns = (
        Column("fund", _("Special fund"), Shape.TEXT, 18),
        Column("given", _("Given by"), Shape.TEXT, 16),
        Column("until", _("Spend by"), Shape.TEXT, 9),
        money("granted", _("Granted")),
        money("fund_before", _("Last time")),
        money("fund_in", _("Came in")),
        money("fund_out", _("Used")),
        money("fund_left", _("Left")),
    )
    lead = _(
        "A special fund pays for its purpose only, wherever its money lies and on whatever account it is kept."
    )
    return summed(_("Special funds"), columns, rows, lead)


def labour_part(connection: Connection, project: str, day: date, whom: Whom) -> Part | None:
    """Who owes days of work for a project and what became of them; None where nobody does."""
    found = labour_facts.standing(connection, project, day)
    if not found:
        return None
    rows: list[Row] = [
        (
            whom.named(s.labourer.name, s.labourer.household),
            s.labourer.days,
            s.worked,
            s.commuted,
            s.commuted_fen or None,
            s.open,
        )
        for s in found
    ]
    columns = (
        Column("who", _("Full name"), Shape.TEXT, 18),
        Column("owed_days", _("Days owed"), Shape.COUNT, 8),
        Column("worked", _("Worked"), Shape.COUNT, 8),
        Column("commuted", _("Paid off"), Shape.COUNT, 8),
        money("commuted_fen", _("Money for it")),
        Column("open", _("Still open"), Shape.COUNT, 8),
    )
    total: Row = (_("Total"), *_sums(rows))
    return Part(_("Labour days, person by person"), columns, (*rows, total), 1)


def _sums(rows: Iterable[Row]) -> list[int]:
    told = list(rows)
    return [sum(int(row[at] or 0) for row in told) for at in range(1, 6)]
