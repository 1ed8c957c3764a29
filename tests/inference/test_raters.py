"""Agreement of several raters: R's psych, published examples, brute force over pairs, coverage by simulation."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from arusha.inference import fleiss_kappa, intraclass, krippendorff_alpha

# Shrout and Fleiss 1979: six cases, four raters. psych 2.2.9 (R 4.2.2), ICC(lmer=FALSE): one, F, p, limits; the mean.
SHROUT = np.array([9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7]).reshape(6, 4)
PSYCH = {
    "one-way": (
        (0.16574176840547555, 1.79467849223946896, 0.16476880834463961, -0.13293232487475087, 0.72256006232812109),
        (0.44279713367926893, -0.88444215523811898, 0.91241542034077561),
    ),
    "raters-drawn": (
        (
            2.8976377952755922e-01,
            11.027247956403272,
            1.3456651648433693e-04,
            1.8786513374712047e-02,
            7.6108436964895310e-01,
        ),
        (6.2005054759898925e-01, 7.1136815302503487e-02, 9.2723204016772198e-01),
    ),
    "raters-fixed": (
        (
            7.1484071484071487e-01,
            11.027247956403272,
            1.3456651648433693e-04,
            3.4246476503392537e-01,
            9.4585825995535955e-01,
        ),
        (9.0931554237706946e-01, 6.7567471381630473e-01, 9.8589167816906231e-01),
    ),
}
GAP = np.nan
# Krippendorff 2011 (Computing Krippendorff's Alpha-Reliability): twelve units, four observers, with gaps.
OBSERVED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T
# Fleiss's example of ten cases, fourteen raters, five answers, as printed in many places: kappa 0.210.
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def test_intraclass_correlations_are_the_reference_s() -> None:
    found = intraclass(SHROUT)
    assert set(found) == set(PSYCH)
    for form, (one, mean) in PSYCH.items():
        f = found[form]
        assert (f.one, f.statistic, f.p, f.one_low, f.one_high) == pytest.approx(one, rel=1e-11)
        assert (f.mean, f.mean_low, f.mean_high) == pytest.approx(mean, rel=1e-11)


def test_a_rater_who_is_strict_counts_where_raters_are_drawn_and_not_where_they_are_fixed() -> None:
    harsh = SHROUT + np.array([0, 0, 5, 0])
    assert intraclass(harsh)["raters-fixed"].one == pytest.approx(intraclass(SHROUT)["raters-fixed"].one)
    assert intraclass(harsh)["raters-drawn"].one < intraclass(SHROUT)["raters-drawn"].one


def test_intervals_of_intraclass_correlations_cover() -> None:
    """600 worlds of 25 cases and 4 raters, truth 1 / (1 + 0.3 + 0.7): 95% within 3.3 simulation errors (2.9 points),
    and a point for the approximate one."""
    rng, held = np.random.default_rng(3), np.zeros(2)
    for _ in range(600):
        cases, raters = rng.normal(0, 1, (25, 1)), rng.normal(0, np.sqrt(0.3), (1, 4))
        found = intraclass(cases + raters + rng.normal(0, np.sqrt(0.7), (25, 4)))
        held += [
            found[f].one_low < t < found[f].one_high for f, t in (("raters-drawn", 0.5), ("raters-fixed", 1 / 1.7))
        ]
    assert np.all(np.abs(held / 600 - 0.95) < 0.029 + 0.01), held


def test_fleiss_is_the_published_value_and_for_two_raters_scott_s_pi() -> None:
    found = fleiss_kappa(FLEISS)
    assert found.estimate == pytest.approx(0.210, abs=5e-4)
    assert (found.cases, found.raters) == (10, 14)
    rng = np.random.default_rng(1)
    pair = rng.integers(0, 3, (60, 2))
    counts = (pair[:, :, None] == np.arange(3)).sum(axis=1)
    p = counts.sum(axis=0) / 120
    agreed, chance = float((pair[:, 0] == pair[:, 1]).mean()), float((p**2).sum())
    assert fleiss_kappa(counts).estimate == pytest.approx((agreed - chance) / (1 - chance), rel=1e-12)
    # Weighed by how often each answer is given or not, the answers' own kappas make the whole.
    share = np.array(FLEISS).sum(axis=0) / 140
    assert found.estimate == pytest.approx(np.average(found.by_answer, weights=share * (1 - share)), rel=1e-12)


def test_fleiss_s_error_is_that_of_raters_who_answer_by_chance() -> None:
    """2,000 worlds of 80 cases and 4 raters: the spread within 3.3 simulation errors (1.6% each) and what n leaves."""
    rng, p = np.random.default_rng(2), np.array([0.5, 0.3, 0.2])
    drawn = [fleiss_kappa(rng.multinomial(4, p, 80)) for _ in range(2000)]
    kappas, se = np.array([f.estimate for f in drawn]), np.mean([f.se_at_chance for f in drawn])
    assert np.std(kappas, ddof=1) == pytest.approx(se, rel=0.07)
    assert abs(np.mean([f.p < 0.05 for f in drawn]) - 0.05) < 3.3 * 0.0049 + 0.005


@pytest.mark.parametrize(
    ("scale", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_is_the_published_value(scale, printed) -> None:
    assert krippendorff_alpha(OBSERVED, scale) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_by_every_pair(scale) -> None:
    """All ordered pairs within a case, weighed by one less than its judgements, against all pairs whatever the case."""
    rng = np.random.default_rng(7)
    x = rng.integers(1, 5, (9, 4)).astype(float)
    x[rng.random(x.shape) < 0.25] = np.nan
    x = x[np.isfinite(x).sum(axis=1) >= 2]
    every = x[np.isfinite(x)]

    def gap(a: float, b: float) -> float:
        if scale == "nominal":
            return float(a != b)
        if scale == "interval":
            return (a - b) ** 2
        if scale == "ratio":
            return ((a - b) / (a + b)) ** 2
        low, high = min(a, b), max(a, b)
        between = ((every >= low) & (every <= high)).sum() - ((every == a).sum() + (every == b).sum()) / 2
        return 0.0 if a == b else float(between) ** 2

    seen = 0.0
    for row in x:
        given = row[np.isfinite(row)]
        seen += sum(gap(a, b) for a, b in permutations(given, 2)) / (given.size - 1)
    chance = sum(gap(a, b) for a, b in permutations(every, 2)) / (every.size - 1)
    assert krippendorff_alpha(x, scale) == pytest.approx(1 - seen / chance, rel=1e-12)


def test_what_cannot_be_told_is_refused() -> None:
    for wrong in (
        lambda: intraclass([[1, 2]]),
        lambda: intraclass([[1, np.nan], [2, 3]]),
        lambda: intraclass([[1, 1], [1, 1]]),
        lambda: fleiss_kappa([[1, 2], [2, 2]]),
        lambda: fleiss_kappa([[3, 0], [3, 0]]),
        lambda: fleiss_kappa([[0.5, 1.5]]),
        lambda: krippendorff_alpha([[1, np.nan], [np.nan, 2]]),
        lambda: krippendorff_alpha([[1, 1], [1, 1]]),
        lambda: krippendorff_alpha([[-1, 1], [1, 1]], "ratio"),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()
