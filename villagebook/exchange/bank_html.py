"""Tables of a web page that calls itself .xls: what many banks' sites hand out. Nothing in it is run or fetched."""

from __future__ import annotations

from html.parser import HTMLParser

from villagebook.exchange.table_limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS, too_large

_CELLS = ("td", "th")
_SKIPPED = ("script", "style", "head", "title")
_START = (b"<html", b"<!doc", b"<tabl", b"<meta", b"<?xml", b"<head", b"<body", b"<div")


def is_html(data: bytes) -> bool:
    """Does the file begin as a page?"""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(_START) and b"<t" in data[:200_000].lower()


def html_rows(text: str, name: str) -> list[list[str]]:
    """The rows of all tables of a page, one below the other; merged cells leave empty ones beside them.

    Raises KnownError beyond the limits.
    """
    parser = _Tables(name)
    parser.feed(text)
    parser.close()
    parser.end_row()
    return parser.rows


class _Tables(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._name = name
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._blank_after = 0
        self._skipping = 0
        self._hanging: dict[int, int] = {}
        """Column -> rows below that a merged cell still covers."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag == "tr":
            self.end_row()
            self._row = []
        elif tag in _CELLS:
            self._end_cell()
            if self._row is None:
                self._row = []
            self._fill_hanging()
            wide, high = (_span(dict(attrs).get(k)) for k in ("colspan", "rowspan"))
            self._cell, self._blank_after = [], wide - 1
            for at in range(len(self._row), len(self._row) + wide):
                if high > 1:
                    self._hanging[at] = high  # counts this row too
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skipping:
            self._cell.append(data)

    def _fill_hanging(self) -> None:
        """Cells merged from above take their place in this row."""
        while self._row is not None and self._hanging.get(len(self._row), 0) > 0:
            self._row.append("")

    def _end_cell(self) -> None:
        if self._row is None or self._cell is None:
            return
        text = " ".join("".join(self._cell).split())
        self._row += [text[: MAX_CELL + 1], *[""] * self._blank_after]
        self._cell = None
        if len(self._row) > MAX_COLUMNS * 5:
            raise too_large(self._name)

    def end_row(self) -> None:
        """Close a row, whether the page did or not."""
        self._end_cell()
        if self._row is None:
            return
        self._hanging = {at: rows - 1 for at, rows in self._hanging.items() if rows > 1}
        self.rows.append(self._row)
        self._row = None
        if len(self.rows) > MAX_ROWS:
            raise too_large(self._name)


def _span(text: str | None) -> int:
    return min(int(text), MAX_COLUMNS) if text and text.isdigit() and int(text) else 1
