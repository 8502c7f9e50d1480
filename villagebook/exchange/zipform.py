"""The byte form of a package: a ZIP that every unzip tool opens and that has exactly one way to be written.

    [local header, data] * n   from byte 0, without a gap
    central directory          the same members in the same order
    end record                 its comment is the seal, of fixed length
    seal                       VBX1|suite|public key|signature|   (ASCII, lower-case hex)

The signature covers the SHA-256 of every byte before the seal, the end record's comment length included; the seal
has one written form for a key and a signature. So no byte can change, vanish or be added anywhere. Nothing of what
ZIP leaves open is used: no times, no extra fields, no data descriptors, no encryption, no ZIP64. The reader rebuilds
each header from what it read and compares, so a second way to write the same members does not exist either.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from villagebook.domain.keys import SUITE
from villagebook.domain.package import PACKAGE_FORMAT
from villagebook.exchange.signing import PUBLIC_HEX, SIGNATURE_HEX, is_hex, public_key, sign, verify

STORED = 0
DEFLATED = 8
MAX_RATIO = 200
MAX_MEMBERS = 50_000
MAX_PACKED = 512 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024

_UTF8_NAMES = 0x0800
_MADE_ON_UNIX = (
    0x0314  # some unzip tools read Chinese names right only from there, whatever the UTF-8 flag says
)
_PLAIN_FILE = 0o100644 << 16
_DAY_ZERO = 0x0021  # 1980-01-01, the first day a ZIP can tell
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_PURPOSE = "package"

SEAL_MAGIC = b"VBX"
_SEAL = f"VBX{PACKAGE_FORMAT}|{SUITE}|{{public}}|{{signature}}|"
SEAL_SIZE = len(_SEAL.format(public="0" * PUBLIC_HEX, signature="0" * SIGNATURE_HEX))
_ANY_SEAL = re.compile(rb"VBX(\d{1,6})\|([a-z0-9-]{1,40})\|[0-9a-f|]*\|\Z")


class BadForm(ValueError):
    """Bytes that are no package of ours; `reason` is the id of the finding, `member` the member's name if known."""

    def __init__(self, reason: str, member: str = "") -> None:
        super().__init__(f"{reason} {member}")
        self.reason = reason
        self.member = member


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside: `packed` is what lies in the ZIP, `size` and `crc` are of the unpacked bytes."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    @classmethod
    def pack(cls, name: str, data: bytes, *, deflate: bool) -> Member:
        """Deflate only where it helps and stays within the ratio that the reader allows."""
        if deflate:
            packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
            packed = packer.compress(data) + packer.flush()
            if len(packed) < len(data) <= MAX_RATIO * len(packed):
                return cls(name, DEFLATED, zlib.crc32(data), len(data), packed)
        return cls(name, STORED, zlib.crc32(data), len(data), data)

    def unpack(self) -> bytes:
        """The file's bytes; never makes more than the declared size. Raises BadForm when anything disagrees."""
        data = self.packed if self.method == STORED else self._inflate()
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise BadForm("PKG-15", self.name)
        return data

    def _inflate(self) -> bytes:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = unpacker.decompress(self.packed, self.size + 1)
        except zlib.error:
            raise BadForm("PKG-15", self.name) from None
        if not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail:
            raise BadForm("PKG-15", self.name)
        return data

    def local_header(self) -> bytes:
        name = self.name.encode()
        fields = (
            20,
            _UTF8_NAMES,
            self.method,
            0,
            _DAY_ZERO,
            self.crc,
            len(self.packed),
            self.size,
            len(name),
            0,
        )
        return _LOCAL.pack(b"PK\x03\x04", *fields) + name

    def central_header(self, offset: int) -> bytes:
        name = self.name.encode()
        fields = (
            _MADE_ON_UNIX,
            20,
            _UTF8_NAMES,
            self.method,
            0,
            _DAY_ZERO,
            self.crc,
            len(self.packed),
            self.size,
        )
        return _CENTRAL.pack(b"PK\x01\x02", *fields, len(name), 0, 0, 0, 0, _PLAIN_FILE, offset) + name


def assemble(members: Sequence[Member], comment: int = SEAL_SIZE) -> list[bytes]:
    """Everything of the file but the seal, in pieces that follow each other; 0 bytes of comment make a plain ZIP."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        header = member.local_header()
        directory.append(member.central_header(offset))
        pieces += (header, member.packed)
        offset += len(header) + len(member.packed)
    return [*pieces, *directory, _end_record(len(members), sum(map(len, directory)), offset, comment)]


def _end_record(count: int, directory_size: int, directory_offset: int, comment: int) -> bytes:
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, directory_size, directory_offset, comment)


def make_seal(sha256: str, seed: bytes) -> bytes:
    """The seal for a file whose bytes before the seal have this SHA-256 (hex)."""
    signature = sign(_PURPOSE, _signed_value(sha256), seed)
    return _SEAL.format(public=public_key(seed).hex(), signature=signature).encode()


def read_seal(data: bytes) -> str:
    """Check the seal at the end against every byte before it and return the signer's public key in hex.

    Raises:
        BadForm: PKG-01 no package, PKG-02 cut off, PKG-03 bytes behind the end, PKG-04 unknown suite,
            PKG-05 the signature does not fit, PKG-12 newer form.
    """
    found = _ANY_SEAL.search(data, max(0, len(data) - 4096))
    if not found:
        if not data.startswith(b"PK\x03\x04"):
            raise BadForm("PKG-01")
        behind = data.rfind(SEAL_MAGIC + b"1|", max(0, len(data) - 65536))
        raise BadForm("PKG-02" if behind < 0 or behind + SEAL_SIZE > len(data) else "PKG-03")
    if int(found[1]) > PACKAGE_FORMAT:
        raise BadForm("PKG-12")
    if found[2].decode() != SUITE:
        raise BadForm("PKG-04")
    start = len(data) - SEAL_SIZE
    parts = data[start:].decode("ascii", "replace").split("|")
    if start < 0 or len(parts) != 5:
        raise BadForm("PKG-05")
    public, signature = parts[2], parts[3]
    whole = _SEAL.format(public=public, signature=signature).encode()
    if whole != data[start:] or not is_hex(public, PUBLIC_HEX):
        raise BadForm("PKG-05")
    sha256 = hashlib.sha256(memoryview(data)[:start]).hexdigest()
    if not verify(_PURPOSE, _signed_value(sha256), signature, bytes.fromhex(public)):
        raise BadForm("PKG-05")
    return public


def read_members(data: bytes) -> list[Member]:
    """All members in their order, every byte before the seal accounted for.

    Raises:
        BadForm: PKG-08 another layout than ours, PKG-10 too much of something.
    """
    end = len(data) - SEAL_SIZE - _END.size
    if end < 0:
        raise BadForm("PKG-08")
    count, directory_size, directory_offset = _END.unpack_from(data, end)[4:7]
    if data[end : end + _END.size] != _end_record(count, directory_size, directory_offset, SEAL_SIZE):
        raise BadForm("PKG-08")
    if count > MAX_MEMBERS:
        raise BadForm("PKG-10")
    members: list[Member] = []
    offset, at, total = 0, directory_offset, 0
    for _number in range(count):
        member, at = _read_member(data, at, end, offset)
        total += member.size
        if total > MAX_UNPACKED or member.size > MAX_RATIO * len(member.packed):
            raise BadForm("PKG-10", member.name)
        members.append(member)
        offset += _LOCAL.size + len(member.name.encode()) + len(member.packed)
    if at != end or offset != directory_offset or at - directory_offset != directory_size:
        raise BadForm("PKG-08")
    return members


def _read_member(data: bytes, at: int, end: int, offset: int) -> tuple[Member, int]:
    """The member whose directory entry stands at `at` and whose header must stand at `offset`; the next `at`."""
    if at + _CENTRAL.size > end:
        raise BadForm("PKG-08")
    fields = _CENTRAL.unpack_from(data, at)
    method, crc, packed_size, size, name_size = fields[4], *fields[7:11]
    after = at + _CENTRAL.size + name_size
    start = offset + _LOCAL.size + name_size
    try:
        name = data[at + _CENTRAL.size : after].decode()
    except UnicodeDecodeError:
        raise BadForm("PKG-08") from None
    member = Member(name, method, crc, size, data[start : start + packed_size])
    same = (
        method in (STORED, DEFLATED)
        and len(member.packed) == packed_size
        and data[at:after] == member.central_header(offset)
        and data[offset:start] == member.local_header()
    )
    if not same or after > end or start + packed_size > end:
        raise BadForm("PKG-08", name)
    return member, after


def _signed_value(sha256: str) -> dict[str, object]:
    return {"format": PACKAGE_FORMAT, "sha256": sha256}
