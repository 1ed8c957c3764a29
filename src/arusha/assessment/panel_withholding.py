"""Which offices a panel must leave out so that nobody's own counts follow from it, and how fine its expectation may be.

What holds is held by month whatever the panel's period is, and in every month of the records it shows: of a quarter
less another count of the same quarter a month could be had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.assessment.agreed import FEWEST as FEWEST_OFFICERS
from arusha.assessment.agreed import facts
from arusha.assessment.panel_counts import Period
from arusha.errors import ArushaError
from arusha.indicators.coded_columns import numbers
from arusha.indicators.definition import Definition, Settings
from arusha.language.told import error as of

FEWEST_EVENTS = 10
"""Events of a group under which it is not asked whose they are."""


def telling(people: pa.Table, strata: Sequence[str], events: Sequence[str]) -> set[str]:
    """Offices with a group of month and strata behind which too few officers stand or in which one stands out.

    One stands out with over half of a group's exposure, or with over half of ten or more events of a group in its
    month, its quarter or all its time. Of fewer than ten events over half is often one officer's by chance alone, and
    of one event always: a panel of rare events would have nothing left.

    Parameters
    ----------
    people
        Rows of one office, month, officer and stratum each, with the columns ``office``, ``month`` (months since the
        year 0), ``officer``, those of ``strata``, ``exposure`` and ``events``. Rows without an officer are nobody's:
        they neither add a head nor weigh against one.
    """
    by = ["office", "month", *strata]
    groups = people.group_by(by).aggregate([("officer", "count_distinct")])
    few = numbers(groups, "officer_count_distinct") < FEWEST_OFFICERS
    known = people.filter(people["officer"].is_valid())
    found = _offices(groups, few) | _dominated(known, by, "exposure", 1)
    months = numbers(known, "month")
    quarters = known.set_column(known.schema.get_field_index("month"), "month", pa.array(months // 3, pa.int64()))
    for event in events:
        found |= _dominated(known, by, event, FEWEST_EVENTS)
        found |= _dominated(quarters, by, event, FEWEST_EVENTS)
        found |= _dominated(known, ["office", *strata], event, FEWEST_EVENTS)
    return found


def _dominated(known: pa.Table, by: Sequence[str], column: str, fewest: int) -> set[str]:
    """Offices with a group in which at least ``fewest`` are counted and over half of them are one officer's."""
    each = known.group_by([*by, "officer"]).aggregate([(column, "sum")]).rename_columns([*by, "officer", "own"])
    groups = each.group_by(list(by)).aggregate([("own", "max"), ("own", "sum")])
    most, total = numbers(groups, "own_max"), numbers(groups, "own_sum")
    return _offices(groups, (total >= fewest) & (2 * most > total))


def _offices(groups: pa.Table, chosen: NDArray[np.bool_]) -> set[str]:
    return {str(o) for o, c in zip(groups["office"].to_pylist(), chosen.tolist(), strict=True) if c}


def finest(people: pa.Table, strata: Sequence[str], events: Sequence[str]) -> tuple[str, ...]:
    """The leading strata in all whose groups of office and month nobody stands out: often none.

    From an expectation the exposure of a stratum can be had, row by row, and its events over the baseline; so what
    holds for a row must hold for each stratum of it.
    """
    for depth in range(len(strata), 0, -1):
        if not telling(people, strata[:depth], events):
            return tuple(strata[:depth])
    return ()


def floors_of_everybody(definition: Definition, settings: Settings, proposed: Settings) -> None:
    """Refuse floors and options of one's own: of two panels counted differently what one officer did could be had.

    What may be counted is the same for whoever asks, and for every copy of a workspace: there is no list of panels
    given away before, which could be deleted.

    Raises
    ------
    ArushaError
        If the plan asks the question otherwise than the proposed plan does, but for its period, rate and seed.
    """
    alike = replace(
        settings,
        period_start=proposed.period_start,
        period_end=proposed.period_end,
        rate=proposed.rate,
        level=proposed.level,
        seed=proposed.seed,
    )
    if facts(definition, alike).digest != facts(definition, proposed).digest:
        raise of(ArushaError, "panel-own-floors", "panel-own-floors", where="--plan")


def whole_periods(settings: Settings, days: tuple[date, date], period: Period) -> None:
    """Refuse a plan's period that cuts one of the panel's inside the records.

    Raises
    ------
    ArushaError
        With the day that cuts.
    """
    for day, inside in (
        (settings.period_start, settings.period_start > days[0]),
        (settings.period_end, settings.period_end <= days[1]),
    ):
        if inside and (day.day != 1 or (period == "quarter" and day.month % 3 != 1)):
            raise of(ArushaError, "panel-cuts", "panel-cuts", where="--plan", span=period, day=str(day))
