"""What is another in a load than in the one before it: tables, columns and months that came or went, and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from arusha.records.contract import CONTRACT
from arusha.records.history import Load

Kind = Literal[
    "table-gone", "table-new", "column-gone", "column-new", "months-gone", "months-new", "rows", "set-aside", "mapping"
]


@dataclass(frozen=True)
class Change:
    """One thing that changed. ``items`` are columns or months; ``before`` and ``after`` are rows where they are counts.

    Columns are those of the contract alone: what a file calls its columns is not repeated.
    """

    kind: Kind
    table: str = ""
    items: tuple[str, ...] = ()
    before: int = 0
    after: int = 0


def changes(before: Load, after: Load) -> list[Change]:
    """Everything that changed, table by table in the contract's order."""
    found = []
    if before.mapping_sha256 != after.mapping_sha256:
        found.append(Change("mapping"))
    for table in CONTRACT.tables:
        old, new = before.tables.get(table), after.tables.get(table)
        if old is None or new is None:
            if old is not None:
                found.append(Change("table-gone", table, before=old.accepted))
            elif new is not None:
                found.append(Change("table-new", table, after=new.accepted))
            continue
        known = CONTRACT.tables[table].columns
        was, now = set(old.present) & set(known), set(new.present) & set(known)
        found += _items(
            "column", table, tuple(c for c in known if c in was - now), tuple(c for c in known if c in now - was)
        )
        if old.months is not None and new.months is not None:
            gone, came = set(old.months) - set(new.months), set(new.months) - set(old.months)
            found += _items("months", table, tuple(sorted(gone)), tuple(sorted(came)))
        if old.accepted != new.accepted:
            found.append(Change("rows", table, before=old.accepted, after=new.accepted))
        if old.set_aside != new.set_aside:
            found.append(Change("set-aside", table, before=old.set_aside, after=new.set_aside))
    return found


def _items(what: Literal["column", "months"], table: str, gone: tuple[str, ...], came: tuple[str, ...]) -> list[Change]:
    kinds: tuple[Kind, Kind] = ("column-gone", "column-new") if what == "column" else ("months-gone", "months-new")
    return [Change(kind, table, items) for kind, items in zip(kinds, (gone, came), strict=True) if items]
