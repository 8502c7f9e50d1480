"""Does a run of log entries hold together? E1-E5 of domain.event, from the stored bytes alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from villagebook.domain.event import GENESIS, Event, Head, entry_hash, read_entry
from villagebook.domain.finding import Finding
from villagebook.exchange.package_findings import package_finding

MAX_ENTRY = 1024 * 1024
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def check_log(entries: Sequence[bytes], where: str) -> tuple[Head, Finding | None]:
    """Walk the chain from its beginning; the head reached, and what broke it, if anything did.

    Stops at the first break: behind it nothing can be said.
    """
    head = Head(0, GENESIS)
    last_at = ""
    ids: set[str] = set()
    for n, entry in enumerate(entries, 1):
        event = _read(entry)
        if event is None:
            return head, package_finding("PKG-22" if len(entry) > MAX_ENTRY else "PKG-16", where, n=n)
        if event.seq != n:
            return head, package_finding("PKG-18", where, n=n, seq=event.seq)
        if event.prev != head.hash:
            return head, package_finding("PKG-17", where, n=n)
        if event.at < last_at:
            return head, package_finding("PKG-19", where, n=n)
        if event.id in ids:
            return head, package_finding("PKG-20", where, n=n)
        ids.add(event.id)
        last_at = event.at
        head = Head(n, entry_hash(entry))
    return head, None


def _read(entry: bytes) -> Event | None:
    """The event, None when these bytes are not the one canonical form of one.

    Comparing with the rebuilt bytes refuses doubled keys and fields that another reader might take differently.
    """
    if len(entry) > MAX_ENTRY:
        return None
    try:
        event = read_entry(entry)
        if not _has_right_types(event) or event.entry() != entry:
            return None
    except (ValueError, TypeError, RecursionError):
        return None
    return event


def _has_right_types(event: Event) -> bool:
    texts = (event.kind, event.at, event.actor, event.id, event.prev)
    return (
        type(event.seq) is int
        and type(event.data) is dict
        and all(type(text) is str for text in texts)
        and event.id != ""
        and _STAMP.fullmatch(event.at) is not None
    )
