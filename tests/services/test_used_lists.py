"""Numbers used elsewhere: a list refuses or holds what it names, tells what is booked already, and sets nothing free in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import invoices as paper
from tests import used_lists as lists
from tests.builders import CODE, DAY, NAME, Village, at, ids_of, make_village, move, sign_everything, submit
from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.invoice import InvoiceKind
from villagebook.domain.period import Span
from villagebook.services import event_words, home
from villagebook.services.handing_over import handover
from villagebook.services.invoicing import invoice_elsewhere, used_tables
from villagebook.services.invoicing.invoice_elsewhere import ListTaken, Told
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book, verify
from villagebook.services.render import render
from villagebook.services.township import township_keys
from villagebook.services.vouchers import documents, reversing
from villagebook.storage import used_invoices as store

NUMBER = paper.NUMBER
NOBODY = Told()
WHO = Told(lists.TOWNSHIP, "周镇财", DAY)
YEAR = Span.year(2025)


@pytest.fixture
def village(tmp_path: Path) -> Village:
    made = make_village(tmp_path)
    move(made, "IN", "EX", 2_000_000)
    return made


def take(village: Village, path: Path, told: Told = NOBODY, mark: str = lists.MARK) -> ListTaken:
    return invoice_elsewhere.take_in(village.book, path, at(DAY, 15), told, fingerprint=mark)


def refused(village: Village, document: Document) -> dict[str, Severity]:
    with pytest.raises(Refused) as caught:
        submit(village, document)
    return {f.id: f.severity for f in caught.value.findings}


def pays(village: Village, excuse: str = "") -> Document:
    return replace(paper.paid_on(village, paper.xml()), excuse=excuse)


def test_a_signed_list_refuses_its_number_and_names_list_village_and_voucher(
    village: Village, tmp_path: Path
) -> None:
    made = take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER)))
    assert (made.entries, made.hits, made.findings) == (1, 0, ())
    with pytest.raises(Refused) as caught:
        submit(village, pays(village, excuse="已经核对说明"))
    (found,) = caught.value.findings
    assert (found.id, found.severity) == ("INV-31", Severity.ERROR)
    for word in (NUMBER, "邻村", "2025-01-03 付-0007", "清水镇", "2025-01-10", "signed"):
        assert word in found.text
    (taken,) = invoice_elsewhere.lists(village.book)
    table = invoice_elsewhere.offer(village.book, lists.table(tmp_path, lists.row(NUMBER)), DAY)
    assert (table.signed, table.hits) == (False, 0)
    assert found.target == f"register:invoices/list-{taken.seq}"
    assert (taken.signed, taken.entries, taken.issuer) == (True, 1, "清水镇")


def test_an_unsigned_list_holds_until_somebody_says_why_or_the_township_lets_it_refuse(
    village: Village, tmp_path: Path
) -> None:
    take(village, lists.table(tmp_path, lists.row(NUMBER)), WHO)
    assert refused(village, pays(village)) == {"INV-32": Severity.HOLD}
    document = pays(village, excuse="邻村系误填,已电话核实")
    submit(village, document)
    assert sign_everything(village, document.id, DAY).label


def test_a_list_that_comes_while_a_payment_waits_stops_it_at_the_last_signature(
    village: Village, tmp_path: Path
) -> None:
    document = pays(village)
    submit(village, document)
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER)))
    with pytest.raises(Refused) as caught:
        sign_everything(village, document.id, DAY)
    assert ids_of(caught.value.findings) == ["INV-31"]


def test_a_list_tells_at_once_what_is_booked_here_and_goes_on_telling(
    village: Village, tmp_path: Path
) -> None:
    document = pays(village)
    submit(village, document)
    voucher = sign_everything(village, document.id, DAY)
    made = take(
        village, lists.signed(tmp_path, DAY, lists.entry(NUMBER), lists.entry("25372000009999999999"))
    )
    (found,) = made.findings
    assert (made.hits, found.id, found.severity) == (1, "INV-33", Severity.WARNING)
    assert found.target == f"voucher:{document.id}"
    for said in (voucher.label, "邻村", "2025-01-03 付-0007"):
        assert said in found.text
    assert [f.id for f in check_book(village.book)] == ["INV-33"]
    assert "INV-33" in ids_of(home.home(village.book, DAY).todos)
    assert "INV-33" in ids_of(closing.review(village.book, closing.current_period(village.book), DAY))
    (hit,) = used_tables.hits(village.book, YEAR).rows
    assert hit[0] == NUMBER
    stick = handover.export(village.book, tmp_path, at(DAY, 16))
    assert "INV-33" in ids_of(verify(stick.path))
    reversing.reverse(village.book, document.id, "邻村先报销", DAY, at(DAY, 16))
    assert check_book(village.book) == ()
    assert invoice_elsewhere.lists(village.book)[0].hits == 0
    assert refused(village, pays(village)) == {"INV-31": Severity.ERROR}  # it stays the other village's


def test_our_own_numbers_come_back_in_the_townships_list_and_are_no_hit(
    village: Village, tmp_path: Path
) -> None:
    document = pays(village)
    submit(village, document)
    sign_everything(village, document.id, DAY)
    by_name, by_code = lists.entry(NUMBER, NAME), replace(lists.entry(NUMBER, "旧名"), village_code=CODE)
    assert take(village, lists.signed(tmp_path, DAY, by_name, by_code)).hits == 0
    assert check_book(village.book) == ()
    assert used_tables.hits(village.book).rows == ()


def test_a_number_of_our_own_village_this_book_never_booked_was_used_in_another_ledger(
    village: Village, tmp_path: Path
) -> None:
    begun = pays(village)
    submit(village, begun)
    documents.withdraw(village.book, begun.id, "发票写错了", at(DAY, 12))
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER, NAME, "2023-05-06 付-0003")))
    assert refused(village, pays(village)) == {"INV-31": Severity.ERROR}


def test_lists_add_up_and_only_a_signed_word_takes_a_signed_word_back(
    village: Village, tmp_path: Path
) -> None:
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER)))
    take(village, lists.signed(tmp_path, DAY, lists.entry("25372000009999999999"), name="b.json"))
    assert "INV-31" in refused(village, pays(village))
    take(village, lists.table(tmp_path, lists.row(NUMBER, state="已退回")), WHO)
    assert "INV-31" in refused(village, pays(village))
    free = lists.entry(NUMBER, released="邻村已冲销")
    take(village, lists.signed(tmp_path, DAY, free, name="c.json"))
    submit(village, pays(village))
    with village.book.reading() as connection:
        assert len(store.lists(connection)) == 4


def test_after_a_signed_release_somebodys_word_of_a_new_use_holds(village: Village, tmp_path: Path) -> None:
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER, released="邻村已冲销")))
    take(village, lists.table(tmp_path, lists.row(NUMBER)), WHO)
    assert refused(village, pays(village)) == {"INV-32": Severity.HOLD}


def test_an_older_list_brought_after_a_newer_one_takes_nothing_back(village: Village, tmp_path: Path) -> None:
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER, released="邻村已冲销"), name="new.json"))
    take(village, lists.signed(tmp_path, DAY - timedelta(days=30), lists.entry(NUMBER), name="old.json"))
    submit(village, pays(village))


def test_a_release_by_one_village_leaves_the_use_by_another(village: Village, tmp_path: Path) -> None:
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER), lists.entry(NUMBER, "东村")))
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER, released="冲销"), name="b.json"))
    with pytest.raises(Refused) as caught:
        submit(village, pays(village))
    assert "东村" in caught.value.findings[0].text


def test_a_key_nobody_knows_needs_its_fingerprint_and_a_changed_file_is_refused(
    village: Village, tmp_path: Path
) -> None:
    path = lists.signed(tmp_path, DAY, lists.entry(NUMBER))
    offer = invoice_elsewhere.offer(village.book, path, DAY)
    assert (offer.signed, offer.trusted, offer.hits) == (True, False, 0)
    for wrong in ("", "0000-0000-0000-0000"):
        with pytest.raises(Refused) as caught:
            take(village, path, mark=wrong)
        assert ids_of(caught.value.findings) == ["E2L-01"]
    torn = tmp_path / "torn.json"
    torn.write_text(path.read_text(encoding="utf-8").replace("付-0007", "付-0008"), encoding="utf-8")
    with pytest.raises(Refused, match="does not fit"):
        take(village, torn)
    assert invoice_elsewhere.lists(village.book) == ()
    take(village, path)
    assert invoice_elsewhere.offer(
        village.book, lists.signed(tmp_path, DAY, lists.entry("1" * 20), name="b.json"), DAY
    ).trusted
    with pytest.raises(Refused, match="taken in on"):
        take(village, path)


def test_a_key_whose_trust_was_ended_is_not_trusted_by_its_fingerprint_again(
    village: Village, tmp_path: Path
) -> None:
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER)))
    ((key, _mark),) = township_keys.trusted(village.book)
    township_keys.end_trust(village.book, key.public, "钥匙丢失", at(DAY, 16))
    later = lists.signed(tmp_path, date(2025, 2, 1), lists.entry("1" * 20), name="b.json")
    with pytest.raises(Refused, match="no longer trusts"):
        invoice_elsewhere.take_in(village.book, later, at(date(2025, 2, 1), 9), fingerprint=lists.MARK)


@pytest.mark.parametrize(
    "told", [Told(), Told(lists.TOWNSHIP), Told("", "周镇财"), Told("清水镇", "周镇财", date(2025, 2, 1))]
)
def test_an_unsigned_list_is_nobodys_word_without_issuer_and_bringer_and_a_day_that_has_come(
    village: Village, tmp_path: Path, told: Told
) -> None:
    with pytest.raises(Refused) as caught:
        take(village, lists.table(tmp_path, lists.row(NUMBER)), told)
    assert set(ids_of(caught.value.findings)) == {"INV-34"}
    assert invoice_elsewhere.lists(village.book) == ()


def test_looking_at_a_list_writes_nothing(village: Village, tmp_path: Path) -> None:
    path = lists.signed(tmp_path, DAY, lists.entry(NUMBER))
    made = invoice_elsewhere.take_in(village.book, path, at(DAY, 15), dry_run=True)
    assert made.entries == 1
    assert invoice_elsewhere.lists(village.book) == ()
    assert township_keys.trusted(village.book) == ()


def test_what_the_village_gives_is_read_back_and_holds_no_name(village: Village, tmp_path: Path) -> None:
    first, second = (
        pays(village),
        paper.paid_on(village, paper.xml("25372000005555555555"), excuse="两台水泵"),
    )
    for document in (first, second):
        submit(village, document)
        sign_everything(village, document.id, DAY)
    reversing.reverse(village.book, second.id, "退货退款", DAY, at(DAY, 16))
    for form in ("csv", "xlsx"):
        path = tmp_path / f"ours.{form}"
        path.write_bytes(render(used_tables.ours(village.book, YEAR), form, NAME))
        read = invoice_elsewhere.read_file(path, DAY)
        found = {e.number: e for e in read.content.entries}
        assert found[NUMBER].released == ""
        assert found["25372000005555555555"].released
        assert {(e.village, e.village_code, e.kind, e.total_fen) for e in found.values()} == {
            (NAME, CODE, InvoiceKind.DIGITAL, 50_000)
        }
        assert read.findings == ()
    text = (tmp_path / "ours.csv").read_text(encoding="utf-8-sig")
    assert paper.SELLER not in text
    assert "冯志" not in text


def test_the_log_tells_it_in_words_and_a_forged_list_is_found(village: Village, tmp_path: Path) -> None:
    take(village, lists.signed(tmp_path, DAY, lists.entry(NUMBER)))
    with village.book.reading() as connection:
        (held,) = store.sealed(connection)
    assert held.content.entries == (lists.entry(NUMBER),)
    assert event_words.kind_title("invoices.elsewhere") != "invoices.elsewhere"
    seal = replace(held.seal, signature="0" * 128).to_data()
    forged = {"source": "x", "sha256": "0" * 64, "taken_on": DAY.isoformat(), "seal": seal}
    with village.book.writing("x", at(DAY, 17).at) as writing:
        writing.log("invoices.elsewhere", {**forged, "list": held.content.to_data()}, "f" * 32, "registers")
    assert [f.id for f in check_book(village.book)] == ["INV-34"]
