"""Days and moments of the demonstration year: local office time to UTC and back.

Local times are whole seconds since local midnight of the first day (``local``), moments are whole seconds since the
Unix epoch (``utc``). An office's offset is looked up by calendar day on the way to UTC, which is exact because no
office with clock changes works in the hours that a change skips or repeats.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

FIRST_DAY: Final = dt.date(2025, 1, 1)
DAYS: Final = 365
"""Days on which declarations are lodged."""
HORIZON: Final = 370
"""Days for which rosters and calendars exist: work begun at the end of the year is finished in the next."""
DAY: Final = 86_400
HOUR: Final = 3_600
EPOCH_DAY: Final = FIRST_DAY.toordinal() - dt.date(1970, 1, 1).toordinal()
EXTRACT_AT: Final = (EPOCH_DAY + HORIZON - 1) * DAY
"""UTC second at which the extract was taken: what happens later is not in the records."""
FIRST_WEEKDAY: Final = FIRST_DAY.weekday()
_LAST_LOCAL_DAY: Final = HORIZON + 400

Ints = NDArray[np.int64]


def day_number(month: int, day: int) -> int:
    """Index of a day of the demonstration year, 0 for the first."""
    return dt.date(FIRST_DAY.year, month, day).toordinal() - FIRST_DAY.toordinal()


def date_of(day: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=int(day))


def weekday(day: NDArray[np.integer]) -> NDArray[np.integer]:
    """0 for Monday."""
    return (day + FIRST_WEEKDAY) % 7


@cache
def _offsets_by_day(zone: str) -> Ints:
    """Seconds that local time is ahead of UTC at noon of each day."""
    tz = ZoneInfo(zone)
    noons = (dt.datetime.combine(date_of(d), dt.time(12), tz) for d in range(_LAST_LOCAL_DAY))
    return np.array([int(n.utcoffset().total_seconds()) for n in noons], dtype=np.int64)  # type: ignore[union-attr]


@cache
def _offsets_by_hour(zone: str) -> Ints:
    """Seconds that local time is ahead of UTC in each UTC hour from a day before the first."""
    tz = ZoneInfo(zone)
    start = dt.datetime.combine(FIRST_DAY, dt.time(), dt.UTC) - dt.timedelta(days=1)
    hours = ((start + dt.timedelta(hours=h)).astimezone(tz) for h in range((_LAST_LOCAL_DAY + 1) * 24))
    return np.array([int(h.utcoffset().total_seconds()) for h in hours], dtype=np.int64)  # type: ignore[union-attr]


def to_utc(local: Ints, zones: tuple[str, ...], zone_of_row: NDArray[np.integer]) -> Ints:
    """UTC seconds since the epoch of local seconds, each row in its own zone."""
    table = np.stack([_offsets_by_day(z) for z in zones])
    day = np.clip(local // DAY, 0, _LAST_LOCAL_DAY - 1)
    return np.asarray(local + EPOCH_DAY * DAY - table[zone_of_row, day], dtype=np.int64)


def to_local_epoch(utc: Ints, zones: tuple[str, ...], zone_of_row: NDArray[np.integer]) -> Ints:
    """What a wall clock shows, written as seconds since the epoch as if it were UTC."""
    table = np.stack([_offsets_by_hour(z) for z in zones])
    hour = np.clip((utc - (EPOCH_DAY - 1) * DAY) // HOUR, 0, table.shape[1] - 1)
    return np.asarray(utc + table[zone_of_row, hour], dtype=np.int64)
