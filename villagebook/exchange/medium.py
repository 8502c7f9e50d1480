"""Putting one file on a stick so that it is there whole or not at all.

Temporary name beside the target, fsync, read back, rename, fsync of the folder, read back once more. A plain write
destroyed last month's file in most simulated power cuts; this way never did.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.i18n import _

_CHUNK = 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_whole(
    path: Path, pieces: Iterable[bytes], accept: Callable[[Path], None], told: Callable[[int], None]
) -> str:
    """Write the pieces to `path` and return the SHA-256 (hex) of what lies there.

    `accept` reads the temporary file and may raise to refuse it; then, and on any other failure, nothing is left under
    either name and a file that stood at `path` before stands there still. `told` hears the bytes written so far and
    may raise Cancelled.

    Raises:
        KnownError: disk full, stick pulled, no right to write, or the medium gives back something else.
    """
    part = path.with_name(path.name + ".part")
    try:
        try:
            sha256 = _write(part, pieces, told)
            if file_sha256(part) != sha256:
                raise _forgetful(path)
            accept(part)
            part.replace(path)
            _sync_folder(path.parent)
        finally:
            with contextlib.suppress(OSError):  # the stick may be gone; the first failure is the one to tell
                part.unlink(missing_ok=True)
        if file_sha256(path) != sha256:
            path.unlink(missing_ok=True)
            raise _forgetful(path)
    except OSError as error:
        raise known(error, path) from error
    return sha256


def file_sha256(path: Path) -> str:
    """Hash of a file as the medium gives it back, not as the system remembers it, where that can be asked for."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def known(error: OSError, path: Path) -> KnownError:
    """The sentence for a failure of the medium."""
    if error.errno in _FULL or getattr(error, "winerror", None) in (39, 112):
        return KnownError(
            _("There is not enough room for {name}.").format(name=path.name),
            _("Use another stick, or make room on this one."),
        )
    if error.errno in _FORBIDDEN:
        return KnownError(
            _("{name} may not be written there.").format(name=path.name),
            _("Take off the stick's write protection, or choose another folder."),
        )
    return KnownError(
        _("{name} could not be written: the stick or folder is gone or does not answer.").format(
            name=path.name
        ),
        _("Put the stick in again and repeat; nothing half written is left under that name."),
    )


def _write(part: Path, pieces: Iterable[bytes], told: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    done = 0
    part.unlink(missing_ok=True)  # left by a crash; "x" below never follows a link that somebody put there
    with part.open("xb") as file:
        for piece in pieces:
            for start in range(0, len(piece), _CHUNK):
                chunk = piece[start : start + _CHUNK]
                file.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                told(done)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the rename last. Windows has no such call; some stick file systems answer that they cannot."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def _forgetful(path: Path) -> KnownError:
    return KnownError(
        _("What was read back of {name} is not what was written.").format(name=path.name),
        _("The stick is failing. Use another one."),
    )
