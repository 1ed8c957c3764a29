"""Nulls fitted to correlations and z-scores with each way of cutting: R's fdrtool, the law itself, and rates found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import integrate, stats

from arusha.inference import grenander_fdr
from arusha.inference.local_false_discovery import _R

Z_SCORES = json.loads((Path(__file__).parent / "false_discovery_reference.json").read_text("utf-8"))["z_scores"]


def correlations(seed: int, size: int = 600, shift: float = 0.6) -> np.ndarray:
    """Of pairs with 30 degrees of freedom; the first 15% are moved by ``shift`` on Fisher's scale."""
    draw = np.random.default_rng(seed)
    t = stats.t.ppf(draw.random(size), 29.0)
    r = t / np.sqrt(29.0 + t * t)
    some = size * 15 // 100
    r[:some] = np.tanh(np.arctanh(r[:some]) + shift * np.where(draw.random(some) < 0.5, 1, -1))
    return np.round(r, 8)


# fdrtool 1.2.17 (R 4.2.2): cutoff, how many within, share of nulls and its error, degrees of freedom (z: standard
# deviation), q of the first four, q under 5%.
REFERENCE = {
    ("r", None): (
        0.499341880662,
        546,
        0.921478804817,
        0.0118306956944,
        23.2554346189,
        [0.01400819296, 0.07465725839],
        36,
    ),
    ("r", "share"): (
        0.2795733525,
        450,
        0.881434182677,
        0.0207756029247,
        27.0651343149,
        [0.003985982588, 0.034962440910],
        53,
    ),
    ("r", "spread"): (
        0.436179759527,
        535,
        0.920922213384,
        0.0131047008286,
        23.3351112308,
        [0.01364769058, 0.07349859866],
        38,
    ),
    ("z", None): (2.853954585, 217, 0.931653185211, 0.0195786482235, 1.31113817328, [0.8590432651, 0.8507633740], 13),
    ("z", "share"): (1.6747525, 180, 0.990298531026, 0.0369062472232, 1.43339435591, [0.9802720569, 0.9791032423], 8),
    ("z", "spread"): (
        3.28764372807,
        222,
        0.937264099061,
        0.0172272567598,
        1.32488949312,
        [0.8709692392, 0.8633963795],
        13,
    ),
}


@pytest.mark.parametrize(("kind", "cutoff"), list(REFERENCE))
def test_beside_the_reference(kind: str, cutoff: str | None) -> None:
    """The reference's search for the null ends some 1e-5 of it early, as with z-scores elsewhere; cutoffs agree."""
    at, within, share, error, null, q, below = REFERENCE[kind, cutoff]
    values = correlations(11) if kind == "r" else np.array(Z_SCORES)
    found = grenander_fdr(values, kind, cutoff=cutoff)  # type: ignore[arg-type]
    assert found.cutoff == pytest.approx(at, rel=1e-9)
    assert found.within == within
    assert found.null_share == pytest.approx(share, rel=1e-4)
    assert found.null_share_se == pytest.approx(error, rel=1e-4)
    assert (found.degrees if kind == "r" else found.null_sd) == pytest.approx(null, rel=1e-4)
    assert found.q[:2] == pytest.approx(q, rel=1e-4)
    assert int((found.q < 0.05).sum()) == below
    if kind == "r":
        assert found.null_sd == pytest.approx(found.degrees**-0.5, rel=1e-12)


def test_the_law_of_correlations() -> None:
    """Density by quadrature to 1 and to the tails told; the spread that it is named by."""
    for degrees in (3.0, 10.0, 200.0):

        def density(r: float, k: float = degrees) -> float:
            return float(np.exp(_R.log_density(np.array([r]), k))[0])

        assert 2 * integrate.quad(density, 0, 1)[0] == pytest.approx(1.0, abs=1e-8)
        assert 2 * integrate.quad(density, 0.2, 1)[0] == pytest.approx(
            float(_R.tails(np.array([0.2]), degrees)[0]), abs=1e-8
        )
        variance = 2 * integrate.quad(lambda r: r * r * density(r), 0, 1)[0]
        assert variance == pytest.approx(1.0 / degrees, rel=1e-7)


def test_correlations_of_drawn_pairs_have_the_null_of_their_number() -> None:
    """2,000 correlations of 22 unrelated pairs: 21 degrees of freedom, within 3.3 errors of a variance's (2%)."""
    draw = np.random.default_rng(2)
    a, b = draw.normal(size=(2, 2000, 22))
    a, b = (v - v.mean(axis=1, keepdims=True) for v in (a, b))
    r = np.sum(a * b, axis=1) / np.sqrt(np.sum(a * a, axis=1) * np.sum(b * b, axis=1))
    found = grenander_fdr(r, "r", cutoff="share", kept=0.99)
    assert found.degrees == pytest.approx(21.0, rel=3.3 * np.sqrt(2.0 / 2000))
    assert found.null_share > 0.97


@pytest.mark.parametrize("cutoff", [None, "share", "spread"])
def test_false_ones_among_those_found(cutoff: str | None) -> None:
    """30 worlds of 600 correlations: at most 10% false among those with q up to 0.1, within 3.3 standard errors."""
    shares = []
    for seed in range(30):
        found = grenander_fdr(correlations(100 + seed, shift=0.9), "r", cutoff=cutoff).q <= 0.1  # type: ignore[arg-type]
        shares.append(found[90:].sum() / max(found.sum(), 1))
    assert np.mean(shares) <= 0.1 + 3.3 * np.std(shares) / np.sqrt(30)


def test_what_is_refused() -> None:
    r = correlations(1)
    with pytest.raises(ValueError, match="between -1 and 1"):
        grenander_fdr(np.append(r, 1.0), "r")
    with pytest.raises(ValueError, match="share or spread"):
        grenander_fdr(r, "r", cutoff="narrow")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no spread"):
        grenander_fdr(np.abs(r), "p", cutoff="spread")
    p = np.abs(r)
    assert grenander_fdr(p, cutoff="share", kept=0.6).cutoff == pytest.approx(float(np.quantile(p, 0.4)))
