"""`villagebook invoice`: what files say without a book, and the township's answers taken into one."""

from __future__ import annotations

from pathlib import Path

from tests import invoices as paper
from tests.builders import DAY, make_village, move, sign_everything, submit
from tests.cli.runner import run, write_csv

HEAD = "number,result,checked_on,person"


def test_a_file_is_told_in_words_and_as_json(tmp_path: Path) -> None:
    path = paper.write(tmp_path, paper.xml())
    ran = run("invoice", path)
    assert (ran.code, ran.err) == (0, "")
    assert paper.NUMBER in ran.text
    assert "500.00" in ran.text
    assert "only the tax site knows" in ran.text
    told = run("invoice", path, "--format", "json")
    (file,) = told.json["files"]
    (invoice,) = file["invoices"]
    assert (invoice["number"], invoice["total"], invoice["carrier"]) == (paper.NUMBER, "500.00", "xml")
    assert told.json["ok"] is True


def test_what_is_wrong_in_itself_is_a_finding_and_one_bad_file_does_not_hide_the_others(
    tmp_path: Path,
) -> None:
    wrong = paper.write(tmp_path, paper.xml().replace(b"<TotalTaxAm>", b"<TotalTaxAm>9"), "wrong.xml")
    ran = run("invoice", wrong)
    assert ran.code == 1
    assert "INV-06" in ran.text
    bad = paper.write(tmp_path, b"PK\x03\x04", "bad.ofd")
    both = run("invoice", bad, tmp_path / "none.xml", wrong)
    assert both.code == 2
    assert "bad.ofd" in both.err
    assert "none.xml" in both.err
    assert paper.NUMBER in both.text


def test_a_file_without_an_invoice_says_so(tmp_path: Path) -> None:
    ran = run("invoice", paper.write(tmp_path, b"<a>b</a>"))
    assert ran.code == 0
    assert "no invoice" in ran.text


def test_the_register_and_the_answers_from_the_command_line(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    move(village, "IN", "EX", 100_000)
    document = paper.paid_on(village, paper.xml())
    submit(village, document)
    sign_everything(village, document.id, DAY)
    village.book.close()
    book = village.book.path
    (row,) = run("report", book, "invoices").rows
    assert (row["number"], row["total"], row["answer"]) == (
        paper.NUMBER,
        "500.00",
        "not asked at the tax site",
    )
    (ask,) = run("report", book, "invoices-to-verify").rows
    assert (ask["number"], ask["result"]) == (paper.NUMBER, "")
    (sold,) = run("report", book, "invoice-sellers").rows
    assert (sold["seller"], sold["count"], sold["total"]) == (paper.SELLER, "1", "500.00")
    answers = write_csv(tmp_path / "a.csv", HEAD, f"{paper.NUMBER},一致,2025-02-10,郑卫东")
    assert run("invoice", answers, "--answers", book, "--dry-run").code == 0
    assert len(run("report", book, "invoices-to-verify").rows) == 1
    assert "1 taken in." in run("invoice", answers, "--answers", book).text
    assert run("report", book, "invoices-to-verify").rows == []
    wrong = write_csv(tmp_path / "b.csv", HEAD, "25372000000000000001,一致,2025-02-10,郑卫东")
    refused = run("invoice", wrong, "--answers", book)
    assert refused.code == 2
    assert "INV-24" in refused.err
