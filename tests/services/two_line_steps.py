"""Vectors: what is tried in a village of the two lines, the steps they are made of, and how they are run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from tests.builders import (
    NAME,
    START,
    Village,
    at,
    count_all,
    make_village,
    move,
    pay,
    payment,
    receipt,
    receive,
    sign_everything,
    submit,
    transfer,
)
from tests.cli.runner import write_csv
from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode, Place, PlaceKind
from villagebook.domain.receipts import Medium, ReceiptBook
from villagebook.domain.seals import Holding, SealKind
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.rules.catalogue import ALL_RULES
from villagebook.services import files, gate
from villagebook.services.offices import people, receipt_books, seals
from villagebook.services.offices.receipt_books import Spoilt
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import funds
from villagebook.services.vouchers import imports

Thunk = Callable[[], Any]
Make = Callable[[Village], Thunk]

D3, D5, D9 = date(2025, 1, 3), date(2025, 1, 5), date(2025, 1, 9)
END, FEB = START.last_day, date(2025, 2, 3)
MODES = tuple(LineMode)


@dataclass(frozen=True)
class Vector:
    """What is done to a fresh village, and whether the error id is among what is said."""

    id: str
    name: str
    make: Make
    found: bool


class Vectors(list[Vector]):
    """A table of vectors, filled rule by rule."""

    def refused(self, id: str, **cases: Make) -> None:
        """Cases in which this error id is said (and stops, where the rule stops)."""
        self.extend(Vector(id, name, make, True) for name, make in cases.items())

    def accepted(self, id: str, **cases: Make) -> None:
        """Cases that look alike and pass: nothing is refused, and the id is not said."""
        self.extend(Vector(id, name, make, False) for name, make in cases.items())


def outcome(thunk: Thunk) -> tuple[set[str], bool]:
    """(ids that were said, whether it was refused)."""
    try:
        said = thunk()
    except Refused as error:
        return {f.id for f in error.findings}, True
    found = said if isinstance(said, tuple) and all(isinstance(f, Finding) for f in said) else ()
    return {f.id for f in found}, False


def cases(vectors: Iterable[Vector], modes: Callable[[Vector], Iterable[LineMode]]) -> list[Any]:
    """Each vector in its modes, as parameters of a test."""
    return [
        pytest.param(v, mode, id=f"{v.id}-{'refused' if v.found else 'accepted'}-{v.name}-{mode.value}")
        for v in vectors
        for mode in modes(v)
    ]


def try_vector(folder: Path, vector: Vector, mode: LineMode) -> None:
    """Assert that the id is said where it should be, and that what is refused leaves no trace."""
    village = make_village(folder, mode=mode)
    thunk = vector.make(village)
    before = village.book.head()
    said, stopped = outcome(thunk)
    assert (vector.id in said) is vector.found, said
    if stopped:
        assert village.book.head() == before
    if not vector.found:
        assert not stopped, said
    village.book.close()


def try_without_its_rule(
    folder: Path, monkeypatch: pytest.MonkeyPatch, vector: Vector, mode: LineMode
) -> None:
    """Assert that nothing says the id any more once its rule is switched off: the vector tests this rule and no other."""
    village = make_village(folder, mode=mode)
    thunk = vector.make(village)
    monkeypatch.setattr(gate, "ALL_RULES", tuple(r for r in ALL_RULES if r.id != vector.id))
    with suppress(IntegrityError):  # below the rules there are triggers that stop our own mistakes
        said, _stopped = outcome(thunk)
        assert vector.id not in said
    village.book.close()


# ---- steps


def sends(
    document: Callable[[Village], Document], *before: Callable[[Village], Any], day: date | None = None
) -> Make:
    """Send a document in after some steps."""

    def make(village: Village) -> Thunk:
        for step in before:
            step(village)
        made = document(village)
        return lambda: submit(village, made, day)

    return make


def paying(fen: int, place: str = "EX", day: date = D5, **changes: Any) -> Callable[[Village], Document]:
    return lambda village: payment(village, fen, day, place=place, **changes)


def taking(fen: int, place: str = "RC", day: date = D5, **changes: Any) -> Callable[[Village], Document]:
    return lambda village: receipt(village, fen, day, place=place, **changes)


def moving(
    source: str, target: str, fen: int, day: date = D5, **changes: Any
) -> Callable[[Village], Document]:
    return lambda village: transfer(village, source, target, fen, day, **changes)


def got(fen: int, place: str = "RC", day: date = D3, **changes: Any) -> Callable[[Village], Any]:
    return lambda village: receive(village, fen, day, place=place, **changes)


def moved(source: str, target: str, fen: int, day: date = D3) -> Callable[[Village], Any]:
    return lambda village: move(village, source, target, fen, day)


def paid(fen: int, place: str = "EX", day: date = D3, **changes: Any) -> Callable[[Village], Any]:
    return lambda village: pay(village, fen, day, place=place, **changes)


APPROPRIATED = moved("IN", "EX", 1_000_000)
FLOAT = (APPROPRIATED, moved("EX", "IM", 200_000))


def deposits(
    missing: int = 0, day: date = D5, only: int | None = None, **changes: Any
) -> Callable[[Village], Document]:
    """Everything in the drawer on one slip, short by some fen, or the first receipts only."""
    from villagebook.services.vouchers import receipts

    def document(village: Village) -> Document:
        listed = receipts.undeposited(village.book, day)[:only]
        fen = sum(r.amount_fen for r in listed) - missing
        ids = tuple(r.document_id for r in listed)
        return transfer(village, "RC", "IN", fen, day, receipts=ids, **changes)

    return document


def reviews(*before: Callable[[Village], Any], period: Period = START) -> Make:
    """What would be said if the month were closed."""

    def make(village: Village) -> Thunk:
        for step in before:
            step(village)
        return lambda: closing.review(village.book, period, period.last_day)

    return make


def closes(*before: Callable[[Village], Any]) -> Make:
    def make(village: Village) -> Thunk:
        for step in before:
            step(village)
        return lambda: closing.close(village.book, START, at(END, 20))

    return make


def does(act: Callable[[Village], Any], *before: Callable[[Village], Any]) -> Make:
    def make(village: Village) -> Thunk:
        for step in before:
            step(village)
        return lambda: act(village)

    return make


def counted(village: Village) -> None:
    count_all(village, END)


def photo_copies(village: Village, n: int) -> tuple[Any, ...]:
    return tuple(
        files.store_file(village.book, b"%PDF-1.4 copy " + bytes([65 + i]), f"{i}.pdf") for i in range(n)
    )


def book_of(village: Village) -> str:
    return receipt_books.standings(village.book)[0].book.id


def voids(number: int, copies: int = 3, **changes: Any) -> Callable[[Village], Any]:
    def act(village: Village) -> Any:
        spoilt = Spoilt(book_of(village), number, D3, "金额写错", photo_copies(village, copies))
        return receipt_books.void(village.book, replace(spoilt, **changes), at(D3))

    return act


def hands_back(fen: int, counter: str = "accountant") -> Callable[[Village], Any]:
    return lambda village: receipt_books.hand_back(
        village.book, book_of(village), village.ids[counter], fen, D5, at(D5)
    )


def draws(first: int = 501, last: int = 600, medium: Medium = Medium.PAPER) -> Callable[[Village], Any]:
    def act(village: Village) -> Any:
        made = ReceiptBook("", "村集体收款收据", first, last, 4, village.ids["clerk"], D5, medium)
        return receipt_books.draw(village.book, made, at(D5))

    return act


def adds(code: str, kind: PlaceKind, **changes: Any) -> Callable[[Village], Any]:
    def act(village: Village) -> Any:
        made = Place(code, kind, code, "102", NAME, filed="镇备2025-7")
        return people.add_place(village.book, replace(made, **changes), at(D3))

    return act


def fund(village: Village) -> None:
    """A road fund with money in it."""
    adds("SP:road", PlaceKind.SP)(village)
    funds.define_fund(village.book, "SP:road", ("153",), "修路", "代表会2025-4", at(D3))
    receive(village, 500_000, D3, place="SP:road", items=(Item("241", 500_000, "修路补助"),))


def agency(village: Village) -> None:
    adds("AG", PlaceKind.AG)(village)


def collected(village: Village) -> None:
    agency(village)
    receive(village, 9_000, D3, place="AG", summary="代收医保费", items=(Item("211", 9_000, "代收医保费"),))


def passed_on(village: Village) -> None:
    items = (Item("211", 9_000, "上缴医保费"),)
    pay(village, 9_000, D5, place="AG", items=items, party="镇医保所", summary="上缴代收医保费")


def adjusting(*lines: tuple[str, int, int]) -> Callable[[Village], Document]:
    def document(village: Village) -> Document:
        made = tuple(VoucherLine(account, debit, credit, "调整") for account, debit, credit in lines)
        return replace(
            payment(village, 0, D5, items=(), place="", party=""),
            kind=DocKind.ADJUSTMENT,
            lines=made,
            summary="往来调整",
        )

    return document


LOAN: dict[str, Any] = {
    "party": "何老四",
    "summary": "借款给何老四治病",
    "items": (Item("112", 100_000, "借款"),),
    "support": Support.CONTRACT,
    "spend_kind": SpendKind.LOAN,
    "resolution": "代表会2025-6",
    "due_on": date(2025, 1, 20),
}
BORROW: dict[str, Any] = {"summary": "向信用社借入", "items": (Item("201", 500_000, "短期借款"),)}
FEE: dict[str, Any] = {"summary": "账户管理费", "party": "农商行", "support_no": "FY1"}


def lent(village: Village) -> None:
    made = payment(village, 100_000, D3, **LOAN)
    submit(village, made)
    sign_everything(village, made.id, D3)


def history(*rows: str) -> Make:
    """Vouchers of another program taken in, and then the check."""

    def make(village: Village) -> Thunk:
        path = write_csv(village.folder / "h.csv", "日期,凭证字,凭证号,摘要,科目,借方,贷方,资金", *rows)
        imports.import_file(village.book, path, layout="vouchers", by=at(FEB))
        return lambda: tuple(
            f for f in check_book(village.book) if f.severity in (Severity.ERROR, Severity.WARNING)
        )

    return make


def gives(who: str, kind: SealKind, name: str = "基本户") -> Callable[[Village], Any]:
    return lambda village: seals.hand_over(
        village.book, Holding("", kind, name, village.ids[who], D3), at(D3)
    )


def suppressed(act: Callable[..., Any], *words: Any) -> None:
    """A step that may be refused itself."""
    with suppress(Refused):
        act(*words)
