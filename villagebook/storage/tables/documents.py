"""Documents on their way to becoming vouchers: what was handed in, who signed, what was decided, what was vetoed."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "submission": (
        "seq INTEGER PRIMARY KEY, document_id TEXT NOT NULL, kind TEXT NOT NULL, booked_on TEXT NOT NULL,"
        " content TEXT NOT NULL, content_hash TEXT NOT NULL, total_fen INTEGER NOT NULL, party TEXT NOT NULL,"
        " receipt_no TEXT NOT NULL, place TEXT NOT NULL"
    ),
    "settlement": (
        # which journey or list with payees a submission settles
        "seq INTEGER PRIMARY KEY, document_id TEXT NOT NULL, trip TEXT NOT NULL, pay_list TEXT NOT NULL"
    ),
    "step": (
        "seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, content_hash TEXT NOT NULL, what TEXT NOT NULL,"
        " person_id TEXT NOT NULL, reason TEXT NOT NULL"
    ),
    "hold_reason": (
        # why a document may go on in spite of holds, and of which; for exactly this content
        "seq INTEGER PRIMARY KEY, document_id TEXT NOT NULL, content_hash TEXT NOT NULL, reason TEXT NOT NULL,"
        " holds TEXT NOT NULL"
    ),
    "second_look": (
        # who compared which pictures of a document's signatures with what was ticked
        "seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, content_hash TEXT NOT NULL, person_id TEXT NOT NULL,"
        " pictures TEXT NOT NULL"
    ),
    "signature": (
        "seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, content_hash TEXT NOT NULL, slot TEXT NOT NULL,"
        " person_id TEXT NOT NULL, signed_on TEXT NOT NULL, kind TEXT NOT NULL, evidence TEXT NOT NULL,"
        " key_id TEXT NOT NULL, reference TEXT NOT NULL, suite TEXT NOT NULL, seal TEXT NOT NULL"
    ),
    "deposit": (
        # key columns first: integrity_check of SQLite 3.40 cries NULL over a key that is not in front
        "receipt_id TEXT NOT NULL, seq INTEGER NOT NULL, deposit_id TEXT NOT NULL, PRIMARY KEY (receipt_id, seq)"
    ),
    # resolutions: `body` is the record; `draw` is who names one, a document or a signature of a meeting slot
    "resolution": "id TEXT PRIMARY KEY, number TEXT NOT NULL, held_on TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL",
    "resolution_step": "seq INTEGER PRIMARY KEY, resolution_id TEXT NOT NULL, step TEXT NOT NULL, day TEXT NOT NULL",
    "resolution_end": (
        "resolution_id TEXT PRIMARY KEY REFERENCES resolution(id), reason TEXT NOT NULL, replaced_by TEXT NOT NULL,"
        " seq INTEGER NOT NULL"
    ),
    "draw": (
        "number TEXT NOT NULL, seq INTEGER NOT NULL, item INTEGER NOT NULL, document_id TEXT NOT NULL,"
        " content_hash TEXT NOT NULL, PRIMARY KEY (number, seq)"
    ),
    "veto_lift": (
        # `total_fen` and `party` are those of the rejected content: what costs more, or goes elsewhere, was not let through
        "seq INTEGER PRIMARY KEY, document_id TEXT NOT NULL, how TEXT NOT NULL, number TEXT NOT NULL, item INTEGER NOT NULL,"
        " person_id TEXT NOT NULL, reference TEXT NOT NULL, evidence TEXT NOT NULL, lifted_on TEXT NOT NULL,"
        " total_fen INTEGER NOT NULL, party TEXT NOT NULL"
    ),
}

INDICES: tuple[str, ...] = (
    "CREATE INDEX ix_submission_document ON submission (document_id, seq)",
    "CREATE INDEX ix_submission_place ON submission (place, party)",
    "CREATE INDEX ix_submission_receipt ON submission (receipt_no) WHERE receipt_no <> ''",
    # loans and advances are few; asked at every look at the month
    (
        'CREATE INDEX ix_submission_claim ON submission (seq) WHERE instr(content, \'"spend_kind":"advance"\') > 0'
        ' OR instr(content, \'"spend_kind":"loan"\') > 0'
    ),
    "CREATE INDEX ix_signature_subject ON signature (subject)",
    "CREATE INDEX ix_signature_key ON signature (key_id) WHERE key_id <> ''",
    # what else was signed on a picture is asked at every signature; a few characters of its hash tell nearly all apart
    (
        "CREATE INDEX ix_signature_picture ON signature (substr(evidence, 1, 8))"
        " WHERE kind = 'ink' AND person_id <> ''"
    ),
    "CREATE INDEX ix_step_subject ON step (subject)",
)
