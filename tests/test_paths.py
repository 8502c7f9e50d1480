"""Files are found from the checkout and from the built program."""

from __future__ import annotations

import sys

import pytest

from villagebook import paths


def test_the_fonts_are_found_in_the_checkout():
    assert paths.resource("fonts", "NotoSansSC-Regular.ttf").is_file()
    assert (paths.catalogue_dir() / "zh_CN" / "LC_MESSAGES" / "villagebook.po").is_file()


def test_the_built_program_looks_in_its_own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("fonts", "OFL.txt") == tmp_path / "resources" / "fonts" / "OFL.txt"
    assert paths.catalogue_dir() == tmp_path / "i18n"


def test_a_chosen_folder_goes_before_the_systems_own(tmp_path, monkeypatch):
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "mine"))
    assert paths.user_dir() == tmp_path / "mine"
    assert not paths.user_dir().exists()


@pytest.mark.parametrize(("platform", "variable"), [("linux", "XDG_DATA_HOME"), ("win32", "APPDATA")])
def test_the_systems_own_place_is_used(platform, variable, tmp_path, monkeypatch):
    monkeypatch.delenv("VILLAGEBOOK_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert paths.user_dir() == tmp_path / "villagebook"
