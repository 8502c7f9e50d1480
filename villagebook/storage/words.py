"""Reading what accounts are called on the board, and what was said about vague entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.engine import Connection

from villagebook.domain.period import Span
from villagebook.domain.plain_words import OwnWords, Way
from villagebook.storage.engine import Rows, fetch


def own_words(connection: Connection) -> dict[tuple[str, Way], OwnWords]:
    """(account, way) -> the village's own words as they stand; words taken back are not there.

    Reviewed are words somebody of supervision read after they were set, and as they are.
    """
    rows = fetch(
        connection,
        "SELECT w.account, w.way, w.words, w.set_by, COALESCE((SELECT r.person_id FROM plain_word_review r"
        " WHERE r.account = w.account AND r.way = w.way AND r.words = w.words AND r.seq > w.seq"
        " ORDER BY r.seq LIMIT 1), '') FROM plain_word w"
        " WHERE w.seq = (SELECT MAX(seq) FROM plain_word n WHERE n.account = w.account AND n.way = w.way)"
        " AND w.words <> '' ORDER BY w.account, w.way",
    )
    return {(r[0], Way(r[1])): OwnWords(r[0], Way(r[1]), r[2], r[3], r[4]) for r in rows}


def explanations(connection: Connection) -> dict[tuple[str, str], str]:
    """(voucher id, account) -> what was said about an entry whose words said too little; the newest counts."""
    rows = fetch(connection, "SELECT voucher_id, account, words FROM voucher_words ORDER BY seq")
    return {(r[0], r[1]): r[2] for r in rows if r[2]}


def vouchers_saying(
    connection: Connection, span: Span, words: Sequence[str], accounts: Collection[str]
) -> tuple[str, ...]:
    """Ids of vouchers of these months with one of the words in a text of theirs, or a line on one of the accounts."""
    likes = [f"%{word}%" for word in words if word]
    text = " OR ".join(["l.summary LIKE ? OR v.summary LIKE ?"] * len(likes)) or "0"
    marks = ", ".join("?" * len(accounts))
    rows = fetch(
        connection,
        "SELECT DISTINCT v.seq, v.id FROM voucher v JOIN line l ON l.voucher_seq = v.seq"
        " WHERE v.period BETWEEN ? AND ?"
        f" AND ({text} OR l.account IN ({marks})) ORDER BY v.seq",
        span.first.number,
        span.last.number,
        *(like for like in likes for _twice in (0, 1)),
        *accounts,
    )
    return tuple(r[1] for r in rows)


def category_lines(connection: Connection, span: Span, speaking: str) -> Rows:
    """(voucher id, day, word, number, account, words, debit, credit) of lines of these months that say what money was for.

    Left out are those whose words have two of the signs that `speaking` (ranges, as "一-丁三-不") names: they say something.
    """
    text = "COALESCE(NULLIF(l.summary, ''), v.summary)"
    return fetch(
        connection,
        f"SELECT v.id, v.booked_on, v.word, v.number, l.account, {text}, l.debit_fen, l.credit_fen"
        " FROM voucher v CROSS JOIN line l ON l.voucher_seq = v.seq"
        " WHERE v.booked_on BETWEEN ?1 AND ?2 AND l.place = ''"
        " AND (v.summary NOT GLOB ?3 OR v.seq IN (SELECT seq FROM line_words))"
        f" AND {text} NOT GLOB ?3"
        " AND EXISTS (SELECT 1 FROM line m WHERE m.voucher_seq = v.seq AND m.place <> '') ORDER BY v.seq, l.no",
        span.first.first_day.isoformat(),
        span.last.last_day.isoformat(),
        f"*[{speaking}]*[{speaking}]*",
    )
