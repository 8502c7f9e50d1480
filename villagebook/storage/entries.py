"""Reading the registers of assets, resources and contracts, and what vouchers booked in their name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.asset import Asset, Counted, Disposal, Gone, Method
from villagebook.domain.contract import Contract, Ended
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import Loan
from villagebook.domain.period import Period
from villagebook.domain.register import Change, Data, changed
from villagebook.domain.resource import Resource
from villagebook.storage.engine import Rows, fetch, fetch_one

_TABLES = {
    LinkKind.ASSET: "asset",
    LinkKind.RESOURCE: "resource",
    LinkKind.CONTRACT: "contract",
    LinkKind.LOAN: "loan",
}
_READ: dict[LinkKind, Callable[[Data], Any]] = {
    LinkKind.ASSET: Asset.from_data,
    LinkKind.RESOURCE: Resource.from_data,
    LinkKind.CONTRACT: Contract.from_data,
    LinkKind.LOAN: Loan.from_data,
}


def entries(connection: Connection, kind: LinkKind, until: date = date.max) -> dict[str, Data]:
    """Code -> data of every entry with its changes up to a day, in the order of codes."""
    rows, told = _written(connection, kind, until)
    return {code: changed(json.loads(body), told.get(code, ())) for code, body in rows}


def assets(connection: Connection, until: date = date.max) -> dict[str, Asset]:
    """Code -> card with its changes up to a day, in the order of codes."""
    return _values(connection, LinkKind.ASSET, until)


def resources(connection: Connection, until: date = date.max) -> dict[str, Resource]:
    """Code -> resource with its changes up to a day, in the order of codes."""
    return _values(connection, LinkKind.RESOURCE, until)


def contracts(connection: Connection, until: date = date.max) -> dict[str, Contract]:
    """Code -> contract with its changes up to a day, in the order of codes."""
    return _values(connection, LinkKind.CONTRACT, until)


def loans(connection: Connection, until: date = date.max) -> dict[str, Loan]:
    """Code -> loan with its changes up to a day, in the order of codes."""
    return _values(connection, LinkKind.LOAN, until)


def _values(connection: Connection, kind: LinkKind, until: date) -> dict[str, Any]:
    rows, told = _written(connection, kind, until)
    return {
        code: _READ[kind](changed(json.loads(body), told[code])) if code in told else _value(kind, body)
        for code, body in rows
    }


def _written(connection: Connection, kind: LinkKind, until: date) -> tuple[Rows, dict[str, list[Change]]]:
    """(code, text) of every entry as it was registered, and its changes up to a day by code."""
    rows = fetch(connection, f"SELECT code, body FROM {_TABLES[kind]} ORDER BY code")
    told: dict[str, list[Change]] = {}
    for change in changes(connection, kind) if rows else ():
        if change.changed_on <= until:
            told.setdefault(change.code, []).append(change)
    return rows, told


@lru_cache(maxsize=8192)
def _value(kind: LinkKind, body: str) -> Any:
    """What a text says: pages, reminders and rules ask for the same entries again and again, and a text never changes."""
    return _READ[kind](json.loads(body))


def is_empty(connection: Connection, kind: LinkKind) -> bool:
    """True when nothing was ever registered."""
    return fetch_one(connection, f"SELECT 1 FROM {_TABLES[kind]} LIMIT 1") is None


def changes(connection: Connection, kind: LinkKind, code: str = "") -> tuple[Change, ...]:
    """Recorded changes of a register, or of one entry, in the order in which they were entered."""
    rows = fetch(
        connection,
        "SELECT c.code, c.changed_on, c.reason, c.changes, c.what, c.resolution, c.permit, json_extract(CAST(l.entry AS TEXT), '$.actor') FROM register_change c"
        " JOIN log l USING (seq) WHERE c.kind = ?1 AND (?2 = '' OR c.code = ?2) ORDER BY seq",
        kind.value,
        code,
    )
    return tuple(
        Change(r[0], date.fromisoformat(r[1]), r[2], json.loads(r[3]), r[4], r[5], r[6], r[7]) for r in rows
    )


def entered(connection: Connection, kind: LinkKind, code: str) -> tuple[str, str] | None:
    """(instant, who) of the entry itself."""
    row = fetch_one(
        connection,
        f"SELECT l.at, json_extract(CAST(l.entry AS TEXT), '$.actor') FROM {_TABLES[kind]} JOIN log l USING (seq) WHERE code = ?",
        code,
    )
    return (row[0], row[1]) if row else None


def disposals(connection: Connection) -> dict[str, Disposal]:
    rows = fetch(
        connection,
        "SELECT code, gone_on, how, reason, resolution, proceeds_fen, party FROM asset_disposal ORDER BY seq",
    )
    return {r[0]: Disposal(r[0], date.fromisoformat(r[1]), Gone(r[2]), *r[3:]) for r in rows}


def works(connection: Connection, until: date) -> dict[str, dict[int, int]]:
    """Code of an asset -> what it did by number of the month, as it was told last.

    What it did before its card came to wear by work, last up to a day, is in the card itself and left out.
    """
    rows = fetch(connection, "SELECT code, period, work FROM asset_work ORDER BY code, period, seq")
    since: dict[str, int] = {}
    for change in changes(connection, LinkKind.ASSET) if rows else ():
        _before, after = change.changes.get("method", (None, None))
        if after == Method.WORK and change.changed_on <= until:
            since[change.code] = Period.of(change.changed_on).number
    made: dict[str, dict[int, int]] = {}
    for code, number, work in rows:
        if number >= since.get(code, 0):
            made.setdefault(code, {})[number] = work
    return made


def counts(connection: Connection) -> tuple[Counted, ...]:
    """Counts of the assets, newest first."""
    rows = fetch(
        connection,
        "SELECT counted_on, counter, witness, found, missing, note FROM asset_count ORDER BY counted_on DESC, seq DESC",
    )
    return tuple(
        Counted(date.fromisoformat(r[0]), r[1], r[2], tuple(json.loads(r[3])), tuple(json.loads(r[4])), r[5])
        for r in rows
    )


def ends(connection: Connection) -> dict[str, Ended]:
    rows = fetch(
        connection, "SELECT code, ended_on, reason, resolution, permit FROM contract_end ORDER BY seq"
    )
    return {r[0]: Ended(r[0], date.fromisoformat(r[1]), *r[2:]) for r in rows}


@dataclass(frozen=True, slots=True)
class Moved:
    """What vouchers booked on one account in the name of one entry; red ones take off on their own side.

    `month_fen` is the credit of the month that was asked for alone.
    """

    account: str
    debit_fen: int
    credit_fen: int
    month_fen: int


def asset_moves(connection: Connection, until: date) -> dict[str, list[Moved]]:
    """Code of an asset -> movements up to a day, its month apart."""
    rows = fetch(
        connection,
        "SELECT k.code, l.account, SUM(l.debit_fen), SUM(l.credit_fen),"
        " SUM(CASE WHEN l.booked_on >= ?2 THEN l.credit_fen ELSE 0 END) FROM line_link k"
        " JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no WHERE k.kind = 'asset'"
        " AND l.booked_on <= ?1 GROUP BY k.code, l.account",
        until.isoformat(),
        until.replace(day=1).isoformat(),
    )
    made: dict[str, list[Moved]] = {}
    for code, *moved in rows:
        made.setdefault(code, []).append(Moved(*moved))
    return made


def contract_moves(
    connection: Connection, until: date, left_out: str = ""
) -> dict[str, list[tuple[str, int]]]:
    """Code of a contract -> (account, credit less debit) of receipts and payments that name it, up to a day.

    Accruals name it too and move no money, so only vouchers of money count. `left_out` is a document not to be counted.
    """
    rows = fetch(
        connection,
        "SELECT k.code, l.account, SUM(l.credit_fen - l.debit_fen) FROM line_link k"
        " JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no JOIN voucher v ON v.seq = k.voucher_seq"
        " WHERE k.kind = 'contract' AND v.kind IN ('receipt', 'payment') AND l.booked_on <= ?1"
        " AND (?2 = '' OR v.document_id <> ?2) GROUP BY k.code, l.account",
        until.isoformat(),
        left_out,
    )
    made: dict[str, list[tuple[str, int]]] = {}
    for code, account, fen in rows:
        made.setdefault(code, []).append((account, fen))
    return made


def waiting_on(connection: Connection, kind: LinkKind, documents: Iterable[str]) -> dict[str, int]:
    """Code -> fen of items that name an entry in these submitted documents, which are not posted yet."""
    made: dict[str, int] = {}
    for document_id in documents:
        row = fetch_one(
            connection,
            "SELECT content FROM submission WHERE document_id = ? ORDER BY seq DESC LIMIT 1",
            document_id,
        )
        items: list[dict[str, Any]] = json.loads(row[0])["items"] if row else []
        for item in items:
            for found, code in item.get("links", ()):
                if found == kind.value:
                    made[code] = made.get(code, 0) + int(item["amount_fen"])
    return made


def money_vouchers(connection: Connection, kind: LinkKind, code: str, until: date) -> Rows:
    """(day, word, number, summary, account, debit, credit, voucher id) of every line in an entry's name, in booking order."""
    return fetch(
        connection,
        "SELECT l.booked_on, v.word, v.number, l.summary, l.account, l.debit_fen, l.credit_fen, v.id FROM line_link k"
        " JOIN line l ON l.voucher_seq = k.voucher_seq AND l.no = k.line_no JOIN voucher v ON v.seq = k.voucher_seq"
        " WHERE k.kind = ? AND k.code = ? AND l.booked_on <= ? ORDER BY l.booked_on, l.voucher_seq, l.no",
        kind.value,
        code,
        until.isoformat(),
    )


def bought(connection: Connection, accounts: Iterable[str]) -> Rows:
    """(day, voucher id, word, number, summary, account, fen) of live debits on these accounts and what hangs under them
    that name no asset, newest first, two hundred at most."""
    wanted = tuple(accounts)
    under = " OR ".join("code >= ? AND code < ? || ':'" for _account in wanted)
    return fetch(
        connection,
        "SELECT l.booked_on, v.id, v.word, v.number, l.summary, l.account, l.debit_fen FROM line l"
        f" JOIN voucher v ON v.seq = l.voucher_seq WHERE l.account IN (SELECT code FROM account WHERE {under})"
        " AND l.debit_fen > 0 AND v.reverses = ''"
        " AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.id AND r.reverses <> '')"
        " AND NOT EXISTS (SELECT 1 FROM line_link k WHERE k.voucher_seq = l.voucher_seq AND k.line_no = l.no"
        " AND k.kind = 'asset') ORDER BY l.booked_on DESC, l.voucher_seq DESC LIMIT 200",
        *(account for one in wanted for account in (one, one)),
    )
