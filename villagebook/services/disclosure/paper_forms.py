"""The other forms a board paper is made in: poster of A4 sheets, pictures for a chat group, words for the loudspeaker, slips.

All are made from the frozen (or, as drafts, the compiled) paper, never from the book a second time; slips add what stands in the
name of their household.
"""

from __future__ import annotations

from collections.abc import Iterable

from villagebook import i18n
from villagebook.domain.correction import Correction
from villagebook.domain.errors import KnownError
from villagebook.domain.household_slip import HouseholdSlip
from villagebook.domain.notice import Notice
from villagebook.domain.sheet import Paper, Sheet
from villagebook.i18n import N_, _
from villagebook.rules.disclosure import without_private
from villagebook.services import pictures
from villagebook.services.book_file.books import Book
from villagebook.services.disclosure import household_slip
from villagebook.services.disclosure.notice_text import notice_text
from villagebook.services.disclosure.sheet_text import sheet_text
from villagebook.services.disclosure.spoken import loudspeaker_text

CHAT_WIDTH = 1080
"""Pixels; every telephone of today shows so many across."""

FORMS = {
    "poster": N_("Poster of A4 sheets"),
    "household": N_("Slips for households"),
    "general": N_("One slip for everybody"),
    "loudspeaker": N_("Text for the loudspeaker"),
    "chat": N_("Pictures for a chat group"),
}


def form_title(form: str) -> str:
    """What one of `FORMS` is called, in the language of the screen."""
    return _(FORMS[form])


def board_pdf(made: Paper | Correction, *, paper: str, draft: bool, poster: int = 0) -> bytes:
    """Any board paper on "A3" or "A4", or each page tiled over `poster` sheets of A4, in the language of the paper.

    Raises KnownError for a number of sheets that would make the type smaller, or that there is no way to lay.
    """
    from villagebook.reports.correction_pdf import render_correction
    from villagebook.reports.notice_pdf import render_notice
    from villagebook.reports.sheet_pdf import render_sheet

    if poster:
        _check_poster(paper, poster)
    with i18n.speaking(made.language):
        if isinstance(made, Correction):
            return render_correction(made, paper=paper, draft=draft, poster=poster)
        if isinstance(made, Sheet):
            return render_sheet(made, paper=paper, draft=draft, poster=poster)
        return render_notice(made, paper=paper, draft=draft, poster=poster)


def poster_sheets() -> tuple[int, ...]:
    """How many A4 sheets a poster may have."""
    from villagebook.reports.poster import SHEETS

    return SHEETS


def poster_sizes(paper: str) -> tuple[tuple[int, int, int], ...]:
    """(sheets, width, height in cm) of every poster that can be made of this paper; too few sheets are left out."""
    from villagebook.reports.notice_paper import PAPERS
    from villagebook.reports.pen import MM
    from villagebook.reports.poster import SHEETS, plan

    page = PAPERS[paper]
    found = []
    for sheets in SHEETS:
        try:
            made = plan(page.width, page.height, sheets)
        except ValueError:
            continue
        width, height = page.width * made.scale, page.height * made.scale
        found.append((sheets, round(width / MM / 10), round(height / MM / 10)))
    return tuple(found)


def print_test_pdf(paper: str) -> bytes:
    """The page that shows whether a printer prints true to size, to the edge and black, in the language of the screen."""
    from villagebook.reports.print_test import render_print_test

    return render_print_test(paper)


def _check_poster(paper: str, poster: int) -> None:
    from villagebook.reports.notice_paper import PAPERS
    from villagebook.reports.poster import SHEETS, plan

    if poster not in SHEETS:
        counts = ", ".join(str(n) for n in SHEETS)
        raise KnownError(
            _("A poster cannot be laid of {n} sheets.").format(n=poster),
            _("Choose one of: {counts}.").format(counts=counts),
        )
    try:
        plan(PAPERS[paper].width, PAPERS[paper].height, poster)
    except ValueError:
        raise KnownError(
            _("On {n} sheets of A4 an {paper} page would become smaller than it is.").format(
                n=poster, paper=paper
            ),
            _("Choose more sheets, or the upright page A4."),
        ) from None


def chat_pictures(made: Paper, *, draft: bool) -> tuple[bytes, ...]:
    """PNG pictures, 1080 pixels wide and upright, in the order in which they are read."""
    from villagebook.reports.chat_picture import render_chat

    with i18n.speaking(made.language):
        pdf = render_chat(made, draft=draft)
    return tuple(pictures.pdf_page_png(pdf, page, CHAT_WIDTH) for page in range(pictures.pdf_page_count(pdf)))


def chat_text(made: Paper, *, draft: bool) -> bytes:
    """The words that go with the pictures, UTF-8; every line once more through the filter of the board."""
    with i18n.speaking(made.language):
        words = notice_text(made, draft) if isinstance(made, Notice) else sheet_text(made, draft)
    lines = (without_private(line) for line in words.decode("utf-8").splitlines())
    return ("\n".join(lines) + "\n").encode("utf-8")


def can_be(made: Paper | Correction, form: str) -> bool:
    """Slips are made of the monthly notice, words and pictures of any paper but a correction, posters of all."""
    if form == "poster":
        return True
    return isinstance(made, Notice) or (isinstance(made, Sheet) and form in ("loudspeaker", "chat"))


def made_as(
    book: Book,
    made: Paper | Correction,
    form: str,
    *,
    draft: bool,
    paper: str = "A3",
    sheets: int = 4,
    households: Iterable[str] = (),
) -> tuple[tuple[str, bytes], ...]:
    """(ending, bytes) of every file of one of `FORMS`. Raises KnownError: a form this paper cannot have, no households."""
    if form == "poster":
        return ((".pdf", board_pdf(made, paper=paper, draft=draft, poster=sheets)),)
    if isinstance(made, Notice | Sheet) and form == "loudspeaker":
        return ((".txt", loudspeaker_text(made, draft)),)
    if isinstance(made, Notice | Sheet) and form == "chat":
        drawn = tuple((".png", picture) for picture in chat_pictures(made, draft=draft))
        return (*drawn, (".txt", chat_text(made, draft=draft)))
    if isinstance(made, Notice) and form in ("general", "household"):
        return ((".pdf", _slips(book, made, form, draft, households)),)
    raise KnownError(
        _("{form}: this cannot be made of this paper.").format(form=form_title(form)),
        _(
            "Slips are made of the monthly notice F1, words and pictures also of the other sheets, posters of any paper."
        ),
    )


def _slips(book: Book, notice: Notice, form: str, draft: bool, households: Iterable[str]) -> bytes:
    slips: tuple[HouseholdSlip, ...]
    if form == "general":
        slips = (household_slip.general_slip(notice),) * 2  # two on the sheet, to be cut
    else:
        slips = household_slip.household_slips(book, notice, households)
    if not slips:
        raise KnownError(
            _("There is no household in the register."),
            _("Enter the households first, or print the slip for everybody."),
        )
    return household_slip.slips_pdf(slips, draft=draft)
