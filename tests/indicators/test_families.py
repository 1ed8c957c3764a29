import numpy as np
import pytest

from arusha.indicators.families import office_q


def test_one_office_and_the_whole_rate_is_benjamini_and_hochberg() -> None:
    assert office_q([0.01, 0.04, 0.5], ["P"] * 3) == pytest.approx([0.03, 0.06, 0.5])


def test_half_of_the_rate_doubles_q() -> None:
    whole, half = (office_q([0.001, 0.2], ["P", "P"], share=s) for s in (1.0, 0.5))
    assert half == pytest.approx(np.minimum(2 * whole, 1.0))


def test_what_was_not_tested_counts_nowhere() -> None:
    found = office_q([0.01, np.nan, np.nan], ["P", "P", "Q"])
    assert found[0] == pytest.approx(0.01)
    assert np.isnan(found[1:]).all()
    assert office_q([], []).size == 0


def test_a_clean_question_of_two_kinds_flags_at_its_rate() -> None:
    rng = np.random.default_rng(1)
    offices = np.repeat([f"P{i}" for i in range(8)], 12)
    dirty = 0
    for _ in range(2000):
        q = np.concatenate([office_q(rng.random(96), offices, share=0.5) for _ in range(2)])
        dirty += bool(np.any(q <= 0.05))
    # 100 expected; three standard errors are 29.
    assert dirty <= 129
