"""Randomised response: a die or a birthday stands between the answer and the respondent.

In every design the chance of a recorded yes is linear in the share that holds the item, ``slope * share + base``. That
is all an estimate needs, and all that an answer tells of a person.

Sources: Warner 1965 (mirrored); Greenberg et al. 1969 (unrelated question); Boruch 1971 (forced); Kuk 1990
(disguised); Yu, Tian and Tang 2008 (crosswise); Blair, Imai and Zhou 2015 (JASA 110:1304) for regression and power.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, IntArray, numbers, sampling_weights, yes_no
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix
from arusha.surveys.sensitive.mixture import EntryLaw, Errors, Mixture, best_of, covariance, log_logistic

SMALLEST_EFFECTIVE = 100.0
"""Fewest effective respondents, ``n * slope**2``. Below it the 95% interval of a share of 0.3 is wider than 0.2; its
coverage is as it says down to there (measured: benchmarks/list_coverage.py, docs/surveys.md)."""


@dataclass(frozen=True)
class RandomisedDesign:
    """How the device turns the truth into an answer: chance of a recorded yes = ``slope * share + base``.

    ``kind`` is forced, mirrored, crosswise, disguised or unrelated.
    """

    kind: str
    slope: float
    base: float

    def __post_init__(self) -> None:
        top = self.slope + self.base
        if not (0.0 <= self.base <= 1.0 and -1e-12 <= top <= 1.0 + 1e-12):
            raise SurveyError(
                f"chances of a yes of {self.base:g} without and {top:g} with the item.",
                where=f"{self.kind} design",
                remedy="give chances from 0 to 1 that together make at most 1.",
            )
        if abs(self.slope) < 1e-6:
            raise SurveyError(
                "the answer says nothing about the item: yes is as likely without it.",
                where=f"{self.kind} design",
                remedy="let the device ask the sensitive question more (or less) often than its opposite.",
            )


def forced(truth: float, yes: float) -> RandomisedDesign:
    """Truth with chance ``truth``, a forced yes with ``yes``, a forced no with the rest."""
    if not (0.0 < truth <= 1.0 and 0.0 <= yes <= 1.0 and truth + yes <= 1.0 + 1e-12):
        raise SurveyError("forced chances that do not fit into 1.", remedy="give truth + yes of at most 1.")
    return RandomisedDesign("forced", truth, yes)


def mirrored(asked: float) -> RandomisedDesign:
    """The sensitive statement with chance ``asked``, its opposite with the rest (Warner)."""
    return RandomisedDesign("mirrored", 2.0 * asked - 1.0, 1.0 - asked)


def crosswise(known: float) -> RandomisedDesign:
    """ "Both or neither" of the sensitive statement and an innocuous one that a share ``known`` holds; yes is "both or
    neither"."""
    return RandomisedDesign("crosswise", 2.0 * known - 1.0, 1.0 - known)


def disguised(with_item: float, without_item: float | None = None) -> RandomisedDesign:
    """A card from one of two stacks, named by its colour; red with chance ``with_item`` or ``without_item`` (Kuk).

    ``without_item`` is ``1 - with_item`` where it is not given.
    """
    other = 1.0 - with_item if without_item is None else without_item
    return RandomisedDesign("disguised", with_item - other, other)


def unrelated(asked: float, known: float) -> RandomisedDesign:
    """The sensitive question with chance ``asked``, else an innocuous one that a share ``known`` answers with yes."""
    return RandomisedDesign("unrelated", asked, (1.0 - asked) * known)


@dataclass(frozen=True)
class UnknownUnrelated:
    """Two groups that get the sensitive question with different chances; what the other answers say is estimated.

    Both the unrelated question with an unknown share of yes and the forced design whose forced answers are a yes with
    unknown chance.
    """

    asked: tuple[float, float]

    def __post_init__(self) -> None:
        first, second = self.asked
        if not (0.0 <= first <= 1.0 and 0.0 <= second <= 1.0) or abs(first - second) < 1e-6:
            raise SurveyError(
                f"the groups get the sensitive question with chances {first:g} and {second:g}.",
                where="unrelated design",
                remedy="give two different chances from 0 to 1.",
            )


@dataclass(frozen=True)
class RandomisedShare:
    """Share that holds the item by the method of moments; may lie below 0 or above 1, which is shown as it is.

    ``interval`` limits come from Wilson's interval of the recorded yes, carried over (normal where two groups were
    needed).
    ``unrelated`` is the estimated share of yes to the unrelated question, NaN where it was known.
    """

    estimate: float
    se: float
    low: float
    high: float
    level: float
    recorded_yes: float
    respondents: int
    unrelated: float = float("nan")


def enough(effective: float, smallest: float) -> None:
    """Refuse where the answers tell as much as fewer than ``smallest`` direct ones."""
    if effective < smallest:
        raise SurveyError(
            f"these answers tell as much as {effective:.0f} direct ones: under {smallest:g} an estimate means nothing.",
            where="answers",
            remedy="estimate for the whole administration, not for an office, or ask more people.",
        )


def randomised_share(
    answers: ArrayLike,
    design: RandomisedDesign | UnknownUnrelated,
    *,
    group: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    level: float = 0.95,
    smallest_effective: float = SMALLEST_EFFECTIVE,
) -> RandomisedShare:
    """Share that holds the sensitive item.

    Parameters
    ----------
    answers
        (n,) recorded answers, 0 or 1.
    design
        From :func:`forced`, :func:`mirrored`, :func:`crosswise`, :func:`disguised`, :func:`unrelated`, or
        :class:`UnknownUnrelated`.
    group
        (n,) 0 or 1, which chance each respondent had; with :class:`UnknownUnrelated` only.
    weights
        (n,) sampling weights; the error then counts as many respondents as Kish's effective sample has.
    smallest_effective
        Fewest effective respondents.

    Raises
    ------
    SurveyError
        For unusable answers, and where they tell too little for an estimate.
    """
    yes = yes_no(answers, "answers").astype(np.float64)
    w = sampling_weights(weights, yes.size)
    z = float(ndtri(0.5 + level / 2.0))
    if isinstance(design, RandomisedDesign):
        size = float(w.sum() ** 2 / (w @ w))
        enough(size * design.slope**2, smallest_effective)
        rate = float(np.average(yes, weights=w))
        estimate = (rate - design.base) / design.slope
        se = float(np.sqrt(rate * (1.0 - rate) / size)) / abs(design.slope)
        ends = sorted((end - design.base) / design.slope for end in _wilson(rate, size, z))
        return RandomisedShare(estimate, se, ends[0], ends[1], level, rate, yes.size)
    member = _groups(group, yes.size)
    first, second = design.asked
    rates, variances = [], []
    for own in (member == 0, member == 1):
        size = float(w[own].sum() ** 2 / (w[own] @ w[own]))
        rates.append(float(np.average(yes[own], weights=w[own])))
        variances.append(rates[-1] * (1.0 - rates[-1]) / size)
    gap = first - second
    enough(yes.size * gap**2, smallest_effective)
    estimate = ((1.0 - second) * rates[0] - (1.0 - first) * rates[1]) / gap
    se = float(np.sqrt((1.0 - second) ** 2 * variances[0] + (1.0 - first) ** 2 * variances[1])) / abs(gap)
    other = (first * rates[1] - second * rates[0]) / gap
    recorded = float(np.average(yes, weights=w))
    return RandomisedShare(estimate, se, estimate - z * se, estimate + z * se, level, recorded, yes.size, other)


def _wilson(rate: float, size: float, z: float) -> tuple[float, float]:
    """Wilson's interval with an effective sample that need not be whole."""
    middle = (rate + z * z / (2.0 * size)) / (1.0 + z * z / size)
    half = z * np.sqrt(rate * (1.0 - rate) / size + z * z / (4.0 * size * size)) / (1.0 + z * z / size)
    return float(middle - half), float(middle + half)


def _groups(group: ArrayLike | None, size: int) -> FloatArray:
    if group is None:
        raise SurveyError("which group a respondent was in is not given.", where="group", remedy="give 0 or 1 to each.")
    member = numbers(group, "groups", size)
    if set(np.unique(member)) != {0.0, 1.0}:
        raise SurveyError(
            "groups other than 0 and 1, or only one of them.", where="group", remedy="give 0 or 1 to each."
        )
    return member


def randomised_regression(
    answers: ArrayLike,
    design: RandomisedDesign | UnknownUnrelated,
    covariates: ArrayLike | None = None,
    *,
    group: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    errors: Errors | None = None,
    smallest_effective: float = SMALLEST_EFFECTIVE,
) -> SensitiveFit:
    """Logistic regression of the sensitive item on covariates, by maximum likelihood.

    Parameters are those of :func:`randomised_share`, and ``covariates`` (n, k) with a constant. The fit has a block
    ``sensitive``, and ``unrelated`` (the logit of the share of yes to the unrelated question) with
    :class:`UnknownUnrelated`. ``errors``: the covariance is the inverse observed ``information``, that of the outer
    product of the ``scores`` (as R's ``rr`` has it), or the ``sandwich`` (the default with weights).
    """
    yes = yes_no(answers, "answers")
    X = matrix(covariates, yes.size)
    w = sampling_weights(weights, yes.size)
    # Entries of a row: that he holds the item and answered so, that he does not and answered so.
    if isinstance(design, RandomisedDesign):
        enough(yes.size * design.slope**2, smallest_effective)
        of_yes = np.array([design.slope + design.base, design.base])
        chances = np.where(yes[:, None], of_yes, 1.0 - of_yes)
        sign = np.tile([1.0, -1.0], (yes.size, 1))
        head = np.zeros((yes.size, 2), np.int64)
        designs: dict[str, FloatArray] = {"sensitive": X}
        crude = (float(np.average(yes, weights=w)) - design.base) / design.slope
    else:
        member = _groups(group, yes.size)
        enough(yes.size * (design.asked[0] - design.asked[1]) ** 2, smallest_effective)
        asked = np.where(member == 0, *design.asked)
        chances = np.column_stack([asked, 1.0 - asked])
        sign = np.repeat(np.where(yes, 1.0, -1.0)[:, None], 2, axis=1)
        head = np.tile([0, 1], (yes.size, 1))
        designs = {"sensitive": X, "unrelated": np.ones((yes.size, 1))}
        crude = randomised_share(answers, design, group=group, weights=weights, smallest_effective=0.0).estimate
    possible = chances > 1e-12
    row = np.repeat(np.arange(yes.size), possible.sum(axis=1))
    law = _law(np.log(chances[possible]), sign[possible], head[possible], len(designs))
    start_of = np.searchsorted(row, np.arange(yes.size))
    model = Mixture(start_of, tuple(d[row] for d in designs.values()), law, w / w.mean())
    start = np.zeros(X.shape[1] + len(designs) - 1)
    start[0] = np.log(np.clip(crude, 0.03, 0.97) / (1.0 - np.clip(crude, 0.03, 0.97)))
    found = best_of(model, [start])
    blocks = {"sensitive": slice(0, X.shape[1])}
    if len(designs) > 1:
        blocks["unrelated"] = slice(X.shape[1], X.shape[1] + 1)
    return SensitiveFit(
        method="randomised",
        coefficients=found.coefficients,
        vcov=covariance(found, model.weights, errors or ("information" if weights is None else "sandwich")),
        blocks=blocks,
        loglik=found.point.loglik,
        respondents=yes.size,
        converged=found.converged,
        at_edge=edges(found.coefficients, blocks, designs),
    )


def _law(log_chance: FloatArray, sign: FloatArray, head: IntArray, heads: int) -> EntryLaw:
    """Log chance of each entry: the device's, and the logistic one of the head that it speaks of."""
    own = [np.flatnonzero(head == h) for h in range(heads)]

    def law(predictors: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        value = log_chance.copy()
        first, second = np.zeros((value.size, heads)), np.zeros((value.size, heads, heads))
        for h, at in enumerate(own):
            v, a, aa = log_logistic(predictors[at, h], sign[at])
            value[at] += v
            first[at, h] = a
            second[at, h, h] = aa
        return value, first, second

    return law


def inattention_bias(design: RandomisedDesign, share: float, inattentive: float) -> float:
    """How far a share is overstated (understated, below 0) where ``inattentive`` of the respondents answer by the toss
    of a coin."""
    recorded = design.slope * share + design.base
    return inattentive * (0.5 - recorded) / design.slope
