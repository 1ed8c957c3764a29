"""The effect as seen is what the counts beside it say; what is drawn in stands apart and is named so."""

from __future__ import annotations

import re
from typing import Any

import pytest

from arusha.assessment.report_effects import effect
from arusha.language import Catalogue, languages


def bare(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def row(indicator: str, **values: Any) -> dict[str, Any]:
    return {"indicator": indicator, "tax_effect": None, "tax_low": None, "tax_high": None} | values


COUNTS = {"n": 148, "observed": 38.0, "expected": 0.9857, "effect": 1.25, "ci_low": 0.70, "ci_high": 2.47}


def test_counts_are_a_share_with_the_exact_interval_and_the_share_expected() -> None:
    told = effect(Catalogue("en"), row("lane-change-without-act", **COUNTS))
    # Beta quantiles of 38 of 148: 0.1885 and 0.3350.
    assert [bare(t) for t in (told.seen, told.interval, told.expected)] == [
        "25.7%",
        "18.9% to 33.5%",
        "expected 0.7%",
    ]
    assert bare(told.drawn) == "Drawn towards like units: 1.25 times what was expected (0.70 to 2.47)"


def test_a_difference_of_shares_is_told_in_points() -> None:
    values = {"n": 35, "observed": 11.0, "expected": 1.86, "effect": 0.0204, "ci_low": -0.0087, "ci_high": 0.268}
    told = effect(Catalogue("en"), row("assignment-steering", **values))
    assert bare(told.seen) == "31.4%"
    assert bare(told.drawn) == "Drawn towards like units: 2.0 points more (-0.9 to 26.8)"


def test_price_and_tax_come_of_one_gap() -> None:
    values = {"n": 90, "observed": 0.86, "expected": 1.03, "effect": -0.09, "ci_low": -0.21, "ci_high": -0.01}
    values |= {"tax_effect": 25.0, "tax_low": 0.0, "tax_high": 100.0}
    told = effect(Catalogue("en"), row("value-shortfall", **values), {"tax_of_compared": 100.0})
    # Goods that bore 100 would have borne 125: they were declared at 100 / 125 of their price.
    assert bare(told.seen) == "-20.0%"
    assert bare(told.interval) == "-50.0% to 0.0%"
    alone = effect(Catalogue("en"), row("value-shortfall", **(values | {"tax_effect": None})))
    assert bare(alone.seen) == "-16.5%"
    assert alone.interval == ""


@pytest.mark.parametrize("lang", languages())
def test_a_question_that_draws_nothing_in_shows_its_own_interval(lang: str) -> None:
    values = {"n": 100, "observed": 40.0, "expected": 30.0, "effect": 0.33, "ci_low": 0.1, "ci_high": 0.5}
    told = effect(Catalogue(lang), row("lane-rates", **values))
    assert told.drawn == told.expected == ""
    assert "33" in told.seen
    assert "50" in told.interval
