"""Amounts counted in more than yuan ("单位：万元", "合同金额（万元）"): only a heading says so, and the book counts yuan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_LARGE = re.compile(r"[(\[【:/]?[十百千万亿]元[)\]】]?$")
_OF_ALL = re.compile(r"单位[::]?(?:人民币)?[(]?[十百千万亿]元")


def large_unit(headings: Iterable[str], above: Iterable[Sequence[str]]) -> str:
    """The heading of a column of amounts, or the cell over the table, that counts in ten thousand yuan or so; "" for none."""
    columns = (text for text in headings if _LARGE.search(_plain(text)))
    titles = (cell.strip() for row in above for cell in row if _OF_ALL.search(_plain(cell)))
    return next(columns, "") or next(titles, "")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
