"""What wants doing about posts: terms that end, offices not handed over, slots nobody can sign."""

from __future__ import annotations

from datetime import date, timedelta

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.people import Post, PostKind, Staff
from villagebook.domain.signature import Slot, next_slot, slot_states
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.rules.post_words import post_title
from villagebook.services.gathering import facts as gather
from villagebook.services.names import slot_title
from villagebook.services.offices.handover_words import due_on
from villagebook.storage import documents as docs
from villagebook.storage import registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

SOON = 30
"""Days before the end of a term at which it is spoken of."""
MOST = 20
"""Waiting documents that are looked through."""


def reminders(connection: Connection, info: BookInfo, facts: Facts, today: date) -> tuple[Finding, ...]:
    """Offices first, then documents that nobody can sign."""
    return (*_offices(facts, today), *_unsigned(connection, info, facts, today))


def waits_for_handover(facts: Facts) -> tuple[Post, ...]:
    """Posts of the kinds that are handed over which were left without that: the newest of each kind."""
    found = []
    for kind in PostKind:
        left = [p for p in facts.staff.posts if p.kind is kind and p.to_on is not None]
        last = max(left, key=lambda p: p.to_on or p.from_on, default=None)
        if last and kind.value in facts.policy.words["handover_posts"] and not last.is_settled:
            found.append(last)
    return tuple(found)


def vacant(facts: Facts, day: date) -> tuple[PostKind, ...]:
    """Kinds of posts that were once held, or that slots ask for, and that nobody holds on a day."""
    if not facts.staff.posts:
        return ()
    asked = {s.posts[0] for s in facts.policy.slots.values() if s.posts and s.code not in ("C", "T")}
    return tuple(k for k in PostKind if k in asked and not facts.staff.holders((k,), day))


def vacancies(book: Book, today: date) -> tuple[str, ...]:
    """Titles of posts that slots ask for first and nobody holds."""
    with book.reading() as connection:
        return tuple(post_title(k) for k in vacant(gather.ground(connection, book.info, today), today))


def handed_kinds(book: Book, today: date) -> frozenset[PostKind]:
    """Kinds of posts that are handed over by a list."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, today)
    return frozenset(PostKind(k) for k in policy.words["handover_posts"])


def handover_state(post: Post, staff: Staff, wanted: frozenset[PostKind]) -> str:
    """What became of an office that was left: to whom it went, by which decision, or that it did not."""
    if post.handed_on is not None:
        return _("to {name}").format(name=staff.name(post.handed_to))
    if post.decision:
        return _("by decision {number}").format(number=post.decision)
    return _("not handed over") if post.to_on is not None and post.kind in wanted else ""


def _offices(facts: Facts, today: date) -> list[Finding]:
    made = []
    days = facts.policy.number("handover_days")
    for post in waits_for_handover(facts):
        name = facts.staff.name(post.person_id)
        target = f"office:{post.id}"
        if post.to_on is None:
            continue
        if post.to_on >= today and (post.to_on - today).days <= SOON:
            text = _("{name} is {post} until {day}. Prepare the handover.")
            words = text.format(name=name, post=post_title(post.kind), day=post.to_on.isoformat())
            made.append(Finding("HOME-26", Severity.HINT, name, words, "", target))
        elif post.to_on < today:
            due = due_on(post.to_on, days)
            text = _("{name} left as {post} on {day} and is to hand over by {due}.")
            words = text.format(
                name=name, post=post_title(post.kind), day=post.to_on.isoformat(), due=due.isoformat()
            )
            level = Severity.WARNING if today > due else Severity.HINT
            made.append(Finding("HOME-27", level, name, words, "", target))
    return made


def _unsigned(connection: Connection, info: BookInfo, facts: Facts, today: date) -> list[Finding]:
    """Documents whose turn is a slot that nobody may sign: once per slot."""
    tomorrow = today + timedelta(days=1)
    if all(facts.staff.holders(s.posts, tomorrow) for s in facts.policy.slots.values() if s.posts):
        return []
    stuck: dict[str, int] = {}
    for document_id in docs.waiting(connection)[:MOST]:
        slot = _turn(connection, info, document_id, today)
        if slot is not None and slot.posts and not facts.staff.holders(slot.posts, today):
            stuck[slot.code] = stuck.get(slot.code, 0) + 1
    made = []
    for code, number in stuck.items():
        text = ngettext(
            "{n} document waits for {slot}, and nobody holds a post that may sign it.",
            "{n} documents wait for {slot}, and nobody holds a post that may sign it.",
            number,
        )
        words = text.format(n=number, slot=slot_title(code))
        made.append(Finding("HOME-28", Severity.WARNING, code, words, "", "people"))
    return made


def _turn(connection: Connection, info: BookInfo, document_id: str, today: date) -> Slot | None:
    held = docs.submitted(connection, document_id)
    if held is None:
        return None
    facts = gather.for_document(connection, info, held.document, today)
    given = docs.signatures(connection, document_id, held.content_hash)
    return next_slot(slot_states(facts.slots or (), given))
