"""What narrows the list of vouchers: a line of words, a few days and kinds, and the rarer fields folded away."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.voucher import DocKind, Origin
from villagebook.domain.voucher_query import Fate, VoucherQuery
from villagebook.i18n import N_, _
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.book_file.books import Book
from villagebook.services.vouchers import voucher_search
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice

FATES = (
    ("", N_("any state")),
    (Fate.STANDING.value, N_("standing")),
    (Fate.REVERSED.value, N_("undone by a red one")),
    (Fate.RED.value, N_("red")),
    (Fate.UNCHECKED.value, N_("unchecked")),
    (Fate.CORRECTED.value, N_("set right")),
    (Fate.CORRECTING.value, N_("sets another right")),
)
SCANS = (("", N_("scans: any")), ("yes", N_("with scans")), ("no", N_("without scans")))
ORIGINS = (
    ("", N_("any origin")),
    (Origin.NATIVE.value, N_("made here")),
    (Origin.IMPORT.value, N_("taken over")),
)
WAIT = 200
"""Milliseconds after the last key."""


class VoucherFilters(QWidget):
    """`changed` is emitted a moment after the last change; `query()` is what is wanted now."""

    changed = Signal()

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.4))
        self._wait = QTimer(self, singleShot=True, interval=WAIT)
        self._wait.timeout.connect(self.changed)
        column.addWidget(self._first_line())
        column.addWidget(self._more_lines())
        self.refresh()

    def _first_line(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder)
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        self.first, self.last = DateEdit(), DateEdit()
        self.kind = Choice([("", _("any kind")), *((k.value, names.kind_title(k)) for k in DocKind)])
        self.more = QCheckBox(_("More &fields"))
        self.reset = button(_("Sho&w all"), self.clear)
        self._place(
            flow,
            (
                (self.text, _("Summary, party, account, paper no., amount, number…"), 26),
                (self.first, _("From day"), 7.5),
                (self.last, _("To day"), 7.5),
                (self.kind, _("Kind"), 8),
            ),
        )
        flow.addWidget(self.more)
        flow.addWidget(self.reset)
        return holder

    def _more_lines(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder)
        self.word = Choice()
        self.first_number, self.last_number = CountEdit(999_999), CountEdit(999_999)
        self.account = AccountPicker(books.chart(self._book), {}, leaves_only=False)
        self.least, self.most = MoneyLine(), MoneyLine()
        self.place, self.signer, self.maker = Choice(), Choice(), Choice()
        self.origin = Choice([(v, _(w)) for v, w in ORIGINS])
        self.fate = Choice([(v, _(w)) for v, w in FATES])
        self.scan = Choice([(v, _(w)) for v, w in SCANS])
        self._place(
            flow,
            (
                (self.word, _("Voucher word"), 8.5),
                (self.first_number, _("No. from"), 6),
                (self.last_number, _("No. to"), 6),
                (self.account, _("Account"), 12),
                (self.least, _("Amount from"), 7.5),
                (self.most, _("Amount to"), 7.5),
                (self.place, _("Money place"), 10),
                (self.fate, _("State"), 9),
                (self.scan, _("Scans"), 8),
                (self.origin, _("Origin"), 8),
                (self.signer, _("Signed by"), 12.5),
                (self.maker, _("Entered by"), 12.5),
            ),
        )
        holder.setVisible(False)
        self.more.toggled.connect(holder.setVisible)
        self.more.toggled.connect(self._fill_makers)
        return holder

    def _place(self, flow: Flow, fields: tuple[tuple[QWidget, str, float], ...]) -> None:
        for field, words, width in fields:
            field.setAccessibleName(words)
            field.setToolTip(words)
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(words)
                field.textChanged.connect(lambda _words: self._wait.start())
            elif isinstance(field, Choice):
                field.changed.connect(self._wait.start)
            field.setFixedWidth(em(width))
            flow.addWidget(field)

    def refresh(self) -> None:
        """Lists that grow with the book."""
        words = [("", _("any word")), *((w, w) for w in voucher_search.words(self._book))]
        self.word.set_options(words)
        places = [
            ("", _("any place")),
            *((p.code, f"{p.code} {p.name}") for p in books.places(self._book).all()),
        ]
        self.place.set_options(places)
        people = [("", _("signed by anybody")), *((p.id, p.name) for p in voucher_search.signers(self._book))]
        self.signer.set_options(people)
        self._fill_makers()

    def _fill_makers(self) -> None:
        """Read when somebody looks: the log has no list of names."""
        if self.more.isChecked():
            makers = voucher_search.enterers(self._book)
            self.maker.set_options([("", _("entered by anybody")), *((name, name) for name in makers)])

    def query(self) -> VoucherQuery:
        """Fields that cannot be read are left out; they are marked themselves."""
        return VoucherQuery(
            text=self.text.text().strip(),
            first=self.first.day(),
            last=self.last.day(),
            word=self.word.value(),
            first_number=self.first_number.value() or None,
            last_number=self.last_number.value() or None,
            account=self.account.code(),
            least_fen=self._fen(self.least),
            most_fen=self._fen(self.most),
            place=self.place.value(),
            kind=DocKind(self.kind.value()) if self.kind.value() else None,
            origin=Origin(self.origin.value()) if self.origin.value() else None,
            fate=Fate(self.fate.value()) if self.fate.value() else None,
            has_scan={"yes": True, "no": False}.get(self.scan.value()),
            signer=self.signer.value(),
            entered_by=self.maker.value(),
        )

    @staticmethod
    def _fen(field: MoneyLine) -> int | None:
        fen = field.fen()
        return abs(fen) if fen is not None else None

    def only(self, fate: Fate) -> None:
        """Everything in one state, and nothing else asked for."""
        self.more.setChecked(True)
        self.clear()
        self.fate.set_value(fate.value)
        self._wait.stop()
        self.changed.emit()

    def clear(self) -> None:
        """Everything that was asked for is forgotten."""
        for field in self.findChildren(QLineEdit):
            field.clear()
        self.account.set_code("")
        for choice in self.findChildren(Choice):
            choice.set_value("")
        self._wait.stop()
        self.changed.emit()
        self.text.setFocus()
