"""Contracts: instalments that add up and are asked for, nothing let go without a decision (R19), nothing paid beyond them."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _
from villagebook.rules.contract_facts import ContractAct
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, label
from villagebook.rules.registers import CLOSE, REASON, REGISTER, entry
from villagebook.rules.rule import Hit, Rule

YEAR = 12


def _where(act: ContractAct) -> str:
    return f"{act.contract.code} {act.contract.name}".strip() or "?"


def _act(facts: Facts) -> ContractAct | None:
    """The contract to be registered or amended; ending one asks less."""
    act = facts.contracts.act
    return None if act is None or act.ended else act


def _target(act: ContractAct) -> str:
    return entry("contracts", act.contract.code) if act.before else ""


def _incomplete(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act is None:
        return
    contract = act.contract
    if not contract.code.strip() or "/" in contract.code:
        yield Hit(_where(act), {"field": _("number")})
    if len(contract.name.strip()) < 2:
        yield Hit(_where(act), {"field": _("name")})
    if len(contract.party.strip()) < 2:
        yield Hit(_where(act), {"field": _("other party")})
    if contract.to_on < contract.from_on:
        yield Hit(_where(act), {"field": _("a last day after the first")})
    if contract.signed_on > facts.today:
        yield Hit(_where(act), {"field": _("a day of signing that is not in the future")})
    if min(contract.deposit_fen, contract.paid_before_fen) < 0:
        yield Hit(_where(act), {"field": _("amounts that are not negative")})


def _code_taken(facts: Facts) -> Iterator[Hit]:
    act = facts.contracts.act
    if act and act.taken:
        yield Hit(_where(act), {"code": act.contract.code}, entry("contracts", act.contract.code))


def _sum(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act is None:
        return
    total_fen = sum(i.amount_fen for i in act.contract.instalments)
    if total_fen != act.contract.amount_fen or any(i.amount_fen <= 0 for i in act.contract.instalments):
        yield Hit(
            _where(act),
            {"sum": yuan_text(total_fen), "amount": yuan_text(act.contract.amount_fen)},
            _target(act),
        )


def _beyond(facts: Facts) -> Iterator[Hit]:
    for draw in facts.contracts.draws:
        if draw.amount_fen > draw.left_fen:
            yield Hit(
                f"{label(facts.document)}: {draw.code}" if facts.document else draw.code,
                {
                    "code": draw.code,
                    "name": draw.name,
                    "amount": yuan_text(draw.amount_fen),
                    "left": yuan_text(draw.left_fen),
                },
                entry("contracts", draw.code),
            )


def _long(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    limit = facts.policy.number("contract_long_months")
    if act and act.contract.months > limit:
        yield Hit(
            _where(act),
            {"years": -(-act.contract.months // YEAR), "limit": limit // YEAR},
            entry("contracts", act.contract.code),
        )


def _loose(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act and (not act.contract.written or not act.contract.amount_fen):
        yield Hit(_where(act), {}, entry("contracts", act.contract.code))


def _undecided(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act and not (act.contract.resolution.strip() and act.contract.bidding.strip()):
        yield Hit(_where(act), {}, entry("contracts", act.contract.code))


def _unknown(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    for code in act.unknown if act else ():
        yield Hit(_where(act) if act else "", {"code": code})


def _over(facts: Facts) -> Iterator[Hit]:
    act = facts.contracts.act
    if act and act.has_ended:
        yield Hit(_where(act), {}, _target(act))


def _rivals(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    for name in act.rivals if act else ():
        yield Hit(_where(act) if act else "", {"other": name})


def _no_reason(facts: Facts) -> Iterator[Hit]:
    act = facts.contracts.act
    if act and (act.before or act.ended) and len(act.reason.strip()) < REASON:
        yield Hit(_where(act), {}, _target(act))


def _reduced(facts: Facts) -> Iterator[Hit]:
    act = facts.contracts.act
    if act and act.waived_fen > 0 and not (act.resolution.strip() and act.permit.strip()):
        yield Hit(_where(act), {"amount": yuan_text(act.waived_fen)}, _target(act))


def _overdue(facts: Facts) -> Iterator[Hit]:
    for late in facts.contracts.overdue:
        yield Hit(
            f"{late.code} {late.name}",
            {
                "party": late.party,
                "no": late.part.no,
                "due": late.part.due_on.isoformat(),
                "left": yuan_text(late.part.left_fen),
                "days": late.days,
            },
            entry("contracts", late.code),
        )


RULES = (
    Rule(
        "E2L-32",
        "R19",
        Severity.WARNING,
        CLOSE,
        "[R] R1; 村民委员会组织法 24 [N]",
        N_("Instalments are collected when they are due"),
        N_("Rent nobody asks for is rent somebody keeps."),
        N_(
            "{party} owes instalment {no}, due {due}: {left}, {days} days late. Collect it, or bring it before the members."
        ),
        _overdue,
    ),
    Rule(
        "E2L-33",
        "R19",
        Severity.ERROR,
        REGISTER,
        "[R] R1; 村民委员会组织法 24 [N]",
        N_("What was agreed is reduced by decision and permission only"),
        N_("A favour to one is paid for by all."),
        N_(
            "The village would get {amount} less. Give the number of the resolution and of the township's permission."
        ),
        _reduced,
    ),
    Rule(
        "CON-01",
        "R19",
        Severity.ERROR,
        REGISTER,
        "audit_checks.md 1 [R] A10: contracts",
        N_("A contract says who, what and when"),
        N_("What is not written down cannot be asked for."),
        N_("The contract lacks: {field}."),
        _incomplete,
    ),
    Rule(
        "CON-02",
        "R19",
        Severity.ERROR,
        REGISTER,
        "audit_checks.md 1 [R] A10: contracts",
        N_("A number belongs to one contract for ever"),
        N_("Two contracts under one number can be paid as one."),
        N_("Number {code} is in use. Take the next free one."),
        _code_taken,
    ),
    Rule(
        "CON-03",
        "R19",
        Severity.ERROR,
        REGISTER,
        "two_line.md R19 [D]",
        N_("Instalments add up to the price"),
        N_("An instalment that is left out is never missed."),
        N_(
            "The instalments make {sum}, the price is {amount}. Correct one of them; no instalment is nought."
        ),
        _sum,
    ),
    Rule(
        "CON-04",
        "R19",
        Severity.HOLD,
        GATES,
        "irregularities.md IR-49; audit_checks.md T19",
        N_("Nothing is paid beyond the contract"),
        N_("Paid above contract and settlement: the commonest leak of works."),
        N_(
            "{amount} is to be paid on {code} {name}, which has {left} left. Amend the contract first, or record the reason."
        ),
        _beyond,
    ),
    Rule(
        "CON-05",
        "R19",
        Severity.WARNING,
        REGISTER,
        "irregularities.md IR-57",
        N_("Contracts are not made for half a life"),
        N_("A price of today is a present in twenty years."),
        N_("It runs for {years} years; more than {limit} want the members' explicit decision."),
        _long,
    ),
    Rule(
        "CON-06",
        "R19",
        Severity.WARNING,
        REGISTER,
        "irregularities.md IR-57; audit_checks.md T37",
        N_("A contract is written and has a price"),
        N_("An oral contract is whatever the stronger side remembers."),
        N_("It is oral, or has no price. Have it written and priced."),
        _loose,
    ),
    Rule(
        "CON-07",
        "R19",
        Severity.WARNING,
        REGISTER,
        "村民委员会组织法 24 [N]; irregularities.md IR-57",
        N_("A contract is decided and tendered in the open"),
        N_("What is let without others bidding is let too cheap."),
        N_("Give the number of the resolution, and how it was tendered or priced."),
        _undecided,
    ),
    Rule(
        "CON-08",
        "R19",
        Severity.ERROR,
        REGISTER,
        "two_line.md R19 [D]",
        N_("A contract points at things the book knows"),
        N_("Money of a contract must find its account and its object."),
        N_("The book has no {code} that can be used here. Register it first, or choose another."),
        _unknown,
    ),
    Rule(
        "CON-09",
        "R19",
        Severity.ERROR,
        REGISTER,
        "two_line.md R19 [D]",
        N_("A contract that has ended stays as it was"),
        N_("What is over is not agreed again; a new contract is."),
        N_("It has ended. Register a new contract instead."),
        _over,
    ),
    Rule(
        "CON-10",
        "R19",
        Severity.WARNING,
        REGISTER,
        "audit_checks.md T18; irregularities.md IR-51",
        N_("One thing, one contract at a time"),
        N_("Let twice, collected once."),
        N_("{other} is about the same thing in the same time. Check whether both are meant."),
        _rivals,
    ),
    Rule(
        "CON-11",
        "R19",
        Severity.ERROR,
        REGISTER,
        "two_line.md R19 [D]",
        N_("A contract is changed for a reason"),
        N_("Whoever reads it later must know why."),
        N_("Say why, in at least four characters."),
        _no_reason,
    ),
)
