"""Who holds which post, where money lies, which receipt books are out, and the officials' own keys."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from villagebook.i18n import N_, _
from villagebook.ui.page import Page
from villagebook.ui.pages.offices.keys_tab import KeysTab
from villagebook.ui.pages.offices.kin_tab import KinTab
from villagebook.ui.pages.offices.people_tabs import PeopleTab, PlacesTab
from villagebook.ui.pages.offices.receipt_books_tab import ReceiptBooksTab
from villagebook.ui.pages.offices.seals_tab import SEALS, SealsTab
from villagebook.ui.pages.offices.two_line_forms import BILLS, IMPREST, LEDGERS, TwoLineFormsTab


class PeoplePage(Page):
    """Tabs of master data; each change is an event of the log."""

    topics = frozenset({"people", "places", "receipt-books", "documents"})
    scrolls = False

    def title(self) -> str:
        return N_("People and places")

    def explain(self) -> str:
        return _(
            "Persons and their posts decide who may sign on a day: give every post with the day it begins, end it with "
            "the day it ends. Clerk, cashier, accountant and heads hand over by a list that giver, taker and overseer sign; "
            "before that nobody follows them. Relatives are told freely and printed nowhere: they only keep a signature away. "
            "Money places are fixed by the township's mode; special funds can be added. Receipt books "
            "are registered before the first receipt is written. One person answers for the imprest; bills that wait are "
            "registered in their month; ledgers that are kept apart are named. Seals, bank tokens and cheque books are handed over in "
            "the book, never all to one person. Officials who want to sign without paper get a key: one half on their own stick, one on "
            "this computer; the township certifies it, and a lost stick is stopped in one act."
        )

    def build(self) -> None:
        self.tabs = QTabWidget()
        self.people = PeopleTab(self)
        self.kin = KinTab(self)
        self.places = PlacesTab(self)
        self.receipts = ReceiptBooksTab(self)
        self.lines = TwoLineFormsTab(self)
        self.seals = SealsTab(self)
        self.stick = KeysTab(self)
        for tab, words in (
            (self.people, _("&Posts")),
            (self.kin, _("Relati&ves")),
            (self.places, _("Pla&ces")),
            (self.receipts, _("&Receipt books")),
            (self.lines, _("&Imprest")),
            (self.seals, _("&Tokens")),
            (self.stick, _("&Keys")),
        ):
            self.tabs.addTab(tab, words)
            tab.table.setAccessibleName(words.replace("&", ""))
        self.body.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        for tab in (self.people, self.kin, self.places, self.receipts, self.lines, self.seals, self.stick):
            tab.refresh()

    def open_target(self, kind: str, ident: str) -> None:
        if kind == "place" and ident in (BILLS, IMPREST, LEDGERS):
            self.tabs.setCurrentWidget(self.lines)
            self.lines.show_part(ident)
        elif kind == "place" and ident == SEALS:
            self.tabs.setCurrentWidget(self.seals)
        elif kind == "place":
            self.tabs.setCurrentWidget(self.places)
        elif kind == "office":
            self.tabs.setCurrentWidget(self.people)
            self.people.hand_over(ident)
        elif kind == "keys":
            self.tabs.setCurrentWidget(self.stick)
            self.stick.choose(ident)

    def first_field(self) -> QWidget | None:
        return self.tabs.tabBar()
