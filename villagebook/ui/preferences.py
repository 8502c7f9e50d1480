"""What this computer remembers between runs: language, text size, the last book, who sits here. Never official."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from villagebook import i18n, paths

TEXT_SIZES = {"normal": 15, "large": 18, "very-large": 21}
"""Height of the text in pixels at 96 dpi; Qt scales them with the screen."""


@dataclass(slots=True)
class Preferences:
    """`recent` holds the last opened books, newest first; `people` the name of who sits here, by book id."""

    language: str = i18n.CHINESE
    text_size: str = "normal"
    recent: tuple[str, ...] = ()
    people: dict[str, str] | None = None

    def remember_book(self, path: Path) -> None:
        name = str(path)
        self.recent = (name, *(r for r in self.recent if r != name))[:6]

    def person(self, book_id: str) -> str:
        """Who worked in this book here last, "" when nobody said."""
        return (self.people or {}).get(book_id, "")

    def remember_person(self, book_id: str, name: str) -> None:
        self.people = {**(self.people or {}), book_id: name}

    def save(self) -> None:
        """Write beside and rename; a folder that cannot be written is no reason to stop working."""
        target = _file()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(target)
        except OSError:
            return


def load() -> Preferences:
    """Read the preferences; whatever is missing or spoilt falls back to the defaults."""
    try:
        data = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(data, dict):
        return Preferences()
    known = {f.name for f in fields(Preferences)}
    found = Preferences(**{k: v for k, v in data.items() if k in known})
    found.recent = tuple(str(r) for r in found.recent or ())
    if found.language not in (*i18n.LANGUAGES, i18n.STRETCHED):
        found.language = i18n.CHINESE
    if found.text_size not in TEXT_SIZES:
        found.text_size = "normal"
    if not isinstance(found.people, dict):
        found.people = None
    return found


def _file() -> Path:
    return paths.user_dir() / "window.json"
