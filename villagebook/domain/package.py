"""What goes to the township on a stick, as values; the file format lives in exchange/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PACKAGE_FORMAT = 1
PACKAGE_SUFFIX = ".vbx.zip"


@dataclass(frozen=True, slots=True)
class PackageContent:
    """Everything a package holds before it is written.

    Attributes:
        manifest: canonical data: village, code, book id, periods, program and rule-set version, head, control totals.
            The writer adds format, files with sizes and hashes.
        entries: the exact stored bytes of log entries 1..n, in order.
        objects: SHA-256 (hex) -> bytes of attachments.
        extracts: file name -> bytes, readable without our program (CSV, PDF, a text that explains the package).
    """

    manifest: dict[str, Any]
    entries: tuple[bytes, ...]
    objects: dict[str, bytes]
    extracts: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class PackageRead:
    """A package after every check of the file itself: nothing in it may be believed before."""

    manifest: dict[str, Any]
    entries: tuple[bytes, ...]
    objects: dict[str, bytes]
    extracts: dict[str, bytes]
    signer: str
