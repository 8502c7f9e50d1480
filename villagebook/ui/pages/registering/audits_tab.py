"""Audits and inspections with their points, and what was done about each (F10)."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit

from villagebook.domain.audit import Audit, AuditKind, AuditPoint, Mended
from villagebook.domain.money import AmountError, parse_yuan
from villagebook.i18n import N_, _
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.disclosure import audits
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.pages.registering.listed_tab import ListedTab
from villagebook.ui.pages.registering.objections_tab import lines_field
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.money_edit import MoneyEdit
from villagebook.ui.widgets.pickers import Choice


class AuditsTab(ListedTab):
    """A row per point on the left; what was done about the chosen one, and a new audit, on the right."""

    GIVES_WAY = ("point",)
    SHORT = ("number", "point", "text", "due", "state")
    EMPTY = N_("No audit is recorded yet. Enter its report on the right.")

    def forms(self) -> None:
        self._mend_box()
        self._new_box()
        self.table.pointed.connect(lambda _row: self._tell())

    def _mend_box(self) -> None:
        box = FormBox(_("What was done about the chosen point"))
        self.told = text("", "quiet")
        box.add(self.told)
        self.done_words = lines_field()
        self.who = QLineEdit()
        self.mended_on = DateEdit(self.page.session.today)
        self.recovered = MoneyEdit()
        self.done = QCheckBox(_("That settles it"))
        self.done.setChecked(True)
        self.proof = attachments_for(self.page)
        box.row(_("What was &done"), self.done_words)
        box.row(_("Who &answers for it"), self.who)
        box.row(_("&On"), self.mended_on)
        box.row(_("Mone&y that came back"), self.recovered)
        box.row("", self.done)
        box.row(_("Proof"), self.proof)
        self.mend = box.act(_("&Enter what was done"), self._mend, main=True)
        self.column.addWidget(box)

    def _new_box(self) -> None:
        box = FormBox(_("A new audit or inspection"))
        self.kind = Choice([(k.value, _(audits.KINDS[k])) for k in AuditKind])
        self.auditor, self.about = QLineEdit(), QLineEdit()
        self.reported_on = DateEdit(self.page.session.today)
        self.office = Choice()
        self.result, self.points = lines_field(), lines_field()
        self.points.setPlaceholderText(_("a line for each point, an amount behind |"))
        self.papers = attachments_for(self.page)
        box.row(_("&Kind"), self.kind)
        box.row(_("A&uditor"), self.auditor)
        box.row(_("&Reported on"), self.reported_on)
        box.row(_("Abou&t"), self.about)
        box.row(_("Office that was &left"), self.office)
        box.row(_("Re&sult"), self.result)
        box.row(_("&Points"), self.points)
        box.row(_("The report"), self.papers)
        box.act(_("Put it on &file"), self._record, main=True)
        self.column.addWidget(box)

    # ---- showing ----

    def refresh(self) -> None:
        page = self.page
        self.show_list(audits.table(page.book, page.session.today))
        staff = books.staff(page.book)
        left = [p for p in staff.posts if p.to_on is not None]
        options = [
            (p.id, f"{staff.name(p.person_id)} {names.post_title(p.kind)} {p.to_on}") for p in reversed(left)
        ]
        self.office.set_options([("", "–"), *options])
        self._tell()

    def open_entry(self, ident: str) -> None:
        """An audit, or a point of one (`2025-S01/2`)."""
        target = f"register:audits/{ident}"
        self.point_at(
            next((t for t in self.whole.targets if t == target or t.startswith(f"{target}/")), target)
        )

    def _chosen(self) -> tuple[Audit, AuditPoint] | None:
        target = self.table.target()
        number, _slash, point = target.rpartition("/")
        for audit in audits.listing(self.page.book):
            for one in audit.points:
                if (f"register:audits/{audit.number}", str(one.no)) == (number, point):
                    return audit, one
        return None

    def _tell(self) -> None:
        found = self._chosen()
        self.told.setText(
            f"{found[0].number}-{found[1].no}  {found[1].text}"
            if found
            else _("Choose a point in the table.")
        )
        self.mend.setEnabled(found is not None)

    # ---- verbs ----

    def _mend(self) -> None:
        if not self.page.reads(self.mended_on):
            return
        page, found = self.page, self._chosen()
        if found is None:
            return
        kept = self.proof.attachments()
        told = Mended(
            found[0].id,
            found[1].no,
            self.mended_on.given(),
            self.done_words.toPlainText(),
            self.who.text(),
            self.recovered.fen() or 0,
            self.done.isChecked(),
            kept[0].sha256 if kept else "",
        )

        def after(_none: None) -> None:
            self.done_words.clear()
            self.proof.set_attachments(())
            page.session.say(_("Entered; the board is owed a new sheet when all points are mended."))

        page.attempt(lambda: audits.mend(page.book, told, page.session.by()), after)

    def _record(self) -> None:
        if not self.page.reads(self.reported_on):
            return
        page = self.page
        points = self._points()
        if points is None:
            return
        made = Audit(
            "",
            "",
            AuditKind(self.kind.value()),
            self.auditor.text(),
            self.reported_on.given(),
            self.about.text(),
            self.result.toPlainText(),
            points,
            self.office.value(),
            tuple(self.papers.attachments()),
        )

        def after(audit: Audit) -> None:
            for field in (self.result, self.points):
                field.clear()
            self.papers.set_attachments(())
            said = _("Audit {number} is on file; its result has to hang on the board.")
            page.session.say(said.format(number=audit.number))

        page.attempt(lambda: audits.record(page.book, made, page.session.by()), after)

    def _points(self) -> tuple[AuditPoint, ...] | None:
        """Lines as typed; None when an amount cannot be read, which is said."""
        made = []
        for no, line in enumerate(filter(str.strip, self.points.toPlainText().splitlines()), 1):
            words, bar, amount = line.partition("|")
            try:
                fen = parse_yuan(amount.strip()) if bar and amount.strip() else 0
            except AmountError:
                self.page.say_problem(
                    _("Point {no}: “{amount}” is no amount.").format(no=no, amount=amount.strip())
                )
                return None
            made.append(AuditPoint(no, words.strip(), fen))
        return tuple(made)
