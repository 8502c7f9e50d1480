"""One byte form for hashing and signing: UTF-8, NFC, sorted keys, no spaces, integers only.

The exact bytes are stored and never re-encoded; `CANON` names the form and travels in every event.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from enum import StrEnum
from typing import Any

CANON = 1

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode
_SCALARS = frozenset((str, int, bool, type(None)))


class NotCanonical(TypeError):
    """A value that has no canonical form (a float, a date, a non-string key): our own bug."""


def canonical(value: Any) -> bytes:
    """Canonical bytes of dicts, lists, strings, ints, bools and None.

    Equal values have equal bytes. Raises NotCanonical for floats and everything else.
    """
    _check(value)
    text = _encode(value)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.encode("utf-8")


def _no_float(text: str) -> Any:
    raise ValueError(f"a number with decimals has no place here: {text}")


_decode = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode


def read_canonical(data: bytes) -> Any:
    """Parse canonical bytes; floats are refused. Raises ValueError."""
    return _decode(data.decode("utf-8"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def plain_lists(value: Any) -> Any:
    """Tuples become lists and named words their text, all the way down: the canonical form knows lists and texts only."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dict):
        return {k: plain_lists(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_lists(v) for v in value]
    return value


def _check(value: Any) -> None:
    kind = type(value)
    if kind in _SCALARS:
        return
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise NotCanonical(f"key {key!r}")
            if type(item) not in _SCALARS:
                _check(item)
    elif kind is list:
        for item in value:
            if type(item) not in _SCALARS:
                _check(item)
    else:
        raise NotCanonical(f"{kind.__name__}: {value!r}")
