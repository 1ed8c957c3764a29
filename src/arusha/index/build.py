"""From raw indicators to an index, step by step: denominate, impute, screen, treat, normalise, aggregate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.errors import ArushaError
from arusha.index.aggregate import aggregated
from arusha.index.impute import imputed
from arusha.index.normalise import normalised
from arusha.index.structure import Structure
from arusha.index.treat import Treated, treated

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Recipe:
    """How an index is made. A step that is left out changes nothing.

    ``scale`` and ``combined`` are of the treatment of outliers (see ``treated``).
    ``normalisation`` and ``how`` hold for every indicator but those in ``own`` (code -> method and its arguments).
    ``aggregation``: a method for every level, or one a level from 2 up. ``enough``: the share of indicators that a
    unit needs to be kept; ``enough_within``: that it needs within a group to have a value of it.
    """

    imputation: str = "none"
    enough: float | None = None
    treat: bool = False
    drawn_in_at_most: int | None = 5
    scale: str = "log"
    combined: bool = False
    normalisation: str = "min-max"
    how: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    aggregation: str | tuple[str, ...] = "arithmetic"
    enough_within: float | None = None


@dataclass(frozen=True)
class Built:
    """An index with every step on the way: units x indicators after each step, and a value a unit for each group."""

    kept: BoolArray
    """Units that passed the screen; what follows has them only."""
    steps: Mapping[str, FloatArray]
    """``denominated``, ``imputed``, ``treated`` and ``normalised``, those that were asked for."""
    treatment: Mapping[str, Treated]
    groups: Mapping[str, FloatArray]


def build(
    values: ArrayLike,
    structure: Structure,
    recipe: Recipe | None = None,
    *,
    groups: ArrayLike | None = None,
    denominators: Mapping[str, ArrayLike] | None = None,
) -> Built:
    """An index of units x indicators, in the order of the structure's indicators. NaN is missing.

    Parameters
    ----------
    groups
        The unit's group, for imputation within groups.
    denominators
        Name -> one value a unit: an indicator with that denominator is divided by it.
    """
    recipe = recipe or Recipe()
    x = np.array(values, dtype=np.float64)
    indicators = structure.indicators
    if x.ndim != 2 or x.shape[1] != len(indicators):
        raise ArushaError(
            f"{x.shape[-1] if x.ndim else 0} columns for {len(indicators)} indicators",
            where="index",
            remedy="give units x indicators, in the order of the structure",
        )
    steps: dict[str, FloatArray] = {}
    if denominators is not None:
        steps["denominated"] = x = _denominated(x, structure, denominators)
    if recipe.imputation != "none":
        steps["imputed"] = x = np.column_stack([imputed(column, recipe.imputation, groups) for column in x.T])
    kept = np.ones(len(x), dtype=bool)
    if recipe.enough is not None:
        kept = np.mean(~np.isnan(x), axis=1) >= recipe.enough
        x = x[kept]
    done: dict[str, Treated] = {}
    if recipe.treat:
        done = {
            n.code: treated(x[:, k], recipe.drawn_in_at_most, scale=recipe.scale, combined=recipe.combined)
            for k, n in enumerate(indicators)
        }
        steps["treated"] = x = np.column_stack([done[n.code].values for n in indicators])
    columns = []
    for k, node in enumerate(indicators):
        method, how = recipe.own.get(node.code, (recipe.normalisation, recipe.how))
        columns.append(normalised(x[:, k], method, node.direction, **how))
    steps["normalised"] = x = np.column_stack(columns)
    found: dict[str, FloatArray] = {}
    for level in range(2, len(structure.levels) + 1):
        method = recipe.aggregation if isinstance(recipe.aggregation, str) else recipe.aggregation[level - 2]
        parts = {c: aggregated(x[:, at], method, w, recipe.enough_within) for c, at, w in structure.groups(level)}
        found |= parts
        x = np.column_stack(list(parts.values()))
    return Built(kept, steps, done, found)


def _denominated(x: FloatArray, structure: Structure, denominators: Mapping[str, ArrayLike]) -> FloatArray:
    out = x.copy()
    for k, node in enumerate(structure.indicators):
        if node.denominator is None:
            continue
        if node.denominator not in denominators:
            raise ArushaError(
                f"{node.code} is to be divided by {node.denominator}, which is not given",
                where="denominators",
                remedy="give one value a unit for it",
            )
        by = np.asarray(denominators[node.denominator], dtype=np.float64)
        if np.any(by == 0):
            raise ArushaError(
                f"{node.denominator} is 0 for unit {int(np.flatnonzero(by == 0)[0]) + 1}",
                where="denominators",
                remedy="leave the unit out, or leave its denominator empty",
            )
        out[:, k] /= by
    return out
