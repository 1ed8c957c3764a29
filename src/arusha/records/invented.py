"""Whether a source says of itself that it is invented: what comes from it bears that mark for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from arusha.errors import RecordsError
from arusha.language.told import error as of

NAME = "invented.json"
"""Lies beside invented records; holds the ``administration`` and the ``seed``."""


def invented(source: Path) -> dict[str, Any] | None:
    """The mark of an invented source; None for records of a real administration.

    Raises
    ------
    RecordsError
        Where the mark is there and cannot be read: records must not lose it by accident.
    """
    path = (source if source.is_dir() else source.parent) / NAME
    if not path.is_file():
        return None
    try:
        mark = json.loads(path.read_text(encoding="utf-8"))
        return {"administration": str(mark["administration"]), "seed": int(mark["seed"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise of(RecordsError, "invented-unread", "invented-remove", where=str(path)) from error
