"""What came from other programs and from the years before the book."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "import_mapping": (
        # how files with this header are read; the newest row of (kind, fingerprint) counts
        "seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, fingerprint TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL"
    ),
    "import_file": (
        "seq INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, mapping TEXT NOT NULL,"
        " entries INTEGER NOT NULL, total_fen INTEGER NOT NULL"
    ),
    "prior_turnover": (
        # what the year before the book brought and cost, as the old books say
        "key TEXT PRIMARY KEY, year INTEGER NOT NULL, account TEXT NOT NULL, debit_fen INTEGER NOT NULL,"
        " credit_fen INTEGER NOT NULL, seq INTEGER NOT NULL"
    ),
    "conversion": "seq INTEGER PRIMARY KEY, old_name TEXT NOT NULL, old_sha256 TEXT NOT NULL, body TEXT NOT NULL",
}
