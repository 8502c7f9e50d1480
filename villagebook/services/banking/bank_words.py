"""Why two sides belong together, in the user's words."""

from __future__ import annotations

from villagebook.domain.bank import Proposal, Tier
from villagebook.domain.money import yuan_text
from villagebook.i18n import _, ngettext


def why_proposed(proposal: Proposal) -> str:
    """One sentence about a match that could be."""
    p = proposal
    if p.tier is Tier.DAY and not p.sure:
        return _("Same amount, {apart}, but the other party is another one.").format(apart=_apart(p.days))
    return why(p.tier, len(p.bank), len(p.book), p.days, p.score, p.difference_fen)


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
    apart = _apart(days)
    if tier is Tier.REFERENCE:
        return _("Same number of paper and same amount, {apart}.").format(apart=apart)
    if tier is Tier.DAY:
        return _("Same amount, {apart}, nothing else like it.").format(apart=apart)
    words = _("Same amount, {apart}; the best of several ({score} of 100).")
    if not score:
        words = _("Same amount, {apart}; the best of several.")
    return words.format(apart=apart, score=score)


def _apart(days: int) -> str:
    return ngettext("{n} day apart", "{n} days apart", days).format(n=days) if days else _("same day")
