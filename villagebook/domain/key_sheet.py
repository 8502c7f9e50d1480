"""The fingerprint sheet: what is printed, signed with a pen and compared by both sides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeySheet:
    """One key on one sheet. `fingerprint` is in groups with hyphens, `public` in hex; `post`, `made_at`, `township` may be ""."""

    village: str
    code: str
    person: str
    post: str
    made_at: str
    suite: str
    fingerprint: str
    public: str
    township: str

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.fingerprint.split("-"))

    @property
    def public_groups(self) -> tuple[str, ...]:
        """The whole public half in groups of four, for whoever wants to compare all of it."""
        return tuple(self.public[i : i + 4] for i in range(0, len(self.public), 4))

    @property
    def code_text(self) -> str:
        """Text of the square code: any phone shows it."""
        return f"VBK1|{self.code}|{self.suite}|{self.fingerprint}|{self.public}"
