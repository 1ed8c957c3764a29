"""Telling the caller how far a long step is, and stopping when the caller says so."""

from __future__ import annotations

from threading import Event
from typing import Protocol

from arusha.errors import ArushaError


class Progress(Protocol):
    """Called as a step advances; ``total`` is None where it is not known. What it raises stops the work."""

    def __call__(self, step: str, done: int, total: int | None) -> None: ...


class CancelledError(ArushaError):
    """The caller stopped the work; nothing was stored."""

    exit_code = 130


def silent(step: str, done: int, total: int | None) -> None:
    """The progress of those who do not ask."""


class Pace:
    """Passes progress on, and raises ``CancelledError`` once ``cancel`` is set."""

    def __init__(self, progress: Progress | None, cancel: Event | None) -> None:
        self._progress: Progress = progress or silent
        self._cancel = cancel

    @property
    def cancelled(self) -> bool:
        return self._cancel is not None and self._cancel.is_set()

    def __call__(self, step: str, done: int, total: int | None = None) -> None:
        self.check()
        self._progress(step, done, total)

    def check(self) -> None:
        if self.cancelled:
            raise CancelledError("stopped as asked; nothing was stored", remedy="Run the same command to start again.")
