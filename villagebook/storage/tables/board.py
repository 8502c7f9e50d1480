"""The board: notices and sheets, where and how long they hung, what was doubted, asked for and set right."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "notice": (
        "id TEXT PRIMARY KEY, number TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
        " content TEXT NOT NULL, content_hash TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "notice_final": "id TEXT PRIMARY KEY REFERENCES notice(id), seq INTEGER NOT NULL",
    # the life of a notice; `subject` is a notice or a correction, the newest row of a board's name counts
    "board_place": (
        "seq INTEGER PRIMARY KEY, name TEXT NOT NULL, spot TEXT NOT NULL, in_use INTEGER NOT NULL, reason TEXT NOT NULL"
    ),
    "posting": (
        "id TEXT PRIMARY KEY, subject TEXT NOT NULL, content_hash TEXT NOT NULL, place TEXT NOT NULL,"
        " person_id TEXT NOT NULL, posted_at TEXT NOT NULL, excuse TEXT NOT NULL, seq INTEGER NOT NULL,"
        " counts_from TEXT NOT NULL"  # "" unless it was entered late
    ),
    "posting_photo": (
        "seq INTEGER NOT NULL, no INTEGER NOT NULL, posting_id TEXT NOT NULL, view TEXT NOT NULL, sha256 TEXT NOT NULL,"
        " shows TEXT NOT NULL, PRIMARY KEY (seq, no)"
    ),
    "posting_removal": (
        "posting_id TEXT PRIMARY KEY REFERENCES posting(id), removed_on TEXT NOT NULL, person_id TEXT NOT NULL,"
        " why TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "objection": (
        # `who` is "" for one that came without a name; `line` 0 is the notice as a whole
        "id TEXT PRIMARY KEY, number TEXT NOT NULL, subject TEXT NOT NULL, line INTEGER NOT NULL, received_on TEXT NOT NULL,"
        " how TEXT NOT NULL, who TEXT NOT NULL, text TEXT NOT NULL, scan TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "objection_step": (
        "seq INTEGER PRIMARY KEY, objection_id TEXT NOT NULL, act TEXT NOT NULL, day TEXT NOT NULL, who TEXT NOT NULL,"
        " text TEXT NOT NULL, content TEXT NOT NULL"
    ),
    "correction": (
        "id TEXT PRIMARY KEY, number TEXT NOT NULL, notice_id TEXT NOT NULL, objection_id TEXT NOT NULL,"
        " content TEXT NOT NULL, content_hash TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "correction_final": "id TEXT PRIMARY KEY REFERENCES correction(id), seq INTEGER NOT NULL",
    "sheet": (
        # board papers beside F1 and F12; `replaces` is the sheet it sets right, "" for a first one
        "id TEXT PRIMARY KEY, number TEXT NOT NULL, form TEXT NOT NULL, subject TEXT NOT NULL, stage TEXT NOT NULL,"
        " first INTEGER NOT NULL, last INTEGER NOT NULL, replaces TEXT NOT NULL, objection_id TEXT NOT NULL,"
        " content TEXT NOT NULL, content_hash TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "sheet_final": "id TEXT PRIMARY KEY REFERENCES sheet(id), seq INTEGER NOT NULL",
    "pursuit": (
        # a step to collect what somebody owes
        "seq INTEGER PRIMARY KEY, party TEXT NOT NULL, pursued_on TEXT NOT NULL, way TEXT NOT NULL,"
        " person_id TEXT NOT NULL, result TEXT NOT NULL, home TEXT NOT NULL"
    ),
    "mask_confirmed": (
        # masked cells of a notice or sheet, looked at by somebody who did not compile it
        "subject TEXT PRIMARY KEY, content_hash TEXT NOT NULL, person_id TEXT NOT NULL, count INTEGER NOT NULL,"
        " seq INTEGER NOT NULL"
    ),
    "plain_word": (
        # what an account is called on the board; the newest row of (account, way) counts, "" takes own words back
        "seq INTEGER PRIMARY KEY, account TEXT NOT NULL, way TEXT NOT NULL, words TEXT NOT NULL, set_by TEXT NOT NULL"
    ),
    "plain_word_review": (
        "seq INTEGER NOT NULL, no INTEGER NOT NULL, account TEXT NOT NULL, way TEXT NOT NULL, words TEXT NOT NULL,"
        " person_id TEXT NOT NULL, PRIMARY KEY (seq, no)"
    ),
    "voucher_words": (
        # said later of an entry whose own words say too little; the newest row counts, both are printed
        "seq INTEGER PRIMARY KEY, voucher_id TEXT NOT NULL, account TEXT NOT NULL, words TEXT NOT NULL, said_by TEXT NOT NULL"
    ),
    "notice_archive": (
        "subject TEXT PRIMARY KEY, archived_on TEXT NOT NULL, items TEXT NOT NULL, list_hash TEXT NOT NULL,"
        " seq INTEGER NOT NULL"
    ),
    # requests for a notice of its own, audits with what was done about them, the yearly papers laid open: `body` is the record
    "notice_request": (
        "id TEXT PRIMARY KEY, number TEXT NOT NULL, received_on TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "audit": (
        "id TEXT PRIMARY KEY, number TEXT NOT NULL, reported_on TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "audit_mend": (
        # the newest row of a point counts; `done` is 0 while more is to follow
        "seq INTEGER PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit(id), no INTEGER NOT NULL, day TEXT NOT NULL,"
        " text TEXT NOT NULL, who TEXT NOT NULL, recovered_fen INTEGER NOT NULL, done INTEGER NOT NULL, proof TEXT NOT NULL"
    ),
    "laid_open": (
        "id TEXT PRIMARY KEY, year INTEGER NOT NULL, place TEXT NOT NULL, from_on TEXT NOT NULL, keeper TEXT NOT NULL,"
        " pack_sha256 TEXT NOT NULL, pages INTEGER NOT NULL, seq INTEGER NOT NULL"
    ),
    "laid_open_end": "laid_id TEXT PRIMARY KEY REFERENCES laid_open(id), until_on TEXT NOT NULL, seq INTEGER NOT NULL",
    "copy_taken": (
        "seq INTEGER PRIMARY KEY, laid_id TEXT NOT NULL REFERENCES laid_open(id), name TEXT NOT NULL, day TEXT NOT NULL,"
        " what TEXT NOT NULL, pages INTEGER NOT NULL"
    ),
}
