"""Registers beside the ledger: receipt books, funds, projects, budgets, assets, contracts, loans, households."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "receipt_book": (
        "id TEXT PRIMARY KEY, kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, width INTEGER NOT NULL,"
        " custodian TEXT NOT NULL, issued_on TEXT NOT NULL, seq INTEGER NOT NULL,"
        " CONSTRAINT ck_receipt_book_range CHECK (last >= first)"
    ),
    "receipt_medium": "book_id TEXT PRIMARY KEY, medium TEXT NOT NULL, seq INTEGER NOT NULL",
    "receipt_purpose": "book_id TEXT PRIMARY KEY, purpose TEXT NOT NULL, seq INTEGER NOT NULL",
    "receipt_void": (
        "seq INTEGER PRIMARY KEY, book_id TEXT NOT NULL, number INTEGER NOT NULL, receipt_no TEXT NOT NULL,"
        " voided_on TEXT NOT NULL, reason TEXT NOT NULL, copies TEXT NOT NULL, excuse TEXT NOT NULL"
    ),
    "receipt_return": (
        "book_id TEXT PRIMARY KEY, returned_on TEXT NOT NULL, counter TEXT NOT NULL, summed_fen INTEGER NOT NULL,"
        " last_used INTEGER NOT NULL, seq INTEGER NOT NULL"
    ),
    "fund": (
        # `code` is what lines name: the place's code for a fund that has one; the newest row of a code counts
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, place TEXT NOT NULL, accounts TEXT NOT NULL, purpose TEXT NOT NULL,"
        " resolution TEXT NOT NULL, name TEXT NOT NULL, grantor TEXT NOT NULL, document_no TEXT NOT NULL,"
        " amount_fen INTEGER NOT NULL, deadline TEXT NOT NULL, brought_fen INTEGER NOT NULL"
    ),
    "bill": (
        "id TEXT PRIMARY KEY, payee TEXT NOT NULL, amount_fen INTEGER NOT NULL, bill_on TEXT NOT NULL, what TEXT NOT NULL,"
        " registered_on TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "project": "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, body TEXT NOT NULL",
    "project_stage": "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, stage TEXT NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL",
    # who owes labour days for a project, whole as of each change; sheets of days done; sheets that were struck out
    "labour_list": "seq INTEGER PRIMARY KEY, project TEXT NOT NULL, rows TEXT NOT NULL",
    "labour_sheet": (
        "id TEXT PRIMARY KEY, project TEXT NOT NULL, done_on TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "labour_strike": "sheet_id TEXT PRIMARY KEY, reason TEXT NOT NULL, seq INTEGER NOT NULL",
    "appropriation_request": (
        "seq INTEGER PRIMARY KEY, period INTEGER NOT NULL, amount_fen INTEGER NOT NULL, what TEXT NOT NULL,"
        " resolution TEXT NOT NULL, requested_on TEXT NOT NULL"
    ),
    "budget": (
        "seq INTEGER PRIMARY KEY, year INTEGER NOT NULL, version INTEGER NOT NULL, resolution TEXT NOT NULL,"
        " decided_on TEXT NOT NULL, reason TEXT NOT NULL"
    ),
    "budget_line": (
        # every version has all its lines; `project` is a code of the register of projects or ""
        "seq INTEGER NOT NULL, account TEXT NOT NULL, project TEXT NOT NULL, month INTEGER NOT NULL, fen INTEGER NOT NULL,"
        " PRIMARY KEY (seq, account, project, month), CONSTRAINT ck_budget_month CHECK (month BETWEEN 1 AND 12)"
    ),
    # registers of assets, resources and contracts: `body` is the entry as it was registered, changes come behind it
    "asset": "code TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL",
    "resource": "code TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL",
    "contract": "code TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL",
    "register_change": (
        "seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, changed_on TEXT NOT NULL, what TEXT NOT NULL,"
        " reason TEXT NOT NULL, resolution TEXT NOT NULL, permit TEXT NOT NULL, changes TEXT NOT NULL"
    ),
    "asset_disposal": (
        "code TEXT PRIMARY KEY, gone_on TEXT NOT NULL, how TEXT NOT NULL, reason TEXT NOT NULL, resolution TEXT NOT NULL,"
        " proceeds_fen INTEGER NOT NULL, party TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "asset_work": (
        # what an asset did in a month; the newest row counts
        "code TEXT NOT NULL, period INTEGER NOT NULL, seq INTEGER NOT NULL, work INTEGER NOT NULL,"
        " PRIMARY KEY (code, period, seq)"
    ),
    "asset_count": (
        "seq INTEGER PRIMARY KEY, counted_on TEXT NOT NULL, counter TEXT NOT NULL, witness TEXT NOT NULL,"
        " found TEXT NOT NULL, missing TEXT NOT NULL, note TEXT NOT NULL"
    ),
    "contract_end": (
        "code TEXT PRIMARY KEY, ended_on TEXT NOT NULL, reason TEXT NOT NULL, resolution TEXT NOT NULL,"
        " permit TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "loan": "code TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL",
    "loan_end": (
        "code TEXT PRIMARY KEY, ended_on TEXT NOT NULL, reason TEXT NOT NULL, resolution TEXT NOT NULL,"
        " permit TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    # whole entries as of each change; the newest row of a code counts
    "household": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, head TEXT NOT NULL, body TEXT NOT NULL, in_use INTEGER NOT NULL"
    ),
    "outsider": (
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, in_use INTEGER NOT NULL"
    ),
}
