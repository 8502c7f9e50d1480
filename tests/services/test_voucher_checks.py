"""A second person checks what nobody signed for (审核): who may, what the month waits for, and what is told of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders as b
from tests.builders import (
    Village,
    at,
    by_hand,
    close_month,
    ids_of,
    make_village,
    move,
    pay,
    receipt,
    receive,
)
from tests.refusing import refused
from villagebook.domain.errors import Refused
from villagebook.domain.event import read_entry
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import read_policy
from villagebook.domain.signature import Signature, SignKind
from villagebook.domain.voucher_query import Fate, VoucherQuery
from villagebook.services import home, trail
from villagebook.services.book_file import books
from villagebook.services.book_file.books import open_book
from villagebook.services.by import By
from villagebook.services.offices import people
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.township import policy_words
from villagebook.services.vouchers import (
    documents,
    imports,
    reversing,
    voucher_checks,
    voucher_search,
    voucher_sheets,
)
from villagebook.storage import log
from villagebook.storage import voucher_checks as store
from villagebook.storage.voucher_acts import Acts

DAY, LATER = date(2025, 1, 10), date(2025, 1, 12)
MONTH = Period(2025, 1)
ALL = {"checked_kinds": ["receipt", "payment", "transfer", "adjustment"]}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path, policy=ALL)
    yield made
    made.book.close()


def waiting(village: Village) -> list[str]:
    """Labels of what stands in the list of unchecked vouchers, the oldest first."""
    found = voucher_search.search(village.book, VoucherQuery(fate=Fate.UNCHECKED))
    return [
        str(cells[1]).partition(" ")[0]
        for _at, (cells, _target) in voucher_search.page(village.book, found, None, 100)
    ][::-1]


def checked(village: Village, voucher_id: str) -> str:
    made = voucher_sheets.sheet(village.book, voucher_id)
    assert made is not None
    return dict(made.footer)["Checked"]


def confirm(village: Village, *voucher_ids: str, who: str = "accountant") -> tuple[str, ...]:
    return voucher_checks.confirm(village.book, voucher_ids, village.ids[who], at(LATER))


def test_where_the_township_asks_for_none_nothing_waits(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    old = receive(village, 9_000)
    assert waiting(village) == []
    assert not voucher_checks.waits(village.book, old.id)
    close_month(village, MONTH)
    village.book.close()


def test_money_received_stands_unchecked_until_another_person_has_held_it_against_its_paper(
    village: Village,
) -> None:
    made = receive(village, 9_000, DAY)
    assert waiting(village) == ["收-0001"]
    assert checked(village, made.id) == ""
    assert confirm(village, made.id) == ("收-0001",)
    assert waiting(village) == []
    assert checked(village, made.id) == "周敏"
    assert check_book(village.book) == ()


def test_the_month_is_held_and_the_home_page_tells_how_many_wait(village: Village) -> None:
    made = [receive(village, fen, DAY).id for fen in (9_000, 9_100)]
    b.count_all(village, MONTH.last_day)
    by = at(MONTH.last_day, 20)
    assert refused(lambda: closing.close(village.book, MONTH, by)) == ["VCH-23"]
    (told,) = [t for t in home.home(village.book, LATER).todos if t.id == "VCH-23"]
    assert told.text == "2 vouchers wait for a second person's check: 收-0001, 收-0002"
    assert told.target == "unchecked:"
    confirm(village, *made)
    assert not [t for t in home.home(village.book, LATER).todos if t.id == "VCH-23"]
    closing.close(village.book, MONTH, by)


def test_what_was_signed_what_the_program_carries_and_history_need_no_check(village: Village) -> None:
    move(village, "IN", "EX", 1_000_000, DAY)
    pay(village, 40_000, LATER)
    file = village.folder / "old.csv"
    file.write_text(
        "date,kind,number,summary,party,amount,place,account\n2025-01-03,receipt,7,旧账租金,张三,70,IN,501\n",
        encoding="utf-8",
    )
    imports.import_file(village.book, file, by=at(LATER))
    assert waiting(village) == []


def test_a_kind_that_is_not_asked_for_needs_none(tmp_path: Path) -> None:
    village = make_village(tmp_path, policy={"checked_kinds": ["adjustment"]})
    receive(village, 9_000, DAY)
    assert waiting(village) == []
    village.book.close()


def test_a_deposit_in_the_bank_waits_too(village: Village) -> None:
    receive(village, 9_000, DAY, place="RC")
    b.bank(village, DAY)
    assert waiting(village) == ["收-0001", "转-0001"]


def test_a_red_voucher_and_the_one_it_undoes_are_both_checked(village: Village) -> None:
    old = receive(village, 9_000, DAY)
    red = reversing.reverse(village.book, old.id, "金额录错了", LATER, By("周敏", at(LATER).at))
    assert waiting(village) == ["收-0001", "收-0002"]
    assert refused(lambda: confirm(village, red.voucher_id)) == ["VCH-24"]  # 周敏 undid it
    confirm(village, old.id)  # and did not enter what was undone
    confirm(village, red.voucher_id, who="director")
    assert (checked(village, old.id), checked(village, red.voucher_id)) == ("周敏", "王建国")


def test_the_reversal_of_a_signed_payment_was_signed_by_nobody(village: Village) -> None:
    move(village, "IN", "EX", 1_000_000, DAY)
    paid = pay(village, 40_000, DAY)
    reversing.reverse(village.book, paid.id, "付重复了一次", LATER, at(LATER))
    assert waiting(village) == ["付-0002"]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("clerk", "entered it"),
        ("handler", "handled it"),
        ("cashier", "is cashier"),
        ("nobody", "holds no post"),
    ],
)
def test_who_had_a_hand_in_it_does_not_check_it(village: Village, who: str, why: str) -> None:
    village.ids["nobody"] = people.add_person(village.book, "钱丰", at(DAY))
    people.give_post(village.book, village.ids["handler"], PostKind.COMMITTEE_MEMBER, DAY, at(DAY))
    made = receive(village, 9_000, DAY, handler=village.ids["handler"])
    with pytest.raises(Refused, match=why):
        confirm(village, made.id, who=who)
    may = {p.id for p in voucher_checks.who_may(village.book, (made.id,), at(LATER))}
    assert village.ids[who] not in may
    assert village.ids["accountant"] in may
    assert waiting(village) == ["收-0001"]


def test_all_are_checked_or_none(village: Village) -> None:
    good, own = receive(village, 9_000, DAY), receive(village, 9_100, DAY, handler=village.ids["accountant"])
    assert refused(lambda: confirm(village, good.id, own.id)) == ["VCH-24"]
    assert waiting(village) == ["收-0001", "收-0002"]


def test_a_voucher_is_checked_once_and_by_somebody(village: Village) -> None:
    made = receive(village, 9_000, DAY)
    assert refused(lambda: voucher_checks.confirm(village.book, (made.id,), "", at(LATER))) == ["VCH-25"]
    assert refused(lambda: confirm(village)) == ["VCH-25"]
    confirm(village, made.id)
    assert refused(lambda: confirm(village, made.id, who="director")) == ["VCH-25"]
    assert refused(lambda: confirm(village, "no such voucher")) == ["VCH-25"]
    assert checked(village, made.id) == "周敏"


def test_what_was_entered_under_older_parameters_is_not_asked_for_afterwards(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    receive(village, 9_000, DAY)
    assert "to_check" not in _last_body(village)
    village.book.close()


def test_the_check_stands_in_the_log_with_voucher_and_person(village: Village) -> None:
    made = receive(village, 9_000, DAY)
    assert _last_body(village)["to_check"] is True
    confirm(village, made.id)
    rows = list(trail.log_flow(village.book, Span.of(MONTH), "voucher.checked").rows)
    (cells,) = [row[0] for row in rows]
    assert "收-0001 鱼塘承包费" in str(cells)
    assert "周敏" in str(cells)


def test_the_parameter_is_said_in_words_and_a_wrong_one_is_none() -> None:
    assert policy_words.value("words", "checked_kinds", ["receipt"]) == "Money in"
    with pytest.raises(ValueError, match="second person"):
        read_policy(b.policy_data({"checked_kinds": ["receipts"]}))
    without = b.policy_data({})
    del without["words"]["checked_kinds"]  # a file of before it could be told
    assert read_policy(without).checked_kinds == frozenset()


def test_a_cashier_who_looked_at_papers_is_not_named_as_the_checker(village: Village) -> None:
    """会计法 35: where only the cashier stands in the clerk's slot, the line is left to be signed by hand."""
    given = Signature("d", "h", "C", village.ids["cashier"], DAY, SignKind.INK, "ab" * 32)
    names = voucher_sheets.footer_names(Acts("孙丽", "孙丽"), [given], books.staff(village.book))
    assert (names.checked, names.cashier) == ("", "吴强")


def _last_body(village: Village) -> dict[str, object]:
    """Of the newest `voucher.posted`."""
    with village.book.reading() as connection:
        bodies = [entry for _seq, kind, entry, _hash in log.entries(connection) if kind == "voucher.posted"]
    return read_entry(bodies[-1]).data


def test_the_check_of_the_book_finds_checks_that_count_for_nothing(village: Village) -> None:
    """As a forger with our program could write them."""
    own, free = receive(village, 9_000, DAY), receive(village, 9_100, DAY)
    move(village, "IN", "EX", 1_000_000, DAY)
    signed = pay(village, 40_000, DAY)
    told = ((own.id, "clerk"), (free.id, "accountant"), (signed.id, "accountant"), ("nothing", "accountant"))
    events: list[tuple[str, dict[str, object]]] = [
        ("voucher.checked", {"voucher_id": voucher, "person_id": village.ids[who]}) for voucher, who in told
    ]
    by_hand(village, *events, day=LATER)
    found = [(f.id, f.where) for f in check_book(village.book)]
    own_twice = [("VCH-24", "收-0001")] * 2  # entered and handled
    assert found == [*own_twice, ("VCH-25", "付-0001"), ("VCH-25", "nothing")]


# ---- whatever is done, nobody checks what he entered ----

ACTORS = ("孙丽", "周敏", "王建国")
KEYS = ("clerk", "accountant", "director", "cashier", "head", "handler")
ACTS = st.one_of(
    st.tuples(st.just("receive"), st.sampled_from(ACTORS), st.sampled_from(KEYS)),
    st.tuples(st.just("reverse"), st.sampled_from(ACTORS), st.integers(0, 5)),
    st.tuples(st.just("check"), st.sampled_from(KEYS), st.integers(0, 5)),
)


class Prepared(NamedTuple):
    book: bytes
    ids: dict[str, str]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    made = make_village(tmp_path_factory.mktemp("checks"), policy=ALL)
    made.book.close()
    return Prepared(made.book.path.read_bytes(), made.ids)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTS, min_size=2, max_size=10))
def test_nobody_ever_checks_what_he_entered_and_the_month_waits_for_the_rest(
    prepared: Prepared, acts: list[tuple[str, str, int | str]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "village.vbook"
        path.write_bytes(prepared.book)
        village = Village(open_book(path), dict(prepared.ids), Path(folder))
        made: list[tuple[str, str, str]] = []  # voucher, who entered it, who handled it
        for what, who, which in acts:
            with contextlib.suppress(Refused):
                _act(village, made, what, who, which)
        staff = books.staff(village.book)
        with village.book.reading() as connection:
            told = {voucher: store.checker(connection, voucher) for voucher, _by, _handler in made}
        for voucher, entered_by, handler in made:
            person = told[voucher]
            if person:
                assert staff.name(person) != entered_by
                assert person not in (village.ids[handler], village.ids["cashier"], village.ids["handler"])
        open_ones = [voucher for voucher, person in told.items() if not person]
        assert len(waiting(village)) == len(open_ones)
        found = ids_of(closing.review(village.book, MONTH, MONTH.last_day))
        assert ("VCH-23" in found) == bool(open_ones)
        assert check_book(village.book) == ()
        village.book.close()


def _act(village: Village, made: list[tuple[str, str, str]], what: str, who: str, which: int | str) -> None:
    if what == "receive":
        document = receipt(village, 9_000 + len(made), DAY, handler=village.ids[str(which)])
        documents.submit(village.book, document, By(who, at(DAY).at))
        made.append((document.id, who, str(which)))
    elif made:
        voucher, _by, handler = made[int(which) % len(made)]
        if what == "check":
            confirm(village, voucher, who=who)
        else:
            by = By(who, at(LATER).at)
            red = reversing.reverse(village.book, voucher, "金额录错了", LATER, by)
            made.append((red.voucher_id, who, handler))
