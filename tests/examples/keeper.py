"""Published figures become import files and go through `new`, `import`, `report`, `notice` and `close`, as a user's would."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.cli.runner import Ran, run, write_csv
from villagebook.domain.money import format_fen

DATA = Path(__file__).parent / "data"
CASHBOOK = "date,kind,number,summary,party,amount,place,account"
OPENING = "account,place,party,debit,credit"


@cache
def published(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def errors_of(name: str) -> set[str]:
    """Ids of the printed mistakes that must be shown."""
    return {a["id"] for a in published(name)["known_anomalies"] if a["severity"] == "error"}


def cash_rows(
    lines: Iterable[Mapping[str, Any]],
    *,
    day: str = "",
    income: str = "504",
    expense: str = "513",
    accounts: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """Published lines in the layout `cashbook`; `day` for those that print none, `accounts` by category."""
    rows = []
    for line in lines:
        fen = line.get("income_fen") or line["expense_fen"]
        comes_in = "income_fen" in line
        account = (accounts or {}).get(line.get("category", ""), income if comes_in else expense)
        rows.append(
            [
                line.get("date", day),
                "receipt" if comes_in else "payment",
                line.get("voucher_no", ""),
                line["summary"],
                line.get("payee", ""),
                format_fen(fen),
                "IN" if comes_in else "EX",
                account,
            ]
        )
    return rows


@dataclass(slots=True)
class Keeper:
    """One village's book in one folder."""

    folder: Path

    @property
    def book(self) -> Path:
        return self.folder / "village.vbook"

    def new(self, start: str, *opening: str, mode: str = "one-account", village: str = "Village") -> Ran:
        words: list[object] = [
            "new",
            self.book,
            "--village",
            village,
            "--code",
            "X1",
            "--start",
            start,
            "--mode",
            mode,
        ]
        if opening:
            words += ["--opening", write_csv(self.folder / "opening.csv", OPENING, *opening)]
        return run(*words)

    def take(
        self, *rows: object, header: str = CASHBOOK, name: str = "lines.csv", encoding: str = "utf-8"
    ) -> Ran:
        return self.take_file(write_csv(self.folder / name, header, *rows, encoding=encoding))

    def take_file(self, path: Path) -> Ran:
        return run("import", self.book, path, "--format", "json")

    def report(self, name: str, *words: object) -> list[dict[str, str]]:
        ran = run("report", self.book, name, *words)
        assert ran.code == 0, ran.err
        return ran.rows

    def total(self, first: str = "", last: str = "") -> tuple[str, str, str, str]:
        """Opening, receipts, payments, closing of the last row of receipts and payments."""
        words = [*(["--from", first] if first else []), *(["--to", last or first] if first else [])]
        row = self.report("receipts-payments", *words)[-1]
        assert row["line"] == "total"
        figures = (row["opening"], row["receipts"], row["payments"], row["closing"])
        opening, receipts, payments, closing = map(Decimal, figures)
        assert opening + receipts - payments == closing
        return figures

    def balances(self, *words: object) -> dict[str, Decimal]:
        """Account -> closing balance, debit positive; the columns of the trial balance are equal."""
        rows = self.report("trial-balance", *words)
        for pair in (
            ("opening_debit", "opening_credit"),
            ("debit", "credit"),
            ("year_debit", "year_credit"),
            ("closing_debit", "closing_credit"),
        ):
            left, right = (sum(Decimal(r[k]) for r in rows) for k in pair)
            assert left == right, pair
        return {r["account"]: Decimal(r["closing_debit"]) - Decimal(r["closing_credit"]) for r in rows}

    def notice(self, period: str) -> Any:
        """The draft notice of a period as JSON."""
        ran = run("notice", self.book, "--period", period, "--draft", "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        return ran.json

    def close(self, period: str) -> Ran:
        return run("close", self.book, "--period", period)


def ids(ran: Ran) -> list[str]:
    """Ids of the findings of an import, exit code and JSON agreeing."""
    body = ran.json
    assert (ran.code == 0) == body["ok"]
    return [f["id"] for f in body["findings"]]


def yuan(fen: int) -> str:
    return format_fen(fen)
