"""The archive of a year as one plain ZIP: written whole or not at all, read back file by file before it is called done."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.exchange.medium import write_whole
from villagebook.exchange.package_reader import Progress
from villagebook.exchange.zipform import MAX_MEMBERS, MAX_PACKED, Member, assemble
from villagebook.i18n import _


def write_archive(path: Path, files: Mapping[str, bytes], progress: Progress | None = None) -> str:
    """Write the files in their order and return the SHA-256 (hex) of the ZIP. Same files, same bytes.

    `progress(done, total)` hears bytes and may raise Cancelled; then, and on every failure, nothing is left behind.
    Raises KnownError: the medium is full, gone or write-protected, or the archive is too large for a plain ZIP.
    """
    if len(files) >= MAX_MEMBERS or sum(map(len, files.values())) > MAX_PACKED:
        raise KnownError(
            _("The archive would be larger than half a gigabyte."),
            _("Write it without the scans (--no-scans)."),
        )
    pieces = assemble([Member.pack(name, data, deflate=True) for name, data in files.items()], comment=0)
    total = sum(map(len, pieces))

    def told(done: int) -> None:
        if progress:
            progress(done, total)

    def accept(part: Path) -> None:
        with zipfile.ZipFile(part) as read:
            same = read.namelist() == list(files) and all(
                hashlib.sha256(read.read(name)).digest() == hashlib.sha256(data).digest()
                for name, data in files.items()
            )
        if not same:
            raise KnownError(
                _("What was read back of {name} is not what was written.").format(name=path.name),
                _("The stick is failing. Use another one."),
            )

    return write_whole(path, pieces, accept, told)
