"""Reading officials' keys: what was enrolled, what the township said, what was stopped, what was signed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.keys import (
    Certified,
    KeyAnswer,
    KeyList,
    KeyStop,
    SigningKey,
    Standing,
    StopReason,
)
from villagebook.domain.policy_seal import PolicySeal
from villagebook.domain.signature import Signature, SignKind
from villagebook.storage.engine import fetch, fetch_one, value_of

EVER = 1 << 62


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """An answer as it was taken in at a position of the log, with the township's seal."""

    seq: int
    key_id: str
    content: KeyAnswer
    seal: PolicySeal


@dataclass(frozen=True, slots=True)
class TakenList:
    """A list as it was taken in at a position of the log, with the township's seal."""

    seq: int
    content: KeyList
    seal: PolicySeal


@dataclass(frozen=True, slots=True)
class Given:
    """A key signature at its position of the log."""

    seq: int
    signature: Signature


_KEYS = (
    "SELECT k.key_id, k.person_id, k.public, k.suite, k.from_on, COALESCE(r.post, ''), COALESCE(r.made_at, ''),"
    " COALESCE(r.proof, ''), k.seq FROM signing_key k LEFT JOIN key_request r ON r.key_id = k.key_id"
)


def keys(connection: Connection) -> tuple[SigningKey, ...]:
    """Every key ever enrolled, oldest first."""
    return tuple(_key(r) for r in fetch(connection, f"{_KEYS} ORDER BY k.seq"))


def _key(row: tuple[str, ...]) -> SigningKey:
    return SigningKey(row[0], row[1], row[2], row[3], date.fromisoformat(row[4]), *row[5:8])


def standing(connection: Connection, key_id: str, until: int = EVER) -> Standing | None:
    """A key as the log knew it before a position; None for a key that was not enrolled then."""
    row = fetch_one(connection, f"{_KEYS} WHERE k.key_id = ? AND k.seq < ?", key_id, until)
    if row is None:
        return None
    own = fetch(
        connection,
        "SELECT seq, key_id, body, seal FROM key_answer WHERE key_id = ? AND seq < ? ORDER BY seq DESC LIMIT 1",
        key_id,
        until,
    )
    newest = fetch(
        connection, "SELECT seq, body, seal FROM key_list WHERE seq < ? ORDER BY seq DESC LIMIT 1", until
    )
    answer = next((_answer(r) for r in own), None)
    return Standing(
        _key(row),
        is_wanted(connection, until),
        Certified(answer.content, answer.seal.signed_on) if answer else None,
        _stop(connection, key_id, until),
        next((_list(r).content for r in newest), None),
    )


def is_wanted(connection: Connection, until: int = EVER) -> bool:
    """Whether keys needed the township's word at a position: the book trusted one of its keys, and spoke of requests.

    The second half is for books of before there were requests: what was signed then stays judged by what was asked then.
    """
    trusted = value_of(connection, "SELECT MIN(seq) FROM trusted_key")
    spoken = value_of(
        connection,
        "SELECT MIN(seq) FROM (SELECT seq FROM key_request UNION ALL SELECT seq FROM key_answer"
        " UNION ALL SELECT seq FROM key_list)",
    )
    if trusted is None or trusted >= until:
        return False
    return until >= EVER or (spoken is not None and spoken < until)


def answers(connection: Connection, until: int = EVER) -> tuple[TakenAnswer, ...]:
    """The township's answers taken in before a position, oldest first."""
    rows = fetch(
        connection, "SELECT seq, key_id, body, seal FROM key_answer WHERE seq < ? ORDER BY seq", until
    )
    return tuple(_answer(r) for r in rows)


def _answer(row: tuple[Any, ...]) -> TakenAnswer:
    content, seal = KeyAnswer.from_data(json.loads(row[2])), PolicySeal.from_data(json.loads(row[3]))
    return TakenAnswer(row[0], row[1], content, seal)


def lists(connection: Connection, until: int = EVER) -> tuple[TakenList, ...]:
    """The township's lists taken in before a position, oldest first; versions only rise."""
    rows = fetch(connection, "SELECT seq, body, seal FROM key_list WHERE seq < ? ORDER BY seq", until)
    return tuple(_list(r) for r in rows)


def _list(row: tuple[Any, ...]) -> TakenList:
    return TakenList(row[0], KeyList.from_data(json.loads(row[1])), PolicySeal.from_data(json.loads(row[2])))


def _stop(connection: Connection, key_id: str, until: int) -> KeyStop | None:
    row = fetch_one(
        connection,
        "SELECT key_id, what, lost_on, reported_by, reason, evidence, stopped_on FROM key_stop"
        " WHERE key_id = ? AND seq < ?",
        key_id,
        until,
    )
    if row is None:
        return None
    days = date.fromisoformat(row[2]), date.fromisoformat(row[6])
    return KeyStop(row[0], StopReason(row[1]), days[0], row[3], row[4], row[5], days[1])


_GIVEN = (
    "SELECT seq, subject, content_hash, slot, person_id, signed_on, kind, evidence, key_id, reference, suite FROM signature"
    " WHERE key_id <> ''"
)


def given(connection: Connection, key_id: str = "") -> tuple[Given, ...]:
    """Key signatures, of one key or of all, oldest first."""
    rows = (
        fetch(connection, f"{_GIVEN} AND key_id = ? ORDER BY seq", key_id)
        if key_id
        else fetch(connection, f"{_GIVEN} ORDER BY seq")
    )
    return tuple(
        Given(
            r[0],
            Signature(
                r[1], r[2], r[3], r[4], date.fromisoformat(r[5]), SignKind(r[6]), r[7], r[8], r[9], r[10]
            ),
        )
        for r in rows
    )


def position_of(connection: Connection, signature: Signature) -> int:
    """Where in the log a signature was given; the end of the log for one that is not in it."""
    found = value_of(
        connection,
        "SELECT MIN(seq) FROM signature WHERE subject = ? AND evidence = ?",
        signature.subject,
        signature.evidence,
    )
    return int(found) if found else EVER


_CONTENTS = (
    ("submission", "document_id", " ORDER BY seq DESC LIMIT 1"),
    ("notice", "id", ""),
    ("correction", "id", ""),
    ("sheet", "id", ""),
    ("handover_list", "id", ""),
)


def content_of(connection: Connection, subject: str) -> tuple[str, Any] | None:
    """(table, frozen content) of whatever can be signed by that id, None when the book has no such thing."""
    for table, key, order in _CONTENTS:
        found = value_of(connection, f"SELECT content FROM {table} WHERE {key} = ?{order}", subject)
        if found is not None:
            return table, json.loads(found)
    return None


def stopped_at(connection: Connection) -> tuple[tuple[str, int], ...]:
    """(key id, position in the log) of every stop, the oldest first."""
    return tuple((r[0], r[1]) for r in fetch(connection, "SELECT key_id, seq FROM key_stop ORDER BY seq"))
