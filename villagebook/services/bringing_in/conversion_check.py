"""What keeps a worksheet from being confirmed: undecided balances, shares that do not add up, accounts that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.account import Category, Chart
from villagebook.domain.conversion import OldBalance, Worksheet
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Places
from villagebook.i18n import _
from villagebook.services.bringing_in.conversion_papers import advice, gross_up_title
from villagebook.services.bringing_in.old_chart import MapRow, Way, map_rows


def rows_for(top: str) -> tuple[MapRow, ...]:
    """What the table says of an account of 2004."""
    return tuple(row for row in map_rows() if row.old == top)


def way_of(top: str) -> Way:
    """How a balance of this account gets to its new one."""
    return next((row.way for row in rows_for(top)), Way.ASK)


def check(worksheet: Worksheet, chart: Chart, places: Places) -> tuple[Finding, ...]:
    """Everything that keeps a worksheet from being confirmed, in its order."""
    return (
        *(f for old in worksheet.old for f in _check_old(worksheet, old, chart, places)),
        *_check_gross_ups(worksheet),
        *_check_adjustments(worksheet, chart, places),
    )


def _check_old(worksheet: Worksheet, old: OldBalance, chart: Chart, places: Places) -> Iterator[Finding]:
    where = old_title(old)
    way = way_of(old.top)
    if way is Way.CLOSED:
        text = _("It still stands at {amount}. Carry income and expense to the result in the old book first.")
        yield _error("CNV-04", where, text.format(amount=yuan_text(old.fen)))
        return
    shares = worksheet.shares.get(old.key, ())
    if not shares:
        text = _("{amount} has no new account yet. {advice}")
        yield _error("CNV-01", where, text.format(amount=yuan_text(abs(old.fen)), advice=advice(old.top)))
        return
    for share in shares:
        yield from _check_home(where, share.account, share.place, chart, places)
        if share.fen is not None and share.fen * old.fen < 0:
            text = _(
                "{account} takes its share on the other side than the old balance. Use an adjustment for that."
            )
            yield _error("CNV-12", where, text.format(account=share.account))
    if way is Way.MOVE and all(s.account[:3] != rows_for(old.top)[0].new for s in shares):
        row = rows_for(old.top)[0]
        text = _("The table leads to {code} {name}. Keep a note with the papers why it goes elsewhere.")
        yield Finding("CNV-13", Severity.WARNING, where, text.format(code=row.new, name=row.new_name))
    missing_fen = worksheet.missing_fen(old)
    if missing_fen is None:
        yield _error(
            "CNV-02", where, _("A share has no account or no amount. Fill both in, or leave the row out.")
        )
    elif missing_fen:
        text = _("The shares add up to {sum}, the old balance is {amount} (difference {difference}).")
        filled = text.format(
            sum=yuan_text(abs(old.fen - missing_fen)),
            amount=yuan_text(abs(old.fen)),
            difference=yuan_text(abs(missing_fen)),
        )
        yield _error("CNV-02", where, filled)


def _check_home(where: str, code: str, place: str, chart: Chart, places: Places) -> Iterator[Finding]:
    account = chart.get(code)
    if not code:
        return
    if account is None or account.disabled:
        yield _error(
            "CNV-03", where, _("There is no account “{value}” in use in the new book.").format(value=code)
        )
    elif not chart.is_leaf(code):
        text = _("“{value}” has sub-accounts and takes no bookings itself. Write the sub-account.")
        yield _error("CNV-03", where, text.format(value=code))
    elif account.is_income or (account.is_expense and account.category is Category.RESULT):
        text = _("{value} is an account of income or expense; it begins at nought. Choose another.")
        yield _error("CNV-03", where, text.format(value=f"{code} {account.name}"))
    elif place and place not in places:
        yield _error("CNV-10", where, _("There is no money place “{value}”.").format(value=place))
    elif place and (not account.is_money or places[place].account[:3] != code[:3]):
        text = _("The money place {value} does not belong to account {account}. Correct one of the two.")
        yield _error("CNV-10", where, text.format(value=place, account=code))


def _check_gross_ups(worksheet: Worksheet) -> Iterator[Finding]:
    for account in worksheet.asked():
        fen = worksheet.gross_ups.get(account)
        where = gross_up_title(account)
        if fen is None:
            yield _error(
                "CNV-05", where, _("Say how much of its cost was written down in the old book; 0 if nothing.")
            )
        elif fen < 0:
            yield _error(
                "CNV-06", where, _("What was written down is never negative. Write it without a sign.")
            )


def _check_adjustments(worksheet: Worksheet, chart: Chart, places: Places) -> Iterator[Finding]:
    for entry in worksheet.entries():
        if len(entry.summary.strip()) < 2:
            yield _error("CNV-07", entry.label, _("The adjustment has no summary. Say what it is for."))
        if not entry.lines or any((line.debit_fen == 0) == (line.credit_fen == 0) for line in entry.lines):
            yield _error(
                "CNV-07", entry.label, _("Every line of an adjustment has a debit or a credit, never both.")
            )
        for line in entry.lines:
            if not line.account:
                yield _error("CNV-07", entry.label, _("A line of the adjustment has no account."))
            yield from _check_home(entry.label, line.account, line.place, chart, places)
        if entry.imbalance_fen:
            text = _("The adjustment does not balance (difference {difference}). Correct it.")
            yield _error("CNV-07", entry.label, text.format(difference=yuan_text(entry.imbalance_fen)))


def _error(id: str, where: str, text: str) -> Finding:
    return Finding(id, Severity.ERROR, where, text)


def old_title(old: OldBalance) -> str:
    return " ".join(filter(None, (old.code, old.name, old.party)))
