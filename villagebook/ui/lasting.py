"""Python 3.11 under PySide6 6.12: the bindings give away references to None and True that they do not own.

They are built for Python 3.12 and later, where these objects cannot die. Before, every signal that is emitted takes one
reference to True from the program, every call that returns nothing one to None; after some thousands the interpreter ends with
"deallocating None". So both get references in plenty once, before the first window.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 40


def make_lasting() -> None:
    """Does nothing on a Python whose None cannot die, or that counts otherwise than CPython."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for thing in (None, True, False):
        if sys.getrefcount(thing) < PLENTY:
            ctypes.c_ssize_t.from_address(id(thing)).value += PLENTY  # the count stands first in every object
