"""Projectors of people and their offices, keys, the township's parameters."""

from __future__ import annotations

from villagebook.domain.event import Event
from villagebook.storage.sink import Data, Projector, Sink, as_text, fields


def policy(sink: Sink, event: Event, data: Data) -> None:
    """`from_on` (a field that came later) is the day a file that came late is in force from."""
    said_on = data["policy"]["in_force_on"]
    in_force_on = data.get("from_on") or said_on
    sink.put("policy", event.seq, in_force_on, as_text({**data["policy"], "in_force_on": in_force_on}))
    if seal := data.get("seal"):  # came later: before, nobody signed
        names = ("suite", "key", "township", "signed_on", "until_on", "signature")
        sink.put("policy_seal", event.seq, *(seal[n] for n in names), said_on)


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
    sink.put("office_handover", *(data[n] for n in names), as_text(data["sheets"]), event.seq)
    if data["ended"]:
        sink.put("post_end", data["post_id"], data["handed_on"], event.seq)


def _kin(sink: Sink, event: Event, data: Data) -> None:
    sink.put(
        "kin",
        event.seq,
        *(data[n] for n in ("id", "person_id", "relation")),
        *(data.get(n, "") for n in ("other_id", "other_name")),
        as_text(data["link"]) if data.get("link") else "",
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
            table,
            event.seq,
            data[named],
            seal["key"],
            seal["signed_on"],
            as_text(data["body"]),
            as_text(seal),
        )

    return project


PROJECTORS: dict[str, Projector] = {
    "person.added": fields("person", "id", "name"),
    "post.given": _post_given,
    "post.ended": _post_ended,
    "kin.stated": _kin,
    "handover.listed": lambda sink, event, data: sink.put(
        "handover_list",
        data["content"]["id"],
        data["content"]["post_id"],
        as_text(data["content"]),
        data["content_hash"],
        event.seq,
    ),
    "office.handed_over": _office_handed_over,
    "key.enrolled": _key_enrolled,
    "key.certified": _key_file("key_answer", "key_id"),
    "keylist.taken": _key_file("key_list", "version"),
    "key.stopped": fields(
        "key_stop", "key_id", "what", "lost_on", "reported_by", "reason", "evidence", "stopped_on"
    ),
    "policy.set": policy,
    "trust.set": fields("trusted_key", "key", "suite", "name", "from_on", "until_on", seq_first=True),
    "seal.held": fields("seal", "item", "kind", "name", "person_id", "from_on", "reason", seq_first=True),
}
