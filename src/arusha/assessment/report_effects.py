"""How large what stands out is: as seen, with the counts beside it, and drawn towards like units.

Two numbers answer two questions. As seen: what the counts say by themselves, so that sentence, chart and table tell one
story. Drawn towards like units: what is likely once it is allowed for that this unit was picked out of many, which the
signals contract keeps as effect, ci_low and ci_high.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from arusha.assessment.report_words import AS_PERCENT, effect_kind
from arusha.charts.words import interval, number, percent
from arusha.inference.intervals import clopper_pearson
from arusha.language import Catalogue

COUNTED = frozenset({"share", "ratio"})
"""Kinds of effects that are counts of cases: as seen they are a share of the cases."""
LEVEL = 0.95


@dataclass(frozen=True)
class Effect:
    """One unit's effect as cells of text."""

    seen: str
    interval: str
    expected: str
    """What the share as seen is held against; empty where the effect is itself a difference."""
    drawn: str
    """A sentence; empty where the question draws nothing in."""


def effect(
    words: Catalogue, row: Mapping[str, Any], stake: Mapping[str, Any] | None = None, level: float = LEVEL
) -> Effect:
    """The effect of one row of signals.

    Parameters
    ----------
    stake
        Of a value signal: its row of ``stakes``, from which its tax at stake was worked out.
    level
        Of the exact interval of a share (Clopper and Pearson): cases by themselves, the expected number as given.
    """
    kind = effect_kind(row["indicator"])
    if kind in COUNTED and row["n"]:
        cases = max(int(row["n"]), 1)
        found = clopper_pearson([min(round(row["observed"]), cases)], [cases], level)
        return Effect(
            percent(words, float(found.estimate[0])),
            interval(words, float(found.low[0]), float(found.high[0]), as_percent=True),
            words.text("effect-expected", share=percent(words, row["expected"] / cases)),
            _drawn(words, row, kind),
        )
    if kind == "price" and row["expected"]:
        gap, low, high = _gap(row, stake)
        return Effect(
            percent(words, gap),
            interval(words, low, high, as_percent=True) if np.isfinite([low, high]).all() else "",
            "",
            _drawn(words, row, kind),
        )
    as_percent = kind in AS_PERCENT
    show = percent if as_percent else number
    return Effect(
        show(words, row["effect"]), interval(words, row["ci_low"], row["ci_high"], as_percent=as_percent), "", ""
    )


def _gap(row: Mapping[str, Any], stake: Mapping[str, Any] | None) -> tuple[float, float, float]:
    """The gap in price as seen, and its bounds: weighed by tax where an amount was worked out from it, and then the
    same gap; else that of the items, without bounds."""
    borne = stake["tax_of_compared"] if stake else None
    if borne and row["tax_effect"] is not None:
        # The amount is borne (exp(-g) - 1), so that the price is one over one plus its part of what was borne.
        gap, high, low = (1.0 / (1.0 + row[name] / borne) - 1.0 for name in ("tax_effect", "tax_low", "tax_high"))
        return gap, low, high
    return row["observed"] / row["expected"] - 1.0, float("nan"), float("nan")


def _drawn(words: Catalogue, row: Mapping[str, Any], kind: str) -> str:
    """The shrunken effect: a difference of shares in points, a ratio in times, a price in percent."""
    if row["effect"] is None or row["ci_low"] is None or row["ci_high"] is None:
        return ""
    values = [row[name] * (100.0 if kind == "share" else 1.0) for name in ("effect", "ci_low", "ci_high")]
    if kind == "price":
        shown = [percent(words, value) for value in values]
    else:
        shown = [number(words, value, 1 if kind == "share" else None) for value in values]
    return words.text(
        f"effect-drawn-{kind}",
        effect=shown[0],
        interval=words.text("chart-interval", low=shown[1], high=shown[2]),
    )
