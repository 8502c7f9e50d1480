"""Taking the time, and the table that says what came of it."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        ours, floor: medians in seconds (or in `unit`); floor None where there is nothing plainer to compare with.
        target: as people read it; `met` None where nothing was promised.
        n: how many times it was measured.
    """

    name: str
    ours: float
    n: int
    floor: float | None = None
    target: str = ""
    met: bool | None = None
    unit: str = "s"
    note: str = ""


def median(work: Callable[[], object], n: int) -> float:
    """Seconds of the middle run."""
    return statistics.median(seconds(work) for _ in range(n))


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def side_by_side(ours: Callable[[], object], floor: Callable[[], object], n: int) -> tuple[float, float]:
    """Medians of two works done in turn, so that a busy machine is busy for both."""
    pairs = [(seconds(ours), seconds(floor)) for _ in range(n)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def process(*arguments: str, code: str = "", **extra_env: str) -> subprocess.CompletedProcess[str]:
    """Run our Python in the checkout; raises when it fails."""
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **extra_env}
    command = [sys.executable, *(("-c", code) if code else ()), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=True
    )


def told_by(code: str, *arguments: str, **extra_env: str) -> Any:
    """What a child process prints as JSON on its last line."""
    return json.loads(process(*arguments, code=code, **extra_env).stdout.splitlines()[-1])


def syncs(code: str, *arguments: str) -> int | None:
    """How often a child asks the disk to be sure, counted from outside; None without strace."""
    if not shutil.which("strace"):
        return None
    command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", sys.executable, "-c", code, *arguments]
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.stderr.count("sync(") if done.returncode == 0 else None


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table, ratio first: absolute times belong to one machine, ratios travel."""
    rows = [("work", "ratio to floor", "ours", "floor", "target", "met", "n", "note")]
    for f in figures:
        ratio = f"{f.ours / f.floor:.1f}" if f.floor else ""
        met = "" if f.met is None else "yes" if f.met else "NO"
        rows.append(
            (f.name, ratio, _shown(f.ours, f.unit), _shown(f.floor, f.unit), f.target, met, str(f.n), f.note)
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit != "s":
        return f"{value:,.0f} {unit}"
    return f"{value * 1000:.2f} ms" if value < 1 else f"{value:.2f} s"
