"""A list of payees brought in from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.builders import DAY, make_village
from tests.cli.runner import run
from villagebook.services.approvals import list_standings
from villagebook.services.book_file.books import open_book

HEAD = "姓名,户号,事由,金额\n"


def test_a_list_of_payees_is_tried_taken_in_or_refused_in_a_sentence(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    path = village.book.path
    village.book.close()
    file = tmp_path / "慰问.csv"
    file.write_text(HEAD + "何老四,,住院慰问,200\n钱进,,住院慰问,300\n", encoding="utf-8-sig")
    words = ("--layout", "payees", "--kind", "condolence", "--title", "住院慰问", "--resolution", "两委会1")
    span = ("--from", DAY.isoformat(), "--to", DAY.isoformat())
    without = run("import", path, file, *words)
    assert without.code == 2
    assert "--from" in without.err
    tried = run("import", path, file, *words, *span, "--dry-run", "--format", "json")
    assert tried.json["people"] == 2
    assert run("import", path, file, *words, *span).code in (0, 1)
    book = open_book(path)
    (one,) = list_standings.standings(book)
    assert (one.content.title, one.content.total_fen) == ("住院慰问", 50_000)
    book.close()
    file.write_text(HEAD + "何老四,,住院慰问,x\n", encoding="utf-8-sig")
    assert "1" in run("import", path, file, *words, *span).err
