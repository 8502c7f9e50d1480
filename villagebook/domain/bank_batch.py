"""代发: the file by which the bank pays a list, and what its answer says of every row (AP18, X4).

Numbers of accounts pass through these values on their way into the bank's file; they have no place in the book. Of a file
that was made the book keeps a seal over all of them, so that the answer shows whether the bank was sent the same ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.pay_list import PayList, PayRow, plain_name
from villagebook.domain.pay_list_proof import ListProof, Outcome, RowResult, row_words

ROUNDS = 100_000
"""A seal over a single account must not be found again by trying numbers."""


@dataclass(frozen=True, slots=True)
class PayeeAccount:
    """A line of the village's own table of accounts; `household` "" where the name alone tells."""

    name: str
    household: str
    holder: str
    number: str
    bank: str = ""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One payee of a file: the row `no` of the list with the account its money goes to; texts are "" where none is known."""

    no: int
    row: PayRow
    holder: str = ""
    number: str = ""
    bank: str = ""


class BatchFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


FIELDS = frozenset({"no", "name", "household", "holder", "account", "bank", "yuan", "fen", "purpose"})


@dataclass(frozen=True, slots=True)
class BatchLayout:
    """How a bank wants the file: columns are (heading, field); `encoding` and `delimiter` are of CSV only."""

    code: str
    title: str
    title_zh: str
    format: BatchFormat
    columns: tuple[tuple[str, str], ...]
    header: bool = True
    encoding: str = "utf-8-sig"
    delimiter: str = ","

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> BatchLayout:
        """Raises KeyError, TypeError or ValueError when the data is no layout."""
        columns = tuple((str(heading), str(field)) for heading, field in data["columns"])
        unknown = {field for _heading, field in columns} - FIELDS
        if unknown or not {"account", "holder"} <= {field for _heading, field in columns}:
            raise ValueError(data["code"])
        return cls(**{**data, "format": BatchFormat(data["format"]), "columns": columns})


@dataclass(frozen=True, slots=True)
class Batch:
    """A file that was made of one content of a list: which rows, what they come to, and the seal over their accounts."""

    code: str
    content_hash: str
    layout: str
    made_on: date
    total_fen: int
    rows: tuple[int, ...]
    salt: str
    seal: str


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A row of the bank's answer. `no` None where it has no number; `number` "" or starred where it hides the account."""

    no: int | None
    holder: str
    number: str
    amount_fen: int
    paid: bool
    reason: str = ""


def assign(found: PayList, nos: Iterable[int], accounts: Sequence[PayeeAccount]) -> tuple[BatchRow, ...]:
    """The rows of a list with their accounts: by household and name, by the name alone where it is the only one."""
    made = []
    for no in nos:
        row = found.rows[no - 1]
        named = [a for a in accounts if plain_name(a.name) == row.person]
        exact = [a for a in named if row.household and a.household == row.household]
        loose = [a for a in named if not (row.household and a.household)]
        fits = exact or loose
        one = fits[0] if len(fits) == 1 else None
        made.append(BatchRow(no, row, one.holder, one.number, one.bank) if one else BatchRow(no, row))
    return tuple(made)


def seal_of(numbers: Iterable[tuple[int, str]], salt: str) -> str:
    """Over the accounts in the order of their rows, hex; the same for the file that was made and an honest answer to it."""
    text = "\n".join(f"{no}:{digits_of(number)}" for no, number in sorted(numbers))
    return hashlib.pbkdf2_hmac("sha256", text.encode(), salt.encode(), ROUNDS).hex()


def digits_of(number: str) -> str:
    return "".join(number.split()).replace("-", "")


def hold_against(
    found: PayList, nos: Sequence[int], lines: Sequence[ReturnLine]
) -> tuple[tuple[RowResult, ...], dict[int, ReturnLine]]:
    """Row by row: what became of the rows a file was made of; and which line of the answer speaks of which row.

    A line is of the row whose number it bears when the name fits too, else of the first row of the name still open, one of
    the same amount before others.
    """
    left = list(nos)
    told: dict[int, ReturnLine] = {}
    results: list[RowResult] = []
    for line in sorted(lines, key=lambda one: one.no is None):
        no = _row_of(found, left, line)
        if no is None and not line.paid:
            continue  # nobody the file named, and nothing was paid
        if no is None:
            results.append(RowResult(0, Outcome.UNKNOWN, line.amount_fen, line.reason, line.holder))
            continue
        left.remove(no)
        told[no] = line
        due_fen = found.rows[no - 1].amount_fen
        if not line.paid:
            results.append(RowResult(no, Outcome.FAILED, reason=line.reason))
        elif line.amount_fen != due_fen:
            results.append(RowResult(no, Outcome.OTHER_AMOUNT, line.amount_fen, line.reason))
        else:
            results.append(RowResult(no, Outcome.PAID, line.amount_fen))
    results += [RowResult(no, Outcome.MISSING) for no in left]
    return tuple(sorted(results, key=lambda r: (r.no == 0, r.no))), told


def answered_file(found: PayList, made: Sequence[Batch], lines: Sequence[ReturnLine]) -> int:
    """Which of the files, from 1, an answer speaks of: the newest it answers row by row and nothing else, else the newest
    of all; 0 when none was made."""
    for file_no in range(len(made), 0, -1):
        results, _told = hold_against(found, made[file_no - 1].rows, lines)
        if not any(r.outcome in (Outcome.MISSING, Outcome.UNKNOWN) for r in results):
            return file_no
    return len(made)


def _row_of(found: PayList, left: Sequence[int], line: ReturnLine) -> int | None:
    def is_of(no: int) -> bool:
        return found.rows[no - 1].person == plain_name(line.holder)

    if line.no is not None and line.no in left and is_of(line.no):
        return line.no
    named = [no for no in left if is_of(no)]
    same = [no for no in named if found.rows[no - 1].amount_fen == line.amount_fen]
    return next(iter((*same, *named)), None)


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """Rows whose money came back: the voucher that booked it."""

    code: str
    content_hash: str
    rows: tuple[int, ...]
    voucher_id: str
    label: str = ""


def open_rows(
    found: PayList, batches: Sequence[Batch], proofs: Sequence[ListProof], back: Sequence[MoneyBack]
) -> Iterator[RowResult]:
    """What still wants doing about a list of which files were made: the newest word about each row, unless it is paid or
    its money is booked back; and everybody the bank paid whom the file did not name."""
    yield from _strangers(proofs)
    sent = {no: RowResult(no, Outcome.MISSING) for batch in batches for no in batch.rows}
    booked = {no for one in back for no in one.rows}
    for no, result in sorted((sent | row_words(proofs)).items()):
        if result.outcome is not Outcome.PAID and no not in booked and no <= len(found.rows):
            yield result


def _strangers(proofs: Sequence[ListProof]) -> Iterator[RowResult]:
    """An answer that speaks of every row of its file takes the place of the answers before it."""
    whole: set[int] = set()
    for proof in reversed(proofs):
        if proof.file_no not in whole:
            yield from (result for result in proof.results if not result.no)
        if proof.is_whole:
            whole.add(proof.file_no)


def other_accounts(proofs: Sequence[ListProof]) -> bool:
    """The bank paid into other accounts than one of the files named; an answer that hides them takes nothing back."""
    newest = {p.file_no: p.accounts for p in proofs if p.results and p.accounts != "hidden"}
    return "other" in newest.values()
