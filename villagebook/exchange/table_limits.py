"""How large a table of bookings may be, whatever kind of file it comes in: beyond this a file is a mistake or an attack."""

from __future__ import annotations

from villagebook.domain.errors import KnownError
from villagebook.i18n import _

MAX_ROWS = 1_000_000
MAX_COLUMNS = 60
MAX_CELL = 2_000
MAX_FILE = 256 * 1024 * 1024


def too_large(name: str) -> KnownError:
    """The sentence for a table beyond the limits."""
    return KnownError(
        _("The table in {name} is larger than can be read.").format(name=name),
        _("Divide it into several files, one for each year, and delete empty columns and sheets."),
    )
