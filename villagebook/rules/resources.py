"""Resources: whole entries, and contracts that still run."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.resource import Use, area_of
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.registers import CLOSE, REASON, REGISTER, entry
from villagebook.rules.rule import Hit, Rule


def _where(facts: Facts) -> str:
    act = facts.resources.act
    return f"{act.resource.code} {act.resource.name}".strip() or "?" if act else ""


def _incomplete(facts: Facts) -> Iterator[Hit]:
    act = facts.resources.act
    if act is None:
        return
    if not act.resource.code.strip() or "/" in act.resource.code:
        yield Hit(_where(facts), {"field": _("number")})
    if len(act.resource.name.strip()) < 2:
        yield Hit(_where(facts), {"field": _("name")})
    if area_of(act.resource.area) is None:
        yield Hit(_where(facts), {"field": _("area in mu, such as 12.5")})


def _code_taken(facts: Facts) -> Iterator[Hit]:
    act = facts.resources.act
    if act and act.taken:
        yield Hit(_where(facts), {"code": act.resource.code}, entry("resources", act.resource.code))


def _let_by_nothing(facts: Facts) -> Iterator[Hit]:
    act = facts.resources.act
    if act and (not act.contract_lives or (act.resource.use is Use.CONTRACTED and not act.resource.contract)):
        yield Hit(_where(facts), {"contract": act.resource.contract or "–"})


def _no_reason(facts: Facts) -> Iterator[Hit]:
    act = facts.resources.act
    if act and act.changing and len(act.reason.strip()) < REASON:
        yield Hit(_where(facts))


def _stray(facts: Facts) -> Iterator[Hit]:
    for code, name in facts.resources.stray:
        yield Hit(f"{code} {name}", {}, entry("resources", code))


RULES = (
    Rule(
        "RSC-01",
        "",
        Severity.ERROR,
        REGISTER,
        "disclosure.md 1 [N]: class 5",
        N_("A resource is described"),
        N_("Land without an area or a name is land somebody can move the boundary of."),
        N_("The entry lacks: {field}."),
        _incomplete,
    ),
    Rule(
        "RSC-02",
        "",
        Severity.ERROR,
        REGISTER,
        "disclosure.md 1 [N]: class 5",
        N_("A number belongs to one resource for ever"),
        N_("Two fields under one number can be let as one."),
        N_("Number {code} is in use. Take the next free one."),
        _code_taken,
    ),
    Rule(
        "RSC-03",
        "",
        Severity.ERROR,
        REGISTER,
        "irregularities.md IR-57; audit_checks.md T37",
        N_("What is let is let by a contract"),
        N_("Land that is used without a contract brings the village nothing."),
        N_(
            "It is said to be let, but contract {contract} is not registered or has ended. Register the contract first."
        ),
        _let_by_nothing,
    ),
    Rule(
        "RSC-04",
        "",
        Severity.ERROR,
        REGISTER,
        "财会〔2024〕12号 20 [N]",
        N_("A change of a resource has a reason"),
        N_("Areas and boundaries do not change by themselves."),
        N_("Say why the entry is changed, in at least four characters."),
        _no_reason,
    ),
    Rule(
        "RSC-05",
        "",
        Severity.WARNING,
        CLOSE,
        "audit_checks.md T37; irregularities.md IR-57",
        N_("Nobody uses land under a contract that has ended"),
        N_("Use goes on and rent does not: the oldest leak there is."),
        N_("It is said to be let, but its contract has ended. Make a new one, or change the entry."),
        _stray,
    ),
)
