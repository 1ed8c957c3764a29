"""When two plans are of one evaluation: they name one measure, or what began in the same units at the same time.

Baseline, outcomes, window, units left out, smallest effect, seed, scale and theory are choices *within* an evaluation:
who registers one plan for each of them may keep the one whose answer is liked. So two plans are of one evaluation where

- the words of their measure are the same (case, spaces, punctuation and accents aside); or
- they read the very same panel file; or
- their files say that the measure began in the same units at about the same time (at least half of the longer list, and
  not one unit of several), whatever the columns, the file and the measure are called, and whatever the plans leave out;
  of a panel with the same outcome in all units also where the start was moved by less than half a year; or
- three units or more have the same outcome and the very same start; or
- they hold the same declared values against about the same threshold.

A unit is the same by its name, or by its outcome over time under another name. A start alone says nothing. Units are
kept as digests, so that a register names none; of a short list of known names a digest is no secret.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from arusha.effects.panel_error import PanelError
from arusha.effects.panel_files import read_columns
from arusha.effects.periods import calendar
from arusha.effects.plan_files import Plan
from arusha.effects.threshold_plan import ThresholdPlan

MOST = 1_000
"""Treated units that are kept; of more, those of the lowest digests, so that two lists still share what they share."""
APART = {"month": 3, "number": 2, "year": 1}
"""Starts this far apart are not the same: nearer ones are one start, written by quarter or moved a little."""
MOVED = {"month": 6, "number": 4, "year": 1}
"""The same of starts in one panel: who moves a start there by less tries another one on the same numbers."""
_YEARS = range(1900, 2101)
"""Plain numbers that are read as years, as the first four digits of a month, or of a day."""
_SHARED = 3
"""So many units with the same outcome and the very same start are one evaluation, of however many."""
_TELLING = 4
"""An outcome over time with fewer different values tells no unit from another: many have only zeros and ones."""
_NEAR = 0.05
"""Thresholds that differ by a smaller share are one."""


Start = tuple[int, str]
"""Where a start lies, and what is counted: month or number."""


@dataclass(frozen=True)
class About:
    """What a plan is about, without a name of a unit."""

    measure: str
    """Digest of the measure's words."""
    starts: Mapping[str, int] = field(default_factory=dict)
    """Start of each treated unit, by the unit's digest: months counted, or the number written."""
    counted: str = "month"
    series: Mapping[str, str] = field(default_factory=dict)
    """Digest of the outcome over time of those treated units whose values tell them from others."""
    outcome: str = ""
    """Digest of the outcome in all units, whatever they and the periods are called."""
    file: str = ""
    """Digest of the panel's file."""
    values: str = ""
    """Digest of the declared values, in order."""
    threshold: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As plain data, for ``about_kept``."""
        return {k: v for k, v in asdict(self).items() if v not in ("", {}, None)}

    def same(self, other: About) -> bool:
        """Whether the plans are of one evaluation."""
        if self.measure == other.measure or (self.file and self.file == other.file):
            return True
        return self._same_starts(other) or self._same_values(other)

    def _same_starts(self, other: About) -> bool:
        mine, theirs, pairs = self._pairs(other)
        kind, theirs_kind = _kind(mine), _kind(theirs)
        one_panel = bool(self.outcome) and self.outcome == other.outcome
        if kind != theirs_kind:
            # Months and plain numbers cannot be compared: of one panel they are two ways to write its periods.
            shared = len(pairs) if one_panel else 0
        else:
            apart = [abs(_read(kind, mine[a]) - _read(kind, theirs[b])) for a, b in pairs]
            shared = sum(d < (MOVED if one_panel else APART)[kind] for d in apart)
            alike = (a in self.series and self.series[a] == other.series.get(b) for a, b in pairs)
            if sum(d == 0 and same for d, same in zip(apart, alike, strict=True)) >= _SHARED:
                return True
        longer = max(len(mine), len(theirs))
        # One unit of two is half of them, and still but one unit in which two measures began.
        return 2 * shared >= longer and (shared > 1 or shared == longer == 1)

    def _pairs(self, other: About) -> tuple[dict[str, Start], dict[str, Start], list[tuple[str, str]]]:
        """Starts of both as far as both are known, and which units are the same, by name or else by outcome."""
        # Of a list that was cut, nothing is known beyond its last digest.
        end = min(max(a.starts) if len(a.starts) == MOST else "~" for a in (self, other))
        mine, theirs = ({k: _start(at, a.counted) for k, at in a.starts.items() if k <= end} for a in (self, other))
        pairs = [(k, k) for k in mine if k in theirs]
        renamed = {other.series[k]: k for k in theirs if k not in mine and k in other.series}
        alone = ((k, renamed.pop(self.series.get(k, ""), "")) for k in mine if k not in theirs)
        return mine, theirs, [*pairs, *((k, found) for k, found in alone if found)]

    def _same_values(self, other: About) -> bool:
        if not self.values or self.values != other.values or self.threshold is None or other.threshold is None:
            return False
        return abs(self.threshold - other.threshold) <= _NEAR * max(abs(self.threshold), abs(other.threshold))


UNKNOWN = About("")
"""A plan whose words were deleted: it is the same as no other."""


def measure_of(plan: Plan) -> About:
    """What a plan's words alone say."""
    return About(_digest(" ".join(_words(plan.measure))))


def about(plan: Plan) -> About:
    """What a plan is about, by units, periods, starts and outcome of its file, or by the values of a threshold.

    Raises
    ------
    ArushaError
        If the file or the workspace that the plan names does not hold what it names.
    """
    measure = measure_of(plan).measure
    if isinstance(plan, ThresholdPlan):
        threshold, found = plan.declared()
        values = hashlib.sha256(np.sort(found.value).tobytes()).hexdigest()
        return About(measure, values=values, threshold=threshold)
    asked = [plan.unit, plan.period, plan.outcome.column, plan.first_treated, plan.treated]
    columns = read_columns(plan.source, asked)
    periods, outcomes = columns[plan.period], columns[plan.outcome.column]
    called = {unit: _digest(" ".join(_words(unit))) for unit in set(columns[plan.unit])}
    units = [called[unit] for unit in columns[plan.unit]]
    if plan.first_treated is not None:
        said = columns[plan.first_treated]
    else:
        assert plan.treated is not None
        on = (_is_one(v) for v in columns[plan.treated])
        said = [p if o else "" for o, p in zip(on, periods, strict=True)]
    first: dict[str, Start] = {}
    places = {label: place for label in set(said) if (place := _place(label)) is not None}
    for unit, label in zip(units, said, strict=True):
        if label in places:
            first[unit] = min(first.get(unit, places[label]), places[label])
    counted = "month" if any(kind == "month" for _, kind in first.values()) else "number"
    kept = dict(sorted((k, at) for k, (at, kind) in first.items() if kind == counted)[:MOST])
    series, outcome = _series(units, periods, outcomes)
    told = {k: series[k] for k in kept if k in series}
    return About(measure, kept, counted, told, outcome, plan.data_sha256())


def _series(units: list[str], periods: list[str], outcomes: list[str]) -> tuple[dict[str, str], str]:
    """Digests of the outcome over time of units that it tells from others, and of all of them in no order."""
    order = {label: (at[0] if (at := _place(label)) is not None else 0, label) for label in set(periods)}
    found: dict[str, list[tuple[tuple[int, str], str]]] = {}
    for unit, period, value in zip(units, periods, outcomes, strict=True):
        found.setdefault(unit, []).append((order[period], _number(value)))
    values = {unit: [value for _, value in sorted(rows)] for unit, rows in found.items()}
    digests = {unit: _digest(" ".join(v)) for unit, v in values.items()}
    telling = {unit: d for unit, d in digests.items() if len(set(values[unit])) >= _TELLING}
    return telling, _digest(" ".join(sorted(digests.values()))) if telling else ""


def about_kept(told: Mapping[str, Any]) -> About:
    """What ``as_json`` made.

    Raises
    ------
    KeyError, TypeError
        If it is none.
    """
    starts = {str(k): int(v) for k, v in dict(told.get("starts", {})).items()}
    counted, threshold = str(told.get("counted", "month")), told.get("threshold")
    if counted not in ("month", "number"):
        raise TypeError(counted)
    series = {str(k): str(v) for k, v in dict(told.get("series", {})).items()}
    at = None if threshold is None else float(threshold)
    outcome, file, values = (str(told.get(name, "")) for name in ("outcome", "file", "values"))
    return About(str(told["measure"]), starts, counted, series, outcome, file, values, at)


def _words(text: str) -> list[str]:
    """Letters and digits only, in one case, without accents and signs that are not seen."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    seen = (c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf" and c != "ـ")
    return "".join(c if c.isalnum() else " " for c in seen).split()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_one(value: str) -> bool:
    try:
        return float(value) == 1
    except ValueError:
        return False


def _number(value: str) -> str:
    """One way to write a number; other words as they are."""
    try:
        return repr(float(value))
    except ValueError:
        return value.strip()


def _place(label: str) -> Start | None:
    """Where a start lies: months counted, or the number; none where it says that there is no start."""
    try:
        (at,), kind = calendar([unicodedata.normalize("NFKC", label).strip().upper()])
    except PanelError:
        return None
    if kind == "quarter":
        return 3 * at, "month"
    return None if (at, kind) == (0, "number") else _start(at, kind)


def _start(at: int, counted: str) -> Start:
    """The start as a month where its number says one: 202604 and 20260401 are of April 2026."""
    if counted == "number":
        for month in (at, at // 100):
            if month // 100 in _YEARS and 1 <= month % 100 <= 12:
                return 12 * (month // 100) + month % 100 - 1, "month"
    return at, counted


def _kind(starts: Mapping[str, Start]) -> str:
    """What most of a list's starts count: month, number or year."""
    if 2 * sum(kind == "month" for _, kind in starts.values()) > len(starts):
        return "month"
    return "year" if starts and all(at in _YEARS for at, _ in starts.values()) else "number"


def _read(kind: str, start: Start) -> float:
    """The start's place; none is near it where it counts something else than its list."""
    return start[0] if (start[1] == "month") == (kind == "month") else math.inf
