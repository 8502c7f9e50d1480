"""The notice for the board: the very paper on the screen, its review by supervision, then printing."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from villagebook.domain.correction import Correction
from villagebook.domain.finding import Finding
from villagebook.domain.notice import Notice
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Paper, Sheet, SheetForm
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services import pictures
from villagebook.services.disclosure import corrections, life_view, notices, sheets
from villagebook.services.period_end import closing
from villagebook.ui.page import Page
from villagebook.ui.pages.board.life_box import LifeBox
from villagebook.ui.pages.board.paper_choice import MONTHLY, PaperChoice
from villagebook.ui.pages.board.paper_forms_menu import FormsButton
from villagebook.ui.pages.board.replace_dialog import ReplaceDialog
from villagebook.ui.pages.board.review_box import ReviewBox
from villagebook.ui.saving import save
from villagebook.ui.tasks import Progress
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, text
from villagebook.ui.widgets.pdf_view import PdfView
from villagebook.ui.widgets.table_view import TableView

LIST, LIFE = 0, 1
"""The tabs under the buttons."""
STATES = {"review": N_("with supervision"), "final": N_("final")}


class NoticePage(Page):
    """Preview on the right; what to do with it on the left."""

    topics = frozenset({"notices", "vouchers", "periods"})
    scrolls = False

    def title(self) -> str:
        return N_("Notice")

    def explain(self) -> str:
        return _(
            "The notice is compiled by rule from everything that was posted; nobody chooses lines. Look at it on the "
            "right, send it to supervision, enter their signatures. Only then is it final, can be printed without the "
            "word draft, and its months count as disclosed. Then record where and when it hangs, with photos; it stands its "
            "days at every board, every objection is answered, and only then it is taken down and archived."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+P", _("print")),
            ("PgDn, PgUp", _("turn the pages")),
            ("+ −", _("larger, smaller")),  # noqa: RUF001  # the sign on the key
        )

    def build(self) -> None:
        self._pdf = b""
        self._made: tuple[Paper | Correction, bool] | None = None
        self._rows: tuple[notices.NoticeRow, ...] = ()
        self._job = 0
        self._name = ""
        self.wanted = PaperChoice(self)
        self.period, self.paper = self.wanted.period, self.wanted.paper
        self.view = PdfView()
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self.view)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 6)
        self.body.addWidget(split, 1)
        self.wanted.changed.connect(self._show_period)
        self.paper.changed.connect(self._again)
        self.frozen.pointed.connect(lambda _row: self._show_frozen())
        self.frozen.opened.connect(lambda _ident: self.parts.setCurrentIndex(LIFE))

    def _left(self) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(em(24))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, em(0.4), 0)
        column.addWidget(self.wanted)
        self.state = text("")
        column.addWidget(self.state)
        acts = QWidget()
        flow = Flow(acts)
        self.submit = button(_("Send to &supervision"), main=True)
        self.printing = button(_("&Print…"))
        self.saving = button(_("Save &as…"))
        self.replacing = button(_("Rep&lace wrong sheet…"))
        self.forms = FormsButton(self, lambda: self._made, self.paper.value)
        self.submit.clicked.connect(self._submit)
        self.printing.clicked.connect(self._print)
        self.saving.clicked.connect(self._save)
        self.replacing.clicked.connect(self._replace)
        self.replacing.setVisible(False)
        self.shortcut("Ctrl+P", self._print)
        for made in (self.submit, self.printing, self.saving, self.forms, self.replacing):
            flow.addWidget(made)
        column.addWidget(acts)
        self.frozen = TableView()
        self.frozen.setAccessibleName(_("Notices made so far"))
        self.review = ReviewBox(self)
        self.life = LifeBox(self)
        below = QWidget()
        under = QVBoxLayout(below)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.review)
        under.addWidget(self.life)
        under.addStretch(1)
        self.parts = QTabWidget()  # one below the other neither has room for its rows in large letters
        self.parts.addTab(self.frozen, _("&Notices made so far"))
        self.parts.addTab(Scroll(below), _("Re&view and board"))
        column.addWidget(self.parts, 1)
        return left

    # ---- showing ----

    def refresh(self) -> None:
        kept = self.frozen.target()
        self._rows = notices.papers(self.book)
        months = [period for period, _state in closing.period_states(self.book)]
        self.wanted.refresh(months, _newest_closed(closing.period_states(self.book)))
        columns = (
            Column("paper", _("Paper"), Shape.TEXT, 6),
            Column("months", _("Months"), Shape.TEXT, 4),
            Column("state", _("State"), Shape.TEXT, 5),
            Column("number", _("Notice no."), Shape.TEXT, 6),
        )
        stages = life_view.stages(self.book, self.session.today)
        rows = tuple(
            (_paper_name(r), str(r.span), stages.get(r.id) or _(STATES[r.state]), r.number)
            for r in self._rows
        )
        self.frozen.show_table(Table("notices", "", "", columns, rows, 0, tuple(r.id for r in self._rows)))
        self.frozen.choose(kept)
        if self._current() is not None:
            self._show_frozen()
        else:
            self._show_period()

    def open_target(self, kind: str, ident: str) -> None:
        """`notice:<months>`, `notice:<id>` or `notice:<form>@<months>@<subject>`."""
        form, _at, rest = ident.partition("@")
        if rest:
            months, _at, subject = rest.partition("@")
            self.wanted.choose(form, Span.parse(months), subject)
            return
        found = next(
            (r.id for r in self._rows if ident == r.id or (ident == str(r.span) and r.form == MONTHLY)), ""
        )
        # months are 2025, 2025-03, 2025-Q1 or 2024-04..2025-03; an id may begin with four digits as well
        if not self.frozen.choose(found) and ident[:4].isdigit() and ident[4:5] in ("", "-"):
            self.wanted.choose(MONTHLY, Span.parse(ident), "")
        if found and self._current() is not None:
            self.parts.setCurrentIndex(LIFE)

    def first_field(self) -> QWidget | None:
        return self.period

    def _current(self) -> notices.NoticeRow | None:
        wanted = self.frozen.target()
        return next((r for r in self._rows if r.id == wanted), None)

    def _again(self) -> None:
        if self._current() is not None:
            self._show_frozen()
        else:
            self._show_period()

    def _show_period(self) -> None:
        """The frozen notice of the chosen months, or a draft when there is none yet."""
        if self.wanted.span() is None:
            return
        # a replaced sheet stands behind the one that replaces it: the newest of a form comes first
        if (row := next((r for r in self._rows if self.wanted.is_for(r)), None)) is not None:
            self.frozen.choose(row.id)
            self._show_frozen()
            return
        self._show_draft()

    def _show_draft(self) -> None:
        """Compile the chosen months anew and show the paper with its watermark."""
        self.frozen.clearSelection()
        self.frozen.setCurrentIndex(self.frozen.rootIndex())
        span, day = self.wanted.span(), self.session.today
        self.review.show_notice(None)
        self.life.show_subject("")
        self._offer_life(False)
        self.replacing.setVisible(False)
        self.submit.setEnabled(not self.book.read_only and not self.wanted.lacks_subject())
        if span is None or self.wanted.lacks_subject():
            self._show_nothing(_("Nothing of this kind has happened that a notice could tell of."))
            return
        if (entry := self.wanted.entry()) is not None:
            self._show_sheet_draft(entry.form, span)
            return

        def compiled(made: tuple[Notice, tuple[Finding, ...]]) -> None:
            notice, found = made
            self._draw(notice, _("Draft of {months}").format(months=span), draft=True)
            self.show_findings(found)

        self.attempt(lambda: notices.drafted(self.book, span, day), compiled)

    def _offer_life(self, known: bool) -> None:
        """A draft has no review and hangs nowhere yet."""
        self.parts.setTabEnabled(LIFE, known)
        if not known:
            self.parts.setCurrentIndex(LIST)

    def _show_sheet_draft(self, form: SheetForm, span: Span) -> None:
        day, about = self.session.today, self.wanted.about()

        def compiled(sheet: Sheet) -> None:
            self._draw(sheet, _("Draft of {months}").format(months=span), draft=True)
            self.show_findings(sheets.findings(self.book, sheet, day))

        self._show_nothing(_("Draft of {months}").format(months=span))
        self.attempt(lambda: sheets.compile_sheet(self.book, form, span, about, day), compiled)

    def _show_nothing(self, words: str) -> None:
        """No paper: what was drawn before does not stand beside another name."""
        self._job += 1
        self._pdf = b""
        self.state.setText(words)
        self.view.show_pages(0, None)

    def _show_frozen(self) -> None:
        row = self._current()
        if row is None:
            return
        self.submit.setEnabled(False)
        self.review.show_notice(row)
        self.life.show_subject("" if row.state == "rejected" else row.id)
        self._offer_life(True)
        if not row.is_correction:
            self.wanted.follow(row)
        is_sheet = row.form != MONTHLY and not row.is_correction
        self.replacing.setVisible(is_sheet and row.state == "final")
        self.replacing.setEnabled(not self.book.read_only)
        words = _("Notice {number}, {state}").format(number=row.number, state=_(STATES[row.state]))
        if is_sheet:
            self.attempt(
                lambda: sheets.frozen(self.book, row.id),
                lambda sheet: self._draw(sheet, words, draft=row.state != "final"),
            )
            return
        if row.is_correction:
            self.attempt(
                lambda: corrections.frozen(self.book, row.id),
                lambda made: self._draw(made, words, draft=row.state != "final"),
            )
            return
        self.attempt(
            lambda: notices.frozen_notice(self.book, row.id),
            lambda notice: self._draw(notice, words, draft=row.state != "final"),
        )

    def _draw(self, notice: Notice | Correction | Sheet, words: str, *, draft: bool) -> None:
        """Draw the paper in the background; one that comes after a newer question is dropped."""
        self._job += 1
        self._made = notice, draft
        job, paper = self._job, self.paper.value()
        self.state.setText(words)

        def work(_progress: Progress) -> tuple[bytes, int]:
            if isinstance(notice, Correction):
                pdf = corrections.correction_pdf(notice, paper=paper, draft=draft)
            elif isinstance(notice, Sheet):
                pdf = sheets.sheet_pdf(notice, paper=paper, draft=draft)
            else:
                pdf = notices.notice_pdf(notice, paper=paper, draft=draft)
            return pdf, pictures.pdf_page_count(pdf)

        def drawn(made: tuple[bytes, int]) -> None:
            if job != self._job:
                return
            pdf, pages = made
            self._pdf = pdf
            number = "" if isinstance(notice, Notice) else f" {notice.number}"
            self._name = f"{notice.village} {notice.span}{number}"
            self.view.show_pages(pages, lambda page, width: pictures.pdf_page_png(pdf, page, width))

        self.in_background(_("Drawing the notice…"), work, drawn)

    # ---- verbs ----

    def _submit(self) -> None:
        span, entry, about = self.wanted.span(), self.wanted.entry(), self.wanted.about()
        if span is None:
            return

        def done(ident: str) -> None:
            self.session.say(_("The notice of {months} waits for supervision.").format(months=span))
            self.open_target("notice", ident)

        by = self.session.by()
        if entry is None:
            self.attempt(lambda: notices.submit_notice(self.book, span, by), done)
        else:
            form = entry.form
            self.attempt(lambda: sheets.submit_sheet(self.book, form, span, about, by), done)

    def _replace(self) -> None:
        row = self._current()
        if row is None:
            return
        dialog = ReplaceDialog(self, row.id)
        if dialog.exec():
            self.session.say(_("The sheet that replaces it waits for supervision."))
            self.open_target("notice", dialog.made)

    def _print(self) -> None:
        from villagebook.ui.printing import print_pdf

        if self._pdf:
            self.attempt(lambda: print_pdf(self, self._pdf))

    def _save(self) -> None:
        if self._pdf:
            save(self, self._pdf, f"{self._name}.pdf")


def _paper_name(row: notices.NoticeRow) -> str:
    """F1, F12 with the number of the correction, or a sheet's own title."""
    title = row.title
    if row.is_correction:
        title = _("Correction of a notice")
    elif row.form == MONTHLY:
        title = _("Monthly notice")
    return title if row.form == SheetForm.MATTER else f"{row.form} {title}"


def _newest_closed(states: tuple[tuple[Period, str], ...]) -> Period:
    """The newest month that can hang on the board, else the first of the book."""
    closed = [period for period, state in states if state != "open"]
    return closed[-1] if closed else states[0][0]
