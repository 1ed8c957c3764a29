"""Do values pile up at a threshold? Excess mass over a polynomial counterfactual of binned counts.

Sources: Chetty, Friedman, Olsen and Pistaferri (2011, QJE 126) for kinks, Kleven and Waseem (2013, QJE 128) for
notches; options as in Mavrokonstantis' R package bunching. Counts of bins near the threshold follow a polynomial,
except those of the bunching region, which have a level of their own; what lies above the polynomial there is excess.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Edge = Literal["middle", "lowest", "highest"]


@dataclass(frozen=True)
class Bins:
    """Counts of bins around a threshold."""

    at: FloatArray
    """The value that names each bin; the threshold is one of them."""
    step: IntArray
    """Bins from the threshold: 0 is its own."""
    count: FloatArray


@dataclass(frozen=True)
class Region:
    """What the counterfactual leaves out and allows for."""

    below: int = 0
    """Bins below the threshold's own that belong to the bunching region."""
    above: int = 0
    order: int = 9
    """Of the polynomial."""
    round_numbers: tuple[float, ...] = ()
    """Up to two: bins at their multiples have a level of their own, the same for all multiples."""
    levels: tuple[float, ...] = ()
    """Other bins with a level of their own."""


@dataclass(frozen=True)
class Excess:
    """Excess mass at a threshold."""

    mass: float
    """Observations above the counterfactual: of the whole region; of a notch, up to the threshold."""
    normalised: float
    """Mass over the counterfactual of a bin: how many bins' worth of observations moved."""
    height: float
    """Counterfactual of a bin: the mean of the region; of a notch, that at the threshold."""
    below: float
    """Excess up to the threshold."""
    above: float
    """Excess above it, within the region; less than nothing is missing mass."""
    counterfactual: FloatArray
    coefficients: FloatArray
    """Constant, threshold, other levels, powers of the step, round numbers, bins below and above, in this order."""
    se: FloatArray
    """Of the coefficients, by least squares."""
    residuals: FloatArray
    upper: int
    """Bins of the region above the threshold: as given, or where missing mass makes up for the excess."""
    dominated: float | None
    """Of a notch: observations over counterfactual in the region that nobody should choose."""
    iterations: int
    """Of the correction for the integration constraint; 0 without."""


def bins(values: ArrayLike, threshold: float, width: float, below: int, above: int, edge: Edge = "middle") -> Bins:
    """Counts of ``below`` bins under the threshold's and ``above`` over it.

    ``edge`` says where the threshold lies in its bin: in the middle (then the outermost bin on each side is left out,
    being half a bin), its lowest value (closed below), or its highest (closed above). Empty bins count 0.

    Raises
    ------
    ValueError
        For a width that is not above 0, or fewer than 6 bins on a side.
    """
    if not width > 0 or min(below, above) < 6:
        raise ValueError("a width above 0 and at least 6 bins on each side")
    v = np.asarray(values, dtype=np.float64).ravel()
    v = v[np.isfinite(v)]
    lowest = threshold - width * below
    # Edges made like the bins' names, so that a value on an edge falls where it should.
    edges = lowest + width * np.arange(below + above + 1)
    if edge == "middle":
        edges = edges + width / 2
        place = np.searchsorted(edges, v, side="right") - 1
        steps = np.arange(1 - below, above)
    elif edge == "lowest":
        place = np.searchsorted(edges, v, side="right") - 1
        steps = np.arange(-below, above)
    elif edge == "highest":
        place = np.searchsorted(edges, v, side="left") - 1
        steps = np.arange(1 - below, above + 1)
    else:
        raise ValueError(f"the edge is middle, lowest or highest, not {edge!r}")
    inside = (place >= 0) & (place < steps.size)
    count = np.bincount(place[inside], minlength=steps.size).astype(np.float64)
    at: FloatArray = threshold + width * steps.astype(np.float64)
    return Bins(at, steps.astype(np.int64), count)


def _design(b: Bins, region: Region) -> tuple[FloatArray, int]:
    """Columns of the regression, and how many of them come before the bins of the region."""
    columns = [np.ones(b.at.size), (b.step == 0).astype(float)]
    columns += [np.isclose(b.at, level).astype(float) for level in region.levels]
    columns += [b.step.astype(float) ** k for k in range(1, region.order + 1)]
    numbers = sorted(region.round_numbers)
    multiple = [np.isclose(np.abs(np.remainder(b.at + r / 2, r) - r / 2), 0, atol=1e-9 * r) for r in numbers]
    if len(numbers) == 2 and abs(numbers[1] / numbers[0] - round(numbers[1] / numbers[0])) < 1e-9:
        multiple[0] = multiple[0] & ~multiple[1]
    columns += [m.astype(float) for m in multiple]
    kept = len(columns)
    columns += [(b.step == -k).astype(float) for k in range(1, region.below + 1)]
    columns += [(b.step == k).astype(float) for k in range(1, region.above + 1)]
    return np.column_stack(columns), kept


class _Model:
    """The regression of one region, ready for many counts."""

    def __init__(self, b: Bins, region: Region) -> None:
        X, self.kept = _design(b, region)
        if np.linalg.matrix_rank(X / np.maximum(np.abs(X).max(axis=0), 1e-300)) < X.shape[1]:
            raise ValueError("too few bins for the polynomial, or two of its columns say the same")
        self.X, self.region, self.b = X, region, b
        # Powers of the step over its largest: the same fit without the loss of digits.
        self.scale = np.abs(X).max(axis=0)
        self.Q, R = np.linalg.qr(X / self.scale)
        self.Ri = np.linalg.inv(R)
        clean = X.copy()
        clean[:, 1] = 0.0
        clean[:, self.kept :] = 0.0
        self.clean = clean / self.scale

    def fit(self, count: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Coefficients (scaled) and the counterfactual: the fit without threshold and region."""
        beta = self.Ri @ (self.Q.T @ count)
        return beta, self.clean @ beta

    def excess(self, fitted_to: FloatArray, observed: FloatArray, notch: bool, dominated: int | None) -> Excess:
        """Excess of what was observed over the counterfactual that fits ``fitted_to``."""
        beta, counterfactual = self.fit(fitted_to)
        b, region = self.b, self.region
        lower = (b.step >= -region.below) & (b.step <= 0)
        higher = (b.step > 0) & (b.step <= region.above)
        over = observed - counterfactual
        below, above = float(over[lower].sum()), float(over[higher].sum())
        if notch:
            mass, height = below, float(counterfactual[b.step == 0][0])
        else:
            mass, height = below + above, float(counterfactual[lower | higher].mean())
        share = None
        if notch and dominated is not None:
            part = (b.step >= 1) & (b.step <= dominated)
            share = float(observed[part].sum() / counterfactual[part].sum()) if part.any() else None
        left = fitted_to - self.X / self.scale @ beta
        free = b.at.size - self.X.shape[1]
        with np.errstate(invalid="ignore", divide="ignore"):
            sigma = np.sqrt(np.float64(left @ left) / free) if free > 0 else np.nan
        return Excess(
            mass=mass,
            normalised=mass / height,
            height=height,
            below=below,
            above=above,
            counterfactual=counterfactual,
            coefficients=beta / self.scale,
            se=sigma * np.sqrt(np.sum(self.Ri**2, axis=1)) / self.scale,
            residuals=left,
            upper=region.above,
            dominated=share,
            iterations=0,
        )


def excess_mass(
    b: Bins,
    region: Region,
    *,
    notch: bool = False,
    find_upper: bool = False,
    dominated: int | None = None,
    integrate: bool = False,
    integrate_above_region: bool = False,
    most_iterations: int = 200,
) -> Excess:
    """Excess mass at the threshold of ``b``.

    Parameters
    ----------
    notch
        A jump instead of a bend in what is at stake: mass is what lies up to the threshold, and the bins above lose it.
    find_upper
        Of a notch: the region above grows by one bin at a time, as long as less is missing above than there is in
        excess below (``region.above`` is not looked at).
    dominated
        Of a notch: so many bins above the threshold nobody should choose.
    integrate
        Those who moved came from above: counts there are raised in proportion until the polynomial's area is that of
        the observations.
    integrate_above_region
        Raise only bins above the region.

    Raises
    ------
    ValueError
        Too few bins for the polynomial; a notch that misses more above than it has in excess below.
    """
    model, made = _fitted(b, region, b.count, notch, find_upper, dominated)
    if integrate:
        return _integrated(model, b.count, made, notch, dominated, integrate_above_region, most_iterations)
    return made


def _fitted(
    b: Bins, region: Region, count: FloatArray, notch: bool, find_upper: bool, dominated: int | None
) -> tuple[_Model, Excess]:
    if len(region.round_numbers) > 2 or any(r <= 0 for r in region.round_numbers):
        raise ValueError("up to two round numbers, above 0")
    if not (notch and find_upper):
        model = _Model(b, region)
        return model, model.excess(count, count, notch, dominated)
    model = _Model(b, replace(region, above=1))
    made = model.excess(count, count, notch, dominated)
    if -made.above > made.below:
        raise ValueError("more is missing above the threshold than is in excess below it: this is no notch")
    most = min(int(b.step.max()), b.at.size - model.X.shape[1] - 1)
    for upper in range(2, most + 1):
        wider = _Model(b, replace(region, above=upper))
        tried = wider.excess(count, count, notch, dominated)
        if -tried.above >= tried.below:
            break
        model, made = wider, tried
    return model, made


def _integrated(
    model: _Model,
    observed: FloatArray,
    made: Excess,
    notch: bool,
    dominated: int | None,
    above_region: bool,
    most: int,
) -> Excess:
    beyond = model.b.step > (model.region.above if above_region else 0)
    total = float(observed[beyond].sum())
    if not total > 0:
        raise ValueError("there is nothing above the threshold to raise")
    mass, done = made.mass, 0
    while done < most - 1:
        done += 1
        raised = observed * (1 + beyond * mass / total)
        made = model.excess(raised, observed, notch, dominated)
        gained, mass = mass - made.mass, made.mass
        if gained < 1:  # less than one observation
            break
    # What the bootstrap draws from: observations against the counterfactual, the region's excess included.
    return replace(made, residuals=made.counterfactual - observed, iterations=done)


@dataclass(frozen=True)
class Bootstrapped:
    """Excess mass in worlds whose counts were drawn anew."""

    mass: FloatArray
    normalised: FloatArray

    @property
    def mass_se(self) -> float:
        return float(self.mass.std(ddof=1))

    @property
    def normalised_se(self) -> float:
        return float(self.normalised.std(ddof=1))


def bootstrapped(
    b: Bins,
    region: Region,
    *,
    draws: int = 1000,
    seed: int = 1,
    residuals: Literal["pearson", "raw"] = "pearson",
    notch: bool = False,
    find_upper: bool = False,
    dominated: int | None = None,
    integrate: bool = False,
    integrate_above_region: bool = False,
    most_iterations: int = 200,
) -> Bootstrapped:
    """Worlds whose counts got residuals drawn with replacement; the other options are those of ``excess_mass``.

    "pearson": residuals of bins outside of the region over the root of their fit, made larger by as much as the fit
    took up, times the root of each bin's level; a full bin varies more than an empty one, as bins outside do.
    "raw" is what the R package does: plain residuals of all bins. Those of the region are 0, which makes the spread too
    small, or, after the correction for the integration constraint, the excess itself, which makes it too large.

    The region found for the observed counts is kept.
    """
    model, first = _fitted(b, region, b.count, notch, find_upper, dominated)
    options = (notch, dominated, integrate_above_region, most_iterations)
    random = np.random.default_rng(seed)
    if residuals == "raw":
        centre, unit = b.count, np.ones(b.at.size)
        pool = (_integrated(model, b.count, first, *options) if integrate else first).residuals
    else:
        inside = (b.step >= -model.region.below) & (b.step <= model.region.above)
        centre = np.where(inside, b.count, b.count - first.residuals)
        unit = np.sqrt(np.maximum(centre, 1.0))
        free = b.at.size - model.X.shape[1]
        if free < 1:
            raise ValueError("too few bins outside of the region for their scatter")
        pool = (first.residuals / unit)[~inside] * np.sqrt((~inside).sum() / free)
    mass, normalised = np.empty(draws), np.empty(draws)
    for k in range(draws):
        count = centre + unit * random.choice(pool, b.count.size)
        made = model.excess(count, count, notch, dominated)
        if integrate:
            made = _integrated(model, count, made, *options)
        mass[k], normalised[k] = made.mass, made.normalised
    return Bootstrapped(mass, normalised)
