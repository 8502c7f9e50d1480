"""A table of a page as paper or file, and narrow enough to stand beside a form."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.render import render
from villagebook.ui.page import Page


def only(table: Table, *keys: str) -> Table:
    """The same rows with these columns alone."""
    wanted = [n for n, column in enumerate(table.columns) if column.key in keys]
    return replace(
        table,
        columns=tuple(table.columns[n] for n in wanted),
        rows=tuple(tuple(row[n] for n in wanted) for row in table.rows),
    )


def print_table(page: Page, table: Table) -> None:
    """Show it as a PDF that can be printed and saved."""
    from villagebook.ui.viewer import Viewer

    village = page.book.info.village

    def made(data: bytes) -> None:
        Viewer(f"{village} {table.title} {table.subtitle}", data, "application/pdf", page).show()

    page.in_background(_("Making the file…"), lambda _progress: render(table, "pdf", village), made)


def save_table(page: Page, table: Table, form: str) -> None:
    """Ask where and write it as csv or xlsx."""
    from villagebook.ui.viewer import save_bytes

    village = page.book.info.village
    name = f"{village} {table.title} {table.subtitle}.{form}".replace("/", "-")

    def told(path: object) -> None:
        if path is not None:
            page.session.say(_("Saved as {path}.").format(path=path))

    def made(data: bytes) -> None:
        page.attempt(lambda: save_bytes(page, data, name), told)

    page.in_background(_("Making the file…"), lambda _progress: render(table, form, village), made)
