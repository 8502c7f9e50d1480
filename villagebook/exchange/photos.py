"""Photos and scans: finds the QR codes on them and makes the small picture that the book keeps.

A phone picture of a signed slip is dim, turned and ten times larger than needed. Sizes are read from the header
before anything is decoded: a file of twenty kilobytes can hold a picture of a gigabyte.
"""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from villagebook.domain.errors import KnownError
from villagebook.domain.slip import read_slip_code
from villagebook.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image
    from zxingcpp import Position

MAX_PIXELS = 40_000_000
MAX_FILE = 64 * 1024 * 1024
MAX_PAGES = 30
LONG_SIDE = 2000
QUALITY = 80
JPEG = "image/jpeg"
PDF = "application/pdf"

_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP")
_SCAN_DPI = 200
_PDF_SIDE = 3500
_SMALL_SIDE = 1600
_MOST_SKEWED = 2.0
"""A code seen aslant has sides this many times as long as others, and no more."""
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class PhotoRead:
    """What a photo or a scanned PDF shows.

    Attributes:
        texts: of every QR code found, each once, in the order of pages; empty when there is none.
        slips: (document id, content seal) of those that are slip codes of ours.
        pages: a shrunk JPEG of each page, without any of the original's metadata.
        media_type: of the pages.
    """

    texts: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]
    pages: tuple[bytes, ...]
    media_type: str = JPEG

    @property
    def jpeg(self) -> bytes:
        """The only page of a photo, the first of a PDF."""
        return self.pages[0]


def read_photo(data: bytes) -> PhotoRead:
    """Read a JPEG, PNG, BMP, TIFF, WebP or PDF.

    Raises:
        KnownError: damaged, of another kind, locked, or larger than 40 million pixels.
    """
    if len(data) > MAX_FILE:
        raise _too_large()
    texts: dict[str, None] = {}
    pages: list[bytes] = []
    for image in _pdf_pages(data) if data[:1024].lstrip().startswith(b"%PDF-") else _photo_pages(data):
        texts.update(dict.fromkeys(_qr_texts(image)))
        pages.append(_shrunk(image))
    slips = tuple(slip for slip in map(read_slip_code, texts) if slip)
    return PhotoRead(tuple(texts), slips, tuple(pages))


def shrunk_photo(data: bytes) -> tuple[bytes, str]:
    """A photo or scan as the book keeps it, with its media type; a scan of several pages becomes one PDF.

    Looks for no codes: that takes most of the time. Raises KnownError as `read_photo` does.
    """
    if len(data) > MAX_FILE:
        raise _too_large()
    pages = [_shrunk(image) for image in _photo_pages(data)]
    return (pages[0], JPEG) if len(pages) == 1 else (_as_pdf(pages), PDF)


def _as_pdf(pages: list[bytes]) -> bytes:
    """JPEGs as pages; the same pages give the same bytes."""
    from PIL import Image

    first, *others = [Image.open(io.BytesIO(page)) for page in pages]
    out = io.BytesIO()
    epoch = time.gmtime(0)
    first.save(
        out, "PDF", save_all=True, append_images=others, creationDate=epoch, modDate=epoch, resolution=200
    )
    return out.getvalue()


def _photo_pages(data: bytes) -> Iterator[Image]:
    """The picture, upright; every page of a many-paged TIFF."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
            count = min(getattr(file, "n_frames", 1), MAX_PAGES) if file.format == "TIFF" else 1
            for index in range(count):
                if index:
                    file.seek(index)
                if file.width * file.height > MAX_PIXELS:
                    raise _too_large()
                yield _on_white(ImageOps.exif_transpose(file))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except _DAMAGED:
        raise _damaged() from None


def _pdf_pages(data: bytes) -> Iterator[Image]:
    """Each page as a scanner would see it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise _damaged() from None
    try:
        count = len(document)
        if not 1 <= count <= MAX_PAGES:
            raise KnownError(
                _("The PDF has {count} pages; up to {limit} can be taken in at once.").format(
                    count=count, limit=MAX_PAGES
                ),
                _("Divide it, or scan only the pages that matter."),
            )
        for index in range(count):
            page = document[index]
            long_side = max(*page.get_size(), 1.0)
            yield page.render(scale=min(_SCAN_DPI / 72, _PDF_SIDE / long_side)).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, *_DAMAGED):
        raise _damaged() from None
    finally:
        document.close()


def _on_white(image: Image) -> Image:
    """Plain colours; what was transparent becomes paper."""
    from PIL import Image as Images

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Images.new("RGBA", coloured.size, "white")
        paper.alpha_composite(coloured)
        return paper.convert("RGB")
    if image.mode.startswith("I"):  # 16-bit scans: convert() would cut off instead of scaling
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB")


def _qr_texts(image: Image) -> list[str]:
    """Texts of all QR codes: the plain picture and a brightened one always; harder tries when none, or not every one, is read."""
    from PIL import ImageOps

    gray = image.convert("L")
    texts: dict[str, None] = {}
    blurred = 0
    for attempt in (gray, ImageOps.autocontrast(gray, cutoff=2), _resized(gray)):
        read, unread = _decode(attempt)
        texts.update(dict.fromkeys(read))
        blurred = max(blurred, len(read) + unread)
    if len(texts) >= max(blurred, 1):
        return list(texts)
    for attempt in _harder(gray):
        texts.update(dict.fromkeys(_decode(attempt)[0]))
        if len(texts) >= max(blurred, 1):
            break
    return list(texts)


def _harder(gray: Image) -> Iterator[Image]:
    """Evened light, sharpened edges, and turned by odd angles."""
    from PIL import Image as Images
    from PIL import ImageFilter, ImageOps

    small = gray.copy()
    small.thumbnail((_SMALL_SIDE, _SMALL_SIDE))
    yield ImageOps.equalize(gray)
    yield gray.filter(ImageFilter.UnsharpMask(radius=3, percent=250, threshold=0))
    yield ImageOps.autocontrast(gray.filter(ImageFilter.MedianFilter(3)), cutoff=5)
    for angle in (15, 30, 45, 60, 75):
        yield small.rotate(angle, resample=Images.Resampling.BICUBIC, expand=True, fillcolor=255)


def _resized(gray: Image) -> Image:
    """Small pictures twice as large, large ones half: one of the two sizes shows the code's squares best."""
    from PIL import Image as Images

    if max(gray.size) >= _SMALL_SIDE:
        return gray.reduce(2)
    return gray.resize((gray.width * 2, gray.height * 2), Images.Resampling.BILINEAR)


def _decode(gray: Image) -> tuple[list[str], int]:
    """Texts from top to bottom, and how many codes were seen that could not be read."""
    import zxingcpp

    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(gray, formats=kinds, return_errors=True)
    ordered = sorted(found, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    read = [code.text for code in ordered if code.valid and code.text]
    return read, sum(not code.valid and _is_square(code.position) for code in ordered)


def _is_square(place: Position) -> bool:
    """Whether something that was not read can be a code: strokes of a pen and corners of tables pass for the marks of one."""
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    sides: list[float] = [
        ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5
        for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)
    ]
    return min(sides) > 0 and max(sides) < _MOST_SKEWED * min(sides)


def _shrunk(image: Image) -> bytes:
    """JPEG with the long side within `LONG_SIDE`; nothing of the original but its colours."""
    from PIL import Image as Images

    small = image.copy()
    small.info = {}
    small.thumbnail((LONG_SIDE, LONG_SIDE), Images.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def _too_large() -> KnownError:
    return KnownError(
        _("The picture is larger than 40 million pixels."),
        _("Take the photo with a lower resolution, or scan at 200 dpi."),
    )


def _damaged() -> KnownError:
    return KnownError(
        _("This is not a picture the program can read, or it is damaged."),
        _("Take the photo again; JPEG, PNG, BMP, TIFF, WebP and PDF can be read."),
    )
