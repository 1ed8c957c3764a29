"""The list of groups: one row a person, one column an attribute; read inside the sealed process and nowhere else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from arusha.errors import ArushaError

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
        raise ArushaError(
            "the list of groups cannot be read", where=path.name, remedy="a CSV in UTF-8 that you may read"
        ) from problem
    rows = csv.DictReader(io.StringIO(text))
    names = [n.strip() for n in rows.fieldnames or ()]
    attributes = [n for n in names if n and n != PERSON]
    if PERSON not in names or not attributes or len(set(names)) != len(names) or len(attributes) > MOST_ATTRIBUTES:
        raise ArushaError(
            "the list of groups needs a column `person` and between 1 and 20 others, each named once",
            where=path.name,
            remedy="person,grade,gender,...: one row a person",
        )
    rows.fieldnames = names
    found: dict[str, Mapping[str, str]] = {}
    for line, row in enumerate(rows, start=2):
        who = name((row.get(PERSON) or "").strip())
        if not who:
            continue
        if who in found:
            raise ArushaError(
                "somebody stands in the list of groups twice",
                where=f"{path.name}, line {line}",
                remedy="keep one row a person",
            )
        found[who] = {a: (row.get(a) or "").strip()[:LONGEST] for a in attributes}
    return found
