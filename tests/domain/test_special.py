"""Which special kind a payment is of: chosen, or shown by paper, account and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.folding import first_word, folded, holds_word
from villagebook.domain.special import KindRule, Special, special_kinds
from villagebook.domain.voucher import DocKind

RULES = (
    KindRule(Special.LOST_WORK, (SpendKind.LOST_WORK,), words=("误工",)),
    KindRule(Special.WORKS, (SpendKind.WORKS,), accounts=("153",), from_fen=200_000),
    KindRule(Special.PERSON, supports=(Support.PERSON_RECEIPT,)),
)
SOUNDS = {"烟": "yan", "酒": "jiu", "招": "zhao", "待": "dai"}


def payment(fen: int = 10_000, account: str = "513", summary: str = "清扫", item: str = "") -> Document:
    return Document(
        "d", DocKind.PAYMENT, date(2025, 3, 1), summary, items=(Item(account, fen, item),), place="EX"
    )


def test_a_kind_is_chosen_or_shown_by_words_accounts_and_paper() -> None:
    assert special_kinds(payment(), RULES) == ()
    assert special_kinds(replace(payment(), spend_kind=SpendKind.LOST_WORK), RULES)[0] is Special.LOST_WORK
    assert special_kinds(payment(item="誤 工补贴"), RULES)[0] is Special.LOST_WORK
    assert special_kinds(payment(200_000, "15301"), RULES)[0] is Special.WORKS
    assert special_kinds(replace(payment(), support=Support.PERSON_RECEIPT), RULES)[0] is Special.PERSON


def test_a_small_work_is_of_the_kind_only_when_chosen() -> None:
    small = payment(199_999, "15301")
    assert special_kinds(small, RULES) == ()
    assert special_kinds(replace(small, spend_kind=SpendKind.WORKS), RULES)[0] is Special.WORKS


def test_a_payment_is_of_every_kind_it_shows_and_money_in_of_none() -> None:
    both = replace(payment(summary="误工费"), support=Support.PERSON_RECEIPT)
    assert special_kinds(both, RULES) == (Special.LOST_WORK, Special.PERSON)
    assert special_kinds(replace(both, kind=DocKind.RECEIPT), RULES) == ()


@pytest.mark.parametrize(
    "text", ["香 烟", "香菸", "\uff39\uff21\uff2e", "买yān一条", "招 dai 费", "zhaodai", "zhāo dài", "白\u200b酒", "招-待", "yan", "招\u3000待费"]
)  # fmt: skip
def test_no_way_of_writing_a_word_passes_by_the_list(text: str) -> None:
    assert first_word([text], ("烟", "酒", "招待"), SOUNDS)


@pytest.mark.parametrize("text", ["研究yanjiu", "言语", "招标", "发言", "jiuye", "Yantai"])
def test_other_words_that_look_or_sound_alike_are_left_alone(text: str) -> None:
    assert not first_word([text], ("烟", "酒", "招待"), SOUNDS)


def test_a_word_in_latin_letters_counts_as_a_whole_word() -> None:
    assert holds_word("bank FEE of March", "fee")
    assert holds_word("银行fee", "fee")
    assert not holds_word("coffee", "fee")
    assert folded("（办公 用品）") == "办公用品"
