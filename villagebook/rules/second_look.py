"""AP-81 and AP-82: above an amount somebody else compares the ticks with the picture before money leaves."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.document import Document
from villagebook.domain.finding import Severity
from villagebook.domain.folding import name_key
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

LIMIT = "second_look_fen"


def wanted(facts: Facts) -> bool:
    """True while the document is large enough and a picture of it was not looked at by a second person."""
    document = facts.document
    if document is None or document.kind is not DocKind.PAYMENT:
        return False
    return is_large(facts, document) and bool(facts.look.unseen)


def is_large(facts: Facts, document: Document) -> bool:
    """By what decides who signs: a purchase that was divided is as large as its parts together."""
    return (facts.spending.counted_fen or document.total_fen) >= facts.policy.number(LIMIT)


def _not_looked_at(facts: Facts) -> Iterator[Hit]:
    if facts.document is not None and wanted(facts):
        limit = yuan_text(facts.policy.number(LIMIT))
        yield Hit(facts.document.summary, {"limit": limit}, "page:sign")


def _wrong_looker(facts: Facts) -> Iterator[Hit]:
    person_id, document = facts.look.looker, facts.document
    if not person_id or document is None:
        return
    name = facts.staff.name(person_id)
    if name_key(name) in {name_key(typed) for typed in facts.look.entered_by}:
        yield _no(name, _("entered the signatures"))
    if person_id == document.handler:
        yield _no(name, _("handles this"))
    if person_id == document.payee_person or person_id in facts.office.payee.ids:
        yield _no(name, _("is paid by this"))
    if not facts.staff.posts_of(person_id, facts.today):
        yield _no(name, _("holds no post today"))


def _no(name: str, why: str) -> Hit:
    return Hit(name, {"name": name, "why": why}, "page:sign")


RULES = (
    Rule(
        "AP-81",
        "AP1",
        Severity.ERROR,
        frozenset({When.POST}),
        "[D] issue of slips: a tick is what one person saw",
        N_("A large payment's slip is looked at twice"),
        N_("Who ticks alone can tick what nobody signed."),
        N_(
            "From {limit} yuan on somebody else compares the picture of the slip with what was ticked. Page Signing, On paper."
        ),
        _not_looked_at,
    ),
    Rule(
        "AP-82",
        "AP1",
        Severity.ERROR,
        frozenset({When.SIGN}),
        "[D] issue of slips: a tick is what one person saw",
        N_("The second look is somebody else's"),
        N_("Looking again at the own work finds what the first look found."),
        N_("{name} {why} and cannot be the second to look. Another official looks at the picture."),
        _wrong_looker,
    ),
)
