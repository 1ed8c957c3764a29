"""List experiments by maximum likelihood.

A respondent holds Y of J innocuous items and, or not, the sensitive one (Z). The short list shows Y, the long one Y +
Z. The maximum over this mixture uses more of the answers than a difference of means does, at the price of a law for Y.

Sources: Imai 2011 (JASA 106:407); Blair and Imai 2012 (Political Analysis 20:47), also for ceiling and floor effects
and several sensitive items; Blair, Chou and Imai 2019 (Political Analysis 27:455) for careless answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logit

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray, IntArray, list_answers, sampling_weights
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of, sensitive_names
from arusha.surveys.sensitive.count_laws import beta_binomial, binomial
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix
from arusha.surveys.sensitive.list_reference import guessed_with_squares
from arusha.surveys.sensitive.mixture import (
    FIRST_STEPS,
    EntryLaw,
    Errors,
    Maximum,
    Mixture,
    best_of,
    covariance,
    evaluate,
    log_logistic,
    maximise,
)
from arusha.surveys.sensitive.weighted_logistic import logistic

Dependence = Literal["constrained", "unconstrained", "level", "indicators", "indicators-below"]
Careless = Literal["top", "uniform"]


@dataclass(frozen=True)
class HiddenStates:
    """Hidden states that can have given each answer: its row, Y, Z (-1 not told), whether Z was hidden, where it
    could."""

    row: IntArray
    count: IntArray
    holds: IntArray
    hid: BoolArray
    start: IntArray
    careless: BoolArray
    """Whether the answer says nothing of Y and Z."""


def hidden_states(
    y: IntArray,
    arm: IntArray,
    items: int,
    *,
    split_control: bool,
    ceiling: bool,
    floor: bool,
    careless: Careless | None = None,
) -> HiddenStates:
    """The hidden states behind answers ``y`` of ``arm``; with ``split_control`` also who of the short list holds it."""
    n = np.arange(y.size)
    long = arm > 0
    kinds: list[tuple[BoolArray, IntArray, int, bool]] = []
    if split_control:
        kinds += [(~long, y, 1, False), (~long, y, 0, False)]
    else:
        kinds += [(~long, y, -1, False)]
    kinds += [(long & (y >= 1), y - 1, 1, False), (long & (y <= items), y, 0, False)]
    if ceiling:
        kinds.append((long & (y == items), y, 1, True))
    if floor:
        kinds.append((long & (y == 0), y, 1, True))
    told = len(kinds)
    if careless is not None:
        could = y == items + long if careless == "top" else np.ones(y.size, np.bool_)
        kinds.append((could, np.zeros_like(y), -1, False))
    row = np.concatenate([n[keep] for keep, *_ in kinds])
    count = np.concatenate([c[keep] for keep, c, *_ in kinds])
    holds = np.concatenate([np.full(int(keep.sum()), z) for keep, _, z, _ in kinds])
    hid = np.concatenate([np.full(int(keep.sum()), h) for keep, *_, h in kinds])
    blind = np.concatenate([np.full(int(kind[0].sum()), k >= told) for k, kind in enumerate(kinds)])
    order = np.argsort(row, kind="stable")
    row = row[order]
    start = np.searchsorted(row, n)
    return HiddenStates(row, count[order], holds[order], hid[order], start, blind[order])


def _signs(entries: HiddenStates, arm: IntArray, items: int, heads: dict[str, int]) -> dict[int, FloatArray]:
    """For each logistic head, whether an entry says yes to it (1), no (-1) or nothing (0)."""
    item = arm[entries.row]
    shown = item > 0
    # A control answer of the unconstrained model belongs to the first (and only) sensitive item.
    item = np.where(~shown & (entries.holds >= 0), 1, item)
    holds = np.where(entries.holds < 0, 0.0, 2.0 * entries.holds - 1.0)
    hid = np.where(entries.hid, 1.0, -1.0)
    signs = {}
    for name, h in heads.items():
        if name.startswith("sensitive"):
            signs[h] = np.where(item == _number(name), holds, 0.0)
        elif name in ("ceiling", "floor"):
            edge = items if name == "ceiling" else 0
            signs[h] = np.where(shown & (entries.holds == 1) & (entries.count == edge), hid, 0.0)
        elif name.startswith("careless"):
            mine = {"careless short": ~shown, "careless long": shown}.get(name, np.ones_like(shown))
            signs[h] = np.where(mine, np.where(entries.careless, 1.0, -1.0), 0.0)
    return signs


def _number(name: str) -> int:
    return int(name.rsplit(" ", 1)[1]) if " " in name else 1


def _law(entries: HiddenStates, items: int, heads: dict[str, int], arm: IntArray, *, overdispersed: bool) -> EntryLaw:
    """The log chance of entries as a function of the heads' predictors."""
    size = entries.row.size
    of_counts = {"control": np.flatnonzero(~entries.careless)}
    of_counts["control with"] = np.flatnonzero(entries.holds == 1)
    of_counts["control without"] = np.flatnonzero(entries.holds == 0)
    # A careless answer is the longest there is, or any of those there are.
    blind = np.zeros(size)
    if "careless short" in heads:
        blind = np.where(entries.careless, -np.log(items + 1.0 + (arm[entries.row] > 0)), 0.0)
    said = {h: (np.flatnonzero(s), s[s != 0]) for h, s in _signs(entries, arm, items, heads).items()}

    def law(predictors: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        width = predictors.shape[1]
        value, first, second = blind.copy(), np.zeros((size, width)), np.zeros((size, width, width))
        for name, at in of_counts.items():
            if name not in heads:
                continue
            h, count = heads[name], entries.count[at]
            if overdispersed:
                s = heads[name.replace("control", "spread")]
                v, a, b, aa, ab, bb = beta_binomial(count, items, predictors[at, h], predictors[at, s])
                first[at, s] = b
                second[at, h, s] = second[at, s, h] = ab
                second[at, s, s] = bb
            else:
                v, a, aa = binomial(count, items, predictors[at, h])
            value[at] += v
            first[at, h] = a
            second[at, h, h] = aa
        for h, (at, sign) in said.items():
            v, a, aa = log_logistic(predictors[at, h], sign)
            value[at] += v
            first[at, h] = a
            second[at, h, h] = aa
        return value, first, second

    return law


def _level_columns(entries: HiddenStates, items: int, dependence: Dependence) -> FloatArray:
    """Columns by which the sensitive item may depend on how many innocuous ones a respondent holds."""
    if dependence == "level":
        return entries.count[:, None].astype(np.float64)
    told = np.arange(items) if dependence == "indicators-below" else np.arange(1, items + 1)
    return np.asarray(entries.count[:, None] == told, np.float64)


def constrained_model(y: IntArray, arm: IntArray, X: FloatArray, items: int) -> Mixture:
    """The likelihood of one sensitive item that goes with no innocuous one: heads ``control`` and ``sensitive``."""
    entries = hidden_states(y, arm, items, split_control=False, ceiling=False, floor=False)
    at = X[entries.row]
    law = _law(entries, items, {"control": 0, "sensitive": 1}, arm, overdispersed=False)
    return Mixture(entries.start, (at, at), law, np.ones(arm.size))


def list_likelihood(
    answers: ArrayLike,
    arms: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    items: int,
    dependence: Dependence = "constrained",
    overdispersed: bool = False,
    ceiling: ArrayLike | Literal[True] | None = None,
    floor: ArrayLike | Literal[True] | None = None,
    prior: float | None = None,
    as_list: bool = False,
    careless: Careless | None = None,
    errors: Errors | None = None,
    weights: ArrayLike | None = None,
    smallest_arm: int = SMALLEST_ARM,
) -> SensitiveFit:
    """Logistic regression of the sensitive item of a list experiment by maximum likelihood.

    Parameters
    ----------
    answers
        (n,) how many items each respondent counted.
    arms
        (n,) 0 for the short list, 1 for the long one (2, 3, ... where different sensitive items were added).
    covariates
        (n, k) with a constant; a constant alone where none are given.
    items
        Length of the short list.
    dependence
        How the innocuous count Y and the sensitive item Z go together given the covariates. ``constrained``: not at
        all.
        ``unconstrained``: Y has one law among who holds Z, another among who does not. ``level``, ``indicators``: the
        logit of Z has a term in Y, or one for each of its values above 0. ``indicators-below``: one for each value
        below J, against who holds all (as R's ``list`` has it): the same model.
    overdispersed
        Beta-binomial instead of binomial counts.
    ceiling, floor
        Covariates of who hides the sensitive item where the honest answer would tell: Y + Z = J + 1, or Y = 0 and Z = 1
        (answered as J, or 0). ``True`` for the same chance to all. Only with ``constrained``.
    prior
        Scale of a Cauchy prior on the coefficients of ``ceiling`` and ``floor`` (2.5 is usual): the few who could hide
        tell little of who does, and maximum likelihood often runs to the edge. The log likelihood holds the prior.
    as_list
        Fit ceiling and floor as R's ``list`` does with its ``bayesglm``, which squares the weights of its guesses and
        so ends away from the maximum: only to stand beside tables made with it. Needs ``prior``; the log likelihood is
        without it, as there.
    careless
        Some answer without counting: the longest answer there is (``top``; block ``careless``, one share for both
        lists), or any there is (``uniform``; blocks ``careless short`` and ``careless long``, the logits of their
        shares). A few of them move a difference in means by much: a share p of the first adds p to it.
    errors
        ``information`` (the default), ``scores`` (outer product of the scores) or ``sandwich`` (the default with
        weights).
    weights
        (n,) sampling weights.
    smallest_arm
        Fewest respondents an arm may have.

    Returns
    -------
    SensitiveFit
        Blocks ``control`` (or ``control without``, ``control with``), ``spread`` (logit of the correlation between
        items), ``sensitive`` (or
        ``sensitive 1``, ...), ``ceiling``, ``floor``, ``careless``.

    Raises
    ------
    SurveyError
        Answers above the list, arms that are absent, unusable weights or covariates, a combination that is not
        identified.
    """
    arm, sensitive_items = arms_of(arms, smallest_arm)
    y = list_answers(answers, arm > 0, items, arm.size)
    X = matrix(covariates, arm.size)
    w = sampling_weights(weights, arm.size)
    if dependence == "unconstrained" and sensitive_items > 1:
        raise SurveyError(
            "unconstrained counts with several sensitive items.", remedy="use dependence='level' or 'indicators'."
        )
    hides = {"ceiling": ceiling, "floor": floor}
    hidden = {name: matrix(None if z is True else z, arm.size, name) for name, z in hides.items() if z is not None}
    if hidden and dependence != "constrained":
        raise SurveyError(
            "ceiling or floor beside a dependence of the two answers.", remedy="use dependence='constrained'."
        )

    if careless is not None and (hidden or dependence != "constrained" or careless not in ("top", "uniform")):
        raise SurveyError(
            "careless answers beside ceiling, floor or a dependence, or of an unknown kind.",
            where="careless",
            remedy="use dependence='constrained' and careless='top' or 'uniform'.",
        )

    split = dependence == "unconstrained"
    entries = hidden_states(
        y,
        arm,
        items,
        split_control=split,
        ceiling="ceiling" in hidden,
        floor="floor" in hidden,
        careless=careless,
    )
    at = X[entries.row]
    one = np.ones((entries.row.size, 1))
    designs: dict[str, FloatArray] = {}
    for name in ("control without", "control with") if split else ("control",):
        designs[name] = at
        if overdispersed:
            designs[name.replace("control", "spread")] = one
    level = dependence in ("level", "indicators", "indicators-below")
    of_item = np.hstack([at, _level_columns(entries, items, dependence)]) if level else at
    designs |= dict.fromkeys(sensitive_names(sensitive_items), of_item)
    for name, Z in hidden.items():
        designs[name] = Z[entries.row]

    if careless is not None:
        names = ("careless",) if careless == "top" else ("careless short", "careless long")
        designs |= dict.fromkeys(names, one)

    heads = {name: h for h, name in enumerate(designs)}
    # Rows of a head that does not matter to an entry add nothing: the law's derivatives in it are zero there.
    law = _law(entries, items, heads, arm, overdispersed=overdispersed)
    ends = np.cumsum([d.shape[1] for d in designs.values()])
    blocks = {name: slice(int(e) - d.shape[1], int(e)) for (name, d), e in zip(designs.items(), ends, strict=True)}
    scales = None
    if prior is not None:
        if not hidden or not prior > 0.0:
            raise SurveyError(
                "a prior without ceiling or floor, or one whose scale is not above 0.",
                where="prior",
                remedy="give it with ceiling or floor, such as 2.5.",
            )
        scales = np.full(int(ends[-1]), np.inf)
        for name in hidden:
            scales[blocks[name]] = prior
    if as_list and (prior is None or weights is not None):
        raise SurveyError(
            "as_list without a prior, or with weights, which the reference does not have.",
            where="as_list",
            remedy="give prior=2.5 and no weights.",
        )
    model = Mixture(entries.start, tuple(designs.values()), law, w / w.mean(), scales)
    starts = _starts(y, arm, X, w, items, blocks)
    if hidden and not as_list:
        # Who hides is told by few answers, and the likelihood may have several maxima: from more starts, each a
        # long way.
        for constant in (-5.0, 0.0):
            for start in starts[:3]:
                other = start.copy()
                for name in hidden:
                    other[blocks[name].start] = constant
                starts.append(other)
    if as_list:
        start = starts[0].copy()
        for name, edge in (("ceiling", items), ("floor", 0)):
            if name in hidden:
                near = (arm > 0) & ((y == edge) | (y == edge + 1))
                # Among the two answers nearest the edge: which the reference takes for hidden, to begin with.
                start[blocks[name]] = logistic(hidden[name][near], (y[near] == (edge or 1)) * 1.0)
        found = _as_list(model, start, entries, items, heads, arm)
        loglik = evaluate(replace(model, cauchy=None), found.coefficients).loglik
    else:
        found = best_of(model, starts, 60 if hidden else FIRST_STEPS)
        loglik = found.point.loglik
    vcov = covariance(found, model.weights, errors or ("information" if weights is None else "sandwich"))
    seen = {
        name: X if name[:7] == "control" else one[:1]
        for name in blocks
        if not name.startswith(("sensitive", "ceiling", "floor", "careless"))
    }
    seen |= {name: one[:1] for name in blocks if name.startswith("careless")}
    seen |= {name: hidden.get(name, of_item if level else X) for name in blocks if name not in seen}
    return SensitiveFit(
        method="ml",
        coefficients=found.coefficients,
        vcov=vcov,
        blocks=blocks,
        loglik=loglik,
        respondents=arm.size,
        converged=found.converged,
        at_edge=edges(found.coefficients, blocks, seen),
    )


def _as_list(
    model: Mixture, start: FloatArray, entries: HiddenStates, items: int, heads: dict[str, int], arm: IntArray
) -> Maximum:
    """The reference's alternation: the counts' law over all entries, a logistic one over what each entry says."""
    everyone = np.arange(entries.row.size)
    said = {heads["control"]: (everyone, entries.count / items, float(items))}
    for h, sign in _signs(entries, arm, items, heads).items():
        at = np.flatnonzero(sign)
        said[h] = (at, (sign[at] > 0).astype(np.float64), 1.0)
    return guessed_with_squares(model, start, said, tuple(heads[n] for n in ("ceiling", "floor") if n in heads))


def _starts(
    y: IntArray, arm: IntArray, X: FloatArray, w: FloatArray, items: int, blocks: dict[str, slice]
) -> list[FloatArray]:
    """Starts from the innocuous counts alone, with several shares of the sensitive item."""
    short = arm == 0

    def counts(predictors: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        value, first, second = binomial(y[short], items, predictors[:, 0])
        return value, first[:, None], second[:, None, None]

    alone = Mixture(np.arange(int(short.sum())), (X[short],), counts, w[short] / w.mean())
    control = maximise(alone, np.zeros(X.shape[1])).coefficients
    start = np.zeros(max(b.stop for b in blocks.values()))
    for name, where in blocks.items():
        if name[:7] == "control":
            start[where] = control
        elif name[:6] == "spread" or name.startswith("careless"):
            start[where] = -3.0
        elif name in ("ceiling", "floor"):
            start[where][0] = -2.0
    starts = []
    for share in (None, 0.2, 0.5):
        tried = start.copy()
        for name, where in blocks.items():
            if name.startswith("sensitive"):
                mine = arm == _number(name)
                gap = float(np.average(y[mine], weights=w[mine]) - np.average(y[short], weights=w[short]))
                tried[where.start] = logit(np.clip(gap, 0.03, 0.97)) if share is None else logit(share)
        starts.append(tried)
    return starts
