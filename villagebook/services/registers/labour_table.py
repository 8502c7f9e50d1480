"""The list of labour days as paper to be signed and as a file."""

from __future__ import annotations

from datetime import date

from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.gathering import labour_facts
from villagebook.storage import labour as store
from villagebook.storage import projects
from villagebook.storage.book import Book


def labour_table(book: Book, day: date, project: str = "") -> Table:
    """Everybody who owes days for one project, or for any; an empty column to sign in. Rows lead to `labourer:N`."""
    rows: list[tuple[Cell, ...]] = []
    names = []
    with book.reading() as connection:
        for code in (project,) if project else store.projects_with_list(connection):
            found = projects.project(connection, code)
            names.append(found.name if found else code)
            for s in labour_facts.standing(connection, code, day):
                told = (s.open, s.labourer.days, s.worked, s.commuted, s.commuted_fen or None)
                rows.append((code, s.labourer.household, s.labourer.name, *told, ""))
    columns = (
        Column("project", _("Project"), Shape.TEXT, 8),
        Column("household", _("Household"), Shape.TEXT, 7),
        Column("name", _("Full name"), Shape.TEXT, 8),
        Column("open", _("Still open"), Shape.COUNT, 6),
        Column("owed", _("Days owed"), Shape.COUNT, 6),
        Column("worked", _("Worked"), Shape.COUNT, 6),
        Column("commuted", _("Paid off"), Shape.COUNT, 6),
        Column("money", _("Money for it"), Shape.MONEY, 8),
        Column("signature", _("Signature"), Shape.TEXT, 12),
    )
    subtitle = f"{'、'.join(names)} {day.isoformat()}".strip()
    targets = tuple(f"labourer:{number}" for number in range(len(rows)))
    return Table("labour", _("Labour days"), subtitle, columns, tuple(rows), targets=targets)
