"""Weights made to agree with what is known of the population, against non-response and for precision.

Sources: Deville and Saerndal 1992 (JASA 87:376); Deville, Saerndal and Sautory 1993 for raking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, IntArray, design_matrix, numbers
from arusha.surveys.estimation.design import Calibrated, Design, codes
from arusha.surveys.estimation.statistics import within

_ROUNDS = 1000


def _cells(labels: ArrayLike, totals: Mapping[object, float], size: int) -> tuple[IntArray, FloatArray]:
    found = np.asarray(labels)
    if found.shape != (size,):
        raise SurveyError("not one label to each respondent.", where="labels", remedy="give one to each.")
    names = list(totals)
    place = {name: i for i, name in enumerate(names)}
    unknown = sorted({str(x) for x in found.tolist() if x not in place})
    if unknown:
        raise SurveyError(
            f"no population total is known for {', '.join(unknown)}.",
            where="totals",
            remedy="give a total to every label of the sample, written as it is there.",
        )
    code = np.array([place[x] for x in found.tolist()])
    empty = [str(names[i]) for i in np.flatnonzero(np.bincount(code, minlength=len(names)) == 0)]
    if empty:
        raise SurveyError(
            f"nobody in the sample stands for {', '.join(empty)}.",
            where="totals",
            remedy="join the group to another one, in the sample and in the totals.",
        )
    known = numbers([totals[name] for name in names], "totals")
    if np.any(known <= 0.0):
        raise SurveyError("a total that is not above zero.", where="totals", remedy="leave the group out of both.")
    return code, known


def post_stratify(design: Design, labels: ArrayLike, totals: Mapping[object, float]) -> Design:
    """Weights that add up to ``totals`` in each group of ``labels``."""
    if design.replicates is not None:
        return _each(design, lambda plain: post_stratify(plain, labels, totals))
    code, known = _cells(labels, totals, design.size)
    factor = known / np.bincount(code, weights=design.weights)
    return _calibrated(design, design.weights * factor[code], _indicators([code]))


def standardise(
    design: Design,
    labels: ArrayLike,
    shares: Mapping[object, float],
    *,
    over: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Design:
    """Weights with which every group of ``over`` has the same make-up by ``labels``: direct standardisation.

    Parameters
    ----------
    labels
        (n,) what the groups are made alike in, such as rank or age.
    shares
        Label -> its share of the standard population; scaled to sum to 1.
    over
        (n,) the groups that are compared; all respondents together where none are given. Their totals stay.
    domain
        (n,) who is standardised, such as those who answered; the others keep their weights.

    Raises
    ------
    SurveyError
        For a group without a label that has a share, and a label without a share.
    """
    inside = within(domain, design.size)
    group = np.zeros(design.size, np.int64) if over is None else codes(over, "over", design.size)
    part = np.asarray(labels)
    if part.shape != (design.size,):
        raise SurveyError("not one label to each respondent.", where="labels", remedy="give one to each.")
    unknown = sorted({str(x) for x in part[inside].tolist() if x not in shares})
    whole = float(sum(shares.values()))
    if unknown or not whole > 0.0 or min(shares.values()) <= 0.0:
        raise SurveyError(
            f"no share above zero for {', '.join(unknown) or 'a label'}.",
            where="shares",
            remedy="give one to every label, or leave those respondents out by a domain.",
        )
    cell = np.empty(design.size, dtype=object)
    totals: dict[object, float] = {}
    for row, (own, g, here) in enumerate(zip(part.tolist(), group.tolist(), inside, strict=True)):
        cell[row] = (own, g) if here else None
    if not inside.all():
        totals[None] = float(design.weights[~inside].sum())
    for g in np.unique(group[inside]):
        size = float(design.weights[inside & (group == g)].sum())
        for label, share in shares.items():
            totals[label, int(g)] = size * float(share) / whole
            if not np.any(inside & (group == g) & (part == label)):
                raise SurveyError(
                    f"a group of {int((inside & (group == g)).sum())} respondents has nobody of {label}.",
                    where="over",
                    remedy="join small groups or labels first.",
                )
    return post_stratify(design, cell, totals)


def rake(
    design: Design,
    margins: Sequence[tuple[ArrayLike, Mapping[object, float]]],
    *,
    tolerance: float = 1e-10,
    errors: Literal["design", "plain"] = "design",
) -> Design:
    """Weights that add up to each of several margins, by post-stratifying to each in turn.

    Parameters
    ----------
    margins
        For each, the labels of the respondents and the population's totals.
    tolerance
        Ends when a round moves no total of a margin by more than this share of the population.
    errors
        Standard errors regress on the margins with the weights from before (``design``, as calibration theory has it),
        or without weights (``plain``, as R's ``survey`` does). The same where all weights were alike.
    """
    if design.replicates is not None:
        return _each(design, lambda plain: rake(plain, margins, tolerance=tolerance))
    cells = [_cells(labels, totals, design.size) for labels, totals in margins]
    populations = [float(known.sum()) for _, known in cells]
    if np.ptp(populations) > 1e-6 * populations[0]:
        raise SurveyError(
            f"the margins speak of populations of {', '.join(f'{p:g}' for p in populations)}.",
            where="totals",
            remedy="give margins of the same population.",
        )
    w = design.weights
    for _ in range(_ROUNDS):
        before = w
        for code, known in cells:
            w = w * (known / np.bincount(code, weights=w))[code]
        moved = max(np.abs(np.bincount(c, weights=w) - np.bincount(c, weights=before)).max() for c, _ in cells)
        if moved <= tolerance * populations[0]:
            plain = np.ones(design.size) if errors == "plain" else None
            return _calibrated(design, w, _indicators([code for code, _ in cells]), plain)
    raise SurveyError(
        "the margins cannot be met together by these respondents.", where="margins", remedy="join small groups first."
    )


def _indicators(many: list[IntArray]) -> FloatArray:
    return np.hstack([np.asarray(code[:, None] == np.arange(code.max() + 1), np.float64) for code in many])


def _calibrated(design: Design, weights: FloatArray, auxiliary: FloatArray, before: FloatArray | None = None) -> Design:
    done = Calibrated(auxiliary, design.weights if before is None else before)
    return replace(design, weights=weights, calibrations=(*design.calibrations, done))


def _each(design: Design, how: Callable[[Design], Design]) -> Design:
    """The weights of a design with replicates, and those of each replicate, calibrated alike."""
    again = design.replicates
    assert again is not None
    plain = replace(design, replicates=None)
    each = [how(replace(plain, weights=w)).weights for w in (again.full, *again.weights.T)]
    if not np.all(np.isfinite(each)):
        raise SurveyError("a group that a replicate has nobody of.", where="labels", remedy="join small groups first.")
    return replace(design, weights=each[0], replicates=replace(again, full=each[0], weights=np.column_stack(each[1:])))


def calibrate(
    design: Design,
    auxiliary: ArrayLike,
    totals: ArrayLike,
    *,
    distance: Literal["linear", "raking", "logit"] = "linear",
    bounds: tuple[float, float] | None = None,
) -> Design:
    """Weights near the old ones whose totals of ``auxiliary`` (n, q) are ``totals`` (q,).

    ``linear`` is the regression estimator and may give weights below zero, which is refused; ``raking`` keeps them
    above; ``logit`` keeps new over old weights within ``bounds`` (0.3 to 3 where none are given). The other two are cut
    at ``bounds`` where they are given.
    """
    if design.replicates is not None:
        return _each(design, lambda plain: calibrate(plain, auxiliary, totals, distance=distance, bounds=bounds))
    X = design_matrix(auxiliary, design.size, "auxiliary")
    wanted = numbers(totals, "totals", X.shape[1])
    low, high = bounds or ((0.3, 3.0) if distance == "logit" else (-np.inf, np.inf))
    if not low < 1.0 < high:
        raise SurveyError("bounds that do not hold 1.", where="bounds", remedy="give one below and one above 1.")
    scale = np.abs(X).max(axis=0)
    scaled, aim = X / scale, wanted / scale
    at = np.zeros(X.shape[1])
    for _ in range(200):
        factor, slope = _factors(scaled @ at, distance, low, high)
        missing = aim - (design.weights * factor) @ scaled
        if np.abs(missing).max() <= 1e-10 * max(1.0, float(np.abs(aim).max())):
            break
        hessian = scaled.T @ (scaled * (design.weights * slope)[:, None])
        at = at + np.linalg.lstsq(hessian, missing, rcond=None)[0]
    else:
        raise SurveyError(
            "no weights meet these totals.", where="totals", remedy="widen the bounds, or calibrate to fewer totals."
        )
    if np.any(factor <= 0.0):
        raise SurveyError(
            f"{int((factor <= 0).sum())} weights would be zero or below.",
            where="totals",
            remedy="use distance='raking' or 'logit'.",
        )
    return _calibrated(design, design.weights * factor, X)


def _factors(u: FloatArray, distance: str, low: float, high: float) -> tuple[FloatArray, FloatArray]:
    """New over old weight and its derivative, at a linear predictor."""
    if distance in ("linear", "raking"):
        free = 1.0 + u if distance == "linear" else np.exp(np.clip(u, -50.0, 50.0))
        slope = np.ones_like(u) if distance == "linear" else free
        return np.clip(free, low, high), np.where((free > low) & (free < high), slope, 0.0)
    steep = (high - low) / ((1.0 - low) * (high - 1.0))
    e = np.exp(np.clip(steep * u, -50.0, 50.0))
    bottom = (high - 1.0) + (1.0 - low) * e
    factor = (low * (high - 1.0) + high * (1.0 - low) * e) / bottom
    return factor, steep * (factor - low) * (high - factor) / (high - low)


def trim(design: Design, low: float = 0.0, high: float = np.inf, *, strict: bool = False) -> Design:
    """Weights cut at ``low`` and ``high``; what was cut is shared equally among the others.

    Those may then lie beyond the limits; ``strict`` cuts again until none does. Large weights make errors large, and
    cutting them biases estimates by what those respondents have in common.

    Raises
    ------
    SurveyError
        For limits that no weights with this sum can keep.
    """
    if design.replicates is not None:
        raise SurveyError("trimmed replicates.", where="design", remedy="trim before making replicates.")
    w = design.weights
    total = float(w.sum())
    if not low < high or (strict and not low * w.size <= total <= high * w.size):
        raise SurveyError("no weights keep these limits.", where="limits", remedy="widen them.")
    for _ in range(_ROUNDS):
        beyond = (w < low) | (w > high)
        if not beyond.any():
            break
        if beyond.all():
            raise SurveyError("every weight lies beyond the limits.", where="limits", remedy="widen them.")
        cut = np.clip(w, low, high)
        w = np.where(beyond, cut, w + float((w - cut).sum()) / int((~beyond).sum()))
        if not strict:
            break
    return replace(design, weights=w)
