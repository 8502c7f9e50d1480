"""Objections to a notice: entered also without a name, answered within clocks, passed on, upheld, closed (D10, D11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.board import Act, Content, Life, Objection, Received
from villagebook.i18n import N_, _
from villagebook.rules.board_facts import BoardFacts, Closing
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import board_lives
from villagebook.services.disclosure.board import TOPIC
from villagebook.services.disclosure.board_contents import lines_of, paper_of
from villagebook.services.gate import pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import board as store
from villagebook.storage.book import Book

HOW = {
    Received.BOX: N_("box beside the board"),
    Received.PAPER: N_("letter or paper"),
    Received.SPOKEN: N_("spoken"),
    Received.PHONE: N_("telephone"),
    Received.SUPERVISION: N_("through the supervision committee"),
    Received.TOWNSHIP: N_("through the township"),
}
TOLD = {
    Act.ANSWERED: N_("the answer to objection {number}"),
    Act.ESCALATED: N_("the passing on of objection {number}"),
    Act.UPHELD: N_("the decision on objection {number}"),
    Act.CLOSED: N_("the end of objection {number}"),
}
LEAST = 4


def enter(book: Book, objection: Objection, by: By) -> Objection:
    """Enter a doubt about a notice; it gets the next number of the year. A name is never asked for.

    Raises Refused (DIS-12): no text, no such notice or line, a day in the future, a paper that is not in the book.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        life = board_lives.life_of(connection, objection.subject).life
        lines = max((no for no, _words in lines_of(paper_of(connection, life.subject))), default=0)
        problems = []
        if len(objection.text.strip()) < LEAST:
            problems.append(_("Write down what is doubted, in the words of who asked."))
        if not 0 <= objection.line <= lines:
            text = _("The notice has lines 1 to {n}; 0 is the notice as a whole.")
            problems.append(text.format(n=lines))
        if objection.received_on > by.day:
            problems.append(_("It cannot have come on a day that is still to come."))
        if objection.scan and objection.scan not in store.scanned(connection):
            problems.append(_("The paper is not in the book: take it in again."))
        refuse("DIS-12", life.number, problems)
        year = objection.received_on.year
        count = sum(o.received_on.year == year for o in store.objections(connection))
        made = replace(
            objection,
            id=new_id(),
            number=f"{year}-Y{count + 1:02d}",
            who=objection.who.strip(),
            text=objection.text.strip(),
            steps=(),
        )
        data: dict[str, object] = {
            "id": made.id,
            "number": made.number,
            "subject": made.subject,
            "line": made.line,
            "received_on": made.received_on.isoformat(),
            "how": made.how.value,
            "text": made.text,
        }
        data |= {key: value for key, value in (("who", made.who), ("scan", made.scan)) if value}
        writing.log("objection.entered", data, new_id(), TOPIC)
        return made


def answer(book: Book, objection_id: str, who: str, text: str, content: Content, day: date, by: By) -> None:
    """The answer in full, with whether it satisfied who asked. Raises Refused (DIS-12)."""
    _step(book, objection_id, Act.ANSWERED, who, text, day, by, content)


def escalate(book: Book, objection_id: str, authority: str, text: str, day: date, by: By) -> None:
    """Passed on to the township or the county, whose answer is owed from then on. Raises Refused (DIS-12)."""
    _step(book, objection_id, Act.ESCALATED, authority, text, day, by)


def uphold(book: Book, objection_id: str, who: str, decision: str, day: date, by: By) -> None:
    """The notice was wrong: a correction has to hang before the objection can be closed. Raises Refused (DIS-12)."""
    _step(book, objection_id, Act.UPHELD, who, decision, day, by)


def close(book: Book, objection_id: str, who: str, decision: str, day: date, by: By) -> None:
    """The end. Raises Refused: unanswered (DIS-13), upheld and not corrected on the board (DIS-14), no decision (DIS-12)."""
    _step(book, objection_id, Act.CLOSED, who, decision, day, by)


def _step(
    book: Book,
    objection_id: str,
    act: Act,
    who: str,
    text: str,
    day: date,
    by: By,
    content: Content = Content.UNKNOWN,
) -> None:
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        found = next((o for o in store.objections(connection) if o.id == objection_id), None)
        if found is None:
            refuse("DIS-12", objection_id, [_("There is no such objection.")])
            return
        refuse(
            "DIS-12",
            found.number,
            _problems(found, act, who, text, day, by),
            f"register:objections/{found.id}",
        )
        life = board_lives.life_of(connection, found.subject).life
        closing = Closing(found, life.correction_of(found) is not None) if act is Act.CLOSED else None
        told = ((_(TOLD[act]).format(number=found.number), day),)
        facts = gather.ground(connection, book.info, by.day)
        pass_or_refuse(replace(facts, board=BoardFacts(life.number, closing=closing, told=told)), When.BOARD)
        data: dict[str, object] = {
            "id": objection_id,
            "day": day.isoformat(),
            "who": who.strip(),
            "text": text.strip(),
        }
        if act is Act.ANSWERED:
            data["content"] = content.value
        writing.log(f"objection.{act.value}", data, new_id(), TOPIC)


def _problems(found: Objection, act: Act, who: str, text: str, day: date, by: By) -> list[str]:
    problems = []
    if found.closed:
        problems.append(_("Objection {number} is closed.").format(number=found.number))
    if act is Act.UPHELD and found.upheld:
        problems.append(_("Objection {number} is upheld already.").format(number=found.number))
    if not who.strip():
        words = {
            Act.ESCALATED: _("Say to which authority it goes."),
            Act.ANSWERED: _("Say who gave the answer."),
        }
        problems.append(words.get(act, _("Say who decided.")))
    if len(text.strip()) < LEAST:
        problems.append(_("Write it down in at least four characters: it is printed beside the question."))
    last = max((found.received_on, *(s.day for s in found.steps)))
    if day > by.day:
        problems.append(_("It cannot have been on a day that is still to come."))
    if day < last:
        text_ = _("The step before it was on {day}; a day before that cannot be.")
        problems.append(text_.format(day=last.isoformat()))
    return problems


def listing(book: Book) -> tuple[tuple[Objection, Life], ...]:
    """The register, newest first, each with the notice it doubts."""
    found = [(o, told.life) for told in board_lives.notice_lives(book) for o in told.life.objections]
    return tuple(sorted(found, key=lambda pair: (pair[0].received_on, pair[0].number), reverse=True))
