"""Where files are: what ships with the program, and what belongs to the person at this computer.

The only file that knows whether we run from a source checkout or from the built one-folder program. It names
places; it makes and reads nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HOME_VARIABLE = "VILLAGEBOOK_HOME"


def program_dir() -> Path:
    """Return the folder that holds `resources`, `docs` and `i18n`: the checkout, or the built program's data folder."""
    # PyInstaller's own way to say where it laid the data files.
    built = getattr(sys, "_MEIPASS", None)
    return Path(built) if built else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under `resources`, such as resource("fonts", "OFL.txt")."""
    return program_dir().joinpath("resources", *parts)


def manual() -> Path:
    """Return the user's guide, in Chinese, Markdown."""
    return program_dir() / "docs" / "使用说明.md"


def package_format() -> Path:
    """Return the description of the package, which travels in every package."""
    return program_dir() / "docs" / "package-format.md"


def catalogue_dir() -> Path:
    """Return the folder of the translation catalogues."""
    return program_dir() / "i18n"


def user_dir() -> Path:
    """Return the folder for this person's own data (settings, keys, last heads seen); the caller makes it.

    The environment variable VILLAGEBOOK_HOME goes before the system's own place, for tests and for portable use.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        system = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
    else:
        system = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(system) / "villagebook"
