"""Compiling the shim and running work under it."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench import village
from tests.faults.plan import Plan

ROOT = Path(__file__).resolve().parents[2]


def why_not() -> str:
    """Why nothing can be run under the shim here, "" when it can."""
    if not sys.platform.startswith("linux"):
        return "Only Linux can put a shim between a program and its disk."
    if shutil.which("cc") is None:
        return "There is no C compiler (cc) to make the shim with."
    return ""


def compile_shim(folder: Path) -> Path:
    """Raises CalledProcessError with the compiler's words."""
    target = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(target), str(source), "-ldl"], check=True)
    return target


class Stage:
    """A process under the shim that performs plans; close it."""

    def __init__(self, shim: Path) -> None:
        env = {**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "tests.faults.stage"]
        self._child = subprocess.Popen(
            command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def perform(self, plan: Plan) -> dict[str, Any]:
        """What the run told, with its exit `status` (-9 when it was killed)."""
        if self._child.stdin is None or self._child.stdout is None:
            raise AssertionError("a stage without pipes")
        self._child.stdin.write(json.dumps({**dataclasses.asdict(plan), "ids": village.ids}) + "\n")
        self._child.stdin.flush()
        told: dict[str, Any] = json.loads(self._child.stdout.readline())
        return told

    def close(self) -> None:
        self._child.communicate()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
