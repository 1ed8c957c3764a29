"""The list of groups: one row a person, one column an attribute; read inside the sealed process and nowhere else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from arusha.errors import ArushaError
from arusha.language.told import error as of

PERSON = "person"
LONGEST = 60
MOST_ATTRIBUTES = 20


def read_groups(path: Path, name: Callable[[str], str | None] = lambda who: who) -> dict[str, Mapping[str, str]]:
    """Person -> attribute -> group, from a CSV with a column ``person``.

    Parameters
    ----------
    name
        Turns what the column ``person`` holds into the pseudonym of the workspace; the identity where it is one.

    Raises
    ------
    ArushaError
        If it cannot be read, has no such column, no attribute, or a person twice. The message holds no cell of it.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise of(ArushaError, "fair-unread", "fair-unread", where=path.name) from problem
    rows = csv.DictReader(io.StringIO(text))
    names = [n.strip() for n in rows.fieldnames or ()]
    attributes = [n for n in names if n and n != PERSON]
    if PERSON not in names or not attributes or len(set(names)) != len(names) or len(attributes) > MOST_ATTRIBUTES:
        raise of(ArushaError, "fair-columns", "fair-columns", where=path.name)
    rows.fieldnames = names
    found: dict[str, Mapping[str, str]] = {}
    for line, row in enumerate(rows, start=2):
        who = name((row.get(PERSON) or "").strip())
        if not who:
            continue
        if who in found:
            raise of(ArushaError, "fair-twice", "fair-twice", where=f"{path.name}, line {line}")
        found[who] = {a: (row.get(a) or "").strip()[:LONGEST] for a in attributes}
    return found
