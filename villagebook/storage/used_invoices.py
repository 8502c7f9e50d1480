"""Reading the lists of invoice numbers used elsewhere, and which numbers of our own stand in them.

Our own village's numbers come back in its township's list; what our book knows itself is no hit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.booked_invoice import InvoiceState, KnownInvoice
from villagebook.domain.invoice import plain
from villagebook.domain.policy_seal import PolicySeal
from villagebook.domain.used_invoice import TakenList, UsedElsewhere, UsedInvoice, UsedList, standing
from villagebook.storage import invoices
from villagebook.storage.engine import fetch, value_of

_AT_ONCE = 400

_ENTRY = (
    "u.number, u.code, u.kind, u.total_fen, u.issued_on, u.village, u.village_code, u.document, u.released"
)
_WORD = (
    f"SELECT {_ENTRY}, l.issuer, l.as_of, l.seal <> '', l.told_by, l.seq"
    " FROM used_invoice u JOIN used_list l ON l.seq = u.seq"
)


@dataclass(frozen=True, slots=True)
class SealedList:
    """A signed list as it stands in the log, with its seal."""

    seq: int
    content: UsedList
    seal: PolicySeal


def _word(row: tuple[Any, ...]) -> UsedElsewhere:
    entry = UsedInvoice.from_data(list(row[:9]))
    return UsedElsewhere(entry, row[9], date.fromisoformat(row[10]), bool(row[11]), row[12], row[13])


def any_list(connection: Connection) -> bool:
    """Most villages were never given a list; then nothing is looked up."""
    return value_of(connection, "SELECT 1 FROM used_list LIMIT 1") is not None


def words(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[UsedElsewhere, ...]]:
    """By key what counts of all the lists say, our own village's entries too; keys in no list are left out."""
    told: dict[str, list[UsedElsewhere]] = {}
    wanted = list(dict.fromkeys(k for k in keys if k))
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        places = ", ".join("?" * len(some))
        for row in fetch(connection, f"{_WORD} WHERE u.key IN ({places}) ORDER BY u.seq, u.no", *some):
            word = _word(row)
            told.setdefault(word.entry.key, []).append(word)
    found = {key: standing(own) for key, own in told.items()}
    return {key: own for key, own in found.items() if own}


def elsewhere(
    connection: Connection, keys: Iterable[str], ours: tuple[str, str], but: str
) -> tuple[UsedElsewhere, ...]:
    """Uses of these numbers by others. `ours` is name and code of our village, `but` the document that asks.

    A number listed as our own counts where this book never booked it: then it was used in another ledger of the village.
    """
    if not any_list(connection):
        return ()
    found = words(connection, keys)
    known = {k.invoice.key for k in invoices.with_keys(connection, found, but) if k.voucher_id}
    return tuple(w for key, own in found.items() for w in own if key not in known or not w.entry.is_of(*ours))


def booked_elsewhere(
    connection: Connection, ours: tuple[str, str]
) -> tuple[tuple[KnownInvoice, UsedElsewhere], ...]:
    """Invoices booked here that others used as well, the oldest booking first."""
    if not any_list(connection):
        return ()
    rows = fetch(  # from our side: a village's own numbers are far fewer than those of its township
        connection,
        "SELECT DISTINCT u.key FROM invoice i CROSS JOIN used_invoice u ON u.key = i.key WHERE"
        " CASE WHEN u.village_code <> '' THEN u.village_code <> ?2 ELSE u.place <> ?1 END",
        plain(ours[0]),
        ours[1],
    )
    keys = [r[0] for r in rows]
    if not keys:
        return ()
    found = words(connection, keys)
    booked = [k for k in invoices.with_keys(connection, found) if k.state is InvoiceState.BOOKED]
    booked.sort(key=lambda k: (k.booked_on, k.label, k.line))
    return tuple((k, w) for k in booked for w in found[k.invoice.key] if not w.entry.is_of(*ours))


def lists(connection: Connection) -> tuple[TakenList, ...]:
    """Every list taken in, the newest first; `hits` is left at 0."""
    rows = fetch(
        connection,
        "SELECT seq, issuer, as_of, taken_on, seal <> '', told_by, source, entries FROM used_list ORDER BY seq DESC",
    )
    return tuple(
        TakenList(
            r[0], r[1], date.fromisoformat(r[2]), date.fromisoformat(r[3]), bool(r[4]), r[5], r[6], r[7]
        )
        for r in rows
    )


def taken_before(connection: Connection, sha256: str) -> date | None:
    """The day on which this very file was taken in."""
    day = value_of(connection, "SELECT taken_on FROM used_list WHERE sha256 = ? LIMIT 1", sha256)
    return date.fromisoformat(day) if day else None


def sealed(connection: Connection) -> tuple[SealedList, ...]:
    """Every signed list with its entries as they were signed, for `check`."""
    made = []
    for seq, issuer, as_of, seal in fetch(
        connection, "SELECT seq, issuer, as_of, seal FROM used_list WHERE seal <> '' ORDER BY seq"
    ):
        rows = fetch(connection, f"SELECT {_ENTRY} FROM used_invoice u WHERE u.seq = ? ORDER BY u.no", seq)
        entries = tuple(UsedInvoice.from_data(list(r)) for r in rows)
        content = UsedList(issuer, date.fromisoformat(as_of), entries)
        made.append(SealedList(seq, content, PolicySeal.from_data(json.loads(seal))))
    return tuple(made)
