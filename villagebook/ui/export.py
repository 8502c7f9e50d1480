"""A table as a file: made in the background, a PDF is looked at first, everything else is saved."""

from __future__ import annotations

from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.ui.page import Page


def export_table(page: Page, table: Table, form: str) -> None:
    """`form` is pdf, xlsx or csv."""
    from villagebook.services import render
    from villagebook.ui.viewer import Viewer, save_bytes

    village = page.book.info.village
    name = " ".join(part for part in (village, table.title, table.subtitle) if part)

    def told(path: object) -> None:
        if path is not None:
            page.session.say(_("Saved as {path}.").format(path=path))

    def made(data: bytes) -> None:
        if form == "pdf":
            Viewer(name, data, "application/pdf", page).show()
        else:
            page.attempt(lambda: save_bytes(page, data, f"{name}.{form}"), told)

    page.in_background(_("Making the file…"), lambda _progress: render.render(table, form, village), made)
