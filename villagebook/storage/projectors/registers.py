"""Projectors of the registers beside the ledger."""

from __future__ import annotations

from villagebook.domain.event import Event
from villagebook.domain.link import LinkKind
from villagebook.domain.roster import Household
from villagebook.storage.sink import Data, Projector, Sink, as_text, fields, put_target


def _fund(sink: Sink, event: Event, data: Data) -> None:
    """Everything after the resolution came later: a fund was its place before."""
    code = data.get("code") or data["place"]
    name = data.get("name", "")
    sink.put(
        "fund",
        event.seq,
        code,
        data["place"],
        as_text(data["accounts"]),
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
    sink.put("project", event.seq, data["code"], as_text(data))
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


def _entry(table: str) -> Projector:
    """An entry of a register: its whole body, and a target for lines."""

    def project(sink: Sink, event: Event, data: Data) -> None:
        entry = data["entry"]
        sink.put(table, entry["code"], entry["name"], as_text(entry), event.seq)
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
            as_text(data["changes"]),
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
    sink.put("household", event.seq, data["code"], data["head"], as_text(data), int(in_use))
    name = Household.from_data(data).title
    put_target(sink, LinkKind.HOUSEHOLD, data["code"], name, event.seq, in_use=in_use)


def _outsider(sink: Sink, event: Event, data: Data) -> None:
    in_use = not data.get("left_on")
    sink.put("outsider", event.seq, data["code"], data["name"], as_text(data), int(in_use))
    put_target(sink, LinkKind.OUTSIDER, data["code"], data["name"], event.seq, in_use=in_use)


PROJECTORS: dict[str, Projector] = {
    "household.set": _household,
    "outsider.set": _outsider,
    "fund.defined": _fund,
    "project.registered": _project,
    "project.staged": _project_stage,
    "labour.listed": fields("labour_list", "project", "rows", seq_first=True),
    "labour.done": lambda sink, event, data: sink.put(
        "labour_sheet", data["id"], data["project"], data["on"], as_text(data), event.seq
    ),
    "labour.struck": fields("labour_strike", "sheet", "reason"),
    "appropriation.requested": fields(
        "appropriation_request", "period", "amount_fen", "what", "resolution", "requested_on", seq_first=True
    ),
    "budget.adopted": _budget,
    "budget.adjusted": _budget,
    "asset.registered": _entry("asset"),
    "asset.changed": _entry_changed("asset"),
    "asset.disposed": fields(
        "asset_disposal", "code", "gone_on", "how", "reason", "resolution", "proceeds_fen", "party"
    ),
    "asset.worked": lambda sink, event, data: sink.put(
        "asset_work", data["code"], data["period"], event.seq, data["work"]
    ),
    "asset.counted": fields(
        "asset_count", "counted_on", "counter", "witness", "found", "missing", "note", seq_first=True
    ),
    "resource.registered": _entry("resource"),
    "resource.changed": _entry_changed("resource"),
    "contract.registered": _entry("contract"),
    "contract.amended": _entry_changed("contract"),
    "contract.ended": fields("contract_end", "code", "ended_on", "reason", "resolution", "permit"),
    "loan.registered": _entry("loan"),
    "loan.changed": _entry_changed("loan"),
    "loan.ended": _loan_ended,
    "paylist.entered": lambda sink, event, data: sink.put(
        "pay_list", event.seq, data["content"]["code"], data["content_hash"], as_text(data["content"])
    ),
    "paylist.reviewed": fields("pay_list_review", "code", "content_hash", "reviewed_on", seq_first=True),
    "paylist.shown": fields(
        "pay_list_shown", "code", "content_hash", "place", "shown_on", "papers", seq_first=True
    ),
    "paylist.proven": lambda sink, event, data: sink.put(
        "pay_list_proof",
        event.seq,
        *(data[n] for n in ("code", "content_hash", "kind", "shown_on")),
        *(as_text(data.get(n, [])) for n in ("papers", "failed", "results")),
        data.get("accounts", ""),
        data.get("file_no", 0),
    ),
    "paylist.batched": fields(
        "pay_list_batch",
        "code",
        "content_hash",
        "layout",
        "made_on",
        "total_fen",
        "rows",
        "salt",
        "seal",
        seq_first=True,
    ),
    "paylist.back": fields("pay_list_back", "code", "content_hash", "rows", "voucher_id", seq_first=True),
    "paylist.dropped": fields("pay_list_end", "code", "reason"),
    "payrate.set": fields("pay_rate", "kind", "post", "rate_fen", "from_on", "resolution", seq_first=True),
    "trip.requested": lambda sink, event, data: sink.put(
        "trip", event.seq, data["content"]["code"], data["content_hash"], as_text(data["content"])
    ),
    "trip.approved": fields("trip_approval", "code", "content_hash", "approved_on", seq_first=True),
    "trip.dropped": fields("trip_end", "code", "reason"),
    "works.accepted": lambda sink, event, data: sink.put(
        "works_acceptance", event.seq, data["contract"], data["accepted_on"], as_text(data)
    ),
}
