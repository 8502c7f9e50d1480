"""A photo of a posted notice taken back in: its code beside the log, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.board import Shows
from villagebook.domain.correction import CORRECTION_PREFIX, correction_code, correction_from_data
from villagebook.domain.document import Attachment
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import NoticeCode, notice_code, notice_from_data, read_notice_code
from villagebook.domain.sheet import SHEET_PREFIX, SheetCode, read_sheet_code, sheet_code, sheet_from_data
from villagebook.i18n import N_, _
from villagebook.services.files import keep_file
from villagebook.storage import board as store
from villagebook.storage import periods, sheets
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

FIGURES = {
    "span": N_("period"),
    "opening": N_("opening balance"),
    "income": N_("income"),
    "spending": N_("spending"),
    "closing": N_("closing balance"),
    "lines": N_("number of lines"),
    "log_seq": N_("entry of the book"),
    "log_hash": N_("head of the book"),
    "content_hash": N_("seal of the content"),
}

SHEET_FIGURES = {
    "number": N_("number"),
    "form": N_("form"),
    "span": N_("period"),
    "rows": N_("number of lines"),
    "log_seq": N_("entry of the book"),
    "log_hash": N_("head of the book"),
    "content_hash": N_("seal of the content"),
}


@dataclass(frozen=True, slots=True)
class PhotoOfNotice:
    """The kept (shrunk) picture, what it shows beside the log, and that in one sentence.

    `subject` is the notice or correction it shows, "" when that is not known.
    """

    photo: Attachment
    shows: Shows
    sentence: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class _Verdict:
    shows: Shows
    sentence: str
    subject: str = ""


def take_in(book: Book, data: bytes, name: str, subject: str = "") -> PhotoOfNotice:
    """Read the codes of a photo, compare the figures with the log, keep the picture.

    `subject` is the notice it is meant to show; "" asks for any. Raises KnownError when the file is no picture.
    """
    from villagebook.exchange.photos import read_photo

    read = read_photo(data)
    several = len(read.pages) > 1
    kept, media_type = (data, "application/pdf") if several else (read.jpeg, read.media_type)
    with book.scribbling() as connection:
        photo = keep_file(connection, kept, media_type, name)
        found = [v for text in read.texts if (v := _judge(connection, book.info, text, subject))]
    best = min(found, key=lambda v: list(Shows).index(v.shows), default=None)
    if best is None:
        text = _(
            "No code of a notice can be read on {name}. It is kept; compare number, period and figures by eye, or take it closer."
        )
        best = _Verdict(Shows.UNREAD, text.format(name=name), "")
    return PhotoOfNotice(photo, best.shows, best.sentence, best.subject)


def _judge(connection: Connection, info: BookInfo, text: str, subject: str) -> _Verdict | None:
    if text.startswith(CORRECTION_PREFIX + "*"):
        return _judge_correction(connection, text, subject)
    if text.startswith(SHEET_PREFIX + "*"):
        return _judge_sheet(connection, info, text, subject)
    code = read_notice_code(text)
    if code is None:
        return None
    if code.village_code != info.code:
        return _of_another_village(code)
    entries = periods.notices(connection)
    shown = next((e for e in entries if e.content_hash == code.content_hash), None)
    shown = shown or next((e for e in entries if f"{_span(e)}" == code.span), None)
    if shown is None:
        words = _(
            "The photo shows a notice of {span} that this book never froze: a draft, or of another book."
        )
        return _Verdict(Shows.FOREIGN, words.format(span=code.span))
    notice = notice_from_data(shown.content)
    words = _(
        "The photo shows notice {number}: period, opening {opening}, closing {closing} and head agree with the book."
    )
    agrees = words.format(
        number=shown.number, opening=yuan_text(notice.opening_fen), closing=yuan_text(notice.closing_fen)
    )
    differing = _unlike(connection, read_notice_code(notice_code(notice)), code, FIGURES)
    return _of_ours(shown, subject, differing, agrees)


def _of_another_village(code: NoticeCode | SheetCode) -> _Verdict:
    words = _("The photo shows a notice of another village ({code}, {span}).")
    return _Verdict(Shows.FOREIGN, words.format(code=code.village_code, span=code.span))


def _of_ours(
    shown: periods.NoticeEntry | sheets.SheetEntry, subject: str, differing: list[str], agrees: str
) -> _Verdict:
    """Of a paper this book froze; `agrees` is what is said when nothing differs and it is the one that was chosen."""
    if differing:
        words = _("The photo does not agree with notice {number}: {what}.")
        return _Verdict(Shows.DIFFERS, words.format(number=shown.number, what="; ".join(differing)), shown.id)
    if subject and subject != shown.id:
        words = _("The photo shows notice {number}, not the one that was chosen.")
        return _Verdict(Shows.OTHER, words.format(number=shown.number), shown.id)
    return _Verdict(Shows.MATCHES, agrees, shown.id)


def _span(entry: periods.NoticeEntry) -> str:
    return str(entry.first) if entry.first == entry.last else f"{entry.first}..{entry.last}"


def _unlike(
    connection: Connection,
    ours: NoticeCode | SheetCode | None,
    code: NoticeCode | SheetCode,
    titles: dict[str, str],
) -> list[str]:
    """Every figure of the photo that is not that of the paper, with both; the head is asked of the log itself."""
    if ours is None:
        raise AssertionError("the code of a paper of this book cannot be read back")
    found = []
    for field, title in titles.items():
        theirs, own = getattr(code, field), getattr(ours, field)
        if field == "log_hash" and code.log_seq.isdigit():
            own = store.head_at(connection, int(code.log_seq))
        if theirs != own:
            long = field in ("log_hash", "content_hash")
            words = _("{what} {photo} on the photo, {book} in the book")
            found.append(
                words.format(
                    what=_(title),
                    photo=theirs[:8] if long else theirs,
                    book=(own[:8] if long else own) or "–",
                )
            )
    return found


def _judge_sheet(connection: Connection, info: BookInfo, text: str, subject: str) -> _Verdict | None:
    code = read_sheet_code(text)
    if code is None:
        return None
    if code.village_code != info.code:
        return _of_another_village(code)
    entries = sheets.sheets(connection)
    shown = next((e for e in entries if e.content_hash == code.content_hash), None)
    shown = shown or next((e for e in entries if e.number == code.number), None)
    if shown is None:
        words = _("The photo shows sheet {number} that this book never froze: a draft, or of another book.")
        return _Verdict(Shows.FOREIGN, words.format(number=code.number))
    agrees = _("The photo shows sheet {number}: months, rows and head agree with the book.")
    ours = read_sheet_code(sheet_code(sheet_from_data(shown.content)))
    differing = _unlike(connection, ours, code, SHEET_FIGURES)
    return _of_ours(shown, subject, differing, agrees.format(number=shown.number))


def _judge_correction(connection: Connection, text: str, subject: str) -> _Verdict:
    for entry in store.corrections(connection):
        if correction_code(correction_from_data(entry.content)) == text:
            if subject and subject != entry.id:
                words = _("The photo shows correction {number}, not the paper that was chosen.")
                return _Verdict(Shows.OTHER, words.format(number=entry.number), entry.id)
            words = _("The photo shows correction {number}, and it agrees with the book.")
            return _Verdict(Shows.MATCHES, words.format(number=entry.number), entry.id)
    return _Verdict(Shows.FOREIGN, _("The photo shows a correction that this book never froze."))
