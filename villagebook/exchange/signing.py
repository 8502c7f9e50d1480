"""Keys and signatures: the only file that knows a cryptographic library.

A *seed* is the 32-byte private half of an Ed25519 key; it exists in memory and sealed in a file, never in a log, a
message or a repr. What is signed is never a bare hash: the purpose and the suite stand before the canonical bytes, so
a signature given for one thing can never be shown as a signature for another.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from villagebook.domain.canonical import canonical, read_canonical
from villagebook.domain.errors import KnownError
from villagebook.domain.keys import NAMED_SUITES, SUITE, SUITES
from villagebook.i18n import _

SEED_SIZE = 32
KEY_FILE_SIZE = 32
SIGNATURE_HEX = 128
PUBLIC_HEX = 64

_SEALED_FORMAT = "villagebook-key"
_SEALED_VERSION = 1
_MAX_SEALED_SIZE = 4096
_HEADER = (
    "format",
    "version",
    "suite",
    "kdf",
    "memory_kib",
    "passes",
    "lanes",
    "salt",
    "cipher",
    "nonce",
    "public",
)


@dataclass(frozen=True, slots=True)
class SealStrength:
    """How dear one guess of a PIN is: Argon2id memory in KiB, passes over it, lanes side by side."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


# Above these a sealed file was not written by us: opening it could eat the machine's memory or its afternoon.
MAX_STRENGTH = SealStrength(memory_kib=256 * 1024, passes=16, lanes=16)


def new_key() -> bytes:
    """Make a private seed of 32 random bytes."""
    return secrets.token_bytes(SEED_SIZE)


def new_key_file() -> bytes:
    """Make the 32 random bytes that live on the official's own stick and are useless without the PIN."""
    return secrets.token_bytes(KEY_FILE_SIZE)


def public_key(seed: bytes) -> bytes:
    """Return the 32-byte public half of a seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """Return a public key's short name for paper: 16 hex digits in groups of four."""
    digest = hashlib.sha256(b"villagebook|key|1\n" + public).hexdigest()
    return "-".join(digest[i : i + 4] for i in range(0, 16, 4))


def sign(purpose: str, value: Any, seed: bytes, suite: str = SUITE) -> str:
    """Sign a canonical value for one purpose; 128 hex digits.

    Raises NotCanonical for values without that form, KnownError for a procedure this program does not know.
    """
    if suite not in SUITES:
        raise KnownError(unknown_suite(suite), _("Install the newer program on this computer."))
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(_message(purpose, value, suite)).hex()


def unknown_suite(suite: str) -> str:
    """The sentence about a procedure nobody here can make or verify; those that have a name are told from nonsense."""
    if suite in NAMED_SUITES:
        text = _("The procedure {suite} is not built into this program yet; it knows {known}.")
    else:
        text = _("The procedure {suite} is unknown; this program knows {known}.")
    return text.format(suite=suite, known=", ".join(SUITES))


def verify(purpose: str, value: Any, signature_hex: str, public: bytes, suite: str = SUITE) -> bool:
    """Say whether the signature fits purpose, value and key. False for malformed signatures and keys, never an error.

    False also for an unknown suite: callers that want to say so ask `suite in SUITES` first.

    Only lower-case hex counts, so a signature has exactly one written form.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if suite not in SUITES or not is_hex(signature_hex, SIGNATURE_HEX) or len(public) != PUBLIC_HEX // 2:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(bytes.fromhex(signature_hex), _message(purpose, value, suite))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_hex(text: object, length: int) -> bool:
    """Say whether this is exactly `length` lower-case hex digits."""
    return isinstance(text, str) and len(text) == length and set(text) <= set("0123456789abcdef")


def sm3_hex(data: bytes) -> str | None:
    """SM3 digest in hex, or None where the library at hand does not have it."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    try:
        digest = Hash(SM3())
    except UnsupportedAlgorithm:
        return None
    digest.update(data)
    return digest.finalize().hex()


def seal_key(seed: bytes, pin: str, key_file: bytes, *, strength: SealStrength = SealStrength()) -> bytes:
    """Lock a seed away under PIN and key file together; the result may lie on any disk.

    AES-256-GCM under Argon2id; salt, strength and public key are readable and bound to the sealed bytes.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header: dict[str, Any] = {
        "format": _SEALED_FORMAT,
        "version": _SEALED_VERSION,
        "suite": SUITE,
        "kdf": "argon2id",
        "memory_kib": strength.memory_kib,
        "passes": strength.passes,
        "lanes": strength.lanes,
        "salt": secrets.token_hex(16),
        "cipher": "aes-256-gcm",
        "nonce": secrets.token_hex(12),
        "public": public_key(seed).hex(),
    }
    cipher = AESGCM(_unlocking_key(header, pin, key_file))
    sealed = cipher.encrypt(bytes.fromhex(header["nonce"]), seed, canonical(header))
    return canonical({**header, "sealed": sealed.hex()}) + b"\n"


def open_key(sealed: bytes, pin: str, key_file: bytes) -> bytes:
    """Return the seed.

    Raises:
        KnownError: for a wrong PIN or a wrong key file, in the same words for both; and for a file that is no sealed
            key, is damaged, or asks for more memory than any key of ours.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, locked = _read_sealed(sealed)
    wrong = KnownError(
        _("The PIN and this stick do not open the key."),
        _("Put in your own stick and type your PIN again."),
    )
    if len(key_file) != KEY_FILE_SIZE:
        key_file = bytes(
            KEY_FILE_SIZE
        )  # goes the same long way, so time does not tell which of the two was wrong
    try:
        cipher = AESGCM(_unlocking_key(header, pin, key_file))
        seed = cipher.decrypt(bytes.fromhex(header["nonce"]), locked, canonical(header))
    except InvalidTag:
        raise wrong from None
    if len(seed) != SEED_SIZE or public_key(seed).hex() != header["public"]:
        raise wrong
    return seed


def sealed_public_key(sealed: bytes) -> bytes:
    """Whose key a sealed file holds, without opening it; believed only as far as the file is. Raises KnownError."""
    return bytes.fromhex(_read_sealed(sealed)[0]["public"])


def _message(purpose: str, value: Any, suite: str) -> bytes:
    if "|" in purpose or "\n" in purpose:
        raise ValueError(f"a purpose is one plain word: {purpose!r}")
    return f"vbk1|{purpose}|{suite}\n".encode() + canonical(value)


def _unlocking_key(header: dict[str, Any], pin: str, key_file: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=bytes.fromhex(header["salt"]),
        length=32,
        iterations=header["passes"],
        lanes=header["lanes"],
        memory_cost=header["memory_kib"],
        ad=_SEALED_FORMAT.encode(),
        secret=key_file,
    )
    return kdf.derive(unicodedata.normalize("NFKC", pin).strip().encode())


def _read_sealed(sealed: bytes) -> tuple[dict[str, Any], bytes]:
    """Header and locked bytes of a sealed file, every field checked."""
    damaged = KnownError(
        _("This is not a key of villagebook, or the file is damaged."),
        _("Use the copy on your second stick, or have a new key registered."),
    )
    if len(sealed) > _MAX_SEALED_SIZE:
        raise damaged
    try:
        data = read_canonical(sealed)
    except (ValueError, RecursionError):
        raise damaged from None
    if not isinstance(data, dict) or data.get("format") != _SEALED_FORMAT:
        raise damaged
    version = data.get("version")
    if type(version) is int and version > _SEALED_VERSION:
        raise KnownError(
            _("This key was made by a newer villagebook."), _("Install the newer program on this computer.")
        )
    if set(data) != {*_HEADER, "sealed"} or not _is_well_formed(data):
        raise damaged
    locked = bytes.fromhex(data.pop("sealed"))
    return data, locked


def _is_well_formed(data: dict[str, Any]) -> bool:
    names = (data["version"], data["suite"], data["kdf"], data["cipher"])
    if names != (_SEALED_VERSION, SUITE, "argon2id", "aes-256-gcm"):
        return False
    numbers = (data["memory_kib"], data["passes"], data["lanes"])
    if not all(type(n) is int and n >= 1 for n in numbers):
        return False
    memory, passes, lanes = numbers
    if memory > MAX_STRENGTH.memory_kib or passes > MAX_STRENGTH.passes or lanes > MAX_STRENGTH.lanes:
        return False
    lengths = {"salt": 32, "nonce": 24, "public": PUBLIC_HEX, "sealed": 2 * (SEED_SIZE + 16)}
    return memory >= 8 * lanes and all(is_hex(data[name], length) for name, length in lengths.items())
