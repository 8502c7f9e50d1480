"""Rail and air tickets as XBRL (电子凭证会计数据标准): matched by local names, whatever the date in the namespace.

Of the traveller only the name is read, to be held against those of the journey; the number stays in the file.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from villagebook.domain.invoice import Carrier, Invoice, InvoiceKind, Journey
from villagebook.exchange.invoices.trees import leaves
from villagebook.exchange.invoices.values import day, fen


def read_ticket(root: Element) -> Invoice | None:
    """None when the file is neither kind of ticket."""
    told: dict[str, str] = {}
    for name, value in leaves(root):
        told.setdefault(name, value)
    if "ElectronicInvoiceRailwayETicketNumber" in told:
        return _rail(told)
    if "ElectronicInvoiceAirTransportReceiptNumber" in told:
        return _air(told)
    return None


def _rail(told: dict[str, str]) -> Invoice:
    refund_fen = fen(told.get("AmountRefunded", ""))
    return Invoice(
        kind=InvoiceKind.RAIL,
        number=told["ElectronicInvoiceRailwayETicketNumber"],
        issued_on=day(told.get("DateOfIssue", "")),
        seller=told.get("IssueParty", ""),
        buyer=told.get("NameOfPurchaser", ""),
        buyer_id=told.get("UnifiedSocialCreditCodeOfPurchaser", ""),
        net_fen=fen(told.get("TotalAmountExcludingTax", "")),
        tax_fen=fen(told.get("TaxAmount", "")),
        total_fen=fen(told.get("Fare", "")),
        is_red=bool(refund_fen),
        red_of=told.get("NumberOfOriginalInvoice", ""),
        journey=Journey(
            told.get("DepartureStation", ""),
            told.get("DestinationStation", ""),
            day(told.get("TravelDate", "")),
            told.get("TrainNumber", ""),
            told.get("SeatLevel", ""),
            told.get("NameOfPassenger", ""),
        ),
        carrier=Carrier.XBRL,
    )


def _air(told: dict[str, str]) -> Invoice:
    charges = (fen(told.get(n, "")) or 0 for n in ("CivilAviationDevelopmentFund", "OtherTaxes"))
    fares = [fen(told.get(n, "")) for n in ("Fare", "FuelSurcharge")]
    return Invoice(
        kind=InvoiceKind.AIR,
        number=told["ElectronicInvoiceAirTransportReceiptNumber"],
        issued_on=day(told.get("IssueDate", "")),
        net_fen=sum(f or 0 for f in fares) if fares[0] is not None else None,
        tax_fen=fen(told.get("VatTaxAmount", "")),
        charges_fen=sum(charges),
        total_fen=fen(told.get("TotalAmount", "")),
        journey=Journey(
            told.get("DepartureStation", ""),
            told.get("DestinationStation", ""),
            day(told.get("CarrierDate", "") or told.get("TravelDate", "")),
            told.get("Flight", ""),
            passenger=told.get("NameOfPassenger", ""),
        ),
        carrier=Carrier.XBRL,
    )
