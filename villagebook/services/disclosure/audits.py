"""Audits and inspections: recorded with their points, mended point by point, shown on the board (D16, form F10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from villagebook.domain.audit import Audit, AuditKind, AuditPoint, Mended
from villagebook.domain.duty import Duty
from villagebook.domain.people import PostKind
from villagebook.domain.policy import Policy
from villagebook.domain.sheet import SheetForm
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.rules.duty_facts import Left
from villagebook.rules.post_words import post_title
from villagebook.services.by import By, new_id
from villagebook.services.gate import refuse
from villagebook.storage import board as board_store
from villagebook.storage import openness as store
from villagebook.storage import registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

TOPICS = ("registers", "notices")
LEAST = 4
ID = "DIS-19"

KINDS = {
    AuditKind.YEARLY: N_("yearly audit"),
    AuditKind.LEAVING: N_("audit of a leaver"),
    AuditKind.SPECIAL: N_("special audit"),
    AuditKind.INSPECTION: N_("inspection"),
    AuditKind.TOWNSHIP: N_("answer of the township"),
}


def record(book: Book, audit: Audit, by: By) -> Audit:
    """Put an audit on file with its points; it gets the next number of the year. Raises Refused (DIS-19)."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        made = replace(
            audit,
            auditor=audit.auditor.strip(),
            about=audit.about.strip(),
            result=audit.result.strip(),
            points=tuple(replace(p, no=n, text=p.text.strip()) for n, p in enumerate(audit.points, 1)),
            mended=(),
        )
        refuse(ID, made.about or made.auditor or "-", _problems(connection, made, by), "register:audits")
        year = made.reported_on.year
        count = sum(a.reported_on.year == year for a in store.audits(connection))
        made = replace(made, id=new_id(), number=f"{year}-S{count + 1:02d}")
        writing.log("audit.recorded", made.to_data(), new_id(), *TOPICS)
        return made


def _problems(connection: Connection, made: Audit, by: By) -> list[str]:
    found = []
    if len(made.auditor) < 2:
        found.append(_("Say who audited, as on the report."))
    if len(made.about) < 2:
        found.append(_("Say what was audited."))
    if len(made.result) < LEAST:
        found.append(_("Write the result in a sentence: it hangs on the board."))
    if made.reported_on > by.day:
        found.append(_("It cannot have been on a day that is still to come."))
    if any(len(p.text) < LEAST for p in made.points):
        found.append(_("Write each point in at least four characters."))
    if any(p.amount_fen < 0 for p in made.points):
        found.append(_("Amounts are not negative."))
    posts = {p.id for p in registry.read_staff(connection).posts}
    if made.kind is AuditKind.LEAVING and made.post_id not in posts:
        found.append(_("Choose the office that was left."))
    if any(a.sha256 not in board_store.scanned(connection) for a in made.papers):
        found.append(_("The paper is not in the book: take it in again."))
    return found


def mend(book: Book, told: Mended, by: By) -> None:
    """Record what was done about a point; the newest word counts. Raises Refused (DIS-19)."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        audit = store.audit(connection, told.audit_id)
        point = next((p for p in audit.points if p.no == told.no), None) if audit else None
        found = []
        if audit is None or point is None:
            found.append(_("There is no such point."))
        elif told.day < audit.reported_on:
            found.append(_("It cannot have been mended before it was found."))
        if told.day > by.day:
            found.append(_("It cannot have been on a day that is still to come."))
        if len(told.text.strip()) < LEAST:
            found.append(_("Say what was done, in at least four characters: it hangs on the board."))
        if not told.who.strip():
            found.append(_("Say who answers for it."))
        if told.recovered_fen < 0:
            found.append(_("Amounts are not negative."))
        if told.proof and told.proof not in board_store.scanned(connection):
            found.append(_("The paper is not in the book: take it in again."))
        number = audit.number if audit else told.audit_id
        refuse(ID, number, found, f"register:audits/{number}")
        data: dict[str, object] = {
            "audit_id": told.audit_id,
            "no": told.no,
            "day": told.day.isoformat(),
            "text": told.text.strip(),
            "who": told.who.strip(),
            "done": told.done,
        }
        more = {"recovered_fen": told.recovered_fen, "proof": told.proof}
        writing.log("audit.mended", data | {k: v for k, v in more.items() if v}, new_id(), *TOPICS)


def listing(book: Book) -> tuple[Audit, ...]:
    """Every audit, the newest report first."""
    with book.reading() as connection:
        return tuple(reversed(store.audits(connection)))


# ---- what the rules want to know ----


def due_on(audit: Audit, point: AuditPoint, policy: Policy) -> date:
    """By when a point is to be mended: as the report says, else by the township's days."""
    return point.due_on or audit.reported_on + timedelta(days=policy.number("mend_days"))


def overdue(connection: Connection, policy: Policy, today: date) -> tuple[tuple[str, AuditPoint, date], ...]:
    """Open points whose day has passed."""
    return tuple(
        (audit.number, point, due)
        for audit in store.audits(connection)
        for point in audit.open_points()
        if (due := due_on(audit, point, policy)) < today
    )


def left_offices(
    connection: Connection, info: BookInfo, policy: Policy, found: tuple[Duty, ...], today: date
) -> tuple[Left, ...]:
    """Offices that ended since the book began, with their leaving audit; an office without a person after it counts, too."""
    staff = registry.read_staff(connection)
    wanted = [PostKind(k) for k in policy.words["leaving_audit_posts"]]
    audits = {a.post_id: a for a in store.audits(connection) if a.kind is AuditKind.LEAVING}
    shown = {
        d.happened.papers[0].subject.partition(":")[2]: d.met_on
        for d in found
        if d.happened.papers[0].form == SheetForm.AUDIT.value and d.met_on
    }
    made = []
    for post in staff.posts:
        if post.kind not in wanted or post.to_on is None or not info.start.first_day <= post.to_on < today:
            continue
        after = [p for p in staff.posts if p.kind is post.kind and p.from_on > post.to_on]
        if after and min(after, key=lambda p: p.from_on).person_id == post.person_id:
            continue  # elected again: nobody left
        audit = audits.get(post.id)
        name = f"{staff.name(post.person_id)} {post_title(post.kind)}"
        made.append(
            Left(
                post.id,
                name,
                post.to_on,
                min((p.from_on for p in after), default=None),
                audit.reported_on if audit else None,
                shown.get(audit.number) if audit else None,
            )
        )
    return tuple(made)


# ---- the list ----


def table(book: Book, today: date) -> Table:
    """`audits`: a row per point with what was done about it; an audit without points is one row."""
    columns = (
        Column("number", _("Audit no."), Shape.TEXT, 8),
        Column("reported", _("Reported on"), Shape.DAY, 9),
        Column("kind", _("Kind"), Shape.TEXT, 10),
        Column("auditor", _("Auditor"), Shape.TEXT, 12),
        Column("about", _("About"), Shape.TEXT, 14),
        Column("point", _("Point"), Shape.COUNT, 4),
        Column("text", _("What the audit found"), Shape.TEXT, 24),
        Column("amount", _("Amount"), Shape.MONEY, 9),
        Column("due", _("To be mended by"), Shape.DAY, 9),
        Column("state", _("State"), Shape.TEXT, 8),
        Column("mended", _("Mended on"), Shape.DAY, 9),
        Column("what", _("What was done"), Shape.TEXT, 24),
        Column("recovered", _("Came back"), Shape.MONEY, 9),
    )
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, today)
        found = tuple(reversed(store.audits(connection)))
    rows: list[tuple[Cell, ...]] = []
    targets = []
    for audit in found:
        head = (audit.number, audit.reported_on.isoformat(), _(KINDS[audit.kind]), audit.auditor, audit.about)
        for point in audit.points:
            rows.append((*head, *_point(audit, point, policy, today)))
            targets.append(f"register:audits/{audit.number}/{point.no}")
        if not audit.points:
            rows.append((*head, None, audit.result, None, "", _("nothing found"), "", "", None))
            targets.append(f"register:audits/{audit.number}")
    return Table("audits", _("Audits and what was done"), "", columns, tuple(rows), 0, tuple(targets))


def _point(audit: Audit, point: AuditPoint, policy: Policy, today: date) -> tuple[Cell, ...]:
    told = audit.last(point.no)
    due = due_on(audit, point, policy)
    return (
        point.no,
        point.text,
        point.amount_fen or None,
        due.isoformat(),
        state_words(audit, point, due, today),
        told.day.isoformat() if told else "",
        told.text if told else "",
        told.recovered_fen or None if told else None,
    )


def state_words(audit: Audit, point: AuditPoint, due: date, today: date) -> str:
    """Mended, under way, late, or not begun."""
    if audit.is_mended(point.no):
        return _("mended")
    if today > due:
        return _("late")
    return _("under way") if audit.last(point.no) else _("to be mended")
