"""Entries of a register as data: what an event says of them, and how they are changed.

An entry is a frozen value. Its data leaves out whatever is at its default, so that fields that come later change no old event.
A change names each field with its value before and after; the entry of a day is the first one with every change up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

Data = dict[str, Any]
Changes = dict[str, list[Any]]
"""Field -> [before, after], both as in the data; None where the field is left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded change of an entry: what, when, why, on whose decision, and who entered it.

    `what` is "" for a plain change, else the kind of amendment (reduction, extension, transfer ...). `permit` is the number of
    the township's permission.
    """

    code: str
    changed_on: date
    reason: str
    changes: Changes
    what: str = ""
    resolution: str = ""
    permit: str = ""
    actor: str = ""


def entry_data(entry: Any) -> Data:
    """Fields that are not at their default; days as ISO text, lists of values as lists."""
    data: Data = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.default is not MISSING and value == field.default:
            continue
        data[field.name] = _plain(value)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(v.to_data() if hasattr(v, "to_data") else v) for v in value]
    return value


def day_of(data: Mapping[str, Any], name: str) -> date | None:
    """A day of the data, None when it is left out. Raises ValueError."""
    return date.fromisoformat(data[name]) if data.get(name) else None


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """What a change must say to lead from one to the other."""
    return {
        name: [before.get(name), after.get(name)]
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }


def changed(data: Mapping[str, Any], changes: Iterable[Change]) -> Data:
    """The data after these changes, in their order."""
    made = dict(data)
    for change in changes:
        for name, (_before, after) in change.changes.items():
            if after is None:
                made.pop(name, None)
            else:
                made[name] = after
    return made
