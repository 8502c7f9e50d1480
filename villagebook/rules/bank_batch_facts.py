"""What the rules about 代发 look at. No number of an account is among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.bank_batch import Batch
from villagebook.domain.pay_list import PayList
from villagebook.domain.pay_list_proof import RowResult


@dataclass(frozen=True, slots=True)
class PayeeCheck:
    """A row of the file: `holder` is the name on the account, "" where none is known; `shared_with` another payee whose
    account has the same number."""

    no: int
    name: str
    holder: str
    has_number: bool
    shared_with: str = ""


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A file about to be made. `paid_fen` is None while no voucher paid the list; `answered`: a return was read already;
    `failed` rows it could not pay."""

    rows: tuple[PayeeCheck, ...]
    total_fen: int
    paid_fen: int | None
    cash: bool
    answered: bool
    failed: frozenset[int]
    unwritable: str = ""


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """An answer about to be kept; `known` lines of it speak of rows of the file."""

    batch: Batch | None
    returned_on: date
    known: int


@dataclass(frozen=True, slots=True)
class BackFacts:
    """Rows whose money is said to be booked back by a voucher; `label` is what was typed.

    `came_fen` is what the voucher brings into a bank account, None when the book holds no such voucher that counts;
    `is_taking` says that it books income, or cash that is carried to the bank.
    """

    rows: tuple[int, ...]
    owed_fen: int
    open_rows: frozenset[int]
    label: str
    came_fen: int | None
    booked_on: date | None
    answered_on: date | None
    used: bool = False
    is_taking: bool = False


@dataclass(frozen=True, slots=True)
class UnansweredList:
    """A list a voucher paid, of which something is open: nothing shows yet that it arrived (`unproven`), or rows are."""

    content: PayList
    label: str
    booked_on: date
    unproven: bool
    by_bank: bool
    rows: tuple[RowResult, ...] = ()
    other_accounts: bool = False


@dataclass(frozen=True, slots=True)
class BankBatchFacts:
    """What is made, read or booked of a list (`subject`); at the end of a month what is `open`."""

    subject: PayList | None = None
    batch: BatchFacts | None = None
    answer: ReturnFacts | None = None
    back: BackFacts | None = None
    open: tuple[UnansweredList, ...] = ()


NO_BATCH = BankBatchFacts()
