"""The grid of opening balances: every account that takes bookings, with its places or its parties beneath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from villagebook.domain.account import Account, Chart
from villagebook.domain.demand import Demand
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.money import yuan_text
from villagebook.domain.place import Place
from villagebook.domain.voucher import VoucherLine
from villagebook.i18n import _, language
from villagebook.services.bringing_in.opening_entry import OpeningRow
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.list_line import score
from villagebook.ui.widgets.money_edit import MoneyLine

WHO, LINKS, DEBIT, CREDIT, OUT = range(5)


class _Line(QWidget):
    """One balance: of an account, of a money place, or of a party."""

    changed = Signal()

    def __init__(self, account: str, place: str, title: str, parties: bool) -> None:
        super().__init__()
        self.account, self.place = account, place
        self.party, self.links = QLineEdit(), LinkPicker()
        self.debit, self.credit = MoneyLine(), MoneyLine()
        self.label = QLabel(title)
        self.label.setToolTip(title)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.out = button("×" if parties else "+")
        words = _("Take this line out") if parties else _("Divide by party")
        self.out.setToolTip(words)
        self.out.setAccessibleName(f"{words}: {title}")
        self.party.setPlaceholderText(_("Other party"))
        for field, words in (
            (self.party, _("Other party")),
            (self.debit, _("Debit")),
            (self.credit, _("Credit")),
            (self.links, _("Belongs to")),
        ):
            field.setAccessibleName(f"{title}: {words}")
        grid = QGridLayout(self)
        grid.setContentsMargins(em(1.2) if parties else em(0.2), 0, em(0.2), 0)
        grid.setSpacing(em(0.3))
        grid.addWidget(self.party if parties else self.label, 0, WHO)
        if parties:
            grid.addWidget(self.links, 0, LINKS)
            self.links.changed.connect(self._name_party)
        else:
            self.party.setParent(self)
            self.links.setParent(self)
            self.party.hide()
            self.links.hide()
        grid.addWidget(self.debit, 0, DEBIT)
        grid.addWidget(self.credit, 0, CREDIT)
        grid.addWidget(self.out, 0, OUT)
        grid.setColumnStretch(WHO, 3)
        grid.setColumnStretch(LINKS, 3 if parties else 0)
        for field in (self.debit, self.credit):
            field.setFixedWidth(em(9))
            field.textChanged.connect(self.changed)
        self.out.setFixedWidth(em(2.2))
        self.party.textChanged.connect(self.changed)
        self.links.changed.connect(self.changed)

    def _name_party(self) -> None:
        """Who is chosen in the registers is the party, unless one is written already."""
        if not self.party.text().strip() and self.links.party():
            self.party.setText(self.links.party())

    def row(self) -> OpeningRow:
        return OpeningRow(
            self.account,
            self.place,
            self.party.text().strip(),
            self.debit.text().strip(),
            self.credit.text().strip(),
            tuple((link.kind.value, link.code) for link in self.links.links()),
        )

    def show_row(self, row: OpeningRow) -> None:
        self.party.setText(row.party)
        self.links.set_links(Link(LinkKind(kind), code) for kind, code in row.links)
        self.debit.setText(row.debit)
        self.credit.setText(row.credit)

    def line(self) -> VoucherLine:
        return VoucherLine(
            self.account,
            self.debit.fen() or 0,
            self.credit.fen() or 0,
            "",
            self.place,
            self.party.text().strip(),
            links=self.links.links(),
        )

    def is_blank(self) -> bool:
        return not (self.debit.text().strip() or self.credit.text().strip())

    def problem(self) -> str:
        found = self.debit.problem or self.credit.problem or self.links.problem
        whose = f"{self.label.text()} {self.party.text().strip()}".strip()
        return f"{whose}: {found}" if found else ""


class _Block(QWidget):
    """An account: one line, or one line per place or party and their sum above."""

    changed = Signal()

    def __init__(self, account: Account, title: str, places: Sequence[Place]) -> None:
        super().__init__()
        self.account, self.title = account, title
        self._targets: tuple[LinkTarget, ...] = ()
        self._wanted: tuple[LinkKind, ...] = ()
        self.filling = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(em(0.15))
        self.whole = _Line(account.code, "", title, parties=False)
        self.parts: list[_Line] = []
        self.places = [
            _Line(account.code, p.code, f"{title} · {p.code} {p.name}", parties=False) for p in places
        ]
        for line in self.places or (self.whole,):
            self._add(line)
        for line in self.places:
            policy = line.out.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # the columns stay beneath each other
            line.out.setSizePolicy(policy)
            line.out.setVisible(False)
        self.whole.out.clicked.connect(lambda: self.divide().party.setFocus())

    def _add(self, line: _Line) -> None:
        self.column.addWidget(line)
        line.changed.connect(self.sum_up)

    def offer(self, targets: tuple[LinkTarget, ...], wanted: tuple[LinkKind, ...]) -> None:
        self._targets, self._wanted = targets, wanted

    def divide(self) -> _Line:
        """One more party; what stood on the whole account goes to the first."""
        part = _Line(self.account.code, "", self.title, parties=True)
        part.links.set_targets(self._targets)
        part.links.set_wanted(self._wanted)
        part.links.setVisible(part.links.has_choices())
        part.out.clicked.connect(lambda: self._drop(part))
        if not self.parts and not self.whole.is_blank():
            part.debit.setText(self.whole.debit.text())
            part.credit.setText(self.whole.credit.text())
        self.parts.append(part)
        self._add(part)
        self.sum_up()
        return part

    def _drop(self, part: _Line) -> None:
        self.parts.remove(part)
        part.hide()
        part.deleteLater()
        if not self.parts:
            self.whole.show_row(OpeningRow(self.account.code))
        self.sum_up()

    def sum_up(self) -> None:
        """The whole of a divided account is what its parts add up to, and not typed."""
        if self.filling:  # many lines at once are added up once
            return
        divided = bool(self.parts)
        for field, side in ((self.whole.debit, "debit_fen"), (self.whole.credit, "credit_fen")):
            field.setReadOnly(divided)
            field.setFocusPolicy(Qt.FocusPolicy.NoFocus if divided else Qt.FocusPolicy.StrongFocus)
            if divided:
                total = sum(getattr(part.line(), side) for part in self.parts)
                field.blockSignals(True)
                field.setText(yuan_text(total) if total else "")
                field.blockSignals(False)
        self.changed.emit()

    def lines(self) -> list[_Line]:
        return self.parts or self.places or [self.whole]

    def clear_all(self) -> None:
        for part in list(self.parts):
            self._drop(part)
        for line in self.places or [self.whole]:
            line.show_row(OpeningRow(self.account.code))


class OpeningGrid(QWidget):
    """`changed` at every key. Blank lines are no balances."""

    changed = Signal()

    def __init__(self, chart: Chart, places: Sequence[Place]) -> None:
        super().__init__()
        self._blocks: dict[str, _Block] = {}
        self._quiet = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.15))
        for account in chart:
            if not chart.is_leaf(account.code) or account.disabled:
                continue
            above = chart.get(account.parent)
            path = f"{above.title(language())} / " if above else ""
            title = f"{account.code}  {path}{account.title(language())}"
            here = [p for p in places if p.account == account.code]
            block = _Block(account, title, here)
            block.changed.connect(self._tell)
            self._blocks[account.code] = block
            column.addWidget(block)
        column.addStretch(1)

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def offer(self, targets: Iterable[LinkTarget], demands: dict[str, Demand]) -> None:
        """What lines may belong to, and what accounts ask."""
        known = tuple(targets)
        for code, block in self._blocks.items():
            block.offer(known, demands[code].kinds if code in demands else ())

    def lines(self, *, readable: bool = False) -> tuple[VoucherLine, ...]:
        """Every balance that is not blank, in the order of the chart; `readable` leaves out what cannot be read."""
        return tuple(
            line.line()
            for block in self._blocks.values()
            for line in block.lines()
            if not line.is_blank() and not (readable and line.problem())
        )

    def line_around(self, widget: QWidget | None) -> QWidget | None:
        """The line a field belongs to, None for what is not in the grid."""
        while widget is not None and not isinstance(widget, _Line):
            widget = widget.parentWidget()
        return widget if widget is not None and self.isAncestorOf(widget) else None

    def problems(self) -> tuple[str, ...]:
        found = (line.problem() for block in self._blocks.values() for line in block.lines())
        return tuple(words for words in found if words)

    def rows(self) -> tuple[OpeningRow, ...]:
        """What is typed, for keeping."""
        return tuple(
            line.row()
            for block in self._blocks.values()
            for line in block.lines()
            if not line.is_blank() or line.party.text().strip() or line.links.links()
        )

    def show_rows(self, rows: Iterable[OpeningRow]) -> None:
        """Instead of what stands there; rows of accounts that are gone are left out."""
        self._quiet = True
        for block in self._blocks.values():
            block.filling = True
            block.clear_all()
        used: set[tuple[str, str]] = set()
        for row in rows:
            block_or_none = self._blocks.get(row.account)
            if block_or_none is None:
                continue
            self._line_for(block_or_none, row, used).show_row(row)
        for block in self._blocks.values():
            block.filling = False
            block.sum_up()
        self._quiet = False
        self.changed.emit()

    def _line_for(self, block: _Block, row: OpeningRow, used: set[tuple[str, str]]) -> _Line:
        fitting = next((line for line in block.places if line.place == row.place), None)
        if fitting is not None:
            return fitting
        key = (row.account, "")
        if not (row.party or row.links) and key not in used and not block.parts:
            used.add(key)
            return block.whole
        if key in used and not block.parts:  # a second line: the first one becomes a part too
            block.divide()
        used.add(key)
        return block.divide()

    def filter(self, words: str) -> None:
        """Only accounts that fit by code, name or pinyin initials."""
        wanted = words.strip().lower()
        for code, block in self._blocks.items():
            account = block.account
            block.setVisible(not wanted or score(wanted, code, account.name, account.name_en) is not None)

    def divide(self, code: str) -> None:
        """One more party under an account."""
        self._blocks[code].divide()
