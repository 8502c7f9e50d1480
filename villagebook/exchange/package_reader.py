"""Reading a package from a stick: nothing is believed before it is checked, and no bytes at all make it raise.

In this order, stopping at the first failure: size, seal and signature, layout and limits, names, table of contents,
signer, hashes of every file, the log's chain, the head.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from villagebook.domain.canonical import canonical, read_canonical
from villagebook.domain.errors import KnownError
from villagebook.domain.event import Head
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.keys import SUITE
from villagebook.domain.package import PACKAGE_FORMAT, PackageRead
from villagebook.exchange.log_check import check_log
from villagebook.exchange.package_findings import package_finding
from villagebook.exchange.package_names import (
    EVENTS,
    EXTRACT,
    MANIFEST,
    OBJECTS,
    first_clash,
    is_allowed,
    object_hash,
)
from villagebook.exchange.package_names import order as in_order
from villagebook.exchange.signing import is_hex, key_id, sm3_hex
from villagebook.exchange.trust import Trust
from villagebook.exchange.zipform import MAX_PACKED, BadForm, Member, read_members, read_seal
from villagebook.i18n import _

Progress = Callable[[int, int], None]

_MAX_MANIFEST = 32 * 1024 * 1024
_SHOWN = 120
_FILE_KEYS = {"path", "bytes", "sha256", "sm3"}


def read_package(
    source: Path | bytes, *, trust: Trust | None = None, progress: Progress | None = None
) -> tuple[PackageRead | None, tuple[Finding, ...]]:
    """The package, or None and what is wrong with it; a package comes with hints at most.

    Without `trust` the signer's key is named in a hint and compared with nothing. `progress` is told the bytes checked
    and may raise Cancelled.

    Raises:
        KnownError: when the file cannot be read from its medium. What it holds never raises.
    """
    where = source.name if isinstance(source, Path) else ""
    data = _load(source) if isinstance(source, Path) else source
    try:
        if data is None or len(data) > MAX_PACKED:
            raise BadForm("PKG-10")
        signer = read_seal(data)
        members = read_members(data)
        return _read_content(members, signer, where, trust, progress)
    except BadForm as bad:
        # A hostile name may turn the text around on the screen: what cannot be printed is shown as escapes.
        name = (bad.member if bad.member.isprintable() else ascii(bad.member))[:_SHOWN]
        values = {"member": name} if name else {}
        return None, (package_finding(bad.reason, f"{where} {name}".strip(), **values),)


def _load(path: Path) -> bytes | None:
    """The whole file at once, so that nothing changes between check and use; None when it is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PACKED + 1)
    except OSError as error:
        raise KnownError(
            _("The package {name} cannot be read.").format(name=path.name),
            _("Put the stick in again, or copy the file to this computer first."),
        ) from error
    return data if len(data) <= MAX_PACKED else None


def _read_content(
    members: list[Member], signer: str, where: str, trust: Trust | None, progress: Progress | None
) -> tuple[PackageRead | None, tuple[Finding, ...]]:
    _check_names(members)
    manifest = _read_manifest(members[0])
    stranger = _compare_signer(manifest["code"], signer, where, trust)
    if stranger and stranger.severity is Severity.ERROR:
        return None, (stranger,)
    _check_listing(manifest["files"], members[1:])
    files = _unpack(manifest["files"], members[1:], progress)
    lines = files.pop(EVENTS)
    if lines and not lines.endswith(b"\n"):
        raise BadForm("PKG-15", EVENTS)
    entries = tuple(lines.split(b"\n")[:-1])
    head, broken = check_log(entries, where)
    if not broken and Head(manifest["head"]["seq"], manifest["head"]["hash"]) != head:
        broken = package_finding("PKG-21", where)
    if broken:
        return None, (broken,)
    objects = {name.rpartition("/")[2]: data for name, data in files.items() if name.startswith(OBJECTS)}
    extracts = {name[len(EXTRACT) :]: data for name, data in files.items() if name.startswith(EXTRACT)}
    package = PackageRead(manifest, entries, objects, extracts, signer)
    return package, (stranger,) if stranger else ()


def _check_names(members: list[Member]) -> None:
    for member in members:
        if not is_allowed(member.name):
            raise BadForm("PKG-09", member.name)
    names = [member.name for member in members]
    clash = first_clash(names)
    if clash:
        raise BadForm("PKG-09", clash)
    if names[:1] != [MANIFEST]:
        raise BadForm("PKG-11", MANIFEST)
    if names != in_order(names):
        raise BadForm("PKG-08")


def _compare_signer(code: str, signer: str, where: str, trust: Trust | None) -> Finding | None:
    short = key_id(bytes.fromhex(signer))
    if trust is None:
        return package_finding("PKG-07", where, signer=short)
    if not trust.find(code, signer):
        return package_finding("PKG-06", where, signer=short, code=code)
    return None


def _read_manifest(member: Member) -> dict[str, Any]:
    bad = BadForm("PKG-11", MANIFEST)
    if member.size > _MAX_MANIFEST:
        raise bad
    data = member.unpack()
    try:
        manifest = read_canonical(data)
        is_canonical = canonical(manifest) == data
    except (ValueError, TypeError, RecursionError):
        raise bad from None
    if not isinstance(manifest, dict):
        raise bad
    form = manifest.get("format")
    if type(form) is int and form > PACKAGE_FORMAT:
        raise BadForm("PKG-12", MANIFEST)
    ours = type(form) is int and form == PACKAGE_FORMAT and manifest.get("suite") == SUITE
    if not (is_canonical and ours and _has_our_fields(manifest)):
        raise bad
    return manifest


def _has_our_fields(manifest: dict[str, Any]) -> bool:
    head, code, files = manifest.get("head"), manifest.get("code"), manifest.get("files")
    return (
        isinstance(code, str)
        and code != ""
        and isinstance(head, dict)
        and type(head.get("seq")) is int
        and is_hex(head.get("hash"), 64)
        and isinstance(files, list)
        and all(map(_is_file_record, files))
    )


def _is_file_record(record: object) -> bool:
    return (
        isinstance(record, dict)
        and set(record) == _FILE_KEYS
        and isinstance(record["path"], str)
        and type(record["bytes"]) is int
        and is_hex(record["sha256"], 64)
        and (record["sm3"] is None or is_hex(record["sm3"], 64))
    )


def _check_listing(files: list[dict[str, Any]], members: list[Member]) -> None:
    listed = [record["path"] for record in files]
    present = [member.name for member in members]
    if listed == present and EVENTS in present:
        return
    missing = {*listed, EVENTS} - set(present)
    if missing:
        raise BadForm("PKG-13", min(missing))
    extra = set(present) - set(listed)
    raise BadForm("PKG-14", min(extra)) if extra else BadForm("PKG-11", MANIFEST)


def _unpack(
    files: list[dict[str, Any]], members: list[Member], progress: Progress | None
) -> dict[str, bytes]:
    """Every file's bytes, each equal to what the table of contents says of it."""
    total = sum(member.size for member in members)
    done = 0
    unpacked: dict[str, bytes] = {}
    for record, member in zip(files, members, strict=True):
        if member.size != record["bytes"]:
            raise BadForm("PKG-15", member.name)
        data = member.unpack()
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 != record["sha256"] or object_hash(member.name) not in (None, sha256):
            raise BadForm("PKG-15", member.name)
        # Where this machine has no SM3 the SHA-256 alone must do.
        if record["sm3"] is not None and sm3_hex(data) not in (None, record["sm3"]):
            raise BadForm("PKG-15", member.name)
        unpacked[member.name] = data
        done += len(data)
        if progress:
            progress(done, total)
    return unpacked
