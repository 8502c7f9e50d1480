"""From vouchers to the viewer: one path for the voucher in front, a selection and a whole month."""

from __future__ import annotations

from collections.abc import Sequence

from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.i18n import N_, _
from villagebook.services.vouchers import voucher_sheets
from villagebook.ui.page import Page

PAPERS = (("a5", N_("A5")), ("two-on-a4", N_("two on A4")), ("half-a4", N_("half an A4")))
MOST = 3000
"""Vouchers in one file; a year of a large village. More would take minutes and nobody prints it in one go."""


def print_sheets(page: Page, sheets: Sequence[VoucherSheet], *, with_covers: bool, paper: str = "a5") -> None:
    """Make the PDF in the background and show it; what cannot be printed is said on the page."""
    if not sheets:
        page.say_problem(_("There is no voucher to print."))
        return
    first, last = sheets[0].voucher, sheets[-1].voucher
    title = first.label if len(sheets) == 1 else f"{first.label} … {last.label}"

    def show(data: bytes) -> None:
        from villagebook.ui.viewer import PDF, Viewer

        page.show_findings(voucher_sheets.print_findings(sheets))
        Viewer(f"{first.booked_on.isoformat()} {title}", data, PDF, page).show()

    page.in_background(
        _("Making the file…"),
        lambda _progress: voucher_sheets.pdf(sheets, paper, with_covers=with_covers),
        show,
    )
