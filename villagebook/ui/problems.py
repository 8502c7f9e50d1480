"""What went wrong, shown to people: our own bugs as a report to copy, and the one real question (unsaved typing)."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import villagebook
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import _
from villagebook.ui.theme import em

_log = logging.getLogger(__name__)

EXPECTED = (Refused, KnownError)
"""The failures that are shown to the user; everything else is our bug."""


def as_findings(error: Exception) -> tuple[Finding, ...]:
    """Refused and KnownError as findings for a panel; anything else is our bug and is raised again."""
    if isinstance(error, Refused):
        return error.findings
    if isinstance(error, KnownError):
        text = f"{error.text} {error.hint}".strip()
        return (Finding("", Severity.ERROR, "", text),)
    raise error


def crash_report(error: BaseException) -> str:
    """The text to copy: versions and the traceback. Figures and names of the book are not in it."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    return "\n".join(
        (
            f"villagebook {villagebook.__version__}",
            f"Python {platform.python_version()}, PySide {pyside_version}, {platform.platform()}",
            "",
            "".join(lines),
        )
    )


class CrashDialog(QDialog):
    """Says that the program itself is at fault, that what was saved is safe, and offers the report to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The program made a mistake"))
        text = QLabel(
            _(
                "This is a fault of the program, not yours. Everything that was saved is safe in the book; "
                "what was being typed is kept as a draft. Please copy this report and hand it to whoever looks "
                "after the program."
            )
        )
        text.setWordWrap(True)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        copy = QPushButton(_("Copy the &report"))
        copy.clicked.connect(self._copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(_("&Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(self._report)
        layout.addWidget(buttons)
        self.resize(em(46), em(28))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())


_showing = False


def crash_hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For sys.excepthook: log, then show; a second fault while the dialog is open is only logged."""
    global _showing
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.error("crash", exc_info=(kind, error, trace))
    if _showing or QApplication.instance() is None:
        return
    _showing = True
    try:
        CrashDialog(crash_report(error), QApplication.activeWindow()).exec()
    except Exception:  # noqa: BLE001  # a crash dialog that crashes must not hide the first fault
        _log.exception("the crash dialog failed")
    finally:
        _showing = False


def ask(parent: QWidget, question: str, yes: str, no: str) -> bool:
    """A real question with two plain answers; Escape and Enter mean the safe one, `no`."""
    box = QMessageBox(parent)
    box.setWindowTitle(_("villagebook"))
    box.setText(question)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    box.exec()
    return box.clickedButton() is agree
