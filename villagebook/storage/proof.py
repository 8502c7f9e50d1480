"""Reading what the proof of the two lines follows: live vouchers by their money places, and the slip of each receipt."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby

from sqlalchemy.engine import Connection

from villagebook.domain.money_layers import Moved
from villagebook.domain.period import Period
from villagebook.domain.voucher import voucher_label
from villagebook.storage.engine import Rows, fetch, value_of

_UNDONE = (
    "EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '' AND r.booked_on <= ?1)"
)


def past(connection: Connection, before: date) -> Rows:
    """(position, day, money place, signed fen) of every line that moved money before a day, by day and position."""
    return fetch(
        connection,
        # through the list of places, so that the index by place and day is all that is read
        "SELECT l.voucher_seq, l.booked_on, l.place, l.debit_fen - l.credit_fen FROM place p"
        " CROSS JOIN line l ON l.place = p.code WHERE l.place <> '' AND l.booked_on < ?1"
        " AND (?2 OR l.voucher_seq NOT IN (SELECT seq FROM voucher WHERE places_inferred = 1))"
        " ORDER BY l.booked_on, l.voucher_seq, l.no",
        before.isoformat(),
        value_of(connection, "SELECT 1 FROM voucher WHERE places_inferred = 1 LIMIT 1") is None,
    )


def odd(connection: Connection, until: date) -> dict[int, Moved]:
    """Red vouchers up to a day and what they undid, by position; nothing but what they are."""
    rows = fetch(
        connection,
        "SELECT r.seq, r.id, r.reverses, r.booked_on, v.seq, v.booked_on FROM voucher r"
        " JOIN voucher v ON v.id = r.reverses WHERE r.reverses <> '' AND r.booked_on <= ?",
        until.isoformat(),
    )
    made: dict[int, Moved] = {}
    for seq, red_id, wrong_id, red_on, wrong_seq, wrong_on in rows:
        day, wrong_day = date.fromisoformat(red_on), date.fromisoformat(wrong_on)
        made[seq] = Moved(red_id, "", "", day, "", "", "", (), 0, reverses=wrong_id, seq=seq)
        made[wrong_seq] = Moved(wrong_id, "", "", wrong_day, "", "", "", (), 0, undone=True, seq=wrong_seq)
    return made


def labels(connection: Connection, positions: Collection[int]) -> dict[int, tuple[str, str]]:
    """Position -> (id, label) of some vouchers."""
    rows = fetch(
        connection,
        "SELECT seq, id, word, number FROM voucher WHERE seq IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(positions)),
    )
    return {r[0]: (r[1], voucher_label(r[2], r[3])) for r in rows}


def moves(connection: Connection, first: date, until: date) -> Iterator[Moved]:
    """Every voucher that moves money between two days, in the order of the log; red ones and what they undid are marked."""
    rows = fetch(
        connection,
        "SELECT v.seq, v.id, v.word, v.number, v.booked_on, v.party, v.summary, v.document_id, v.paper_no, l.place,"
        ' l.debit_fen - l.credit_fen, COALESCE((SELECT instr(content, \'"support":"bank-advice"\') > 0'
        " FROM submission s WHERE s.document_id = v.document_id AND v.document_id <> '' ORDER BY s.seq DESC LIMIT 1), 0),"
        f" v.reverses, {_UNDONE} FROM voucher v JOIN line l ON l.voucher_seq = v.seq AND l.place <> ''"
        " WHERE v.places_inferred = 0 AND v.booked_on BETWEEN ?2 AND ?1 ORDER BY v.seq, l.no",
        until.isoformat(),
        first.isoformat(),
    )
    for _seq, lines in groupby(rows, key=lambda r: r[0]):
        group = list(lines)
        r = group[0]
        sums: dict[str, int] = {}
        for line in group:
            sums[line[9]] = sums.get(line[9], 0) + line[10]
        yield Moved(
            id=r[1],
            document_id=r[7],
            label=voucher_label(r[2], r[3]),
            booked_on=date.fromisoformat(r[4]),
            party=r[5],
            summary=r[6],
            paper_no=r[8],
            places=tuple(sums.items()),
            outside_fen=sum(sums.values()),
            bank_fee=bool(r[11]) and _from_income(connection, sums),
            reverses=r[12],
            undone=bool(r[13]),
            seq=r[0],
        )


def bank_fees(connection: Connection, positions: Collection[int]) -> frozenset[int]:
    """Those of these vouchers that a bank's advice stands behind."""
    rows = fetch(
        connection,
        "SELECT v.seq FROM voucher v WHERE v.seq IN (SELECT value FROM json_each(?)) AND v.document_id <> '' AND"
        ' (SELECT instr(content, \'"support":"bank-advice"\') > 0 FROM submission s WHERE s.document_id = v.document_id'
        " ORDER BY s.seq DESC LIMIT 1)",
        json.dumps(sorted(positions)),
    )
    return frozenset(r[0] for r in rows)


def _from_income(connection: Connection, sums: dict[str, int]) -> bool:
    """True when the money left the income line; only the bank may take it there."""
    paid = [code for code, fen in sums.items() if fen < 0]
    kinds = {value_of(connection, "SELECT kind FROM place WHERE code = ?", code) for code in paid}
    return kinds == {"IN"}


def slips(connection: Connection) -> dict[str, str]:
    """Receipt document -> voucher id of the live deposit slip that took it to the bank."""
    rows = fetch(
        connection,
        "SELECT d.receipt_id, v.id FROM deposit d JOIN voucher v ON v.document_id = d.deposit_id"
        " AND v.document_id <> '' AND v.reverses = ''"
        " WHERE d.seq = (SELECT MAX(seq) FROM submission WHERE document_id = d.deposit_id)"
        " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')",
    )
    return dict(rows)


def untold(connection: Connection, first: Period, last: Period) -> int:
    """Vouchers of these months whose money places nobody named."""
    sql = "SELECT COUNT(*) FROM voucher WHERE places_inferred = 1 AND period BETWEEN ? AND ?"
    return int(value_of(connection, sql, first.number, last.number))


def undone(connection: Connection, first: Period, last: Period) -> int:
    """Red vouchers of these months."""
    sql = "SELECT COUNT(*) FROM voucher WHERE reverses <> '' AND period BETWEEN ? AND ?"
    return int(value_of(connection, sql, first.number, last.number))
