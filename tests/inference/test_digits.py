"""Leading digits: reference values, text of the numbers, every outcome of few values, size by simulation."""

from __future__ import annotations

import csv
from decimal import Decimal
from itertools import product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arusha.inference import benford, digit_conformity, digit_counts, leading_digits

FILES = {
    "corporate": ("corporate.payment.csv", "Amount"),
    "census2009": ("census.2009.csv", "pop.2009"),
    "sino": ("sino.forest.csv", "value"),
    "taxable": ("taxable.incomes.1978.csv", "taxIncomes"),
}


@pytest.fixture(scope="module")
def values(data):
    def read(name):
        file, column = FILES[name]
        with data(f"benford/{file}").open(encoding="utf-8") as lines:
            return np.array([float(row[column]) for row in csv.DictReader(lines)])

    return read


@pytest.mark.parametrize(("name", "digits"), [("corporate", 1), ("corporate", 2), ("census2009", 1), ("census2009", 2)])
def test_reference(golden, values, name, digits):
    want = golden("benford_exact_digits")[f"{name}_d{digits}"]
    counts = digit_counts(values(name), digits)
    np.testing.assert_array_equal(counts, want["freq"])
    found = digit_conformity(counts)
    assert (found.n, found.df) == (want["n"], want["df"])
    # Sums of up to 90 terms of doubles: 1e-12 leaves room for their order.
    assert found.mean_absolute_gap == pytest.approx(want["MAD"], rel=1e-12)
    assert found.chi2 == pytest.approx(want["chisq"], rel=1e-12)
    assert found.chi2_p == pytest.approx(want["p"], rel=1e-10)
    assert found.largest_cumulative_gap == pytest.approx(want["max_abs_cum_diff_KS"], rel=1e-12)
    assert found.euclidean == pytest.approx(want["euclid_d"], rel=1e-12)
    # A share within 1e-6 of what is expected loses digits in the subtraction.
    np.testing.assert_allclose(found.z, want["z_with_cc"], rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("name", ["sino", "taxable"])
@pytest.mark.parametrize("digits", [1, 2, 3])
def test_digits_are_those_of_the_text_of_every_value(values, name, digits):
    given = values(name)
    text = [repr(x).replace(".", "").lstrip("0")[:digits].ljust(digits, "0") if x > 0 else "0" for x in given.tolist()]
    np.testing.assert_array_equal(leading_digits(given, digits), [int(t) for t in text])


@settings(deadline=None, max_examples=300)
@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 3))
def test_any_number_that_can_be_stored(x, digits):
    found = int(leading_digits([x], digits, sign="both")[0])
    if x == 0:
        assert found == 0
    else:
        figures = "".join(map(str, Decimal(repr(abs(x))).as_tuple().digits))
        assert found == int(figures[:digits].ljust(digits, "0"))


@pytest.mark.parametrize("x", [1, 10, 1000, 0.1, 0.001, 0.29, 1.1, 8.2, 4.35, 99.99, 1e-300, 5e-324, 1e22, 36.08])
def test_values_at_a_boundary(x):
    figures = "".join(map(str, Decimal(repr(float(x))).normalize().as_tuple().digits)).ljust(2, "0")
    assert leading_digits([x], 2)[0] == int(figures[:2])


def test_values_without_digits():
    np.testing.assert_array_equal(leading_digits([0, -12, np.nan, 3]), [0, 0, 0, 3])
    np.testing.assert_array_equal(leading_digits([0, -12, np.nan, 3], sign="negative"), [0, 1, 0, 0])
    np.testing.assert_array_equal(leading_digits([0, -12, np.nan, 3], sign="both"), [0, 1, 0, 3])
    with pytest.raises(ValueError, match="finite"):
        leading_digits([np.inf])
    with pytest.raises(ValueError, match="digits"):
        leading_digits([1], 4)
    with pytest.raises(ValueError, match="counts"):
        digit_conformity(np.zeros(9))
    with pytest.raises(ValueError, match="counts"):
        digit_conformity([1, 2, 3])
    with pytest.raises(ValueError, match="expected"):
        digit_conformity(np.ones(9), expected=np.ones(9))


def test_the_law():
    assert benford(1)[0] == pytest.approx(np.log10(2), rel=1e-15)
    for digits in (1, 2, 3):
        assert benford(digits).sum() == pytest.approx(1.0, rel=1e-13)
    # The first digit of two is the first digit.
    np.testing.assert_allclose(benford(2).reshape(9, 10).sum(1), benford(1), rtol=1e-13)


def test_other_shares():
    law = np.full(9, 1 / 9)
    found = digit_conformity(np.full(9, 7), expected=law)
    assert (found.chi2, found.chi2_p, found.largest_cumulative_gap) == pytest.approx((0, 1, 0), abs=1e-12)


def test_drawn_p_against_every_outcome_of_three_values():
    """The exact p of three values by all 165 sets; 3.3 standard errors of 20,000 draws."""
    counts = np.array([0, 0, 1, 0, 0, 0, 0, 0, 2])
    law, n, draws = benford(1), 3, 20_000
    found = digit_conformity(counts, draws=draws, seed=5)
    chance = {"chi2": 0.0, "gap": 0.0}
    for outcome in product(range(n + 1), repeat=9):
        if sum(outcome) != n:
            continue
        other = digit_conformity(np.array(outcome))
        of = factorial(n) * np.prod(law ** np.array(outcome)) / np.prod([factorial(k) for k in outcome])
        chance["chi2"] += of * (other.chi2 >= found.chi2 * (1 - 1e-12))
        chance["gap"] += of * (other.largest_cumulative_gap >= found.largest_cumulative_gap * (1 - 1e-12))
    for drawn, exact in ((found.drawn_chi2_p, chance["chi2"]), (found.drawn_gap_p, chance["gap"])):
        assert abs(drawn - exact) < 3.3 * np.sqrt(exact * (1 - exact) / draws) + 1 / draws


def test_size_of_the_drawn_p_with_twenty_values():
    """400 sets of 20 values that follow the law: refused at 5% within 3.3 standard errors above."""
    random = np.random.default_rng(8)
    p = [digit_conformity(random.multinomial(20, benford(1)), draws=199, seed=i).drawn_chi2_p for i in range(400)]
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 3.3 * np.sqrt(0.05 * 0.95 / 400)
