"""Event study by group, and regression with fixed effects: the reference, brute force, and what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from arusha.effects import NEVER, Correction, aggregate, group_time, regression, sun_abraham, two_way
from arusha.effects.panel_error import PanelError
from arusha.effects.staggered import DesignError


def test_effects_agree_with_the_reference(
    columns: Callable[[str], dict[str, NDArray[np.str_]]], golden: Callable[[str], dict[str, Any]]
) -> None:
    table, expected = columns("did/base_stagg.csv"), golden("fixest_sunab")
    found = sun_abraham(
        table["y"].astype(float),
        table["id"],
        table["year"].astype(int),
        table["year_treated"].astype(int),
        covariates=table["x1"].astype(float),
    )
    want = expected["sunab_base_stagg_cluster_id"]
    assert [f"year::{e}" for e in found.since] == want["term"][1:]
    # Closed forms: what differs is the order of additions and where the reference's demeaning stops (1e-6 of the
    # largest change), which leaves some 1e-9.
    assert_allclose([*found.covariate, *found.effect], want["est"], rtol=1e-9)
    assert_allclose([*found.covariate_se, *found.se], want["se"], rtol=1e-9)
    assert_allclose([found.covariate[0], found.att], expected["sunab_att"]["est"], rtol=1e-9)
    assert_allclose([found.covariate_se[0], found.att_se], expected["sunab_att"]["se"], rtol=1e-9)


def long(y: NDArray[Any]) -> tuple[Any, Any, Any]:
    n, T = y.shape
    return y.ravel(), np.repeat(np.arange(n), T), np.tile(np.arange(T), n)


def test_fixed_effects_are_dummies() -> None:
    """An unbalanced, weighted panel, against least squares on all the dummies."""
    random = np.random.default_rng(1)
    keep = random.random(200) < 0.8
    unit, period = np.repeat(np.arange(20), 10)[keep], np.tile(np.arange(10), 20)[keep]
    X = random.normal(size=(keep.sum(), 2))
    y = X @ [1.0, -2.0] + unit + 0.3 * period + random.normal(size=keep.sum())
    w = random.uniform(0.5, 2.0, keep.sum())
    found = regression(y, X, effects=[unit, period], weights=w, variance="iid")
    D = np.column_stack([X, unit[:, None] == np.arange(20), period[:, None] == np.arange(1, 10)]).astype(float)
    r = np.sqrt(w)
    inverse = np.linalg.inv((D * w[:, None]).T @ D)
    beta = inverse @ (D * w[:, None]).T @ y
    residual = r * (y - D @ beta)
    assert_allclose(found.coefficient, beta[:2], rtol=1e-10)
    scale = residual @ residual / (y.size - D.shape[1])
    assert_allclose(found.se, np.sqrt(np.diag(inverse)[:2] * scale), rtol=1e-10)
    assert found.df == y.size - D.shape[1]
    meat = np.zeros((31, 31))
    for u in range(20):
        s = (D * (r * residual)[:, None])[unit == u].sum(axis=0)
        meat += np.outer(s, s)
    # Units are nested in their clusters: two slopes, nine periods and one constant count.
    correction = (y.size - 1) / (y.size - 12) * 20 / 19
    clustered = regression(y, X, effects=[unit, period], weights=w, cluster=unit)
    assert_allclose(clustered.vcov, (inverse @ meat @ inverse)[:2, :2] * correction, rtol=1e-9)


def test_two_periods_are_the_difference_of_differences() -> None:
    random = np.random.default_rng(2)
    y = random.normal(size=(30, 2))
    treated = np.arange(30) < 10
    flat, unit, period = long(y)
    found = two_way(flat, treated[unit] * period, unit, period)
    change = y[:, 1] - y[:, 0]
    assert found.coefficient[0] == pytest.approx(change[treated].mean() - change[~treated].mean(), abs=1e-12)
    assert found.df == 29


def test_two_way_fixed_effects_can_miss_what_group_time_finds() -> None:
    """Effects that grow with time: early starters as controls of late ones pull two-way fixed effects away."""
    first = np.repeat([3, 7], 20)
    since = np.arange(10) - first[:, None]
    y = np.where(since >= 0, 1.0 + since, 0.0)
    flat, unit, period = long(y)
    pooled = two_way(flat, (since >= 0).ravel(), unit, period).coefficient[0]
    truth = aggregate(group_time(y, np.arange(10), first, control="not-yet"), "dynamic")
    assert_allclose(truth.att[truth.at >= 0], 1.0 + truth.at[truth.at >= 0], atol=1e-12)
    assert pooled < 0.6 * np.mean((1.0 + since)[since >= 0])


def test_without_covariates_it_is_the_mean_of_differences_of_differences() -> None:
    random = np.random.default_rng(3)
    first = np.repeat([3, 5, NEVER], [10, 15, 20])
    y = random.normal(size=(45, 8))
    flat, unit, period = long(y)
    found = sun_abraham(flat, unit, period, first[unit])
    want = aggregate(group_time(y, np.arange(8), first, base="universal"), "dynamic")
    assert_allclose(found.effect, want.att[want.at != -1], atol=1e-10)


def test_two_way_clusters_are_the_sum_less_the_overlap() -> None:
    random = np.random.default_rng(4)
    y = random.normal(size=(40, 6))
    flat, unit, period = long(y)
    x = random.normal(size=240)
    both = regression(flat, x, effects=[unit], cluster=[unit, period])
    # Corrections of the three parts are taken out to compare their sum: 5/6, all with the smaller number of clusters.
    one = [regression(flat, x, effects=[unit], cluster=c) for c in (unit, period, np.arange(240))]
    raw = []
    for fit, groups, K in zip(one, (40, 6, 240), (2, 41, 2 + 39), strict=True):
        raw.append(fit.vcov[0, 0] / ((239 / (240 - K)) * groups / (groups - 1)))
    assert both.vcov[0, 0] == pytest.approx((raw[0] + raw[1] - raw[2]) * 239 / 238 * 6 / 5, rel=1e-9)
    assert both.df == 5


def test_a_column_given_by_others_is_left_out() -> None:
    random = np.random.default_rng(5)
    flat, unit, period = long(random.normal(size=(10, 5)))
    x = random.normal(size=50)
    fit = regression(flat, np.column_stack([x, 2 * x, unit]), effects=[unit, period], names=["x", "double", "unit"])
    assert fit.names == ("x",)
    assert fit.left_out == ("double", "unit")


def test_what_cannot_be_estimated_says_so() -> None:
    flat, unit, period = long(np.random.default_rng(6).normal(size=(4, 3)))
    with pytest.raises(PanelError, match="no column is left"):
        regression(flat, unit, effects=[unit, period])
    with pytest.raises(DesignError, match="every unit is treated"):
        sun_abraham(flat, unit, period, np.full(12, 1))
    with pytest.raises(DesignError, match="no unit is treated"):
        sun_abraham(flat, unit, period, np.full(12, NEVER))


def _rows(seed: int = 2) -> tuple[Any, Any, Any, Any, Any]:
    random = np.random.default_rng(seed)
    unit, period = np.repeat(np.arange(30), 8), np.tile(np.arange(8), 30)
    x = random.normal(size=240)
    y = 0.5 * x + 0.1 * unit + period + random.normal(size=240)
    return y, x, unit, period, unit % 6


def test_corrections_are_their_factors() -> None:
    """Each option moves the variance by the factor that it stands for (fixest's ssc)."""
    y, x, unit, period, region = _rows()

    def at(cluster: Any = region, **options: Any) -> Any:
        return regression(y, x, effects=[unit, period], cluster=cluster, correction=Correction(**options))

    plain = at(parameters=False, clusters=False)
    n, one = 240, plain.vcov[0, 0]
    # Units lie within regions: a slope, seven periods and a constant are counted, or 30 units too, or the slope alone.
    for options, factor in (
        ({}, (n - 1) / (n - 9) * 6 / 5),
        ({"fixed": "full"}, (n - 1) / (n - 38) * 6 / 5),
        ({"fixed": "none"}, (n - 1) / (n - 1) * 6 / 5),
        ({"parameters": False}, 6 / 5),
        ({"clusters": False}, (n - 1) / (n - 9)),
    ):
        assert_allclose(at(**options).vcov[0, 0], one * factor, rtol=1e-12)
    assert (at().df, at(few=False).df, at(few=False, fixed="full").df) == (5, n - 9, n - 38)
    two = {o: at([unit, region], groups=o).vcov[0, 0] for o in ("smallest", "own")}
    parts = {name: at(c, parameters=False, clusters=False).vcov[0, 0] for name, c in (("u", unit), ("r", region))}
    # The overlap of units and regions is the units.
    assert_allclose(two["smallest"], parts["r"] * 6 / 5 * (n - 1) / (n - 9), rtol=1e-10)
    own = parts["u"] * 30 / 29 + parts["r"] * 6 / 5 - parts["u"] * 30 / 29
    assert_allclose(two["own"], own * (n - 1) / (n - 9), rtol=1e-10)
    hetero = [
        regression(y, x, effects=[unit], variance="hetero", correction=Correction(clusters=c)).vcov[0, 0]
        for c in (True, False)
    ]
    assert_allclose(hetero[0] / hetero[1], n / (n - 1), rtol=1e-12)


def test_groups_and_references_of_the_event_study() -> None:
    """Effects by group are the means of its cells; a group that serves as control is as one that is never treated."""
    y, _, unit, period, _ = _rows(4)
    first = np.select([unit < 8, unit < 16], [3, 5], NEVER)
    y = y + (period >= first) * np.where(first == 3, 1.0, 2.0)
    found = sun_abraham(y, unit, period, first)
    names = list(found.fit.names)
    for g, effect in zip(found.group, found.group_effect, strict=True):
        mine = [k for k, name in enumerate(names) if name.startswith(f"{g}:") and int(name.split(":")[1]) >= 0]
        assert_allclose(effect, found.fit.coefficient[mine].mean(), rtol=1e-12)
    sizes = np.array([8 * 5, 8 * 3])  # rows after the start
    assert_allclose(found.att, found.group_effect @ sizes / sizes.sum(), rtol=1e-12)
    beside = sun_abraham(y, unit, period, first, reference_groups=[5])
    never = sun_abraham(y, unit, period, np.where(first == 5, NEVER, first))
    assert_allclose(beside.effect, never.effect, rtol=1e-12)
    several = sun_abraham(y, unit, period, first, reference=[-1, -2])
    assert set(found.since.tolist()) - set(several.since.tolist()) == {-2}


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"variance": "iid"},
        {"variance": "hetero"},
        {"cluster": "office"},
        {"reference": [-1, -2], "cluster": "office", "correction": Correction(fixed="none", groups="own")},
        {"reference_groups": [5], "correction": Correction(parameters=False, fixed="full", clusters=False, few=False)},
    ],
)
def test_means_of_groups_and_periods_give_what_the_rows_give(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A balanced panel in any order of rows, against the regression on every row."""
    random = np.random.default_rng(8)
    first = random.choice([2, 4, 5, 9, NEVER], 60)
    y, unit, period = long(50 * random.normal(size=(60, 1)) + random.normal(size=(60, 8)) + np.arange(8))
    mixed = random.permutation(y.size)
    y, unit, period, start = y[mixed], unit[mixed], period[mixed], np.repeat(first, 8)[mixed]
    given = {k: unit // 4 if v == "office" else v for k, v in options.items()}
    found = sun_abraham(y, unit, period, start, **given)
    monkeypatch.setattr("arusha.effects.event_study._by_cells", lambda *_: None)
    want = sun_abraham(y, unit, period, start, **given)
    for name in ("effect", "se", "vcov", "att", "att_se", "group", "group_effect", "group_se", "since", "df"):
        # The same sums in another order, of outcomes of size 50.
        assert_allclose(getattr(found, name), getattr(want, name), rtol=1e-9, atol=1e-12)
    assert_allclose(found.fit.residual, want.fit.residual, atol=1e-11)
    assert_allclose(found.fit.X, want.fit.X, atol=1e-11)
    assert (found.fit.names, found.fit.left_out) == (want.fit.names, want.fit.left_out)


def test_rows_are_used_where_means_do_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing row, and clusters that cut through units: the general way, not a wrong number."""
    random = np.random.default_rng(9)
    first = np.repeat(random.choice([3, 5, NEVER], 30), 6)
    y, unit, period = long(random.normal(size=(30, 6)))
    cut = (np.arange(y.size) // 7) % 12
    found = [sun_abraham(y[1:], unit[1:], period[1:], first[1:]), sun_abraham(y, unit, period, first, cluster=cut)]
    monkeypatch.setattr("arusha.effects.event_study._by_cells", lambda *_: None)
    want = [sun_abraham(y[1:], unit[1:], period[1:], first[1:]), sun_abraham(y, unit, period, first, cluster=cut)]
    for one, other in zip(found, want, strict=True):
        assert np.array_equal(one.effect, other.effect)
        assert np.array_equal(one.se, other.se)
