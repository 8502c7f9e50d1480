"""Posted vouchers with their lines, and the running sums that balances are read from."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "voucher": (
        "seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, period INTEGER NOT NULL, word TEXT NOT NULL,"
        " number INTEGER NOT NULL, booked_on TEXT NOT NULL, kind TEXT NOT NULL, summary TEXT NOT NULL, party TEXT NOT NULL,"
        " paper_count INTEGER NOT NULL, origin TEXT NOT NULL, document_id TEXT NOT NULL, reverses TEXT NOT NULL,"
        " paper_no TEXT NOT NULL, places_inferred INTEGER NOT NULL, total_fen INTEGER NOT NULL,"
        " CONSTRAINT uq_voucher_number UNIQUE (period, word, number)"
    ),
    "voucher_to_check": (
        # vouchers without signatures that a second person checks, by the parameters of their day
        "seq INTEGER PRIMARY KEY REFERENCES voucher(seq), voucher_id TEXT NOT NULL"
    ),
    "voucher_check": (
        # who held a posted voucher against its paper; once
        "voucher_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, person_id TEXT NOT NULL"
    ),
    "line": (
        "voucher_seq INTEGER NOT NULL REFERENCES voucher(seq), no INTEGER NOT NULL, booked_on TEXT NOT NULL,"
        " account TEXT NOT NULL, debit_fen INTEGER NOT NULL, credit_fen INTEGER NOT NULL, summary TEXT NOT NULL,"
        " place TEXT NOT NULL, party TEXT NOT NULL, project TEXT NOT NULL, PRIMARY KEY (voucher_seq, no),"
        " CONSTRAINT ck_line_one_side CHECK ((debit_fen = 0) <> (credit_fen = 0))"
    ),
    "line_words": (
        # what the lines of a voucher say otherwise than the voucher itself; most say nothing and have no row
        "seq INTEGER PRIMARY KEY REFERENCES voucher(seq), words TEXT NOT NULL"
    ),
    "line_link": (
        # which entry of a register a line belongs to; few lines have any
        "kind TEXT NOT NULL, code TEXT NOT NULL, voucher_seq INTEGER NOT NULL, line_no INTEGER NOT NULL,"
        " PRIMARY KEY (kind, code, voucher_seq, line_no)"
    ),
    "link_target": (
        # entries of all registers by name, for pickers and ledgers; the newest row of (kind, code) counts
        "kind TEXT NOT NULL, code TEXT NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL, in_use INTEGER NOT NULL,"
        " PRIMARY KEY (kind, code, seq)"
    ),
    "month_total": (
        "period INTEGER NOT NULL, account TEXT NOT NULL, place TEXT NOT NULL, debit_fen INTEGER NOT NULL,"
        " credit_fen INTEGER NOT NULL, PRIMARY KEY (period, account, place)"
    ),
    "money_total": (
        # what came into a money place and left it in a month, by the account that says why; "" for money between places
        "period INTEGER NOT NULL, place TEXT NOT NULL, category TEXT NOT NULL, receipts_fen INTEGER NOT NULL,"
        " payments_fen INTEGER NOT NULL, PRIMARY KEY (period, place, category)"
    ),
}

INDICES: tuple[str, ...] = (
    "CREATE INDEX ix_line_account ON line (account, booked_on, voucher_seq)",
    # covering: who owes and since when is read person by person
    "CREATE INDEX ix_line_party ON line (account, party, booked_on, voucher_seq, no, debit_fen, credit_fen)",
    # covering: what a money place holds on a day is asked at every keystroke
    "CREATE INDEX ix_line_place ON line (place, booked_on, account, debit_fen, credit_fen) WHERE place <> ''",
    "CREATE INDEX ix_line_link_voucher ON line_link (voucher_seq, line_no)",
    "CREATE INDEX ix_voucher_booked_on ON voucher (booked_on, seq)",
    "CREATE INDEX ix_voucher_document ON voucher (document_id) WHERE document_id <> ''",
    "CREATE INDEX ix_voucher_inferred ON voucher (booked_on) WHERE places_inferred = 1",
    "CREATE UNIQUE INDEX uq_voucher_reverses ON voucher (reverses) WHERE reverses <> ''",
)
