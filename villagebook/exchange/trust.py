"""Whose signature counts: the township's short list of village code, public key and name.

A small JSON file that people can read and compare by eye:

    {"format": "villagebook-trust", "version": 1,
     "signers": [{"code": "410822105201", "key": "<64 hex digits>", "name": "..."}]}
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from villagebook.domain.errors import KnownError
from villagebook.exchange.signing import PUBLIC_HEX, is_hex
from villagebook.i18n import _

_FORMAT = "villagebook-trust"
_VERSION = 1
_MAX_SIZE = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Signer:
    """One key that may sign packages of one village; `public` in hex. A village may have several."""

    code: str
    public: str
    name: str


@dataclass(frozen=True, slots=True)
class Trust:
    """All keys a township accepts."""

    signers: tuple[Signer, ...]

    def find(self, code: str, public: str) -> Signer | None:
        """The entry for exactly this village and key; a key listed for another village does not count."""
        return next((s for s in self.signers if s.code == code and s.public == public), None)


def read_trust(path: Path) -> Trust:
    """Read a trust file. Raises KnownError when it cannot be read whole: half a list is worse than none."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_SIZE else b""
    except OSError as error:
        raise KnownError(
            _("The trust list {name} cannot be read.").format(name=path.name),
            _("Choose the file again, or ask the township office for it."),
        ) from error
    try:
        return _parse(json.loads(data.decode("utf-8-sig")))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise KnownError(
            _("{name} is not a trust list of villagebook.").format(name=path.name),
            _("Ask the township office for the file again."),
        ) from None


def trust_bytes(trust: Trust) -> bytes:
    """The file for a trust list, in a stable order."""
    signers = sorted(trust.signers, key=lambda s: (s.code, s.public))
    rows = [{"code": s.code, "key": s.public, "name": s.name} for s in signers]
    data = {"format": _FORMAT, "version": _VERSION, "signers": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _parse(data: Any) -> Trust:
    if data["format"] != _FORMAT or data["version"] != _VERSION:
        raise ValueError("another kind of file")
    return Trust(tuple(_signer(row) for row in data["signers"]))


def _signer(row: Any) -> Signer:
    code, public, name = row["code"], row["key"], row.get("name", "")
    if not isinstance(code, str) or not code or not isinstance(name, str) or not is_hex(public, PUBLIC_HEX):
        raise ValueError("a signer without code or key")
    return Signer(code, public, name)
