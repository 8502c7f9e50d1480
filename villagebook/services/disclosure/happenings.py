"""What happened that calls for a notice of its own, read from what the log says. Nobody enters any of it for this purpose (D13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from villagebook.domain.contract import Contract
from villagebook.domain.duty import MONTHLY, Event, Happened, Paper, matter
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import LoanSide
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import Policy
from villagebook.domain.project import ProjectKind, Stage
from villagebook.domain.sheet import SheetForm
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import N_, _
from villagebook.services.disclosure.sheet_people import GIVEN
from villagebook.storage import entries, labour, openness, projects, resolutions
from villagebook.storage import happenings as store
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.pay_lists import paid_lists

EVENTS: dict[Event, str] = {
    Event.CONTRACT_MADE: N_("contract made"),
    Event.CONTRACT_CHANGED: N_("contract changed"),
    Event.CONTRACT_ENDED: N_("contract ended"),
    Event.DISPOSAL: N_("asset sold or gone"),
    Event.INVESTMENT: N_("investment"),
    Event.PROJECT_PLANNED: N_("project or works planned"),
    Event.PROJECT_BEGUN: N_("project or works begun"),
    Event.PROJECT_DONE: N_("project or works finished"),
    Event.LAND_MONEY: N_("money for land"),
    Event.LEVY: N_("contributions collected"),
    Event.ROSTER: N_("subsidies paid by list"),
    Event.BORROWED: N_("money borrowed"),
    Event.LENT: N_("money lent"),
    Event.LOAN_ENDED: N_("loan ended"),
    Event.RESOLUTION: N_("resolution"),
    Event.MAJOR: N_("large sum"),
    Event.REQUEST: N_("asked for"),
    Event.AUDIT: N_("audit result"),
    Event.RECTIFIED: N_("audit point mended"),
}

_STAGES = {
    Stage.PLANNED: (Event.PROJECT_PLANNED, "plan"),
    Stage.BEGUN: (Event.PROJECT_BEGUN, "progress"),
    Stage.FINISHED: (Event.PROJECT_DONE, "final"),
    Stage.SETTLED: (Event.PROJECT_DONE, "final"),
}
"""Tender, budget and result of works are told in three stages (农经发〔2011〕13号)."""
_NAMES = ("plan", "progress", "final")


@dataclass(frozen=True, slots=True)
class _Source:
    """What every reader needs: `since` is the first day that is looked at, never before the book began."""

    connection: Connection
    policy: Policy
    since: date


def happenings(
    connection: Connection, info: BookInfo, policy: Policy, since: date | None = None
) -> tuple[Happened, ...]:
    """Everything since a day, or since the book began; history that was taken in is not told again."""
    start = info.start.first_day
    source = _Source(connection, policy, max(start, since) if since else start)
    found: list[Happened] = []
    for read in (_contracts, _disposals, _projects, _loans, _resolutions, _money, _requests, _audits):
        found += read(source)
    return tuple(found)


def told_audits(connection: Connection, info: BookInfo, policy: Policy) -> tuple[Happened, ...]:
    """Audits and what was done about them alone, since the book began."""
    return tuple(_audits(_Source(connection, policy, info.start.first_day)))


def _contracts(source: _Source) -> Iterator[Happened]:
    told = entries.contracts(source.connection)
    for contract in told.values():
        if contract.signed_on >= source.since:
            yield _contract(Event.CONTRACT_MADE, contract, contract.signed_on)
    for change in entries.changes(source.connection, LinkKind.CONTRACT):
        if change.changed_on >= source.since and change.code in told:
            yield _contract(Event.CONTRACT_CHANGED, told[change.code], change.changed_on)
    for code, end in entries.ends(source.connection).items():
        if end.ended_on >= source.since and code in told:
            yield _contract(Event.CONTRACT_ENDED, told[code], end.ended_on)


def _contract(event: Event, contract: Contract, day: date) -> Happened:
    papers = (
        matter("contract", contract.code, day),
        Paper(SheetForm.CONTRACTS.value, f"contract:{contract.code}"),
    )
    target = f"register:contracts/{contract.code}"
    return Happened(event, contract.name, day, papers, contract.amount_fen, target)


def _disposals(source: _Source) -> Iterator[Happened]:
    gone = entries.disposals(source.connection)
    cards = entries.assets(source.connection) if gone else {}
    for code, one in gone.items():
        if one.gone_on >= source.since:
            papers = (matter("asset", code, one.gone_on),)
            target = f"register:assets/{code}"
            yield Happened(Event.DISPOSAL, cards[code].name, one.gone_on, papers, one.proceeds_fen, target)


def _projects(source: _Source) -> Iterator[Happened]:
    for project in projects.projects(source.connection):
        subject, target = f"project:{project.code}", f"register:projects/{project.code}"
        days: dict[str, tuple[Event, date]] = {"plan": (Event.PROJECT_PLANNED, project.decided_on)}
        for reached, on, _note in projects.stages(source.connection, project.code):
            if reached in _STAGES:
                event, name = _STAGES[Stage(reached)]
                days.setdefault(name, (event, date.fromisoformat(on)))
        for name, (event, day) in days.items():
            if day >= source.since:
                later = _NAMES[_NAMES.index(name) :]  # what tells of a later stage tells of the plan, too
                papers = tuple(
                    Paper(SheetForm.PROJECT.value, subject, stage, Span.of(Period.of(day))) for stage in later
                )
                yield Happened(event, project.name, day, papers, project.planned_fen, target)


def _loans(source: _Source) -> Iterator[Happened]:
    from villagebook.storage import loans

    told = entries.loans(source.connection)
    ends = loans.loan_ends(source.connection)
    for code, loan in told.items():
        target = f"register:loans/{code}"
        event = Event.BORROWED if loan.side is LoanSide.BORROWED else Event.LENT
        if loan.given_on >= source.since:
            papers = (matter("loan", code, loan.given_on),)
            yield Happened(event, loan.name, loan.given_on, papers, loan.amount_fen, target)
        end = ends.get(code)
        if end and end.ended_on >= source.since:
            papers = (matter("loan", code, end.ended_on),)
            yield Happened(Event.LOAN_ENDED, loan.name, end.ended_on, papers, 0, target)


def _resolutions(source: _Source) -> Iterator[Happened]:
    for held in resolutions.held(source.connection):
        made = held.resolution
        if made.held_on < source.since or made.earlier or held.annulled:
            continue
        words = "；".join(i.text for i in made.items)
        name = f"{made.number} {words}".strip()
        papers = (matter("resolution", made.number, made.held_on),)
        most_fen = max((i.amount_fen or 0 for i in made.items), default=0)
        target = f"register:resolutions/{made.number}"
        yield Happened(Event.RESOLUTION, name, made.held_on, papers, most_fen, target)


def _money(source: _Source) -> Iterator[Happened]:
    """Investments, large sums, land money and contributions, from the vouchers themselves."""
    policy, connection = source.policy, source.connection
    rows = store.invested(connection, policy.words["investment_accounts"], source.since)
    seen = {row[0] for row in rows}
    for row in rows:
        yield _voucher(source, Event.INVESTMENT, row)
    for row in store.large_money(connection, policy.number("major_amount_fen"), source.since):
        if row[0] not in seen:
            yield _voucher(source, Event.MAJOR, row)
    yield from _by_month(
        Event.LAND_MONEY,
        "land",
        _("money for land"),
        store.worded(connection, policy.words["land_money"], source.since),
    )
    yield from _rosters(source)
    levies = {p.code: p.name for p in projects.projects(connection) if p.kind is ProjectKind.ONE_ISSUE}
    for code, month, day, fen in _levied(source, tuple(levies)) if levies else ():
        papers = (matter("levy", f"{code}/{month}", day),)
        yield Happened(Event.LEVY, levies[code], day, papers, fen, f"register:projects/{code}")


def _levied(source: _Source, codes: tuple[str, ...]) -> list[tuple[str, Period, date, int]]:
    """(project, month, last day, fen) of each month in which villagers paid, worked, or asked to pay instead."""
    found: dict[tuple[str, Period], tuple[date, int]] = {}
    for code, month, last, fen in store.collected(source.connection, codes, source.since):
        found[(code, Period.from_number(month))] = (date.fromisoformat(last), fen)
    for code in codes:
        for sheet in labour.sheets(source.connection, code):
            if sheet.on >= source.since:
                key = (code, Period.of(sheet.on))
                day, fen = found.get(key, (sheet.on, 0))
                found[key] = (max(day, sheet.on), fen)
    return [(code, month, *told) for (code, month), told in found.items()]


def _voucher(source: _Source, event: Event, row: tuple[object, ...]) -> Happened:
    """A voucher is also told by the paper of whatever it names, and by its month's sheet."""
    ident, booked, word, number, summary, fen = row
    day = date.fromisoformat(str(booked))
    months = Span.of(Period.of(day))
    papers = [matter("voucher", str(ident), day)]
    for kind, code in store.subjects_of(source.connection, str(ident)):
        papers.append(matter(kind, code, day))
        papers += [Paper(form.value, f"{kind}:{code}") for form in (SheetForm.PROJECT, SheetForm.CONTRACTS)]
    papers.append(Paper(MONTHLY, "", "", months))
    name = f"{voucher_label(str(word), int(str(number)))} {summary}"
    return Happened(event, name, day, tuple(papers), int(str(fen)), f"voucher:{ident}")


def _by_month(event: Event, kind: str, name: str, rows: list[tuple[str, str, int]]) -> Iterator[Happened]:
    """One notice a month, of the last entry's day."""
    months: dict[Period, tuple[date, int]] = {}
    for _ident, booked, row_fen in rows:
        on = date.fromisoformat(booked)
        _last, sum_fen = months.get(Period.of(on), (on, 0))
        months[Period.of(on)] = (on, sum_fen + row_fen)
    for month, (day, fen) in months.items():
        yield Happened(event, f"{name} {month}", day, (matter(kind, str(month), day),), fen)


def _rosters(source: _Source) -> Iterator[Happened]:
    """Subsidies and land money paid by list are shown household by household when their month is over."""
    months: dict[Period, int] = {}
    for paid in paid_lists(source.connection, source.since, date.max, GIVEN):
        month = Period.of(paid.booked_on)
        months[month] = months.get(month, 0) + paid.content.total_fen
    for month, fen in months.items():
        papers = (Paper(SheetForm.ROSTER.value, "", "", Span.of(month)),)
        yield Happened(
            Event.ROSTER, _("subsidies of {month}").format(month=month), month.last_day, papers, fen
        )


def _requests(source: _Source) -> Iterator[Happened]:
    for one in openness.requests(source.connection):
        if one.is_valid and one.received_on >= source.since:
            papers = (matter("request", one.number, one.received_on),)
            yield Happened(
                Event.REQUEST,
                f"{one.number} {one.text}",
                one.received_on,
                papers,
                0,
                f"register:requests/{one.number}",
            )


def _audits(source: _Source) -> Iterator[Happened]:
    for audit in openness.audits(source.connection):
        subject, target = f"audit:{audit.number}", f"register:audits/{audit.number}"
        name = f"{audit.auditor} {audit.about}".strip()
        days = {audit.reported_on: Event.AUDIT}
        if audit.points and not audit.open_points():
            days.setdefault(max(m.day for m in audit.mended), Event.RECTIFIED)
        for day, event in days.items():
            if day >= source.since:
                papers = (Paper(SheetForm.AUDIT.value, subject, "", Span.of(Period.of(day))),)
                yield Happened(event, name, day, papers, 0, target)


def event_title(event: Event) -> str:
    return _(EVENTS[event])


def titles() -> Mapping[Event, str]:
    return {event: _(words) for event, words in EVENTS.items()}
