"""The township's file in a book: shown before it counts, taken in, in force from a day on (R0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding
from villagebook.domain.policy_seal import Change, TrustedKey, changes
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.township import township_keys
from villagebook.services.township.policy_reading import PolicyFile, _finding, faults, read_file
from villagebook.storage import policies as store
from villagebook.storage import registry
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection
from villagebook.storage.policies import PolicyRecord


@dataclass(frozen=True, slots=True)
class Offer:
    """What taking a file in would do. `trusted` says whether the book knows the key that signed it."""

    file: PolicyFile
    in_force_on: date
    changes: tuple[Change, ...]
    trusted: bool

    @property
    def version(self) -> str:
        return f"{self.file.body['id']} {self.file.body['version']}"


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One stored version. `township` signed it ("" for nobody); `trusted` says that the book knows the key."""

    id: str
    version: str
    in_force_on: date
    taken_on: date
    township: str
    signed_on: date | None
    trusted: bool


def offer(book: Book, path: Path, today: date, *, from_today: bool = False) -> Offer:
    """What taking the file in today would change, without doing it. Raises as `take_in` but for a key not known yet."""
    read = read_file(path, today)
    with book.reading() as connection:
        return _offer(connection, read, today, from_today)


def take_in(book: Book, path: Path, by: By, *, fingerprint: str = "", from_today: bool = False) -> Offer:
    """Put a signed file in force from its own day on.

    The first file of a key needs the `fingerprint` somebody of the township has read aloud. A file whose day has passed is
    in force `from_today`, never before: what was done under the old parameters stays judged by them.

    Raises Refused (E2L-01) and KnownError as `read_file`; and for a file without signature, a key the book does not
    trust, a fingerprint that differs, a version the book holds, an older one, and a day that has passed.
    """
    read = read_file(path, by.day)
    with book.writing(by.actor, by.at) as writing:
        found = _offer(writing.connection, read, by.day, from_today)
        seal = read.seal
        assert seal is not None  # noqa: S101  # _offer has refused it
        if not found.trusted:
            township_keys.log_trust(writing, read.name, seal, fingerprint, by)
        data: dict[str, Any] = {"policy": read.body, "seal": seal.to_data()}
        if found.in_force_on.isoformat() != read.body["in_force_on"]:
            data["from_on"] = found.in_force_on.isoformat()
        writing.log("policy.set", data, new_id(), "policy")
    return found


def begin_with(writing: Writing, read: PolicyFile, fingerprint: str, by: By) -> None:
    """The trust a new book begins with: that in the key of a signed file, when its fingerprint was told.

    Raises Refused when it differs, or when a file that softens rules comes without.
    """
    if read.seal is None:
        return
    if fingerprint.strip() or read.body["levels"]:
        township_keys.log_trust(writing, read.name, read.seal, fingerprint, by)


def versions(book: Book) -> tuple[PolicyVersion, ...]:
    """Every version the book ever had, oldest first."""
    with book.reading() as connection:
        keys = {k.public: k for k in store.trusted_keys(connection)}
        return tuple(_version(r, keys) for r in store.policy_records(connection))


def in_force(book: Book, day: date) -> PolicyVersion:
    """The version that counts on a day: the newest that had begun, else the first there was."""
    known = versions(book)
    begun = [v for v in known if v.in_force_on <= day]
    return max(begun, key=lambda v: v.in_force_on) if begun else known[0]


def _version(record: PolicyRecord, keys: Mapping[str, TrustedKey]) -> PolicyVersion:
    seal = record.seal
    return PolicyVersion(
        record.body["id"],
        record.body["version"],
        record.in_force_on,
        record.taken_on,
        seal.township if seal else "",
        seal.signed_on if seal else None,
        bool(seal and seal.public in keys),
    )


def review(connection: Connection) -> Iterator[Finding]:
    """For `check`: every version but the first is signed, the signature fits, and its key was trusted when it was taken in."""
    from villagebook.exchange import policy_file

    trusted_at = store.first_trusted(connection)
    for at, record in enumerate(store.policy_records(connection)):
        where, seal = f"{record.body['id']} {record.body['version']}", record.seal
        if seal is None:
            if at:
                yield _finding(
                    where, _("These parameters were put in force without a signature of the township.")
                )
        elif not policy_file.holds(record.as_signed, seal):
            yield _finding(where, _("The township's signature does not fit these parameters."))
        elif at and trusted_at.get(seal.public, record.seq) >= record.seq:
            yield _finding(where, _("These parameters are signed with a key the book did not trust."))
        for found in faults(record.body, signed=seal is not None):
            yield _finding(where, found.text)


def _offer(connection: Connection, read: PolicyFile, today: date, from_today: bool) -> Offer:
    """Raises Refused for what no fingerprint can mend."""
    found = tuple(_against(connection, read, today))
    records = store.policy_records(connection)
    said_on = date.fromisoformat(read.body["in_force_on"])
    in_force_on = max(said_on, today) if from_today else said_on
    newest = max(records, key=lambda r: (r.in_force_on, r.seq))
    if in_force_on < today:
        text = _(
            "The file is in force from {day}, which has passed; nothing is dated back. "
            "Put it in force from today, or ask the township for a later day."
        )
        found = (*found, _finding(read.name, text.format(day=said_on.isoformat())))
    elif in_force_on < newest.in_force_on:
        text = _("The book holds parameters in force from {day}; a file that begins before them is refused.")
        found = (*found, _finding(read.name, text.format(day=newest.in_force_on.isoformat())))
    if found:
        raise Refused(found)
    keys = {k.public: k for k in store.trusted_keys(connection)}
    trusted = read.seal is not None and read.seal.public in keys
    effect = changes(registry.completed(newest.body), registry.completed(read.body))
    return Offer(read, in_force_on, tuple(effect), trusted)


def _against(connection: Connection, read: PolicyFile, today: date) -> Iterator[Finding]:
    """A file beside those the book holds, and the keys it trusts."""
    seal, records = read.seal, store.policy_records(connection)
    if seal is None:
        yield _finding(
            read.name,
            _(
                "Nobody has signed this file. Ask the township for the signed one; "
                "without signature only a new book may begin."
            ),
        )
        return
    version = (read.body["id"], read.body["version"])
    if any((r.body["id"], r.body["version"]) == version for r in records):
        text = _("The book holds version {version} of {id} already. A changed file needs a new version.")
        yield _finding(read.name, text.format(version=version[1], id=version[0]))
    signed = [r.seal.signed_on for r in records if r.seal]
    if signed and seal.signed_on < max(signed):
        text = _(
            "The file was signed on {day}; the book holds one signed on {held}. An older file is refused."
        )
        yield _finding(read.name, text.format(day=seal.signed_on.isoformat(), held=max(signed).isoformat()))
    key = next((k for k in store.trusted_keys(connection) if k.public == seal.public), None)
    if key and not key.holds_on(today):
        until = key.until_on.isoformat() if key.until_on else ""
        text = _(
            "The key of {name} was trusted until {day}. Ask the township for a file signed with its new key."
        )
        yield _finding(read.name, text.format(name=key.name, day=until))
