"""The budget: adopted by a resolution, spent within its lines, appropriated within what was planned and asked for (R9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
TARGET = "register:budget"
_REASON = 4
"""A recorded reason has at least this many characters."""


def _softened(facts: Facts) -> Severity | None:
    """The township says whether money beyond the budget waits for a reason or is only pointed out."""
    return None if "hold" in facts.policy.words["over_budget"] else Severity.WARNING


def _over_line(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT, DocKind.ADJUSTMENT)
    for touch in facts.plan.budget if doc else ():
        if doc and not touch.is_income and touch.own_fen > 0 and touch.left_fen < 0:
            values: dict[str, object] = {
                "line": touch.title,
                "left": yuan_text(touch.left_fen + touch.own_fen),
                "own": yuan_text(touch.own_fen),
                "planned": yuan_text(touch.planned_fen),
            }
            yield Hit(label(doc), values, TARGET, _softened(facts))


def _outside(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT, DocKind.ADJUSTMENT)
    for account, fen in facts.plan.outside if doc else ():
        if doc and fen > 0:
            yield Hit(label(doc), {"account": account, "amount": yuan_text(fen)}, TARGET, _softened(facts))


def _over_appropriated(facts: Facts) -> Iterator[Hit]:
    doc, wanted = document_of(facts, DocKind.TRANSFER), facts.plan.appropriation
    if doc and wanted and wanted.is_over:
        values: dict[str, object] = {
            "own": yuan_text(wanted.own_fen),
            "allowed": yuan_text(wanted.allowed_fen or 0),
        }
        yield Hit(label(doc), values, TARGET)


def _undecided(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_budget
    if new and (not new.budget.resolution.strip() or new.budget.decided_on > facts.today):
        yield Hit(str(new.budget.year), {"year": new.budget.year}, TARGET)


def _unusable_account(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_budget
    for line in new.budget.lines if new else ():
        account = facts.chart.get(line.account)
        if account is None or account.is_money:
            yield Hit(line.account or "-", {"account": line.account or "-"}, TARGET)


def _line_twice(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_budget
    counted = Counter(line.key for line in (new.budget.lines if new else ()))
    for (account, project), times in counted.items():
        if times > 1:
            yield Hit(account, {"line": f"{account} {project}".strip(), "n": times}, TARGET)


def _unknown_project(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_budget
    for line in new.budget.lines if new else ():
        if new and line.project and line.project not in new.projects:
            yield Hit(line.account, {"project": line.project}, "register:projects")


def _wrong_figures(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_budget
    if new and not new.budget.lines:
        yield Hit(str(new.budget.year), {"line": str(new.budget.year)}, TARGET)
    for line in new.budget.lines if new else ():
        if any(fen < 0 for fen in line.months):
            yield Hit(line.account, {"line": line.account}, TARGET)


def _unexplained(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_budget
    if new and new.before and len(new.budget.reason.strip()) < _REASON:
        yield Hit(str(new.budget.year), {"year": new.budget.year, "version": new.before.version}, TARGET)


def _empty_request(facts: Facts) -> Iterator[Hit]:
    new = facts.plan.new_request
    if new and (new.amount_fen <= 0 or not new.what.strip()):
        yield Hit(str(new.period), {"period": new.period}, TARGET)


RULES = (
    Rule(
        "BUD-01",
        "AP13",
        Severity.HOLD,
        SUBMIT,
        "[R] L15, R46; over_budget [D]",
        N_("What is spent stays within its line of the budget"),
        N_("The villagers decided on the budget; spending more is a decision nobody took."),
        N_(
            "{line}: {left} of {planned} is left, this takes {own}. Have the budget adjusted by a resolution, or record why it cannot wait."
        ),
        _over_line,
    ),
    Rule(
        "BUD-02",
        "AP13",
        Severity.HOLD,
        SUBMIT,
        "[R] L15, R46; over_budget [D]",
        N_("What is spent has a line in the budget"),
        N_("What nobody planned, nobody agreed to pay for."),
        N_(
            "The budget has no line for account {account} ({amount}). Have one added by a resolution, or record why it cannot wait."
        ),
        _outside,
    ),
    Rule(
        "E2L-65",
        "R9",
        Severity.HOLD,
        SUBMIT,
        "[R] R46; two_line.md R9",
        N_("An appropriation stays within the request and the budget"),
        N_("The expense line gets what was asked for and planned; more needs one more pair of eyes."),
        N_(
            "{allowed} may still be appropriated by request and budget, not {own}. The extra signatures are on the slip; record why more is needed, or ask for less."
        ),
        _over_appropriated,
    ),
    Rule(
        "BUD-03",
        "R9",
        Severity.ERROR,
        REGISTER,
        "[R] R46; disclosure.md class 1 [N]",
        N_("A budget is decided by a meeting"),
        N_("A budget nobody decided binds nobody."),
        N_(
            "Budget of {year}: enter the number of the resolution and the day of the meeting, which has been."
        ),
        _undecided,
    ),
    Rule(
        "BUD-04",
        "R9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A line of the budget names an account that money is earned or spent on"),
        N_("A plan that the books cannot be compared with is no plan."),
        N_("{account} is no account a budget can name. Choose one of the chart, not cash or bank."),
        _unusable_account,
    ),
    Rule(
        "BUD-05",
        "R9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("Each account stands in the budget once for each project"),
        N_("Two lines for one thing hide how much was planned for it."),
        N_("{line} stands in the budget {n} times. Put the figures into one line."),
        _line_twice,
    ),
    Rule(
        "BUD-06",
        "R9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A line for a project names a project of the register"),
        N_("Only what is registered can be followed."),
        N_("The register holds no project {project} in use. Register it first, or leave the project out."),
        _unknown_project,
    ),
    Rule(
        "BUD-07",
        "R9",
        Severity.ERROR,
        REGISTER,
        "[D]",
        N_("A budget has lines, and figures that are not below zero"),
        N_("Income and spending are planned side by side, never one against the other."),
        N_("{line}: enter at least one line, with figures of zero or more for every month."),
        _wrong_figures,
    ),
    Rule(
        "BUD-08",
        "AP13",
        Severity.ERROR,
        REGISTER,
        "[R] L15, R46",
        N_("A budget is adjusted with a reason"),
        N_("The old version stays; villagers may ask why it was not kept."),
        N_(
            "The budget of {year} has version {version} already. To adjust it, say why in at least four characters."
        ),
        _unexplained,
    ),
    Rule(
        "BUD-09",
        "R9",
        Severity.ERROR,
        REGISTER,
        "[R] R46; two_line.md R9",
        N_("A request says how much and what for"),
        N_("Who asks for money without saying what for may use it for anything."),
        N_("Request for {period}: enter an amount above zero and what it is for."),
        _empty_request,
    ),
)
