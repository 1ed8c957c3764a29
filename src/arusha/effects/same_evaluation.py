"""When two plans are of one evaluation: they name one measure, or what began in the same units at the same time.

Baseline, outcomes, window, units left out, smallest effect, seed, scale and theory are choices *within* an evaluation:
who registers one plan for each of them may keep the one whose answer is liked. So two plans are of one evaluation where

- the words of their measure are the same (case, spaces, punctuation and accents aside); or
- their files say that the measure began in the same units at about the same time (more than half of the fewer units),
  whatever the columns, the file and the measure are called, and whatever the plans leave out; or
- they hold the same declared values against about the same threshold.

Units are kept as digests, so that a register names none; of a short list of known names a digest is no secret.
"""

from __future__ import annotations

import hashlib
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
APART = {"month": 3, "number": 1}
"""Starts this far apart are not the same: nearer ones are one start, written by quarter or moved a little."""
_NEAR = 0.05
"""Thresholds that differ by a smaller share are one."""


@dataclass(frozen=True)
class About:
    """What a plan is about, without a name of a unit."""

    measure: str
    """Digest of the measure's words."""
    starts: Mapping[str, int] = field(default_factory=dict)
    """Start of each treated unit, by the unit's digest: months counted, or the number written."""
    counted: str = "month"
    values: str = ""
    """Digest of the declared values, in order."""
    threshold: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As plain data, for ``about_kept``."""
        return {k: v for k, v in asdict(self).items() if v not in ("", {}, None)}

    def same(self, other: About) -> bool:
        """Whether the plans are of one evaluation."""
        return self.measure == other.measure or self._same_starts(other) or self._same_values(other)

    def _same_starts(self, other: About) -> bool:
        if self.counted != other.counted:
            return False
        # Of a list that was cut, nothing is known beyond its last digest.
        end = min(max(a.starts) if len(a.starts) == MOST else "~" for a in (self, other))
        mine, theirs = ({k: v for k, v in a.starts.items() if k <= end} for a in (self, other))
        shared = sum(abs(at - theirs[k]) < APART[self.counted] for k, at in mine.items() if k in theirs)
        return 2 * shared > min(len(mine), len(theirs))

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
    """What a plan is about; of its file only units, periods and starts are read, or the values of a threshold.

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
    columns = read_columns(plan.source, [plan.unit, plan.period, plan.first_treated, plan.treated])
    units, periods = columns[plan.unit], columns[plan.period]
    if plan.first_treated is not None:
        said = columns[plan.first_treated]
    else:
        assert plan.treated is not None
        on = (_is_one(v) for v in columns[plan.treated])
        said = [p if o else "" for o, p in zip(on, periods, strict=True)]
    first: dict[str, tuple[int, str]] = {}
    places = {label: place for label in set(said) if (place := _place(label)) is not None}
    for unit, label in zip(units, said, strict=True):
        if label in places:
            digest = _digest(" ".join(_words(unit)))
            first[digest] = min(first.get(digest, places[label]), places[label])
    counted = "month" if any(kind == "month" for _, kind in first.values()) else "number"
    kept = sorted((k, at) for k, (at, kind) in first.items() if kind == counted)[:MOST]
    return About(measure, dict(kept), counted)


def about_kept(told: Mapping[str, Any]) -> About:
    """What ``as_json`` made.

    Raises
    ------
    KeyError, TypeError
        If it is none.
    """
    starts = {str(k): int(v) for k, v in dict(told.get("starts", {})).items()}
    counted, threshold = str(told.get("counted", "month")), told.get("threshold")
    if counted not in APART:
        raise TypeError(counted)
    at = None if threshold is None else float(threshold)
    return About(str(told["measure"]), starts, counted, str(told.get("values", "")), at)


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


def _place(label: str) -> tuple[int, str] | None:
    """Where a start lies: months counted, or the number; none where it says that there is no start."""
    try:
        (at,), kind = calendar([label.strip()])
    except PanelError:
        return None
    if kind == "quarter":
        return 3 * at, "month"
    return None if (at, kind) == (0, "number") else (at, kind)
