"""Photos: codes are found on dim, turned and crowded pictures; the kept picture is small and says nothing of a phone."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
import zlib

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from villagebook.domain.errors import KnownError
from villagebook.domain.slip import slip_code
from villagebook.exchange.photos import LONG_SIDE, read_photo

# Pillow warns of odd metadata before it gives up on a damaged file; the user hears only our own sentence.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

ONE = slip_code("a1b2c3d4e5f60718", "12" * 32)
TWO = slip_code("0817f6e5d4c3b2a1", "ef" * 32)


def code_image(text: str, scale: int = 5) -> Image.Image:
    buffer = io.BytesIO()
    segno.make_qr(text, error="q").save(buffer, kind="png", scale=scale, border=4)
    return Image.open(buffer).convert("RGB")


def paper(*codes: tuple[Image.Image, tuple[int, int]], size: tuple[int, int] = (1200, 1600)) -> Image.Image:
    page = Image.new("RGB", size, (246, 244, 238))
    for code, at in codes:
        page.paste(code, at)
    return page


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "PDF"])
def test_a_slip_is_found_in_every_kind_of_file(kind: str) -> None:
    photo = read_photo(saved(paper((code_image(ONE), (700, 100))), kind))
    assert photo.slips == (("a1b2c3d4e5f60718", "12" * 20),)
    assert Image.open(io.BytesIO(photo.jpeg)).format == "JPEG"


def test_two_slips_on_one_photo_are_both_found() -> None:
    page = paper((code_image(ONE), (700, 100)), (code_image(TWO), (80, 1100)))
    assert {slip[0] for slip in read_photo(saved(page)).slips} == {"a1b2c3d4e5f60718", "0817f6e5d4c3b2a1"}


@pytest.mark.parametrize("angle", [0, 7, 33, 90, 135, 180, 270])
def test_a_turned_photo_is_read(angle: int) -> None:
    page = paper((code_image(ONE), (400, 500))).rotate(angle, expand=True, fillcolor=(90, 80, 70))
    assert read_photo(saved(page)).texts == (ONE,)


def test_a_dim_and_noisy_photo_is_read() -> None:
    page = paper((code_image(ONE), (400, 500)), (code_image(TWO), (80, 1100)))
    dim = ImageEnhance.Contrast(ImageEnhance.Brightness(page).enhance(0.22)).enhance(0.55)
    noise = Image.effect_noise(dim.size, 12).convert("RGB")
    dim = Image.blend(dim, noise, 0.08).filter(ImageFilter.GaussianBlur(1))
    assert set(read_photo(saved(dim, quality=60)).texts) == {ONE, TWO}


def test_a_pale_turned_slip_beside_a_clear_one_is_read_too() -> None:
    pale = ImageEnhance.Contrast(ImageEnhance.Brightness(code_image(TWO, 4)).enhance(0.4)).enhance(0.4)
    turned = pale.rotate(
        20, expand=True, fillcolor=(100, 100, 100), resample=Image.Resampling.BICUBIC
    ).filter(ImageFilter.GaussianBlur(2))
    page = paper((code_image(ONE), (700, 100)), (turned, (200, 1000)))
    assert set(read_photo(saved(page, quality=70)).texts) == {ONE, TWO}


def test_a_page_half_in_shadow_is_read() -> None:
    page = paper((code_image(ONE), (400, 500)))
    shade = Image.linear_gradient("L").resize(page.size)
    shadow = Image.composite(
        page, Image.new("RGB", page.size, (20, 20, 20)), shade.point(lambda v: 60 + v * 3 // 4)
    )
    assert read_photo(saved(shadow)).texts == (ONE,)


def test_other_codes_are_told_but_are_no_slips() -> None:
    photo = read_photo(saved(paper((code_image("01,32,,25322000"), (100, 100)))))
    assert photo.texts == ("01,32,,25322000",)
    assert photo.slips == ()


def test_a_photo_without_a_code_is_no_error() -> None:
    photo = read_photo(saved(paper()))
    assert photo.texts == ()
    assert photo.pages


def test_the_kept_picture_is_small_and_says_nothing_of_the_phone() -> None:
    page = paper((code_image(ONE, 12), (400, 500)), size=(3000, 4000))
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif[0x0112] = 6
    data = saved(page, exif=exif)
    assert b"PhoneMaker" in data
    kept = read_photo(data).jpeg
    assert b"PhoneMaker" not in kept
    with Image.open(io.BytesIO(kept)) as small:
        assert small.size == (LONG_SIDE, 1500)  # turned upright as the phone said
        assert not small.getexif()
    assert len(kept) < 300_000


def test_pages_of_a_pdf_and_of_a_tiff_are_all_read() -> None:
    for kind in ("PDF", "TIFF"):
        first, second = paper((code_image(ONE), (50, 50))), paper((code_image(TWO), (50, 50)))
        photo = read_photo(saved(first, kind, save_all=True, append_images=[second]))
        assert photo.texts == (ONE, TWO)
        assert len(photo.pages) == 2


def test_transparent_and_sixteen_bit_pictures_are_read() -> None:
    ink = ImageOps.invert(code_image(ONE).convert("L"))
    clear = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    clear.putalpha(ink)
    assert read_photo(saved(clear, "PNG")).texts == (ONE,)
    deep = code_image(ONE).convert("L").convert("I").point(lambda v: v * 256).convert("I;16")
    assert read_photo(saved(deep, "PNG")).texts == (ONE,)


def test_a_picture_of_a_gigabyte_is_refused_by_its_header() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    for side in (6400, 13_000, 60_000):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
        start = time.perf_counter()
        with pytest.raises(KnownError, match="40 million"):
            read_photo(bomb)
        assert time.perf_counter() - start < 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "PDF"])
def test_damaged_pictures_end_in_a_known_error_or_a_picture(kind: str) -> None:
    chance = random.Random(7)
    good = saved(paper(size=(120, 160)), kind)
    for _trial in range(40):
        data = bytearray(good[: chance.randint(1, len(good))])
        for _change in range(chance.randint(0, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(KnownError):  # any other error fails the test
            assert read_photo(bytes(data)).pages


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_known_error(data: bytes) -> None:
    for start in (b"", b"%PDF-1.4\n", b"\xff\xd8\xff\xe0", b"BM", b"II*\0"):
        with pytest.raises(KnownError):
            read_photo(start + data)
