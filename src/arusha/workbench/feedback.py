"""What became of a question's alerts: how many led anywhere, and whether its standing line told the truth before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from arusha.inference.calibration import Calibration, calibration
from arusha.inference.intervals import clopper_pearson
from arusha.workbench.alert import Alert
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


def feedback(known: Iterable[Alert], question: str) -> Feedback:
    """Everything that is known of a question's alerts."""
    mine = [a for a in known if a.question == question]
    closed = sorted((a for a in mine if not a.open and a.decided_at), key=lambda a: (a.decided_at, a.signal))
    exits = Counter(a.state for a in closed)
    led, years = None, {}
    if len(closed) >= FEWEST:
        led = share(sum(a.state in LED_SOMEWHERE for a in closed), len(closed))
        for year in sorted({a.decided_at.year for a in closed if a.decided_at}):
            of = [a for a in closed if a.decided_at and a.decided_at.year == year]
            if len(of) >= FEWEST:
                years[year] = share(sum(a.state in LED_SOMEWHERE for a in of), len(of))
    return Feedback(question, sum(a.open for a in mine), len(closed), dict(exits), led, years, _told(closed))


def _told(closed: list[Alert]) -> Calibration | None:
    """Each alert against the standing line before it: the share of explained ones among those closed until then."""
    told, happened = [], []
    explained = 0
    for before, alert in enumerate(closed):
        if before >= FEWEST:
            told.append(explained / before)
            happened.append(alert.state == "explained")
        explained += alert.state == "explained"
    return calibration(told, happened) if len(told) >= FEWEST_TOLD else None
