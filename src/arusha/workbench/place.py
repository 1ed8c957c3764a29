"""Where one unit lies among the others of its question: itself with its interval, all others as one band, none named.

The page of a signal and the page of whom it is about show the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.assessment.report_read import Question
from arusha.assessment.report_words import AS_PERCENT, effect_kind
from arusha.charts import Band, CaterpillarTitles, Chart, Estimates, State, caterpillar
from arusha.charts.drawing import left_to_right
from arusha.charts.words import interval
from arusha.language import Catalogue

FEWEST_PEERS = 10
"""Peers of fewer people than this, or mostly one person's, give no band: it would show one of them."""
MIDDLE = 0.9


@dataclass(frozen=True)
class Peers:
    """How many others of the kind there are in the same question, and between what the middle nine in ten lie.

    Without ``low`` and ``high`` where they are too few.
    """

    n: int
    low: float | None = None
    high: float | None = None

    def text(self, asked: Question, words: Catalogue) -> str:
        """The band in the reader's digits; empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return interval(words, self.low, self.high, as_percent=effect_kind(asked.id) in AS_PERCENT)


def peers(asked: Question, row: Mapping[str, Any]) -> Peers:
    """The others: every unit of the kind that was estimated and in which nobody of this signal has a part."""
    signals = asked.signals
    alike = pc.and_(pc.equal(signals["unit_kind"], row["unit_kind"]), pc.is_valid(signals["effect"]))
    concerned = [who for who in (row["unit_id"], row["other_id"]) if who]
    parts = (pc.fill_null(pc.equal(signals[c], who), False) for c in ("unit_id", "other_id") for who in concerned)
    for part in parts:
        alike = pc.and_not(alike, part)
    others = signals["effect"].filter(alike).to_numpy()
    each = pc.value_counts(signals["unit_id"].filter(alike)).field("counts").to_numpy()
    if each.size < FEWEST_PEERS or 2 * each.max() > len(others):
        return Peers(len(others))
    low, high = (float(x) for x in np.quantile(others, [(1 - MIDDLE) / 2, (1 + MIDDLE) / 2]))
    return Peers(len(others), low, high)


def place(
    asked: Question, row: Mapping[str, Any], among: Peers, assessment: str, words: Catalogue, *, own: bool = False
) -> Chart | None:
    """The picture; ``own`` where whom it is about reads it, who is called "you" and not by the row's number.

    None where it has no estimate with an interval, or its peers are too few.
    """
    told = (row["effect"], row["ci_low"], row["ci_high"])
    if among.low is None or among.high is None or not all(v is not None and math.isfinite(v) for v in told):
        return None
    kind = effect_kind(asked.id)
    none = 1.0 if kind == "ratio" else 0.0
    observed, expected = row["observed"], row["expected"]
    raw = math.nan
    if kind in ("ratio", "price") and expected and observed is not None:
        raw = observed / expected - (1.0 if kind == "price" else 0.0)
    state: State = "within" if not row["signal"] else "flagged" if row["flagged"] else "explained"
    percents = kind in AS_PERCENT

    def one(value: float) -> NDArray[np.float64]:
        return np.array([value], np.float64)

    unit = words.text("wb-place-you" if own else "wb-place-this")
    others = Band(words.text("wb-place-others"), among.n, among.low, among.high, MIDDLE)
    return caterpillar(
        Estimates((unit,), one(raw), one(told[0]), one(told[1]), one(told[2]), (state,)),
        CaterpillarTitles(
            words.text(
                "wb-place-own" if own else "wb-place",
                signal=left_to_right(row["signal_id"]),
                name=left_to_right(assessment),
            ),
            words.text(f"effect-{kind}"),
            words.text(f"axis-{kind}" if kind in ("ratio", "price") else "axis-effect"),
            words.text("column-unit"),
        ),
        words,
        benchmark=none,
        benchmark_label=words.text("axis-ratio-one" if kind == "ratio" else "axis-price-none"),
        as_percent=percents,
        others=others,
        alternative=words.text(
            "wb-place-alternative",
            own=interval(words, row["ci_low"], row["ci_high"], as_percent=percents),
            n=among.n,
            band=among.text(asked, words),
        ),
    )
