"""Pages of a PDF as pictures for the preview, drawn by the same library that prints them."""

from __future__ import annotations

import io

from villagebook.services.files import object_bytes

__all__ = ["object_bytes", "pdf_page_count", "pdf_page_png", "pdf_page_size_mm"]


def pdf_page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def pdf_page_size_mm(pdf: bytes, page: int) -> tuple[float, float]:
    """Width and height of one page (0-based)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        width, height = document.get_page_size(page)
    finally:
        document.close()
    return width / 72 * 25.4, height / 72 * 25.4


def pdf_page_png(pdf: bytes, page: int, width_px: int) -> bytes:
    """One page (0-based) as PNG of this width."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        picture = sheet.render(scale=width_px / sheet.get_width()).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
