"""A proposal for the township's parameters: edited in the village, tried out, written as a file for the township to sign.

Nothing here puts anything in force: that is `policies.take_in`, with the township's signature.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from villagebook.domain.document import Document, Item, SpendKind
from villagebook.domain.enclosed import enclosed, missing
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.policy import Policy, read_policy
from villagebook.domain.signature import Slot
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.rules.enclosed_words import papers_title, special_title
from villagebook.services import names
from villagebook.services.gathering.spending_facts import cap_of, tier_papers
from villagebook.services.township import policy_reading
from villagebook.storage import documents as docs
from villagebook.storage import registry, spending
from villagebook.storage.book import Book

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """What one payment would need. `slots` None: its kind is refused."""

    tier: str
    slots: tuple[Slot, ...] | None
    papers: tuple[str, ...]
    kinds: tuple[str, ...]
    category: str
    cash: bool


def begin(book: Book, day: date) -> Body:
    """The parameters in force on a day as a proposal of their own, with a new version and no seal."""
    with book.reading() as connection:
        body: Body = copy.deepcopy(dict(registry.read_policy_on(connection, day).data))
    body["version"] = f"{body['version']}+{day.isoformat()}"
    body["in_force_on"] = day.isoformat()
    return body


def problems(body: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What is wrong with a proposal, all at once: no parameters at all, beyond floor or ceiling, softened too far."""
    try:
        read_policy(body)
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        text = _("These are no parameters: {why}.").format(why=_(str(error) or "?"))
        return (Finding("E2L-01", Severity.ERROR, str(body.get("version", "")), text),)
    return tuple(policy_reading.new_faults(body, signed=True))


def write(body: Mapping[str, Any], path: Path) -> None:
    """Write the proposal for the township to sign. Raises Refused for what is none, KnownError as `write_whole`."""
    from villagebook.exchange.medium import write_whole

    found = problems(body)
    if found:
        raise Refused(found)
    data = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    write_whole(path, [data], lambda _part: None, lambda _done: None)


def trial(policy: Policy, document: Document) -> Trial:
    """What a payment would need by these parameters, on its own."""
    kinds = policy.kinds_of(document)
    by_tier = policy.goes_by_tier(document)
    tier = policy.tier_of(document.total_fen)
    asked = tier_papers(policy, tier.papers, document) if by_tier else ()
    caps = [cap_of(policy, item.account, item.summary or document.summary) for item in document.items]
    return Trial(
        names.tier_name(tier.name) if by_tier else "",
        policy.slots_for(document, document.total_fen),
        tuple(dict.fromkeys((*asked, *(p for rule in kinds for p in rule.papers)))),
        tuple(special_title(rule.code) for rule in kinds),
        next((cap.name for cap in caps if cap is not None), ""),
        (tier.cash or not by_tier) and all(rule.cash for rule in kinds),
    )


def imagined(fen: int, account: str, summary: str, kind: SpendKind, day: date) -> Document:
    """A payment nobody has entered, to try parameters on."""
    return Document(
        "",
        DocKind.PAYMENT,
        day,
        summary or "-",
        items=(Item(account, fen, summary),),
        spend_kind=kind,
    )


def explain(body: Mapping[str, Any], document: Document) -> str:
    """Who signs, which papers, and why, in sentences."""
    told = trial(read_policy(body), document)
    amount = yuan_text(document.total_fen)
    if told.slots is None:
        return _("{amount}: the village may not pay this.").format(amount=amount)
    lines = [
        _("{amount}: {why}.").format(amount=amount, why=", ".join(filter(None, (told.tier, *told.kinds)))),
        _("Signs, in order: {slots}").format(slots=" → ".join(names.slot_title(s.code) for s in told.slots)),
    ]
    if told.papers:
        lines.append(_("Beside the bill: {papers}").format(papers=papers_title(told.papers)))
    if not told.cash:
        lines.append(_("Not in cash."))
    return "\n".join(lines)


def effect(book: Book, body: Mapping[str, Any], today: date) -> Table:
    """Payments of this year, posted or waiting, that would have needed other signatures or papers by the proposal."""
    columns = (
        Column("document", _("Document"), Shape.TEXT, 26),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("now", _("Now"), Shape.TEXT, 22),
        Column("then", _("Then"), Shape.TEXT, 22),
    )
    then = read_policy(body)
    with book.reading() as connection:
        now = registry.read_policy_on(connection, today)
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        told: list[tuple[str, str, Document]] = []
        for paid in spending.paid_between(connection, first, last):
            held = docs.submitted(connection, paid.document_id)
            if held is not None:
                label = f"{paid.booked_on.isoformat()} {paid.label} {paid.summary}"
                told.append((label, f"document:{paid.document_id}", held.document))
        for _seq, waiting in docs.waiting_documents(connection):
            if waiting.kind is DocKind.PAYMENT and waiting.booked_on.year == today.year:
                label = f"{waiting.booked_on.isoformat()} {waiting.summary}"
                told.append((label, f"document:{waiting.id}", waiting))
    rows, targets = [], []
    for label, target, document in told:
        old, new = _needs(now, document), _needs(then, document)
        if old != new:
            rows.append((label, document.total_fen, *_differing(old, new)))
            targets.append(target)
    title = _("What would have been otherwise this year")
    return Table("policy-draft-effect", title, "", columns, tuple(rows), targets=tuple(targets))


def _needs(policy: Policy, document: Document) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """(slots, papers that are not there, cash): what a change of parameters can change for a document."""
    told = trial(policy, document)
    slots = ("-",) if told.slots is None else tuple(s.code for s in told.slots)
    return slots, missing(told.papers, enclosed(document)), told.cash


def _differing(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[str, str]:
    """Only what differs of two needs, in words."""
    made: list[list[str]] = [[], []]
    for at, (mine, other) in enumerate(((old, new), (new, old))):
        extra = [c for c in mine[0] if c not in other[0]]
        if extra:
            made[at].append(_("forbidden") if extra == ["-"] else "+ " + _slot_words(extra))
        papers = tuple(p for p in mine[1] if p not in other[1])
        if papers:
            made[at].append(_("missing: {papers}").format(papers=papers_title(papers)))
        if mine[2] != other[2]:
            made[at].append(_("cash allowed") if mine[2] else _("not in cash"))
    return "; ".join(made[0]) or "–", "; ".join(made[1]) or "–"


def _slot_words(codes: Iterable[str]) -> str:
    return ", ".join(names.slot_title(code) for code in codes)
