"""One writer per book: an operating-system lock on a file beside it, released by the system when the program dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.i18n import _, why


class WriteLock:
    """Held from `__init__` until `release`. Raises KnownError when somebody else holds it."""

    def __init__(self, book: Path) -> None:
        self._path = book.with_name(book.name + ".lock")
        try:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise KnownError(
                _("{folder} cannot be written: {why}.").format(folder=book.parent, why=why(error)),
                _("Copy the book to a disk that can be written, or open it for reading."),
            ) from None
        if not _try_lock(self._fd):
            os.close(self._fd)
            raise KnownError(
                _("{book} is already open in another window or program.").format(book=book.name),
                _("Close it there first; two writers would break the numbering."),
            )

    def release(self) -> None:
        _unlock(self._fd)
        os.close(self._fd)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)
