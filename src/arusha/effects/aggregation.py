"""Group-time effects put together: one number, by group, by calendar period, by time since the start.

Weights are shares of units in groups, estimated too; their uncertainty is in the standard errors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from arusha.effects.influence import Influence, Mixed
from arusha.effects.panels import FloatArray, IntArray
from arusha.effects.staggered import GroupTime

Kind = Literal["simple", "group", "calendar", "dynamic"]


@dataclass(frozen=True)
class Aggregate:
    """An overall effect and, but for "simple", the effects that it is the mean of."""

    kind: Kind
    overall: float
    overall_se: float
    at: IntArray
    """m: group, calendar period, or periods since the start (negative: before)."""
    att: FloatArray
    se: FloatArray
    vcov: FloatArray
    """m x m: covariance of the effects."""
    cluster: IntArray
    parts: Influence = field(repr=False)
    mixed: Mixed = field(repr=False)
    """What of ``parts`` the m effects are made of, and last the overall one."""

    @cached_property
    def _influence(self) -> FloatArray:
        return self.parts.combined(self.mixed.weights) + self.mixed.of_groups()

    @property
    def influence(self) -> FloatArray:
        """n x m: how much each unit moves each effect."""
        return np.asarray(self._influence[:, :-1])

    @property
    def overall_influence(self) -> FloatArray:
        """n."""
        return np.asarray(self._influence[:, -1])


def _of_shares(members: IntArray, shares: FloatArray, of: IntArray, values: FloatArray) -> FloatArray:
    """Influence of a unit of each of ``members`` (groups) and weight 1 on the mean of ``values`` by normalised shares.

    Of the shares alone. ``of`` is whose members count (see as_did). A unit counts with its weight in the cells of its
    own group and in no other.
    """
    total = float(shares.sum())
    own = of[: values.size, None] == members
    return np.asarray((values @ own - own.sum(axis=0) * (float(shares @ values) / total)) / total)


class _Means:
    """Weighted means of cells, one after another; their influence functions are made together."""

    def __init__(self, result: GroupTime) -> None:
        self._result = result
        self.members = np.unique(result.group)
        at = np.minimum(np.searchsorted(self.members, result.first), self.members.size - 1)
        # Who is in none of the groups counts for nothing: one place more than there are members.
        self._code = np.where(self.members[at] == result.first, at, self.members.size)
        self.att: list[float] = []
        self._weights: list[FloatArray] = []  # one a mean, over the cells
        self._shares: list[FloatArray] = []

    def add(self, cells: IntArray, shares: FloatArray, *, estimated: bool) -> None:
        weight = np.zeros(self._result.att.size)
        weight[cells] = shares / shares.sum()
        values = self._result.att[cells]
        self.att.append(float(values @ weight[cells]))
        self._weights.append(weight)
        of = self._result.group[cells]
        self._shares.append(_of_shares(self.members, shares, of, values) if estimated else np.zeros(self.members.size))

    def weights(self) -> FloatArray:
        """Cells x m."""
        return np.column_stack(self._weights)

    def shares(self) -> FloatArray:
        """Members x m: what a unit of a group has through its group's share."""
        return np.column_stack(self._shares)

    def mixed(self, overall: tuple[FloatArray, FloatArray], *, alone: bool) -> Mixed:
        """The means, unless they are asked ``alone`` for the overall one, and that one from its weights and shares."""
        weights, shares = ([overall[0]], [overall[1]]) if alone else ([], [])
        if not alone:
            weights, shares = [*self._weights, overall[0]], [*self._shares, overall[1]]
        of = np.column_stack(shares)
        # Who is in none of the groups counts for nothing.
        return Mixed(np.column_stack(weights), np.vstack([of, 0.0 * of[:1]]), self._code, self._result.weights)


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
    means = _Means(result)
    if kind == "simple":
        means.add(np.flatnonzero(after), share[after], estimated=True)
        whole = means.weights()[:, 0], means.shares()[:, 0]
        return _finished(result, kind, means.att[0], whole, [], means)
    if kind == "group":
        # Periods in which the measure was anticipated count as treated here, as in the reference implementation.
        reach = there & (since >= -result.anticipation) & (since <= (np.inf if latest is None else latest))
        groups = np.array([g for g in np.unique(result.group) if np.any(reach & (result.group == g))])
        for g in groups:
            mine = reach & (result.group == g)
            means.add(np.flatnonzero(mine), share[mine], estimated=False)
        sizes = np.array([share_of[int(g)] for g in groups])
        values, part = np.array(means.att), sizes / sizes.sum()
        of = _of_shares(means.members, sizes, result.group if as_did else groups, values)
        whole = means.weights() @ part, means.shares() @ part + of
        return _finished(result, kind, float(values @ part), whole, list(map(int, groups)), means)
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
    for c in chosen:
        means.add(np.flatnonzero(c), share[c], estimated=True)
    post = np.array([kind == "calendar" or e >= 0 for e in at])
    if not post.any():
        raise ValueError("no period after the start is left")
    whole = means.weights()[:, post].mean(axis=1), means.shares()[:, post].mean(axis=1)
    return _finished(result, kind, float(np.mean(np.array(means.att)[post])), whole, at, means)


def _finished(
    result: GroupTime, kind: Kind, overall: float, whole: tuple[FloatArray, FloatArray], at: list[int], means: _Means
) -> Aggregate:
    mixed = means.mixed(whole, alone=kind == "simple")
    gram = result.parts.products(mixed, result.cluster) / result.n**2
    se = np.sqrt(np.maximum(np.diag(gram), 0.0))
    own = se[:-1]
    return Aggregate(
        kind=kind,
        overall=overall,
        overall_se=float(se[-1]),
        at=np.array(at, dtype=np.int64),
        att=np.array(means.att if at else []),
        se=np.where(own <= np.sqrt(np.finfo(float).eps) * 10, np.nan, own),
        vcov=gram[:-1, :-1],
        cluster=result.cluster,
        parts=result.parts,
        mixed=mixed,
    )
