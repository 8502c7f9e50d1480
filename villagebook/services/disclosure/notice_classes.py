"""The eight classes of 农经发〔2011〕13号 on the monthly notice, each from its register or its accounts; "" prints 本期无 (D1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from villagebook.domain.account import DISTRIBUTION, YEAR_RESULT, Category, is_result
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import LoanSide
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import ClassState, NoticeLine
from villagebook.domain.period import Span
from villagebook.domain.project import Project, Stage
from villagebook.domain.resource import Resource, Use, area_of
from villagebook.domain.voucher import Voucher
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.claims import closings
from villagebook.services.disclosure.notice_entries import CLASSES
from villagebook.services.disclosure.owed_details import EARMARKED
from villagebook.services.disclosure.purpose_parts import moved_funds
from villagebook.services.names import account_title
from villagebook.services.registers.register_words import RESOURCE_KINDS
from villagebook.services.township.plan_words import stage_title
from villagebook.storage import budgets, entries, ledger, loans, projects
from villagebook.storage.engine import Connection

__all__ = ["CLASSES", "class_states"]

CLAIMS = ("112", "113")
ENDED = (Stage.SETTLED, Stage.DROPPED)
MOST = 6
"""Projects that are named; the others are counted and stand on sheets of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the classes are told from."""

    connection: Connection
    base: Facts
    span: Span
    lines: tuple[NoticeLine, ...]
    excluded: tuple[Voucher, ...]

    @property
    def day(self) -> date:
        return self.span.last.last_day

    def of_class(self, name: str) -> tuple[NoticeLine, ...]:
        return tuple(line for line in self.lines if line.group == name)


def class_states(
    connection: Connection,
    base: Facts,
    span: Span,
    lines: Iterable[NoticeLine],
    excluded: Iterable[Voucher],
) -> tuple[ClassState, ...]:
    """One sentence or several for each of the eight, in their order."""
    told = Told(connection, base, span, tuple(lines), tuple(excluded))
    tellers = (_plans, _income, _spending, _assets, _resources, _claims, _distribution, _other)
    return tuple(
        ClassState(_(name), _("; ").join(filter(None, tell(told))))
        for name, tell in zip(CLASSES, tellers, strict=True)
    )


def _plans(told: Told) -> Iterable[str]:
    """The budget in force and the projects in hand."""
    found = _budget(told)
    if found:
        yield found
    at_stage = [(p, s) for p in projects.projects(told.connection) if (s := _stage(told, p)) is not None]
    going = [(p, stage) for p, stage in at_stage if stage not in ENDED]
    named = [f"{p.name} ({stage_title(stage)})" for p, stage in going[:MOST]]
    if going:
        text = ngettext("{n} project: {names}", "{n} projects: {names}", len(going))
        yield text.format(n=len(going), names=_(", ").join(named) + ("…" if len(going) > MOST else ""))


def _budget(told: Told) -> str:
    year = told.span.last.year
    for version in range(budgets.versions(told.connection, year), 0, -1):
        budget = budgets.budget(told.connection, year, version)
        if budget is None or budget.decided_on > told.day:
            continue
        income = sum(line.total_fen for line in budget.lines if _is_income(told, line.account))
        spending = sum(line.total_fen for line in budget.lines) - income
        text = _("budget of {year}: income {income}, spending {spending}")
        return text.format(year=year, income=yuan_text(income), spending=yuan_text(spending))
    return ""


def _is_income(told: Told, code: str) -> bool:
    account = told.base.chart.get(code)
    return account is not None and account.is_income


def _stage(told: Told, project: Project) -> Stage | None:
    """How far it was on the last day; None when it was not decided then."""
    if project.decided_on > told.day:
        return None
    stages = projects.stages(told.connection, project.code)
    before = [Stage(stage) for stage, day, _note in stages if date.fromisoformat(day) <= told.day]
    if not stages:
        return project.stage
    return before[-1] if before else Stage.PLANNED


def _income(told: Told) -> Iterable[str]:
    lines = told.of_class(CLASSES[1])
    if lines:
        yield _entries(len(lines), sum(i.income_fen - i.spending_fen for i in lines))


def _spending(told: Told) -> Iterable[str]:
    lines = told.of_class(CLASSES[2])
    if lines:
        yield _entries(len(lines), sum(i.spending_fen - i.income_fen for i in lines))


def _entries(n: int, fen: int) -> str:
    return _("{n} entries, {amount}").format(n=n, amount=yuan_text(fen))


def _closings(told: Told, wanted: Callable[[str, Category], bool]) -> dict[str, int]:
    """Closing balance by first-level account, debit positive, without those that are nil."""
    sums: dict[str, int] = {}
    for b in ledger.balances(told.connection, told.span):
        account = told.base.chart.get(b.account)
        if account is not None and wanted(account.code, account.category):
            sums[account.code[:3]] = sums.get(account.code[:3], 0) + b.closing_fen
    return {code: fen for code, fen in sums.items() if fen}


def _named(told: Told, sums: dict[str, int]) -> str:
    chart = told.base.chart
    return _(", ").join(
        f"{account_title(chart, code)} {yuan_text(fen)}" for code, fen in sorted(sums.items())
    )


def _assets(told: Told) -> Iterable[str]:
    """Cash, goods, fixed assets ... at the end, and the cards that came and went."""
    sums = _closings(told, lambda code, category: category is Category.ASSET and not code.startswith(CLAIMS))
    if sums:
        text = _("{amount} at the end of the period ({parts})")
        yield text.format(amount=yuan_text(sum(sums.values())), parts=_named(told, sums))
    cards = entries.entries(told.connection, LinkKind.ASSET, told.day)
    came = [c for c in cards.values() if date.fromisoformat(str(c["acquired_on"])) in told.span]
    gone = [d for d in entries.disposals(told.connection).values() if d.gone_on in told.span]
    if came or gone:
        yield _("assets that came: {came}, that went: {gone}").format(came=len(came), gone=len(gone))


def _resources(told: Told) -> Iterable[str]:
    """Land, water and woods by kind with their area, and how much is let and idle."""
    found = [
        one
        for one in entries.resources(told.connection, told.day).values()
        if one.since is None or one.since <= told.day
    ]
    if not found:
        return
    kinds = dict.fromkeys(r.kind for r in found)
    parts = [f"{_(RESOURCE_KINDS[kind])} {_mu(r for r in found if r.kind is kind)}" for kind in kinds]
    yield _(", ").join(parts)
    for use, words in ((Use.CONTRACTED, _("let {area}")), (Use.IDLE, _("idle {area}"))):
        if some := [r for r in found if r.use is use]:
            yield words.format(area=_mu(some))


def _mu(resources: Iterable[Resource]) -> str:
    """Their area together, as written on certificates."""
    area = sum((area_of(r.area) or Decimal(0) for r in resources), Decimal(0))
    return _("{area} mu").format(area=f"{area.normalize():f}")


def _claims(told: Told) -> Iterable[str]:
    """Person by person as on F3, so that a claim on one does not hide a debt to another, and the same figures hang on both."""
    base = told.base
    claims, debts = closings(told.connection, base, told.span)
    if claims or debts:
        text = _("owed to us {claims}, owed by us {debts}")
        yield text.format(claims=yuan_text(claims), debts=yuan_text(debts))
    held = _closings(told, lambda code, _category: code.startswith(EARMARKED))
    if held:
        yield _("held for a set purpose {amount}").format(amount=yuan_text(-sum(held.values())))
    for fund, _before, came, went, rest in moved_funds(told.connection, base, told.span):
        text = _("special fund {name}: received {came}, used {went}, left {left}")
        yield text.format(name=fund.title, came=yuan_text(came), went=yuan_text(went), left=yuan_text(rest))
    known = entries.entries(told.connection, LinkKind.LOAN, told.day)
    ends = loans.loan_ends(told.connection)
    left = [
        code
        for code, body in known.items()
        if date.fromisoformat(str(body["given_on"])) <= told.day
        and (code not in ends or ends[code].ended_on > told.day)
    ]
    lent = sum(known[code].get("side") == LoanSide.LENT for code in left)
    if taken := len(left) - lent:
        yield ngettext("{n} loan taken up", "{n} loans taken up", taken).format(n=taken)
    if lent:
        yield ngettext("{n} loan given", "{n} loans given", lent).format(n=lent)


def _distribution(told: Told) -> Iterable[str]:
    """What was paid out, and what was set aside or promised without money moving."""
    lines = told.of_class(CLASSES[6])
    if lines:
        yield _entries(len(lines), sum(s.spending_fen - s.income_fen for s in lines))
    booked = 0
    for voucher in told.excluded:
        if any(line.account.startswith(DISTRIBUTION) and line.debit_fen for line in voucher.lines):
            booked += sum(
                line.credit_fen
                for line in voucher.lines
                if not line.account.startswith((DISTRIBUTION, YEAR_RESULT)) and not is_result(line.account)
            )
    if booked:
        yield _("set aside or promised: {amount}").format(amount=yuan_text(booked))


def _other(told: Told) -> Iterable[str]:
    lines = told.of_class(CLASSES[7])
    if lines:
        yield _entries(len(lines), sum(i.income_fen - i.spending_fen for i in lines))
    if told.excluded:
        text = ngettext(
            "{n} voucher that moves no money, named with its reason",
            "{n} vouchers that move no money, named with their reasons",
            len(told.excluded),
        )
        yield text.format(n=len(told.excluded))
