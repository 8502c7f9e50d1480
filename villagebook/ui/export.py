"""A table as a file: made in the background, a PDF is looked at first, everything else is saved."""

from __future__ import annotations

from collections.abc import Callable

from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.ui.page import Page
from villagebook.ui.saving import save
from villagebook.ui.tasks import Progress


def export_table(page: Page, table: Table, form: str, when: str = "") -> None:
    """`form` is pdf, xlsx or csv; `when` stands in the file's name instead of the table's second line."""
    export_made(page, lambda _progress: table, form, when)


def export_made(page: Page, make: Callable[[Progress], Table], form: str, when: str = "") -> None:
    """As `export_table`; the table itself is made in the background, too. Both can be stopped."""
    from villagebook.services import render
    from villagebook.ui.viewer import PDF, Viewer

    village = page.book.info.village

    def work(progress: Progress) -> tuple[str, bytes]:
        table = make(progress)
        name = " ".join(part for part in (village, table.title, when or table.subtitle) if part)
        return name, render.render(table, form, village, progress)

    def made(found: tuple[str, bytes]) -> None:
        name, data = found
        if form == "pdf":
            Viewer(name, data, PDF, page).show()
        else:
            save(page, data, f"{name}.{form}")

    page.in_background(_("Making the file…"), work, made)
