"""Files that official rows name by their hash, so that the check can tell which of them the book does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from villagebook.storage.engine import fetch

_SIGNED = "SELECT evidence AS named FROM signature WHERE kind = 'ink' AND evidence <> ''"

# A body somebody spoilt past the program is told by the comparison with the log; here it must not stop the reading.
_OTHERS = (
    "SELECT sha256 AS named FROM bank_file",
    (
        "SELECT sha256 AS named FROM import_file UNION SELECT old_sha256 FROM conversion UNION SELECT p.value ->> '$.sha256'"
        " FROM conversion, json_each(CASE WHEN json_valid(body) THEN body ELSE '{}' END, '$.papers') p"
    ),
    (
        "SELECT a.value ->> '$.sha256' AS named FROM submission,"
        " json_each(CASE WHEN json_valid(content) THEN content ELSE '{}' END, '$.attachments') a"
    ),
    (
        "SELECT c.value ->> '$.sha256' AS named FROM receipt_void,"
        " json_each(CASE WHEN json_valid(copies) THEN copies ELSE '[]' END) c"
    ),
    (
        "SELECT s.value ->> '$.sha256' AS named FROM (SELECT json_extract(body, '$.scans') AS held FROM contract"
        " WHERE json_valid(body) UNION ALL SELECT json_extract(changes, '$.scans[1]') FROM register_change"
        " WHERE kind = 'contract' AND json_valid(changes)), json_each(COALESCE(held, '[]')) s"
    ),
    (
        "SELECT sha256 AS named FROM posting_photo UNION SELECT scan FROM objection WHERE scan <> ''"
        " UNION SELECT evidence FROM key_stop WHERE evidence <> ''"
    ),
    (
        "SELECT p.value ->> '$.sha256' AS named FROM (SELECT papers FROM pay_list_shown UNION ALL SELECT papers"
        " FROM pay_list_proof UNION ALL SELECT json_extract(CASE WHEN json_valid(body) THEN body ELSE '{}' END, '$.papers')"
        " FROM works_acceptance), json_each(CASE WHEN json_valid(papers) THEN papers ELSE '[]' END) p"
    ),
    "SELECT sha256 AS named FROM invoice WHERE sha256 <> ''",
    (
        "SELECT p.value ->> '$.sha256' AS named FROM (SELECT body FROM resolution UNION ALL SELECT body FROM audit"
        " UNION ALL SELECT body FROM labour_sheet), json_each(CASE WHEN json_valid(body) THEN body ELSE '{}' END, '$.papers') p"
    ),
    (
        "SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.roll_file.sha256') END AS named FROM resolution"
        " UNION SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.scan') END FROM notice_request"
        " UNION SELECT evidence FROM veto_lift UNION SELECT pack_sha256 FROM laid_open EXCEPT SELECT ''"
    ),
    (
        "SELECT s.value ->> '$.sha256' AS named FROM office_handover,"
        " json_each(CASE WHEN json_valid(sheets) THEN sheets ELSE '[]' END) s"
    ),
)
"""Statements of the bank, files of old books, papers of documents, spoilt receipts, contracts, the board, lists of payees;
invoices; votes, audits, days of labour, requests, vetoes, papers laid open; offices handed over."""


def missing_evidence(connection: Connection) -> Iterator[str]:
    """Photos behind ink signatures that the book does not hold."""
    yield from _missing(connection, _SIGNED)


def missing_papers(connection: Connection) -> Iterator[str]:
    """Every other file that is named and not held."""
    for named in _OTHERS:
        yield from _missing(connection, named)


def _missing(connection: Connection, named: str) -> Iterator[str]:
    rows = fetch(
        connection,
        f"SELECT DISTINCT named FROM ({named}) WHERE named IS NOT NULL AND named NOT IN"
        " (SELECT sha256 FROM object)",
    )
    return (str(row[0]) for row in rows)
