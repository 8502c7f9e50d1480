"""What lies before the span is followed by a short way; it must end where the long way ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from villagebook.domain.money_layers import Moved, Past
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Place, PlaceKind, Places
from villagebook.domain.proof import Proof, prove
from villagebook.domain.proof_years import prove_months

PLACES = Places(
    [
        Place("RC", PlaceKind.RC, "收款现金", "101"),
        Place("IN", PlaceKind.IN, "收入线", "102"),
        Place("EX", PlaceKind.EX, "支出线", "102"),
        Place("IM", PlaceKind.IM, "备用金", "101"),
        Place("SP:a", PlaceKind.SP, "专项", "102"),
    ]
)
FEBRUARY = Span.of(Period(2025, 2))
CODES = ["RC", "IN", "EX", "IM", "SP:a", "gone"]
deeds = st.tuples(
    st.sampled_from([3, 5, 5, 5, 7, 9, 33, 35]),
    st.sampled_from(["in", "out", "move", "red"]),
    st.sampled_from(["EX", *CODES]),
    st.sampled_from(["EX", *CODES]),
    st.sampled_from([1, 100, 250, 600]),
    st.integers(0, 60),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Moved]:
    """Vouchers of January and half of February in the order of the log; some undo an earlier one."""
    made: list[Moved] = []
    for seq, (day, what, first, second, fen, which) in enumerate(
        draw(st.lists(deeds, min_size=8, max_size=30)), 1
    ):
        on = date(2025, 1, 1) + timedelta(days=day)
        name = f"v{seq}"
        if what == "red":
            wrong = made[which % len(made)] if made else None
            if wrong is None or wrong.reverses or wrong.undone:
                continue
            made[made.index(wrong)] = wrong._replace(undone=True)
            back = tuple((code, -amount) for code, amount in wrong.places)
            made.append(
                Moved(name, name, name, max(on, wrong.booked_on), "", "", "", back, -wrong.outside_fen, reverses=wrong.id, seq=seq)
            )  # fmt: skip
            continue
        places = {"in": {first: fen}, "out": {first: -fen}, "move": {first: -fen, second: fen}}[what]
        if what == "move" and first == second:
            continue
        outside = sum(places.values())
        made.append(Moved(name, name, name, on, "", "", "", tuple(places.items()), outside, seq=seq))
    return made


def facts(found: Proof) -> object:
    """Everything a proof says, vouchers by their position."""
    return (
        [(r.voucher.seq, r.place, r.fen) for r in found.receipts],
        [
            (
                p.voucher.seq,
                p.fen,
                p.missing_fen,
                [(x.origin, x.line, x.fen, x.voucher.seq if x.voucher else 0) for x in p.layers],
            )
            for p in found.payments
        ],
        [(m.seq, fen) for m, fen in found.appropriated],
        (found.in_drawer_fen, found.on_income_fen, found.on_expense_fen, found.in_imprest_fen, found.aside_fen),
        [(c.error_id, c.voucher.seq, c.fen) for c in found.crossings],
    )  # fmt: skip


@settings(max_examples=max(300, settings().max_examples))
@given(histories(), st.dictionaries(st.sampled_from(CODES), st.integers(-500, 2000)))
def test_the_short_way_through_the_past_ends_where_the_long_way_ends(
    moves: list[Moved], opening: dict[str, int]
):
    first = FEBRUARY.first.first_day
    past = as_past(m for m in moves if m.booked_on < first)
    odd = {m.seq: m for m in moves if m.reverses or m.undone}
    recent = [m for m in moves if m.booked_on >= first]
    long = prove(FEBRUARY, PLACES, opening, moves, {})
    short = prove(FEBRUARY, PLACES, opening, recent, {}, past, odd)
    assert facts(short) == facts(long)


@given(histories(), st.dictionaries(st.sampled_from(CODES), st.integers(-500, 2000)))
def test_years_month_by_month_say_what_the_proof_of_each_month_says(
    moves: list[Moved], opening: dict[str, int]
):
    odd = {m.seq: m for m in moves if m.reverses or m.undone}
    months = prove_months(Span(Period(2025, 1), Period(2025, 3)), PLACES, opening, as_past(moves), odd)
    for told in months:
        until = [m for m in moves if m.booked_on <= told.month.last_day]
        whole = prove(Span.of(told.month), PLACES, opening, until, {})
        assert (told.received_fen, told.appropriated_fen, told.paid_fen) == (
            sum(r.fen for r in whole.receipts),
            sum(fen for _m, fen in whole.appropriated),
            sum(p.fen for p in whole.payments),
        )
        assert (told.in_drawer_fen, told.on_income_fen, told.on_expense_fen, told.in_imprest_fen, told.aside_fen) == (
            whole.in_drawer_fen, whole.on_income_fen, whole.on_expense_fen, whole.in_imprest_fen, whole.aside_fen,
        )  # fmt: skip
        assert sorted((c.error_id, c.seq, c.fen) for c in told.crossed) == sorted(
            (c.error_id, c.voucher.seq, c.fen) for c in whole.crossings
        )


def as_past(moves: Iterable[Moved]) -> list[Past]:
    """Vouchers as the lines that are read of what is past."""
    rows = [(m.seq, m.booked_on.isoformat(), code, fen) for m in moves for code, fen in m.places]
    return sorted(rows, key=lambda r: (r[1], r[0]))
