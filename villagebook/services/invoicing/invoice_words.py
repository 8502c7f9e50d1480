"""Invoices in people's words: kinds, what the book did with one, what the township found. Nothing is ever called verified."""

from __future__ import annotations

from villagebook.domain.booked_invoice import InvoiceCheck, InvoiceState, Result
from villagebook.domain.invoice import Carrier, InvoiceKind
from villagebook.i18n import N_, _

KINDS = {
    InvoiceKind.DIGITAL: N_("Digital invoice (20 figures)"),
    InvoiceKind.RAIL: N_("Rail e-ticket"),
    InvoiceKind.AIR: N_("Air e-ticket"),
    InvoiceKind.VAT_SPECIAL: N_("VAT special invoice (older)"),
    InvoiceKind.VAT_ORDINARY: N_("VAT ordinary invoice (older)"),
    InvoiceKind.VAT_E_ORDINARY: N_("VAT electronic ordinary invoice (older)"),
    InvoiceKind.FISCAL: N_("Fiscal e-note"),
    InvoiceKind.RAIL_PAPER: N_("Rail ticket on paper"),
    InvoiceKind.TICKET: N_("Bus or fixed-value ticket"),
}
_STATES = {
    InvoiceState.WAITING: N_("waiting"),
    InvoiceState.BOOKED: N_("booked"),
    InvoiceState.REVERSED: N_("free: reversed"),
    InvoiceState.FREED: N_("free: sent back"),
}
_RESULTS = {
    Result.UNASKED: N_("not asked at the tax site"),
    Result.AGREES: N_("agreed with the tax site"),
    Result.DIFFERS: N_("differed from the tax site"),
    Result.UNKNOWN: N_("unknown to the tax site"),
    Result.RED: N_("taken back in red"),
    Result.VOID: N_("void"),
}
_CARRIERS = {
    Carrier.TYPED: N_("typed from paper"),
    Carrier.QR: N_("code on the picture"),
    Carrier.OFD_CUSTOM: N_("head data of the OFD"),
    Carrier.OFD_TAGS: N_("tags of the OFD"),
    Carrier.XBRL: N_("data in the ticket's file"),
    Carrier.XML: N_("XML of the invoice"),
}


def kind_title(kind: InvoiceKind) -> str:
    return _(KINDS[kind])


def state_title(state: InvoiceState) -> str:
    return _(_STATES[state])


def result_title(result: Result) -> str:
    return _(_RESULTS[result])


def carrier_title(carrier: Carrier) -> str:
    return _(_CARRIERS[carrier])


def answer_of(check: InvoiceCheck | None) -> str:
    """What was found, by whom and when: an answer without its day would sound like a state."""
    if check is None:
        return result_title(Result.UNASKED)
    return _("{result} ({day}, {name})").format(
        result=result_title(check.result), day=check.checked_on.isoformat(), name=check.person
    )


def what_it_proves() -> str:
    """The one plain sentence that stands wherever invoices are shown."""
    return _(
        "Offline the book sees whether an invoice's number was used before and whether paper, code and file agree; "
        "whether the invoice is genuine only the tax site knows: the township asks there."
    )
