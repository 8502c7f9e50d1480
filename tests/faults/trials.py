"""The trials: each breaks something on purpose many times and counts what came of it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import village
from tests.faults import judge
from tests.faults.disk import Change, Disk, read_record
from tests.faults.plan import SYNCS, WRITES, Plan
from tests.faults.shim import ROOT, Stage
from villagebook.domain.finding import stopping
from villagebook.services.book_file import books
from villagebook.services.handing_over import handover
from villagebook.services.period_end import checking
from villagebook.services.vouchers import documents

ENOSPC, EIO = 28, 5
KILLED = -9


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the summary: how often something was broken, and the times it did harm."""

    name: str
    times: int
    wrong: tuple[str, ...]
    note: str = ""


def new_book(folder: Path, vouchers: int = 3) -> Path:
    """A small book to break."""
    folder.mkdir(exist_ok=True)
    path = folder / "village.vbook"
    with village.new_book(path) as book:
        for no in range(vouchers):
            documents.submit(book, village.receipt(no=no + 500), village.at())
    for rest in folder.glob("*.csv"):
        rest.unlink()
    return path


def _copy(base: Path, folder: Path) -> Path:
    """A fresh folder with a copy of the book alone in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return Path(shutil.copyfile(base, folder / base.name))


def _harm(where: str, found: list[str]) -> list[str]:
    """The first thing that is wrong, with the place where it happened; nothing when nothing is."""
    return [f"{where}: {found[0]}"] if found else []


def _acknowledged(folder: Path) -> list[str]:
    ack = folder / "ack"
    return ack.read_text(encoding="utf-8").split() if ack.exists() else []


# ---- power cuts ----

MODELS = {
    "power cut, folders sync": {"folders_sync": True, "in_order": False},
    "power cut, journaling, folders do not sync": {"folders_sync": False, "in_order": True},
    "power cut, nothing in order, folders do not sync": {"folders_sync": False, "in_order": False},
}


def power_cuts(
    stage: Stage, folder: Path, *, vouchers: int, chances: int, every: int = 1, seed: int = 1
) -> Iterator[Outcome]:
    """Record posting once; then cut the power after every change and judge each state a disk may hold."""
    base = new_book(folder)
    path, changes = _recorded(stage, base, folder, vouchers, careless=False)
    for name, model in MODELS.items():
        yield _replay(name, base, path, changes, Disk(**model), folder / "state", chances, every, seed)


def careless_store(stage: Stage, folder: Path) -> Outcome:
    """The trial on trial: a store that does not wait for the disk must be seen to lose what it said was saved."""
    base = new_book(folder)
    path, changes = _recorded(stage, base, folder, 4, careless=True)
    disk = Disk(folders_sync=True, in_order=True)
    seen = _replay("", base, path, changes, disk, folder / "state", 1, 2, 5)
    wrong = () if seen.wrong else ("a careless store passes, so the trial proves nothing",)
    name = "power cut, a store that never syncs (control)"
    return Outcome(name, seen.times, wrong, f"harm in {len(seen.wrong)} states, as there must be")


def _recorded(
    stage: Stage, base: Path, folder: Path, vouchers: int, *, careless: bool
) -> tuple[Path, list[Change]]:
    """Where the book lay, and every change that posting made."""
    path = _copy(base, folder / "disk")
    record = folder / "record"
    record.unlink(missing_ok=True)
    plan = Plan(str(path.parent), str(path), count=vouchers, record=str(record), careless=careless)
    told = stage.perform(plan)
    if told["status"] or "bug" in told or "known" in told:
        raise AssertionError(told)
    return path, list(read_record(record))


def _replay(
    name: str,
    base: Path,
    path: Path,
    changes: list[Change],
    disk: Disk,
    state: Path,
    chances: int,
    every: int,
    seed: int,
) -> Outcome:
    dice = random.Random(seed)
    disk.hold(str(path), base.read_bytes())
    acknowledged: list[str] = []
    wrong: list[str] = []
    seen: set[tuple[int, int]] = set()
    states = 0
    for number, change in enumerate(changes):
        if change.name.endswith("/ack"):
            acknowledged += change.data.decode().split()
            continue
        disk.step(change)
        if number % every:
            continue
        for how in ("none", "all", *["some"] * chances):
            files = {Path(n).name: b for n, b in disk.after_cut(how, dice).items()}
            states += 1
            key = (hash(tuple(sorted(files.items()))), len(acknowledged))
            if key in seen:
                continue
            seen.add(key)
            shutil.rmtree(state, ignore_errors=True)
            state.mkdir()
            for file, data in files.items():
                (state / file).write_bytes(data)
            found = judge.faults_of(state / path.name, acknowledged)
            wrong += _harm(f"after change {number} ({change.kind} {Path(change.name).name}), {how}", found)
    note = f"{len(acknowledged)} vouchers, {len(changes)} changes, {len(seen)} different states"
    return Outcome(name, states, tuple(wrong), note)


# ---- kills ----


def kills_everywhere(stage: Stage, folder: Path, *, vouchers: int, every: int = 1) -> Outcome:
    """Kill before every change of a file, letting nothing or half of that write through."""
    base = new_book(folder)
    wrong: list[str] = []
    times = unasked = 0
    for torn in (False, True):
        at = 1
        while True:
            path = _copy(base, folder / "kill")
            plan = Plan(str(path.parent), str(path), count=vouchers, kill_at=at, torn=torn)
            if stage.perform(plan)["status"] != KILLED:
                break
            times += 1
            told = _acknowledged(path.parent)
            found = judge.faults_of(path, told)
            wrong += _harm(f"before change {at}, torn {torn}", found)
            unasked += _vouchers(path) - 4 > len(told) if not found else 0
            at += every
    return Outcome(
        "killed before every change, whole and torn", times, tuple(wrong), f"{unasked} saved but not yet told"
    )


def _vouchers(path: Path) -> int:
    with books.open_book(path, read_only=True) as book, book.reading() as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM voucher").scalar_one())


_POST = """
import sys
from pathlib import Path
from tests.bench import village
from villagebook.domain.errors import KnownError
from villagebook.services.book_file import books
from villagebook.services.vouchers import documents
try:
    book = books.open_book(Path(sys.argv[1]))
except KnownError as error:
    print("known", flush=True)
    sys.exit(3)
village.know(book)
print("open", flush=True)
for no in range(int(sys.argv[3])):
    document = village.receipt(no=int(sys.argv[2]) + no)
    documents.submit(book, document, village.at())
    print(document.id, flush=True)
sys.stdin.read(1)
"""


def _poster(path: Path, start: int, count: int) -> subprocess.Popen[str]:
    """A process of its own that posts and says so."""
    command = [sys.executable, "-c", _POST, str(path), str(start), str(count)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _first(child: subprocess.Popen[str]) -> str:
    """The first line a process says."""
    return child.stdout.readline().strip() if child.stdout else ""


def _rest(child: subprocess.Popen[str]) -> list[str]:
    """Let a process go; the ids it said."""
    if child.stdin is None or child.stdout is None:
        raise AssertionError("a process without pipes")
    child.stdin.close()
    with child.stdout:
        ids = [line for line in child.stdout.read().split() if len(line) == 32]
    child.wait()
    return ids


def kills_at_random(folder: Path, *, times: int, seed: int = 2) -> Outcome:
    """Kill a posting process at a random moment, again and again, in one book that lives on. Needs no shim."""
    path = new_book(folder)
    dice = random.Random(seed)
    acknowledged: list[str] = []
    wrong: list[str] = []
    for time_ in range(times):
        child = _poster(path, time_ * 10_000 + 1000, 9999)
        if _first(child) != "open":
            wrong.append("did not open")
        time.sleep(dice.random() * 0.25)
        child.kill()
        acknowledged += _rest(child)
        found = judge.faults_of(path, acknowledged, work_on=False)
        wrong += _harm(f"kill {time_}", found)
    return Outcome(
        "killed at random moments", times, tuple(wrong), f"{len(acknowledged)} vouchers told as saved"
    )


# ---- disks that say no ----


def refusals(
    stage: Stage, folder: Path, name: str, *, what: int, error: int, sticky: bool, torn: bool, every: int = 1
) -> Outcome:
    """Refuse every write (or sync) in turn; the user must be told in words, lose nothing, and be able to go on."""
    base = new_book(folder)
    wrong: list[str] = []
    times, at, words = 0, 1, set()
    while True:
        path = _copy(base, folder / "full")
        plan = Plan(
            str(path.parent),
            str(path),
            count=2,
            fail_at=at,
            what=what,
            error=error,
            sticky=sticky,
            torn=torn,
            again=True,
        )
        told = stage.perform(plan)
        if told.get("counted", 1) < at and not told["status"]:
            break
        times += 1
        where = f"refused {at}"
        if "bug" in told or told["status"]:
            wrong.append(f"{where}: {told.get('bug', told['status'])}")
        words.add(str(told.get("known", ""))[:22])
        acknowledged = _acknowledged(path.parent) + ([told["again"]] if told.get("again") else [])
        found = judge.faults_of(path, acknowledged)
        wrong += _harm(f"{where}", found)
        at += every
    return Outcome(name, times, tuple(wrong), f"{len(words - {''})} sentences shown")


def full_disk(stage: Stage, folder: Path, *, every: int = 1) -> Iterator[Outcome]:
    """Whole writes refused, and writes of which half arrives first."""
    for torn, how in ((False, "stays full"), (True, "half written")):
        name = f"disk full at every write, {how}"
        yield refusals(
            stage, folder / how, name, what=WRITES, error=ENOSPC, sticky=True, torn=torn, every=every
        )


def failing_syncs(stage: Stage, folder: Path) -> Outcome:
    return refusals(stage, folder, "one sync fails", what=SYNCS, error=EIO, sticky=False, torn=False)


# ---- files that are not what they were ----


def flipped_bytes(folder: Path, *, times: int, seed: int = 3) -> Outcome:
    """Change one byte anywhere in the file; where the content changed, the check must say so."""
    base = new_book(folder, vouchers=40)
    dice = random.Random(seed)
    whole, before = base.read_bytes(), judge.content(base)
    path = folder / "flipped.vbook"
    changed, wrong = 0, []
    for _ in range(times):
        at, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        spoilt = bytearray(whole)
        spoilt[at] ^= bit
        path.write_bytes(spoilt)
        if judge.content(path) == before:
            continue
        changed += 1
        found = judge.faults_of(path, (), work_on=False)
        wrong += [f"byte {at} ^ {bit} unnoticed"] * (not found)
    rate = f"{changed} changed the content, {changed - len(wrong)} of them found"
    return Outcome("one flipped bit in the file", times, tuple(wrong), rate)


def copied_while_open(folder: Path, *, vouchers: int) -> Outcome:
    """The user copies the book's file alone, with the program open: everything posted must be in the copy."""
    path = new_book(folder)
    wrong: list[str] = []
    told: list[str] = []
    with books.open_book(path) as book:
        for no in range(vouchers):
            document = village.receipt(no=no + 1)
            documents.submit(book, document, village.at())
            told.append(document.id)
            copy = Path(shutil.copyfile(path, folder / "copy.vbook"))
            found = judge.faults_of(copy, told)
            wrong += _harm(f"after {no + 1}", found)
    return Outcome("the file alone copied while open", vouchers, tuple(wrong))


def opened_thrice(folder: Path, *, times: int) -> Outcome:
    """Three programs on one book at once: one works, the others are told so."""
    path = new_book(folder)
    wrong: list[str] = []
    acknowledged: list[str] = []
    for round_ in range(times):
        posters = [_poster(path, round_ * 1000 + i * 100 + 1, 10) for i in range(3)]
        answers = [_first(poster) for poster in posters]
        for poster in posters:
            acknowledged += _rest(poster)
        if sorted(answers) != ["known", "known", "open"]:
            wrong.append(f"round {round_}: {answers}")
        found = judge.faults_of(path, acknowledged, work_on=False)
        wrong += _harm(f"round {round_}", found)
    return Outcome("opened three times at once", times, tuple(wrong), f"{len(acknowledged)} vouchers posted")


# ---- packages ----


def torn_packages(folder: Path, *, times: int, seed: int = 4) -> Outcome:
    """Cut a package short anywhere: verify must refuse every piece."""
    path = new_book(folder, vouchers=10)
    with books.open_book(path) as book:
        made = handover.export(book, folder, village.at())
    data = made.path.read_bytes()
    dice = random.Random(seed)
    wrong: list[str] = []
    if stopping(checking.verify(made.path)):
        wrong.append("the whole package is refused")
    piece = folder / "piece.vbx.zip"
    cuts = {0, 1, 4, len(data) - 1, len(data) - 2, *(dice.randrange(len(data)) for _ in range(times))}
    for cut in sorted(cuts):
        piece.write_bytes(data[:cut])
        wrong += [f"cut at {cut} accepted"] * (not stopping(checking.verify(piece)))
    return Outcome("package cut short", len(cuts), tuple(wrong), f"{len(data):,} bytes")


def pulled_sticks(stage: Stage, folder: Path, *, every: int = 1) -> Outcome:
    """Kill the export before every change on the stick: what carries a package's name afterwards is a whole one."""
    base = new_book(folder, vouchers=10)
    wrong: list[str] = []
    times, at, whole = 0, 1, 0
    while True:
        stick = folder / "stick"
        shutil.rmtree(stick, ignore_errors=True)
        stick.mkdir()
        book = _copy(base, folder / "desk")
        told = stage.perform(Plan(str(stick), str(book), job="export", kill_at=at, torn=True))
        if told["status"] != KILLED:
            wrong += [f"export failed: {told}"] * ("package" not in told)
            break
        times += 1
        for package in stick.glob("*.vbx.zip"):
            whole += 1
            wrong += [f"pulled before change {at}: a torn package is accepted"] * bool(
                stopping(checking.verify(package))
            )
        at += every
    return Outcome("stick pulled during export", times, tuple(wrong), f"{whole} whole packages met")
