"""What became of a list with payees: shown, paid, proven row by row by a signed sheet or the bank's answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.document import Attachment
from villagebook.domain.pay_list import PayList


class Outcome(StrEnum):
    """What became of a row at the bank. OTHER_AMOUNT: paid, but not what the list says; MISSING: the answer does not speak
    of it; UNKNOWN: the answer speaks of somebody the file did not name."""

    PAID = "paid"
    FAILED = "failed"
    OTHER_AMOUNT = "other-amount"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RowResult:
    """What the bank's answer says of a row of the list; `no` 0 for somebody it does not hold, told by `name`."""

    no: int
    outcome: Outcome
    amount_fen: int = 0
    reason: str = ""
    name: str = ""

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"no": self.no, "outcome": self.outcome.value}
        rest = {"amount_fen": self.amount_fen, "reason": self.reason, "name": self.name}
        return {**data, **{k: v for k, v in rest.items() if v}}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> RowResult:
        """Raises KeyError, TypeError or ValueError when the data is no result."""
        return cls(**{**data, "outcome": Outcome(data["outcome"])})


class ProofKind(StrEnum):
    """How it is shown that everybody got theirs: the sheet they signed, or the file the bank sent back."""

    SIGNATURES = "signatures"
    BANK_RETURN = "bank-return"


@dataclass(frozen=True, slots=True)
class ListProof:
    """Proof of one content of a list; `failed` are the numbers of rows the bank could not pay, from 1.

    `results` is what a file of the bank says row by row, empty where somebody only looked at a paper; `accounts` is
    "other" where the bank paid into other accounts than the file named, "hidden" where its file does not tell.
    `file_no` says which of the files made of the content was answered, from 1; 0 where somebody only looked at a paper.
    """

    code: str
    content_hash: str
    kind: ProofKind
    shown_on: date
    papers: tuple[Attachment, ...]
    failed: tuple[int, ...] = ()
    results: tuple[RowResult, ...] = ()
    accounts: str = ""
    file_no: int = 0

    @property
    def is_whole(self) -> bool:
        """The bank's file speaks of every row it was sent."""
        return bool(self.results) and all(r.outcome is not Outcome.MISSING for r in self.results)


def row_words(proofs: Iterable[ListProof]) -> dict[int, RowResult]:
    """What counts of the bank's answers, in the order they came, by number of the row.

    The newest word about the newest file. An answer that is silent about a row takes back nothing an answer to the same file
    said; a paper somebody looked at, which names nobody, takes back what such papers said before.
    """
    told: dict[int, tuple[ListProof, int, RowResult]] = {}
    newest = 0
    for proof in proofs:
        if proof.kind is not ProofKind.BANK_RETURN:
            continue
        newest = max(newest, proof.file_no)
        file_no = proof.file_no or newest
        if not proof.results and not proof.failed:
            told = {no: word for no, word in told.items() if word[0].results}
        for result in proof.results or tuple(RowResult(no, Outcome.FAILED) for no in proof.failed):
            before = told.get(result.no)
            silent = result.outcome is Outcome.MISSING
            if result.no and (before is None or before[1] < file_no or (before[1] == file_no and not silent)):
                told[result.no] = (proof, file_no, result)
    return {no: result for no, (_proof, _file, result) in told.items()}


def failed_rows(proofs: Iterable[ListProof]) -> frozenset[int]:
    """Numbers of rows the bank could not pay, by its newest word."""
    return frozenset(no for no, word in row_words(proofs).items() if word.outcome is Outcome.FAILED)


def everybody_got(proofs: Sequence[ListProof]) -> bool:
    """Something shows that everybody got theirs, and nothing says of a row that it is not so."""
    return bool(proofs) and all(word.outcome is Outcome.PAID for word in row_words(proofs).values())


@dataclass(frozen=True, slots=True)
class ListShown:
    """The roster of X4 hung up for everybody: where, and since when."""

    code: str
    content_hash: str
    place: str
    shown_on: date
    papers: tuple[Attachment, ...] = ()


class ListState(StrEnum):
    """How far a list is. PROVEN: paid, and shown that everybody got theirs."""

    ENTERED = "entered"
    REVIEWED = "reviewed"
    SHOWN = "shown"
    WAITING = "waiting"
    PAID = "paid"
    PROVEN = "proven"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PaidList:
    """A list with the live voucher that paid it."""

    content: PayList
    voucher_id: str
    label: str
    booked_on: date
    proofs: tuple[ListProof, ...] = ()

    @property
    def failed(self) -> frozenset[int]:
        """Numbers of rows the bank could not pay; what was paid anew is none of them."""
        return failed_rows(self.proofs)

    @property
    def is_proven(self) -> bool:
        return everybody_got(self.proofs)
