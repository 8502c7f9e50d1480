"""Invoices are read from every carrier they come in, and hostile files are refused with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from tests.exchange.invoices import files
from villagebook.domain.errors import KnownError
from villagebook.domain.invoice import Carrier, InvoiceKind
from villagebook.domain.invoice_checks import total_gap_fen, words_agree
from villagebook.exchange.invoices.qr import read_invoice_code
from villagebook.exchange.invoices.reader import best, read_invoice_file


def read(text: str | bytes):
    found = best(read_invoice_file(text.encode() if isinstance(text, str) else text))
    assert found is not None
    return found


def test_a_digital_invoice_is_read_from_its_xml() -> None:
    told = read(files.DIGITAL)
    assert (told.kind, told.number, told.issued_on) == (InvoiceKind.DIGITAL, files.NUMBER, date(2026, 2, 28))
    assert (told.net_fen, told.tax_fen, told.total_fen) == (1_863, 56, 1_919)
    assert (told.seller, told.seller_id, told.buyer) == ("县农机公司", "91350100M000100Y43", "清水镇白杨村")
    assert told.items[0].name == "*农机*水泵配件"
    assert total_gap_fen(told) == 0
    assert words_agree(told)
    assert not told.is_red
    assert told.carrier is Carrier.XML


def test_the_total_is_not_the_line_total_that_a_hyphen_sets_apart() -> None:
    assert read(files.DIGITAL).total_fen == 1_919  # the line says 99.99


def test_names_inside_a_signature_are_not_the_invoice() -> None:
    cut = files.DIGITAL.replace(f"<InvoiceNumber>{files.NUMBER}</InvoiceNumber>", "")
    assert read(cut).number == files.NUMBER  # from the header, never from the signature


def test_a_red_invoice_says_what_it_takes_back() -> None:
    told = read(files.RED)
    assert told.is_red
    assert told.red_of == files.NUMBER
    assert told.total_fen == -1_919


def test_a_byte_order_mark_and_a_namespace_do_no_harm() -> None:
    spaced = files.DIGITAL.replace("<EInvoice>", '<EInvoice xmlns="urn:somebody">')
    assert read(b"\xef\xbb\xbf" + spaced.encode()).number == files.NUMBER


def test_an_invoice_in_two_byte_characters_is_read() -> None:
    assert read(files.DIGITAL.replace("UTF-8", "UTF-16").encode("utf-16")).number == files.NUMBER


def test_several_invoices_in_one_file_are_all_told() -> None:
    body = files.DIGITAL.partition("?>")[2]
    found = read_invoice_file(
        f"<all>{body}{body.replace(files.NUMBER, files.NUMBER[:-1] + '7')}</all>".encode()
    )
    assert len(found.invoices) == 2
    assert best(found) is None


def test_the_pinyin_dialect_is_read() -> None:
    told = read(files.PINYIN)
    assert (told.number, told.total_fen, told.issued_on) == (files.NUMBER, 1_919, date(2026, 2, 28))


def test_a_rail_ticket_tells_its_journey_and_its_passenger_and_keeps_the_number_out() -> None:
    told = read(files.RAIL)
    assert told.kind is InvoiceKind.RAIL
    assert told.total_fen == 9_100
    assert told.journey is not None
    assert (told.journey.origin, told.journey.destination, told.journey.travelled_on) == (
        "济南西",
        "聊城",
        date(2025, 12, 30),
    )
    assert told.journey.passenger == "张三"
    assert "110105" not in repr(told)


def test_an_air_receipt_adds_up_with_its_charges() -> None:
    told = read(files.AIR)
    assert told.kind is InvoiceKind.AIR
    assert (told.net_fen, told.tax_fen, told.charges_fen, told.total_fen) == (52_000, 4_680, 5_000, 61_680)
    assert total_gap_fen(told) == 0


def test_an_ofd_is_read_from_its_attachment_first() -> None:
    told = read(files.ofd(OFD=files.CUSTOM, Doc_0__Attachs__original_invoice=files.DIGITAL))
    assert told.number == files.NUMBER
    assert told.carrier is Carrier.XML


def test_an_ofd_of_a_rail_ticket_is_read() -> None:
    assert read(files.ofd(Doc_0__Attachs__rai_issuer_1=files.RAIL)).kind is InvoiceKind.RAIL


def test_custom_data_of_an_ofd_tells_the_amount_without_tax() -> None:
    told = read(files.ofd(OFD=files.CUSTOM))
    assert (told.kind, told.code, told.number) == (InvoiceKind.VAT_E_ORDINARY, "031002000111", "12345678")
    assert (told.net_fen, told.tax_fen, told.total_fen) == (10_000, 600, 10_600)
    assert told.carrier is Carrier.OFD_CUSTOM


def test_tags_of_an_ofd_point_at_the_texts_of_its_pages() -> None:
    told = read(files.ofd(Doc_0__Tags__CustomTag=files.TAGS, Doc_0__Pages__Page_0__Content=files.PAGE))
    assert (told.number, told.total_fen, told.issued_on) == (files.NUMBER, 1_919, date(2026, 2, 28))


def test_a_qr_code_is_split_and_never_searched() -> None:
    told = read_invoice_code("01,32,,26327000001034015576,300.00,20260717,,f8be")
    assert told is not None
    assert (told.number, told.total_fen, told.issued_on) == (
        "26327000001034015576",
        30_000,
        date(2026, 7, 17),
    )
    old = read_invoice_code("01,10,031002000111,12345678,100.00,20200305,12345678901234567890,ab12")
    assert old is not None
    assert (old.code, old.net_fen, old.total_fen, old.check_code) == (
        "031002000111",
        10_000,
        None,
        "12345678901234567890",
    )


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hello",
        "02,32,,26327000001034015576,300.00,20260717,,f8be",
        "01,32,,abc,300.00,20260717",
        "01,32,,26327000001034015576,300.00,20261399",
    ],
)
def test_another_text_is_no_invoice_code(written: str) -> None:
    assert read_invoice_code(written) is None


def test_a_file_without_an_invoice_gives_none() -> None:
    assert read_invoice_file(b"<page/>").invoices == ()


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><EInvoice>&b;</EInvoice>'


def zip_of(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BOMB.encode(), "entities"),
        (BOMB.encode("utf-16"), "entities"),
        (f'<?xml version="1.0" encoding="utf-16"?>{BOMB}'.encode("utf-16"), "entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><EInvoice/>', "entities"),
        (b"<EInvoice><unclosed>", "broken"),
        (b"<a>" + b"<b/>" * 60_000 + b"</a>", "more parts"),
        (b"<a>" * 100 + b"</a>" * 100, "nested"),
        (b"<EInvoice>" + b" " * 11_000_000 + b"</EInvoice>", "larger"),
        (b"PK\x03\x04 damaged", "damaged"),
        (zip_of("Doc_0/Attachs/a.xml", b"<a>" + b"0" * 9_000_000 + b"</a>"), "unpacks"),
        (zip_of("Doc_0/Attachs/a.xml", b"<a>" + b"0" * 11_000_000 + b"</a>"), "unpacks"),
        (zip_of("Doc_0/Attachs/a.xml", BOMB.encode()), "entities"),
    ],
)
def test_hostile_files_are_refused_in_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(KnownError) as told:
        read_invoice_file(data)
    assert why in told.value.text
    assert told.value.hint


def test_names_that_climb_out_of_the_archive_are_never_used_as_paths(tmp_path) -> None:
    data = zip_of("../../Attachs/evil.xml", files.DIGITAL.encode())
    before = sorted(p.name for p in tmp_path.parent.iterdir())
    assert read(data).number == files.NUMBER
    assert sorted(p.name for p in tmp_path.parent.iterdir()) == before


def test_an_xml_inside_a_pdf_is_read() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.new_attachment("rai_issuer_1.xml").set_data(files.RAIL.encode())
    out = io.BytesIO()
    document.save(out)
    told = read(out.getvalue())
    assert told.kind is InvoiceKind.RAIL
    assert told.carrier is Carrier.XBRL


def test_a_photo_of_an_invoice_is_read_by_its_code() -> None:
    import segno

    out = io.BytesIO()
    segno.make("01,32,,26327000001034015576,300.00,20260717,,f8be").save(out, kind="png", scale=8, border=4)
    found = read_invoice_file(out.getvalue())
    assert found.seen == found.invoices
    assert best(found).total_fen == 30_000  # type: ignore[union-attr]  # found, or the test fails here
