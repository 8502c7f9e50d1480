"""What is asked of a notice on the board: D3 and D7 to D12."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.board import Act, Life, Objection, Shows, View
from villagebook.domain.finding import Severity
from villagebook.i18n import N_, N_many, _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

BOARD = frozenset({When.BOARD})
LEAST_REASON = 4

VIEWS = {
    View.WIDE: N_("a photo that shows the board with its surroundings"),
    View.READABLE: N_("a photo on which the figures can be read"),
}
OTHERS = {
    Shows.DIFFERS: N_("a photo of this very paper: figures on the photo differ from the book"),
    Shows.OTHER: N_("a photo of this very paper: the photo shows another notice of this village"),
    Shows.FOREIGN: N_("a photo of this very paper: the photo shows a notice of another book"),
}


def target(life_or_objection: Life | Objection) -> str:
    """Where it is repaired."""
    if isinstance(life_or_objection, Objection):
        return f"register:objections/{life_or_objection.id}"
    return f"notice:{life_or_objection.subject}"


def _late(facts: Facts) -> Iterator[Hit]:
    for life in facts.board.standing:
        days = life.late_days(facts.today)
        if days:
            yield Hit(life.number, {"number": life.number, "days": days}, target(life))


def _posting(facts: Facts) -> Iterator[Hit]:
    posting = facts.board.posting
    if posting is None:
        return
    number = facts.board.number
    lacking = [
        text
        for text, there in (
            (_("the place"), posting.place.strip()),
            (_("who posted it"), posting.person_id in facts.staff.persons),
            (_("day and time"), posting.posted_at),
        )
        if not there
    ]
    wrong = {p.shows for p in posting.photos if p.shows.is_other_paper}
    lacking += [_(OTHERS[s]) for s in OTHERS if s in wrong]
    if lacking:
        yield Hit(number, {"number": number, "what": "; ".join(lacking)})
    unseen = [_(VIEWS[view]) for view in View if view not in posting.views()]
    if unseen:
        excused = len(posting.excuse.strip()) >= LEAST_REASON
        level = Severity.WARNING if excused else None
        yield Hit(number, {"number": number, "what": "; ".join(unseen)}, "", level)


def _places(facts: Facts) -> Iterator[Hit]:
    for life in _put_away(facts):
        for place in life.missing_places():
            yield Hit(life.number, {"number": life.number, "place": place}, target(life))


def _put_away(facts: Facts) -> tuple[Life, ...]:
    """The notice to be archived and the corrections that hang beside it."""
    act = facts.board.archiving
    return tuple(life for life in act.life.beside() if life.final or life is act.life) if act else ()


def _days(facts: Facts) -> Iterator[Hit]:
    for life in _put_away(facts):
        if life.replaced_by():
            continue  # a wrong sheet comes down; the one that stands for it has its own days
        for place, days in life.short_places(facts.today):
            if place not in life.missing_places():
                values = {"number": life.number, "place": place, "days": days, "least": life.min_days}
                yield Hit(life.number, values, target(life))


def _answers_late(facts: Facts) -> Iterator[Hit]:
    answer, passed = facts.policy.number("answer_days"), facts.policy.number("escalation_days")
    for objection in facts.board.open_objections:
        due = objection.due_on(answer, passed)
        if due is not None and facts.today > due:
            values = {"number": objection.number, "due": due.isoformat(), "days": (facts.today - due).days}
            yield Hit(objection.number, values, target(objection))


def _unanswered(facts: Facts) -> Iterator[Hit]:
    closing, archiving = facts.board.closing, facts.board.archiving
    asked = [closing.objection] if closing else list(archiving.life.objections) if archiving else []
    for objection in asked:
        if not objection.answered:
            yield Hit(objection.number, {"number": objection.number}, target(objection))


def _uncorrected(facts: Facts) -> Iterator[Hit]:
    closing, archiving = facts.board.closing, facts.board.archiving
    if closing and closing.objection.upheld and not closing.corrected:
        yield Hit(closing.objection.number, {"number": closing.objection.number}, target(closing.objection))
    for objection in archiving.life.objections if archiving else ():
        if objection.upheld and archiving and archiving.life.correction_of(objection) is None:
            yield Hit(objection.number, {"number": objection.number}, target(objection))


def _never_corrected(facts: Facts) -> Iterator[Hit]:
    least = facts.policy.number("answer_days")
    for life, objection in ((one, o) for one in facts.board.standing for o in one.objections):
        upheld = objection.last(Act.UPHELD)
        days = (facts.today - upheld.day).days if upheld else 0
        if days > least and life.correction_of(objection) is None:
            yield Hit(objection.number, {"number": objection.number, "days": days}, target(objection))


def _incomplete(facts: Facts) -> Iterator[Hit]:
    act = facts.board.archiving
    if act is None:
        return
    for life in _put_away(facts):
        lacking = []
        if not life.final or not life.reviews:
            lacking.append(_("the review of the supervisors"))
        lacking += [_("the removal at {place}").format(place=hang.posting.place) for hang in life.hanging()]
        lacking += [
            _("the photos at {place}").format(place=place)
            for place in dict.fromkeys(h.posting.place for h in life.hangs)
            if not any(h.posting.place == place and h not in life.without_photos() for h in life.hangs)
        ]
        if life is act.life:
            lacking += [
                _("the end of objection {number}").format(number=o.number)
                for o in life.objections
                if o.answered and not o.closed and o.last(Act.UPHELD) is None
            ]
            lacking += act.unkept
        if lacking:
            yield Hit(life.number, {"number": life.number, "what": "; ".join(lacking)}, target(life))


RULES = (
    Rule(
        "DIS-05",
        "D3",
        Severity.WARNING,
        BOARD,
        "[L] 重庆实施办法 30; [R] R20, R21",
        N_("A notice hangs in time"),
        N_("What is posted months later nobody can question while it can still be set right."),
        N_many(
            "Notice {number} is {days} day late: it has to hang at every place by the day that is set.",
            "Notice {number} is {days} days late: it has to hang at every place by the day that is set.",
            "days",
        ),
        _late,
    ),
    Rule(
        "DIS-09",
        "D7",
        Severity.HOLD,
        BOARD,
        "[R] A10; [D]",
        N_("A posting is recorded with day, place, person and photos"),
        N_("Inspectors ask for the photo of the notice; without it nobody knows whether it ever hung."),
        N_("The posting of {number} lacks: {what}. Complete it, or write down why the photo is missing."),
        _posting,
    ),
    Rule(
        "DIS-10",
        "D8",
        Severity.HOLD,
        BOARD,
        "[L] 山东省村务公开条例 13; 重庆实施办法 28",
        N_("A notice hangs at every board of the village"),
        N_("Who lives in another hamlet has the same right to see it."),
        N_("{number} never hung at {place}. Post it there; its days count from then."),
        _places,
    ),
    Rule(
        "DIS-11",
        "D9",
        Severity.ERROR,
        BOARD,
        "[L] 山东省村务公开条例 13; 重庆实施办法 30",
        N_("A notice stands its days before it is archived"),
        N_("A sheet that was torn down after two days was not disclosed."),
        N_many(
            "{number} hung {days} day at {place}; {least} are asked. Leave it up, or post it again: the days then count anew.",
            "{number} hung {days} days at {place}; {least} are asked. Leave it up, or post it again: the days then count anew.",
            "days",
        ),
        _days,
    ),
    Rule(
        "DIS-12",
        "D10",
        Severity.WARNING,
        BOARD,
        "[L] 山东省村务公开条例 16; 重庆实施办法 31; L9, L13",
        N_("Objections are answered in time"),
        N_("A question that waits turns into a petition."),
        N_many(
            "The answer to objection {number} was due on {due}, {days} day ago. Answer it today.",
            "The answer to objection {number} was due on {due}, {days} days ago. Answer it today.",
            "days",
        ),
        _answers_late,
    ),
    Rule(
        "DIS-13",
        "D10",
        Severity.ERROR,
        BOARD,
        "[L] 山东省村务公开条例 16; 重庆实施办法 31",
        N_("No objection is closed or put away without an answer"),
        N_("Silence is not an answer, and an archive with open questions is not complete."),
        N_("Objection {number} has no answer. Enter the answer first."),
        _unanswered,
    ),
    Rule(
        "DIS-14",
        "D11",
        Severity.ERROR,
        BOARD,
        "[L] 重庆实施办法 31",
        N_("A proven error is corrected on the board"),
        N_("Who read the wrong figure on the board has to read the right one there."),
        N_(
            "Objection {number} is upheld. Make the correction notice, have it reviewed, and record its posting at every place."
        ),
        _uncorrected,
    ),
    Rule(
        "DIS-15",
        "D12",
        Severity.ERROR,
        BOARD,
        "村民委员会组织法 34 [N] N1; [R] A10",
        N_("What is archived is complete"),
        N_("In three years somebody will ask for exactly the sheet that is missing."),
        N_("The archive of {number} lacks: {what}."),
        _incomplete,
    ),
    Rule(
        "DIS-47",
        "D11",
        Severity.WARNING,
        BOARD,
        "[L] 重庆实施办法 31; [D]",
        N_("What was upheld is corrected soon"),
        N_("An error that was admitted and left hanging is worse than one nobody saw."),
        N_(
            "Objection {number} was upheld {days} days ago and no correction hangs yet. Make it, have it reviewed and post it."
        ),
        _never_corrected,
    ),
)
