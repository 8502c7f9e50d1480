"""The month as a map: six steps with what is left, and each thing to do with a button to its place."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from villagebook.i18n import N_, _, ngettext
from villagebook.services import home
from villagebook.ui.page import Page
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.month_ring import MonthRing, RingStep
from villagebook.ui.widgets.pickers import month_name

STEP_PAGES = {
    "record": "payment",
    "sign": "sign",
    "count": "count",
    "close": "close",
    "disclose": "notice",
    "handover": "handover",
}


class HomePage(Page):
    """The first page."""

    topics = Page.topics | {"registers"}
    scrolls = False

    def title(self) -> str:
        return N_("This month")

    def explain(self) -> str:
        return _(
            "The month goes round in six steps. Each says what is left and until when; press it to go there. Below "
            "stands every single thing that waits for you, with a button to the place where it is done."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("Tab, Enter", _("go to a step, open it")),)

    def build(self) -> None:
        self.ring = MonthRing()
        self.ring.chosen.connect(lambda code: self.session.go(f"page:{STEP_PAGES.get(code, 'home')}"))
        self._heading = text("", "heading")
        self.todos = FindingsPanel(tall=True)
        self.todos.wanted.connect(self.session.go)
        self.body.addWidget(self.ring)
        self.body.addWidget(self._heading)
        self.body.addWidget(self.todos, 1)
        self.body.addStretch(0)

    def refresh(self) -> None:
        seen = home.home(self.book, self.session.today)
        steps = [RingStep(s.code, s.title, s.left, s.due_on, s.state) for s in seen.steps]
        note = _("Today is {day}").format(day=self.session.today.isoformat())
        self.ring.show_steps(month_name(seen.period), note, steps)
        count = len(seen.todos)
        words = ngettext("{n} thing to do", "{n} things to do", count).format(n=count)
        self._heading.setText(words if count else _("Nothing waits for you."))
        self.todos.show_findings(seen.todos)

    def first_field(self) -> QWidget | None:
        buttons = self.ring.buttons()
        current = [b for b in buttons if b.step.state in ("late", "now")]
        return next(iter(current or buttons), None)
