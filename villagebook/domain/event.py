"""The log is the book: one event is one immutable canonical body, chained to the one before.

Definitions. The *entry* is the canonical bytes of {v, seq, kind, at, actor, id, prev, data}. Its *hash* is SHA-256 over a
domain prefix and those bytes. `prev` is the hash of the entry before (64 zeros for the first). A *head* is (seq, hash).

Invariants. E1 seq runs 1..n without gap. E2 prev(n) = hash(n-1). E3 `at` never goes back. E4 `id` is unique in a log.
E5 the stored bytes are the hashed bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from villagebook.domain.canonical import CANON, canonical, read_canonical

GENESIS = "0" * 64
_PREFIX = b"villagebook|log|1\n"


@dataclass(frozen=True, slots=True)
class Head:
    """Position and hash of the last entry; (0, zeros) for an empty log."""

    seq: int
    hash: str

    @property
    def short(self) -> str:
        """16 hex digits in groups of four, for paper."""
        return "-".join(self.hash[i : i + 4] for i in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Event:
    """One official act.

    Attributes:
        seq: 1-based position.
        kind: dotted name, e.g. "voucher.posted".
        at: UTC instant of recording, ISO text with seconds; an aid only, order is `seq`.
        actor: who sat at the machine, by name.
        id: random draft id, unique in the log; lets the program look whether an act arrived.
        prev: hash of the entry before.
        data: the body; only canonical values.
    """

    seq: int
    kind: str
    at: str
    actor: str
    id: str
    prev: str
    data: dict[str, Any]

    def entry(self) -> bytes:
        """The bytes that are hashed and stored."""
        return canonical(
            {
                "v": CANON,
                "seq": self.seq,
                "kind": self.kind,
                "at": self.at,
                "actor": self.actor,
                "id": self.id,
                "prev": self.prev,
                "data": self.data,
            }
        )


def entry_hash(entry: bytes) -> str:
    """Hash of stored entry bytes, in hex."""
    return hashlib.sha256(_PREFIX + entry).hexdigest()


def read_entry(entry: bytes) -> Event:
    """Parse stored entry bytes. Raises ValueError when they are not an entry of a version we know."""
    body = read_canonical(entry)
    if not isinstance(body, dict) or body.get("v") != CANON:
        raise ValueError("unknown entry version")
    try:
        return Event(
            body["seq"], body["kind"], body["at"], body["actor"], body["id"], body["prev"], body["data"]
        )
    except KeyError as missing:
        raise ValueError(f"entry without {missing}") from None


def stamp(moment: datetime) -> str:
    """An aware instant as the log writes it: UTC, seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
