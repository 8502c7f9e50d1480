"""What audit data ask of the ledger: balances by account, month and the entries of registers that lines belong to."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.storage.engine import fetch

Combination = tuple[Link, ...]

_LINKS = (
    "(SELECT group_concat(kind || char(30) || code, char(31)) FROM (SELECT kind, code FROM {table} k WHERE {tie}"
    " ORDER BY kind, code))"
)


def opening_by_links(connection: Connection) -> list[tuple[str, Combination, int]]:
    """(account, links, signed fen) of the opening balances of the book."""
    links = _LINKS.format(table="opening_link", tie="k.no = o.no")
    rows = fetch(
        connection,
        f"SELECT account, x, SUM(f) FROM (SELECT account, debit_fen - credit_fen AS f, {links} AS x FROM opening o)"
        " GROUP BY account, x ORDER BY account, x",
    )
    return [(r[0], _links(r[1]), r[2]) for r in rows]


def moves_by_links(connection: Connection, until: Period) -> list[tuple[str, Combination, Period, int, int]]:
    """(account, links, month, debit, credit) of everything booked up to the end of a month."""
    links = _LINKS.format(table="line_link", tie="k.voucher_seq = l.voucher_seq AND k.line_no = l.no")
    rows = fetch(
        connection,
        "SELECT account, x, month, SUM(debit_fen), SUM(credit_fen) FROM (SELECT account, debit_fen, credit_fen,"
        f" substr(booked_on, 1, 7) AS month, {links} AS x FROM line l WHERE booked_on <= ?)"
        " GROUP BY account, x, month ORDER BY account, x, month",
        until.last_day.isoformat(),
    )
    return [(r[0], _links(r[1]), Period.parse(r[2]), r[3], r[4]) for r in rows]


def _links(text: str | None) -> Combination:
    pairs = (one.split("\x1e") for one in text.split("\x1f")) if text else ()
    return tuple(Link(LinkKind(kind), code) for kind, code in pairs)
