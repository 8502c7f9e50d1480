"""`apply`: from one event to the rows that screens and reports read. The only code that writes official rows.

It is pure: an event gives rows and looks nothing up. So the village uses it live, the township on import, and `check` to
rebuild every official table from the log and compare. Old events replay for ever: a projector never changes meaning,
a new meaning gets a new kind or a new field with a default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.engine import Connection

from villagebook.domain.account import is_result
from villagebook.domain.booked_invoice import BookedInvoice, named_only
from villagebook.domain.event import Event
from villagebook.domain.flow import Moved, split
from villagebook.domain.invoice import plain
from villagebook.domain.link import LinkKind
from villagebook.domain.resolution import Cited
from villagebook.domain.roster import Household

Data = dict[str, Any]
Projector = Callable[["Sink", Event, Data], None]

_TOTAL = (
    "INSERT INTO month_total VALUES (?, ?, ?, ?, ?) ON CONFLICT (period, account, place) DO UPDATE SET"
    " debit_fen = debit_fen + excluded.debit_fen, credit_fen = credit_fen + excluded.credit_fen"
)

_MOVED = (
    "INSERT INTO money_total VALUES (?, ?, ?, ?, ?) ON CONFLICT (period, place, category) DO UPDATE SET"
    " receipts_fen = receipts_fen + excluded.receipts_fen, payments_fen = payments_fen + excluded.payments_fen"
)


class Sink:
    """Collects rows per table; `flush` writes them in the order in which tables were first used."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.totals: dict[tuple[int, str, str], list[int]] = {}
        self.moved: dict[tuple[int, str, str], list[int]] = {}

    def put(self, table: str, *values: Any) -> None:
        self.rows.setdefault(table, []).append(values)

    def add_total(self, period: int, account: str, place: str, debit_fen: int, credit_fen: int) -> None:
        sums = self.totals.setdefault((period, account, place), [0, 0])
        sums[0] += debit_fen
        sums[1] += credit_fen

    def add_moved(self, period: int, moved: Iterable[Moved]) -> None:
        """What a voucher did to the money places, and why."""
        for place, category, receipts_fen, payments_fen in moved:
            sums = self.moved.setdefault((period, place, category), [0, 0])
            sums[0] += receipts_fen
            sums[1] += payments_fen

    def flush(self, connection: Connection) -> None:
        """Write everything collected and forget it."""
        for table, rows in self.rows.items():
            places = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({places})", rows)
        if self.totals:
            connection.exec_driver_sql(_TOTAL, [(*key, *sums) for key, sums in self.totals.items()])
        if self.moved:
            connection.exec_driver_sql(_MOVED, [(*key, *sums) for key, sums in self.moved.items()])
        self.rows.clear()
        self.totals.clear()
        self.moved.clear()


def apply(sink: Sink, event: Event) -> None:
    """Put the rows of one event into the sink. KeyError for an unknown kind or a body without a needed field."""
    PROJECTORS[event.kind](sink, event, event.data)


def knows(kind: str) -> bool:
    return kind in PROJECTORS


def put_target(sink: Sink, kind: str, code: str, name: str, seq: int, *, in_use: bool = True) -> None:
    """Offer an entry of a register to lines; every register's projector calls it beside its own row."""
    sink.put("link_target", kind, code, seq, name, int(in_use))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _book_opened(sink: Sink, event: Event, data: Data) -> None:
    for key in ("book_id", "village", "code", "start", "mode"):
        sink.put("book", key, data[key])
    for account in data["accounts"]:
        _account(sink, event, account)
    for place in data["places"]:
        _place(sink, event, place)
    _policy(sink, event, data)


def _policy(sink: Sink, event: Event, data: Data) -> None:
    """`from_on` (a field that came later) is the day a file that came late is in force from."""
    said_on = data["policy"]["in_force_on"]
    in_force_on = data.get("from_on") or said_on
    sink.put("policy", event.seq, in_force_on, _text({**data["policy"], "in_force_on": in_force_on}))
    if seal := data.get("seal"):  # came later: before, nobody signed
        names = ("suite", "key", "township", "signed_on", "until_on", "signature")
        sink.put("policy_seal", event.seq, *(seal[n] for n in names), said_on)


def _account(sink: Sink, event: Event, data: Data) -> None:
    sink.put(
        "account",
        data["code"],
        data["name"],
        data["name_en"],
        data["category"],
        data["side"],
        data["parent"],
        event.seq,
    )


def _place(sink: Sink, event: Event, data: Data) -> None:
    sink.put(
        "place",
        data["code"],
        data["kind"],
        data["name"],
        data["account"],
        data["holder"],
        int(data["holder_is_person"]),
        int(data["is_basic"]),
        data["filed"],
        event.seq,
    )


def _post_given(sink: Sink, event: Event, data: Data) -> None:
    sink.put("post", *(data[n] for n in ("id", "person_id", "kind", "from_on")), event.seq)
    if data.get("decision"):  # came later: the post before it goes without a handover
        sink.put("post_leave", data["former"], data["decision"], event.seq)


def _post_ended(sink: Sink, event: Event, data: Data) -> None:
    sink.put("post_end", data["post_id"], data["to_on"], event.seq)
    if data.get("decision"):  # came later
        sink.put("post_leave", data["post_id"], data["decision"], event.seq)


def _office_handed_over(sink: Sink, event: Event, data: Data) -> None:
    """`ended` says that the post was still running and ends with it."""
    names = ("post_id", "id", "taker", "overseer", "handed_on", "content_hash")
    sink.put("office_handover", *(data[n] for n in names), _text(data["sheets"]), event.seq)
    if data["ended"]:
        sink.put("post_end", data["post_id"], data["handed_on"], event.seq)


def _kin(sink: Sink, event: Event, data: Data) -> None:
    sink.put(
        "kin",
        event.seq,
        *(data[n] for n in ("id", "person_id", "relation")),
        *(data.get(n, "") for n in ("other_id", "other_name")),
        _text(data["link"]) if data.get("link") else "",
        data.get("ended_on", ""),
    )


def _key_enrolled(sink: Sink, event: Event, data: Data) -> None:
    """What the key says about itself to the township came later."""
    names = ("key_id", "person_id", "public", "suite", "from_on")
    sink.put("signing_key", *(data[n] for n in names), event.seq)
    if data.get("proof"):
        sink.put("key_request", data["key_id"], data["post"], data["made_at"], data["proof"], event.seq)


def _key_file(table: str, named: str) -> Projector:
    """The township's answer or list as it was signed; `named` is the field that tells which."""

    def project(sink: Sink, event: Event, data: Data) -> None:
        seal = data["seal"]
        sink.put(
            table, event.seq, data[named], seal["key"], seal["signed_on"], _text(data["body"]), _text(seal)
        )

    return project


def _opening(sink: Sink, event: Event, data: Data) -> None:
    for no, (account, place, party, debit_fen, credit_fen, *links) in enumerate(data["lines"], 1):
        sink.put("opening", no, account, place, party, debit_fen, credit_fen, event.seq)
        for kind, code in links[0] if links else ():  # came later
            sink.put("opening_link", kind, code, no)


def _submitted(sink: Sink, event: Event, data: Data) -> None:
    content = data["content"]
    sink.put(
        "submission",
        event.seq,
        content["id"],
        content["kind"],
        content["booked_on"],
        _text(content),
        data["content_hash"],
        data["total_fen"],
        content["party"],
        content["receipt_no"],
        content["place"],
    )
    named = Cited.of(content.get("resolution", ""), content.get("resolution_item", 0))  # both came later
    if named.number:
        sink.put("draw", named.number, event.seq, named.item, content["id"], data["content_hash"])
    trip, pay_list = content.get("trip", ""), content.get("pay_list", "")  # both came later
    if trip or pay_list:
        sink.put("settlement", event.seq, content["id"], trip, pay_list)
    for receipt in dict.fromkeys(content["receipts"]):
        sink.put("deposit", receipt, event.seq, content["id"])
    for line, paper in enumerate(_invoices(content), 1):
        _invoice(sink, event.seq, line, content["id"], paper)


def _invoices(content: Data) -> tuple[BookedInvoice, ...]:
    """Those of the document; before they came, or where nobody entered one, the one its paper's number names."""
    if told := content.get("invoices"):
        return tuple(BookedInvoice.from_data(i) for i in told)
    if content.get("corrects"):
        return ()  # it stands on the papers of the voucher it sets right
    named = named_only(content["support"], content["support_no"])
    return (BookedInvoice(named),) if named else ()


def _invoice(sink: Sink, seq: int, line: int, document_id: str, paper: BookedInvoice) -> None:
    told = paper.told
    travelled_on = told.journey.travelled_on if told.journey else None
    sink.put(
        "invoice",
        seq,
        line,
        told.key,
        document_id,
        told.kind.value,
        plain(told.code),
        plain(told.number),
        told.issued_on.isoformat() if told.issued_on else "",
        told.seller,
        told.seller_id,
        told.buyer,
        told.buyer_id,
        told.net_fen,
        told.tax_fen,
        told.total_fen,
        int(told.is_red),
        plain(told.red_of),
        told.check_code,
        "; ".join(i.name for i in told.items),
        travelled_on.isoformat() if travelled_on else "",
        int(paper.carrier),
        paper.sha256,
    )


def _invoice_checks(sink: Sink, event: Event, data: Data) -> None:
    for no, check in enumerate(data["checks"], 1):
        sink.put("invoice_check", event.seq, no, *check)


def _signature(sink: Sink, event: Event, data: Data) -> None:
    """A meeting slot that names minutes draws on them, whether the register knows them or not."""
    names = (
        "subject",
        "content_hash",
        "slot",
        "person_id",
        "signed_on",
        "kind",
        "evidence",
        "key_id",
        "reference",
    )
    sink.put("signature", event.seq, *(data[n] for n in names), data.get("suite", ""))  # came later
    named = Cited.read(data["reference"])
    if named.number:
        sink.put("draw", named.number, event.seq, named.item, data["subject"], data["content_hash"])


def _resolution(sink: Sink, event: Event, data: Data) -> None:
    sink.put("resolution", event.id, data["number"], data["held_on"], _text(data), event.seq)


def _voucher(sink: Sink, event: Event, data: Data) -> None:
    booked_on = data["booked_on"]
    period = int(booked_on[:4]) * 100 + int(booked_on[5:7])
    lines = data["lines"]
    sink.put(
        "voucher",
        event.seq,
        event.id,
        period,
        data["word"],
        data["number"],
        booked_on,
        data["kind"],
        data["summary"],
        data["party"],
        data["paper_count"],
        data["origin"],
        data["document_id"],
        data["reverses"],
        data["paper_no"],
        int(data["places_inferred"]),
        sum(line[1] for line in lines),
    )
    for no, (account, debit_fen, credit_fen, summary, place, party, project, *links) in enumerate(lines, 1):
        sink.put(
            "line",
            event.seq,
            no,
            booked_on,
            account,
            debit_fen,
            credit_fen,
            summary,
            place,
            party,
            project,
        )
        sink.add_total(period, account, place, debit_fen, credit_fen)
        for kind, code in links[0] if links else ():
            sink.put("line_link", kind, code, event.seq, no)
    sink.add_moved(
        period, split([(x[0], x[4], x[1], x[2]) for x in lines], {x[0] for x in lines if is_result(x[0])})
    )
    if data.get("corrects"):  # a field that came later: `step` links the wrong voucher with the right one
        sink.put("step", event.seq, data["corrects"], "", "corrected", "", event.id)


def _receipt_book(sink: Sink, event: Event, data: Data) -> None:
    names = ("id", "kind", "first", "last", "width", "custodian", "issued_on")
    sink.put("receipt_book", *(data[n] for n in names), event.seq)
    if data.get("medium", "paper") != "paper":  # a field that came later: books were printed books before
        sink.put("receipt_medium", data["id"], data["medium"], event.seq)


def _fund(sink: Sink, event: Event, data: Data) -> None:
    """Everything after the resolution came later: a fund was its place before."""
    code = data.get("code") or data["place"]
    name = data.get("name", "")
    sink.put(
        "fund",
        event.seq,
        code,
        data["place"],
        _text(data["accounts"]),
        data["purpose"],
        data["resolution"],
        name,
        data.get("grantor", ""),
        data.get("document_no", ""),
        data.get("amount_fen", 0),
        data.get("deadline", ""),
        data.get("brought_fen", 0),
    )
    put_target(sink, "fund", code, name or data["purpose"], event.seq)


def _project(sink: Sink, event: Event, data: Data) -> None:
    sink.put("project", event.seq, data["code"], _text(data))
    put_target(sink, "project", data["code"], data["name"], event.seq)


def _project_stage(sink: Sink, event: Event, data: Data) -> None:
    sink.put("project_stage", event.seq, data["code"], data["stage"], data["day"], data["note"])
    put_target(sink, "project", data["code"], data["name"], event.seq, in_use=data["stage"] != "dropped")


def _budget(sink: Sink, event: Event, data: Data) -> None:
    """A version brings all its lines; months without money have no row, but each line has its January."""
    reason = data.get("reason", "")
    sink.put(
        "budget", event.seq, data["year"], data["version"], data["resolution"], data["decided_on"], reason
    )
    for account, project, months in data["lines"]:
        for month, fen in enumerate(months, 1):
            if fen or month == 1:
                sink.put("budget_line", event.seq, account, project, month, fen)


def _count(sink: Sink, event: Event, data: Data) -> None:
    sink.put(
        "cash_count",
        event.seq,
        data["place"],
        data["counted_on"],
        data["counted_fen"],
        data["book_fen"],
        data["iou_fen"],
        data["iou_note"],
        data["counter"],
        data["witness"],
        _text(data["denominations"]),
        data["counted_fen"] - data["book_fen"],
    )


def _bank_imported(sink: Sink, event: Event, data: Data) -> None:
    """Only rows that are new are in `lines`; the days and balances are those of the whole file."""
    account = data["places"][0]
    sink.put(
        "bank_file",
        event.seq,
        account,
        data["sha256"],
        data["name"],
        _text(data["mapping"]),
        data["first_on"],
        data["last_on"],
        data["opening_fen"],
        data["closing_fen"],
    )
    for no, (name, *line) in enumerate(data["lines"], 1):
        sink.put("bank_line", f"{account} {name}", account, name, event.seq, no, *line)


def _bank_matched(sink: Sink, event: Event, data: Data) -> None:
    for match_id, tier, bank, book in data["matches"]:
        sink.put("bank_match", match_id, data["places"][0], tier, _text(bank), _text(book), event.seq)


def _bank_reconciled(sink: Sink, event: Event, data: Data) -> None:
    """A statement like a typed one, with what is open by its identity behind it."""
    sink.put(
        "statement",
        event.seq,
        _text(data["places"]),
        data["stated_on"],
        data["balance_fen"],
        data["book_fen"],
        _text(data["open_items"]),
        data["checked_by"],
    )
    sink.put(
        "reconciliation",
        event.seq,
        data["places"][0],
        data["stated_on"],
        _text(data["items"]),
        data["prepared_by"],
        data["checked_by"],
    )


def _entry(table: str) -> Projector:
    """An entry of a register: its whole body, and a target for lines."""

    def project(sink: Sink, event: Event, data: Data) -> None:
        entry = data["entry"]
        sink.put(table, entry["code"], entry["name"], _text(entry), event.seq)
        put_target(sink, table, entry["code"], entry["name"], event.seq)

    return project


def _entry_changed(kind: str) -> Projector:
    """What changed in an entry, before and after; `name` is its name from now on."""

    def project(sink: Sink, event: Event, data: Data) -> None:
        sink.put(
            "register_change",
            event.seq,
            kind,
            data["code"],
            data["changed_on"],
            data.get("what", ""),
            data["reason"],
            data.get("resolution", ""),
            data.get("permit", ""),
            _text(data["changes"]),
        )
        if "name" in data["changes"]:
            put_target(sink, kind, data["code"], data["name"], event.seq)

    return project


def _loan_ended(sink: Sink, event: Event, data: Data) -> None:
    """Nothing is booked on it any more."""
    names = ("code", "ended_on", "reason", "resolution", "permit")
    sink.put("loan_end", *(data[n] for n in names), event.seq)
    put_target(sink, LinkKind.LOAN, data["code"], data["name"], event.seq, in_use=False)


def _household(sink: Sink, event: Event, data: Data) -> None:
    in_use = not data.get("left_on")
    sink.put("household", event.seq, data["code"], data["head"], _text(data), int(in_use))
    name = Household.from_data(data).title
    put_target(sink, LinkKind.HOUSEHOLD, data["code"], name, event.seq, in_use=in_use)


def _outsider(sink: Sink, event: Event, data: Data) -> None:
    in_use = not data.get("left_on")
    sink.put("outsider", event.seq, data["code"], data["name"], _text(data), int(in_use))
    put_target(sink, LinkKind.OUTSIDER, data["code"], data["name"], event.seq, in_use=in_use)


def _notice(sink: Sink, event: Event, data: Data) -> None:
    sink.put(
        "notice",
        data["id"],
        data["number"],
        data["first"],
        data["last"],
        _text(data["content"]),
        data["content_hash"],
        event.seq,
    )


def _sheet(sink: Sink, event: Event, data: Data) -> None:
    content = data["content"]
    sink.put(
        "sheet",
        content["id"],
        content["number"],
        content["form"],
        content["subject"],
        content["stage"],
        data["first"],
        data["last"],
        data.get("replaces", ""),
        data.get("objection_id", ""),
        _text(content),
        data["content_hash"],
        event.seq,
    )


def _board_photos(sink: Sink, event: Event, data: Data) -> None:
    for no, (view, sha256, shows) in enumerate(data["photos"], 1):
        sink.put("posting_photo", event.seq, no, data["id"], view, sha256, shows)


def _notice_posted(sink: Sink, event: Event, data: Data) -> None:
    names = ("id", "subject", "content_hash", "place", "person_id", "posted_at")
    sink.put("posting", *(data[n] for n in names), data.get("excuse", ""), event.seq, data.get("counts_from", ""))
    _board_photos(sink, event, data)


def _objection(sink: Sink, event: Event, data: Data) -> None:
    names = ("id", "number", "subject", "line", "received_on", "how")
    sink.put(
        "objection",
        *(data[n] for n in names),
        data.get("who", ""),
        data["text"],
        data.get("scan", ""),
        event.seq,
    )


def _objection_step(act: str) -> Projector:
    def project(sink: Sink, event: Event, data: Data) -> None:
        values = (data["id"], act, data["day"], data["who"], data["text"], data.get("content", "unknown"))
        sink.put("objection_step", event.seq, *values)

    return project


def _prior(sink: Sink, event: Event, data: Data) -> None:
    for account, debit_fen, credit_fen in data["lines"]:
        year = data["year"]
        sink.put("prior_turnover", f"{year} {account}", year, account, debit_fen, credit_fen, event.seq)


def _words_reviewed(sink: Sink, event: Event, data: Data) -> None:
    for no, entry in enumerate(data["entries"], 1):
        names = ("account", "way", "words")
        sink.put("plain_word_review", event.seq, no, *(entry[n] for n in names), data["person_id"])


def _fields(table: str, *names: str, seq_first: bool = False) -> Projector:
    """A projector that copies fields of the body into one row, the position last (or first)."""

    def project(sink: Sink, event: Event, data: Data) -> None:
        values = [data[n] if isinstance(data[n], str | int) else _text(data[n]) for n in names]
        sink.put(table, event.seq, *values) if seq_first else sink.put(table, *values, event.seq)

    return project


PROJECTORS: dict[str, Projector] = {
    "book.opened": _book_opened,
    "account.added": _account,
    "account.aux_set": _fields("account_aux", "account", "kinds", "severity", seq_first=True),
    "household.set": _household,
    "outsider.set": _outsider,
    "account.disabled": _fields("account_disabled", "code"),
    "place.added": _place,
    "person.added": _fields("person", "id", "name"),
    "post.given": _post_given,
    "post.ended": _post_ended,
    "kin.stated": _kin,
    "handover.listed": lambda sink, event, data: sink.put(
        "handover_list",
        data["content"]["id"],
        data["content"]["post_id"],
        _text(data["content"]),
        data["content_hash"],
        event.seq,
    ),
    "office.handed_over": _office_handed_over,
    "key.enrolled": _key_enrolled,
    "key.certified": _key_file("key_answer", "key_id"),
    "keylist.taken": _key_file("key_list", "version"),
    "key.stopped": _fields(
        "key_stop", "key_id", "what", "lost_on", "reported_by", "reason", "evidence", "stopped_on"
    ),
    "policy.set": _policy,
    "trust.set": _fields("trusted_key", "key", "suite", "name", "from_on", "until_on", seq_first=True),
    "seal.held": _fields("seal", "item", "kind", "name", "person_id", "from_on", "reason", seq_first=True),
    "opening.set": _opening,
    "receiptbook.issued": _receipt_book,
    "receiptbook.returned": _fields(
        "receipt_return", "book_id", "returned_on", "counter", "summed_fen", "last_used"
    ),
    "receipt.voided": _fields(
        "receipt_void",
        "book_id",
        "number",
        "receipt_no",
        "voided_on",
        "reason",
        "copies",
        "excuse",
        seq_first=True,
    ),
    "imprest.held": _fields("place_holder", "place", "person_id", "from_on", seq_first=True),
    "fund.defined": _fund,
    "project.registered": _project,
    "project.staged": _project_stage,
    "appropriation.requested": _fields(
        "appropriation_request", "period", "amount_fen", "what", "resolution", "requested_on", seq_first=True
    ),
    "sister.named": _fields("sister", "name"),
    "bill.registered": _fields("bill", "id", "payee", "amount_fen", "bill_on", "what", "registered_on"),
    "budget.adopted": _budget,
    "budget.adjusted": _budget,
    "asset.registered": _entry("asset"),
    "asset.changed": _entry_changed("asset"),
    "asset.disposed": _fields(
        "asset_disposal", "code", "gone_on", "how", "reason", "resolution", "proceeds_fen", "party"
    ),
    "asset.counted": _fields(
        "asset_count", "counted_on", "counter", "witness", "found", "missing", "note", seq_first=True
    ),
    "resource.registered": _entry("resource"),
    "resource.changed": _entry_changed("resource"),
    "contract.registered": _entry("contract"),
    "contract.amended": _entry_changed("contract"),
    "contract.ended": _fields("contract_end", "code", "ended_on", "reason", "resolution", "permit"),
    "loan.registered": _entry("loan"),
    "loan.changed": _entry_changed("loan"),
    "loan.ended": _loan_ended,
    "paylist.entered": lambda sink, event, data: sink.put(
        "pay_list", event.seq, data["content"]["code"], data["content_hash"], _text(data["content"])
    ),
    "paylist.reviewed": _fields("pay_list_review", "code", "content_hash", "reviewed_on", seq_first=True),
    "paylist.shown": _fields(
        "pay_list_shown", "code", "content_hash", "place", "shown_on", "papers", seq_first=True
    ),
    "paylist.proven": _fields(
        "pay_list_proof", "code", "content_hash", "kind", "shown_on", "papers", "failed", seq_first=True
    ),
    "paylist.dropped": _fields("pay_list_end", "code", "reason"),
    "payrate.set": _fields("pay_rate", "kind", "post", "rate_fen", "from_on", "resolution", seq_first=True),
    "trip.requested": lambda sink, event, data: sink.put(
        "trip", event.seq, data["content"]["code"], data["content_hash"], _text(data["content"])
    ),
    "trip.approved": _fields("trip_approval", "code", "content_hash", "approved_on", seq_first=True),
    "trip.dropped": _fields("trip_end", "code", "reason"),
    "works.accepted": lambda sink, event, data: sink.put(
        "works_acceptance", event.seq, data["contract"], data["accepted_on"], _text(data)
    ),
    "document.submitted": _submitted,
    "document.rejected": _fields(
        "step", "subject", "content_hash", "what", "person_id", "reason", seq_first=True
    ),
    "document.withdrawn": _fields(
        "step", "subject", "content_hash", "what", "person_id", "reason", seq_first=True
    ),
    "signature.given": _signature,
    "signature.compared": lambda sink, event, data: sink.put(
        "second_look",
        event.seq,
        data["subject"],
        data["content_hash"],
        data["person_id"],
        _text(data["pictures"]),
    ),
    "resolution.recorded": _resolution,
    "resolution.stepped": _fields("resolution_step", "resolution_id", "step", "day", seq_first=True),
    "resolution.annulled": _fields("resolution_end", "resolution_id", "reason", "replaced_by"),
    "veto.lifted": _fields(
        "veto_lift",
        "document_id",
        "how",
        "number",
        "item",
        "person_id",
        "reference",
        "evidence",
        "lifted_on",
        "total_fen",
        "party",
        seq_first=True,
    ),
    "voucher.posted": _voucher,
    "invoice.checked": _invoice_checks,
    "buyer.named": _fields("buyer", "names", "tax_ids", seq_first=True),
    "cash.counted": _count,
    "bank.stated": _fields(
        "statement",
        "places",
        "stated_on",
        "balance_fen",
        "book_fen",
        "open_items",
        "checked_by",
        seq_first=True,
    ),
    "bank.imported": _bank_imported,
    "bank.matched": _bank_matched,
    "bank.unmatched": _fields("bank_unmatch", "id"),
    "bank.reconciled": _bank_reconciled,
    "mapping.saved": _fields("import_mapping", "kind", "fingerprint", "name", "body", seq_first=True),
    "file.imported": _fields(
        "import_file", "sha256", "name", "kind", "mapping", "entries", "total_fen", seq_first=True
    ),
    "prior.stated": _prior,
    "book.converted": _fields("conversion", "old_name", "old_sha256", "worksheet", seq_first=True),
    "period.stepped": _fields("period_step", "period", "state", "reason", seq_first=True),
    "layout.kept": lambda sink, event, data: sink.put(
        "statement_layout",
        event.seq,
        *(data[n] for n in ("name", "sha256", "title", "text")),
        data.get("since", 0),
    ),
    "note.written": lambda sink, event, data: sink.put(
        "statement_note",
        event.seq,
        *(data[n] for n in ("year", "section", "text")),
        int(data.get("nothing", False)),
    ),
    "notice.compiled": _notice,
    "notice.published": _fields("notice_final", "id"),
    "sheet.compiled": _sheet,
    "claim.pursued": lambda sink, event, data: sink.put(
        "pursuit",
        event.seq,
        *(data[name] for name in ("party", "pursued_on", "way", "person_id", "result")),
        data.get("home", ""),
    ),
    "masks.confirmed": _fields("mask_confirmed", "subject", "content_hash", "person_id", "count"),
    "sheet.published": _fields("sheet_final", "id"),
    "words.set": _fields("plain_word", "account", "way", "words", "set_by", seq_first=True),
    "words.reviewed": _words_reviewed,
    "words.explained": _fields("voucher_words", "voucher", "account", "words", "said_by", seq_first=True),
    "board.place_set": lambda sink, event, data: sink.put(
        "board_place", event.seq, data["name"], data["spot"], int(data["in_use"]), data.get("reason", "")
    ),
    "notice.posted": _notice_posted,
    "notice.photographed": _board_photos,
    "notice.removed": _fields("posting_removal", "posting_id", "removed_on", "person_id", "why"),
    "notice.corrected": _fields(
        "correction", "id", "number", "notice_id", "objection_id", "content", "content_hash"
    ),
    "correction.published": _fields("correction_final", "id"),
    "notice.archived": _fields("notice_archive", "subject", "archived_on", "items", "list_hash"),
    "objection.entered": _objection,
    "objection.answered": _objection_step("answered"),
    "objection.escalated": _objection_step("escalated"),
    "objection.upheld": _objection_step("upheld"),
    "objection.closed": _objection_step("closed"),
    "request.entered": lambda sink, event, data: sink.put(
        "notice_request", data["id"], data["number"], data["received_on"], _text(data), event.seq
    ),
    "audit.recorded": lambda sink, event, data: sink.put(
        "audit", data["id"], data["number"], data["reported_on"], _text(data), event.seq
    ),
    "audit.mended": lambda sink, event, data: sink.put(
        "audit_mend",
        event.seq,
        *(data[n] for n in ("audit_id", "no", "day", "text", "who")),
        data.get("recovered_fen", 0),
        int(data["done"]),
        data.get("proof", ""),
    ),
    "papers.laid_open": _fields(
        "laid_open", "id", "year", "place", "from_on", "keeper", "pack_sha256", "pages"
    ),
    "papers.taken_in": _fields("laid_open_end", "laid_id", "until_on"),
    "papers.copied": lambda sink, event, data: sink.put(
        "copy_taken", event.seq, *(data[n] for n in ("laid_id", "name", "day", "what")), data.get("pages", 0)
    ),
    "package.made": _fields("export", "name", "sha256", "head_seq", "head_hash", "period", seq_first=True),
}
"""Every kind of event the log may hold."""
