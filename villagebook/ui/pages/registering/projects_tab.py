"""Projects: registered with their money, moved on stage by stage, each with its memorandum book."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.finding import Finding
from villagebook.domain.link import LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.project import STAGES, Project, ProjectKind, Source
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services import links
from villagebook.services.approvals import resolutions
from villagebook.services.registers import plan_reports, projects
from villagebook.services.township.plan_words import project_kind_title, source_title, stage_title
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Form, button
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.list_bar import ListBar, search_line, under_bar
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.resolution_line import ResolutionLine


class ProjectsTab(TableTab):
    """The table shows how every project stands; a chosen row fills the form, to be changed."""

    GIVES_WAY = ("stage", "code", "own")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.table.pointed.connect(lambda _row: self._show(self._chosen()))
        self.table.opened.connect(lambda target: self._print_ledger())

    def left(self) -> QWidget:
        self.search = search_line(_("Search: name, code or pinyin initials"), 15)
        self.search.textChanged.connect(self.table.filter)
        return under_bar(ListBar(self.search), self.table)[0]

    def forms(self) -> None:
        self._entry_box()
        self._stage_box()
        self._out_box()

    def _entry_box(self) -> None:
        box = FormBox(_("A new project"))
        self.heading = box.heading
        self.code, self.name, self.resolution = QLineEdit(), QLineEdit(), ResolutionLine()
        self.kind = Choice([(k.value, project_kind_title(k)) for k in ProjectKind])
        self.decided_on = DateEdit(self.page.session.today)
        self.planned, self.per_head = MoneyLine(), MoneyLine()
        self.heads, self.labour_days = CountEdit(99_999), CountEdit(366)
        self.receipts_used, self.permit = QLineEdit(), QLineEdit()
        self.exempt, self.let_off = QLineEdit(), LinkPicker()
        self.exempt.setPlaceholderText(_("Codes, such as 03-012 03-015"))
        self.let_off.setPlaceholderText(_("Household (F7)"))
        self.sources = {source: MoneyLine() for source in Source}
        self.begins_on, self.ends_on = DateEdit(), DateEdit()
        box.row(_("C&ode"), self.code)
        box.row(_("Na&me"), self.name)
        box.row(_("K&ind"), self.kind)
        box.row(_("Resolution no."), self.resolution, self.resolution.note)
        box.row(_("Day of the meeting"), self.decided_on)
        box.row(_("Planned &sum"), self.planned)
        for source, line in self.sources.items():
            box.row(source_title(source), line)
        self._levy_box = QWidget()
        levy = Form(self._levy_box)
        levy.row(_("Exempt households"), self.exempt)
        levy.row(_("Let off another one"), self.let_off)
        levy.row(_("Workdays each"), self.labour_days)
        levy.row(_("Special receipts"), self.receipts_used)
        levy.row(_("Consent above the caps"), self.permit)
        box.wide(self._levy_box)
        box.row(_("How many pay"), self.heads)
        self.count = button(_("Count from the register"), link=True)
        box.wide(self.count)
        box.row(_("Each of them pays"), self.per_head)
        box.row(_("Begins on"), self.begins_on)
        box.row(_("Ends on"), self.ends_on)
        self.heads.changed.connect(self._by_head)
        self.per_head.changed.connect(self._by_head)
        self.kind.changed.connect(self._fit_kind)
        self.count.clicked.connect(self._count)
        self.let_off.changed.connect(self._let_off)
        self.enter = button(_("&Enter"), self._enter, main=True)
        box.acts(self.enter, button(_("&New"), self._fresh))
        self.column.addWidget(box)

    def _stage_box(self) -> None:
        box = FormBox(_("Move on the project chosen in the table"))
        self.stage = Choice([(s.value, stage_title(s)) for s in STAGES[1:]])
        self.staged_on = DateEdit(self.page.session.today)
        self.note = QLineEdit()
        box.row(_("Stage"), self.stage)
        box.row(_("&Day"), self.staged_on)
        box.row(_("Note"), self.note)
        box.act(_("Mo&ve on"), self._move_on)
        self.column.addWidget(box)

    def _out_box(self) -> None:
        box = FormBox(_("Paper and files"))
        box.acts(
            button(_("Memorandum &book"), self._print_ledger),
            button(_("&Print the list"), lambda: export_table(self.page, self._list(), "pdf")),
            button("XLSX", lambda: export_table(self.page, self._list(), "xlsx")),
        )
        self.column.addWidget(box)

    # ---- showing ----

    def _span(self) -> Span:
        return Span.of(Period.of(self.page.session.today))

    def _list(self) -> Table:
        return plan_reports.project_list(self.page.book, self._span())

    def refresh(self) -> None:
        self._known = {
            s.project.code: s.project for s in projects.standings(self.page.book, self.page.session.today)
        }
        self.table.show_table(self._list().only("code", "name", "stage", "raised", "own", "spent", "left"))
        self.table.filter(self.search.text())
        self.let_off.set_targets(t for t in links.choices(self.page.book) if t.kind is LinkKind.HOUSEHOLD)
        self.resolution.set_choices(resolutions.choices(self.page.book))
        if not self.code.text():
            self._fresh()

    def open_entry(self, code: str) -> None:
        """Choose a project in the table."""
        self.table.choose(f"register:projects/{code}")

    def _chosen(self) -> Project | None:
        return self._known.get(self.table.target().rpartition("/")[2])

    def _show(self, project: Project | None) -> None:
        if project is None:
            return
        self.heading.setText(_("Change {name}").format(name=project.name))
        self.code.setText(project.code)
        self.code.setReadOnly(True)
        self.name.setText(project.name)
        self.kind.set_value(project.kind.value)
        self.resolution.setText(project.resolution)
        self.decided_on.set_day(project.decided_on)
        self.planned.set_fen(project.planned_fen)
        self.heads.set_value(project.heads)
        self.per_head.set_fen(project.per_head_fen or None)
        self.labour_days.set_value(project.labour_days)
        self.exempt.setText(" ".join(project.exempt))
        self.receipts_used.setText(project.special_receipt)
        self.permit.setText(project.permit)
        self._fit_kind()
        for source, line in self.sources.items():
            line.set_fen(project.planned_from(source) or None)
        self.begins_on.set_day(project.begins_on)
        self.ends_on.set_day(project.ends_on)

    def _fresh(self) -> None:
        self.heading.setText(_("A new project"))
        self.code.setReadOnly(False)
        self.code.setText(projects.next_code(self.page.book, self.page.session.today.year))
        for line in (self.name, self.resolution, self.exempt, self.receipts_used, self.permit):
            line.clear()
        self.labour_days.set_value(0)
        self._fit_kind()
        for money in (self.planned, self.per_head, *self.sources.values()):
            money.set_fen(None)
        self.heads.set_value(0)
        self.begins_on.set_day(None)
        self.ends_on.set_day(None)
        self.table.clearSelection()

    def _by_head(self) -> None:
        """Heads times the sum a head are the contributions."""
        by_head = self.heads.value() * (self.per_head.fen() or 0)
        if by_head:
            self.sources[Source.CONTRIBUTIONS].set_fen(by_head)

    # ---- doing ----

    def _typed(self, decided_on: date) -> Project:
        known = self._known.get(self.code.text().strip())
        return Project(
            self.code.text(),
            self.name.text(),
            ProjectKind(self.kind.value()),
            self.resolution.text(),
            decided_on,
            self.planned.fen() or 0,
            tuple((source, line.fen() or 0) for source, line in self.sources.items() if line.fen()),
            self.heads.value(),
            self.per_head.fen() or 0,
            self.begins_on.day(),
            self.ends_on.day(),
            known.raised_before_fen if known else 0,
            known.spent_before_fen if known else 0,
            self.labour_days.value() if self._is_levy() else 0,
            self._exempt() if self._is_levy() else (),
            self.receipts_used.text() if self._is_levy() else "",
            self.permit.text() if self._is_levy() else "",
        )

    def _is_levy(self) -> bool:
        return self.kind.value() == ProjectKind.ONE_ISSUE.value

    def _exempt(self) -> tuple[str, ...]:
        """Codes of households, each once, in their order."""
        return tuple(sorted(set(self.exempt.text().replace(",", " ").replace("，", " ").split())))

    def _fit_kind(self) -> None:
        """Caps, exemptions and special receipts belong to 一事一议 alone."""
        self._levy_box.setVisible(self._is_levy())
        self.count.setVisible(self._is_levy())

    def _let_off(self) -> None:
        """The household that was chosen joins the exempt ones."""
        chosen = [link.code for link in self.let_off.links()]
        if chosen:
            self.exempt.setText(" ".join(sorted({*self._exempt(), *chosen})))
            self.let_off.set_links(())

    def _count(self) -> None:
        """Members of all households but the exempt ones, on the day of the meeting."""
        if not self.page.reads(self.decided_on):
            return
        day = self.decided_on.given()
        self.heads.set_value(projects.heads(self.page.book, self._exempt(), day))

    def _enter(self) -> None:
        if not self.page.reads(self.decided_on):
            return
        page, day = self.page, self.decided_on.given()
        made = self._typed(day)
        if made.code.strip() in self._known and not self.code.isReadOnly():
            page.say_problem(
                _("There is a project {code} already. Choose another code.").format(code=made.code)
            )
            return

        def done(said: tuple[Finding, ...]) -> None:
            page.session.say(_("Project {name} is in the register.").format(name=made.name))
            self._fresh()
            self.refresh()
            page.show_findings(said)

        page.attempt(lambda: projects.register(page.book, made, page.session.by()), done)

    def _move_on(self) -> None:
        if not self.page.reads(self.staged_on):
            return
        page, chosen = self.page, self._chosen()
        if chosen is None:
            page.say_problem(_("Choose the project in the table first."))
            return
        stage, day = STAGES[self.stage.currentIndex() + 1], self.staged_on.given()

        def done(_none: None) -> None:
            self.note.clear()
            page.session.say(_("{name}: {stage}.").format(name=chosen.name, stage=stage_title(stage)))

        page.attempt(
            lambda: projects.move_on(page.book, chosen.code, stage, day, self.note.text(), page.session.by()),
            done,
        )

    def _print_ledger(self) -> None:
        page, chosen = self.page, self._chosen()
        if chosen is None:
            page.say_problem(_("Choose the project in the table first."))
            return
        page.attempt(
            lambda: plan_reports.project_ledger(page.book, self._span(), chosen.code),
            lambda table: export_table(page, table, "pdf"),
        )
