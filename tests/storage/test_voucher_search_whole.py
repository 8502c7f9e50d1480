"""What a search finds and in what order is what a plain look at every voucher and line finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Village, at, make_village, receive
from villagebook.domain.voucher_query import By, Order, VoucherQuery, amount_of, label_of
from villagebook.services.vouchers import imports, voucher_search
from villagebook.storage import registry

Line = tuple[str, int, str, str, str]
TEXTS = ("修水渠", "Pump 水泵", "办公费", "", "电费 100", "50%_off")
PEOPLE = ("", "张三", "zhang san", "钱丰")


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """Sixty vouchers whose lines say other things than they do, on few days, with few amounts and names."""
    made = make_village(tmp_path_factory.mktemp("whole"))
    rows = ["date,word,number,summary,account,debit,credit,party,project,place"]
    for n in range(1, 61):
        day = f"2025-01-{1 + n * 7 % 9:02d}"
        word = "记" if n % 3 else "收"
        amount = (100, 20, 3, 7.5)[n % 4]
        first, second = TEXTS[n % 3], TEXTS[n % 6]
        one, other = PEOPLE[n % 4], PEOPLE[n % 3]
        costs, project = ("511", "513", "514")[n % 3], "渠二期" if n % 10 == 0 else ""
        rows.append(f"{day},{word},{n},{first or '收支'},{costs},{amount},,{one},{project},")
        rows.append(f"{day},{word},{n},{second or '收支'},101,,{amount},{other},,IM")
    file = made.folder / "old.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    imports.import_file(made.book, file, by=at(date(2025, 1, 20)))
    receive(made, 10_000, date(2025, 1, 21))
    yield made
    made.book.close()


def plainly(village: Village, query: VoucherQuery, order: Order) -> list[int]:
    """Every voucher is read with its lines and looked at; links are none in this book."""
    with village.book.reading() as connection:
        chart = registry.read_chart(connection)
        vouchers = connection.exec_driver_sql(
            "SELECT seq, booked_on, word, number, summary, party, paper_no, total_fen FROM voucher"
        ).all()
        lines: dict[int, list[Line]] = {}
        for seq, *line in connection.exec_driver_sql(
            "SELECT voucher_seq, account, debit_fen + credit_fen, summary, party, project FROM line"
        ).all():
            lines.setdefault(seq, []).append((line[0], line[1], line[2], line[3], line[4]))
    found = []
    for seq, day, word, number, summary, party, paper, total in vouchers:
        if (query.first and date.fromisoformat(day) < query.first) or query.word not in ("", word):
            continue
        own = lines[seq]
        texts = [t.lower() for t in (summary, party, paper, *(t for line in own for t in line[2:]))]

        def fits(
            wanted: str,
            texts: list[str] = texts,
            own: list[Line] = own,
            total: int = total,
            label: tuple[str, int] = (word, number),
        ) -> bool:
            accounts = voucher_search._named(chart, wanted)
            return (
                any(wanted.lower() in text for text in texts)
                or amount_of(wanted) in (abs(total), *(abs(line[1]) for line in own))
                or label_of(wanted) == label
                or any(line[0] in accounts for line in own)
            )

        if all(fits(wanted) for wanted in query.words):
            keys = {By.DAY: (day,), By.LABEL: (word, number), By.SUMMARY: (summary,), By.AMOUNT: (total,)}
            found.append((*keys[order.by], seq))
    return [key[-1] for key in sorted(found, reverse=order.descending)]


words = st.sampled_from(
    [
        *"水渠费电三丰记z%_1",
        "办公",
        "水泵",
        "PUMP",
        "zhang",
        "二期",
        "100",
        "20",
        "7.50",
        "收-0003",
        "记5",
        "513",
        "现金",
    ]
)
queries = st.builds(
    VoucherQuery,
    text=st.lists(words, max_size=2).map(" ".join),
    first=st.sampled_from([None, date(2025, 1, 5)]),
    word=st.sampled_from(["", "记"]),
)
orders = st.builds(Order, st.sampled_from(By), st.booleans())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries, order=orders, begin=st.sampled_from([0, 1, 7, 400]))
def test_a_search_is_a_plain_look_at_everything(
    village: Village, query: VoucherQuery, order: Order, begin: int
) -> None:
    """Also where only the first rows were put in order at once (`begin`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(voucher_search, "_AT_ONCE", 3 if begin < 400 else 5000)
        patch.setattr(voucher_search, "_BEGIN", begin)
        found = voucher_search.search(village.book, query, order)
        wanted = plainly(village, query, order)
        assert len(found) == len(wanted)
        first = voucher_search.page(village.book, found, None, 5)
        whole = voucher_search.page(village.book, found, None, 1000)
        assert first == whole[:5]
        assert list(found.positions) == wanted
        assert [found.place(seq) for seq in wanted] == list(range(len(wanted)))


def test_the_first_rows_in_an_order_are_read_before_the_rest(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voucher_search, "_AT_ONCE", 3)
    monkeypatch.setattr(voucher_search, "_BEGIN", 10)
    found = voucher_search.search(village.book, VoucherQuery(), Order(By.AMOUNT, False))
    voucher_search.page(village.book, found, None, 10)
    assert (len(found), len(found.begin), found.rest is None) == (61, 10, False)
    voucher_search.page(village.book, found, 9, 10)
    assert (len(found), len(found.begin), found.rest is None) == (61, 61, True)


def test_what_is_posted_later_does_not_slip_into_a_list_that_is_shown(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voucher_search, "_AT_ONCE", 1)
    monkeypatch.setattr(voucher_search, "_BEGIN", 1)
    made = make_village(tmp_path_factory.mktemp("later"))
    for fen in (500, 300, 900):
        receive(made, fen)
    found = voucher_search.search(made.book, VoucherQuery(), Order(By.AMOUNT, False))
    receive(made, 100)
    cells = [row[3] for _place, (row, _target) in voucher_search.page(made.book, found, None, 9)]
    assert (len(found), cells) == (3, [300, 500, 900])
    made.book.close()


@pytest.mark.parametrize("begin", [1, 7, 400])
@pytest.mark.parametrize("descending", [False, True])
def test_who_entered_many_or_few_is_found_whole_and_in_order(
    village: Village, monkeypatch: pytest.MonkeyPatch, begin: int, descending: bool
) -> None:
    monkeypatch.setattr(voucher_search, "_BEGIN", begin)
    order = Order(By.DAY, descending)
    everything = plainly(village, VoucherQuery(), order)
    seen: list[int] = []
    for name in (*voucher_search.enterers(village.book), "nobody"):
        found = voucher_search.search(village.book, VoucherQuery(entered_by=name), order)
        assert len(found.begin) == min(begin, len(found))
        whole = list(found.positions)
        assert (len(whole), whole) == (len(found), [seq for seq in everything if seq in set(whole)])
        seen += whole
    assert set(seen) == set(everything)
