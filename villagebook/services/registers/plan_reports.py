"""Budget, projects and special funds as tables."""

from __future__ import annotations

from collections.abc import Sequence

from villagebook.domain.account import Chart
from villagebook.domain.budget import Standing
from villagebook.domain.earmark import came_and_went
from villagebook.domain.errors import KnownError
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.project import Project, Source
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import DocKind, voucher_label
from villagebook.i18n import _, ngettext
from villagebook.services.gathering.plan_facts import line_title
from villagebook.services.names import account_title
from villagebook.services.registers import budgets, fund_register, projects
from villagebook.services.township.plan_words import project_kind_title, stage_title
from villagebook.storage import links, registry
from villagebook.storage import projects as project_store
from villagebook.storage.book import Book


def make(book: Book, name: str, span: Span, code: str = "") -> Table:
    """One of these reports; `code` is the project of a ledger or of labour days. Raises KnownError for a project nobody registered."""
    if name == "budget":
        return budget(book, span)
    if name == "budget-months":
        return budget_months(book, span)
    if name == "projects":
        return project_list(book, span)
    if name == "project-ledger":
        return project_ledger(book, span, code)
    if name == "funds":
        return fund_list(book, span)
    if name == "labour":
        from villagebook.services.registers.labour_table import labour_table

        return labour_table(book, span.last.last_day, code)
    from villagebook.services.registers.funds import bill_register

    return bill_register(book, span.last.last_day)


# ---- budget ----


def budget(book: Book, span: Span, version: int | None = None) -> Table:
    """The year in which the span ends: every line as it stands at the end of the span."""
    year = span.last.year
    stands = budgets.standing(book, year, version, span.last)
    with book.reading() as connection:
        chart = registry.read_chart(connection)
    columns = (
        Column("account", _("Account"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("project", _("Project"), Shape.TEXT, 8),
        Column("planned", _("Planned"), Shape.MONEY, 10),
        Column("used", _("Posted"), Shape.MONEY, 10),
        Column("under_way", _("Under way"), Shape.MONEY, 10),
        Column("remaining", _("Remaining"), Shape.MONEY, 10),
        Column("percent", "%", Shape.COUNT, 4),
    )
    found = stands.lines if stands else ()
    rows = [_budget_row(chart, s) for s in found]
    rows += [
        _sum_row(words, [s for s in found if s.is_income is income])
        for words, income in ((_("Income in all"), True), (_("Spending in all"), False))
        if stands
    ]
    subtitle = str(span.last)
    if stands:
        subtitle = _("{year}, version {version}, resolution {no} of {day}; as at {period}").format(
            year=year,
            version=stands.budget.version,
            no=stands.budget.resolution,
            day=stands.budget.decided_on.isoformat(),
            period=span.last,
        )
    sums = tuple(
        (len(found) + n, tuple((1, row) for row, s in enumerate(found) if s.is_income is income))
        for n, income in enumerate((True, False))
        if stands
    )
    return Table(
        "budget", _("Budget and what became of it"), subtitle, columns, tuple(rows), len(sums), sums=sums
    )


def _budget_row(chart: Chart, s: Standing) -> tuple[Cell, ...]:
    name = account_title(chart, s.line.account, "")
    return (
        s.line.account,
        name,
        s.line.project,
        s.planned_fen,
        s.used_fen,
        s.under_way_fen,
        s.remaining_fen,
        s.percent,
    )


def _sum_row(words: str, found: Sequence[Standing]) -> tuple[Cell, ...]:
    planned = sum(s.planned_fen for s in found)
    used, waits = sum(s.used_fen for s in found), sum(s.under_way_fen for s in found)
    percent = (used + waits) * 100 // planned if planned else None
    return ("", words, "", planned, used, waits, planned - used - waits, percent)


def budget_months(book: Book, span: Span) -> Table:
    """Planned and posted by month, two rows a line; months after the span stay empty in the second."""
    year = span.last.year
    stands = budgets.standing(book, year)
    with book.reading() as connection:
        chart = registry.read_chart(connection)
    columns = (
        Column("line", _("Line of the budget"), Shape.TEXT, 12),
        Column("what", "", Shape.TEXT, 5),
        *(Column(f"m{n:02d}", f"{n:02d}", Shape.MONEY, 7) for n in range(1, 13)),
        Column("year", _("Year"), Shape.MONEY, 8),
    )
    rows: list[tuple[Cell, ...]] = []
    for s, posted in zip(stands.lines, stands.by_month, strict=True) if stands else ():
        title = line_title(chart, s.line)
        shown = [fen if Period(year, n) <= span.last else None for n, fen in enumerate(posted, 1)]
        rows.append((title, _("planned"), *s.line.months, s.planned_fen))
        rows.append((title, _("posted"), *shown, sum(fen or 0 for fen in shown)))
    return Table(
        "budget-months",
        _("Budget by month"),
        _("{year}, posted up to {period}").format(year=year, period=span.last),
        columns,
        tuple(rows),
    )


# ---- projects ----


def project_list(book: Book, span: Span) -> Table:
    """Every project as it stands at the end of the span."""
    columns = (
        Column("code", _("Code"), Shape.TEXT, 7),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("kind", _("Kind"), Shape.TEXT, 8),
        Column("stage", _("Stage"), Shape.TEXT, 6),
        Column("resolution", _("Resolution"), Shape.TEXT, 10),
        Column("planned", _("Planned"), Shape.MONEY, 10),
        Column("raised", _("Raised"), Shape.MONEY, 10),
        Column("own", _("Own money"), Shape.MONEY, 10),
        Column("spent", _("Spent"), Shape.MONEY, 10),
        Column("under_way", _("Under way"), Shape.MONEY, 10),
        Column("left", _("Left"), Shape.MONEY, 10),
    )
    found = projects.standings(book, span.last.last_day)
    rows = tuple(
        (
            s.project.code,
            s.project.name,
            project_kind_title(s.project.kind),
            stage_title(s.project.stage),
            s.project.resolution,
            s.project.planned_fen,
            s.raised_fen,
            s.project.planned_from(Source.OWN),
            s.spent_fen,
            s.under_way_fen,
            s.left_fen,
        )
        for s in found
    )
    targets = tuple(f"register:projects/{s.project.code}" for s in found)
    return Table("projects", _("Projects"), str(span.last), columns, rows, targets=targets)


def project_ledger(book: Book, span: Span, code: str) -> Table:
    """The memorandum book of one project (一事一议备查簿): what was raised and spent, line by line, with what was left.

    The collective's own money of the plan is there from the beginning, as in the list of projects.
    """
    with book.reading() as connection:
        project = project_store.project(connection, code)
        if project is None:
            raise KnownError(
                _("There is no project {code}.").format(code=code or "–"),
                _("The report “projects” lists every code; name one with --account."),
            )
        chart = registry.read_chart(connection)
        kinds = dict(links.kinds_of(connection, Link(LinkKind.PROJECT, code)))
        found = links.linked_rows(connection, Link(LinkKind.PROJECT, code), span.last.last_day)
    left = project.raised_before_fen - project.spent_before_fen
    rows: list[tuple[Cell, ...]] = []
    targets = []
    if left:
        rows.append(
            ("", "", _("Before this book"), "", "", project.raised_before_fen, project.spent_before_fen, left)
        )
        targets.append("")
    own = project.planned_from(Source.OWN)
    if own:
        left += own
        rows.append(("", "", _("The collective's own money, as planned"), "", "", None, None, left))
        targets.append("")
    for day, word, number, summary, party, account, debit, credit, voucher_id, _red in found:
        came, went = came_and_went(DocKind(kinds[voucher_id]), chart.get(account), debit - credit)
        if not came and not went:
            continue
        left += came - went
        rows.append(
            (day, voucher_label(word, number), summary, party, account, came or None, went or None, left)
        )
        targets.append(f"voucher:{voucher_id}")
    raised, spent = sum(_fen(r[5]) for r in rows), sum(_fen(r[6]) for r in rows)
    rows.append(("", "", _("Total"), "", "", raised, spent, left))
    targets.append("")
    title = _("Memorandum book of project {name}").format(name=project.name)
    return Table(
        "project-ledger", title, _ledger_subtitle(project), _ledger_columns(), tuple(rows), 1, tuple(targets)
    )


def _fen(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _ledger_subtitle(project: Project) -> str:
    return ngettext(
        "{code}, {stage}; planned {planned}, {heads} head at {head}; resolution {no}",
        "{code}, {stage}; planned {planned}, {heads} heads at {head}; resolution {no}",
        project.heads,
    ).format(
        code=project.code,
        stage=stage_title(project.stage),
        planned=yuan_text(project.planned_fen),
        heads=project.heads,
        head=yuan_text(project.per_head_fen),
        no=project.resolution,
    )


def _ledger_columns() -> tuple[Column, ...]:
    return (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 20),
        Column("party", _("Other party"), Shape.TEXT, 12),
        Column("account", _("Account"), Shape.TEXT, 6),
        Column("raised", _("Raised"), Shape.MONEY, 10),
        Column("spent", _("Spent"), Shape.MONEY, 10),
        Column("left", _("Left"), Shape.MONEY, 10),
    )


# ---- funds ----


def fund_list(book: Book, span: Span) -> Table:
    """Every special fund as it stands at the end of the span."""
    columns = (
        Column("code", _("Code"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 12),
        Column("grantor", _("Given by"), Shape.TEXT, 9),
        Column("document", _("Grant letter"), Shape.TEXT, 10),
        Column("purpose", _("What it is for"), Shape.TEXT, 12),
        Column("accounts", _("May pay on"), Shape.TEXT, 7),
        Column("granted", _("Granted"), Shape.MONEY, 10),
        Column("received", _("Received"), Shape.MONEY, 10),
        Column("spent", _("Spent"), Shape.MONEY, 10),
        Column("under_way", _("Under way"), Shape.MONEY, 9),
        Column("left", _("Left"), Shape.MONEY, 10),
        Column("deadline", _("Spend by"), Shape.DAY, 8),
    )
    found = fund_register.standings(book, span.last.last_day)
    rows = tuple(
        (
            s.fund.key,
            s.fund.title,
            s.fund.grantor,
            s.fund.document_no or s.fund.resolution,
            s.fund.purpose,
            " ".join(s.fund.accounts),
            s.fund.amount_fen,
            s.received_fen,
            s.spent_fen,
            s.under_way_fen,
            s.left_fen,
            s.fund.deadline.isoformat() if s.fund.deadline else "",
        )
        for s in found
    )
    targets = tuple(f"register:funds/{s.fund.key}" for s in found)
    return Table("funds", _("Special funds"), str(span.last), columns, rows, targets=targets)
