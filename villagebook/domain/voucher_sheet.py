"""A posted voucher as its face shows it, on the screen and on paper: with names of accounts, links and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from villagebook.domain.voucher import Voucher


@dataclass(frozen=True, slots=True)
class SheetNames:
    """Who stands in the footer (主管, 记账, 审核, 出纳, 制单), as the log has it; "" is signed by hand on paper."""

    head: str = ""
    booked: str = ""
    checked: str = ""
    cashier: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True)
class VoucherSheet:
    """Everything the face of one voucher says.

    Attributes:
        accounts: code -> code and full name. links: number of the line (from 1) -> what it belongs to, in words.
        footer: caption and name of those who stand below. relations: sentences about what it undoes, corrects, or was undone
            by, each with the id of the other voucher.
    """

    village: str
    voucher: Voucher
    accounts: Mapping[str, str]
    links: Mapping[int, str]
    footer: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, str], ...] = ()

    def account(self, no: int) -> str:
        """What stands in the account column of a line, counted from 1."""
        code = self.voucher.lines[no - 1].account
        own = self.accounts.get(code, code or "?")
        return f"{own}  [{self.links[no]}]" if self.links.get(no) else own

    def summary(self, no: int) -> str:
        """What stands in the summary column; the first line of a red voucher says what it undoes (会计基础工作规范 51)."""
        line = self.voucher.lines[no - 1]
        return (
            self.voucher.summary
            if self.voucher.reverses and no == 1
            else line.summary or self.voucher.summary
        )

    def texts(self) -> tuple[str, ...]:
        """Everything of the book that is printed, for asking which characters the fonts lack."""
        lines = self.voucher.lines
        return (
            self.village,
            *(self.summary(no) for no in range(1, len(lines) + 1)),
            *(self.account(no) for no in range(1, len(lines) + 1)),
            *(name for _caption, name in self.footer),
            *(words for words, _id in self.relations),
        )


@dataclass(frozen=True, slots=True)
class VoucherCover:
    """What the cover of a bound volume says (凭证封面): one word of one month."""

    village: str
    year: int
    month: int
    word: str
    first_on: date
    last_on: date
    first_number: int
    last_number: int
    count: int
    paper_count: int
    volume: int
    volumes: int
