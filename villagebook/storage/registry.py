"""Reading what a book knows of accounts, places, people, policy and receipt books."""

from __future__ import annotations

import json
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy.engine import Connection

from villagebook import paths
from villagebook.domain.account import Account, Category, Chart, Side
from villagebook.domain.people import Person, Post, PostKind, Staff
from villagebook.domain.place import Place, PlaceKind, Places
from villagebook.domain.policy import Policy, read_policy
from villagebook.domain.receipts import Medium, ReceiptBook
from villagebook.domain.voucher import VoucherLine
from villagebook.storage.engine import fetch, fetch_one
from villagebook.storage.links import opening_links


def read_chart(connection: Connection) -> Chart:
    turns = fetch(connection, "SELECT code, disabled FROM account_use ORDER BY seq")
    disabled = {code for code, is_out in dict(tuple(r) for r in turns).items() if is_out}
    return Chart(
        Account(r[0], r[1], r[2], Category(r[3]), Side(r[4]), r[5], r[0] in disabled)
        for r in fetch(
            connection, "SELECT code, name, name_en, category, side, parent FROM account ORDER BY code"
        )
    )


def read_places(connection: Connection) -> Places:
    rows = fetch(
        connection,
        "SELECT code, kind, name, account, holder, holder_is_person, is_basic, filed FROM place ORDER BY seq, rowid",
    )
    return Places(Place(r[0], PlaceKind(r[1]), r[2], r[3], r[4], bool(r[5]), bool(r[6]), r[7]) for r in rows)


def read_staff(connection: Connection, until: int | None = None) -> Staff:
    """Everybody and every post. With `until` as the log had it at that position, by days alone: whether an office passed
    before or after a signature of the same day is not asked again."""
    if until is not None:
        return _staff_until(connection, until)
    persons = [Person(*r) for r in fetch(connection, "SELECT id, name FROM person ORDER BY seq")]
    posts = [
        Post(
            r[0],
            r[1],
            PostKind(r[2]),
            date.fromisoformat(r[3]),
            date.fromisoformat(r[4]) if r[4] else None,
            r[5] or "",
            r[6] or "",
            date.fromisoformat(r[7]) if r[7] else None,
        )
        for r in fetch(
            connection,
            "SELECT p.id, p.person_id, p.kind, p.from_on, e.to_on, h.taker, l.decision, h.handed_on FROM post p"
            " LEFT JOIN post_end e ON e.post_id = p.id LEFT JOIN office_handover h ON h.post_id = p.id"
            " LEFT JOIN post_leave l ON l.post_id = p.id ORDER BY p.seq",
        )
    ]
    return Staff(persons, posts)


def _staff_until(connection: Connection, until: int) -> Staff:
    persons = [
        Person(*r)
        for r in fetch(connection, "SELECT id, name FROM person WHERE seq <= ? ORDER BY seq", until)
    ]
    rows = fetch(
        connection,
        "SELECT p.id, p.person_id, p.kind, p.from_on, e.to_on FROM post p"
        " LEFT JOIN post_end e ON e.post_id = p.id AND e.seq <= ?1 WHERE p.seq <= ?1 ORDER BY p.seq",
        until,
    )
    posts = [
        Post(r[0], r[1], PostKind(r[2]), date.fromisoformat(r[3]), date.fromisoformat(r[4]) if r[4] else None)
        for r in rows
    ]
    return Staff(persons, posts)


def read_policy_on(connection: Connection, day: date) -> Policy:
    """The policy in force on a day: the newest that had begun, else the first the book ever had."""
    row = fetch_one(
        connection,
        "SELECT body FROM policy WHERE in_force_on <= ? ORDER BY in_force_on DESC, seq DESC LIMIT 1",
        day.isoformat(),
    ) or fetch_one(connection, "SELECT body FROM policy ORDER BY seq LIMIT 1")
    if row is None:
        raise AssertionError("a book without a policy")
    return _policy(row[0])


@lru_cache(maxsize=16)
def _policy(body: str) -> Policy:
    """A book has a handful of versions and asks for one of them at every keystroke."""
    return read_policy(completed(json.loads(body)))


def completed(body: dict[str, Any]) -> dict[str, Any]:
    """Parameters that came after a township wrote its file have the program's own values."""
    ours = _defaults()
    later = {part: {**ours[part], **body.get(part, {})} for part in ("kinds", "caps")}
    return {
        **body,
        **{part: {**ours[part], **body[part]} for part in ("numbers", "switches", "words")},
        **later,
    }


@cache
def _defaults() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(paths.resource("policy", "default.json").read_text(encoding="utf-8"))
    return data


def read_opening(connection: Connection) -> tuple[VoucherLine, ...]:
    links = opening_links(connection)
    return tuple(
        VoucherLine(r[1], r[4], r[5], "", r[2], r[3], links=links.get(r[0], ()))
        for r in fetch(
            connection, "SELECT no, account, place, party, debit_fen, credit_fen FROM opening ORDER BY no"
        )
    )


def read_receipt_books(connection: Connection) -> tuple[ReceiptBook, ...]:
    rows = fetch(
        connection,
        "SELECT id, kind, first, last, width, custodian, issued_on, COALESCE(medium, 'paper'), returned_on,"
        " COALESCE(p.purpose, '') = 'levy'"
        " FROM receipt_book b LEFT JOIN receipt_medium m ON m.book_id = b.id"
        " LEFT JOIN receipt_purpose p ON p.book_id = b.id"
        " LEFT JOIN receipt_return r ON r.book_id = b.id ORDER BY b.seq",
    )
    return tuple(
        ReceiptBook(
            r[0],
            r[1],
            r[2],
            r[3],
            r[4],
            r[5],
            date.fromisoformat(r[6]),
            Medium(r[7]),
            date.fromisoformat(r[8]) if r[8] else None,
            bool(r[9]),
        )
        for r in rows
    )


def read_key(connection: Connection, key_id: str) -> tuple[str, str] | None:
    """(person id, public key in hex) of an enrolled key, None when unknown."""
    row = fetch_one(connection, "SELECT person_id, public FROM signing_key WHERE key_id = ?", key_id)
    return (row[0], row[1]) if row else None
