"""F10: what an audit found and what was done about it, of one audit or of all in a span of months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.audit import Audit, AuditKind
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Body, Figure, Part
from villagebook.domain.table import Column, Shape
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure import audits
from villagebook.services.disclosure.matter_parts import about_part, day_of
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import Row, figure, money
from villagebook.storage import openness
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection


def compile_one(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """One audit. KeyError when there is none of this number."""
    number = subject.partition(":")[2]
    found = next((a for a in openness.audits(connection) if a.number == number), None)
    if found is None:
        raise KeyError(subject)
    made = _as_of(found, day_of(facts, span))
    days = [m.day for m in made.mended]
    parts = (_about(facts, made), _points(facts, span, (made,)))
    stage = max(days).isoformat() if days else ""
    return screened(
        Body(
            _("Audit and what was done about it"), parts, _sentences((made,)), _figures((made,)), stage=stage
        )
    )


def compile_months(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """Every audit reported in these months, and those of before whose points were still open when they began."""
    day = day_of(facts, span)
    told = [_as_of(a, day) for a in openness.audits(connection) if _belongs(a, span)]
    parts = (_points(facts, span, tuple(told)),)
    return screened(
        Body(_("Audits and what was done about them"), parts, _sentences(tuple(told)), _figures(tuple(told)))
    )


def _as_of(audit: Audit, day: date) -> Audit:
    """The audit as it stood on a day: what was mended later has not happened yet."""
    return replace(audit, mended=tuple(m for m in audit.mended if m.day <= day))


def _belongs(audit: Audit, span: Span) -> bool:
    if audit.reported_on in span:
        return True
    if audit.reported_on > span.last.last_day:
        return False
    mended = [m.day for m in audit.mended]
    return bool(audit.open_points()) or (bool(mended) and Period.of(max(mended)) >= span.first)


def _about(facts: Facts, made: Audit) -> Part:
    post = next((p for p in facts.staff.posts if p.id == made.post_id), None)
    left = facts.staff.name(post.person_id) if post and made.kind is AuditKind.LEAVING else ""
    return about_part(
        (
            (_("Audit no."), made.number),
            (_("Kind"), _(audits.KINDS[made.kind])),
            (_("Auditor"), made.auditor),
            (_("Reported on"), made.reported_on.isoformat()),
            (_("About"), made.about),
            (_("Whose office"), left),
            (_("Result"), made.result),
        )
    )


def _points(facts: Facts, span: Span, told: tuple[Audit, ...]) -> Part:
    day = day_of(facts, span)
    rows: list[Row] = []
    for audit in told:
        for point in audit.points:
            last = next((m for m in reversed(audit.mended) if m.no == point.no), None)
            due = audits.due_on(audit, point, facts.policy)
            rows.append(
                (
                    f"{audit.number}-{point.no}",
                    point.text,
                    point.amount_fen or None,
                    due.isoformat(),
                    f"{last.text}({last.who})" if last else "",
                    last.day.isoformat() if last else "",
                    last.recovered_fen or None if last else None,
                    audits.state_words(audit, point, due, day),
                )
            )
        if not audit.points:
            rows.append((audit.number, audit.result, None, "", "", "", None, _("nothing found")))
    columns = (
        Column("no", _("No."), Shape.TEXT, 9),
        Column("text", _("What the audit found"), Shape.TEXT, 26),
        money("amount", _("Amount"), 9),
        Column("due", _("To be mended by"), Shape.DAY, 9),
        Column("what", _("What was done, and who answers for it"), Shape.TEXT, 26),
        Column("day", _("On"), Shape.DAY, 9),
        money("recovered", _("Came back"), 9),
        Column("state", _("State"), Shape.TEXT, 8),
    )
    return Part(_("Points and what was done"), columns, tuple(rows))


def _sentences(told: tuple[Audit, ...]) -> tuple[str, ...]:
    points = sum(len(a.points) for a in told)
    left = sum(len(a.open_points()) for a in told)
    if not told:
        return (_("No audit was reported in these months."),)
    text = _("Audits: {n}; points found: {points}; still to be mended: {left}.")
    return (text.format(n=len(told), points=points, left=left),)


def _figures(told: tuple[Audit, ...]) -> tuple[Figure, ...]:
    found = sum(p.amount_fen for a in told for p in a.points)
    back = sum(m.recovered_fen for a in told for m in a.mended)
    both = ((_("Found amiss"), found), (_("Came back"), back))
    return tuple(figure(label, fen) for label, fen in both if fen)
