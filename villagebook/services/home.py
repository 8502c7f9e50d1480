"""The month as a map: six steps, what is left of each, and to-do sentences with the place of repair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.policy import Policy
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.rule import When
from villagebook.rules.voucher_checks import UNCHECKED, waiting_words
from villagebook.services.approvals import payee_reminders
from villagebook.services.disclosure import board_reminders, duties, sheet_cycle
from villagebook.services.gate import look
from villagebook.services.invoicing import invoice_elsewhere
from villagebook.services.offices import key_reminders, people_reminders
from villagebook.services.period_end import closing, deadlines
from villagebook.services.registers import holding_reminders, loan_table, plan_reminders
from villagebook.storage import documents as docs
from villagebook.storage import ledger, objects, periods, registry, voucher_checks
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

STEPS = {
    "record": N_("Record"),
    "sign": N_("Sign"),
    "count": N_("Count and reconcile"),
    "close": N_("Close"),
    "disclose": N_("Disclose"),
    "handover": N_("Hand over"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ring. `state` is done, now, late or later; `left` counts what is still to do."""

    code: str
    title: str
    left: int
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Home:
    """The home page: the month in work, its ring, and what wants doing first."""

    period: Period
    steps: tuple[Step, ...]
    todos: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look into the book finds.

    Attributes:
        found: findings of the close of the month in work.
        undisclosed: closed months without a notice on the board.
        newest, handed: the last month closed, and the last handed over; None when there is none.
        drafts, waiting: documents begun, and documents that wait for signatures.
        reminders: what wants doing, in the order in which it is told.
        unwritten: sheets of the board that nobody has compiled yet.
    """

    policy: Policy
    found: tuple[Finding, ...]
    undisclosed: tuple[Period, ...]
    newest: Period | None
    handed: Period | None
    drafts: int
    waiting: int
    reminders: tuple[Finding, ...]
    on_board: board_reminders.BoardReminders
    unwritten: tuple[Finding, ...]

    @property
    def blocking(self) -> list[Finding]:
        """What keeps the month from being closed."""
        return [f for f in self.found if f.severity.stops]

    @property
    def uncounted(self) -> list[Finding]:
        """Those among it that a count of the cash or the bank's statement settles."""
        return [f for f in self.blocking if f.id in ("E2L-27", "E2L-45", "E2L-29")]

    @property
    def is_empty(self) -> bool:
        """Nothing was ever brought in, posted or closed: no step of a month has been done, however little is left of it."""
        return self.newest is None and any(f.id == NOTHING_YET for f in self.reminders)

    @property
    def to_hand_over(self) -> bool:
        return self.newest is not None and (self.handed is None or self.handed < self.newest)


NOTHING_YET = "HOME-09"
"""The reminder of a book in which nothing was ever brought in or posted."""


def home(book: Book, today: date) -> Home:
    """What the month in work needs. Reads only this month, however large the book is."""
    period = closing.current_period(book)
    with book.reading() as connection:
        seen = _look_into(connection, book.info, period, today)
    todos = (
        *seen.reminders,
        *_begun(seen.drafts, seen.waiting),
        *seen.on_board.todos,
        *seen.unwritten,
        *_disclosure_todos(seen.undisclosed, today, seen.policy.number("month_day")),
        *_month_end_todos(seen, period, today),
    )
    lefts = _lefts(seen, todos, month_over=today > period.last_day)
    dues = _dues(period, seen.policy)
    steps = tuple(
        Step(
            code,
            _(title),
            lefts[code],
            dues.get(code),
            "later"
            if seen.is_empty and code != "record"
            else _state(code, lefts, dues.get(code), today, period),
        )
        for code, title in STEPS.items()
    )
    return Home(period, steps, todos)


def _look_into(connection: Connection, info: BookInfo, period: Period, today: date) -> _Seen:
    facts = closing.month_facts(connection, info, min(period, Period.of(today)), today)
    found = look(facts, When.CLOSE)
    states = periods.period_states(connection)
    over = today > period.last_day
    return _Seen(
        policy=facts.policy,
        found=found,
        undisclosed=tuple(p for p, s in sorted(states.items()) if s == "closed"),
        newest=max((p for p, s in states.items() if s != "open"), default=None),
        handed=max((e.period for e in periods.exports(connection) if e.period), default=None),
        drafts=len(objects.draft_bodies(connection)),
        waiting=len(docs.waiting(connection)),
        reminders=(
            *_first_steps(connection, info),
            *_unchecked(connection, period),
            *_takings(connection, today),
            *plan_reminders.reminders(connection, facts, today),
            *payee_reminders.reminders(connection, facts, today),
            *holding_reminders.reminders(connection, facts, found, today, month_over=over),
            *loan_table.reminders(connection, info, facts, found, today),
            *deadlines.reminders(found),
            *people_reminders.reminders(connection, info, facts, today),
            *key_reminders.reminders(connection, facts, today),
            *invoice_elsewhere.reminders(found),
            *duties.reminders(connection, info, today),
        ),
        on_board=board_reminders.reminders(connection, info, today),
        unwritten=tuple(sheet_cycle.missing(connection, info, today)),
    )


def _lefts(seen: _Seen, todos: Iterable[Finding], *, month_over: bool) -> dict[str, int]:
    """How much is left of each step of the ring."""
    return {
        "record": seen.drafts + sum(1 for t in todos if t.target.startswith("receipt:")),
        "sign": seen.waiting,
        "count": len(seen.uncounted) if month_over else 0,
        "close": len(seen.blocking) if month_over else 0,
        "disclose": len(seen.undisclosed) + seen.on_board.unposted + len(seen.unwritten),
        "handover": int(seen.to_hand_over),
    }


def _month_end_todos(seen: _Seen, period: Period, today: date) -> Iterator[Finding]:
    """To count, to close and to hand over."""
    if today > period.last_day:
        yield from (replace(f, severity=Severity.WARNING) for f in seen.uncounted)
        if not seen.blocking and not seen.is_empty:
            text = _("Close {period}: nothing stands in the way.").format(period=period)
            yield Finding("HOME-03", Severity.HINT, str(period), text, "", f"close:{period}")
    if seen.to_hand_over:
        text = _("Hand over the books up to {period} to the township.").format(period=seen.newest)
        yield Finding("HOME-04", Severity.HINT, str(seen.newest), text, "", "handover")


def _begun(drafts: int, waiting: int) -> Iterator[Finding]:
    """Documents that somebody has to go on with."""
    if drafts:
        text = ngettext(
            "{n} document is begun and not sent in.", "{n} documents are begun and not sent in.", drafts
        ).format(n=drafts)
        yield Finding("HOME-01", Severity.HINT, "", text, "", "draft:")
    if waiting:
        text = ngettext(
            "{n} document waits for signatures.", "{n} documents wait for signatures.", waiting
        ).format(n=waiting)
        yield Finding("HOME-02", Severity.HINT, "", text, "", "sign")


def _dues(period: Period, policy: Policy) -> dict[str, date]:
    """By when a step of a month is done: days of the month after it."""
    after = period.shifted(1)
    close_due = date(after.year, after.month, policy.number("close_by_day"))
    notice_due = date(after.year, after.month, policy.number("month_day"))
    return {"count": close_due, "close": close_due, "disclose": notice_due, "handover": notice_due}


def _state(code: str, lefts: dict[str, int], due_on: date | None, today: date, period: Period) -> str:
    month_over = today > period.last_day
    if code in ("count", "close") and not month_over:
        return "later"
    if lefts[code] or (code == "close" and month_over):
        return "late" if due_on and today > due_on else "now"
    return "done"


def _first_steps(connection: Connection, info: BookInfo) -> list[Finding]:
    """What a new book still lacks before it can be worked with."""
    made = []
    if not registry.read_staff(connection).posts:
        text = _("Enter the officials and their posts; without them nothing can be signed.")
        made.append(Finding("HOME-05", Severity.WARNING, info.village, text, "", "people"))
    if not (ledger.control_totals(connection)[2] or registry.read_opening(connection)):
        text = _(
            "Enter the opening balances, or begin at zero: once something is posted they can no longer be set."
        )
        made.append(Finding(NOTHING_YET, Severity.HINT, info.village, text, "", "opening"))
    if not registry.read_receipt_books(connection):
        text = _("Register the receipt book; every receipt needs its number.")
        made.append(Finding("HOME-06", Severity.WARNING, info.village, text, "", "people"))
    return made


def _takings(connection: Connection, today: date) -> list[Finding]:
    """Money in the drawer, oldest first: bank it today."""
    made = []
    for taken in docs.takings(connection)[:20]:
        days = (today - taken.received_on).days
        text = ngettext(
            "Receipt {no}, {amount}, has been in the drawer for {days} day: bank it today.",
            "Receipt {no}, {amount}, has been in the drawer for {days} days: bank it today.",
            days,
        ).format(no=taken.receipt_no or taken.party, amount=yuan_text(taken.amount_fen), days=days)
        level = Severity.WARNING if days > 1 else Severity.HINT
        made.append(
            Finding("E2L-12", level, taken.received_on.isoformat(), text, "", f"receipt:{taken.document_id}")
        )
    return made


def _unchecked(connection: Connection, period: Period) -> list[Finding]:
    """Vouchers that wait for a second person; closed months hold none."""
    waiting = voucher_checks.unchecked(connection, period.first_day, date.max)
    if not waiting:
        return []
    text = waiting_words(tuple(v.label for v in waiting))
    return [Finding("VCH-23", Severity.HINT, "", text, "", UNCHECKED)]


def _disclosure_todos(undisclosed: tuple[Period, ...], today: date, month_day: int) -> list[Finding]:
    made = []
    for period in undisclosed:
        due_month = period.shifted(1)
        due = date(due_month.year, due_month.month, month_day)
        late = (today - due).days
        if late > 0:
            text = ngettext(
                "The notice of {period} is {days} day late.",
                "The notice of {period} is {days} days late.",
                late,
            ).format(period=period, days=late)
            made.append(Finding("DIS-05", Severity.WARNING, str(period), text, "", f"notice:{period}"))
        else:
            text = _("Post the notice of {period} by {day}.").format(period=period, day=due.isoformat())
            made.append(Finding("HOME-07", Severity.HINT, str(period), text, "", f"notice:{period}"))
    return made
