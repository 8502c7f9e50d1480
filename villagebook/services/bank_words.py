"""Why two sides belong together, in the user's words."""

from __future__ import annotations

from villagebook.domain.bank import Tier
from villagebook.domain.money import yuan_text
from villagebook.i18n import _, ngettext


def why(tier: Tier, bank: int, book: int, days: int, score: int = 0, difference_fen: int = 0) -> str:
    """One sentence about a match: `bank` rows and `book` vouchers, `days` apart."""
    if tier is Tier.REVERSAL:
        return _("Entered and undone on the same side; together nothing.")
    if tier is Tier.SUM:
        n = max(bank, book)
        if bank == 1:
            return _("One row of the bank is the sum of {n} vouchers, the only way to add up.").format(n=n)
        return _("One voucher is the sum of {n} rows of the bank, the only way to add up.").format(n=n)
    if tier is Tier.HAND:
        return _("Joined by hand; both sides add up to the same.")
    if tier is Tier.DIFFERENCE:
        return _(
            "Looks alike but differs by {amount}; never accepted. Correct the voucher or book the fee."
        ).format(amount=yuan_text(difference_fen))
    apart = ngettext("{n} day apart", "{n} days apart", days).format(n=days) if days else _("same day")
    if tier is Tier.REFERENCE:
        return _("Same number of paper and same amount, {apart}.").format(apart=apart)
    if tier is Tier.DAY:
        return _("Same amount, {apart}, nothing else like it.").format(apart=apart)
    words = _("Same amount, {apart}; the best of several ({score} of 100).")
    if not score:
        words = _("Same amount, {apart}; the best of several.")
    return words.format(apart=apart, score=score)


def title(tier: Tier) -> str:
    """A word for a column."""
    return {
        Tier.REVERSAL: _("undone"),
        Tier.REFERENCE: _("same paper"),
        Tier.DAY: _("amount and day"),
        Tier.LIKELY: _("best of several"),
        Tier.SUM: _("sum"),
        Tier.HAND: _("by hand"),
        Tier.DIFFERENCE: _("differs"),
    }[tier]
