"""The translation catalogues: read the texts out of the source, update, compile and check them.

    dev.py i18n     update, compile and check
    dev.py check    check only

The files are made so that a diff shows only what a person changed: messages in alphabetical order, one line per
message, no dates, no line numbers, no guessed translations.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from villagebook.i18n import CHINESE, DOMAIN, placeholders

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
TEMPLATE = FOLDER / f"{DOMAIN}.pot"
LANGUAGES = (CHINESE,)  # English is the source
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "N_many": (1, 2)}
PLURALS = {CHINESE: "nplurals=1; plural=0;"}

SHOWN = 30  # a check names no more than this; `dev.py i18n` shows the rest in the catalogue itself

HEADER = """\
# {title}
msgid ""
msgstr ""
"Project-Id-Version: villagebook\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def po_path(language: str) -> Path:
    """Return where the catalogue of a language is."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def extract() -> Catalog:
    """Collect every marked text of the program."""
    catalog = Catalog(project=DOMAIN)
    for path in sorted((ROOT / "villagebook").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for _line, message, comments, _context in extract_from_file(
            "python", path, KEYWORDS, ["Translators:"]
        ):
            catalog.add(message, None, [(name, 0)], auto_comments=comments)
    return catalog


def read(language: str) -> Catalog:
    """Read the catalogue of a language, empty if there is none yet."""
    path = po_path(language)
    text = path.read_bytes() if path.exists() else b""
    return read_po(io.BytesIO(text), locale=language, domain=DOMAIN, abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
    """Walk the messages, without the header that Babel keeps as the first."""
    return (message for message in catalog if message.id)


def write(path: Path, catalog: Catalog, title: str, language: str) -> None:
    """Write a catalogue with our own header, which has no date in it."""
    for message in messages(catalog):
        # Guessed by Babel from a per cent sign or a brace in the text; our texts are never used with %.
        message.flags -= {"python-format", "python-brace-format"}
    body = io.BytesIO()
    write_po(
        body,
        catalog,
        width=0,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    header = HEADER.format(
        title=title, language=language, plurals=PLURALS.get(language, "nplurals=2; plural=(n != 1);")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + body.getvalue().decode("utf-8").strip() + "\n", encoding="utf-8", newline="\n")


def update() -> int:
    """Write the template and bring every catalogue up to it: translations stay, new texts come in empty."""
    template = extract()
    write(TEMPLATE, template, "The texts of villagebook, in the English of its source.", "en")
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        write(po_path(language), catalog, f"villagebook in {catalog.locale_identifier}", language)
    return 0


def compile_all() -> int:
    """Write the .mo files that the program reads; they are not kept in git."""
    for language in LANGUAGES:
        target = po_path(language).with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= po_path(language).stat().st_mtime_ns:
            with target.open("wb") as file:
                write_mo(file, read(language))
    return 0


def check() -> int:
    """Print every text that a reader of another language would not get right."""
    problems = [
        f"{language}: {problem}" for language in LANGUAGES for problem in faults(extract(), read(language))
    ]
    if problems:
        print("\n".join(problems[:SHOWN]))
        print(f"{len(problems)} texts to mend; `dev.py i18n` adds what is missing, empty, to the catalogue.")
    return 1 if problems else 0


def faults(source: Catalog, translated: Catalog) -> Iterator[str]:
    """Name what is missing, empty, unsure or filled in differently in a translation."""
    for wanted in messages(source):
        name = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
        place = ", ".join(sorted({file for file, _line in wanted.locations}))
        found = translated.get(wanted.id)
        problem = fault(wanted, found)
        if problem:
            yield f'{problem}: "{shorten(name)}" ({place})'


def fault(wanted: Message, found: Message | None) -> str:
    """Return what is wrong with one translation, or nothing."""
    if found is None or (isinstance(wanted.id, tuple) and not isinstance(found.id, tuple)):
        return "not in the catalogue"
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string or [""])
    if not all(forms):
        return "not translated"
    if found.fuzzy:
        return "marked as unsure"
    fields = placeholders(wanted.id if isinstance(wanted.id, str) else wanted.id[-1])
    if any(placeholders(form) != fields for form in forms):
        return "other {placeholders} than the source"
    return ""


def shorten(text: str) -> str:
    """Return a text on one line, cut to what fits there."""
    flat = re.sub(r"\s+", " ", text)
    return flat if len(flat) <= 80 else flat[:79] + "…"


STEPS = {"update": update, "compile": compile_all, "check": check}

if __name__ == "__main__":
    sys.exit(STEPS[sys.argv[1]]())
