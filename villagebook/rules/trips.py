"""Journeys: asked for and approved before departure, settled for those who travelled, within nights, classes and sums. AP14."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from villagebook.domain.document import Document, SpendKind
from villagebook.domain.finding import Severity
from villagebook.domain.folding import name_key
from villagebook.domain.money import yuan_text
from villagebook.domain.trip import Trip, TripStanding, TripState
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, N_many, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, document_of, label, sets_right
from villagebook.rules.invoice_words import told
from villagebook.rules.rule import Hit, Rule, When
from villagebook.rules.strictness import told_level

REGISTER = frozenset({When.REGISTER})
SIGN = frozenset({When.SIGN})
TEXT = 2
"""Fewest characters of a purpose or a town."""
APPLICANT = "H"
"""The slot of who hands the request in: a traveller may fill it, and no other."""
EVERYBODY = "*"


def _target(trip: Trip) -> str:
    return f"register:trips/{trip.code}"


def _where(trip: Trip) -> str:
    return f"{trip.code} {trip.destination}".strip() or "-"


def _late_request(facts: Facts) -> Iterator[Hit]:
    asked = facts.travel.asked
    if asked and asked.from_on <= facts.today:
        text = _("it begins on {day} and is asked for only now")
        yield Hit(_where(asked), {"what": text.format(day=asked.from_on.isoformat())}, _target(asked))


def _late_signature(facts: Facts) -> Iterator[Hit]:
    """Signed on or after the day of departure, or brought in long after it with a date from before."""
    trip, signature = facts.travel.signing, facts.signature
    if trip is None or signature is None:
        return
    last = trip.from_on + timedelta(days=facts.policy.number("trip_entry_days"))
    what = ""
    if signature.signed_on >= trip.from_on:
        text = _("it begins on {day}, the signature is of {signed}")
        what = text.format(day=trip.from_on.isoformat(), signed=signature.signed_on.isoformat())
    elif facts.today > last:
        text = _("the signed request came in after {day}; nobody can tell any more when it was signed")
        what = text.format(day=last.isoformat())
    if what:
        yield Hit(_where(trip), {"what": what}, _target(trip))


def _settled(facts: Facts) -> TripStanding | None:
    return facts.travel.settled if facts.document else None


def _not_approved(facts: Facts) -> Iterator[Hit]:
    """A journey that is unknown, not approved before it began, or that was not made."""
    doc, travel = facts.document, facts.travel
    if doc is None or not travel.named:
        return
    found = travel.settled
    if found is None:
        what, target = _("the register has no journey {code}").format(code=travel.named), "register:trips"
    elif found.state is TripState.DROPPED:
        what, target = _("it was not made: {why}").format(why=found.dropped), _target(found.trip)
    elif found.approved_on is None or found.approved_on >= found.trip.from_on:
        what, target = _("it was not approved before it began"), _target(found.trip)
    elif doc.booked_on < found.trip.from_on:
        what, target = _("it has not begun yet"), _target(found.trip)
    else:
        return
    yield Hit(label(doc), {"what": what}, target)


def _no_trip(facts: Facts) -> Iterator[Hit]:
    """Travel without a journey: chosen as travel stops, tickets and hotels as the township says."""
    doc = document_of(facts, DocKind.PAYMENT)
    if doc is None or facts.travel.named or sets_right(facts):
        return
    if doc.spend_kind is SpendKind.TRAVEL:
        yield Hit(label(doc), {}, "register:trips")
    elif any(invoice.journey for _doc, invoice in told(facts)):
        yield Hit(label(doc), {}, "register:trips", told_level(facts.policy, "trip_needed"))


def _stranger(facts: Facts) -> Iterator[Hit]:
    """Paid to somebody of the village who did not travel."""
    doc, found = facts.document, _settled(facts)
    if doc is None or found is None:
        return
    persons = facts.staff.persons
    ids = {doc.payee_person} - {""}
    ids |= {i for i, p in persons.items() if name_key(p.name) == name_key(doc.party)}
    strangers = sorted(ids - set(found.trip.travellers))
    for person in strangers:
        names = ", ".join(facts.staff.name(i) for i in found.trip.travellers)
        values: dict[str, object] = {"name": facts.staff.name(person), "names": names}
        yield Hit(label(doc), values, _target(found.trip))


def lodging_fen(document: Document, words: tuple[str, ...]) -> int:
    """What a document holds for lodging, by its items or by its invoices, whichever says more."""
    by_item = sum(i.amount_fen for i in document.items if any(w in i.summary for w in words))
    by_paper = sum(
        paper.told.total_fen or 0
        for paper in document.invoices
        if any(w in i.name for i in paper.told.items for w in words)
    )
    return max(by_item, by_paper)


def _above_nights(facts: Facts) -> Iterator[Hit]:
    doc, found = facts.document, _settled(facts)
    if doc is None or found is None:
        return
    trip, cap_fen = found.trip, facts.policy.number("lodging_cap_fen")
    own_fen = lodging_fen(doc, facts.policy.words["lodging"])
    allowed_fen = trip.nights * cap_fen * len(trip.travellers)
    if own_fen and own_fen + facts.travel.lodging_fen > allowed_fen:
        values: dict[str, object] = {
            "sum": yuan_text(own_fen + facts.travel.lodging_fen),
            "nights": trip.nights,
            "heads": len(trip.travellers),
            "allowed": yuan_text(allowed_fen),
        }
        yield Hit(label(doc), values, _target(trip))


def _dear_seat(facts: Facts) -> Iterator[Hit]:
    """A class none of the travellers' posts may take; those that nobody may take are told by INV-16."""
    doc, found = facts.document, _settled(facts)
    if doc is None or found is None:
        return
    held = {k.value for i in found.trip.travellers for k in facts.staff.posts_of(i, found.trip.from_on)}
    allowed = [
        words
        for line in facts.policy.words["trip_seats"]
        for post, *words in [line.split("|")]
        if post == EVERYBODY or post in held
    ]
    barred = facts.policy.words["barred_seats"]
    for _doc, invoice in told(facts):
        seat = invoice.journey.seat.strip() if invoice.journey else ""
        known = (*barred, *(word for words in allowed for word in words))
        if seat and allowed and not any(word in seat for word in known):
            yield Hit(label(doc), {"no": invoice.number, "seat": seat}, _target(found.trip))


def _above_estimate(facts: Facts) -> Iterator[Hit]:
    doc, found = facts.document, _settled(facts)
    if doc is None or found is None:
        return
    sum_fen = found.paid_fen + found.waiting_fen + doc.total_fen
    percent = 100 + facts.policy.number("trip_over_percent")
    if sum_fen * 100 > found.trip.estimate_fen * percent:
        values: dict[str, object] = {
            "sum": yuan_text(sum_fen),
            "estimate": yuan_text(found.trip.estimate_fen),
        }
        yield Hit(label(doc), values, _target(found.trip))


def _incomplete(facts: Facts) -> Iterator[Hit]:
    asked = facts.travel.asked
    if asked is None:
        return
    missing = (
        (not asked.code.strip() or "/" in asked.code, _("a number")),
        (not asked.travellers, _("who travels")),
        (any(i not in facts.staff.persons for i in asked.travellers), _("people of the list of persons")),
        (len(set(asked.travellers)) < len(asked.travellers), _("everybody once only")),
        (len(asked.purpose.strip()) < TEXT, _("what for")),
        (len(asked.destination.strip()) < TEXT, _("where to")),
        (asked.to_on < asked.from_on, _("a last day after the first")),
        (asked.estimate_fen <= 0, _("what it will cost")),
    )
    for lacks, what in missing:
        if lacks:
            yield Hit(_where(asked), {"what": what}, _target(asked))


def _two_at_once(facts: Facts) -> Iterator[Hit]:
    asked = facts.travel.asked
    for person, other in facts.travel.overlaps if asked else ():
        if asked:
            values: dict[str, object] = {"name": facts.staff.name(person), "other": other}
            yield Hit(_where(asked), values, f"register:trips/{other}")


def _fixed(facts: Facts) -> Iterator[Hit]:
    asked, before = facts.travel.asked, facts.travel.before
    if asked and before and before.state is not TripState.ASKED:
        yield Hit(_where(asked), {}, _target(asked))


def _own_approval(facts: Facts) -> Iterator[Hit]:
    trip, signature = facts.travel.signing, facts.signature
    if trip and signature and signature.slot != APPLICANT and signature.person_id in trip.travellers:
        yield Hit(_where(trip), {"name": facts.staff.name(signature.person_id)}, _target(trip))


_AP14 = "approvals.md AP14, X7; irregularities.md 3-09"

RULES = (
    Rule(
        "TRP-01",
        "AP14",
        Severity.ERROR,
        REGISTER,
        "approvals.md section 2, X7 [D]",
        N_("A journey says who, where to, what for, when and how dear"),
        N_("What is not written before cannot be compared after."),
        N_("The request lacks {what}."),
        _incomplete,
    ),
    Rule(
        "TRP-02",
        "V15",
        Severity.ERROR,
        REGISTER,
        "audit_checks.md 6 V15 [R] V-b",
        N_("Nobody is in two places"),
        N_("Two journeys at once are one journey paid twice."),
        N_("{name} is on journey {other} at that time. Correct the days or the people."),
        _two_at_once,
    ),
    Rule(
        "TRP-03",
        "AP14",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("An approved journey stays as it was approved"),
        N_("Days that can be stretched afterwards approve themselves."),
        N_("It was approved or given up already. Say that it is not made, and ask for a new one."),
        _fixed,
    ),
    Rule(
        "AP-20",
        "AP14",
        Severity.ERROR,
        REGISTER,
        _AP14,
        N_("A journey is asked for before it begins"),
        N_("A request written after the journey approves what cannot be stopped any more."),
        N_("The journey cannot be asked for: {what}. Pay it yourself, or bring it before the meeting."),
        _late_request,
    ),
    Rule(
        "AP-20",
        "AP14",
        Severity.ERROR,
        SIGN,
        _AP14,
        N_("A journey is approved before it begins"),
        N_("A date from before, written afterwards, is a lie with a signature."),
        N_("The approval comes too late: {what}."),
        _late_signature,
    ),
    Rule(
        "AP-20",
        "AP14",
        Severity.ERROR,
        GATES,
        _AP14,
        N_("Only an approved journey is paid"),
        N_("Who travels first and asks later has decided alone."),
        N_("The journey cannot be settled: {what}."),
        _not_approved,
    ),
    Rule(
        "TRP-04",
        "AP5",
        Severity.ERROR,
        SIGN,
        "会计法 25 [N]; [D]",
        N_("Nobody approves the own journey"),
        N_("Who travels asks; somebody else decides."),
        N_("{name} travels and signs only as the one who asks. Somebody else must sign here."),
        _own_approval,
    ),
    Rule(
        "TRP-05",
        "AP14",
        Severity.ERROR,
        SUBMIT,
        "approvals.md section 2, X7 [D]; level for tickets by the township",
        N_("Travel names its journey"),
        N_("A ticket without a journey was anybody's journey."),
        N_("Name the approved journey this settles."),
        _no_trip,
    ),
    Rule(
        "AP-21",
        "AP14",
        Severity.ERROR,
        GATES,
        _AP14,
        N_("Only those who travelled are paid for it"),
        N_("A journey on paper pays those who stayed at home."),
        N_("{name} is not of this journey; it is that of {names}. Pay one of them, or correct the payee."),
        _stranger,
    ),
    Rule(
        "AP-22",
        "AP14",
        Severity.HOLD,
        GATES,
        "approvals.md AP14: nights x cap; audit_checks.md V17 [D]",
        N_("Lodging is nights times the cap"),
        N_("Nights nobody slept are the easiest to invent."),
        N_many(
            "{sum} for lodging, {nights} night of {heads} allow {allowed}. Correct it, or say why.",
            "{sum} for lodging, {nights} nights of {heads} allow {allowed}. Correct it, or say why.",
            "nights",
        ),
        _above_nights,
    ),
    Rule(
        "AP-23",
        "AP14",
        Severity.HOLD,
        GATES,
        "approvals.md AP14: fare class; audit_checks.md V16 [D]",
        N_("The class of a seat is one the post may take"),
        N_("The dear seat is the traveller's pleasure, not the village's need."),
        N_("{no}: {seat} is no class these travellers may take. Pay the usual fare, or say why."),
        _dear_seat,
    ),
    Rule(
        "TRP-06",
        "AP14",
        Severity.HOLD,
        GATES,
        "approvals.md AP14 [D]",
        N_("A journey costs about what was estimated"),
        N_("An estimate that is never compared is a blank cheque."),
        N_("{sum} in all, {estimate} was estimated. Say what made it dearer."),
        _above_estimate,
    ),
)
