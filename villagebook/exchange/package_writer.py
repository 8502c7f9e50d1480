"""Writing a package for the township: same content and key, same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from villagebook.domain.canonical import canonical
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.keys import SUITE
from villagebook.domain.package import PACKAGE_FORMAT, PackageContent
from villagebook.exchange.medium import write_whole
from villagebook.exchange.package_names import EVENTS, EXTRACT, MANIFEST, is_allowed, object_name
from villagebook.exchange.package_names import order as in_order
from villagebook.exchange.package_reader import Progress, read_package
from villagebook.exchange.signing import sm3_hex
from villagebook.exchange.zipform import MAX_MEMBERS, MAX_PACKED, MAX_UNPACKED, Member, assemble, make_seal
from villagebook.i18n import _


def package_bytes(content: PackageContent, seed: bytes) -> list[bytes]:
    """The whole file in pieces that follow each other.

    Raises:
        KnownError: when the content is too large for one package.
        ValueError: for an extract's name that is not allowed, which is our own mistake.
    """
    files = _files(content)
    for name in files:
        if not is_allowed(name):
            raise ValueError(f"not a name for a file in a package: {name!r}")
    if len(files) >= MAX_MEMBERS or sum(map(len, files.values())) > MAX_UNPACKED:
        raise _too_large()
    manifest = {
        **content.manifest,
        "format": PACKAGE_FORMAT,
        "suite": SUITE,
        "files": [_record(name, data) for name, data in files.items()],
    }
    members = [Member.pack(MANIFEST, canonical(manifest), deflate=True)]
    # Scans are packed already; squeezing them again costs minutes and gains nothing.
    members += [
        Member.pack(name, data, deflate=not name.startswith("objects/")) for name, data in files.items()
    ]
    pieces = assemble(members)
    if sum(map(len, pieces)) > MAX_PACKED - 4096:
        raise _too_large()
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return [*pieces, make_seal(digest.hexdigest(), seed)]


def write_package(
    path: Path, content: PackageContent, seed: bytes, *, progress: Progress | None = None
) -> str:
    """Write, read back and verify a package; return the SHA-256 (hex) of the file.

    `content.manifest` must hold `code` (the village's) and `head` {"seq", "hash"}. `progress(done, total)` hears bytes
    written and then bytes verified; when it raises, nothing is left behind.

    Raises:
        KnownError: the stick is full, gone, write-protected or failing, or the package would be too large.
        Refused: the content does not hold together (a broken log, another head); the file is not kept.
    """
    pieces = package_bytes(content, seed)
    total = 2 * sum(map(len, pieces))

    def told(done: int) -> None:
        if progress:
            progress(done, total)

    def accept(part: Path) -> None:
        package, findings = read_package(part)
        if package is None:
            raise Refused(findings)
        told(total)

    return write_whole(path, pieces, accept, told)


def _files(content: PackageContent) -> dict[str, bytes]:
    """Every file but the manifest, in the order of the package."""
    files = {EVENTS: b"".join(entry + b"\n" for entry in content.entries)}
    files |= {object_name(sha256): data for sha256, data in content.objects.items()}
    files |= {EXTRACT + name: data for name, data in content.extracts.items()}
    if not all(map(is_allowed, files)):
        return files
    return {name: files[name] for name in in_order(files)}


def _record(name: str, data: bytes) -> dict[str, Any]:
    return {
        "path": name,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "sm3": sm3_hex(data),
    }


def _too_large() -> KnownError:
    return KnownError(
        _("The package would be larger than half a gigabyte."),
        _("Leave out attachments that the township already has."),
    )
