"""Lists with payees, journeys and accepted works: the papers a payment settles."""

from __future__ import annotations

TABLES: dict[str, str] = {
    # lists with payees' signatures and journeys, whole as of each change; the newest row of a code counts, and what was
    # reviewed, shown or proven holds for one content of it
    "pay_list": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, content TEXT NOT NULL"
    ),
    "pay_list_review": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, reviewed_on TEXT NOT NULL"
    ),
    "pay_list_shown": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, place TEXT NOT NULL,"
        " shown_on TEXT NOT NULL, papers TEXT NOT NULL"
    ),
    "pay_list_proof": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, kind TEXT NOT NULL,"
        " shown_on TEXT NOT NULL, papers TEXT NOT NULL, failed TEXT NOT NULL, results TEXT NOT NULL, accounts TEXT NOT NULL,"
        " file_no INTEGER NOT NULL"
    ),
    "pay_list_batch": (
        # a file for the bank; no account's number, only a seal over all of them
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, layout TEXT NOT NULL, made_on TEXT NOT NULL,"
        " total_fen INTEGER NOT NULL, rows TEXT NOT NULL, salt TEXT NOT NULL, seal TEXT NOT NULL"
    ),
    "pay_list_back": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, rows TEXT NOT NULL, voucher_id TEXT NOT NULL"
    ),
    "pay_list_end": "code TEXT PRIMARY KEY, reason TEXT NOT NULL, seq INTEGER NOT NULL",
    "pay_rate": (
        "seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, post TEXT NOT NULL, rate_fen INTEGER NOT NULL,"
        " from_on TEXT NOT NULL, resolution TEXT NOT NULL"
    ),
    "trip": "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, content TEXT NOT NULL",
    "trip_approval": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, content_hash TEXT NOT NULL, approved_on TEXT NOT NULL"
    ),
    "trip_end": "code TEXT PRIMARY KEY, reason TEXT NOT NULL, seq INTEGER NOT NULL",
    "works_acceptance": (
        "seq INTEGER PRIMARY KEY, contract TEXT NOT NULL, accepted_on TEXT NOT NULL, body TEXT NOT NULL"
    ),
}
