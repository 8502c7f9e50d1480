"""The command line as a stranger's script sees it: words in, exit code, standard output and standard error out."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from villagebook.__main__ import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8-sig")

    @property
    def rows(self) -> list[dict[str, str]]:
        """Standard output as CSV."""
        assert self.out.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(self.text, newline="")))

    @property
    def json(self) -> Any:
        return json.loads(self.out.decode("utf-8"))


def run(*words: object, lang: str = "en") -> Ran:
    """Run one command in this process, with streams of its own."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with mock.patch("sys.stdout", streams[0]), mock.patch("sys.stderr", streams[1]):
        try:
            code = main([*map(str, words), "--lang", lang])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    made = []
    for stream in streams:
        with contextlib.suppress(ValueError):
            stream.flush()
        made.append(stream.buffer.getvalue())
    return Ran(code, made[0], made[1].decode("utf-8"))


def write_csv(path: Path, header: str, *rows: Any, encoding: str = "utf-8") -> Path:
    """A table as a spreadsheet program saves it; a row is one text with commas or a sequence of cells."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow(row.split(",") if isinstance(row, str) else row)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, header: str, *rows: Any) -> Path:
    """The same as a workbook; cells keep their types, so dates and numbers are real ones."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(header.split(","))
    for row in rows:
        sheet.append(row.split(",") if isinstance(row, str) else list(row))
    book.save(path)
    return path
