"""Group-time effects: the reference implementation, brute force, and simulation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from arusha.effects import NEVER, Panel, aggregate, band, group_time
from arusha.effects.staggered import DesignError

CASES = {
    "nocov_nevertreated_dr": ("never", False),
    "nocov_notyettreated_dr": ("not-yet", False),
    "lpop_nevertreated_dr": ("never", True),
}
# Closed forms agree to 1e-12 and logistic fits to 1e-10 between independent implementations; the reference's own
# iterations stop at a relative deviance of 1e-8, which leaves some 1e-9 in a standard error.
CLOSED, FITTED = 1e-11, 1e-8


@pytest.mark.parametrize("case", CASES)
def test_effects_agree_with_the_reference(case: str, counties: Panel, golden: Callable[[str], dict[str, Any]]) -> None:
    expected = golden("did")[case]
    control, with_covariate = CASES[case]
    close = FITTED if with_covariate else CLOSED
    found = group_time(
        counties,
        scale="level",
        control=control,  # type: ignore[arg-type]
        covariates=None if with_covariate else np.empty((len(counties.units), len(counties.periods), 0)),
    )
    assert found.n == expected["n"]
    assert found.group.tolist() == expected["group"]
    assert found.time.tolist() == expected["t"]
    assert_allclose(found.att, expected["att"], rtol=close, atol=1e-13)
    assert_allclose(found.se, expected["se"], rtol=close)
    assert found.pretest == pytest.approx(expected["W"], rel=close)
    assert round(found.pretest_p, 5) == expected["Wpval"]
    for name, want in expected.items():
        if not name.startswith("agg_"):
            continue
        kind, balance = (name[4:], None) if "balance" not in name else ("dynamic", int(name[-1]))
        # The reference takes group shares from the wrong rows in one standard error (see as_did); the right one is
        # held against the jackknife below.
        got = aggregate(found, kind, balance=balance, as_did=True)  # type: ignore[arg-type]
        assert got.overall == pytest.approx(want["overall.att"], rel=close), name
        assert got.overall_se == pytest.approx(want["overall.se"], rel=close), name
        if want["egt"] is not None:
            assert got.at.tolist() == want["egt"], name
            assert_allclose(got.att, want["att.egt"], rtol=close, atol=1e-13)
            assert_allclose(got.se, want["se.egt"], rtol=close)


def brute_force(y: np.ndarray, time: np.ndarray, first: np.ndarray, g: int, t: int, *, not_yet: bool) -> float:
    """A difference of two differences of means, by its definition."""
    ref = max(s for s in time if s < g) if t >= g else max(s for s in time if s < t)
    before, now = list(time).index(ref), list(time).index(t)
    change = y[:, now] - y[:, before]
    controls = (first == NEVER) | ((first > t) & (first != g) & not_yet)
    return float(np.mean(change[first == g]) - np.mean(change[controls]))


@pytest.mark.parametrize("control", ["never", "not-yet"])
@pytest.mark.parametrize("method", ["regression", "ipw", "ipw-unstabilised", "dr", "dr-improved"])
def test_without_covariates_every_method_is_the_difference_of_differences(control: Any, method: Any) -> None:
    random = np.random.default_rng(3)
    time = np.arange(2020, 2026)
    first = random.choice([2022, 2023, 2025, NEVER], 60)
    y = random.normal(size=(60, 6))
    found = group_time(y, time, first, control=control, method=method)
    want = [
        brute_force(y, time, first, g, t, not_yet=control == "not-yet")
        for g, t in zip(found.group, found.time, strict=True)
    ]
    assert_allclose(found.att, want, atol=1e-12)


@pytest.mark.parametrize("method", ["regression", "ipw", "ipw-unstabilised", "dr"])
def test_standard_errors_are_those_of_the_jackknife(method: Any) -> None:
    random = np.random.default_rng(4)
    n = 150
    x = random.normal(size=n)
    first = np.where(random.random(n) < 1 / (1 + np.exp(-0.5 * x)), 3, NEVER)
    y = np.cumsum(random.normal(size=(n, 3)) + 0.3 * x[:, None], axis=1)
    found = group_time(y, [1, 2, 3], first, covariates=x[:, None], method=method)
    att = []
    for i in range(n):
        keep = np.arange(n) != i
        att.append(group_time(y[keep], [1, 2, 3], first[keep], covariates=x[keep, None], method=method).att)
    jackknife = np.sqrt((n - 1) / n * np.sum((np.array(att) - np.mean(att, axis=0)) ** 2, axis=0))
    assert_allclose(found.se, jackknife, rtol=0.06)  # they agree to first order in 1/n


def test_the_universal_base_compares_with_the_last_period_before() -> None:
    random = np.random.default_rng(5)
    time = np.arange(6)
    first = np.where(np.arange(40) < 20, 3, NEVER)
    y = random.normal(size=(40, 6))
    found = group_time(y, time, first, base="universal")
    change = y - y[:, [2]]
    want = change[:20].mean(0) - change[20:].mean(0)
    assert found.time.tolist() == time.tolist()
    assert_allclose(found.att, want, atol=1e-12)
    assert np.isnan(found.se[2])


def test_anticipation_moves_the_reference_period_back() -> None:
    random = np.random.default_rng(6)
    first = np.where(np.arange(40) < 20, 4, NEVER)
    y = random.normal(size=(40, 6))
    found = group_time(y, np.arange(6), first, anticipation=1)
    at = found.time.tolist().index(5)
    change = y[:, 5] - y[:, 2]
    assert found.att[at] == pytest.approx(change[:20].mean() - change[20:].mean(), abs=1e-12)


def test_early_starters_do_not_contaminate_late_ones() -> None:
    """Effects that grow: two-way fixed effects would compare late starters with early ones and miss them."""
    time = np.arange(10)
    first = np.repeat([3, 6, NEVER], 20)
    since = np.where(first[:, None] == NEVER, -1, time - np.minimum(first, 99)[:, None])
    y = np.arange(60)[:, None] + 0.7 * time + np.where(since >= 0, 1.0 + since, 0.0)
    for control in ("never", "not-yet"):
        found = aggregate(group_time(y, time, first, control=control), "dynamic")  # type: ignore[arg-type]
        assert_allclose(found.att, np.where(found.at >= 0, 1.0 + found.at, 0.0), atol=1e-10)


def test_clusters_are_units_when_every_unit_is_its_own() -> None:
    random = np.random.default_rng(7)
    first = np.where(np.arange(40) < 20, 2, NEVER)
    y = random.normal(size=(40, 4))
    alone = group_time(y, np.arange(4), first)
    together = group_time(y, np.arange(4), first, cluster=np.arange(40) % 20)
    assert_allclose(alone.att, together.att)
    doubled = group_time(np.vstack([y, y]), np.arange(4), np.tile(first, 2), cluster=np.tile(np.arange(40), 2))
    assert_allclose(doubled.se, alone.se, rtol=1e-12)


def test_weights_are_copies_of_units() -> None:
    random = np.random.default_rng(8)
    first = np.where(np.arange(30) < 15, 2, NEVER)
    y, x, w = random.normal(size=(30, 4)), random.normal(size=30), random.integers(1, 4, 30)
    weighted = group_time(y, np.arange(4), first, covariates=x[:, None], weights=w)
    copies = np.repeat(np.arange(30), w)
    copied = group_time(y[copies], np.arange(4), first[copies], covariates=x[copies, None], cluster=copies)
    assert_allclose(weighted.att, copied.att, rtol=1e-7)  # the logistic fits stop at a deviance within 1e-8
    assert_allclose(weighted.se, copied.se, rtol=1e-7)


def test_the_bands_standard_errors_are_the_analytic_ones() -> None:
    random = np.random.default_rng(9)
    first = random.choice([3, 5, NEVER], 300)
    y = np.cumsum(random.normal(size=(300, 7)), axis=1)
    found = aggregate(group_time(y, np.arange(7), first), "dynamic")
    made = band(found.att, found.influence, found.cluster, draws=4_000, seed=2, kind="rademacher")
    # 4,000 draws: an interquartile range is known to about 2%.
    assert_allclose(made.se, found.se, rtol=0.06)
    assert 1.96 < made.critical < 3.2
    again = band(found.att, found.influence, found.cluster, draws=4_000, seed=2, kind="rademacher")
    assert made.critical == again.critical


def test_bands_cover_all_periods_at_once() -> None:
    """300 worlds of 80 units: at least 90% of bands cover everything (95% asked for; the standard error is 1.3%)."""
    covered = alone = 0
    for seed in range(300):
        random = np.random.default_rng(seed)
        first = random.permutation(np.repeat([4, 6, NEVER], [20, 20, 40]))
        y = np.cumsum(random.normal(size=(80, 8)), axis=1)
        found = aggregate(group_time(y, np.arange(8), first), "dynamic")
        made = band(found.att, found.influence, found.cluster, draws=299, seed=seed)
        covered += bool(np.all((made.low <= 0) & (made.high >= 0)))
        alone += bool(np.all(np.abs(found.att) <= 1.96 * found.se))
    assert covered / 300 >= 0.90
    assert alone / 300 < 0.85  # intervals of one period each are no band


@pytest.mark.parametrize(
    ("first", "control", "problem"),
    [
        ([NEVER] * 6, "never", "no unit is treated"),
        ([2] * 6, "never", "no never-treated"),
        ([2] * 6, "not-yet", "treated at the same time"),
        ([2] + [NEVER] * 5, "never", "only one unit is treated"),
        ([0] * 3 + [NEVER] * 3, "never", "no treated unit has a period before"),
    ],
)
def test_designs_that_cannot_answer_say_so(first: list[int], control: Any, problem: str) -> None:
    with pytest.raises(DesignError, match=problem) as told:
        group_time(np.zeros((6, 4)), np.arange(4), first, control=control)
    assert told.value.remedy


def test_a_cell_without_overlap_is_empty_and_says_why() -> None:
    random = np.random.default_rng(1)
    first = np.where(np.arange(40) < 20, 2, NEVER)
    apart = (np.arange(40) < 20) * 10.0 + random.normal(size=40)
    found = group_time(random.normal(size=(40, 4)), np.arange(4), first, covariates=apart[:, None])
    assert np.all(np.isnan(found.att))
    assert "counterpart" in found.missing[2, 3]


@pytest.mark.parametrize("kind", ["simple", "group", "calendar", "dynamic"])
def test_standard_errors_of_aggregates_are_those_of_the_jackknife(kind: Any) -> None:
    random = np.random.default_rng(11)
    n = 150
    first = random.choice([3, 4, NEVER], n, p=[0.3, 0.2, 0.5])
    y = (
        np.cumsum(random.normal(size=(n, 5)), axis=1)
        + 5.0 * (np.arange(1, 6) >= np.minimum(first, 9)[:, None]) * (first == 3)[:, None]
    )
    y[:, 3:] += 20.0 * (first == 4)[:, None]  # groups far apart: their estimated shares matter
    found = aggregate(group_time(y, np.arange(1, 6), first), kind)
    left_out = []
    for i in range(n):
        keep = np.arange(n) != i
        left_out.append(aggregate(group_time(y[keep], np.arange(1, 6), first[keep]), kind).overall)
    jackknife = np.sqrt((n - 1) / n * np.sum((np.array(left_out) - np.mean(left_out)) ** 2))
    assert found.overall_se == pytest.approx(jackknife, rel=0.03)


def test_without_covariates_every_method_is_the_difference_of_means():
    """A constant beside another column of noughts that is no covariate: the general way and the short one agree."""
    from arusha.effects.doubly_robust import estimate, logit

    random = np.random.default_rng(4)
    n = 300
    first = np.where(np.arange(n) < 80, 3, NEVER)
    y, w = random.normal(size=(n, 5)), random.uniform(0.5, 2.0, n)
    found = group_time(y, np.arange(5), first, weights=w)
    cell = int(np.flatnonzero(found.time == 4)[0])
    d, X = (first == 3) * 1.0, np.ones((n, 1))
    scaled = w / w.mean()
    att, influence = estimate(y[:, 4] - y[:, 2], d, X, scaled, "dr", logit(d, X, scaled))
    assert found.att[cell] == pytest.approx(att, rel=1e-12)
    assert found.influence[:, cell] == pytest.approx(influence, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("base", ["varying", "universal", "average"])
@pytest.mark.parametrize("anticipation", [0, 1])
@pytest.mark.parametrize("held", ["alone", "together"])
def test_cells_of_a_group_at_once_are_the_cells_one_by_one(
    base: str, anticipation: int, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, n = np.random.default_rng(11), 90
    first = random.choice([3, 5, 6, NEVER], n)
    y = 1e4 * random.normal(size=(n, 1)) + random.normal(size=(n, 8))
    y[:, 2] = y[:, 1] + 3.0  # an effect whose influence is 0 but for rounding has no standard error
    cluster = None if held == "alone" else np.arange(n) // 5
    options: dict[str, Any] = {"base": base, "anticipation": anticipation, "cluster": cluster}
    options["weights"] = random.uniform(0.5, 2.0, n)
    found = group_time(y, np.arange(8), first, **options)
    monkeypatch.setattr("arusha.effects.staggered._Cells._apart", lambda *_: False)
    want = group_time(y, np.arange(8), first, **options)
    # Outcomes of 10,000 leave eleven digits of a change; both ways round.
    for name in ("group", "time", "att", "influence"):
        assert np.allclose(getattr(found, name), getattr(want, name), rtol=0, atol=1e-9 * n)
    assert np.array_equal(np.isnan(found.se), np.isnan(want.se))
    assert np.allclose(found.se, want.se, rtol=1e-8, equal_nan=True)
    assert np.allclose([found.pretest, found.pretest_p], [want.pretest, want.pretest_p], rtol=1e-6, equal_nan=True)
    for kind in ("simple", "group", "calendar", "dynamic"):
        one, other = aggregate(found, kind), aggregate(want, kind)  # type: ignore[arg-type]
        assert np.allclose(one.att, other.att, rtol=0, atol=1e-9)
        assert np.allclose(one.influence, other.influence, rtol=0, atol=1e-7)
        assert np.allclose([one.overall, one.overall_se], [other.overall, other.overall_se], rtol=1e-8)


def test_the_mean_of_all_periods_before_is_imputation_by_brute_force() -> None:
    """One group beside untreated units: two-way fixed effects of the untreated cells, and what they leave (BJS)."""
    random = np.random.default_rng(12)
    first = np.where(np.arange(30) < 12, 5, NEVER)
    y = random.normal(size=(30, 1)) + random.normal(size=(30, 9))
    found = group_time(y, np.arange(9), first, base="average")
    untreated = np.arange(9)[None, :] < first[:, None]
    i, t = np.nonzero(untreated)
    D = np.column_stack([i[:, None] == np.arange(30), t[:, None] == np.arange(1, 9)]).astype(float)
    fitted = np.linalg.lstsq(D, y[i, t], rcond=None)[0]
    left = y - fitted[:30, None] - np.concatenate([[0.0], fitted[30:]])
    assert found.att[found.time >= 5] == pytest.approx(left[:12, 5:].mean(axis=0), abs=1e-12)
    assert found.att[found.time < 5].sum() == pytest.approx(0.0, abs=1e-12)
    # Whether trends ran alike does not depend on what they are held against.
    assert found.pretest == pytest.approx(group_time(y, np.arange(9), first, base="universal").pretest, rel=1e-9)


def test_units_not_yet_treated_are_held_against_the_same_mean() -> None:
    """By hand: in period 5 those that begin in 6 are controls of those that begin in 4, not in period 6."""
    random = np.random.default_rng(13)
    first = np.array([4, 4, 4, 6, 6, 6, NEVER, NEVER, NEVER])
    y = random.normal(size=(9, 8))
    found = group_time(y, np.arange(8), first, base="average", control="not-yet")

    def effect(t: int, others: list[int]) -> float:
        change = y[:, t] - y[:, :4].mean(axis=1)
        return float(change[:3].mean() - change[others].mean())

    cell = {(int(g), int(t)): a for g, t, a in zip(found.group, found.time, found.att, strict=True)}
    assert cell[4, 5] == pytest.approx(effect(5, [3, 4, 5, 6, 7, 8]), abs=1e-12)
    assert cell[4, 6] == pytest.approx(effect(6, [6, 7, 8]), abs=1e-12)
