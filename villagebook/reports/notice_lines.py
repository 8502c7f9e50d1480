"""The heart of a notice: every entry in its row, sub-totals per page, totals, and the moves between money places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, NoticeLine
from villagebook.domain.numerals import capital_amount
from villagebook.i18n import _, ngettext
from villagebook.reports.flow import Block, SubTotals, stack, together
from villagebook.reports.grid import Column, Grid, fit_widths, least_width
from villagebook.reports.notice_paper import Paper
from villagebook.reports.notice_text import headed, heading, month_day, paragraph
from villagebook.reports.pen import Align

MONEY_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Field:
    """A column and the text of a line in it."""

    column: Column
    text: Callable[[NoticeLine], str]


def entries(notice: Notice, paper: Paper) -> tuple[list[Block], SubTotals]:
    """The rows of all lines with their totals, and how a page of them is closed when it is not the only one."""
    fields, cells, before, measured = _laid_out(notice, _wide_fields() if paper.wide else _narrow_fields())
    if paper.wide and least_width([field.column for field in fields], measured, paper.table) > paper.inner:
        fields, cells, before, measured = _laid_out(notice, _narrow_fields())  # large type, never squeezed
    columns = [field.column for field in fields]
    grid = Grid(columns, fit_widths(columns, measured, paper.inner, paper.table), paper.table)
    head = grid.head()
    blocks = [
        block
        for index, texts in enumerate(cells)
        for block in grid.row(texts, head=head, index=index, most_height=paper.room / 3)
    ]
    if not cells:
        nothing = _("Nothing was received or spent in this period.")
        blocks.append(grid.merged([(len(columns), nothing, Align.CENTRE)], bold=False, head=head))
    blocks.append(_totals(notice, grid, before, head))
    blocks.append(grid.closing_rule())

    def sub_total(rows: Sequence[int]) -> Block:
        shown = [notice.lines[row] for row in rows]
        count = ngettext("{n} entry", "{n} entries", len(shown)).format(n=len(shown))
        return _sum_row(
            grid,
            before,
            _("This page"),
            sum(line.income_fen for line in shown),
            sum(line.spending_fen for line in shown),
            count,
        )

    return blocks, SubTotals(sub_total([]).height, sub_total)


def _laid_out(
    notice: Notice, fields: list[Field]
) -> tuple[list[Field], list[list[str]], int, list[list[str]]]:
    """Fields, cells of the lines, how many columns stand before the income, and cells with those of the totals."""
    cells = [[field.text(line) for field in fields] for line in notice.lines]
    before = next(i for i, field in enumerate(fields) if field.column.title == _("Income"))
    return fields, cells, before, [*cells, *_total_cells(notice, len(fields), before)]


def _money(fen: int) -> str:
    return yuan_text(fen) if fen else ""


def _wide_fields() -> list[Field]:
    return [
        Field(Column(_("No."), Align.CENTRE), lambda line: str(line.no)),
        Field(Column(_("Date"), Align.CENTRE), lambda line: month_day(line.day)),
        Field(Column(_("Voucher"), Align.CENTRE), lambda line: line.voucher),
        Field(Column(_("What it was for"), weight=3), _matter),
        Field(Column(_("Income"), Align.RIGHT), lambda line: _money(line.income_fen)),
        Field(Column(_("Spending"), Align.RIGHT), lambda line: _money(line.spending_fen)),
        Field(Column(_("Money place"), most=6), lambda line: line.source),
        Field(Column(_("Payer or payee"), most=7), lambda line: line.party),
        Field(Column(_("Handler"), Align.CENTRE, most=4), lambda line: line.handler),
        Field(Column(_("Approver"), Align.CENTRE, most=4), lambda line: line.approver),
        Field(Column(_("Remark"), weight=1, least=5), _remark),
    ]


def _matter(line: NoticeLine) -> str:
    """The entry's own words with quantity and price, and under them the kind of money in plain words."""
    words = _("{matter}, {measure}").format(matter=line.summary, measure=line.measure)
    kind = _("[{words}]").format(words=line.kind) if line.kind else ""
    return "\n".join(filter(None, (words if line.measure else line.summary, kind)))


def _remark(line: NoticeLine) -> str:
    return " ".join(filter(None, (line.resolution, line.remark)))


def _narrow_fields() -> list[Field]:
    """A4 upright: fewer columns in the same size; who, where from and by whom stand under what it was for."""

    def stacked(*titles: str) -> str:
        return "\n".join(titles)

    return [
        Field(Column(_("No."), Align.CENTRE), lambda line: str(line.no)),
        Field(
            Column(stacked(_("Date"), _("Voucher")), Align.CENTRE),
            lambda line: stacked(month_day(line.day), line.voucher),
        ),
        Field(
            Column(_("What it was for, with whom, from which money, by whom"), weight=1, least=8),
            _told_below,
        ),
        Field(Column(_("Income"), Align.RIGHT), lambda line: _money(line.income_fen)),
        Field(Column(_("Spending"), Align.RIGHT), lambda line: _money(line.spending_fen)),
    ]


def _told_below(line: NoticeLine) -> str:
    """The matter, then party and money place, then handler and approver, a line each."""
    matter, kind, remark = *_matter(line).partition("\n")[::2], _remark(line)
    if remark:
        matter = _("{matter} ({remark})").format(matter=matter, remark=remark)
    handler = _("{label}: {text}").format(label=_("Handler"), text=line.handler) if line.handler else ""
    approver = _("{label}: {text}").format(label=_("Approver"), text=line.approver) if line.approver else ""
    below = ("  ".join(filter(None, pair)) for pair in ((line.party, line.source), (handler, approver)))
    return "\n".join(filter(None, (matter, kind, *below)))


def _total_cells(notice: Notice, count: int, before: int) -> list[list[str]]:
    """Rows of the totals, so that their columns are wide enough for them too."""
    rows = []
    for income, spending in (
        (notice.income_fen, notice.spending_fen),
        (notice.year_income_fen, notice.year_spending_fen),
    ):
        row = [""] * count
        row[before : before + MONEY_COLUMNS] = [yuan_text(income), yuan_text(spending)]
        rows.append(row)
    return rows


def _sum_row(
    grid: Grid,
    before: int,
    label: str,
    income_fen: int,
    spending_fen: int,
    note: str,
    head: Block | None = None,
) -> Block:
    after = len(grid.columns) - before - MONEY_COLUMNS
    if not after:
        label = "  ".join(filter(None, (label, note)))
    spans = [
        (before, label, Align.CENTRE),
        (1, yuan_text(income_fen), Align.RIGHT),
        (1, yuan_text(spending_fen), Align.RIGHT),
    ]
    return grid.merged([*spans, (after, note, Align.LEFT)] if after else spans, head=head)


def _totals(notice: Notice, grid: Grid, before: int, head: Block) -> Block:
    """Total, year to date, and the spending in capitals: one block, never parted."""
    count = ngettext("{n} entry", "{n} entries", len(notice.lines)).format(n=len(notice.lines))
    told = [(_("Spending in capitals: {words}"), notice.spending_fen)]
    if notice.kinds:  # older ones are printed as they hung
        told = [
            (_("Opening balance in capitals: {words}"), notice.opening_fen),
            (_("Income in capitals: {words}"), notice.income_fen),
            *told,
            (_("Closing balance in capitals: {words}"), notice.closing_fen),
        ]
    capitals = [text.format(words=capital_amount(fen)) for text, fen in told]
    rows = [
        _sum_row(grid, before, _("Total of this period"), notice.income_fen, notice.spending_fen, count),
        _sum_row(grid, before, _("Since 1 January"), notice.year_income_fen, notice.year_spending_fen, ""),
        *(grid.merged([(len(grid.columns), words, Align.LEFT)]) for words in capitals),
    ]
    return stack(rows, head)


def _said(fields: Sequence[Field], lines: Sequence[NoticeLine]) -> list[Field]:
    """Those that say something on any line: an empty column would look like something kept back."""
    return [field for field in fields if any(field.text(line) for line in lines)]


def transfers(notice: Notice, paper: Paper) -> list[Block]:
    """The moves between money places, which are neither income nor spending."""
    words = _("Between money places (neither income nor spending)")
    title = heading(words, paper)
    if not notice.transfers:
        return [stack([title, paragraph(_("None in this period."), paper)])]
    fields = [
        Field(Column(_("No."), Align.CENTRE), lambda line: str(line.no)),
        Field(Column(_("Date"), Align.CENTRE), lambda line: month_day(line.day)),
        Field(Column(_("Voucher"), Align.CENTRE), lambda line: line.voucher),
        Field(Column(_("What it was for"), weight=3, least=6), lambda line: line.summary),
        Field(Column(_("Amount"), Align.RIGHT), lambda line: _money(line.spending_fen or line.income_fen)),
        Field(Column(_("From"), most=8 if paper.wide else 4), lambda line: line.source),
        Field(Column(_("To"), most=8 if paper.wide else 4), lambda line: line.party),
        Field(Column(_("Handler"), Align.CENTRE, most=4), lambda line: line.handler),
        Field(Column(_("Remark"), weight=1, least=4), lambda line: line.remark),
    ]
    told = fields[:-2] if not paper.wide else [*fields[:-2], *_said(fields[-2:], notice.transfers)]
    columns = [field.column for field in told]
    cells = [[field.text(line) for field in told] for line in notice.transfers]
    grid = Grid(columns, fit_widths(columns, cells, paper.inner, paper.table), paper.table)
    head = headed([title], words, grid.head(), paper)
    rows = [block for texts in cells for block in grid.row(texts, head=head, most_height=paper.room / 3)]
    return together([*rows, grid.closing_rule()], paper.room / 3)
