"""Officials' signing keys: what the village asked the township, what the township answered, and how a key stands on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.policy_seal import PolicySeal

SUITE = "ed25519-sha256"
SUITES = (SUITE,)
"""Procedures this program can make and verify."""

NAMED_SUITES = (SUITE, "sm2-sm3")
"""Procedures the format has a name for; those beyond SUITES need a newer program."""


class KeyState(StrEnum):
    """How a key stands on a day. KNOWN: the township has not certified it. ENDED: its owner left office."""

    KNOWN = "known"
    VALID = "valid"
    STOPPED = "stopped"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ENDED = "ended"


class StopReason(StrEnum):
    """Why a village stops a key by itself."""

    LOST = "lost"
    LEFT = "left"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """What a new key says about itself to the township; signed by the key it names.

    Attributes:
        public: the public half in hex.
        person_id: id in the book; `person` the name, `post` the kind of post ("" for none).
        made_at: ISO instant.
    """

    public: str
    suite: str
    person_id: str
    person: str
    post: str
    village: str
    code: str
    book_id: str
    made_at: str

    def to_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> KeyRequest:
        """Raises KeyError and TypeError for what is no request."""
        told = {name: data[name] for name in cls.__slots__}
        if not all(isinstance(value, str) for value in told.values()):
            raise TypeError("a request of other things than words")
        return cls(**told)


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """The township's word that a key is that of this person in this village, from a day to a day (both included)."""

    request: KeyRequest
    from_on: date
    until_on: date

    def to_data(self) -> dict[str, Any]:
        days = {"from_on": self.from_on.isoformat(), "until_on": self.until_on.isoformat()}
        return {"request": self.request.to_data(), **days}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> KeyAnswer:
        """Raises KeyError, TypeError and ValueError for what is no answer."""
        days = (date.fromisoformat(data[name]) for name in ("from_on", "until_on"))
        return cls(KeyRequest.from_data(data["request"]), *days)


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key in the township's list. `revoked_on` is the first day on which it counts no more, None while it holds."""

    public: str
    person: str
    post: str
    from_on: date
    until_on: date
    revoked_on: date | None = None
    reason: str = ""

    def state_on(self, day: date) -> KeyState:
        if self.revoked_on is not None and day >= self.revoked_on:
            return KeyState.REVOKED
        return KeyState.VALID if self.from_on <= day <= self.until_on else KeyState.EXPIRED

    def to_data(self, day: date) -> dict[str, Any]:
        """`day` is that of the list: the state is written out for people who read the file by eye."""
        return {
            "key": self.public,
            "person": self.person,
            "post": self.post,
            "state": (KeyState.REVOKED if self.revoked_on else self.state_on(day)).value,
            "from_on": self.from_on.isoformat(),
            "until_on": self.until_on.isoformat(),
            "revoked_on": self.revoked_on.isoformat() if self.revoked_on else "",
            "reason": self.reason,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> ListedKey:
        words = [data[name] for name in ("key", "person", "post", "reason", "revoked_on", "state")]
        if not all(isinstance(word, str) for word in words):
            raise TypeError("a key of other things than words")
        revoked = date.fromisoformat(words[4]) if words[4] else None
        if (KeyState(words[5]) is KeyState.REVOKED) != (revoked is not None):
            raise ValueError("state and day of revocation differ")
        days = [date.fromisoformat(data[name]) for name in ("from_on", "until_on")]
        return cls(words[0], words[1], words[2], days[0], days[1], revoked, words[3])


@dataclass(frozen=True, slots=True)
class KeyList:
    """The township's list of one village's keys. `version` only rises; after `until_on` a newer list is due."""

    village: str
    code: str
    book_id: str
    version: int
    from_on: date
    until_on: date
    keys: tuple[ListedKey, ...]

    def find(self, public: str) -> ListedKey | None:
        return next((k for k in self.keys if k.public == public), None)

    def to_data(self) -> dict[str, Any]:
        return {
            "village": self.village,
            "code": self.code,
            "book_id": self.book_id,
            "version": self.version,
            "from_on": self.from_on.isoformat(),
            "until_on": self.until_on.isoformat(),
            "keys": [k.to_data(self.from_on) for k in self.keys],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> KeyList:
        """Raises KeyError, TypeError and ValueError for what is no list."""
        words = [data[name] for name in ("village", "code", "book_id")]
        version = data["version"]
        if not all(isinstance(word, str) for word in words) or type(version) is not int or version < 1:
            raise TypeError("a list without village or version")
        days = [date.fromisoformat(data[name]) for name in ("from_on", "until_on")]
        keys = tuple(ListedKey.from_data(k) for k in data["keys"])
        if len({k.public for k in keys}) != len(keys):
            raise ValueError("a key twice")
        return cls(words[0], words[1], words[2], version, days[0], days[1], keys)


def signed_body(body: Mapping[str, Any], seal: PolicySeal) -> dict[str, Any]:
    """What a township signs under an answer or a list: the whole file but the signature itself."""
    told = seal.to_data()
    del told["signature"]
    return {"body": dict(body), **told}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public half the book knows. `post`, `made_at` and `proof` came later and are "" for older keys."""

    key_id: str
    person_id: str
    public: str
    suite: str
    from_on: date
    post: str = ""
    made_at: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class KeyStop:
    """The village's own stop: never lifted. `lost_on` is since when it is out of hand, `evidence` a stored file or ""."""

    key_id: str
    what: StopReason
    lost_on: date
    reported_by: str
    reason: str
    evidence: str
    stopped_on: date


@dataclass(frozen=True, slots=True)
class Certified:
    """An answer as it was taken in, with the day it was signed."""

    answer: KeyAnswer
    signed_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A key with everything the book knew about it at one position of its log.

    Attributes:
        wanted: the book trusts a key of the township, so an official's key needs the township's word.
        listed: the newest list then, whether it names the key or not.
    """

    key: SigningKey
    wanted: bool
    certified: Certified | None = None
    stop: KeyStop | None = None
    listed: KeyList | None = None

    @property
    def entry(self) -> ListedKey | None:
        return self.listed.find(self.key.public) if self.listed else None

    @property
    def is_certified(self) -> bool:
        """By the list, or by an answer that is not older than the list which leaves the key out."""
        if self.entry is not None:
            return True
        if self.certified is None:
            return False
        return self.listed is None or self.certified.signed_on >= self.listed.from_on

    @property
    def until_on(self) -> date | None:
        """The last day on which the township's word holds; None without one."""
        if self.entry is not None:
            return self.entry.until_on
        return self.certified.answer.until_on if self.certified else None

    def state_on(self, day: date, *, in_office: bool = True) -> KeyState:
        """The state that stops first: revoked and stopped keys never come back."""
        entry = self.entry
        if entry is not None and entry.revoked_on is not None and day >= entry.revoked_on:
            return KeyState.REVOKED
        if self.stop is not None and day >= min(self.stop.stopped_on, self.stop.lost_on):
            return KeyState.STOPPED
        if self.wanted and not self.is_certified:
            return KeyState.KNOWN
        if not in_office:
            return KeyState.ENDED
        return KeyState.EXPIRED if self._is_out_of_date(day) else KeyState.VALID

    def _is_out_of_date(self, day: date) -> bool:
        if self.entry is not None:
            return self.entry.state_on(day) is not KeyState.VALID
        if self.certified is not None:
            return not self.certified.answer.from_on <= day <= self.certified.answer.until_on
        return day < self.key.from_on
