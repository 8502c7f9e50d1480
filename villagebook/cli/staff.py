"""People of a book by what was typed of them."""

from __future__ import annotations

from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services.book_file.books import Book, staff


def person_id(book: Book, name: str) -> str:
    """The id of a person who is named or whose id is told. Raises KnownError when nobody or more than one bears the name."""
    found = [p.id for p in staff(book).persons.values() if name in (p.name, p.id)]
    if len(found) == 1:
        return found[0]
    text = _("There are several persons called {name}.") if found else _("There is no person called {name}.")
    raise KnownError(text.format(name=name), _("Use the person's id, or enter the person first."))
