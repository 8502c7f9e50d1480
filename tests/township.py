"""A township of the tests: its key, and the parameter files it signs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import Village, at, policy_data
from villagebook.exchange import policy_file, signing
from villagebook.services.township import policies

SEED = bytes(range(40, 72))
STRANGER = bytes(range(90, 122))
FINGERPRINT = signing.key_id(signing.public_key(SEED))
TOWNSHIP = "清水镇"


def body(version: str, from_on: date, **changes: Any) -> dict[str, Any]:
    """The program's parameters under the township's name, some changed."""
    made: dict[str, Any] = json.loads(json.dumps(policy_data(changes)))
    made.update(id=TOWNSHIP, version=version, in_force_on=from_on.isoformat())
    return made


def signed_file(
    folder: Path,
    told: dict[str, Any],
    *,
    signed_on: date = date(2025, 1, 2),
    until_on: date | None = None,
    seed: bytes = SEED,
) -> Path:
    """A file as a stick brings it."""
    seal = policy_file.signed(told, TOWNSHIP, signed_on, until_on, seed)
    path = folder / f"policy-{told['version']}.json"
    path.write_bytes(policy_file.file_bytes(told, seal))
    return path


def put_in_force(village: Village, day: date, version: str = "1", **changes: Any) -> policies.Offer:
    """A signed file with these changes, taken in and in force on this day."""
    path = signed_file(village.folder, body(version, day, **changes))
    return policies.take_in(village.book, path, at(day), fingerprint=FINGERPRINT)
