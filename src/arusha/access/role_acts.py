"""Which acts belong to which role: declared by the administration, for no table of its records says it.

A declaration is a CSV of two columns, ``role`` and ``act``. An act is what the records say was done to a declaration:
``log:ACTION`` an entry of the log, ``inspection`` or ``inspection:KIND`` a control act, ``assignment`` a pick that the
user made, ``discharge`` of a transit movement.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arusha.access.rights import Pair
from arusha.access.templates import LOOKS
from arusha.errors import ArushaError
from arusha.language.told import error as error_of
from arusha.language.told import error_at

KINDS = ("documentary", "physical", "scan")
"""Of inspections."""
PLAIN = ("inspection", "assignment", "discharge")
MOST_ROWS, MOST_LETTERS, MOST_TEXT = 500, 60, 100_000
Act = tuple[str, str]
"""Where it stands (``log``, ``inspection``, ``assignment``, ``discharge``) and its code, empty for any."""


class RoleActsError(ArushaError):
    """A declaration of acts cannot be read; nothing was recorded."""


@dataclass(frozen=True)
class RoleActs:
    """Role -> acts, both in the order of their names."""

    of: Mapping[str, tuple[Act, ...]]

    @property
    def digest(self) -> str:
        """SHA-256 of what is declared."""
        told = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def as_dict(self) -> dict[str, list[str]]:
        """Role -> acts as they are written."""
        return {role: [written(act) for act in acts] for role, acts in self.of.items()}

    def rows(self) -> list[tuple[str, str]]:
        """Role and act, one a row."""
        return [(role, written(act)) for role, acts in self.of.items() for act in acts]

    def apart(self, pair: Pair) -> tuple[tuple[Act, ...], tuple[Act, ...], tuple[Act, ...]]:
        """Acts of the one role alone, of the other alone, and those that both have, which tell nothing of a pair."""
        one, other = (self.of.get(role, ()) for role in pair)
        both = tuple(
            sorted({a for a in one for b in other if _meet(a, b)} | {b for b in other for a in one if _meet(a, b)})
        )
        return tuple(a for a in one if a not in both), tuple(b for b in other if b not in both), both


def read_acts(text: str) -> RoleActs:
    """A declaration from the text of a CSV file or of a form.

    Raises
    ------
    RoleActsError
        Naming the line that cannot be read.
    """
    if len(text) > MOST_TEXT:
        raise error_of(RoleActsError, "acts-long", "acts-once", most=f"{MOST_TEXT:,}")
    if "\0" in text:
        raise error_of(RoleActsError, "acts-sign", "acts-editor")
    try:
        rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise error_of(RoleActsError, "acts-csv", "acts-each") from error
    if rows and [cell.strip() for cell in rows[0]] == ["role", "act"]:
        rows = rows[1:]
    if not rows:
        raise error_of(RoleActsError, "acts-none", "acts-like")
    if len(rows) > MOST_ROWS:
        raise error_of(RoleActsError, "acts-many", "acts-once", n=f"{len(rows):,}", most=MOST_ROWS)
    found: dict[str, set[Act]] = {}
    for number, row in enumerate(rows, 1):
        if len(row) != 2:
            raise error_at(RoleActsError, "acts-two", "acts-write", "line", line=number)
        role, act = row[0].strip(), _act(row[1].strip())
        if not 1 <= len(role) <= MOST_LETTERS or not role.isprintable():
            raise error_at(RoleActsError, "acts-role", "acts-letters", "line", most=MOST_LETTERS, line=number)
        if act is None:
            raise error_at(RoleActsError, "acts-unknown", "acts-known", "line", line=number)
        if act in found.get(role, ()):
            raise error_at(RoleActsError, "acts-twice", "remove-one", "line", line=number)
        found.setdefault(role, set()).add(act)
    return RoleActs({role: tuple(sorted(acts)) for role, acts in sorted(found.items())})


def from_dict(told: Mapping[str, Any]) -> RoleActs:
    """A declaration from the contents of an entry, checked as a file is."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((r, a) for r, acts in told.items() for a in acts)
    return read_acts(text.getvalue())


def written(act: Act) -> str:
    """An act as it is declared."""
    return f"{act[0]}:{act[1]}" if act[1] else act[0]


def _act(text: str) -> Act | None:
    where, _, code = text.partition(":")
    if text in PLAIN:
        return (text, "")
    if where == "inspection":
        return (where, code) if code in KINDS else None
    if where == "log" and 1 <= len(code) <= MOST_LETTERS and code.isprintable() and code not in LOOKS:
        return (where, code)
    return None


def _meet(one: Act, other: Act) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or "" in (one[1], other[1]))
