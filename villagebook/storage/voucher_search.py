"""Finding posted vouchers by any of their fields.

A search gives the positions of everything that fits, the newest first: so the count, the page to show and the neighbour of a
voucher are all known after one statement, and rows are read only for what is on the screen.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.canonical import canonical
from villagebook.domain.voucher_query import By, Fate, Order, VoucherQuery, amount_of, label_of
from villagebook.storage.engine import Rows, fetch, value_of
from villagebook.storage.voucher_checks import UNCHECKED, WAITS

_REVERSED = "EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
_RED = "v.reverses <> ''"
_NEWEST = "s.seq = (SELECT MAX(seq) FROM submission WHERE document_id = s.document_id)"
_FATES = {
    Fate.RED: _RED,
    Fate.REVERSED: _REVERSED,
    Fate.STANDING: f"NOT {_RED} AND NOT {_REVERSED}",
    Fate.UNCHECKED: UNCHECKED,
    Fate.CORRECTING: "v.seq IN (SELECT seq FROM step WHERE what = 'corrected')",
    Fate.CORRECTED: "v.id IN (SELECT subject FROM step WHERE what = 'corrected')",
}
_WITH_SCAN = (
    # content is canonical, so an empty list is always written like this; inside a text the quotes would be escaped
    "v.document_id <> '' AND v.document_id IN (SELECT s.document_id FROM submission s"
    f" WHERE instr(s.content, '\"attachments\":[]') = 0 AND {_NEWEST})"
)
_SIGNED = (
    "v.document_id IN (SELECT g.subject FROM signature g JOIN submission s ON s.document_id = g.subject"
    f" AND s.content_hash = g.content_hash WHERE g.person_id = ? AND {_NEWEST})"
)

_ENTERED = (
    # as `voucher_acts` tells it: who sent the document in, else who posted. The entry that names them is found first; its canonical
    # text begins with the name
    "EXISTS (SELECT 1 FROM log WHERE seq = CASE WHEN v.document_id = '' OR v.reverses <> '' THEN v.seq ELSE COALESCE("
    "(SELECT MAX(seq) FROM submission WHERE document_id = v.document_id AND seq < v.seq), v.seq) END"
    " AND substr(entry, 1, ?) = ?)"
)


@dataclass(slots=True)
class _Where:
    """Conditions with their values, in order."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        self.parts.append(condition)
        self.values += values

    @property
    def either(self) -> str:
        """Any of the conditions."""
        return " OR ".join(self.parts)

    @property
    def sql(self) -> str:
        """All of the conditions, as a clause; nothing without any."""
        return " WHERE " + " AND ".join(f"({p})" for p in self.parts) if self.parts else ""


_ORDERS = {
    By.DAY: ("v.booked_on", "v.seq"),
    By.LABEL: ("v.word", "v.number", "v.seq"),
    By.SUMMARY: ("v.summary", "v.seq"),
    By.AMOUNT: ("v.total_fen", "v.seq"),
}


def find(
    connection: Connection,
    query: VoucherQuery,
    named: Sequence[frozenset[str]] = (),
    order: Order = Order(),  # noqa: B008  # frozen
    most: int = -1,
) -> array[int]:
    """Positions of the vouchers that fit, in the order wanted; the first `most` of them when that is not negative.

    `named` holds, for each word of the text, the accounts whose name the word fits.
    """
    where = _conditions(connection, query, named)
    # words are looked for in every row: one sweep and a sort of what fits beats a walk along the days, unless few are wanted
    swept = " NOT INDEXED" if query.words and most < 0 and not (query.first or query.last) else ""
    way = " DESC" if order.descending else ""
    ordered = ", ".join(column + way for column in _ORDERS[order.by])
    sql = f"SELECT v.seq FROM voucher v{swept}{where.sql} ORDER BY {ordered} LIMIT ?"
    return array("q", chain.from_iterable(fetch(connection, sql, *where.values, most)))


def count(
    connection: Connection, query: VoucherQuery, named: Sequence[frozenset[str]] = ()
) -> tuple[int, int]:
    """How many vouchers fit, and the highest position in the book; zeros in an empty book."""
    where = _conditions(connection, query, named)
    found = value_of(connection, f"SELECT COUNT(*) FROM voucher v{where.sql}", *where.values)
    return int(found), int(value_of(connection, "SELECT MAX(seq) FROM voucher") or 0)


def has_lines(connection: Connection, accounts: Iterable[str], least: int) -> bool:
    """Whether so many lines stand on some accounts."""
    wanted = sorted(accounts)
    found = fetch(
        connection,
        f"SELECT 1 FROM line WHERE account IN ({_marks(wanted)}) LIMIT 1 OFFSET ?",
        *wanted,
        least - 1,
    )
    return bool(found)


def rows(connection: Connection, positions: Sequence[int]) -> Rows:
    """(seq, id, booked_on, word, number, summary, party, total, papers, origin, red, reversed, unchecked), ordered as the positions."""
    if not positions:
        return []
    found = fetch(
        connection,
        "SELECT v.seq, v.id, v.booked_on, v.word, v.number, v.summary, v.party, v.total_fen, v.paper_count, v.origin,"
        f" {_RED}, {_REVERSED}, {WAITS} FROM voucher v WHERE v.seq IN ({_marks(positions)})",
        *positions,
    )
    by_seq = {row[0]: row for row in found}
    return [by_seq[seq] for seq in positions if seq in by_seq]


def position_of(connection: Connection, voucher_id: str) -> int | None:
    """Where a voucher stands in the log, None when the book holds no such voucher."""
    found = value_of(connection, "SELECT seq FROM voucher WHERE id = ?", voucher_id)
    return None if found is None else int(found)


def words(connection: Connection) -> tuple[str, ...]:
    """Every voucher word the book has used."""
    # a loose walk over the unique index would need the month first; few months, few words
    found = fetch(connection, "SELECT DISTINCT word FROM voucher INDEXED BY sqlite_autoindex_voucher_2")
    return tuple(sorted(r[0] for r in found))


_AFTER_ACTOR = b',"at":'


def enterers(connection: Connection) -> tuple[str, ...]:
    """The names of everybody who ever entered a document or posted a voucher."""
    found = fetch(
        connection,
        "SELECT DISTINCT substr(entry, 1, instr(entry, ?)) FROM log WHERE kind IN ('voucher.posted', 'document.submitted')",
        b'"' + _AFTER_ACTOR,
    )
    return tuple(sorted(json.loads(bytes(row[0]) + b"}")["actor"] for row in found))


def _conditions(connection: Connection, query: VoucherQuery, named: Sequence[frozenset[str]]) -> _Where:
    where = _Where()
    if query.until is not None:
        where.add("v.seq <= ?", query.until)
    if query.first:
        where.add("v.booked_on >= ?", query.first.isoformat())
    if query.last:
        where.add("v.booked_on <= ?", query.last.isoformat())
    for column, value in (("word", query.word), ("kind", query.kind), ("origin", query.origin)):
        if value:
            where.add(f"v.{column} = ?", str(value))
    if query.first_number is not None:
        where.add("v.number >= ?", query.first_number)
    if query.last_number is not None:
        where.add("v.number <= ?", query.last_number)
    if query.account:
        where.add(
            "v.seq IN (SELECT voucher_seq FROM line WHERE account >= ? AND account < ? || ':')",
            query.account,
            query.account,
        )
    if query.place:
        where.add("v.seq IN (SELECT voucher_seq FROM line WHERE place = ? AND place <> '')", query.place)
    if query.least_fen is not None or query.most_fen is not None:
        _amounts(where, query.least_fen or 0, query.most_fen if query.most_fen is not None else 2**62)
    if query.fate:
        where.add(_FATES[query.fate])
    if query.has_scan is not None:
        where.add(_WITH_SCAN if query.has_scan else f"NOT ({_WITH_SCAN})")
    if query.signer:
        where.add(_SIGNED, query.signer)
    if query.entered_by:
        begins = canonical({"actor": query.entered_by})[:-1] + _AFTER_ACTOR
        where.add(_ENTERED, len(begins), begins)
    for number, word in enumerate(query.words):
        _word(connection, where, word, sorted(named[number]) if number < len(named) else ())
    return where


def _amounts(where: _Where, least: int, most: int) -> None:
    """The total, or one line; exactly one side of a line is not zero."""
    where.add(
        "abs(v.total_fen) BETWEEN ? AND ? OR v.seq IN (SELECT voucher_seq FROM line"
        " WHERE abs(debit_fen + credit_fen) BETWEEN ? AND ?)",
        *(least, most) * 2,
    )


def _word(connection: Connection, where: _Where, word: str, accounts: Sequence[str]) -> None:
    """One word of the text, wherever it may stand.

    What lines say otherwise than their voucher stands beside it (`line_words`), so that no line is read for its texts.
    Mostly nothing is there: a list without anything in it is not held against every voucher.
    """
    texts, links, lists = _Where(), _Where(), _Where()
    if accounts:  # first: where most vouchers fit, their texts need not be read
        texts.add(f"v.seq IN (SELECT voucher_seq FROM line WHERE account IN ({_marks(accounts)}))", *accounts)
    for condition, value in _contains(("v.summary", "v.party", "v.paper_no"), word):
        texts.add(condition, value)
    fen, label = amount_of(word), label_of(word)
    if label is not None:
        texts.add("v.word = ? AND v.number = ?", *label)
    for condition, value in _contains(("w.words",), word):
        lists.add(f"SELECT w.seq FROM line_words w WHERE {condition}", value)
    for condition, value in _contains(("t.code", "t.name"), word):
        links.add(condition, value)
    lists.add(
        "SELECT k.voucher_seq FROM line_link k JOIN link_target t ON t.kind = k.kind AND t.code = k.code"
        f" WHERE {links.either}",
        *links.values,
    )
    values = iter(lists.values)
    for part in lists.parts:
        taken = list(islice(values, part.count("?")))
        if value_of(connection, f"SELECT EXISTS ({part})", *taken):
            texts.add(f"v.seq IN ({part})", *taken)
    if fen is not None:
        texts.add("abs(v.total_fen) = ?", fen)
        texts.add("v.seq IN (SELECT voucher_seq FROM line WHERE abs(debit_fen + credit_fen) = ?)", fen)
    where.add(texts.either, *texts.values)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _contains(columns: Iterable[str], word: str) -> Iterator[tuple[str, str]]:
    """`instr` is much faster, but knows no upper and lower case."""
    if word.upper() == word.lower():
        # most projects and paper numbers are empty: asking that first saves a tenth
        yield from ((f"{column} <> '' AND instr({column}, ?)", word) for column in columns)
        return
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    yield from ((f"{column} LIKE ? ESCAPE '\\'", pattern) for column in columns)
