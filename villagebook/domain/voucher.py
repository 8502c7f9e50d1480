"""Vouchers: the double entry derived from a document.

Definitions. A *series* is (month, word). A voucher is *posted* when it has a number in its series.

Invariants. V1 debits equal credits and both are positive in total unless red. V2 numbers of a series are 1..n without gap,
given only under the write lock. V3 a posted voucher never changes; it is undone by a red one that names it, once.
V4 a line on a money account names its place; no other line does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.link import Link, links_from_data
from villagebook.domain.period import Period


class DocKind(StrEnum):
    """The four doors. Money in and money out are separate documents with separate series of numbers."""

    RECEIPT = "receipt"
    PAYMENT = "payment"
    TRANSFER = "transfer"
    ADJUSTMENT = "adjustment"


WORDS = {
    DocKind.RECEIPT: "收",
    DocKind.PAYMENT: "付",
    DocKind.TRANSFER: "转",
    DocKind.ADJUSTMENT: "转",
}
"""Voucher words (凭证字) of the series; imported history keeps its own."""

DEFAULT_WORD = "记"


class Origin(StrEnum):
    """Where a posted voucher comes from; IMPORT is history taken in, exempt from signatures and receipt books."""

    NATIVE = "native"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One entry of a voucher; exactly one of the two amounts is not zero, negative when red.

    `links` say which entries of registers it belongs to.
    """

    account: str
    debit_fen: int
    credit_fen: int
    summary: str
    place: str = ""
    party: str = ""
    project: str = ""
    links: tuple[Link, ...] = ()

    def to_data(self) -> list[Any]:
        """Compact form in events: [account, debit, credit, summary, place, party, project], then links if any."""
        return [
            self.account,
            self.debit_fen,
            self.credit_fen,
            self.summary,
            self.place,
            self.party,
            self.project,
            *([[link.to_data() for link in self.links]] if self.links else []),
        ]

    @classmethod
    def from_data(cls, data: list[Any]) -> VoucherLine:
        bare = cls(*data[:7])
        return replace(bare, links=links_from_data(data[7])) if len(data) > 7 else bare

    def red(self) -> VoucherLine:
        return replace(self, debit_fen=-self.debit_fen, credit_fen=-self.credit_fen)


@dataclass(frozen=True, slots=True)
class Voucher:
    """A posted voucher.

    Attributes:
        id: draft id of the act that posted it.
        paper_count: attached source documents (附单据数).
        paper_no: number of the receipt, cheque, invoice or advice behind it, "" when there is none.
        reverses: id of the voucher this red one undoes, "" otherwise.
        corrects: id of the wrong voucher this one stands for or sets right, "" otherwise.
        places_inferred: the file named no money places, so the two lines cannot be told apart here.
    """

    id: str
    kind: DocKind
    word: str
    number: int
    booked_on: date
    summary: str
    lines: tuple[VoucherLine, ...]
    party: str = ""
    paper_count: int = 0
    origin: Origin = Origin.NATIVE
    document_id: str = ""
    reverses: str = ""
    paper_no: str = ""
    places_inferred: bool = False
    corrects: str = ""

    @property
    def is_automatic(self) -> bool:
        """Posted by the program itself: carrying, year end, a balance moved to a sub-account."""
        return self.origin is Origin.NATIVE and not self.document_id and not self.reverses

    @property
    def period(self) -> Period:
        return Period.of(self.booked_on)

    @property
    def total_fen(self) -> int:
        """Sum of the debits, negative when red."""
        return sum(line.debit_fen for line in self.lines)

    @property
    def label(self) -> str:
        """As people say it: 付-0007."""
        return voucher_label(self.word, self.number)


def voucher_label(word: str, number: int) -> str:
    return f"{word}-{number:04d}"


def imbalance_fen(lines: tuple[VoucherLine, ...]) -> int:
    """Debits minus credits; 0 when the voucher balances."""
    return sum(line.debit_fen - line.credit_fen for line in lines)
