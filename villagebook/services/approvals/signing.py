"""Signatures: the queue, slips out, photos in, keys, rejections. Ink and key stand side by side."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.document import Attachment, Document
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.keys import SUITE
from villagebook.domain.people import Person, PostKind
from villagebook.domain.reason import says_why
from villagebook.domain.seals import history
from villagebook.domain.signature import (
    Signature,
    SignKind,
    next_slot,
    signed_message,
    slot_states,
)
from villagebook.domain.slip import SEAL_LENGTH, Slip, SlipSlot
from villagebook.i18n import _
from villagebook.rules import second_look
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.look_facts import LookFacts
from villagebook.rules.resolution_facts import Draw
from villagebook.rules.rule import When
from villagebook.rules.seal_words import seal_title
from villagebook.services import pin_guard
from villagebook.services.approvals import refusals, requests
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import notices
from villagebook.services.files import keep_file
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import key_facts, look_facts, resolution_facts
from villagebook.services.names import (
    kind_title,
    post_title,
    slot_title,
    stand_in_words,
    tier_title,
)
from villagebook.services.vouchers.documents import Outcome, advance
from villagebook.services.vouchers.lifting import lifting_words
from villagebook.storage import documents as docs
from villagebook.storage import objects, registry, seals, second_looks
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

__all__ = ["InkMark", "PhotoIn", "QueueRow", "post_title", "slot_title"]

PURPOSE = "approve"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One document that waits, and for whom. `days` since it was sent in, `late_days` beyond what its slot is allowed."""

    document: Document
    kind_title: str
    waiting_slot: str
    waiting_title: str
    may_sign: tuple[Person, ...]
    days: int
    signed: int
    needed: int
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class InkMark:
    """One signature the clerk sees on the photo; `reference` is the number of the minutes for meeting slots.

    `seal` is the entry of the register whose print stands beside it, "" when none is asked or the slip bears it already.
    """

    slot: str
    person_id: str
    signed_on: date
    reference: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class PhotoIn:
    """A photo taken in: what it shows of ours, and what is wrong with it."""

    photo: Attachment
    documents: tuple[str, ...]
    findings: tuple[Finding, ...]


def queue(book: Book, today: date) -> tuple[QueueRow, ...]:
    """Everything that waits for a signature, oldest first."""
    with book.reading() as connection:
        return tuple(_queue_row(connection, book, i, today) for i in docs.waiting(connection))


def _queue_row(connection: Connection, book: Book, document_id: str, today: date) -> QueueRow:
    held = docs.submitted(connection, document_id)
    if held is None:
        raise AssertionError(document_id)
    facts = gather.for_document(connection, book.info, held.document, today)
    states = slot_states(facts.slots or (), docs.signatures(connection, document_id, held.content_hash))
    turn = next_slot(states)
    holders = facts.staff.holders(turn.posts, today) if turn else ()
    given = {g.person_id for s in states for g in s.signatures}
    everybody = tuple(facts.staff.persons.values())
    again = turn is None and second_look.wanted(look_facts.with_look(connection, facts))
    late = resolution_facts.lateness(facts, held.submitted_on, states, today)
    may_sign = holders if turn and turn.posts else everybody
    return QueueRow(
        held.document,
        kind_title(held.document.kind),
        turn.code if turn else "",
        slot_title(turn.code) if turn else _("second look at the slip") if again else "",
        tuple(p for p in may_sign if p.id not in given and p.id != held.document.payee_person),
        (today - held.submitted_on).days,
        sum(len(s.signatures) for s in states),
        sum(s.slot.count for s in states),
        late[2] if late else 0,
    )


def slip_pdf(book: Book, document_ids: tuple[str, ...], *, two_up: bool = False) -> bytes:
    """The slips of these documents as one PDF, to be signed with a pen."""
    from villagebook.reports.slip_pdf import render_slips

    with book.reading() as connection:
        slips = [_slip(connection, book, i) for i in document_ids]
    return render_slips(slips, two_up=two_up)


def _slip(connection: Connection, book: Book, document_id: str) -> Slip:
    held = docs.submitted(connection, document_id)
    if held is None:
        raise Refused([Finding("AP-38", Severity.ERROR, document_id, _("There is no such document."))])
    document = held.document
    facts = gather.for_document(connection, book.info, document, held.submitted_on)
    source, target = facts.places.get(document.place), facts.places.get(document.to_place)
    codes = {line.account for line in facts.lines}
    return Slip(
        village=book.info.village,
        document=document,
        lines=facts.lines,
        account_names=tuple((c, a.name) for c in sorted(codes) if (a := facts.chart.get(c)) is not None),
        place_name=source.name if source else document.place,
        to_place_name=target.name if target else document.to_place,
        handler_name=facts.staff.name(document.handler) if document.handler else "",
        tier=tier_title(facts.policy, document, facts.spending),
        slots=tuple(
            SlipSlot(
                s.code,
                slot_title(s.code),
                s.count,
                tuple(p.name for p in facts.staff.holders(s.posts, document.booked_on)) if s.posts else (),
                stand_in_words(s),
                seal_title(s.seal) if s.seal else "",
            )
            for s in facts.slots or ()
        ),
        content_hash=held.content_hash,
        lifting=lifting_words(connection, document_id),
        reasons=docs.later_reasons(connection, document_id, held.content_hash),
    )


def take_in(book: Book, data: bytes, name: str, by: By) -> PhotoIn:
    """Read the QR codes of a photo or scan, keep the (shrunk) picture, say which documents it belongs to.

    Raises KnownError when the file is no picture or too large.
    """
    from villagebook.exchange.photos import read_photo

    read = read_photo(data)
    found: list[Finding] = []
    matched: list[str] = []
    with book.scribbling() as connection:
        several = len(read.pages) > 1  # a scan of many pages is kept whole, so that each slip's page is in it
        kept, media_type = (data, "application/pdf") if several else (read.jpeg, read.media_type)
        photo = keep_file(connection, kept, media_type, name)
        if read.slips:
            objects.save_form(connection, _codes(photo.sha256), json.dumps(read.slips), by.at.isoformat())
        for document_id, seal in read.slips:
            problem = _why_not_fits(connection, document_id, seal)
            found += [Finding("AP-39", Severity.ERROR, name, problem)] if problem else []
            matched += [] if problem else [document_id]
    if not matched and not found:
        text = _(
            "No code of ours was found in {name}. Lay the slip flat, take the photo closer and in better light; or choose its document in the list and say so under On paper."
        )
        found.append(Finding("AP-40", Severity.WARNING, name, text.format(name=name)))
    return PhotoIn(photo, tuple(dict.fromkeys(matched)), tuple(found))


def _codes(sha256: str) -> str:
    """Under what the codes read in a picture are kept beside it."""
    return f"codes:{sha256}"


def _looked(connection: Connection, facts: Facts, signature: Signature) -> LookFacts:
    """Whether the picture of a signature in ink is in the book, and of this very content where a code of ours was read.

    Where none was read, one picture is of one slip: what stands behind another document is none of this one.
    """
    if signature.kind is not SignKind.INK or not signature.person_id:
        return facts.look
    if objects.get_object(connection, signature.evidence) is None:
        return replace(facts.look, foreign=_("the book has no such picture"))
    body = objects.form_body(connection, _codes(signature.evidence))
    shown = [tuple(pair) for pair in json.loads(body)] if body else []
    wanted = requests.seal_of(connection, signature.subject) or facts.content_hash
    printed = (signature.subject, wanted[:SEAL_LENGTH]) in shown
    if not shown and _has_a_slip(connection, signature.subject):
        others = second_looks.other_subjects(connection, signature.evidence, signature.subject)
        other = next((o for o in others if _has_a_slip(connection, o)), "")
        text = _(
            "no code was read in the picture, and it stands behind {other} already; photograph this slip"
        )
        return replace(facts.look, foreign=text.format(other=_name_of(connection, other)) if other else "")
    text = _("the picture shows the slip of another document, or of what this one said before")
    return replace(facts.look, printed=printed, foreign=text if shown and not printed else "")


def _has_a_slip(connection: Connection, subject: str) -> bool:
    """Whether what is signed is printed with a code of its own; sheets for the board are reviewed on other paper."""
    return (
        docs.submitted(connection, subject) is not None or requests.seal_of(connection, subject) is not None
    )


def _name_of(connection: Connection, subject: str) -> str:
    held = docs.submitted(connection, subject)
    return label(held.document) if held else subject.partition(":")[2]


def _why_not_fits(connection: Connection, document_id: str, seal: str) -> str:
    wanted = requests.seal_of(connection, document_id)
    if wanted is not None:
        changed = _(
            "It was changed after this sheet was printed; its signatures do not hold. Print it again."
        )
        return "" if wanted[:SEAL_LENGTH] == seal else changed
    held = docs.submitted(connection, document_id)
    if held is None:
        return _("The slip belongs to a document this book does not know.")
    if held.content_hash[:SEAL_LENGTH] != seal:
        return _(
            "The document was changed after this slip was printed; its signatures do not hold. Print it again."
        )
    if not docs.is_waiting(connection, document_id):
        return _("The document of this slip does not wait for signatures (any more).")
    return ""


def sign_ink(book: Book, subject: str, marks: tuple[InkMark, ...], photo: Attachment, by: By) -> Outcome:
    """Enter signatures seen on a stored photo, in order; posts when the last slot is filled.

    All or nothing: Refused leaves no mark behind.
    """
    with book.writing(by.actor, by.at) as writing:
        outcome, facts = Outcome(subject, "", "", ""), None
        for mark in marks:
            facts = _signing_facts(writing.connection, book, subject, by.day, facts)
            evidence = resolution_facts.minutes_of(writing.connection, mark.reference) or photo.sha256
            outcome = _give(writing, book, facts, _ink(subject, facts, mark, evidence))
        return outcome


def sign_meeting(book: Book, subject: str, mark: InkMark, by: By) -> Outcome:
    """Fill a meeting slot by a recorded resolution alone: its minutes are the evidence, no slip is needed.

    Raises Refused: not recorded with minutes (AP-03), does not count, decided something else, used up (AP-13 to AP-15).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = _signing_facts(writing.connection, book, subject, by.day)
        evidence = resolution_facts.minutes_of(writing.connection, mark.reference)
        return _give(writing, book, facts, _ink(subject, facts, mark, evidence))


def _ink(subject: str, facts: Facts, mark: InkMark, evidence: str) -> Signature:
    """A mark as a signature; that of a meeting names the minutes, and their picture is its evidence."""
    return Signature(
        subject,
        facts.content_hash,
        mark.slot,
        mark.person_id,
        mark.signed_on,
        SignKind.INK,
        evidence,
        "",
        mark.reference,
        seal=mark.seal,
    )


def sign_key(
    book: Book,
    subject: str,
    slot: str,
    person_id: str,
    sealed_key: bytes,
    key_file: bytes,
    pin: str,
    by: By,
    shown: bytes | None = None,
) -> Outcome:
    """Sign with an official's own key. `shown` are the very bytes the official saw: their hash is what is signed.

    Raises KnownError for a wrong PIN or stick and while earlier wrong PINs make it wait; Refused when the key is not enrolled
    for this person, does not hold (KEY-01 to KEY-07), something else was shown (AP-36), or the slot says no.
    """
    from villagebook.exchange import signing as crypto

    seed = pin_guard.open_seed(sealed_key, key_file, pin, by.at)
    key_id = crypto.key_id(crypto.public_key(seed))
    with book.writing(by.actor, by.at) as writing:
        facts = _signing_facts(writing.connection, book, subject, by.day)
        enrolled = registry.read_key(writing.connection, key_id)
        if enrolled is None or enrolled[0] != person_id:
            text = _("This key is not enrolled for {name}.").format(name=facts.staff.name(person_id))
            raise Refused([Finding("AP-03", Severity.ERROR, subject, text, "", "people")])
        if shown is not None and hashlib.sha256(shown).hexdigest() != facts.content_hash:
            text = _("What was shown is not what would be signed any more. Look at it again.")
            raise Refused([Finding("AP-36", Severity.ERROR, subject, text)])
        blank = Signature(
            subject, facts.content_hash, slot, person_id, by.day, SignKind.KEY, "", key_id, suite=SUITE
        )
        proof = crypto.sign(PURPOSE, signed_message(blank.to_data()), seed)
        return _give(writing, book, facts, replace(blank, evidence=proof))


def _signing_facts(
    connection: Connection, book: Book, subject: str, today: date, before: Facts | None = None
) -> Facts:
    """Facts about a waiting document, or about a notice under review.

    `before` are those of the same document a signature ago: a signature changes nothing but who signs next.
    """
    held = docs.submitted(connection, subject)
    if held is None:
        reviewed = notices.review_facts(connection, book.info, subject, today)
        reviewed = reviewed or requests.review_facts(connection, book.info, subject, today)
        if reviewed is not None:
            return reviewed
    if held is None or not docs.is_waiting(connection, subject):
        text = _("This document does not wait for signatures (any more).")
        raise Refused([Finding("AP-38", Severity.ERROR, subject, text)])
    facts = before or gather.for_document(connection, book.info, held.document, today)
    given = docs.signatures(connection, subject, held.content_hash)
    return replace(facts, states=slot_states(facts.slots or (), given), sent_on=held.submitted_on)


def _drawn(connection: Connection, facts: Facts, signature: Signature) -> tuple[Draw, ...]:
    """What the signature of a meeting slot stands on."""
    if facts.document is None:
        return ()
    return resolution_facts.for_signature(connection, facts, facts.document, signature)


def _give(writing: Writing, book: Book, facts: Facts, signature: Signature) -> Outcome:
    drawn = _drawn(writing.connection, facts, signature)
    facts = key_facts.about_to_sign(writing.connection, facts, signature)
    look = _looked(writing.connection, facts, signature)
    look = replace(look, seals=history(seals.holdings(writing.connection)))
    told = replace(facts, signature=signature, look=look, resolutions=replace(facts.resolutions, draws=drawn))
    pass_or_refuse(told, When.SIGN)
    writing.log("signature.given", signature.to_data(), new_id(), "documents", "notices")
    writing.settle()
    decided = requests.after_signature(writing, facts, signature.subject)
    if decided is not None:
        return decided
    if facts.document is None:
        return notices.after_signature(writing, facts, signature.subject)
    return advance(writing, book, facts)


def reject(book: Book, document_id: str, person_id: str, reason: str, by: By) -> None:
    """Somebody says no, with a reason that stays for ever.

    That of supervision and the township is a veto, lifted only by a meeting or the township (AP4); that of finance staff
    sends a document back to be mended and is told to supervision and township (AP20).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = _signing_facts(writing.connection, book, document_id, by.day)
        held = facts.staff.posts_of(person_id, by.day)
        may = {PostKind.SUPERVISION_HEAD, PostKind.SUPERVISOR, PostKind.TOWNSHIP}
        finance = bool(held & refusals.FINANCE) and not held & may and facts.document is not None
        problems = []
        if not held & may and not finance:
            text = _("Only supervision, the township or finance staff can say no; {name} holds no such post.")
            problems.append(text)
        if not says_why(reason):
            problems.append(_("Say why, in at least four characters."))
        if problems:
            name = facts.staff.name(person_id)
            raise Refused(
                [Finding("AP-07", Severity.ERROR, document_id, p.format(name=name)) for p in problems]
            )
        if finance and facts.document is not None:
            body = json.dumps(facts.document.to_data(), ensure_ascii=False)
            kind = facts.document.kind.value
            objects.save_draft(writing.connection, document_id, kind, body, by.at.isoformat())
        writing.log(
            "document.refused" if finance else "document.rejected",
            {
                "subject": document_id,
                "content_hash": facts.content_hash,
                "what": "refused" if finance else "rejected",
                "person_id": person_id,
                "reason": reason.strip(),
            },
            new_id(),
            "documents",
            "notices",
        )
