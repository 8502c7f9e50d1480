"""Whatever is booked: both sides are equal, the statements tie, and each line leads to exactly its vouchers."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.statement_books import BY_PARTY, Entry, book_of, voucher
from villagebook import paths
from villagebook.domain.period import Period, Span
from villagebook.domain.statement_columns import OF_A_TIME, ON_A_DAY, View, span_of
from villagebook.domain.voucher import Voucher
from villagebook.services.account_books.account_ledgers import general_ledger
from villagebook.services.account_books.detail_ledger import detail_ledger
from villagebook.services.account_books.ledgers import trial_balance
from villagebook.services.account_books.parties import parties
from villagebook.services.book_file.books import Book, read_chart_file
from villagebook.services.reporting.statement_lines import lines_of, vouchers_of
from villagebook.services.reporting.statements import load_template, statement

CHART = {a.code: a for a in read_chart_file(paths.resource("chart", "chart_2023.csv"))}
RESULTS = [c for c in CHART if c[0] == "5"]
ORDINARY = [c for c in CHART if c not in ("321", "322")]
HOUSES = ("张三", "李四", "")
FIRST, LAST = Period(2024, 1), Period(2025, 12)


@st.composite
def sides(draw: st.DrawFn) -> list[Entry]:
    """An ordinary voucher: two to four entries that balance."""
    entries: list[Entry] = []
    for _n in range(draw(st.integers(1, 3))):
        account = draw(st.sampled_from(ORDINARY))
        party = draw(st.sampled_from(HOUSES)) if account in BY_PARTY else ""
        entries.append((account, party, draw(st.integers(-99_99, 99_99))))
    account = draw(st.sampled_from(ORDINARY))
    party = draw(st.sampled_from(HOUSES)) if account in BY_PARTY else ""
    return [*entries, (account, party, -sum(fen for _a, _p, fen in entries))]


@st.composite
def closings(draw: st.DrawFn) -> list[Entry]:
    """What a year's end books: results to 321, 321 to 322, 322 to the reserve, to members, or back."""
    fen = draw(st.integers(-99_99, 99_99))
    pair = draw(
        st.sampled_from([*((r, "321") for r in RESULTS), ("321", "322"), ("322", "311"), ("322", "113")])
    )
    return [(pair[0], "", fen), (pair[1], "张三" if pair[1] == "113" else "", -fen)]


months = st.integers(0, 23).map(FIRST.shifted)
histories = st.lists(st.tuples(months, sides() | closings()), max_size=14)
spans = st.tuples(months, months).map(lambda m: Span(min(m), max(m)))


def posted(history: list[tuple[Period, list[Entry]]]) -> list[Voucher]:
    made = [voucher(f"v{at}", month, at + 1, entries) for at, (month, entries) in enumerate(history)]
    return [v for v in made if v.lines]


@contextmanager
def held(vouchers: list[Voucher]) -> Iterator[Book]:
    with tempfile.TemporaryDirectory() as folder, book_of(Path(folder) / "b.vbook", vouchers) as book:
        yield book


def amounts(book: Book, name: str, span: Span) -> dict[int, tuple[int, int | None]]:
    rows = statement(book, name, span).table.machine_rows or ()
    return {r[0]: (r[2], r[3]) for r in rows}  # type: ignore[misc]  # columns of money


@settings(max_examples=max(10, settings().max_examples // 6))
@given(histories, spans)
def test_assets_are_liabilities_and_equity_and_the_statements_tie(history, span):
    with held(posted(history)) as book:
        sheet, result = statement(book, "balance-sheet", span), statement(book, "income", span)
        assert sheet.findings + result.findings == ()
        shown = amounts(book, "balance-sheet", span)
        assert shown[24] == shown[41]
        assert amounts(book, "income", span)[21][0] == shown[38][0]


@settings(max_examples=max(10, settings().max_examples // 6))
@given(histories, spans)
def test_every_figure_is_that_of_the_trial_balance(history, span):
    """113 alone is split; its two halves make its balance."""
    with held(posted(history)) as book:
        shown = amounts(book, "balance-sheet", span)
        closing = {str(r[0]): int(r[8] or 0) - int(r[9] or 0) for r in trial_balance(book, span).rows[:-1]}
        assert shown[3][0] - closing.get("112", 0) - (shown[26][0] + closing.get("211", 0)) == closing.get(
            "113", 0
        )
        assert shown[1][0] == closing.get("101", 0) + closing.get("102", 0)
        assert shown[9][0] == -closing.get("133", 0)
        assert shown[36][0] == -closing.get("301", 0)


def counted(vouchers: list[Voucher], name: str, span: Span, no: int) -> set[str]:
    """The vouchers of a line, found the slow way: out of the text of the formulas."""
    layout = load_template(name, _chart())
    texts = " ".join(_written(a) for a in layout.atoms_of(no))
    found: set[str] = set()
    for kind, account, part, other in re.findall(r"([BOMT])\((\d+)([+-]?)(?:/[^)]+)?(?:,(\d+))?\)", texts):
        for v in vouchers:
            inside = v.booked_on in span
            before = v.booked_on < span.first.first_day
            when = {"B": inside or before, "O": before, "M": inside, "T": inside}[kind]
            codes = {line.account for line in v.lines}
            carrying = kind == "M" and account in RESULTS and "321" in codes
            if not when or account not in codes or carrying:
                continue
            if kind == "T":
                debit = sum(x.debit_fen for x in v.lines if x.account == account)
                credit = sum(x.credit_fen for x in v.lines if x.account == other)
                if not (debit and credit):
                    continue
            if part and not _stands(vouchers, v, account, part, span):
                continue
            found.add(v.id)
    return found


def _written(atom):
    return (
        f"{atom.kind}({atom.account}{atom.part}{',' + atom.other if atom.other else ''})"
        if not atom.detail
        else ""
    )


def _stands(vouchers: list[Voucher], v: Voucher, account: str, part: str, span: Span) -> bool:
    """Whether a household of this voucher stands on that side at the end of the span."""
    ends = {
        party: sum(
            x.debit_fen - x.credit_fen
            for w in vouchers if w.booked_on <= span.last.last_day
            for x in w.lines if (x.account, x.party) == (account, party)
        )
        for party in {x.party for x in v.lines if x.account == account}
    }  # fmt: skip
    return any(fen > 0 if part == "+" else fen < 0 for fen in ends.values())


def _chart():
    from villagebook.domain.account import Chart

    return Chart(CHART.values())


@pytest.mark.parametrize("name", ["balance-sheet", "income", "receipts-payments-statement"])
@settings(max_examples=max(8, settings().max_examples // 8))
@given(history=histories, span=spans, data=st.data())
def test_every_line_of_every_column_leads_to_exactly_the_vouchers_that_make_it(name, history, span, data):
    vouchers = posted(history)
    columns = ON_A_DAY if name == "balance-sheet" else OF_A_TIME[:4]
    view = data.draw(st.sampled_from(columns))
    months = span_of(view, span)
    with held(vouchers) as book:
        made = statement(book, name, span, None, columns)
        at = 2 + columns.index(view)
        shown = {int(r[0] or 0): r[at] for r in made.table.machine_rows or ()}
        no = data.draw(st.sampled_from(sorted(shown)))
        made_of = lines_of(book, name, span, no, None, view)
        added = vouchers_of(book, name, span, no, None, view)
    assert months is not None
    if shown[no] is not None and name != "receipts-payments-statement":
        assert set(made_of) == counted(vouchers, name, months, no)
    assert len(made_of) == len(set(made_of))
    order = [v.id for v in sorted(vouchers, key=lambda v: v.booked_on)]
    assert list(made_of) == [i for i in order if i in made_of]
    assert set(added.targets) == {f"voucher:{i}" for i in made_of}
    begun = figure_of([], name, span, no, view)
    assert begun + sum(int(r[3] or 0) for r in added.rows) == (shown[no] or 0), (
        "the figure is what they add to it"
    )
    only = [v for v in vouchers if v.id in made_of]
    assert figure_of(only, name, span, no, view) == (shown[no] or 0), "without all others it is the same"


def figure_of(vouchers: list[Voucher], name: str, span: Span, no: int, view: View) -> int:
    """One figure of one column, 0 where nothing is known or the line is left out."""
    with held(vouchers) as book:
        made = statement(book, name, span, None, (View.AMOUNT, view) if view is not View.AMOUNT else (view,))
    return next((int(r[-1] or 0) for r in made.table.machine_rows or () if r[0] == no), 0)


@given(histories, spans, st.sampled_from(["102", "113", "501", "151"]))
def test_ledgers_run_to_the_closing_balance(history, span, account):
    with held(posted(history)) as book:
        closing = {str(r[0]): int(r[8] or 0) - int(r[9] or 0) for r in trial_balance(book, span).rows[:-1]}
        end = closing.get(account, 0)
        for table in (general_ledger(book, span, account), detail_ledger(book, span, account)):
            keys = [c.key for c in table.columns]
            last: dict[object, int] = {}
            for row in table.machine_rows or ():
                cells = dict(zip(keys, row, strict=True))
                sign = {"Dr": 1, "Cr": -1, "Nil": 0}[str(cells["direction"])]
                assert (cells["balance"] == 0) == (sign == 0)
                last[cells.get("party", "")] = sign * int(cells["balance"] or 0)
            assert sum(last.values()) == end
        if account in BY_PARTY:
            rows = [
                dict(zip([c.key for c in t.columns], r, strict=True))
                for t in [parties(book, span, account)]
                for r in t.rows
            ]
            assert sum(int(r["balance"] or 0) * (1 if r["direction"] == "Dr" else -1) for r in rows) == end
            for r in rows:
                assert sum(int(r[k] or 0) for k in r if k.startswith("days")) == r["balance"]
                signs = {"Dr": 1, "Cr": -1, "Nil": 0}
                assert int(r["opening"] or 0) >= 0
                opened = int(r["opening"] or 0) * signs[str(r["opening_direction"])]
                assert opened + int(r["debit"] or 0) - int(r["credit"] or 0) == (
                    int(r["balance"] or 0) * signs[str(r["direction"])]
                )
