"""Several PDFs as one, each with its page in the whole: what lies open has a contents list that can be followed."""

from __future__ import annotations

import ctypes
import hashlib
import io
import re
from collections.abc import Sequence
from typing import Any

NUMBER_PT, MARGIN_PT = 9.0, 16.0
_DAY = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}")
_ID = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]")


def page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def joined(pdfs: Sequence[bytes]) -> bytes:
    """One PDF of all pages in their order. The first page of each has `n / all` at its upper right: what the contents list names.

    The same bytes for the same pages. To stamp every page of a year would take longer than drawing them.
    """
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    firsts = []
    try:
        for pdf in pdfs:
            part = pypdfium2.PdfDocument(pdf)
            try:
                firsts.append(len(whole))
                whole.import_pages(part)
            finally:
                part.close()
        for number in firsts:
            _stamp(whole, number, f"{number + 1} / {len(whole)}")
        out = io.BytesIO()
        whole.save(out)
    finally:
        whole.close()
    return _named(out.getvalue(), hashlib.sha256(b"".join(pdfs)).hexdigest()[:32])


def _named(pdf: bytes, name: str) -> bytes:
    """The file with its own name in place of the one that is drawn by lot at every writing, and without the second of it."""
    made = name.upper().encode()
    undated = _DAY.sub(lambda m: m[1] + b"20000101000000", pdf)
    return _ID.sub(lambda m: m.group().replace(m[1], made).replace(m[2], made), undated)


def _stamp(document: Any, number: int, text: str) -> None:
    """Figures only, in a font that every reader of PDF has.

    They are put down as an annotation and then made part of the page: among what is on it, they would have all of that
    written anew, which takes as long as drawing it.
    """
    import pypdfium2.raw

    raw: Any = pypdfium2.raw
    page = document[number]
    width, height = page.get_size()
    made = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", NUMBER_PT)
    encoded = text.encode("utf-16-le") + b"\0\0"
    buffer = ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFText_SetText(made, buffer)
    length = NUMBER_PT * 0.5 * len(text)
    left, low = width - MARGIN_PT - length, height - MARGIN_PT
    raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, left, low)
    note = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_STAMP)
    box = raw.FS_RECTF(left, low + NUMBER_PT, left + length, low - NUMBER_PT / 3)
    raw.FPDFAnnot_SetRect(note, box)
    raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_PRINT)
    raw.FPDFAnnot_AppendObject(note, made)
    raw.FPDFPage_CloseAnnot(note)
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT)
    page.close()
