"""代发: the bank's file made of a paid list, the bank's answer read back and held against it, failed rows booked back.

Numbers of accounts come from a table the village keeps outside the book, go into the bank's file, and are kept nowhere else.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.bank_batch import (
    Batch,
    BatchLayout,
    BatchRow,
    MoneyBack,
    ReturnLine,
    answered_file,
    assign,
    digits_of,
    hold_against,
    seal_of,
)
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import stopping
from villagebook.domain.folding import folded
from villagebook.domain.pay_list import PayList
from villagebook.domain.pay_list_proof import ListProof, Outcome, ProofKind, RowResult
from villagebook.exchange.bank_batch import parse_accounts, parse_return
from villagebook.exchange.tables import read_rows, sheet_from_bytes
from villagebook.i18n import _, language, why
from villagebook.rules.bank_batch_facts import (
    BackFacts,
    BankBatchFacts,
    BatchFacts,
    PayeeCheck,
    ReturnFacts,
)
from villagebook.rules.pay_list_facts import ListFacts
from villagebook.rules.rule import When
from villagebook.services.approvals import list_standings, pay_lists
from villagebook.services.book_file.opening import in_file
from villagebook.services.by import By, new_id
from villagebook.services.files import keep_file
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import batch_facts
from villagebook.services.gathering import facts as gather
from villagebook.storage import pay_lists as store
from villagebook.storage import registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class MadeFile:
    """The bank's file: what to call it, its bytes, how many are paid by it and how much."""

    name: str
    data: bytes
    people: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a list is with the bank: files made of it, what is open, vouchers by which failed money came back."""

    batches: tuple[Batch, ...]
    open: tuple[RowResult, ...]
    back: tuple[MoneyBack, ...]

    @property
    def failed(self) -> tuple[int, ...]:
        return tuple(r.no for r in self.open if r.outcome is Outcome.FAILED)


def layouts() -> tuple[BatchLayout, ...]:
    """The layouts that are known, in the order of their file."""
    return tuple(BatchLayout.from_data(one) for one in _resource()["layouts"])


def layout_title(layout: BatchLayout) -> str:
    return layout.title_zh if language().startswith("zh") else layout.title


@cache
def _resource() -> dict[str, Any]:
    path = paths.resource("banking", "batch_layouts.json")
    made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return made


def standing(book: Book, code: str) -> Standing:
    """Raises Refused: no such list."""
    found = list_standings.needed(book, code)
    with book.reading() as connection:
        return _standing(connection, found)


def _standing(connection: Connection, found: PayList) -> Standing:
    content_hash = found.content_hash()
    return Standing(
        store.batches(connection, found.code, content_hash),
        batch_facts.rows_open(connection, found),
        store.money_back(connection, found.code, content_hash),
    )


def left_open(book: Book, day: date) -> int:
    """How many lists that were paid by a day still want something: a proof, or a word about some rows."""
    with book.reading() as connection:
        return len(batch_facts.open_lists(connection, day))


def make(book: Book, code: str, accounts: Path, layout_code: str, by: By) -> MadeFile:
    """The bank's file of a list: of everybody, or after an answer of those the bank could not pay.

    Raises Refused with everything at once (LST-13, LST-14), KnownError for a table that cannot be read.
    """
    known, said = parse_accounts(read_rows(accounts))
    if stopping(said):
        raise Refused(in_file(stopping(said), accounts.name))
    layout = next((one for one in layouts() if one.code == layout_code), None)
    if layout is None:
        raise KnownError(_("There is no layout {code}.").format(code=layout_code), _("Choose another one."))
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        found = list_standings.needed_in(connection, code)
        stands = _standing(connection, found)
        answered = _answered(connection, found)
        nos = stands.failed if answered else tuple(range(1, len(found.rows) + 1))
        rows = assign(found, nos, known)
        data, unwritable = _render(layout, rows, found.title)
        paid = next((n for n in store.naming(connection, "pay_list", code) if n.voucher_id), None)
        ground = gather.ground(connection, book.info, by.day)
        subject = BatchFacts(
            _checks(rows),
            sum(row.row.amount_fen for row in rows),
            paid.total_fen if paid else None,
            paid is not None and store.inflow(connection, paid.voucher_id) is None,
            answered,
            frozenset(stands.failed),
            unwritable,
        )
        pass_or_refuse(replace(ground, batches=BankBatchFacts(found, batch=subject)), When.REGISTER)
        salt = secrets.token_hex(16)
        body: dict[str, object] = {
            "code": code,
            "content_hash": found.content_hash(),
            "layout": layout.code,
            "made_on": by.day.isoformat(),
            "total_fen": subject.total_fen,
            "rows": list(nos),
            "salt": salt,
            "seal": seal_of(((row.no, row.number) for row in rows), salt),
        }
        writing.log("paylist.batched", body, new_id(), *pay_lists.TOPICS)
        name = f"{code}-{len(stands.batches) + 1}.{layout.format.value}"
        return MadeFile(name, data, len(rows), subject.total_fen)


def _answered(connection: Connection, found: PayList) -> bool:
    proofs = store.proofs(connection, found.code, found.content_hash())
    return any(p.kind is ProofKind.BANK_RETURN for p in proofs)


def _render(layout: BatchLayout, rows: tuple[BatchRow, ...], purpose: str) -> tuple[bytes, str]:
    """The file, and the first character its encoding cannot write."""
    from villagebook.reports.bank_batch import render_batch

    try:
        return render_batch(layout, rows, purpose), ""
    except UnicodeEncodeError as error:
        return b"", error.object[error.start : error.start + 1]


def _checks(rows: tuple[BatchRow, ...]) -> tuple[PayeeCheck, ...]:
    """No number leaves this function: only whether there is one, and who has the same."""
    held: dict[str, BatchRow] = {}
    made = []
    for row in rows:
        number = digits_of(row.number)
        first = held.setdefault(number, row) if number else row
        other = first if first is not row and not _same_payee(first, row) else None
        made.append(
            PayeeCheck(row.no, row.row.name, row.holder, bool(number), other.row.name if other else "")
        )
    return tuple(made)


def _same_payee(one: BatchRow, other: BatchRow) -> bool:
    """One person may stand in a list twice, for different land; two of one name in two households are two."""
    return folded(one.row.name) == folded(other.row.name) and one.row.household == other.row.household


def take_return(book: Book, code: str, file: Path, returned_on: date, by: By) -> ListProof:
    """Read the bank's answer to the newest file it fits, hold it against the list row by row, and keep both.

    What differs is kept as it is and stays open (LST-16). Raises Refused: LST-11, LST-15, or a table that cannot be read,
    with every bad row.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        text = _("{path} cannot be read: {why}.")
        raise KnownError(text.format(path=file.name, why=why(error))) from None
    words = _resource()
    lines, said = parse_return(
        sheet_from_bytes(data, file.name), frozenset(words["paid"]), frozenset(words["failed"])
    )
    if stopping(said):
        raise Refused(in_file(stopping(said), file.name))
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        found = list_standings.needed_in(connection, code)
        made = store.batches(connection, code, found.content_hash())
        file_no = answered_file(found, made, lines)
        sent = made[file_no - 1] if file_no else None
        results, told = hold_against(found, sent.rows if sent else (), lines)
        paper = keep_file(connection, data, "application/octet-stream", file.name)
        proof = ListProof(
            code,
            found.content_hash(),
            ProofKind.BANK_RETURN,
            returned_on,
            (paper,),
            tuple(r.no for r in results if r.outcome is Outcome.FAILED),
            results,
            _accounts(sent, told) if sent else "",
            file_no,
        )
        facts = gather.ground(connection, book.info, by.day)
        answer = ReturnFacts(sent, returned_on, len(told))
        pass_or_refuse(
            replace(
                facts,
                lists=ListFacts(subject=found, proof=proof),
                batches=BankBatchFacts(found, answer=answer),
            ),
            When.REGISTER,
        )
        pay_lists.log_proof(writing, proof)
        return proof


def _accounts(batch: Batch, told: dict[int, ReturnLine]) -> str:
    """Whether the bank paid into the accounts the file named: "", "other", or "hidden" where its answer does not tell."""
    numbers = {no: digits_of(line.number) for no, line in told.items()}
    if set(numbers) != set(batch.rows) or not all(n.isascii() and n.isdigit() for n in numbers.values()):
        return "hidden"
    return "" if seal_of(numbers.items(), batch.salt) == batch.seal else "other"


def vouchers_back(book: Book, code: str) -> tuple[store.Inflow, ...]:
    """Vouchers that bring exactly what the bank could not pay into a bank account, since its answer, are no takings and stand
    for no other rows; the newest first."""
    found = list_standings.needed(book, code)
    with book.reading() as connection:
        stands = _standing(connection, found)
        owed_fen = sum(found.rows[no - 1].amount_fen for no in stands.failed)
        since = _answered_on(connection, found)
        chart = registry.read_chart(connection)
        came = store.inflows(connection, owed_fen, since) if owed_fen and since else ()
        return tuple(
            c for c in came if not _is_taking(chart, c) and not store.is_money_back(connection, c.voucher_id)
        )


def _is_taking(chart: Chart, came: store.Inflow) -> bool:
    known = [chart.get(code) for code in came.accounts]
    return any(account and (account.is_income or account.is_money) for account in known)


def _answered_on(connection: Connection, found: PayList) -> date | None:
    proofs = store.proofs(connection, found.code, found.content_hash())
    return min((p.shown_on for p in proofs if p.kind is ProofKind.BANK_RETURN and p.failed), default=None)


def book_back(book: Book, code: str, voucher_id: str, by: By, rows: Iterable[int] = ()) -> None:
    """Say which voucher booked the money of failed rows back; `rows` empty: of all. Raises Refused (LST-17)."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        found = list_standings.needed_in(connection, code)
        stands = _standing(connection, found)
        wanted = tuple(sorted(set(rows))) or stands.failed
        came = store.inflow(connection, voucher_id)
        owed_fen = sum(found.rows[no - 1].amount_fen for no in wanted if 1 <= no <= len(found.rows))
        facts = gather.ground(connection, book.info, by.day)
        back = BackFacts(
            wanted,
            owed_fen,
            frozenset(stands.failed),
            came.label if came else voucher_id[:8],
            came.came_fen if came else None,
            came.booked_on if came else None,
            _answered_on(connection, found),
            store.is_money_back(connection, voucher_id),
            came is not None and _is_taking(facts.chart, came),
        )
        pass_or_refuse(replace(facts, batches=BankBatchFacts(found, back=back)), When.REGISTER)
        body: dict[str, object] = {
            "code": code,
            "content_hash": found.content_hash(),
            "rows": list(wanted),
            "voucher_id": voucher_id,
        }
        writing.log("paylist.back", body, new_id(), *pay_lists.TOPICS)
