"""Gathering what the rules of budget, projects and special funds look at beside the document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.account import WORKS, Account, Category, Chart
from villagebook.domain.budget import Budget, BudgetLine
from villagebook.domain.document import Document, derive_lines
from villagebook.domain.earmark import came_and_went, uses
from villagebook.domain.fund import Fund, FundStanding
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.place import PlaceKind, Places, Purpose, movement
from villagebook.domain.project import Project, ProjectStanding, Source
from villagebook.domain.voucher import DocKind, Voucher, VoucherLine
from villagebook.rules.facts import Facts
from villagebook.rules.plan_facts import Appropriation, BudgetTouch, FundTouch, PlanFacts, ProjectTouch
from villagebook.services.names import account_title
from villagebook.storage import budgets, funds, labour, links, projects
from villagebook.storage import documents as docs
from villagebook.storage.engine import Connection

Waiting = tuple[tuple[int, Document], ...]
Key = tuple[str, str]
"""Account and project of a budget line."""


def for_document(connection: Connection, base: Facts, document: Document) -> PlanFacts:
    """What one document does to the budget, to the projects and funds its lines name, and to the year's appropriations."""
    lines = derive_lines(document, base.places)
    waiting = tuple(w for w in docs.waiting_documents(connection) if w[1].id != document.id)
    own = docs.submission_of(connection, document.id)
    earlier = tuple(w for w in waiting if own is None or w[0] < own)
    touched, outside = _budget(connection, base, document, lines, waiting)
    return PlanFacts(
        budget=touched,
        outside=outside,
        appropriation=_appropriation(connection, base, document, own),
        projects=_projects(connection, base, document, lines, earlier),
        funds=_funds(connection, base, document, lines, earlier),
    )


# ---- budget ----


def is_income(chart: Chart, code: str) -> bool:
    account = chart.get(code)
    return account is not None and account.is_income


def planned_part(account: Account | None, debit_fen: int, credit_fen: int) -> int:
    """What a booking adds to its budget line: earned by income accounts, net spending of expenses, debits of others.

    Things and works leave their account again when they are finished or sold; that gives no money back to the budget.
    """
    if account is not None and account.category is Category.RESULT:
        return credit_fen - debit_fen if account.is_income else debit_fen - credit_fen
    return debit_fen


def is_planned(account: Account | None) -> bool:
    """Accounts whose spending or earning a budget is to foresee: income and expense."""
    return account is not None and (account.is_income or account.is_expense)


def project_codes(links_of_line: Iterable[Link]) -> tuple[str, ...]:
    return tuple(link.code for link in links_of_line if link.kind is LinkKind.PROJECT)


def used_by_month(connection: Connection, chart: Chart, budget: Budget) -> dict[Key, list[int]]:
    """Fen posted on each line of a budget in each month of its year."""
    found = {line.key: [0] * 12 for line in budget.lines}

    def add(line: BudgetLine | None, month: int, fen: int) -> None:
        if line is not None:
            found[line.key][month - 1] += fen

    for account, month, debit, credit in budgets.booked(connection, budget.year):
        add(budget.line_for(account), month, planned_part(chart.get(account), debit, credit))
    for account, month, debit, credit, marked in budgets.booked_for_projects(connection, budget.year):
        line, plain = budget.line_for(account, marked), budget.line_for(account)
        if line is not plain:
            fen = planned_part(chart.get(account), debit, credit)
            add(line, month, fen)
            add(plain, month, -fen)
    return found


def waiting_by_line(places: Places, chart: Chart, budget: Budget, waiting: Waiting) -> dict[Key, int]:
    """Fen of documents under way on each line of a budget."""
    found: dict[Key, int] = {}
    for _seq, document in waiting:
        if document.booked_on.year == budget.year:
            taken, _rest = _share_out(chart, budget, derive_lines(document, places))
            for key, fen in taken.items():
                found[key] = found.get(key, 0) + fen
    return found


def _share_out(
    chart: Chart, budget: Budget, lines: Iterable[VoucherLine]
) -> tuple[dict[Key, int], dict[str, int]]:
    """(budget line -> fen, account without a line -> fen) of the lines of a voucher."""
    told = tuple(lines)
    finished = any(line.account.startswith(WORKS) and line.credit_fen for line in told)
    taken: dict[Key, int] = {}
    outside: dict[str, int] = {}
    for line in told:
        account = chart.get(line.account)
        if account is None or account.is_money or (finished and account.category is Category.ASSET):
            continue  # a finished work used the budget when it was paid for, not once more as the thing it becomes
        fen = planned_part(account, line.debit_fen, line.credit_fen)
        found = budget.line_for(line.account, project_codes(line.links))
        if found is not None:
            taken[found.key] = taken.get(found.key, 0) + fen
        elif account.is_expense:
            outside[line.account] = outside.get(line.account, 0) + fen
    return taken, outside


def _budget(
    connection: Connection, base: Facts, document: Document, lines: tuple[VoucherLine, ...], waiting: Waiting
) -> tuple[tuple[BudgetTouch, ...], tuple[tuple[str, int], ...]]:
    budget = budgets.budget(connection, document.booked_on.year)
    if budget is None or document.kind is DocKind.TRANSFER:
        return (), ()
    taken, outside = _share_out(base.chart, budget, lines)
    if not taken:
        return (), tuple(sorted(outside.items()))
    used = used_by_month(connection, base.chart, budget)
    under_way = waiting_by_line(base.places, base.chart, budget, waiting)
    made = tuple(
        BudgetTouch(
            line_title(base.chart, line),
            is_income(base.chart, line.account),
            line.total_fen,
            sum(used[line.key]),
            under_way.get(line.key, 0),
            taken[line.key],
        )
        for line in budget.lines
        if line.key in taken
    )
    return made, tuple(sorted(outside.items()))


def line_title(chart: Chart, line: BudgetLine) -> str:
    """How people name a line of the budget: code, name, project."""
    name = account_title(chart, line.account, "")
    return " ".join(word for word in (line.account, name, line.project) if word)


def _appropriation(
    connection: Connection, base: Facts, document: Document, own: int | None
) -> Appropriation | None:
    source, target = base.places.get(document.place), base.places.get(document.to_place)
    if document.kind is not DocKind.TRANSFER or source is None or target is None:
        return None
    if movement(source, target) is not Purpose.APPROPRIATION:
        return None
    month, year = Period.of(document.booked_on), document.booked_on.year
    plan = budgets.planned(connection, year)
    spending = [fen for code, fen in plan.items() if not is_income(base.chart, code)]
    asked = [r.amount_fen for r in budgets.requests(connection, year) if r.period == month]
    earlier = budgets.appropriated(connection, year, document.id, own)
    return Appropriation(
        document.amount_fen,
        sum(fen for period, fen in earlier if period == month),
        sum(fen for _period, fen in earlier),
        asked[0] if asked else None,
        sum(spending) if plan else None,
    )


# ---- projects and funds ----


def _marked(lines: Iterable[VoucherLine], kind: LinkKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k.code for line in lines for k in line.links if k.kind is kind))


def moved_by(chart: Chart, kind: DocKind, lines: Iterable[VoucherLine], link: Link) -> tuple[int, int]:
    """(raised, spent) of the lines of a document or voucher that are marked with a link."""
    raised_fen, spent_fen = 0, 0
    for line in lines:
        if link in line.links:
            came, went = came_and_went(kind, chart.get(line.account), line.debit_fen - line.credit_fen)
            raised_fen, spent_fen = raised_fen + came, spent_fen + went
    return raised_fen, spent_fen


def _waiting_on(base: Facts, waiting: Waiting, link: Link) -> int:
    """Fen that documents under way will spend under a link."""
    return sum(
        max(0, moved_by(base.chart, document.kind, derive_lines(document, base.places), link)[1])
        for _seq, document in waiting
    )


def posted_on(connection: Connection, chart: Chart, link: Link, until: date) -> tuple[int, int]:
    """(raised, spent) of opening balances and posted lines that are marked with a link, up to a day."""
    raised_fen, spent_fen = 0, 0
    for account, _party, debit, credit in links.opening_of(connection, link):
        came, went = came_and_went(DocKind.RECEIPT, chart.get(account), debit - credit)
        raised_fen, spent_fen = raised_fen + came, spent_fen + went
    for kind, account, net_fen in links.sums(connection, link, until):
        came, went = came_and_went(DocKind(kind), chart.get(account), net_fen)
        raised_fen, spent_fen = raised_fen + came, spent_fen + went
    return raised_fen, spent_fen


def _lowest(connection: Connection, chart: Chart, link: Link, day: date, left_fen: int) -> int:
    """The least that is left under a link at the close of a day or of a later one; `left_fen` is left after all of them."""
    by_day: dict[date, int] = {}
    for moved_on, kind, account, net_fen in links.sums_after(connection, link, day):
        came, went = came_and_went(DocKind(kind), chart.get(account), net_fen)
        by_day[moved_on] = by_day.get(moved_on, 0) + came - went
    lowest_fen = left_fen
    for fen in by_day.values():
        left_fen -= fen
        lowest_fen = min(lowest_fen, left_fen)
    return lowest_fen


def project_stand(connection: Connection, chart: Chart, project: Project, until: date) -> tuple[int, int]:
    """(raised, spent) of a project up to a day, with what happened before this book began."""
    raised_fen, spent_fen = posted_on(connection, chart, Link(LinkKind.PROJECT, project.code), until)
    return raised_fen + project.raised_before_fen, spent_fen + project.spent_before_fen


def project_standing(
    connection: Connection, base: Facts, project: Project, until: date, waiting: Waiting
) -> ProjectStanding:
    raised_fen, spent_fen = project_stand(connection, base.chart, project, until)
    held = _waiting_on(base, waiting, Link(LinkKind.PROJECT, project.code))
    return ProjectStanding(project, raised_fen, spent_fen, held)


def fund_stand(connection: Connection, chart: Chart, fund: Fund, until: date) -> tuple[int, int]:
    """(received, spent) of a fund up to a day: by its place when it has one, else by the lines that name it."""
    if fund.place:
        return funds.place_flow(connection, fund.place, until)
    received_fen, spent_fen = posted_on(connection, chart, Link(LinkKind.FUND, fund.key), until)
    return received_fen + fund.brought_fen, spent_fen


def fund_standing(
    connection: Connection, base: Facts, fund: Fund, until: date, waiting: Waiting
) -> FundStanding:
    received_fen, spent_fen = fund_stand(connection, base.chart, fund, until)
    if fund.place:
        leaves = (DocKind.PAYMENT, DocKind.TRANSFER)
        held = sum(d.total_fen for _s, d in waiting if d.place == fund.place and d.kind in leaves)
        return FundStanding(fund, received_fen, spent_fen, held)
    held = _waiting_on(base, waiting, Link(LinkKind.FUND, fund.key))
    return FundStanding(fund, received_fen, spent_fen, held)


def funds_without(
    connection: Connection, base: Facts, voucher: Voucher, day: date
) -> tuple[tuple[FundStanding, int], ...]:
    """Funds in common accounts that a voucher brings money to, each with the least that would be left of it, from a day on,
    without the voucher."""
    codes = _marked(voucher.lines, LinkKind.FUND)
    known = {f.key: f for f in funds.funds(connection)} if codes else {}
    waiting = docs.waiting_documents(connection) if codes else ()
    made = []
    for code in codes:
        if code not in known or known[code].place:
            continue
        link = Link(LinkKind.FUND, code)
        came, went = moved_by(base.chart, voucher.kind, voucher.lines, link)
        if came > went:
            stands = fund_standing(connection, base, known[code], date.max, waiting)
            low_fen = _lowest(connection, base.chart, link, day, stands.left_fen)
            made.append((stands, low_fen - came + went))
    return tuple(made)


def _projects(
    connection: Connection, base: Facts, document: Document, lines: tuple[VoucherLine, ...], waiting: Waiting
) -> tuple[ProjectTouch, ...]:
    codes = _marked(lines, LinkKind.PROJECT)
    known = {p.code: p for p in projects.projects(connection)} if codes else {}
    made = []
    for code in codes:
        if code in known:
            stands = project_standing(connection, base, known[code], date.max, waiting)
            link = Link(LinkKind.PROJECT, code)
            raised_fen, spent_fen = moved_by(base.chart, document.kind, lines, link)
            by_head_fen = _by_head(stands, raised_fen)
            commuted_fen = labour.commuted_fen(connection, code) if by_head_fen else 0
            low_fen = _lowest(connection, base.chart, link, document.booked_on, stands.left_fen)
            made.append(ProjectTouch(stands, spent_fen, by_head_fen, low_fen, commuted_fen))
    return tuple(made)


def _by_head(stands: ProjectStanding, raised_fen: int) -> int:
    """What villagers have contributed if the award came as planned; asked only when a document brings money in."""
    if raised_fen <= 0:
        return 0
    others = sum(fen for source, fen in stands.project.sources if source in (Source.AWARD, Source.OTHER))
    return max(0, stands.raised_fen + raised_fen - others)


def _funds(
    connection: Connection, base: Facts, document: Document, lines: tuple[VoucherLine, ...], waiting: Waiting
) -> tuple[FundTouch, ...]:
    place = base.places.get(document.place)
    codes = list(_marked(lines, LinkKind.FUND))
    held = funds.fund_of(connection, place.code) if place and place.kind is PlaceKind.SP else None
    known = {f.key: f for f in funds.funds(connection)} if codes or held else {}
    if held and held.key not in codes:
        codes.append(held.key)
    made = []
    for code in codes:
        if code in known:
            stands = fund_standing(connection, base, known[code], date.max, waiting)
            made.append(_fund_touch(connection, base, document, lines, stands))
    return tuple(made)


def _fund_touch(
    connection: Connection,
    base: Facts,
    document: Document,
    lines: tuple[VoucherLine, ...],
    stands: FundStanding,
) -> FundTouch:
    """A fund with a place spends what is paid from there; one without spends the lines that name it."""
    fund, link = stands.fund, Link(LinkKind.FUND, stands.fund.key)
    spending = [
        line
        for line in lines
        if line.debit_fen > 0 and link in line.links and _is_spending(base, document, line)
    ]
    if fund.place:
        pays = document.kind is DocKind.PAYMENT and document.place == fund.place
        spent_fen = document.total_fen if pays else 0
    else:
        spent_fen = moved_by(base.chart, document.kind, lines, link)[1]
    low_fen = stands.left_fen
    if not fund.place:  # a place is held from falling short by its own rule
        low_fen = _lowest(connection, base.chart, link, document.booked_on, low_fen)
    return FundTouch(stands, spent_fen, tuple(dict.fromkeys(line.account for line in spending)), low_fen)


def _is_spending(base: Facts, document: Document, line: VoucherLine) -> bool:
    """Every line of a payment spends; in an adjustment those that use something up."""
    if document.kind is DocKind.PAYMENT:
        account = base.chart.get(line.account)
        return account is None or not account.is_money
    return document.kind is DocKind.ADJUSTMENT and uses(base.chart.get(line.account))
