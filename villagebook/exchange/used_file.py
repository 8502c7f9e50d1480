"""A township's list of invoice numbers used elsewhere, signed: one JSON file.

    {"format": "villagebook-used-invoices", "version": 1, "suite": "...", "key": "...", "township": "...", "signed_on": "...",
     "until_on": "", "signature": "...", "body": {"issuer": "...", "as_of": "2025-03-31",
     "entries": [[number, code, kind, total_fen, issued_on, village, village_code, voucher, released], ...]}}

Nothing is verified by reading.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from villagebook.domain.canonical import NotCanonical
from villagebook.domain.errors import KnownError
from villagebook.domain.keys import SUITE, SUITES, signed_body
from villagebook.domain.policy_seal import PolicySeal
from villagebook.domain.used_invoice import UsedList
from villagebook.exchange import signing
from villagebook.i18n import _, why

FORMAT = "villagebook-used-invoices"
PURPOSE = "used-invoices"
SUFFIX = ".vbused.json"
_VERSION = 1
MAX_SIZE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list as it was read, with the township's seal around it."""

    content: UsedList
    seal: PolicySeal

    def holds(self) -> bool:
        return seal_holds(self.content, self.seal)


def seal_holds(content: UsedList, seal: PolicySeal) -> bool:
    """Say whether the township's signature fits; False also for an unknown procedure."""
    if seal.suite not in SUITES or not signing.is_hex(seal.public, signing.PUBLIC_HEX):
        return False
    try:
        value = signed_body(content.to_data(), seal)
        return signing.verify(PURPOSE, value, seal.signature, bytes.fromhex(seal.public), seal.suite)
    except NotCanonical:
        return False


def sealed(content: UsedList, township: str, signed_on: date, seed: bytes) -> SignedList:
    """Put the township's signature around a list."""
    blank = PolicySeal(SUITE, signing.public_key(seed).hex(), township, signed_on, None, "")
    value = signed_body(content.to_data(), blank)
    return SignedList(content, replace(blank, signature=signing.sign(PURPOSE, value, seed)))


def list_bytes(told: SignedList) -> bytes:
    """An entry a line, so that people can read and search it."""
    head = {"format": FORMAT, "version": _VERSION, **told.seal.to_data()}
    body = told.content.to_data()
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in body.pop("entries"))
    begun, around = json.dumps(body, ensure_ascii=False), json.dumps(head, ensure_ascii=False, indent=1)
    return f'{around[:-2]},\n "body": {begun[:-1]}, "entries": [\n{rows}\n]}}\n}}\n'.encode()


def is_signed(data: bytes) -> bool:
    """By its first sign: a record, where a table has a heading."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read_bytes(path: Path) -> bytes:
    """A list of either form. Raises KnownError when it cannot be read or is larger than any list."""
    try:
        if path.stat().st_size > MAX_SIZE:
            raise KnownError(
                _("{name} is larger than any list of invoice numbers.").format(name=path.name),
                _("Choose another file, or ask for it again."),
            )
        return path.read_bytes()
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=path, why=why(error))) from None


def read_signed(data: bytes, name: str) -> SignedList:
    """Raises KnownError for what is no such file."""
    try:
        return _parse(json.loads(data.decode("utf-8-sig")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KnownError(
            _("{name} is no list of used invoice numbers.").format(name=name),
            _("Choose another file, or ask for it again."),
        ) from None


def _parse(data: Any) -> SignedList:
    if data["format"] != FORMAT or data["version"] != _VERSION:
        raise ValueError("another kind of file, or another version")
    content = UsedList.from_data(data["body"])
    if content.to_data() != data["body"]:
        raise ValueError("something that is not read")
    return SignedList(content, PolicySeal.from_data(data))
