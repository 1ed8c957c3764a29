"""Group-time effects put together: one number, by group, by calendar period, by time since the start.

Weights are shares of units in groups, estimated too; their uncertainty is in the standard errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from arusha.effects.panels import FloatArray, IntArray
from arusha.effects.staggered import GroupTime, standard_errors

Kind = Literal["simple", "group", "calendar", "dynamic"]


@dataclass(frozen=True)
class Aggregate:
    """An overall effect and, but for "simple", the effects that it is the mean of."""

    kind: Kind
    overall: float
    overall_se: float
    overall_influence: FloatArray
    """n."""
    at: IntArray
    """m: group, calendar period, or periods since the start (negative: before)."""
    att: FloatArray
    se: FloatArray
    influence: FloatArray
    """n x m."""
    cluster: IntArray


def _of_shares(result: GroupTime, groups: IntArray, shares: FloatArray, of: IntArray, values: FloatArray) -> FloatArray:
    """n: influence function of the mean of ``values`` by the normalised shares of ``groups``, of the shares alone.

    ``of`` is whose members count (see as_did). A unit counts with its weight in the cells of its own group and in no
    other, so that what it weighs is known from its group.
    """
    total = float(shares.sum())
    members, whose = np.unique(of[: groups.size], return_inverse=True)
    cells, sums = np.bincount(whose), np.bincount(whose, weights=values)
    at = np.minimum(np.searchsorted(members, result.first), members.size - 1)
    own = np.where(members[at] == result.first, result.weights, 0.0)
    mean = float(shares @ values)
    return np.asarray((own * sums[at] - mean) / total - (own * cells[at] - total) * (mean / total**2))


@dataclass(frozen=True)
class _Mean:
    att: float
    influence: FloatArray


def _weighted(result: GroupTime, cells: IntArray, shares: FloatArray, *, estimated: bool) -> _Mean:
    weight = shares / shares.sum()
    influence = np.zeros(result.n)
    for cell, part in zip(cells.tolist(), weight.tolist(), strict=True):
        influence += part * result.influence[:, cell]
    if estimated:
        of = result.group[cells]
        influence = influence + _of_shares(result, of, shares, of, result.att[cells])
    return _Mean(float(result.att[cells] @ weight), influence)


def aggregate(
    result: GroupTime,
    kind: Kind = "simple",
    *,
    balance: int | None = None,
    earliest: int | None = None,
    latest: int | None = None,
    as_did: bool = False,
) -> Aggregate:
    """Put group-time effects together.

    Parameters
    ----------
    kind
        "simple": all treated cells, by the size of their groups. "group": mean effect of each group, and their mean by
        size. "calendar": effect in each period. "dynamic": effect by periods since the start.
    balance
        For "dynamic": only groups that are seen at least so many periods after their start, and no later ones, so that
        the composition does not change along the curve.
    earliest, latest
        For "dynamic" the first and last period since the start; ``latest`` limits the other kinds too.
    as_did
        Repeat a slip of R's did (2.1.2) in the overall standard error of "group": it takes the groups' shares from the
        first cells, which all belong to the first group. For comparison with that package only.

    Raises
    ------
    ValueError
        If no cell is left.
    """
    if kind not in get_args(Kind):
        raise ValueError(f"kind must be one of {', '.join(get_args(Kind))}")
    since = result.time - result.group
    share_of = {int(g): float(np.mean(result.weights * (result.first == g))) for g in np.unique(result.group)}
    share = np.array([share_of[int(g)] for g in result.group])
    there = np.isfinite(result.att)
    after = there & (since >= 0) & (since <= (np.inf if latest is None else latest))
    if not after.any():
        raise ValueError("no treated group and period is left")
    if kind == "simple":
        one = _weighted(result, np.flatnonzero(after), share[after], estimated=True)
        return _finished(result, kind, one, [], [])
    if kind == "group":
        # Periods in which the measure was anticipated count as treated here, as in the reference implementation.
        reach = there & (since >= -result.anticipation) & (since <= (np.inf if latest is None else latest))
        groups = np.array([g for g in np.unique(result.group) if np.any(reach & (result.group == g))])
        means = [
            _weighted(
                result, np.flatnonzero(reach & (result.group == g)), share[reach & (result.group == g)], estimated=False
            )
            for g in groups
        ]
        sizes = np.array([share_of[int(g)] for g in groups])
        values = np.array([m.att for m in means])
        influence = np.column_stack([m.influence for m in means]) @ (sizes / sizes.sum())
        influence = influence + _of_shares(result, groups, sizes, result.group if as_did else groups, values)
        overall = _Mean(float(values @ sizes / sizes.sum()), influence)
        return _finished(result, kind, overall, list(map(int, groups)), means)
    if kind == "calendar":
        at = [int(t) for t in np.unique(result.time[after])]
        chosen: list[NDArray[np.bool_]] = [after & (result.time == t) for t in at]
    else:
        keep = there.copy()
        if balance is not None:
            keep &= result.periods[-1] - result.group >= balance
            span = int(result.periods[-1] - result.periods[0])
            keep &= (since <= balance) & (since >= balance - span)
        keep &= (since >= (-np.inf if earliest is None else earliest)) & (
            since <= (np.inf if latest is None else latest)
        )
        at = [int(e) for e in np.unique(since[keep])]
        chosen = [keep & (since == e) for e in at]
    means = [_weighted(result, np.flatnonzero(c), share[c], estimated=True) for c in chosen]
    post = [m for e, m in zip(at, means, strict=True) if kind == "calendar" or e >= 0]
    if not post:
        raise ValueError("no period after the start is left")
    overall = _Mean(
        float(np.mean([m.att for m in post])), np.asarray(np.mean(np.column_stack([m.influence for m in post]), axis=1))
    )
    return _finished(result, kind, overall, at, means)


def _finished(result: GroupTime, kind: Kind, overall: _Mean, at: list[int], means: list[_Mean]) -> Aggregate:
    influence = np.column_stack([m.influence for m in means]) if means else np.empty((result.n, 0))
    se = standard_errors(influence, result.cluster) if means else np.empty(0)
    return Aggregate(
        kind=kind,
        overall=overall.att,
        overall_se=float(standard_errors(overall.influence[:, None], result.cluster)[0]),
        overall_influence=overall.influence,
        at=np.array(at, dtype=np.int64),
        att=np.array([m.att for m in means]),
        se=np.where(se <= np.sqrt(np.finfo(float).eps) * 10, np.nan, se),
        influence=influence,
        cluster=result.cluster,
    )
