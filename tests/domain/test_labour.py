"""Labour days: whatever sheets say, what was owed is worked, paid off or open."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.labour import Labourer, LabourSheet, LabourWay, standings

NAMES = ("何老四", "许国平", "吴强")
ROWS = st.tuples(st.sampled_from(NAMES), st.integers(1, 9), st.sampled_from(LabourWay), st.integers(1, 9_999))


@given(st.lists(ROWS, max_size=20))
def test_what_is_owed_is_worked_paid_off_or_open_and_never_less_than_nothing(
    told: list[tuple[str, int, LabourWay, int]],
):
    """Sheets are taken as long as something is left, as the gate does it."""
    listed = tuple(Labourer("01-001", name, 10) for name in NAMES)
    sheets: list[LabourSheet] = []
    for number, (name, days, way, rate) in enumerate(told):
        left = next(s.open for s in standings(listed, sheets) if s.labourer.name == name)
        if days <= left:
            row = (Labourer("01-001", name, days),)
            fen = rate if way is LabourWay.COMMUTED else 0
            sheets.append(LabourSheet(str(number), "P1", date(2025, 1, 8), way, row, fen))
    found = standings(listed, sheets)
    assert [s.labourer for s in found] == list(listed)
    assert all(s.labourer.days == s.worked + s.commuted + s.open and s.open >= 0 for s in found)
    assert sum(s.commuted_fen for s in found) == sum(s.days * s.rate_fen for s in sheets)
    assert [LabourSheet.from_data(s.to_data()) for s in sheets] == sheets
