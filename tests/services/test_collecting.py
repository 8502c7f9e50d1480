"""What was done to collect a claim is kept and hangs beside it; masks are confirmed by somebody who did not make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import START, Village, at, close_month, ids_of, photo
from tests.services.test_sheet_totals import Booked, debts_of, lent, post, rows_of
from villagebook.domain.errors import Refused
from villagebook.domain.mask import MaskReason
from villagebook.domain.period import Span
from villagebook.domain.pursuit import Pursuit, Way
from villagebook.domain.roster import Household, Member
from villagebook.domain.sheet import SheetForm
from villagebook.services.approvals import signing
from villagebook.services.disclosure import collecting, masking, sheets
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import roster
from villagebook.services.vouchers.documents import Outcome

END = START.last_day
JAN = Span.of(START)


def asked(village: Village, day: date = date(2025, 3, 5)) -> Pursuit:
    return Pursuit("何老四", day, Way.SPOKEN, village.ids["clerk"], "答应秋收后还清")


def test_a_step_to_collect_is_kept_and_hangs_beside_the_claim(village: Village):
    post(village, [lent(date(2025, 1, 10), 50_000)])
    collecting.record(village.book, asked(village), at(date(2025, 3, 5)))
    told = rows_of(debts_of(village, "2025-Q1"), "Owed to the village")
    assert [r[-1] for r in told] == ["03-05 asked in person：答应秋收后还清"]
    assert rows_of(debts_of(village, "2025-04"), "Owed to the village")[0][-1] == ""
    found = collecting.standings(village.book, date(2025, 3, 31))
    assert [(s.claim.party, s.claim.fen, len(s.steps)) for s in found] == [("何老四", 50_000, 1)]
    assert collecting.table(village.book, date(2025, 3, 31)).rows[0][3] == 1
    assert [f for f in check_book(village.book) if f.id.startswith("CHK")] == []


def test_an_old_claim_nobody_asked_for_says_so(village: Village):
    post(village, [lent(date(2025, 1, 10), 50_000)])
    told = rows_of(debts_of(village, "2026-02"), "Owed to the village")
    assert [r[-1] for r in told] == ["nothing recorded in these months"]


def test_who_was_paid_more_than_the_village_owed_owes_it(village: Village):
    """An account of debts is read for debtors alone: whoever stands in debit there, and nobody else."""

    def paid(day: int, fen: int, party: str, *, first: bool) -> Booked:
        sides = ("211", "501") if first else ("501", "211")
        return Booked(date(2025, 1, day), *sides, fen, party, "往来", "", "adjustment", undone=False)

    post(
        village,
        [
            lent(date(2025, 1, 3), 50_000),
            paid(5, 9_000, "王五", first=True),
            paid(6, 2_000, "王五", first=False),
            paid(7, 3_000, "赵六", first=False),
            paid(8, 1_000, "孙七", first=True),
            paid(9, 1_000, "孙七", first=False),
        ],
    )
    found = collecting.standings(village.book, END)
    assert [(s.claim.party, s.claim.fen, s.claim.since) for s in found] == [
        ("何老四", 50_000, date(2025, 1, 3)),
        ("王五", 7_000, date(2025, 1, 5)),
    ]


def test_nothing_is_collected_from_who_owes_nothing(village: Village):
    before = village.book.head()
    with pytest.raises(Refused) as refused:
        collecting.record(
            village.book, replace(asked(village), result="", person_id=""), at(date(2025, 3, 5))
        )
    assert ids_of(refused.value.findings) == ["CLM-01"]
    assert village.book.head() == before


def test_a_step_is_taken_against_one_of_two_people_of_one_name(village: Village):
    namesakes(village)
    made = Pursuit("王伟", date(2025, 1, 20), Way.LETTER, village.ids["clerk"], "已送达催款通知", "01-012")
    collecting.record(village.book, made, at(date(2025, 1, 20)))
    told = rows_of(debts_of(village, "2025-01"), "Owed to the village")
    assert {(r[0], bool(r[-1])) for r in told} == {("王伟·07（1组）", False), ("王伟·12（1组）", True)}
    found = collecting.standings(village.book, END)
    assert {(s.claim.home, len(s.steps)) for s in found} == {("01-007", 0), ("01-012", 1)}


def namesakes(village: Village) -> None:
    """Two people of one name in one group, who owe the village one yuan each."""
    for code in ("01-007", "01-012"):
        home = Household(code, 1, "王伟", (Member("王伟", "户主", 1970),))
        roster.save(village.book, home, at(START.first_day), new=True)
    post(village, [replace(lent(date(2025, 1, 10), 100), party="王伟", home=c) for c in ("01-007", "01-012")])


def masked_sheet(village: Village) -> str:
    """A frozen sheet of January's debts on which two people of one name are told apart."""
    namesakes(village)
    close_month(village, START)
    return sheets.submit_sheet(village.book, SheetForm.DEBTS, JAN, "", at(END, 21))


def sign(village: Village, subject: str) -> Outcome:
    marks = tuple(signing.InkMark("S", village.ids[k], END) for k in ("head", "supervisor"))
    return signing.sign_ink(village.book, subject, marks, photo(village), at(END, 22))


def test_supervision_signs_only_after_a_second_person_has_looked_at_every_mask(village: Village):
    made = masked_sheet(village)
    told = masking.state(village.book, made)
    assert told is not None
    assert told.waits
    assert {m.reason for m in told.masks} == {MaskReason.SAME_NAME}
    assert {m.shown for m in told.masks} >= {"王伟·07（1组）", "王伟·12（1组）"}
    with pytest.raises(Refused) as refused:
        sign(village, made)
    assert "DIS-43" in ids_of(refused.value.findings)
    for person in ("clerk", "villager"):  # who compiled it, and somebody without a post
        with pytest.raises(Refused) as refused:
            masking.confirm(village.book, made, village.ids[person], at(END, 21))
        assert ids_of(refused.value.findings) == ["DIS-44"]
    masking.confirm(village.book, made, village.ids["accountant"], at(END, 21))
    told = masking.state(village.book, made)
    assert told is not None
    assert (told.confirmed_by, told.waits) == ("周敏", False)
    assert sign(village, made).label
    assert [f for f in check_book(village.book) if f.id.startswith("CHK")] == []
