"""Every report there is can be read, printed and taken along, also out of a small book (財会〔2024〕12号 art. 27)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pypdfium2
import pytest

from tests.builders import DAY, Village, at, by_hand, make_book
from tests.lived import lived
from tests.services.test_bank import statement
from tests.services.test_conversion import decided, old_file
from tests.services.test_projects_funds import ROAD
from villagebook import paths
from villagebook.domain.period import Period, Span
from villagebook.domain.roster import Outsider
from villagebook.services import render, reports
from villagebook.services.banking import bank
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import conversion
from villagebook.services.registers import roster
from villagebook.services.reports import Choice

WANTED = {
    "statement": Choice(template=paths.resource("statements", "balance-sheet.json")),
    "aux-ledger": Choice(entry="outsider:W-01"),
    "project-ledger": Choice(account=ROAD.code),
}
"""What some reports have to be told."""

ELSEWHERE = ("conversion", "conversion-old", "conversion-new", "conversion-entries", "statement")
SPAN = Span.parse("2025-01")


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    found = lived(tmp_path_factory.mktemp("every"))
    roster.save(found.book, Outsider("W-01", "县农机公司"), at(DAY), new=True)
    by_hand(found, ("project.registered", ROAD.to_data()), day=DAY)
    rows = [("2025-01-31", 100, "", "利息", "J1")]
    bank.import_statement(found.book, ("IN", "EX"), statement(found.folder, rows), by=at(SPAN.last.last_day))
    yield found
    found.book.close()


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("old")
    book = make_book(folder, start=Period(2024, 1))
    old = conversion.read_old(old_file(folder))
    conversion.confirm(book, old, decided(old), by=at(DAY))
    yield book
    book.close()


@pytest.mark.parametrize("name", reports.NAMES)
def test_every_report_is_a_pdf_a_workbook_and_a_plain_list(
    village: Village, converted: Book, name: str
) -> None:
    book = converted if name in ELSEWHERE else village.book
    table = reports.make(book, name, SPAN, WANTED.get(name, Choice())).table
    assert table.columns
    pdf = pypdfium2.PdfDocument(render.render(table, "pdf", book.info.village))
    assert len(pdf) >= 1
    assert "".join(page.get_textpage().get_text_range() for page in pdf).strip()
    sheet = openpyxl.load_workbook(io.BytesIO(render.render(table, "xlsx", book.info.village))).active
    assert sheet is not None
    assert sheet.max_row >= 1
    keys = [c.key for c in table.machine_columns or table.columns]
    assert render.render(table, "csv").decode("utf-8-sig").splitlines()[0] == ",".join(keys)
    assert isinstance(render.render(table, "json"), bytes)
    assert len(set(keys)) == len(keys)


SECRET = "6217009876543210987"


@pytest.fixture(scope="module")
def with_secrets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """Numbers of bank accounts stand in the register of outside parties and in the bank's file."""
    found = lived(tmp_path_factory.mktemp("secret"))
    roster.save(found.book, Outsider("W-01", "县农机公司", account_no=SECRET), at(DAY), new=True)
    by_hand(found, ("project.registered", ROAD.to_data()), day=DAY)
    path = found.folder / "bank.csv"
    path.write_text(
        f"日期,收入,支出,余额,对方户名,对方账号,摘要,流水号\n2025-01-31,1.00,,100001.00,县农机公司,{SECRET},利息,J1\n",
        encoding="gb18030",
    )
    bank.import_statement(found.book, ("IN", "EX"), path, by=at(SPAN.last.last_day))
    yield found
    found.book.close()


@pytest.mark.parametrize("name", [n for n in reports.NAMES if n not in ELSEWHERE])
def test_no_number_of_a_bank_account_leaves_in_a_list(with_secrets: Village, name: str) -> None:
    table = reports.make(with_secrets.book, name, SPAN, WANTED.get(name, Choice())).table
    assert SECRET not in render.render(table, "csv").decode()
    assert SECRET not in render.render(table, "json").decode()


def test_the_register_of_outside_parties_shows_four_figures(with_secrets: Village) -> None:
    rows = roster.outsider_table(with_secrets.book).rows
    assert [r[5] for r in rows] == ["*" * (len(SECRET) - 4) + SECRET[-4:]]
