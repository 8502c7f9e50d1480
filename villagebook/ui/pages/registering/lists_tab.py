"""Lists of payees: entered, printed, reviewed, hung up, paid and proven."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from villagebook.domain.document import Document
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import TO_HOUSEHOLDS, ListKind
from villagebook.domain.pay_list_proof import ListState, ProofKind, failed_rows
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Table
from villagebook.i18n import _, ngettext
from villagebook.services.approvals import bank_batches, list_sheets, list_standings, list_tables, pay_lists
from villagebook.services.approvals.list_words import kind_title, proof_title, state_title
from villagebook.services.vouchers import documents
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.pages.approving.sign_box import SignBox
from villagebook.ui.pages.entering.papers import attachments_for, show_object
from villagebook.ui.pages.registering.bank_batch_box import BankBatchBox
from villagebook.ui.pages.registering.list_window import ListWindow
from villagebook.ui.pages.registering.pay_rate_box import PayRateBox
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, card, text
from villagebook.ui.widgets.list_bar import ListBar, search_line, under_bar
from villagebook.ui.widgets.pairs import Pairs
from villagebook.ui.widgets.pickers import Choice


class ListsTab(TableTab):
    """The lists on the left; what becomes of the chosen one on the right."""

    GIVES_WAY = ("people", "kind")

    def __init__(self, page: Page) -> None:
        self._found: dict[str, list_standings.ListStanding] = {}
        super().__init__(page)
        self.table.pointed.connect(lambda _row: self._show())
        self.table.opened.connect(lambda _target: self._edit())

    # ---- building ----

    def left(self) -> QWidget:
        self.search = search_line()
        self.search.textChanged.connect(lambda words: self.table.filter(words))
        fresh = button(_("&New list…"), lambda: self._open(None), main=True)
        self.gone = QCheckBox(_("Dropped ones too"))
        self.gone.toggled.connect(lambda _on: self.refresh())
        printed, saved = (
            button(_("&Print all rows"), lambda: export_table(self.page, self._rows(), "pdf")),
            button("XLSX", lambda: export_table(self.page, self._rows(), "xlsx")),
        )
        holder, self.caption = under_bar(ListBar(fresh, self.search, self.gone, printed, saved), self.table)
        return holder

    def forms(self) -> None:
        self._card_box()
        self._review_box()
        self.bank = BankBatchBox(self.page, self.refresh)
        self.column.addWidget(self.bank)
        self._proof_box()
        self._drop_box()
        self.rates = PayRateBox(self.page)
        self.column.addWidget(self.rates)

    def _card_box(self) -> None:
        box, column = card()
        self.heading, self.pairs = text("", "heading"), Pairs()
        column.addWidget(self.heading)
        column.addWidget(self.pairs)
        flow = Flow()
        self.pay = button(_("Pa&y it…"), main=True)
        self.edit, self.paper = button(_("&Change…")), button(_("Print the sheet"))
        self.look = button(_("Look at the proof"))
        for widget, act in (
            (self.pay, self._pay),
            (self.edit, self._edit),
            (self.paper, self._print),
            (self.look, self._look),
        ):
            widget.clicked.connect(act)
            flow.addWidget(widget)
        column.addLayout(flow)
        self.column.addWidget(box)

    def _review_box(self) -> None:
        self.review = FormBox(_("Before it is paid: review and board"))
        self.sign = SignBox(self.page, self.refresh)
        self.review.add(self.sign)
        self.spot, self.shown_on = QLineEdit(), DateEdit(self.page.session.today)
        self.board_photo = attachments_for(self.page)
        self.review.row(_("Where it hangs"), self.spot)
        self.review.row(_("Since"), self.shown_on)
        self.review.row(_("Photo"), self.board_photo)
        self.review.act(_("It &hangs"), self._hang)
        self.column.addWidget(self.review)

    def _proof_box(self) -> None:
        self.proof_card = FormBox(_("Proof that everybody got theirs"))
        self.proof = Choice([(k.value, proof_title(k)) for k in ProofKind])
        self.proven_on = DateEdit(self.page.session.today)
        self.proof_papers = attachments_for(self.page)
        self.failed = QLineEdit()
        self.failed.setPlaceholderText(_("Numbers of rows, such as 3 7"))
        self.proof_card.row(_("What it is"), self.proof)
        self.proof_card.row(_("Of the day"), self.proven_on)
        self.proof_card.row(_("Photo or file"), self.proof_papers)
        self.proof_card.row(_("The bank could not pay"), self.failed)
        self.proof_card.act(_("&Keep the proof"), self._prove)
        self.column.addWidget(self.proof_card)

    def _drop_box(self) -> None:
        self.drop_card = FormBox(_("It will not be paid"))
        self.why = QLineEdit()
        self.drop_card.row(_("Reason"), self.why)
        self.drop_card.act(_("&Drop the list"), self._drop)
        self.column.addWidget(self.drop_card)

    # ---- showing ----

    def _rows(self) -> Table:
        first, last = self.page.book.info.start, Period.of(self.page.session.today)
        return list_tables.make(self.page.book, "lists", Span(first, max(first, last)))

    def refresh(self) -> None:
        chosen = self._code()
        found = list_standings.standings(self.page.book, with_dropped=self.gone.isChecked())
        self._found = {s.content.code: s for s in found}
        shown = ("list", "kind", "title", "people", "amount", "state")
        self.table.show_table(list_tables.list_table(reversed(found)).only(*shown))
        self.table.filter(self.search.text())
        self.caption.setText(self._what_is_open(found))
        self.rates.refresh()
        if found:
            self.open_entry(chosen or found[-1].content.code)
        self._show()

    def _what_is_open(self, found: tuple[list_standings.ListStanding, ...]) -> str:
        waiting = sum(1 for s in found if s.state is ListState.PAID)
        if waiting:
            return ngettext(
                "{n} paid list still lacks its proof.", "{n} paid lists still lack their proof.", waiting
            ).format(n=waiting)
        left = bank_batches.left_open(self.page.book, self.page.session.today)
        if left:
            words = ngettext(
                "Of {n} paid list the bank's answer leaves rows open.",
                "Of {n} paid lists the bank's answer leaves rows open.",
                left,
            )
            return words.format(n=left)
        return _("Every paid list has its proof.")

    def open_entry(self, code: str) -> None:
        """Choose a list in the table."""
        self.table.choose(f"register:lists/{code}")

    def _code(self) -> str:
        return self.table.target().rpartition("/")[2]

    def _chosen(self) -> list_standings.ListStanding | None:
        return self._found.get(self._code())

    def _show(self) -> None:
        found = self._chosen()
        free = found is not None and found.paid_by is None and found.state is not ListState.DROPPED
        roster = found is not None and found.content.kind in TO_HOUSEHOLDS
        self.heading.setText(
            f"{found.content.code}  {found.content.title}" if found else _("No list is chosen.")
        )
        self.pairs.show_pairs(_told(found) if found else ())
        for widget in (self.pay, self.edit, self.drop_card):
            widget.setVisible(free)
        self.paper.setVisible(found is not None and found.state is not ListState.DROPPED)
        self.look.setVisible(bool(found and found.proofs))
        hangs = roster or (found is not None and found.content.kind is ListKind.LOST_WORK)
        self.review.setVisible(free and hangs)
        self.sign.show_subject(
            f"{list_standings.SUBJECT}{found.content.code}" if found and free and roster else ""
        )
        self.bank.show_list(found)
        self.proof_card.setVisible(found is not None and found.state is not ListState.DROPPED)

    # ---- doing ----

    def _open(self, found: list_standings.ListStanding | None) -> None:
        def done(code: str) -> None:
            self.refresh()
            self.open_entry(code)

        self.window_open = ListWindow(self.page, found.content if found else None, done)
        self.window_open.show()

    def _edit(self) -> None:
        found = self._chosen()
        if found is not None and found.paid_by is None and found.state is not ListState.DROPPED:
            self._open(found)

    def _print(self) -> None:
        from villagebook.ui.viewer import Viewer

        page, code = self.page, self._code()

        def made(data: bytes) -> None:
            Viewer(_("List {code}").format(code=code), data, "application/pdf", page).show()

        page.attempt(lambda: list_sheets.list_sheet_pdf(page.book, code), made)

    def _look(self) -> None:
        found = self._chosen()
        for proof in found.proofs if found else ():
            for paper in proof.papers:
                show_object(self.page, paper.sha256)

    def _pay(self) -> None:
        page, code = self.page, self._code()

        def draft() -> Document:
            made = pay_lists.payment_of(page.book, code, page.session.by())
            documents.save_draft(page.book, made, page.session.by())
            return made

        page.attempt(draft, lambda made: page.session.go(f"draft:{made.id}"))

    def _hang(self) -> None:
        if not self.page.reads(self.shown_on):
            return
        page, code = self.page, self._code()
        day = self.shown_on.given()
        papers = self.board_photo.attachments()

        def done(_none: None) -> None:
            self.board_photo.set_attachments(())
            page.session.say(_("Roster {code} hangs.").format(code=code))
            self.refresh()

        page.attempt(
            lambda: pay_lists.show(page.book, code, self.spot.text(), day, papers, page.session.by()), done
        )

    def _prove(self) -> None:
        if not self.page.reads(self.proven_on):
            return
        page, code = self.page, self._code()
        words = self.failed.text().replace("、", " ").replace(",", " ").split()
        if not all(w.isascii() and w.isdigit() for w in words):
            page.say_problem(_("Numbers of rows are whole numbers, such as 3 7."))
            return
        kind, papers = ProofKind(self.proof.value()), self.proof_papers.attachments()
        day = self.proven_on.given()

        def done(_none: None) -> None:
            self.proof_papers.set_attachments(())
            self.failed.clear()
            page.session.say(_("The proof of list {code} is kept.").format(code=code))
            self.refresh()

        page.attempt(
            lambda: pay_lists.prove(
                page.book, code, kind, papers, day, page.session.by(), [int(w) for w in words]
            ),
            done,
        )

    def _drop(self) -> None:
        page, code = self.page, self._code()

        def done(_none: None) -> None:
            self.why.clear()
            page.session.say(_("List {code} is dropped.").format(code=code))
            self.refresh()

        page.attempt(lambda: pay_lists.drop(page.book, code, self.why.text(), page.session.by()), done)


def _told(found: list_standings.ListStanding) -> tuple[tuple[str, str], ...]:
    one = found.content
    told = (
        (_("Kind"), kind_title(one.kind)),
        (_("Span of time"), f"{one.from_on.isoformat()} – {one.to_on.isoformat()}"),
        (_("How many people"), str(len(one.rows))),
        (_("Amount"), yuan_text(one.total_fen)),
        (_("Resolution"), one.resolution),
        (_("Paper from above"), one.document_no),
        (_("State"), state_title(found.state)),
        (_("Reviewed on"), found.reviewed_on.isoformat() if found.reviewed_on else ""),
        (_("Hangs since"), f"{found.shown.shown_on.isoformat()} {found.shown.place}" if found.shown else ""),
        (_("Voucher"), found.paid_by.label if found.paid_by else ""),
        (
            _("Proof of receipt"),
            _(", ").join(f"{proof_title(p.kind)} {p.shown_on.isoformat()}" for p in found.proofs),
        ),
        (
            _("The bank could not pay"),
            _(", ").join(one.rows[no - 1].name for no in sorted(failed_rows(found.proofs))),
        ),
        (_("Why it was dropped"), found.dropped),
    )
    return tuple(pair for pair in told if pair[1])
