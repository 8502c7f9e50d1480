"""What a payment is summed with, what a category has cost this year: in words, before anything is saved."""

from __future__ import annotations

from villagebook.domain.enclosed import Enclosed
from villagebook.domain.money import yuan_text
from villagebook.i18n import _, ngettext
from villagebook.rules.enclosed_words import cap_title, paper_title, special_title
from villagebook.rules.spending_facts import CapTouch, SpendingFacts
from villagebook.services.township.plan_words import Sentence

_NAMED = 2


def sentences(spending: SpendingFacts) -> tuple[Sentence, ...]:
    """Beside the form: what it is summed with, its special kinds, the running totals of the year."""
    made = [_split(spending)] if spending.split.parts else []
    if spending.kinds:
        kinds = ", ".join(special_title(rule.code) for rule in spending.kinds)
        made.append(Sentence(_("Special kind: {kinds}.").format(kinds=kinds)))
    return (*made, *(_cap(touch) for touch in spending.caps))


def _split(spending: SpendingFacts) -> Sentence:
    split = spending.split
    named = "; ".join(f"{part.label} {yuan_text(part.fen)}" for part in split.parts[-_NAMED:])
    words = ngettext(
        "Summed with {n} other payment: {sum}; that sum decides who signs. {named}",
        "Summed with {n} other payments: {sum}; that sum decides who signs. The last: {named}",
        len(split.parts),
    )
    return Sentence(words.format(n=len(split.parts), sum=yuan_text(split.total_fen), named=named))


def _cap(touch: CapTouch) -> Sentence:
    """What was paid, what waits, what this adds; with a cap also how much may still be paid, or by how much it is passed."""
    waits = yuan_text(touch.under_way_fen)
    values = {
        "category": cap_title(touch.cap.name),
        "year": touch.year,
        "paid": yuan_text(touch.used_fen),
        "waiting": _(" ({amount} more being signed)").format(amount=waits) if touch.under_way_fen else "",
        "own": yuan_text(touch.own_fen),
        "after": yuan_text(touch.total_fen),
    }
    if touch.limit_fen is None:
        words = _("{category} in {year}: {paid} paid{waiting}, {after} with these {own}; no cap is set.")
        return Sentence(words.format(**values))
    left = touch.limit_fen - touch.total_fen
    if left < 0:
        words = _(
            "{category} in {year}: {paid} paid{waiting}, {after} with these {own}; that is {over} over the cap of {limit}."
        )
    else:
        words = _(
            "{category} in {year}: {paid} paid{waiting}, {after} with these {own}; of the cap of {limit}, {left} may still be paid."
        )
    shown = {"limit": yuan_text(touch.limit_fen), "left": yuan_text(left), "over": yuan_text(-left)}
    return Sentence(words.format(**values, **shown), touch.is_over)


def wanted_papers(spending: SpendingFacts) -> tuple[Enclosed, ...]:
    """Papers that tier and kinds ask for, each once, in the order they are asked."""
    asked = (*spending.tier_papers, *(paper for rule in spending.kinds for paper in rule.papers))
    return tuple(dict.fromkeys(Enclosed(code) for paper in asked for code in paper.split("|")))


def paper_words(paper: Enclosed) -> str:
    return paper_title(paper.value)
