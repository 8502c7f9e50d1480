"""Which names files in a package may have, and the one order they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MANIFEST = "manifest.json"
EVENTS = "events.jsonl"
OBJECTS = "objects/"
EXTRACT = "extract/"

_OBJECT = re.compile(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_PART = re.compile(r"[\w-][\w.-]{0,99}")
_MAX_DEPTH = 3
_MAX_NAME_BYTES = 240
# Windows takes these for devices whatever the ending.
_DEVICES = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in "0123456789¹²³"}


def object_name(sha256: str) -> str:
    """Where an attachment lies: objects/ab/abcd..."""
    return f"{OBJECTS}{sha256[:2]}/{sha256}"


def object_hash(name: str) -> str | None:
    """The SHA-256 in an attachment's name, None when the name is not one."""
    match = _OBJECT.fullmatch(name)
    return match[2] if match else None


def is_allowed(name: str) -> bool:
    """Say whether a member may be called this: our own names, and plain ones under extract/ safe on every system."""
    if name in (MANIFEST, EVENTS) or object_hash(name):
        return True
    if not name.startswith(EXTRACT) or len(name.encode("utf-8", "replace")) > _MAX_NAME_BYTES:
        return False
    parts = name[len(EXTRACT) :].split("/")
    return (
        len(parts) <= _MAX_DEPTH and unicodedata.normalize("NFC", name) == name and all(map(_is_plain, parts))
    )


def order(names: Iterable[str]) -> list[str]:
    """The one order of members: manifest, log, attachments, extracts."""
    ranks = (MANIFEST, EVENTS, OBJECTS, EXTRACT)
    return sorted(names, key=lambda n: (next(i for i, start in enumerate(ranks) if n.startswith(start)), n))


def first_clash(names: Iterable[str]) -> str | None:
    """A name that, on a disk that ignores case, would fall upon another or be both file and folder."""
    seen: set[str] = set()
    folders: set[str] = set()
    for name in names:
        low = name.casefold()
        parents = {low[:i] for i, letter in enumerate(low) if letter == "/"}
        if low in seen or low in folders or parents & seen:
            return name
        seen.add(low)
        folders |= parents
    return None


def _is_plain(part: str) -> bool:
    stem = part.split(".", maxsplit=1)[0].casefold()
    return _PART.fullmatch(part) is not None and not part.endswith(".") and stem not in _DEVICES
