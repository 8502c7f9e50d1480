"""`villagebook voucher`: a month on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import make_village, receive
from tests.cli.runner import run
from tests.reports.reading import page_sizes_mm, page_texts


@pytest.fixture
def book(tmp_path: Path) -> Path:
    village = make_village(tmp_path)
    receive(village, 9_000)
    receive(village, 8_000)
    village.book.close()
    return village.book.path


def test_a_month_is_written_with_its_cover(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "v.pdf"
    ran = run("voucher", book, "--period", "2025-01", "--paper", "two-on-a4", "--cover", "-o", out)
    assert (ran.code, ran.err) == (0, "")
    texts = page_texts(out.read_bytes())
    assert len(texts) == 2
    assert "Cover of vouchers" in texts[0]
    assert "收 No. 0002" in texts[1]
    assert page_sizes_mm(out.read_bytes()) == {(210, 297)}


def test_without_a_file_the_bytes_go_to_standard_output(book: Path) -> None:
    ran = run("voucher", book, "--period", "2025-01", "--word", "收")
    assert ran.code == 0
    assert ran.out.startswith(b"%PDF-")
    assert len(page_texts(ran.out)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2025-02"), "No voucher was posted"),
        (("--period", "2025-01", "--word", "付"), "leave out --word"),
        (("--period", "March"), "is no period"),
        (("--period", "2025-01", "--paper", "letter"), "is none of"),
        ((), "--period"),
    ],
)
def test_what_cannot_be_printed_is_one_sentence_and_exit_2(
    book: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run("voucher", book, *words)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == b""


def test_a_character_the_fonts_lack_is_told(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    receive(village, 9_000, summary="收\U000301ff款")
    village.book.close()
    out = tmp_path / "v.pdf"
    ran = run("voucher", village.book.path, "--period", "2025-01", "-o", out)
    assert ran.code == 1
    assert "VCH-20" in ran.err
    assert out.is_file()
