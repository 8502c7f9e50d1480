"""Handing an office over: compiled, frozen, printed, signed by three, and only then the next holder may begin (AP16)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.document import Attachment
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.keys import SUITE
from villagebook.domain.office_handover import Hand, HandoverList, Listed, PartCode, Terms
from villagebook.domain.people import Post
from villagebook.domain.signature import Signature, SignKind, signed_message
from villagebook.domain.slip import SEAL_LENGTH
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services import pin_guard
from villagebook.services.by import By, new_id
from villagebook.services.files import keep_file
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import key_facts
from villagebook.services.offices import handover_list
from villagebook.storage import offices, registry
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

PURPOSE = "handover"


@dataclass(frozen=True, slots=True)
class Draft:
    """A list as it would be now, with everything that stands in its way."""

    content: HandoverList
    findings: tuple[Finding, ...]


def _no(text: str, where: str = "") -> Refused:
    return refusal("AP-47", where, text, target="people")


def _post(facts: Facts, post_id: str) -> Post:
    post = next((p for p in facts.staff.posts if p.id == post_id), None)
    if post is None:
        raise _no(_("Choose the post that is handed over."))
    return post


def preview(book: Book, terms: Terms, today: date) -> Draft:
    """The list compiled, and all findings at once. Raises Refused when there is no such post."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, today)
        post = _post(facts, terms.post_id)
        content = handover_list.compiled(connection, facts, terms, post, "")
        told = _told(connection, facts, content, post)
        return Draft(content, look(told, When.REGISTER))


def _told(connection: Connection, facts: Facts, content: HandoverList, post: Post | None) -> Facts:
    act = handover_list.facts_of(connection, facts, content, post)
    return replace(facts, office=replace(facts.office, handover=act))


def freeze(book: Book, terms: Terms, by: By) -> Listed:
    """Log the list as it stands, to be printed and signed; a new one takes the place of an earlier one of this post.

    Raises Refused: cash or bank do not agree, not three people, seals that stay behind (AP-45 to AP-48).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        post = _post(facts, terms.post_id)
        content = handover_list.compiled(writing.connection, facts, terms, post, new_id())
        pass_or_refuse(_told(writing.connection, facts, content, post), When.REGISTER)
        body: dict[str, object] = {"content": content.to_data(), "content_hash": content.content_hash()}
        writing.log("handover.listed", body, new_id(), "people")
        return Listed(content, content.content_hash(), by.day)


def take_in(book: Book, data: bytes, name: str, handover_id: str) -> tuple[Attachment, tuple[Finding, ...]]:
    """Keep the scan of the signed sheets; says when its codes are those of another list.

    Raises KnownError when the file is no picture or too large.
    """
    from villagebook.exchange.photos import read_photo

    read = read_photo(data)
    with book.scribbling() as connection:
        several = len(read.pages) > 1
        kept, media_type = (data, "application/pdf") if several else (read.jpeg, read.media_type)
        photo = keep_file(connection, kept, media_type, name)
        held = offices.listed(connection, handover_id)
    seal = held.content_hash[:SEAL_LENGTH] if held else ""
    if (handover_id, seal) in read.slips:
        return photo, ()
    if read.slips:
        text = _("These sheets belong to another list, or to one that was made anew since.")
        return photo, (Finding("AP-39", Severity.ERROR, name, text),)
    text = _("No code of ours was found on {name}. Look whether these are the right sheets.").format(
        name=name
    )
    return photo, (Finding("AP-40", Severity.WARNING, name, text),)


def sign_ink(book: Book, handover_id: str, sheet: Attachment, signed_on: date, by: By) -> Listed:
    """All three have signed on paper; the office has passed then. All or nothing."""
    with book.writing(by.actor, by.at) as writing:
        held = _waiting(writing.connection, handover_id)
        for hand in Hand:
            if hand not in held.signed:
                who = held.content.person(hand)
                given = _signature(held, hand, who, signed_on, SignKind.INK, sheet.sha256)
                held = _give(writing, book, held, hand, given, by)
        return _finish(writing, held, (sheet,))


def sign_key(
    book: Book,
    handover_id: str,
    hand: Hand,
    sealed_key: bytes,
    key_file: bytes,
    pin: str,
    by: By,
    shown: bytes | None = None,
) -> Listed:
    """One of the three signs with the own key; the third signature completes it. `shown` are the bytes that were seen.

    Raises KnownError for a wrong PIN or stick, Refused when the key is not this person's or does not hold (KEY-01 to KEY-06).
    """
    from villagebook.exchange import signing as crypto

    seed = pin_guard.open_seed(sealed_key, key_file, pin, by.at)
    key_id = crypto.key_id(crypto.public_key(seed))
    with book.writing(by.actor, by.at) as writing:
        held = _waiting(writing.connection, handover_id)
        who = held.content.person(hand)
        enrolled = registry.read_key(writing.connection, key_id)
        if enrolled is None or enrolled[0] != who or hand in held.signed:
            raise _no(_("This key is not that of the person who is to sign here."))
        if shown is not None and hashlib.sha256(shown).hexdigest() != held.content_hash:
            raise _no(_("What was shown is not what would be signed any more. Look at it again."))
        blank = _signature(held, hand, who, by.day, SignKind.KEY, "", key_id)
        proof = crypto.sign(PURPOSE, signed_message(blank.to_data()), seed)
        held = _give(writing, book, held, hand, replace(blank, evidence=proof), by)
        return _finish(writing, held, ())


def _signature(
    held: Listed, hand: Hand, who: str, day: date, kind: SignKind, evidence: str, key_id: str = ""
) -> Signature:
    suite = SUITE if kind is SignKind.KEY else ""
    return Signature(
        held.content.id, held.content_hash, hand.value, who, day, kind, evidence, key_id, suite=suite
    )


def _waiting(connection: Connection, handover_id: str) -> Listed:
    held = offices.listed(connection, handover_id)
    newest = held and next(
        (n for n in offices.lists(connection) if n.content.terms.post_id == held.content.terms.post_id), None
    )
    if held is None or newest is None or held.done_on is not None:
        raise _no(_("This handover does not wait for signatures (any more)."))
    if newest.content.id != handover_id:
        raise _no(_("A newer list was made for this post; have that one signed."))
    return held


def _give(writing: Writing, book: Book, held: Listed, hand: Hand, signature: Signature, by: By) -> Listed:
    connection = writing.connection
    facts = gather.ground(connection, book.info, by.day)
    post = _post(facts, held.content.terms.post_id)
    told = _told(connection, facts, held.content, post)
    now = handover_list.compiled(connection, facts, held.content.terms, post, held.content.id)
    act = told.office.handover
    if act is None:
        raise AssertionError("a handover without its facts")
    act = replace(act, changed=_differs(held.content, now), signing=hand, by=signature.person_id)
    told = replace(told, office=replace(told.office, handover=act))
    told = key_facts.about_to_sign(connection, told, signature, leaving=hand is Hand.GIVER)
    problems = list(stopping(look(told, When.REGISTER)))
    if not held.content.terms.on <= signature.signed_on <= by.day or not signature.evidence:
        text = _(
            "It is signed on the day of the handover or after it, not in the future, with a photo or a key."
        )
        problems.append(Finding("AP-47", Severity.ERROR, hand.value, text, "", "people"))
    if problems:
        raise Refused(problems)
    writing.log("signature.given", signature.to_data(), new_id(), "people")
    writing.settle()
    return replace(held, signed=(*held.signed, hand))


def _differs(listed: HandoverList, now: HandoverList) -> bool:
    """Whether the book moved on; files kept and the log itself grow with the handover alone."""
    return any(listed.part(c) != now.part(c) for c in PartCode if c is not PartCode.FILES)


def _finish(writing: Writing, held: Listed, sheets: tuple[Attachment, ...]) -> Listed:
    """Log that the office has passed once all three have signed."""
    if set(held.signed) != set(Hand):
        return held
    terms = held.content.terms
    post = next(p for p in registry.read_staff(writing.connection).posts if p.id == terms.post_id)
    writing.log(
        "office.handed_over",
        {
            "id": held.content.id,
            "post_id": terms.post_id,
            "taker": terms.taker,
            "overseer": terms.overseer,
            "handed_on": terms.on.isoformat(),
            "content_hash": held.content_hash,
            "sheets": [s.to_data() for s in sheets],
            "ended": post.to_on is None,
        },
        new_id(),
        "people",
    )
    return replace(held, done_on=terms.on, sheets=sheets)


def lists(book: Book) -> tuple[Listed, ...]:
    """Every list ever frozen, the newest first."""
    with book.reading() as connection:
        return offices.lists(connection)


def kit_pdf(book: Book, handover_id: str) -> bytes:
    """The sheets to be signed: a page per part, two copies. Raises Refused when there is no such list."""
    from villagebook.reports.handover_pdf import render_kit
    from villagebook.services.offices.handover_words import kit

    with book.reading() as connection:
        held = offices.listed(connection, handover_id)
        staff = registry.read_staff(connection)
    if held is None:
        raise _no(_("There is no such handover."))
    return render_kit(kit(held, staff, book.info.village))
