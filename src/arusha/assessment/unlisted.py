"""Units of which the records hold too little to list them: no row among the signals, and nothing told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

NOTED = ("value-few", "value-few-declarants")
"""Notes in which a question tells how many units it does not list, by their count of pairs or of declarants."""


def noted(notes: Iterable[Mapping[str, Any]]) -> int:
    """How many units a question's notes (``key``, ``values``) say that it does not list."""
    told = (note.get("values") or {} for note in notes if note.get("key") in NOTED)
    return sum(int(values.get("pairs") or values.get("declarants") or 0) for values in told)
