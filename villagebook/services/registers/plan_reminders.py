"""What wants doing about budget, funds and the two lines: sentences for the home page, each with its place of repair."""

from __future__ import annotations

from datetime import date, timedelta

from villagebook.domain.budget import Standing
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.fund import FundStanding
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.place import PlaceKind
from villagebook.domain.policy import Policy
from villagebook.domain.project import ProjectKind, Stage
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.gathering import labour_facts, plan_facts
from villagebook.services.registers import budgets
from villagebook.services.registers.funds import unsettled_in
from villagebook.storage import documents as docs
from villagebook.storage import funds, labour, projects, two_lines
from villagebook.storage.engine import Connection

MOST = 5
"""Lines of the budget that are named one by one."""


def reminders(connection: Connection, facts: Facts, today: date) -> tuple[Finding, ...]:
    """In the order of the registers."""
    return (
        *_budget(connection, facts, today),
        *_funds(connection, facts, today),
        *_overspent(connection, facts, today),
        *_labour(connection, today),
        *_taken_too_much(connection, today),
        *_two_lines(connection, facts, today),
    )


def _budget(connection: Connection, facts: Facts, today: date) -> list[Finding]:
    year = today.year
    stands = budgets.standing_in(connection, year)
    if stands is None:
        due = Period(year, facts.policy.number("budget_by_month")).last_day
        late = today > due
        text = (
            _("The budget of {year} was to be adopted by {day}.")
            if late
            else _("Have the budget of {year} adopted by {day}.")
        )
        level = Severity.WARNING if late else Severity.HINT
        words = text.format(year=year, day=due.isoformat())
        return [Finding("HOME-20", level, str(year), words, "", "register:budget")]
    nearly = [s for s in stands.lines if _is_nearly_used(s, facts.policy)]
    made = []
    for s in sorted(nearly, key=lambda s: s.remaining_fen)[:MOST]:
        text = _("Budget line {line}: {percent} % used, {left} left.").format(
            line=plan_facts.line_title(facts.chart, s.line),
            percent=s.percent if s.percent is not None else 100,
            left=yuan_text(s.remaining_fen),
        )
        level = Severity.WARNING if s.remaining_fen < 0 else Severity.HINT
        made.append(Finding("HOME-21", level, s.line.account, text, "", "register:budget"))
    return made


def _is_nearly_used(s: Standing, policy: Policy) -> bool:
    """Spending close to or beyond what was planned; income may be as high as it likes."""
    taken_fen = s.used_fen + s.under_way_fen
    return (
        not s.is_income
        and taken_fen > 0
        and taken_fen * 100 >= s.planned_fen * policy.number("budget_warn_percent")
    )


def _funds(connection: Connection, facts: Facts, today: date) -> list[Finding]:
    made = []
    known = funds.funds(connection)
    waiting = docs.waiting_documents(connection)
    soon = today + timedelta(days=facts.policy.number("fund_warn_days"))
    for fund in known:
        stands = plan_facts.fund_standing(connection, facts, fund, today, waiting)
        if fund.deadline is None or fund.deadline > soon or stands.left_fen <= 0:
            made += _used(connection, facts, stands, today)
        else:
            text = _("Special fund {fund}: {left} is left and to be spent by {day}.").format(
                fund=fund.title, left=yuan_text(stands.left_fen), day=fund.deadline.isoformat()
            )
            level = Severity.WARNING if fund.deadline < today else Severity.HINT
            made.append(Finding("HOME-22", level, fund.key, text, "", f"register:funds/{fund.key}"))
    named = {f.place for f in known}
    for place in facts.places.of_kind(PlaceKind.SP):
        if place.code not in named:
            text = _("{place} can pay nothing yet: say what it may be spent on.").format(place=place.name)
            target = f"register:funds/{place.code}"
            made.append(Finding("HOME-23", Severity.WARNING, place.code, text, "", target))
    return made


def _used(connection: Connection, facts: Facts, stands: FundStanding, today: date) -> list[Finding]:
    """A fund that paid out more than came in, or lies about and nobody uses it."""
    fund, left_fen = stands.fund, stands.left_fen
    target = f"register:funds/{fund.key}"
    if left_fen < 0:
        text = _("Special fund {fund}: {over} more was spent than came in. Say whose money that is.")
        words = text.format(fund=fund.title, over=yuan_text(-left_fen))
        return [Finding("HOME-44", Severity.WARNING, fund.key, words, "", target)]
    began = facts.start.first_day - timedelta(days=1)
    days = (
        today - (funds.last_moved(connection, fund) or began)
    ).days  # what was brought lies since then at least
    if not left_fen or days <= facts.policy.number("fund_idle_days"):
        return []
    text = ngettext(
        "Special fund {fund}: {left} has not moved for {n} day. Use it for its purpose, or say why it waits.",
        "Special fund {fund}: {left} has not moved for {n} days. Use it for its purpose, or say why it waits.",
        days,
    )
    words = text.format(fund=fund.title, left=yuan_text(left_fen), n=days)
    return [Finding("HOME-45", Severity.HINT, fund.key, words, "", target)]


def _labour(connection: Connection, today: date) -> list[Finding]:
    """Days of work that nobody listed, that are open when the project is to be done, or that are to be paid and are not."""
    made = []
    for project in projects.projects(connection):
        going = project.stage not in (Stage.SETTLED, Stage.DROPPED)
        if not (going and project.kind is ProjectKind.ONE_ISSUE and project.labour_days):
            continue
        found = labour_facts.standing(connection, project.code, today)
        target = f"register:labour/{project.code}"
        if not found and project.stage is not Stage.PLANNED:
            text = _("{name}: {days} workdays each were decided. List who owes them.")
            words = text.format(name=project.name, days=project.labour_days)
            made.append(Finding("HOME-46", Severity.WARNING, project.code, words, "", target))
        over = project.stage is Stage.FINISHED or (project.ends_on is not None and project.ends_on < today)
        left = sum(s.open for s in found)
        if over and left:
            people = sum(s.open > 0 for s in found)
            text = _("{name}: {people} people still owe {days} workdays.")
            words = text.format(name=project.name, people=people, days=left)
            made.append(Finding("HOME-47", Severity.HINT, project.code, words, "", target))
        unpaid_fen = labour_facts.unpaid_fen(connection, project.code, found, today)
        if unpaid_fen:
            text = _("{name}: {amount} for workdays that are paid off has not come in.")
            words = text.format(name=project.name, amount=yuan_text(unpaid_fen))
            made.append(Finding("HOME-48", Severity.HINT, project.code, words, "", target))
    return made


def _overspent(connection: Connection, facts: Facts, today: date) -> list[Finding]:
    """Projects that cost more than was raised for them: a reason was recorded, or a receipt was undone in red since."""
    made = []
    for project in projects.projects(connection):
        stands = plan_facts.project_standing(connection, facts, project, today, ())
        if stands.spent_fen > max(0, stands.available_fen):
            text = _(
                "{name}: {over} more was spent than was raised and is the village's own. Say who bears it."
            )
            over = yuan_text(stands.spent_fen - stands.available_fen)
            target = f"register:projects/{project.code}"
            words = text.format(name=project.name, over=over)
            made.append(Finding("HOME-50", Severity.WARNING, project.code, words, "", target))
    return made


def _taken_too_much(connection: Connection, today: date) -> list[Finding]:
    """Households that paid more than they owe, since days are worked after all, a sheet was struck out, or they left."""
    made = []
    for project in projects.projects(connection):
        came = labour.taken(connection, project.code, today) if project.kind is ProjectKind.ONE_ISSUE else {}
        owed = labour_facts.owed_by(connection, project) if came else {}
        over = {code: fen - owed.get(code, 0) for code, fen in came.items() if fen > owed.get(code, 0)}
        if over:
            text = _("{name}: {amount} more came from households than they owe ({households}). Give it back.")
            words = text.format(
                name=project.name, amount=yuan_text(sum(over.values())), households=_(", ").join(sorted(over))
            )
            target = f"register:projects/{project.code}"
            made.append(Finding("HOME-49", Severity.WARNING, project.code, words, "", target))
    return made


def _two_lines(connection: Connection, facts: Facts, today: date) -> list[Finding]:
    made = []
    for place in facts.places.of_kind(PlaceKind.IM):
        if not two_lines.holder_of(connection, place.code, today) and not place.holder:
            text = _("Name the person who answers for {place}.").format(place=place.name)
            made.append(Finding("HOME-24", Severity.HINT, place.code, text, "", "place:imprest"))
    bills = unsettled_in(connection, today)
    if bills:
        total = yuan_text(sum(b.amount_fen for b in bills))
        text = ngettext(
            "{n} registered bill, {amount} in all, is not paid yet.",
            "{n} registered bills, {amount} in all, are not paid yet.",
            len(bills),
        ).format(n=len(bills), amount=total)
        made.append(Finding("HOME-25", Severity.HINT, "", text, "", "place:bills"))
    return made
