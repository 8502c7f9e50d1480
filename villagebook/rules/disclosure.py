"""What a notice must satisfy before it hangs: D1, D2, D4, D5, D6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from villagebook.domain.exclusion import Exclusion
from villagebook.domain.finding import Severity
from villagebook.domain.mask import MaskReason
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice
from villagebook.domain.privacy import MASKED, NUMBERS, mask_numbers
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

PUBLISH = frozenset({When.PUBLISH})
PRINTED = frozenset({When.PUBLISH, When.BOARD})
CLASS_COUNT = 8

_PRIVATE = (
    *NUMBERS,
    re.compile(r"残\s*疾|艾\s*滋|精\s*神\s*(?:病|障\s*碍|残)|癌\s*症?|尿\s*毒\s*症|白\s*血\s*病"),
)


def private_parts(text: str) -> list[str]:
    """Id numbers, card numbers, mobile numbers and words of illness in a text (disclosure.md section 8)."""
    return [m.group() for pattern in _PRIVATE for m in pattern.finditer(text)]


def without_private(text: str) -> str:
    """A text for the board with its personal numbers masked and every health matter starred out."""
    for part in private_parts(shown := mask_numbers(text)):
        shown = shown.replace(part, "*" * len(part))
    return shown


def printed_texts(notice: Notice) -> Iterator[tuple[str, str]]:
    """(where, text) of every free text on the notice."""
    for line in (*notice.lines, *notice.transfers):
        where = f"{line.no} {line.voucher}"
        told = (line.summary, line.party, line.handler, line.approver, line.remark)
        for text in (*told, line.kind, line.quantity, line.resolution, line.source):
            yield where, text
    for kind in notice.kinds:
        yield kind.code, kind.words
    for bank in notice.banks:
        yield bank.name, bank.checked_by
    for state in notice.classes:
        yield state.name, state.text
    for text in (notice.title, notice.village, *notice.reviewers, *notice.places_to_post, *notice.excluded):
        yield notice.number, text
    for _post, name in notice.officials:
        yield notice.number, name
    for balance in notice.balances:
        yield notice.number, balance.name


def _classes(facts: Facts) -> Iterator[Hit]:
    fact = facts.notice
    if fact and len({c.name for c in fact.notice.classes}) != CLASS_COUNT:
        yield Hit(fact.notice.number, {"n": len(fact.notice.classes)})


def _missing(facts: Facts) -> Iterator[Hit]:
    fact = facts.notice
    if fact:
        lost = sorted(fact.posted - set(fact.shown))
        yield from (Hit(fact.notice.number, {"voucher": v}) for v in lost[:20])
        bare = [t for t in fact.notice.excluded if t.split(" ", 1)[0] not in set(Exclusion)]
        yield from (Hit(fact.notice.number, {"voucher": t}) for t in bare[:20])


def _twice(facts: Facts) -> Iterator[Hit]:
    fact = facts.notice
    if fact:
        seen = [v for v in set(fact.shown) if fact.shown.count(v) > 1]
        yield from (Hit(fact.notice.number, {"voucher": v}) for v in sorted(seen)[:20])


def _totals(facts: Facts) -> Iterator[Hit]:
    fact = facts.notice
    if fact is None:
        return
    n = fact.notice
    income = sum(line.income_fen for line in n.lines)
    spending = sum(line.spending_fen for line in n.lines)
    if (
        n.opening_fen + n.income_fen - n.spending_fen != n.closing_fen
        or (n.income_fen, n.spending_fen) != (income, spending)
        or (n.opening_fen, n.closing_fen) != (fact.ledger_opening_fen, fact.ledger_closing_fen)
    ):
        yield Hit(
            n.number,
            {"notice": yuan_text(n.closing_fen), "ledger": yuan_text(fact.ledger_closing_fen)},
        )


def _unreviewed(facts: Facts) -> Iterator[Hit]:
    fact = facts.notice
    needed = facts.policy.number("supervision_count")
    if fact and (fact.reviewers < needed or not fact.periods_closed):
        yield Hit(
            fact.notice.number, {"n": needed, "have": fact.reviewers}, f"notice:{fact.notice.span.last}"
        )
    paper = facts.sheet
    if paper and (paper.reviewers < needed or not paper.months_closed):
        yield Hit(
            paper.sheet.number, {"n": needed, "have": paper.reviewers}, f"notice:{paper.sheet.span.last}"
        )


def _privacy(facts: Facts) -> Iterator[Hit]:
    fact = facts.notice
    if fact:
        for where, text in printed_texts(fact.notice):
            yield from (Hit(where, {"text": text}) for _part in private_parts(text)[:1])
            if MASKED.search(text):  # it hangs masked; that it was written down at all is still said
                yield Hit(where, {"text": text}, "", Severity.WARNING)
        ill = (m for m in fact.notice.masks if m.reason is MaskReason.HEALTH)
        yield from (Hit(m.where, {"text": m.shown}, "", Severity.WARNING) for m in ill)
    for where, text in facts.sheet.sheet.texts() if facts.sheet else ():
        yield from (Hit(where, {"text": text}) for _part in private_parts(text)[:1])
    for where, text in facts.board.texts:
        yield from (Hit(where, {"text": text}) for _part in private_parts(text)[:1])


def _glyphs(facts: Facts) -> Iterator[Hit]:
    yield from _small_type(facts)
    fact = facts.notice
    if fact and fact.missing_glyphs:
        yield _shapeless(fact.notice.number, fact.missing_glyphs)
    if facts.sheet and facts.sheet.missing_glyphs:
        yield _shapeless(facts.sheet.sheet.number, facts.sheet.missing_glyphs)
    if facts.board.signs:
        yield _shapeless(facts.board.number, facts.board.signs)


def _shapeless(number: str, signs: tuple[str, ...]) -> Hit:
    text = _("the font has no shape for {signs}, write these characters differently")
    return Hit(number, {"signs": text.format(signs=" ".join(signs[:20]))})


def _small_type(facts: Facts) -> Iterator[Hit]:
    """D6: what is read from a metre away has a smallest size, on every paper it may be printed on."""
    papers = [(f.notice.number, f.bodies) for f in (facts.notice,) if f]
    papers += [(f.sheet.number, f.bodies) for f in (facts.sheet,) if f]
    least = facts.policy.number("least_pt")
    for number, bodies in papers:
        small = [
            _("{paper} {points} points").format(paper=p, points=f"{pt:g}") for p, pt in bodies if pt < least
        ]
        if small:
            text = _("type of {least} points or more; on {small} it is smaller")
            yield Hit(number, {"signs": text.format(least=least, small="、".join(small))})


RULES = (
    Rule(
        "DIS-01",
        "D1",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7",
        N_("All eight classes stand on the notice"),
        N_("What is left out cannot be asked about."),
        N_(
            "The notice lists {n} classes; all eight must stand there, the empty ones with 'nothing in this period'."
        ),
        _classes,
    ),
    Rule(
        "DIS-02",
        "D2",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7",
        N_("Every posted voucher is on the notice, or its exclusion with the code of the reason"),
        N_("Nobody in the village chooses what the board shows."),
        N_("Voucher {voucher} is missing on the notice, or left out without a reason. Compile it again."),
        _missing,
    ),
    Rule(
        "DIS-03",
        "D2",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7",
        N_("No voucher stands twice"),
        N_("A line shown twice makes the sums lie."),
        N_("Voucher {voucher} stands twice. Compile the notice again."),
        _twice,
    ),
    Rule(
        "DIS-04",
        "D2",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7",
        N_("Opening plus income less spending is closing, and closing is the ledger"),
        N_("Totals that do not tie are the first thing a villager finds."),
        N_("The notice closes with {notice}, the ledger with {ledger}. Run the check, then compile again."),
        _totals,
    ),
    Rule(
        "DIS-06",
        "D4",
        Severity.ERROR,
        PUBLISH,
        "农经发〔2011〕13号 [N] N7; [L] L1, L2",
        N_("Supervision has reviewed it"),
        N_("A notice nobody checked is an announcement, not a disclosure."),
        N_(
            "Close the period, then have {n} supervisors sign the review ({have} so far). Until then only drafts with a watermark are printed."
        ),
        _unreviewed,
    ),
    Rule(
        "DIS-07",
        "D5",
        Severity.ERROR,
        PRINTED,
        "个人信息保护法 6, 28 [N] N6; [R] P1-P6",
        N_("No personal numbers and no illness on the board"),
        N_("Prosecutors have had boards with id numbers taken down."),
        N_(
            '"{text}" holds a personal number or a health matter. Correct the text by a red reversal and a new entry.'
        ),
        _privacy,
    ),
    Rule(
        "DIS-08",
        "D6",
        Severity.ERROR,
        PRINTED,
        "[D]",
        N_("Every character can be printed, and large enough to be read on a wall"),
        N_("An empty box on the board is somebody's name; small print is read by nobody."),
        N_("The board needs other type or signs: {signs}."),
        _glyphs,
    ),
)
