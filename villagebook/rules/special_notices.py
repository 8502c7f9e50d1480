"""Notices that events, requests, audits and the yearly assembly call for: D13 to D17."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from villagebook.domain.duty import Duty, Event
from villagebook.domain.finding import Severity
from villagebook.domain.request import Askers
from villagebook.i18n import N_, N_many, _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

BOARD, CLOSE = frozenset({When.BOARD}), frozenset({When.CLOSE})
GATES = BOARD | CLOSE
MOST = 20
"""Findings of one kind; the list of special notices has them all."""
LEAST = 4


def _softly(facts: Facts) -> Severity | None:
    """It stops what is put away; anywhere else it is only said."""
    return None if facts.board.archiving else Severity.WARNING


def _hit(duty: Duty, facts: Facts, severity: Severity | None) -> Hit:
    values: dict[str, object] = {
        "name": duty.happened.name,
        "day": duty.happened.day.isoformat(),
        "due": duty.due_on.isoformat(),
        "days": duty.late_days(facts.today),
    }
    target = facts.duties.targets.get(duty.happened.key, "register:duties")
    return Hit(duty.happened.name, values, target, severity)


def _special(facts: Facts) -> Iterator[Hit]:
    late = [d for d in facts.duties.late if d.happened.event not in (Event.MAJOR, Event.REQUEST)]
    yield from (_hit(d, facts, _softly(facts)) for d in late[:MOST])


def _major(facts: Facts) -> Iterator[Hit]:
    late = [d for d in facts.duties.late if d.happened.event is Event.MAJOR]
    yield from (_hit(d, facts, None) for d in late[:MOST])


def _assembly(facts: Facts) -> Iterator[Hit]:
    least = facts.policy.number("pack_days")
    for one in facts.duties.assemblies:
        if one.days < least:
            values: dict[str, object] = {
                "number": one.number,
                "day": one.held_on.isoformat(),
                "year": one.year,
                "days": one.days,
                "least": least,
            }
            yield Hit(one.number, values, f"register:laid-open/{one.year}")


def _audits(facts: Facts) -> Iterator[Hit]:
    for left in facts.duties.left:
        before = left.next_from
        if left.audited_on is None:
            text = _("nobody has audited {name}, who left on {day}")
            why = text.format(name=left.name, day=left.to_on.isoformat())
        elif left.shown_on is None or (before is not None and left.shown_on >= before):
            text = _("the leaving audit of {name} did not hang before the next one took office")
            why = text.format(name=left.name)
        else:
            continue
        yield Hit(left.name, {"why": why}, "register:audits")
    for number, point, due in facts.duties.overdue:
        text = _("point {no} of audit {number} was to be mended by {day}: {text}")
        why = text.format(no=point.no, number=number, day=due.isoformat(), text=point.text)
        yield Hit(number, {"why": why}, f"register:audits/{number}")


def _requests(facts: Facts) -> Iterator[Hit]:
    for duty in facts.duties.late:
        if duty.happened.event is Event.REQUEST:
            text = _(
                "{name}: its own notice was due on {due} and does not hang. Compile it; nobody may hold it back"
            )
            why = text.format(name=duty.happened.name, due=duty.due_on.isoformat())
            target = facts.duties.targets.get(duty.happened.key, "register:requests")
            yield Hit(duty.happened.name, {"why": why}, target, _softly(facts))
    for why in _problems(facts):
        yield Hit(_("request"), {"why": why})


def _problems(facts: Facts) -> Iterator[str]:
    """Why a request cannot be entered as it was typed."""
    made = facts.duties.request
    if made is None:
        return
    if len(made.text.strip()) < LEAST:
        yield _("write down what is asked for, in the words of who asks")
    if made.wanted.is_empty:
        yield _("say which entries are meant: an account, a party, an entry of a register or a word")
    if made.asked_by < 1:
        yield _("say how many asked")
    if made.received_on > facts.today:
        yield _("it cannot have come on a day that is still to come")
    if made.askers is Askers.FINANCE_GROUP:
        return
    known = facts.duties.entitled_known
    if made.entitled < 1:
        yield _("say how many villagers or representatives there are")
    elif known is not None and made.entitled != known:
        yield _("the register of households counts {n}").format(n=known)
    if made.entitled and made.asked_by > made.entitled:
        yield _("more have signed than there are")
    if not made.scan or not facts.duties.scan_kept:
        yield _("the picture of the signatures is not in the book")


_STOPPING = (
    Rule(
        "DIS-16",
        "D13",
        Severity.HOLD,
        BOARD,
        "农经发〔2011〕13号 [N] N7; 村民委员会组织法 24, 30 [N] N1",
        N_("What calls for a notice of its own gets one"),
        N_("A contract, a sale or a loan that stands only among a month's entries is not seen by anybody."),
        N_many(
            "{name} ({day}): its special notice was due on {due}, {days} day ago. Compile it, have it reviewed and post it.",
            "{name} ({day}): its special notice was due on {due}, {days} days ago. Compile it, have it reviewed and post it.",
            "days",
        ),
        _special,
    ),
    Rule(
        "DIS-17",
        "D14",
        Severity.WARNING,
        GATES,
        "[L] 浙江村务公开 25; [R] R26",
        N_("Large sums are shown within days"),
        N_("Who waits for the month's sheet hears of the large sum when it is gone."),
        N_many(
            "{name} ({day}) is a large sum and was to hang by {due}, {days} day ago. Post its own notice, or the month's.",
            "{name} ({day}) is a large sum and was to hang by {due}, {days} days ago. Post its own notice, or the month's.",
            "days",
        ),
        _major,
    ),
    Rule(
        "DIS-18",
        "D15",
        Severity.HOLD,
        frozenset({When.YEAR}),
        "农村集体经济组织法 13, 46 [N] N2",
        N_("The yearly papers lie open before the assembly"),
        N_("Who sees the figures on the evening of the vote votes on trust."),
        N_many(
            "Meeting {number} of {day} decided on {year} when the papers had lain open for {days} day; {least} are asked. Lay them open and let the meeting decide again.",
            "Meeting {number} of {day} decided on {year} when the papers had lain open for {days} days; {least} are asked. Lay them open and let the meeting decide again.",
            "days",
        ),
        _assembly,
    ),
    Rule(
        "DIS-19",
        "D16",
        Severity.WARNING,
        GATES,
        "村民委员会组织法 35 [N] N1; [L] 浙江村务公开 40",
        N_("Audits are made, their points mended and shown"),
        N_("An audit that nobody reads and nobody acts on has found nothing."),
        N_("Audits: {why}."),
        _audits,
    ),
    Rule(
        "DIS-20",
        "D17",
        Severity.ERROR,
        frozenset({When.BOARD, When.REGISTER}),
        "[L] 山东省村务公开条例 8; 农经发〔2011〕13号 [N] N7",
        N_("What enough people ask for is shown"),
        N_("What a tenth of the village wants to know is not for a committee to keep back."),
        N_("Request: {why}."),
        _requests,
    ),
)

_SAID = {"DIS-16": CLOSE, "DIS-18": frozenset({When.REGISTER}), "DIS-20": CLOSE}
"""Where the same is only said: what is late when a month is closed, an assembly when it is recorded as it was."""

RULES = (
    *_STOPPING,
    *(replace(r, level=Severity.WARNING, when=_SAID[r.id]) for r in _STOPPING if r.id in _SAID),
)
