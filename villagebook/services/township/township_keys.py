"""Keys of a township: made and used at the township, trusted in the village by a fingerprint read aloud.

The village never sees the fingerprint of a file before it has typed the one it was told: what stands on the screen would
only be copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.policy_seal import PolicySeal, TrustedKey
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.storage import policies as store
from villagebook.storage.book import Book, Writing

MIN_PIN = 6
MIN_REASON = 4


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key of a township: its two files, and the fingerprint to be read aloud."""

    sealed: Path
    key_file: Path
    fingerprint: str


def log_trust(writing: Writing, file: str, seal: PolicySeal, fingerprint: str, by: By) -> None:
    """Trust the key of a seal when the fingerprint that was told fits it. Raises Refused (E2L-01)."""
    from villagebook.exchange.signing import key_id

    told = bare(fingerprint)
    if not told:
        raise _refused(
            file,
            _(
                "The file is signed with a key this book does not trust; the signer calls itself {name}. Telephone the "
                "township under a number you know, have the fingerprint of its key read aloud, and type it."
            ).format(name=seal.township),
        )
    if told != key_id(bytes.fromhex(seal.public)).replace("-", ""):
        raise _refused(
            file,
            _(
                "The fingerprint you typed is not that of the key which signed this file. Somebody else has signed it, "
                "or you misheard: have it read once more, and do not take the file in before it fits."
            ),
        )
    _log(writing, TrustedKey(seal.public, seal.suite, seal.township, by.day))


def end_trust(book: Book, public: str, reason: str, by: By) -> TrustedKey:
    """Trust a key until today and no longer, for ever; what it signed before stays.

    Raises Refused for an unknown key, one whose trust has ended, and a reason shorter than four characters.
    """
    with book.writing(by.actor, by.at) as writing:
        key = next((k for k in store.trusted_keys(writing.connection) if k.public == public), None)
        if key is None or key.until_on is not None:
            raise _refused(public[:16], _("The book does not trust this key (any more)."))
        if len(reason.strip()) < MIN_REASON:
            raise _refused(key.name, _("Say why, in at least four characters."))
        ended = TrustedKey(key.public, key.suite, key.name, key.from_on, by.day)
        _log(writing, ended, reason.strip())
        return ended


def key_of(book: Book, fingerprint: str) -> TrustedKey:
    """The key of a fingerprint, with or without its hyphens. Raises Refused when the book knows none."""
    told = bare(fingerprint)
    for key, mark in trusted(book):
        if told and bare(mark) == told:
            return key
    raise _refused(
        fingerprint,
        _("The book knows no key of this fingerprint. Look it up in the settings, under the keys."),
    )


def bare(fingerprint: str) -> str:
    """A fingerprint as it is compared: small letters and digits only."""
    return "".join(c for c in fingerprint.casefold() if c.isalnum())


def trusted(book: Book) -> tuple[tuple[TrustedKey, str], ...]:
    """The keys of a township this book knows, each with its fingerprint."""
    from villagebook.exchange.signing import key_id

    with book.reading() as connection:
        return tuple((k, key_id(bytes.fromhex(k.public))) for k in store.trusted_keys(connection))


def make_key(folder: Path, name: str, pin: str, sealed_in: Path | None = None) -> MadeKey:
    """Make a township's key on its own stick; `sealed_in` is another folder for the sealed half, so that a thief needs both.

    Raises Refused (short PIN, no name) and KnownError.
    """
    from villagebook.exchange import signing as crypto
    from villagebook.exchange.medium import write_whole

    if len(pin) < MIN_PIN or not name.strip():
        raise _refused(name, _("Say the name of the township, and choose a PIN of at least six characters."))
    seed, key_file = crypto.new_key(), crypto.new_key_file()
    fingerprint = crypto.key_id(crypto.public_key(seed))
    stem = "".join(c for c in name.strip() if c.isalnum()) + f"-{fingerprint[:4]}"
    sealed, other = (sealed_in or folder) / f"{stem}.vbkey", folder / f"{stem}.keyfile"
    if sealed.exists() or other.exists():
        raise KnownError(_("A key of this name is on the stick already."), _("Take another stick."))
    for path, data in ((sealed, crypto.seal_key(seed, pin, key_file)), (other, key_file)):
        write_whole(path, [data], lambda _part: None, lambda _done: None)
    return MadeKey(sealed, other, fingerprint)


@dataclass(frozen=True, slots=True)
class Pen:
    """What a township signs with: the two files of its key, and the PIN."""

    sealed: Path
    key_file: Path
    pin: str


def file_bytes(path: Path) -> bytes:
    """Raises KnownError when the stick is gone."""
    try:
        return path.read_bytes()
    except OSError:
        raise KnownError(
            _("The file {name} cannot be read.").format(name=path.name), _("Is the stick plugged in?")
        ) from None


def _log(writing: Writing, key: TrustedKey, reason: str = "") -> None:
    writing.log(
        "trust.set",
        {
            "key": key.public,
            "suite": key.suite,
            "name": key.name,
            "from_on": key.from_on.isoformat(),
            "until_on": key.until_on.isoformat() if key.until_on else "",
            **({"reason": reason} if reason else {}),
        },
        new_id(),
        "policy",
    )


def _refused(where: str, text: str) -> Refused:
    return refusal("E2L-01", where, text)
