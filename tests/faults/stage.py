"""A process under the shim that does a job once for every line it reads: forked each time, so a trial costs no start.

Run as `python -m tests.faults.stage`; `Stage` in `shim.py` talks to it.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import village
from tests.faults.plan import Plan
from villagebook.domain.errors import KnownError
from villagebook.services.book_file import books
from villagebook.services.handing_over import handover
from villagebook.services.vouchers import documents
from villagebook.storage import engine

Told = dict[str, Any]


def _post(book: books.Book, no: int) -> str:
    document = village.receipt(no=no)
    documents.submit(book, document, village.at())
    return document.id


def post(plan: Plan, shim: ctypes.CDLL, told: Told) -> None:
    """Post until done or stopped; then, with the fault healed, go on as a user would: try again, else open again."""
    fd = os.open(Path(plan.folder) / "ack", os.O_WRONLY | os.O_APPEND)
    book = None
    try:
        book = books.open_book(Path(plan.book))
        for no in range(plan.count):
            done = _post(book, plan.start + no)
            os.write(fd, f"{done}\n".encode())
    except KnownError as error:
        told["known"] = str(error)
    shim.faults_heal()
    told["counted"], told["changes"] = shim.faults_counted(), shim.faults_changes()
    if "known" not in told or not plan.again:
        return
    try:
        told["again"] = _post(book, plan.start + 900) if book else ""
    except KnownError:
        told["again"] = ""
    if not told["again"]:
        if book:
            book.close()
        with books.open_book(Path(plan.book)) as fresh:
            told["again"] = _post(fresh, plan.start + 901)


def export(plan: Plan, shim: ctypes.CDLL, told: Told) -> None:
    """Write a package into the watched folder from a book outside of it."""
    try:
        with books.open_book(Path(plan.book)) as book:
            told["package"] = str(handover.export(book, Path(plan.folder), village.at()).path)
    except KnownError as error:
        told["known"] = str(error)
    told["changes"] = shim.faults_changes()


JOBS: dict[str, Callable[[Plan, ctypes.CDLL, Told], None]] = {"post": post, "export": export}


def _perform(plan: Plan, shim: ctypes.CDLL, out: int) -> None:
    told: Told = {}
    if plan.careless:
        engine.PRAGMAS = (*engine.PRAGMAS, ("journal_mode", "MEMORY"), ("synchronous", "OFF"))
    (Path(plan.folder) / "ack").touch()  # before the trouble begins
    try:
        shim.faults_arm(
            plan.folder.encode(),
            plan.record.encode(),
            ctypes.c_long(plan.kill_at),
            int(plan.torn),
            ctypes.c_long(plan.fail_at),
            plan.what,
            plan.error,
            int(plan.sticky),
        )
        JOBS[plan.job](plan, shim, told)
    except Exception as error:  # noqa: BLE001  # what a trial is there to find
        told["bug"] = f"{type(error).__name__}: {error}"
    os.write(out, json.dumps(told).encode())


def main() -> None:
    """Read plans, fork, answer with what the child told and how it ended."""
    shim = ctypes.CDLL(None)
    shim.faults_counted.restype = shim.faults_changes.restype = ctypes.c_long
    for line in sys.stdin:
        asked = json.loads(line)
        village.ids.update(asked.pop("ids"))
        plan = Plan(**asked)
        incoming, outgoing = os.pipe()
        child = os.fork()
        if not child:
            os.close(incoming)
            _perform(plan, shim, outgoing)
            os._exit(0)
        os.close(outgoing)
        with os.fdopen(incoming, "rb") as answer:
            told = json.loads(answer.read() or b"{}")
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(json.dumps({**told, "status": status}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
