"""The error gallery: every bad word, file and book answers with its code and one sentence for each thing that is wrong."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.runner import Ran, run, write_csv
from villagebook.services.book_file.books import open_book

GALLERY = Path(__file__).parent / "gallery"
FAULT = "a fault of the program"
LINES = "date,kind,number,summary,party,amount,place,account"


@dataclass(slots=True)
class Case:
    """One picture of the gallery."""

    title: str
    command: str = ""
    code: int = 0
    says: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def read_cases() -> Iterator[Case]:
    for path in sorted(GALLERY.glob("*.txt")):
        for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, *lines = part.strip().splitlines()
            case = Case(f"{path.stem}: {title}")
            name = ""
            for line in lines:
                if line.startswith("< "):
                    name = line[2:]
                    case.files[name] = ""
                elif line.startswith("$ "):
                    case.command, name = line[2:], ""
                elif name:
                    case.files[name] += line + "\n"
                elif case.command:
                    code, _blank, says = line.partition(" ")
                    case.code, case.says = int(code), [text.strip() for text in says.split(" | ")]
            yield case


CASES = list(read_cases())


@pytest.fixture(scope="session")
def things(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Books and packages, whole and broken, made once."""
    folder = tmp_path_factory.mktemp("things")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGEBOOK_HOME", str(folder / "home"))
        made = _books(folder)
        made.update(_packages(folder, made["book"]))
    return made


def _books(folder: Path) -> dict[str, Path]:
    made = {
        name: folder / f"{name}.vbook"
        for name in ("book", "text", "empty", "newer", "damaged", "cut_book", "closed")
    }
    run("new", made["book"], "--village", "向阳村", "--code", "X1", "--start", "2025-01")
    made["taken"] = write_csv(folder / "taken.csv", LINES, "2025-01-15,receipt,,rent,Zhang,1000,IN,501")
    assert run("import", made["book"], made["taken"]).code == 0
    for name in ("newer", "damaged", "closed"):
        shutil.copy(made["book"], made[name])
    assert run("close", made["closed"], "--period", "2025-01").code == 0
    connection = sqlite3.connect(made["newer"])
    connection.execute("PRAGMA user_version=999")
    connection.close()
    data = made["book"].read_bytes()
    made["damaged"].write_bytes(data[:5000] + b"\xff" * 8000 + data[13000:])
    made["cut_book"].write_bytes(data[: len(data) // 2])
    made["text"].write_text("hello", encoding="utf-8")
    made["empty"].write_bytes(b"")
    made["locked"] = made["book"]
    made["junk"] = folder / "junk.csv"
    made["junk"].write_bytes(bytes(range(256)) * 8)
    made["fake_xlsx"] = folder / "fake.xlsx"
    made["fake_xlsx"].write_bytes(b"PK\x03\x04" + bytes(100))
    made["folder"] = folder / "folder"
    made["folder"].mkdir()
    return made


def _packages(folder: Path, book: Path) -> dict[str, Path]:
    copy = folder / "sender.vbook"
    shutil.copy(book, copy)
    exported = run("export", copy, "--to", folder, "--format", "json")
    package = Path(exported.json["package"])
    data = package.read_bytes()
    middle = len(data) // 2
    bytes_of = {
        "cut": data[:middle],
        "cut_by_one": data[:-1],
        "turned": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "longer": data + b"more",
    }
    made = {"package": package}
    for name, content in bytes_of.items():
        made[name] = folder / f"{name}.vbx.zip"
        made[name].write_bytes(content)
    made["reordered"], made["foreign"] = folder / "reordered.vbx.zip", folder / "foreign.vbx.zip"
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(made["reordered"], "w") as target:
        for info in reversed(source.infolist()):
            target.writestr(info, source.read(info))
    with zipfile.ZipFile(made["foreign"], "w") as target:
        target.writestr("readme.txt", "hello")
    made["trust"] = folder / "trust.json"
    made["trust"].write_text(json.dumps(TRUST), encoding="utf-8")
    return made


TRUST = {"format": "villagebook-trust", "version": 1, "signers": []}


def take_part(
    case: Case, things: dict[str, Path], folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> Ran:
    """Run a case in a folder of its own, on copies of what it would write to."""
    monkeypatch.chdir(folder)
    for name, text in case.files.items():
        Path(name).write_text(text, encoding="utf-8")
    places: dict[str, Path] = {}
    for name in set(re.findall(r"\{(\w+)\}", case.command)):
        places[name] = things[name]
        if things[name].suffix == ".vbook":
            places[name] = Path(things[name].name)
            shutil.copy(things[name], places[name])
    words = [word.format(**places) for word in case.command.split()]
    before = contents(folder)
    if "{locked}" in case.command:
        with open_book(places["locked"]):
            before = contents(folder)
            ran = run(*words, lang=lang)
    else:
        ran = run(*words, lang=lang)
    if case.code == 2:
        assert contents(folder) == before
        assert ran.out == b""
    return ran


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that counts; the lock and the emptied journal beside a book do not."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith((".lock", "-journal")) and "home" not in path.parts
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_what_is_wrong_is_said_with_its_place_and_its_remedy(
    case: Case, things: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    ran = take_part(case, things, tmp_path / "here", monkeypatch, "en")
    said = ran.err + ran.text
    assert ran.code == case.code, said
    for text in case.says:
        assert text in said
    assert "Traceback" not in said
    assert FAULT not in said
    assert ran.err.strip() or case.code == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_it_is_said_in_chinese_too(
    case: Case, things: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    ran = take_part(case, things, tmp_path / "here", monkeypatch, "zh_CN")
    said = ran.err + ran.text
    assert ran.code == case.code, said
    for line in said.strip().splitlines():
        assert re.search(r"[\u4e00-\u9fff]", line), line
    assert "程序自身的错误" not in said
    for error_id in re.findall(r"\b[A-Z0-9]{3}-\d\d\b", " ".join(case.says)):
        assert error_id in said


def test_a_bug_of_ours_is_one_sentence_and_a_report_in_a_file(tmp_path: Path) -> None:
    with mock.patch("villagebook.cli.verbs.close.open_book", side_effect=ZeroDivisionError):
        ran = run("close", "x.vbook", "--period", "2025-01")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert f"This is {FAULT}, not yours (ZeroDivisionError)" in ran.err
    assert "Traceback" in (tmp_path / "home" / "crash.txt").read_text(encoding="utf-8")


def test_every_case_has_all_its_parts() -> None:
    assert len(CASES) > 60
    assert len({case.title for case in CASES}) == len(CASES)
    assert all(case.command and case.code in (1, 2) and case.says for case in CASES)
