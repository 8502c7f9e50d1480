"""Whatever sub-accounts are added and put out of use, the book says the same of every account above them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Village, at, make_village, receive
from villagebook.domain.document import Item
from villagebook.domain.errors import Refused
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.roster import Outsider
from villagebook.services.account_books import ledgers
from villagebook.services.book_file.books import chart
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import roster
from villagebook.services.vouchers import accounts
from villagebook.services.vouchers.accounts import NewAccount
from villagebook.services.vouchers.chart_view import rows
from villagebook.storage import links

D10 = date(2025, 1, 10)
JAN = Span.of(Period(2025, 1))
SHOP = Link(LinkKind.OUTSIDER, "W001")

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "take over", "disable"]), st.integers(0, 60), st.sampled_from("甲乙丙")
    ),
    min_size=1,
    max_size=8,
)
FAVOURED = ("211", "501", "113", "301", "511", "21101", "2110101", "50101", "5010101", "501010101", "30101")


def lived(folder: Path) -> Village:
    """Money in on three accounts, one of them by links."""
    village = make_village(folder)
    roster.save(village.book, Outsider("W001", "县农机公司"), at(D10), new=True)
    receive(village, 70_000, D10)
    receive(village, 30_000, D10, items=(Item("211", 30_000, "押金", links=(SHOP,)),), party="县农机公司")
    receive(village, 5_000, D10, items=(Item("211", 5_000, "押金"),), party="张三")
    receive(village, 900, D10, items=(Item("113", 900, "还欠款"),), party="何老四")
    return village


def act(village: Village, what: str, number: int, name: str) -> None:
    """Try it; what the rules refuse changes nothing."""
    found = chart(village.book)
    code = FAVOURED[number % len(FAVOURED)]
    if code not in found:
        code = [a.code for a in found][number % len(found)]
    try:
        if what == "disable":
            accounts.disable_account(village.book, code, at(D10))
        else:
            new = NewAccount(found.next_code(code), name, code, take_over=what == "take over")
            accounts.add_account(village.book, new, at(D10))
    except Refused:
        pass


def tops(village: Village) -> dict[str, int]:
    """Closing balances of the accounts of the chart itself, with everything under them."""
    return {r.account.code: r.balance_fen for r in rows(village.book, D10) if not r.account.parent}


@settings(max_examples=25, deadline=None)
@given(ACTS)
def test_adding_and_disabling_sub_accounts_never_changes_a_balance(acts: list[tuple[str, int, str]]):
    with TemporaryDirectory() as folder:
        village = lived(Path(folder))
        before = tops(village)
        for what, number, name in acts:
            act(village, what, number, name)
        assert tops(village) == before
        total = ledgers.trial_balance(village.book, JAN).rows[-1]
        assert total[8] == total[9]
        with village.book.reading() as connection:
            assert sum(fen for _code, fen in links.open_balances(connection, SHOP)) == -30_000
        assert check_book(village.book) == ()
        village.book.close()


def test_a_balance_moves_with_what_it_belongs_to(tmp_path: Path):
    village = lived(tmp_path)
    seen = accounts.preview(village.book, NewAccount("21101", "押金", "211", take_over=True), D10)
    assert seen.booked
    assert [(line.account, line.party) for line in seen.lines if line.debit_fen] == [
        ("211", "县农机公司"),
        ("211", "张三"),
    ]
    accounts.add_account(village.book, NewAccount("21101", "押金", "211", take_over=True), at(D10))
    with village.book.reading() as connection:
        assert links.open_balances(connection, SHOP) == (("21101", -30_000),)
    village.book.close()


def test_why_an_account_stays_in_use_is_told_before_anybody_tries(tmp_path: Path):
    village = lived(tmp_path)
    assert [f.id for f in accounts.why_not_disable(village.book, "211", D10)] == ["YE-44"]
    assert accounts.why_not_disable(village.book, "515", D10) == ()
    village.book.close()
