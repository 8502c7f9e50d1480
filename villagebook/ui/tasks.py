"""The one background lane: long work leaves the window free, one job at a time, in order.

A job never touches widgets: it gets a `progress` callable (which raises `Cancelled` once the user has stopped it) and
returns a value; `done` and `failed` run on the window's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from villagebook.domain.errors import Cancelled

Progress = Callable[[int, int], None]


class Job(QObject):
    """One piece of background work, as the window sees it."""

    progressed = Signal(int, int)
    finished = Signal()
    _ended = Signal(object, object)

    def __init__(
        self, title: str, done: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        super().__init__()
        self.title = title
        self._done = done
        self._failed = failed
        self._stop = threading.Event()
        self._forgotten = False
        # A slot of an object of the window's thread: what the worker emits arrives there.
        self._ended.connect(self._settle)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def forget(self) -> None:
        """Cancel it, and tell nobody how it ended: whoever asked is gone by then."""
        self._forgotten = True
        self.cancel()

    def progress(self, done: int, total: int) -> None:
        """Handed to the work; raises Cancelled when the user asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def perform(self, work: Callable[[Progress], Any]) -> None:
        """Do the work in the worker's thread; every way it can end becomes a signal."""
        result: Any = None
        error: Exception | None = None
        try:
            self.progress(0, 0)
            result = work(self.progress)
        except Exception as problem:  # noqa: BLE001  # carried to the window's thread: shown there, or a crash there
            error = problem
        self._ended.emit(error, result)

    @Slot(object, object)
    def _settle(self, error: Exception | None, result: Any) -> None:
        if self._forgotten:
            return
        self.finished.emit()
        if isinstance(error, Cancelled):
            return
        if error is not None:
            self._failed(error)
        else:
            self._done(result)


class _Runner(QRunnable):
    def __init__(self, job: Job, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._job = job
        self._work = work

    def run(self) -> None:
        """Called by the pool, in its thread."""
        self._job.perform(self._work)


def while_open(owner: QObject, act: Callable[[Any], object]) -> Callable[[Any], None]:
    """What a page or window is told of its work, as long as it is there: nobody is told any more once it is closed."""

    def told(result: Any) -> None:
        if isValid(owner):
            act(result)

    return told


class Lane(QObject):
    """Runs jobs one after the other in a thread of its own."""

    started = Signal(object)
    guarded = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: set[Job] = set()

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        *,
        exclusive: bool = False,
    ) -> Job:
        """Queue `work`; exactly one of done, failed, or neither (cancelled) is called later on this thread.

        `exclusive` work uses the book's own connection: until it ends the pages must not touch the book (`guarded`).
        """
        job = Job(title, done, failed)
        if exclusive:
            self.guarded.emit(True)
            job.finished.connect(lambda: self.guarded.emit(False))
        self._jobs.add(job)
        job.finished.connect(lambda: self._jobs.discard(job))
        self.started.emit(job)
        self._pool.start(_Runner(job, work))
        return job

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def stop(self) -> None:
        """Cancel everything and wait; for closing the window."""
        for job in self._jobs:
            job.forget()
        self._pool.waitForDone(10_000)
        self._jobs.clear()
