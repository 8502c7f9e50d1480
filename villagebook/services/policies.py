"""The township's file: read with its floors and ceilings, put in force from a day on; every version stays (R0)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.policy import NEVER_SOFTENED, read_policy
from villagebook.i18n import _, why
from villagebook.services.by import By, new_id
from villagebook.storage import registry
from villagebook.storage.book import Book

NOTED = {"deposit_days": 7}
"""Beyond this a township must say why, in the parameter's `note` (two_line.md section 4)."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One stored version of the township's file."""

    id: str
    version: str
    in_force_on: date


def read_file(path: Path) -> dict[str, Any]:
    """The parsed file. Raises Refused (no parameter file, a figure out of range, a level that may not be) and KnownError."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        read_policy(data)
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=path, why=why(error))) from None
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        text = _("This is no parameter file of a township ({why}). Ask the township for it again.")
        raise Refused([Finding("NEW-01", Severity.ERROR, path.name, text.format(why=error))]) from None
    found = tuple(faults(data))
    if found:
        raise Refused(found)
    return data


def faults(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Figures beyond the program's own floor or ceiling, unknown names, and levels that may not be set (E2L-01)."""
    ours = _defaults()
    for part in ("numbers", "switches", "words"):
        for name in ours[part]:
            if name not in data[part]:
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


def set_policy(book: Book, path: Path, by: By, in_force_on: date | None = None) -> PolicyVersion:
    """Put a township's file in force from its own day, or from another one. Raises Refused and KnownError.

    A version that the book holds already is refused: a change needs a new version, so that vouchers can name theirs.
    """
    data = read_file(path)
    if in_force_on is not None:
        data = {**data, "in_force_on": in_force_on.isoformat()}
    with book.writing(by.actor, by.at) as writing:
        held = registry.read_policies(writing.connection)
        if any((p.id, p.version) == (data["id"], data["version"]) for p in held):
            text = _("The book holds version {version} of {id} already. A changed file needs a new version.")
            raise Refused([_finding(path.name, text.format(version=data["version"], id=data["id"]))])
        writing.log("policy.set", {"policy": data}, new_id(), "policy")
    return PolicyVersion(data["id"], data["version"], date.fromisoformat(data["in_force_on"]))


def versions(book: Book) -> tuple[PolicyVersion, ...]:
    """Every version the book ever had, oldest first."""
    with book.reading() as connection:
        return tuple(
            PolicyVersion(p.id, p.version, p.in_force_on) for p in registry.read_policies(connection)
        )


def _finding(where: str, text: str) -> Finding:
    return Finding("E2L-01", Severity.ERROR, where, text)


@cache
def _defaults() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(paths.resource("policy", "default.json").read_text(encoding="utf-8"))
    return data
