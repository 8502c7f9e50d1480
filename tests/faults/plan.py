"""What goes wrong in one trial."""

from __future__ import annotations

from dataclasses import dataclass

WRITES, SYNCS = 1, 2


@dataclass(frozen=True, slots=True)
class Plan:
    """One run under the shim.

    Attributes:
        folder: only files below it are watched.
        start: number of the first voucher, so that runs do not repeat each other's papers.
        record: file for the record of all changes, "" for none.
        kill_at: kill the program before this change (from 1); `torn` lets half of that write through first.
        fail_at: refuse this operation of the kinds `what`, with `error`; `sticky` refuses all later ones too.
        careless: the store neither waits for the disk nor keeps its journal: the trials must see harm then.
        again: after a refusal heal the disk and try once more.
    """

    folder: str
    book: str
    job: str = "post"
    count: int = 5
    start: int = 1
    record: str = ""
    kill_at: int = 0
    torn: bool = False
    fail_at: int = 0
    what: int = WRITES
    error: int = 28
    sticky: bool = False
    careless: bool = False
    again: bool = False
