"""Local false-discovery rates: the density by exact sums, the majorant by brute force, the rates by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from arusha.inference import grenander_fdr, local_fdr, storey_q


def mixed(seed: int, size: int = 3000, share: float = 0.8) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    null = random.random(size) < share
    z = random.normal(np.where(null, 0.0, 2.5), 1.0) * np.where(random.random(size) < 0.5, 1, -1)
    return z, null


@pytest.mark.parametrize("transform", ["probit", "logit"])
def test_the_density_is_the_sum_of_its_kernels(transform):
    p = 2 * stats.norm.sf(np.abs(mixed(1)[0]))
    found = local_fdr(p, 0.8, transform=transform, truncate=False, monotone=False)
    x = stats.norm.ppf(np.clip(p, 1e-8, 1 - 1e-8)) if transform == "probit" else np.log((p + 1e-8) / (1 - p + 1e-8))
    iqr = np.subtract(*np.quantile(x, [0.75, 0.25]))
    width = 1.5 * 0.9 * min(x.std(ddof=1), iqr / 1.34) * x.size**-0.2
    pick = np.argsort(p)[::60]
    density = np.array([stats.norm.pdf((v - x) / width).mean() / width for v in x[pick]])
    null = stats.norm.pdf(x[pick]) if transform == "probit" else np.exp(x[pick]) / (1 + np.exp(x[pick])) ** 2
    middle = slice(2, -2)  # at the ends the density rests on a value or two
    # 3e-3: a value is shared between the two cells beside it, which adds (cell / width)^2 / 6 of the curvature.
    assert found[pick][middle] == pytest.approx((0.8 * null / density)[middle], rel=3e-3)


def test_local_rates_rise_with_p_and_are_cut_at_1():
    p = 2 * stats.norm.sf(np.abs(mixed(2)[0]))
    found = local_fdr(p, 0.8)
    assert np.all(np.diff(found[np.argsort(p)]) >= 0)
    assert found.max() == 1.0
    gap = np.append(p, np.nan)
    assert np.isnan(local_fdr(gap, 0.8)[-1])
    with pytest.raises(ValueError, match="share of true nulls"):
        local_fdr(p, 0.0)


def test_among_those_with_a_local_rate_near_a_fifth_a_fifth_are_null():
    """40 worlds: among hypotheses whose local rate lies between 0.1 and 0.3, the share of nulls is their mean rate."""
    told: dict[str, list[float]] = {"kernel": [], "grenander": []}
    true: dict[str, list[float]] = {"kernel": [], "grenander": []}
    for seed in range(40):
        z, null = mixed(100 + seed)
        p = 2 * stats.norm.sf(np.abs(z))
        for name, rate in (("kernel", local_fdr(p, 0.8)), ("grenander", grenander_fdr(p).local)):
            near = (rate > 0.1) & (rate < 0.3)
            told[name] += rate[near].tolist()
            true[name] += null[near].astype(float).tolist()
    for name in told:
        # Grenander's estimate of the share of nulls is above the truth (false non-discovery): both err on that side.
        error = np.std(true[name]) / np.sqrt(len(true[name]))
        assert np.mean(true[name]) <= np.mean(told[name]) + 3.3 * error
        assert np.mean(told[name]) - np.mean(true[name]) < 0.06


def test_the_majorant_by_brute_force():
    """Each height of the least concave majorant is the highest chord over it; the last slope is the share of nulls."""
    random = np.random.default_rng(3)
    p = np.round(np.r_[random.random(60), random.random(20) ** 4], 3)
    found = grenander_fdr(p)
    share = found.null_share
    at, count = np.unique(p, return_counts=True)
    height = np.clip(np.cumsum(count) / p.size, share * at, 1 - share * (1 - at))
    at, height = np.r_[0.0, at, 1.0], np.r_[0.0, height, 1.0]
    height[-2] = 1 - share * (1 - at[-2])

    def over(t):
        best = np.max(height[at == t], initial=0.0)
        for i in range(at.size):
            for j in range(i + 1, at.size):
                if at[i] <= t <= at[j] and at[i] < at[j]:
                    best = max(best, height[i] + (height[j] - height[i]) * (t - at[i]) / (at[j] - at[i]))
        return best

    q = np.array([min(1.0, share * t / over(t)) for t in p])
    assert found.q == pytest.approx(q, abs=1e-12)
    slope = np.array([(over(t + 1e-6) - over(t)) / 1e-6 for t in p])
    assert found.local == pytest.approx(np.minimum(1.0, share / slope), abs=1e-4)


def test_the_share_of_nulls_is_what_lies_above_the_cutoff():
    p = 2 * stats.norm.sf(np.abs(mixed(4)[0]))
    found = grenander_fdr(p, cutoff=0.4)
    above = np.mean(p >= 0.4)
    assert found.null_share == pytest.approx(above / 0.6, rel=1e-12)
    assert found.within == np.sum(p >= 0.4)
    assert found.null_share_se == pytest.approx(np.sqrt(above * (1 - above) / (3000 * 0.36)), rel=1e-12)
    assert grenander_fdr(p).null_share == pytest.approx(0.8, abs=0.1)


def test_an_empirical_null_finds_its_spread():
    random = np.random.default_rng(5)
    z = np.r_[random.normal(size=5700), random.normal(6.0, 1.0, 300)]
    # The first guess of the cutoff believes the quartiles and is far out here; a cutoff that is given is not.
    assert grenander_fdr(1.7 * z, "z").cutoff > 5.0
    found = grenander_fdr(1.7 * z, "z", cutoff=3.0)
    assert found.null_sd == pytest.approx(1.7, abs=0.1)
    inside = (1.7 * z)[np.abs(1.7 * z) <= found.cutoff]

    def loss(s):
        return (
            inside.size * np.log(1 - 2 * stats.norm.sf(found.cutoff, scale=s))
            - stats.norm.logpdf(inside, scale=s).sum()
        )

    near = [loss(found.null_sd * f) for f in (0.999, 1.0, 1.001)]
    assert near[1] <= min(near)
    assert found.p == pytest.approx(2 * stats.norm.sf(np.abs(1.7 * z), scale=found.null_sd), rel=1e-12)


def test_published_p_values(data):
    """Two sets: q from either way agree where much is found, and local rates are no smaller than tail rates."""
    p = pd.read_csv(data("multiple_testing/fdrtool_pvalues.csv"))["p"].to_numpy()
    found = grenander_fdr(p)
    assert np.all(found.local >= found.q - 1e-12)
    other = storey_q(p)
    assert found.null_share == pytest.approx(other.null_share, abs=0.08)
    near = other.q < 0.2
    assert np.corrcoef(found.q[near], other.q[near])[0, 1] > 0.98


def test_what_has_no_local_rate_is_refused():
    with pytest.raises(ValueError, match="none missing"):
        grenander_fdr(np.array([0.1, np.nan, 0.2, 0.3, 0.4]))
    with pytest.raises(ValueError, match="at least 5"):
        local_fdr(np.array([0.1, 0.2]), 1.0)
    with pytest.raises(ValueError, match="above the cutoff"):
        grenander_fdr(np.full(10, 0.1), cutoff=0.5)
