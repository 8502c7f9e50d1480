"""Reading PDFs back the way a person or a phone would."""

from __future__ import annotations

import pypdfium2
import zxingcpp


def page_texts(data: bytes) -> list[str]:
    """The text of each page, without the line breaks that wrapping made."""
    with pypdfium2.PdfDocument(data) as document:
        texts = []
        for page in document:
            layer = page.get_textpage()
            texts.append(layer.get_text_bounded().replace("\r", "").replace("\n", "").replace("\ufffe", ""))
            layer.close()
            page.close()
        return texts


def page_sizes_mm(data: bytes) -> set[tuple[int, int]]:
    with pypdfium2.PdfDocument(data) as document:
        return {
            (round(width / 72 * 25.4), round(height / 72 * 25.4))
            for width, height in map(document.get_page_size, range(len(document)))
        }


def page_codes(data: bytes, page: int, *, dpi: int = 150) -> list[str]:
    """The QR texts found on a page printed at this resolution."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def darkest(data: bytes, page: int) -> set[int]:
    """Shades of grey on a page at a low resolution: large pale areas show, thin lines do not matter."""
    with pypdfium2.PdfDocument(data) as document:
        picture = document[page].render(scale=0.5, grayscale=True).to_pil()
    return {shade for count, shade in picture.getcolors(256) if count > 2000}
