"""Seals and tokens: in whose hands, from when, never all in one, and every hand they were in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.builders import Village, at, ids_of
from villagebook.domain.errors import Refused
from villagebook.domain.seals import Holding, SealKind
from villagebook.services.offices import seals
from villagebook.services.period_end.checking import check_book

D3, D5, D9 = date(2025, 1, 3), date(2025, 1, 5), date(2025, 1, 9)


def give(
    village: Village,
    who: str,
    kind: SealKind = SealKind.FINANCE,
    *,
    item: str = "",
    name: str = "基本户",
    day: date = D3,
    reason: str = "",
    entered: date | None = None,
) -> str:
    holding = Holding(item, kind, name, village.ids.get(who, who), day, reason)
    return seals.hand_over(village.book, holding, at(entered or day))


def refusal(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    assert ids_of(caught.value.findings) == ["E2L-42"]
    return " | ".join(f.text for f in caught.value.findings)


def test_a_seal_goes_from_hand_to_hand_and_every_hand_stays(village: Village):
    finance = give(village, "accountant")
    give(village, "director", SealKind.HEAD)
    assert give(village, "clerk", item=finance, day=D5, reason="会计休假") == finance
    assert [(h.item == finance, h.person_id) for h in seals.in_hands(village.book)] == [
        (True, village.ids["clerk"]),
        (False, village.ids["director"]),
    ]
    kept = [(k.holding.person_id, k.holding.from_on, k.until_on) for k in seals.kept(village.book)]
    assert kept == [
        (village.ids["clerk"], D5, None),
        (village.ids["director"], D3, None),
        (village.ids["accountant"], D3, D5),
    ]
    assert check_book(village.book) == ()


def test_finance_seal_and_legal_seal_are_never_in_one_hand(village: Village):
    finance = give(village, "accountant")
    assert "周敏 would keep all of these" in refusal(lambda: give(village, "accountant", SealKind.HEAD))
    head = give(village, "director", SealKind.HEAD)
    give(village, "clerk", SealKind.CARD, name="村务卡")
    assert "Give one of them to somebody else" in refusal(
        lambda: give(village, "director", item=finance, day=D5)
    )
    give(village, "clerk", item=finance, day=D5)
    give(village, "accountant", item=head, day=D5)
    assert len(seals.in_hands(village.book)) == 3


def test_the_two_tokens_of_a_bank_are_in_two_hands(village: Village):
    give(village, "director", SealKind.HEAD)
    give(village, "clerk", SealKind.TOKEN, name="农商行 经办")
    assert "农商行 经办" in refusal(lambda: give(village, "clerk", SealKind.TOKEN, name="农商行 复核"))
    give(village, "accountant", SealKind.TOKEN, name="农商行 复核")


def test_whatever_there_is_one_person_never_has_all_of_it(village: Village):
    give(village, "cashier", SealKind.CHEQUES)
    assert "all of these" in refusal(lambda: give(village, "cashier", SealKind.CARD))


def test_a_lost_token_is_taken_out_of_use_with_its_reason(village: Village):
    token = give(village, "clerk", SealKind.TOKEN)
    assert "Say why" in refusal(lambda: give(village, "", item=token, day=D5))
    give(village, "", item=token, day=D5, reason="遗失，已向银行挂失")
    assert seals.in_hands(village.book) == ()
    assert seals.kept(village.book)[0].holding.reason == "遗失，已向银行挂失"
    assert give(village, "clerk", SealKind.TOKEN, day=D9) != token
    give(village, "director", item=token, day=D9, reason="找回")
    assert check_book(village.book) == ()


def test_senseless_handovers_are_refused_in_clear_sentences(village: Village):
    finance = give(village, "accountant", day=D5)
    assert "already; choose it" in refusal(lambda: give(village, "director", day=D5))
    assert "handed over on 2025-01-05" in refusal(lambda: give(village, "clerk", item=finance, day=D3))
    assert "on its day or after" in refusal(lambda: give(village, "clerk", item=finance, day=D9, entered=D5))
    assert "keeps it already" in refusal(lambda: give(village, "accountant", item=finance, day=D9))
    assert "no such person" in refusal(lambda: give(village, "nobody", item=finance, day=D9))
    assert "no such seal" in refusal(lambda: give(village, "clerk", item="x", day=D9))
    said = refusal(lambda: give(village, "", SealKind.CARD, name=" ", day=D9))
    assert "Say which seal" in said
    assert "Choose who keeps it" in said
