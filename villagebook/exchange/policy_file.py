"""A township's parameters as a file: plain, or with the township's signature around them.

{"format": "villagebook-policy", "version": 1, "policy": {...}, "township": "...", "signed_on": "2025-03-01",
 "until_on": "", "suite": "ed25519-sha256", "key": "<64 hex digits>", "signature": "<128 hex digits>"}
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from villagebook.domain.canonical import NotCanonical
from villagebook.domain.errors import KnownError
from villagebook.domain.keys import SUITE
from villagebook.domain.policy_seal import PolicySeal, signed_value
from villagebook.exchange import signing
from villagebook.i18n import _, why

PURPOSE = "policy"
FORMAT = "villagebook-policy"
_VERSION = 1
_MAX_SIZE = 4 * 1024 * 1024


def read_policy_file(path: Path) -> tuple[dict[str, Any], PolicySeal | None]:
    """The parameters, and the seal around them if there is one; nothing is verified yet.

    Raises KnownError when the file cannot be read, ValueError, KeyError or TypeError when it is something else.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_SIZE else b""
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=path, why=why(error))) from None
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(told, dict):
        raise TypeError("no record")
    if told.get("format") != FORMAT:
        return told, None
    if told["version"] != _VERSION:
        raise ValueError(f"version {told['version']}")
    return told["policy"], PolicySeal.from_data(told)


def holds(body: dict[str, Any], seal: PolicySeal) -> bool:
    """Say whether the signature fits these parameters and this key. False also for a suite nobody here knows."""
    if seal.suite != SUITE or not signing.is_hex(seal.public, signing.PUBLIC_HEX):
        return False
    try:
        return signing.verify(PURPOSE, signed_value(body, seal), seal.signature, bytes.fromhex(seal.public))
    except NotCanonical:
        return False  # a fraction, which no file of ours holds


def signed(
    body: dict[str, Any], township: str, signed_on: date, until_on: date | None, seed: bytes
) -> PolicySeal:
    """Sign parameters with a township's key. Raises NotCanonical for numbers with decimals."""
    blank = PolicySeal(SUITE, signing.public_key(seed).hex(), township, signed_on, until_on, "")
    return replace(blank, signature=signing.sign(PURPOSE, signed_value(body, blank), seed))


def file_bytes(body: dict[str, Any], seal: PolicySeal) -> bytes:
    """The signed file, readable by eye."""
    told = {"format": FORMAT, "version": _VERSION, **seal.to_data(), "policy": body}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
