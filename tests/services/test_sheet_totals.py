"""Whatever was entered: the totals of the board sheets are the ledger's, and nothing personal hangs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import START, Village, at, make_village
from villagebook.domain.asset import Asset, Method
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.roster import Household, Member
from villagebook.domain.sheet import Body, SheetForm
from villagebook.domain.sheet_tie import ties
from villagebook.rules.disclosure import private_parts
from villagebook.services.book_file.books import open_book
from villagebook.services.by import new_id
from villagebook.services.disclosure import (
    claims,
    owed_details,
    sheet_contracts,
    sheet_debts,
    sheet_people,
    sheets,
)
from villagebook.services.gathering import facts as gather
from villagebook.services.registers import assets, contracts, roster
from villagebook.storage import ledger
from villagebook.storage.book import Book

ACCOUNTS = ("112", "113", "201", "211", "212", "213", "214", "221", "231", "241", "511", "514", "501")
OWED = ("112", "113", "201", "211", "212", "213", "214", "221")
NAMES = (
    "何老四",
    "王伟",
    "王小宝",
    "青石砖厂",
    "",
    "张三13812345678",
    "370102199001011234",
    "钱币6222020200112233445",
)
WORDS = ("鱼塘承包费", "误工补贴", "其他", "", "残疾人补贴", "电话13812345678", "修路37010219900101123X")
HOMES = ("01-007", "01-012", "")
MONTHS = ("2025-01", "2025-02", "2025-03")


@dataclass(frozen=True, slots=True)
class Booked:
    """A voucher of two lines: `fen` from one account to the other, on behalf of somebody; `undone` by a red one at once."""

    day: date
    debit: str
    credit: str
    fen: int
    party: str
    words: str
    home: str
    kind: str
    undone: bool


BOOKED = st.builds(
    Booked,
    st.dates(date(2025, 1, 1), date(2025, 3, 31)),
    st.sampled_from(ACCOUNTS),
    st.sampled_from(ACCOUNTS),
    st.integers(1, 10**7),
    st.sampled_from(NAMES),
    st.sampled_from(WORDS),
    st.sampled_from(HOMES),
    st.sampled_from(("payment", "receipt", "adjustment")),
    st.booleans(),
)


def post(village: Village, booked: list[Booked]) -> None:
    """Vouchers no service writes, properly chained; what is undone names what it undoes."""
    used: dict[int, int] = {}
    made = ""
    with village.book.writing("孙丽", at(date(2025, 3, 31), 23).at) as writing:
        for one, sign in ((o, s) for o in booked for s in ((1, -1) if o.undone else (1,))):
            used[one.day.month] = used.get(one.day.month, 0) + 1
            links = [[[LinkKind.HOUSEHOLD.value, one.home]]] if one.home else []
            lines = [
                [one.debit, sign * one.fen, 0, one.words, "", one.party, "", *links],
                [one.credit, 0, sign * one.fen, one.words, "", one.party, "", *links],
            ]
            data: dict[str, object] = {
                "word": "记", "number": used[one.day.month], "booked_on": one.day.isoformat(), "kind": one.kind,
                "summary": one.words, "party": one.party, "paper_count": 0, "origin": "native", "document_id": "",
                "reverses": made if sign < 0 else "", "paper_no": "", "places_inferred": False, "lines": lines,
            }  # fmt: skip
            made = new_id()
            writing.log("voucher.posted", data, made)


def home(code: str, *members: Member) -> Household:
    return Household(code, int(code[:2]), members[0].name, members)


@pytest.fixture(scope="module")
def peopled() -> Iterator[bytes]:
    """A book with two heads of one name and a child, as bytes to begin anew from."""
    with tempfile.TemporaryDirectory() as folder:
        village = make_village(Path(folder))
        first = home("01-007", Member("王伟", "户主", 1970), Member("王小宝", "子", 2015))
        for one in (first, home("01-012", Member("王伟", "户主", 1981))):
            roster.save(village.book, one, at(START.first_day), new=True)
        village.book.close()
        yield (Path(folder) / "village.vbook").read_bytes()


def printed(body: Body) -> list[str]:
    cells = [c for p in body.parts for row in p.rows for c in row if isinstance(c, str)]
    leads = [t for p in body.parts for t in (p.title, p.lead)]
    return [*cells, *leads, *body.sentences, *body.notes, *(m.shown + m.where for m in body.masks)]


@settings(
    max_examples=max(15, settings().max_examples // 4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(booked=st.lists(BOOKED, max_size=12), first=st.sampled_from(MONTHS), months=st.integers(1, 3))
def test_whatever_is_entered_the_sheets_come_to_what_the_ledger_says_and_hang_nothing_personal(
    peopled: bytes, booked: list[Booked], first: str, months: int
):
    with tempfile.TemporaryDirectory() as folder:
        village = reopened(Path(folder), peopled)
        post(village, booked)
        start = Span.parse(first).first
        span = Span(start, start.shifted(months - 1))
        with village.book.reading() as connection:
            facts = gather.ground(connection, village.book.info, span.last.last_day)
            found = {b.account: b for b in ledger.balances(connection, span)}
            debts = sheet_debts.compile_debts(connection, village.book.info, facts, span, "")
            closings = claims.closings(connection, facts, span)
            pay = sheet_people.compile_pay(connection, village.book.info, facts, span, "")
            given_out = sheet_people.compile_roster(connection, village.book.info, facts, span, "")
            held = (
                *ties(debts.parts, sheet_debts.ledger_sums(connection, facts, span)),
                *ties(pay.parts, sheet_people.pay_sums(connection, facts, span)),
                *ties(given_out.parts, sheet_people.roster_sums(connection, facts, span)),
            )
        village.book.close()
        assert [t for t in held if not t.holds] == []
        claimed, owed = (f.fen for f in debts.figures)
        assert closings == (claimed, owed)
        assert claimed - owed == sum(b.closing_fen for code, b in found.items() if code in OWED)
        for body in (debts, pay, given_out):
            assert [p for text in printed(body) for p in private_parts(text)] == []


@settings(
    max_examples=max(15, settings().max_examples // 4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(booked=st.lists(BOOKED.map(lambda b: replace(b, debit="112", credit="212")), max_size=12))
def test_who_owes_and_since_when_is_what_the_sheet_tells_from_every_entry(
    peopled: bytes, booked: list[Booked]
):
    with tempfile.TemporaryDirectory() as folder:
        village = reopened(Path(folder), peopled)
        post(village, [one if n % 3 else turned(one) for n, one in enumerate(booked)])
        assert claims_of(village.book) == plainly(village.book)
        village.book.close()


def turned(one: Booked) -> Booked:
    return replace(one, debit=one.credit, credit=one.debit)


Owing = list[tuple[str, str, int, date | None]]


def claims_of(book: Book) -> Owing:
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, date(2025, 3, 31))
        found = claims.open_claims(connection, book.info, facts, Span.parse("2025-03"))
    return [(c.party, c.home, c.fen, c.since) for c in found]


def plainly(book: Book) -> Owing:
    """The same from details with all their entries, as the sheet of debts reads them."""
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, date(2025, 3, 31))
        codes = owed_details.owed_accounts(facts.chart, facts.policy)
        began = START.first_day - timedelta(days=1)
        told, _whom = owed_details.details(
            connection, facts, codes, (), Span.parse("2025-01..2025-03"), began
        )
    owing = [t for t in told if t.owed.claim.closing_fen > 0]
    owing.sort(key=lambda t: (-t.owed.claim.closing_fen, t.account.code, t.account.name))
    return [(t.account.name, t.account.home, t.owed.claim.closing_fen, t.since) for t in owing]


def reopened(folder: Path, data: bytes) -> Village:
    path = folder / "village.vbook"
    path.write_bytes(data)
    return Village(open_book(path), {}, folder)


@pytest.fixture
def village(tmp_path: Path, peopled: bytes) -> Iterator[Village]:
    made = reopened(tmp_path, peopled)
    yield made
    made.book.close()


def rows_of(body: Body, title: str) -> list[tuple[object, ...]]:
    """The rows of a part without its total."""
    part = next(p for p in body.parts if p.title == title)
    return list(part.rows[: len(part.rows) - part.totals])


def debts_of(village: Village, months: str) -> Body:
    span = Span.parse(months)
    with village.book.reading() as connection:
        facts = gather.ground(connection, village.book.info, span.last.last_day)
        return sheet_debts.compile_debts(connection, village.book.info, facts, span, "")


def lent(day: date, fen: int, *, back: bool = False, words: str = "买种子借款") -> Booked:
    sides = ("501", "112") if back else ("112", "501")
    return Booked(day, *sides, fen, "何老四", words, "", "adjustment", undone=False)


def test_the_sheet_of_debts_tells_since_when_what_for_and_what_came_back(village: Village):
    post(village, [lent(date(2025, 1, 10), 50_000), lent(date(2025, 2, 3), 20_000, back=True)])
    body = debts_of(village, "2025-02")
    assert rows_of(body, "Owed to the village") == [
        ("何老四", rows_of(body, "At a glance")[0][0], "2025-01-10 (49 days)", "买种子借款", 50_000, 0, 20_000, 30_000, "")
    ]  # fmt: skip
    assert body.sentences[0] == "Others owe the village 300.00 yuan, 200.00 yuan less than last time."
    assert yuan_text(body.figures[0].fen) == "300.00"


def test_a_debt_that_is_settled_in_these_months_is_shown_once_more_and_then_no_more(village: Village):
    post(village, [lent(date(2025, 1, 10), 50_000), lent(date(2025, 2, 3), 50_000, back=True)])
    told = rows_of(debts_of(village, "2025-02"), "Owed to the village")
    assert [(r[2], r[7]) for r in told] == [("settled", 0)]
    assert rows_of(debts_of(village, "2025-03"), "Owed to the village") == []


def test_nobody_who_is_not_named_is_left_out(village: Village):
    post(village, [Booked(date(2025, 1, 10), "511", "211", 900, "", "其他", "", "adjustment", undone=False)])
    told = rows_of(debts_of(village, "2025-01"), "Owed by the village")
    assert str(told[0][0]).startswith("nobody named (")


def test_two_of_one_name_and_a_child_are_told_apart_and_listed_as_masked(village: Village):
    paid = [
        Booked(date(2025, 1, 9), "514", "102", 100, name, "春节慰问", code, "payment", undone=False)
        for name, code in (("王伟", "01-007"), ("王伟", "01-012"), ("王小宝", "01-007"))
    ]
    post(village, paid)
    span = Span.parse("2025-01")
    with village.book.reading() as connection:
        facts = gather.ground(connection, village.book.info, span.last.last_day)
        body = sheet_people.compile_roster(connection, village.book.info, facts, span, "")
    names = [r[2] for r in rows_of(body, "Paid to households without a list")]
    assert names == ["王伟·07", "王伟·12", "王伟·07（代）"]
    assert {m.reason.value for m in body.masks} == {"same-name", "minor"}
    assert rows_of(body, "By group") == [("group 1", 3, 300)]


def test_income_on_the_account_of_a_contract_without_one_is_not_hidden(village: Village):
    lease = Contract(
        "H-01", "鱼塘承包合同", ContractKind.LAND_LEASE, Direction.INCOME, "何老四", START.first_day, START.first_day,
        date(2025, 12, 31), 120_000, (Instalment(date(2025, 1, 15), 60_000), Instalment(date(2025, 7, 15), 60_000)), "501",
        resolution="代表会2024-9", bidding="公开招标",
    )  # fmt: skip
    contracts.register(village.book, lease, at(START.first_day))
    post(
        village,
        [Booked(date(2025, 1, 20), "112", "501", 700, "过路客", "停车费", "", "receipt", undone=False)],
    )
    span = Span.parse("2025-02")
    body = contract_sheet(village, span)
    assert [r[9] for r in rows_of(body, "Contracts and what they bring")] == [60_000], (
        "the first instalment is overdue"
    )
    assert [(r[3], r[4], r[5]) for r in rows_of(body, "Overdue, oldest first")] == [
        ("2025-01-15", "44 days", 60_000)
    ]
    assert "何老四" in body.sentences[1]
    loose = rows_of(
        contract_sheet(village, Span.parse("2025-01")),
        "The same kind of income without a registered contract",
    )
    assert [(r[2], r[4]) for r in loose] == [("停车费", 700)]


def contract_sheet(village: Village, span: Span) -> Body:
    with village.book.reading() as connection:
        facts = gather.ground(connection, village.book.info, span.last.last_day)
        body = sheet_contracts.compile_contracts(connection, village.book.info, facts, span, "")
        held = ties(body.parts, sheet_contracts.ledger_sums(connection, facts, span))
    assert [t for t in held if not t.holds] == []
    return body


def test_a_sheet_that_is_not_the_ledgers_does_not_hang(village: Village):
    """Things in the ledger that no card tells of: the sheet of assets would leave them out."""
    post(
        village,
        [
            Booked(
                date(2025, 1, 9), "151", "501", 90_000, "县农机公司", "水泵", "", "adjustment", undone=False
            )
        ],
    )
    span = Span.parse("2025-01")
    made = sheets.compile_sheet(village.book, SheetForm.ASSETS, span, "", span.last.last_day)
    found = [f for f in sheets.findings(village.book, made, span.last.last_day) if f.id == "DIS-41"]
    assert ["900.00" in f.text for f in found] == [True]
    pump = Asset("G-0001", "水泵", date(2025, 1, 9), 90_000, voucher="v", method=Method.NONE)
    assets.register(village.book, pump, at(date(2025, 1, 10)))
    made = sheets.compile_sheet(village.book, SheetForm.ASSETS, span, "", span.last.last_day)
    found = [f for f in sheets.findings(village.book, made, span.last.last_day) if f.id == "DIS-41"]
    assert found == []
    assert any(
        "900.00" in yuan_text(int(c)) for p in made.parts for r in p.rows for c in r if isinstance(c, int)
    )
