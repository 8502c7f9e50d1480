"""Posters, words for the loudspeaker and pictures for a chat group say what the paper says, through the same filter."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.builders import Village
from tests.cli.runner import run
from tests.reports.board_samples import make_sheet
from tests.reports.samples import make_notice
from villagebook.domain.errors import KnownError
from villagebook.domain.notice import notice_code
from villagebook.domain.numerals import spoken_amount
from villagebook.domain.sheet import sheet_code
from villagebook.services.disclosure import paper_forms
from villagebook.services.disclosure.spoken import loudspeaker_text


def test_the_loudspeaker_reads_the_four_figures_in_words_and_the_largest_entries() -> None:
    notice = make_notice(40)
    text = loudspeaker_text(notice, draft=False).decode()
    for fen in (notice.opening_fen, notice.income_fen, notice.spending_fen, notice.closing_fen):
        assert spoken_amount(fen) in text
    largest = max(notice.lines, key=lambda line: line.spending_fen)
    assert f"{largest.summary}，{spoken_amount(largest.spending_fen)}。" in text
    assert "四十五万八千五百零二元七角三分" in text
    assert ".00" not in text
    assert all(len(line) < 90 for line in text.splitlines())
    assert text.splitlines()[-1] == "播送完毕，请相互转告。"


def test_quantity_and_price_are_read_as_people_say_them() -> None:
    line = replace(
        make_notice(1).lines[0], summary="鱼塘承包", quantity="3.4 亩", price_fen=20_000, income_fen=68_000
    )
    text = loudspeaker_text(make_notice(1, lines=(line,)), draft=False).decode()
    assert "鱼塘承包，3.4亩，每亩二百元，六百八十元。" in text


def test_amounts_inside_the_sentences_of_a_sheet_are_read_in_words_too() -> None:
    text = loudspeaker_text(make_sheet(), draft=True).decode()
    assert "一百八十四万六千一百二十三元五角,其中" in text
    assert "集体借款，本期无。" in text
    assert text.startswith("（草稿")


def test_what_may_not_hang_is_not_read_out() -> None:
    lines = tuple(
        replace(line, summary="付残疾人补贴 13812345678", spending_fen=10**9) if line.no == 2 else line
        for line in make_notice(6).lines
    )
    for text in (
        loudspeaker_text(make_notice(6, lines=lines), draft=False).decode(),
        loudspeaker_text(make_sheet(sentences=("电话13812345678,残疾",)), draft=False).decode(),
    ):
        assert "13812345678" not in text
        assert "残疾" not in text


def test_an_english_paper_is_read_in_english_figures() -> None:
    text = loudspeaker_text(make_notice(8, language="en"), draft=False).decode()
    assert "At the end there is" in text
    assert "元" not in text.replace("每户120元", "").replace("每车60元", "").replace("每工日150元", "")


@pytest.mark.parametrize("kind", ["notice", "sheet"])
def test_chat_pictures_are_upright_1080_wide_and_their_code_can_be_read(kind: str) -> None:
    made = make_notice(40) if kind == "notice" else make_sheet()
    code = notice_code(made) if kind == "notice" else sheet_code(made)  # type: ignore[arg-type]  # the kind says which of the two it is
    pictures = paper_forms.chat_pictures(made, draft=False)
    sizes = [Image.open(io.BytesIO(data)).size for data in pictures]
    assert all(width == 1080 and height < 4400 for width, height in sizes)
    assert sizes[0][1] > 1080
    found = [c.text for data in pictures for c in zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))]
    assert found == [code]
    assert paper_forms.chat_pictures(made, draft=False) == pictures


def test_the_words_that_go_with_the_pictures_are_filtered_too(village: Village) -> None:
    lines = tuple(replace(line, summary="付补贴 13812345678") for line in make_notice(3).lines)
    files = paper_forms.made_as(village.book, make_notice(3, lines=lines), "chat", draft=False)
    assert [ending for ending, _data in files][-1] == ".txt"
    words = files[-1][1].decode()
    assert "13812345678" not in words
    assert "*********78" in words
    assert notice_code(make_notice(3, lines=lines)).split("*")[-1] in words


def test_a_poster_is_made_of_the_sheets_that_were_asked_for(village: Village) -> None:
    ((ending, data),) = paper_forms.made_as(village.book, make_sheet(), "poster", draft=False, sheets=9)
    assert ending == ".pdf"
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) % 9 == 0


@pytest.mark.parametrize(("sheets", "words"), [(2, "smaller"), (7, "cannot be laid of 7")])
def test_a_poster_that_cannot_be_is_refused_with_what_to_do(sheets: int, words: str) -> None:
    with pytest.raises(KnownError, match=words) as caught:
        paper_forms.board_pdf(make_notice(5), paper="A3", draft=False, poster=sheets)
    assert "A4" in str(caught.value.hint) or "25" in str(caught.value.hint)


def test_slips_are_made_of_the_notice_only(village: Village) -> None:
    with pytest.raises(KnownError, match="cannot be made"):
        paper_forms.made_as(village.book, make_sheet(), "household", draft=False)
    with pytest.raises(KnownError, match="no household"):
        paper_forms.made_as(village.book, make_notice(3), "household", draft=False)


def test_the_command_line_writes_every_form(village: Village, tmp_path: Path) -> None:
    village.book.close()
    path = village.folder / "village.vbook" if (village.folder / "village.vbook").exists() else None
    path = path or next(village.folder.rglob("*.vbook"))
    begins = {"poster": b"%PDF", "general": b"%PDF", "loudspeaker": "（草稿".encode(), "chat": b"\x89PNG"}
    for form, begin in begins.items():
        target = tmp_path / form
        ran = run("notice", path, "--period", "2025-01", "--as", form, "--draft", "-o", target, lang="zh_CN")
        assert ran.code == 0, ran.err
        assert target.read_bytes().startswith(begin)
    assert "本期无" in (tmp_path / "chat.txt").read_text("utf-8")
    ran = run("notice", path, "--period", "2025-01", "--as", "household", "--draft", "-o", tmp_path / "x")
    assert ran.code == 2
    assert "no household" in ran.err
    assert not (tmp_path / "x").exists()
