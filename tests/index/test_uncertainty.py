"""Draws of an index against the same index made one draw at a time; indices against the closed form of Ishigami."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.errors import ArushaError
from arusha.index.build import Recipe, build
from arusha.index.sensitivity import design, indices
from arusha.index.structure import Node, Structure
from arusha.index.uncertainty import ASSUMPTIONS, Doubts, Model, intervals, shares_of_variance

NODES = [
    Node("a", 1, "left", 1.0),
    Node("b", 1, "left", 3.0, -1),
    Node("c", 1, "right"),
    Node("d", 1, "right"),
    Node("left", 2, "all", 2.0),
    Node("right", 2, "all", 1.0),
    Node("all", 3, None),
]
STRUCTURE = Structure.of(NODES)
POSTS = np.array([[0.0, 10.0], [8.0, -2.0], [0.0, 5.0], [0.0, 5.0]])


def values(rng: np.random.Generator, units: int = 6) -> np.ndarray:
    return rng.uniform(1.0, 4.0, (units, 4))


@pytest.mark.parametrize("method", ["goalposts", "min-max", "z-score"])
def test_each_draw_is_the_index_made_anew(method: str) -> None:
    """The whole path one draw at a time, through ``build``, which shares no code with the draws."""
    rng = np.random.default_rng(8)
    x = values(rng)
    x[2, 3] = np.nan
    doubts = Doubts(0.3, (method,), ("arithmetic", "geometric"), ("none", "mean"))
    model = Model.of(x, np.full_like(x, 0.2), STRUCTURE, doubts, POSTS)
    drawn = model.draw(12, rng)
    found = model.run(drawn)
    for k in range(12):
        first, second = (w[k] for w in drawn.weights)
        nodes = [
            Node(n.code, n.level, n.parent, n.weight * (first if n.level == 1 else second)[i], n.direction)
            for level in STRUCTURE.levels[:-1]
            for i, n in enumerate(level)
        ]
        structure = Structure.of([*nodes, NODES[-1]])
        own = {}
        if method == "goalposts":
            # The second indicator runs the other way: its sign is turned, and its posts are given from low to high.
            own = {
                n.code: ("goalposts", {"low": min(p), "high": max(p), "scale": 100.0})
                for n, p in zip(STRUCTURE.indicators, POSTS.tolist(), strict=True)
            }
        how = {"mean": 50.0, "sd": 10.0} if method == "z-score" else {}
        scaled = build(
            x + 0.2 * drawn.noise[k],
            structure,
            Recipe(
                imputation=doubts.imputation[drawn.imputation[k]],
                normalisation="min-max" if method == "goalposts" else method,
                how=how,
                own=own,
            ),
        )
        if doubts.aggregation[drawn.aggregation[k]] == "arithmetic":
            for code in ("left", "right", "all"):
                np.testing.assert_allclose(found[code][k], scaled.groups[code], rtol=1e-10)
        else:
            part = np.maximum(scaled.steps["normalised"][:, :2], 1.0)
            w = np.array([n.weight for n in nodes[:2]])
            np.testing.assert_allclose(found["left"][k], np.exp(np.log(part) @ w / w.sum()), rtol=1e-10)


def test_without_any_doubt_the_interval_is_the_number_itself() -> None:
    x = values(np.random.default_rng(1))
    model = Model.of(x, None, STRUCTURE, Doubts(0.0, aggregation=("arithmetic",)), POSTS)
    levels, changes = intervals(model, 50, 1, changes=[(0, 1)])
    for code, level in levels.items():
        np.testing.assert_allclose(level.low, level.estimate)
        np.testing.assert_allclose(level.high, level.estimate)
        assert changes[code].estimate[0] == pytest.approx(level.estimate[1] - level.estimate[0])


def test_sampling_alone_gives_the_interval_of_a_normal_mean() -> None:
    """90% of draws of a weighted mean lie within 1.645 of its standard error."""
    x = np.full((1, 4), 2.5)
    se = np.array([[0.1, 0.2, 0.05, 0.05]])
    model = Model.of(x, se, STRUCTURE, Doubts(0.0, aggregation=("arithmetic",)), POSTS)
    levels, _ = intervals(model, 20_000, 3)
    width = 100.0 * np.sqrt((0.25 * 0.1 / 10) ** 2 + (0.75 * 0.2 / 10) ** 2)
    # 1% of the distance: four standard errors of a 5% quantile of 20,000 draws.
    assert levels["left"].high[0] - levels["left"].estimate[0] == pytest.approx(1.645 * width, rel=0.05)
    assert levels["left"].estimate[0] - levels["left"].low[0] == pytest.approx(1.645 * width, rel=0.05)


def test_the_chance_of_a_rise_holds_what_it_says() -> None:
    """Of waves that differ by chance alone, the chance of a rise is even over 0 to 1."""
    rng = np.random.default_rng(4)
    truth = np.array([2.0, 3.0, 2.5, 2.5])
    seen = []
    for k in range(400):
        x = truth + 0.1 * rng.standard_normal((2, 4))
        model = Model.of(x, np.full((2, 4), 0.1), STRUCTURE, Doubts(0.0, aggregation=("arithmetic",)), POSTS)
        _, changes = intervals(model, 400, k, changes=[(0, 1)])
        seen.append(changes["all"].above[0])
    # Binomial with p 0.1 and 400 tries: 40 within 24 is four standard deviations.
    assert 16 <= np.sum(np.array(seen) < 0.1) <= 64
    assert 16 <= np.sum(np.array(seen) > 0.9) <= 64


def ishigami(x: np.ndarray) -> np.ndarray:
    u = (2 * x - 1) * np.pi
    return np.asarray(np.sin(u[:, 0]) + 7 * np.sin(u[:, 1]) ** 2 + 0.1 * u[:, 2] ** 4 * np.sin(u[:, 0]))


def test_indices_of_the_ishigami_function() -> None:
    """Closed form for a = 7, b = 0.1 (Ishigami and Homma 1990): .3139, .4424, 0; totals .5576, .4424, .2437."""
    rng = np.random.default_rng(11)
    found = indices(ishigami(design(40_000, 3, rng)), 40_000, resamples=200, level=0.99, rng=rng)
    # Standard errors at 40,000 points are about .012 (first) and .005 (total): five of them.
    np.testing.assert_allclose(found.first, [0.3139, 0.4424, 0.0], atol=0.06)
    np.testing.assert_allclose(found.total, [0.5576, 0.4424, 0.2437], atol=0.025)
    assert np.all(found.total_low < found.total)
    assert np.all(found.total < found.total_high)
    assert found.variance == pytest.approx(49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5, rel=0.03)


def test_a_design_changes_one_column_at_a_time() -> None:
    points = design(5, 3, np.random.default_rng(0))
    a, b, mixed = points[:5], points[5:10], points[10:].reshape(3, 5, 3)
    for k in range(3):
        others = [j for j in range(3) if j != k]
        np.testing.assert_array_equal(mixed[k][:, k], b[:, k])
        np.testing.assert_array_equal(mixed[k][:, others], a[:, others])
    with pytest.raises(ValueError, match="one number a point"):
        indices(np.zeros(7), 5)


def test_what_moves_the_result_is_told_from_what_does_not() -> None:
    x = np.array([[2.0, 3.0, 1.0, 4.0]])
    model = Model.of(x, np.full((1, 4), 1e-6), STRUCTURE, Doubts(0.4, aggregation=("arithmetic",)), POSTS)
    shares = shares_of_variance(model, "all", 400, 1, unit=0)
    assert set(shares) == set(ASSUMPTIONS)
    assert shares["weights"][0] == pytest.approx(1.0, abs=0.15)  # Jansen's estimator at 400 points: about .04 each
    for name in ("sampling", "normalisation", "aggregation", "imputation"):
        assert shares[name][0] < 1e-3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"errors": np.full((6, 4), np.nan)}, "no standard error"),
        ({"errors": np.full((6, 3), 0.1)}, "not units x indicators"),
        ({"posts": None}, "goalposts are not given"),
    ],
)
def test_a_model_that_lacks_something_is_refused(change: dict[str, object], told: str) -> None:
    x = values(np.random.default_rng(1))
    given = {"values": x, "errors": np.full_like(x, 0.1), "structure": STRUCTURE, "posts": POSTS} | change
    with pytest.raises(ArushaError, match=told):
        Model.of(**given)


def test_doubts_that_are_unknown_are_refused() -> None:
    with pytest.raises(ArushaError, match="no aggregation that can be varied"):
        Doubts(aggregation=("best",))
    with pytest.raises(ArushaError, match="cannot vary by 1"):
        Doubts(weights=1.0)
