"""Receipt books and the takings they vouch for (R1, R2, R5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """A book of numbered receipts handed to a custodian; numbers are printed with `width` digits."""

    id: str
    kind: str
    first: int
    last: int
    width: int
    custodian: str
    issued_on: date

    def number_text(self, number: int) -> str:
        return f"{number:0{self.width}d}"

    def holds(self, text: str) -> bool:
        """True when this receipt number was printed in this book."""
        return (
            text.isascii()
            and text.isdigit()
            and len(text) == self.width
            and self.first <= int(text) <= self.last
        )


@dataclass(frozen=True, slots=True)
class Takings:
    """A posted cash receipt that no deposit slip has taken to the bank yet."""

    document_id: str
    receipt_no: str
    received_on: date
    party: str
    amount_fen: int
    place: str
