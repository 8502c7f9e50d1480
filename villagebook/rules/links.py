"""Links of lines into registers."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.link import LinkKind
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES
from villagebook.rules.link_words import KIND_WORDS
from villagebook.rules.rule import Hit, Rule, When


def _dead_link(facts: Facts) -> Iterator[Hit]:
    """Red lines pass: what was undone may belong to something struck off since."""
    told = set()
    for line in facts.lines:
        if line.debit_fen < 0 or line.credit_fen < 0:
            continue
        for link in line.links:
            target = facts.links.get(link)
            if link not in told and (target is None or not target.in_use):
                told.add(link)
                yield Hit(line.summary or link.code, {"code": target.name if target else link.code})


def _unlinked(facts: Facts) -> Iterator[Hit]:
    """One hit per account: what its lines lack. Red lines pass, they undo what was."""
    lacking: dict[str, set[LinkKind]] = {}
    for line in facts.lines:
        demand = facts.demands.get(line.account)
        if demand and line.debit_fen >= 0 and line.credit_fen >= 0:
            missing = set(demand.kinds) - {link.kind for link in line.links}
            if missing:
                lacking.setdefault(line.account, set()).update(missing)
    for account, kinds in lacking.items():
        words = ", ".join(_(KIND_WORDS[kind]) for kind in sorted(kinds))
        strict = facts.demands[account].strict
        yield Hit(
            account, {"account": account, "kinds": words}, severity=None if strict else Severity.WARNING
        )


def _impossible(facts: Facts) -> Iterator[Hit]:
    told = facts.demand
    account = facts.chart.get(told.account) if told else None
    if told and (account is None or account.disabled or (account.is_money and told.demand.kinds)):
        yield Hit(told.account or "?", {"account": told.account})


RULES = (
    Rule(
        "VCH-11",
        "",
        Severity.ERROR,
        frozenset({When.SUBMIT}),
        "财会〔2024〕12号 20 [N]",
        N_("A line carries what its account asks for"),
        N_("The balance of the account is only worth something divided by whom and what it belongs to."),
        N_("Account {account} wants to know: {kinds}. Choose it in the line."),
        _unlinked,
    ),
    Rule(
        "YE-51",
        "",
        Severity.ERROR,
        frozenset({When.ACCOUNT}),
        "",
        N_("What is asked of a line can be answered"),
        N_("Lines on cash and bank are made by the program from the money place; nobody could answer there."),
        N_("Account {account} cannot ask for links. Choose an account in use that is neither cash nor bank."),
        _impossible,
    ),
    Rule(
        "VCH-10",
        "",
        Severity.ERROR,
        GATES,
        "财会〔2024〕12号 20 [N]",
        N_("A line belongs to something the registers hold"),
        N_("A figure that points at nothing cannot be followed."),
        N_("The registers hold no {code} in use. Enter it first, or choose another."),
        _dead_link,
    ),
)
