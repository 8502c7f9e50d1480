"""Where the two halves of an official's key lie: the sealed half on this computer, the key file on the official's stick.

Either alone is worthless: the sealed half cannot be opened without the 32 random bytes of the key file, however short the
PIN, and the key file holds nothing of the key.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from villagebook import paths
from villagebook.domain.errors import KnownError
from villagebook.i18n import _, why

SEALED, KEY_FILE = ".vbkey", ".keyfile"


@dataclass(frozen=True, slots=True)
class Halves:
    """Both halves of one key, read; still sealed."""

    key_id: str
    sealed: bytes
    key_file: bytes


@dataclass(frozen=True, slots=True)
class Apart:
    """A sealed half that was moved from a stick to this computer."""

    key_id: str
    sealed: Path


def sealed_path(book_id: str, key_id: str) -> Path:
    """Where the sealed half of a key lies on this computer, whether it is there or not."""
    return paths.user_dir() / "sealed-keys" / book_id / f"{key_id}{SEALED}"


def keep_sealed(book_id: str, key_id: str, sealed: bytes) -> Path:
    """Put a sealed half on this computer, whole or not at all. Raises KnownError."""
    from villagebook.exchange.medium import write_whole

    path = sealed_path(book_id, key_id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, [sealed], lambda _part: None, lambda _done: None)
        path.chmod(0o600)
    except OSError as error:
        raise KnownError(_("{path} cannot be written: {why}.").format(path=path, why=why(error))) from None
    return path


def put_on_stick(stick: Path, name: str, data: bytes) -> Path:
    """A new file on a stick. Raises KnownError when one of that name is there."""
    from villagebook.exchange.medium import write_whole

    path = stick / name
    if path.exists():
        raise KnownError(_("A key of this name is on the stick already."), _("Take another stick."))
    write_whole(path, [data], lambda _part: None, lambda _done: None)
    return path


def find(book_id: str, key_ids: tuple[str, ...], stick: Path, sealed: Path | None = None) -> Halves:
    """The halves of one of these keys: the sealed one on this computer (or `sealed`), the key file on the stick.

    Raises KnownError: nothing of these keys here, both halves on one stick, no key file, a stick that is gone.
    """
    if together(stick, key_ids):
        raise KnownError(
            _("Both halves of this key lie on one stick: whoever finds it needs nothing but the PIN."),
            _("Set the halves apart first: the sealed half moves to this computer."),
        )
    for key_id in key_ids:
        place = sealed or sealed_path(book_id, key_id)
        if place.is_file():
            held = _read(place)
            if _id_of(held) == key_id:
                return Halves(key_id, held, _key_file(stick, key_id))
    raise KnownError(
        _("The sealed half of this key is not on this computer."),
        _("Sign on the computer where the key was made, or choose the sealed half's file."),
    )


def together(stick: Path, key_ids: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """Sealed halves that lie beside a key file in one folder; of these keys only, when some are named."""
    folder = stick if stick.is_dir() else stick.parent
    if not any(folder.glob(f"*{KEY_FILE}")):
        return ()
    found = []
    for path in sorted(folder.glob(f"*{SEALED}")):
        try:
            key_id = _id_of(_read(path))
        except KnownError:
            continue  # somebody else's, or no key at all
        if not key_ids or key_id in key_ids:
            found.append(path)
    return tuple(found)


def set_apart(book_id: str, key_ids: tuple[str, ...], stick: Path) -> tuple[Apart, ...]:
    """Move the sealed halves of these keys from the stick to this computer; each is read back before it leaves the stick.

    Raises KnownError when there is none, or the stick cannot be written.
    """
    moved = []
    for path in together(stick, key_ids):
        sealed = _read(path)
        key_id = _id_of(sealed)
        moved.append(Apart(key_id, keep_sealed(book_id, key_id, sealed)))
        _wipe(path)
    if not moved:
        raise KnownError(
            _("No sealed half of a key of this book lies on this stick."),
            _("Choose the folder of the stick."),
        )
    return tuple(moved)


def same_disk(stick: Path) -> bool:
    """Whether a folder lies on the disk of this computer's own folder: then a thief of the computer has both halves."""
    home = paths.user_dir()
    while not home.exists() and home != home.parent:
        home = home.parent
    return stick.stat().st_dev == home.stat().st_dev


def _key_file(stick: Path, key_id: str) -> bytes:
    if stick.is_file():
        return _read(stick)
    files = sorted(stick.glob(f"*{KEY_FILE}"))
    own = [p for p in files if p.stem.endswith(f"-{key_id[:4]}")]
    if own or len(files) == 1:
        return _read((own or files)[0])
    raise KnownError(
        _("The key file of this key is not on the stick {path}.").format(path=stick),
        _("Put in your own stick and choose its folder."),
    )


def _id_of(sealed: bytes) -> str:
    from villagebook.exchange import signing as crypto

    return crypto.key_id(crypto.sealed_public_key(sealed))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= 64 * 1024 else b""
    except OSError as error:
        raise KnownError(
            _("{path} cannot be read: {why}.").format(path=path, why=why(error)),
            _("Is the stick plugged in?"),
        ) from None


def _wipe(path: Path) -> None:
    """Overwrite and remove. A stick's memory may keep an old copy all the same: docs/security.md says so."""
    try:
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        raise KnownError(
            _("{path} cannot be removed: {why}.").format(path=path, why=why(error)),
            _("Take off the stick's write protection and repeat; the copy on this computer is complete."),
        ) from None
