"""Ticks for papers that lie beside the bill; only those that are asked for, or ticked already, are shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from villagebook.domain.enclosed import Enclosed
from villagebook.services.township.spending_words import paper_words
from villagebook.ui.widgets.flow import Flow


class PaperTicks(QWidget):
    """One box a paper; those shown by other fields of the document are ticked and cannot be changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        flow = Flow(self)
        self._boxes: dict[Enclosed, QCheckBox] = {}
        for paper in Enclosed:
            box = QCheckBox(paper_words(paper))
            box.setVisible(False)
            box.toggled.connect(self.changed)
            flow.addWidget(box)
            self._boxes[paper] = box
        self._shown: frozenset[Enclosed] = frozenset()
        self._ticked: set[str] = set()

    def ticked(self) -> tuple[str, ...]:
        """What somebody ticked, sorted; what other fields show is not among it."""
        own = {p.value for p, box in self._boxes.items() if box.isChecked() and p not in self._shown}
        return tuple(sorted(own))

    def set_ticked(self, codes: Iterable[str]) -> None:
        told = set(codes)
        for paper, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(paper.value in told)
            box.setVisible(paper.value in told)
            box.setEnabled(True)
            box.blockSignals(False)
        self._shown = frozenset()

    def show_wanted(self, wanted: Iterable[Enclosed], there: frozenset[Enclosed]) -> bool:
        """Show the boxes that are asked for; `there` lies with the document, ticked or shown by its other fields.

        Says whether any box is to be seen.
        """
        own = {Enclosed(code) for code in self.ticked()}
        asked = set(wanted)
        self._shown = frozenset(there - own)
        for paper, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(paper in there)
            box.setEnabled(paper not in self._shown)
            box.setVisible(paper in asked or paper in own)
            box.blockSignals(False)
        return bool(asked or own)
