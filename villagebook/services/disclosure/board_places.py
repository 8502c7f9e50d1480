"""Where notices hang: the boards on the township's list, and those the village has set up itself."""

from __future__ import annotations

from datetime import date

from villagebook.domain.board import BoardPlace
from villagebook.domain.policy import Policy
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.disclosure.board import TOPIC
from villagebook.services.gate import refuse
from villagebook.storage import board as store
from villagebook.storage import registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


def places(book: Book) -> tuple[BoardPlace, ...]:
    """The village's own boards, those out of use too."""
    with book.reading() as connection:
        return store.places(connection)


def required_places(connection: Connection, policy: Policy) -> tuple[str, ...]:
    """Where a notice has to hang: the township's list, then the village's own boards in use."""
    own = (p.name for p in store.places(connection) if p.in_use)
    return tuple(dict.fromkeys((*policy.words["post_places"], *own)))


def places_to_post(book: Book, today: date) -> tuple[str, ...]:
    with book.reading() as connection:
        return required_places(connection, registry.read_policy_on(connection, today))


def set_place(book: Book, place: BoardPlace, reason: str, by: By) -> None:
    """Name a board of the village, change where it stands, or take it out of use with a reason.

    Raises Refused (DIS-10): no name, out of use without a reason, unknown, a place of the township's list.
    """
    with book.writing(by.actor, by.at) as writing:
        known = {p.name: p for p in store.places(writing.connection)}
        name = place.name.strip()
        policy = registry.read_policy_on(writing.connection, by.day)
        problems = []
        if not name:
            problems.append(_("Say what the board is called, such as the name of the hamlet."))
        if not place.in_use and len(reason.strip()) < 4:
            problems.append(_("Say why it is out of use, in at least four characters."))
        if not place.in_use and name and name not in known:
            problems.append(_("There is no board of this name."))
        if name in policy.words["post_places"]:
            text = _("{name} is on the township's list and always in use.")
            problems.append(text.format(name=name))
        refuse("DIS-10", name, problems, "notice")
        writing.log(
            "board.place_set",
            {"name": name, "spot": place.spot.strip(), "in_use": place.in_use}
            | ({"reason": reason.strip()} if reason.strip() else {}),
            new_id(),
            TOPIC,
        )
