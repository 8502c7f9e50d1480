"""The four doors of a document: draft, preview, submit, post."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period
from villagebook.domain.reason import says_why
from villagebook.domain.signature import Signature, Slot, SlotState, next_slot, slot_states
from villagebook.domain.voucher import WORDS, DocKind, Voucher, VoucherLine, voucher_label
from villagebook.i18n import _
from villagebook.rules import second_look
from villagebook.rules.facts import Facts
from villagebook.rules.plan_facts import NO_PLAN, PlanFacts
from villagebook.rules.resolution_facts import Draw
from villagebook.rules.rule import When
from villagebook.rules.spending_facts import NO_SPENDING, SpendingFacts
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import look_facts
from villagebook.services.names import slot_title, tier_title
from villagebook.services.vouchers import reasons
from villagebook.services.vouchers.lifting import lifting_words
from villagebook.storage import documents as docs
from villagebook.storage import ledger, objects, posted_vouchers
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection
from villagebook.storage.log import holds


@dataclass(frozen=True, slots=True)
class Preview:
    """What a document would become: shown beside the form while it is typed."""

    lines: tuple[VoucherLine, ...]
    findings: tuple[Finding, ...]
    slots: tuple[Slot, ...]
    tier: str
    next_label: str
    source_balance_fen: int | None
    left_fen: int | None
    plan: PlanFacts = NO_PLAN
    draws: tuple[Draw, ...] = ()
    spending: SpendingFacts = NO_SPENDING


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a verb: posted with a number, or waiting for a slot."""

    document_id: str
    voucher_id: str
    label: str
    waiting_for: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A submitted document with its signatures. `state` is waiting, posted, or what stopped it: rejected, refused, withdrawn.

    `lifting` says how a veto on it was lifted, "" when none was; `reasons` are those recorded for a hold after it was sent in.
    """

    document: Document
    content_hash: str
    state: str
    slot_states: tuple[SlotState, ...]
    voucher_id: str
    lifting: str = ""
    reasons: tuple[str, ...] = ()


def new_document(kind: DocKind, booked_on: date) -> Document:
    return Document(new_id(), kind, booked_on, "")


def save_draft(book: Book, document: Document, by: By) -> None:
    """Keep what is typed; survives a power cut, is no event."""
    with book.scribbling() as connection:
        body = json.dumps(document.to_data(), ensure_ascii=False)
        objects.save_draft(connection, document.id, document.kind.value, body, by.at.isoformat())


def drafts(book: Book) -> tuple[Document, ...]:
    with book.reading() as connection:
        return tuple(Document.from_data(json.loads(b)) for b in objects.draft_bodies(connection))


def discard_draft(book: Book, document_id: str) -> None:
    with book.scribbling() as connection:
        objects.drop_draft(connection, document_id)


def preview(book: Book, document: Document, today: date) -> Preview:
    """All findings at once, the derived voucher, the slots it will need and what remains at its source."""
    with book.reading() as connection:
        facts = replace(gather.for_document(connection, book.info, document, today), excused=None)
        word = WORDS[document.kind]
        number = posted_vouchers.next_number(connection, Period.of(document.booked_on), word)
        balance = ledger.place_balances_on(connection, document.booked_on).get(document.place, 0)
    has_source = document.place in facts.places
    signed_fen = document.total_fen if document.kind is DocKind.RECEIPT else -document.total_fen
    return Preview(
        lines=facts.lines,
        findings=look(facts, When.SUBMIT),
        slots=facts.slots or (),
        tier=tier_title(facts.policy, document, facts.spending),
        next_label=voucher_label(word, number),
        source_balance_fen=balance if has_source else None,
        left_fen=balance + signed_fen if has_source else None,
        plan=facts.plan,
        draws=facts.resolutions.draws,
        spending=facts.spending,
    )


def submit(book: Book, document: Document, by: By) -> Outcome:
    """Freeze the content and log it; post at once when no signature is needed.

    A document whose id is in the log already as posted is not submitted again (the answer tells its number).
    Raises Refused with every finding that stops.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        if holds(connection, document.id):
            return _posted_outcome(connection, document.id)
        facts = replace(gather.for_document(connection, book.info, document, by.day), excused=None)
        pass_or_refuse(facts, When.SUBMIT)
        about = reasons.about(facts)
        before = docs.submitted(connection, document.id)
        _refuse_same_content(connection, document, before, vetoed=facts.vetoed)
        times = before.times + 1 if before else 1
        writing.log(
            "document.submitted",
            {
                "content": document.to_data(),
                "content_hash": facts.content_hash,
                "total_fen": document.total_fen,
                "first": before is None,
                "policy": f"{facts.policy.id} {facts.policy.version}",
                **({"excused": about} if document.excuse.strip() else {}),
            },
            f"{document.id}/s{times}",
            "documents",
        )
        objects.drop_draft(connection, document.id)
        writing.settle()
        return advance(writing, book, replace(facts, excused=frozenset(about)))


def _refuse_same_content(
    connection: Connection, document: Document, before: docs.Submitted | None, *, vetoed: bool
) -> None:
    """Sending in again what already waits, or what was ever rejected or taken back, unchanged; a lifted veto lets it through."""
    content_hash = document.content_hash()
    stop = docs.stop_of(connection, document.id, content_hash)
    if stop is None and (before is None or before.content_hash != content_hash):
        return
    if stop is not None and stop.what == "rejected" and not vetoed:
        return
    if stop is None:
        text = _("This document waits for signatures already.")
    else:
        text = _(
            "Exactly this content was rejected or taken back. Change what was objected to, then send it in."
        )
    raise Refused([Finding("AP-08", Severity.ERROR, document.summary, text, "", f"document:{document.id}")])


def advance(writing: Writing, book: Book, facts: Facts) -> Outcome:
    """Post the document of these facts when nothing is missing; else say whose turn it is."""
    document = facts.document
    if document is None:
        raise AssertionError("facts without a document")
    given = docs.signatures(writing.connection, document.id, facts.content_hash)
    states = slot_states(facts.slots or (), given)
    turn = next_slot(states)
    if turn is not None:
        return Outcome(document.id, "", "", slot_title(turn.code))
    facts = look_facts.with_look(writing.connection, replace(facts, states=states))
    if second_look.wanted(facts):
        return Outcome(document.id, "", "", _("second look at the slip"))
    booked_on = max([document.booked_on, *(s.signed_on for s in given)])
    return _post(writing, book, facts, given, booked_on)


def _post(
    writing: Writing, book: Book, facts: Facts, given: tuple[Signature, ...], booked_on: date
) -> Outcome:
    """Give the next number and log the voucher. The booking date is the day of the last signature (AP3)."""
    document = facts.document
    if document is None:
        raise AssertionError("facts without a document")
    if booked_on != document.booked_on:
        moved = replace(document, booked_on=booked_on)
        again = gather.for_document(writing.connection, book.info, moved, facts.today)
        states = slot_states(again.slots or (), given)  # what lies near the new day may ask for more
        facts = replace(
            again, states=states, content_hash=facts.content_hash, look=facts.look, excused=facts.excused
        )
        turn = next_slot(states)
        if turn is not None:
            return Outcome(document.id, "", "", slot_title(turn.code))
    facts = replace(facts, office=replace(facts.office, signed=given))
    pass_or_refuse(facts, When.POST)
    word = WORDS[document.kind]
    number = posted_vouchers.next_number(writing.connection, Period.of(booked_on), word)
    voucher = Voucher(
        id=document.id,
        kind=document.kind,
        word=word,
        number=number,
        booked_on=booked_on,
        summary=document.summary,
        lines=facts.lines,
        party=document.party,
        paper_count=document.paper_count or len(document.attachments),
        document_id=document.id,
        paper_no=document.receipt_no or document.support_no,
        corrects=document.corrects,
    )
    log_voucher(writing, voucher, to_check=not given and document.kind in facts.policy.checked_kinds)
    return Outcome(document.id, voucher.id, voucher.label, "")


def voucher_data(voucher: Voucher) -> dict[str, object]:
    """The body of a `voucher.posted` event; `corrects` came later and is named only when there is one."""
    return {
        **({"corrects": voucher.corrects} if voucher.corrects else {}),
        "kind": voucher.kind.value,
        "word": voucher.word,
        "number": voucher.number,
        "booked_on": voucher.booked_on.isoformat(),
        "summary": voucher.summary,
        "party": voucher.party,
        "paper_count": voucher.paper_count,
        "origin": voucher.origin.value,
        "document_id": voucher.document_id,
        "reverses": voucher.reverses,
        "paper_no": voucher.paper_no,
        "places_inferred": voucher.places_inferred,
        "lines": [line.to_data() for line in voucher.lines],
    }


def log_voucher(writing: Writing, voucher: Voucher, *, to_check: bool = False) -> None:
    """`to_check` says that a second person holds it against its paper; it stands in the log, so that it holds for ever."""
    data = {**voucher_data(voucher), **({"to_check": True} if to_check else {})}
    writing.log("voucher.posted", data, voucher.id, "vouchers", "documents")


def _posted_outcome(connection: Connection, document_id: str) -> Outcome:
    voucher = posted_vouchers.voucher(connection, document_id)
    return Outcome(document_id, document_id if voucher else "", voucher.label if voucher else "", "")


def withdraw(book: Book, document_id: str, reason: str, by: By) -> None:
    """Take a waiting document back to the drafts; signatures it had stay in the log, void.

    Raises Refused: it waits no more, or somebody has signed it and nobody says why it goes back.
    """
    with book.writing(by.actor, by.at) as writing:
        held = _waiting(writing.connection, document_id)
        if docs.signatures(writing.connection, document_id, held.content_hash) and not says_why(reason):
            text = _("It has been signed already: say why it is taken back, in at least four characters.")
            raise Refused([Finding("AP-38", Severity.ERROR, held.document.summary, text)])
        writing.log(
            "document.withdrawn",
            {
                "subject": document_id,
                "content_hash": held.content_hash,
                "what": "withdrawn",
                "person_id": "",
                "reason": reason.strip(),
            },
            new_id(),
            "documents",
        )
        body = json.dumps(held.document.to_data(), ensure_ascii=False)
        objects.save_draft(writing.connection, document_id, held.document.kind.value, body, by.at.isoformat())


def _waiting(connection: Connection, document_id: str) -> docs.Submitted:
    held = docs.submitted(connection, document_id)
    if held is None or not docs.is_waiting(connection, document_id):
        raise Refused(
            [
                Finding(
                    "AP-38",
                    Severity.ERROR,
                    document_id,
                    _("This document does not wait for signatures (any more)."),
                )
            ]
        )
    return held


def document_view(book: Book, document_id: str) -> DocumentView:
    """Raises Refused when the book knows no such document."""
    with book.reading() as connection:
        held = docs.submitted(connection, document_id)
        if held is None:
            raise Refused([Finding("AP-38", Severity.ERROR, document_id, _("There is no such document."))])
        stop = docs.stop_of(connection, document_id, held.content_hash)
        posted = posted_vouchers.voucher_of_document(connection, document_id)
        facts = gather.for_document(connection, book.info, held.document, held.submitted_on)
        given = docs.signatures(connection, document_id, held.content_hash)
        state = "posted" if posted else stop.what if stop else "waiting"
        return DocumentView(
            held.document,
            held.content_hash,
            state,
            slot_states(facts.slots or (), given),
            posted.id if posted else "",
            lifting_words(connection, document_id),
            docs.later_reasons(connection, document_id, held.content_hash),
        )
