"""Works: a contract before the money, people who accept, and a retention that waits for its term. AP19, X5."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.contract import ContractKind, Direction
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _
from villagebook.rules.contract_facts import ContractAct
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, label
from villagebook.rules.rule import Hit, Rule, When
from villagebook.rules.works_facts import WorksDraw

REGISTER = frozenset({When.REGISTER})
TEXT = 4
"""Fewest characters of what was found."""


def _target(code: str) -> str:
    return f"register:contracts/{code}"


def _where(facts: Facts, draw: WorksDraw) -> str:
    code = draw.contract.code  # of two contracts in one payment, each is a matter of its own
    return f"{label(facts.document)}: {code}" if facts.document else code


def _no_contract(facts: Facts) -> Iterator[Hit]:
    limit_fen = facts.policy.number("works_contract_fen")
    if facts.document and facts.works.loose_fen >= max(1, limit_fen):
        values: dict[str, object] = {
            "amount": yuan_text(facts.works.loose_fen),
            "limit": yuan_text(limit_fen),
        }
        yield Hit(label(facts.document), values, "register:contracts")


def _not_accepted(facts: Facts) -> Iterator[Hit]:
    """Beyond the share that may be paid under way, works are accepted first; by enough people where they are large."""
    share = facts.policy.number("works_advance_percent")
    from_fen, people = facts.policy.number("acceptance_fen"), facts.policy.number("acceptance_people")
    least_fen = facts.policy.number("works_contract_fen")
    for draw in facts.works.draws:
        accepted = draw.acceptance
        large = draw.contract.amount_fen > from_fen
        small = draw.contract.amount_fen < least_fen
        if small or draw.total_fen * 100 <= draw.contract.amount_fen * share:
            continue
        if accepted is None:
            text = _("{sum} of {price} would be paid and nobody has accepted the works")
            what = text.format(sum=yuan_text(draw.total_fen), price=yuan_text(draw.contract.amount_fen))
        elif not accepted.passed:
            what = _("the works were not accepted: {found}").format(found=accepted.found)
        elif large and accepted.heads < people:
            what = _("{n} accepted the works, {least} are asked for").format(n=accepted.heads, least=people)
        else:
            continue
        yield Hit(
            _where(facts, draw), {"name": draw.contract.name, "what": what}, _target(draw.contract.code)
        )


def _beyond(facts: Facts) -> Iterator[Hit]:
    """Above what was settled, out of a variation nobody decided, or out of the retention before its term."""
    doc = facts.document
    for draw in facts.works.draws if doc else ():
        contract, accepted, what = draw.contract, draw.acceptance, ""
        top_fen = contract.amount_fen - draw.varied_fen
        if accepted and accepted.passed:
            top_fen = min(top_fen, accepted.settled_fen)
        keep_fen = contract.retention_fen
        due = contract.retention_due_on
        waits = doc is not None and keep_fen > 0 and (due is None or doc.booked_on < due)
        if draw.total_fen > top_fen and top_fen < contract.amount_fen:  # beyond the price alone: CON-04
            text = _("{sum} would be paid, {top} is settled, or agreed by contract and decided variation")
            what = text.format(sum=yuan_text(draw.total_fen), top=yuan_text(top_fen))
        elif waits and draw.total_fen > top_fen - keep_fen:
            text = _("{keep} is kept back until {day}")
            what = text.format(keep=yuan_text(keep_fen), day=due.isoformat() if due else "…")
        if what:
            yield Hit(_where(facts, draw), {"name": contract.name, "what": what}, _target(contract.code))


def _bad_retention(facts: Facts) -> Iterator[Hit]:
    act = _works_act(facts)
    if act is None:
        return
    made = act.contract
    wrong = not 0 <= made.retention_fen <= made.amount_fen or (
        made.retention_fen > 0 and (made.retention_due_on is None or made.retention_due_on <= made.from_on)
    )
    if wrong:
        yield Hit(f"{made.code} {made.name}".strip() or "-", {}, _target(made.code) if act.before else "")


def _undecided_variation(facts: Facts) -> Iterator[Hit]:
    act = _works_act(facts)
    if act and act.before and act.contract.amount_fen > act.before.amount_fen and not act.resolution.strip():
        more_fen = act.contract.amount_fen - act.before.amount_fen
        where = f"{act.contract.code} {act.contract.name}"
        yield Hit(where, {"more": yuan_text(more_fen)}, _target(act.contract.code))


def _works_act(facts: Facts) -> ContractAct | None:
    act = facts.contracts.act
    return act if act and not act.ended and act.contract.kind is ContractKind.WORKS else None


def _unsound(facts: Facts) -> Iterator[Hit]:
    new, contract = facts.works.new, facts.works.contract
    if new is None:
        return
    known = contract is not None and contract.kind is ContractKind.WORKS
    missing = (
        (not known or (contract and contract.direction is not Direction.EXPENSE), _("a contract of works")),
        (contract and new.accepted_on < contract.from_on, _("a day after the works began")),
        (new.accepted_on > facts.today, _("a day that has been")),
        (new.settled_fen < 0 or (new.passed and not new.settled_fen), _("what the works come to")),
        (len(new.found.strip()) < TEXT, _("what was found")),
        (not new.papers, _("photos or the signed record")),
        (new.heads < len(new.people), _("different people, each with a name")),
        (new.heads < 1, _("who accepted")),
    )
    where = f"{new.contract} {contract.name if contract else ''}".strip() or "-"
    for lacks, what in missing:
        if lacks:
            yield Hit(where, {"what": what}, _target(new.contract) if known else "")


def _too_few(facts: Facts) -> Iterator[Hit]:
    new, contract = facts.works.new, facts.works.contract
    least = facts.policy.number("acceptance_people")
    large = contract and contract.amount_fen > facts.policy.number("acceptance_fen")
    if new and contract and large and 0 < new.heads < least:
        values: dict[str, object] = {"n": new.heads, "least": least, "price": yuan_text(contract.amount_fen)}
        yield Hit(f"{contract.code} {contract.name}", values, _target(contract.code))


def _no_audit(facts: Facts) -> Iterator[Hit]:
    new, contract = facts.works.new, facts.works.contract
    limit_fen = facts.policy.number("works_audit_fen")
    if new and contract and new.passed and new.settled_fen >= limit_fen and not new.audit_no.strip():
        values: dict[str, object] = {"limit": yuan_text(limit_fen)}
        yield Hit(f"{contract.code} {contract.name}", values, _target(contract.code))


def _above_contract(facts: Facts) -> Iterator[Hit]:
    new, contract = facts.works.new, facts.works.contract
    if new and contract and new.settled_fen > contract.amount_fen:
        values: dict[str, object] = {
            "settled": yuan_text(new.settled_fen),
            "price": yuan_text(contract.amount_fen),
        }
        yield Hit(f"{contract.code} {contract.name}", values, _target(contract.code))


RULES = (
    Rule(
        "AP-31",
        "AP19",
        Severity.HOLD,
        GATES,
        "[R] R19; approvals.md section 2, X5",
        N_("Works have a contract"),
        N_("Without a contract the price is what the last bill says."),
        N_(
            "{amount} is paid for works and names no contract; from {limit} on there is one. Register it and choose it at the line, or say why."
        ),
        _no_contract,
    ),
    Rule(
        "AP-32",
        "AP19",
        Severity.HOLD,
        GATES,
        "[R] R19: acceptance by at least 5 from 20,000 yuan",
        N_("Works are accepted before the rest is paid"),
        N_("Once the money is gone, nobody comes to mend the road."),
        N_("{name}: {what}. Enter the acceptance, or say why it is paid before."),
        _not_accepted,
    ),
    Rule(
        "AP-33",
        "AP19",
        Severity.HOLD,
        GATES,
        "[R] R19; A2; irregularities.md IR-49",
        N_("Works are paid as settled, and the retention after its term"),
        N_("What is paid too early is not brought back."),
        N_("{name}: {what}. Pay less, or say why."),
        _beyond,
    ),
    Rule(
        "AP-32",
        "AP19",
        Severity.ERROR,
        REGISTER,
        "[R] R19: acceptance by at least 5 from 20,000 yuan",
        N_("Large works are accepted by a group"),
        N_("One person can be invited to dinner."),
        N_("{n} accepted works of {price}; at least {least} are asked for."),
        _too_few,
    ),
    Rule(
        "AP-33",
        "AP19",
        Severity.ERROR,
        REGISTER,
        "[R] R19; A2",
        N_("A variation is decided"),
        N_("Works that grow while they are built grow for somebody."),
        N_("The price rises by {more}. Give the number of the resolution that decided it."),
        _undecided_variation,
    ),
    Rule(
        "WRK-01",
        "AP19",
        Severity.ERROR,
        REGISTER,
        "[R] R19: acceptance with pictures; audit_checks.md A2",
        N_("An acceptance says who, when and what was found"),
        N_("A signature without a look is worth nothing."),
        N_("The acceptance lacks {what}."),
        _unsound,
    ),
    Rule(
        "WRK-02",
        "AP19",
        Severity.ERROR,
        REGISTER,
        "approvals.md AP19 [D]",
        N_("A retention has a sum and a term"),
        N_("A retention without a term is either never paid or paid at once."),
        N_("The retention is at most the price, and its term ends after the works began. Enter both."),
        _bad_retention,
    ),
    Rule(
        "WRK-03",
        "AP19",
        Severity.WARNING,
        REGISTER,
        "[R] R19: audit report from 80,000 yuan",
        N_("Large works are audited"),
        N_("Somebody from outside counts the metres."),
        N_("From {limit} on there is an audit report. Enter its number."),
        _no_audit,
    ),
    Rule(
        "WRK-04",
        "AP19",
        Severity.ERROR,
        REGISTER,
        "[R] R19; irregularities.md IR-49",
        N_("Nothing is settled above the contract"),
        N_("The settlement is where works grow dear in silence."),
        N_(
            "{settled} is settled, the contract says {price}. Have the variation decided and amend the contract first."
        ),
        _above_contract,
    ),
)
