"""The numbers of a fairness audit: each group against everybody else, raw and among people with as many cases.

Nothing comes out of a group under ten people, nor of one that could be worked out from the others; and counts of people
signalled are given only where ten or more were and ten or more were not. What all numbers of a job give away together,
across attributes and questions, is held to the same (``arusha.fairness.disclosure``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from arusha.fairness.disclosure import Sets, Tells, tellable
from arusha.fairness.people import Person
from arusha.inference.intervals import clopper_pearson, fisher_exact, garwood
from arusha.inference.mantel_haenszel import exact_common_odds_ratio
from arusha.inference.multiplicity import adjust
from arusha.inference.proportion_ratio import proportion_ratio, smallest_seen_ratio

FEWEST = 10
"""People in the smallest group that is shown."""
LEVEL = 0.05
NOT_STATED = "not stated"
BANDS = 5
"""People are compared within as many bands of cases, of like size, where there are enough of them."""


@dataclass(frozen=True)
class Compared:
    """One group against everybody else who was tested. What must not be given is none; then words are all there is.

    ``rate`` is the share of people signalled, ``ratio`` that of the group over that of the others (impact ratio) with
    its score interval, ``p`` Fisher's exact test, ``odds`` the odds ratio of the same table. ``per_hundred`` is people
    signalled per hundred cases. ``adjusted`` is the exact odds ratio common to bands of people with as many cases, with
    its own exact ``adjusted_p``. ``word`` and ``adjusted_word`` are of the fixed vocabulary, after Holm's correction
    for all comparisons of the audit. ``sees`` is the smallest impact ratio that Fisher's test finds four times in five
    where the others are signalled at the promised rate; none where there is no such ratio.
    """

    attribute: str
    group: str
    people: int | None
    word: str
    adjusted_word: str
    sees: float | None
    signalled: int | None = None
    explained: int | None = None
    rate: tuple[float, float, float] | None = None
    ratio: tuple[float | None, float, float | None] | None = None
    p: float | None = None
    odds: tuple[float | None, float, float | None] | None = None
    per_hundred: tuple[float, float, float] | None = None
    adjusted: tuple[float | None, float, float | None] | None = None
    adjusted_p: float | None = None


@dataclass(frozen=True)
class Stability:
    """Who was signalled in a first period and is again in a second; ``by_chance`` is the second's share of all."""

    people: int
    first: int | None
    again: int | None
    share: tuple[float, float, float] | None
    by_chance: float | None


@dataclass(frozen=True)
class Audit:
    """A whole audit. ``withheld`` counts groups that are not shown, by attribute; ``untested`` names attributes."""

    people: int
    signalled: int | None
    unknown: int | None
    compared: tuple[Compared, ...]
    withheld: Mapping[str, int]
    stability: Stability | None
    untested: tuple[str, ...]


UNUSUAL, WITHIN, CANNOT_TELL = "unusual", "within-expected-scatter", "cannot-tell"


Periods = tuple[Mapping[str, Person], Mapping[str, Person]]


@dataclass(frozen=True)
class Asked:
    """What a question says of each person, and perhaps in the first and in the second half of the time.

    ``rate`` is the signal rate that was promised; ``sees`` is for that rate, and so says nothing of anybody.
    """

    known: Mapping[str, Person]
    rate: float
    periods: Periods | None = None


def audit(
    known: Mapping[str, Person],
    groups: Mapping[str, Mapping[str, str]],
    *,
    rate: float,
    periods: Periods | None = None,
) -> Audit:
    """The audit of one question; see ``audits``."""
    return audits({"": Asked(known, rate, periods)}, groups)[""]


def audits(asked: Mapping[str, Asked], groups: Mapping[str, Mapping[str, str]]) -> dict[str, Audit]:
    """Compare every group of every attribute with everybody else, for one question or several together.

    Parameters
    ----------
    asked
        Question -> what it says of each person. Who is not among ``groups`` is left out, and counted.
    groups
        Person -> attribute -> group; where that is empty the person is of the group ``not stated``.
    """
    divided = {question: _divide(one, groups) for question, one in asked.items()}
    told = tellable({question: parts.sets for question, parts in divided.items()}, FEWEST)
    return {q: _audit(asked[q], parts, told.attributes[q], q in told.halves) for q, parts in divided.items()}


@dataclass(frozen=True)
class _Divided:
    """People of one question by attribute and group, as far as groups are shown."""

    some: Mapping[str, Person]
    sets: Sets
    withheld: Mapping[str, int]
    untested: tuple[str, ...]


def _divide(one: Asked, groups: Mapping[str, Mapping[str, str]]) -> _Divided:
    some = {who: one.known[who] for who in sorted(set(one.known) & set(groups))}
    signalled = frozenset(w for w in some if some[w].signalled)
    explained = frozenset(w for w in some if some[w].explained)
    parts: dict[str, dict[str, frozenset[str]]] = {}
    most: dict[str, Tells] = {}
    withheld: dict[str, int] = {}
    untested: list[str] = []
    for attribute in sorted({a for told in groups.values() for a in told}):
        members: dict[str, list[str]] = {}
        for who in some:
            members.setdefault(groups[who].get(attribute, "").strip() or NOT_STATED, []).append(who)
        shown = _shown(members)
        if len(shown) < len(members):
            withheld[attribute] = len(members) - len(shown)
        if len(members) < 2 or not shown:
            untested.append(attribute)
            continue
        parts[attribute] = {group: frozenset(members[group]) for group in shown}
        told = _told(members, shown, set(signalled), set(some))
        tells = Tells.SIGNALLED if told else Tells.SIZES
        if told and _told(members, shown, set(explained), set(signalled)):
            tells = Tells.EXPLAINED
        most[attribute] = tells
    sets = Sets(
        frozenset(some),
        # Counts that are not told at all give nothing away.
        signalled if _tellable(len(signalled), len(some)) else frozenset(),
        explained,
        parts,
        most,
        _told_of(_halves(one.periods)),
        frozenset(set(one.known) - set(groups)),
    )
    return _Divided(some, sets, withheld, tuple(untested))


def _audit(one: Asked, parts: _Divided, tells: Mapping[str, Tells], halves: bool) -> Audit:
    everybody = list(parts.some.values())
    found = [
        _count(attribute, group, everybody, np.array([w in members for w in parts.some]), tells[attribute])
        for attribute, groups in parts.sets.groups.items()
        for group, members in groups.items()
    ]
    signalled = sum(p.signalled for p in everybody)
    return Audit(
        len(everybody),
        signalled if _tellable(signalled, len(everybody)) else None,
        _enough(len(parts.sets.others)),
        _judged(found, one.rate),
        parts.withheld,
        _stability(*one.periods, told=halves) if one.periods else None,
        parts.untested,
    )


def _told(members: Mapping[str, list[str]], shown: list[str], have: set[str], of: set[str]) -> bool:
    """Whether counts of an attribute may be given: in each group shown, and in those hidden together, they can be.

    One that is not could be worked out from the others and the total, which another attribute gives away.
    """
    parts = [set(members[g]) for g in shown]
    rest = {w for g, some in members.items() if g not in shown for w in some}
    return all(_tellable(len(part & have), len(part & of)) for part in [*parts, *([rest] if rest else [])])


def _shown(members: Mapping[str, list[str]]) -> list[str]:
    """Groups that may be shown: of ten or more people, and none that is told by what the others leave.

    Fewer than ten people in all hidden groups together could be found by subtraction: then the next smallest goes too.
    """
    sizes = sorted((len(some), group) for group, some in members.items())
    hidden = [(n, g) for n, g in sizes if n < FEWEST]
    shown = [(n, g) for n, g in sizes if n >= FEWEST]
    while hidden and shown and sum(n for n, _ in hidden) < FEWEST:
        hidden.append(shown.pop(0))
    if len(shown) == 1 and sum(n for n, _ in hidden) < FEWEST:
        return []
    return sorted(g for _, g in shown)


@dataclass(frozen=True)
class _Counted:
    attribute: str
    group: str
    a: int
    n1: int
    c: int
    n2: int
    explained: int
    cases: int
    p: float
    odds: tuple[float, float, float]
    adjusted_p: float
    adjusted: tuple[float, float, float]
    tells: Tells
    least_p: float


def _count(attribute: str, group: str, everybody: list[Person], inside: NDArray[np.bool_], tells: Tells) -> _Counted:
    signalled = np.array([p.signalled for p in everybody])
    cases = np.array([p.cases for p in everybody], dtype=np.int64)
    a, n1 = int((signalled & inside).sum()), int(inside.sum())
    c, n2 = int((signalled & ~inside).sum()), int((~inside).sum())
    raw = fisher_exact(a, n1 - a, c, n2 - c)
    band = bands(cases)
    most = int(band.max()) + 1
    t1, t2, t3, t4 = (
        np.bincount(band[keep], minlength=most)
        for keep in (signalled & inside, ~signalled & inside, signalled & ~inside, ~signalled & ~inside)
    )
    within = exact_common_odds_ratio(t1, t2, t3, t4, [0, most])
    return _Counted(
        attribute,
        group,
        a,
        n1,
        c,
        n2,
        sum(p.explained for p, i in zip(everybody, inside, strict=True) if i),
        int(cases[inside].sum()),
        raw.p.item(),
        (raw.estimate.item(), raw.low.item(), raw.high.item()),
        within.p.item(),
        (within.estimate.item(), within.low.item(), within.high.item()),
        tells,
        _least_p(n1, n2, a + c),
    )


def bands(cases: NDArray[np.int64]) -> NDArray[np.int64]:
    """The band of each person by their number of cases: up to five of like size, of ten people or more on average.

    People with equally many cases share a band.
    """
    wanted = max(1, min(BANDS, cases.size // FEWEST))
    edges = np.quantile(cases, np.arange(1, wanted) / wanted, method="lower") if wanted > 1 else np.array([])
    codes = np.searchsorted(np.unique(edges), cases, side="left")
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _judged(found: list[_Counted], rate: float) -> tuple[Compared, ...]:
    """Words after Holm's correction over everything that this audit compares, raw and adjusted each by itself."""
    if not found:
        return ()
    raw = np.asarray(adjust([min(1.0, one.p) for one in found], "holm"))
    within = np.asarray(adjust([min(1.0, one.adjusted_p) for one in found], "holm"))
    most = LEVEL / len(found)
    return tuple(
        _compared(one, float(q), float(r), rate, one.least_p > most)
        for one, q, r in zip(found, raw, within, strict=True)
    )


def _least_p(n1: int, n2: int, total: int) -> float:
    """The smallest p that Fisher's test could have given with these margins."""
    x = np.arange(max(0, total - n2), min(n1, total) + 1)
    chance = stats.hypergeom.pmf(x, n1 + n2, n1, total)
    return float(chance[chance <= chance.min() * (1.0 + 1e-7)].sum())


def _compared(one: _Counted, q: float, adjusted_q: float, promised: float, blind: bool) -> Compared:
    """``blind``: nothing that could have been seen with these margins would have been unusual."""
    sees = smallest_seen_ratio(one.n1, one.n2, promised)
    words = [UNUSUAL if p <= LEVEL else CANNOT_TELL if blind else WITHIN for p in (q, adjusted_q)]
    seen = _finite(round(sees, 2))
    if one.tells is Tells.WORDS:
        return Compared(one.attribute, one.group, None, words[0], words[1], None)
    if one.tells is Tells.SIZES:
        return Compared(one.attribute, one.group, one.n1, words[0], words[1], seen)
    rate = clopper_pearson(one.a, one.n1)
    ratio = proportion_ratio(one.a, one.n1, one.c, one.n2)
    hundred = garwood(one.a, max(one.cases, 1) / 100.0)
    return Compared(
        one.attribute,
        one.group,
        one.n1,
        words[0],
        words[1],
        seen,
        one.a,
        one.explained if one.tells is Tells.EXPLAINED else None,
        (rate.estimate.item(), rate.low.item(), rate.high.item()),
        (_finite(ratio.estimate.item()), ratio.low.item(), _finite(ratio.high.item())),
        one.p,
        (_finite(one.odds[0]), one.odds[1], _finite(one.odds[2])),
        (hundred.estimate.item(), hundred.low.item(), hundred.high.item()),
        (_finite(one.adjusted[0]), one.adjusted[1], _finite(one.adjusted[2])),
        one.adjusted_p,
    )


def _halves(periods: Periods | None) -> tuple[frozenset[str], frozenset[str], frozenset[str]] | None:
    """People tested in both halves, and those signalled in each; none where too few are to say so."""
    if periods is None:
        return None
    both = frozenset(set(periods[0]) & set(periods[1]))
    before, after = (frozenset(w for w in both if half[w].signalled) for half in periods)
    if len(both) < FEWEST or not all(_tellable(len(half), len(both)) for half in (before, after)):
        return None
    return both, before, after


def _told_of(halves: tuple[frozenset[str], frozenset[str], frozenset[str]] | None) -> tuple[frozenset[str], ...]:
    """The sets that the comparison tells of: those signalled in both only where it says how many they are."""
    if halves is None:
        return ()
    again = halves[1] & halves[2]
    return (*halves, again) if _tellable(len(again), len(halves[1])) else halves


def _stability(first: Mapping[str, Person], second: Mapping[str, Person], *, told: bool) -> Stability:
    halves = _halves((first, second))
    if halves is None or not told:
        return Stability(0, None, None, None, None)
    both, before, after = halves
    again = len(before & after)
    if not _tellable(again, len(before)):
        return Stability(len(both), len(before), None, None, len(after) / len(both))
    share = clopper_pearson(again, len(before))
    given = (share.estimate.item(), share.low.item(), share.high.item())
    return Stability(len(both), len(before), again, given, len(after) / len(both))


def _tellable(count: int, of: int) -> bool:
    """Whether a count of people may be given: ten or more have it, and ten or more have not."""
    return count >= FEWEST and of - count >= FEWEST


def _enough(count: int) -> int | None:
    return count if count == 0 or count >= FEWEST else None


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def as_dict(done: Audit) -> dict[str, Any]:
    """The audit as plain data, for its file."""
    from dataclasses import asdict

    return asdict(done)
