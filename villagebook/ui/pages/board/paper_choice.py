"""Which paper of the board: months, form, and what it is about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import SheetForm
from villagebook.i18n import _
from villagebook.services.disclosure import sheet_forms, sheet_subjects
from villagebook.services.disclosure.notices import NoticeRow
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.pickers import Choice, PeriodPicker

MONTHLY = "F1"


class PaperChoice(QWidget):
    """The pickers above the list; `changed` when another paper is asked for."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.period, self.paper = PeriodPicker(), Choice([("A3", "A3"), ("A4", "A4")])
        self.form, self.subject = Choice(), Choice()
        self.paper.setMinimumWidth(em(5))
        self.paper.setMaximumWidth(em(6))
        for widget, name in (
            (self.period, _("Months")),
            (self.paper, _("Paper size")),
            (self.form, _("Board paper")),
            (self.subject, _("What it is about")),
        ):
            widget.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.period, 1)
        row.addWidget(self.paper)
        column.addLayout(row)
        column.addWidget(self.form)
        column.addWidget(self.subject)
        self.subject.setVisible(False)
        self.period.changed.connect(self.changed)
        self.form.changed.connect(self._form_changed)
        self.subject.changed.connect(self.changed)

    def refresh(self, months: list[Period], newest: Period) -> None:
        """Offer these months and the forms there are; `newest` is chosen when nothing was."""
        fresh = not self.period.count()
        self.period.set_months(months, longer=True)
        if fresh:
            self.period.set_value(str(newest))
        forms = [(MONTHLY, _("F1 Receipts and payments, entry by entry"))]
        for entry in sheet_forms.FORMS:
            code = "" if entry.form is SheetForm.MATTER else f"{entry.form.value} "
            forms.append((sheet_subjects.key_of(entry), f"{code}{_(entry.title)}"))
        self.form.set_options(forms)
        self._fill_subjects()

    def _form_changed(self) -> None:
        self._fill_subjects()
        self.changed.emit()

    def _fill_subjects(self) -> None:
        entry = self.entry()
        found = sheet_subjects.subjects(self._page.book, entry, self._page.session.today) if entry else ()
        self.subject.set_options(found)
        self.subject.setVisible(bool(entry and entry.subject))

    def entry(self) -> sheet_forms.FormEntry | None:
        """The form that is chosen, None for the monthly notice."""
        return sheet_subjects.entry_of(self.form.value())

    def about(self) -> str:
        """The subject that is chosen, "" for a paper of whole months."""
        entry = self.entry()
        return self.subject.value() if entry and entry.subject else ""

    def lacks_subject(self) -> bool:
        """True when the form wants a subject and there is none to choose."""
        entry = self.entry()
        return bool(entry and entry.subject and not self.subject.value())

    def span(self) -> Span | None:
        return Span.parse(self.period.value()) if self.period.value() else None

    def is_for(self, row: NoticeRow) -> bool:
        """True when this frozen paper is the one the pickers ask for."""
        entry = self.entry()
        form = entry.form.value if entry else MONTHLY
        return (row.form, row.subject, row.span) == (form, self.about(), self.span())

    def choose(self, form: str, span: Span, subject: str) -> None:
        """Ask for this paper; months that are not offered stay as they are. Without a subject the form's first kind is meant."""
        self._set(form, span, subject)
        self.changed.emit()

    def follow(self, row: NoticeRow) -> None:
        """Show which paper the list stands on, without asking for another."""
        self._set(row.form, row.span, row.subject)

    def _set(self, form: str, span: Span, subject: str) -> None:
        kind = subject.partition(":")[0]
        keys = [str(self.form.itemData(n)) for n in range(self.form.count())]
        wanted = f"{form}:{kind}" if kind else form
        key = next((k for k in keys if k == wanted), "") or next(
            (k for k in keys if k.startswith(f"{form}:")), ""
        )
        for picker in (self.period, self.form, self.subject):
            picker.blockSignals(True)
        self.form.set_value(key)
        self._fill_subjects()
        if subject and self.subject.findData(subject) < 0:
            self.subject.addItem(subject, subject)
        self.subject.set_value(subject)
        for index in range(self.period.count()):
            if Span.parse(str(self.period.itemData(index))) == span:
                self.period.setCurrentIndex(index)
                break
        for picker in (self.period, self.form, self.subject):
            picker.blockSignals(False)
