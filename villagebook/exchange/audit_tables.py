"""The audit data interface GB/T 24589.1-2010: its tables as data, and XML files written by them.

The tables (resources/gbt24589/fields.tsv) come from a public translation and public code, not from the printed standard; the
edition of 2024 that replaces it was not found. Nothing written here is certified, and the file beside the data says so.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from villagebook import paths
from villagebook.domain.errors import KnownError
from villagebook.i18n import _

STANDARD = "GB/T 24589.1-2010"
NAMESPACE = "http://sxbw.audit.gov.cn/AccountingSoftwareDataInterfaceStandard/2010/SOE/XMLSchema"
ENCODING = "GB18030"

_FORM = re.compile(r"([CID])(\.\.)?(\d+)(?:\.(\d+))?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Row = tuple[str, Mapping[str, str]]
"""(table, element -> text)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One element of a table: its six-figure identifier, its form (C..60, C8, I..4, D20.2), whether it must be there."""

    id: str
    name: str
    form: str
    required: bool

    @property
    def is_words(self) -> bool:
        """Words may end in … where there is no room; a code would name something else then."""
        return self.form.startswith("C..") and not self.name.endswith(("编号", "编码", "代码", "期间号"))

    def fits(self, text: str) -> bool:
        """Lengths count characters, not bytes."""
        match = _FORM.fullmatch(self.form)
        if match is None:
            raise ValueError(self.form)
        kind, upto, most, decimals = match[1], match[2], int(match[3]), match[4]
        if kind == "C":
            return len(text) <= most if upto else len(text) == most
        if kind == "I":
            return bool(re.fullmatch(rf"\d{{1,{most}}}", text))
        return bool(re.fullmatch(rf"-?\d{{1,{most - int(decimals)}}}\.\d{{{decimals}}}", text))


@dataclass(frozen=True, slots=True)
class AuditTable:
    """A table of the standard; `module` is the file it stands in."""

    module: str
    id: str
    name: str
    fields: tuple[Field, ...]


@functools.cache
def tables() -> dict[str, AuditTable]:
    """Every table by its Chinese name, in the order of the standard."""
    made: dict[str, AuditTable] = {}
    with paths.resource("gbt24589", "fields.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            field = Field(row["id"], row["element"], row["form"], row["required"] == "1")
            held = made.get(row["table_name"])
            fields = (*held.fields, field) if held else (field,)
            made[row["table_name"]] = AuditTable(row["module"], row["table"], row["table_name"], fields)
    return made


@dataclass(frozen=True, slots=True)
class Shortened:
    """A text the standard has no room for: where it stands, and the whole of it."""

    table: str
    field: str
    text: str


def module_xml(module: str, rows: Iterable[Row]) -> tuple[bytes, tuple[Shortened, ...]]:
    """One file of the interface, and the texts in it that end in … because they are longer than the standard allows.

    Rows come in the order of the tables. Raises KnownError where a code or an amount does not fit: these cannot be shortened.
    """
    short: dict[Shortened, None] = {}
    pieces = [f'<?xml version="1.0" encoding="{ENCODING}"?>\n<{module} xmlns="{NAMESPACE}">\n']
    pieces += _rows(module, rows, short)
    pieces.append(f"</{module}>\n")
    return "".join(pieces).encode(ENCODING), tuple(short)


def _rows(module: str, rows: Iterable[Row], short: dict[Shortened, None]) -> Iterator[str]:
    order = list(tables())
    last = 0
    for name, told in rows:
        table = tables()[name]
        if table.module != module or order.index(name) < last:
            raise ValueError(f"{name} is out of order in {module}")
        last = order.index(name)
        unknown = told.keys() - {field.name for field in table.fields}
        if unknown:
            raise ValueError(f"{name}: {unknown}")
        cells = "".join(_cell(table, field, told.get(field.name), short) for field in table.fields)
        yield f"<{name}>{cells}</{name}>\n"


def _cell(table: AuditTable, field: Field, text: str | None, short: dict[Shortened, None]) -> str:
    """Empty where the standard wants the element and there is nothing to say; left out where it need not be."""
    if not text:
        if text is None and field.required:
            raise ValueError(f"{table.name}: {field.name} is missing")
        return f"<{field.name}/>" if field.required else ""
    text = _FORBIDDEN.sub("", text)
    if not field.fits(text) and field.is_words:
        short[Shortened(table.name, field.name, text)] = None
        text = text[: int(field.form.removeprefix("C..")) - 1] + "…"
    if not field.fits(text):
        raise KnownError(
            _("“{value}” does not fit {table}, {field} ({form}) of the audit interface.").format(
                value=text[:60], table=table.name, field=field.name, form=field.form
            ),
            _("Tell whoever looks after the program; every report can be exported all the same."),
        )
    return f"<{field.name}>{escape(text)}</{field.name}>"
