"""Persons, posts, money places, accounts and receipt books: the book's master data, each a signed-off event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from villagebook.domain.people import Post, PostKind, Staff
from villagebook.domain.place import Place
from villagebook.domain.receipts import ReceiptBook
from villagebook.i18n import _
from villagebook.rules.line_facts import LineFacts, NewPost
from villagebook.rules.office_facts import EndedPost, GivenPost
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import office_facts
from villagebook.storage import registry
from villagebook.storage.book import Book


def add_person(book: Book, name: str, by: By) -> str:
    """Returns the new person's id. Same names are allowed; posts and groups tell people apart."""
    name = name.strip()
    if len(name) < 2 or any(c.isdigit() for c in name):
        raise refusal("AP-02", name, _("Enter the person's name; numbers do not belong here."))
    person_id = new_id()
    with book.writing(by.actor, by.at) as writing:
        writing.log("person.added", {"id": person_id, "name": name}, new_id(), "people")
    return person_id


def give_post(
    book: Book, person_id: str, kind: PostKind, from_on: date, by: By, *, decision: str = ""
) -> str:
    """Returns the id of the post. `decision` is the township's written word where nobody could hand over.

    Raises Refused: unknown person, held already, posts that exclude each other (E2L-41), a relative in a post that checks
    this one (AP-42), a day in a closed month (AP-43), a former holder who has not handed over (AP-28).
    """
    post_id = new_id()
    with book.writing(by.actor, by.at) as writing:
        staff = registry.read_staff(writing.connection)
        held = staff.posts_of(person_id, from_on)
        name = staff.name(person_id)
        if person_id not in staff.persons:
            raise refusal("AP-02", person_id, _("There is no such person."))
        if kind in held:
            raise refusal("AP-02", name, _("{name} holds this post already.").format(name=name))
        later = frozenset(
            p.kind
            for p in staff.posts
            if p.person_id == person_id and (p.to_on is None or p.to_on >= from_on)
        )
        new = LineFacts(new_post=NewPost(name, kind, held | later))
        facts = office_facts.ground(writing.connection, gather.ground(writing.connection, book.info, by.day))
        former = _former(staff, person_id, kind)
        decision = decision.strip() if former else ""
        closed = max((p.last_day for p, s in facts.period_states.items() if s != "open"), default=None)
        giving = GivenPost(person_id, kind, from_on, former, decision, closed)
        told = replace(facts, line=new, office=replace(facts.office, giving=giving))
        pass_or_refuse(told, When.OFFICE)
        body: dict[str, object] = {
            "id": post_id,
            "person_id": person_id,
            "kind": kind.value,
            "from_on": from_on.isoformat(),
        }
        if former is not None and decision and not former.is_settled:
            body.update(former=former.id, decision=decision)
        writing.log("post.given", body, new_id(), "people")
    return post_id


def _former(staff: Staff, person_id: str, kind: PostKind) -> Post | None:
    """Who left this kind of post last; None when nobody did, or it was the same person."""
    left = [p for p in staff.posts if p.kind is kind and p.to_on is not None]
    last = max(left, key=lambda p: p.to_on or p.from_on, default=None)
    return None if last is None or last.person_id == person_id else last


def end_post(book: Book, post_id: str, on: date, by: By, *, decision: str = "") -> None:
    """The last day in office, included. `decision` as in `give_post`, where others go on in the same post.

    Raises Refused: ended already, before its beginning or its holder's last signature (AP-44), not handed over to whoever
    goes on in the post (AP-28).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        post = next((p for p in facts.staff.posts if p.id == post_id), None)
        if post is None or post.to_on is not None or on < post.from_on:
            raise refusal(
                "AP-02", post_id, _("This post has ended already, or the day lies before its beginning.")
            )
        after = on + timedelta(days=1)
        others = {p.id for p in facts.staff.holders((post.kind,), after)} - {post.person_id}
        ending = EndedPost(
            post,
            on,
            office_facts.last_signed(writing.connection, facts, post),
            frozenset(others),
            decision.strip(),
        )
        pass_or_refuse(replace(facts, office=replace(facts.office, ending=ending)), When.OFFICE)
        body: dict[str, object] = {"post_id": post_id, "to_on": on.isoformat()}
        if decision.strip():
            body["decision"] = decision.strip()
        writing.log("post.ended", body, new_id(), "people")


def add_place(book: Book, place: Place, by: By) -> None:
    """A new money place. Raises Refused by R7 (E2L-15, E2L-16, E2L-17) and for a code in use."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        if place.code in facts.places or place.account not in facts.chart or not place.name.strip():
            text = _("Give the place a new code, a name, and a cash or bank account of the chart.")
            raise refusal("VCH-05", place.code, text)
        pass_or_refuse(replace(facts, new_place=place), When.PLACE)
        writing.log("place.added", place.to_data(), new_id(), "places")


def receipt_books(book: Book) -> tuple[ReceiptBook, ...]:
    with book.reading() as connection:
        return registry.read_receipt_books(connection)
