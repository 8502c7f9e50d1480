"""Projectors of the book itself: chart, places, vouchers, counts, banks, months."""

from __future__ import annotations

from villagebook.domain.account import is_result
from villagebook.domain.event import Event
from villagebook.domain.flow import split
from villagebook.storage.projectors.people import policy
from villagebook.storage.sink import Data, Projector, Sink, as_text, fields


def _book_opened(sink: Sink, event: Event, data: Data) -> None:
    for key in ("book_id", "village", "code", "start", "mode"):
        sink.put("book", key, data[key])
    for account in data["accounts"]:
        _account(sink, event, account)
    for place in data["places"]:
        _place(sink, event, place)
    policy(sink, event, data)


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


def _account_use(*, disabled: bool) -> Projector:
    def project(sink: Sink, event: Event, data: Data) -> None:
        sink.put("account_use", event.seq, data["code"], int(disabled))

    return project


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


def _opening(sink: Sink, event: Event, data: Data) -> None:
    for no, (account, place, party, debit_fen, credit_fen, *links) in enumerate(data["lines"], 1):
        sink.put("opening", no, account, place, party, debit_fen, credit_fen, event.seq)
        for kind, code in links[0] if links else ():  # came later
            sink.put("opening_link", kind, code, no)


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
    if data.get("to_check"):  # a field that came later
        sink.put("voucher_to_check", event.seq, event.id)
    said = _said_by_lines(data)
    if said:
        sink.put("line_words", event.seq, said)
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


def _said_by_lines(data: Data) -> str:
    """Texts of the lines that are not the voucher's own, each once; a search then reads no line at all."""
    summary, party = data["summary"], data["party"]
    found: dict[str, None] = {}
    for line in data["lines"]:
        if line[3] != summary:
            found[line[3]] = None
        if line[5] != party:
            found[line[5]] = None
        if line[6]:
            found[line[6]] = None
    found.pop("", None)
    return "\n".join(found)


def _receipt_book(sink: Sink, event: Event, data: Data) -> None:
    names = ("id", "kind", "first", "last", "width", "custodian", "issued_on")
    sink.put("receipt_book", *(data[n] for n in names), event.seq)
    if data.get("medium", "paper") != "paper":  # a field that came later: books were printed books before
        sink.put("receipt_medium", data["id"], data["medium"], event.seq)
    if data.get("purpose"):
        sink.put("receipt_purpose", data["id"], data["purpose"], event.seq)


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
        as_text(data["denominations"]),
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
        as_text(data["mapping"]),
        data["first_on"],
        data["last_on"],
        data["opening_fen"],
        data["closing_fen"],
    )
    for no, (name, *line) in enumerate(data["lines"], 1):
        sink.put("bank_line", f"{account} {name}", account, name, event.seq, no, *line)


def _bank_matched(sink: Sink, event: Event, data: Data) -> None:
    for match_id, tier, bank, book in data["matches"]:
        sink.put("bank_match", match_id, data["places"][0], tier, as_text(bank), as_text(book), event.seq)


def _bank_reconciled(sink: Sink, event: Event, data: Data) -> None:
    """A statement like a typed one, with what is open by its identity behind it."""
    sink.put(
        "statement",
        event.seq,
        as_text(data["places"]),
        data["stated_on"],
        data["balance_fen"],
        data["book_fen"],
        as_text(data["open_items"]),
        data["checked_by"],
    )
    sink.put(
        "reconciliation",
        event.seq,
        data["places"][0],
        data["stated_on"],
        as_text(data["items"]),
        data["prepared_by"],
        data["checked_by"],
    )


def _prior(sink: Sink, event: Event, data: Data) -> None:
    for account, debit_fen, credit_fen in data["lines"]:
        year = data["year"]
        sink.put("prior_turnover", f"{year} {account}", year, account, debit_fen, credit_fen, event.seq)


PROJECTORS: dict[str, Projector] = {
    "book.opened": _book_opened,
    "account.added": _account,
    "account.aux_set": fields("account_aux", "account", "kinds", "severity", seq_first=True),
    "account.disabled": _account_use(disabled=True),
    "account.enabled": _account_use(disabled=False),
    "place.added": _place,
    "opening.set": _opening,
    "receiptbook.issued": _receipt_book,
    "receiptbook.returned": fields(
        "receipt_return", "book_id", "returned_on", "counter", "summed_fen", "last_used"
    ),
    "receipt.voided": fields(
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
    "imprest.held": fields("place_holder", "place", "person_id", "from_on", seq_first=True),
    "sister.named": fields("sister", "name"),
    "voucher.posted": _voucher,
    "voucher.checked": lambda sink, event, data: sink.put(
        "voucher_check", data["voucher_id"], event.seq, data["person_id"]
    ),
    "cash.counted": _count,
    "bank.stated": fields(
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
    "bank.unmatched": fields("bank_unmatch", "id"),
    "bank.reconciled": _bank_reconciled,
    "mapping.saved": fields("import_mapping", "kind", "fingerprint", "name", "body", seq_first=True),
    "file.imported": fields(
        "import_file", "sha256", "name", "kind", "mapping", "entries", "total_fen", seq_first=True
    ),
    "prior.stated": _prior,
    "book.converted": fields("conversion", "old_name", "old_sha256", "worksheet", seq_first=True),
    "period.stepped": fields("period_step", "period", "state", "reason", seq_first=True),
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
    "package.made": fields("export", "name", "sha256", "head_seq", "head_hash", "period", seq_first=True),
}
