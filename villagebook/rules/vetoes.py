"""Who lifts a veto, whose signature is late, what was refused. AP4, AP10."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.i18n import N_, N_many, _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})


def _not_liftable(facts: Facts) -> Iterator[Hit]:
    act = facts.resolutions.lifting
    if act is None:
        return
    document = act.document
    if document is None or act.rejected_on is None:
        yield Hit("-", {"why": _("nobody has rejected this document, or its veto is lifted already.")})
        return
    found = []
    if act.on < act.rejected_on or act.on > facts.today:
        text = _("choose a day from {day} to today.")
        found.append(text.format(day=act.rejected_on.isoformat()))
    if act.by_township:
        posts = {p.value for p in facts.staff.posts_of(act.person_id, act.on)}
        if "township" not in posts:
            text = _("{name} is no township officer on that day; the village cannot lift it by itself.")
            found.append(text.format(name=facts.staff.name(act.person_id) or "-"))
        if not act.reference.strip() or not act.evidence:
            found.append(_("enter the number of the township's decision and attach its picture."))
    for why in found:
        yield Hit(document.summary or document.id, {"why": why}, f"register:vetoes/{document.id}")


def _late(facts: Facts) -> Iterator[Hit]:
    for late in facts.resolutions.late:
        values: dict[str, object] = {
            "slot": late.slot,
            "since": late.since.isoformat(),
            "days": late.late_days,
        }
        yield Hit(late.label, values, f"document:{late.document_id}")


def _refused(facts: Facts) -> Iterator[Hit]:
    for one in facts.resolutions.refused:
        values: dict[str, object] = {"name": one.name, "day": one.on.isoformat(), "reason": one.reason}
        yield Hit(one.label, values, f"register:vetoes/{one.document_id}")


RULES = (
    Rule(
        "AP-08",
        "AP4",
        Severity.ERROR,
        REGISTER,
        "2003 four ministries' opinion [N] N15; [R] R3, R5",
        N_("A veto is lifted by the representatives or by the township"),
        N_("Who wanted to pay cannot also say that the no does not count."),
        N_("The veto stays: {why}"),
        _not_liftable,
    ),
    Rule(
        "AP-16",
        "AP10",
        Severity.WARNING,
        frozenset({When.CLOSE}),
        "[D]",
        N_("Signatures come in time"),
        N_("A bill that lies in a drawer is decided by whoever owns the drawer; waiting never approves it."),
        N_many(
            "Slot {slot} waits since {since}, {days} day beyond what the township allows. Ask who has it.",
            "Slot {slot} waits since {since}, {days} days beyond what the township allows. Ask who has it.",
            "days",
        ),
        _late,
    ),
    Rule(
        "AP-34",
        "AP20",
        Severity.WARNING,
        frozenset({When.CLOSE}),
        "会计法 26 [N]; [L] L13",
        N_("What finance staff would not book is told"),
        N_(
            "Whoever books may and must refuse what is against the rules; a refusal nobody hears of protects nobody."
        ),
        N_(
            "{name} would not book this on {day}: {reason}. Supervision looks at it; the township is told by the package."
        ),
        _refused,
    ),
)
