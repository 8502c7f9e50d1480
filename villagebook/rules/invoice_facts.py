"""What the rules of invoices look at beside the document: the same and like invoices of all years, names, sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.booked_invoice import InvoiceCheck, KnownInvoice
from villagebook.domain.used_invoice import UsedElsewhere, UsedList


@dataclass(frozen=True, slots=True)
class TripFacts:
    """An approved journey, when the document names one: the seam to the register of travel requests (AP14).

    With it tickets are held against the journey; without it against the day the document says it happened.
    `travellers` are names; `nights` is what lodging may be paid for.
    """

    from_on: date
    to_on: date
    destination: str
    travellers: tuple[str, ...] = ()

    @property
    def nights(self) -> int:
        return (self.to_on - self.from_on).days


@dataclass(frozen=True, slots=True)
class Taking:
    """A list of numbers used elsewhere that is about to be taken in.

    Attributes:
        file: its name.
        township: what its signer calls itself, "" where nobody signed.
        told_by: who brought an unsigned list and answers for it.
        holds: None where nobody signed; else whether the signature fits.
        suite_known, trusted: of the seal; whether the book trusts its key today.
        taken_on: the day on which this very file was taken in before.
    """

    content: UsedList
    file: str
    township: str = ""
    told_by: str = ""
    holds: bool | None = None
    suite_known: bool = True
    trusted: bool = True
    signed_on: date | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """Parts that a gate does not need stay empty. Invoices of the document itself are never among the known ones.

    Attributes:
        used: invoices under the same number that hold it.
        like: under a number that differs by one digit or one swap, of the same day and total, or out of the same file.
        series: those of the same seller, or of the same code, with numbers or days nearby.
        originals: what red invoices of this document take back.
        reds: red invoices in the book that take back one of this document's.
        buyer_names, buyer_ids: what the village's invoices must carry.
        private: names of private persons of the village.
        close: name -> office holder, of office holders and the members of their households.
        owned: seller -> owner by the register of outside parties, where the owner is one of `close`.
        new_sellers: sellers of whom the book holds nothing yet.
        person_day_fen, person_month_fen: paid to the same private person by other documents, on that day and in that month.
        taken_back: booked invoices the township found to be taken back, for the close of a month.
        elsewhere: what lists say of this document's numbers: used by others.
        booked_elsewhere: booked invoices that lists name, too, for the close of a month and the review.
        taking: a list about to be taken in.
        checks: answers about to be entered; `numbers` are the keys the book knows of them.
    """

    used: tuple[KnownInvoice, ...] = ()
    like: tuple[KnownInvoice, ...] = ()
    series: tuple[KnownInvoice, ...] = ()
    originals: tuple[KnownInvoice, ...] = ()
    reds: tuple[KnownInvoice, ...] = ()
    buyer_names: tuple[str, ...] = ()
    buyer_ids: tuple[str, ...] = ()
    private: frozenset[str] = frozenset()
    close: Mapping[str, str] = field(default_factory=dict)
    owned: Mapping[str, str] = field(default_factory=dict)
    new_sellers: frozenset[str] = frozenset()
    person_day_fen: int = 0
    person_month_fen: int = 0
    taken_back: tuple[tuple[KnownInvoice, InvoiceCheck], ...] = ()
    elsewhere: tuple[UsedElsewhere, ...] = ()
    booked_elsewhere: tuple[tuple[KnownInvoice, UsedElsewhere], ...] = ()
    taking: Taking | None = None
    checks: tuple[InvoiceCheck, ...] = ()
    numbers: frozenset[str] = frozenset()
    trip: TripFacts | None = None


NO_INVOICES = InvoiceFacts()
