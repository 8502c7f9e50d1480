"""What must be so before an office passes from one hand to the next (AP16)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.office_handover import Hand
from villagebook.domain.people import PostKind
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.office_facts import HandoverFacts
from villagebook.rules.post_words import post_title
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
SOURCE = "会计法 39 [N]; 郑州 12, 山东 9 [L]"


def _where(facts: Facts, act: HandoverFacts) -> str:
    return f"{post_title(act.content.kind)} {facts.staff.name(act.content.giver)}"


def _cash(facts: Facts) -> Iterator[Hit]:
    act = facts.office.handover
    for cash in act.cash if act else ():
        if act and (cash.counted_fen is None or cash.counted_fen != cash.book_fen):
            counted = yuan_text(cash.counted_fen) if cash.counted_fen is not None else _("no count yet")
            day = act.content.terms.on.isoformat()
            values: dict[str, object] = {
                "place": cash.name,
                "day": day,
                "book": yuan_text(cash.book_fen),
                "counted": counted,
            }
            yield Hit(_where(facts, act), values, "count")


def _bank(facts: Facts) -> Iterator[Hit]:
    act = facts.office.handover
    for bank in act.bank if act else ():
        if act is None or (bank.stated_on is None and not bank.book_fen and bank.last_move_on is None):
            continue
        late = bank.stated_on is None or (bank.last_move_on and bank.stated_on < bank.last_move_on)
        if late or bank.unexplained_fen:
            left = _("{amount} is unexplained").format(amount=yuan_text(bank.unexplained_fen))
            what = _("no statement reaches the last movement") if late else left
            values: dict[str, object] = {"account": bank.name, "what": what}
            yield Hit(_where(facts, act), values, "statement")


def _hands(facts: Facts) -> Iterator[Hit]:
    act = facts.office.handover
    if act is None:
        return
    terms, staff = act.content.terms, facts.staff
    three = [act.content.person(hand) for hand in Hand]
    allowed = {PostKind(p) for p in facts.policy.words["handover_overseers"]}
    post = act.post
    in_office = (
        post is not None
        and not post.is_settled
        and post.from_on <= terms.on <= facts.today
        and (post.to_on is None or post.to_on <= terms.on)
        and (act.last_signed_on is None or act.last_signed_on <= terms.on)
    )
    right = (
        len(set(three)) == len(three)
        and all(p in staff.persons for p in three)
        and staff.posts_of(terms.overseer, terms.on) & allowed
        and (act.signing is None or act.by == act.content.person(act.signing))
    )
    if not (in_office and right):
        yield Hit(_where(facts, act), {"day": terms.on.isoformat()}, "people")


def _keeps(facts: Facts) -> Iterator[Hit]:
    act = facts.office.handover
    if act is None:
        return
    name = facts.staff.name(act.content.giver)
    for kept, register in ((act.keeps, "place:seals"), (act.purses, "place:imprest")):
        if kept:
            yield Hit(_where(facts, act), {"name": name, "what": ", ".join(kept)}, register)


def _moved_on(facts: Facts) -> Iterator[Hit]:
    act = facts.office.handover
    if act and act.changed:
        yield Hit(_where(facts, act), {}, "people")


RULES = (
    Rule(
        "AP-45",
        "AP16",
        Severity.ERROR,
        REGISTER,
        SOURCE,
        N_("Cash is counted on the day and equals the book"),
        N_("Whoever takes over cash answers for all of it from then on."),
        N_(
            "{place}: the book says {book} on {day}, counted that day: {counted}. Count it, and clear what differs."
        ),
        _cash,
    ),
    Rule(
        "AP-46",
        "AP16",
        Severity.ERROR,
        REGISTER,
        SOURCE,
        N_("The bank agrees before an office passes"),
        N_("What the bank holds is known by its own statement only."),
        N_("{account}: {what}. Compare the bank first."),
        _bank,
    ),
    Rule(
        "AP-47",
        "AP16",
        Severity.ERROR,
        REGISTER,
        SOURCE,
        N_("Three people hand over: giver, taker and overseer"),
        N_("Two people alone can agree to overlook what is missing."),
        N_(
            "Giver, taker and an overseer (supervision or township) are three people; the giver is in office until {day}, not in the future, and has signed nothing after it."
        ),
        _hands,
    ),
    Rule(
        "AP-48",
        "AP16",
        Severity.ERROR,
        REGISTER,
        SOURCE,
        N_("Nothing of the office stays behind"),
        N_("A seal or purse that stays with the former holder stays out of control."),
        N_("{name} still keeps: {what}. Give it into other hands in its register first."),
        _keeps,
    ),
    Rule(
        "AP-49",
        "AP16",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("What is signed is how it stands"),
        N_("A list that is out of date hands over something else."),
        N_("The book has moved on since this list was made. Make and print it anew."),
        _moved_on,
    ),
)
