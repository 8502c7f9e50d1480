"""Languages change while the program runs, and a bad translation never reaches a user."""

from __future__ import annotations

import gettext
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from villagebook import i18n, paths
from villagebook.i18n import N_, N_many, _, filled, ngettext, placeholders, set_language, stretch


@pytest.fixture(autouse=True)
def back_to_the_language_before():
    before = i18n.language()
    yield
    set_language(before)


@pytest.fixture
def chinese(tmp_path, monkeypatch):
    """A small compiled catalogue, found where the program looks for it."""
    catalog = Catalog(locale="zh_CN")
    catalog.add("Voucher {no} is posted.", "第 {no} 号凭证已记账。")
    catalog.add("Voucher {no} is reversed.", "第 {number} 号凭证已冲销。")
    catalog.add("Sum {total}", "合计")
    catalog.add(("one voucher", "{n} vouchers"), ["{n} 张凭证"])
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    (folder / "villagebook.mo").write_bytes(buffer.getvalue())
    monkeypatch.setattr(paths, "catalogue_dir", lambda: tmp_path)
    monkeypatch.setattr(gettext, "_translations", {})
    set_language("zh_CN")


def test_english_is_the_source_itself():
    set_language("en")
    assert _("Voucher {no} is posted.").format(no=3) == "Voucher 3 is posted."
    assert ngettext("one voucher", "{n} vouchers", 1) == "one voucher"
    assert ngettext("one voucher", "{n} vouchers", 2).format(n=2) == "2 vouchers"


@pytest.mark.usefixtures("chinese")
def test_a_translation_is_looked_up_when_it_is_shown():
    text = N_("Voucher {no} is posted.")
    assert _(text).format(no=3) == "第 3 号凭证已记账。"
    set_language("en")
    assert _(text).format(no=3) == "Voucher 3 is posted."


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("message", ["Voucher {no} is reversed.", "Sum {total}", "Not translated {x}"])
def test_a_translation_with_other_placeholders_gives_way_to_the_source(message):
    assert _(message) == message


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("n", [0, 1, 2, 21])
def test_chinese_has_one_form_for_every_number(n):
    assert ngettext("one voucher", "{n} vouchers", n).format(n=n) == f"{n} 张凭证"


@pytest.mark.usefixtures("chinese")
def test_the_empty_text_is_not_the_catalogues_header():
    assert _("") == ""


def test_without_a_catalogue_the_program_speaks_english(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(paths, "catalogue_dir", lambda: tmp_path)
    set_language("zh_CN")
    assert _("Open") == "Open"
    assert "no compiled catalogue" in caplog.text


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no such language"):
        set_language("tlh")


@given(st.text(min_size=1, max_size=200))
def test_the_stretched_language_is_longer_and_keeps_every_placeholder(message):
    stretched = stretch(message)
    assert len(stretched) >= 1.4 * len(message) + 2
    assert stretched.startswith("[" + message)
    assert placeholders(stretched) == placeholders(message)


def test_the_stretched_language_speaks():
    set_language("xx")
    assert _("Sum {total}").format(total=7) == "[Sum 7 long]"
    assert ngettext("one voucher", "{n} vouchers", 2).format(n=2).startswith("[2 vouchers")


def test_speaking_changes_the_language_only_inside_the_with_and_this_thread() -> None:
    i18n.set_language("en")
    with i18n.speaking("xx"):
        assert i18n.language() == "xx"
        assert i18n._("Voucher").startswith("[")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(i18n.language).result() == "en"
    assert i18n._("Voucher") == "Voucher"


def test_a_marked_sentence_that_counts_takes_the_form_of_its_number() -> None:
    marked = N_many("{who} waits {n} day", "{who} waits {n} days", "n")
    assert filled(marked, {"who": "A", "n": 1}) == "A waits 1 day"
    assert filled(marked, {"who": "A", "n": 3}) == "A waits 3 days"
    assert filled(N_("{who} waits"), {"who": "A"}) == "A waits"
    with pytest.raises(TypeError, match="whole number"):
        filled(marked, {"who": "A", "n": "3"})


def test_no_text_leaves_the_number_to_the_reader() -> None:
    """“day(s)” is no English; ngettext and N_many know both forms."""
    found = [
        f"{path.name}: {line.strip()}"
        for path in (Path(i18n.__file__).parent).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\} \w+\(s\)", line)
    ]
    assert not found, "\n".join(found)
