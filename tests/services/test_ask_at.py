"""Desks that hear doubts, with their telephone: the township's parameter, printed where a paper says whom to ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests import builders as b
from tests.builders import START
from tests.reports.reading import page_texts
from tests.reports.samples import make_notice
from villagebook.domain.notice import notice_from_data
from villagebook.domain.period import Span
from villagebook.domain.sheet import SheetForm, sheet_from_data
from villagebook.services.disclosure import notices, sheets

DESK = "镇农经站 0312-1234567"
JAN, END = Span.of(START), START.last_day


def test_the_notice_and_the_sheets_name_the_desk_and_keep_it(tmp_path: Path):
    village = b.make_village(tmp_path, policy={"ask_at": [DESK]})
    notice = notices.compile_notice(village.book, JAN, END)
    sheet = sheets.compile_sheet(village.book, SheetForm.SUMMARY, JAN, "", END)
    village.book.close()
    assert notice.ask_at == sheet.ask_at == (DESK,)
    assert notice_from_data(notice.to_data()) == notice
    assert sheet_from_data(sheet.to_data()) == sheet
    assert any(DESK in text for text in page_texts(notices.notice_pdf(notice, paper="A4", draft=True)))
    assert any(DESK in text for text in page_texts(sheets.sheet_pdf(sheet, paper="A4", draft=True)))


def test_a_paper_without_desks_is_frozen_as_before_there_were_any():
    notice = make_notice(3)
    assert "ask_at" not in notice.to_data()
    assert notice.content_hash() != replace(notice, ask_at=(DESK,)).content_hash()
