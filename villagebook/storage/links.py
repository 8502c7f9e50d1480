"""Reading what registers offer to lines, and which lines point at an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy.engine import Connection

from villagebook.domain.demand import Demand
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.storage.engine import Rows, fetch, fetch_one
from villagebook.storage.voucher_lines import SAID


def targets(connection: Connection, kind: LinkKind | None = None) -> tuple[LinkTarget, ...]:
    """The newest state of every entry, by kind and code."""
    rows = fetch(
        connection,
        "SELECT kind, code, name, in_use FROM link_target t WHERE seq = (SELECT MAX(seq) FROM link_target n"
        " WHERE n.kind = t.kind AND n.code = t.code) AND (?1 = '' OR kind = ?1) ORDER BY kind, code",
        kind.value if kind else "",
    )
    return tuple(LinkTarget(LinkKind(r[0]), r[1], r[2], bool(r[3])) for r in rows)


def target_names(connection: Connection) -> dict[tuple[str, str], str]:
    """(kind, code) -> name of every entry, as it is called now."""
    rows = fetch(connection, "SELECT kind, code, name FROM link_target ORDER BY kind, code, seq")
    return {(kind, code): name for kind, code, name in rows}


def known(connection: Connection, links: Iterable[Link]) -> dict[Link, LinkTarget]:
    """The targets of these links; links to nothing are left out."""
    found = {}
    for link in sorted(set(links), key=lambda link: (link.kind.value, link.code)):
        row = fetch_one(
            connection,
            "SELECT name, in_use FROM link_target WHERE kind = ? AND code = ? ORDER BY seq DESC LIMIT 1",
            link.kind.value,
            link.code,
        )
        if row is not None:
            found[link] = LinkTarget(link.kind, link.code, row[0], bool(row[1]))
    return found


def links_of(connection: Connection, voucher_seq: int) -> dict[int, tuple[Link, ...]]:
    """Links of one voucher by number of the line."""
    rows = fetch(
        connection,
        "SELECT line_no, kind, code FROM line_link WHERE voucher_seq = ? ORDER BY line_no, kind, code",
        voucher_seq,
    )
    return _by_line((r[0], r[1], r[2]) for r in rows)


def _by_line(rows: Iterable[tuple[int, str, str]]) -> dict[int, tuple[Link, ...]]:
    found: dict[int, tuple[Link, ...]] = {}
    for no, kind, code in rows:
        found[no] = (*found.get(no, ()), Link(LinkKind(kind), code))
    return found


def links_between(connection: Connection, first: date, last: date) -> dict[tuple[int, int], tuple[Link, ...]]:
    """(voucher position, line number) -> links, of vouchers booked in these days, both included."""
    rows = fetch(
        connection,
        "SELECT k.voucher_seq, k.line_no, k.kind, k.code FROM line_link k JOIN voucher v ON v.seq = k.voucher_seq"
        " WHERE v.booked_on BETWEEN ? AND ? ORDER BY k.voucher_seq, k.line_no, k.kind, k.code",
        first.isoformat(),
        last.isoformat(),
    )
    found: dict[tuple[int, int], tuple[Link, ...]] = {}
    for seq, no, kind, code in rows:
        found[(seq, no)] = (*found.get((seq, no), ()), Link(LinkKind(kind), code))
    return found


def sums(connection: Connection, link: Link, until: date) -> list[tuple[str, str, int]]:
    """(kind of voucher, account, debit minus credit) of the lines that point at an entry, up to a day."""
    rows = fetch(
        connection,
        "SELECT v.kind, l.account, SUM(l.debit_fen - l.credit_fen)"
        " FROM line_link k JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
        " JOIN voucher v ON v.seq = k.voucher_seq WHERE k.kind = ? AND k.code = ? AND l.booked_on <= ?"
        " GROUP BY v.kind, l.account",
        link.kind.value,
        link.code,
        until.isoformat(),
    )
    return [(r[0], r[1], r[2]) for r in rows]


def sums_after(connection: Connection, link: Link, day: date) -> list[tuple[date, str, str, int]]:
    """(day, kind of voucher, account, debit minus credit) of the lines that point at an entry, after a day, newest first."""
    rows = fetch(
        connection,
        "SELECT l.booked_on, v.kind, l.account, SUM(l.debit_fen - l.credit_fen)"
        " FROM line_link k JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
        " JOIN voucher v ON v.seq = k.voucher_seq WHERE k.kind = ? AND k.code = ? AND l.booked_on > ?"
        " GROUP BY l.booked_on, v.kind, l.account ORDER BY l.booked_on DESC",
        link.kind.value,
        link.code,
        day.isoformat(),
    )
    return [(date.fromisoformat(r[0]), r[1], r[2], r[3]) for r in rows]


def kinds_of(connection: Connection, link: Link) -> list[tuple[str, str]]:
    """(voucher id, kind of voucher) of every voucher with a line that points at an entry."""
    rows = fetch(
        connection,
        "SELECT DISTINCT v.id, v.kind FROM line_link k JOIN voucher v ON v.seq = k.voucher_seq"
        " WHERE k.kind = ? AND k.code = ?",
        link.kind.value,
        link.code,
    )
    return [(r[0], r[1]) for r in rows]


def linked_rows(connection: Connection, link: Link, until: date) -> Rows:
    """(booked_on, word, number, summary, party, account, debit, credit, voucher id, red or reversed) in booking order."""
    return fetch(
        connection,
        f"SELECT l.booked_on, v.word, v.number, {SAID}, l.party, l.account, l.debit_fen, l.credit_fen, v.id,"
        " v.reverses <> '' OR EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
        " FROM line_link k JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no"
        " JOIN voucher v ON v.seq = k.voucher_seq WHERE k.kind = ? AND k.code = ? AND l.booked_on <= ?"
        " ORDER BY l.booked_on, l.voucher_seq, l.no",
        link.kind.value,
        link.code,
        until.isoformat(),
    )


def opening_links(connection: Connection) -> dict[int, tuple[Link, ...]]:
    """Links of the opening balances by number of the line."""
    return _by_line(
        (r[0], r[1], r[2])
        for r in fetch(connection, "SELECT no, kind, code FROM opening_link ORDER BY no, kind, code")
    )


def opening_of(connection: Connection, link: Link) -> Rows:
    """(account, party, debit, credit) of the opening balances that belong to an entry."""
    return fetch(
        connection,
        "SELECT o.account, o.party, o.debit_fen, o.credit_fen FROM opening_link k JOIN opening o ON o.no = k.no"
        " WHERE k.kind = ? AND k.code = ? ORDER BY o.no",
        link.kind.value,
        link.code,
    )


def open_balances(connection: Connection, link: Link) -> tuple[tuple[str, int], ...]:
    """(account, signed fen) that lie on an entry today: claims and debts, no income and no costs; zeros left out."""
    rows = fetch(
        connection,
        "SELECT account, SUM(f) FROM (SELECT l.account, l.debit_fen - l.credit_fen AS f FROM line_link k"
        " JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no WHERE k.kind = ?1 AND k.code = ?2"
        " UNION ALL SELECT o.account, o.debit_fen - o.credit_fen FROM opening_link k JOIN opening o ON o.no = k.no"
        " WHERE k.kind = ?1 AND k.code = ?2) JOIN account a ON a.code = account"
        " WHERE a.category IN ('资产', '负债') GROUP BY account HAVING SUM(f) <> 0 ORDER BY account",
        link.kind.value,
        link.code,
    )
    return tuple((r[0], r[1]) for r in rows)


def demands(connection: Connection) -> dict[str, Demand]:
    """Account -> what was set for it last; accounts nobody set anything for are left out."""
    rows = fetch(connection, "SELECT account, kinds, severity, MAX(seq) FROM account_aux GROUP BY account")
    return {r[0]: Demand.from_data({"kinds": json.loads(r[1]), "severity": r[2]}) for r in rows}


def details_on(
    connection: Connection, account: str, day: date
) -> tuple[tuple[str, str, int, tuple[Link, ...]], ...]:
    """(party, project, signed fen, links) of one account, its sub-accounts left out, at the close of a day; zeros left out."""
    rows = fetch(
        connection,
        "SELECT voucher_seq, no, party, project, debit_fen - credit_fen FROM line WHERE account = ?1"
        " AND booked_on <= ?2 UNION ALL SELECT 0, no, party, '', debit_fen - credit_fen FROM opening WHERE account = ?1",
        account,
        day.isoformat(),
    )
    tied = fetch(
        connection,
        "SELECT k.voucher_seq, k.line_no, k.kind, k.code FROM line l JOIN line_link k ON k.voucher_seq = l.voucher_seq"
        " AND k.line_no = l.no WHERE l.account = ?1 UNION ALL SELECT 0, k.no, k.kind, k.code FROM opening o"
        " JOIN opening_link k ON k.no = o.no WHERE o.account = ?1 ORDER BY 1, 2, 3, 4",
        account,
    )
    links: dict[tuple[int, int], tuple[Link, ...]] = {}
    for seq, no, kind, code in tied:
        links[(seq, no)] = (*links.get((seq, no), ()), Link(LinkKind(kind), code))
    sums: dict[tuple[str, str, tuple[Link, ...]], int] = {}
    for seq, no, party, project, fen in rows:
        key = (party, project, links.get((seq, no), ()))
        sums[key] = sums.get(key, 0) + fen
    return tuple((*key[:2], fen, key[2]) for key, fen in sorted(sums.items()) if fen)
