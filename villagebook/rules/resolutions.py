"""Resolutions: recorded as they were, drawn on only when the vote counts, and only up to what was resolved. AP9, AP17."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.project import ProjectKind
from villagebook.domain.resolution import Matter, OpenStep, Resolution, faults, is_competent
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import Draw, NewResolution
from villagebook.rules.resolution_words import BODIES, MATTERS, STEP_WORDS, faults_words
from villagebook.rules.rule import Hit, Rule, When

DRAWS = frozenset({When.SUBMIT, When.SIGN, When.POST, When.REGISTER, When.YEAR})
REGISTER = frozenset({When.REGISTER})
TARGET = "register:resolutions"
_REASON = 4
_LEVELS = {"hint": Severity.HINT, "warning": Severity.WARNING, "hold": Severity.HOLD}


def _target(number: str) -> str:
    return f"{TARGET}/{number}"


# ---- what stands on a resolution ----


def _not_counting(facts: Facts) -> Iterator[Hit]:
    for draw in facts.resolutions.draws:
        if draw.known is None:
            continue
        number = draw.cited.number
        if draw.known.annulled:
            why = _("it was annulled: {reason}").format(reason=draw.known.annulled)
            yield Hit(draw.where, {"number": number, "why": why}, _target(number))
        elif draw.known.faults:
            why = faults_words(draw.known.faults, draw.known.resolution, draw.known.quorum)
            yield Hit(draw.where, {"number": number, "why": why}, _target(number))
    new = facts.resolutions.new
    if new and (found := faults(new.resolution, new.quorum)):
        level = Severity.ERROR if new.replaces and new.drawn else Severity.WARNING
        number = new.resolution.number
        why = faults_words(found, new.resolution, new.quorum)
        yield Hit(number or "-", {"number": number, "why": why}, _target(number), level)


def _not_decided(facts: Facts) -> Iterator[Hit]:
    for draw in facts.resolutions.draws:
        why = _why_not_decided(draw)
        if why:
            number = draw.cited.text
            yield Hit(draw.where, {"number": number, "why": why}, draw.target or _target(draw.cited.number))
    new = facts.resolutions.new
    for item in new.resolution.items if new else ():
        if new and not is_competent(new.resolution.body, item.matter):
            level = Severity.ERROR if new.replaces and new.drawn else Severity.WARNING
            number = new.resolution.number
            yield Hit(
                number or "-", {"number": number, "why": _not_theirs(new.resolution, item.matter)}, "", level
            )


def _not_theirs(made: Resolution, matter: Matter) -> str:
    return _("{body} cannot decide on this matter: {matter}").format(
        body=_(BODIES[made.body]), matter=_(MATTERS[matter])
    )


def _why_not_decided(draw: Draw) -> str:
    """The first reason, "" when the item carries it."""
    if draw.known is None:
        return _("the register of resolutions has no such number") if draw.must_be_known else ""
    made, standing = draw.known.resolution, draw.item
    if standing is None and not draw.cited.item:
        return _("say which of its {n} items is meant").format(n=len(made.items))
    if standing is None:
        return _("it has {n} item(s), no item {item}").format(n=len(made.items), item=draw.cited.item)
    item = standing.item
    wanted = draw.matters or (frozenset(Matter) - {Matter.VETO})
    if item.matter not in wanted:
        return _("item {no} is about something else: {matter}").format(
            no=item.no, matter=_(MATTERS[item.matter])
        )
    if draw.lifts and item.document != draw.lifts:
        return _("item {no} names another document").format(no=item.no)
    if not is_competent(made.body, item.matter):
        return _not_theirs(made, item.matter)
    if draw.bodies and made.body not in draw.bodies:
        return _("another meeting has to decide, not this one: {body}").format(body=_(BODIES[made.body]))
    if made.held_on > draw.on:
        return _("the meeting was on {day}, after this").format(day=made.held_on.isoformat())
    if draw.by_steps and not made.earlier and made.missing_steps:
        missing = ", ".join(_(STEP_WORDS[s]) for s in made.missing_steps)
        return _("of four discussions, two openness these steps have no day: {missing}").format(
            missing=missing
        )
    return ""


def _beyond(facts: Facts) -> Iterator[Hit]:
    for draw in facts.resolutions.draws:
        item = draw.item
        left_fen = item.left_fen(draw.way, draw.but) if item else None
        if item and left_fen is not None and draw.own_fen > max(0, left_fen):
            values: dict[str, object] = {
                "number": draw.cited.text,
                "resolved": yuan_text(item.item.amount_fen or 0),
                "left": yuan_text(max(0, left_fen)),
                "own": yuan_text(draw.own_fen),
            }
            yield Hit(draw.where, values, _target(draw.cited.number))
    new = facts.resolutions.new
    for point in new.resolution.items if new else ():
        drawn_fen = (new.drawn.get(point.no, 0) if new else 0) + point.drawn_before_fen
        if new and point.amount_fen is not None and drawn_fen > max(0, point.amount_fen):
            values = {
                "number": f"{new.resolution.number}#{point.no}",
                "resolved": yuan_text(point.amount_fen),
                "left": yuan_text(point.amount_fen),
                "own": yuan_text(drawn_fen),
            }
            level = Severity.ERROR if new.replaces else Severity.WARNING
            number = new.resolution.number
            yield Hit(number or "-", values, _target(number), level)


def _not_registered(facts: Facts) -> Iterator[Hit]:
    level = next(iter(facts.policy.words["resolution_register"]), "warning")
    for draw in facts.resolutions.draws:
        if draw.known is None and not draw.must_be_known:
            values: dict[str, object] = {"number": draw.cited.number}
            yield Hit(draw.where, values, TARGET, _LEVELS.get(level))


# ---- records ----


def _unsound(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    for why in _why_unsound(new) if new else ():
        yield Hit(new.resolution.number or "-" if new else "-", {"why": why}, TARGET)


def _why_unsound(new: NewResolution) -> Iterator[str]:
    made = new.resolution
    if not made.items or [i.no for i in made.items] != list(range(1, len(made.items) + 1)):
        yield _("Enter at least one item; items are numbered from 1.")
    for item in made.items:
        figures = (item.amount_fen or 0, item.drawn_before_fen, item.per_head_fen, item.labour_days)
        if not item.text.strip() or min(figures) < 0:
            yield _("Item {no}: say what was decided, with figures that are not below zero.").format(
                no=item.no
            )
        if item.drawn_before_fen and not made.earlier:
            yield _("Item {no}: only what was decided before the book began was drawn on before it.").format(
                no=item.no
            )
        if (item.matter is Matter.VETO) != bool(item.document):
            yield _("Item {no}: choose the rejected document whose veto is lifted.").format(no=item.no)
    if made.earlier:
        return
    if min(made.entitled, made.present, made.yes, made.no, made.abstained) < 0 or not made.entitled:
        yield _("Enter how many belong to the body, and how many were there.")
    if made.present > made.entitled:
        yield _("More were there than belong to the body.")
    if made.yes + made.no + made.abstained != made.present:
        yield _(
            "For, against and abstained must add up to those present ({present}); who did not vote abstained."
        ).format(present=made.present)
    if made.roll and len(made.roll) != made.present:
        yield _("The roll has {names} name(s), {present} were there.").format(
            names=len(made.roll), present=made.present
        )
    if twice := [name for name, times in Counter(made.roll).items() if times > 1]:
        yield _("On the roll twice: {names}. Tell people of one name apart by their group.").format(
            names=", ".join(twice)
        )


def _number_taken(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new and (new.taken or not new.resolution.number.strip() or "#" in new.resolution.number):
        number = new.resolution.number.strip() or "-"
        yield Hit(number, {"number": number}, TARGET)


def _wrong_days(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new is None:
        return
    made = new.resolution
    begins = new.begins_on.isoformat()
    if made.held_on > facts.today or (made.called_on and made.called_on > made.held_on):
        why = _("notice comes before the meeting, and the meeting has been.")
    elif made.earlier and made.held_on >= new.begins_on:
        why = _("the short form is for meetings before the book began on {day}.").format(day=begins)
    elif not made.steps_in_order or any(day > facts.today for _step, day in made.steps):
        why = _("the six steps follow each other, and the vote is on the day of the meeting.")
    else:
        return
    yield Hit(made.number or "-", {"why": why}, TARGET)


def _no_papers(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new is None or new.resolution.earlier:
        return
    made = new.resolution
    if not made.papers or not (made.roll or made.roll_file) or not made.keeper:
        yield Hit(made.number or "-", {"number": made.number or "-"}, TARGET)


def _body_too_small(facts: Facts) -> Iterator[Hit]:
    new = facts.resolutions.new
    if new and not new.resolution.earlier and new.counted and new.resolution.entitled < new.counted:
        values: dict[str, object] = {"entitled": new.resolution.entitled, "counted": new.counted}
        yield Hit(new.resolution.number or "-", values, "register:households")


def _not_annullable(facts: Facts) -> Iterator[Hit]:
    act = facts.resolutions.annulling
    if act is None:
        return
    if act.known is None:
        why = _("there is no such resolution.")
    elif act.known.annulled:
        why = _("it was annulled before.")
    elif len(act.reason.strip()) < _REASON:
        why = _("say why, in at least four characters.")
    elif act.drawn and (lost := _lost_items(facts)):
        why = _("documents draw on item {items}, which the right one lacks.").format(items=lost)
    elif act.drawn and not act.replaced:
        why = _(
            "documents draw on it ({names}). Record the right one in its place, or take them back first."
        ).format(names="; ".join(act.drawn[:3]))
    else:
        return
    yield Hit(act.number or "-", {"number": act.number or "-", "why": why}, _target(act.number))


def _lost_items(facts: Facts) -> str:
    """Numbers of items that are drawn on and that what takes the place of a record does not have."""
    new = facts.resolutions.new
    if new is None:
        return ""
    return ", ".join(str(no) for no in sorted(new.drawn) if new.resolution.item(no) is None)


def _wrong_step(facts: Facts) -> Iterator[Hit]:
    act = facts.resolutions.stepping
    if act is None:
        return
    known = act.known
    if known is None or known.annulled:
        why = _("there is no such resolution.")
    elif not known.resolution.steps or act.step is OpenStep.RESOLVED:
        why = _("it was not decided by four discussions, two openness, or this is the day of the meeting.")
    elif act.step in dict(known.resolution.steps):
        why = _("this step has its day already.")
    elif act.day > facts.today or not known.resolution.with_step(act.step, act.day).steps_in_order:
        why = _("the six steps follow each other, and each has been.")
    else:
        return
    yield Hit(act.number or "-", {"number": act.number or "-", "why": why}, _target(act.number))


# ---- 一事一议 ----


def _levy_unsound(facts: Facts) -> Iterator[Hit]:
    levy = facts.resolutions.levy
    if levy is None or levy.project.kind is not ProjectKind.ONE_ISSUE:
        return
    project = levy.project
    cap_fen, cap_days = facts.policy.number("levy_head_cap_fen"), facts.policy.number("levy_days_cap")
    item = levy.item.item if levy.item else None
    permitted = bool(project.permit.strip())
    found = []
    if project.per_head_fen > cap_fen and not permitted:
        text = _("{head} a head is above the cap of {cap}; enter the number of the consent from above.")
        found.append(text.format(head=yuan_text(project.per_head_fen), cap=yuan_text(cap_fen)))
    if project.labour_days > cap_days and not permitted:
        text = _(
            "{days} workdays each are above the cap of {cap}; enter the number of the consent from above."
        )
        found.append(text.format(days=project.labour_days, cap=cap_days))
    if levy.unknown:
        text = _("the register of households lacks these exempt ones: {codes}.")
        found.append(text.format(codes=", ".join(levy.unknown)))
    if levy.members is not None and project.heads > levy.members:
        text = _("{heads} pay, but the register has {members} members without the exempt households.")
        found.append(text.format(heads=project.heads, members=levy.members))
    if project.per_head_fen and not project.special_receipt.strip():
        found.append(_("name the special receipts on which the contributions are taken."))
    if item and (project.per_head_fen > item.per_head_fen or project.labour_days > item.labour_days):
        text = _("the meeting resolved {head} a head and {days} workdays.")
        found.append(text.format(head=yuan_text(item.per_head_fen), days=item.labour_days))
    for why in found:
        name = project.name or project.code or "-"
        yield Hit(name, {"name": name, "why": why}, f"register:projects/{project.code}")


def _from_exempt(facts: Facts) -> Iterator[Hit]:
    from villagebook.rules.gates import label

    for project, household in facts.resolutions.exempt:
        where = label(facts.document) if facts.document else project
        why = _("{household} is exempt; nothing is taken from this household.").format(household=household)
        yield Hit(where, {"name": project, "why": why}, "register:projects")


# ---- vetoes and deadlines ----


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
        "AP-13",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "村民委员会组织法 21, 22, 26, 28; 农村集体经济组织法 27, 28, 31 [N]",
        N_("Only a vote that counts carries a payment"),
        N_("A decision of a few behind a closed door binds nobody."),
        N_("Resolution {number} does not count: {why}. Hold the meeting again."),
        _not_counting,
    ),
    Rule(
        "AP-14",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "村民委员会组织法 24; 农村集体经济组织法 28 [N]",
        N_("The resolution decided exactly this"),
        N_("A number on a slip proves nothing when the meeting spoke of something else."),
        N_(
            "Resolution {number}: {why}. Choose the resolution that decided it, or let the right meeting decide."
        ),
        _not_decided,
    ),
    Rule(
        "AP-15",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "村民委员会组织法 24 [N]; [D]",
        N_("No more than was resolved"),
        N_("A resolution used twice is a decision nobody made."),
        N_(
            "Resolution {number}: {resolved} was resolved, {left} of it is left, this takes {own}. Take less, or let the meeting decide on the rest."
        ),
        _beyond,
    ),
    Rule(
        "RES-05",
        "AP9",
        Severity.ERROR,
        DRAWS,
        "[D]",
        N_("Resolutions are in the register"),
        N_("A number that leads nowhere cannot be checked by anybody."),
        N_(
            "Resolution {number} is not in the register. Record it with its minutes; one of before the book by the short form."
        ),
        _not_registered,
    ),
    Rule(
        "RES-01",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("The figures of a vote add up"),
        N_("A count that does not add up was not counted."),
        N_("{why}"),
        _unsound,
    ),
    Rule(
        "RES-02",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A number names one resolution"),
        N_("Two decisions under one number let one of them be paid twice."),
        N_("Number {number}: enter a number that no other resolution has, without #."),
        _number_taken,
    ),
    Rule(
        "RES-03",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("Notice, meeting and steps follow each other"),
        N_("A decision written down before it was taken was taken by somebody else."),
        N_("Check the days: {why}"),
        _wrong_days,
    ),
    Rule(
        "RES-04",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[R] R19; [D]",
        N_("A resolution has its minutes and its roll"),
        N_("Everybody signs in his own hand; without the sheet nobody was there."),
        N_(
            "{number}: attach the picture of the signed minutes, name who kept them, and give the roll as names or as a picture."
        ),
        _no_papers,
    ),
    Rule(
        "RES-06",
        "AP9",
        Severity.WARNING,
        REGISTER,
        "村民委员会组织法 21-28 [N]; [D]",
        N_("The body is as large as the register says"),
        N_("A body made smaller than it is has its quorum with fewer people."),
        N_(
            "{entitled} are entered as belonging to the body, the register of households counts {counted}. Check both."
        ),
        _body_too_small,
    ),
    Rule(
        "RES-07",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A record is annulled with a reason, and never from under a payment"),
        N_("Money that was paid on a decision needs the decision."),
        N_("{number}: {why}"),
        _not_annullable,
    ),
    Rule(
        "RES-08",
        "AP9",
        Severity.ERROR,
        REGISTER,
        "[D]; approvals.md section 2, ML",
        N_("Four discussions, two openness come in order"),
        N_("Showing the result before the vote turns openness upside down."),
        N_("{number}: {why}"),
        _wrong_step,
    ),
    Rule(
        "AP-29",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[R] R1, R40 (old, provincial figures)",
        N_("One matter, one discussion: caps, exemptions and special receipts"),
        N_("A collection without cap and list is a levy."),
        N_("{name}: {why}"),
        _levy_unsound,
    ),
    Rule(
        "AP-29",
        "AP17",
        Severity.ERROR,
        frozenset({When.SUBMIT}),
        "[R] R1, R40",
        N_("Exempt households pay nothing"),
        N_("The meeting let them off; a collector does not take it back."),
        N_("{name}: {why}"),
        _from_exempt,
    ),
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
        N_("Slot {slot} waits since {since}, {days} day(s) beyond what the township allows. Ask who has it."),
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
