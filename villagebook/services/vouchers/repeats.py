"""What a file without voucher numbers shares with the book: a paper taken in before, or the whole file twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import Origin, Voucher
from villagebook.i18n import _
from villagebook.storage import posted_vouchers
from villagebook.storage.engine import Connection

Row = tuple[int, Voucher]
"""The file's row and the voucher it makes."""


def repeats(connection: Connection, rows: Sequence[Row], name: str) -> Iterator[Finding]:
    """IMP-33, which refuses, for numbers and files that are in the book; IMP-23 for single rows that look alike.

    Vouchers with numbers of their own need no guess: their numbers are compared elsewhere.
    """
    if not rows:
        return
    days = [voucher.booked_on for _row, voucher in rows]
    held = _history(connection, Span(Period(min(days).year, 1), Period(max(days).year, 12)))
    if not held:
        return
    papers = {_paper(v): v for v in held if _has_digit(v.paper_no)}
    known = Counter(_content(v) for v in held)
    alike: list[int] = []
    for row, voucher in rows:
        before = papers.get(_paper(voucher))
        if before:
            text = _(
                "Number {no} is in the book already, as {label} of {day}. Was this file taken in before?"
            )
            filled = text.format(no=voucher.paper_no, label=before.label, day=before.booked_on.isoformat())
            yield _finding(name, row, Severity.ERROR, filled)
        elif known[_content(voucher)] > 0:
            known[_content(voucher)] -= 1
            alike.append(row)
    if len(alike) == len(rows):
        text = _("Every row of this file is in the book already. It was taken in before.")
        yield _finding(name, 0, Severity.ERROR, text)
        return
    for row in alike:
        text = _("The same is in the book already. Check whether this was paid twice; if not, leave it.")
        yield _finding(name, row, Severity.WARNING, text)


def _history(connection: Connection, span: Span) -> list[Voucher]:
    return [v for v in posted_vouchers.vouchers(connection, span) if v.origin is Origin.IMPORT]


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _paper(voucher: Voucher) -> tuple[object, ...]:
    return voucher.booked_on.year, voucher.kind, voucher.paper_no


def _content(voucher: Voucher) -> tuple[object, ...]:
    return voucher.booked_on, voucher.kind, voucher.summary, voucher.party, voucher.lines


def _finding(name: str, row: int, severity: Severity, text: str) -> Finding:
    where = _("{name} row {row}").format(name=name, row=row) if row else name
    return Finding("IMP-33" if severity.stops else "IMP-23", severity, where, text)
