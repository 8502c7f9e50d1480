"""Opening a sealed key with growing waits after wrong PINs, also across restarts of the program.

What is kept: how many wrong tries in a row, and when the last one was, in the person's own folder, by a hash of the public
half. Nothing of a PIN or a key is written anywhere. Somebody who copied both halves tries elsewhere and does not wait.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from villagebook import paths
from villagebook.domain.errors import KnownError
from villagebook.domain.pin_tries import wait_seconds
from villagebook.i18n import _


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries in a row, and when the last one was; None before the first."""

    wrong: int = 0
    last: datetime | None = None


def open_seed(sealed: bytes, key_file: bytes, pin: str, at: datetime) -> bytes:
    """The private half of a key. `at` is now, aware.

    Raises KnownError for a wrong PIN or stick, and before the wait after earlier ones is over.
    """
    from villagebook.exchange import signing as crypto

    place = _place(crypto.sealed_public_key(sealed))
    tries = _held(place, at)
    left = _left(tries, at)
    if left > timedelta():
        raise KnownError(
            _("The PIN was wrong {n} times in a row.").format(n=tries.wrong),
            _("Wait {time} before the next try.").format(time=_span(left)),
        )
    # written down before the try: whoever ends the program while it works has used the try all the same
    _write(place, Tries(tries.wrong + 1, at))
    seed = crypto.open_key(sealed, pin, key_file)
    place.unlink(missing_ok=True)
    return seed


def waits(sealed: bytes, at: datetime) -> timedelta:
    """How long the next try has to wait, zero for not at all. Raises KnownError for what is no sealed key."""
    from villagebook.exchange import signing as crypto

    return max(timedelta(), _left(_held(_place(crypto.sealed_public_key(sealed)), at), at))


def wait_words(left: timedelta) -> str:
    """What stands beside the field of the PIN while the wait lasts."""
    return _("Wrong PINs: wait {time} before the next try.").format(time=_span(left))


def _held(place: Path, at: datetime) -> Tries:
    """What is kept. Where the clock was set back since, the wait begins anew from now on: neither shorter nor for years."""
    tries = _read(place)
    if tries.last is None or at >= tries.last:
        return tries
    again = Tries(tries.wrong, at)
    _write(place, again)
    return again


def _left(tries: Tries, at: datetime) -> timedelta:
    if tries.last is None:
        return timedelta()
    return timedelta(seconds=wait_seconds(tries.wrong)) - (at - tries.last)


def _span(left: timedelta) -> str:
    seconds = max(1, round(left.total_seconds()))
    if seconds < 60:
        return _("{n} seconds").format(n=seconds)
    return _("{n} minutes").format(n=-(-seconds // 60))


def _place(public: bytes) -> Path:
    return paths.user_dir() / "pin-tries" / f"{hashlib.sha256(public).hexdigest()[:32]}.json"


def _read(place: Path) -> Tries:
    try:
        told = json.loads(place.read_bytes())
        return Tries(max(0, int(told["wrong"])), datetime.fromisoformat(told["last"]))
    except FileNotFoundError:
        return Tries()
    except (OSError, ValueError, KeyError, TypeError):
        return Tries(1)  # spoilt: nobody waits for ever, and the next wrong try counts on


def _write(place: Path, tries: Tries) -> None:
    from villagebook.exchange.medium import write_whole

    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    last = tries.last.isoformat() if tries.last else ""
    data = json.dumps({"wrong": tries.wrong, "last": last}).encode()
    write_whole(place, [data], lambda _part: None, lambda _done: None)
