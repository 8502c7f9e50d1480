"""What narrows a book: which, the time from and to, place, account, register, levels; only what the chosen book asks for is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from villagebook.domain.account import BANK, CASH
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Place
from villagebook.i18n import N_, _
from villagebook.services import links, names, reports, trail
from villagebook.services.book_file import books
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.pickers import Choice, PeriodPicker, PlacePicker

BOOKS = (
    ("cash-book", N_("Cash book")),
    ("bank-book", N_("Bank book")),
    ("journal", N_("Journal")),
    ("trial-balance", N_("Trial balance")),
    ("general-ledger", N_("General ledger")),
    ("detail-ledger", N_("Detail ledger")),
    ("multi-column", N_("Multi-column ledger")),
    ("aux-balances", N_("Auxiliary balances")),
    ("aux-ledger", N_("Auxiliary ledger")),
    ("parties", N_("Receivables and payables by party")),
    ("years", N_("Years side by side")),
    ("receipts-payments", N_("Receipts and payments")),
    ("balance-sheet", N_("Balance sheet")),
    ("income", N_("Income and distribution")),
    ("signatures", N_("Signatures and rejections")),
    ("log", N_("Log")),
    ("posting-data", N_("Posting data of original papers")),
    ("vouchers", N_("All vouchers")),
)
DEPTHS = (
    ("0", N_("as booked")),
    ("1", N_("1 level")),
    ("2", N_("2 levels")),
    ("3", N_("3 levels")),
    ("4", N_("4 levels")),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Everything that is chosen, so that one can come back to it. `link` is the entry of the auxiliary ledger."""

    which: str
    period: str
    until: str = ""
    place: str = ""
    account: str = ""
    kind: str = ""
    link: Link | None = None
    depth: str = "0"
    zeros: bool = False
    movement: str = ""
    event: str = ""
    actor: str = ""

    @property
    def span(self) -> Span:
        first = Span.parse(self.period)
        last = Span.parse(self.until).last if self.until else first.last
        return Span(first.first, max(first.last, last))

    def choice(self) -> reports.Choice:
        """For the report by name."""
        entry = self.kind
        if self.which == "aux-ledger":
            entry = f"{self.link.kind.value}:{self.link.code}" if self.link else ""
        return reports.Choice(
            account=self.account if self.which in reports.OF_ACCOUNTS else "",
            place=self.place if self.which in reports.OF_PLACES else "",
            entry=entry if self.which in reports.OF_ENTRIES else "",
            depth=int(self.depth or 0),
            zeros=self.zeros,
            movement=bool(self.movement),
            event=self.event if self.which == "log" else "",
            actor=self.actor if self.which == "log" else "",
        )


class BookChoices(QWidget):
    """The row of choosers. `changed` is emitted once for whatever a person changes."""

    changed = Signal()

    def __init__(self, book: books.Book) -> None:
        super().__init__()
        self._book = book
        self.flow = Flow(self)
        self.which = Choice([(code, _(words)) for code, words in BOOKS])
        self.period, self.until = PeriodPicker(), Choice()
        self.place = PlacePicker()
        self.account = AccountPicker(books.chart(book), {}, leaves_only=False)
        self.kind = Choice(
            [("", _("All registers")), *((k.value, names.link_kind_title(k)) for k in LinkKind)]
        )
        self.entry = LinkPicker()
        self.levels = Choice([(code, _(words)) for code, words in DEPTHS])
        self.zeros = QCheckBox(_("with empty ones"))
        self.movement = Choice([("", _("Balances at the end")), ("movement", _("What each year moved"))])
        self.deed, self.actor = Choice(), Choice()
        for widget, words, width in (
            (self.which, _("Book"), 12),
            (self.period, _("From"), 10),
            (self.until, _("To"), 10),
            (self.place, _("Money place"), 11),
            (self.account, _("Account"), 11),
            (self.kind, _("Register"), 10),
            (self.entry, _("Entry of a register"), 14),
            (self.levels, _("Levels"), 8),
            (self.zeros, _("with empty ones"), 6),
            (self.movement, _("What is compared"), 14),
            (self.deed, _("What was done"), 12),
            (self.actor, _("At the desk"), 9),
        ):
            widget.setAccessibleName(words)
            widget.setMinimumWidth(em(width))
            self.flow.addWidget(widget)
        self.which.changed.connect(self._on_which)
        for chooser in (
            self.period,
            self.until,
            self.place,
            self.kind,
            self.levels,
            self.movement,
            self.deed,
            self.actor,
        ):
            chooser.changed.connect(self._emit)
        self.account.changed.connect(self._emit)
        self.zeros.toggled.connect(lambda _on: self._emit())
        self.entry.changed.connect(self._one_entry)
        self._quiet = False

    def _on_which(self) -> None:
        """Years are compared over the whole book; who goes on to another book comes back to the month chosen before."""
        whole, span = self.period.itemData(self.period.count() - 1), self.chosen().span
        if self._quiet:
            return  # whoever sets everything sets the time, too
        if self.which.value() == "years" and span.first.year == span.last.year:
            self._month = self.period.value()
            self._silently(lambda: self.period.set_value(str(whole)))
        elif self.which.value() != "years" and self._month:
            if self.period.value() == whole:
                month = self._month
                self._silently(lambda: self.period.set_value(month))
            self._month = ""
        self._emit()

    _month = ""

    def _emit(self) -> None:
        self._fit()
        if not self._quiet:
            self.changed.emit()

    def _one_entry(self) -> None:
        """The entry chosen last is the one that is meant."""
        chosen = self.entry.links()
        before = self._link
        if len(chosen) > 1:
            self._link = next((k for k in chosen if k != before), chosen[0])
            self._silently(lambda: self.entry.set_links((self._link,) if self._link else ()))
        else:
            self._link = chosen[0] if chosen else None
        self._emit()

    _link: Link | None = None

    def _silently(self, act: Callable[[], object]) -> None:
        """Do something to the choosers without a word to anybody."""
        self._quiet = True
        try:
            act()
        finally:
            self._quiet = False

    # ---- lists ----

    def refresh(self, months: Iterable[Period], current: Period) -> None:
        """New months, accounts and entries; what is chosen stays."""
        self._silently(lambda: self._fill(list(months), current))
        self._fit()

    def _fill(self, months: list[Period], current: Period) -> None:
        fresh, before = not self.period.count(), self.period.value()
        self.account.set_chart(books.chart(self._book), {})
        self.entry.set_targets(links.choices(self._book))
        self.period.set_months(months, longer=True)
        if months and months[0] < months[-1]:
            self.period.addItem(_("The whole book"), f"{months[0]}..{months[-1]}")
        self.period.set_value(str(current) if fresh else before)
        count = self.period.count()
        times = [(str(self.period.itemData(n)), self.period.itemText(n)) for n in range(count)]
        self.until.set_options([("", _("(only this)")), *times])
        self._fill_log()

    def _fill_log(self) -> None:
        """What was done and by whom; read only for somebody who looks at the log."""
        if self.which.value() != "log":
            return
        kinds, actors = trail.log_choices(self._book)
        self.deed.set_options([("", _("Everything")), *kinds])
        self.actor.set_options([("", _("Everybody")), *((a, a) for a in actors)])

    def _fit(self) -> None:
        """Show what the chosen book asks for."""
        which = self.which.value()
        self.account.setVisible(which in reports.OF_ACCOUNTS)
        self.kind.setVisible(which == "aux-balances")
        self.entry.setVisible(which == "aux-ledger")
        for widget in (self.levels, self.zeros):
            widget.setVisible(which == "trial-balance")
        self.movement.setVisible(which == "years")
        for chooser in (self.deed, self.actor):
            chooser.setVisible(which == "log")
        if which == "log" and not self.deed.count():
            self._silently(self._fill_log)
        account = {"cash-book": CASH, "bank-book": BANK}.get(which, "")
        self.place.setVisible(bool(account))
        if account:
            fitting = [p for p in books.places(self._book).all() if p.account.startswith(account)]
            self.place.set_options([("", _("All places")), *((p.code, _name(p)) for p in fitting)])

    # ---- what is chosen ----

    def chosen(self) -> Chosen:
        return Chosen(
            self.which.value(),
            self.period.value(),
            self.until.value(),
            self.place.value(),
            self.account.code(),
            self.kind.value(),
            self._link,
            self.levels.value(),
            self.zeros.isChecked(),
            self.movement.value(),
            self.deed.value(),
            self.actor.value(),
        )

    def choose(self, wanted: Chosen) -> None:
        """Set everything, and tell once."""
        self._silently(lambda: self._set(wanted))
        self._emit()

    def _set(self, wanted: Chosen) -> None:
        self.which.set_value(wanted.which)
        self._fit()
        self.period.set_value(wanted.period)
        self.until.set_value(wanted.until)
        self.place.set_value(wanted.place)
        self.account.set_code(wanted.account)
        self.kind.set_value(wanted.kind)
        self._link = wanted.link
        self.entry.set_links((wanted.link,) if wanted.link else ())
        self.levels.set_value(wanted.depth)
        self.zeros.setChecked(wanted.zeros)
        self.movement.set_value(wanted.movement)
        self.deed.set_value(wanted.event)
        self.actor.set_value(wanted.actor)


def _name(place: Place) -> str:
    return f"{place.code} {place.name}"
