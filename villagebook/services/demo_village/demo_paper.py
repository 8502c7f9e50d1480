"""The demo village's paper: slips are printed, "signed" with a pen, photographed and taken in like any real ones."""

from __future__ import annotations

import io
import random
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from villagebook.domain.moment import VILLAGE
from villagebook.domain.resolution import Cited
from villagebook.services.approvals import second_look
from villagebook.services.approvals.signing import InkMark, sign_ink
from villagebook.services.approvals.slips import slip_pdf, take_in
from villagebook.services.book_file.books import Book
from villagebook.services.by import By
from villagebook.services.disclosure import masking, notices
from villagebook.services.files import store_file
from villagebook.services.vouchers.documents import DocumentView, document_view

if TYPE_CHECKING:
    from PIL.Image import Image

SIGNERS = {
    "H": ("handler", "clerk"),
    "W": ("witness", "electrician"),
    "C": ("clerk",),
    "S": ("head", "sup2"),
    "D": ("director",),
    "P": ("secretary",),
    "T": ("township",),
    "A": ("accountant",),
}
"""Who signs which slot in the demo; the first of them who may."""


def sign_all(book: Book, ids: dict[str, str], document_ids: tuple[str, ...], day: date) -> None:
    """Print the slips of these documents, sign every slot, photograph the sheets and take the photos in."""
    left = set(document_ids)
    at = By("罗小敏", datetime.combine(day, time(15), VILLAGE))
    sheets = photographs(slip_pdf(book, document_ids, two_up=True), seed=len(document_ids))
    for number, sheet in enumerate(sheets, 1):
        taken = take_in(book, sheet, f"{day:%Y%m%d}-{number}.jpg", at)
        for document_id in taken.documents:
            if document_id in left:
                left.discard(document_id)
                sign_ink(book, document_id, marks_for(book, ids, document_id, day), taken.photo, at)
                _compare(book, ids, document_id, at)


def _compare(book: Book, ids: dict[str, str], document_id: str, at: By) -> None:
    """The head of supervision looks at the slips of large payments again."""
    view = document_view(book, document_id)
    if view.state == "waiting" and second_look.waiting(book, view.document, at.day) is not None:
        second_look.confirm(book, document_id, ids["head"], at)


def marks_for(book: Book, ids: dict[str, str], document_id: str, day: date) -> tuple[InkMark, ...]:
    """Everybody's signature on the slip of a waiting document, in its order."""
    view = document_view(book, document_id)
    marks: list[InkMark] = []
    for state in view.slot_states:
        code = state.slot.code
        if code in ("M2", "MR", "ML"):
            decided = Cited.of(view.document.resolution, view.document.resolution_item)
            number = (
                decided.text if decided.number and not (code == "M2" and _higher(view)) else _minutes(view)
            )
            marks.append(InkMark(code, "", day, number))
            continue
        used = {m.person_id for m in marks} | {view.document.payee_person}
        wanted = [ids[k] for k in SIGNERS[code] if ids[k] not in used]
        if code == "H":
            wanted = [view.document.handler] if view.document.handler else wanted
        marks += [InkMark(code, p, day) for p in wanted[: state.slot.count]]
    return tuple(marks)


def _higher(view: DocumentView) -> bool:
    """A meeting above the two committees decides too; the document names its resolution."""
    return any(s.slot.code in ("MR", "ML") for s in view.slot_states)


def _minutes(view: DocumentView) -> str:
    """Minutes of the two committees that are only ticked on their photo."""
    return f"会议{view.document.booked_on:%Y%m%d}"


def copies_of(receipt_no: str) -> list[bytes]:
    """The three copies of a spoilt receipt, photographed."""
    from PIL import Image, ImageDraw

    made = []
    for number, paper in enumerate(("#fdfdf8", "#f8e8ec", "#e8f4e8"), 1):
        picture = Image.new("RGB", (640, 300), paper)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((20, 20, 620, 280), outline="#555555", width=2)
        pen.text((40, 40), f"No. {receipt_no}    {number}/3", fill="#222222", font_size=28)
        pen.line((60, 250, 580, 60), fill="#a01818", width=6)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=60)
        made.append(out.getvalue())
    return made


def note_photo(text: str) -> bytes:
    """The signed foot of a sheet, as a clerk photographs it who is in a hurry: what it is, and two signatures."""
    from PIL import Image, ImageDraw, ImageFont

    from villagebook import paths

    picture = Image.new("RGB", (520, 150), "#fbfaf4")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(next(paths.resource("fonts").glob("*.?tf"))), 22)
    pen.text((18, 14), text, fill="#222222", font=font)
    pen.line((18, 52, 502, 52), fill="#777777", width=1)
    dice = random.Random(text)  # noqa: S311  # ink, not secrets
    for left in (40, 290):
        points = [(left + 16 * i, 100 + dice.randint(-22, 22)) for i in range(11)]
        pen.line(points, fill=(24, 32, 110), width=3)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()


def site_photo() -> bytes:
    """The bridge, as a phone saw it."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 400), "#b8d4ea")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 280, 640, 400), fill="#6f8f5a")
    pen.rectangle((0, 320, 640, 370), fill="#4f7fa6")
    pen.rectangle((60, 240, 580, 275), fill="#9a9a94")
    for left in (120, 300, 480):
        pen.rectangle((left, 275, left + 30, 360), fill="#85857f")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()


def review_notice(book: Book, ids: dict[str, str], notice_id: str, day: date, *, whole: bool) -> None:
    """Two supervisors sign the review on paper; the `whole` sheet is photographed, or its signed foot alone."""
    at = By("罗小敏", datetime.combine(day, time(21), VILLAGE))
    masks = masking.state(book, notice_id)
    if masks is not None and masks.waits:
        masking.confirm(book, notice_id, ids["head"], at)
    name = f"{day:%Y%m%d}-review.jpg"
    if whole:
        sheet = photographs(notices.final_pdf(book, notice_id, "A4"), seed=7, pages=1)[0]
        kept = take_in(book, sheet, name, at).photo
    else:
        kept = store_file(book, note_photo(f"{notices.frozen_notice(book, notice_id).number} 审核"), name)
    marks = tuple(InkMark("S", ids[k], day) for k in ("head", "sup2"))
    sign_ink(book, notice_id, marks, kept, at)


def photographs(pdf: bytes, seed: int, dpi: int = 100, pages: int | None = None) -> list[bytes]:
    """Each page, or the first ones, as a photo of a signed sheet: pen strokes, a little grey, JPEG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        shown = [document[n] for n in range(min(len(document), pages or len(document)))]
        return [_signed(page.render(scale=dpi / 72).to_pil(), random.Random(seed)) for page in shown]  # noqa: S311  # ink, not secrets
    finally:
        document.close()


def _signed(sheet: Image, dice: random.Random) -> bytes:
    from PIL import ImageDraw

    picture = sheet.convert("RGB")
    pen = ImageDraw.Draw(picture)
    width, height = picture.size
    for row in range(8):
        x, y = width * (0.2 + 0.35 * (row % 2)), height * (0.55 + 0.045 * (row // 2))
        points = [(x + 7 * i, y + dice.randint(-6, 6)) for i in range(9)]
        pen.line(points, fill=(24, 32, 110), width=2)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()
