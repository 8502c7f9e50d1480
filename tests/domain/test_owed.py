"""Claims and debts of one account: both sides add up by themselves, whatever went through zero."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.owed import Side, split

FEN = st.integers(-10_000, 10_000)


def test_what_is_paid_back_beyond_the_claim_becomes_a_debt():
    found = split(500, [200, -1_000])
    assert found.claim == Side(500, 200, 700)
    assert found.debt == Side(0, 300, 0)
    assert (found.claim.closing_fen, found.debt.closing_fen) == (0, 300)


@given(FEN, st.lists(FEN))
def test_claim_less_debt_is_the_balance_and_neither_is_below_zero(opening: int, moves: list[int]):
    found = split(opening, moves)
    assert found.claim.opening_fen - found.debt.opening_fen == opening
    assert found.claim.closing_fen - found.debt.closing_fen == opening + sum(moves)
    assert 0 in (found.claim.closing_fen, found.debt.closing_fen)
    for side in (found.claim, found.debt):
        assert min(side.opening_fen, side.up_fen, side.down_fen, side.closing_fen) >= 0
