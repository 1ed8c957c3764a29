"""What an index does not know: sampling, weights, normalisation, aggregation and imputation drawn together.

Each draw is a whole index, made anew. Everything that was assumed is varied at once, and the interval is what comes
out; which assumption it came from is asked with ``arusha.index.sensitivity``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.errors import ArushaError
from arusha.index.sensitivity import Indices, indices
from arusha.index.structure import Structure
from arusha.language.told import error_at

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

NORMALISATIONS = ("goalposts", "min-max", "z-score")
AGGREGATIONS = ("arithmetic", "geometric", "harmonic")
IMPUTATIONS = ("none", "mean", "median")
ASSUMPTIONS = ("sampling", "weights", "normalisation", "aggregation", "imputation")
FLOOR = 1.0
"""Scales of 0 to 100 are cut here before a geometric or harmonic mean, which have no value at 0."""


@dataclass(frozen=True)
class Doubts:
    """What is varied. One alternative is no doubt; the first of each is the declared choice.

    ``weights``: each weight moves by up to this share of itself, either way, each amount as likely.
    """

    weights: float = 0.25
    normalisation: tuple[str, ...] = ("goalposts",)
    aggregation: tuple[str, ...] = ("arithmetic", "geometric")
    imputation: tuple[str, ...] = ("none",)

    def __post_init__(self) -> None:
        for name, known in (
            ("normalisation", NORMALISATIONS),
            ("aggregation", AGGREGATIONS),
            ("imputation", IMPUTATIONS),
        ):
            given = getattr(self, name)
            wrong = [g for g in given if g not in known]
            if wrong or not given:
                raise error_at(
                    ArushaError,
                    "profile-not-varied",
                    "profile-some-of",
                    "doubts",
                    name=wrong[0] if wrong else "nothing",
                    part=name,
                    known=", ".join(known),
                )
        if not 0 <= self.weights < 1:
            raise error_at(
                ArushaError, "profile-weights-vary", "profile-weights-vary", "doubts", weights=f"{self.weights:g}"
            )


@dataclass(frozen=True)
class Draws:
    """Everything that one set of draws needs; each array has one entry a draw first."""

    noise: FloatArray
    """Draws x units x indicators, in standard errors."""
    weights: tuple[FloatArray, ...]
    """A level an entry: draws x nodes, what weights are multiplied by."""
    normalisation: IntArray
    aggregation: IntArray
    imputation: IntArray

    def mixed(self, other: Draws, assumption: str) -> Draws:
        """These, with one assumption of others."""
        name = {"sampling": "noise"}.get(assumption, assumption)
        return replace(self, **{name: getattr(other, name)})


@dataclass(frozen=True)
class Model:
    """An index whose assumptions can be drawn.

    ``values`` and ``errors`` (standard errors) are units x indicators; ``posts`` indicators x 2, the worst and the
    best value that an indicator can have, in its own direction; needed where goalposts are among the normalisations.
    """

    values: FloatArray
    errors: FloatArray
    structure: Structure
    doubts: Doubts
    posts: FloatArray | None = None

    @staticmethod
    def of(
        values: ArrayLike,
        errors: ArrayLike | None,
        structure: Structure,
        doubts: Doubts | None = None,
        posts: ArrayLike | None = None,
    ) -> Model:
        x = np.asarray(values, dtype=np.float64)
        doubts = doubts or Doubts()
        se = np.zeros_like(x) if errors is None else np.asarray(errors, dtype=np.float64)
        if x.ndim != 2 or x.shape[1] != len(structure.indicators) or se.shape != x.shape:
            raise ArushaError(
                "values and standard errors are not units x indicators of the structure",
                where="index",
                remedy="give both, in the order of the structure's indicators",
            )
        if np.any(se[~np.isnan(x)] < 0) or np.any(np.isnan(se) & ~np.isnan(x)):
            raise ArushaError(
                "a value has no standard error, or a negative one",
                where="index",
                remedy="give the standard error of every value; 0 only for what was counted without any chance",
            )
        p = None if posts is None else np.asarray(posts, dtype=np.float64)
        if "goalposts" in doubts.normalisation and (p is None or p.shape != (x.shape[1], 2)):
            raise ArushaError(
                "goalposts are not given for every indicator",
                where="index",
                remedy="give the worst and the best value of each indicator",
            )
        return Model(x, np.where(np.isnan(x), 0.0, se), structure, doubts, p)

    def draw(self, count: int, rng: np.random.Generator) -> Draws:
        by = self.doubts.weights
        return Draws(
            rng.standard_normal((count, *self.values.shape)),
            tuple(1.0 + by * rng.uniform(-1, 1, (count, len(level))) for level in self.structure.levels[:-1]),
            rng.integers(0, len(self.doubts.normalisation), count),
            rng.integers(0, len(self.doubts.aggregation), count),
            rng.integers(0, len(self.doubts.imputation), count),
        )

    def declared(self) -> Draws:
        """No doubt: the values as they are, the declared weights and the first of each alternative."""
        nothing = np.zeros(1, dtype=np.int64)
        weights = tuple(np.ones((1, len(level))) for level in self.structure.levels[:-1])
        return Draws(np.zeros((1, *self.values.shape)), weights, nothing, nothing, nothing)

    def run(self, draws: Draws) -> dict[str, FloatArray]:
        """Group -> draws x units, on a scale of 0 to 100 (z-scores: 50 and 10 a standard deviation)."""
        x = self.values + draws.noise * self.errors
        x = _each(draws.imputation, self.doubts.imputation, x, _imputed)
        direction = np.array([n.direction for n in self.structure.indicators], dtype=np.float64)
        posts = self.posts

        def scaled(part: FloatArray, method: str) -> FloatArray:
            return _scaled(part, method, direction, posts)

        x = _each(draws.normalisation, self.doubts.normalisation, x, scaled)
        found: dict[str, FloatArray] = {}
        for level in range(2, len(self.structure.levels) + 1):
            factor = draws.weights[level - 2]
            parts = []
            for code, at, weight in self.structure.groups(level):
                group = self._added(x[:, :, at], weight * factor[:, at], draws.aggregation)
                found[code] = group
                parts.append(group)
            x = np.stack(parts, axis=2)
        return found

    def _added(self, x: FloatArray, weights: FloatArray, choice: IntArray) -> FloatArray:
        """Draws x units x members, and draws x members: weighted means by each draw's own method."""
        w = np.where(np.isnan(x), 0.0, weights[:, None, :])
        total = w.sum(axis=2)
        w = np.divide(w, total[:, :, None], out=np.zeros_like(w), where=total[:, :, None] > 0)
        known = np.where(np.isnan(x), FLOOR, x)
        out = np.empty(x.shape[:2])
        for number, method in enumerate(self.doubts.aggregation):
            mine = choice == number
            part, weight = known[mine], w[mine]
            if method == "arithmetic":
                out[mine] = np.sum(weight * part, axis=2)
            elif method == "geometric":
                out[mine] = np.exp(np.sum(weight * np.log(np.maximum(part, FLOOR)), axis=2))
            else:
                out[mine] = 1.0 / np.maximum(np.sum(weight / np.maximum(part, FLOOR), axis=2), 1e-300)
        return np.where(total > 0, out, np.nan)


def _each(choice: IntArray, methods: Sequence[str], x: FloatArray, how: object) -> FloatArray:
    assert callable(how)
    if len(methods) == 1:
        return np.asarray(how(x, methods[0]))
    out = np.empty_like(x)
    for number, method in enumerate(methods):
        mine = choice == number
        out[mine] = how(x[mine], method)
    return out


def _imputed(x: FloatArray, method: str) -> FloatArray:
    if method == "none" or not np.isnan(x).any():
        return x
    centre = np.nanmean(x, axis=1) if method == "mean" else np.nanmedian(x, axis=1)
    return np.where(np.isnan(x), centre[:, None, :], x)


def _scaled(x: FloatArray, method: str, direction: FloatArray, posts: FloatArray | None) -> FloatArray:
    if method == "goalposts":
        assert posts is not None
        return np.asarray(np.clip((x - posts[:, 0]) / (posts[:, 1] - posts[:, 0]), 0.0, 1.0) * 100.0)
    turned = x * direction
    if method == "min-max":
        low = np.nanmin(turned, axis=1, keepdims=True)
        high = np.nanmax(turned, axis=1, keepdims=True)
        return np.asarray((turned - low) / np.where(high > low, high - low, np.nan) * 100.0)
    mean = np.nanmean(turned, axis=1, keepdims=True)
    sd = np.nanstd(turned, axis=1, ddof=1, keepdims=True)
    return np.asarray((turned - mean) / np.where(sd > 0, sd, np.nan) * 10.0 + 50.0)


@dataclass(frozen=True)
class Interval:
    """One number a unit (or a change): as declared, and what the draws leave of it."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    above: FloatArray
    """Share of the draws above 0: of a change, P(change > 0)."""


def intervals(
    model: Model, draws: int, seed: int, *, level: float = 0.9, changes: Sequence[tuple[int, int]] = ()
) -> tuple[dict[str, Interval], dict[str, Interval]]:
    """Levels of every group, one a unit, and ``changes`` (unit before, unit after) of every group."""
    rng = np.random.default_rng(seed)
    drawn, plain = model.run(model.draw(draws, rng)), model.run(model.declared())
    before, after = (np.array([c[k] for c in changes], dtype=np.int64) for k in (0, 1))

    def one(sample: FloatArray, estimate: FloatArray) -> Interval:
        low, high = np.quantile(sample, [(1 - level) / 2, (1 + level) / 2], axis=0)
        return Interval(estimate, low, high, np.mean(sample > 0, axis=0))

    levels = {code: one(sample, plain[code][0]) for code, sample in drawn.items()}
    if not changes:
        return levels, {}
    changed = {
        code: one(sample[:, after] - sample[:, before], (plain[code][:, after] - plain[code][:, before])[0])
        for code, sample in drawn.items()
    }
    return levels, changed


def shares_of_variance(
    model: Model, code: str, points: int, seed: int, *, unit: int, before: int | None = None, resamples: int = 200
) -> Mapping[str, tuple[float, float, float]]:
    """Assumption -> total index with its interval, for a group's value of one unit, or its change since ``before``.

    Total: the share of the variance that would be left, on average, if everything but this assumption were settled.
    """
    rng = np.random.default_rng(seed)
    one, two = model.draw(points, rng), model.draw(points, rng)

    def result(draws: Draws) -> FloatArray:
        values = model.run(draws)[code]
        return values[:, unit] - (values[:, before] if before is not None else 0.0)

    parts = [result(one), result(two), *(result(one.mixed(two, name)) for name in ASSUMPTIONS)]
    found: Indices = indices(np.concatenate(parts), points, resamples=resamples, rng=rng)
    return {
        name: (float(found.total[k]), float(found.total_low[k]), float(found.total_high[k]))
        for k, name in enumerate(ASSUMPTIONS)
    }
