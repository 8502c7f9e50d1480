"""Links of lines into registers."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES
from villagebook.rules.rule import Hit, Rule


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


RULES = (
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
