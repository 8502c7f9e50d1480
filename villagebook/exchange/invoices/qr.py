"""The text in the QR code of an invoice: split by commas, never searched for "a long number" (interfaces.md 4.3)."""

from __future__ import annotations

from villagebook.domain.invoice import Carrier, Invoice, InvoiceKind
from villagebook.domain.invoice_checks import kind_of_number
from villagebook.exchange.invoices.values import day, fen

_DIGITAL = frozenset({"31", "32"})
_KINDS = {"01": InvoiceKind.VAT_SPECIAL, "04": InvoiceKind.VAT_ORDINARY, "10": InvoiceKind.VAT_E_ORDINARY}


def read_invoice_code(written: str) -> Invoice | None:
    """What the code says, None when it is no invoice's. On older kinds the amount is without tax, so no total is taken."""
    parts = [p.strip() for p in written.split(",")]
    if len(parts) < 6 or parts[0] != "01" or not (parts[1].isdigit() and len(parts[1]) == 2):
        return None
    kind = InvoiceKind.DIGITAL if parts[1] in _DIGITAL else _KINDS.get(parts[1])
    kind = kind or kind_of_number(parts[2], parts[3])
    issued_on = day(parts[5])
    if kind is None or not parts[3].isdigit() or issued_on is None:
        return None
    amount_fen = fen(parts[4])
    digital = kind is InvoiceKind.DIGITAL
    return Invoice(
        kind=kind,
        number=parts[3],
        code=parts[2],
        issued_on=issued_on,
        net_fen=None if digital else amount_fen,
        total_fen=amount_fen if digital else None,
        is_red=bool(amount_fen is not None and amount_fen < 0),
        check_code=parts[6] if len(parts) > 6 else "",
        carrier=Carrier.QR,
    )
