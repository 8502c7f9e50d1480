"""The catalogue check finds what a reader of Chinese would not get right."""

from __future__ import annotations

import importlib.util

import pytest
from babel.messages.catalog import Catalog

from villagebook import paths

SPEC = importlib.util.spec_from_file_location("catalogues", paths.program_dir() / "i18n" / "catalogues.py")
assert SPEC is not None
assert SPEC.loader is not None
catalogues = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(catalogues)


def catalog(message, string="", flags=()):
    made = Catalog(locale="zh_CN")
    made.add(message, string, flags=flags)
    return made


def found(message, string="", flags=()):
    return list(catalogues.faults(catalog(message), catalog(message, string, flags)))


def test_a_good_translation_passes():
    assert found("Post {no}", "记账 {no}") == []
    assert found(("one page", "{n} pages"), ("{n} 页",)) == []


@pytest.mark.parametrize(
    ("message", "string", "flags", "problem"),
    [
        ("Post {no}", "", (), "not translated"),
        ("Post {no}", "记账 {no}", ("fuzzy",), "marked as unsure"),
        ("Post {no}", "记账 {nr}", (), "other {placeholders}"),
        ("Post {no}", "记账 {no", (), "other {placeholders}"),
        ("Post", "记账 {no}", (), "other {placeholders}"),
        (("one page", "{n} pages"), ("一页",), (), "other {placeholders}"),
        (("one page", "{n} pages"), ("",), (), "not translated"),
    ],
)
def test_each_fault_is_named(message, string, flags, problem):
    (fault,) = found(message, string, flags)
    assert problem in fault


def test_a_text_that_is_not_in_the_catalogue_is_named():
    (fault,) = catalogues.faults(catalog("Post"), catalog("Sign", "签字"))
    assert fault.startswith("not in the catalogue")


def test_updating_keeps_translations_and_never_guesses(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "villagebook.pot")
    source = Catalog()
    source.add("Post the voucher", locations=[("villagebook/ui/a.py", 3)])
    source.add("At most 50 % {no}", locations=[("villagebook/ui/b.py", 7)])
    monkeypatch.setattr(catalogues, "extract", lambda: source)
    catalogues.update()
    po = catalogues.po_path("zh_CN")
    po.write_text(po.read_text("utf-8").replace('voucher"\nmsgstr ""', 'voucher"\nmsgstr "记账"'), "utf-8")
    source.add("Post the vouchers")
    catalogues.update()
    text = po.read_text("utf-8")
    assert 'msgid "Post the voucher"\nmsgstr "记账"' in text
    assert 'msgid "Post the vouchers"\nmsgstr ""' in text
    assert "fuzzy" not in text
    assert "-Date" not in text
    assert "python-format" not in text
    assert "#: villagebook/ui/b.py\n" in text
    catalogues.update()
    assert po.read_text("utf-8") == text
    assert len(list(catalogues.faults(source, catalogues.read("zh_CN")))) == 2
