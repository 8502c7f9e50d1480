"""Every finding's button leads somewhere: the page that opens it is known, and so is the register."""

from __future__ import annotations

from tests.rules.examples import EXAMPLES
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.rule import check
from villagebook.services import home
from villagebook.ui.main_window import MainWindow
from villagebook.ui.navigation import ENTRIES, page_for
from villagebook.ui.pages.registering.registers import TABS, RegistersPage
from villagebook.ui.session import Session


def produced() -> dict[str, str]:
    """Kind of target (with the tab of a register) -> the rule that led there, by every failing example."""
    found: dict[str, str] = {}
    for (_id, gate), example in EXAMPLES.items():
        for trips in example.trips:
            for finding in check(ALL_RULES, trips(), gate):
                kind, _colon, rest = finding.target.partition(":")
                exact = kind in ("register", "page")
                found.setdefault(f"{kind}:{rest.partition('/')[0]}" if exact else kind, finding.id)
    return found


def test_every_target_a_rule_produces_is_known_and_opens_a_page_there_is() -> None:
    pages, tabs = {e.code for e in ENTRIES}, {code for code, *_rest in TABS}
    lost = []
    for target, rule in produced().items():
        kind, _colon, rest = target.partition(":")
        if not target or kind == "draft":  # a draft's own kind says at which door it was begun
            continue
        if page_for(target) not in pages or (kind == "register" and rest not in tabs):
            lost.append(f"{rule}: {target}")
    assert not lost, "\n".join(lost)


def test_a_target_brings_its_page_to_the_front(window: MainWindow, session: Session) -> None:
    for target in produced():
        kind, _colon, rest = target.partition(":")
        if not target or kind == "draft":
            continue
        window.go("page:home")
        window.go(target if rest else f"{kind}:nobody")
        assert window.code() == page_for(target), target
        if kind == "register":
            page = window.page()
            assert isinstance(page, RegistersPage)
            assert TABS[page.tabs.currentIndex()][0] == rest
    for finding in home.home(session.book, session.today).todos:
        assert not finding.target or finding.target.startswith("draft:") or page_for(finding.target)
