"""What a mapping says: how a source system's tables become the contract's (see ``mapping_file`` for its form)."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from arusha.records.contract import CONTRACT
from arusha.records.times import TimeFormat

OFFICE_ZONE = "office"
"""The zone of a time written in the office's own time."""


@dataclass(frozen=True)
class Reading:
    """How values of a source column are written.

    ``encodings`` and ``delimiter`` belong to files; empty means: recognise them. ``zone`` is ``UTC``, ``office`` or an
    IANA name, and holds for times without an offset. ``decimals`` rounds money that is finer than the contract keeps.
    """

    encodings: tuple[str, ...] = ()
    delimiter: str = ""
    trim: bool = False
    empty: tuple[str, ...] = ()
    time_formats: tuple[TimeFormat, ...] = ()
    zone: str = "UTC"
    decimal_comma: bool = False
    thousands: str = ""
    round_money: bool = False
    currency: tuple[str, ...] = ()
    """Marks of one currency that may stand before or after a number."""


@dataclass(frozen=True)
class SourceColumn:
    """A column of a source table, under the name that the mapping gives it.

    ``names`` are the headers it answers to, in order. ``person`` is the pseudonym domain of whom it names, with
    ``person_when`` only in the rows where another column has one of some values. ``before`` keeps the part of a value
    before a separator, for code and name in one cell, and ``after`` the part after the last one (``DOMAIN\\login``);
    ``system`` are the values of a user column that mean the system
    itself; ``upper`` reads a code without regard to case, ``pad`` one of digits with zeros before it up to so many.
    """

    name: str
    names: tuple[str, ...]
    required: bool = False
    person: str = ""
    person_when: Map[str, tuple[str, ...]] = field(default_factory=dict)
    veil: bool = False
    before: str = ""
    after: str = ""
    system: tuple[str, ...] = ()
    upper: bool = False
    pad: int = 0
    reading: Reading = Reading()


@dataclass(frozen=True)
class Versions:
    """Several rows of a source table for one thing, of which one is current; the others are left out as ``reason``.

    They share ``key``; the highest ``order`` (a number or a time) is current, or the value ``current`` where a system
    numbers the current version by itself (0). Where the source lacks the column ``order``, there are no versions.
    """

    key: tuple[str, ...]
    order: str
    current: str = ""
    reason: str = "superseded"


@dataclass(frozen=True)
class SourceTable:
    """A table of the source: its files, its columns, and what must hold for it.

    ``one_row_per`` declares that an export repeats rows, once for each item; all but the first that say the same of
    ``one_row_per`` are then left out.
    """

    name: str
    files: tuple[str, ...]
    columns: Map[str, SourceColumn]
    required: bool = False
    one_row_per: tuple[str, ...] = ()
    versions: Versions | None = None
    about: str = ""
    reading: Reading = Reading()


@dataclass(frozen=True)
class Exclusion:
    """Rows that the mapping itself leaves out, each counted under its reason."""

    reason: str
    where: Map[str, Any]


@dataclass(frozen=True)
class Target:
    """How one table of the contract is filled: from the rows of ``source``, an expression a column.

    ``where`` selects the rows of the source that are rows of this table; all others belong elsewhere and are not
    counted against it. ``each`` makes several rows of one, with further columns for each.
    """

    table: str
    source: str
    columns: Map[str, Any]
    where: Map[str, Any] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()
    each: tuple[Map[str, Any], ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping, complete with its override, and the digests by which the manifest names both.

    Of two targets for one table, the first whose source is there is taken.
    """

    name: str
    version: int
    sources: Map[str, SourceTable]
    targets: tuple[Target, ...]
    zone: str
    digest: str
    override_digest: str = ""
    about: str = ""

    @property
    def patterns(self) -> dict[str, tuple[str, ...]]:
        """Source table -> the names of its files."""
        return {name: source.files for name, source in self.sources.items()}

    @property
    def identifiers(self) -> dict[str, set[str]]:
        """Source table -> its columns that name things: they become ids, or join its rows to those of other tables."""
        out: dict[str, set[str]] = {name: set() for name in self.sources}
        for target in self.targets:
            for column, node in target.columns.items():
                if CONTRACT.tables[target.table].columns[column].type == "id":
                    out[target.source].update(_parts(node))
                for theirs, table in _joins(node):
                    out.setdefault(table, set()).update(theirs)
                    out[target.source].update(theirs.values())
        return out

    @property
    def reasons(self) -> frozenset[str]:
        """The reasons for which the mapping itself leaves rows out."""
        own = {e.reason for t in self.targets for e in t.exclusions}
        own |= {s.versions.reason for s in self.sources.values() if s.versions}
        return frozenset(own | {"repeated-by-join"})


def _parts(node: Any) -> Iterator[str]:
    """The columns whose texts an identifier is made of; not those of other tables."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for one in node:
            yield from _parts(one)
    elif isinstance(node, dict) and "from" not in node:
        for entry in ("first", "concat", "of"):
            yield from _parts(node.get(entry))


def _joins(node: Any) -> Iterator[tuple[dict[str, str], str]]:
    """(theirs -> ours, other source table) of every join in an expression, where both sides are columns."""
    if isinstance(node, dict):
        if isinstance(node.get("on"), dict):
            sides = {str(t): str(o) for t, o in node["on"].items() if isinstance(o, str)}
            yield sides, str(node.get("from") or node.get("exists"))
        for value in node.values():
            yield from _joins(value)
    elif isinstance(node, list):
        for value in node:
            yield from _joins(value)
