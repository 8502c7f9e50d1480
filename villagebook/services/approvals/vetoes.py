"""Every no that was ever said to a document, what became of it, and the two ways a veto is lifted (AP4).

A veto is lifted by a recorded resolution of representatives that names the document, or by a township officer with the
number and picture of the decision. The village alone cannot. What was lifted is sent in again as it was, or for less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from villagebook.domain.document import Attachment, Document
from villagebook.domain.meeting import Matter
from villagebook.domain.resolution import Cited
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import Voucher
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import Draw, Lifting, ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import resolution_facts, veto_facts
from villagebook.services.names import kind_title
from villagebook.services.vouchers import documents
from villagebook.services.vouchers.lifting import BY_RESOLUTION, BY_TOWNSHIP, Lifted, lifted_after
from villagebook.storage import documents as docs
from villagebook.storage import posted_vouchers, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


class Fate(StrEnum):
    """What became of a rejected document; the last three of one that finance staff sent back, which is no veto."""

    STANDS = "stands"
    LIFTED = "lifted"
    WAITING = "waiting"
    PAID = "paid"
    REFUSED = "refused"
    AGAIN = "again"
    BOOKED = "booked"


FATES = {
    Fate.STANDS: N_("rejected, stands"),
    Fate.LIFTED: N_("veto lifted, not sent in again"),
    Fate.WAITING: N_("veto lifted, waits for signatures"),
    Fate.PAID: N_("veto lifted, posted"),
    Fate.REFUSED: N_("not booked by finance staff, sent back"),
    Fate.AGAIN: N_("sent back by finance staff, waits again"),
    Fate.BOOKED: N_("sent back by finance staff, posted later"),
}


@dataclass(frozen=True, slots=True)
class Veto:
    """One no. `document` is what was rejected; `voucher` the label of what it became, "" unless it was posted."""

    document: Document
    rejected_on: date
    by_name: str
    reason: str
    fate: Fate
    lifted: Lifted | None
    voucher: str
    voucher_id: str


def listing(book: Book) -> tuple[Veto, ...]:
    """Every no, the newest first: vetoes, and what finance staff sent back."""
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        made = []
        said = (*docs.rejections(connection), *docs.stops(connection, "refused"))
        for document_id, content_hash, day, stop in sorted(said, key=lambda one: -one[3].seq):
            document = docs.content_of(connection, document_id, content_hash)
            if document is not None:
                is_veto = stop.what == "rejected"
                lifted = lifted_after(connection, document_id, stop.seq) if is_veto else None
                fate, voucher = (_fate if is_veto else _sent_back)(connection, document_id, lifted)
                made.append(
                    Veto(
                        document,
                        day,
                        staff.name(stop.person_id),
                        stop.reason,
                        fate,
                        lifted,
                        f"{voucher.booked_on.isoformat()} {voucher.label}" if voucher else "",
                        voucher.id if voucher else "",
                    )
                )
        return tuple(made)


def _fate(connection: Connection, document_id: str, lifted: Lifted | None) -> tuple[Fate, Voucher | None]:
    posted = posted_vouchers.voucher_of_document(connection, document_id)
    if posted is not None:
        return Fate.PAID, posted
    if lifted is None:
        return Fate.STANDS, None
    return (Fate.WAITING if docs.is_waiting(connection, document_id) else Fate.LIFTED), None


def _sent_back(
    connection: Connection, document_id: str, _lifted: Lifted | None
) -> tuple[Fate, Voucher | None]:
    posted = posted_vouchers.voucher_of_document(connection, document_id)
    if posted is not None:
        return Fate.BOOKED, posted
    return (Fate.AGAIN if docs.is_waiting(connection, document_id) else Fate.REFUSED), None


# ---- lifting ----


def lift_by_resolution(book: Book, document_id: str, named: str, by: By) -> None:
    """Representatives (or a higher meeting) have decided that this document may be paid all the same.

    `named` is the number of the resolution, with its item (`NUMBER#2`) when it has several.
    Raises Refused: nothing to lift (AP-08), not recorded, does not count, names another document (AP-13, AP-14).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts, act = _act(connection, book, document_id, by)
        cited = Cited.read(named)
        known = resolution_facts.standing(connection, cited.number)
        if known and not cited.item:
            mine = (i.item.no for i in known.items if i.item.document == document_id)
            cited = replace(cited, item=next(mine, 0))
        where = act.document.summary if act.document else document_id
        draw = Draw(
            where,
            cited,
            known,
            by.day,
            own_fen=act.document.total_fen if act.document else 0,
            way=BY_RESOLUTION,
            matters=frozenset({Matter.VETO}),
            must_be_known=True,
            lifts=document_id,
        )
        told = ResolutionFacts(draws=(draw,), lifting=act)
        pass_or_refuse(replace(facts, resolutions=told), When.REGISTER)
        evidence = resolution_facts.minutes_of(connection, cited.number)
        data = _data(act, BY_RESOLUTION, cited, evidence)
        writing.log("veto.lifted", data, new_id(), "documents", "resolutions")


def lift_by_township(
    book: Book,
    document_id: str,
    person_id: str,
    reference: str,
    decision: Attachment | None,
    on: date,
    by: By,
) -> None:
    """A township officer has decided. Raises Refused (AP-08): no officer on that day, no number or picture, nothing to lift."""
    with book.writing(by.actor, by.at) as writing:
        facts, act = _act(writing.connection, book, document_id, by)
        told = replace(
            act,
            on=on,
            person_id=person_id,
            reference=reference.strip(),
            evidence=decision.sha256 if decision else "",
            by_township=True,
        )
        pass_or_refuse(replace(facts, resolutions=ResolutionFacts(lifting=told)), When.REGISTER)
        data = _data(told, BY_TOWNSHIP, Cited(""), told.evidence)
        writing.log("veto.lifted", data, new_id(), "documents", "resolutions")


def _act(connection: Connection, book: Book, document_id: str, by: By) -> tuple[Facts, Lifting]:
    facts = gather.ground(connection, book.info, by.day)
    newest = next((r for r in docs.rejections(connection) if r[0] == document_id), None)
    document = docs.content_of(connection, document_id, newest[1]) if newest else None
    open_veto = document is not None and veto_facts.veto_stands(connection, document)
    return facts, Lifting(document, newest[2] if newest and open_veto else None, by.day)


def _data(act: Lifting, how: str, cited: Cited, evidence: str) -> dict[str, object]:
    if act.document is None:
        raise AssertionError("the gate lets nothing pass that was not rejected")
    return {
        "document_id": act.document.id,
        "how": how,
        "number": cited.number,
        "item": cited.item,
        "person_id": act.person_id,
        "reference": act.reference,
        "evidence": evidence,
        "lifted_on": act.on.isoformat(),
        "total_fen": act.document.total_fen,
        "party": act.document.party,
    }


def again(book: Book, document_id: str, by: By) -> documents.Outcome:
    """Send in again what was rejected, unchanged, once its veto is lifted. Raises Refused: the veto stands (AP-08)."""
    with book.reading() as connection:
        held = docs.submitted(connection, document_id)
    if held is None:
        raise refusal("AP-38", document_id, _("There is no such document."))
    return documents.submit(book, held.document, by)


# ---- the list ----


def table(book: Book) -> Table:
    """Every no with its reason and what became of it."""
    columns = (
        Column("day", _("Rejected on"), Shape.DAY, 9),
        Column("kind", _("Kind"), Shape.TEXT, 7),
        Column("summary", _("What for"), Shape.TEXT, 18),
        Column("party", _("With"), Shape.TEXT, 11),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("by", _("By whom"), Shape.TEXT, 8),
        Column("reason", _("Reason"), Shape.TEXT, 18),
        Column("fate", _("What became of it"), Shape.TEXT, 14),
        Column("lifted", _("Lifted by"), Shape.TEXT, 24),
        Column("voucher", _("Voucher"), Shape.TEXT, 12),
    )
    found = listing(book)
    rows = tuple(
        (
            v.rejected_on.isoformat(),
            kind_title(v.document.kind),
            v.document.summary,
            v.document.party,
            v.document.total_fen,
            v.by_name,
            v.reason,
            _(FATES[v.fate]),
            v.lifted.words if v.lifted else "",
            v.voucher,
        )
        for v in found
    )
    targets = tuple(f"register:vetoes/{v.document.id}" for v in found)
    return Table("vetoes", _("Rejected documents and vetoes"), "", columns, rows, 0, targets)
