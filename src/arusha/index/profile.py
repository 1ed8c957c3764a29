"""The integrity profile of one administration: ten factors, what they are made of, and what changed since last time.

Change comes before level. Every number has an interval over sampling, weights, aggregation and what was missing; a
factor of which nothing was asked is said to be empty, and one that only surveys speak of is said to be so. There is no
order of offices or administrations: a profile has one administration, seen once or twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from arusha.errors import ArushaError
from arusha.index.factors import FACTORS
from arusha.index.structure import Node, Structure
from arusha.index.uncertainty import Doubts, Model, intervals, shares_of_variance
from arusha.inference.multiplicity import adjust
from arusha.language.told import error as of
from arusha.language.told import error_at

SOURCES = ("survey", "records")
INDEX = "integrity profile"


@dataclass(frozen=True)
class Indicator:
    """One question of a survey, or one number from records, under one factor.

    ``worst`` and ``best`` are the values at which it would count 0 and 100: fixed by what the indicator means and not
    by the data, so that two waves can be compared. ``best`` may be under ``worst``.
    """

    code: str
    factor: str
    title: str
    source: str
    worst: float
    best: float
    weight: float = 1.0


@dataclass(frozen=True)
class Wave:
    """Values with their standard errors, by code of the indicator; an indicator that is absent was not measured."""

    name: str
    values: Mapping[str, float]
    errors: Mapping[str, float]


@dataclass(frozen=True)
class Result:
    """On a scale of 0 to 100. What concerns the change is None where there is one wave."""

    level: float
    low: float
    high: float
    change: float | None = None
    change_low: float | None = None
    change_high: float | None = None
    chance_of_rise: float | None = None
    q: float | None = None
    """Of a change either way: among the factors at the false discovery rate of Benjamini and Hochberg (1995)."""


@dataclass(frozen=True)
class Factor:
    """One factor. ``result`` is None where nothing was measured in the wave (in both, where there are two)."""

    id: str
    result: Result | None
    components: tuple[Indicator, ...]
    missing: tuple[str, ...]
    """Codes that were not measured in every wave: they are left out of levels and changes."""
    only_survey: bool
    worse_without: float | None
    """The level if the component that lifts it most were left out; None with one component."""
    beyond: tuple[str, ...] = ()
    """Codes with a value worse than their worst or better than their best: it counts 0 or 100."""


@dataclass(frozen=True)
class Profile:
    """Factors in the order of the Declaration, and the mean of those that were measured."""

    factors: tuple[Factor, ...]
    whole: Result
    waves: tuple[str, ...]
    draws: int
    level: float
    assumptions: Mapping[str, tuple[float, float, float]]
    """Where the uncertainty of the whole (of its change, with two waves) comes from: total index and interval."""


def profile(
    indicators: Sequence[Indicator],
    waves: Sequence[Wave],
    doubts: Doubts | None = None,
    *,
    draws: int = 2_000,
    seed: int = 1,
    level: float = 0.9,
) -> Profile:
    """A profile of the last of one or two waves.

    Raises
    ------
    ArushaError
        With the indicator and the remedy: an unknown factor, posts that are equal, a value without its standard error,
        a value of an indicator that is not declared, a survey's share that is none, two waves of one name, no indicator
        measured in every wave.
    """
    doubts = doubts or Doubts()
    if len(waves) not in (1, 2):
        raise error_at(ArushaError, "profile-waves", "profile-waves", "profile", n=len(waves))
    if doubts.normalisation != ("goalposts",) or doubts.imputation != ("none",):
        raise ArushaError(
            "a profile has no others to be put on a scale or filled in with",
            where="doubts",
            remedy="leave normalisation at goalposts and imputation at none",
        )
    _checked(indicators, waves)
    every = [i for i in indicators if all(i.code in w.values for w in waves)]
    if not every:
        raise error_at(ArushaError, "profile-none-common", "profile-ask-same", "profile")
    measured = [f for f in FACTORS if any(i.factor == f for i in every)]
    structure = Structure.of(
        [Node(i.code, 1, i.factor, i.weight) for i in every]
        + [Node(f, 2, INDEX) for f in measured]
        + [Node(INDEX, 3, None)]
    )
    values = np.array([[w.values[i.code] for i in every] for w in waves], dtype=np.float64)
    errors = np.array([[w.errors[i.code] for i in every] for w in waves], dtype=np.float64)
    posts = np.array([[i.worst, i.best] for i in every], dtype=np.float64)
    model = Model.of(values, errors, structure, doubts, posts)
    last = len(waves) - 1
    p = dict.fromkeys([*measured, INDEX], np.nan)
    pairs = [(0, 1)] if last else []
    levels, changes = intervals(model, draws, seed, level=level, changes=pairs)
    if last:
        # The smaller side of the draws, twice; one draw more on that side, so that no chance is ever 0.
        p = {c: min(1.0, 2 * (draws * min(v.above[0], 1 - v.above[0]) + 1) / (draws + 1)) for c, v in changes.items()}
    q = {**dict(zip(measured, adjust([p[f] for f in measured]).tolist(), strict=True)), INDEX: p[INDEX]}

    def result(code: str) -> Result:
        now = levels[code]
        plain = Result(float(now.estimate[last]), float(now.low[last]), float(now.high[last]))
        if not last:
            return plain
        c = changes[code]
        return Result(
            plain.level,
            plain.low,
            plain.high,
            float(c.estimate[0]),
            float(c.low[0]),
            float(c.high[0]),
            float(c.above[0]),
            float(q[code]),
        )

    scaled = 100.0 * np.clip((values[last] - posts[:, 0]) / (posts[:, 1] - posts[:, 0]), 0.0, 1.0)
    outside = ((values < posts.min(axis=1)) | (values > posts.max(axis=1))).any(axis=0)
    factors = []
    for name in FACTORS:
        parts = tuple(i for i in indicators if i.factor == name)
        at = [k for k, i in enumerate(every) if i.factor == name]
        without = None
        if len(at) > 1:
            w = np.array([every[k].weight for k in at])
            rest = []
            for j in range(w.size):
                others = np.delete(w, j)
                rest.append(np.delete(scaled[at], j) @ others / others.sum() if others.any() else np.nan)
            without = float(np.nanmin(rest)) if np.isfinite(rest).any() else None
        factors.append(
            Factor(
                name,
                result(name) if at else None,
                parts,
                tuple(i.code for i in parts if i not in every),
                bool(parts) and all(i.source == "survey" for i in parts),
                without,
                tuple(every[k].code for k in at if outside[k]),
            )
        )
    shares = shares_of_variance(model, INDEX, max(draws // 4, 2), seed, unit=last, before=0 if last else None)
    varied = {"sampling": bool(np.any(errors > 0)), "weights": doubts.weights > 0, "aggregation": True}
    told = {k: v for k, v in shares.items() if varied.get(k) and np.isfinite(v[0])}
    return Profile(tuple(factors), result(INDEX), tuple(w.name for w in waves), draws, level, told)


def _checked(indicators: Sequence[Indicator], waves: Sequence[Wave]) -> None:
    codes = [i.code for i in indicators]
    for i in indicators:
        if codes.count(i.code) > 1:
            raise error_at(ArushaError, "profile-code-twice", "profile-own-code", "profile-indicator", code=i.code)
        if i.factor not in FACTORS:
            raise error_at(
                ArushaError,
                "profile-no-factor",
                "profile-choose",
                "profile-indicator",
                code=i.code,
                factor=repr(i.factor),
                known=", ".join(FACTORS),
            )
        if i.source not in SOURCES:
            raise error_at(
                ArushaError, "profile-source", "profile-source", "profile-indicator", code=i.code, source=repr(i.source)
            )
        if not (np.isfinite(i.worst) and np.isfinite(i.best)) or i.worst == i.best:
            raise error_at(ArushaError, "profile-worst-best", "profile-worst-best", "profile-indicator", code=i.code)
    if len({w.name for w in waves}) < len(waves):
        raise of(ArushaError, "sv-waves-named", "sv-waves-named", where="waves")
    # Posts from 0 to 1 of a survey are those of a share: 41 there is a percentage, and would count as all or none.
    shares = {
        i.code for i in indicators if i.source == "survey" and 0 <= min(i.worst, i.best) < max(i.worst, i.best) <= 1
    }
    for wave in waves:
        for code, value in wave.values.items():
            if code not in codes:
                raise error_at(
                    ArushaError,
                    "profile-undeclared",
                    "profile-declare",
                    "profile-wave-indicator",
                    name=wave.name,
                    code=code,
                )
            error = wave.errors.get(code)
            if error is None or not np.isfinite(error) or error < 0 or not np.isfinite(value):
                raise error_at(
                    ArushaError,
                    "profile-no-number",
                    "profile-both",
                    "profile-wave-indicator",
                    name=wave.name,
                    code=code,
                )
            if code in shares and not 0 <= value <= 1:
                raise error_at(
                    ArushaError,
                    "sv-no-share",
                    "sv-no-share",
                    "profile-wave-indicator",
                    name=wave.name,
                    code=code,
                    value=f"{value:g}",
                )
