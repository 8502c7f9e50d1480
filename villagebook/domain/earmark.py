"""What a line that is marked for a project or a fund brings in or uses up."""

from __future__ import annotations

from villagebook.domain.account import Account, Category
from villagebook.domain.voucher import DocKind

_OWED = ("112", "113", "201", "211", "212", "213", "214", "221")
"""Claims and debts: they move money in time, not in purpose."""


def uses(account: Account | None) -> bool:
    """True for accounts that show what money was used for: things, works, costs, expenses."""
    if account is None or account.is_money or account.code.startswith(_OWED):
        return False
    return account.is_expense or account.category is Category.ASSET


def came_and_went(kind: DocKind, account: Account | None, net_fen: int) -> tuple[int, int]:
    """(raised, spent) of a line's debit minus credit.

    Received: credits of what is not used up; something given back lessens what was spent. Paid: what is used, or taken out
    of a fund's own liability. An adjustment uses, and never raises. Claims and debts count in neither.
    """
    if kind is DocKind.RECEIPT:
        return (0, net_fen) if uses(account) else (-net_fen, 0)
    owed = account is not None and account.code.startswith(_OWED)
    if uses(account) or (kind is DocKind.PAYMENT and not owed):
        return 0, net_fen
    return 0, 0
