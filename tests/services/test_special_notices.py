"""Special notices nobody raises by hand: owed by what happened, met when they hang everywhere, held against the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.board import END, february, post, review, signed_notice, take_down
from tests.builders import START, Village, at, by_hand, ids_of, move, pay, photo, receive
from tests.rules.holding_examples import LEASE
from villagebook.domain.audit import Audit, AuditKind, AuditPoint, Mended
from villagebook.domain.document import Item
from villagebook.domain.duty import Clocks, Duty, Event, Happened, Paper, Shown, matter
from villagebook.domain.duty import duties as worked_out
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.request import Askers, Request, Wanted, least_of
from villagebook.domain.sheet import SheetForm
from villagebook.services import home
from villagebook.services.disclosure import audits, board_archive, duties, notice_requests, sheets
from villagebook.services.period_end import checking, closing
from villagebook.services.registers import contracts
from villagebook.services.vouchers import reversing

D6 = date(2025, 1, 6)
JAN = Span.of(START)
CONTRACT = replace(LEASE, code="H-09", name="鱼塘承包合同", signed_on=D6, from_on=D6, objects=())
ASKED = Wanted(JAN, "511")


def owed(village: Village, today: date) -> dict[str, Duty]:
    return {d.happened.name: d for d in duties.all_duties(village.book, today)}


def hang(village: Village, duty: Duty, day: date) -> str:
    """Compile, review and post what a duty asks for."""
    wanted = duties.asked(duty)
    assert wanted is not None
    made = sheets.submit_sheet(village.book, wanted.form, wanted.span, wanted.subject, at(day, 9))
    review(village, made, day)
    for place in sheets.frozen(village.book, made).places_to_post:
        post(village, made, day, place)
    return made


def request(village: Village, **changes: Any) -> Request:
    scan = photo(village).sha256
    text = "管理费用花在哪里"
    made = Request("", "", date(2025, 1, 20), Askers.VILLAGERS, 30, 200, 0, text, ASKED, scan)
    return replace(made, **changes)


# ---- D13: what happened raises them ----


def test_a_contract_is_owed_to_the_board_from_the_day_it_was_signed(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    duty = owed(village, D6)["鱼塘承包合同"]
    assert (duty.happened.event, duty.due_on) == (Event.CONTRACT_MADE, date(2025, 1, 16))
    assert duties.state_of(duty) == "open"
    assert not duty.is_overdue(date(2025, 1, 16))
    assert duty.late_days(date(2025, 1, 18)) == 2


def test_it_is_met_when_its_sheet_hangs_at_every_place_and_not_before(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    day = date(2025, 1, 8)
    wanted = duties.asked(owed(village, day)["鱼塘承包合同"])
    assert wanted is not None
    made = sheets.submit_sheet(village.book, wanted.form, wanted.span, wanted.subject, at(day, 9))
    assert duties.state_of(owed(village, day)["鱼塘承包合同"]) == "review"
    review(village, made, day)
    assert duties.state_of(owed(village, day)["鱼塘承包合同"]) == "signed"
    for place in sheets.frozen(village.book, made).places_to_post:
        post(village, made, day, place)
    duty = owed(village, day)["鱼塘承包合同"]
    assert (duties.state_of(duty), duty.met_on, duty.late_days(END)) == ("done", day, 0)


def test_what_changes_later_asks_for_a_new_sheet_of_the_same_month(village: Village) -> None:
    from villagebook.domain.contract import Ended

    contracts.register(village.book, CONTRACT, at(D6))
    hang(village, owed(village, D6)["鱼塘承包合同"], D6)
    day = date(2025, 1, 20)
    contracts.end(village.book, Ended("H-09", day, "双方协商解除", "代表会2025-09号", "镇批3"), at(day))
    found = {d.happened.event: d for d in duties.all_duties(village.book, day)}
    assert found[Event.CONTRACT_MADE].met_on == D6
    assert found[Event.CONTRACT_ENDED].met_on is None
    hang(village, found[Event.CONTRACT_ENDED], day)
    assert all(d.met_on for d in duties.all_duties(village.book, day))


def test_the_sheet_tells_who_what_and_every_payment_of_the_contract(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    made = sheets.compile_sheet(village.book, SheetForm.MATTER, JAN, "contract:H-09", D6)
    told = {str(row[0]): str(row[1]) for row in made.parts[0].rows}
    assert told["Other side"] == CONTRACT.party
    assert made.parts[1].rows == ()


def test_what_was_booked_without_money_and_undone_adds_up_to_nothing_on_the_sheet(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    for number, fen in enumerate((50_000, -50_000), 1):
        lines = [
            ["112", fen, 0, "应收鱼塘承包费", "", CONTRACT.party, "", [["contract", "H-09"]]],
            ["501", 0, fen, "应收鱼塘承包费", "", CONTRACT.party, ""],
        ]
        data: dict[str, object] = {
            "word": "转", "number": number, "booked_on": D6.isoformat(), "kind": "adjustment", "summary": "应收鱼塘承包费",
            "party": CONTRACT.party, "paper_count": 0, "origin": "native", "document_id": "", "reverses": "",
            "paper_no": "", "places_inferred": False, "lines": lines,
        }  # fmt: skip
        by_hand(village, ("voucher.posted", data), day=D6)
    made = sheets.compile_sheet(village.book, SheetForm.MATTER, JAN, "contract:H-09", D6)
    assert [row[-1] for row in made.parts[-1].rows] == [50_000, -50_000]


def test_one_sum_for_two_contracts_is_on_each_sheet_with_its_own_part(village: Village) -> None:
    """Rent for two ponds in one transfer, with something else; a red voucher takes the parts back."""
    for code in ("H-09", "H-10"):
        contracts.register(village.book, replace(CONTRACT, code=code), at(D6))
    parts = (("H-09", 30_000), ("H-10", 45_000))
    rents = (
        Item("501", fen, f"鱼塘承包费{code}", links=(Link(LinkKind.CONTRACT, code),)) for code, fen in parts
    )
    receipt = receive(village, 0, date(2025, 1, 15), items=(*rents, Item("503", 5_000, "看护费")))

    def figures() -> list[tuple[int, ...]]:
        found = [
            sheets.compile_sheet(village.book, SheetForm.MATTER, JAN, f"contract:{code}", END)
            for code, _fen in parts
        ]
        return [tuple(f.fen for f in made.figures) for made in found]

    assert figures() == [(30_000,), (45_000,)]
    reversing.reverse(village.book, receipt.id, "收错了户", END, at(END))
    assert figures() == [(), ()]


# ---- D14: large sums ----


def test_a_large_sum_starts_the_short_clock_and_the_month_s_sheet_may_meet_it(village: Village) -> None:
    receive(village, 6_000_000, date(2025, 1, 20))
    (duty,) = duties.all_duties(village.book, END)
    assert (duty.happened.event, duty.due_on, duty.is_major) == (Event.MAJOR, date(2025, 1, 25), True)
    found = closing.review(village.book, START, END)
    assert [f.severity for f in found if f.id == "DIS-17"] == [Severity.WARNING]
    wanted = duties.asked(duty)
    assert wanted is not None
    assert wanted.subject.startswith("voucher:")


def test_what_is_smaller_starts_no_clock(village: Village) -> None:
    receive(village, 4_999_999, date(2025, 1, 20))
    assert duties.all_duties(village.book, END) == ()


def test_a_large_sum_that_was_undone_is_no_longer_owed(village: Village) -> None:
    from villagebook.services.vouchers import documents

    day = date(2025, 1, 21)
    made = receive(village, 6_000_000, date(2025, 1, 20))
    posted = documents.document_view(village.book, made.id).voucher_id
    reversing.reverse(village.book, posted, "记错金额", day, at(day))
    assert duties.all_duties(village.book, END) == ()


# ---- holds ----


def test_a_month_is_not_put_away_while_its_special_notice_is_missing(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    notice = signed_notice(village)
    posted = post(village, notice, february(1))
    take_down(village, posted, february(12))
    with pytest.raises(Refused) as refused:
        board_archive.archive(village.book, notice, at(february(13)))
    assert ids_of(refused.value.findings) == ["DIS-16"]
    hang(village, owed(village, february(13))["鱼塘承包合同"], february(13))
    board_archive.archive(village.book, notice, at(february(14)))


def test_closing_a_month_says_what_is_owed_and_is_not_stopped_by_it(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    found = closing.review(village.book, START, END)
    assert [f.severity for f in found if f.id == "DIS-16"] == [Severity.WARNING]


def test_the_first_page_leads_to_compiling_it(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    (todo,) = [t for t in home.home(village.book, END).todos if t.id == duties.ID]
    assert todo.target == f"register:duties/{owed(village, END)['鱼塘承包合同'].happened.key}"
    assert todo.severity is Severity.WARNING


def test_every_obligation_is_in_the_list_with_its_days(village: Village) -> None:
    contracts.register(village.book, CONTRACT, at(D6))
    hang(village, owed(village, D6)["鱼塘承包合同"], date(2025, 1, 18))
    table = duties.table(village.book, JAN, END)
    (row,) = table.rows
    cells = dict(zip((c.key for c in table.columns), row, strict=True))
    assert (cells["due"], cells["hung"], cells["late"]) == ("2025-01-16", "2025-01-18", 2)


# ---- D17: requests ----


@pytest.mark.parametrize(("asked_by", "valid"), [(19, False), (20, True), (200, True)])
def test_a_tenth_of_the_villagers_is_enough(village: Village, asked_by: int, valid: bool) -> None:
    made = notice_requests.enter(village.book, request(village, asked_by=asked_by), at(END))
    assert (made.least, made.is_valid) == (20, valid)
    assert bool(notice_requests.why_refused(made)) is not valid
    assert bool(duties.all_duties(village.book, END)) is valid


def test_a_fifth_of_the_representatives_and_the_finance_group_by_itself(village: Village) -> None:
    five = notice_requests.enter(
        village.book, request(village, askers=Askers.DELEGATES, asked_by=5, entitled=25), at(END)
    )
    group = request(village, askers=Askers.FINANCE_GROUP, asked_by=0, entitled=0, scan="")
    assert five.is_valid
    assert notice_requests.enter(village.book, group, at(END)).is_valid


def test_the_notice_that_was_asked_for_holds_every_voucher_that_fits_with_its_sums(village: Village) -> None:
    receive(village, 70_000, date(2025, 1, 9))
    move(village, "IN", "EX", 500_000, date(2025, 1, 10))
    pay(village, 120_000, date(2025, 1, 12))
    pay(village, 30_000, date(2025, 1, 13), party="镇五金店", summary="购买铁锹")
    made = notice_requests.enter(village.book, request(village), at(END))
    sheet = sheets.compile_sheet(village.book, SheetForm.MATTER, JAN, f"request:{made.number}", END)
    money = sheet.parts[1]
    assert [row[5] for row in money.rows] == [120_000, 30_000, 150_000]
    assert (money.totals, sheet.figures[-1].fen) == (1, 150_000)


def test_too_few_get_no_notice_by_any_way(village: Village) -> None:
    made = notice_requests.enter(village.book, request(village, asked_by=3), at(END))
    with pytest.raises(Refused):
        sheets.compile_sheet(village.book, SheetForm.MATTER, JAN, f"request:{made.number}", END)


def test_a_request_without_its_signatures_or_its_object_is_refused(village: Village) -> None:
    for changes in ({"scan": ""}, {"scan": "ab" * 32}, {"wanted": Wanted(JAN)}, {"asked_by": 201}):
        with pytest.raises(Refused) as refused:
            notice_requests.enter(village.book, request(village, **changes), at(END))
        assert ids_of(refused.value.findings) == ["DIS-20"]
    assert notice_requests.listing(village.book) == ()


# ---- D16: audits ----


def audit(village: Village, **changes: Any) -> Audit:
    made = Audit(
        "",
        "",
        AuditKind.YEARLY,
        "镇农经站",
        D6,
        "2024年度收支",
        "基本合规",
        (AuditPoint(0, "白条入账", 20_000),),
    )
    return audits.record(village.book, replace(made, **changes), at(END))


def test_an_audit_is_owed_to_the_board_and_so_is_what_was_done_about_it(village: Village) -> None:
    made = audit(village)
    assert [d.happened.event for d in duties.all_duties(village.book, END)] == [Event.AUDIT]
    told = Mended(made.id, 1, date(2025, 1, 20), "已补开发票", "孙丽", 20_000)
    audits.mend(village.book, told, at(END))
    found = [d.happened.event for d in duties.all_duties(village.book, END)]
    assert found == [Event.AUDIT, Event.RECTIFIED]
    sheet = sheets.compile_sheet(village.book, SheetForm.AUDIT, JAN, f"audit:{made.number}", END)
    assert sheet.parts[1].rows[0][6] == 20_000
    assert {f.fen for f in sheet.figures} == {20_000}


def test_an_audit_s_sheet_knows_nothing_of_what_was_mended_after_its_day(village: Village) -> None:
    made = audit(village)
    audits.mend(village.book, Mended(made.id, 1, date(2025, 1, 20), "已补开发票", "孙丽", 20_000), at(END))
    before, same = date(2025, 1, 19), date(2025, 1, 20)
    for day, state, left in ((before, "to be mended", 1), (same, "mended", 0)):
        sheet = sheets.compile_sheet(village.book, SheetForm.AUDIT, JAN, f"audit:{made.number}", day)
        assert sheet.parts[1].rows[0][7] == state
        assert f"still to be mended: {left}" in sheet.sentences[0]


def test_a_point_that_nobody_mends_is_said_when_its_days_are_over(village: Village) -> None:
    audit(village)
    late = date(2025, 4, 1)
    with village.book.reading() as connection:
        facts = duties.facts_of(connection, village.book.info, late)
    assert [(n, p.no, due) for n, p, due in facts.overdue] == [("2025-S01", 1, D6 + timedelta(days=60))]


def test_points_are_not_mended_before_they_were_found_and_need_words(village: Village) -> None:
    made = audit(village)
    for told in (
        Mended(made.id, 1, date(2025, 1, 1), "已补开发票", "孙丽"),
        Mended(made.id, 2, date(2025, 1, 20), "已补开发票", "孙丽"),
        Mended(made.id, 1, date(2025, 1, 20), "补", "孙丽"),
        Mended(made.id, 1, date(2025, 1, 20), "已补开发票", " "),
    ):
        with pytest.raises(Refused):
            audits.mend(village.book, told, at(END))


# ---- the log is the book ----


def test_everything_is_rebuilt_from_the_log(village: Village) -> None:
    notice_requests.enter(village.book, request(village), at(END))
    made = audit(village)
    audits.mend(village.book, Mended(made.id, 1, END, "已补开发票", "孙丽"), at(END))
    assert [f for f in checking.check_book(village.book) if f.severity is Severity.ERROR] == []


# ---- what must always hold ----

CLOCKS = Clocks(10, 5, 5_000_000)
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@given(st.integers(1, 5000), st.integers(1, 100))
def test_it_never_takes_more_than_all_nor_less_than_one(entitled: int, percent: int) -> None:
    least = least_of(Askers.VILLAGERS, entitled, {Askers.VILLAGERS: percent})
    assert 1 <= least <= entitled
    assert (least - 1) * 100 < entitled * percent <= least * 100 or least == 1


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(DAYS, st.integers(0, 9_000_000)), max_size=6), st.lists(DAYS, max_size=6))
def test_no_obligation_is_lost_and_none_is_met_by_an_older_paper(
    told: list[tuple[date, int]], compiled: list[date]
) -> None:
    happened = [
        Happened(Event.BORROWED, f"L{n}", day, (matter("loan", f"L{n}", day),), fen)
        for n, (day, fen) in enumerate(told)
    ]
    shown = [
        Shown(
            f"s{n}",
            "",
            Paper("matter", f"loan:L{n}", "", Span.of(Period.of(day))),
            day,
            final=True,
            posted_on=day,
        )
        for n, day in enumerate(compiled)
    ]
    found = worked_out(happened, shown, CLOCKS)
    assert sorted(d.happened.key for d in found) == sorted(h.key for h in happened)
    for duty in found:
        assert duty.due_on - duty.happened.day == timedelta(days=5 if duty.is_major else 10)
        if duty.shown:
            assert duty.shown.compiled_on >= duty.happened.day


def test_the_notice_of_a_quarter_has_its_own_day(village: Village) -> None:
    from villagebook.services.disclosure import board_lives
    from villagebook.storage import registry

    with village.book.reading() as connection:
        policy = registry.read_policy_on(connection, END)
    assert board_lives.months_due(Span.parse("2025-Q1"), policy) == date(2025, 4, 15)
    assert board_lives.months_due(JAN, policy) == date(2025, 2, 10)
