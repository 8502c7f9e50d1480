"""A notice on the board: posted, photographed, taken down. Refused are acts that would leave gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.board import BoardPhoto, Hang, Life, Posting
from villagebook.domain.finding import Finding
from villagebook.domain.policy import Policy
from villagebook.i18n import N_, _
from villagebook.rules.board_facts import BoardFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import board_lives
from villagebook.services.gate import look, pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import board as store
from villagebook.storage import documents as docs
from villagebook.storage import registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

TOPIC = "notices"
REASONS = (
    N_("its days are over"),
    N_("moved to the board of the year"),
    N_("torn or washed off by the weather"),
    N_("taken down by somebody unknown"),
)
"""Why a notice comes down, as people say it; any other reason may be typed."""


def post(book: Book, posting: Posting, by: By) -> str:
    """Record that a notice or correction hangs at a place; returns the id of the posting.

    Raises Refused: not reviewed (DIS-06), incomplete (DIS-09), hanging there already, at a time that cannot be.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        told = board_lives.life_of(connection, posting.subject)
        life = told.life
        made = replace(
            posting,
            id=new_id(),
            content_hash=life.content_hash,
            place=posting.place.strip(),
            excuse=posting.excuse.strip(),
        )
        if not life.final:
            refuse(
                "DIS-06",
                life.number,
                [
                    _("Supervision has not signed {number} yet; a draft does not hang.").format(
                        number=life.number
                    )
                ],
                f"notice:{life.subject}",
            )
        refuse("DIS-09", life.number, _cannot_hang(connection, life, made, by))
        facts = gather.ground(connection, book.info, by.day)
        used = _used_photos(connection, made)
        pass_or_refuse(replace(facts, board=BoardFacts(life.number, made, used=used)), When.BOARD)
        made = _counted(made, facts.policy, by)
        data: dict[str, object] = {
            "id": made.id,
            "subject": made.subject,
            "content_hash": made.content_hash,
            "place": made.place,
            "person_id": made.person_id,
            "posted_at": made.posted_at.isoformat(timespec="minutes") if made.posted_at else "",
            "photos": [[p.view.value, p.sha256, p.shows.value] for p in made.photos],
        }
        later = {
            "excuse": made.excuse,
            "counts_from": made.counts_from.isoformat() if made.counts_from else "",
        }
        writing.log("notice.posted", data | {k: v for k, v in later.items() if v}, new_id(), TOPIC)
        return made.id


def _cannot_hang(connection: Connection, life: Life, made: Posting, by: By) -> list[str]:
    found = []
    if life.archived_on is not None:
        found.append(_("{number} is archived.").format(number=life.number))
    if any(h.posting.place == made.place for h in life.hanging()):
        found.append(
            _("{number} hangs at {place} already; take it down before it is posted again.").format(
                number=life.number, place=made.place
            )
        )
    ended = [h.removal.removed_on for h in life.hangs if h.removal and h.posting.place == made.place]
    if made.posted_at is not None:
        if made.posted_at.date() > by.day or made.posted_at > by.at.replace(tzinfo=None):
            found.append(_("It cannot have been posted at a time that is still to come."))
        signed_on = _signed_on(connection, life)
        if signed_on is not None and made.posted_at.date() < signed_on:
            text = _("It was signed on {day}; it cannot have hung before that.")
            found.append(text.format(day=signed_on.isoformat()))
        if ended and made.posted_at.date() < max(ended):
            text = _("It was taken down there on {day}; it cannot hang again before that day.")
            found.append(text.format(day=max(ended).isoformat()))
    if not {p.sha256 for p in made.photos} <= store.scanned(connection):
        found.append(_("A photo is not in the book: take it in again."))
    return found


def _counted(made: Posting, policy: Policy, by: By) -> Posting:
    """The posting; the days of one that was entered late count from the day of entry."""
    if made.posted_at is None or (by.day - made.posted_at.date()).days <= policy.number("board_entry_days"):
        return replace(made, counts_from=None)
    return replace(made, counts_from=by.day)


def _used_photos(connection: Connection, made: Posting) -> dict[str, str]:
    """Photos of other postings, by hash: which paper at which place."""
    wanted = {p.sha256 for p in made.photos}
    return {
        sha256: _("{place}, posted {day}").format(place=place, day=posted_at.date().isoformat())
        for sha256, place, posted_at in store.photo_uses(connection, wanted, but=made.id)
    }


def _signed_on(connection: Connection, life: Life) -> date | None:
    """The day of the last signature of the review."""
    given = docs.signatures(connection, life.subject, life.content_hash)
    return max((s.signed_on for s in given), default=None)


def add_photos(book: Book, posting_id: str, photos: tuple[BoardPhoto, ...], by: By) -> None:
    """Photos that came after the posting. Raises Refused (DIS-09): no such posting, no photo, of another paper, archived."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        hang = store.hang(connection, posting_id)
        problems = []
        if hang is None:
            problems.append(_("There is no such posting."))
        elif store.archived_at(connection, hang.posting.subject):
            problems.append(_("{number} is archived.").format(number=hang.posting.place))
        if not photos:
            problems.append(_("Choose a photo."))
        if any(p.shows.is_other_paper for p in photos):
            problems.append(_("The photo shows another paper than the one that hangs there."))
        if not {p.sha256 for p in photos} <= store.scanned(connection):
            problems.append(_("A photo is not in the book: take it in again."))
        refuse("DIS-09", hang.posting.place if hang else posting_id, problems)
        if hang is not None:
            used = _used_photos(connection, replace(hang.posting, photos=photos))
            facts = gather.ground(connection, book.info, by.day)
            act = BoardFacts(hang.posting.place, photos=photos, used=used)
            pass_or_refuse(replace(facts, board=act), When.BOARD)
        rows = [[p.view.value, p.sha256, p.shows.value] for p in photos]
        writing.log("notice.photographed", {"id": posting_id, "photos": rows}, new_id(), TOPIC)


def take_down(book: Book, posting_id: str, removed_on: date, person_id: str, why: str, by: By) -> None:
    """Record that a sheet came down. Raises Refused (DIS-11): not hanging, no person, no reason, an impossible day."""
    with book.writing(by.actor, by.at) as writing:
        hang = store.hang(writing.connection, posting_id)
        staff = registry.read_staff(writing.connection)
        problems = _cannot_come_down(hang, removed_on, by)
        if person_id not in staff.persons:
            problems.append(_("Choose who took it down."))
        if len(why.strip()) < 4:
            problems.append(_("Say why it came down, in at least four characters."))
        refuse("DIS-11", hang.posting.place if hang else posting_id, problems)
        writing.log(
            "notice.removed",
            {
                "posting_id": posting_id,
                "removed_on": removed_on.isoformat(),
                "person_id": person_id,
                "why": why.strip(),
            },
            new_id(),
            TOPIC,
        )


def _cannot_come_down(hang: Hang | None, removed_on: date, by: By) -> list[str]:
    if hang is None or hang.removal is not None:
        return [_("It does not hang there (any more).")]
    found = []
    if removed_on > by.day:
        found.append(_("It cannot have come down on a day that is still to come."))
    if hang.posting.posted_at is not None and removed_on < hang.posting.posted_at.date():
        found.append(_("It cannot have come down before it was posted."))
    return found


def standing_findings(connection: Connection, info: BookInfo, today: date) -> tuple[Finding, ...]:
    """What is late of everything that is not archived: postings and answers."""
    told = board_lives.lives(connection)
    facts = gather.ground(connection, info, today)
    board = BoardFacts(
        standing=tuple(t.life for t in told if t.life.archived_on is None),
        open_objections=board_lives.open_objections(told),
    )
    return look(replace(facts, board=board), When.BOARD)
