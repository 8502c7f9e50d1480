"""The township's side of officials' keys: requests looked at, answers signed, the list of a village's keys kept by version.

The township keeps no database for it: the newest signed list of a village is its register, and each new list is made out of
the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.keys import SUITES, KeyAnswer, KeyList, KeyRequest, ListedKey
from villagebook.i18n import _
from villagebook.services import pin_guard
from villagebook.services.by import By
from villagebook.services.gate import refusal
from villagebook.services.township import township_keys
from villagebook.services.township.township_keys import Pen

MOST_DAYS = 3 * 366
"""A key is certified for three years at most; then the township looks at it again."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A request whose own signature fits, and the fingerprint that the signed sheet must show."""

    request: KeyRequest
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file the township signed: for the village to take in; `fingerprint` is that of the township's key."""

    path: Path
    fingerprint: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Revocation:
    """A key of the list that counts no more from a day on."""

    fingerprint: str
    from_on: date
    reason: str


def _no(where: str, *texts: str) -> Refused:
    return refusal("KEY-08", where, *texts)


def look(path: Path) -> Looked:
    """A request as it is. Raises KnownError for what is none, Refused when it was changed or its procedure is unknown."""
    from villagebook.exchange import key_files
    from villagebook.exchange import signing as crypto

    told = key_files.read(path)
    if not isinstance(told, key_files.RequestFile):
        raise KnownError(
            _("{name} is no request for a key.").format(name=path.name),
            _("Choose the file that the village brought."),
        )
    if told.request.suite not in SUITES:
        raise _no(path.name, crypto.unknown_suite(told.request.suite))
    if not told.holds():
        text = _(
            "The request was changed, or whoever made it does not hold the key. Ask the village for it again."
        )
        raise _no(path.name, text)
    return Looked(told.request, crypto.key_id(bytes.fromhex(told.request.public)))


def answer(
    source: Path, target: Path, township: str, pen: Pen, fingerprint: str, until_on: date, by: By
) -> Written:
    """Certify a key whose fingerprint was read off the signed sheet or heard from its owner.

    Raises Refused for a fingerprint that differs, no township, days beyond three years; KnownError for a wrong PIN.
    """
    from villagebook.exchange import key_files
    from villagebook.exchange.medium import write_whole

    looked = look(source)
    problems = []
    if township_keys.bare(fingerprint) != township_keys.bare(looked.fingerprint):
        problems.append(
            _(
                "The fingerprint you typed is not that of this request. Compare it with the sheet the official signed; do not "
                "certify a key before it fits."
            )
        )
    problems += _days(township, by.day, until_on)
    if problems:
        raise _no(source.name, *problems)
    seed = open_pen(pen, by)
    content = KeyAnswer(looked.request, by.day, until_on)
    made = key_files.sealed(content, township.strip(), by.day, seed)
    write_whole(target, [key_files.township_bytes(made)], lambda _part: None, lambda _done: None)
    return Written(target, _mark(made.seal.public))


def write_list(
    target: Path,
    township: str,
    pen: Pen,
    until_on: date,
    by: By,
    sources: tuple[Path, ...],
    revoke: tuple[Revocation, ...] = (),
) -> Written:
    """The next list of a village. `sources` are the list before, if there is one, and answers that come into it.

    Its version is one more than that of the list before.

    Raises Refused for an answer or list of another village, a list or answer this key did not sign, a revocation of a key the
    list does not hold; KnownError for a wrong PIN and files that cannot be read.
    """
    from villagebook.exchange import key_files
    from villagebook.exchange import signing as crypto
    from villagebook.exchange.medium import write_whole

    seed = open_pen(pen, by)
    public = crypto.public_key(seed).hex()
    read = [_own(path, public) for path in sources]
    lists = [r for r in read if isinstance(r, KeyList)]
    answers = [r for r in read if isinstance(r, KeyAnswer)]
    if len(lists) > 1 or not read:
        raise _no(
            target.name,
            _("Give one list that goes before, or none, and the answers that come into the new one."),
        )
    old = lists[0] if lists else None
    first = old or answers[0].request
    content = KeyList(
        first.village,
        first.code,
        first.book_id,
        old.version + 1 if old else 1,
        by.day,
        until_on,
        _merged(old.keys if old else (), answers, revoke),
    )
    problems = _days(township, by.day, until_on) + _cannot_list(content, answers, revoke, by.day)
    if problems:
        raise _no(target.name, *problems)
    made = key_files.sealed(content, township.strip(), by.day, seed)
    write_whole(target, [key_files.township_bytes(made)], lambda _part: None, lambda _done: None)
    return Written(target, _mark(public), content.version)


def _cannot_list(
    content: KeyList, answers: list[KeyAnswer], revoke: tuple[Revocation, ...], today: date
) -> list[str]:
    """Why answers and revocations do not go into this list."""
    others = [
        a.request.person
        for a in answers
        if (a.request.code, a.request.book_id) != (content.code, content.book_id)
    ]
    known = {township_keys.bare(_mark(k.public)) for k in content.keys}
    return [
        *(_("{name} belongs to another village.").format(name=n) for n in others),
        *(
            _("The list holds no key {mark}.").format(mark=r.fingerprint)
            for r in revoke
            if township_keys.bare(r.fingerprint) not in known
        ),
        *(
            _("Say why a key is revoked, and from which day on; not in the future.")
            for r in revoke
            if len(r.reason.strip()) < 2 or r.from_on > today
        ),
    ]


def _merged(
    held: tuple[ListedKey, ...], answers: list[KeyAnswer], revoke: tuple[Revocation, ...]
) -> tuple[ListedKey, ...]:
    """A key certified anew gets its new days; one that was revoked stays so."""
    keys = {k.public: k for k in held}
    for told in answers:
        old = keys.get(told.request.public)
        if old is None or old.revoked_on is None:
            request = told.request
            keys[request.public] = ListedKey(
                request.public, request.person, request.post, told.from_on, told.until_on
            )
    for one in revoke:
        for public, key in keys.items():
            if (
                township_keys.bare(_mark(public)) == township_keys.bare(one.fingerprint)
                and key.revoked_on is None
            ):
                keys[public] = replace(key, revoked_on=one.from_on, reason=one.reason.strip())
    return tuple(keys.values())


def open_pen(pen: Pen, by: By) -> bytes:
    """The township's private half. Raises KnownError for a wrong PIN or files that are gone."""
    sealed, key_file = township_keys.file_bytes(pen.sealed), township_keys.file_bytes(pen.key_file)
    return pin_guard.open_seed(sealed, key_file, pen.pin, by.at)


def _own(path: Path, public: str) -> KeyAnswer | KeyList:
    """Content of a file this township signed. Raises Refused for anything else."""
    from villagebook.exchange import key_files

    told = key_files.read(path)
    if isinstance(told, key_files.RequestFile) or told.seal.public != public or not told.holds():
        text = _("{name} was not signed with this key of the township, or was changed since.")
        raise _no(path.name, text.format(name=path.name))
    return told.content


def _days(township: str, today: date, until_on: date) -> list[str]:
    found = []
    if not township.strip():
        found.append(_("Say the name of the township."))
    if not today <= until_on or (until_on - today).days > MOST_DAYS:
        found.append(_("The last day lies between today and three years from now."))
    return found


def _mark(public: str) -> str:
    from villagebook.exchange import signing as crypto

    return crypto.key_id(bytes.fromhex(public))
