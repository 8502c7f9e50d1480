"""Whatever order files and acts come in, a key that was stopped or revoked never signs again, and what it signed stays."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import DAY, Village, at, make_village, move, payment, submit
from villagebook.domain.errors import Refused
from villagebook.domain.keys import KeyState, KeyStop, StopReason
from villagebook.exchange import signing as crypto
from villagebook.services.approvals import signing
from villagebook.services.offices import key_desk, key_words, keys, township_word
from villagebook.services.period_end.checking import check_book
from villagebook.services.township import township_keys
from villagebook.storage import documents as docs

PIN = "246813"
UNTIL = date(2027, 12, 31)
ACTS = ("sign", "answer", "list", "revoking", "old", "stop")


class Life:
    """One key of a handler, and a township that writes what it is asked to; days only go on."""

    def __init__(self, village: Village, folder: Path) -> None:
        self.village, self.folder, self.day = village, folder, DAY
        self.town = folder / "town"
        self.town.mkdir()
        made = township_keys.make_key(self.town, "清水镇", PIN)
        self.mark = made.fingerprint
        self.pen = township_keys.Pen(made.sealed, made.key_file, PIN)
        stick = folder / "stick"
        stick.mkdir()
        self.key = keys.make(village.book, village.ids["handler"], PIN, stick, at(DAY, 8))
        self.files: list[Path] = []
        self.lists: list[Path] = []
        self.dead_from: date | None = None
        self.signed: list[str] = []
        self.version = 0

    def do(self, act: str) -> None:
        self.day += timedelta(days=1)
        getattr(self, f"_{act}")()

    def _take(self, path: Path) -> bool:
        try:
            township_word.take_in(self.village.book, path, at(self.day), self.mark)
        except Refused:
            return False
        return True

    def _answer(self) -> None:
        path = self.town / f"{len(self.files)}.json"
        key_desk.answer(self.key.request, path, "清水镇", self.pen, self.key.key_id, UNTIL, at(self.day))
        self.files.append(path)
        assert self._take(path) is (self.dead_from is None)

    def _list(self, revoke: tuple[key_desk.Revocation, ...] = ()) -> None:
        if not self.lists:
            self._answer()
        path = self.town / f"{len(self.files)}.json"
        sources = (self.lists[-1],) if self.lists else (self.files[-1],)
        key_desk.write_list(path, "清水镇", self.pen, UNTIL, at(self.day), sources, revoke)
        self.files.append(path)
        self.lists.append(path)
        assert self._take(path)
        self.version += 1

    def _revoking(self) -> None:
        self._list((key_desk.Revocation(self.key.key_id, self.day, "钥匙遗失"),))
        self.dead_from = self.dead_from or self.day

    def _old(self) -> None:
        """Everything the township ever wrote, once more."""
        for path in self.lists:
            assert not self._take(path)
        for path in self.files:
            if path not in self.lists and self.dead_from is not None:
                assert not self._take(path)

    def _stop(self) -> None:
        who = self.village.ids["director"]
        told = KeyStop(self.key.key_id, StopReason.LOST, self.day, who, "赶集时丢失", "", self.day)
        try:
            keys.stop(self.village.book, told, None, at(self.day))
        except Refused:
            return
        self.dead_from = self.dead_from or self.day

    def _sign(self) -> None:
        number = len(self.signed)
        document = payment(
            self.village,
            1_000,
            DAY,
            party=f"第{number}家店",
            support_no=f"2531200000{number:04d}1{self.day:%j}",
        )
        submit(self.village, document, self.day)
        key = (self.key.sealed.read_bytes(), self.key.key_file.read_bytes(), PIN, at(self.day, 20))
        row = key_words.rows(self.village.book, self.day)[0]
        try:
            signing.sign_key(self.village.book, document.id, "H", self.village.ids["handler"], *key)
        except Refused:
            assert row.state is not KeyState.VALID
            return
        assert row.state is KeyState.VALID
        assert self.dead_from is None
        self.signed.append(document.id)

    def stands(self) -> None:
        """What was signed is there, and nothing about keys is wrong with the book."""
        with self.village.book.reading() as connection:
            for ident in self.signed:
                held = docs.submitted(connection, ident)
                assert held is not None
                assert len(docs.signatures(connection, ident, held.content_hash)) == 1
        assert [f.id for f in check_book(self.village.book) if f.id.startswith("KEY")] == []


@settings(max_examples=8)
@given(st.lists(st.sampled_from(ACTS), min_size=3, max_size=9))
def test_no_order_of_files_brings_a_key_back(acts: list[str]) -> None:
    honest: Callable[..., bytes] = crypto.seal_key
    weak = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    with (
        tempfile.TemporaryDirectory() as name,
        mock.patch.object(crypto, "seal_key", lambda *args: honest(*args, strength=weak)),
    ):
        village = make_village(Path(name))
        try:
            move(village, "IN", "EX", 3_000_000)
            life = Life(village, Path(name))
            for act in (*acts, "sign"):
                life.do(act)
            life.stands()
        finally:
            village.book.close()
