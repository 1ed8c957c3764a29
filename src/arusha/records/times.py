"""Times as sources write them: declared formats, their shapes, and the office's zone.

A format is declared, never guessed. ISO 8601 (``2024-03-31``, ``2024-03-31 08:30:00``, with ``Z`` or an offset or
without) needs no declaration. Whatever else a column holds is recognised only to be named to the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import duckdb

from arusha.errors import RecordsError
from arusha.language.told import error
from arusha.records import sql

ISO = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?\s?(Z|[+-]\d{2}(:?\d{2})?)?)?"
UTC = "'UTC'"
"""The zone UTC as SQL: nothing to convert."""
_OFFSET = r"(Z|[+-]\d{2}(:?\d{2})?)$"

# How a value looks, to tell the reader which format a column seems to have. Order matters: the first that fits.
SHAPES: tuple[tuple[str, str], ...] = (
    ("ISO 8601", ISO),
    ("YYYY/MM/DD", r"\d{4}[/.]\d{1,2}[/.]\d{1,2}(\D.*)?"),
    ("YYYYMMDD", r"(19|20)\d{6}(\d{4,6})?"),
    ("DD-MON-YYYY", r"\d{1,2}[- ][A-Za-z]{3}[- ]\d{2,4}(\D.*)?"),
    ("DD/MM/YYYY", r"(1[3-9]|2\d|3[01])[/.-]\d{1,2}[/.-](\d{4}|\d{2})(\D.*)?"),
    ("MM/DD/YYYY", r"\d{1,2}[/.-](1[3-9]|2\d|3[01])[/.-](\d{4}|\d{2})(\D.*)?"),
    ("DD/MM/YYYY or MM/DD/YYYY", r"\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})(\D.*)?"),
    ("spreadsheet serial number", r"[1-9]\d{4}([.,]\d+)?"),
)
SPREADSHEET = "spreadsheet"
"""The format of a cell that a spreadsheet wrote out as it keeps it: days since 1899-12-30, and a part of one."""
_SERIAL = dict(SHAPES)["spreadsheet serial number"]
_SERIAL_OF_1970 = 25_569
AMBIGUOUS = "DD/MM/YYYY or MM/DD/YYYY"

_TOKENS = (
    ("YYYY", "%Y"),
    ("YY", "%y"),
    ("MON", "%b"),
    ("HH24", "%H"),
    ("HH12", "%I"),
    ("HH", "%H"),
    ("DD", "%d"),
    ("MI", "%M"),
    ("SS", "%S"),
    ("AM", "%p"),
)


@dataclass(frozen=True)
class TimeFormat:
    """A declared format: as written in the mapping, and as DuckDB's ``strptime`` reads it (empty: days of a number)."""

    written: str
    strptime: str

    def read(self, value: str) -> str:
        """SQL of the text ``value`` as a time; null where it does not have this format."""
        if self.strptime:
            return f"try_strptime({value}, {sql.text(self.strptime)})"
        # To the second: a spreadsheet writes five or more digits of a day, the fifth of which is less than one.
        days = f"TRY_CAST(replace({value}, ',', '.') AS DOUBLE) - {_SERIAL_OF_1970}"
        made = f"make_timestamp(CAST(round(({days}) * 86400) AS BIGINT) * 1000000)"
        return f"CASE WHEN regexp_full_match({value}, {sql.text(_SERIAL)}) THEN {made} END"

    def is_day(self, value: str) -> str:
        """SQL: whether the text ``value`` has this format and names a day without an hour."""
        if not self.strptime:
            return f"regexp_full_match({value}, {sql.text(_SERIAL)}) AND NOT regexp_matches({value}, '[.,]')"
        return "FALSE" if self._has_clock else f"{self.read(value)} IS NOT NULL"

    def has_hour(self, value: str) -> str:
        """SQL: whether the text ``value`` has this format and names an hour."""
        if not self.strptime:
            return f"regexp_full_match({value}, {sql.text(_SERIAL)}) AND regexp_matches({value}, '[.,]')"
        return f"{self.read(value)} IS NOT NULL" if self._has_clock else "FALSE"

    @property
    def _has_clock(self) -> bool:
        return any(mark in self.strptime for mark in ("%H", "%I"))

    @property
    def day_first(self) -> bool:
        """Whether a number for the day stands before one for the month."""
        return 0 <= self.strptime.find("%d") < self.strptime.find("%m")

    @property
    def month_first(self) -> bool:
        """The same, the month before the day, as the first thing written: 2025-03-04 is read one way only."""
        return 0 <= self.strptime.find("%m") < self.strptime.find("%d") and not self.strptime.upper().startswith("%Y")


def time_format(written: str) -> TimeFormat:
    """A format such as ``DD/MM/YYYY HH:MM:SS``, ``DD-MON-YY``, ``%d/%m/%Y`` or ``spreadsheet``.

    ``MM`` is the month before an hour was named and the minute after it.

    Raises
    ------
    RecordsError
        The text names no year, month or day.
    """
    if written.strip().lower() == SPREADSHEET:
        return TimeFormat(SPREADSHEET, "")
    if "%" in written:
        pattern = written
    else:
        pattern, rest, hour_seen = "", written, False
        while rest:
            for token, mark in _TOKENS:
                if rest.upper().startswith(token):
                    pattern, rest = pattern + mark, rest[len(token) :]
                    hour_seen = hour_seen or mark in ("%H", "%I")
                    break
            else:
                if rest.upper().startswith("MM"):
                    pattern, rest = pattern + ("%M" if hour_seen else "%m"), rest[2:]
                else:
                    pattern, rest = pattern + rest[0], rest[1:]
    if not re.search("%[Yy]", pattern) or not re.search("%[mb]", pattern) or "%d" not in pattern:
        place = "time_format of the mapping"
        raise error(RecordsError, "map-time-format", "map-time-format", where=place, written=repr(written))
    return TimeFormat(written, pattern)


def is_serial(value: str) -> bool:
    """Whether a text looks like the number by which a spreadsheet keeps a time (of the years 1927 to 2173)."""
    return re.fullmatch(_SERIAL, value.strip()) is not None


def own_shapes(formats: tuple[TimeFormat, ...]) -> list[str]:
    """The shapes in which a column with these declared formats is written (ISO 8601 where none is declared)."""
    if not formats:
        return ["ISO 8601"]
    example = datetime(2024, 11, 25, 13, 45, 50)  # a day that can be no month
    written = [example.strftime(f.strptime) if f.strptime else "45621.57349" for f in formats]
    shapes = {next((n for n, p in SHAPES if re.fullmatch(p, text)), "another format") for text in written}
    return sorted(shapes)


def parsed(value: str, formats: tuple[TimeFormat, ...]) -> str:
    """SQL of the text ``value`` as a time, as it is written and without any zone; null where it cannot be read.

    Null too where two declared formats read it as different days.
    """
    if not formats:
        return f"TRY_CAST({value} AS TIMESTAMP)"
    first = _first_of(value, formats)
    by_day = tuple(f for f in formats if f.day_first)
    by_month = tuple(f for f in formats if f.month_first)
    if by_day and by_month:
        # 03/04/2025 under both DD/MM/YYYY and MM/DD/YYYY: which it is, the order of the list does not tell.
        return f"CASE WHEN {_first_of(value, by_day)} <> {_first_of(value, by_month)} THEN NULL ELSE {first} END"
    return first


def _first_of(value: str, formats: tuple[TimeFormat, ...]) -> str:
    return "COALESCE(" + ", ".join(f.read(value) for f in formats) + ")"


def is_zone(zone: str) -> bool:
    """Whether ``zone`` is a name of the IANA list, and one by which times can be converted here."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # no such zone, or no name for a file at all
        return False
    return zone in _convertible()


@cache
def _convertible() -> frozenset[str]:
    with duckdb.connect() as connection:
        return frozenset(r[0] for r in connection.execute("SELECT name FROM pg_timezone_names()").fetchall())


@cache
def changes_clock(zone: str) -> bool:
    """Whether the clocks of a zone were ever put forward or back since 1970."""
    place = ZoneInfo(zone)
    return len({place.utcoffset(datetime(y, m, 1)) for y in range(1970, 2038) for m in range(1, 13)}) > 1


def shape_sql(value: str) -> str:
    """SQL: the name of the first of ``SHAPES`` that the text ``value`` has, else ``another format``."""
    cases = " ".join(
        f"WHEN regexp_full_match({value}, {sql.text(pattern)}) THEN {sql.text(name)}" for name, pattern in SHAPES
    )
    return f"CASE {cases} ELSE 'another format' END"


@dataclass(frozen=True)
class TimeSql:
    """SQL for one time column: the moment in UTC, the office's own time, and whether only the day is known.

    ``clock`` tells a time that the zone's clock skips (1) or shows twice (2) in the night of a change, else null; it is
    empty where no clock changes. ``naive`` is the time as it is written, without any zone.
    """

    naive: str
    moment: str
    local: str
    day_only: str
    clock: str = ""


def to_utc(local: str, zone: str) -> str:
    """SQL: the office's own time ``local`` as a moment in UTC.

    A time that the clock shows twice is read as the second, one that it skips as an hour later; both are counted.
    """
    if zone == UTC:
        return local
    return f"CAST(timezone({zone}, {local}) AS TIMESTAMP)"


def to_local(moment: str, zone: str) -> str:
    """SQL: the UTC moment as the office's own time."""
    if zone == UTC:
        return moment
    return f"timezone({zone}, timezone('UTC', {moment}))"


def read_time(
    value: str,
    formats: tuple[TimeFormat, ...],
    naive_zone: str,
    office_zone: str,
    steps: tuple[str, str] | None = None,
) -> TimeSql:
    """SQL that reads the text ``value``; null where it cannot be read.

    Parameters
    ----------
    value
        SQL of a text.
    formats
        Declared formats; empty for ISO 8601.
    naive_zone
        SQL of the zone in which a time without an offset is written.
    office_zone
        SQL of the office's zone, for the local day and hour.
    steps
        Names of the columns in which earlier steps of the query keep ``naive``, then ``moment``: the text is then read
        once, and not again wherever its time is used.
    """
    if formats:
        day_tests = [test for test in (f.is_day(value) for f in formats) if test != "FALSE"]
        clock_tests = [test for test in (f.has_hour(value) for f in formats) if test != "FALSE"]
        if not day_tests:
            day_only = "FALSE"
        elif not clock_tests:
            day_only = "TRUE"
        else:
            day_only = f"({' OR '.join(day_tests)}) AND NOT ({' OR '.join(clock_tests)})"
        naive = parsed(value, formats)
        instant = "NULL::TIMESTAMP"
        is_instant = "FALSE"
    else:
        fits = f"regexp_full_match({value}, {sql.text(ISO)})"
        naive = f"CASE WHEN {fits} THEN TRY_CAST(replace({value}, ',', '.') AS TIMESTAMP) END"
        day_only = f"length({value}) = 10"
        is_instant = f"length({value}) > 16 AND regexp_matches({value}[17:], {sql.text(_OFFSET)})"
        instant = f"CASE WHEN {fits} THEN CAST(TRY_CAST(replace({value}, ',', '.') AS TIMESTAMPTZ) AS TIMESTAMP) END"
    written = naive
    if steps is not None:
        naive = steps[0]
    if is_instant == "FALSE":
        if day_only == "FALSE" or naive_zone == office_zone:
            moment = to_utc(naive, naive_zone)
        else:
            moment = f"CASE WHEN {day_only} THEN {to_utc(naive, office_zone)} ELSE {to_utc(naive, naive_zone)} END"
    else:
        moment = (
            f"CASE WHEN {day_only} THEN {to_utc(naive, office_zone)} "
            f"WHEN {is_instant} THEN {instant} ELSE {to_utc(naive, naive_zone)} END"
        )
    told = moment
    if steps is not None:
        moment = steps[1]
    local = f"CASE WHEN {day_only} THEN {naive} ELSE {to_local(f'({moment})', office_zone)} END"
    clock = _clock(naive, moment, naive_zone, f"({day_only}) OR ({is_instant})")
    return TimeSql(written, told, local, day_only, clock)


def _clock(naive: str, moment: str, zone: str, certain: str) -> str:
    """SQL of ``TimeSql.clock``: a skipped time comes back as another one, a doubled one was there an hour before."""
    if zone == UTC or (zone.startswith("'") and not changes_clock(zone[1:-1])):
        return ""
    back = to_local(f"({moment})", zone)
    # Clocks change between midnight and four; asking only there spares two conversions of nearly every time.
    again = " OR ".join(
        f"{to_local(f'(({moment}) - INTERVAL {minutes} MINUTE)', zone)} = {naive}" for minutes in (60, 30)
    )
    return (
        f"CASE WHEN {certain} THEN NULL WHEN {back} <> {naive} THEN 1 WHEN hour({naive}) < 4 AND ({again}) THEN 2 END"
    )
