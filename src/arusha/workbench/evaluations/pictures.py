"""The charts of an evaluation, in the order in which they are to be read: raw means, then effects, then placebos."""

from __future__ import annotations

from arusha.charts import (
    Chart,
    Effects,
    Means,
    Spread,
    StudyTitles,
    event_study,
    means_in_time,
    spread_of_changes,
)
from arusha.charts.drawing import isolate
from arusha.effects.designs import FEWEST_SIDE
from arusha.effects.evaluation import Evaluation
from arusha.language import Catalogue


def pictures(done: Evaluation, words: Catalogue) -> list[Chart]:
    """What can be drawn of it."""
    t, outcome = words.text, isolate(done.plan.outcome.column)
    periods = tuple(done.raw["periods"])
    starts = _starts(done, periods)
    announced = periods.index(done.plan.announced) if done.plan.announced in periods else None
    treated, others = done.raw["treated"], done.raw["controls"]
    found = []
    if treated:
        means = Means(periods, tuple(treated), tuple(others or ()), starts, announced)
        titles = StudyTitles(
            t("ev-chart-means"), t("ev-chart-means-what"), t("ev-chart-period"), _measured(done, outcome)
        )
        found.append(means_in_time(means, titles, words))
    if done.curve is not None:
        c = done.curve
        mean = c.baseline == "all"
        effects = Effects(tuple(c.at), tuple(c.effect), tuple(c.low), tuple(c.high), mean)
        what = t("ev-chart-effects-what-all" if mean else "ev-chart-effects-what")
        if c.left_out:
            what = t("ev-chart-effects-few", what=what, n=c.left_out, fewest=FEWEST_SIDE)
        titles = StudyTitles(t("ev-chart-effects"), what, t("ev-chart-since"), _measured(done, outcome))
        found.append(event_study(effects, titles, words))
    if done.placebo_units is not None:
        p = done.placebo_units
        titles = StudyTitles(
            t("ev-chart-units"), t("ev-chart-units-what", n=p.units, beyond=p.beyond), t("ev-chart-change"), outcome
        )
        found.append(spread_of_changes(Spread(p.treated, tuple(p.controls)), titles, words))
    return found


def _measured(done: Evaluation, outcome: str) -> str:
    """The outcome as it is drawn: a rate names what it is out of."""
    rate = done.plan.scale in ("rate", "log") and done.plan.exposure
    return f"{outcome} / {isolate(done.plan.exposure)}" if rate and done.plan.exposure else outcome


def _starts(done: Evaluation, periods: tuple[str, ...]) -> tuple[int, ...]:
    """Positions of the periods in which units began; of the first alone in results of before they were kept."""
    told = done.raw.get("starts")
    if told is not None:
        return tuple(k for k, period in enumerate(periods) if k and period in told)
    first = done.design.before
    return (first,) if 0 < first < len(periods) else ()
