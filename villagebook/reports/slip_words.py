"""What the slip calls the kinds of documents and papers."""

from __future__ import annotations

from villagebook.domain.document import Document, Support
from villagebook.domain.resolution import Cited
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _

TITLES = {
    DocKind.RECEIPT: N_("Receipt slip"),
    DocKind.PAYMENT: N_("Payment approval slip"),
    DocKind.TRANSFER: N_("Transfer slip"),
    DocKind.ADJUSTMENT: N_("Adjustment slip"),
}

PARTIES = {
    DocKind.RECEIPT: N_("Received from"),
    DocKind.PAYMENT: N_("Paid to"),
}

PLACES = {
    DocKind.RECEIPT: N_("Into money place"),
    DocKind.PAYMENT: N_("From money place"),
}

SUPPORTS = {
    Support.INVOICE: N_("invoice"),
    Support.FISCAL_NOTE: N_("fiscal note"),
    Support.RECEIPT: N_("receipt"),
    Support.BANK_ADVICE: N_("bank advice"),
    Support.SIGNED_LIST: N_("signed list"),
    Support.PERSON_RECEIPT: N_("receipt written by a person"),
    Support.CONTRACT: N_("contract"),
    Support.MINUTES: N_("minutes"),
    Support.INTERNAL: N_("internal paper"),
    Support.IOU: N_("IOU"),
}


def particulars(document: Document, place: str, to_place: str, handler: str) -> list[tuple[str, str]]:
    """Label and value of everything that is not an item; those without a value are left out, but for who and where.

    The holder of the account is only worth a line when it is not the payee.
    """
    kind = document.kind
    pairs = []
    if kind in PARTIES:
        pairs += [(_(PARTIES[kind]), document.party), (_(PLACES[kind]), place)]
    elif kind is DocKind.TRANSFER:
        pairs += [(_("From money place"), place), (_("To money place"), to_place)]
    account = document.payee_account if document.payee_account != document.party else ""
    optional = (
        (_("Payee's account in the name of"), account),
        (_("Handler"), handler),
        (_("Receipt number"), document.receipt_no),
        (_("Day it happened"), document.event_on.isoformat() if document.event_on else ""),
        (_("Resolution"), _decided(document)),
    )
    return pairs + [pair for pair in optional if pair[1]]


def _decided(document: Document) -> str:
    """Number of the resolution, with the item that is meant."""
    cited = Cited.of(document.resolution, document.resolution_item)
    return (
        _("{number}, item {item}").format(number=cited.number, item=cited.item)
        if cited.item
        else cited.number
    )
