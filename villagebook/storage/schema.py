"""Tables of a book. Literal SQL; STRICT, so SQLite itself refuses a fraction of a fen.

Three groups. `log` is the book. The *official* tables are a projection of the log, written by `projection.apply` alone and
rebuilt by `check`; they are insert-only but for the running sums `month_total` and `money_total`. `object`, `draft` and `trail` are local: files by hash,
unfinished typing, and nothing that could reach a notice.
"""

from __future__ import annotations

APPLICATION_ID = 0x56424B31  # "VBK1"
SCHEMA_VERSION = 1

OFFICIAL: dict[str, str] = {
    "book": "key TEXT PRIMARY KEY, value TEXT NOT NULL",
    "account": (
        "code TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, category TEXT NOT NULL, side TEXT NOT NULL,"
        " parent TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
    "account_disabled": "code TEXT PRIMARY KEY, seq INTEGER NOT NULL",
    "place": (
        "code TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, account TEXT NOT NULL, holder TEXT NOT NULL,"
        " holder_is_person INTEGER NOT NULL CONSTRAINT ck_e2l_15_no_personal_account CHECK (holder_is_person = 0),"
        " is_basic INTEGER NOT NULL, filed TEXT NOT NULL, seq INTEGER NOT NULL"
    ),
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
    "seal": (
        # who keeps a seal, a bank token, a cheque book; the newest row of an item counts, "" is nobody any more
        "seq INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, person_id TEXT NOT NULL,"
        " from_on TEXT NOT NULL, reason TEXT NOT NULL"
    ),
    "opening": (
        "no INTEGER PRIMARY KEY, account TEXT NOT NULL, place TEXT NOT NULL, party TEXT NOT NULL,"
        " debit_fen INTEGER NOT NULL, credit_fen INTEGER NOT NULL, seq INTEGER NOT NULL"
    ),
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
    "place_holder": "seq INTEGER PRIMARY KEY, place TEXT NOT NULL, person_id TEXT NOT NULL, from_on TEXT NOT NULL",
    "fund": (
        # `code` is what lines name: the place's code for a fund that has one; the newest row of a code counts
        "seq INTEGER PRIMARY KEY, code TEXT NOT NULL, place TEXT NOT NULL, accounts TEXT NOT NULL, purpose TEXT NOT NULL,"
        " resolution TEXT NOT NULL, name TEXT NOT NULL, grantor TEXT NOT NULL, document_no TEXT NOT NULL,"
        " amount_fen INTEGER NOT NULL, deadline TEXT NOT NULL, brought_fen INTEGER NOT NULL"
    ),
    "sister": "name TEXT PRIMARY KEY, seq INTEGER NOT NULL",
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
    "submission": (
        "seq INTEGER PRIMARY KEY, document_id TEXT NOT NULL, kind TEXT NOT NULL, booked_on TEXT NOT NULL,"
        " content TEXT NOT NULL, content_hash TEXT NOT NULL, total_fen INTEGER NOT NULL, party TEXT NOT NULL,"
        " receipt_no TEXT NOT NULL, place TEXT NOT NULL"
    ),
    "settlement": (
        # which journey or list with payees a submission settles
        "seq INTEGER PRIMARY KEY, document_id TEXT NOT NULL, trip TEXT NOT NULL, pay_list TEXT NOT NULL"
    ),
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
        " shown_on TEXT NOT NULL, papers TEXT NOT NULL, failed TEXT NOT NULL, results TEXT NOT NULL, accounts TEXT NOT NULL"
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
    "step": (
        "seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, content_hash TEXT NOT NULL, what TEXT NOT NULL,"
        " person_id TEXT NOT NULL, reason TEXT NOT NULL"
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
    "voucher": (
        "seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, period INTEGER NOT NULL, word TEXT NOT NULL,"
        " number INTEGER NOT NULL, booked_on TEXT NOT NULL, kind TEXT NOT NULL, summary TEXT NOT NULL, party TEXT NOT NULL,"
        " paper_count INTEGER NOT NULL, origin TEXT NOT NULL, document_id TEXT NOT NULL, reverses TEXT NOT NULL,"
        " paper_no TEXT NOT NULL, places_inferred INTEGER NOT NULL, total_fen INTEGER NOT NULL,"
        " CONSTRAINT uq_voucher_number UNIQUE (period, word, number)"
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
    "account_aux": (
        # which registers a line on an account points into; the newest row of an account counts
        "seq INTEGER PRIMARY KEY, account TEXT NOT NULL, kinds TEXT NOT NULL, severity TEXT NOT NULL"
    ),
    "opening_link": (
        "kind TEXT NOT NULL, code TEXT NOT NULL, no INTEGER NOT NULL REFERENCES opening(no),"
        " PRIMARY KEY (kind, code, no)"
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
    "deposit": (
        # key columns first: integrity_check of SQLite 3.40 cries NULL over a key that is not in front
        "receipt_id TEXT NOT NULL, seq INTEGER NOT NULL, deposit_id TEXT NOT NULL, PRIMARY KEY (receipt_id, seq)"
    ),
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
    "period_step": "seq INTEGER PRIMARY KEY, period INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL",
    "notice": (
        "id TEXT PRIMARY KEY, number TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
        " content TEXT NOT NULL, content_hash TEXT NOT NULL, seq INTEGER NOT NULL"
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
    "statement_layout": (
        # `text` is the file as it was; `since` the first month (202503) it is in use, 0 when only asked for
        "seq INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,"
        " since INTEGER NOT NULL"
    ),
    "statement_note": (
        "seq INTEGER PRIMARY KEY, year INTEGER NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL, is_nothing INTEGER NOT NULL"
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
    "sheet_final": "id TEXT PRIMARY KEY REFERENCES sheet(id), seq INTEGER NOT NULL",
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
    "export": (
        "seq INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, head_seq INTEGER NOT NULL,"
        " head_hash TEXT NOT NULL, period INTEGER NOT NULL"
    ),
}
"""Every table `projection.apply` writes, in the order of their references."""

LOG = (
    "seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at TEXT NOT NULL,"
    " entry BLOB NOT NULL, hash TEXT NOT NULL"
)

LOCAL: dict[str, str] = {
    "object": ("sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL"),
    "draft": "id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, saved_at TEXT NOT NULL",
    "template": (
        "id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, saved_at TEXT NOT NULL"
    ),
}

WITHOUT_ROWID = frozenset(
    {
        "line",
        "line_link",
        "opening_link",
        "link_target",
        "month_total",
        "money_total",
        "deposit",
        "draw",
        "budget_line",
    }
)

INDICES = (
    "CREATE INDEX ix_line_account ON line (account, booked_on, voucher_seq)",
    # covering: what a money place holds on a day is asked at every keystroke
    "CREATE INDEX ix_line_place ON line (place, booked_on, account, debit_fen, credit_fen) WHERE place <> ''",
    "CREATE INDEX ix_line_link_voucher ON line_link (voucher_seq, line_no)",
    "CREATE INDEX ix_voucher_booked_on ON voucher (booked_on, seq)",
    "CREATE INDEX ix_voucher_document ON voucher (document_id) WHERE document_id <> ''",
    "CREATE INDEX ix_voucher_inferred ON voucher (booked_on) WHERE places_inferred = 1",
    "CREATE UNIQUE INDEX uq_voucher_reverses ON voucher (reverses) WHERE reverses <> ''",
    "CREATE INDEX ix_submission_document ON submission (document_id, seq)",
    "CREATE INDEX ix_submission_place ON submission (place, party)",
    "CREATE INDEX ix_submission_receipt ON submission (receipt_no) WHERE receipt_no <> ''",
    # loans and advances are few; asked at every look at the month
    (
        'CREATE INDEX ix_submission_claim ON submission (seq) WHERE instr(content, \'"spend_kind":"advance"\') > 0'
        ' OR instr(content, \'"spend_kind":"loan"\') > 0'
    ),
    "CREATE INDEX ix_invoice_key ON invoice (key)",
    "CREATE INDEX ix_invoice_document ON invoice (document_id, seq)",
    "CREATE INDEX ix_invoice_amount ON invoice (total_fen, issued_on)",
    "CREATE INDEX ix_invoice_seller ON invoice (seller, issued_on)",
    "CREATE INDEX ix_invoice_serial ON invoice (code, number)",
    "CREATE INDEX ix_invoice_red ON invoice (red_of) WHERE red_of <> ''",
    "CREATE INDEX ix_invoice_file ON invoice (sha256) WHERE sha256 <> ''",
    "CREATE INDEX ix_invoice_check ON invoice_check (key, seq)",
    "CREATE INDEX ix_used_invoice ON used_invoice (key, seq)",
    "CREATE INDEX ix_signature_subject ON signature (subject)",
    "CREATE INDEX ix_signature_key ON signature (key_id) WHERE key_id <> ''",
    # what else was signed on a picture is asked at every signature; a few characters of its hash tell nearly all apart
    (
        "CREATE INDEX ix_signature_picture ON signature (substr(evidence, 1, 8))"
        " WHERE kind = 'ink' AND person_id <> ''"
    ),
    "CREATE INDEX ix_step_subject ON step (subject)",
)


def create_statements() -> list[str]:
    """All CREATE TABLE and INDEX statements of an empty book."""
    tables = {"log": LOG, **OFFICIAL, **LOCAL}
    made = []
    for name, columns in tables.items():
        tail = "STRICT, WITHOUT ROWID" if name in WITHOUT_ROWID else "STRICT"
        made.append(f"CREATE TABLE {name} ({columns}) {tail}")
    return [*made, *INDICES]


def projection_statements() -> list[str]:
    """The official tables alone, for rebuilding from a log."""
    wanted = set(OFFICIAL)
    return [
        s
        for s in create_statements()
        if (s.startswith("CREATE TABLE") and s.split()[2] in wanted)
        or " ON line " in s
        or " ON voucher " in s
    ]
