"""The worksheet of a conversion as a table a person fills in: written as CSV, read from CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from villagebook.domain.conversion import (
    GROSS_UPS,
    Adjustment,
    AdjustmentLine,
    OldBalance,
    Share,
    Worksheet,
)
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import AmountError, format_fen, parse_yuan, yuan_text
from villagebook.exchange.bank_headers import plain
from villagebook.exchange.cells import clean_text
from villagebook.exchange.layouts import column_letter
from villagebook.exchange.tables import Sheet
from villagebook.i18n import _

COLUMNS = {
    "part": "行类",
    "old_code": "旧科目编码",
    "old_name": "旧科目名称",
    "party": "往来",
    "old_debit": "旧账借方",
    "old_credit": "旧账贷方",
    "mark": "对照依据",
    "advice": "提示",
    "code": "新科目编码",
    "name": "新科目名称",
    "place": "资金",
    "new_party": "新往来",
    "debit": "借方",
    "credit": "贷方",
    "summary": "摘要",
}
"""Machine name and Chinese heading of every column; either is read."""

BALANCE, GROSS_UP, ADJUSTMENT = "结转", "还原", "调整"
_PARTS = {"balance": BALANCE, "gross-up": GROSS_UP, "adjustment": ADJUSTMENT}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside an old balance for the person: how sure the table is, what to look at, accounts to choose from."""

    mark: str
    advice: str
    candidates: tuple[tuple[str, str], ...]


def worksheet_csv(worksheet: Worksheet, words: Mapping[str, Words], asks: Mapping[str, str]) -> bytes:
    """The worksheet with an empty line for everything that is open.

    `words` by account of 2004; `asks` are the questions what was written down, by account.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for old in worksheet.old:
        for row in _balance_rows(worksheet, old, words[old.top]):
            writer.writerow([_safe(row.get(key, "")) for key in COLUMNS])
    for account, text in asks.items():
        fen = worksheet.gross_ups.get(account)
        amount = "" if fen is None else format_fen(fen)
        row = {"part": GROSS_UP, "advice": text, "code": account, "debit": amount}
        writer.writerow([_safe(row.get(key, "")) for key in COLUMNS])
    for entry in worksheet.adjustments:
        for line in entry.lines:
            row = {"part": ADJUSTMENT, "code": line.account, "place": line.place, "new_party": line.party}
            row |= {"summary": entry.summary, **_amounts(line.debit_fen - line.credit_fen)}
            writer.writerow([_safe(row.get(key, "")) for key in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _safe(text: str) -> str:
    """A text a spreadsheet would take for a formula gets an apostrophe."""
    return "'" + text if text.startswith(("=", "+", "@", "\t")) else text


def _amounts(fen: int | None, stem: str = "") -> dict[str, str]:
    if fen is None:
        return {}
    return {f"{stem}debit" if fen >= 0 else f"{stem}credit": format_fen(abs(fen))}


def _balance_rows(worksheet: Worksheet, old: OldBalance, words: Words) -> Iterator[dict[str, str]]:
    head = {"part": BALANCE, "old_code": old.code, "old_name": old.name, "party": old.party}
    head |= {"mark": words.mark, "advice": words.advice, **_amounts(old.fen, "old_")}
    names = dict(words.candidates)
    shares = worksheet.shares.get(old.key, ())
    for share in shares:
        told = {"code": share.account, "name": names.get(share.account, ""), "place": share.place}
        yield {**head, **told, "new_party": share.party, **_amounts(share.fen)}
    if not shares:
        for code, name in words.candidates or (("", ""),):
            yield {**head, "code": code, "name": name}


class _Reader:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        names = [plain(cell) for cell in sheet.header]
        self.index: dict[str, int] = {}
        for key, title in COLUMNS.items():
            hit = next((n for n in (plain(key), plain(title)) if n in names), None)
            if hit is not None:
                self.index[key] = names.index(hit)
        self.findings: list[Finding] = []

    def cell(self, row: Sequence[str], key: str) -> str:
        at = self.index.get(key)
        return clean_text(row[at]).removeprefix("'") if at is not None else ""

    def add(self, number: int, key: str, text: str) -> None:
        where = _("{name} row {row}").format(name=self.sheet.name, row=number)
        if key in self.index:
            where = _("{name} row {row}, column {column}").format(
                name=self.sheet.name,
                row=number,
                column=f"{self.sheet.header[self.index[key]]} ({column_letter(self.index[key])})",
            )
        self.findings.append(Finding("CNV-14", Severity.ERROR, where, text))

    def fen(self, number: int, row: Sequence[str], stem: str = "") -> int | None:
        """Signed amount of the pair of columns, None when both are empty."""
        found: list[int] = []
        for key, sign in ((f"{stem}debit", 1), (f"{stem}credit", -1)):
            text = self.cell(row, key)
            if not text:
                continue
            try:
                found.append(sign * parse_yuan(text))
            except AmountError:
                self.add(
                    number, key, _("“{value}” is not an amount. Write it as 1234.50.").format(value=text[:40])
                )
                return 0
        if len([fen for fen in found if fen]) > 1:
            self.add(
                number,
                f"{stem}debit",
                _("The row has both a debit and a credit. Divide it into two rows."),
            )
        return sum(found) if found else None


def read_worksheet(sheet: Sheet, old: tuple[OldBalance, ...]) -> tuple[Worksheet, tuple[Finding, ...]]:
    """A worksheet somebody filled in, and everything that cannot be read in it or belongs to another file."""
    reader = _Reader(sheet)
    lacks = [
        COLUMNS[key] for key in ("part", "old_code", "code", "debit", "credit") if key not in reader.index
    ]
    if lacks:
        text = _("The column {value} is missing. Write the worksheet anew and fill that in.")
        finding = Finding("CNV-14", Severity.ERROR, sheet.name, text.format(value=", ".join(lacks)))
        return Worksheet(old), (finding,)
    by_key = {b.key: b for b in old}
    shares: dict[str, list[Share]] = {}
    gross_ups: dict[str, int | None] = {}
    entries: list[tuple[str, AdjustmentLine]] = []
    seen: dict[str, int | None] = {}
    for at, row in enumerate(sheet.rows):
        number = sheet.header_row + 1 + at
        if not any(map(str.strip, row)):
            continue
        part = _PARTS.get(reader.cell(row, "part"), reader.cell(row, "part"))
        fen = reader.fen(number, row)
        if part == BALANCE:
            _take_balance(reader, number, row, fen, by_key, shares, seen)
        elif part == GROSS_UP:
            _take_gross_up(reader, number, row, fen, gross_ups)
        elif part == ADJUSTMENT:
            line = AdjustmentLine(
                reader.cell(row, "code"),
                max(fen or 0, 0),
                max(-(fen or 0), 0),
                reader.cell(row, "place"),
                reader.cell(row, "new_party"),
            )
            entries.append((reader.cell(row, "summary"), line))
        else:
            text = _("“{value}” is neither 结转, 还原 nor 调整.").format(value=part)
            reader.add(number, "part", text)
    reader.findings += list(_compare(sheet.name, old, seen))
    made = Worksheet(old, adjustments=tuple(_gathered(entries)))
    for key, parts in shares.items():
        made = made.with_shares(key, parts)
    return _with_gross_ups(reader, sheet.name, made, gross_ups), tuple(reader.findings)


def _with_gross_ups(
    reader: _Reader, name: str, made: Worksheet, gross_ups: Mapping[str, int | None]
) -> Worksheet:
    """The worksheet with the gross-ups it asks for; a finding for one of an account into which nothing goes."""
    for account, amount in gross_ups.items():
        if account in made.asked():
            made = made.with_gross_up(account, amount)
        elif amount:
            text = _(
                "Nothing goes into account {account}, so nothing of it was written down. Leave the row empty."
            )
            reader.findings.append(Finding("CNV-14", Severity.ERROR, name, text.format(account=account)))
    return made


def _take_balance(
    reader: _Reader,
    number: int,
    row: Sequence[str],
    fen: int | None,
    by_key: Mapping[str, OldBalance],
    shares: dict[str, list[Share]],
    seen: dict[str, int | None],
) -> None:
    code, name = reader.cell(row, "old_code"), reader.cell(row, "old_name")
    key = f"{code or name}|{reader.cell(row, 'party')}"
    if key not in by_key:
        value = " ".join(filter(None, (code, name, reader.cell(row, "party"))))
        text = _("The old trial balance has no “{value}”. Write the worksheet anew from this file.")
        reader.add(number, "old_code", text.format(value=value))
        return
    old_fen = reader.fen(number, row, "old_")
    if old_fen is not None or key not in seen:
        seen[key] = old_fen if old_fen is not None else seen.get(key)
    if fen is None:
        return
    new = reader.cell(row, "code")
    if not new:
        reader.add(number, "code", _("The row has an amount and no new account. Write its code."))
    elif fen:
        place, party = reader.cell(row, "place"), reader.cell(row, "new_party")
        shares.setdefault(key, []).append(Share(new, fen, place, party))


def _take_gross_up(
    reader: _Reader, number: int, row: Sequence[str], fen: int | None, gross_ups: dict[str, int | None]
) -> None:
    account = reader.cell(row, "code")
    if account not in GROSS_UPS:
        text = _("“{value}” is none of the accounts that were written down directly: {known}.")
        reader.add(number, "code", text.format(value=account, known=", ".join(GROSS_UPS)))
        return
    gross_ups[account] = fen


def _compare(name: str, old: tuple[OldBalance, ...], seen: Mapping[str, int | None]) -> Iterator[Finding]:
    """The worksheet's old balances must be those of the old trial balance."""
    for balance in old:
        title = " ".join(filter(None, (balance.code, balance.name, balance.party)))
        if balance.key not in seen:
            text = _("The row of “{value}” is missing. Write the worksheet anew, or put the row back.")
            yield Finding("CNV-15", Severity.ERROR, name, text.format(value=title))
        elif seen[balance.key] not in (None, balance.fen):
            text = _(
                "“{value}”: the worksheet says {said}, the old trial balance {fen}. Write the worksheet anew."
            )
            filled = text.format(
                value=title, said=yuan_text(seen[balance.key] or 0), fen=yuan_text(balance.fen)
            )
            yield Finding("CNV-15", Severity.ERROR, name, filled)


def _gathered(entries: list[tuple[str, AdjustmentLine]]) -> Iterator[Adjustment]:
    """Rows with one summary that follow each other are one adjustment; it ends where it balances."""
    held: list[AdjustmentLine] = []
    before = ""
    number = 0
    for summary, line in entries:
        same = held and summary in ("", before)
        balanced = sum(one.debit_fen - one.credit_fen for one in held) == 0
        if held and (not same or balanced):
            number += 1
            yield Adjustment(number, before, tuple(held))
            held = []
        before = summary or before
        held.append(line)
    if held:
        yield Adjustment(number + 1, before, tuple(held))
