"""What `check` and `verify` find in a book or package whose log is properly chained and signed, but forged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    DAY,
    Village,
    at,
    by_hand,
    ids_of,
    make_village,
    move,
    pay,
    payment,
    receipt,
    receive,
    submit,
)
from tests.lived import lived
from villagebook.domain.document import Document, derive_lines
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import stopping
from villagebook.domain.package import PackageContent
from villagebook.domain.signature import Signature, SignKind
from villagebook.domain.voucher import WORDS, Origin, Voucher, VoucherLine
from villagebook.exchange import signing as crypto
from villagebook.exchange.package import write_package
from villagebook.services import files
from villagebook.services.book_file import books
from villagebook.services.handing_over import handover
from villagebook.services.period_end import checking
from villagebook.services.vouchers import reversing
from villagebook.services.vouchers.documents import voucher_data
from villagebook.storage import ledger

Event = tuple[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "home"))


def submission(document: Document) -> Event:
    return (
        "document.submitted",
        {
            "content": document.to_data(),
            "content_hash": document.content_hash(),
            "total_fen": document.total_fen,
            "first": True,
        },
    )


def posting(village: Village, document: Document, number: int = 1, **changes: Any) -> Event:
    made = Voucher(
        id=document.id,
        kind=document.kind,
        word=WORDS[document.kind],
        number=number,
        booked_on=document.booked_on,
        summary=document.summary,
        lines=derive_lines(document, books.places(village.book)),
        party=document.party,
        document_id=document.id,
    )
    return ("voucher.posted", voucher_data(replace(made, **changes)))


def signature(village: Village, document: Document, slot: str, who: str, **changes: Any) -> Event:
    made = Signature(document.id, document.content_hash(), slot, village.ids[who], DAY, SignKind.INK, PHOTO)
    return ("signature.given", replace(made, **changes).to_data())


SCAN = b"%PDF-1.4 the scan of a signed sheet"
PHOTO = hashlib.sha256(SCAN).hexdigest()
ALL = (
    ("H", "handler"),
    ("W", "witness"),
    ("C", "clerk"),
    ("S", "head"),
    ("S", "supervisor"),
    ("D", "director"),
    ("P", "secretary"),
    ("A", "accountant"),
)


def signatures(village: Village, document: Document, *, but: str = "") -> list[Event]:
    return [signature(village, document, slot, who) for slot, who in ALL if slot not in but]


def red(village: Village, **changes: Any) -> Event:
    """A "red" voucher that pays money out."""
    bill = payment(village, 100)
    return posting(village, bill, document_id="", **changes)


FORGERIES: dict[str, tuple[str, Callable[[Village, Document], list[Event]]]] = {
    "a payment without a document": ("AP-36", lambda v, d: [posting(v, d)]),
    "a payment that names no document": ("AP-36", lambda v, d: [posting(v, d, document_id="")]),
    "a payment without signatures": ("AP-01", lambda v, d: [submission(d), posting(v, d)]),
    "a payment one slot short": (
        "AP-01",
        lambda v, d: [submission(d), *signatures(v, d, but="D"), posting(v, d)],
    ),
    "a payment signed after it was changed": (
        "AP-01",
        lambda v, d: [*signatures(v, d), submission(replace(d, summary="别的用途")), posting(v, d)],
    ),
    "another amount than was signed": (
        "AP-36",
        lambda v, d: [
            submission(d),
            *signatures(v, d),
            posting(v, replace(d, items=(replace(d.items[0], amount_fen=900),))),
        ],
    ),
    "another account than was signed": (
        "AP-36",
        lambda v, d: [
            submission(d),
            *signatures(v, d),
            posting(v, replace(d, items=(replace(d.items[0], account="513"),))),
        ],
    ),
    "another money place than was signed": (
        "AP-36",
        lambda v, d: [submission(d), *signatures(v, d), posting(v, replace(d, place="IM"))],
    ),
    "another payee than was signed": (
        "AP-36",
        lambda v, d: [submission(d), *signatures(v, d), posting(v, d, party="张三")],
    ),
    "signed by nobody of the village": (
        "AP-02",
        lambda v, d: [
            submission(d),
            *[signature(v, d, slot, who, person_id=f"x{n}") for n, (slot, who) in enumerate(ALL)],
            posting(v, d),
        ],
    ),
    "the director's slot signed by a villager": (
        "AP-02",
        lambda v, d: [
            submission(d),
            *[signature(v, d, slot, "villager" if slot == "D" else who) for slot, who in ALL],
            posting(v, d),
        ],
    ),
    "one person in two slots": (
        "AP-09",
        lambda v, d: [
            submission(d),
            *[signature(v, d, slot, "handler" if slot == "W" else who) for slot, who in ALL],
            posting(v, d),
        ],
    ),
    "ticks without evidence": (
        "AP-03",
        lambda v, d: [
            submission(d),
            *[signature(v, d, slot, who, evidence="") for slot, who in ALL],
            posting(v, d),
        ],
    ),
    "a key signature that is none": (
        "AP-36",
        lambda v, d: [
            submission(d),
            *signatures(v, d, but="A"),
            signature(v, d, "A", "accountant", kind=SignKind.KEY, key_id="k", evidence="00" * 64),
            posting(v, d),
        ],
    ),
    "a debt written off by nobody": (
        "AP-36",
        lambda v, d: [
            posting(
                v, d, document_id="", lines=(VoucherLine("515", 900, 0, "x"), VoucherLine("112", 0, 900, "x"))
            )
        ],
    ),
    "a red voucher that undoes nothing": ("VCH-07", lambda v, d: [red(v, reverses="nothing")]),
    "a payment out of takings": (
        "E2L-10",
        lambda v, d: [submission(replace(d, place="RC")), posting(v, replace(d, place="RC"))],
    ),
    "a payment from the income line": (
        "E2L-20",
        lambda v, d: [submission(replace(d, place="IN")), posting(v, replace(d, place="IN"))],
    ),
}


@pytest.fixture
def forged(village: Village) -> Village:
    receive(village, 50_000, place="RC")
    move(village, "IN", "EX", 500_000)
    move(village, "EX", "IM", 100_000)
    files.store_file(village.book, SCAN, "scan.pdf")
    with village.book.scribbling() as connection:
        for trigger in ("tr_e2l_10_takings", "tr_e2l_40_closed_month"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    return village


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_found_in_the_book_and_in_a_properly_signed_package(forged: Village, name: str):
    error_id, forge = FORGERIES[name]
    assert checking.check_book(forged.book) == ()
    by_hand(forged, *forge(forged, payment(forged, 50_000)), day=DAY)
    assert error_id in ids_of(checking.check_book(forged.book))
    package = packed(forged)
    assert error_id in ids_of(stopping(checking.verify(package)))


def packed(village: Village, /, **manifest: Any) -> Path:
    """A package of exactly this book, signed with the village's own device key: what a forger hands over."""
    with village.book.snapshot() as connection:
        content = handover._content(village.book, connection, village.book.head(), None, DAY)
    made = PackageContent({**content.manifest, **manifest}, content.entries, content.objects, {})
    path = village.folder / "forged.vbx.zip"
    path.unlink(missing_ok=True)
    write_package(path, made, handover.device_seed(village.book))
    return path


def test_an_honest_payment_by_the_same_way_is_not_found(forged: Village):
    """The forgeries above are found for their fault, not for being made by hand."""
    document = payment(forged, 50_000)
    events = [
        submission(document),
        *[signature(forged, document, slot, who) for slot, who in ALL],
        posting(forged, document),
    ]
    by_hand(forged, *events, day=DAY)
    assert checking.check_book(forged.book) == ()
    assert stopping(checking.verify(packed(forged))) == ()


def test_a_voucher_in_a_month_that_was_closed_is_found(forged: Village):
    by_hand(
        forged, ("period.stepped", {"period": 202501, "state": "closed", "reason": ""}), day=date(2025, 1, 31)
    )
    late = receipt(forged, 100)
    by_hand(forged, submission(late), posting(forged, late, number=2), day=date(2025, 2, 1))
    assert "E2L-40" in ids_of(checking.check_book(forged.book))
    assert "E2L-40" in ids_of(checking.verify(packed(forged)))


def test_a_voucher_of_a_month_that_was_reopened_and_closed_again_is_in_order(forged: Village):
    for state in ("closed", "open"):
        by_hand(
            forged, ("period.stepped", {"period": 202501, "state": state, "reason": ""}), day=date(2025, 2, 1)
        )
    late = receipt(forged, 100)
    by_hand(forged, submission(late), posting(forged, late, number=2), day=date(2025, 2, 1))
    by_hand(
        forged, ("period.stepped", {"period": 202501, "state": "closed", "reason": ""}), day=date(2025, 2, 1)
    )
    assert checking.check_book(forged.book) == ()


def test_red_vouchers_of_the_program_are_in_order_and_changed_ones_are_not(forged: Village):
    wrong = receive(forged, 60_000)
    reversing.reverse(forged.book, wrong.id, "重复入账", DAY, at(DAY))
    assert checking.check_book(forged.book) == ()
    other = receive(forged, 70_000)
    more = posting(forged, other, number=9, document_id="", reverses=other.id)
    lines = [[a, -d * 2, -c * 2, *rest] for a, d, c, *rest in more[1]["lines"]]
    by_hand(forged, ("voucher.posted", {**more[1], "lines": lines}), day=DAY)
    assert "VCH-07" in ids_of(checking.check_book(forged.book))


def test_history_taken_in_needs_no_signatures(forged: Village):
    by_hand(forged, posting(forged, payment(forged, 100), origin=Origin.IMPORT, document_id=""), day=DAY)
    assert checking.check_book(forged.book) == ()


def test_cash_that_was_not_there_is_found(forged: Village):
    document = payment(forged, 150_000, place="IM")
    by_hand(forged, submission(document), *signatures(forged, document), posting(forged, document), day=DAY)
    assert "E2L-28" in ids_of(checking.check_book(forged.book))


def test_a_final_notice_that_nobody_reviewed_is_found(forged: Village):
    (forged.folder / "x").mkdir()
    honest = lived(forged.folder / "x")
    assert checking.check_book(honest.book) == ()
    with honest.book.reading() as connection:
        row = connection.exec_driver_sql("SELECT content, content_hash FROM notice").one()
    by_hand(
        honest,
        (
            "notice.compiled",
            {
                "id": "n2",
                "number": "x",
                "first": 202502,
                "last": 202502,
                "content": json.loads(row[0]),
                "content_hash": row[1],
            },
        ),
        ("notice.published", {"id": "n2"}),
        day=date(2025, 2, 5),
    )
    assert "DIS-06" in ids_of(checking.check_book(honest.book))
    honest.book.close()


# ---- packages


def test_an_exported_book_verifies_clean(tmp_path: Path):
    village = lived(tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    made = handover.export(village.book, stick, at(date(2025, 2, 3)))
    assert stopping(checking.verify(made.path)) == ()
    assert handover.exports(village.book)[0].name == made.path.name
    assert checking.check_path(made.path) == checking.verify(made.path)
    assert checking.check_path(village.book.path) == ()
    village.book.close()


@pytest.mark.parametrize("spoil", ["flip", "cut", "append", "empty", "foreign"])
def test_a_spoiled_package_is_a_finding_and_never_a_crash(tmp_path: Path, spoil: str):
    village = lived(tmp_path)
    made = handover.export(village.book, tmp_path, at(date(2025, 2, 3)))
    data = made.path.read_bytes()
    half = len(data) // 2
    spoiled = {
        "flip": data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :],
        "cut": data[:-7],
        "append": data + b"x",
        "empty": b"",
        "foreign": b"PK\x05\x06" + bytes(18),
    }[spoil]
    path = tmp_path / "spoiled.vbx.zip"
    path.write_bytes(spoiled)
    found = stopping(checking.verify(path))
    assert found
    assert all(i.startswith("PKG") for i in ids_of(found))
    village.book.close()


def test_a_package_that_lies_about_its_totals_or_its_book_is_found(forged: Village):
    for lie in (
        {"totals": {"vouchers": 0, "debit_fen": 0, "credit_fen": 0}},
        {"book_id": "ff" * 16},
        {"village": "另一个村"},
    ):
        assert "PKG-30" in ids_of(checking.verify(packed(forged, **lie)))


BROKEN: list[Event] = [
    ("voucher.posted", {}),
    ("voucher.posted", {"booked_on": 5, "lines": []}),
    ("book.opened", {"book_id": "x"}),
    ("nothing.known", {}),
    ("post.given", {"id": "p", "person_id": "nobody", "kind": "mayor", "from_on": "2025-01-01"}),
    ("policy.set", {"policy": {"in_force_on": "2000-01-01"}}),
    ("period.stepped", {"period": "x", "state": "open", "reason": ""}),
    ("document.submitted", {"content": {}, "content_hash": "", "total_fen": 1, "first": True}),
]


@pytest.mark.parametrize("event", BROKEN, ids=lambda e: e[0])
def test_a_log_that_cannot_be_replayed_is_a_finding_and_never_a_crash(forged: Village, event: Event):
    from villagebook.domain.event import Event as Entry
    from villagebook.domain.event import entry_hash

    with forged.book.snapshot() as connection:
        content = handover._content(forged.book, connection, forged.book.head(), None, DAY)
    head = forged.book.head()
    entry = Entry(head.seq + 1, event[0], "2025-02-01T00:00:00Z", "x", "x", head.hash, event[1]).entry()
    manifest = {**content.manifest, "head": {"seq": head.seq + 1, "hash": entry_hash(entry)}}
    path = forged.folder / "broken.vbx.zip"
    write_package(
        path, PackageContent(manifest, (*content.entries, entry), content.objects, {}), crypto.new_key()
    )
    assert set(ids_of(stopping(checking.verify(path)))) & {"PKG-30", "PKG-31"}


def test_export_refuses_a_book_that_does_not_hold_and_writes_nothing(tmp_path: Path):
    from villagebook.domain.errors import Refused

    village = lived(tmp_path)
    with village.book.scribbling() as connection:
        connection.exec_driver_sql("UPDATE month_total SET debit_fen = debit_fen + 1")
    with pytest.raises(Refused) as caught:
        handover.export(village.book, tmp_path, at(date(2025, 2, 3)))
    assert ids_of(caught.value.findings) == ["CHK-07"]
    assert not list(tmp_path.glob("*.vbx.zip"))
    village.book.close()


def test_a_stick_that_is_not_there_is_one_sentence_and_no_entry(village: Village):
    before = village.book.head()
    with pytest.raises(KnownError):
        handover.export(village.book, village.folder / "no-stick", at(DAY))
    assert village.book.head() == before


def test_a_signed_payment_is_clean_again_after_a_whole_month(village: Village):
    move(village, "IN", "EX", 100_000)
    pay(village, 40_000)
    submit(village, payment(village, 5_000))
    assert checking.check_book(village.book) == ()
    with village.book.reading() as connection:
        assert ledger.control_totals(connection)[2] == 2


def test_a_chained_log_with_a_senseless_body_is_a_finding_and_not_a_crash(tmp_path: Path):
    village = make_village(tmp_path)
    post: dict[str, object] = {
        "id": "p-x",
        "person_id": village.ids["clerk"],
        "kind": "emperor",
        "from_on": "2025-01-01",
    }
    by_hand(village, ("post.given", post), day=DAY)
    assert ids_of(checking.check_book(village.book)) == ["CHK-11"]
