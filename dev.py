"""One door to everything a developer does: python3 dev.py demo | test | check | build | bench | faults | i18n | lock.

Uses the standard library only, so that a fresh machine needs nothing but Python and pip. It makes `.venv` itself from
the locked lists in requirements/ and runs every tool inside it. It must stay readable by older Pythons, because its
first duty is to say which Python is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
VENV_BIN = VENV / ("Scripts" if WINDOWS else "bin")
VENV_PYTHON = VENV_BIN / ("python.exe" if WINDOWS else "python")
MARKER = VENV / "villagebook-installed.txt"
OLDEST_PYTHON = (3, 11)

LOCKS = {"app": ROOT / "requirements" / "app.txt", "dev": ROOT / "requirements" / "dev.txt"}

# The built program goes out on memory sticks; it was about 255 MB with every dependency and both fonts.
SIZE_BUDGET = 280_000_000

# What Debian must provide before Qt can be loaded; the second list is for a window on a real screen.
QT_PACKAGES = ["libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"]
QT_WINDOW_PACKAGES = ["libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"]
QT_WINDOW_PACKAGES += [
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
]


class Stop(Exception):
    """Ends the run with one clear sentence for the person at the keyboard."""


def say(text: str) -> None:
    """Print at once, so that our lines and those of the tools come out in order."""
    print(text, flush=True)


# ---- running things ----


def environment(**extra: str) -> dict[str, str]:
    """Return the environment every tool gets: this one, UTF-8, nobody else's PYTHONPATH or venv.

    Compiled modules are kept: without them each of the many processes compiles everything anew.
    """
    strangers = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    env = {key: value for key, value in os.environ.items() if key not in strangers}
    env["PYTHONUTF8"] = "1"
    env.update(extra)
    return env


def run(command: list[str], **extra_env: str) -> int:
    """Run a command in the project folder with our own input and output; return its exit status."""
    return subprocess.run(command, cwd=ROOT, env=environment(**extra_env), check=False).returncode


def must_run(command: list[str], problem: str, **extra_env: str) -> None:
    """Run a command that has to succeed, or stop with the sentence `problem`."""
    if run(command, **extra_env) != 0:
        raise Stop(problem)


def python(*args: str) -> list[str]:
    """Return the command that runs the environment's own Python."""
    return [str(VENV_PYTHON), *args]


# ---- the environment ----


def lock_digest(level: str) -> str:
    """Return what the marker file says when the lock of this level is installed, for this Python in this folder."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    facts = LOCKS[level].read_bytes() + version.encode() + str(ROOT).encode()
    return f"{level} {hashlib.sha256(facts).hexdigest()}"


def ensure_environment(level: str) -> None:
    """Make `.venv` hold the locked packages of `level`; do nothing when the marker says that it does.

    The dev lock contains the app lock, so an environment made for the tests also runs the demo.
    """
    installed = MARKER.read_text(encoding="utf-8").strip() if MARKER.exists() else ""
    if VENV_PYTHON.exists() and installed in {lock_digest(level), lock_digest("dev")}:
        return
    if installed.startswith("dev "):
        level = "dev"
    started = time.monotonic()
    say(f"Preparing .venv from requirements/{LOCKS[level].name} (once; later runs start at once) ...")
    MARKER.unlink(missing_ok=True)
    if not (install_with_uv(level) or install_with_pip(level)):
        raise Stop(
            "The packages could not be installed; the lines above say why. Is the package index reachable?"
        )
    link_checkout()
    MARKER.write_text(lock_digest(level) + "\n", encoding="utf-8")
    say(f"Prepared .venv in {time.monotonic() - started:.0f} s.")


def base_python() -> str:
    """Return the Python under any virtual environment that runs this file."""
    return getattr(sys, "_base_executable", None) or sys.executable


def install_with_uv(level: str) -> bool:
    """Install with uv when it is there; False sends us to pip."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    make = [uv, "venv", "--quiet", "--clear", "--python", base_python(), str(VENV)]
    install = [uv, "pip", "install", "--quiet", "--python", str(VENV_PYTHON), *locked(level)]
    return (environment_runs() or run(make) == 0) and run(install) == 0


def install_with_pip(level: str) -> bool:
    """Install with the pip of the Python that runs this file, so that the environment needs none of its own."""
    make = [base_python(), "-m", "venv", "--clear", "--without-pip", str(VENV)]
    pip = [base_python(), "-m", "pip", "--python", str(VENV_PYTHON), "--disable-pip-version-check"]
    return (environment_runs() or run(make) == 0) and run([*pip, "install", "-qq", *locked(level)]) == 0


def locked(level: str) -> list[str]:
    """Return the options that let in nothing but wheels whose hash is in the lock."""
    return ["--only-binary", ":all:", "--require-hashes", "-r", str(LOCKS[level])]


def environment_runs() -> bool:
    """Say whether `.venv` holds a working Python of our own version."""
    if not VENV_PYTHON.exists():
        return False
    ask = python("-c", "import sys; print(sys.version_info[:3])")
    answer = subprocess.run(ask, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:3])


def link_checkout() -> None:
    """Let the environment's Python find the checkout from any folder (tests start the program elsewhere)."""
    ask = python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    answer = subprocess.run(ask, capture_output=True, text=True, check=True)
    Path(answer.stdout.strip(), "villagebook-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def ensure_qt() -> None:
    """Make sure that Qt can be loaded; on a bare Debian install the few system libraries that it needs."""
    problem = qt_problem()
    if not problem:
        return
    if sys.platform != "linux" or "cannot open shared object file" not in problem:
        raise Stop(f"Qt does not start: {problem}")
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Qt needs system libraries ({problem}); installing {' '.join(QT_PACKAGES)} ...")
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *QT_PACKAGES]
        # The package list may be missing or old; it is fetched only when the first try says so.
        if apt(install) or (apt(["apt-get", "update", "-qq"]) and apt(install)):
            problem = qt_problem()
        if not problem:
            return
    raise Stop(f"Qt does not start: {problem}. Install these system packages: {' '.join(QT_PACKAGES)}")


def apt(command: list[str]) -> bool:
    """Run apt-get without a question or a word; say what it said only when it failed."""
    env = environment(DEBIAN_FRONTEND="noninteractive")
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        say(f"{' '.join(command[:2])}: {done.stderr.strip()}")
    return done.returncode == 0


def qt_problem() -> str:
    """Return why Qt cannot be loaded, or nothing."""
    code = "from PySide6 import QtWidgets; QtWidgets.QApplication([])"
    env = environment(QT_QPA_PLATFORM="offscreen")
    answer = subprocess.run(python("-c", code), env=env, capture_output=True, text=True, check=False)
    return "" if answer.returncode == 0 else (answer.stderr.strip().splitlines() or ["it crashed"])[-1]


# ---- the commands ----


def demo(args: list[str]) -> int:
    """Open a made-up village's book, or with --no-window make it and say what is in it."""
    ensure_environment("app")
    if "--no-window" not in args:
        ensure_qt()
    compile_catalogues()
    status = run(python("-m", "villagebook", "demo", *args))
    if status != 0 and sys.platform == "linux" and "--no-window" not in args:
        say(f"If no window came up: Qt needs a screen and these packages: {' '.join(QT_WINDOW_PACKAGES)}")
    return status


def compile_catalogues() -> None:
    """Make the .mo files that gettext reads from the .po files in git."""
    must_run(python("i18n/catalogues.py", "compile"), "The catalogues could not be compiled.")


CHECKS: dict[str, list[str]] = {
    "format": python("-m", "ruff", "format", "--check", "."),
    "lint": python("-m", "ruff", "check", "."),
    "types": python("-m", "mypy"),
    "imports": python(
        "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache", "--no-logo"
    ),
    "catalogue": python("i18n/catalogues.py", "check"),
}


def run_checks() -> bool:
    """Run every check even when one fails, print what each took, and say whether all passed."""
    results: list[tuple[str, bool, float]] = []
    for name, command in CHECKS.items():
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        passed = done.returncode == 0
        results.append((name, passed, time.monotonic() - started))
        if not passed:
            say(f"---- {name}\n{done.stdout}{done.stderr}".rstrip())
    say(
        "checks: "
        + ", ".join(f"{name} {'ok' if ok else 'FAILED'} {seconds:.1f} s" for name, ok, seconds in results)
    )
    return all(ok for _name, ok, _seconds in results)


def check(args: list[str]) -> int:
    """Run everything but the tests."""
    no_arguments(args)
    ensure_environment("dev")
    return 0 if run_checks() else 1


def test(args: list[str]) -> int:
    """Run the checks, then the tests; pytest's own summary stays the last line."""
    ensure_environment("dev")
    ensure_qt()
    compile_catalogues()
    passed = run_checks()
    # Both cores for the whole suite; a named test runs alone, where a debugger can reach it.
    status = run(python("-m", "pytest", *(args or ["-n", "logical"])))
    return status or (0 if passed else 1)


def bench(args: list[str]) -> int:
    """Measure the program on large books; see tests/bench."""
    return run_module("tests.bench", args)


def faults(args: list[str]) -> int:
    """Break disks, cut power and spoil files on purpose; see tests/faults."""
    return run_module("tests.faults", args)


def run_module(module: str, args: list[str]) -> int:
    """Run one of the long-running modules under tests/."""
    ensure_environment("dev")
    ensure_qt()
    compile_catalogues()
    return run(python("-m", module, *args))


def i18n(args: list[str]) -> int:
    """Read the texts out of the source, bring the catalogues up to date, compile them and say what is left to do."""
    no_arguments(args)
    ensure_environment("app")
    for step in ("update", "compile"):
        must_run(python("i18n/catalogues.py", step), f"The catalogues: {step} failed.")
    return run(python("i18n/catalogues.py", "check"))


def lock(args: list[str]) -> int:
    """Write requirements/*.txt anew from pyproject.toml; --upgrade takes the newest versions."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv") or uv_for_once(Path(folder))
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet", *args]
        options += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
        app, dev = (str(path.relative_to(ROOT)) for path in LOCKS.values())
        failed = "uv could not make the lock; the old one may be half replaced, see git diff."
        must_run([uv, "pip", "compile", "pyproject.toml", *options, "-o", app], failed)
        must_run(
            [uv, "pip", "compile", "pyproject.toml", "--group", "dev", "-c", app, *options, "-o", dev], failed
        )
    return 0


def uv_for_once(folder: Path) -> str:
    """Install uv into a folder that is thrown away afterwards, and return its path."""
    pip = [base_python(), "-m", "pip", "--disable-pip-version-check"]
    must_run(
        [*pip, "install", "-qq", "--target", str(folder), "uv"], "uv, which makes the lock, could not be had."
    )
    return str(folder / "bin" / ("uv.exe" if WINDOWS else "uv"))


# ---- building the program ----


def build(args: list[str]) -> int:
    """Build the one-folder program into dist/villagebook, then use it as a user would."""
    no_arguments(args)
    ensure_environment("dev")
    ensure_qt()
    compile_catalogues()
    command = python("-m", "PyInstaller", "build.spec", "--noconfirm", "--log-level", "ERROR")
    must_run(command, "PyInstaller failed.", PYTHONHASHSEED="0", SOURCE_DATE_EPOCH=commit_time())
    folder = ROOT / "dist" / "villagebook"
    smoke_test(folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    if size > SIZE_BUDGET:
        raise Stop(
            f"dist/villagebook is {size / 1e6:.0f} MB; what made it so big? See EXCLUDES in build.spec."
        )
    say(f"Built dist/villagebook, {size / 1e6:.0f} MB, and it works.")
    return 0


def commit_time() -> str:
    """Return the time of the last commit, so that the same commit gives the same build."""
    command = ["git", "log", "-1", "--format=%ct"]
    if not shutil.which("git"):
        return "0"
    return (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "0"
    )


def smoke_test(folder: Path) -> None:
    """Start the built program and its console twin on a made-up book; stop at the first thing that is wrong."""
    ending = ".exe" if WINDOWS else ""
    window, console = (str(folder / (name + ending)) for name in ("villagebook", "villagebook-cli"))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        try_built([console, "--version"], place)
        made = try_built(
            [console, "demo", "--no-window", "--dir", str(place / "demo"), "--format", "json"], place
        )
        book = json.loads(made)["book"]
        try_built([console, "check", book], place)
        picture = place / "window.png"
        try_built([window, book, "--screenshot", str(picture)], place)
        if not picture.exists() or not picture.read_bytes().startswith(b"\x89PNG"):
            raise Stop("The built program opened no window.")


def try_built(command: list[str], place: Path) -> str:
    """Run one command of the built program far from the checkout and return what it printed."""
    env = environment(QT_QPA_PLATFORM="offscreen", VILLAGEBOOK_HOME=str(place / "home"))
    done = subprocess.run(
        command,
        cwd=place,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    if done.returncode != 0:
        raise Stop(f"The built program failed: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


# ---- the door ----


def no_arguments(args: list[str]) -> None:
    """Refuse arguments that would be silently ignored."""
    if args:
        raise Stop(f"This command takes no arguments: {' '.join(args)}")


COMMANDS = {command.__name__: command for command in (demo, test, check, build, bench, faults, i18n, lock)}


def main() -> int:
    """Find the command and run it."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("villagebook needs Python 3.11 or newer; this is " + sys.version.split()[0])
    summaries = "\n".join(
        f"  {name:8}{(command.__doc__ or '').splitlines()[0]}" for name, command in COMMANDS.items()
    )
    parser = argparse.ArgumentParser(
        prog="dev.py", epilog=summaries, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command", help="one of those below")
    parser.add_argument("args", nargs=argparse.REMAINDER, help="handed on to the command")
    chosen = parser.parse_args()
    try:
        return COMMANDS[chosen.command](chosen.args)
    except Stop as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
