"""Forms of the parameter editor: a tier, a special kind, a yearly cap, a list of words. Each writes into its record at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.enclosed import Enclosed
from villagebook.domain.special import Special
from villagebook.i18n import _
from villagebook.rules.enclosed_words import cap_title, paper_title, special_title
from villagebook.services import names
from villagebook.services.township import policy_words
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, Scroll, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice

Body = dict[str, Any]
ORDER = ("H", "W", "C", "S", "M2", "MR", "ML", "D", "P", "T", "A")
"""Slots as they are offered; a slot of the township's own stands behind them."""
WORD_LISTS = (
    "forbidden", "forbidden_except", "spellings", "vague", "lost_work", "tier_papers", "kind_papers", "papers_accounts",
)  # fmt: skip
FIGURES = ("split_days", "bill_days", "audit_from_fen", "person_receipt_fen", "lodging_cap_fen")
_BETWEEN = re.compile(r"[,，、;；\n]+")


def words_of(told: str) -> list[str]:
    """Words between commas of any kind, each once."""
    return list(dict.fromkeys(word.strip() for word in _BETWEEN.split(told) if word.strip()))


class Ticks(QWidget):
    """Boxes for codes; the order of the codes is kept whatever order they are ticked in."""

    changed = Signal()

    def __init__(self, options: Iterable[tuple[str, str]], name: str) -> None:
        super().__init__()
        flow = Flow(self)
        self._boxes: dict[str, QCheckBox] = {}
        self._others: list[str] = []
        for code, words in options:
            box = QCheckBox(words)
            box.setAccessibleName(f"{name}: {words}")
            box.toggled.connect(self.changed)
            flow.addWidget(box)
            self._boxes[code] = box

    def codes(self) -> list[str]:
        """What is ticked; codes without a box stay."""
        return [c for c, box in self._boxes.items() if box.isChecked()] + self._others

    def set_codes(self, codes: Iterable[str]) -> None:
        told = list(codes)
        self._others = [c for c in told if c not in self._boxes]
        for code, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(code in told)
            box.blockSignals(False)


def in_order(before: list[str], ticked: list[str]) -> list[str]:
    """Ticked slots in the order the township has them; a new one goes where it usually stands."""
    kept = [c for c in before if c in ticked]
    for code in ticked:
        if code not in kept:
            after = [c for c in ORDER[: ORDER.index(code)] if c in kept] if code in ORDER else kept
            kept.insert(kept.index(after[-1]) + 1 if after else 0, code)
    return kept


class PartForm(QWidget):
    """A choice of records and the form of the chosen one. `changed` is emitted when a record differs."""

    changed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.which = Choice()
        self.which.setAccessibleName(words)
        self.which.changed.connect(self.fill)
        column.addWidget(self.which)
        inner = QWidget()
        self.form = Form(inner)
        column.addWidget(Scroll(inner), 1)
        self._filling = False

    def record(self) -> Body:
        raise NotImplementedError

    def fill(self) -> None:
        """Show the chosen record."""
        self.form.setRowStretch(self.form.rowCount(), 1)  # the rows stay together at the top
        self._filling = True
        self.show_record(self.record())
        self._filling = False

    def show_record(self, told: Body) -> None:
        raise NotImplementedError

    def put(self, write: Callable[[Body], None]) -> None:
        """Write what was typed, unless the form is just being filled."""
        if not self._filling:
            write(self.record())
            self.changed.emit()

    def money(self, label: str, key: str, empty: str = "") -> MoneyLine:
        field = MoneyLine()
        field.setPlaceholderText(empty)
        self.form.row(label, field)

        def write(told: Body) -> None:
            told[key] = field.fen()

        field.changed.connect(lambda: self.put(write))
        return field

    def line(self, label: str, key: str) -> QLineEdit:
        field = QLineEdit()
        self.form.row(label, field)

        def write(told: Body) -> None:
            told[key] = words_of(field.text())

        field.editingFinished.connect(lambda: self.put(write))
        return field

    def ticks(
        self, label: str, options: Iterable[tuple[str, str]], write: Callable[[Body, list[str]], None]
    ) -> Ticks:
        made = Ticks(options, label)
        self.form.wide(text(label, "quiet"))
        self.form.wide(made)
        made.changed.connect(lambda: self.put(lambda told: write(told, made.codes())))
        return made

    def box(self, words: str, write: Callable[[Body, bool], None]) -> QCheckBox:
        made = QCheckBox(words)
        self.form.wide(made)
        made.toggled.connect(lambda on: self.put(lambda told: write(told, on)))
        return made


def _slot_options(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    codes = [*(c for c in ORDER if c in body["slots"]), *(c for c in body["slots"] if c not in ORDER)]
    return [(c, names.slot_title(c)) for c in codes]


def _paper_options() -> list[tuple[str, str]]:
    return [(paper.value, paper_title(paper.value)) for paper in Enclosed]


def _set_papers(told: Body, ticked: list[str]) -> None:
    told["papers"] = ticked


def _set_cash(told: Body, on: bool) -> None:
    told["cash"] = on


class TierForm(PartForm):
    """Up to which amount, who signs, which papers, whether in cash."""

    def __init__(self, body: Body) -> None:
        super().__init__(_("Tier"))
        self._body = body
        self.limit = self.money(_("&Up to, yuan"), "up_to_fen", _("any amount"))

        def slots(told: Body, ticked: list[str]) -> None:
            told["slots"] = in_order(told["slots"], ticked)

        self.slots = self.ticks(_("Who signs"), _slot_options(body), slots)
        self.papers = self.ticks(_("Papers beside the bill"), _paper_options(), _set_papers)
        self.cash = self.box(_("May be paid in cash"), _set_cash)
        tiers = enumerate(body["tiers"])
        self.which.set_options([(str(n), names.tier_name(tier["name"])) for n, tier in tiers])
        self.fill()

    def record(self) -> Body:
        told: Body = self._body["tiers"][int(self.which.value())]
        return told

    def show_record(self, told: Body) -> None:
        last = told is self._body["tiers"][-1]
        self.limit.set_fen(told["up_to_fen"])
        self.limit.setEnabled(not last)
        self.slots.set_codes(told["slots"])
        self.papers.set_codes(told.get("papers", ()))
        self.cash.setChecked(bool(told.get("cash", True)))


class KindForm(PartForm):
    """How a special kind is known, and what is asked of it."""

    def __init__(self, body: Body) -> None:
        super().__init__(_("Special kind"))
        self._body = body
        self.refused = self.box(_("The village may not pay this"), self._set_refused)
        self.words = self.line(_("Known by &words"), "words")
        self.accounts = self.line(_("Known by acco&unts"), "accounts")
        self.cap = self.money(_("One payment at &most, yuan"), "cap_fen", _("no limit"))
        self.year_cap = self.money(_("A head and &year, yuan"), "year_cap_fen", _("no limit"))
        self.more = self.ticks(
            _("Signs beside those of the amount"),
            _slot_options(body),
            lambda told, ticked: told.__setitem__("more_slots", ticked),
        )
        self.papers = self.ticks(_("Papers beside the bill"), _paper_options(), _set_papers)
        self.cash = self.box(_("May be paid in cash"), _set_cash)
        kinds = [code for code in body["kinds"] if code in list(Special)]
        self.which.set_options([(code, f"{code} {special_title(Special(code))}") for code in kinds])
        self.fill()

    def record(self) -> Body:
        told: Body = self._body["kinds"][self.which.value()]
        return told

    def _set_refused(self, told: Body, on: bool) -> None:
        """Who signs a kind that has always had its own slots stands in `special`; the file stays readable for older books."""
        spends = [s for s in told.get("spend", ()) if s in self._body["special"]]
        for spend in spends:
            self._body["special"][spend] = None if on else list(self._body["tiers"][-1]["slots"])
        if not spends:
            told["refused"] = on

    def show_record(self, told: Body) -> None:
        spends = [s for s in told.get("spend", ()) if s in self._body["special"]]
        refused = any(self._body["special"][s] is None for s in spends) or bool(told.get("refused"))
        self.refused.setChecked(refused)
        self.words.setText("、".join(told.get("words", ())))
        self.accounts.setText("、".join(told.get("accounts", ())))
        self.cap.set_fen(told.get("cap_fen"))
        self.year_cap.set_fen(told.get("year_cap_fen"))
        self.more.set_codes(told.get("more_slots", ()))
        self.papers.set_codes(told.get("papers", ()))
        self.cash.setChecked(bool(told.get("cash", True)))


class CapForm(PartForm):
    """A category of the year: what belongs to it and how much it may cost."""

    def __init__(self, body: Body) -> None:
        super().__init__(_("Category"))
        self._body = body
        self.limit = self.money(_("A &year at most, yuan"), "limit_fen", _("no limit"))
        self.words = self.line(_("Known by &words"), "words")
        self.accounts = self.line(_("Known by acco&unts"), "accounts")
        self.form.wide(
            text(
                _("A budget changed by a resolution may plan more on these accounts; then that counts."),
                "quiet",
            )
        )
        self.which.set_options([(name, cap_title(name)) for name in body["caps"]])
        self.fill()

    def record(self) -> Body:
        told: Body = self._body["caps"][self.which.value()]
        return told

    def show_record(self, told: Body) -> None:
        self.limit.set_fen(told.get("limit_fen"))
        self.words.setText("、".join(told.get("words", ())))
        self.accounts.setText("、".join(told.get("accounts", ())))


class WordForm(PartForm):
    """Lists of words and single figures that these rules use."""

    def __init__(self, body: Body) -> None:
        super().__init__(_("List"))
        self._body = body
        self.words = self.line(_("&Words"), "value")
        self.form.wide(
            text(
                _("Spaces, full width, tones, traditional characters and pinyin make no other word of it."),
                "quiet",
            )
        )
        holder = QWidget()
        self._numbers = Form(holder)  # of its own: their long names would leave the words no room
        self.form.wide(holder)
        self.figures = {name: self._figure(name) for name in FIGURES}
        self.which.set_options([(name, policy_words.title("words", name)) for name in WORD_LISTS])
        self.fill()

    def _figure(self, name: str) -> QLineEdit:
        money = name.endswith("_fen")
        field: QLineEdit = MoneyLine() if money else QLineEdit()
        told = self._body["numbers"][name]
        if isinstance(field, MoneyLine):
            field.set_fen(told["value"])
        else:
            field.setText(str(told["value"]))
        self._numbers.row(policy_words.title("numbers", name), field)

        def read() -> None:
            value = field.fen() if isinstance(field, MoneyLine) else _whole(field.text())
            if value is not None and value != told["value"]:
                told["value"] = value
                self.changed.emit()

        field.editingFinished.connect(read)
        return field

    def record(self) -> Body:
        told: Body = self._body["words"][self.which.value()]
        return told

    def show_record(self, told: Body) -> None:
        self.words.setText("、".join(told["value"]))
        self.words.setCursorPosition(0)


def _whole(told: str) -> int | None:
    return int(told) if told.strip().isascii() and told.strip().isdigit() else None
