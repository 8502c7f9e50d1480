"""Posts nobody may hold together (R24), relatives in posts that check each other, terms that reach into the past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from villagebook.domain.finding import Severity
from villagebook.domain.kinship import Relation, ties_of
from villagebook.domain.people import PostKind
from villagebook.domain.policy import Policy
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.post_words import post_title, relation_title
from villagebook.rules.rule import Hit, Rule, When

OFFICE = frozenset({When.OFFICE})

_MONEY = frozenset({PostKind.CLERK, PostKind.CASHIER})
_HEADS = frozenset(
    {PostKind.DIRECTOR, PostKind.DEPUTY_DIRECTOR, PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY}
)
_COMMITTEE = frozenset({PostKind.DIRECTOR, PostKind.DEPUTY_DIRECTOR, PostKind.COMMITTEE_MEMBER})
_BOARD = frozenset({PostKind.BOARD_MEMBER})
_SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISOR})
_LEDGER = frozenset({PostKind.ACCOUNTANT})
_DIRECT = frozenset(
    {Relation.SPOUSE, Relation.PARENT, Relation.CHILD, Relation.GRANDPARENT, Relation.GRANDCHILD}
)


@dataclass(frozen=True, slots=True)
class Apart:
    """Who holds one of `one` may hold none of `other` (approvals.md, posts that cannot be combined).

    `switch` is the parameter by which a township switches a regional rule on; "" for what holds everywhere.
    For relatives `relations` names those that count, empty for the near ones of the township's file.
    """

    one: frozenset[PostKind]
    other: frozenset[PostKind]
    source: str
    switch: str = ""
    relations: frozenset[Relation] = field(default=frozenset())

    def parts(self, a: PostKind, b: PostKind) -> bool:
        return (a in self.one and b in self.other) or (b in self.one and a in self.other)


APART = (
    Apart(_LEDGER, _MONEY, "会计法 25, 35 [N]"),
    Apart(_LEDGER, _HEADS, "会计法 25 [N]"),
    Apart(_SUPERVISION, _MONEY, "会计法 35 [N]; 农村集体经济组织法 34 [N]"),
    Apart(_SUPERVISION, _LEDGER, "农村集体经济组织法 34 [N]"),
    Apart(_SUPERVISION, _HEADS | _COMMITTEE | _BOARD, "村民委员会组织法 32, 农村集体经济组织法 34 [N]"),
    Apart(_HEADS, _MONEY, "郑州 7 [L]", "apart_heads_finance"),
)
"""Never in one hand."""

KIN_APART = (
    Apart(_SUPERVISION, _COMMITTEE, "村民委员会组织法 32 [N]"),
    Apart(_SUPERVISION, _BOARD | _MONEY | _LEDGER, "农村集体经济组织法 34 [N]"),
    Apart(_BOARD, _BOARD, "农村集体经济组织法 29 [N]"),
    Apart(_HEADS, _MONEY | _LEDGER, "郑州 7 [L]", "kin_heads_finance"),
    Apart(_COMMITTEE | _BOARD, _MONEY | _LEDGER, "北京 30 [L]", "kin_members_finance", _DIRECT),
)
"""Never with near relatives."""


def excluded(kind: PostKind, policy: Policy) -> dict[PostKind, str]:
    """Posts nobody may hold beside this one, with the source."""
    return {o: rule.source for rule in _live(APART, policy) for o in PostKind if rule.parts(kind, o)}


def _live(table: tuple[Apart, ...], policy: Policy) -> Iterator[Apart]:
    return (rule for rule in table if not rule.switch or policy.switches[rule.switch])


def _clash(facts: Facts) -> Iterator[Hit]:
    new = facts.line.new_post
    if new is not None:
        yield from _pairs(facts, new.name, new.kind, new.held)
    signature = facts.signature
    slot = next((s.slot for s in facts.states if signature and s.slot.code == signature.slot), None)
    if signature is None or slot is None:
        return
    held = facts.staff.posts_of(signature.person_id, signature.signed_on)
    for kind in sorted(held & set(slot.posts)):
        yield from _pairs(facts, facts.staff.name(signature.person_id), kind, held)


def _pairs(facts: Facts, name: str, kind: PostKind, held: frozenset[PostKind]) -> Iterator[Hit]:
    apart = excluded(kind, facts.policy)
    for other in sorted(held & set(apart)):
        values: dict[str, object] = {
            "name": name,
            "held": post_title(other),
            "post": post_title(kind),
            "source": apart[other],
        }
        yield Hit(name, values, "people")
        return


def _relatives(facts: Facts) -> Iterator[Hit]:
    """Of who is given a post, in posts that check this one on or after its first day."""
    giving = facts.office.giving
    if giving is None:
        return
    near = set(facts.policy.words["near_kin"])
    own = facts.staff.name(giving.person_id)
    for person, relation in ties_of(giving.person_id, facts.office.kin, giving.from_on).items():
        for post in facts.staff.posts:
            if post.person_id != person or (post.to_on is not None and post.to_on < giving.from_on):
                continue
            for rule in _live(KIN_APART, facts.policy):
                counts = relation in rule.relations if rule.relations else relation.value in near
                if counts and rule.parts(giving.kind, post.kind):
                    yield Hit(
                        own,
                        {
                            "name": own,
                            "post": post_title(giving.kind),
                            "other": facts.staff.name(person),
                            "held": post_title(post.kind),
                            "relation": relation_title(relation),
                            "source": rule.source,
                        },
                        "people",
                    )
                    return


def _into_closed(facts: Facts) -> Iterator[Hit]:
    giving = facts.office.giving
    if giving and giving.closed_until and giving.from_on <= giving.closed_until:
        name = facts.staff.name(giving.person_id)
        yield Hit(
            name, {"day": giving.from_on.isoformat(), "until": giving.closed_until.isoformat()}, "people"
        )


def _before_signature(facts: Facts) -> Iterator[Hit]:
    ending = facts.office.ending
    if ending and ending.last_signed_on and ending.to_on < ending.last_signed_on:
        name = facts.staff.name(ending.post.person_id)
        yield Hit(name, {"name": name, "day": ending.last_signed_on.isoformat()}, "people")


def _not_handed_over(facts: Facts) -> Iterator[Hit]:
    wanted = facts.policy.words["handover_posts"]
    giving, ending = facts.office.giving, facts.office.ending
    if ending and ending.others and ending.post.kind.value in wanted and not ending.decision:
        name = facts.staff.name(ending.post.person_id)
        yield Hit(name, {"name": name, "post": post_title(ending.post.kind)}, f"office:{ending.post.id}")
    former = giving.former if giving else None
    if giving is None or former is None or giving.kind.value not in wanted or giving.decision:
        return
    name, newcomer = facts.staff.name(former.person_id), facts.staff.name(giving.person_id)
    to_township = PostKind.TOWNSHIP in facts.staff.posts_of(former.handed_to, giving.from_on)
    passed = former.handed_to == giving.person_id or to_township
    in_time = former.handed_on is not None and giving.from_on >= former.handed_on
    if former.decision or (passed and in_time):
        return
    yield Hit(newcomer, {"name": name, "post": post_title(giving.kind)}, f"office:{former.id}")


RULES = (
    Rule(
        "E2L-41",
        "R24",
        Severity.ERROR,
        frozenset({When.OFFICE, When.SIGN}),
        "会计法 25, 35; 村民委员会组织法 32; 农村集体经济组织法 34 [N]; 郑州 7 [L]; [R] R15",
        N_("Who keeps the money keeps no ledger and reviews nothing"),
        N_("Two posts in one hand are one control less."),
        N_(
            "{name} is {held}, which cannot go with {post} ({source}). End that post first, or choose somebody else."
        ),
        _clash,
    ),
    Rule(
        "AP-42",
        "AP6",
        Severity.ERROR,
        OFFICE,
        "村民委员会组织法 32; 农村集体经济组织法 29, 34 [N]; 郑州 7, 北京 30 [L]",
        N_("Relatives do not check each other"),
        N_("Who watches over a relative watches over nobody."),
        N_(
            "{name} as {post}: {other} ({relation}) is {held}, and near relatives may not be both ({source}). Choose somebody else."
        ),
        _relatives,
    ),
    Rule(
        "AP-43",
        "AP1",
        Severity.ERROR,
        OFFICE,
        "[D]",
        N_("No post begins in a closed month"),
        N_("What was signed in a closed month was signed without it."),
        N_("{day} lies in a month that is closed. Let the post begin after {until}."),
        _into_closed,
    ),
    Rule(
        "AP-44",
        "AP1",
        Severity.ERROR,
        OFFICE,
        "[D]",
        N_("A post does not end before its last signature"),
        N_("Otherwise something would have been signed by somebody without the post."),
        N_("{name} still signed in this post on {day}. End it on that day or later."),
        _before_signature,
    ),
    Rule(
        "AP-28",
        "AP16",
        Severity.ERROR,
        OFFICE,
        "会计法 39 [N]; 郑州 12, 山东 9 [L]",
        N_("An office passes only by a signed handover"),
        N_("Money, papers and open matters nobody took over get lost between two people."),
        N_(
            "{name} has not handed over as {post} to who follows. Have the handover list signed first, or name the township's written decision."
        ),
        _not_handed_over,
    ),
)

__all__ = ["APART", "KIN_APART", "RULES", "excluded"]
