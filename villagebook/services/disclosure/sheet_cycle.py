"""Which board sheets a month, a quarter, a half-year and a year ask for (D3), and which of them nobody has compiled yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import Policy
from villagebook.domain.sheet import SheetForm
from villagebook.i18n import _, ngettext
from villagebook.services.disclosure.board_lives import months_due
from villagebook.services.disclosure.sheet_forms import FORMS, FormEntry
from villagebook.storage import periods, registry
from villagebook.storage import sheets as store
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

ID = "HOME-51"
CYCLES = {"month_sheets": 1, "quarter_sheets": 3, "half_year_sheets": 6, "year_sheets": 12}
"""Parameter of the township -> months of a span."""
LOOK_BACK = 400
"""Days after which a sheet that was never compiled is no longer asked for on the first page."""
MOST = 6
"""Sheets named in one sentence."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A sheet that is asked for. `number` is that of the one there is, "" while there is none; `ready` when its months are closed."""

    entry: FormEntry
    span: Span
    due_on: date
    number: str
    ready: bool


def newest_span(today: date, months: int) -> Span:
    """The newest run of so many months, counted from January, that is over."""
    this = Period.of(today)
    first = Period(this.year, (this.month - 1) // months * months + 1).shifted(-months)
    return Span(first, first.shifted(months - 1))


def owed(connection: Connection, info: BookInfo, today: date) -> tuple[Owed, ...]:
    """Every sheet the newest month, quarter, half-year and year ask for, by the day it has to hang."""
    newest = [(name, newest_span(today, months)) for name, months in CYCLES.items()]
    return _of_spans(connection, info, newest)


def left_out(connection: Connection, info: BookInfo, today: date) -> tuple[Owed, ...]:
    """Sheets of earlier months that nobody ever compiled: a new month does not make them undue."""
    spans = []
    for name, months in CYCLES.items():
        span = newest_span(today, months).shifted(-months)
        while span.last >= info.start and (today - span.last.last_day).days <= LOOK_BACK:
            spans.append((name, span))
            span = span.shifted(-months)
    return tuple(o for o in _of_spans(connection, info, spans) if o.ready and not o.number)


def _of_spans(connection: Connection, info: BookInfo, spans: Iterable[tuple[str, Span]]) -> tuple[Owed, ...]:
    states = periods.period_states(connection)
    made = []
    for name, span in spans:
        mine = [p for p in span.months() if p >= info.start]
        if not mine or all(periods.only_imported(connection, p) for p in mine):
            continue
        policy = registry.read_policy_on(connection, span.last.last_day)
        ready = all(states.get(p, "open") != "open" for p in mine)
        for entry in _asked(policy, name):
            number = store.number_of(connection, entry.form.value, span)
            made.append(Owed(entry, span, months_due(span, policy), number, ready))
    return tuple(sorted(made, key=lambda o: (o.due_on, o.entry.form.value)))


def _asked(policy: Policy, name: str) -> Iterator[FormEntry]:
    """Forms of the township's list that tell of whole months."""
    for code in policy.words.get(name, ()):
        yield from (e for e in FORMS if e.form.value == code and not e.subject)


def in_book(book: Book, today: date) -> tuple[Owed, ...]:
    """What the window shows."""
    with book.reading() as connection:
        return owed(connection, book.info, today)


def missing(connection: Connection, info: BookInfo, today: date) -> tuple[Finding, ...]:
    """A sentence for every sheet that can be compiled and is not."""
    made = []
    for one in owed(connection, info, today):
        if one.number or not one.ready:
            continue
        late = (today - one.due_on).days
        values = {
            "title": _(one.entry.title),
            "months": one.span,
            "day": one.due_on.isoformat(),
            "days": late,
        }
        where, target = f"{one.entry.form.value} {one.span}", target_of(one.entry.form, one.span)
        if late > 0:
            text = ngettext(
                "{title} of {months} has not been compiled; it should have hung {days} day ago.",
                "{title} of {months} has not been compiled; it should have hung {days} days ago.",
                late,
            )
            made.append(Finding("DIS-05", Severity.WARNING, where, text.format(**values), "", target))
        else:
            text = _("Compile {title} of {months}: it has to hang by {day}.")
            made.append(Finding(ID, Severity.HINT, where, text.format(**values), "", target))
    if earlier := left_out(connection, info, today):
        names = _(", ").join(f"{o.entry.form.value} {o.span}" for o in earlier[:MOST])
        text = _("{n} sheets of earlier months were never compiled and are late: {names}.")
        words = text.format(n=len(earlier), names=names + (" …" if len(earlier) > MOST else ""))
        target = target_of(earlier[0].entry.form, earlier[0].span)
        made.append(Finding("DIS-05", Severity.WARNING, str(earlier[0].span), words, "", target))
    return tuple(made)


def target_of(form: SheetForm, span: Span) -> str:
    """Where it is compiled."""
    return f"notice:{form.value}@{span}"
