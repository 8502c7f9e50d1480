"""Special notices that are owed: what happened, which paper shows it, how late it is (D13, D14, D17). Never raised by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from villagebook.domain.board import Hang, Life
from villagebook.domain.duty import MONTHLY, Clocks, Duty, Paper, Shown, duties
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import Policy
from villagebook.domain.sheet import SheetForm
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.duty_facts import DutyFacts
from villagebook.services.disclosure import audits, sheet_forms
from villagebook.services.disclosure.happenings import event_title, happenings, told_audits
from villagebook.storage import board as board_store
from villagebook.storage import periods, registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.sheets import standing

ID = "HOME-31"
MOST = 8
"""Sentences on the first page; the list has them all."""
LOOK_BACK = 400
"""Days the first page and a month's close look back; the list has no end."""

STATES = {
    "open": N_("to be compiled"),
    "review": N_("with supervision"),
    "signed": N_("signed, to be posted"),
    "done": N_("hung"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper to be compiled for a duty: form, subject and months as the sheets take them."""

    form: SheetForm
    subject: str
    span: Span


def clocks_of(policy: Policy) -> Clocks:
    return Clocks(
        policy.number("special_days"), policy.number("major_days"), policy.number("major_amount_fen")
    )


def owed(connection: Connection, info: BookInfo, today: date, since: date | None = None) -> tuple[Duty, ...]:
    """Every obligation by the parameters in force today, the first to fall due first."""
    policy = registry.read_policy_on(connection, today)
    return duties(happenings(connection, info, policy, since), _shown(connection), clocks_of(policy))


def all_duties(book: Book, today: date) -> tuple[Duty, ...]:
    with book.reading() as connection:
        return owed(connection, book.info, today)


def _shown(connection: Connection) -> tuple[Shown, ...]:
    """Sheets and monthly notices with the day on which they hung everywhere."""
    hangs = board_store.hangs(connection)
    made = []
    for entry in standing(connection):
        paper = Paper(entry.form, entry.subject, entry.stage, entry.span)
        compiled_on = date.fromisoformat(entry.paper.compiled_on)
        posted = _posted(entry.id, entry.paper.places, hangs.get(entry.id, ()))
        made.append(Shown(entry.id, entry.number, paper, compiled_on, entry.final, posted))
    for notice in periods.notices(connection):
        paper = Paper(MONTHLY, "", "", Span(notice.first, notice.last))
        compiled_on = date.fromisoformat(notice.paper.compiled_on)
        posted = _posted(notice.id, notice.paper.places, hangs.get(notice.id, ()))
        made.append(Shown(notice.id, notice.number, paper, compiled_on, notice.final, posted))
    return tuple(made)


def _posted(subject: str, places: tuple[str, ...], hung: tuple[Hang, ...]) -> date | None:
    return Life(subject, "", "", True, places, 0, hangs=hung).posted_everywhere_on()


def state_of(duty: Duty) -> str:
    """open, review, signed or done."""
    if duty.met_on is not None:
        return "done"
    if duty.shown is None or duty.shown.paper.form == MONTHLY:
        return "open"
    return "signed" if duty.shown.final else "review"


def asked(duty: Duty) -> Asked | None:
    """What is to be compiled: the first paper that this program has a form for."""
    for paper in duty.happened.papers:
        if paper.form == MONTHLY:
            continue
        form = SheetForm(paper.form)
        try:
            entry = sheet_forms.form_of(form, paper.subject)
        except KeyError:
            continue
        if bool(entry.subject) == bool(paper.subject):
            months = paper.months or Span.of(Period.of(duty.happened.day))
            return Asked(form, paper.subject, months)
    return None


def target(duty: Duty) -> str:
    """Where it is done: the sheet that waits, else the page that compiles it."""
    if duty.shown is not None and duty.shown.paper.form != MONTHLY:
        return f"notice:{duty.shown.id}"
    return f"register:duties/{duty.happened.key}"


# ---- what the rules and the first page want to know ----


def facts_of(connection: Connection, info: BookInfo, today: date, within: Span | None = None) -> DutyFacts:
    """Duties that are late; with `within` those of what happened in these months."""
    policy = registry.read_policy_on(connection, today)
    since = within.first.first_day if within else today - timedelta(days=LOOK_BACK)
    shown = _shown(connection)
    found = duties(happenings(connection, info, policy, since), shown, clocks_of(policy))
    late = tuple(d for d in found if d.is_overdue(today) and (within is None or d.happened.day in within))
    told = duties(told_audits(connection, info, policy), shown, clocks_of(policy))
    return DutyFacts(
        late,
        {d.happened.key: target(d) for d in late},
        left=audits.left_offices(connection, info, policy, told, today),
        overdue=audits.overdue(connection, policy, today),
    )


def reminders(connection: Connection, info: BookInfo, today: date) -> tuple[Finding, ...]:
    """Late ones first, then what is to be compiled or posted, each with the way there."""
    found = owed(connection, info, today, today - timedelta(days=LOOK_BACK))
    open_ones = [d for d in found if d.met_on is None]
    made = [_reminder(d, today) for d in open_ones[:MOST]]
    if len(open_ones) > MOST:
        text = _("{n} more special notices are owed; the list has them all.")
        words = text.format(n=len(open_ones) - MOST)
        made.append(Finding(ID, Severity.HINT, "", words, "", "register:duties"))
    return tuple(made)


def _reminder(duty: Duty, today: date) -> Finding:
    happened = duty.happened
    values = {"event": event_title(happened.event), "name": happened.name, "day": duty.due_on.isoformat()}
    late = duty.late_days(today)
    if late:
        text = ngettext(
            "{event} ({name}): its special notice is {days} day late.",
            "{event} ({name}): its special notice is {days} days late.",
            late,
        )
        return Finding(
            ID, Severity.WARNING, happened.name, text.format(days=late, **values), "", target(duty)
        )
    text = _("{event} ({name}): its special notice has to hang by {day}.")
    soon = (duty.due_on - today).days <= 2
    level = Severity.WARNING if soon else Severity.HINT
    return Finding(ID, level, happened.name, text.format(**values), "", target(duty))


# ---- the list ----


def table(book: Book, span: Span, today: date, known: tuple[Duty, ...] | None = None) -> Table:
    """`board-duties`: what happened in these months, which notice it calls for, and what became of it.

    What is still owed comes first, the most urgent on top; then what hung, newest first. `known` are the duties of today
    when they were read already.
    """
    columns = (
        Column("happened", _("Happened on"), Shape.DAY, 9),
        Column("event", _("What happened"), Shape.TEXT, 12),
        Column("name", _("About"), Shape.TEXT, 26),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("major", _("Major"), Shape.TEXT, 5),
        Column("form", _("Paper"), Shape.TEXT, 8),
        Column("due", _("To hang by"), Shape.DAY, 9),
        Column("state", _("State"), Shape.TEXT, 10),
        Column("number", _("Notice no."), Shape.TEXT, 14),
        Column("hung", _("Hung on"), Shape.DAY, 9),
        Column("late", _("Days late"), Shape.COUNT, 5),
    )
    told = [d for d in (all_duties(book, today) if known is None else known) if d.happened.day in span]
    owed = sorted((d for d in told if d.met_on is None), key=lambda d: d.due_on)
    met = sorted((d for d in told if d.met_on is not None), key=lambda d: d.due_on, reverse=True)
    found = [*owed, *met]
    rows = tuple(_row(d, today) for d in found)
    targets = tuple(f"register:duties/{d.happened.key}" for d in found)
    return Table("board-duties", _("Special notices that are owed"), str(span), columns, rows, 0, targets)


def _row(duty: Duty, today: date) -> tuple[Cell, ...]:
    happened = duty.happened
    wanted = asked(duty)
    shown = duty.shown
    return (
        happened.day.isoformat(),
        event_title(happened.event),
        happened.name,
        happened.amount_fen or None,
        _("yes") if duty.is_major else "",
        form_words(wanted.form if wanted else SheetForm(happened.papers[0].form)),
        duty.due_on.isoformat(),
        _(STATES[state_of(duty)]),
        shown.number if shown else "",
        duty.met_on.isoformat() if duty.met_on else "",
        duty.late_days(today) or None,
    )


def form_words(form: SheetForm) -> str:
    """F5, or that it is a paper about one matter."""
    return _("single matter") if form is SheetForm.MATTER else form.value
