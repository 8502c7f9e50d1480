"""Projectors of what hangs on the board, and what is asked about it."""

from __future__ import annotations

from villagebook.domain.event import Event
from villagebook.storage.sink import Data, Projector, Sink, as_text, fields


def _notice(sink: Sink, event: Event, data: Data) -> None:
    sink.put(
        "notice",
        data["id"],
        data["number"],
        data["first"],
        data["last"],
        as_text(data["content"]),
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
        as_text(content),
        data["content_hash"],
        event.seq,
    )


def _board_photos(sink: Sink, event: Event, data: Data) -> None:
    for no, (view, sha256, shows) in enumerate(data["photos"], 1):
        sink.put("posting_photo", event.seq, no, data["id"], view, sha256, shows)


def _notice_posted(sink: Sink, event: Event, data: Data) -> None:
    names = ("id", "subject", "content_hash", "place", "person_id", "posted_at")
    sink.put(
        "posting", *(data[n] for n in names), data.get("excuse", ""), event.seq, data.get("counts_from", "")
    )
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


def _words_reviewed(sink: Sink, event: Event, data: Data) -> None:
    for no, entry in enumerate(data["entries"], 1):
        names = ("account", "way", "words")
        sink.put("plain_word_review", event.seq, no, *(entry[n] for n in names), data["person_id"])


PROJECTORS: dict[str, Projector] = {
    "notice.compiled": _notice,
    "notice.published": fields("notice_final", "id"),
    "sheet.compiled": _sheet,
    "claim.pursued": lambda sink, event, data: sink.put(
        "pursuit",
        event.seq,
        *(data[name] for name in ("party", "pursued_on", "way", "person_id", "result")),
        data.get("home", ""),
    ),
    "masks.confirmed": fields("mask_confirmed", "subject", "content_hash", "person_id", "count"),
    "sheet.published": fields("sheet_final", "id"),
    "words.set": fields("plain_word", "account", "way", "words", "set_by", seq_first=True),
    "words.reviewed": _words_reviewed,
    "words.explained": fields("voucher_words", "voucher", "account", "words", "said_by", seq_first=True),
    "board.place_set": lambda sink, event, data: sink.put(
        "board_place", event.seq, data["name"], data["spot"], int(data["in_use"]), data.get("reason", "")
    ),
    "notice.posted": _notice_posted,
    "notice.photographed": _board_photos,
    "notice.removed": fields("posting_removal", "posting_id", "removed_on", "person_id", "why"),
    "notice.corrected": fields(
        "correction", "id", "number", "notice_id", "objection_id", "content", "content_hash"
    ),
    "correction.published": fields("correction_final", "id"),
    "notice.archived": fields("notice_archive", "subject", "archived_on", "items", "list_hash"),
    "objection.entered": _objection,
    "objection.answered": _objection_step("answered"),
    "objection.escalated": _objection_step("escalated"),
    "objection.upheld": _objection_step("upheld"),
    "objection.closed": _objection_step("closed"),
    "request.entered": lambda sink, event, data: sink.put(
        "notice_request", data["id"], data["number"], data["received_on"], as_text(data), event.seq
    ),
    "audit.recorded": lambda sink, event, data: sink.put(
        "audit", data["id"], data["number"], data["reported_on"], as_text(data), event.seq
    ),
    "audit.mended": lambda sink, event, data: sink.put(
        "audit_mend",
        event.seq,
        *(data[n] for n in ("audit_id", "no", "day", "text", "who")),
        data.get("recovered_fen", 0),
        int(data["done"]),
        data.get("proof", ""),
    ),
    "papers.laid_open": fields(
        "laid_open", "id", "year", "place", "from_on", "keeper", "pack_sha256", "pages"
    ),
    "papers.taken_in": fields("laid_open_end", "laid_id", "until_on"),
    "papers.copied": lambda sink, event, data: sink.put(
        "copy_taken", event.seq, *(data[n] for n in ("laid_id", "name", "day", "what")), data.get("pages", 0)
    ),
}
