"""Divided payments, special kinds, caps: seen before saving, refused at the gate, and no order of parts passes by."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import (
    DAY,
    Village,
    at,
    ids_of,
    make_village,
    move,
    payment,
    policy_data,
    sign_everything,
    submit,
)
from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.splitting import Part, payee_key, purpose_key, together
from villagebook.services.approvals import signing
from villagebook.services.period_end.checking import check_book
from villagebook.services.township import policy_draft, spending_words
from villagebook.services.vouchers import documents, reversing

WHY = "两次故障，分别购置"


@pytest.fixture
def village(tmp_path: Path) -> Village:
    made = make_village(tmp_path)
    move(made, "IN", "EX", 5_000_000)
    return made


def refused(village: Village, document: Document) -> list[str]:
    with pytest.raises(Refused) as caught:
        submit(village, document)
    return ids_of(caught.value.findings)


def slots(village: Village, document: Document) -> str:
    view = documents.document_view(village.book, document.id)
    return " ".join(s.slot.code for s in view.slot_states)


def sent(village: Village, fen: int, day: date = DAY, **changes: Any) -> Document:
    made = payment(village, fen, day, **{"excuse": WHY, **changes})
    submit(village, made, max(day, DAY))
    return made


# ---- divided payments ----


def test_a_divided_purchase_is_held_and_names_the_other_part_while_it_is_typed(village: Village) -> None:
    first = sent(village, 60_000, summary="购买水泵")
    second = payment(village, 60_000, summary="购买水管")
    seen = documents.preview(village.book, second, DAY)
    (held,) = [f for f in seen.findings if f.id == "AP-12"]
    assert held.severity is Severity.HOLD
    assert "购买水泵" in held.text
    assert "1,200.00" in held.text
    assert held.target == f"document:{first.id}"
    assert [s.code for s in seen.slots] == ["H", "W", "C", "S", "M2", "D", "P", "A"]
    assert refused(village, second) == ["AP-12"]


def test_a_recorded_reason_lets_it_go_on_with_the_signatures_of_the_sum(village: Village) -> None:
    sent(village, 60_000)
    second = sent(village, 60_000)
    assert "M2" in slots(village, second)


@pytest.mark.parametrize(
    "changes",
    [
        {"party": " 县农机 公司 ", "summary": "修理"},
        {"party": "縣农机公司", "summary": "修理"},
        {"party": "镇五金店", "summary": "购买灌溉水泵第二批"},
        {"party": "镇五金店", "summary": "购买灌溉水泵 一台（3月）"},
    ],
)
def test_neither_another_spelling_nor_another_seller_hides_the_other_part(
    village: Village, changes: dict[str, Any]
) -> None:
    sent(village, 60_000)
    assert "AP-12" in refused(village, payment(village, 60_000, **changes))


def test_what_is_another_matter_of_another_payee_or_another_time_is_not_summed(village: Village) -> None:
    sent(village, 60_000)
    sent(village, 60_000, party="镇五金店", summary="购买铁锹", excuse="")
    late = payment(village, 60_000, DAY + timedelta(days=31))
    submit(village, late, DAY + timedelta(days=31))
    assert "M2" not in slots(village, late)


def test_what_was_taken_back_rejected_or_reversed_is_not_summed(village: Village) -> None:
    for stop in ("withdrawn", "rejected", "reversed"):
        first = sent(village, 60_000, summary=f"购买{stop}", party=f"{stop}公司", excuse="")
        if stop == "withdrawn":
            documents.withdraw(village.book, first.id, "写错了单位", at(DAY))
        elif stop == "rejected":
            signing.reject(village.book, first.id, village.ids["head"], "无采购计划", at(DAY))
        else:
            outcome = sign_everything(village, first.id, DAY)
            reversing.reverse(village.book, outcome.voucher_id, "退货退款", DAY, at(DAY))
        second = payment(village, 60_000, summary=f"购买{stop}", party=f"{stop}公司")
        seen = documents.preview(village.book, second, DAY)
        assert "M2" not in [s.code for s in seen.slots]
        assert ids_of(seen.findings) == (["AP-08"] if stop == "rejected" else [])


def test_a_part_that_is_dated_back_or_left_unsigned_is_seen_all_the_same(village: Village) -> None:
    later = DAY + timedelta(days=40)
    first = payment(village, 60_000, DAY)
    submit(village, first, later)  # dated forty days before it is sent in
    second = payment(village, 60_000, later, excuse=WHY)
    submit(village, second, later)
    assert "M2" in slots(village, second)
    sign_everything(village, first.id, later)
    assert sign_everything(village, second.id, later).label


# fen and the day of each part, counted from DAY
PARTS = st.lists(
    st.tuples(st.integers(1, 14).map(lambda n: n * 10_000), st.integers(0, 70)), min_size=2, max_size=6
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=PARTS, order=st.randoms(use_true_random=False), waits=st.sets(st.integers(0, 5)))
def test_no_order_of_parts_takes_a_signature_away(
    parts: list[tuple[int, int]], order: Any, waits: set[int]
) -> None:
    """Of every stretch of 30 days, one payment carries the slots of the whole stretch, whoever came first."""
    with TemporaryDirectory() as folder:
        village = make_village(Path(folder))
        move(village, "IN", "EX", 9_000_000)
        order.shuffle(parts)
        made, clock = [], DAY
        for at_no, (fen, offset) in enumerate(parts):
            day = DAY + timedelta(days=offset)
            one = payment(village, fen, day, excuse=WHY)
            clock = max(clock, day)
            submit(village, one, clock)
            made.append((one, day, fen))
            if at_no not in waits:
                sign_everything(village, one.id, DAY + timedelta(days=70))
        policy = _policy()
        for _one, first, _fen in made:
            stretch = [m for m in made if 0 <= (m[1] - first).days <= 30]
            total = sum(m[2] for m in stretch)
            needed = set(policy.tier_of(total).slots)
            assert any(needed <= set(_given_slots(village, m[0])) for m in stretch)
        village.book.close()


def _policy() -> Any:
    from villagebook.domain.policy import read_policy

    return read_policy(policy_data())


def _given_slots(village: Village, document: Document) -> list[str]:
    """What it needs now, and what it was signed by when it was posted."""
    view = documents.document_view(village.book, document.id)
    with village.book.reading() as connection:
        from villagebook.storage import documents as docs

        given_ = docs.signatures(connection, document.id, view.content_hash)
    return [*(s.slot.code for s in view.slot_states), *(g.slot for g in given_)]


def test_the_stretch_that_adds_up_to_most_counts() -> None:
    parts = [
        Part(str(n), "", DAY + timedelta(days=n), fen) for n, fen in ((-30, 5), (-1, 2), (20, 7), (30, 1))
    ]
    assert [p.id for p in together(DAY, parts, 30)] == ["-1", "20"]
    for days, held in ((30, True), (31, False)):
        for way in (-1, 1):
            far = Part("far", "", DAY + way * timedelta(days=days), 9)
            assert bool(together(DAY, [far], 30)) is held


def test_keys_tell_what_belongs_together() -> None:
    assert payee_key("何老四（三组）") == payee_key("何 老四")
    assert payee_key("县农机公司") != payee_key("县农资公司")
    assert purpose_key("购砂石料第3批") == purpose_key("购砂石料（第一批）")
    assert purpose_key("3月1日") == ""


# ---- special kinds and caps ----


def test_a_subsidy_is_not_paid_in_cash_and_needs_roster_and_notice(village: Village) -> None:
    move(village, "EX", "IM", 200_000)
    cash = payment(
        village,
        60_000,
        place="IM",
        party="何老四",
        summary="发放青苗补偿",
        enclosed=(),
        support=Support.INVOICE,
    )
    assert {"AP-52", "AP-53"} <= set(refused(village, cash))


def test_a_kind_is_told_by_its_words_whatever_was_chosen(village: Village) -> None:
    sheet = payment(village, 20_000, summary="誤 工补贴", enclosed=(), spend_kind=SpendKind.RECURRING)
    seen = documents.preview(village.book, sheet, DAY)
    assert "AP-52" in ids_of(seen.findings)
    assert [s.code for s in seen.slots] == "H W C S D P A".split(), "recurring takes no signature away"


def capped(tmp_path: Path, **limits: int) -> Village:
    caps = policy_data()["caps"]
    for name, fen in limits.items():
        caps[name]["limit_fen"] = fen
    made = make_village(tmp_path, policy={"caps": caps})
    move(made, "IN", "EX", 5_000_000)
    return made


def office(village: Village, fen: int, **changes: Any) -> Document:
    told = {
        "party": f"文具店{fen}",
        "summary": "购打印纸",
        "items": (Item("513", fen, "购打印纸"),),
        "excuse": WHY,
    }
    return payment(village, fen, **{**told, **changes})


def test_a_yearly_cap_shows_its_running_total_and_stops_what_crosses_it(tmp_path: Path) -> None:
    village = capped(tmp_path, office=100_000)
    first = office(village, 40_000)
    submit(village, first)
    sign_everything(village, first.id, DAY)
    submit(village, office(village, 35_000))
    seen = documents.preview(village.book, office(village, 25_000), DAY)
    (touch,) = seen.spending.caps
    assert (touch.used_fen, touch.under_way_fen, touch.own_fen, touch.limit_fen) == (
        40_000,
        35_000,
        25_000,
        100_000,
    )
    said = spending_words.sentences(seen.spending)[-1]
    assert "400.00 paid (350.00 more being signed), 1,000.00 with these 250.00" in said.text
    assert said.text.endswith("of the cap of 1,000.00, 0.00 may still be paid.")
    assert "AP-19" not in ids_of(seen.findings)
    above = documents.preview(village.book, office(village, 25_001), DAY)
    told = spending_words.sentences(above.spending)[-1]
    assert told.is_over
    assert told.text.endswith("that is 0.01 over the cap of 1,000.00.")
    assert refused(village, office(village, 25_001)) == ["AP-19"]
    assert check_book(village.book) == ()


def test_one_payee_gets_no_more_of_a_kind_in_a_year_than_its_cap(tmp_path: Path) -> None:
    kinds = policy_data()["kinds"]
    kinds["X3"]["year_cap_fen"] = 50_000
    village = make_village(tmp_path, policy={"kinds": kinds})
    move(village, "IN", "EX", 1_000_000)
    told: dict[str, Any] = {"party": "何老四", "summary": "春节慰问", "excuse": WHY}
    first = payment(village, 30_000, **told)
    submit(village, first)
    sign_everything(village, first.id, DAY)
    assert refused(village, payment(village, 20_001, **told)) == ["AP-55"]
    submit(village, payment(village, 20_000, **told))


def test_a_matter_of_last_year_needs_the_townships_number(village: Village) -> None:
    old = payment(village, 20_000, event_on=date(2024, 12, 30))
    assert "AP-17" in refused(village, old)
    submit(village, payment(village, 20_000, event_on=date(2024, 12, 30), permit="镇财2025-3", excuse=WHY))


# ---- the proposal ----


def test_a_proposal_tells_which_payments_would_have_been_otherwise(village: Village, tmp_path: Path) -> None:
    paid = sent(village, 60_000)
    sign_everything(village, paid.id, DAY)
    waits = sent(village, 30_000, party="镇五金店", summary="购买铁锹", excuse="")
    body = policy_draft.begin(village.book, DAY)
    assert policy_draft.effect(village.book, body, DAY).rows == ()
    body["tiers"][0]["up_to_fen"] = 50_000
    (row,) = policy_draft.effect(village.book, body, DAY).rows
    assert row[1:] == (60_000, "–", "+ Two-committee minutes")
    body["tiers"][0]["cash"] = False
    assert len(policy_draft.effect(village.book, body, DAY).rows) == 2
    assert waits.total_fen == 30_000
    path = tmp_path / "proposal.json"
    policy_draft.write(body, path)
    assert path.is_file()


def test_a_proposal_that_is_none_is_not_written(village: Village, tmp_path: Path) -> None:
    body = policy_draft.begin(village.book, DAY)
    body["tiers"][0]["up_to_fen"] = 10**9
    body["numbers"]["split_days"]["value"] = 1
    assert policy_draft.problems(body)
    with pytest.raises(Refused):
        policy_draft.write(body, tmp_path / "p.json")
    assert not (tmp_path / "p.json").exists()


def test_a_payment_is_tried_by_the_proposal(village: Village) -> None:
    body = policy_draft.begin(village.book, DAY)
    told = policy_draft.imagined(600_000, "513", "修路", SpendKind.ORDINARY, DAY)
    words = policy_draft.explain(body, told)
    assert "large payment" in words
    assert "quotes" in words
    never = policy_draft.imagined(1, "513", "请客", SpendKind.RECEPTION, DAY)
    assert "may not pay" in policy_draft.explain(body, never)
