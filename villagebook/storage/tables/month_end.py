"""The end of a month or year: cash counted, the bank's word, months closed, statements, packages handed over."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "cash_count": (
        "seq INTEGER PRIMARY KEY, place TEXT NOT NULL, counted_on TEXT NOT NULL, counted_fen INTEGER NOT NULL,"
        " book_fen INTEGER NOT NULL, iou_fen INTEGER NOT NULL, iou_note TEXT NOT NULL, counter TEXT NOT NULL,"
        " witness TEXT NOT NULL, denominations TEXT NOT NULL, difference_fen INTEGER NOT NULL,"
        " CONSTRAINT ck_e2l_27_ious_never_count CHECK (difference_fen = counted_fen - book_fen)"
    ),
    "statement": (
        "seq INTEGER PRIMARY KEY, places TEXT NOT NULL, stated_on TEXT NOT NULL, balance_fen INTEGER NOT NULL,"
        " book_fen INTEGER NOT NULL, open_items TEXT NOT NULL, checked_by TEXT NOT NULL"
    ),
    "bank_file": (
        "seq INTEGER PRIMARY KEY, account TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, mapping TEXT NOT NULL,"
        " first_on TEXT NOT NULL, last_on TEXT NOT NULL, opening_fen INTEGER NOT NULL, closing_fen INTEGER NOT NULL"
    ),
    "bank_line": (
        # what the bank says of one account, oldest first by day and balance chain: `no` counts within a file
        "key TEXT PRIMARY KEY, account TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL, no INTEGER NOT NULL,"
        " day TEXT NOT NULL, amount_fen INTEGER NOT NULL, balance_fen INTEGER NOT NULL, party TEXT NOT NULL,"
        " party_account TEXT NOT NULL, summary TEXT NOT NULL, serial TEXT NOT NULL"
    ),
    "bank_match": (
        "id TEXT PRIMARY KEY, account TEXT NOT NULL, tier TEXT NOT NULL, bank TEXT NOT NULL, book TEXT NOT NULL,"
        " seq INTEGER NOT NULL"
    ),
    "bank_unmatch": "id TEXT PRIMARY KEY REFERENCES bank_match(id), seq INTEGER NOT NULL",
    "reconciliation": (
        "seq INTEGER PRIMARY KEY, account TEXT NOT NULL, stated_on TEXT NOT NULL, items TEXT NOT NULL,"
        " prepared_by TEXT NOT NULL, checked_by TEXT NOT NULL"
    ),
    "period_step": "seq INTEGER PRIMARY KEY, period INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL",
    "statement_layout": (
        # `text` is the file as it was; `since` the first month (202503) it is in use, 0 when only asked for
        "seq INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,"
        " since INTEGER NOT NULL"
    ),
    "statement_note": (
        "seq INTEGER PRIMARY KEY, year INTEGER NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL, is_nothing INTEGER NOT NULL"
    ),
    "export": (
        "seq INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, head_seq INTEGER NOT NULL,"
        " head_hash TEXT NOT NULL, period INTEGER NOT NULL"
    ),
}
