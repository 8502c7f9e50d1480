"""The township's file: signed, trusted by a fingerprint read aloud, shown before it counts, never dated back, never loosened."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    CODE,
    NAME,
    START,
    Village,
    at,
    by_hand,
    ids_of,
    make_policy_file,
    move,
    payment,
    receive,
    submit,
    transfer,
)
from tests.township import FINGERPRINT, STRANGER, body, put_in_force, signed_file
from villagebook import i18n
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.policy import NEVER_SOFTENED
from villagebook.domain.policy_seal import changes
from villagebook.services.book_file import books
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.period_end.checking import check_book
from villagebook.services.township import (
    policies,
    policy_desk,
    policy_reading,
    policy_tables,
    policy_words,
    township_keys,
)
from villagebook.services.vouchers import documents

D2, D3, D5, D9 = (date(2025, 1, n) for n in (2, 3, 5, 9))


def refusal(act: Callable[[], Any]) -> str:
    """What is said when a file is refused; every reason is about the township's file."""
    with pytest.raises(Refused) as caught:
        act()
    assert ids_of(caught.value.findings) == ["E2L-01"]
    return " | ".join(f.text for f in caught.value.findings)


def take_in(village: Village, path: Path, day: date = D3, **more: Any) -> policies.Offer:
    return policies.take_in(village.book, path, at(day), **{"fingerprint": FINGERPRINT, **more})


def test_a_signed_file_is_in_force_from_its_day_and_every_document_names_its_version(village: Village):
    move(village, "IN", "EX", 500_000, D3)
    made = take_in(village, signed_file(village.folder, body("1", D5, cash_txn_limit_fen=50_000)))
    assert (made.in_force_on, made.version) == (D5, "清水镇 1")
    assert books.policy(village.book, D3).number("cash_txn_limit_fen") == 100_000
    assert books.policy(village.book, D5).number("cash_txn_limit_fen") == 50_000
    assert policies.in_force(village.book, D3).township == ""
    now = policies.in_force(village.book, D5)
    assert (now.township, now.signed_on, now.trusted) == ("清水镇", D2, True)
    submit(village, payment(village, 1_000, D5))
    with village.book.reading() as connection:
        entry = connection.exec_driver_sql("SELECT entry FROM log ORDER BY seq DESC LIMIT 1").scalar_one()
    assert "清水镇 1" in bytes(entry).decode("utf-8")
    assert check_book(village.book) == ()


def test_the_effect_is_told_before_anything_is_written(village: Village):
    before = village.book.head()
    path = signed_file(
        village.folder, body("1", D5, cash_limit_fen=100_000, no_cross_month=False, levels={"E2L-23": "hold"})
    )
    offer = policies.offer(village.book, path, D3)
    assert village.book.head() == before
    assert not offer.trusted
    assert [(c.part, c.name, c.old, c.new) for c in offer.changes] == [
        ("numbers", "cash_limit_fen", 200_000, 100_000),
        ("switches", "no_cross_month", True, False),
        ("levels", "E2L-23", None, "hold"),
    ]
    rows = policy_tables.effect_table(offer).rows
    assert rows[0] == ("Cash overnight, yuan", "2,000.00", "1,000.00")
    assert rows[1][1:] == ("yes", "no")
    assert rows[2][1:] == ("stops", "hold: goes on with a recorded reason")


def test_who_signs_is_told_too(village: Village):
    told = body("1", D5)
    told["tiers"][0]["up_to_fen"] = 50_000
    told["slots"]["S"]["count"] = 3
    told["special"]["reception"] = ["H", "D"]
    made = [(c.part, c.name) for c in changes(body("0", D5), told)]
    assert made == [("slots", "S"), ("special", "reception"), ("tiers", "small")]
    words = [policy_words.value(c.part, c.name, c.new) for c in changes(body("0", D5), told)]
    assert words[0].startswith("Head of supervision, Supervisor × 3")
    assert words[1] == "Handler → Director's approval"
    assert words[2].startswith("up to 500.00: Handler → ")
    i18n.set_language("zh_CN")
    try:
        assert all(policy_words.title(c.part, c.name) for c in changes(body("0", D5), told))
    finally:
        i18n.set_language("en")


# ---- three clear sentences, and the others


def test_a_file_nobody_signed_is_refused_and_only_a_new_book_begins_with_one(
    village: Village, tmp_path: Path
):
    plain = make_policy_file(tmp_path, {"cash_limit_fen": 100_000, "id": "清水镇"})
    assert "Nobody has signed this file" in refusal(lambda: take_in(village, plain))
    new = NewBook(NAME, CODE, START, policy=plain)
    book = create_book(tmp_path / "second.vbook", new, at(D3))
    version, words = policy_tables.state_of(book, D3)
    assert (version.township, version.id) == ("", "清水镇")
    assert "Not signed" in words
    book.close()
    assert "Not signed" in policy_tables.state_of(village.book, D3)[1]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda told: told["policy"]["numbers"]["cash_limit_fen"].update(value=100_000),
        lambda told: told["policy"].update(in_force_on="2025-01-06"),
        lambda told: told.update(township="红旗镇"),
        lambda told: told.update(until_on="2030-01-01"),
        lambda told: told.update(key="11" * 32),
        lambda told: told.update(signature=told["signature"].upper()),
        lambda told: told["policy"]["levels"].update({"E2L-22": "hold"}),
    ],
)
def test_a_file_changed_after_signing_is_refused(village: Village, tamper: Callable[[Any], Any]):
    path = signed_file(village.folder, body("1", D5))
    told = json.loads(path.read_text(encoding="utf-8"))
    tamper(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    before = village.book.head()
    assert "changed after the township signed it" in refusal(lambda: take_in(village, path))
    assert village.book.head() == before


def test_a_file_of_another_key_is_refused_whatever_it_calls_itself(village: Village):
    path = signed_file(village.folder, body("1", D5), seed=STRANGER)
    assert "Telephone the township" in refusal(lambda: take_in(village, path, fingerprint=""))
    assert "not that of the key which signed" in refusal(lambda: take_in(village, path))
    take_in(village, signed_file(village.folder, body("1", D5)))
    later = signed_file(village.folder, body("2", D9), seed=STRANGER)
    assert "does not trust" in refusal(lambda: take_in(village, later, fingerprint=""))


def test_a_file_and_a_key_out_of_date_are_refused(village: Village):
    path = signed_file(village.folder, body("1", D9), until_on=D3)
    assert "could be taken in until 2025-01-03" in refusal(lambda: take_in(village, path, D5))
    take_in(village, path, D3)
    ((key, mark),) = township_keys.trusted(village.book)
    assert mark == FINGERPRINT
    with pytest.raises(Refused):
        township_keys.end_trust(village.book, key.public, "  ", at(D5))
    township_keys.end_trust(village.book, key.public, "U盘遗失", at(D5))
    later = signed_file(village.folder, body("2", D9), signed_on=D3)
    assert "was trusted until 2025-01-05" in refusal(lambda: take_in(village, later, date(2025, 1, 6)))
    with pytest.raises(Refused):
        township_keys.end_trust(village.book, key.public, "U盘遗失", at(D9))
    assert check_book(village.book) == ()


def test_a_file_signed_tomorrow_or_by_an_unknown_procedure_is_refused(village: Village):
    path = signed_file(village.folder, body("1", D9), signed_on=D9)
    assert "Set the clock" in refusal(lambda: take_in(village, path))
    told = json.loads(path.read_text(encoding="utf-8"))
    told["suite"] = "sm2-sm3"
    path.write_text(json.dumps(told), encoding="utf-8")
    assert "procedure sm2-sm3" in refusal(lambda: take_in(village, path, D9))


def test_the_fingerprint_is_typed_once_as_it_was_heard_and_then_known(village: Village):
    take_in(
        village,
        signed_file(village.folder, body("1", D5)),
        fingerprint=f" {FINGERPRINT.replace('-', ' ').upper()}",
    )
    after = take_in(village, signed_file(village.folder, body("2", D9), signed_on=D3), fingerprint="")
    assert after.trusted
    assert [v.version for v in policies.versions(village.book)] == ["2025.1", "1", "2"]
    assert len(policy_tables.versions_table(village.book).rows) == 3


# ---- versions and days


def test_the_same_version_and_an_older_file_are_refused(village: Village):
    take_in(village, signed_file(village.folder, body("2", D5), signed_on=D3))
    again = signed_file(village.folder, body("2", D9, cash_limit_fen=100_000), signed_on=D3)
    assert "holds version 2 of 清水镇 already" in refusal(lambda: take_in(village, again))
    older = signed_file(village.folder, body("1", D9), signed_on=D2)
    assert "An older file is refused" in refusal(lambda: take_in(village, older))
    before = signed_file(village.folder, body("3", date(2025, 1, 4)), signed_on=D3)
    assert "begins before them" in refusal(lambda: take_in(village, before))


def test_nothing_is_dated_back_but_a_late_file_counts_from_today(village: Village):
    path = signed_file(village.folder, body("1", D3, cash_limit_fen=100_000))
    assert "nothing is dated back" in refusal(lambda: take_in(village, path, D5))
    made = take_in(village, path, D5, from_today=True)
    assert made.in_force_on == D5
    assert books.policy(village.book, date(2025, 1, 4)).number("cash_limit_fen") == 200_000
    assert books.policy(village.book, D5).number("cash_limit_fen") == 100_000
    assert policies.in_force(village.book, D9).in_force_on == D5
    assert check_book(village.book) == ()


def test_from_today_does_not_bring_a_later_day_forward(village: Village):
    path = signed_file(village.folder, body("1", D9))
    assert take_in(village, path, D5, from_today=True).in_force_on == D9


# ---- floors, ceilings, levels


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"agency_days": 31}, "agency_days is 31; it must lie between 1 and 30"),
        ({"cash_txn_limit_fen": 100_001}, "between 0 and 100000"),
        ({"deposit_days": 8}, "deposit_days is 8; it must lie between 0 and 7"),
        ({"open_books": 0}, "between 1 and 3"),
        ({"levels": {"E2L-23": "off"}}, "E2L-23"),
        (
            {"transfer_slots": {"appropriation": ["H", "A", "D"]}},
            "H A D: somebody signs after the accountant",
        ),
        *(({"levels": {rule: "hold"}}, rule) for rule in sorted(NEVER_SOFTENED)),
    ],
)
def test_a_figure_or_a_level_beyond_the_programs_bounds_is_named_even_when_signed(
    village: Village, told: dict[str, Any], words: str
):
    assert words in refusal(lambda: take_in(village, signed_file(village.folder, body("2", D5, **told))))


def test_more_than_seven_days_need_a_note_of_the_township(village: Village):
    told = body("3", D5, deposit_days=12)
    told["numbers"]["deposit_days"]["note"] = "山区，银行每旬一次"
    take_in(village, signed_file(village.folder, told))
    assert books.policy(village.book, D5).number("deposit_days") == 12


def test_a_file_without_one_of_the_fourteen_is_refused_and_others_are_the_programs(village: Village):
    told = body("1", D5)
    del told["numbers"]["deposit_days"]
    assert "deposit_days is missing" in refusal(lambda: take_in(village, signed_file(village.folder, told)))
    told = body("1", D5)
    del told["numbers"]["book_days"]
    assert take_in(village, signed_file(village.folder, told)).changes == ()
    assert books.policy(village.book, D5).number("book_days") == 365


def test_only_a_signed_file_softens_a_rule_which_then_holds_and_passes_with_a_reason(village: Village):
    plain = make_policy_file(village.folder, {"levels": {"E2L-23": "hold"}})
    new = NewBook(NAME, CODE, START, policy=plain)
    assert "only a file the township has signed" in refusal(
        lambda: create_book(village.folder / "second.vbook", new, at(D3))
    )
    assert not (village.folder / "second.vbook").exists()
    put_in_force(village, D3, levels={"E2L-23": "hold"})
    move(village, "IN", "EX", 500_000, D3)
    move(village, "EX", "IM", 100_000, D3)
    more = transfer(village, "EX", "IM", 50_000, D5)
    said = documents.preview(village.book, more, D5).findings
    assert [f.severity.value for f in said if f.id == "E2L-23"] == ["hold"]
    assert submit(village, replace(more, excuse="汛期应急，镇里同意")).waiting_for


# ---- a new book


def test_a_new_book_may_begin_with_a_signed_file_and_soften_only_with_its_fingerprint(tmp_path: Path):
    def begin(name: str, path: Path, mark: str) -> books.Book:
        return create_book(tmp_path / name, NewBook(NAME, CODE, START, policy=path, fingerprint=mark), at(D3))

    plain = signed_file(tmp_path, body("1", START.first_day))
    book = begin("a.vbook", plain, "")
    assert "nobody has compared its fingerprint" in policy_tables.state_of(book, D3)[1]
    assert check_book(book) == ()
    book.close()
    soft = signed_file(tmp_path, body("2", START.first_day, levels={"E2L-23": "hold"}))
    assert "Telephone" in refusal(lambda: begin("b.vbook", soft, ""))
    assert not (tmp_path / "b.vbook").exists()
    book = begin("b.vbook", soft, FINGERPRINT)
    assert "the key was compared" in policy_tables.state_of(book, D3)[1]
    assert check_book(book) == ()
    book.close()


# ---- the check finds what came in by another door


def test_the_check_finds_parameters_that_were_put_in_force_by_hand(village: Village):
    receive(village, 100, D3)
    by_hand(village, ("policy.set", {"policy": body("9", D5, cash_limit_fen=1_000_000)}), day=D3)
    found = [f for f in check_book(village.book) if f.id == "E2L-01"]
    assert ["without a signature" in f.text for f in found] == [True]


def test_slots_taken_in_before_the_accountant_had_to_be_last_are_no_fault_of_the_book(
    village: Village, monkeypatch: pytest.MonkeyPatch
):
    told = body("2", D5, transfer_slots={"appropriation": ["H", "A", "D"]})
    with monkeypatch.context() as before:
        before.setattr(policy_reading, "new_faults", policy_reading.faults)
        take_in(village, signed_file(village.folder, told))
    assert not [f for f in check_book(village.book) if f.id == "E2L-01"]


def test_the_check_finds_a_seal_that_does_not_fit_and_a_key_nobody_trusted(village: Village):
    path = signed_file(village.folder, body("8", D5), seed=STRANGER)
    told = json.loads(path.read_text(encoding="utf-8"))
    seal = {n: told[n] for n in ("suite", "key", "township", "signed_on", "until_on", "signature")}
    by_hand(village, ("policy.set", {"policy": told["policy"], "seal": seal}), day=D3)
    other = {**told["policy"], "version": "9"}
    by_hand(village, ("policy.set", {"policy": other, "seal": seal}), day=D3)
    texts = [f.text for f in check_book(village.book) if f.id == "E2L-01"]
    assert texts == [
        "These parameters are signed with a key the book did not trust.",
        "The township's signature does not fit these parameters.",
    ]


# ---- the township's own side


def test_a_township_makes_a_key_and_signs_and_the_village_takes_it_in(village: Village):
    made = township_keys.make_key(village.folder, "清水镇", "246810")
    source = village.folder / "plain.json"
    source.write_text(json.dumps(body("1", D5)), encoding="utf-8")
    signed = village.folder / "signed.json"
    pen = township_keys.Pen(made.sealed, made.key_file, "246810")
    assert policy_desk.sign_file(source, signed, "清水镇", pen, D2) == made.fingerprint
    policies.take_in(village.book, signed, at(D3), fingerprint=made.fingerprint)
    assert check_book(village.book) == ()
    with pytest.raises(KnownError):
        policy_desk.sign_file(source, signed, "清水镇", replace(pen, pin="000000"), D2)
    with pytest.raises(KnownError):
        policy_desk.sign_file(source, signed, "清水镇", replace(pen, sealed=village.folder / "gone"), D2)
    assert "passed already" in refusal(
        lambda: policy_desk.sign_file(source, signed, "清水镇", pen, D5, until_on=D3)
    )
    assert "at least six" in refusal(lambda: township_keys.make_key(village.folder, "清水镇", "12345"))
    source.write_text(json.dumps(body("1", D5, agency_days=99)), encoding="utf-8")
    assert "agency_days" in refusal(lambda: policy_desk.sign_file(source, signed, "清水镇", pen, D2))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "villagebook-policy"}', "[" * 100_000, '{"numbers": 1}']
)
def test_senseless_files_are_refused_in_a_sentence(village: Village, text: str):
    path = village.folder / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        take_in(village, path)
    assert ids_of(caught.value.findings) == ["NEW-01"]
    with pytest.raises(KnownError):
        take_in(village, village.folder / "nowhere.json")


def test_all_fourteen_parameters_have_a_name_and_a_value_in_the_default_file(village: Village):
    known = books.policy(village.book, D3)
    for name in policy_reading.REQUIRED:
        assert name in known.numbers or name in known.switches or name in known.words
        assert name in policy_words.TITLES
    rows = policy_tables.parameters_table(village.book, D3).rows
    assert ("Days until takings are banked", "1", "0 – 15", "seen in a region") in [row[:4] for row in rows]
    assert len(rows) > 40


def test_every_parameter_has_a_title_and_a_source_in_chinese(village: Village):
    """No English word is left on the Chinese page but in lists of words and codes."""
    with i18n.speaking("zh_CN"):
        table = policy_tables.parameters_table(village.book, D3)
    cells = [(row[0], str(row[0]), str(row[4])) for row in table.rows]
    left = [name for name, *texts in cells if any(re.search("[a-z]{4,}", text) for text in texts)]
    assert left == []


def test_a_signed_file_that_was_spoilt_is_told_so_first(village: Village):
    """The tiers no longer rise: what matters is that somebody has changed it."""
    path = signed_file(village.folder, body("1", D5))
    path.write_text(path.read_text(encoding="utf-8").replace("100000", "99999999"), encoding="utf-8")
    assert "changed after the township signed it" in refusal(lambda: policies.offer(village.book, path, D3))
    unsigned = make_policy_file(village.folder, {})
    unsigned.write_text(unsigned.read_text(encoding="utf-8").replace("100000", "99999999"), encoding="utf-8")
    with i18n.speaking("zh_CN"), pytest.raises(Refused) as caught:
        policies.offer(village.book, unsigned, D3)
    assert "各档金额须逐档升高" in caught.value.findings[0].text
