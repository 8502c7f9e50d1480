"""`python3 dev.py faults`: power cuts, kills, full disks, spoilt files and pulled sticks, tried on the real store."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.faults import shim, trials
from tests.faults.shim import Stage
from tests.faults.trials import Outcome
from villagebook import i18n

ALONE: dict[str, Callable[[Path], Outcome]] = {
    "kill": lambda folder: trials.kills_at_random(folder, times=12),
    "flip": lambda folder: trials.flipped_bytes(folder, times=1000),
    "copy": lambda folder: trials.copied_while_open(folder, vouchers=40),
    "thrice": lambda folder: trials.opened_thrice(folder, times=4),
    "torn": lambda folder: trials.torn_packages(folder, times=200),
}
UNDER_SHIM: dict[str, Callable[[Stage, Path], Iterable[Outcome]]] = {
    "power": lambda stage, folder: trials.power_cuts(stage, folder, vouchers=5, chances=2),
    "control": lambda stage, folder: [trials.careless_store(stage, folder)],
    "everywhere": lambda stage, folder: [trials.kills_everywhere(stage, folder, vouchers=2, every=2)],
    "full": lambda stage, folder: trials.full_disk(stage, folder),
    "sync": lambda stage, folder: [trials.failing_syncs(stage, folder)],
    "stick": lambda stage, folder: [trials.pulled_sticks(stage, folder)],
}


def main() -> int:
    """Print the summary; 1 when any trial did harm."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument(
        "--only",
        default="",
        choices=["", *ALONE, *UNDER_SHIM],
        metavar="NAME",
        help=", ".join([*ALONE, *UNDER_SHIM]),
    )
    told = parser.parse_args()
    i18n.set_language(i18n.ENGLISH)
    memory = Path("/dev/shm")  # noqa: S108  # states of a disk that need no disk
    place = memory if os.access(memory, os.W_OK) else None
    failed = False
    with tempfile.TemporaryDirectory(prefix="villagebook-faults-", dir=place) as name:
        os.environ["VILLAGEBOOK_HOME"] = name
        started = time.monotonic()
        print(f"{'trial':52}{'times':>7}{'harm':>6}{'s':>7}  note")
        for outcome in _all(Path(name), told.only):
            failed = failed or bool(outcome.wrong)
            took, started = time.monotonic() - started, time.monotonic()
            line = f"{outcome.name:52}{outcome.times:>7}{len(outcome.wrong):>6}{took:>7.1f}  {outcome.note}"
            print(line, flush=True)
            for wrong in outcome.wrong[:3]:
                print(f"    {wrong}")
    return 1 if failed else 0


def _all(place: Path, only: str) -> Iterator[Outcome]:
    for name, trial in ALONE.items():
        if only in ("", name):
            yield trial(_folder(place, name))
    if only in ALONE:
        return
    reason = shim.why_not()
    if reason:
        print(f"{reason} Power cuts, full disks and pulled sticks are left out.")
        return
    with Stage(shim.compile_shim(place)) as stage:
        for name, trials_of in UNDER_SHIM.items():
            if only in ("", name):
                yield from trials_of(stage, _folder(place, name))


def _folder(place: Path, name: str) -> Path:
    folder = place / name
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
