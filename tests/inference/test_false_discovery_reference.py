"""q-values and local rates beside qvalue 2.30.0 and fdrtool 1.2.17 (R 4.2.2): every option, three sets of p-values."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from arusha.inference import grenander_fdr, local_fdr, storey_q

REFERENCE = json.loads((Path(__file__).parent / "false_discovery_reference.json").read_text("utf-8"))
TENTHS = np.arange(10) / 10
WAYS = {
    "smoother": {"as_smooth_spline": True},
    "smoother_logarithm": {"as_smooth_spline": True, "log": True},
    "bootstrap": {"method": "bootstrap"},
    "lambda_half": {"method": "fixed", "lambdas": 0.5},
    "lambda_none": {"method": "fixed", "lambdas": 0.0},
    "tenths": {"as_smooth_spline": True, "lambdas": TENTHS},
    "tenths_bootstrap": {"lambdas": TENTHS, "method": "bootstrap"},
    "positive": {"as_smooth_spline": True, "positive": True},
}


@pytest.fixture(params=["own", "hedenfalk", "fdrtool"])
def series(request, data):
    name = request.param
    if name == "own":
        return np.array(REFERENCE["own_p"]), REFERENCE["own"]
    file = {"hedenfalk": "hedenfalk_p.csv", "fdrtool": "fdrtool_pvalues.csv"}[name]
    return pd.read_csv(data(f"multiple_testing/{file}"))["p"].to_numpy(), REFERENCE[name]


@pytest.mark.parametrize("way", WAYS)
def test_q_values(series, way):
    """The spline solves a system of condition about 1e4 at every step of a search: 1e-11. The rest is plain: 1e-12."""
    p, reference = series
    want, found = reference[way], storey_q(p, **WAYS[way])
    near = 1e-11 if "as_smooth_spline" in WAYS[way] else 1e-12
    assert found.null_share == pytest.approx(want["null_share"], rel=near)
    np.testing.assert_allclose(found.q[: len(want["q"])], want["q"], rtol=near)


@pytest.mark.parametrize(("way", "cutoff"), [("local_fndr", None), ("local_pct0", 0.25)])
def test_rates_of_the_steepest_density(series, way, cutoff):
    p, reference = series
    want = reference[way]
    found = grenander_fdr(p, cutoff=None if cutoff is None else float(np.quantile(p, cutoff)))
    assert found.null_share == pytest.approx(want["null_share"], rel=1e-12)
    np.testing.assert_allclose(found.local[: len(want["local"])], want["local"], rtol=1e-11)
    np.testing.assert_allclose(found.q[: len(want["q"])], want["q"], rtol=1e-11)


@pytest.mark.parametrize(
    ("way", "options"),
    [
        ("kernel_probit", {}),
        ("kernel_logit", {"transform": "logit"}),
        ("kernel_wide", {"adjust": 2.0, "truncate": False, "monotone": False}),
    ],
)
def test_rates_of_the_kernel_density(series, way, options):
    """The reference draws a smoothing spline through its 512 points of density, ours goes through them."""
    p, reference = series
    want = np.array(reference[way])
    found = local_fdr(p, reference["smoother"]["null_share"], **options)[: want.size]
    # Where p is within some 1e-4 of 1 the density is nearly nought and the spline of the reference bends.
    inner = p[: want.size] < 0.995
    np.testing.assert_allclose(found[inner], want[inner], rtol=5e-4)


def test_rates_of_z_scores_with_an_empirical_null():
    """The reference stops its search for the spread of the null early, some 1e-5 of it away."""
    want = REFERENCE["normal"]
    found = grenander_fdr(REFERENCE["z_scores"], "z")
    assert found.cutoff == pytest.approx(want["cutoff"], rel=1e-12)
    assert found.null_sd == pytest.approx(want["null_sd"], rel=1e-4)
    assert found.null_share == pytest.approx(want["null_share"], rel=1e-4)
    assert found.null_share_se == pytest.approx(want["null_share_se"], rel=1e-4)
    # A z of ten standard deviations moves by a hundred times that, and is nothing by then.
    np.testing.assert_allclose(found.q, want["q"], rtol=1e-3, atol=1e-9)
    np.testing.assert_allclose(found.local, want["local"], rtol=1e-3, atol=1e-9)
