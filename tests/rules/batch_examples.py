"""Examples for 代发: the bank's file, its answer, and what came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from tests.rules.list_examples import LAND, Examples
from villagebook.domain.bank_batch import Batch
from villagebook.domain.pay_list_proof import Outcome, RowResult
from villagebook.rules.bank_batch_facts import (
    BackFacts,
    BankBatchFacts,
    BatchFacts,
    PayeeCheck,
    ReturnFacts,
    UnansweredList,
)
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

REGISTER, CLOSE = When.REGISTER, When.CLOSE
FEN = 300_000
PAYEE = PayeeCheck(1, "何老四", "何老四", True)
FILE = BatchFacts((PAYEE,), FEN, FEN, False, False, frozenset())
SENT = Batch("L1", "", "csv", date(2025, 3, 10), FEN, (1,), "", "")
ANSWER = ReturnFacts(SENT, date(2025, 3, 11), 1)
BACK = BackFacts((1,), FEN, frozenset({1}), "记-7", FEN, date(2025, 3, 12), date(2025, 3, 11))
OPEN = UnansweredList(LAND, "付-3", date(2025, 3, 10), unproven=False, by_bank=True)


def makes(**changes: Any) -> Facts:
    return f.ground(batches=BankBatchFacts(LAND, batch=replace(FILE, **changes)))


def pays_to(**changes: Any) -> Facts:
    return makes(rows=(replace(PAYEE, **changes),))


def answers(**changes: Any) -> Facts:
    return f.ground(batches=BankBatchFacts(LAND, answer=replace(ANSWER, **changes)))


def back(**changes: Any) -> Facts:
    return f.ground(batches=BankBatchFacts(LAND, back=replace(BACK, **changes)))


def closes(**changes: Any) -> Facts:
    return f.ground(batches=BankBatchFacts(open=(replace(OPEN, **changes),)))


def left(outcome: Outcome, no: int = 1) -> tuple[RowResult, ...]:
    return (RowResult(no, outcome, name="" if no else "孙悟空"),)


BATCH_EXAMPLES: Examples = {
    ("LST-13", REGISTER): (
        makes,
        lambda: makes(paid_fen=None),
        lambda: makes(paid_fen=FEN - 1),
        lambda: makes(cash=True),
        lambda: makes(rows=()),
        lambda: makes(answered=True),
        lambda: makes(unwritable="𠮷"),
    ),
    ("LST-14", REGISTER): (
        makes,
        lambda: pays_to(holder=""),
        lambda: pays_to(holder="何小妹"),
        lambda: pays_to(has_number=False),
        lambda: pays_to(shared_with="钱进"),
    ),
    ("LST-15", REGISTER): (
        answers,
        lambda: answers(batch=None),
        lambda: answers(returned_on=date(2025, 3, 9)),
        lambda: answers(known=0),
    ),
    ("LST-16", CLOSE): (
        closes,
        lambda: closes(unproven=True),
        lambda: closes(unproven=True, by_bank=False),
        lambda: closes(other_accounts=True),
        lambda: closes(rows=left(Outcome.FAILED)),
        lambda: closes(rows=left(Outcome.OTHER_AMOUNT)),
        lambda: closes(rows=left(Outcome.MISSING)),
        lambda: closes(rows=left(Outcome.UNKNOWN, 0)),
    ),
    ("LST-17", REGISTER): (
        back,
        lambda: back(rows=()),
        lambda: back(open_rows=frozenset({2})),
        lambda: back(came_fen=None),
        lambda: back(came_fen=FEN - 1),
        lambda: back(used=True),
        lambda: back(is_taking=True),
        lambda: back(booked_on=date(2025, 3, 10)),
    ),
}
