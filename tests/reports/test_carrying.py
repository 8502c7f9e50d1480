"""Pages of a ledger: what a page carries to the next is what the book holds there, whatever the rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.reports.reading import page_texts
from villagebook import i18n
from villagebook.domain.flowing import Flowing, FlowRow
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Carried, Column, RowKind, Shape, Table
from villagebook.reports.carrying import Carrying, Placed, paged
from villagebook.reports.table_pdf import render_table
from villagebook.services.account_books.detail_ledger import section

SPAN = Span(Period(2023, 1), Period(2024, 12))
CARRIED = Carried((3, 4, 5, 7), 6, 1)
columns = (
    Column("party", "往来"),
    Column("date", "日期", Shape.DAY),
    Column("voucher", "凭证"),
    Column("summary", "摘要"),
    Column("debit", "借方", Shape.MONEY),
    Column("credit", "贷方", Shape.MONEY),
    Column("direction", "借或贷"),
    Column("balance", "余额", Shape.MONEY),
)
entries = st.lists(st.tuples(st.integers(0, 23), st.integers(-9_999, 9_999).filter(bool)), max_size=40).map(
    sorted
)
sections = st.lists(
    st.tuples(st.sampled_from(["张三", "李四"]), st.integers(-500, 500), entries), min_size=1, max_size=4
)


def rows_of(party: str, opening: int, moved: list[tuple[int, int]]) -> list[FlowRow]:
    lines = []
    for no, (month, fen) in enumerate(moved, 1):
        day = f"{2023 + month // 12}-{month % 12 + 1:02d}-15"
        debit, credit = (fen, 0) if no % 2 else (0, fen)
        lines.append(("113", party, day, "记", no, "租金", debit, credit, f"v{no}"))
    return list(section((party,), SPAN, Period(2020, 1), opening, lines))


def ledger(found: list[tuple[str, int, list[tuple[int, int]]]]) -> Table:
    rows = [row for each in found for row in rows_of(*each)]
    head = Table("detail-ledger", "明细账", "", columns, (), carried=CARRIED)
    return Flowing(head, iter(rows)).whole()


@given(sections, st.integers(3, 12), st.lists(st.integers(1, 3), min_size=1))
def test_every_page_ends_with_what_the_next_begins_with(found, room, sizes):
    table = ledger(found)
    assert table.carried is not None
    kinds = table.carried.kinds
    heights = [float(sizes[at % len(sizes)]) for at in range(len(table.rows))]
    pages = list(
        paged(
            Carrying(table.carried, table.rows),
            lambda at: [heights[at]],
            lambda _at: 1.0,
            len(table.rows),
            room + 3,
        )
    )
    set_rows = [item.row for page in pages for item in page if isinstance(item, Placed)]
    assert set_rows == list(range(len(table.rows))), "every row once, in its order"
    for number, page in enumerate(pages):
        assert sum(heights[i.row] if isinstance(i, Placed) else 1.0 for i in page) <= room + 3
        inner = [i for i in page[1:-1] if not isinstance(i, Placed)]
        assert inner == [], "carrying rows stand at the ends of pages only"
        first = page[0]
        if number == 0:
            assert isinstance(first, Placed)
            continue
        last = pages[number - 1][-1]
        top = next(i.row for i in page if isinstance(i, Placed))
        if kinds[top] == RowKind.HEAD:
            assert isinstance(first, Placed)
            assert isinstance(last, Placed)
            continue
        assert not isinstance(first, Placed)
        assert not isinstance(last, Placed)
        assert first[:3] + first[4:] == last[:3] + last[4:]
        since = next(at for at in range(top - 1, -1, -1) if kinds[at] in (RowKind.HEAD, RowKind.PERIOD))
        counted = [table.rows[at] for at in range(since, top) if kinds[at] == RowKind.ENTRY]
        sums = [sum(int(r[n] or 0) for r in counted) for n in (4, 5)]
        assert first[4:6] == tuple(fen or None for fen in sums)
        assert (first[0], *first[6:]) == (table.rows[top - 1][0], *table.rows[top - 1][6:])


def test_the_paper_says_so_in_the_words_of_the_trade():
    i18n.set_language("zh_CN")
    table = ledger([("张三", 100, [(m // 5, 100 + m) for m in range(110)]), ("李四", 0, [(3, 7)])])
    texts = page_texts(render_table(table, village="白杨村"))
    assert len(texts) > 3
    for number, text in enumerate(texts):
        assert ("过次页" in text) == (number < len(texts) - 1)
        assert ("承前页" in text) == (number > 0)
    assert "结转下年" in texts[-1]
