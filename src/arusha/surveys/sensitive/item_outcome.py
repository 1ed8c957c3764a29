"""What goes with a sensitive item that nobody admits: an outcome regressed on it, in one likelihood with the answers.

Who holds the item is not known of anybody; each respondent counts with the chance that he does, given his answer, his
covariates and his outcome. Guessing the item first and regressing afterwards would draw every coefficient towards 0.
The law of the outcome is believed: where a linear outcome has two humps, the item may be made to explain them. Look at
the share that the model gives beside that of the list alone.

Sources: Imai, Park and Greene 2015 (Political Analysis 23:180) for lists; Blair, Imai and Zhou 2015 (JASA 110:1304,
section 3.3) for randomised response.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, IntArray, list_answers, numbers, sampling_weights, yes_no
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of
from arusha.surveys.sensitive.count_laws import binomial
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix
from arusha.surveys.sensitive.list_likelihood import hidden_states, list_likelihood
from arusha.surveys.sensitive.mixture import EntryLaw, Errors, Mixture, covariance, evaluate, log_logistic, maximise
from arusha.surveys.sensitive.randomised import (
    SMALLEST_EFFECTIVE,
    RandomisedDesign,
    enough,
    randomised_regression,
)
from arusha.surveys.sensitive.randomised_reference import truthful_only

Kind = Literal["logistic", "linear"]
_STEPS = 1500


def _outcome(values: ArrayLike, kind: Kind, size: int) -> FloatArray:
    if kind == "logistic":
        return yes_no(values, "outcome", size).astype(np.float64)
    return numbers(values, "outcome", size)


def _law(
    known: FloatArray, count: IntArray | None, items: int, holds: IntArray, outcome: FloatArray, heads: dict[str, int]
) -> EntryLaw:
    """Log chance of entries: the device's (or the innocuous count's), the item's, and the outcome's given the item."""
    sign = 2.0 * np.asarray(holds, np.float64) - 1.0
    width = len(heads)
    of_outcome, spread = heads["outcome"], heads.get("outcome spread")

    def law(predictors: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        value, size = known.copy(), known.size
        first, second = np.zeros((size, width)), np.zeros((size, width, width))

        def add(h: int, part: tuple[FloatArray, FloatArray, FloatArray]) -> None:
            value[:] += part[0]
            first[:, h] = part[1]
            second[:, h, h] = part[2]

        if count is not None:
            add(heads["control"], binomial(count, items, predictors[:, heads["control"]]))
        add(heads["sensitive"], log_logistic(predictors[:, heads["sensitive"]], sign))
        at = predictors[:, of_outcome]
        if spread is None:
            add(of_outcome, log_logistic(at, 2.0 * outcome - 1.0))
            return value, first, second
        log_variance = predictors[:, spread]
        precision = np.exp(-np.clip(log_variance, -700.0, 700.0))
        left = outcome - at
        add(
            of_outcome,
            (-0.5 * (np.log(2.0 * np.pi) + log_variance + left**2 * precision), left * precision, -precision),
        )
        first[:, spread] = 0.5 * (left**2 * precision - 1.0)
        second[:, spread, spread] = -0.5 * left**2 * precision
        second[:, of_outcome, spread] = second[:, spread, of_outcome] = -left * precision
        return value, first, second

    return law


def _fitted(
    model: Mixture,
    designs: dict[str, FloatArray],
    starts: list[dict[str, FloatArray]],
    seen: dict[str, FloatArray],
    method: str,
    respondents: int,
    errors: Errors,
) -> SensitiveFit:
    ends = np.cumsum([d.shape[1] for d in designs.values()])
    blocks = {name: slice(int(e) - d.shape[1], int(e)) for (name, d), e in zip(designs.items(), ends, strict=True)}
    vectors = []
    for start in starts:
        vector = np.zeros(int(ends[-1]))
        for name, given in start.items():
            vector[blocks[name]][: given.size] = given
        vectors.append(vector)
    # The likelihood may have a maximum where the item explains the outcome and another where it does not: each start
    # goes to its end, and the highest is taken.
    found = max((maximise(model, v, _STEPS) for v in vectors), key=lambda m: m.point.loglik)
    return SensitiveFit(
        method=method,
        coefficients=found.coefficients,
        vcov=covariance(found, model.weights, errors),
        blocks=blocks,
        loglik=found.point.loglik,
        respondents=respondents,
        converged=found.converged,
        at_edge=edges(found.coefficients, {n: b for n, b in blocks.items() if n in seen}, seen),
    )


def _starts(
    outcome: FloatArray, X: FloatArray, w: FloatArray, kind: Kind, item: dict[str, FloatArray]
) -> list[dict[str, FloatArray]]:
    """The item from the answers alone; the outcome from the covariates alone, with the item first of no account, then
    of much, either way."""
    root = np.sqrt(w)[:, None]
    spread = float(np.sqrt(np.average((outcome - np.average(outcome, weights=w)) ** 2, weights=w)))
    if kind == "linear":
        plain = np.linalg.lstsq(root * X, root[:, 0] * outcome, rcond=None)[0]
    else:
        level = float(np.clip(np.average(outcome, weights=w), 0.02, 0.98))
        plain = np.r_[np.log(level / (1.0 - level)), np.zeros(X.shape[1] - 1)]
    starts = []
    for effect in (0.0, 1.0, -1.0):
        one = {**item, "outcome": np.r_[plain, effect * (spread if kind == "linear" else 1.0)]}
        if kind == "linear":
            one["outcome spread"] = np.array([2.0 * np.log(max(spread, 1e-6))])
        starts.append(one)
    return starts


def list_outcome(
    answers: ArrayLike,
    arms: ArrayLike,
    outcome: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    items: int,
    kind: Kind = "logistic",
    dependence: Literal["constrained", "unconstrained"] = "constrained",
    weights: ArrayLike | None = None,
    errors: Errors | None = None,
    smallest_arm: int = SMALLEST_ARM,
) -> SensitiveFit:
    """Regression of an outcome on the sensitive item of a list experiment, beside that of the item on covariates.

    Parameters
    ----------
    answers, arms, covariates, items, weights
        As of :func:`list_likelihood`; one long list.
    outcome
        (n,) 0 or 1 (``logistic``), or a number (``linear``).
    dependence
        ``constrained``: the innocuous count goes neither with the item nor with the outcome. ``unconstrained``: it may.
    errors
        ``information`` (the default), ``scores`` (as the reference has it) or ``sandwich`` (the default with weights).

    Returns
    -------
    SensitiveFit
        Blocks ``control`` (unconstrained: the item last), ``sensitive``, ``outcome`` (the covariates, unconstrained the
        innocuous count too, the item last) and, of a linear outcome, ``outcome spread``: the log of its variance.

    Raises
    ------
    SurveyError
        As :func:`list_likelihood`; for several long lists and an outcome that is not of its kind.
    """
    arm, most = arms_of(arms, smallest_arm)
    if most > 1:
        raise SurveyError("several long lists beside one outcome.", remedy="give one long list at a time.")
    y = list_answers(answers, arm > 0, items, arm.size)
    X, w = matrix(covariates, arm.size), sampling_weights(weights, arm.size)
    o = _outcome(outcome, kind, arm.size)
    entries = hidden_states(y, arm, items, split_control=True, ceiling=False, floor=False)
    at, item = X[entries.row], entries.holds[:, None].astype(np.float64)
    own = [at] if dependence == "constrained" else [at, entries.count[:, None].astype(np.float64)]
    designs = {
        "control": at if dependence == "constrained" else np.hstack([at, item]),
        "sensitive": at,
        "outcome": np.hstack([*own, item]),
    }
    if kind == "linear":
        designs["outcome spread"] = np.ones((entries.row.size, 1))
    heads = {name: h for h, name in enumerate(designs)}
    law = _law(np.zeros(entries.row.size), entries.count, items, entries.holds, o[entries.row], heads)
    model = Mixture(entries.start, tuple(designs.values()), law, w / w.mean())
    first = list_likelihood(y, arm, X, items=items, weights=weights, smallest_arm=smallest_arm)
    begin = {name: first.part(name).estimate for name in ("control", "sensitive")}
    begin["sensitive"] = np.clip(begin["sensitive"], -4.0, 4.0)
    starts = _starts(o, X, w, kind, begin)
    if dependence == "unconstrained":
        for start in starts:
            start["outcome"] = np.insert(start["outcome"], -1, 0.0)
    kept = errors or ("information" if weights is None else "sandwich")
    return _fitted(model, designs, starts, {"control": designs["control"], "sensitive": X}, "ml", arm.size, kept)


def randomised_outcome(
    answers: ArrayLike,
    design: RandomisedDesign,
    outcome: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    kind: Kind = "logistic",
    weights: ArrayLike | None = None,
    errors: Errors | None = None,
    as_rr: Literal["bayesglm", "glm"] | None = None,
    smallest_effective: float = SMALLEST_EFFECTIVE,
) -> SensitiveFit:
    """The same where the item was asked behind a device: blocks ``sensitive`` and ``outcome`` (the item last).

    Parameters are those of :func:`randomised_regression` and :func:`list_outcome`. Raises ``SurveyError`` as they do.
    ``as_rr`` fits a logistic outcome of a forced design as R's ``rr`` does, with the prior of its default
    (``bayesglm``) or without one (``glm``), which is not the likelihood: only to stand beside tables made with it.
    """
    yes = yes_no(answers, "answers")
    X, w = matrix(covariates, yes.size), sampling_weights(weights, yes.size)
    o = _outcome(outcome, kind, yes.size)
    enough(yes.size * design.slope**2, smallest_effective)
    of_yes = np.array([design.slope + design.base, design.base])
    chances = np.where(yes[:, None], of_yes, 1.0 - of_yes)
    possible = chances > 1e-12
    if as_rr is not None and (kind != "logistic" or weights is not None or min(design.slope, design.base) <= 0.0):
        raise SurveyError(
            "as_rr with a linear outcome, weights, or a device that is not forced.",
            where="as_rr",
            remedy="leave as_rr out.",
        )
    row = np.repeat(np.arange(yes.size), possible.sum(axis=1))
    holds = np.tile(np.array([1, 0]), (yes.size, 1))[possible]
    designs = {"sensitive": X[row], "outcome": np.column_stack([X[row], holds])}
    if kind == "linear":
        designs["outcome spread"] = np.ones((row.size, 1))
    heads = {name: h for h, name in enumerate(designs)}
    law = _law(np.log(chances[possible]), None, 0, holds, o[row], heads)
    model = Mixture(np.searchsorted(row, np.arange(yes.size)), tuple(designs.values()), law, w / w.mean())
    if as_rr is not None:
        found, vcov, ended = truthful_only(yes, design, o, X, prior=as_rr == "bayesglm")
        k = X.shape[1]
        blocks = {"sensitive": slice(0, k), "outcome": slice(k, 2 * k + 1)}
        loglik = evaluate(model, found).loglik
        at_edge = edges(found, {"sensitive": blocks["sensitive"]}, {"sensitive": X})
        return SensitiveFit("randomised", found, vcov, blocks, loglik, yes.size, ended, at_edge)
    first = randomised_regression(yes, design, X, weights=weights, smallest_effective=smallest_effective)
    begin = {"sensitive": np.clip(first.part("sensitive").estimate, -4.0, 4.0)}
    starts = _starts(o, X, w, kind, begin)
    kept = errors or ("information" if weights is None else "sandwich")
    return _fitted(model, designs, starts, {"sensitive": X}, "randomised", yes.size, kept)
