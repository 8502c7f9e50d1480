"""Slips: printed to be signed with a pen, taken in as pictures, held against what they are to prove."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from villagebook.domain.document import Attachment
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.signature import (
    Signature,
    SignKind,
)
from villagebook.domain.slip import SEAL_LENGTH, Slip, SlipSlot
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.look_facts import LookFacts
from villagebook.rules.seal_words import seal_title
from villagebook.services.approvals import requests
from villagebook.services.by import By
from villagebook.services.files import keep_file
from villagebook.services.gathering import facts as gather
from villagebook.services.names import (
    slot_title,
    stand_in_words,
    tier_title,
)
from villagebook.services.vouchers.lifting import lifting_words
from villagebook.storage import documents as docs
from villagebook.storage import objects, second_looks
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class PhotoIn:
    """A photo taken in: what it shows of ours, and what is wrong with it."""

    photo: Attachment
    documents: tuple[str, ...]
    findings: tuple[Finding, ...]


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


def look_at(connection: Connection, facts: Facts, signature: Signature) -> LookFacts:
    """What a signature in ink stands on: whether its picture is in the book, and of this very content where a code was read.

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


def _codes(sha256: str) -> str:
    """Under what the codes read in a picture are kept beside it."""
    return f"codes:{sha256}"


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
