"""What became of a question's alerts: how many led anywhere, and whether its standing line told the truth before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from arusha.inference.calibration import Calibration, calibration
from arusha.inference.intervals import clopper_pearson
from arusha.workbench.alerts import FEWEST

LED_SOMEWHERE = frozenset({"support", "inquiry"})
"""Exits of an alert that led to something. An inquiry is no finding: what comes of it is decided elsewhere."""
FEWEST_TOLD = 30
"""Closed alerts with a standing line before them that calibration needs."""


@dataclass(frozen=True)
class Share:
    """A count of a count, as share with its exact interval of 95%."""

    count: int
    of: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Feedback:
    """One question. ``exits`` counts closed alerts by exit; what follows is none while fewer than ten are closed.

    ``led`` is the share that led to an offer of support or an inquiry (hit rate), ``years`` the same by the year of
    closing, where ten or more closed in it. ``told`` holds the share of explained ones that the standing line showed
    when each was decided against what became of it.
    """

    question: str
    open: int
    closed: int
    exits: Mapping[str, int]
    led: Share | None
    years: Mapping[int, Share]
    told: Calibration | None


def share(count: int, of: int) -> Share:
    """A share with its Clopper-Pearson interval."""
    found = clopper_pearson(count, of)
    return Share(count, of, count / of, found.low.item(), found.high.item())


def feedback(question: str, waiting: int, closed: Sequence[tuple[str, int]]) -> Feedback:
    """Everything that is known of a question's alerts.

    Parameters
    ----------
    waiting
        How many are open.
    closed
        Exit and year of each that is closed, in the order of closing.
    """
    exits = Counter(way for way, _ in closed)
    led, years = None, {}
    if len(closed) >= FEWEST:
        led = share(sum(exits[way] for way in LED_SOMEWHERE), len(closed))
        by_year = Counter(year for _, year in closed)
        led_by_year = Counter(year for way, year in closed if way in LED_SOMEWHERE)
        years = {year: share(led_by_year[year], n) for year, n in sorted(by_year.items()) if n >= FEWEST}
    return Feedback(question, waiting, len(closed), dict(exits), led, years, _told([way for way, _ in closed]))


def _told(closed: list[str]) -> Calibration | None:
    """Each alert against the standing line before it: the share of explained ones among those closed until then."""
    if len(closed) < FEWEST + FEWEST_TOLD:
        return None
    explained = np.array([way == "explained" for way in closed])
    before = np.arange(FEWEST, len(closed))
    return calibration(np.cumsum(explained)[before - 1] / before, explained[before])
