"""Lists with payees: who may be on one, at whose rate, once a day; rates and proofs beside it. AP15, X2 to X4."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import (
    BY_RATE,
    TO_HOUSEHOLDS,
    ListKind,
    PayList,
    PayRow,
    clashes,
    plain_name,
    rate_on,
)
from villagebook.domain.privacy import mask_numbers
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
ALWAYS = frozenset({When.REGISTER, *GATES})
TEXT = 2
"""Fewest characters of a title or a reason."""


def _target(found: PayList) -> str:
    return f"register:lists/{found.code}"


def _where(found: PayList, no: int = 0) -> str:
    name = f"{found.code} {found.title}".strip() or "-"
    return _("{list}, row {no}").format(list=name, no=no) if no else name


def _judged(facts: Facts) -> PayList | None:
    """A list that is entered or paid; beside one of which only a paper is kept, nothing is asked again."""
    return facts.lists.subject if facts.lists.new or facts.lists.paid else None


def _rows(facts: Facts) -> Iterator[tuple[PayList, int, PayRow]]:
    subject = _judged(facts)
    for no, row in enumerate(subject.rows if subject else (), 1):
        if subject:
            yield subject, no, row


def _entered(facts: Facts) -> PayList | None:
    return facts.lists.subject if facts.lists.new else None


def _incomplete(facts: Facts) -> Iterator[Hit]:
    new = _entered(facts)
    if new is None:
        return

    def lacks(what: str, no: int = 0) -> Hit:
        return Hit(_where(new, no), {"what": what}, _target(new))

    if not new.code.strip() or "/" in new.code:
        yield lacks(_("a number"))
    if len(new.title.strip()) < TEXT:
        yield lacks(_("what it is for"))
    if new.to_on < new.from_on:
        yield lacks(_("a last day after the first"))
    if not new.rows:
        yield lacks(_("people"))
    if new.kind in TO_HOUSEHOLDS and not (new.resolution.strip() or new.document_no.strip()):
        yield lacks(_("the resolution or the paper from above it stands on"))
    for _list, no, row in _rows(facts):
        texts = (row.name, row.work, row.place, row.note, row.post)
        if not row.person:
            yield lacks(_("a name"), no)
        if row.amount_fen <= 0:
            yield lacks(_("an amount above nought"), no)
        if any(mask_numbers(t) != t for t in texts):
            yield lacks(_("a text without numbers of cards, accounts or telephones"), no)
        if new.kind is ListKind.LOST_WORK and not (row.days and row.work.strip()):
            yield lacks(_("the days and the work"), no)
        if any(not new.from_on <= d <= new.to_on for d in row.days):
            yield lacks(_("days within the time of the list"), no)
        if any(d > facts.today for d in row.days):
            yield lacks(_("days that have been"), no)


def _number_taken(facts: Facts) -> Iterator[Hit]:
    new = _entered(facts)
    if new and facts.lists.taken:
        yield Hit(_where(new), {"code": new.code}, _target(new))


def _held(facts: Facts) -> Iterator[Hit]:
    new = _entered(facts)
    if new and facts.lists.held_by:
        yield Hit(_where(new), {"document": facts.lists.held_by}, _target(new))


def _arithmetic(facts: Facts) -> Iterator[Hit]:
    for found, no, row in _rows(facts):
        if found.kind is ListKind.LOST_WORK and row.days and row.amount_fen != row.worth_fen():
            worth_fen = row.worth_fen()
        elif found.kind is ListKind.PAY and row.amount_fen > row.rate_fen * found.months:
            worth_fen = row.rate_fen * found.months
        else:
            continue
        values: dict[str, object] = {
            "name": row.name,
            "amount": yuan_text(row.amount_fen),
            "worth": yuan_text(worth_fen),
        }
        yield Hit(_where(found, no), values, _target(found))


def _not_eligible(facts: Facts) -> Iterator[Hit]:
    """People of the village by the register of households; officers and staff for pay and lost work too."""
    lists = facts.lists
    for found, no, row in _rows(facts):
        homes = lists.homes.get(row.person, ())
        known = row.household in homes if row.household else bool(homes)
        officer = row.household == "" and any(
            plain_name(p.name) == row.person for p in facts.staff.persons.values()
        )
        if not known and not (officer and found.kind not in TO_HOUSEHOLDS):
            values: dict[str, object] = {"name": row.name, "home": row.household or "-"}
            level = Severity.WARNING if lists.register_empty else None
            yield Hit(_where(found, no), values, _target(found), level)


def _wrong_rate(facts: Facts) -> Iterator[Hit]:
    for found, no, row in _rows(facts):
        days = row.days or (found.from_on,)
        known = [rate_on(facts.lists.rates, found.kind, row.post, day) for day in days]
        wanted = sorted({rate.rate_fen for rate in known if rate})
        if found.kind in BY_RATE and None in known:
            what = _("no rate is decided for it")
        elif wanted and (found.kind in BY_RATE or row.rate_fen) and wanted != [row.rate_fen]:
            what = _("decided is {rate}").format(rate=" / ".join(yuan_text(fen) for fen in wanted))
        else:
            continue
        values: dict[str, object] = {"name": row.name, "rate": yuan_text(row.rate_fen), "what": what}
        yield Hit(_where(found, no), values, "register:lists")


def _twice(facts: Facts) -> Iterator[Hit]:
    subject = _judged(facts)
    for clash in clashes(subject, facts.lists.others) if subject else ():
        if subject:
            when = clash.day.isoformat() if clash.day else _("the same time")
            values: dict[str, object] = {"name": clash.name, "when": when, "other": clash.other}
            yield Hit(_where(subject, clash.no), values, f"register:lists/{clash.other}")


def _barred(facts: Facts) -> Iterator[Hit]:
    """Officers who draw no lost-work pay, by whatever post they hold on one of the days."""
    barred = set(facts.policy.words["no_lost_work_posts"])
    for found, no, row in _rows(facts):
        if found.kind is not ListKind.LOST_WORK:
            continue
        people = [p.id for p in facts.staff.persons.values() if plain_name(p.name) == row.person]
        held = {k.value for i in people for day in row.days for k in facts.staff.posts_of(i, day)}
        if held & barred:
            yield Hit(_where(found, no), {"name": row.name}, _target(found))


def _above_cap(facts: Facts) -> Iterator[Hit]:
    cap_fen = facts.policy.number("condolence_cap_fen")
    sums: dict[str, int] = dict(facts.lists.earlier_fen)
    for found, no, row in _rows(facts):
        if found.kind is not ListKind.CONDOLENCE:
            continue
        sums[row.person] = sums.get(row.person, 0) + row.amount_fen
        if sums[row.person] > cap_fen:
            values: dict[str, object] = {
                "name": row.name,
                "sum": yuan_text(sums[row.person]),
                "cap": yuan_text(cap_fen),
            }
            yield Hit(_where(found, no), values, _target(found))


def _bad_rate(facts: Facts) -> Iterator[Hit]:
    rate = facts.lists.new_rate
    if rate and (rate.rate_fen <= 0 or not rate.resolution.strip()):
        yield Hit(rate.post or rate.kind.value, {}, "register:lists")


def _bad_proof(facts: Facts) -> Iterator[Hit]:
    """A sheet or file that is not there, of another list, from the future, or of a roster that nobody reviewed."""
    found, proof, showing = facts.lists.subject, facts.lists.proof, facts.lists.showing
    kept = proof or showing
    if kept is None or found is None:
        return
    what = ""
    if not kept.papers:
        what = _("attach the photo or the file")
    elif kept.shown_on > facts.today:
        what = _("the day has not come yet")
    elif proof and any(not 1 <= no <= len(found.rows) for no in proof.failed):
        what = _("it has no such row")
    elif showing and not showing.place.strip():
        what = _("say where it hangs")
    if what:
        yield Hit(_where(found), {"what": what}, _target(found))


def _unprintable(facts: Facts) -> Iterator[Hit]:
    new = _entered(facts)
    if new and facts.lists.missing_glyphs:
        yield Hit(_where(new), {"glyphs": " ".join(facts.lists.missing_glyphs)}, _target(new))


RULES = (
    Rule(
        "LST-12",
        "AP15",
        Severity.WARNING,
        REGISTER,
        "[D]",
        N_("Every name on a list can be printed"),
        N_("Nobody can sign beside a name that is an empty box."),
        N_(
            "The sheet prints these characters as empty boxes: {glyphs}. Write them by hand on the paper, or use the usual form."
        ),
        _unprintable,
    ),
    Rule(
        "LST-01",
        "AP15",
        Severity.ERROR,
        REGISTER,
        "approvals.md section 4: list with signatures; [T] R49",
        N_("A list says who, what for, when and how much"),
        N_("What the sheet does not say, nobody can check."),
        N_("The list lacks {what}."),
        _incomplete,
    ),
    Rule(
        "LST-02",
        "AP15",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A number belongs to one list for ever"),
        N_("Two lists under one number can be paid as one."),
        N_("Number {code} was used by a list that was dropped. Take the next free one."),
        _number_taken,
    ),
    Rule(
        "LST-03",
        "AP15",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A list that is being paid stays as it is"),
        N_("A name that slips in after the signatures was signed for by nobody."),
        N_("{document} pays it. Take that payment back or undo it in red first."),
        _held,
    ),
    Rule(
        "LST-04",
        "AP15",
        Severity.ERROR,
        REGISTER,
        "approvals.md section 2, X2: rate x days",
        N_("Rate times days is the amount"),
        N_("A sum that is not the product hides a second payment."),
        N_("{name}: {amount} is written, the rate gives {worth}. Correct days, rate or amount."),
        _arithmetic,
    ),
    Rule(
        "AP-24",
        "AP15",
        Severity.ERROR,
        ALWAYS,
        "村民委员会组织法 24 [N]; [R] R3, R43",
        N_("Who is paid is on the roster"),
        N_("A name nobody knows is the oldest way to draw money twice."),
        N_(
            "{name} (household {home}) is not in the register of households on the last day of the list, nor an officer. Correct the name, or enter the person first."
        ),
        _not_eligible,
    ),
    Rule(
        "AP-25",
        "AP15",
        Severity.ERROR,
        ALWAYS,
        "村民委员会组织法 24: who gets lost-work pay, and at what rate [N]",
        N_("The rate is the one that was decided"),
        N_("Whoever sets the own day's worth sets the own pay."),
        N_("{name}: {rate} is paid, {what}. Enter the rate with its resolution, or correct the list."),
        _wrong_rate,
    ),
    Rule(
        "AP-26",
        "AP15",
        Severity.ERROR,
        ALWAYS,
        "[R] R3, R48; 村民委员会组织法 24 [N]",
        N_("No day is paid twice, one post has one pay"),
        N_("Nobody works in two places on one day."),
        N_("{name}: {when} is in list {other} already. Take it out of one of the two."),
        _twice,
    ),
    Rule(
        "LST-05",
        "AP15",
        Severity.ERROR,
        REGISTER,
        "[R] R48: seen in one area; the township's list of posts decides",
        N_("Some posts draw no lost-work pay"),
        N_("Who is paid for the office is paid for the day already."),
        N_(
            "{name} holds a post that may not draw lost-work pay here on one of these days. Take the person off the list."
        ),
        _barred,
    ),
    Rule(
        "LST-09",
        "AP15",
        Severity.WARNING,
        ALWAYS,
        "approvals.md section 2, X3: cap a head and year; no figure was found [D]",
        N_("Condolence and welfare have a cap a head and year"),
        N_("Kindness to the same person every month is pay."),
        N_("{name} gets {sum} this year by lists of condolence, the cap is {cap}."),
        _above_cap,
    ),
    Rule(
        "LST-10",
        "AP15",
        Severity.ERROR,
        REGISTER,
        "村民委员会组织法 24 [N]",
        N_("A rate is decided by a meeting"),
        N_("A rate nobody voted on is a wish."),
        N_("Enter a rate above nought and the number of the resolution that decided it."),
        _bad_rate,
    ),
    Rule(
        "LST-11",
        "AP15",
        Severity.ERROR,
        REGISTER,
        "approvals.md section 4 [D]",
        N_("What is kept beside a list is there to be looked at"),
        N_("A tick without paper proves nothing."),
        N_("This cannot be kept: {what}."),
        _bad_proof,
    ),
)
