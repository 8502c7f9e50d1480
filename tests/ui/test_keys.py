"""Officials' keys in the window: made, used, lost, handed over with; what is shown is what is signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from tests.builders import pieces
from tests.ui.conftest import dress
from tests.ui.samples import blank_payment, by, person
from villagebook.domain.document import Document
from villagebook.domain.keys import KeyState
from villagebook.domain.office_handover import Hand
from villagebook.domain.people import PostKind
from villagebook.exchange import signing as crypto
from villagebook.services import pin_guard
from villagebook.services.approvals import sign_queue
from villagebook.services.banking import counting
from villagebook.services.book_file import books
from villagebook.services.by import today
from villagebook.services.offices import key_desk, key_words, keys
from villagebook.services.township import township_keys
from villagebook.services.vouchers import documents
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.approving.key_form import ContentDialog
from villagebook.ui.pages.approving.signing import SigningPage
from villagebook.ui.pages.offices.key_dialogs import LostDialog, PinDialog, SignedDialog, WordDialog
from villagebook.ui.pages.offices.keys_tab import KeysTab
from villagebook.ui.pages.offices.office_window import OfficeWindow
from villagebook.ui.pages.offices.people import PeoplePage

PIN = "246813"


@pytest.fixture(autouse=True)
def _weak(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess of a PIN costs half a second on purpose; the tests do not have it."""
    honest: Callable[..., bytes] = crypto.seal_key
    strength = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(crypto, "seal_key", lambda *args: honest(*args, strength=strength))


def keys_tab(window: MainWindow, language: str = "en") -> KeysTab:
    dress(language)
    window.go("keys:")
    page = window.page()
    assert isinstance(page, PeoplePage)
    assert page.tabs.currentWidget() is page.stick
    return page.stick


D = TypeVar("D", bound=QDialog)


def dialog(kind: type[D]) -> D:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found[-1]


def make(tab: KeysTab, who: str, stick: Path) -> str:
    stick.mkdir(exist_ok=True)
    tab.person.set_value(who)
    tab.folder.line.setText(str(stick))
    tab.pin.setText(PIN)
    tab.again.setText(PIN)
    tab.make()
    return keys.of_person(tab.page.book, who)[0].key.key_id


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_key_is_made_certified_given_a_new_pin_and_lost(
    window: MainWindow, book: books.Book, tmp_path: Path, language: str
) -> None:
    tab = keys_tab(window, language)
    who = person(book, "王建国")
    tab.pin.setText(PIN)
    tab.again.setText("999999")
    tab.make()
    assert tab.page.findings.findings() != ()
    stick = tmp_path / "stick"
    key_id = make(tab, who, stick)
    assert tab.page.findings.findings() == ()
    assert (tab.pin.text(), tab.again.text(), tab.key_id()) == ("", "", key_id)

    town = tmp_path / "town"
    town.mkdir()
    made = township_keys.make_key(town, "清水镇", PIN)
    (request,) = stick.glob("*.vbrequest.json")
    pen = township_keys.Pen(made.sealed, made.key_file, PIN)
    answer = town / "answer.json"
    key_desk.answer(request, answer, "清水镇", pen, key_id, today(), by())
    tab.open_word(answer)
    word = dialog(WordDialog)
    word.act()
    assert [f.id for f in word.findings.findings()] == ["E2L-01"]
    word.fingerprint.setText(made.fingerprint)
    word.act()
    assert key_words.rows(book, today())[0].standing.until_on == today()

    tab._change_pin()
    pins = dialog(PinDialog)
    pins.stick.line.setText(str(stick))
    for line, pin in ((pins.old, PIN), (pins.new, "531802"), (pins.again, "531802")):
        line.setText(pin)
    pins.act()
    assert not pins.isVisible()

    tab._lost()
    lost = dialog(LostDialog)
    lost.act()
    assert {f.id for f in lost.findings.findings()} == {"KEY-09"}
    lost.by.set_value(who)
    lost.reason.setText("赶集时丢失")
    lost.act()
    assert key_words.rows(book, today())[0].state is KeyState.STOPPED
    tab._show_signed()
    dialog(SignedDialog).close()


def test_an_official_signs_what_stands_on_the_screen(
    window: MainWindow, book: books.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person(book, "刘长河")
    make(keys_tab(window), who, tmp_path / "stick")
    document = blank_payment(book, today())
    documents.submit(book, document, by())
    page = shown(window, document)
    form = page.key.form
    page.key.slot.set_value("H")
    form.person.set_value(who)
    form.stick.line.setText(str(tmp_path / "stick"))
    form._show_content()
    content = dialog(ContentDialog)
    assert content.raw.toPlainText().encode() == form.content.data if form.content else False
    content.close()
    for _n in range(3):
        assert form.pin.isEnabled()
        form.pin.setText("000000")
        page.key._sign()
        assert page.findings.findings() != ()
        assert form.pin.text() == ""
    assert not form.pin.isEnabled(), "after the third wrong PIN the form waits"
    assert not form.give.isEnabled()
    assert "seconds" in form.wait.text()
    monkeypatch.setattr(pin_guard, "wait_seconds", lambda _wrong: 0)  # the half minute is over
    form._look_for_wait()
    assert form.give.isEnabled()
    assert form.wait.isHidden()
    form.pin.setText(PIN)
    page.key._sign()
    assert page.findings.findings() == ()
    (row,) = sign_queue.queue(book, today())
    assert (row.signed, row.waiting_slot) == (1, "W")


def shown(window: MainWindow, document: Document) -> SigningPage:
    window.go(f"document:{document.id}")
    page = window.page()
    assert isinstance(page, SigningPage)
    page.tabs.setCurrentWidget(page.key)
    return page


def test_halves_on_one_stick_are_set_apart_in_the_form(
    window: MainWindow, book: books.Book, tmp_path: Path
) -> None:
    who = person(book, "刘长河")
    key_id = make(keys_tab(window), who, tmp_path / "stick")
    from villagebook.services.offices.key_store import sealed_path

    here = sealed_path(book.info.book_id, key_id)
    (tmp_path / "stick" / "old.vbkey").write_bytes(here.read_bytes())
    here.unlink()
    document = blank_payment(book, today())
    documents.submit(book, document, by())
    form = shown(window, document).key.form
    form.person.set_value(who)
    assert not form.apart.isVisible()
    form.stick.line.setText(str(tmp_path / "stick"))
    assert form.apart.isVisible()
    form.apart.click()
    assert here.is_file()
    assert not form.apart.isVisible()


def test_an_office_is_handed_over_by_three_keys(window: MainWindow, book: books.Book, tmp_path: Path) -> None:
    tab = keys_tab(window)
    staff = books.staff(book)
    post = next(p for p in staff.posts if p.kind is PostKind.ACCOUNTANT)
    head = next(p.person_id for p in staff.posts if p.kind is PostKind.SUPERVISION_HEAD)
    free = next(i for i in staff.persons if i not in {p.person_id for p in staff.posts})
    hands = {Hand.GIVER: post.person_id, Hand.TAKER: free, Hand.OVERSEER: head}
    for hand, who in hands.items():
        make(tab, who, tmp_path / hand.value)
    for place, fen in counting.count_state(book, today()):
        count = counting.CashCount(place.code, today(), pieces(fen), 0, "", post.person_id, head)
        counting.record_count(book, count, by())
    balances = books.place_balances(book, today())
    for codes, _title in counting.bank_accounts(book):
        total = sum(balances.get(code, 0) for code in codes)
        counting.record_statement(book, counting.BankStatement(codes, today(), total, (), head), by())
    window.go(f"office:{post.id}")
    wizard = dialog(OfficeWindow)
    wizard.taker.set_value(free)
    wizard.overseer.set_value(head)
    wizard.freeze()
    for hand in Hand:
        wizard.hand.set_value(hand.value)
        wizard.key.stick.line.setText(str(tmp_path / hand.value))
        wizard.key.pin.setText(PIN)
        wizard.sign_with_key()
        assert wizard.findings.findings() == ()
    assert wizard.listed is not None
    assert wizard.listed.done_on == today()
    wizard.close()
