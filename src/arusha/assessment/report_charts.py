"""Which charts each question gets, from its signals and chart tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import stats

from arusha.assessment.report_read import Question
from arusha.charts import (
    ZERO_FLOOR_RATIO,
    CaterpillarTitles,
    Chart,
    Estimates,
    FunnelLimits,
    FunnelPoints,
    FunnelTitles,
    MatrixTitles,
    Pair,
    Rate,
    RateTitles,
    State,
    caterpillar,
    funnel,
    pair_matrix,
    rate_rows,
    zero_floor_rate,
)
from arusha.indicators.signals import UNIT_KINDS
from arusha.language import Catalogue

Floats = NDArray[np.float64]


def states(signals: pa.Table) -> tuple[State, ...]:
    """What became of each unit: flagged, explained (a signal that the records clear), or within."""
    signal = signals["signal"].to_pylist()
    flagged = signals["flagged"].to_pylist()
    return tuple("flagged" if f else "explained" if s else "within" for s, f in zip(signal, flagged, strict=True))


def column(table: pa.Table, name: str) -> Floats:
    """A column as floats, NaN for null."""
    values: Floats = table[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
    return values


def _standing(signals: pa.Table) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which units are flagged, and which are signals that the records explain."""
    signal, flagged = (
        column(signals.select([n]).cast(pa.schema([(n, pa.int8())])), n) > 0 for n in ("signal", "flagged")
    )
    return flagged, signal & ~flagged


def charts(question: Question, words: Catalogue) -> tuple[Chart, ...]:
    """The charts of one question; none where no unit could be tested, or for a question of another package.

    What such a question counts is not known here, and a chart whose axes say the wrong thing is worse than its table.
    """
    tested = question.signals.filter(question.signals["p_value"].is_valid())
    if tested.num_rows == 0:
        return ()
    builders = BUILDERS.get(question.id, ())
    built = (build(question, tested, words) for build in builders)
    return tuple(c for c in built if c is not None)


TAILS = (0.025, 0.975, 0.001, 0.999)


def poisson_limits(low: float, high: float) -> FunnelLimits:
    """Poisson limits of observed/expected around one, for expected counts from ``low`` to ``high``."""
    grid = np.geomspace(max(low, 0.05), max(high, low * 1.5, 0.1), 120)
    return FunnelLimits(grid, *(_interpolated(stats.poisson(grid), tail) / grid for tail in TAILS))


def binomial_limits(rate: float, low: float, high: float) -> FunnelLimits:
    """Binomial limits of a rate around ``rate``, for ``low`` to ``high`` trials."""
    grid = np.unique(np.round(np.geomspace(max(low, 1), max(high, low * 1.5, 2), 160)))
    return FunnelLimits(grid, *(_interpolated(stats.binom(grid, rate), tail) / grid for tail in TAILS))


def _interpolated(distribution: Any, tail: float) -> Floats:
    """The exact quantile of a count, interpolated so that the limit is smooth (Spiegelhalter 2005, appendix A.1.1).

    NaN where no count lies under a lower limit.
    """
    count = distribution.ppf(tail)
    over = (distribution.cdf(count) - tail) / distribution.pmf(count)
    limit: Floats = np.where(count - over < 0, np.nan, count - over)
    return limit


def _titles(words: Catalogue, question: Question, chart: str, **values: Any) -> tuple[str, str]:
    flagged = question.count("flagged")
    return (
        words.text(f"chart-{question.id}-{chart}-headline", flagged=flagged, **values),
        words.text(f"chart-{question.id}-{chart}-subtitle", **values),
    )


def _ratio_funnel(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    pairs = tested["other_id"].is_valid()
    if question.id in PERSONS_ONLY and not pc.all(pairs).as_py():
        tested = tested.filter(pc.invert(pairs))
    expected = column(tested, "expected")
    usable = expected > 0
    if not usable.any():
        return None
    ratio = np.where(usable, column(tested, "observed") / np.where(usable, expected, 1), np.nan)
    headline, subtitle = _titles(words, question, "funnel")
    return funnel(
        FunnelPoints(expected, ratio, *_standing(tested)),
        poisson_limits(float(expected[usable].min()), float(expected[usable].max())),
        FunnelTitles(
            headline,
            subtitle,
            x_title=words.text("axis-expected-count"),
            y_title=words.text("axis-ratio"),
            units=examined(tested, words),
        ),
        words,
        benchmark=1.0,
        zero_floor=ZERO_FLOOR_RATIO,
    )


def _rate_funnel(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    n = column(tested, "n")
    observed = column(tested, "observed")
    expected = column(tested, "expected")
    total = float(np.nansum(n))
    if total <= 0:
        return None
    benchmark = float(np.nansum(expected) / total)
    headline, subtitle = _titles(words, question, "funnel")
    # Case-mix adjusted: each unit's own expected rate moves with what it was given, so its observed rate is put on the
    # common scale by the ratio.
    rate = np.where(expected > 0, observed / np.where(expected > 0, expected, 1) * benchmark, np.nan)
    return funnel(
        FunnelPoints(n, rate, *_standing(tested)),
        binomial_limits(benchmark, float(n.min()), float(n.max())),
        FunnelTitles(
            headline,
            subtitle,
            x_title=words.text("axis-inspections"),
            y_title=words.text("axis-finding-rate"),
            units=examined(tested, words),
        ),
        words,
        benchmark=benchmark,
        zero_floor=zero_floor_rate(benchmark) if 0 < benchmark < 1 else None,
        as_percent=True,
    )


def _caterpillar(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    kinds = tested["unit_kind"].to_pylist()
    rows = [i for i, kind in enumerate(kinds) if kind != "pair"] or list(range(len(kinds)))
    drawn = tested.take(rows)
    drawn = drawn.filter(pa.array(np.isfinite(column(drawn, "effect")).tolist()))
    if drawn.num_rows < 2:
        return None
    low, high = column(drawn, "ci_low"), column(drawn, "ci_high")
    touching = int(np.sum((low <= 1) & (high >= 1)))
    headline, subtitle = _titles(words, question, "caterpillar", touching=touching, n=drawn.num_rows)
    expected = column(drawn, "expected")
    names = [
        f"{u} × {o}" if o else u
        for u, o in zip(drawn["unit_id"].to_pylist(), drawn["other_id"].to_pylist(), strict=True)
    ]
    return caterpillar(
        Estimates(
            tuple(names),
            np.where(expected > 0, column(drawn, "observed") / np.where(expected > 0, expected, 1), np.nan),
            column(drawn, "effect"),
            low,
            high,
            states(drawn),
        ),
        CaterpillarTitles(headline, subtitle, words.text("axis-ratio"), examined(drawn, words)),
        words,
        benchmark=1.0,
        benchmark_label=words.text("axis-ratio-one"),
    )


def _matrix(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    """The office with most to look at, by number of signals and then by name; at most a page of it."""
    read = ["office", "unit_id", "other_id", "observed", "expected", "ci_low", "ci_high", "signal", "flagged"]
    pairs_only = tested.select(read).filter(tested["other_id"].is_valid())
    if not pairs_only.num_rows:
        return None
    counted = pairs_only.group_by("office").aggregate([("signal", "sum")]).to_pylist()
    office = min(counted, key=lambda r: (-(r["signal_sum"] or 0), r["office"] or ""))["office"]
    here = pairs_only.filter(pc.equal(pairs_only["office"], office))
    declarants = _most_exposed(here, "other_id", 9)
    here = here.filter(pc.is_in(here["other_id"], pa.array(declarants)))
    officers = _most_exposed(here, "unit_id", 24)
    pairs = {
        (r["unit_id"], r["other_id"]): Pair(
            r["observed"],
            r["expected"],
            r["ci_low"],
            r["ci_high"],
            "flagged" if r["flagged"] else "explained" if r["signal"] else "within",
        )
        for r in here.filter(pc.is_in(here["unit_id"], pa.array(officers))).to_pylist()
    }
    headline, subtitle = _titles(words, question, "matrix", office=office)
    return pair_matrix(
        sorted(officers),
        sorted(declarants),
        pairs,
        MatrixTitles(headline, subtitle, words.text("column-officer"), words.text("column-declarant")),
        words,
    )


def _most_exposed(rows: pa.Table, key: str, most: int) -> list[str]:
    """Names for a bounded picture: those with a signal, filled up with those that had most work."""
    found = rows.group_by(key).aggregate([("expected", "sum"), ("signal", "max")]).to_pylist()
    found.sort(key=lambda r: (not r["signal_max"], -(r["expected_sum"] or 0), r[key]))
    return [r[key] for r in found[:most]]


def _lanes(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    return _rates(question, tested, words, random=False)


def _random_shares(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    return _rates(question, tested, words, random=True)


def _rates(question: Question, tested: pa.Table, words: Catalogue, *, random: bool) -> Chart | None:
    """Rates with the interval that the question gives them: it allows for weeks that differ, as a plain one does not.

    Random shares are a few in a hundred and lanes are not, so each has a picture of its own.
    """
    charted = question.tables.get("lane_rates")
    if charted is None:
        return None
    keys = ("office", "other_id", "period_start")
    state = dict(zip(zip(*(tested[k].to_pylist() for k in keys), strict=True), states(tested), strict=True))
    shown = [
        row
        for row in charted.to_pylist()
        if row["rate"] is not None
        and row["name"].endswith("random") == random
        and (row["office"], row["name"], row["start"]) in state
    ]
    windows = Counter((row["office"], row["name"]) for row in shown)
    rates = [
        Rate(
            group=row["office"] or "",
            name=_lane_name(words, row, several=windows[row["office"], row["name"]] > 1),
            n=row["n"],
            rate=row["rate"],
            low=row["low"],
            high=row["high"],
            parameter=row["declared"],
            state=state[row["office"], row["name"], row["start"]],
        )
        for row in shown
    ]
    if not rates:
        return None
    chart = "random" if random else "rates"
    headline, subtitle = _titles(words, question, chart, off=sum(r.state != "within" for r in rates))
    return rate_rows(
        rates,
        RateTitles(
            headline,
            subtitle,
            words.text("axis-random-share" if random else "axis-lane-rate"),
            words.text("column-lane"),
            words.text("axis-minimum" if random else "axis-parameter"),
        ),
        words,
    )


def _lane_name(words: Catalogue, row: Mapping[str, Any], *, several: bool) -> str:
    """``IM4/red`` or ``*/random`` in words: the procedure keeps its code, ``*`` is every other procedure."""
    procedure, _, what = row["name"].partition("/")
    lane = " ".join(words.text(f"lane-{w}") if words.has(f"lane-{w}") else w for w in what.split("/"))
    name = words.text("lane-of-others" if procedure == "*" else "lane-of-procedure", procedure=procedure, lane=lane)
    return words.text("lane-from", lane=name, start=row["start"]) if several else name


def examined(signals: pa.Table, words: Catalogue) -> str:
    """How many units of each kind were tested, in words: "69 officers and 90 pairs of officer and declarant"."""
    tested = signals.filter(signals["p_value"].is_valid())
    counts = tested.group_by("unit_kind").aggregate([([], "count_all")]).to_pylist()
    order = {kind: i for i, kind in enumerate(UNIT_KINDS)}
    counts.sort(key=lambda r: order.get(r["unit_kind"], len(order)))
    return words.list(words.text(f"units-{r['unit_kind']}", n=r["count_all"]) for r in counts)


PERSONS_ONLY = frozenset({"lane-change-without-act", "finding-rate"})
"""Questions that test officers and pairs: the funnel shows the officers, since pairs of one officer are not apart."""

Builder = Callable[[Question, pa.Table, Catalogue], Chart | None]

BUILDERS: dict[str, tuple[Builder, ...]] = {
    "assignment-steering": (_ratio_funnel, _matrix),
    "assignment-override": (_ratio_funnel,),
    "lane-rates": (_lanes, _random_shares),
    "lane-change-without-act": (_ratio_funnel,),
    "finding-rate": (_rate_funnel, _caterpillar),
    "value-shortfall": (),
}
