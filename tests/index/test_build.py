"""The steps of an index in their order, by a case worked by hand; and what a structure refuses."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.errors import ArushaError
from arusha.index.build import Recipe, build
from arusha.index.structure import Node, Structure

NODES = [
    Node("a", 1, "left", 1.0, 1, "size"),
    Node("b", 1, "left", 3.0, -1),
    Node("c", 1, "right", 1.0),
    Node("left", 2, "all", 1.0),
    Node("right", 2, "all", 2.0),
    Node("all", 3, None),
]
STRUCTURE = Structure.of(NODES)
VALUES = np.array([[10.0, 1.0, 5.0], [40.0, 3.0, np.nan], [30.0, 2.0, 7.0]])
SIZE = {"size": [10.0, 10.0, 5.0]}


def test_an_index_by_hand() -> None:
    found = build(VALUES, STRUCTURE, Recipe(imputation="mean"), denominators=SIZE)
    np.testing.assert_allclose(found.steps["denominated"][:, 0], [1, 4, 6])
    np.testing.assert_allclose(found.steps["imputed"][:, 2], [5, 6, 7])
    a, b, c = np.array([0, 60, 100.0]), np.array([100, 0, 50.0]), np.array([0, 50, 100.0])
    np.testing.assert_allclose(found.steps["normalised"], np.column_stack([a, b, c]))
    left = (a + 3 * b) / 4
    np.testing.assert_allclose(found.groups["left"], left)
    np.testing.assert_allclose(found.groups["all"], (left + 2 * c) / 3)


def test_a_screen_takes_out_the_unit_and_a_group_without_enough_has_no_value() -> None:
    screened = build(VALUES, STRUCTURE, Recipe(enough=0.9), denominators=SIZE)
    assert screened.kept.tolist() == [True, False, True]
    assert len(screened.groups["all"]) == 2
    # Without its only member the group has no value, and the index is what is left.
    loose = build(VALUES, STRUCTURE, Recipe(), denominators=SIZE)
    assert np.isnan(loose.groups["right"][1])
    assert loose.groups["all"][1] == loose.groups["left"][1]
    strict = build(VALUES, STRUCTURE, Recipe(enough_within=0.6), denominators=SIZE)
    assert np.isnan(strict.groups["all"][1])


def test_a_method_of_its_own_and_one_for_each_level() -> None:
    recipe = Recipe(
        normalisation="min-max",
        how={"low": 1.0, "high": 10.0},
        own={"c": ("goalposts", {"low": 0.0, "high": 10.0, "scale": 10.0})},
        aggregation=("geometric", "arithmetic"),
    )
    found = build(VALUES, STRUCTURE, recipe)
    assert found.steps["normalised"][0, 2] == 5.0
    a, b = found.steps["normalised"][:, 0], found.steps["normalised"][:, 1]
    np.testing.assert_allclose(found.groups["left"], np.exp((np.log(a) + 3 * np.log(b)) / 4))


def test_outliers_are_treated_before_the_scale() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=(30, 3))
    values[4, 0] = 500.0
    plain, treated = build(values, STRUCTURE), build(values, STRUCTURE, Recipe(treat=True))
    assert treated.treatment["a"].how == "drawn in"
    assert treated.treatment["a"].moved == 1
    assert treated.treatment["b"].how == "none"
    # One unit alone had pressed all others to one end of the scale.
    assert np.std(plain.steps["normalised"][:, 0]) < np.std(treated.steps["normalised"][:, 0])


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        ([*NODES, Node("a", 1, "left")], "a is there twice"),
        ([*NODES, Node("d", 1, "all")], "no group one level up"),
        ([*NODES, Node("d", 1, "nowhere")], "no group one level up"),
        ([*NODES, Node("d", 1, "left", -1.0)], "the weight of d"),
        ([*NODES, Node("d", 1, "left", float("nan"))], "the weight of d"),
        ([*NODES, Node("d", 1, "left", 1.0, 2)], "the direction of d"),
        ([*NODES, Node("empty", 2, "all")], "empty has no member"),
        ([*NODES, Node("other", 3, None)], "do not end in one index"),
        (NODES[:3], "do not end in one index"),
    ],
)
def test_a_structure_that_does_not_hold_is_refused(nodes: list[Node], told: str) -> None:
    with pytest.raises(ArushaError, match=told):
        Structure.of(nodes)


def test_values_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ArushaError, match="2 columns for 3 indicators"):
        build(VALUES[:, :2], STRUCTURE)
    with pytest.raises(ArushaError, match="divided by size, which is not given"):
        build(VALUES, STRUCTURE, denominators={})
    with pytest.raises(ArushaError, match="size is 0 for unit 2"):
        build(VALUES, STRUCTURE, denominators={"size": [1.0, 0.0, 1.0]})


def test_a_structure_is_read_from_a_table_in_any_order() -> None:
    rows = [
        {"code": "all", "level": "2", "parent": "", "weight": "1"},
        {"code": "x", "level": "1", "parent": "all", "weight": "", "direction": "-1", "denominator": "NA"},
    ]
    found = Structure.read(rows)
    assert found.index == "all"
    assert found.indicators[0] == Node("x", 1, "all", 1.0, -1, None)
    with pytest.raises(ArushaError, match="a row cannot be read"):
        Structure.read([{"code": "x", "level": "one"}])
