"""Whether the same was flagged in an earlier period too: the word *unusual and persistent*, and what was there before.

Who was flagged twice is told to whoever opens a signal for a purpose; lists have the word alone, and pages a count of
units that is not given under ten. Nothing is added up over the questions, and nothing is put in an order by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.assessment.agreed import FEWEST, STEP
from arusha.workbench.alerts import Alerts
from arusha.workbench.assessments import opened
from arusha.workbench.gate import Opened
from arusha.workbench.site import site

RUNNING = timedelta(days=31)
"""Two periods run on where no more than this lies between the end of one and the start of the other."""
UNUSUAL, PERSISTENT = "verdict-unusual", "verdict-unusual-and-persistent"
_UNIT = ("unit_kind", "unit_id", "other_id")


@dataclass(frozen=True)
class Earlier:
    """The same unit, flagged by the same question in a period that was over before. ``running``: just before."""

    signal: str
    assessment: str
    start: date
    end: date
    running: bool


def others_of(name: str) -> list[Opened]:
    """Every other assessment of the site, as it may be shown."""
    return [opened(other) for other in site().assessments if other != name]


def earlier(
    others: Iterable[Opened], question: str, rows: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[Earlier, ...]]:
    """Of some signals of a question the earlier ones about the same, the newest first, by the signal's id."""
    mine: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        mine.setdefault(tuple(row[c] for c in _UNIT), []).append(row)
    units = pa.array([unit for _, unit, _ in mine], pa.string())
    found: dict[str, dict[str, Earlier]] = {}
    for other in others:
        table = other.stand_out.get(question)
        if table is None or not table.num_rows:
            continue
        like = table.filter(pc.and_(table["flagged"], pc.is_in(table["unit_id"], value_set=units)))
        for before in like.to_pylist():
            for row in mine.get(tuple(before[c] for c in _UNIT), ()):
                start, end = row["period_start"], before["period_end"]
                if start is None or end is None or end > start:
                    continue
                told = Earlier(before["signal_id"], other.name, before["period_start"], end, start - end <= RUNNING)
                found.setdefault(row["signal_id"], {})[told.signal] = told
    return {s: tuple(sorted(t.values(), key=lambda e: e.start, reverse=True)) for s, t in found.items()}


def words_for(found: Opened, question: str, rows: Sequence[Mapping[str, Any]], known: Alerts) -> dict[str, str]:
    """The word for each of some signals of a question, as lists and the page of a signal tell it."""
    before = earlier(others_of(found.name), question, rows)
    states = known.states(one.signal for told in before.values() for one in told)

    def closed(signal: str) -> bool:
        return states.get(signal, "new") not in ("new", "proposed")

    return {row["signal_id"]: word(row, before.get(row["signal_id"], ()), closed) for row in rows}


def word(row: Mapping[str, Any], before: Iterable[Earlier], closed: Callable[[str], bool]) -> str:
    """The word of the fixed vocabulary for a signal.

    An earlier one counts while nobody decided it: what was explained makes nothing persistent. ``closed`` says so of a
    signal, and tells its reader no more than a list does.
    """
    if not row["flagged"]:
        return "verdict-unusual-explained"
    return PERSISTENT if any(e.running and not closed(e.signal) for e in before) else UNUSUAL


@lru_cache(maxsize=64)
def twice(question: str, found: tuple[Opened, ...]) -> int | None:
    """How many units a question flagged in two periods or more, to the nearest five; none where fewer than ten."""
    tables = [t.filter(t["flagged"]) for one in found if (t := one.stand_out.get(question)) is not None]
    columns = [*_UNIT, "period_start", "period_end"]
    if not (tables := [t.select(columns) for t in tables if t.num_rows]):
        return None
    grouped = pa.concat_tables(tables).group_by(list(_UNIT)).aggregate([("period_start", "max"), ("period_end", "min")])
    n = pc.sum(pc.greater_equal(grouped["period_start_max"], grouped["period_end_min"])).as_py() or 0
    return None if n < FEWEST else STEP * round(n / STEP)
