"""Power of everyday tests: R's pwr 1.3-0, closed forms, and the tests themselves on drawn data."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from arusha.inference import (
    correlation_power,
    groups_power,
    mean_power,
    normal_power,
    regression_power,
    share_effect,
    share_power,
    solve_power,
    table_effect,
    table_power,
)

H = share_effect(0.08, 0.05)
# pwr 1.3-0 in R 4.2.2, 17 digits; both evaluate the same distribution functions.
POWERS = [
    (share_power(H, 500), 0.49075997676291633),
    (share_power(H, 300, alternative="greater"), 0.44247030076291749),
    (share_power(-H, 300, alternative="less"), 0.44247030076291749),
    (share_power(0.3, 80, 245), 0.64423455887695313),
    (share_power(0.2, 60, sample="one"), 0.34084512406749845),
    (share_power(0.2, 60, sample="one", alternative="greater"), 0.46189519070815199),
    (mean_power(0.5, 30), 0.47789652076020861),
    (mean_power(0.5, 30, sample="paired"), 0.75396471574385193),
    (mean_power(0.3, 25, sample="one", alternative="greater"), 0.42572890636512251),
    (mean_power(-0.3, 25, sample="one", alternative="less"), 0.42572890636512251),
    (mean_power(0.6, 90, 60, alternative="greater"), 0.97372615462921719),
    (mean_power(0.6, 90, 60), 0.94701537977805950),
    (correlation_power(0.3, 50), 0.57155584186020802),
    (correlation_power(0.3, 50, alternative="greater"), 0.69113948537965642),
    (correlation_power(-0.3, 50, alternative="less"), 0.69113948537965642),
    (groups_power(0.28, 20, 4), 0.5149792921968589),
    (table_power(0.346, 60, 3), 0.6019380910496317),
    (regression_power(0.1 / 0.9, 5, 89), 0.67358577091439897),
    (normal_power(0.2, 90), 0.47510087057263822),
    (normal_power(0.2, 90, alternative="greater"), 0.59967770454643776),
]


@pytest.mark.parametrize(("ours", "pwr"), POWERS)
def test_power_is_the_reference_s(ours: float, pwr: float) -> None:
    # R's noncentral t and F end their series at 1e-12 absolute or so and differ by 4e-10 here; the rest is exact.
    assert ours == pytest.approx(pwr, rel=2e-9)


@pytest.mark.parametrize(
    ("ours", "pwr"),
    [
        (solve_power(lambda n: share_power(H, n), least=2), 1046.31301315612813596),
        (solve_power(lambda n: share_power(0.5, 80, n), least=2), 51.67489460154695990),
        (solve_power(lambda n: share_power(0.2, n, sample="one", size=0.01), 0.95, least=2), 445.35410757645428248),
        (solve_power(lambda n: mean_power(0.5, n), least=2), 63.76561044414177104),
        (solve_power(lambda n: correlation_power(0.3, n), least=4), 84.07363978228765689),
        (solve_power(lambda n: groups_power(0.28, n, 4), least=2), 35.7578944777465821),
        (solve_power(lambda n: table_power(0.1, n, 4), least=2), 1193.5285837045714743),
        (solve_power(lambda v: regression_power(0.05, 2, v), 0.9, least=2), 253.10049646837026671),
    ],
)
def test_cases_needed_are_the_reference_s(ours: float, pwr: float) -> None:
    assert ours == pytest.approx(pwr, rel=1e-7)  # its root search stops at 1.2e-4 of the range's quarter power


def test_effects_are_the_reference_s() -> None:
    assert share_effect(0.5, 0.4) == pytest.approx(0.20135792079033088, rel=1e-15)
    assert table_effect([0.375, *[0.625 / 3] * 3], [0.25] * 4) == pytest.approx(0.28867513459481287, rel=1e-14)
    assert table_effect([[0.225, 0.125, 0.125, 0.125], [0.16, 0.16, 0.04, 0.04]]) == pytest.approx(0.2558646068639514)


def test_the_tests_reject_as_often_as_told() -> None:
    """4,000 draws: within 3.3 simulation errors, and a point for shares, whose law is not normal."""
    rng, draws = np.random.default_rng(5), 4000

    def near(p: np.ndarray, power: float, more: float = 0.0) -> bool:
        return abs(float((p < 0.05).mean()) - power) < 3.3 * np.sqrt(power * (1 - power) / draws) + more

    a, b = rng.normal(0.6, 1, (draws, 20)), rng.normal(0, 1, (draws, 35))
    assert near(stats.ttest_ind(a, b, axis=1).pvalue, mean_power(0.6, 20, 35))
    assert near(
        stats.ttest_1samp(a, 0, axis=1, alternative="greater").pvalue,
        mean_power(0.6, 20, sample="one", alternative="greater"),
    )
    means = np.array([0.0, 0.2, 0.4, 0.6])
    groups = [rng.normal(m, 1, (draws, 25)) for m in means]
    assert near(stats.f_oneway(*groups, axis=1).pvalue, groups_power(float(means.std()), 25, 4))
    x, y = rng.binomial(400, 0.12, draws) / 400, rng.binomial(400, 0.06, draws) / 400
    pooled = (x + y) / 2
    z = (x - y) / np.sqrt(pooled * (1 - pooled) / 200)
    assert near(2 * stats.norm.sf(abs(z)), share_power(share_effect(0.12, 0.06), 400), more=0.01)
    q = np.array([0.4, 0.3, 0.3])
    counts = rng.multinomial(150, q, draws)
    chi = ((counts - 50.0) ** 2 / 50).sum(axis=1)
    assert near(stats.chi2.sf(chi, 2), table_power(table_effect(q, [1 / 3] * 3), 150, 2), more=0.01)


def test_without_an_effect_power_is_the_size() -> None:
    for power in (
        normal_power(0, 10, size=0.03),
        share_power(0, 10, size=0.03),
        mean_power(0, 10, size=0.03),
        groups_power(0, 10, 3, size=0.03),
        table_power(0, 10, 3, size=0.03),
        regression_power(0, 2, 20, size=0.03),
    ):
        assert power == pytest.approx(0.03, rel=1e-9)
    assert mean_power(0.5, 5000, alternative="less") < 1e-100


def test_what_cannot_be_is_refused() -> None:
    for wrong in (
        lambda: share_effect(1.2, 0.5),
        lambda: table_effect([0.5, 0.6], [0.5, 0.5]),
        lambda: table_effect([0.5, 0.5]),
        lambda: share_power(0.2, 0),
        lambda: share_power(0.2, float("nan")),
        lambda: mean_power(0.2, 1),
        lambda: correlation_power(1.0, 20),
        lambda: groups_power(0.2, 10, 1),
        lambda: table_power(0.2, 10, 0),
        lambda: regression_power(-0.1, 2, 10),
        lambda: normal_power(0.1, 10, size=0),
        lambda: solve_power(lambda n: share_power(3.0, n), least=10),
        lambda: solve_power(lambda n: share_power(1e-9, n), least=10, most=1e4),
        lambda: solve_power(lambda n: share_power(0.1, n), 1.0, least=10),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()
