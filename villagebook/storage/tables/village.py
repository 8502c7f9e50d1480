"""The village itself: its chart of accounts, money places and opening balances, and what the township sets."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "book": "key TEXT PRIMARY KEY, value TEXT NOT NULL",
    "account": (
        "code TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, category TEXT NOT NULL, side TEXT NOT NULL,"
        " parent TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    # out of use and in use again; the newest row of an account counts
    "account_use": "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, disabled INTEGER NOT NULL",
    "account_aux": (
        # which registers a line on an account points into; the newest row of an account counts
        "seq INTEGER PRIMARY KEY, account TEXT NOT NULL, kinds TEXT NOT NULL, severity TEXT NOT NULL"
    ),
    "place": (
        "code TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, account TEXT NOT NULL, holder TEXT NOT NULL,"
        " holder_is_person INTEGER NOT NULL CONSTRAINT ck_e2l_15_no_personal_account CHECK (holder_is_person = 0),"
        " is_basic INTEGER NOT NULL, filed TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "place_holder": "seq INTEGER PRIMARY KEY, place TEXT NOT NULL, person_id TEXT NOT NULL, from_on TEXT NOT NULL",
    "sister": "name TEXT PRIMARY KEY, seq INTEGER NOT NULL",
    "opening": (
        "no INTEGER PRIMARY KEY, account TEXT NOT NULL, place TEXT NOT NULL, party TEXT NOT NULL,"
        " debit_fen INTEGER NOT NULL, credit_fen INTEGER NOT NULL, seq INTEGER NOT NULL"
    ),
    "opening_link": (
        "kind TEXT NOT NULL, code TEXT NOT NULL, no INTEGER NOT NULL REFERENCES opening(no),"
        " PRIMARY KEY (kind, code, no)"
    ),
    "policy": "seq INTEGER PRIMARY KEY, in_force_on TEXT NOT NULL, body TEXT NOT NULL",
    "policy_seal": (
        # `said_on` is the day of force that was signed; the day of `policy` may be a later one
        "seq INTEGER PRIMARY KEY, suite TEXT NOT NULL, public TEXT NOT NULL, township TEXT NOT NULL,"
        " signed_on TEXT NOT NULL, until_on TEXT NOT NULL, signature TEXT NOT NULL, said_on TEXT NOT NULL"
    ),
    "trusted_key": (
        # keys of a township, by public half; the newest row of a key counts
        "seq INTEGER PRIMARY KEY, public TEXT NOT NULL, suite TEXT NOT NULL, name TEXT NOT NULL, from_on TEXT NOT NULL,"
        " until_on TEXT NOT NULL"
    ),
}
