"""The pages there are: name on the rail, key, and the module that is imported when the page is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from villagebook.i18n import N_

if TYPE_CHECKING:
    from villagebook.ui.page import Page
    from villagebook.ui.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail. `module` and `factory` name the class; `gap` puts some air above."""

    code: str
    title: str
    key: str
    module: str
    factory: str
    gap: bool = False

    def build(self, session: Session) -> Page:
        """Import and make the page; only now its libraries are loaded."""
        module = import_module(f"villagebook.ui.pages.{self.module}")
        page: Page = getattr(module, self.factory)(session)
        return page


ENTRIES = (
    Entry("home", N_("This month"), "Ctrl+1", "home", "HomePage"),
    Entry("receipt", N_("Money in"), "Ctrl+2", "entering.receipt", "ReceiptPage", gap=True),
    Entry("payment", N_("Money out"), "Ctrl+3", "entering.payment", "PaymentPage"),
    Entry("transfer", N_("Between places"), "Ctrl+4", "entering.transfer", "TransferPage"),
    Entry("adjustment", N_("Adjustment"), "Ctrl+5", "entering.adjustment", "AdjustmentPage"),
    Entry("vouchers", N_("Vouchers"), "Ctrl+J", "voucher_list.vouchers", "VouchersPage"),
    Entry("sign", N_("Signing"), "Ctrl+6", "approving.signing", "SigningPage", gap=True),
    Entry("count", N_("Count and reconcile"), "Ctrl+7", "month_end.counting", "CountingPage"),
    Entry("close", N_("Close the month"), "Ctrl+8", "month_end.closing", "ClosingPage"),
    Entry("notice", N_("Notice"), "Ctrl+9", "board.notice", "NoticePage"),
    Entry("handover", N_("Hand over"), "Ctrl+0", "month_end.handover", "HandoverPage"),
    Entry("books", N_("Books"), "Ctrl+B", "reading.books", "BooksPage", gap=True),
    Entry("statements", N_("Statements"), "Ctrl+Y", "reading.statements", "StatementsPage"),
    Entry("two-lines", N_("Two lines"), "Ctrl+L", "month_end.two_lines", "TwoLinesPage"),
    Entry("chart", N_("Chart of accounts"), "Ctrl+K", "reading.chart", "ChartPage"),
    Entry("registers", N_("Registers"), "Ctrl+R", "registering.registers", "RegistersPage"),
    Entry("people", N_("People and places"), "Ctrl+U", "offices.people", "PeoplePage"),
    Entry("settings", N_("Settings"), "Ctrl+T", "setting_up.settings", "SettingsPage"),
)

_PAGE_OF_TARGET = {
    "receipt": "transfer",
    "deposit": "transfer",
    "document": "sign",
    "sign": "sign",
    "count": "count",
    "statement": "count",
    "close": "close",
    "notice": "notice",
    "handover": "handover",
    "people": "people",
    "office": "people",
    "keys": "people",
    "place": "people",
    "voucher": "vouchers",
    "unchecked": "vouchers",
    "account": "books",
    "check": "statements",
    "note": "statements",
    "chart": "chart",
    "opening": "settings",
    "register": "registers",
    "bring-in": "settings",
    "two-lines": "two-lines",
}
"""Which page repairs what a finding points at; `draft` is decided by the draft's own kind."""


def page_for(target: str) -> str:
    """The code of the page a target belongs to, "" when there is none."""
    kind, _sep, rest = target.partition(":")
    if kind == "page":
        return rest
    return _PAGE_OF_TARGET.get(kind, "")
