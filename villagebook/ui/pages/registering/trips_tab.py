"""Journeys: asked for on the right, approved by signatures, settled by a payment that names them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from villagebook.domain.document import Document
from villagebook.domain.finding import Finding
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.domain.trip import Transport, Trip, TripStanding, TripState
from villagebook.i18n import _, ngettext
from villagebook.services.approvals import list_sheets, list_tables, trips
from villagebook.services.approvals.list_words import transport_title
from villagebook.services.book_file import books
from villagebook.services.vouchers import documents
from villagebook.ui.page import Page
from villagebook.ui.pages.approving.sign_box import SignBox
from villagebook.ui.pages.registering.printed_tab import PrintedTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Form, button
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice, PersonPicker


class PeopleTicks(QListWidget):
    """Several persons of the village's list, ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(em(7))
        self.setAccessibleName(_("Travellers"))

    def set_persons(self, persons: list[tuple[str, str]]) -> None:
        """(id, name) of everybody; ticks stay."""
        ticked = set(self.ids())
        self.clear()
        for ident, name in persons:
            item = QListWidgetItem(name, self)
            item.setData(Qt.ItemDataRole.UserRole, ident)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = ident in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def ids(self) -> tuple[str, ...]:
        items = (self.item(n) for n in range(self.count()))
        return tuple(
            str(i.data(Qt.ItemDataRole.UserRole)) for i in items if i.checkState() is Qt.CheckState.Checked
        )

    def set_ids(self, ids: tuple[str, ...]) -> None:
        for n in range(self.count()):
            item = self.item(n)
            on = item.data(Qt.ItemDataRole.UserRole) in ids
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


class TripsTab(PrintedTab):
    """The table shows how every journey stands; the form asks for one, or changes one nobody approved yet."""

    GIVES_WAY = ("estimate", "trip")
    tab = "trips"

    def __init__(self, page: Page) -> None:
        self._found: dict[str, TripStanding] = {}
        self._editing = ""
        super().__init__(page)
        self.table.pointed.connect(lambda _row: self._show())

    # ---- building ----

    def forms(self) -> None:
        self._fate_box()
        self._entry_box()

    def _fate_box(self) -> None:
        self.fate = FormBox("")
        self.heading = self.fate.heading
        flow = Flow()
        self.settle = button(_("&Settle it…"), main=True)
        self.paper = button(_("Print the request"))
        self.change = button(_("C&hange it"))
        for widget, act in (
            (self.settle, self._settle),
            (self.paper, self._print),
            (self.change, self._take_up),
        ):
            widget.clicked.connect(act)
            flow.addWidget(widget)
        self.fate.add(flow)
        self.sign = SignBox(self.page, self.refresh)
        self.fate.add(self.sign)
        self.ending = QWidget()
        form = Form(self.ending)
        self.why = QLineEdit()
        form.row(_("Not made, because"), self.why)
        give_up = button(_("It is &not made"), self._drop)
        form.wide(give_up)
        self.fate.add(self.ending)
        self.column.addWidget(self.fate)

    def _entry_box(self) -> None:
        box = FormBox("", _("Before departure only: afterwards nobody can approve it."))
        self.entry_heading = box.heading
        self.code, self.destination, self.purpose = QLineEdit(), QLineEdit(), QLineEdit()
        self.travellers, self.asked_by = PeopleTicks(), PersonPicker()
        self.from_on, self.to_on = DateEdit(needed=True), DateEdit(needed=True)
        self.transport = Choice([(t.value, transport_title(t)) for t in Transport])
        self.estimate, self.note = MoneyLine(), QLineEdit()
        box.row(_("Journey no."), self.code)
        box.row(_("T&ravellers"), self.travellers)
        box.row(_("&Where to"), self.destination)
        box.row(_("What &for"), self.purpose)
        box.row(_("F&rom"), self.from_on)
        box.row(_("T&o"), self.to_on)
        box.row(_("Tr&ansport"), self.transport)
        box.row(_("&Estimate"), self.estimate)
        box.row(_("Asked for &by"), self.asked_by)
        box.row(_("Remark"), self.note)
        flow = Flow()
        self.save, fresh = (
            button(_("As&k for it"), self._ask, main=True),
            button(_("&New"), lambda: self._fill(None)),
        )
        flow.addWidget(self.save)
        flow.addWidget(fresh)
        box.add(flow)
        self.column.addWidget(box)

    # ---- showing ----

    def listed(self) -> Table:
        today = Period.of(self.page.session.today)
        span = Span(self.page.book.info.start, max(self.page.book.info.start, today.shifted(12)))
        return list_tables.make(self.page.book, "trips", span)

    def refresh(self) -> None:
        book = self.page.book
        staff = books.staff(book)
        chosen = self.chosen_code()
        found = trips.standings(book)
        self._found = {s.trip.code: s for s in found}
        keys = ("trip", "travellers", "destination", "from", "estimate", "state")
        whole = list_tables.trip_table(reversed(found), staff, "")
        self.table.show_table(whole.only(*keys))
        self.table.filter(self.search.text())
        self.travellers.set_persons([(p.id, p.name) for p in staff.persons.values()])
        self.asked_by.set_persons(staff.persons.values())
        self.caption.setText(_told(found, trips.unsettled(book, self.page.session.today)))
        if not self._editing and not self.destination.text().strip():
            self._fill(None)
        if found:
            self.open_entry(chosen or found[-1].trip.code)
        self._show()

    def _show(self) -> None:
        found = self._found.get(self.chosen_code())
        self.fate.setVisible(found is not None)
        if found is None:
            return
        state = found.state
        when = f"{found.trip.from_on.isoformat()} – {found.trip.to_on.isoformat()}"
        self.heading.setText(f"{found.trip.code}  {found.trip.destination}  {when}")
        self.settle.setVisible(state in (TripState.APPROVED, TripState.SETTLED))
        self.change.setVisible(state is TripState.ASKED)
        self.ending.setVisible(state in (TripState.ASKED, TripState.APPROVED) and not found.waiting_fen)
        self.sign.show_subject(f"{trips.SUBJECT}{found.trip.code}" if state is TripState.ASKED else "")

    def _fill(self, trip: Trip | None) -> None:
        """A request in the form; None is a blank one with the next free number."""
        today = self.page.session.today
        self._editing = trip.code if trip else ""
        self.entry_heading.setText(
            _("Change journey {code}").format(code=trip.code) if trip else _("Ask for a journey")
        )
        self.code.setText(trip.code if trip else trips.next_code(self.page.book, today))
        self.code.setReadOnly(trip is not None)
        self.travellers.set_ids(trip.travellers if trip else ())
        self.destination.setText(trip.destination if trip else "")
        self.purpose.setText(trip.purpose if trip else "")
        self.note.setText(trip.note if trip else "")
        self.from_on.set_day(trip.from_on if trip else None)
        self.to_on.set_day(trip.to_on if trip else None)
        self.estimate.set_fen(trip.estimate_fen if trip else None)
        if trip:
            self.transport.set_value(trip.transport.value)
            self.asked_by.set_value(trip.asked_by)

    # ---- doing ----

    def _ask(self) -> None:
        if not self.page.reads(self.from_on):
            return
        page, first, last = self.page, self.from_on.given(), self.to_on.given()
        ids = self.travellers.ids()
        made = Trip(
            self.code.text().strip(),
            ids,
            self.purpose.text().strip(),
            self.destination.text().strip(),
            first,
            last,
            Transport(self.transport.value()),
            self.estimate.fen() or 0,
            self.asked_by.value() or (ids[0] if ids else ""),
            self.note.text().strip(),
        )

        def done(said: tuple[Finding, ...]) -> None:
            words = _("Journey {code} is asked for. Print the request and have it signed before departure.")
            page.session.say(words.format(code=made.code))
            self.destination.clear()
            self._fill(None)
            self.refresh()
            self.open_entry(made.code)
            page.show_findings(said)

        page.attempt(lambda: trips.ask(page.book, made, page.session.by()), done)

    def _take_up(self) -> None:
        found = self._found.get(self.chosen_code())
        self._fill(found.trip if found else None)
        self.destination.setFocus()

    def _print(self) -> None:
        from villagebook.ui.viewer import Viewer

        page, code = self.page, self.chosen_code()

        def made(data: bytes) -> None:
            Viewer(_("Journey {code}").format(code=code), data, "application/pdf", page).show()

        page.attempt(lambda: list_sheets.trip_sheet_pdf(page.book, code, page.session.today), made)

    def _settle(self) -> None:
        page, code = self.page, self.chosen_code()

        def draft() -> Document:
            made = trips.settlement_of(page.book, code, page.session.by())
            documents.save_draft(page.book, made, page.session.by())
            return made

        page.attempt(draft, lambda made: page.session.go(f"draft:{made.id}"))

    def _drop(self) -> None:
        page, code = self.page, self.chosen_code()

        def done(_none: None) -> None:
            self.why.clear()
            page.session.say(_("Journey {code} is not made.").format(code=code))
            self.refresh()

        page.attempt(lambda: trips.drop(page.book, code, self.why.text(), page.session.by()), done)


def _told(found: Sequence[TripStanding], late: Sequence[TripStanding]) -> str:
    """What is open, a sentence for each stage; that all is settled only when it is."""
    asked = sum(s.state is TripState.ASKED for s in found)
    ahead = sum(s.state is TripState.APPROVED for s in found) - len(late)
    told = []
    if late:
        words = ngettext("{n} journey is to be settled.", "{n} journeys are to be settled.", len(late))
        told.append(words.format(n=len(late)))
    if asked:
        words = ngettext(
            "{n} journey waits for its signatures.", "{n} journeys wait for their signatures.", asked
        )
        told.append(words.format(n=asked))
    if ahead:
        words = ngettext(
            "{n} journey is approved and not over or not paid yet.",
            "{n} journeys are approved and not over or not paid yet.",
            ahead,
        )
        told.append(words.format(n=ahead))
    if not told:
        told.append(_("Every journey is settled.") if found else _("No journey was asked for yet."))
    return " ".join(told)
