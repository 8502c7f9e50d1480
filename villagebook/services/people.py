"""Persons, posts, money places, accounts and receipt books: the book's master data, each a signed-off event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.people import PostKind
from villagebook.domain.place import Place
from villagebook.domain.receipts import ReceiptBook
from villagebook.i18n import _
from villagebook.rules.line_facts import LineFacts, NewPost
from villagebook.rules.rule import When
from villagebook.services import facts as gather
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse
from villagebook.storage import registry
from villagebook.storage.book import Book


def _refuse(where: str, text: str, error_id: str = "AP-02") -> Refused:
    return Refused([Finding(error_id, Severity.ERROR, where, text)])


def add_person(book: Book, name: str, by: By) -> str:
    """Returns the new person's id. Same names are allowed; posts and groups tell people apart."""
    name = name.strip()
    if len(name) < 2 or any(c.isdigit() for c in name):
        raise _refuse(name, _("Enter the person's name; numbers do not belong here."))
    person_id = new_id()
    with book.writing(by.actor, by.at) as writing:
        writing.log("person.added", {"id": person_id, "name": name}, new_id(), "people")
    return person_id


def give_post(book: Book, person_id: str, kind: PostKind, from_on: date, by: By) -> str:
    """Returns the id of the post. Raises Refused: unknown person, held already, or posts that exclude each other."""
    post_id = new_id()
    with book.writing(by.actor, by.at) as writing:
        staff = registry.read_staff(writing.connection)
        held = staff.posts_of(person_id, from_on)
        name = staff.name(person_id)
        if person_id not in staff.persons:
            raise _refuse(person_id, _("There is no such person."))
        if kind in held:
            raise _refuse(name, _("{name} holds this post already.").format(name=name))
        later = frozenset(
            p.kind
            for p in staff.posts
            if p.person_id == person_id and (p.to_on is None or p.to_on >= from_on)
        )
        new = LineFacts(new_post=NewPost(name, kind, held | later))
        facts = gather.ground(writing.connection, book.info, by.day)
        pass_or_refuse(replace(facts, line=new), When.OFFICE)
        writing.log(
            "post.given",
            {"id": post_id, "person_id": person_id, "kind": kind.value, "from_on": from_on.isoformat()},
            new_id(),
            "people",
        )
    return post_id


def end_post(book: Book, post_id: str, on: date, by: By) -> None:
    """The last day in office, included."""
    with book.writing(by.actor, by.at) as writing:
        post = next((p for p in registry.read_staff(writing.connection).posts if p.id == post_id), None)
        if post is None or post.to_on is not None or on < post.from_on:
            raise _refuse(post_id, _("This post has ended already, or the day lies before its beginning."))
        writing.log("post.ended", {"post_id": post_id, "to_on": on.isoformat()}, new_id(), "people")


def add_place(book: Book, place: Place, by: By) -> None:
    """A new money place. Raises Refused by R7 (E2L-15, E2L-16, E2L-17) and for a code in use."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        if place.code in facts.places or place.account not in facts.chart or not place.name.strip():
            text = _("Give the place a new code, a name, and a cash or bank account of the chart.")
            raise _refuse(place.code, text, "VCH-05")
        pass_or_refuse(replace(facts, new_place=place), When.PLACE)
        writing.log("place.added", place.to_data(), new_id(), "places")


def receipt_books(book: Book) -> tuple[ReceiptBook, ...]:
    with book.reading() as connection:
        return registry.read_receipt_books(connection)
