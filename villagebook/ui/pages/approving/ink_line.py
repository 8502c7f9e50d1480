"""One open signature of a slip, to be ticked from its photo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from villagebook.domain.meeting import ACCEPTED_BY_SLOT
from villagebook.domain.people import Person
from villagebook.domain.resolution import Cited
from villagebook.domain.signature import SlotKind, SlotState
from villagebook.i18n import _
from villagebook.rules.seal_words import seal_title
from villagebook.services import names
from villagebook.services.approvals import resolutions, signing
from villagebook.services.offices import seals
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.pickers import Choice, PersonPicker
from villagebook.ui.widgets.resolution_line import ResolutionLine


class InkLine:
    """One open signature to be ticked from the photo; `may` are those who could give it on a day."""

    def __init__(self, state: SlotState, may: Callable[[date], tuple[Person, ...]], day: date) -> None:
        self.slot, self._may = state.slot, may
        slot = names.slot_title(state.slot.code)
        self.tick = QCheckBox(slot)
        self.person = PersonPicker()
        persons = may(day)
        self.person.set_persons(persons)
        self.reference = ResolutionLine()
        self.reference.setAccessibleName(_("Number of the minutes"))
        self.day = DateEdit(day)
        self.person.setAccessibleName(_("{slot}: who signed").format(slot=slot))
        self.day.setAccessibleName(_("{slot}: day of the signature").format(slot=slot))
        if state.slot.posts and len(persons) == 1:
            self.suggest(persons[0].id)
        for chosen in (self.person.changed, self.person.activated):
            chosen.connect(lambda *_index: self.tick.setChecked(bool(self.person.value())))
        self.day.changed.connect(self._offer_holders)
        self.seal = Choice()
        self.seal.setAccessibleName(_("Seal beside the signature"))
        self._kept: Callable[[date], tuple[seals.Holding, ...]] = lambda _day: ()

    def _offer_holders(self) -> None:
        """Who held the post on the day that is typed: a slip signed before a handover comes in after it."""
        day = self.day.day()
        if day is not None:
            self.person.set_persons(self._may(day))
            self._offer_seals(day)

    def bears(self, kind: seals.SealKind, kept: Callable[[date], tuple[seals.Holding, ...]]) -> None:
        """The slip bears a seal beside this signature: which of those kept that day is the clerk's word."""
        self._kept = kept
        self.seal.setAccessibleName(seal_title(kind))
        self._offer_seals(self.day.given())

    def _offer_seals(self, day: date) -> None:
        """The only one stands there already; of several one is chosen."""
        kept = self._kept(day)
        one = [] if len(kept) == 1 else [("", _("(choose)"))]
        self.seal.set_options([*one, *((h.item, h.name) for h in kept)])

    def suggest(self, person_id: str) -> None:
        """Who alone can have signed stands there already; the tick, that the picture shows it, is the clerk's."""
        before = self.person.blockSignals(True)
        self.person.set_value(person_id)
        self.person.blockSignals(before)

    def offer(self, choices: tuple[resolutions.Choice, ...], named: Cited) -> None:
        """Resolutions this slot can stand on; the one the document names is filled in when it is among them."""
        fitting = tuple(c for c in choices if c.body in ACCEPTED_BY_SLOT.get(self.slot.code, frozenset()))
        self.reference.set_choices(fitting)
        if any(
            c.cited.number == named.number and c.cited.item == (named.item or c.cited.item) for c in fitting
        ):
            self.reference.set_cited(named)
        self.reference.textChanged.connect(lambda words: self.tick.setChecked(bool(words.strip())))

    def keep_in(self, within: QWidget) -> None:
        """What this slot does not ask for belongs there unseen: without a parent it would outlive the form, as a window of its own."""
        for spare in (self.person, self.reference, self.reference.note, self.seal):
            if spare.parentWidget() is None:
                spare.setParent(within)
                spare.hide()

    def who(self) -> QWidget:
        return self.reference if self.slot.kind is SlotKind.MEETING else self.person

    def mark(self) -> signing.InkMark:
        return signing.InkMark(
            self.slot.code,
            self.person.value(),
            self.day.given(),
            self.reference.cited().text,
            self.seal.value(),
        )
