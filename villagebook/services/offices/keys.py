"""Officials' keys in the village: made, asked for, stopped, given a new PIN; where their halves lie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from villagebook.domain.document import Attachment
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.keys import (
    SUITE,
    KeyRequest,
    KeyStop,
    SigningKey,
    Standing,
    StopReason,
)
from villagebook.domain.people import PostKind
from villagebook.i18n import _
from villagebook.rules.key_facts import KeyFacts, Stopping
from villagebook.rules.rule import When
from villagebook.services import pin_guard
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.offices import key_store
from villagebook.services.offices.key_store import Halves
from villagebook.storage import keys as store
from villagebook.storage import registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

if TYPE_CHECKING:
    pass


MIN_PIN = 6


REQUEST_SUFFIX = ".vbrequest.json"


@dataclass(frozen=True, slots=True)
class Made:
    """A new key: its sealed half on this computer, key file and request on the stick, the fingerprint for the sheet.

    `same_disk` says that both halves lie on one disk, so that a thief of the computer has both.
    """

    key_id: str
    sealed: Path
    key_file: Path
    request: Path
    same_disk: bool


def _refused(where: str, *texts: str, error_id: str = "AP-03") -> Refused:
    return refusal(error_id, where, *texts, target="keys:")


def make(book: Book, person_id: str, pin: str, stick: Path, by: By) -> Made:
    """Make a key for an official and enrol its public half: the sealed half stays here, the key file goes on the stick.

    Raises KnownError when the stick cannot be written or holds a key of this name, Refused for an unknown person or short PIN.
    """
    from villagebook.exchange import key_files
    from villagebook.exchange import signing as crypto

    with book.reading() as connection:
        staff = registry.read_staff(connection)
    person = staff.persons.get(person_id)
    if person is None or len(pin.strip()) < MIN_PIN:
        raise _refused(person_id, _("Choose a person of the list and a PIN of at least six characters."))
    if not stick.is_dir():
        raise KnownError(_("There is no folder {path}.").format(path=stick), _("Plug in the stick."))
    seed, key_file = crypto.new_key(), crypto.new_key_file()
    public = crypto.public_key(seed)
    key_id = crypto.key_id(public)
    held = staff.posts_of(person_id, by.day)
    post = next((k.value for k in PostKind if k in held), "")
    info = book.info
    made_at = by.at.isoformat()
    request = KeyRequest(
        public.hex(), SUITE, person_id, person.name, post, info.village, info.code, info.book_id, made_at
    )
    told = key_files.RequestFile(request, key_files.prove(request, seed))
    stem = f"{person.name}-{key_id[:4]}"
    on_stick = key_store.put_on_stick(stick, stem + key_store.KEY_FILE, key_file)
    sealed = key_store.keep_sealed(info.book_id, key_id, crypto.seal_key(seed, pin, key_file))
    asked = key_store.put_on_stick(stick, stem + REQUEST_SUFFIX, key_files.request_bytes(told))
    with book.writing(by.actor, by.at) as writing:
        writing.log(
            "key.enrolled",
            {
                "key_id": key_id,
                "person_id": person_id,
                "public": public.hex(),
                "suite": SUITE,
                "from_on": by.day.isoformat(),
                "post": post,
                "made_at": made_at,
                "proof": told.signature,
            },
            new_id(),
            "people",
        )
    return Made(key_id, sealed, on_stick, asked, key_store.same_disk(stick))


def standings(book: Book) -> tuple[Standing, ...]:
    """Every key as the book knows it, oldest first."""
    with book.reading() as connection:
        return all_standings(connection)


def all_standings(connection: Connection) -> tuple[Standing, ...]:
    found = (store.standing(connection, key.key_id) for key in store.keys(connection))
    return tuple(s for s in found if s is not None)


def of_person(book: Book, person_id: str) -> tuple[Standing, ...]:
    """Keys of a person that were not stopped, the newest first."""
    own = [s for s in standings(book) if s.key.person_id == person_id and s.stop is None]
    return tuple(reversed(own))


def standing(book: Book, key_id: str) -> Standing:
    """One key, by its fingerprint with or without hyphens. Raises Refused when the book knows none."""
    bare = "".join(c for c in key_id.casefold() if c.isalnum())
    found = [s for s in standings(book) if bare and s.key.key_id.replace("-", "") == bare]
    if not found:
        raise _refused(key_id, _("There is no such key in this book."))
    return found[0]


def request_of(connection: Connection, book: Book, key: SigningKey) -> KeyRequest:
    """What a key asked the township, as it was signed when the key was made."""
    info, staff = book.info, registry.read_staff(connection)
    name = staff.name(key.person_id)
    return KeyRequest(
        key.public,
        key.suite,
        key.person_id,
        name,
        key.post,
        info.village,
        info.code,
        info.book_id,
        key.made_at,
    )


def write_request(
    book: Book, key_id: str, target: Path, by: By, halves: Halves | None = None, pin: str = ""
) -> Path:
    """Write the request file once more. A key of before there were requests needs its halves and PIN to sign one.

    Raises Refused for an unknown key, KnownError for a wrong PIN and a folder that cannot be written.
    """
    from villagebook.exchange import key_files
    from villagebook.exchange.medium import write_whole

    key = standing(book, key_id).key
    with book.reading() as connection:
        request = request_of(connection, book, key)
        held = registry.read_staff(connection).posts_of(key.person_id, by.day)
    proof = key.proof
    if not proof:
        if halves is None:
            text = _("This key was made before there were requests: put in its stick and type its PIN.")
            raise KnownError(text)
        seed = pin_guard.open_seed(halves.sealed, halves.key_file, pin, by.at)
        post = next((k.value for k in PostKind if k in held), "")
        request = replace(request, made_at=by.at.isoformat(), post=post)
        proof = key_files.prove(request, seed)
    path = target / f"{request.person}-{key.key_id[:4]}{REQUEST_SUFFIX}" if target.is_dir() else target
    data = key_files.request_bytes(key_files.RequestFile(request, proof))
    write_whole(path, [data], lambda _part: None, lambda _done: None)
    return path


def stop(book: Book, told: KeyStop, evidence: Attachment | None, by: By) -> KeyStop:
    """Stop a key for ever: from now on it signs nothing here, and the township hears of it with the next package.

    What it signed before stays, and is listed for a look. Raises Refused (KEY-09).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        now = replace(
            told,
            reason=told.reason.strip(),
            evidence=evidence.sha256 if evidence else told.evidence,
            stopped_on=by.day,
        )
        known = now.reported_by in facts.staff.persons
        act = Stopping(store.standing(writing.connection, now.key_id), now, known, by.day)
        pass_or_refuse(replace(facts, keys=KeyFacts(stopping=act)), When.REGISTER)
        writing.log(
            "key.stopped",
            {
                "key_id": now.key_id,
                "what": now.what.value,
                "lost_on": now.lost_on.isoformat(),
                "reported_by": now.reported_by,
                "reason": now.reason,
                "evidence": now.evidence,
                "stopped_on": now.stopped_on.isoformat(),
            },
            new_id(),
            "people",
        )
    return now


def change_pin(book: Book, key_id: str, stick: Path, old: str, new: str, at: datetime) -> Path:
    """Seal the half on this computer anew; the key file on the stick stays as it is.

    Raises KnownError for a wrong PIN or stick (then nothing changes), Refused for a new PIN that is short or the old one.
    """
    from villagebook.exchange import signing as crypto

    if len(new.strip()) < MIN_PIN or new.strip() == old.strip():
        raise _refused(key_id, _("Choose a new PIN of at least six characters that is not the old one."))
    halves = key_store.find(book.info.book_id, (key_id,), stick)
    seed = pin_guard.open_seed(halves.sealed, halves.key_file, old, at)
    sealed = crypto.seal_key(seed, new, halves.key_file)
    if crypto.open_key(sealed, new, halves.key_file) != seed:
        raise AssertionError("a sealed half that does not open")
    return key_store.keep_sealed(book.info.book_id, key_id, sealed)


def halves_of(book: Book, person_id: str, stick: Path, sealed: Path | None = None) -> Halves:
    """Both halves of a person's key. Raises KnownError: no key, not here, not on the stick, both on one stick."""
    own = tuple(s.key.key_id for s in of_person(book, person_id))
    if not own:
        raise KnownError(
            _("This person has no key in use in this book."),
            _("Have one made on the page People and places, under Keys."),
        )
    return key_store.find(book.info.book_id, own, stick, sealed)


def set_apart(book: Book, stick: Path) -> tuple[str, ...]:
    """Move sealed halves from a stick of former times to this computer; returns their fingerprints. Raises KnownError."""
    own = tuple(s.key.key_id for s in standings(book))
    return tuple(a.key_id for a in key_store.set_apart(book.info.book_id, own, stick))


__all__ = ["Halves", "Made", "StopReason"]
