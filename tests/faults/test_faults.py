"""A few of every kind of trouble, in seconds; `python3 dev.py faults` tries all of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import shim, trials
from tests.faults.disk import Change, Disk
from tests.faults.plan import SYNCS, WRITES
from tests.faults.shim import Stage

BOOK = "/disk/a.vbook"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Device keys made on the way stay out of the tester's own folder."""
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    reason = shim.why_not()
    if reason:
        pytest.skip(reason)
    with Stage(shim.compile_shim(tmp_path_factory.mktemp("shim"))) as made:
        yield made


def test_a_killed_program_loses_nothing_it_said_was_saved(tmp_path: Path) -> None:
    found = trials.kills_at_random(tmp_path, times=2)
    assert not found.wrong
    assert not found.note.startswith("0 ")


def test_power_cuts_leave_a_sound_book(stage: Stage, tmp_path: Path) -> None:
    for found in trials.power_cuts(stage, tmp_path, vouchers=2, chances=1, every=17):
        assert not found.wrong, found.name
        assert found.times > 15


def test_power_cuts_would_be_seen_to_harm_a_careless_store(stage: Stage, tmp_path: Path) -> None:
    assert not trials.careless_store(stage, tmp_path).wrong


def test_a_kill_between_any_two_writes_leaves_a_sound_book(stage: Stage, tmp_path: Path) -> None:
    assert not trials.kills_everywhere(stage, tmp_path, vouchers=1, every=7).wrong


@pytest.mark.parametrize("torn", [False, True])
def test_a_full_disk_is_said_and_survived(stage: Stage, tmp_path: Path, torn: bool) -> None:
    found = trials.refusals(
        stage, tmp_path, "", what=WRITES, error=trials.ENOSPC, sticky=True, torn=torn, every=15
    )
    assert not found.wrong
    assert found.times > 3


def test_a_failing_sync_is_said_and_survived(stage: Stage, tmp_path: Path) -> None:
    found = trials.refusals(
        stage, tmp_path, "", what=SYNCS, error=trials.EIO, sticky=False, torn=False, every=3
    )
    assert not found.wrong


def test_the_check_finds_flipped_bits(tmp_path: Path) -> None:
    assert not trials.flipped_bytes(tmp_path, times=60).wrong


def test_a_copy_of_the_file_alone_is_the_whole_book(tmp_path: Path) -> None:
    assert not trials.copied_while_open(tmp_path, vouchers=3).wrong


def test_only_one_of_three_programs_opens_the_book(tmp_path: Path) -> None:
    assert not trials.opened_thrice(tmp_path, times=1).wrong


def test_a_package_cut_short_is_refused(tmp_path: Path) -> None:
    assert not trials.torn_packages(tmp_path, times=25).wrong


def test_a_pulled_stick_holds_no_torn_package(stage: Stage, tmp_path: Path) -> None:
    assert not trials.pulled_sticks(stage, tmp_path, every=3).wrong


def test_the_disk_forgets_what_was_not_synced() -> None:
    disk = Disk(folders_sync=True, in_order=False)
    disk.hold(BOOK, b"old")
    disk.step(Change("W", BOOK, "", 0, b"new"))
    dice = random.Random(1)
    assert disk.after_cut("none", dice) == {BOOK: b"old"}
    assert disk.after_cut("all", dice) == {BOOK: b"new"}
    disk.step(Change("S", BOOK, "", 0, b""))
    assert disk.after_cut("none", dice) == {BOOK: b"new"}


def test_the_disk_keeps_a_rename_only_with_its_folder() -> None:
    disk = Disk(folders_sync=True, in_order=False)
    disk.hold("/disk/a.part", b"whole")
    disk.step(Change("R", "/disk/a.part", BOOK, 0, b""))
    dice = random.Random(1)
    assert set(disk.after_cut("none", dice)) == {"/disk/a.part"}
    disk.step(Change("D", "/disk", "", 0, b""))
    assert set(disk.after_cut("none", dice)) == {BOOK}
