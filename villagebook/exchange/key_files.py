"""The files about officials' keys between village and township: request, answer, list.

    {"format": "villagebook-key-request", "version": 1, "suite": "...", "request": {...}, "signature": "<128 hex digits>"}
    {"format": "villagebook-key-answer", "version": 1, "body": {...}, "suite": "...", "key": "...", "township": "...", ...}
    {"format": "villagebook-key-list",   "version": 1, "body": {...}, ...}

A request is signed by the key it is about; answer and list by the township. Nothing is verified by reading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from villagebook.domain.canonical import NotCanonical
from villagebook.domain.errors import KnownError
from villagebook.domain.keys import SUITE, SUITES, KeyAnswer, KeyList, KeyRequest, signed_body
from villagebook.domain.policy_seal import PolicySeal
from villagebook.exchange import signing
from villagebook.i18n import _, why

REQUEST, ANSWER, LIST = "villagebook-key-request", "villagebook-key-answer", "villagebook-key-list"
PURPOSES = {REQUEST: "key-request", ANSWER: "key-answer", LIST: "key-list"}
_VERSION = 1
_MAX_SIZE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TownshipFile:
    """An answer or a list as it was read, with the township's seal around it."""

    content: KeyAnswer | KeyList
    seal: PolicySeal

    @property
    def format(self) -> str:
        return ANSWER if isinstance(self.content, KeyAnswer) else LIST

    def holds(self) -> bool:
        return seal_holds(self.format, self.content.to_data(), self.seal)


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A request as it was read, with the signature of the key it is about."""

    request: KeyRequest
    signature: str

    def holds(self) -> bool:
        return proof_holds(self.request, self.signature)


def proof_holds(request: KeyRequest, signature: str) -> bool:
    """Say whether the key of a request has signed it: whoever made the file holds the private half."""
    if not signing.is_hex(request.public, signing.PUBLIC_HEX):
        return False
    public = bytes.fromhex(request.public)
    return signing.verify(PURPOSES[REQUEST], request.to_data(), signature, public, request.suite)


def prove(request: KeyRequest, seed: bytes) -> str:
    """Sign a request with the key it is about."""
    return signing.sign(PURPOSES[REQUEST], request.to_data(), seed, request.suite)


def seal_holds(format_: str, body: Mapping[str, Any], seal: PolicySeal) -> bool:
    """Say whether the township's signature fits; False also for an unknown procedure."""
    if seal.suite not in SUITES or not signing.is_hex(seal.public, signing.PUBLIC_HEX):
        return False
    try:
        value = signed_body(body, seal)
        return signing.verify(
            PURPOSES[format_], value, seal.signature, bytes.fromhex(seal.public), seal.suite
        )
    except NotCanonical:
        return False


def sealed(content: KeyAnswer | KeyList, township: str, signed_on: date, seed: bytes) -> TownshipFile:
    """Put the township's signature around an answer or a list."""
    blank = PolicySeal(SUITE, signing.public_key(seed).hex(), township, signed_on, None, "")
    made = TownshipFile(content, blank)
    value = signed_body(content.to_data(), blank)
    return replace(made, seal=replace(blank, signature=signing.sign(PURPOSES[made.format], value, seed)))


def request_bytes(told: RequestFile) -> bytes:
    data = {
        "format": REQUEST,
        "version": _VERSION,
        "request": told.request.to_data(),
        "suite": told.request.suite,
        "signature": told.signature,
    }
    return _written(data)


def township_bytes(told: TownshipFile) -> bytes:
    data = {
        "format": told.format,
        "version": _VERSION,
        **told.seal.to_data(),
        "body": told.content.to_data(),
    }
    return _written(data)


def _written(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read(path: Path) -> RequestFile | TownshipFile:
    """Any of the three files. Raises KnownError when it cannot be read or is something else."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_SIZE else b""
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=path, why=why(error))) from None
    try:
        return _parse(json.loads(data.decode("utf-8-sig")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KnownError(
            _("{name} is no file about keys: neither a request, nor an answer, nor a list of keys.").format(
                name=path.name
            ),
            _("Choose another file, or ask for it again."),
        ) from None


def _parse(data: Any) -> RequestFile | TownshipFile:
    if data["version"] != _VERSION:
        raise ValueError("another version")
    if data["format"] == REQUEST:
        request = KeyRequest.from_data(data["request"])
        if data["suite"] != request.suite or not isinstance(data["signature"], str):
            raise ValueError("two procedures")
        return RequestFile(request, data["signature"])
    kinds: dict[str, type[KeyAnswer] | type[KeyList]] = {ANSWER: KeyAnswer, LIST: KeyList}
    content = kinds[data["format"]].from_data(data["body"])
    if content.to_data() != data["body"]:
        raise ValueError("something that is not read")
    return TownshipFile(content, PolicySeal.from_data(data))
