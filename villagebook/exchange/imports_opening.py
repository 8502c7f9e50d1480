"""The layout `opening`: what every account stood at when the book begins."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.account import Account, Chart
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.link import Link
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Place, Places
from villagebook.exchange.cells import Cells, Unreadable, account_reader, place_for, place_reader, read_amount
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import OPENING, locate
from villagebook.exchange.tables import Sheet


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """One opening balance; `place` for money accounts, else ""; exactly one of the amounts is not zero; `row` from 1."""

    account: str
    place: str
    party: str
    debit_fen: int
    credit_fen: int
    row: int
    links: tuple[Link, ...] = ()


def parse_opening(
    sheet: Sheet, chart: Chart, places: Places
) -> tuple[tuple[OpeningDraft, ...], tuple[Finding, ...]]:
    """Read the whole table; rows of nought are left out. With any finding that stops there are no drafts."""
    problems = Problems()
    located = locate(sheet, OPENING, problems)
    if located is None:
        return (), problems.findings()
    cells = Cells.of(located, problems, "account")
    drafts, is_whole = _read(cells, chart, places)
    _check_repeats(drafts, problems)
    if is_whole:  # a sum over half the rows says nothing
        _check_sums(drafts, problems)
    findings = problems.findings()
    return (() if stopping(findings) else tuple(drafts)), findings


def _read(cells: Cells, chart: Chart, places: Places) -> tuple[list[OpeningDraft], bool]:
    """A draft of every row that can be read, and whether all could."""
    place_of = place_reader(places)
    place_texts, parties = cells.texts("place"), cells.texts("party")
    accounts = cells.read("account", account_reader(chart))
    named = cells.read("place", lambda text: place_of(text) if text else None)
    debits = cells.read("debit", read_amount)
    credit_sides = cells.read("credit", read_amount)
    cells.check_total("debit", debits)
    cells.check_total("credit", credit_sides)
    drafts: list[OpeningDraft] = []
    is_whole, is_guessed = True, False
    rows = zip(cells.numbers, accounts, place_texts, named, parties, debits, credit_sides, strict=True)
    for row, account, text, place, party, debit, credit in rows:
        if debit == 0 and credit == 0:
            continue
        if debit and credit:
            cells.problems.add("IMP-09", row)
        if account is None or debit is None or credit is None or (text and place is None):
            is_whole = False
            continue
        code = _place_code(cells, row, account, place, places)
        is_guessed = is_guessed or (code != "" and not text)
        drafts.append(OpeningDraft(account.code, code, party, debit, credit, row))
    if is_guessed:
        cells.problems.add("IMP-16")
    return drafts, is_whole


def _place_code(cells: Cells, row: int, account: Account, place: Place | None, places: Places) -> str:
    try:
        found = place_for(account, place, places)
    except Unreadable as unreadable:
        title = cells.located.title("place" if "place" in cells.located.index else "account")
        cells.problems.add(unreadable.id, row, title, **unreadable.values)
        return ""
    return found.code if found else ""


def _check_repeats(drafts: list[OpeningDraft], problems: Problems) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for draft in drafts:
        first = seen.setdefault((draft.account, draft.place, draft.party), draft.row)
        if first != draft.row:
            problems.add("IMP-25", draft.row, first=first)


def _check_sums(drafts: list[OpeningDraft], problems: Problems) -> None:
    debit = sum(draft.debit_fen for draft in drafts)
    credit = sum(draft.credit_fen for draft in drafts)
    if debit != credit:
        problems.add(
            "IMP-24", debit=yuan_text(debit), credit=yuan_text(credit), difference=yuan_text(debit - credit)
        )
