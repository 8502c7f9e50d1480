"""The township's file: signed, read with its floors and ceilings, shown before it counts, in force from a day on (R0)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.policy import NEVER_SOFTENED, read_policy
from villagebook.domain.policy_seal import Change, PolicySeal, TrustedKey, changes
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.township import township_keys
from villagebook.storage import policies as store
from villagebook.storage import registry
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection
from villagebook.storage.policies import PolicyRecord

NOTED = {"deposit_days": 7}
"""Beyond this a township must say why, in the parameter's `note` (two_line.md section 4)."""

ACCOUNTANT = "A"
"""The slot of who books."""

REQUIRED = (
    "line_mode",
    "deposit_days",
    "no_cross_month",
    "open_books",
    "imprest_limit_fen",
    "imprest_month_end_zero",
    "cash_limit_fen",
    "cash_txn_limit_fen",
    "advance_days",
    "agency_days",
    "report_first_day",
    "report_last_day",
    "reconcile_by_day",
    "loan_two_committee_cap_fen",
    "receipt_kinds",
)
"""The parameters of two_line.md section 4; others that a file leaves out have the program's own values."""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file that was read and found whole: its parameters, and the seal around them (None: nobody signed)."""

    name: str
    body: dict[str, Any]
    seal: PolicySeal | None


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


def read_file(path: Path, today: date) -> PolicyFile:
    """A file as it is, whoever signed it.

    Raises Refused: no parameter file, a figure out of range, a level that may not be, changed after signing, out of date;
    and KnownError when it cannot be read.
    """
    body, seal, found = _parsed(path)
    found = found if seal else tuple(new_faults(body, signed=False))
    if seal:
        found = (*_seal_faults(path.name, body, seal, today), *found)
    if found:
        raise Refused(found)
    return PolicyFile(path.name, body, seal)


def read_to_sign(path: Path) -> dict[str, Any]:
    """The parameters of a file a township is about to sign. Raises as `read_file`."""
    body, _seal, found = _parsed(path)
    if found:
        raise Refused(found)
    return body


def _parsed(path: Path) -> tuple[dict[str, Any], PolicySeal | None, tuple[Finding, ...]]:
    """Parameters, seal, and what is wrong with the parameters of a file that is signed."""
    from villagebook.exchange import policy_file

    seal: PolicySeal | None = None
    body: dict[str, Any] = {}
    try:
        body, seal = policy_file.read_policy_file(path)
        read_policy(body)
        return body, seal, tuple(new_faults(body, signed=True))
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        text = _("This is no parameter file of a township ({why}). Ask the township for it again.")
        said = Finding("NEW-01", Severity.ERROR, path.name, text.format(why=_(str(error) or "?")))
    # whoever changed a signed file is told that first, also when it can no longer be read as parameters
    if seal and not policy_file.holds(body, seal):
        said = _finding(path.name, _torn())
    raise Refused([said])


def _seal_faults(name: str, body: dict[str, Any], seal: PolicySeal, today: date) -> Iterator[Finding]:
    from villagebook.domain.keys import SUITE
    from villagebook.exchange import policy_file

    if seal.suite != SUITE:
        text = _(
            "The file is signed by the procedure {suite}, which this program does not know. Update the program."
        )
        yield _finding(name, text.format(suite=seal.suite))
    elif not policy_file.holds(body, seal):
        yield _finding(name, _torn())
    if seal.until_on and today > seal.until_on:
        text = _("The file could be taken in until {day}. Ask the township for a new one.")
        yield _finding(name, text.format(day=seal.until_on.isoformat()))
    if seal.signed_on > today:
        text = _("The file is signed on {day}, which has not come yet. Set the clock of this computer right.")
        yield _finding(name, text.format(day=seal.signed_on.isoformat()))


def _torn() -> str:
    return _(
        "The signature does not fit: the file was changed after the township signed it. "
        "Throw it away and ask the township for it again."
    )


def faults(data: Mapping[str, Any], *, signed: bool) -> Iterator[Finding]:
    """Figures beyond the program's own floor or ceiling, unknown names, and levels that may not be set (E2L-01)."""
    ours = defaults()
    for name in REQUIRED:
        if not any(name in data[part] for part in ("numbers", "switches", "words")):
            yield _finding(name, _("The parameter {name} is missing.").format(name=name))
    if not str(data["id"]).strip() or not str(data["version"]).strip():
        yield _finding("id", _("The file of the township needs an id and a version."))
    for name, told in data["numbers"].items():
        known = ours["numbers"].get(name)
        if known is None:
            continue
        value, floor, ceiling = int(told["value"]), known["floor"], known["ceiling"]
        if value > NOTED.get(name, ceiling) and not str(told.get("note", "")).strip():
            ceiling = NOTED.get(name, ceiling)
        if not floor <= value <= ceiling:
            text = _("{name} is {value}; it must lie between {floor} and {ceiling}.")
            yield _finding(name, text.format(name=name, value=value, floor=floor, ceiling=ceiling))
    for error_id, level in data["levels"].items():
        if level != "hold" or error_id in NEVER_SOFTENED:
            text = _("{id}: a township may soften a rule to hold, and never this far: {level}.")
            yield _finding(error_id, text.format(id=error_id, level=level))
        elif not signed:
            text = _("{id}: only a file the township has signed may soften a rule.")
            yield _finding(error_id, text.format(id=error_id))


def new_faults(data: Mapping[str, Any], *, signed: bool) -> Iterator[Finding]:
    """As `faults`, and what a new file may not say; one that a book took in before this was asked stands.

    The accountant's slot is the last (AP20): nobody approves what is booked already.
    """
    yield from faults(data, signed=signed)
    rows = [t["slots"] for t in data["tiers"]]
    rows += [*data["special"].values(), *data["transfer_slots"].values()]
    rows += [kind.get("slots") for kind in data.get("kinds", {}).values()]
    for slots in rows:
        if ACCOUNTANT in (slots or ())[:-1]:
            text = _("{slots}: somebody signs after the accountant (A). Put A last.")
            yield _finding("slots", text.format(slots=" ".join(slots)))


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


def _finding(where: str, text: str) -> Finding:
    return Finding("E2L-01", Severity.ERROR, where, text)


@cache
def defaults() -> dict[str, Any]:
    """The program's own parameters with their floors and ceilings."""
    data: dict[str, Any] = json.loads(paths.resource("policy", "default.json").read_text(encoding="utf-8"))
    return data
