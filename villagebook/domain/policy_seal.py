"""A township's signature under its parameters, and what one version changes against another (R0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class PolicySeal:
    """Who signed a township's file.

    Attributes:
        suite: the name of the procedure.
        public: the township's public key in hex.
        township: what the signer calls itself; believed only as far as its key is.
        signed_on: day of signing.
        until_on: the last day on which a book may take the file in, None without end.
        signature: in hex.
    """

    suite: str
    public: str
    township: str
    signed_on: date
    until_on: date | None
    signature: str

    def to_data(self) -> dict[str, Any]:
        return {
            "suite": self.suite,
            "key": self.public,
            "township": self.township,
            "signed_on": self.signed_on.isoformat(),
            "until_on": self.until_on.isoformat() if self.until_on else "",
            "signature": self.signature,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> PolicySeal:
        """Raises KeyError, TypeError and ValueError for what is no seal."""
        until = data["until_on"]
        words = [data[name] for name in ("suite", "key", "township", "signature")]
        if not all(isinstance(word, str) for word in words):
            raise TypeError("a seal of other things than words")
        return cls(
            words[0],
            words[1],
            words[2],
            date.fromisoformat(data["signed_on"]),
            date.fromisoformat(until) if until else None,
            words[3],
        )


def signed_value(body: Mapping[str, Any], seal: PolicySeal) -> dict[str, Any]:
    """What is signed: the whole file but the signature itself."""
    told = seal.to_data()
    del told["signature"]
    return {"policy": dict(body), **told}


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A township's key that a book believes, from a day to a day (both included; `until_on` None while it holds)."""

    public: str
    suite: str
    name: str
    from_on: date
    until_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class Change:
    """One parameter that differs. `part` is its group in the file; None stands for "was not there"."""

    part: str
    name: str
    old: Any
    new: Any


_VALUES = ("numbers", "switches", "words")
_WHOLE = ("levels", "slots", "special", "transfer_slots")


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What a new file changes, group by group in the order of the old file; sources and notes are not compared.

    Both files are complete: what a township left out stands in them with the program's own value.
    """
    for part in _VALUES:
        before = {name: told["value"] for name, told in old[part].items()}
        after = {name: told["value"] for name, told in new[part].items()}
        yield from _differing(part, before, after)
    for part in _WHOLE:
        yield from _differing(part, old[part], new[part])
    for part in ("kinds", "caps"):
        yield from _differing(part, _asked(old, part), _asked(new, part))
    yield from _differing("tiers", {t["name"]: t for t in old["tiers"]}, {t["name"]: t for t in new["tiers"]})


def _asked(body: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Kinds or caps without where they come from."""
    return {
        name: {k: v for k, v in told.items() if k not in ("source", "certainty", "note")}
        for name, told in body.get(part, {}).items()
    }


def _differing(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in (*before, *(n for n in after if n not in before)):
        if before.get(name) != after.get(name):
            yield Change(part, name, before.get(name), after.get(name))
