"""Keys that bookkeepers bring along for what this program does otherwise: they lead to the traced way and say so."""

from __future__ import annotations

from collections.abc import Callable

from villagebook.i18n import _
from villagebook.ui.page import Page

REVIEW = "F3"
UNPOST = ("Ctrl+H", "Ctrl+F11")
UNCLOSE = ("Ctrl+Shift+F6", "Ctrl+F12")


def listen(page: Page, unpost: Callable[[], object]) -> None:
    """`unpost` shows where a posted voucher is undone."""

    def review() -> None:
        page.session.go("page:sign")
        page.session.say(
            _("Reviewing is signing here: everything that waits for a signature is in this list.")
        )

    def undo() -> None:
        unpost()
        page.session.say(
            _(
                "Nothing is unposted here: a posted voucher is undone by a red one that says why, and both stay."
            )
        )

    def reopen() -> None:
        page.session.go("page:close")
        page.session.say(_("A closed month is opened again here, with a reason that stays in the book."))

    page.shortcut(REVIEW, review)
    for key in UNPOST:
        page.shortcut(key, undo)
    for key in UNCLOSE:
        page.shortcut(key, reopen)


def words() -> tuple[tuple[str, str], ...]:
    """For the explanation of a page."""
    return (
        (REVIEW, _("to the signatures (review)")),
        (", ".join(UNPOST), _("undo a posted voucher in red (nothing is unposted)")),
        (", ".join(UNCLOSE), _("open a closed month again, with a reason")),
    )
