"""The notice of a month with three hundred documents, from the ledger to the paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.bench import village
from tests.bench.clock import Figure, median, process
from tests.bench.setting import Setting
from villagebook.domain.period import Period, Span
from villagebook.services.approvals import signing
from villagebook.services.disclosure import notices
from villagebook.services.vouchers import documents

DOCUMENTS = 300
MONTH = Span.of(Period(2025, 1))


def notice(setting: Setting) -> Iterator[Figure]:
    """Half receipts, half payments, every payment with all its signatures."""
    folder = setting.fresh("notice")
    path = folder / "month.vbook"
    with village.new_book(path) as book:
        for no in range(DOCUMENTS):
            day = date(2025, 1, 1 + no * 30 // DOCUMENTS)
            document = (village.payment if no % 2 else village.receipt)(day, 10_000 + no, no + 1)
            documents.submit(book, document, village.at(day))
            if no % 2:
                marks = village.marks(book, document)
                signing.sign_ink(book, document.id, marks, village.photo(book), village.at(day))
        today = date(2025, 2, 3)

        def pdf() -> bytes:
            return notices.notice_pdf(notices.compile_notice(book, MONTH, today), draft=True)

        size = len(pdf())
        compiled = median(lambda: notices.compile_notice(book, MONTH, today), 5)
        took = median(pdf, 5)
    note = f"of which compiling {compiled * 1000:.0f} ms; {size:,} bytes"
    name = f"notice PDF of {DOCUMENTS} documents"
    yield Figure(name, took, 5, None, "under 1 s", took < 1, note=note)
    command = ("-m", "villagebook", "notice", str(path), "--period", "2025-01", "--draft", "-o")
    whole = median(lambda: process(*command, str(folder / "notice.pdf")), 3)
    yield Figure("the same as a whole process", whole, 3)
