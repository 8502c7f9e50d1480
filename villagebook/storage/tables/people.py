"""People of the village: posts, kin, keys and seals, and how an office passes to the next."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "person": "id TEXT PRIMARY KEY, name TEXT NOT NULL, seq INTEGER NOT NULL",
    "post": (
        "id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), kind TEXT NOT NULL, from_on TEXT NOT NULL,"
        " seq INTEGER NOT NULL"
    ),
    "post_end": "post_id TEXT PRIMARY KEY REFERENCES post(id), to_on TEXT NOT NULL, seq INTEGER NOT NULL",
    "post_leave": (
        # a post that goes without a handover, by the township's written word
        "post_id TEXT PRIMARY KEY, decision TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "kin": (
        # who is whose relative; the newest row of an id counts
        "seq INTEGER PRIMARY KEY, id TEXT NOT NULL, person_id TEXT NOT NULL, relation TEXT NOT NULL,"
        " other_id TEXT NOT NULL, other_name TEXT NOT NULL, link TEXT NOT NULL, ended_on TEXT NOT NULL"
    ),
    "handover_list": (
        "id TEXT PRIMARY KEY, post_id TEXT NOT NULL, content TEXT NOT NULL, content_hash TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "office_handover": (
        "post_id TEXT PRIMARY KEY, id TEXT NOT NULL, taker TEXT NOT NULL, overseer TEXT NOT NULL, handed_on TEXT NOT NULL,"
        " content_hash TEXT NOT NULL, sheets TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "signing_key": (
        "key_id TEXT PRIMARY KEY, person_id TEXT NOT NULL, public TEXT NOT NULL, suite TEXT NOT NULL, from_on TEXT NOT NULL,"
        " seq INTEGER NOT NULL"
    ),
    # keys of officials: what a new key asked the township, the township's answers and lists, and the village's own stops
    "key_request": "key_id TEXT PRIMARY KEY, post TEXT NOT NULL, made_at TEXT NOT NULL, proof TEXT NOT NULL, seq INTEGER NOT NULL",
    "key_answer": (
        "seq INTEGER PRIMARY KEY, key_id TEXT NOT NULL, township_key TEXT NOT NULL, signed_on TEXT NOT NULL,"
        " body TEXT NOT NULL, seal TEXT NOT NULL"
    ),
    "key_list": (
        "seq INTEGER PRIMARY KEY, version INTEGER NOT NULL, township_key TEXT NOT NULL, signed_on TEXT NOT NULL,"
        " body TEXT NOT NULL, seal TEXT NOT NULL"
    ),
    "key_stop": (
        "key_id TEXT PRIMARY KEY, what TEXT NOT NULL, lost_on TEXT NOT NULL, reported_by TEXT NOT NULL, reason TEXT NOT NULL,"
        " evidence TEXT NOT NULL, stopped_on TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "seal": (
        # who keeps a seal, a bank token, a cheque book; the newest row of an item counts, "" is nobody any more
        "seq INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, person_id TEXT NOT NULL,"
        " from_on TEXT NOT NULL, reason TEXT NOT NULL"
    ),
}
