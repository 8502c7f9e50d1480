"""The age of what is owed: the oldest is settled first."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.ageing import Movement, by_age, oldest_open, unsettled

D1, D2, D3, D4 = (date(2025, m, 10) for m in (1, 2, 3, 4))


def owes(day: date, fen: int, voucher: int = 0, reverses: int = 0) -> Movement:
    return Movement(day, fen, 0, voucher, reverses)


def pays(day: date, fen: int, voucher: int = 0, reverses: int = 0) -> Movement:
    return Movement(day, 0, fen, voucher, reverses)


def test_a_payment_settles_the_oldest_first():
    assert unsettled([owes(D1, 100), owes(D2, 50), pays(D3, 120)]) == [(D2, 30)]


def test_what_is_paid_too_much_stands_on_the_other_side_from_that_day():
    assert unsettled([owes(D1, 100), pays(D2, 130), owes(D3, 10)]) == [(D2, -20)]
    assert unsettled([owes(D1, 100), pays(D2, 100)]) == []
    assert unsettled([]) == []


def test_a_red_entry_undoes_the_voucher_it_names_and_not_the_oldest():
    wrong = [owes(D1, 100, 1), owes(D2, 70, 2), owes(D3, -70, 3, reverses=2)]
    assert unsettled(wrong) == [(D1, 100)]
    assert unsettled([*wrong, pays(D4, 40)]) == [(D1, 60)]
    settled = [owes(D1, 100, 1), pays(D2, 100), owes(D3, -100, 3, reverses=1)]
    assert unsettled(settled) == [(D3, -100)]


def test_ages_fall_into_their_columns_at_the_limits():
    on = date(2025, 12, 31)
    days = (0, 30, 31, 90, 91, 180, 181, 365, 366, 4000)
    opens = [(on - timedelta(days=n), 10**at) for at, n in enumerate(days)]
    assert by_age(opens, on, (30, 90, 180, 365)) == [11, 1100, 110000, 11000000, 1100000000]


_MOVES = st.lists(
    st.tuples(st.integers(0, 900), st.integers(-50, 50), st.integers(1, 9), st.integers(0, 9)),
    max_size=30,
)


@given(_MOVES)
def test_what_is_open_is_the_balance_of_one_sign_and_in_order_of_days(moves):
    start = date(2023, 1, 1)
    movements = [
        Movement(start + timedelta(days=d), max(f, 0), max(-f, 0), v, r)
        for d, f, v, r in sorted(moves, key=lambda m: m[0])
    ]
    opens = unsettled(movements)
    assert sum(fen for _day, fen in opens) == sum(m.fen for m in movements)
    assert all(fen for _day, fen in opens)
    assert len({fen > 0 for _day, fen in opens}) <= 1
    assert [day for day, _fen in opens] == sorted(day for day, _fen in opens)
    assert sum(by_age(opens, date(2026, 1, 1), (30, 90))) == sum(fen for _day, fen in opens)


@given(st.lists(st.integers(-50, 50), max_size=30).filter(lambda fens: sum(fens) != 0))
def test_the_oldest_that_is_open_is_found_from_the_end(fens: list[int]):
    start = date(2023, 1, 1)
    movements = [Movement(start + timedelta(days=n), max(f, 0), max(-f, 0)) for n, f in enumerate(fens)]
    assert start + timedelta(days=oldest_open(fens)) == unsettled(movements)[0][0]
