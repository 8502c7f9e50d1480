"""What a disk may hold after the power went: rebuilt from the record of every change.

A change is pending until something syncs it. Syncing a file settles its bytes and its own name; syncing a folder
settles the names in it. At a cut none, all, or any part of what is pending has arrived, writes in sectors of 512 bytes.

Two switches. `folders_sync`: whether syncing a folder does anything (on Windows SQLite cannot). `in_order`: whether any
sync settles all earlier changes of names too (journaling file systems: NTFS, ext4).
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the record; see shim.c."""

    kind: str
    name: str
    second: str
    at: int
    data: bytes


def read_record(path: Path) -> Iterator[Change]:
    data, at = path.read_bytes(), 0
    while at < len(data):
        kind, a, b, offset, length = struct.unpack_from("<cHHQI", data, at)
        at += 17
        name, second = data[at : at + a].decode(), data[at + a : at + a + b].decode()
        at += a + b
        yield Change(kind.decode(), name, second, offset, data[at : at + length])
        at += length


class Disk:
    """Settled bytes by file, settled names, and what is pending."""

    def __init__(self, *, folders_sync: bool, in_order: bool) -> None:
        self._folders_sync = folders_sync
        self._in_order = in_order
        self._bytes: dict[int, bytes] = {}
        self._names: dict[str, int] = {}
        self._now: dict[str, int] = {}
        """Names as the running program sees them."""
        self._pending: list[tuple[int, Change]] = []

    def hold(self, name: str, data: bytes) -> None:
        """A file that was there before the record began."""
        number = len(self._bytes)
        self._bytes[number] = data
        self._names[name] = self._now[name] = number

    def step(self, change: Change) -> None:
        match change.kind:
            case "C":
                number = len(self._bytes)
                self._bytes[number] = b""
                self._now[change.name] = number
                self._pending.append((number, change))
            case "U":
                self._pending.append((self._now.pop(change.name), change))
            case "R":
                self._now[change.second] = self._now.pop(change.name)
                self._pending.append((self._now[change.second], change))
            case "S" | "D" | "X":
                self._sync(change)
            case _:
                self._pending.append((self._now[change.name], change))

    def _sync(self, change: Change) -> None:
        number = self._now.get(change.name)
        born_here = any(n == number and c.kind == "C" for n, c in self._pending)
        kept = []
        for entry in self._pending:
            n, pending = entry
            if pending.kind in "WT":
                settles = change.kind == "S" and n == number
                if change.kind == "X" and n == number:
                    continue  # the system has dropped what it could not write
            elif change.kind == "D":
                settles = self._folders_sync and str(Path(pending.name).parent) == change.name
            else:
                own = born_here and pending.name == change.name
                settles = change.kind == "S" and (self._in_order or own)
            if settles:
                _settle(n, pending, self._bytes, self._names)
            else:
                kept.append(entry)
        self._pending = kept

    def after_cut(self, how: str, dice: random.Random) -> dict[str, bytes]:
        """Files by name as the next start finds them; `how` is none, all or some."""
        data, names = dict(self._bytes), dict(self._names)
        for number, change in self._pending:
            if how == "none":
                break
            if how == "some" and change.kind == "W":
                share = dice.random()
                for at in range(0, len(change.data), SECTOR):
                    if dice.random() < share:
                        part = change.data[at : at + SECTOR]
                        _settle(number, Change("W", change.name, "", change.at + at, part), data, names)
            elif how == "all" or dice.random() < 0.5:
                _settle(number, change, data, names)
        return {name: data[number] for name, number in names.items()}


def _settle(number: int, change: Change, data: dict[int, bytes], names: dict[str, int]) -> None:
    old = data[number]
    match change.kind:
        case "W":
            old = old.ljust(change.at, b"\0")
            data[number] = old[: change.at] + change.data + old[change.at + len(change.data) :]
        case "T":
            data[number] = old[: change.at].ljust(change.at, b"\0")
        case "C":
            names[change.name] = number
        case "U":
            names.pop(change.name, None)
        case "R":
            names.pop(change.name, None)
            names[change.second] = number
