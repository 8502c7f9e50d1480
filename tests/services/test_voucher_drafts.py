"""New drafts out of posted vouchers, saved entries, and papers that every door keeps alike."""

from __future__ import annotations

import hashlib
import io
import random
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from tests.builders import DAY, Village, at, ids_of, move, pay, payment, photo, receipt, receive, submit
from tests.services.test_carrying import adjust
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import DocKind, Voucher, VoucherLine
from villagebook.services import by, files, pictures
from villagebook.services.account_books import ledgers
from villagebook.services.vouchers import documents, imports, reversing, templates, voucher_drafts
from villagebook.storage import posted_vouchers

D12, FEB = date(2025, 1, 12), date(2025, 2, 3)
JANUARY = Span.of(Period(2025, 1))


def posted(village: Village) -> tuple[Voucher, ...]:
    with village.book.reading() as connection:
        return posted_vouchers.vouchers(connection, JANUARY)


def draft(village: Village, document_id: str) -> Document:
    return next(d for d in documents.drafts(village.book) if d.id == document_id)


def test_once_more_is_a_draft_without_what_belongs_to_the_old_paper(village: Village) -> None:
    move(village, "IN", "EX", 100_000)
    old = pay(village, 40_000, attachments=(photo(village),), resolution="2025-3", event_on=DAY)
    made = voucher_drafts.duplicate(village.book, old.id, at(FEB))
    assert made == draft(village, made.id)
    assert made.id != old.id
    assert (made.booked_on, made.support_no, made.paper_count, made.attachments) == (FEB, "", 0, ())
    assert (made.resolution, made.event_on, made.receipt_no, made.corrects) == ("", None, "", "")
    assert (made.items, made.party, made.place, made.handler) == (
        old.items,
        old.party,
        old.place,
        old.handler,
    )
    assert documents.document_view(village.book, old.id).state == "posted"


def test_a_red_voucher_is_not_copied_and_the_refusal_leads_to_the_one_it_undoes(village: Village) -> None:
    old = receive(village, 9_000)
    red = reversing.reverse(village.book, old.id, "写错了金额", D12, at(D12))
    for verb in (voucher_drafts.duplicate, voucher_drafts.correction):
        with pytest.raises(Refused) as caught:
            verb(village.book, red.voucher_id, at(D12))
        assert caught.value.findings[0].target == f"voucher:{old.id}"
    with pytest.raises(Refused):
        voucher_drafts.duplicate(village.book, "nothing", at(D12))
    assert documents.drafts(village.book) == ()


def test_a_correction_after_the_red_one_holds_everything_and_is_posted_as_blue(village: Village) -> None:
    old = receive(village, 9_000)
    reversing.reverse(village.book, old.id, "科目用错了", D12, at(D12))
    made = voucher_drafts.correction(village.book, old.id, at(D12))
    assert (made.corrects, made.items, made.support_no) == (old.id, old.items, old.support_no)
    assert "2025-01-10" in made.summary
    right = replace(made, items=(Item("503", 9_000, "补助"),))
    assert submit(village, right, D12).label
    with village.book.reading() as connection:
        assert tuple(posted_vouchers.corrected_by(connection, old.id)) == (right.id,)


def test_while_the_wrong_one_stands_only_a_difference_is_asked_for(village: Village) -> None:
    old = receive(village, 9_000)
    made = voucher_drafts.correction(village.book, old.id, at(D12))
    assert made.total_fen == 0
    assert [i.account for i in made.items] == ["501"]
    with pytest.raises(Refused):
        submit(village, made, D12)


def test_imported_vouchers_are_made_up_from_their_lines(village: Village) -> None:
    file = village.folder / "old.csv"
    file.write_text(
        "date,kind,number,summary,party,amount,place,account\n"
        "2025-01-03,receipt,1,旧账租金,张三,70,IN,501\n2025-01-04,transfer,2,拨付,,40,IN,EX\n2025-01-05,payment,3,茶叶,店,20,EX,513\n",
        encoding="utf-8",
    )
    imports.import_file(village.book, file, by=at(D12))
    made = [voucher_drafts.content_of(village.book, v.id) for v in posted(village)]
    assert [(d.kind, d.total_fen, d.place, d.to_place) for d in made] == [
        (DocKind.RECEIPT, 7_000, "IN", ""),
        (DocKind.TRANSFER, 4_000, "IN", "EX"),
        (DocKind.PAYMENT, 2_000, "EX", ""),
    ]
    assert made[2].items[0].account == "513"


# ---- saved entries ----


def test_a_saved_entry_comes_back_at_its_door_with_or_without_amounts(village: Village) -> None:
    document = payment(village, 40_000, attachments=(photo(village),))
    full = templates.save(village.book, document, " 水泵 ", at(DAY))
    bare = templates.save(village.book, document, "水泵(无金额)", at(DAY), amounts=False)
    assert [t.name for t in templates.templates(village.book, DocKind.PAYMENT)] == ["水泵", "水泵(无金额)"]
    assert templates.templates(village.book, DocKind.RECEIPT) == ()
    assert len(templates.templates(village.book)) == 2
    one, two = (templates.recall(village.book, t.id, at(FEB)) for t in (full, bare))
    assert (one.total_fen, two.total_fen, one.booked_on) == (40_000, 0, FEB)
    assert (one.support_no, one.attachments, one.paper_count) == ("", (), 0)
    assert one.id not in (document.id, two.id)
    assert two.items[0].account == document.items[0].account


def test_names_of_saved_entries_are_given_once_per_door(village: Village) -> None:
    made = templates.save(village.book, payment(village, 1_000), "水费", at(DAY))
    templates.save(village.book, receipt(village, 1_000), "水费", at(DAY))  # another door
    for name in ("水费", "  ", "长" * (templates.LONGEST + 1)):
        with pytest.raises(Refused) as caught:
            templates.save(village.book, payment(village, 1_000), name, at(DAY))
        assert ids_of(caught.value.findings) == ["VCH-22"]
    templates.rename(village.book, made.id, "水费")  # its own name
    templates.rename(village.book, made.id, "自来水")
    templates.remove(village.book, made.id)
    assert templates.templates(village.book, DocKind.PAYMENT) == ()
    for verb in (
        lambda: templates.recall(village.book, made.id, at(DAY)),
        lambda: templates.rename(village.book, made.id, "a"),
    ):
        with pytest.raises(Refused):
            verb()


def test_saved_entries_are_no_events_and_survive_closing_the_book(village: Village) -> None:
    head = village.book.head()
    templates.save(village.book, payment(village, 1_000), "水费", at(DAY))
    assert village.book.head() == head
    path = village.book.path
    village.book.close()
    from villagebook.services.book_file.books import open_book

    village.book = open_book(path)
    assert [t.name for t in templates.templates(village.book)] == ["水费"]


def test_a_saved_adjustment_without_amounts_keeps_its_accounts(village: Village) -> None:
    old = adjust(village, D12, ("513", 5_000, 0), ("152", 0, 5_000))
    content = voucher_drafts.content_of(village.book, old.id)
    made = templates.save(village.book, content, "折旧", at(D12), amounts=False)
    lines = templates.recall(village.book, made.id, at(FEB)).lines
    assert [(v.account, v.debit_fen, v.credit_fen) for v in lines] == [("513", 0, 0), ("152", 0, 0)]


# ---- papers ----


def noisy(width: int, height: int) -> bytes:
    """A photo that does not compress: as heavy as a phone's."""
    pixels = random.Random(5).randbytes(width * height * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(out, "JPEG", quality=97)
    return out.getvalue()


def test_a_photo_of_twenty_megabytes_is_shrunk_and_kept_once(village: Village) -> None:
    data = noisy(4400, 3300)
    assert len(data) > 20_000_000
    first = files.store_file(village.book, data, "IMG_1.jpg")
    again = files.store_file(village.book, data, "IMG_2.jpg")
    assert first.sha256 == again.sha256
    media, kept = files.object_bytes(village.book, first.sha256)
    assert media == "image/jpeg"
    assert max(Image.open(io.BytesIO(kept)).size) <= 2000
    assert len(kept) < 4_000_000
    with village.book.reading() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM object").scalar() == 1


def test_a_scan_of_several_pages_keeps_them_all(village: Village) -> None:
    pages = [Image.new("RGB", (2600, 1800), shade) for shade in ("white", "gray", "black")]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    kept = [files.store_file(village.book, out.getvalue(), name) for name in ("a.tif", "b.tiff")]
    assert kept[0].sha256 == kept[1].sha256
    media, data = files.object_bytes(village.book, kept[0].sha256)
    assert (media, pictures.pdf_page_count(data)) == ("application/pdf", 3)


def test_a_pdf_is_kept_as_it_is_and_can_be_shown(village: Village) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PDF")
    kept = files.store_file(village.book, out.getvalue(), "发票.pdf")
    media, data = files.object_bytes(village.book, kept.sha256)
    assert (media, data) == ("application/pdf", out.getvalue())
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert pictures.pdf_page_count(data) == 1
    assert pictures.pdf_page_png(data, 0, 200).startswith(b"\x89PNG")


def test_a_damaged_photo_is_refused_in_a_sentence_and_nothing_is_kept(village: Village) -> None:
    with pytest.raises(KnownError):
        files.store_file(village.book, b"\xff\xd8\xff no picture", "x.jpg")
    with village.book.reading() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM object").scalar() == 0


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.pdf", b"", "empty.pdf is empty"),
        ("setup.exe", b"MZ" + bytes(100), "setup.exe is no picture"),
        ("bill.pdf", b"MZ" + bytes(100), "bill.pdf is no PDF"),
        ("bill", b"%PDF-1.4", "bill is no picture"),
        ("x.jpg", b"\xff\xd8\xff no picture", "x.jpg: "),
    ],
)
def test_what_is_no_paper_is_not_attached_and_is_named(
    village: Village, name: str, data: bytes, said: str
) -> None:
    with pytest.raises(KnownError, match=said):
        files.store_file(village.book, data, name)


def test_every_door_keeps_its_papers_and_the_voucher_counts_them(village: Village) -> None:
    scan = photo(village)
    receive(village, 200_000, DAY, attachments=(scan,), paper_count=0)
    move(village, "IN", "EX", 100_000, DAY, attachments=(scan,), paper_count=0)
    pay(village, 40_000, D12, attachments=(scan,), paper_count=0)
    lines = (VoucherLine("513", 100, 0, "折旧"), VoucherLine("152", 0, 100, "折旧"))
    made = Document(
        by.new_id(),
        DocKind.ADJUSTMENT,
        D12,
        "计提折旧",
        lines=lines,
        support=Support.INTERNAL,
        attachments=(scan,),
    )
    assert submit(village, made).label
    views = [ledgers.voucher_view(village.book, v.id) for v in posted(village)]
    assert [(v.voucher.kind, v.voucher.paper_count, v.attachments) for v in views if v] == [
        (kind, 1, (scan,))
        for kind in (DocKind.RECEIPT, DocKind.TRANSFER, DocKind.PAYMENT, DocKind.ADJUSTMENT)
    ]
