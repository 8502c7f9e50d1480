"""The township's file in the window: its effect first, the fingerprint typed, and nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.township import FINGERPRINT, body, signed_file
from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook.services.by import today
from villagebook.services.township import policies, township_keys
from villagebook.ui import problems
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.setting_up.policy_box import KeysDialog, ParametersDialog, PolicyDialog
from villagebook.ui.pages.setting_up.policy_editor import PolicyEditor
from villagebook.ui.pages.setting_up.policy_parts import CapForm, KindForm, TierForm, WordForm
from villagebook.ui.pages.setting_up.settings import SettingsPage
from villagebook.ui.session import Session


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[SettingsPage]:
    dress("en")
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.arrive()
    made.show()
    yield made
    for dialog in made.findChildren(PolicyDialog):
        dialog.close()


def file(folder: Path, days: int = 1, **changes: object) -> Path:
    day = today()
    return signed_file(folder, body("1", day + timedelta(days=days), **changes), signed_on=day)


def opened(page: SettingsPage, path: Path) -> PolicyDialog:
    page.policy.open_file(path)
    (dialog,) = page.policy.findChildren(PolicyDialog)
    return dialog


def test_the_page_says_that_nobody_has_signed_what_is_in_force(page: SettingsPage) -> None:
    assert "Not signed" in page.policy.says.text()
    assert page.policy.says.property("role") == "red"


def test_a_file_is_shown_with_its_effect_and_taken_in_with_the_fingerprint_that_was_heard(
    page: SettingsPage, tmp_path: Path
) -> None:
    dialog = opened(page, file(tmp_path, 0, cash_limit_fen=100_000))
    assert dialog.table.values().rowCount() == 1
    dialog.take_in()
    assert [f.id for f in dialog.findings.findings()] == ["E2L-01"]
    assert FINGERPRINT not in dialog.findings.findings()[0].text
    dialog.fingerprint.setText(FINGERPRINT[:-1] + "x")
    dialog.take_in()
    assert "not that of the key" in dialog.findings.findings()[0].text
    dialog.fingerprint.setText(FINGERPRINT)
    dialog.take_in()
    assert policies.in_force(page.book, today()).version == "1"
    assert "the key was compared" in page.policy.says.text()


def test_a_file_that_can_never_be_taken_in_is_said_on_the_page(page: SettingsPage, tmp_path: Path) -> None:
    path = file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"deposit_days"', b'"deposit_dayz"'))
    page.policy.open_file(path)
    assert [f.id for f in page.findings.findings()] == ["E2L-01", "E2L-01"]
    assert page.policy.findChildren(PolicyDialog) == []


def test_a_late_file_says_from_when_it_counts(page: SettingsPage, tmp_path: Path) -> None:
    dialog = opened(page, file(tmp_path, -9))
    assert f"In force from {today().isoformat()}" in dialog._who_and_when()
    assert "has passed" in dialog._who_and_when()


def test_all_parameters_are_shown_with_their_bounds(page: SettingsPage) -> None:
    page.policy._show()
    (dialog,) = page.policy.findChildren(ParametersDialog)
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("language", ["zh_CN", "en", "xx"])
@pytest.mark.parametrize("size", ["normal", "very-large"])
def test_nothing_is_cut_on_a_small_screen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, language: str, size: str
) -> None:
    dress(language, size)
    session = window.session
    path = file(tmp_path, cash_limit_fen=100_000)
    offer = policies.offer(session.book, path, today())
    dialog = PolicyDialog(session, path, offer, window)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.width() <= 1366
    assert dialog.height() <= 768
    assert cut_texts(dialog) == []


def test_trust_in_a_key_is_ended_with_a_reason_and_never_comes_back(
    page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(page, file(tmp_path))
    dialog.fingerprint.setText(FINGERPRINT)
    dialog.take_in()
    page.policy.open_keys()
    (keys,) = page.policy.findChildren(KeysDialog)
    assert not cut_texts(keys)
    asked: list[str] = []
    monkeypatch.setattr(problems, "ask", lambda _p, words, *_a: not asked.append(words))  # type: ignore[func-returns-value]  # append says None, so the answer is yes
    keys.end.click()
    assert "at least four characters" in keys.findings.findings()[0].text
    keys.reason.setText("U盘遗失，镇里已通知")
    keys.end.click()
    assert len(asked) == 2
    assert "cannot be taken back" in asked[0]
    ((key, _mark),) = township_keys.trusted(page.book)
    assert key.until_on == today()
    keys.end.click()
    assert "(any more)" in keys.findings.findings()[0].text


def test_a_book_without_keys_says_so_and_ends_nothing(page: SettingsPage) -> None:
    page.policy.open_keys()
    (keys,) = page.policy.findChildren(KeysDialog)
    assert not keys.none.isHidden()
    assert not keys.end.isEnabled()


def editor(page: SettingsPage) -> PolicyEditor:
    page.policy.open_editor()
    (made,) = page.policy.findChildren(PolicyEditor)
    return made


def test_a_proposal_is_tried_on_a_payment_and_written_for_the_township(
    page: SettingsPage, tmp_path: Path
) -> None:
    made = editor(page)
    made.amount.set_fen(90_000)
    assert "small payment" in made.answer.text()
    tiers = made.forms["tiers"]
    assert isinstance(tiers, TierForm)
    tiers.limit.set_fen(80_000)
    assert "Then: 900.00: medium payment" in made.answer.text()
    tiers.which.set_value("1")
    tiers.papers.set_codes(["contract"])
    tiers.papers.changed.emit()
    assert made.body["tiers"][1]["papers"] == ["contract"]
    path = tmp_path / "proposal.json"
    made.write(path)
    assert path.is_file()
    assert len(policies.versions(page.book)) == 1, "a proposal puts nothing in force"


def test_a_proposal_that_holds_no_tiers_says_why_and_is_not_written(
    page: SettingsPage, tmp_path: Path
) -> None:
    made = editor(page)
    tiers = made.forms["tiers"]
    assert isinstance(tiers, TierForm)
    tiers.limit.set_fen(10**9)
    assert made.findings.findings()
    made.write(tmp_path / "p.json")
    assert not (tmp_path / "p.json").exists()
    made.close()


def test_who_closes_the_editor_before_its_effect_is_known_is_told_nothing(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = editor(page)
    asked: list[Any] = []
    monkeypatch.setattr(made._page, "in_background", lambda _title, work, done: asked.append((work, done)))
    made.show_effect()
    ((work, done),) = asked
    table = work(None)
    delete(made.tells)
    done(table)
    made.close()


def test_a_kind_a_cap_and_a_word_are_written_into_the_proposal(page: SettingsPage) -> None:
    made = editor(page)
    kinds, caps, words = made.forms["kinds"], made.forms["caps"], made.forms["words"]
    assert isinstance(kinds, KindForm)
    assert isinstance(caps, CapForm)
    assert isinstance(words, WordForm)
    kinds.which.set_value("X3")
    kinds.year_cap.set_fen(50_000)
    kinds.refused.setChecked(True)
    caps.limit.set_fen(300_000)
    words.words.setText("烟、酒，槟榔")
    words.words.editingFinished.emit()
    assert made.body["kinds"]["X3"]["year_cap_fen"] == 50_000
    assert made.body["kinds"]["X3"]["refused"] is True
    assert made.body["caps"]["office"]["limit_fen"] == 300_000
    assert made.body["words"]["forbidden"]["value"] == ["烟", "酒", "槟榔"]
    made.close()
