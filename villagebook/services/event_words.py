"""What an entry of the log says, in words: its kind, and the figures and names in it. Words only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from villagebook.domain.money import format_fen
from villagebook.domain.people import Staff
from villagebook.domain.privacy import mask_account, mask_numbers
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import N_, _
from villagebook.services.registers.register_cards import value_text
from villagebook.services.registers.register_words import field_name

KINDS = {
    "book.opened": N_("book begun"),
    "opening.set": N_("opening balances set"),
    "policy.set": N_("parameters set"),
    "trust.set": N_("township key trusted or withdrawn"),
    "person.added": N_("person entered"),
    "post.given": N_("post given"),
    "post.ended": N_("post ended"),
    "key.enrolled": N_("signing key enrolled"),
    "key.certified": N_("signing key certified by the township"),
    "keylist.taken": N_("township's list of keys taken in"),
    "key.stopped": N_("signing key stopped"),
    "place.added": N_("money place added"),
    "account.added": N_("account added"),
    "account.disabled": N_("account closed to new entries"),
    "account.enabled": N_("account taken into use again"),
    "account.aux_set": N_("registers of an account set"),
    "household.set": N_("household entered or changed"),
    "outsider.set": N_("outside party entered or changed"),
    "receiptbook.issued": N_("receipt book drawn"),
    "receiptbook.returned": N_("receipt book handed back"),
    "receipt.voided": N_("receipt voided"),
    "imprest.held": N_("keeper of the petty cash named"),
    "seal.held": N_("keeper of a seal named"),
    "fund.defined": N_("special fund entered or changed"),
    "sister.named": N_("body kept apart named"),
    "bill.registered": N_("unpaid bill entered"),
    "buyer.named": N_("names of the buyer on invoices set"),
    "budget.adopted": N_("budget adopted"),
    "budget.adjusted": N_("budget adjusted"),
    "appropriation.requested": N_("appropriation requested"),
    "project.registered": N_("project entered"),
    "project.staged": N_("project moved on"),
    "labour.listed": N_("list of labour days entered or changed"),
    "labour.done": N_("labour days worked or paid off"),
    "labour.struck": N_("sheet of labour days struck out"),
    "paylist.entered": N_("list of payees entered or changed"),
    "paylist.reviewed": N_("roster reviewed"),
    "paylist.shown": N_("roster hung up"),
    "paylist.proven": N_("proof of a list kept"),
    "paylist.batched": N_("file for the bank made of a list"),
    "paylist.back": N_("money of a list that came back booked"),
    "paylist.dropped": N_("list of payees dropped"),
    "payrate.set": N_("rate of pay decided"),
    "trip.requested": N_("journey asked for"),
    "trip.approved": N_("journey approved"),
    "trip.dropped": N_("journey not made"),
    "works.accepted": N_("works accepted"),
    "document.submitted": N_("document submitted"),
    "document.rejected": N_("document rejected"),
    "document.excused": N_("reason recorded for a held document"),
    "document.refused": N_("document refused by finance staff"),
    "document.withdrawn": N_("document taken back"),
    "signature.given": N_("signature given"),
    "signature.compared": N_("signatures compared with their picture"),
    "veto.lifted": N_("veto lifted"),
    "resolution.recorded": N_("resolution recorded"),
    "resolution.stepped": N_("resolution moved on"),
    "resolution.annulled": N_("resolution annulled"),
    "invoices.elsewhere": N_("list of invoice numbers used elsewhere taken in"),
    "invoice.checked": N_("answers about invoices taken in"),
    "voucher.posted": N_("voucher posted"),
    "voucher.checked": N_("voucher checked by a second person"),
    "loan.registered": N_("loan entered"),
    "loan.changed": N_("loan changed"),
    "loan.ended": N_("loan settled"),
    "cash.counted": N_("cash counted"),
    "bank.stated": N_("bank balance recorded"),
    "bank.imported": N_("bank statement taken in"),
    "bank.matched": N_("bank rows matched"),
    "bank.unmatched": N_("bank match taken back"),
    "bank.reconciled": N_("bank reconciliation signed"),
    "period.stepped": N_("state of a month changed"),
    "mapping.saved": N_("columns of a file remembered"),
    "file.imported": N_("file taken in"),
    "prior.stated": N_("year before the book stated"),
    "book.converted": N_("2004 book converted"),
    "layout.kept": N_("layout of a statement kept"),
    "note.written": N_("note to the statements written"),
    "notice.compiled": N_("notice compiled"),
    "notice.published": N_("notice final"),
    "sheet.compiled": N_("board sheet compiled"),
    "claim.pursued": N_("step to collect a claim"),
    "masks.confirmed": N_("masked cells confirmed by a second person"),
    "sheet.published": N_("board sheet final"),
    "words.set": N_("words for the board set"),
    "words.reviewed": N_("words for the board read by supervision"),
    "words.explained": N_("entry explained for the board"),
    "board.place_set": N_("board of the village named"),
    "notice.posted": N_("notice posted"),
    "notice.photographed": N_("photo of a posted notice"),
    "notice.removed": N_("notice taken down"),
    "notice.corrected": N_("correction notice made"),
    "correction.published": N_("correction notice final"),
    "notice.archived": N_("notice archived"),
    "objection.entered": N_("objection entered"),
    "objection.answered": N_("objection answered"),
    "objection.escalated": N_("objection passed on"),
    "objection.upheld": N_("objection upheld"),
    "objection.closed": N_("objection closed"),
    "request.entered": N_("request for a notice entered"),
    "audit.recorded": N_("audit recorded"),
    "audit.mended": N_("point of an audit mended"),
    "papers.laid_open": N_("yearly papers laid open"),
    "papers.taken_in": N_("yearly papers taken in"),
    "papers.copied": N_("copy of the yearly papers taken"),
    "asset.registered": N_("asset entered"),
    "asset.changed": N_("asset or its method changed"),
    "asset.disposed": N_("asset gone"),
    "asset.worked": N_("work of an asset told"),
    "asset.counted": N_("assets counted"),
    "resource.registered": N_("resource entered"),
    "resource.changed": N_("resource changed"),
    "contract.registered": N_("contract entered"),
    "contract.amended": N_("contract amended"),
    "contract.ended": N_("contract ended"),
    "kin.stated": N_("relatives stated"),
    "office.handed_over": N_("office handed over"),
    "handover.listed": N_("list of a hand-over kept"),
    "package.made": N_("package handed over"),
}
"""Every kind of event; a test finds one without words."""

_FIGURES = {
    "amount_fen": N_("amount"),
    "counted_fen": N_("counted"),
    "book_fen": N_("by the books"),
    "balance_fen": N_("balance"),
    "summed_fen": N_("summed up"),
    "iou_fen": N_("of it IOUs"),
    "original_fen": N_("original value"),
    "total_fen": N_("total"),
    "deposit_fen": N_("security"),
    "price_fen": N_("price"),
}
_CODES = frozenset(
    {
        "code",
        "number",
        "resolution",
        "permit",
        "section",
        "name",
        "voucher",
        "layout",
        "account",
        "key",
        "state",
    }
)
"""Fields that say something to people also when they are letters and figures only; days and numbers of papers do, too."""

_LONG = 400
"""Characters of one entry that a list shows; the entry itself is in every package."""

_MANY = 20
"""Parts of a list that are told; a chart of accounts has hundreds."""


def kinds_table() -> Table:
    """Every kind with its words, for those who read the log without our program."""
    columns = (Column("kind", _("Kind"), Shape.TEXT, 10), Column("what", _("What was done"), Shape.TEXT, 20))
    rows = tuple((kind, _(words)) for kind, words in KINDS.items())
    return Table("events", _("Log"), "", columns, rows)


def kind_title(kind: str) -> str:
    """A kind in words; one that a later program wrote stands by its own name."""
    return _(KINDS[kind]) if kind in KINDS else kind


def about(kind: str, data: Mapping[str, Any], staff: Staff) -> str:
    """What the entry is about: names, days, amounts and texts; personal numbers masked, hashes and ids left out."""
    told: list[str] = []
    if (
        kind == "book.opened"
    ):  # the chart, the parameters and the money places begin with it: too much for a line
        return f"{data.get('village', '')} {data.get('code', '')}".strip()
    if kind == "voucher.posted":
        told.append(voucher_label(str(data.get("word", "")), int(data.get("number", 0))))
    told += _pieces(data, staff)
    words = mask_numbers("; ".join(dict.fromkeys(told)))
    return words if len(words) <= _LONG else words[: _LONG - 1] + "…"


def _pieces(data: Mapping[str, Any], staff: Staff) -> Iterator[str]:
    """What was changed, then texts as they were typed and amounts with their names."""
    for name, value in data.items():
        if name == "word":
            continue  # stands in the number of the voucher
        if name == "changes" and isinstance(value, Mapping):
            yield from _changes(value, staff)
        elif isinstance(value, Mapping):
            yield from _pieces(value, staff)
        elif isinstance(value, list):
            for part in value[:_MANY]:
                if isinstance(part, Mapping):
                    yield from _pieces(part, staff)
                elif isinstance(part, str):
                    yield from _said(name, part, staff)
        else:
            yield from _said(name, value, staff)


def _changes(changes: Mapping[str, Any], staff: Staff) -> Iterator[str]:
    for name, (before, after) in changes.items():
        yield _("{field}: {before} → {after}").format(
            field=field_name(name),
            before=value_text(name, before, staff),
            after=value_text(name, after, staff),
        )


def _said(name: str, value: object, staff: Staff) -> Iterator[str]:
    """One value as people read it; nothing for what is for machines."""
    if isinstance(value, int) and not isinstance(value, bool):
        if name in _FIGURES and value:
            yield _("{name} {value}").format(name=_(_FIGURES[name]), value=format_fen(value))
        elif name == "period" and value:
            yield f"{value // 100:04d}-{value % 100:02d}"
    elif isinstance(value, str) and value:
        if name == "account_no":
            yield mask_account(value)
        elif value in staff.persons:
            yield staff.name(value)
        elif not value.isascii() or name in _CODES or name.endswith(("_on", "_no")):
            yield value
