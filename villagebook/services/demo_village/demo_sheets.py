"""The demo village's special notices: whatever happened in a month hangs on its boards within days."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from villagebook.domain.board import BoardPhoto, Posting, Shows, View
from villagebook.domain.laid_open import CopyTaken
from villagebook.services import files
from villagebook.services.approvals import signing
from villagebook.services.demo_village import demo_paper
from villagebook.services.demo_village.demo_story import moment
from villagebook.services.disclosure import board, duties, laid_open, masking, sheets, year_pack
from villagebook.services.disclosure.laid_open import Laying

if TYPE_CHECKING:
    from villagebook.services.demo_village.demo_story import DemoVillage

WHOLE = 12
"""Papers after which the photos show no whole sheets of special notices any more."""
AFTER = 2
"""Days after which it hangs."""
SIDE = 700
"""Points of the picture along the longer side of the paper: enough to see what it is."""


def show_all(village: DemoVillage, until: date) -> None:
    """Compile, review and post everything that is owed for what happened up to a day; what is asked for later waits."""
    book = village.book
    for duty in duties.all_duties(book, until):
        wanted = duties.asked(duty)
        day = duty.happened.day + timedelta(days=AFTER)
        if duty.met_on is None and duty.shown is None and wanted is not None and day <= until:
            at = moment(day, 9)
            made = sheets.submit_sheet(book, wanted.form, wanted.span, wanted.subject, at)
            review(village, made, day)
            whole = len(village.made_notices) < WHOLE
            post(village, made, day, sheets.final_pdf(book, made, "A4") if whole else b"")


def lay_papers_open(village: DemoVillage, year: int) -> None:
    """The papers of the year lie in the office for a fortnight before the members vote; two of them take copies."""
    book = village.book
    opened, closed = date(year, 12, 8), date(year, 12, 22)
    kept = year_pack.keep(book, made := year_pack.pack(book, year, opened), year)
    told = Laying(year, "村委会办公室", opened, "罗小敏", kept.sha256, made.pages)
    laid = laid_open.lay_open(book, told, moment(opened, 9))
    for day, name, what in ((10, "黎阿福", "全年收支明细表"), (15, "周秀英", "收益分配方案")):
        copied = date(year, 12, day)
        laid_open.note_copy(book, CopyTaken(laid, name, copied, what, 4), moment(copied, 15))
    laid_open.take_in(book, laid, closed, moment(closed, 17))


def review(village: DemoVillage, sheet_id: str, day: date) -> None:
    """Two supervisors sign on paper; somebody else than the compiler has looked at what is masked."""
    book, ids = village.book, village.ids
    at = moment(day, 15)
    masks = masking.state(book, sheet_id)
    if masks is not None and masks.waits:
        masking.confirm(book, sheet_id, ids["head"], at)
    marks = tuple(signing.InkMark("S", ids[key], day) for key in ("head", "sup2"))
    number = sheets.frozen(book, sheet_id).number
    signed = files.store_file(book, demo_paper.note_photo(f"{number} 审核"), f"{day:%Y%m%d}-review.jpg")
    signing.sign_ink(book, sheet_id, marks, signed, at)


def post(village: DemoVillage, sheet_id: str, day: date, pdf: bytes) -> None:
    """It hangs on every board that evening, each with a photo of its own: of the paper `pdf`, or with b"" of its foot."""
    sheet, clerk = sheets.frozen(village.book, sheet_id), village.ids["clerk"]
    feet = [
        demo_paper.note_photo(f"{sheet.number} 张贴于{place}") for place in sheet.places_to_post if not pdf
    ]
    taken = feet or photos_of(pdf, len(sheet.places_to_post))
    for hour, (place, picture) in enumerate(zip(sheet.places_to_post, taken, strict=True), 16):
        kept = files.store_file(village.book, picture, f"{day:%Y%m%d}-board-{hour}.jpg")
        photos = tuple(BoardPhoto(view, kept.sha256, Shows.UNREAD) for view in View)
        posted_at = datetime.combine(day, datetime.min.time()).replace(hour=hour)
        board.post(village.book, Posting("", sheet_id, "", place, clerk, posted_at, photos), moment(day, 20))


def photos_of(pdf: bytes, count: int) -> list[bytes]:
    """The first page as a telephone sees it from some steps away, each time in other light."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        seen = page.render(scale=SIDE / max(page.get_size())).to_pil().convert("L")
    finally:
        document.close()
    made = []
    for light in range(count):
        out = io.BytesIO()
        seen.point([max(0, grey - 8 * light) for grey in range(256)]).save(out, "JPEG", quality=60)
        made.append(out.getvalue())
    return made
