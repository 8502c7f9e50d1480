"""Two lists: every notice with what happened to it on the board, and the register of objections."""

from __future__ import annotations

from datetime import date

from villagebook.domain.board import Act, Content, Life, Objection, Stage
from villagebook.domain.people import Staff
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.by import today
from villagebook.services.disclosure import board_lives, objections
from villagebook.services.disclosure.board_contents import about_line, paper_of
from villagebook.services.disclosure.board_papers import outcome
from villagebook.storage import board as store
from villagebook.storage import registry
from villagebook.storage.book import Book

STAGES = {
    Stage.REVIEW: N_("with supervision"),
    Stage.SIGNED: N_("signed, to be posted"),
    Stage.POSTED: N_("on the board"),
    Stage.STOOD: N_("has stood its days"),
    Stage.REMOVED: N_("taken down, to be archived"),
    Stage.ARCHIVED: N_("archived"),
}
CONTENT = {Content.YES: N_("satisfied"), Content.NO: N_("not satisfied"), Content.UNKNOWN: N_("not known")}


def make(book: Book, name: str, span: Span) -> Table:
    """`notices` or `objections`, of notices that touch these months. KeyError for another name."""
    return {"notices": notices, "objections": register}[name](book, span)


def stage_words(life: Life, day: date) -> str:
    words = _(STAGES[life.stage(day)])
    newer = life.replaced_by()
    return _("{state}, replaced by {number}").format(state=words, number=newer) if newer else words


def notices(book: Book, span: Span) -> Table:
    """A row per place a notice or correction hung, or has to hang: the posting record inspectors ask for."""
    day = today()
    with book.reading() as connection:
        staff = registry.read_staff(connection)
    columns = (
        Column("number", _("Notice no."), Shape.TEXT, 16),
        Column("period", _("Months"), Shape.TEXT, 9),
        Column("state", _("State"), Shape.TEXT, 12),
        Column("due", _("To be posted by"), Shape.DAY, 9),
        Column("late", _("Days late"), Shape.COUNT, 5),
        Column("place", _("Board"), Shape.TEXT, 12),
        Column("posted", _("Posted on"), Shape.TEXT, 12),
        Column("person", _("Posted by"), Shape.TEXT, 7),
        Column("photos", _("Photos"), Shape.COUNT, 5),
        Column("removed", _("Taken down"), Shape.DAY, 9),
        Column("days", _("Days up"), Shape.COUNT, 5),
        Column("least", _("Days asked"), Shape.COUNT, 5),
        Column("why", _("Why it came down"), Shape.TEXT, 14),
        Column("objections", _("Objections"), Shape.COUNT, 6),
        Column("archived", _("Archived"), Shape.DAY, 9),
    )
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for told in reversed(board_lives.notice_lives(book)):
        if told.span.last < span.first or told.span.first > span.last:
            continue
        for life in told.life.beside():
            head = (
                life.number,
                str(told.span),
                stage_words(life, day),
                life.due_on.isoformat() if life.due_on else "",
                life.late_days(day) or None,
            )
            tail = (len(life.objections) or None, life.archived_on.isoformat() if life.archived_on else "")
            for place in _places(life):
                for hung in _hangings(life, place, staff, day):
                    rows.append((*head, place, *hung, *tail))
                    targets.append(f"notice:{told.life.subject}")
    title = _("Notices on the board")
    return Table("notices", title, str(span), columns, tuple(rows), 0, tuple(targets))


def _hangings(life: Life, place: str, staff: Staff, day: date) -> list[tuple[Cell, ...]]:
    """When it hung at a place, who posted it, with how many photos; one row that says nothing where it never hung."""
    found: list[tuple[Cell, ...]] = [
        (
            hang.posting.posted_at.isoformat(" ", "minutes") if hang.posting.posted_at else "",
            staff.name(hang.posting.person_id),
            len(hang.posting.photos),
            hang.removal.removed_on.isoformat() if hang.removal else "",
            hang.days(day),
            life.min_days,
            hang.removal.why if hang.removal else "",
        )
        for hang in life.hangs
        if hang.posting.place == place
    ]
    return found or [("", "", None, "", None, life.min_days, "")]


def _places(life: Life) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*life.places, *(h.posting.place for h in life.hangs)))) or ("",)


def register(book: Book, span: Span) -> Table:
    """Every objection with its answer, its clock and its end, in the order of their numbers."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, today())
        papers = {
            told.life.subject: paper_of(connection, told.life.subject)
            for told in (board_lives.lives(connection) if store.objections(connection) else ())
            if told.life.objections
        }
    columns = (
        Column("number", _("Objection no."), Shape.TEXT, 8),
        Column("received", _("Received"), Shape.DAY, 9),
        Column("how", _("How"), Shape.TEXT, 10),
        Column("who", _("From whom"), Shape.TEXT, 8),
        Column("notice", _("About notice"), Shape.TEXT, 16),
        Column("about", _("About line"), Shape.TEXT, 14),
        Column("text", _("Question"), Shape.TEXT, 20),
        Column("due", _("Answer due"), Shape.DAY, 9),
        Column("answered", _("Answered"), Shape.DAY, 9),
        Column("by", _("Answered by"), Shape.TEXT, 8),
        Column("answer", _("The answer"), Shape.TEXT, 20),
        Column("content", _("Satisfied?"), Shape.TEXT, 7),
        Column("passed", _("Passed on to"), Shape.TEXT, 10),
        Column("outcome", _("Outcome"), Shape.TEXT, 12),
        Column("closed", _("Closed"), Shape.DAY, 9),
    )
    clocks = (policy.number("answer_days"), policy.number("escalation_days"))
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for told in board_lives.notice_lives(book):
        if told.span.last < span.first or told.span.first > span.last:
            continue
        for objection in told.life.objections:
            rows.append(
                _row(objection, told.life, about_line(papers[told.life.subject], objection.line), clocks)
            )
            targets.append(f"register:objections/{objection.id}")
    ordered = sorted(zip(rows, targets, strict=True), key=lambda pair: str(pair[0][0]))
    return Table(
        "objections",
        _("Register of objections"),
        str(span),
        columns,
        tuple(row for row, _target in ordered),
        0,
        tuple(target for _row_, target in ordered),
    )


def _row(objection: Objection, life: Life, line: str, clocks: tuple[int, int]) -> tuple[Cell, ...]:
    answer, passed, end = (objection.last(a) for a in (Act.ANSWERED, Act.ESCALATED, Act.CLOSED))
    due = objection.due_on(*clocks)
    return (
        objection.number,
        objection.received_on.isoformat(),
        _(objections.HOW[objection.how]),
        objection.who or _("without a name"),
        life.number,
        line,
        objection.text,
        due.isoformat() if due else "",
        answer.day.isoformat() if answer else "",
        answer.who if answer else "",
        answer.text if answer else "",
        _(CONTENT[answer.content]) if answer else "",
        f"{passed.day.isoformat()} {passed.who}" if passed else "",
        outcome(objection, life),
        end.day.isoformat() if end else "",
    )
