"""The budget: adopted, adjusted, compared with what was booked, asked for month by month (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.budget import Budget, BudgetLine, Standing, scaled
from villagebook.domain.finding import Finding
from villagebook.domain.meeting import Matter
from villagebook.domain.period import Period
from villagebook.rules.plan_facts import NewBudget, NewRequest, PlanFacts
from villagebook.rules.resolution_facts import ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import plan_facts as plans
from villagebook.services.gathering import resolution_facts
from villagebook.storage import budgets as store
from villagebook.storage import documents as docs
from villagebook.storage import projects, registry
from villagebook.storage.book import Book
from villagebook.storage.budgets import Request
from villagebook.storage.engine import Connection

__all__ = ["Request"]

TOPICS = ("registers", "budget")


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A year's budget beside what was booked. `by_month` is what was posted on each line, January first."""

    budget: Budget
    lines: tuple[Standing, ...]
    by_month: tuple[tuple[int, ...], ...]

    def planned_fen(self, *, income: bool) -> int:
        return sum(s.planned_fen for s in self.lines if s.is_income is income)


@dataclass(frozen=True, slots=True)
class Draft:
    """A version as it was typed, before it has a number."""

    year: int
    lines: Sequence[BudgetLine]
    resolution: str
    decided_on: date
    reason: str = ""


def adopt(book: Book, draft: Draft, by: By) -> Budget:
    """Adopt the budget of a year, or adjust it when it has one; every version stays.

    Raises Refused: nobody decided it (BUD-03), lines that cannot be used (BUD-04 to BUD-07), no reason (BUD-08).
    """
    with book.writing(by.actor, by.at) as writing:
        new = _new(writing.connection, draft)
        facts = gather.ground(writing.connection, book.info, by.day)
        told = replace(facts, plan=PlanFacts(new_budget=new), resolutions=_decided(writing.connection, new))
        pass_or_refuse(told, When.REGISTER)
        made = new.budget
        data: dict[str, object] = {
            "year": made.year,
            "version": made.version,
            "resolution": made.resolution,
            "decided_on": made.decided_on.isoformat(),
            "lines": [line.to_data() for line in made.lines],
        }
        if new.before:
            data["reason"] = made.reason
        writing.log("budget.adjusted" if new.before else "budget.adopted", data, new_id(), *TOPICS)
        return made


def review(book: Book, draft: Draft, today: date) -> tuple[Finding, ...]:
    """What stands against a version, while it is typed."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, today)
        new = _new(connection, draft)
        told = replace(facts, plan=PlanFacts(new_budget=new), resolutions=_decided(connection, new))
    return look(told, When.REGISTER)


def _decided(connection: Connection, new: NewBudget) -> ResolutionFacts:
    """The resolution a version stands on."""
    made = new.budget
    return ResolutionFacts(
        draws=resolution_facts.cite(
            connection,
            made.resolution,
            str(made.year),
            made.decided_on,
            target="register:budget",
            matters=frozenset({Matter.BUDGET}),
        )
    )


def _new(connection: Connection, draft: Draft) -> NewBudget:
    before = store.budget(connection, draft.year)
    made = Budget(
        draft.year,
        store.versions(connection, draft.year) + 1,
        draft.resolution.strip(),
        draft.decided_on,
        tuple(draft.lines),
        draft.reason.strip() if before else "",
    )
    known = frozenset(p.code for p in projects.projects(connection) if p.in_use)
    return NewBudget(made, before, known)


def standing(
    book: Book, year: int, version: int | None = None, through: Period | None = None
) -> YearStanding | None:
    """Planned, used, under way and remaining of every line; None when the year has no budget (or no such version).

    With `through`, used is what was posted up to that month, and under way what is dated up to it.
    """
    with book.reading() as connection:
        return standing_in(connection, year, version, through)


def standing_in(
    connection: Connection, year: int, version: int | None = None, through: Period | None = None
) -> YearStanding | None:
    """As `standing`, within a transaction."""
    last = through or Period(year, 12)
    budget = store.budget(connection, year, version)
    if budget is None:
        return None
    chart, places = registry.read_chart(connection), registry.read_places(connection)
    used = plans.used_by_month(connection, chart, budget)
    waiting = tuple(w for w in docs.waiting_documents(connection) if Period.of(w[1].booked_on) <= last)
    waits = plans.waiting_by_line(places, chart, budget, waiting)
    income_first = sorted(
        budget.lines, key=lambda line: (not plans.is_income(chart, line.account), *line.key)
    )
    return YearStanding(
        budget,
        tuple(
            Standing(
                line,
                plans.is_income(chart, line.account),
                line.total_fen,
                sum(fen for n, fen in enumerate(used[line.key], 1) if Period(year, n) <= last),
                waits.get(line.key, 0),
            )
            for line in income_first
        ),
        tuple(tuple(used[line.key]) for line in income_first),
    )


def versions(book: Book, year: int) -> tuple[Budget, ...]:
    """Every version of a year's budget, the first one first."""
    with book.reading() as connection:
        found = [store.budget(connection, year, n + 1) for n in range(store.versions(connection, year))]
    return tuple(b for b in found if b is not None)


def actuals(book: Book, year: int) -> dict[str, tuple[int, ...]]:
    """Account -> what was booked in each month of a year, earned and spent both positive; income and expense only."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found: dict[str, list[int]] = {}
        for code, month, debit, credit in store.booked(connection, year):
            account = chart.get(code)
            if plans.is_planned(account):
                fen = plans.planned_part(account, debit, credit)
                found.setdefault(code, [0] * 12)[month - 1] += fen
    return {code: tuple(months) for code, months in sorted(found.items()) if any(months)}


def from_last_year(book: Book, year: int, percent: int) -> tuple[BudgetLine, ...]:
    """Last year's figures by a factor, as lines to begin with; months below zero are left at zero."""
    return tuple(
        BudgetLine(code, tuple(max(0, fen) for fen in scaled(months, percent)))
        for code, months in actuals(book, year - 1).items()
    )


def ask(book: Book, request: Request, by: By) -> None:
    """Ask for what the expense line needs in a month; the newest request of a month counts. Raises Refused (BUD-09)."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        new = NewRequest(request.period, request.amount_fen, request.what)
        pass_or_refuse(replace(facts, plan=PlanFacts(new_request=new)), When.REGISTER)
        data: dict[str, object] = {
            "period": request.period.number,
            "amount_fen": request.amount_fen,
            "what": request.what.strip(),
            "resolution": request.resolution.strip(),
            "requested_on": request.requested_on.isoformat(),
        }
        writing.log("appropriation.requested", data, new_id(), *TOPICS)


@dataclass(frozen=True, slots=True)
class Month:
    """What was asked for in a month and what the expense line got, posted or under way."""

    period: Period
    request: Request | None
    appropriated_fen: int


def months(book: Book, year: int) -> tuple[Month, ...]:
    """The twelve months of a year with request and appropriations."""
    with book.reading() as connection:
        asked = {r.period: r for r in store.requests(connection, year)}
        moved = store.appropriated(connection, year)
    return tuple(
        Month(period, asked.get(period), sum(fen for month, fen in moved if month == period))
        for period in (Period(year, number) for number in range(1, 13))
    )
