"""Files kept in the book by hash: scans, photos, PDFs."""

from __future__ import annotations

from pathlib import Path

from villagebook.domain.document import Attachment
from villagebook.domain.errors import KnownError
from villagebook.i18n import _, why
from villagebook.storage import objects
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

MAX_BYTES = 40 * 1024 * 1024
_PDF = b"%PDF"
_TYPES = {".pdf": "application/pdf", ".xml": "application/xml", ".ofd": "application/ofd"}
_OFFICE = (".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".csv", ".txt")
_IMAGES = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp")


def keep_file(connection: Connection, data: bytes, media_type: str, name: str) -> Attachment:
    return Attachment(objects.put_object(connection, data, media_type, name), name, media_type)


def store_file(book: Book, source: Path | bytes, name: str = "") -> Attachment:
    """Keep a scan, photo, PDF, electronic invoice or office document once; pictures are shrunk on entry.

    Raises KnownError when it cannot be read, is empty, too large, damaged, or of another kind: what is attached travels to the
    township, and a program is no paper.
    """
    if isinstance(source, Path):
        name = name or source.name
        try:
            data = source.read_bytes()
        except OSError as error:
            raise KnownError(_("{path} cannot be read: {why}.").format(path=source, why=why(error))) from None
    else:
        data = source
    if len(data) > MAX_BYTES:
        raise KnownError(
            _("{name} is larger than 40 MB.").format(name=name), _("Scan it in lower resolution.")
        )
    suffix = Path(name).suffix.lower()
    _check(data, suffix, name)
    media_type = _TYPES.get(suffix, "application/octet-stream")
    if suffix in _IMAGES:
        from villagebook.exchange.photos import shrunk_photo

        try:
            data, media_type = shrunk_photo(data)
        except KnownError as error:
            raise KnownError(f"{name}: {error.text}", error.hint) from None
    with book.scribbling() as connection:
        return keep_file(connection, data, media_type, name)


def _check(data: bytes, suffix: str, name: str) -> None:
    again = _("Scan or photograph the paper again.")
    if not data:
        raise KnownError(_("{name} is empty.").format(name=name), again)
    if suffix not in (*_IMAGES, *_TYPES, *_OFFICE):
        raise KnownError(
            _("{name} is no picture, PDF, electronic invoice, table or text.").format(name=name), again
        )
    if suffix == ".pdf" and _PDF not in data[:1024]:
        raise KnownError(_("{name} is no PDF, or it is damaged.").format(name=name), again)


def object_bytes(book: Book, sha256: str) -> tuple[str, bytes]:
    """(media type, bytes) of a stored file. Raises KnownError when the book does not hold it."""
    with book.reading() as connection:
        found = objects.get_object(connection, sha256)
    if found is None:
        raise KnownError(_("This file is not in the book."), _("It may have been withheld from this copy."))
    return found[0], found[2]
