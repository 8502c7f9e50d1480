"""Personal numbers are masked, whatever stands around them; other numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.privacy import NUMBERS, mask_numbers, mask_person


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系13812345678。", "联系*********78。"),
        ("11010519491231002X", "*" * 16 + "2X"),
        ("卡6222021234567890123", "卡" + "*" * 17 + "23"),
        ("发票25442000000012345678", "发票25442000000012345678"),
        ("收据0000137", "收据0000137"),
    ],
)
def test_personal_numbers_are_masked_and_papers_keep_theirs(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


@given(st.text(alphabet="0123456789X租金电话 ", max_size=60))
def test_nothing_that_looks_personal_is_left_and_the_length_stays(text: str) -> None:
    masked = mask_numbers(text)
    assert len(masked) == len(text)
    assert not any(pattern.search(masked) for pattern in NUMBERS)


def test_a_private_person_keeps_the_surname() -> None:
    assert mask_person("许春雷") == "许某"
    assert mask_person("") == ""
