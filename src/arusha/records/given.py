"""What a caller of the Python interface gave: a path where one is needed, or an error that says so."""

from __future__ import annotations

import os
from pathlib import Path

from arusha.errors import WrongCallError
from arusha.language.told import error as of


def path_given(value: object, argument: str) -> Path:
    """The path that was given for an argument, as text or as a ``Path``.

    Raises
    ------
    WrongCallError
        It is something else.
    """
    if isinstance(value, str | os.PathLike):
        path = os.fspath(value)
        if isinstance(path, str):
            return Path(path)
    raise of(WrongCallError, "not-a-path", "give-path", argument=argument, what=type(value).__name__)
