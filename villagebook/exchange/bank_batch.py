"""Tables about 代发: the village's own accounts of payees (layout `payee-accounts`) and the bank's answer (`batch-return`).

What cannot be read is told without the cell: numbers of accounts stand in no message.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from villagebook.domain.bank_batch import PayeeAccount, ReturnLine, digits_of
from villagebook.domain.finding import Finding, stopping
from villagebook.exchange.bank_cells import spoilt_by_excel
from villagebook.exchange.cells import Cells, Unreadable, clean_text, read_amount
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import BATCH_RETURN, PAYEE_ACCOUNTS, locate
from villagebook.exchange.tables import Sheet

_NUMBER = re.compile(r"\d{8,32}")
_SHOWN = 20


def parse_accounts(sheet: Sheet) -> tuple[tuple[PayeeAccount, ...], tuple[Finding, ...]]:
    """Every line, with empty cells as they are: what is missing is told beside the list. None with a finding that stops."""
    problems = Problems()
    located = locate(sheet, PAYEE_ACCOUNTS, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "name")
    raw = cells.texts("account")
    spoilt = bool(spoilt_by_excel(raw))

    def account(text: str) -> str:
        number = digits_of(text)
        if number and (spoilt or not _NUMBER.fullmatch(number)):
            raise Unreadable("IMP-100")
        return number

    numbers = cells.read("account", account)
    texts = [cells.texts(key) for key in ("name", "household", "holder", "bank")]
    made = tuple(
        PayeeAccount(name, household, holder, number or "", bank)
        for name, household, holder, bank, number in zip(*texts, numbers, strict=True)
    )
    findings = problems.findings()
    return (() if stopping(findings) else made), findings


def parse_return(
    sheet: Sheet, paid: Collection[str], failed: Collection[str]
) -> tuple[tuple[ReturnLine, ...], tuple[Finding, ...]]:
    """Every line of the answer; `paid` and `failed` are the bank's words. None with a finding that stops."""
    problems = Problems()
    located = locate(sheet, BATCH_RETURN, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "holder")

    def state(text: str) -> bool:
        word = text.strip().casefold()
        if word in paid or word in failed:
            return word in paid
        raise Unreadable("IMP-101", value=clean_text(text)[:_SHOWN])

    def amount(text: str) -> int:
        return read_amount(text)

    columns = zip(
        cells.read("no", _no),
        cells.texts("holder"),
        cells.texts("account"),
        cells.read("amount", amount),
        cells.read("state", state),
        cells.texts("reason"),
        strict=True,
    )
    made = tuple(
        ReturnLine(no, holder, number, amount_fen or 0, bool(is_paid), reason)
        for no, holder, number, amount_fen, is_paid, reason in columns
    )
    findings = problems.findings()
    return (() if stopping(findings) else made), findings


def _no(text: str) -> int | None:
    """A number that cannot be read tells nothing: the name then does."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
