"""Gathering what the rules about 代发 look at: what is open about lists that were paid."""

from __future__ import annotations

from datetime import date

from villagebook.domain.bank_batch import open_rows, other_accounts
from villagebook.domain.pay_list import TO_HOUSEHOLDS, PayList
from villagebook.domain.pay_list_proof import PaidList, ProofKind, RowResult
from villagebook.rules.bank_batch_facts import BankBatchFacts, UnansweredList
from villagebook.storage import pay_lists as store
from villagebook.storage.engine import Connection


def for_month(connection: Connection, day: date) -> BankBatchFacts:
    """What is open about lists that were paid by a day."""
    return BankBatchFacts(open=open_lists(connection, day))


def open_lists(connection: Connection, day: date) -> tuple[UnansweredList, ...]:
    """Lists paid by a day of which nothing shows that everybody got theirs, or of which the bank's answer leaves rows open."""
    found = (_open(connection, paid) for paid in store.paid_lists(connection, date.min, day))
    return tuple(one for one in found if one.unproven or one.rows or one.other_accounts)


def _open(connection: Connection, paid: PaidList) -> UnansweredList:
    content, proofs = paid.content, paid.proofs
    made = store.batches(connection, content.code, content.content_hash())
    by_bank = bool(made) or content.kind in TO_HOUSEHOLDS
    answers = [p for p in proofs if p.kind is ProofKind.BANK_RETURN]
    rows = rows_open(connection, content) if answers else ()
    return UnansweredList(
        content,
        paid.label,
        paid.booked_on,
        unproven=not (answers if by_bank else proofs),
        by_bank=by_bank,
        rows=rows,
        other_accounts=other_accounts(answers),
    )


def rows_open(connection: Connection, content: PayList) -> tuple[RowResult, ...]:
    """What still wants doing about each row of a list the bank was asked to pay."""
    content_hash = content.content_hash()
    answers = [
        p for p in store.proofs(connection, content.code, content_hash) if p.kind is ProofKind.BANK_RETURN
    ]
    made = store.batches(connection, content.code, content_hash)
    back = store.money_back(connection, content.code, content_hash)
    return tuple(open_rows(content, made, answers, back))
