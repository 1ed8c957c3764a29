"""Cohen's kappa: R's vcd, by hand, its error by drawing tables anew, coverage by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.inference import cohen_kappa

# Kappa of vcd 1.4-11 (R 4.2.2): plain, weighed equally, weighed by squares; each with its error.
TABLES = [
    (
        [[44, 5, 1], [7, 20, 3], [9, 5, 6]],
        (0.49152542372881347, 0.072127459293340676),
        (0.47368421052631593, 0.076978909870306103),
        (0.45454545454545453, 0.093979697775726012),
    ),
    ([[20, 5], [10, 15]], *((0.39999999999999991, 0.12699606293110036),) * 3),
    (
        [[11, 3, 1, 0], [1, 9, 4, 1], [0, 2, 10, 3], [1, 0, 2, 12]],
        (0.59999999999999998, 0.078860193007323179),
        (0.70469798657718119, 0.068148397296731458),
        (0.78378378378378388, 0.073208001552621568),
    ),
]


@pytest.mark.parametrize(("table", "plain", "equal", "squared"), TABLES)
def test_beside_the_reference(table, plain, equal, squared):
    for distance, want in (("none", plain), ("equal", equal), ("squared", squared)):
        found = cohen_kappa(table, distance=distance)
        assert (found.estimate, found.se) == pytest.approx(want, rel=1e-12)
        turned = cohen_kappa(np.array(table).T, distance=distance)
        assert (turned.estimate, turned.se) == pytest.approx(want, rel=1e-12)


def test_by_hand():
    found = cohen_kappa([[20, 5], [10, 15]])
    assert (found.agreed, found.chance, found.cases) == pytest.approx((0.7, 0.5, 50))
    assert found.estimate == pytest.approx(0.4)
    full = cohen_kappa([[5, 0], [0, 7]])
    assert (full.estimate, full.high) == (1.0, 1.0)


def test_the_error_is_that_of_tables_drawn_anew():
    """2,000 multinomial tables of 400: within 3.3 standard errors of a standard deviation (1.6%) and what n leaves."""
    p = np.array(TABLES[2][0]) / 60
    draws = np.random.default_rng(1).multinomial(400, p.ravel(), 2000).reshape(-1, 4, 4)
    for distance in ("none", "squared"):
        again = np.std([cohen_kappa(t, distance=distance).estimate for t in draws], ddof=1)
        assert cohen_kappa(p * 6000, distance=distance).se * np.sqrt(6000 / 400) == pytest.approx(again, rel=0.06)


def test_coverage():
    """95% intervals of 1,000 tables of 100: 95 within 3.3 standard errors (0.69 points) and a point that n leaves."""
    p = np.array([[0.45, 0.05], [0.1, 0.4]])
    true = cohen_kappa(p * 100).estimate
    draws = np.random.default_rng(2).multinomial(100, p.ravel(), 1000).reshape(-1, 2, 2)
    held = np.mean([k.low < true < k.high for k in map(cohen_kappa, draws)])
    assert abs(held - 0.95) < 3.3 * 0.0069 + 0.01


def test_what_is_refused():
    with pytest.raises(ValueError, match="square"):
        cohen_kappa([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(ValueError, match="whole numbers"):
        cohen_kappa([[1.5, 2], [3, 4]])
    with pytest.raises(ValueError, match="cannot be told"):
        cohen_kappa([[9, 0], [0, 0]])
