"""Which charts each question gets, from its signals and chart tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.assessment.report_read import Question
from arusha.assessment.report_words import AS_PERCENT, effect_kind
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
)
from arusha.charts.drawing import isolate
from arusha.charts.matrix import LEAST_EXPECTED
from arusha.charts.words import number
from arusha.indicators.signals import UNIT_KINDS
from arusha.inference.funnel import exact_limits, over_dispersed_limits
from arusha.inference.funnel import funnel as inferred_funnel
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
    tested = question.tested
    if tested.num_rows == 0:
        return ()
    builders = BUILDERS.get(question.id, ())
    built = (build(question, tested, words) for build in builders)
    return tuple(c for c in built if c is not None)


def ratio_limits(low: float, high: float, tau2: float = 0.0) -> FunnelLimits:
    """Poisson limits of observed/expected around one, for expected counts from ``low`` to ``high``.

    With ``tau2``, the spread of ordinary units on the square-root scale, the wider 99.8% limits stand beside.
    NaN where no count lies under a lower limit.
    """
    grid = np.geomspace(max(low, 0.05), max(high, low * 1.5, 0.1), 120)
    near, far = (exact_limits(1.0, grid, level, kind="ratio") for level in (0.95, 0.998))
    wide = over_dispersed_limits(1.0, grid, kind="ratio", tau2=tau2) if tau2 > 0 else None
    return FunnelLimits(
        grid,
        low_95=np.where(near.low < 0, np.nan, near.low),
        high_95=near.high,
        low_998=np.where(far.low < 0, np.nan, far.low),
        high_998=far.high,
        wide_low_998=wide.low if wide else None,
        wide_high_998=wide.high if wide else None,
    )


def _spread(question: Question, drawn: pa.Table) -> float:
    """How far ordinary units differ beyond chance: tau2 on the square-root scale, for drawing only."""
    if question.id not in SPREAD or drawn.num_rows < 3:
        return 0.0
    found = inferred_funnel(
        column(drawn, "observed"), column(drawn, "expected"), benchmark=1.0, kind="ratio", consistent=True
    )
    return found.tau2


def _headline(
    question: Question, words: Catalogue, chart: str, units: str, standing: int, explained: int, untold: int
) -> str:
    """What a chart says: how many stand out; where none does, of how many that is said, and of how many it is not."""
    if standing:
        said = words.text(f"chart-{question.id}-{chart}-headline", n=standing)
    else:
        none = "unexplained" if explained else "ordinary" if question.id in SCATTERED else "out"
        said = words.text(f"chart-none-{none}", units=units)
    return words.text("chart-headline-untold", headline=said, n=untold) if untold else said


def _subtitle(words: Catalogue, question: Question, chart: str) -> str:
    return words.text(f"chart-{question.id}-{chart}-subtitle")


def _titles(words: Catalogue, question: Question, chart: str, **values: Any) -> tuple[str, str]:
    return (
        words.text(f"chart-{question.id}-{chart}-headline", **values),
        words.text(f"chart-{question.id}-{chart}-subtitle", **values),
    )


def _ratio_funnel(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    # Only what is drawn: to filter a million rows copies each of their columns.
    tested = tested.select(["unit_kind", "unit_id", "other_id", "observed", "expected", "p_value", "signal", "flagged"])
    pairs = tested["other_id"].is_valid()
    if question.id in SINGLE_FIRST and not pc.all(pairs).as_py():
        tested = tested.filter(pc.invert(pairs))
    tested = tested.filter(pc.greater(tested["expected"], 0))
    if not tested.num_rows:
        return None
    expected = column(tested, "expected")
    flagged, explained = _standing(tested)
    alike = pc.is_in(question.signals["unit_kind"], value_set=pc.unique(tested["unit_kind"]))
    untold = question.signals["p_value"].filter(alike).null_count
    units = examined(tested, words)
    headline = _headline(question, words, "funnel", units, int(flagged.sum()), int(explained.sum()), untold)
    return funnel(
        FunnelPoints(expected, column(tested, "observed") / expected, flagged, explained),
        ratio_limits(float(expected.min()), float(expected.max()), _spread(question, tested)),
        FunnelTitles(
            headline,
            _subtitle(words, question, "funnel"),
            x_title=words.text("axis-expected-findings" if question.id == "finding-rate" else "axis-expected-count"),
            y_title=words.text("axis-ratio"),
            units=units,
        ),
        words,
        benchmark=1.0,
        zero_floor=ZERO_FLOOR_RATIO,
    )


def _caterpillar(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    """Officers' ratios of observed to expected; pairs where only pairs are tested."""
    read = ["office", "unit_kind", "unit_id", "other_id", "n", "observed", "expected", "effect", "ci_low", "ci_high"]
    tested = tested.select([*read, "p_value", "signal", "flagged"])
    single = tested.filter(pc.is_null(tested["other_id"]))
    drawn = single if single.num_rows else tested
    drawn = drawn.filter(pc.and_(pc.is_valid(drawn["effect"]), pc.greater(drawn["expected"], 0)))
    if drawn.num_rows < 2:
        return None
    price = effect_kind(question.id) == "price"
    benchmark = 0.0 if price else 1.0
    low, high = column(drawn, "ci_low"), column(drawn, "ci_high")
    touching = int(np.sum((low <= benchmark) & (high >= benchmark)))
    headline, subtitle = _titles(words, question, "caterpillar", touching=touching, n=drawn.num_rows)
    return caterpillar(
        Estimates(
            _names(drawn),
            column(drawn, "observed") / column(drawn, "expected") - (1.0 if price else 0.0),
            column(drawn, "effect"),
            low,
            high,
            states(drawn),
            beside=_exposure(drawn, words),
        ),
        CaterpillarTitles(
            headline,
            subtitle,
            words.text("axis-price" if price else "axis-ratio"),
            examined(drawn, words),
            beside=tuple(words.text(f"column-{name}") for name in ("office", "exposure", "observed", "expected")),
        ),
        words,
        benchmark=benchmark,
        benchmark_label=words.text("axis-price-none" if price else "axis-ratio-one"),
        as_percent=price,
    )


def _names(drawn: pa.Table) -> tuple[str, ...]:
    """What to call each row; one who has a row in several offices is told apart by the office."""
    rows = drawn.select(["office", "unit_id", "other_id"]).to_pylist()
    names = [f"{r['unit_id']} × {r['other_id']}" if r["other_id"] else r["unit_id"] for r in rows]
    times = Counter(names)
    return tuple(f"{n} ({r['office']})" if times[n] > 1 else n for n, r in zip(names, rows, strict=True))


def _exposure(drawn: pa.Table, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Office, cases, observed and expected of each row: without them a list of estimates invites to sort people."""
    return tuple(
        (
            isolate(r["office"] or ""),
            number(words, r["n"], 0),
            number(words, r["observed"]),
            number(words, r["expected"]),
        )
        for r in drawn.select(["office", "n", "observed", "expected"]).to_pylist()
    )


def _matrix(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    """Of the office with most to look at, the declarants of which something stands out, by officers.

    None where nothing stands out: a picture of names would say nothing of any of them. At most a page of it.
    """
    read = ["office", "unit_id", "other_id", "observed", "expected", "ci_low", "ci_high", "signal", "flagged"]
    paired = tested["other_id"].is_valid()
    counted = tested.select(["office", "signal"]).filter(paired).group_by("office").aggregate([("signal", "sum")])
    if not counted.num_rows or not (pc.max(counted["signal_sum"]).as_py() or 0):
        return None
    office = min(counted.to_pylist(), key=lambda r: (-(r["signal_sum"] or 0), r["office"] or ""))["office"]
    here = tested.select(read).filter(pc.and_(paired, pc.equal(tested["office"], office)))
    stands = pc.unique(here.filter(here["signal"])["other_id"])
    here = here.filter(pc.is_in(here["other_id"], stands))
    # A cell with hardly anything expected says nothing, so that it names nobody either.
    says = here.filter(pc.or_kleene(here["signal"], pc.greater_equal(here["expected"], LEAST_EXPECTED)))
    if says.num_rows < 2:
        return None
    here = here.filter(pc.is_in(here["unit_id"], pc.unique(says["unit_id"])))
    declarants = _most_exposed(here, "other_id", 9)
    here = here.filter(pc.is_in(here["other_id"], pa.array(declarants)))
    officers = _most_exposed(here, "unit_id", 24)
    # A difference of shares is told in points: a percent sign would make it a share of something.
    points = effect_kind(question.id) == "share"
    scale = 100.0 if points else 1.0
    pairs = {
        (r["unit_id"], r["other_id"]): Pair(
            r["observed"],
            r["expected"],
            None if r["ci_low"] is None else r["ci_low"] * scale,
            None if r["ci_high"] is None else r["ci_high"] * scale,
            "flagged" if r["flagged"] else "explained" if r["signal"] else "within",
        )
        for r in here.filter(pc.is_in(here["unit_id"], pa.array(officers))).to_pylist()
    }
    headline, subtitle = _titles(words, question, "matrix", office=office)
    return pair_matrix(
        sorted(officers),
        sorted(declarants),
        pairs,
        MatrixTitles(
            headline,
            subtitle,
            words.text("column-officer"),
            words.text("column-declarant"),
            words.text(f"effect-column-{effect_kind(question.id)}"),
        ),
        words,
        as_percent=effect_kind(question.id) in AS_PERCENT and not points,
    )


def _most_exposed(rows: pa.Table, key: str, most: int) -> list[str]:
    """Names for a bounded picture: those with a signal, filled up with those that had most work."""
    found = rows.group_by(key).aggregate([("expected", "sum"), ("signal", "max")])
    stands = pc.fill_null(found["signal_max"], False).cast(pa.int8())
    work = pc.fill_null(found["expected_sum"], 0.0)
    ranked = pa.table({"name": found[key], "stands": stands, "work": work})
    by = [("stands", "descending"), ("work", "descending"), ("name", "ascending")]
    return list(ranked.take(pc.sort_indices(ranked, sort_keys=by)[:most])["name"].to_pylist())


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
    off = sum(r.state != "within" for r in rates)
    told = question.signals.select(["other_id", "p_value"]).filter(question.signals["p_value"].is_null())
    untold = sum(name.endswith("random") == random for name in told["other_id"].to_pylist() if name)
    units = words.text("units-office", n=len(rates))
    return rate_rows(
        rates,
        RateTitles(
            _headline(question, words, chart, units, off, 0, untold),
            _subtitle(words, question, chart),
            words.text("axis-random-share" if random else "axis-lane-rate"),
            words.text("column-lane"),
            words.text("axis-minimum" if random else "axis-parameter"),
            floor=random,
        ),
        words,
    )


def _random_findings(question: Question, tested: pa.Table, words: Catalogue) -> Chart | None:
    """Findings of what was selected at random beside what criteria selected, as selected."""
    table = question.tables.get("random_share")
    if table is None:
        return None
    rates = [
        Rate(
            group=row["office"] or "",
            name=words.text(f"selected-{row['selected']}", lane=_lane(words, row["lane"] or "")),
            n=row["examined"],
            rate=row["rate_of_examined"],
            low=row["interval_low"],
            high=row["interval_high"],
            parameter=None,
            state="within",
        )
        for row in table.to_pylist()
        if row["examined"]
    ]
    if not rates:
        return None
    headline, subtitle = _titles(words, question, "random")
    return rate_rows(
        rates, RateTitles(headline, subtitle, words.text("axis-found"), words.text("column-selected"), ""), words
    )


def _lane(words: Catalogue, lane: str) -> str:
    return words.text(f"lane-{lane}") if words.has(f"lane-{lane}") else lane


def _lane_name(words: Catalogue, row: Mapping[str, Any], *, several: bool) -> str:
    """``IM4/red`` or ``*/random`` in words: the procedure keeps its code, ``*`` is every other procedure."""
    procedure, _, what = row["name"].partition("/")
    lane = " ".join(_lane(words, w) for w in what.split("/"))
    name = words.text("lane-of-others" if procedure == "*" else "lane-of-procedure", procedure=procedure, lane=lane)
    return words.text("lane-from", lane=name, start=row["start"]) if several else name


def examined(signals: pa.Table, words: Catalogue) -> str:
    """How many units of each kind were tested, in words: "69 officers and 90 pairs of officer and declarant".

    One who was tested in several offices is several units, and it is said how many they are.
    """
    tested = signals.select(["unit_kind", "unit_id", "p_value"])
    tested = tested.filter(tested["p_value"].is_valid())
    grouped = tested.group_by("unit_kind").aggregate([([], "count_all"), ("unit_id", "count_distinct")])
    counts = grouped.to_pylist()
    order = {kind: i for i, kind in enumerate(UNIT_KINDS)}
    counts.sort(key=lambda r: order.get(r["unit_kind"], len(order)))
    return words.list(_counted(words, r["unit_kind"], r["count_all"], r["unit_id_count_distinct"]) for r in counts)


def _counted(words: Catalogue, kind: str, n: int, different: int) -> str:
    said = words.text(f"units-{kind}", n=n)
    several = kind in PERSON_KINDS and different < n
    return words.text("units-different", units=said, n=different) if several else said


PERSON_KINDS = frozenset({"officer", "user", "declarant", "importer"})
"""Kinds of units that are one somebody each."""

SPREAD = frozenset({"lane-change-without-act", "finding-rate"})
"""Questions whose units ordinarily differ beyond chance: limits that allow for it stand beside the naive ones."""

SCATTERED = SPREAD | {"value-shortfall"}
"""Questions at which a unit stands out only beyond what ordinary units differ by."""

SINGLE_FIRST = SPREAD | {"assignment-override"}
"""Questions that test single units and pairs of them: the funnel shows the single ones, since pairs are their parts."""

Builder = Callable[[Question, pa.Table, Catalogue], Chart | None]

BUILDERS: dict[str, tuple[Builder, ...]] = {
    "assignment-steering": (_ratio_funnel, _matrix),
    "assignment-override": (_ratio_funnel, _matrix),
    "lane-rates": (_lanes, _random_shares),
    "lane-change-without-act": (_ratio_funnel,),
    "finding-rate": (_ratio_funnel, _caterpillar, _random_findings),
    "value-shortfall": (_caterpillar,),
}
