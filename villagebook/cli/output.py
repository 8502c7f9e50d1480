"""Writing to the terminal: UTF-8, findings as lines or JSON, bytes to a file written whole."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from villagebook.domain.certainty import readable
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.table import Table
from villagebook.i18n import _, why


def offer_json(parser: argparse.ArgumentParser) -> None:
    """The word by which a verb is told to speak to people or to a program."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def use_utf8() -> None:
    """A Chinese Windows would write GBK into a pipe otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")


def flush() -> None:
    """Bring out what is still on its way, while somebody can be told that it failed."""
    if sys.stdout is not None:
        sys.stdout.flush()


def silence() -> None:
    """Let what could not be written go, so that Python does not complain of it at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_progress(done: int, total: int) -> None:
    """A counter on a terminal; nothing where the output goes to a file or another program."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total} ")
        sys.stderr.flush()


def finding_line(finding: Finding) -> str:
    level = {
        Severity.ERROR: _("error"),
        Severity.HOLD: _("hold"),
        Severity.WARNING: _("warning"),
        Severity.HINT: _("note"),
    }[finding.severity]
    where = f" {finding.where}:" if finding.where else ""
    source = readable(finding.source)
    return f"{level} {finding.id}:{where} {finding.text}" + (f" [{source}]" if source else "")


def tell_refused(findings: Iterable[Finding]) -> None:
    """Every reason at once, on stderr."""
    for finding in findings:
        sys.stderr.write(finding_line(finding) + "\n")


def tell(form: str, text: str, **facts: object) -> None:
    """One sentence for people, or the facts behind it as JSON."""
    say(json.dumps(facts, ensure_ascii=False, indent=1) if form == "json" else text)


def tell_findings(findings: Iterable[Finding], form: str, **more: object) -> int:
    """Print findings as promised for check and verify; 0 when nothing of weight is among them, else 1.

    `more` are further keys of the JSON.
    """
    found = list(findings)
    heavy = [f for f in found if f.severity is not Severity.HINT]
    if form == "json":
        body = {
            "ok": not heavy,
            **more,
            "findings": [
                {
                    "id": f.id,
                    "severity": f.severity.value,
                    "where": f.where,
                    "text": f.text,
                    "source": f.source,
                }
                for f in found
            ],
        }
        say(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        for finding in found:
            say(finding_line(finding))
        if not found:
            say(_("No findings."))
        elif not heavy:
            say(_("Nothing to correct."))
    return 1 if heavy else 0


def tell_taken(count: int, findings: Iterable[Finding], form: str, *, dry_run: bool, **counts: object) -> int:
    """How much was taken in, or would be, and what there is to say about it; 1 for findings of weight.

    `counts` are further keys of the JSON.
    """
    found = tuple(findings)
    if form == "json":
        return tell_findings(found, "json", **counts, dry_run=dry_run)
    text = _("{n} would be taken in; nothing was written.") if dry_run else _("{n} taken in.")
    say(text.format(n=count))
    return tell_findings(found, "text") if found else 0


def say_rows(table: Table, width: int) -> None:
    """The first cells of every row of a table, as lines for a terminal."""
    for row in table.rows:
        say("  ".join(str(cell or "–") for cell in row[:width]))


def write_out(data: bytes, target: str) -> None:
    """To a file (whole or not at all) or, for "" and "-", to standard output."""
    if target in ("", "-"):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    if path.is_dir():
        raise KnownError(_("{path} is a folder.").format(path=path), _("Add the name of a file."))
    if not path.parent.is_dir():
        raise KnownError(
            _("There is no folder {path}.").format(path=path.parent), _("Make it first, or choose another.")
        )
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise KnownError(
            _("{path} cannot be written: {why}.").format(path=path, why=why(error)),
            _("Choose a folder that can be written and has space."),
        ) from error
