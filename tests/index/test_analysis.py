"""Statistics, correlations, components and weights of indicators: by hand, and what is printed of 51 economies."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from arusha.errors import ArushaError
from arusha.index.analysis import balanced_weights, components, correlations, effective_weights, statistics
from arusha.index.build import Recipe, build
from arusha.index.structure import Node, Structure
from arusha.index.treat import drawn_in, logged, logged_by_skew, logged_plainly, treated

Data = Callable[[str], Path]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def economies(data: Data) -> tuple[list[str], np.ndarray, Structure, list[str], dict[str, list[float]]]:
    def number(text: str) -> float:
        return float(text) if text not in ("", "NA") else np.nan

    meta, units = rows(data("composite_asem/ASEM_iMeta.csv")), rows(data("composite_asem/ASEM_iData.csv"))
    inside = [m for m in meta if m["Type"] == "Indicator"]
    names = {"code": "iCode", "level": "Level", "parent": "Parent", "weight": "Weight", "direction": "Direction"}
    nodes = [m for m in meta if m["Type"] in ("Indicator", "Aggregate")]
    structure = Structure.read({k: m[v] for k, v in names.items()} | {"denominator": m["Denominator"]} for m in nodes)
    by = {d: [number(u[d]) for u in units] for d in {m["Denominator"] for m in inside} - {"", "NA"}}
    values = np.array([[number(u[m["iCode"]]) for m in inside] for u in units])
    return [u["uCode"] for u in units], values, structure, [u["EurAsia_group"] for u in units], by


def test_the_recipe_up_to_the_scale_gives_what_is_printed(economies) -> None:
    """The example of COINr after denomination, imputation, treatment and normalisation: the first rows that its
    documentation prints ("Data selection"), to their digits."""
    codes, values, structure, groups, by = economies
    recipe = Recipe(imputation="group mean", enough=0.9, treat=True)
    made = build(values, structure, recipe, groups=groups, denominators=by)
    printed = {
        "AUS": [79.96112, 12.3223217, 66.14497, 0.00000],
        "AUT": [94.07137, 27.8763185, 0.00000, 42.01269],
        "BEL": [94.56023, 23.3967426, 97.14314, 100.00000],
        "BGD": [27.63906, 0.1243185, 45.80661, 10.85013],
        "BGR": [34.29965, 10.8828790, 37.40495, 16.34359],
    }
    assert [n.code for n in structure.indicators[:4]] == ["LPI", "Flights", "Ship", "Bord"]
    for code, row in printed.items():
        assert made.steps["normalised"][codes.index(code), :4] == pytest.approx(row, abs=5.1e-6)


def test_the_index_and_its_groups_are_what_is_printed(economies) -> None:
    """The whole example of COINr up to the index: the rows that its documentation prints ("Presenting results"), to
    their two digits; its correlations of groups with the index, and what components of eight groups weigh, to seven."""
    codes, values, structure, groups, by = economies
    made = build(
        values,
        structure,
        Recipe(imputation="group mean", enough=0.9, treat=True),
        groups=groups,
        denominators=by,
    )
    names = [
        "Index",
        "Conn",
        "Sust",
        "Physical",
        "ConEcFin",
        "Political",
        "Instit",
        "P2P",
        "Environ",
        "Social",
        "SusEcFin",
    ]
    printed = {
        "CHE": [68.38, 62.79, 73.98, 63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88],
        "NLD": [64.82, 61.94, 67.70, 64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78],
        "DNK": [64.80, 57.10, 72.51, 50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29],
        "NOR": [64.47, 57.44, 71.50, 58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59],
        "BEL": [63.54, 63.99, 63.09, 71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09],
        "SWE": [63.00, 53.87, 72.12, 51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27],
    }
    assert made.kept.all()
    for code, row in printed.items():
        own = [float(made.groups[name][codes.index(code)]) for name in names]
        assert own == pytest.approx(row, abs=0.00501)
    found = correlations(np.column_stack([made.groups["Conn"], made.groups["Sust"]]), made.groups["Index"][:, None])[0]
    assert found[:, 0] == pytest.approx([0.9397805, 0.8382873], abs=5.1e-8)
    # Signs of components are free; those printed have the first of each group above 0.
    first = components(np.column_stack([made.groups[n] for n in names[3:8]])).loadings[:, 0]
    assert first * np.sign(first[0]) == pytest.approx(
        [0.5117970, 0.3049926, 0.3547671, 0.5081540, 0.5108455], abs=5.1e-8
    )
    second = components(np.column_stack([made.groups[n] for n in names[8:]])).loadings[:, 0]
    assert second * np.sign(second[0]) == pytest.approx([0.6513188, -0.7443677, 0.1473108], abs=5.1e-8)


def test_statistics_and_flags(economies) -> None:
    _, values, *_ = economies
    found = statistics(values)
    column = values[:, 0][~np.isnan(values[:, 0])]
    assert found.mean[0] == pytest.approx(column.mean(), rel=1e-14)
    assert found.sd[0] == pytest.approx(column.std(ddof=1), rel=1e-14)
    assert found.skewness[0] == pytest.approx(stats.skew(column, bias=False), rel=1e-12)
    assert found.kurtosis[0] == pytest.approx(stats.kurtosis(column, bias=False), rel=1e-12)
    few = statistics(np.array([[0.0, 1.0], [0.0, np.nan], [0.0, np.nan], [2.0, 3.0], [0.0, 5.0]]))
    assert few.known.tolist() == [5, 3]
    assert few.not_zero.tolist() == [1, 3]
    assert few.alike.tolist() == [4, 1]
    assert few.few_known.tolist() == [False, True]
    assert few.many_zeros.tolist() == [True, False]
    assert few.few_different.tolist() == [True, False]


def test_correlations_of_those_who_have_both() -> None:
    random = np.random.default_rng(1)
    x = random.normal(size=(30, 3))
    x[:, 1] += x[:, 0]
    x[:4, 2] = np.nan
    r, p = correlations(x)
    made = stats.pearsonr(x[4:, 0], x[4:, 2])
    assert (r[0, 2], p[0, 2]) == pytest.approx((made.statistic, made.pvalue))
    assert np.diag(r) == pytest.approx(np.ones(3))
    assert correlations(x, x[:, :1], "kendall")[0][1, 0] == pytest.approx(stats.kendalltau(x[:, 1], x[:, 0]).statistic)


def test_components_are_those_of_the_correlations() -> None:
    random = np.random.default_rng(2)
    x = random.normal(size=(40, 4)) + random.normal(size=(40, 1))
    x[0, 0] = np.nan
    found = components(x)
    value, vector = np.linalg.eigh(np.corrcoef(x[1:].T))
    assert found.units == 39
    assert found.share == pytest.approx(value[::-1] / 4, rel=1e-10)
    assert np.abs(found.loadings[:, 0]) == pytest.approx(np.abs(vector[:, -1]), rel=1e-10)
    assert found.loadings[:, 0].sum() > 0
    with pytest.raises(ArushaError, match="same for all"):
        components(np.ones((5, 2)))


def test_effective_weights_add_up_and_are_those_of_the_index(economies) -> None:
    _, values, structure, groups, by = economies
    found = effective_weights(structure)
    for level in structure.levels:
        assert sum(found[n.code] for n in level) == pytest.approx(1.0)
    made = build(values, structure, Recipe(imputation="group mean"), groups=groups, denominators=by)
    weights = np.array([found[n.code] for n in structure.indicators])
    whole = made.steps["normalised"] @ weights
    assert made.groups["Index"] == pytest.approx(whole, rel=1e-10)
    small = Structure.of(
        [
            Node("a", 1, "g", 3.0),
            Node("b", 1, "g", 1.0),
            Node("c", 1, "h"),
            Node("g", 2, "i", 2.0),
            Node("h", 2, "i"),
            Node("i", 3, None),
        ]
    )
    assert effective_weights(small) == pytest.approx({"i": 1, "g": 2 / 3, "h": 1 / 3, "a": 0.5, "b": 1 / 6, "c": 1 / 3})


def test_balanced_weights_make_parts_count_alike() -> None:
    """Two columns that go together and one apart: with equal weights the lone one counts least."""
    random = np.random.default_rng(4)
    both = random.normal(size=(200, 1))
    x = np.column_stack([both + 0.3 * random.normal(size=(200, 2)), random.normal(size=200)])
    equal = correlations(x, x.mean(axis=1)[:, None])[0][:, 0]
    assert equal[2] < 0.8 * equal[:2].min()
    found = balanced_weights(x)
    assert found.reached == pytest.approx(np.full(3, 1 / 3), abs=1e-6)
    assert found.weights[2] > found.weights[:2].max()
    # The first two go together: the first cannot count twice as much as the second. No weights come nearer.
    wanted = np.array([0.5, 0.25, 0.25])
    twice = balanced_weights(x, wanted)
    near = np.sum((twice.reached - wanted) ** 2)
    assert twice.reached[0] > 0.35
    for a in np.linspace(0, 1, 26):
        for b in np.linspace(0, 1 - a, 26):
            r = np.corrcoef(np.column_stack([x, x @ [a, b, 1 - a - b]]).T)[:3, 3]
            assert np.sum((r / r.sum() - wanted) ** 2) >= near - 1e-9
    with pytest.raises(ArushaError, match="one number a column"):
        balanced_weights(x, [1, 1])


def test_other_scales_of_treatment() -> None:
    x = np.exp(2.5 * np.random.default_rng(5).normal(size=60))
    assert logged_by_skew(x) == pytest.approx(logged(x))
    assert logged_by_skew(-x) == pytest.approx(-logged(x))
    assert logged_plainly(x) == pytest.approx(np.log(x - x.min() + 1))
    assert treated(x, 1, scale="plain log").how == "plain log"
    apart, after = treated(x, 1).values, treated(x, 1, combined=True)
    assert after.moved == 1
    assert after.values == pytest.approx(logged(drawn_in(x, 1)[0]))
    assert not np.allclose(apart, after.values)
    flat = np.arange(20.0)
    assert drawn_in(flat, 2)[1] == 0
    assert drawn_in(flat, 2, forced=True)[1] >= 2
    with pytest.raises(ArushaError, match="no scale"):
        treated(x, 1, scale="cube")
