"""What wants doing about the board: sentences for the home page, each with its deadline and its place of repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from villagebook.domain.board import Life, Stage
from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import _
from villagebook.services.disclosure import board, board_lives
from villagebook.storage import periods, registry
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

MOST = 6
"""Sentences of one kind; older ones stand in the list of notices."""
ID = "HOME-16"


@dataclass(frozen=True, slots=True)
class BoardReminders:
    """`unposted` counts notices that are signed and hang nowhere yet or not everywhere."""

    unposted: int
    todos: tuple[Finding, ...]


def reminders(connection: Connection, info: BookInfo, today: date) -> BoardReminders:
    """Late things in the words of the rules, then what is to be done next for every notice that is not archived."""
    told = [t.life for t in board_lives.lives(connection) if t.life.archived_on is None]
    told = [one for life in told for one in life.beside()]
    unposted = [life for life in told if life.stage(today) is Stage.SIGNED]
    late = board.standing_findings(connection, info, today)
    told_by_month = {f"notice:{e.id}" for e in periods.notices(connection) if not e.final}
    said = [f for f in late if f.id == "DIS-12"][:MOST]
    said += [f for f in late if f.id == "DIS-05" and f.target not in told_by_month][:MOST]
    said += [f for f in late if f.id == "DIS-47"][:MOST]
    said += [_post(life) for life in unposted if not life.late_days(today)][:MOST]
    said += [f for life in told if (f := _next(life, today))][:MOST]
    said += _answers(connection, today)
    return BoardReminders(len(unposted), tuple(said))


def _post(life: Life) -> Finding:
    where = ", ".join(life.missing_places()) or "–"
    if life.due_on is None:
        text = _("Post correction {number} at: {places}.").format(number=life.number, places=where)
    else:
        text = _("Post notice {number} by {day} at: {places}.").format(
            number=life.number, day=life.due_on.isoformat(), places=where
        )
    return Finding(ID, Severity.HINT, life.number, text, "", f"notice:{life.subject}")


def _next(life: Life, today: date) -> Finding | None:
    """Photos that are missing, a sheet that may come down, a notice that may be put away."""
    stage = life.stage(today)
    text = ""
    unseen = [h.posting.place for h in life.without_photos() if h.removal is None]
    if stage is Stage.POSTED and unseen:
        text = _("Take the photos of {number} at {places} into the book.").format(
            number=life.number, places=", ".join(unseen)
        )
    elif life.hanging() and life.replaced_by() and life.corrections[-1].posted_everywhere_on():
        text = _("Take {number} down at {places}: {other} hangs in its place.").format(
            number=life.number,
            places=", ".join(h.posting.place for h in life.hanging()),
            other=life.replaced_by(),
        )
    elif stage is Stage.STOOD:
        text = _("{number} has stood its {days} days: take it down, or leave it up.").format(
            number=life.number, days=life.min_days
        )
    elif stage is Stage.REMOVED and life.due_on is not None:
        text = _("Archive notice {number}.").format(number=life.number)
    return Finding(ID, Severity.HINT, life.number, text, "", f"notice:{life.subject}") if text else None


def _answers(connection: Connection, today: date) -> list[Finding]:
    """Answers that are owed and not late yet."""
    policy = registry.read_policy_on(connection, today)
    clocks = (policy.number("answer_days"), policy.number("escalation_days"))
    made = []
    for objection in board_lives.open_objections(board_lives.lives(connection)):
        due = objection.due_on(*clocks)
        target = f"register:objections/{objection.id}"
        if due is not None and due >= today:
            text = _("Answer objection {number} by {day}.").format(
                number=objection.number, day=due.isoformat()
            )
            level = Severity.WARNING if due - today <= timedelta(days=2) else Severity.HINT
            made.append(Finding(ID, level, objection.number, text, "", target))
    return made[:MOST]
