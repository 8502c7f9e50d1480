"""Invoices of submitted documents, what the township found about them, and numbers used elsewhere."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "invoice": (
        # one row per invoice of a submission; what became of it is told by the newest submission and its voucher
        "seq INTEGER NOT NULL, line INTEGER NOT NULL, key TEXT NOT NULL, document_id TEXT NOT NULL, kind TEXT NOT NULL,"
        " code TEXT NOT NULL, number TEXT NOT NULL, issued_on TEXT NOT NULL, seller TEXT NOT NULL, seller_id TEXT NOT NULL,"
        " buyer TEXT NOT NULL, buyer_id TEXT NOT NULL, net_fen INTEGER, tax_fen INTEGER, total_fen INTEGER,"
        " is_red INTEGER NOT NULL, red_of TEXT NOT NULL, check_code TEXT NOT NULL, items TEXT NOT NULL,"
        " travelled_on TEXT NOT NULL, carrier INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (seq, line)"
    ),
    "invoice_check": (
        # what the township found at the tax site; the newest row of a key counts
        "seq INTEGER NOT NULL, no INTEGER NOT NULL, key TEXT NOT NULL, result TEXT NOT NULL, checked_on TEXT NOT NULL,"
        " person TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (seq, no)"
    ),
    "used_list": (
        # a list of invoice numbers used elsewhere; seal is '' where nobody signed it
        "seq INTEGER PRIMARY KEY, issuer TEXT NOT NULL, as_of TEXT NOT NULL, taken_on TEXT NOT NULL, told_by TEXT NOT NULL,"
        " source TEXT NOT NULL, sha256 TEXT NOT NULL, seal TEXT NOT NULL, entries INTEGER NOT NULL"
    ),
    "used_invoice": (
        # its entries; place is the village as names are compared
        "seq INTEGER NOT NULL, no INTEGER NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL, code TEXT NOT NULL,"
        " kind TEXT NOT NULL, total_fen INTEGER, issued_on TEXT NOT NULL, village TEXT NOT NULL, village_code TEXT NOT NULL,"
        " document TEXT NOT NULL, released TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (seq, no)"
    ),
    "buyer": "seq INTEGER PRIMARY KEY, names TEXT NOT NULL, tax_ids TEXT NOT NULL",
}

INDICES: tuple[str, ...] = (
    "CREATE INDEX ix_invoice_key ON invoice (key)",
    "CREATE INDEX ix_invoice_document ON invoice (document_id, seq)",
    "CREATE INDEX ix_invoice_amount ON invoice (total_fen, issued_on)",
    "CREATE INDEX ix_invoice_seller ON invoice (seller, issued_on)",
    "CREATE INDEX ix_invoice_serial ON invoice (code, number)",
    "CREATE INDEX ix_invoice_red ON invoice (red_of) WHERE red_of <> ''",
    "CREATE INDEX ix_invoice_file ON invoice (sha256) WHERE sha256 <> ''",
    "CREATE INDEX ix_invoice_check ON invoice_check (key, seq)",
    "CREATE INDEX ix_used_invoice ON used_invoice (key, seq)",
)
