"""An evaluation at a threshold: jump of the density, excess mass, outcomes, placebos, and what may be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from math import inf
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from arusha.effects.panels import FloatArray
from arusha.effects.registration import FolderRegister, Register, Registered
from arusha.effects.strength import strength_at_threshold
from arusha.effects.threshold_around import Around, around
from arusha.effects.threshold_data import Declared, distances, in_reach, placebo_thresholds
from arusha.effects.threshold_plan import ThresholdPlan, check_names
from arusha.inference import adjust, bootstrapped, density_test, discontinuity, excess_mass
from arusha.inference.bunching import Bins, Region, bins

Verdict = Literal["piles-up", "piles-up-beyond", "alike", "cannot-tell"]
FORMAT = "arusha-threshold/1"
LEVEL = 0.05
FEWEST_NEAR = 100
"""Values within the bandwidth on each side; see benchmarks/results/threshold_coverage.md."""
FEWEST_DIFFERENT = 20
"""Different ones among them: a density of fewer is a few heaps."""
EMPTY = "nothing-beyond"
"""Why no density can be fitted where many values lie within and nearly none beyond: they are counted."""
_Z = float(stats.norm.ppf(1 - LEVEL / 2))
_POWER = 0.8
_SMOOTH, _NOTHING_BEYOND, _FEW_WITHIN = 0.6, 5, 20


@dataclass(frozen=True)
class Near:
    """What there is around the threshold."""

    within: int
    """Values on the side where it pays to be, the threshold among them if the rule says so."""
    beyond: int
    used: tuple[int, int]
    """Of these, near enough to count: within and beyond."""
    different: tuple[int, int]
    """Different values among them."""
    bandwidth: tuple[float, float]


@dataclass(frozen=True)
class Jump:
    """How much denser values lie just within the threshold than just beyond it, as a share of the density beyond."""

    excess: float
    """Infinite, as ``high`` may be, where there is nothing just beyond."""
    low: float
    high: float
    p: float
    relative_se: float
    """Standard error of the difference of densities, as a share of their mean."""


@dataclass(frozen=True)
class Gap:
    """Next to nothing just beyond: too little for a density there, and told by counting."""

    width: float
    within: int
    """Values (of traders, each once, where they are known) up to the width where it pays to be."""
    beyond: int
    p: float
    """Exact, one-sided: that six of ten would lie within."""


@dataclass(frozen=True)
class Heap:
    """Excess mass just within the threshold."""

    declarations: float
    se: float
    bins: float
    """As many bins' worth of declarations."""
    width: float


@dataclass(frozen=True)
class OutcomeJump:
    """An outcome just within the threshold less just beyond it."""

    column: str
    difference: float
    low: float
    high: float
    p: float
    p_adjusted: float
    within: float
    """Level just within."""


@dataclass(frozen=True)
class Placebo:
    """The same test where no rule begins."""

    at: float
    excess: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class ThresholdEvaluation:
    """What an evaluation at a threshold found."""

    plan: ThresholdPlan
    registered: Registered
    cutoff: float
    near: Near | None
    """None where nothing can be counted."""
    detectable: float | None
    """Excess that would be seen four times of five."""
    jump: Jump | None
    gap: Gap | None
    p_adjusted: float | None
    """Holm, over the density (or the gap) and the outcomes."""
    heap: Heap | None
    outcomes: tuple[OutcomeJump, ...]
    placebos: tuple[Placebo, ...]
    verdict: Verdict
    why: str
    """Key of the sentence that says why it cannot be told, or ""."""
    grade: int
    """0 (cannot tell) to 4."""
    left_out: int
    data_sha256: str
    around: Around | None = None
    """Counts of values around the threshold, as they are; no part of the result file."""


def _density(away: FloatArray, groups: ArrayLike | None) -> tuple[Near, Jump]:
    """The test on distances that are under 0 (or 0) where it pays to be.

    Raises
    ------
    ValueError
        As ``density_test``; two densities that come out at 0 or less.
    """
    reach = in_reach(away)
    who = None if groups is None else np.asarray(groups)[reach]
    made = density_test(-away[reach], 0.0, cluster=who)  # 0 belongs to the right there: to those within
    h = (made.bandwidth[1], made.bandwidth[0])
    inside, beyond = away[(away <= 0) & (away >= -h[0])], away[(away > 0) & (away <= h[1])]
    near = Near(
        within=int(np.sum(away <= 0)),
        beyond=int(np.sum(away > 0)),
        used=(made.used[1], made.used[0]),
        different=(int(np.unique(inside).size), int(np.unique(beyond).size)),
        bandwidth=h,
    )
    r = made.robust
    inside_density, beyond_density = r.density.right, r.density.left
    if max(inside_density, beyond_density) <= 0 or not r.se.difference > 0:
        raise ValueError("the densities came out at 0 or less")
    covariance = (r.se.left**2 + r.se.right**2 - r.se.difference**2) / 2
    low, high = _ratio(inside_density, beyond_density, r.se.right**2, r.se.left**2, covariance)
    ratio = inside_density / beyond_density if beyond_density > 0 else inf
    mean = (inside_density + beyond_density) / 2
    return near, Jump(max(ratio, 0.0) - 1, low - 1, high - 1, r.p, r.se.difference / mean)


def _ratio(one: float, other: float, v: float, w: float, covariance: float) -> tuple[float, float]:
    """Fieller's interval of a ratio: it holds 1 exactly where the test of the difference does not reject.

    Where the lower density may be 0 the ratio has no upper limit.
    """
    a, b, c = other**2 - _Z**2 * w, one * other - _Z**2 * covariance, one**2 - _Z**2 * v
    root = b * b - a * c
    if a > 0:  # then root is above 0
        spread = float(np.sqrt(max(root, 0.0)))
        return max((b - spread) / a, 0.0), max((b + spread) / a, 0.0)
    if root <= 0 or c <= 0:
        return 0.0, inf
    return max(c / (b + float(np.sqrt(root))) if b > 0 else (b - float(np.sqrt(root))) / a, 0.0), inf


def _looked_at(plan: ThresholdPlan) -> tuple[float, Declared, FloatArray, Near | None, Jump | None, str]:
    """What there is and the test of its density, or why there can be none."""
    cutoff, found = plan.declared()
    check_names(plan, cutoff)
    away = distances(found.value, cutoff, plan.pays, plan.included)
    within, beyond = int(np.sum(away <= 0)), int(np.sum(away > 0))
    none = Near(within, beyond, (0, 0), (0, 0), (0.0, 0.0))
    if away.size == 0 or not found.value.min() < cutoff < found.value.max():
        return cutoff, found, away, none, None, "outside"
    if min(within, beyond) < FEWEST_NEAR:
        return cutoff, found, away, none, None, "one-side"
    if min(np.unique(away[away <= 0]).size, np.unique(away[away > 0]).size) < FEWEST_DIFFERENT:
        return cutoff, found, away, none, None, "heaps"
    try:
        near, jump = _density(away, found.cluster)
    except ValueError:
        return cutoff, found, away, none, None, "no-density"
    if min(near.used) < FEWEST_NEAR:
        # Emptiness beyond, beside many within, is no want of values: it is counted.
        many = near.used[0] >= FEWEST_NEAR and near.different[0] >= FEWEST_DIFFERENT
        return cutoff, found, away, near, None, EMPTY if many else "too-few-near"
    if min(near.different) < FEWEST_DIFFERENT:
        return cutoff, found, away, near, None, "heaps"
    return cutoff, found, away, near, jump, ""


def _counted(gap: Gap) -> Jump:
    """How much denser values lie within, by counting up to the width of a gap (Clopper and Pearson's interval)."""
    both = gap.within + gap.beyond
    sure = stats.binomtest(gap.within, both).proportion_ci(1 - LEVEL, method="exact")

    def excess(share: float) -> float:
        return inf if share >= 1 else share / (1 - share) - 1

    spread = inf if gap.beyond == 0 else float(np.sqrt(both / (gap.within * gap.beyond)))
    return Jump(excess(gap.within / both), excess(sure.low), excess(sure.high), gap.p, spread)


def _detectable(jump: Jump | None) -> float | None:
    if jump is None:
        return None
    return (_Z + float(stats.norm.ppf(_POWER))) * jump.relative_se


def threshold_power(plan: ThresholdPlan) -> tuple[float, Near | None, float | None, str]:
    """The threshold, what lies around it, the excess that would be seen, and why none; no result is given away."""
    cutoff, _, _, near, jump, why = _looked_at(plan)
    return cutoff, near, _detectable(jump), why


def evaluate_threshold(plan: ThresholdPlan, register: Path | Register) -> ThresholdEvaluation:
    """Register the plan, in a folder of its own or in a register, then estimate.

    Raises
    ------
    ArushaError
        For data or a plan that cannot be used, before anything is registered.
    """
    cutoff, found, away, near, jump, why = _looked_at(plan)
    detectable = _detectable(jump)
    kept = FolderRegister(register) if isinstance(register, Path) else register
    registered = kept.register(plan)
    registered = replace(registered, records=kept.results(plan))
    jumps: list[OutcomeJump] = []
    heap: Heap | None = None
    gap: Gap | None = None
    placebos: tuple[Placebo, ...] = ()
    p_adjusted: float | None = None
    if why == EMPTY and near is not None:
        gap = _gap(away, found.cluster, near)
        jump, why = (_counted(gap), "") if gap is not None else (None, "too-few-near")
    if jump is not None and near is not None:
        jumps = [made for name in plan.outcomes if (made := _outcome(name, found, away)) is not None]
        gap = gap or _gap(away, found.cluster, near)
        jump = jump if gap is None else _counted(gap)  # of nearly nothing no density is told
        adjusted = adjust([jump.p if gap is None else gap.p, *(j.p for j in jumps)], "holm")
        p_adjusted = float(adjusted[0])
        jumps = [OutcomeJump(**{**asdict(j), "p_adjusted": float(p)}) for j, p in zip(jumps, adjusted[1:], strict=True)]
        heap = _heap(plan, cutoff, away, near, gap)
        placebos = _placebos(plan, cutoff, found, near)
    verdict, why = _verdict(plan, jump, gap, p_adjusted, heap, placebos, why)
    return ThresholdEvaluation(
        plan=plan,
        registered=registered,
        cutoff=cutoff,
        near=near,
        detectable=detectable,
        jump=jump,
        gap=gap,
        p_adjusted=p_adjusted,
        heap=heap,
        outcomes=tuple(jumps),
        placebos=placebos,
        verdict=verdict,
        why=why,
        grade=strength_at_threshold(verdict, heap, placebos, registered.amended).grade,
        left_out=found.left_out,
        data_sha256=found.sha256,
        around=around(away, cutoff, plan.pays, plan.bin or _bin(near)),
    )


def _outcome(name: str, found: Declared, away: FloatArray) -> OutcomeJump | None:
    """The jump of an outcome from beyond to within; none where it cannot be estimated."""
    y = found.outcomes[name]
    known = np.isfinite(y) & in_reach(away)
    groups = None if found.cluster is None else found.cluster[known]
    try:
        made = discontinuity(y[known], -away[known], 0.0, cluster=groups)
    except ValueError:
        return None
    r = made.robust
    if not (np.isfinite(r.se) and r.se > 0):
        return None
    return OutcomeJump(name, r.estimate, r.low, r.high, r.p, r.p, made.sides[1])


def _heap(plan: ThresholdPlan, cutoff: float, away: FloatArray, near: Near, gap: Gap | None) -> Heap | None:
    """Excess mass in the two bins that end at the threshold; none where there are too few bins.

    The polynomial does not pass through a gap: it would come out too low beside it.
    """
    width = plan.bin or _bin(near)
    reach = [int(min(20, np.floor(abs(end) / width))) for end in (away.min(), away.max())]
    if min(reach) < 10:
        return None
    b = bins(away, 0.0, width, reach[0], reach[1], "highest")
    sign = 1.0 if plan.pays == "below" else -1.0
    b = Bins(cutoff + sign * b.at, b.step, b.count)
    empty = 0 if gap is None else int(np.searchsorted(np.cumsum(b.count[reach[0] :]), _NOTHING_BEYOND))
    if reach[1] - empty < 5:
        return None
    order = 4 if min(reach[0], reach[1] - empty) >= 15 else 2
    region = Region(below=1, above=empty, order=order, round_numbers=plan.round_numbers)
    try:
        made = excess_mass(b, region, notch=gap is not None)
        drawn = bootstrapped(b, region, notch=gap is not None, draws=400, seed=plan.seed)
    except ValueError:
        return None
    return Heap(made.mass, drawn.mass_se, made.normalised, width)


def _gap(away: FloatArray, cluster: NDArray[np.str_] | None, near: Near) -> Gap | None:
    """Counts up to a third of the bandwidth, where fewer than five lie beyond and twenty or more within.

    A smooth density differs little over so short a way: six of ten is more than it would put on one side.
    """
    width = min(near.bandwidth) / 3
    inside, beyond = (away <= 0) & (away > -width), (away > 0) & (away <= width)
    if cluster is None:
        counts = int(inside.sum()), int(beyond.sum())
    else:
        counts = np.unique(cluster[inside]).size, np.unique(cluster[beyond]).size
    if counts[0] < _FEW_WITHIN or counts[1] >= _NOTHING_BEYOND:
        return None
    p = stats.binomtest(counts[0], sum(counts), _SMOOTH, alternative="greater").pvalue
    return Gap(width, counts[0], counts[1], float(p))


def _bin(near: Near | None) -> float:
    """The width of a bin where the plan names none: a fifth of the bandwidth, rounded; 0 without one."""
    return 0.0 if near is None or min(near.bandwidth) <= 0 else _nice(min(near.bandwidth) / 5)


def _nice(width: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above ``width``."""
    power = 10.0 ** np.floor(np.log10(width))
    return float(max(d for d in (1.0, 2.0, 5.0) if d * power <= width * (1 + 1e-9)) * power)


def _placebos(plan: ThresholdPlan, cutoff: float, found: Declared, near: Near) -> tuple[Placebo, ...]:
    """The same test at values where no rule begins, each on its own side of the threshold alone."""
    at = plan.placebos or placebo_thresholds(found.value, cutoff, max(near.bandwidth) / 2)
    made = []
    for place in at:
        side = found.value < cutoff if place < cutoff else found.value > cutoff
        groups = None if found.cluster is None else found.cluster[side]
        try:
            away = distances(found.value[side], place, plan.pays, plan.included)
            there, jump = _density(away, groups)
        except ValueError:
            continue
        if min(there.used) >= FEWEST_NEAR:
            gap = _gap(away, groups, there)
            made.append(Placebo(float(place), jump.excess, jump.low, jump.high, jump.p if gap is None else gap.p))
    return tuple(made)


def _verdict(
    plan: ThresholdPlan,
    jump: Jump | None,
    gap: Gap | None,
    p_adjusted: float | None,
    heap: Heap | None,
    placebos: Sequence[Placebo],
    why: str,
) -> tuple[Verdict, str]:
    if jump is None or p_adjusted is None:
        return "cannot-tell", why
    more = heap is not None and heap.declarations > _Z * heap.se
    jumping = bool(placebos) and min(adjust([p.p for p in placebos], "holm")) <= LEVEL
    if p_adjusted <= LEVEL and (gap is not None or jump.excess > 0):
        # Where values heap at round numbers anyway, only what lies above such heaps tells.
        if plan.round_numbers and not more:
            return "cannot-tell", "round-anyway"
        if jumping and not plan.round_numbers:
            return "cannot-tell", "placebos-jump"
        # Piling up is a surplus. Values that are absent beyond, or heaps that the test takes for a jump, are none.
        if gap is not None and not more:
            return "cannot-tell", "gap-alone"
        return ("piles-up", "") if heap is None or more else ("cannot-tell", "no-surplus")
    if jumping:
        return "cannot-tell", "placebos-jump"
    if p_adjusted <= LEVEL:
        return "piles-up-beyond", ""
    if gap is None and 1 / (1 + plan.smallest_effect) < 1 + jump.low and jump.high < plan.smallest_effect:
        return "alike", ""
    return "cannot-tell", "interval-too-wide"


def threshold_result(evaluation: ThresholdEvaluation) -> dict[str, Any]:
    """The evaluation as plain data; it names no declarant and holds no declaration."""
    e = evaluation

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [plain(v) for v in value]
        return None if isinstance(value, float) and (value != value or abs(value) == inf) else value

    content: dict[str, Any] = plain(
        {
            "format": FORMAT,
            "plan": e.plan.content(),
            **e.registered.entries(),
            "data_sha256": e.data_sha256,
            "left_out": e.left_out,
            "threshold": e.cutoff,
            "near": None if e.near is None else asdict(e.near),
            "detectable": e.detectable,
            "jump": None if e.jump is None else {**asdict(e.jump), "p_adjusted": e.p_adjusted},
            "gap": None if e.gap is None else asdict(e.gap),
            "excess_mass": None if e.heap is None else asdict(e.heap),
            "outcomes": [asdict(o) for o in e.outcomes],
            "placebos": [asdict(p) for p in e.placebos],
            "verdict": e.verdict,
            "why": e.why,
            "grade": e.grade,
        }
    )
    return content
