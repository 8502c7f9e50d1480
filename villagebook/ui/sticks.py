"""Which sticks are plugged in, as the system tells it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo

_LINUX_MOUNTS = ("/media/", "/run/media/", "/mnt/")


@dataclass(frozen=True, slots=True)
class Stick:
    """A removable volume that can be written."""

    path: Path
    name: str
    free_bytes: int


def sticks() -> tuple[Stick, ...]:
    """Every ready, writable volume that is not the system's own."""
    return tuple(
        Stick(Path(v.rootPath()), v.displayName(), v.bytesAvailable())
        for v in QStorageInfo.mountedVolumes()
        if v.isReady() and not v.isReadOnly() and _is_removable(v)
    )


def _is_removable(volume: QStorageInfo) -> bool:
    if sys.platform == "win32":
        return volume.rootPath()[:2].lower() not in (QDir.rootPath()[:2].lower(), "c:")
    return volume.rootPath().startswith(_LINUX_MOUNTS)
