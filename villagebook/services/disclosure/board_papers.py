"""F9 for one notice: its objections and their answers, freed of what must not hang on a board."""

from __future__ import annotations

from datetime import date

from villagebook.domain.answers import AnswerRow, Answers
from villagebook.domain.board import Act, Life, Objection
from villagebook.domain.people import SUPERVISION
from villagebook.domain.privacy import mask_person
from villagebook.domain.sheet import Paper
from villagebook.i18n import _
from villagebook.rules.disclosure import without_private
from villagebook.services.disclosure import board_lives
from villagebook.services.disclosure.board_contents import about_line, paper_of
from villagebook.services.disclosure.compiling import officials
from villagebook.services.gathering import facts as gather
from villagebook.services.reporting.statement_table import span_words
from villagebook.storage.book import Book


def answers(book: Book, notice_id: str, today: date) -> Answers:
    """The sheet as of a day. Raises Refused when there is no such notice."""
    with book.reading() as connection:
        life = board_lives.life_of(connection, notice_id).life
        notice = paper_of(connection, notice_id)
        base = gather.ground(connection, book.info, today)
        return Answers(
            book.info.village,
            life.number,
            span_words(notice.span),
            tuple(_row(o, life, notice) for o in life.objections),
            notice.objection_days,
            notice.answer_days,
            today,
            tuple(p.name for p in base.staff.holders(SUPERVISION, today)),
            officials(base.staff, today),
            notice.font_pt,
            base.policy.words["ask_at"],
        )


def answers_pdf(book: Book, notice_id: str, today: date, paper: str = "A3") -> bytes:
    from villagebook.reports.answers_pdf import render_answers

    return render_answers(answers(book, notice_id, today), paper=paper)


def _row(objection: Objection, life: Life, notice: Paper) -> AnswerRow:
    given = [s for s in objection.steps if s.act in (Act.ANSWERED, Act.CLOSED)]
    last = objection.last(Act.ANSWERED)
    words = "\n".join(dict.fromkeys(without_private(s.text) for s in given))
    return AnswerRow(
        objection.number,
        objection.received_on,
        mask_person(objection.who) if objection.who else _("without a name"),
        about_line(notice, objection.line),
        without_private(objection.text),
        words,
        f"{last.day.isoformat()}\n{last.who}" if last else "",
        outcome(objection, life),
    )


def outcome(objection: Objection, life: Life) -> str:
    """How it stands, in a few words."""
    if objection.upheld:
        made = life.correction_of(objection) or next(
            (c for c in life.corrections if c.objection == objection.id), None
        )
        if made is not None:
            return _("upheld, correction {number}").format(number=made.number.rpartition("-")[2])
        return _("upheld, to be corrected")
    if objection.closed:
        return _("the matter is closed")
    if not objection.answered:
        passed = objection.last(Act.ESCALATED)
        return _("lies with {authority}").format(authority=passed.who) if passed else _("waits for an answer")
    return _("answered")
