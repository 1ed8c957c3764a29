"""Whether each question of the catalogue can be asked of a load's records: what it needs and they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arusha.indicators.registry import indicators
from arusha.records.history import Load

Lacks = Mapping[str, tuple[str, ...]]
"""Table -> columns that are lacking; an empty row means the whole table."""


@dataclass(frozen=True)
class Sufficiency:
    """One question against one load. ``lacks`` keeps it from being asked, ``unaided`` only makes it blunter."""

    question: str
    title: str
    lacks: Lacks
    unaided: Lacks

    @property
    def can_be_asked(self) -> bool:
        """Whether everything that it needs is there. That there are cases enough is not said by that."""
        return not self.lacks


def sufficiency(load: Load) -> list[Sufficiency]:
    """Every question of the catalogue against a load, in the catalogue's order."""
    return [
        Sufficiency(about.id, about.title, lacking(load, about.needs), lacking(load, about.helped_by))
        for about in (indicator.definition for indicator in indicators())
    ]


def lacking(load: Load, wanted: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What of the wanted tables and columns a load lacks; as ``arusha assess`` decides it."""
    found: dict[str, tuple[str, ...]] = {}
    for table, columns in wanted.items():
        held = load.tables.get(table)
        if held is None:
            found[table] = ()
            continue
        gone = tuple(c for c in columns if c not in held.present)
        if gone:
            found[table] = gone
    return found
