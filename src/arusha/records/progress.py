"""Telling the caller how far a long step is, and stopping when the caller says so."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import Protocol

from arusha.errors import ArushaError
from arusha.language.told import error as of


class Progress(Protocol):
    """Called as a step advances; ``total`` is None where it is not known. What it raises stops the work."""

    def __call__(self, step: str, done: int, total: int | None) -> None: ...


class CancelledError(ArushaError):
    """The caller stopped the work; nothing was stored."""

    exit_code = 130


def silent(step: str, done: int, total: int | None) -> None:
    """The progress of those who do not ask."""


class Pace:
    """Passes progress on, and raises ``CancelledError`` once ``cancel`` is set, ``KeyboardInterrupt`` after Ctrl-C.

    Python turns Ctrl-C into an exception wherever it happens to be. Inside a query that is DuckDB, which makes of it
    another error, or none; so it is written down here, and asked for between queries.
    """

    def __init__(self, progress: Progress | None, cancel: Event | None) -> None:
        self._progress: Progress = progress or silent
        self._cancel = cancel
        self._interrupted = Event()

    @property
    def cancelled(self) -> bool:
        return self._cancel is not None and self._cancel.is_set()

    @property
    def stopped(self) -> bool:
        """Whether to stop, for whatever reason."""
        return self.cancelled or self._interrupted.is_set()

    @contextmanager
    def hearing_ctrl_c(self) -> Iterator[None]:
        """Write Ctrl-C down while this lasts (in the main thread; others never get it)."""
        if current_thread() is not main_thread():
            yield
            return

        def heard(number: int, frame: FrameType | None) -> None:
            self._interrupted.set()
            raise KeyboardInterrupt

        former = signal.signal(signal.SIGINT, heard)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, former)

    def __call__(self, step: str, done: int, total: int | None = None) -> None:
        self.check()
        self._progress(step, done, total)

    def check(self) -> None:
        """Raise if it is time to stop."""
        if self._interrupted.is_set():
            raise KeyboardInterrupt
        if self.cancelled:
            raise of(CancelledError, "stopped-as-asked", "same-to-start")
