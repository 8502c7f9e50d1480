"""The papers of a conversion: worksheet, trial balance before and after, the adjustments as vouchers."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.account import Chart
from villagebook.domain.conversion import Adjustment, AdjustmentLine, OldBalance, Worksheet
from villagebook.domain.period import Period
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.bringing_in.old_chart import Mark, map_rows, old_chart
from villagebook.services.names import account_title
from villagebook.services.render import render

WORKSHEET, OLD, NEW, ENTRIES = (
    "conversion", "conversion-old", "conversion-new", "conversion-entries",
)  # fmt: skip

MARKS = {
    Mark.SAME: N_("same account"),
    Mark.ANALOGY: N_("by analogy"),
    Mark.NOT_FOUND: N_("not found: ask"),
}
_MONEY = Shape.MONEY
_MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

ADVICE = {
    "131": N_("Count the herds: young and fattening stock to 131, breeding and draught stock to 132."),
    "132": N_(
        "Survey the woods: timber for sale to 131, economic forest and fuel wood to 132, protection forest to 134."
    ),
    "202": N_("Fees for labour to 213, taxes to 214, the rest to 211."),
    "171": N_("2023 has no such account; by substance it may be 113 or 141. The township decides."),
    "212": N_(
        "2023 has no such account, and where its balance goes was not found. 311 or 322 are possible; ask the township."
    ),
}
"""What a person should look at before dividing a balance; facts of the table, not advice of the law."""


def advice(top: str) -> str:
    """One sentence on what to look at, "" for an account that simply moves."""
    return _(ADVICE[top]) if top in ADVICE else ""


def mark_of(top: str) -> Mark:
    """How sure the table is of this account: as its least sure row."""
    marks = [row.mark for row in map_rows() if row.old == top]
    return max(marks, key=list(Mark).index, default=Mark.NOT_FOUND)


def gross_up_title(account: str) -> str:
    """The question about what was written down directly, as a place of repair."""
    return {
        "132": _("132 productive biological assets, written down so far"),
        "161": _("161 intangible assets, written down so far"),
    }[account]


def tables(worksheet: Worksheet, chart: Chart, start: Period) -> tuple[Table, ...]:
    """All papers as tables, in the order of filing."""
    return (
        worksheet_table(worksheet, chart, start),
        old_table(worksheet, start),
        new_table(worksheet, chart, start),
        entries_table(worksheet, chart, start),
    )


def papers(
    worksheet: Worksheet, chart: Chart, village: str, start: Period
) -> Iterator[tuple[str, str, bytes]]:
    """File name, media type and bytes of every paper, as PDF and XLSX."""
    for table in tables(worksheet, chart, start):
        for form, media in _MEDIA.items():
            yield f"{table.title}.{form}", media, render(table, form, village)


def _sides(fen: int | None) -> tuple[Cell, Cell]:
    if fen is None:
        return None, None
    return (fen if fen > 0 else None), (-fen if fen < 0 else None)


def worksheet_table(worksheet: Worksheet, chart: Chart, start: Period) -> Table:
    """Every old balance with what becomes of it; undecided ones say so."""
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for old in worksheet.old:
        rows += _old_rows(worksheet, old, chart)
        targets += [old.key] * (len(rows) - len(targets))
    for entry in worksheet.entries():
        rows += (_entry_row(entry, line, chart) for line in entry.lines)
        targets += [f"entry:{entry.number}"] * len(entry.lines)
    debit, credit = worksheet.totals()
    sums = [fen for _a, _p, _q, fen in worksheet.lines()]
    into, out = _both(sums)
    rows.append(("", _("total"), "", debit, credit, "", "", "", "", into, out))
    columns = (
        Column("old_code", _("Old code"), Shape.TEXT, 8),
        Column("old_name", _("Old account"), Shape.TEXT, 22),
        Column("party", _("Other party"), Shape.TEXT, 10),
        Column("old_debit", _("Old debit"), _MONEY, 13),
        Column("old_credit", _("Old credit"), _MONEY, 13),
        Column("mark", _("Table says"), Shape.TEXT, 12),
        Column("code", _("New code"), Shape.TEXT, 8),
        Column("name", _("New account"), Shape.TEXT, 22),
        Column("place", _("Money place"), Shape.TEXT, 6),
        Column("debit", _("New debit"), _MONEY, 13),
        Column("credit", _("New credit"), _MONEY, 13),
    )
    return Table(
        WORKSHEET,
        _("Worksheet of the conversion from the 2004 accounts"),
        start.first_day.isoformat(),
        columns,
        tuple(rows),
        totals=1,
        targets=(*targets, ""),
    )


def screen_table(worksheet: Worksheet, chart: Chart) -> Table:
    """The worksheet as the window shows it: fewer columns, and an old balance in every row that divides it."""
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    for old in worksheet.old:
        for row in _old_rows(worksheet, old, chart):
            code, name, party, debit, credit, mark, new, new_name, place, into, out = row
            title = " ".join(str(part) for part in (name, party) if part)
            home = " ".join(str(part) for part in (new, new_name, place) if part)
            rows.append((code, title, debit, credit, home, into, out, mark))
            targets.append(old.key)
    columns = (
        Column("old_code", _("Old code"), Shape.TEXT, 7),
        Column("old_name", _("Old account"), Shape.TEXT, 22),
        Column("old_debit", _("Old debit"), _MONEY, 12),
        Column("old_credit", _("Old credit"), _MONEY, 12),
        Column("name", _("Goes to"), Shape.TEXT, 26),
        Column("debit", _("New debit"), _MONEY, 12),
        Column("credit", _("New credit"), _MONEY, 12),
        Column("mark", _("Table says"), Shape.TEXT, 12),
    )
    return Table(WORKSHEET, "", "", columns, tuple(rows), targets=tuple(targets))


def _both(sums: list[int]) -> tuple[int, int]:
    return sum(f for f in sums if f > 0), -sum(f for f in sums if f < 0)


def _entry_row(entry: Adjustment, line: AdjustmentLine, chart: Chart) -> tuple[Cell, ...]:
    """A line of an adjustment: nothing stands on the side of the old accounts but what the entry is for."""
    name = " ".join(filter(None, (account_title(chart, line.account, ""), line.party)))
    old = (entry.label, entry.summary, "", None, None, "")
    return (*old, line.account, name, line.place, line.debit_fen or None, line.credit_fen or None)


def _old_rows(worksheet: Worksheet, old: OldBalance, chart: Chart) -> Iterator[tuple[Cell, ...]]:
    debit, credit = _sides(old.fen)
    head: tuple[Cell, ...] = (old.code, old.name, old.party, debit, credit, _(MARKS[mark_of(old.top)]))
    shares = worksheet.shares.get(old.key, ())
    if not shares:
        yield (*head, "", _("(decide)"), "", None, None)
    for share in shares:
        name = " ".join(filter(None, (account_title(chart, share.account, ""), share.party)))
        yield (*head, share.account, name, share.place, *_sides(share.fen))
        head = ("", "", "", None, None, "")


def _balance_columns() -> tuple[Column, ...]:
    return (
        Column("account", _("Code"), Shape.TEXT, 8),
        Column("name", _("Account"), Shape.TEXT, 26),
        Column("debit", _("Debit"), _MONEY, 14),
        Column("credit", _("Credit"), _MONEY, 14),
    )


def _balances(name: str, title: str, day: str, sums: dict[tuple[str, str], list[int]]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (code, label, debit or None, credit or None)
        for (code, label), (debit, credit) in sorted(sums.items())
    ]
    total = (sum(s[0] for s in sums.values()), sum(s[1] for s in sums.values()))
    return Table(name, title, day, _balance_columns(), (*rows, ("", _("total"), *total)), totals=1)


def old_table(worksheet: Worksheet, start: Period) -> Table:
    """Step one: the trial balance of the old accounts, both sides of the details."""
    sums: dict[tuple[str, str], list[int]] = {}
    for old in worksheet.old:
        held = sums.setdefault((old.top, old_chart().names[old.top]), [0, 0])
        held[0] += max(old.fen, 0)
        held[1] += max(-old.fen, 0)
    day = start.shifted(-1).last_day.isoformat()
    return _balances(OLD, _("Trial balance of the 2004 accounts"), day, sums)


def new_table(worksheet: Worksheet, chart: Chart, start: Period) -> Table:
    """Step four: the trial balance of the new accounts, which is the opening."""
    details: dict[tuple[str, str, str], int] = {}
    for account, place, party, fen in worksheet.lines():
        details[account, place, party] = details.get((account, place, party), 0) + fen
    sums: dict[tuple[str, str], list[int]] = {}
    for (account, _place, _party), fen in details.items():
        held = sums.setdefault((account, account_title(chart, account, "")), [0, 0])
        held[0] += max(fen, 0)
        held[1] += max(-fen, 0)
    return _balances(NEW, _("Trial balance of the 2023 accounts"), start.first_day.isoformat(), sums)


def entries_table(worksheet: Worksheet, chart: Chart, start: Period) -> Table:
    """The adjustments as vouchers."""
    rows: list[tuple[Cell, ...]] = [
        (
            entry.label,
            entry.summary,
            line.account,
            " ".join(filter(None, (account_title(chart, line.account, ""), line.party))),
            line.debit_fen or None,
            line.credit_fen or None,
        )
        for entry in worksheet.entries()
        for line in entry.lines
    ]
    lines = [line for entry in worksheet.entries() for line in entry.lines]
    debit, credit = sum(line.debit_fen for line in lines), sum(line.credit_fen for line in lines)
    columns = (
        Column("number", _("Voucher"), Shape.TEXT, 7),
        Column("summary", _("Summary"), Shape.TEXT, 30),
        *_balance_columns(),
    )
    return Table(
        ENTRIES,
        _("Adjustments of the conversion"),
        start.first_day.isoformat(),
        columns,
        (*rows, ("", _("total"), "", "", debit, credit)),
        totals=1,
    )
