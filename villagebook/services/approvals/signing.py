"""Signatures given in ink and by key, side by side, and the no of somebody who does not sign."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.document import Attachment
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.keys import SUITE
from villagebook.domain.people import PostKind
from villagebook.domain.reason import says_why
from villagebook.domain.seals import history
from villagebook.domain.signature import (
    Signature,
    SignKind,
    signed_message,
    slot_states,
)
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import Draw
from villagebook.rules.rule import When
from villagebook.services import pin_guard
from villagebook.services.approvals import refusals, requests
from villagebook.services.approvals.slips import look_at
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import notices
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import key_facts, resolution_facts
from villagebook.services.vouchers.documents import Outcome, advance
from villagebook.storage import documents as docs
from villagebook.storage import objects, registry, seals
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

PURPOSE = "approve"


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
    look = look_at(writing.connection, facts, signature)
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
