"""The tiers of matching: each finds its own, explains itself, and never swallows a difference."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from villagebook.domain.bank import BankLine, BookMove, Match, Tier, chained
from villagebook.domain.matching import likeness, propose
from villagebook.domain.reconciliation import BANK, BOOK, Reconciliation, open_items

DAY = date(2025, 3, 10)


def line(key: str, fen: int, days: int = 0, party: str = "", summary: str = "", serial: str = "") -> BankLine:
    return BankLine(key, DAY + timedelta(days), fen, 0, party, "", summary, serial)


def move(id: str, fen: int, days: int = 0, party: str = "", *references: str, reverses: str = "") -> BookMove:
    return BookMove(id, DAY + timedelta(days), fen, id, "", party, references, reverses)


def told(lines: list[BankLine], moves: list[BookMove]) -> list[tuple[Tier, str, str, bool]]:
    return [
        (p.tier, "".join(b.key for b in p.bank), "".join(m.id for m in p.book), p.sure)
        for p in propose(lines, moves)
    ]


def test_a_voucher_and_its_red_reversal_go_together_without_the_bank():
    moves = [move("a", -500), move("r", 500, 2, reverses="a"), move("b", -500, 2)]
    assert told([line("1", -500, 2)], moves) == [
        (Tier.REVERSAL, "", "ar", True),
        (Tier.DAY, "1", "b", True),
    ]


def test_the_banks_own_correction_is_offered_as_undone():
    lines = [line("1", -500), line("2", 500, 1, summary="冲正"), line("3", -600, 1)]
    assert told(lines, [move("a", -600)]) == [
        (Tier.REVERSAL, "12", "", False),
        (Tier.DAY, "3", "a", True),
    ]


def test_the_same_number_wins_over_the_nearer_day():
    lines = [line("1", 500, serial="HD77"), line("2", 500, 1)]
    moves = [move("a", 500, 20, "", "HD77"), move("b", 500, 1)]
    assert told(lines, moves) == [(Tier.REFERENCE, "1", "a", True), (Tier.DAY, "2", "b", True)]


def test_short_numbers_are_no_references():
    assert told([line("1", 500, serial="7")], [move("a", 500, 9, "", "7")]) == []


def test_amount_and_day_need_to_be_the_only_ones():
    assert told([line("1", 500)], [move("a", 500, 3)]) == [(Tier.DAY, "1", "a", True)]
    assert told([line("1", 500)], [move("a", 500, 4)]) == []
    twice = told([line("1", 500)], [move("a", 500), move("b", 500, 1)])
    assert twice == [(Tier.LIKELY, "1", "a", False)]


def test_another_party_is_asked_about():
    assert told([line("1", 500, 0, "赵六")], [move("a", 500, 0, "张三丰")]) == [(Tier.DAY, "1", "a", False)]
    assert told([line("1", 500, 0, "县农机公司")], [move("a", 500, 0, "农机公司")])[0][3]


def test_the_best_of_several_is_sure_only_with_a_clear_lead():
    lines = [line("1", 500, 0, "何老四", "承包费")]
    moves = [move("a", 500, 0, "何老四"), move("b", 500, 0, "张三丰")]
    moves[0] = BookMove("a", DAY, 500, "a", "鱼塘承包费", "何老四")
    assert told(lines, moves) == [(Tier.LIKELY, "1", "a", True)]
    moves.append(BookMove("c", DAY, 500, "c", "鱼塘承包费", "何老四"))
    assert told(lines, moves) == [(Tier.LIKELY, "1", "a", False)]


def test_equal_rows_of_one_day_are_paired_in_order_and_left_to_a_person():
    lines = [line("1", -388), line("2", -388)]
    assert told(lines, [move("a", -388), move("b", -388)]) == [
        (Tier.LIKELY, "1", "a", False),
        (Tier.LIKELY, "2", "b", False),
    ]


def test_one_deposit_is_the_sum_of_several_receipts_when_there_is_one_way_only():
    moves = [move("a", 100), move("b", 250, -1), move("c", 77, 1)]
    assert told([line("1", 350)], moves) == [(Tier.SUM, "1", "ba", False)]
    assert told([line("1", 350)], [*moves, move("d", 273)]) == []
    assert told([line("1", -100), line("2", -250)], [move("a", -350)]) == [(Tier.SUM, "12", "a", False)]


def test_a_netted_fee_is_said_and_never_sure():
    (found,) = propose([line("1", 98_500, 1, "何老四")], [move("a", 99_000, 0, "何老四")])
    assert (found.tier, found.sure, found.difference_fen) == (Tier.DIFFERENCE, False, -500)


def test_two_amounts_on_one_paper_are_seen_however_far_apart():
    (found,) = propose([line("1", -80_000, serial="CK2201")], [move("a", -50_000, 0, "", "CK2201")])
    assert (found.tier, found.difference_fen) == (Tier.DIFFERENCE, -30_000)


def test_likeness_ignores_width_case_and_blanks():
    assert likeness("\uff21\uff22 公司", "ab公司") == 100
    assert likeness("", "x") == 0
    assert 0 < likeness("县农机公司", "县农资公司") < 100


def test_rows_of_several_files_fall_into_one_chain():
    day = [BankLine("c", DAY, 5, 115), BankLine("a", DAY, 100, 100), BankLine("b", DAY, 10, 110)]
    assert [b.key for b in chained(day)] == ["a", "b", "c"]


items = st.lists(st.tuples(st.integers(-6, 6).filter(bool), st.integers(0, 12)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(items, items, st.integers(0, 15))
def test_whatever_is_matched_the_sheet_agrees_exactly_when_the_openings_do(
    bank: list[tuple[int, int]], book: list[tuple[int, int]], cut: int
):
    lines = [line(f"b{n}", fen * 100, day) for n, (fen, day) in enumerate(bank)]
    moves = [move(f"v{n}", fen * 100, day) for n, (fen, day) in enumerate(book)]
    proposals = propose(lines, moves)
    used = [b.key for p in proposals for b in p.bank] + [m.id for p in proposals for m in p.book]
    assert len(used) == len(set(used))
    assert all(p.tier is Tier.DIFFERENCE or not p.difference_fen for p in proposals)
    assert all(not p.difference_fen for p in proposals if p.sure)
    matches = [
        Match(str(n), p.tier, tuple(b.key for b in p.bank), tuple(m.id for m in p.book))
        for n, p in enumerate(proposals)
        if not p.difference_fen
    ]
    day = DAY + timedelta(cut)
    for opening_gap in (0, 7):
        book_fen = sum(m.amount_fen for m in moves if m.day <= day)
        bank_fen = opening_gap + sum(b.amount_fen for b in lines if b.day <= day)
        found = open_items(day, lines, moves, matches, DAY)
        sheet = Reconciliation(day, book_fen, bank_fen, found)
        assert sheet.unexplained_fen == opening_gap
        assert bank_fen + sum(fen for _text, fen in sheet.bridge()) - book_fen == opening_gap


def test_an_item_carries_its_identity_and_its_age_and_closes_when_the_other_side_comes():
    lines, moves = [line("1", 500, 20)], [move("a", 500, 18)]
    matches = [Match("m", Tier.DAY, ("1",), ("a",))]
    (item,) = open_items(DAY + timedelta(19), lines, moves, matches, DAY)
    assert (item.side, item.id, item.age(DAY + timedelta(19))) == (BOOK, "a", 1)
    assert open_items(DAY + timedelta(20), lines, moves, matches, DAY) == ()
    (item,) = open_items(DAY + timedelta(20), lines, [], [], DAY)
    assert (item.side, item.id) == (BANK, "1")


def test_a_cheque_from_before_the_first_statement_explains_the_opening():
    moves, lines = [move("a", -500, -4), move("old", -900, -5)], [line("1", -500, 2)]
    matches = [Match("m", Tier.DAY, ("1",), ("a",))]
    (item,) = open_items(DAY, lines, moves, matches, DAY)
    assert (item.id, item.side) == ("a", BOOK)
    assert Reconciliation(DAY, 500, 1000, (item,)).unexplained_fen == 0
