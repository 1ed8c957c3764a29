"""Means, totals, ratios and variances of a sample, whole or by domain.

Source: Lumley 2010; Saerndal, Swensson and Wretman 1992.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray, rows_of
from arusha.surveys.estimation.design import Design, variance


@dataclass(frozen=True)
class Estimate:
    """One or several estimates with their covariance.

    ``values`` (k,), ``vcov`` (k, k), ``labels`` (k,), ``respondents`` (k,) answers behind each, ``degrees_of_freedom``
    of the design,
    ``design_effect`` (k,): variance over that of a simple random sample of the same size (NaN where it has no meaning).
    """

    values: FloatArray
    vcov: FloatArray
    labels: tuple[object, ...]
    respondents: tuple[int, ...]
    degrees_of_freedom: int
    design_effect: FloatArray

    @property
    def se(self) -> FloatArray:
        """Standard errors."""
        return np.sqrt(np.diag(self.vcov))

    def interval(self, level: float = 0.95) -> FloatArray:
        """Student's intervals with the design's degrees of freedom, (k, 2)."""
        half = float(student.ppf(0.5 + level / 2.0, max(self.degrees_of_freedom, 1))) * self.se
        return np.column_stack([self.values - half, self.values + half])


def columns(values: ArrayLike, size: int) -> FloatArray:
    """``values`` as (n, k) finite numbers."""
    found = _numeric(values)
    found = found[:, None] if found.ndim == 1 else found
    if found.ndim != 2 or found.shape[0] != size:
        raise SurveyError(
            f"values of shape {found.shape} for {size} respondents.", where="values", remedy="give one each."
        )
    wrong: BoolArray = np.any(~np.isfinite(found), axis=1)
    if wrong.any():
        raise SurveyError(
            f"{int(wrong.sum())} of {size} values are missing ({rows_of(wrong)}).",
            where="values",
            remedy="pass domain= with who answered: the sample stays whole and non-response can be shown.",
        )
    return found


def _numeric(values: ArrayLike) -> FloatArray:
    try:
        return np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise SurveyError(
            f"values are not numbers ({error}).",
            where="values",
            remedy="turn codes into numbers with arusha.surveys.coded.",
        ) from None


def within(domain: ArrayLike | None, size: int) -> BoolArray:
    """Who belongs to a domain; all where none is given."""
    if domain is None:
        return np.ones(size, np.bool_)
    found = np.asarray(domain)
    if found.shape != (size,) or found.dtype != np.bool_:
        raise SurveyError(
            "a domain that is not true or false for each respondent.", where="domain", remedy="compare first."
        )
    if not found.any():
        raise SurveyError("nobody belongs to the domain.", where="domain", remedy="check how the label is written.")
    return found


def prepared(design: Design, values: ArrayLike, domain: ArrayLike | None) -> tuple[FloatArray, BoolArray]:
    """Values with those outside a domain at 0, and who belongs to it."""
    inside = within(domain, design.size)
    given = np.array(_numeric(values))
    given[~inside] = 0.0
    return columns(given, design.size), inside


def mean(
    design: Design, values: ArrayLike, *, domain: ArrayLike | None = None, with_replacement: bool = False
) -> Estimate:
    """Weighted means of the columns of ``values``, among ``domain`` where one is given.

    The design effect compares with a simple random sample without replacement, or ``with_replacement``. The error of a
    domain that lies in one cluster is not known, and is NaN.
    """
    z, inside = prepared(design, values, domain)
    w = design.weights * inside
    at = (w @ z) / w.sum()
    influence = (z - at) * inside[:, None] / w.sum()
    vcov = variance(design, influence, lambda v: (v * inside) @ z / float(v @ inside), at)
    if design.one_cluster(inside):
        vcov = np.full_like(vcov, np.nan)
    size, population = int(inside.sum()), float(w.sum())
    spread = _spread(w, z, at, size)
    simple = spread * (1.0 if with_replacement else max(population - size, 0.0) / population) / size
    return Estimate(at, vcov, _numbered(at), (size,) * at.size, design.degrees_within(inside), _deff(vcov, simple))


def total(
    design: Design, values: ArrayLike, *, domain: ArrayLike | None = None, with_replacement: bool = False
) -> Estimate:
    """Weighted totals of the columns of ``values``, among ``domain`` where one is given; design effect as of
    :func:`mean`."""
    z, inside = prepared(design, values, domain)
    at = design.weights @ z
    vcov = variance(design, z * inside[:, None], lambda v: v @ z, at)
    size, population = design.size, float(design.weights.sum())
    spread = _spread(design.weights, z, at / population, size)
    simple = spread * population * (population if with_replacement else max(population - size, 0.0)) / size
    respondents = (int(inside.sum()),) * at.size
    return Estimate(at, vcov, _numbered(at), respondents, design.degrees_of_freedom, _deff(vcov, simple))


def ratio(design: Design, numerator: ArrayLike, denominator: ArrayLike, *, domain: ArrayLike | None = None) -> Estimate:
    """Ratio of two totals."""
    top, inside = prepared(design, numerator, domain)
    bottom, _ = prepared(design, denominator, domain)
    w = design.weights
    base = w @ bottom
    if np.any(base == 0.0):
        raise SurveyError("a ratio to a total of zero.", where="denominator", remedy="choose another base.")
    at = (w @ top) / base
    vcov = variance(design, (top - at * bottom) / base, lambda v: (v @ top) / (v @ bottom), at)
    if design.one_cluster(inside):
        vcov = np.full_like(vcov, np.nan)
    size = int(inside.sum())
    return Estimate(at, vcov, _numbered(at), (size,) * at.size, design.degrees_within(inside), np.full(at.size, np.nan))


def population_variance(design: Design, values: ArrayLike, *, domain: ArrayLike | None = None) -> Estimate:
    """Variance of a value in the population."""
    z, inside = prepared(design, values, domain)
    w = design.weights * inside
    size = int(inside.sum())
    at = (w @ z) / w.sum()
    found = mean(design, (z - at) ** 2 * size / (size - 1), domain=inside)
    if design.replicates is None:
        return found

    def again(v: FloatArray) -> FloatArray:
        own = v * inside / float(v @ inside)
        return np.asarray((own @ (z - own @ z) ** 2) * size / (size - 1))

    return replace(found, vcov=variance(design, z, again, found.values))


def _numbered(at: FloatArray) -> tuple[object, ...]:
    return tuple(range(at.size))


def _spread(w: FloatArray, z: FloatArray, at: FloatArray, size: int) -> FloatArray:
    if size < 2:
        return np.full(at.size, np.nan)
    return np.asarray((w @ (z - at) ** 2) / w.sum() * size / (size - 1))


def _deff(vcov: FloatArray, simple: FloatArray) -> FloatArray:
    effect: FloatArray = np.divide(np.diag(vcov), simple, out=np.full(simple.size, np.nan), where=simple > 0)
    return effect


def by_domain(
    design: Design, values: ArrayLike, domains: ArrayLike, *, statistic: Literal["mean", "total"] = "mean"
) -> Estimate:
    """Mean or total in each domain, with the covariance between domains.

    ``domains`` (n,) labels, kept as they are written, in any script. The estimate is labelled with them, in their
    order. The error of a mean of one cluster is not known, and is NaN: where offices were drawn and each is to be told,
    the office is a stratum, and who was asked in it the clusters.
    """
    labels, code = np.unique(np.asarray(domains), return_inverse=True)
    if code.shape != (design.size,):
        raise SurveyError("not one domain to each respondent.", where="domains", remedy="give one label to each.")
    z = columns(values, design.size)
    if z.shape[1] != 1:
        raise SurveyError("several values at once by domain.", where="values", remedy="give one column at a time.")
    member = code[:, None] == np.arange(labels.size)
    of_each = np.where(member, z, 0.0)
    if statistic == "mean":
        whole = design.weights @ member
        at = (design.weights @ of_each) / whole
        vcov = variance(design, member * (z - at) / whole, lambda v: (v @ of_each) / (v @ member), at)
        alone = [k for k in range(labels.size) if design.one_cluster(member[:, k])]
        vcov[alone, :] = vcov[:, alone] = np.nan
    else:
        at = design.weights @ of_each
        vcov = variance(design, of_each, lambda v: v @ of_each, at)
    return Estimate(
        at,
        vcov,
        tuple(labels.tolist()),
        tuple(int(c) for c in member.sum(axis=0)),
        design.degrees_of_freedom,
        np.full(labels.size, np.nan),
    )
