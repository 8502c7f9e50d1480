"""Builders for packages, keys and pictures; every one makes a small, real thing."""

from __future__ import annotations

import hashlib
from typing import Any

from villagebook.domain.event import GENESIS, Event, entry_hash
from villagebook.domain.package import PackageContent

SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
CODE = "410822105201"


def make_entries(count: int = 3, *, actor: str = "王会计", start: str = GENESIS) -> tuple[bytes, ...]:
    entries: list[bytes] = []
    prev = start
    for seq in range(1, count + 1):
        event = Event(
            seq,
            "voucher.posted",
            "2025-03-05T10:00:00Z",
            actor,
            f"id-{actor}-{seq}",
            prev,
            {"n": seq},
        )
        entries.append(event.entry())
        prev = entry_hash(entries[-1])
    return tuple(entries)


def make_content(
    entries: tuple[bytes, ...] | None = None, *, attachment: bytes = b"scan", **manifest: Any
) -> PackageContent:
    entries = make_entries() if entries is None else entries
    head = entry_hash(entries[-1]) if entries else GENESIS
    return PackageContent(
        {"code": CODE, "village": "李家村", "head": {"seq": len(entries), "hash": head}, **manifest},
        entries,
        {hashlib.sha256(attachment).hexdigest(): attachment},
        {"说明.txt": "这是账".encode(), "csv/journal.csv": b"date,word\r\n" * 4},
    )
