"""The desk of a township: a parameter file is signed for the villages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from villagebook.i18n import _
from villagebook.services import pin_guard
from villagebook.services.by import now as clock
from villagebook.services.gate import refuse
from villagebook.services.township import policy_reading
from villagebook.services.township.township_keys import Pen, file_bytes


def sign_file(
    source: Path, target: Path, township: str, pen: Pen, today: date, until_on: date | None = None
) -> str:
    """Sign a parameter file for the villages; returns the fingerprint to be read aloud.

    Raises Refused for a file no village could take in, KnownError for a wrong PIN or a stick that is gone.
    """
    from villagebook.exchange import policy_file
    from villagebook.exchange import signing as crypto
    from villagebook.exchange.medium import write_whole

    body = policy_reading.read_to_sign(source)
    problems = []
    if not township.strip():
        problems.append(_("Say the name of the township, and choose a PIN of at least six characters."))
    if until_on and until_on < today:
        problems.append(_("The last day to take it in has passed already."))
    refuse("E2L-01", source.name, problems)
    seed = pin_guard.open_seed(file_bytes(pen.sealed), file_bytes(pen.key_file), pen.pin, clock("").at)
    seal = policy_file.signed(body, township.strip(), today, until_on, seed)
    write_whole(target, [policy_file.file_bytes(body, seal)], lambda _part: None, lambda _done: None)
    return crypto.key_id(bytes.fromhex(seal.public))
