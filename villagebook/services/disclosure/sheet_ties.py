"""What the totals of a board sheet are held against: figures of the ledger, added up by another way than the sheet's."""

from __future__ import annotations

from villagebook.domain.sheet import Sheet, SheetForm
from villagebook.domain.sheet_tie import LedgerSum, SheetTie, ties
from villagebook.rules.facts import Facts
from villagebook.services.disclosure import (
    sheet_assets,
    sheet_contracts,
    sheet_debts,
    sheet_people,
    sheet_project,
    sheet_summary,
)
from villagebook.storage.engine import Connection


def of(connection: Connection, facts: Facts, sheet: Sheet) -> tuple[SheetTie, ...]:
    """Every total of a sheet beside the ledger's; nothing for forms without money of their own."""
    wanted = _wanted(connection, facts, sheet)
    return ties(sheet.parts, wanted) if wanted is not None else ()


def _wanted(connection: Connection, facts: Facts, sheet: Sheet) -> tuple[LedgerSum, ...] | None:
    span = sheet.span
    if sheet.form is SheetForm.SUMMARY:
        return sheet_summary.ledger_sums(connection, facts, span)
    if sheet.form is SheetForm.DEBTS:
        return sheet_debts.ledger_sums(connection, facts, span)
    if sheet.form is SheetForm.ASSETS:
        return sheet_assets.ledger_sums(connection, facts, span)
    if sheet.form is SheetForm.PROJECT:
        return sheet_project.ledger_sums(connection, facts, span, sheet.subject)
    if sheet.form is SheetForm.ROSTER:
        return sheet_people.roster_sums(connection, facts, span)
    if sheet.form is SheetForm.PAY:
        return sheet_people.pay_sums(connection, facts, span)
    if sheet.form is SheetForm.CONTRACTS:
        return sheet_contracts.ledger_sums(connection, facts, span)
    return None
