"""Innocent accounts of a pair that stands out, which the records can neither show nor rule out.

Five are weighed. *Avoidance*: one officer hardly ever has the declarant's files (a tenth or less of what would be due),
and the others share that officer's turn as they share everything else; a recusal does that. *A shared desk*: several
declarants meet the same officers, and among those at that desk the pair is nothing out of the ordinary. *A key*: the
other declarants' files show that the office goes by a recorded column (the importer), and the pair is what its values
would give. *Bundles*: files that wait are handed out in the order of their numbers, neighbours to one officer
(``assignment_heaps``), and the pair is what the same places in the pile give. *Uneven as a rule*: the other declarants'
pairs differ from draws among themselves, as where the office goes by what no record holds, and the pair is not clearly
beyond that. Each is a null hypothesis of its own, and a pair that is to stand out must stand out against every one that
its records allow: its p is the largest (a composite null). Where it does so against the common rule only, the answer is
that the records cannot tell.

No table of the contract holds a recusal: duties know no such kind, pools and rules name no declarant, and role
conflicts are of roles. So avoidance is never "explained", and its text says that recusals were not checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.indicators.assignment_desks import Desks
from arusha.indicators.assignment_draws import UNKNOWN, IntArray
from arusha.indicators.assignment_heaps import Heaps
from arusha.indicators.assignment_joint import Joint
from arusha.indicators.assignment_keys import Key
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_remainder import parts, remainder, tail_at
from arusha.indicators.assignment_rounds import Account, Limits, Tested, adjusted, pairs_without, stands_out
from arusha.indicators.assignment_scatter import office_scatter, tails_beyond

FloatArray = NDArray[np.float64]

NEVER = 0.1
"""Part of its due up to which an officer is taken to be kept from a declarant's files: files are mistaken at times, and
a file that cannot wait is taken by whoever is there."""


def lower_tail_bound(observed: ArrayLike, expected: ArrayLike) -> FloatArray:
    """An upper bound of the chance of so few or fewer (Chernoff 1952), for sums of independent draws with or without
    replacement; 1 where there are no fewer than expected.
    """
    x, m = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        log = x - m - np.where(x > 0, x * np.log(x / m), 0.0)
    return np.where(x < m, np.exp(np.minimum(log, 0.0)), 1.0)


def avoided(plain: Pairs, rate: float) -> IntArray:
    """Officers who never have the declarant's files, beyond chance. ``plain``: all pairs of one declarant."""
    few = plain.observed <= NEVER * plain.expected
    chance = lower_tail_bound(plain.observed, plain.expected) * max(plain.p.size, 1)
    return np.asarray(plain.outcome[few & (chance <= rate)])


def weighed(
    offices: Sequence[Prepared],
    results: Sequence[Tested],
    limits: Limits,
    threads: int = 1,
    teams: Sequence[IntArray] | None = None,
) -> list[Tested]:
    """The answer once every pair that stands out has been held against the accounts that its records allow.

    ``teams``: one an office, the team of each of its officers where the records tell teams (``assignment_acts``).
    """
    recorded = [np.full(len(o.draws.outcomes), UNKNOWN) for o in offices] if teams is None else teams
    found = [
        _accounts(o, t, limits, threads, team) if t.signal.any() else []
        for o, t, team in zip(offices, results, recorded, strict=True)
    ]
    largest = [t.pairs.p.copy() for t in results]
    for k, accounts in enumerate(found):
        for account in accounts:
            largest[k][account.pair] = max(largest[k][account.pair], account.p)
    held = [replace(t, pairs=replace(t.pairs, p=p)) for t, p in zip(results, largest, strict=True)]
    q = adjusted([t.pairs for t in held])
    # Where the office goes by a key, is parted into desks or uneven as a rule, pairs that it puts far from chance and
    # that do not stand out, of too few files, are not weighed: there they lend the others no false-discovery rate.
    alone = [t.pairs for t in held]
    for k, (tested, before, accounts) in enumerate(zip(held, results, found, strict=True)):
        if any(a.kind != "avoidance" and a.p > before.pairs.p[a.pair] for a in accounts):
            p = np.where(tested.signal | np.isnan(tested.pairs.p), tested.pairs.p, 1.0)
            alone[k] = replace(tested.pairs, p=p)
    without = adjusted(alone)
    out = []
    for tested, accounts, own, shared in zip(held, found, without, q, strict=True):
        qk = np.where(tested.signal, own, shared)
        signal = stands_out(tested.pairs, qk, limits) & tested.signal
        # An account is told of a pair that would stand out without it.
        told = tuple(a for a in accounts if not signal[a.pair])
        out.append(replace(tested, q=qk, signal=signal, accounts=told))
    return out


def _accounts(office: Prepared, tested: Tested, limits: Limits, threads: int, team: IntArray) -> list[Account]:
    """The account under which each pair that stands out is likeliest, for pairs that have any."""
    pairs = tested.pairs
    structural = np.zeros((len(office.draws.declarants), office.columns), dtype=bool)
    for b, i in tested.structural:
        structural[b, i] = True
    desks = Desks(office, np.asarray(structural.any(axis=1)), limits.rate)
    keys = [Key(office, name) for name in office.draws.keys]
    joint, heaps = Joint(office), Heaps(office)
    every = np.arange(len(office.draws.outcomes))
    out: list[Account] = []
    for b in np.unique(pairs.declarant[tested.signal]).tolist():
        mine = np.flatnonzero(tested.signal & (pairs.declarant == b)).tolist()
        aside = structural.copy()
        aside[b] = False
        plain = _of(b, pairs_without(office, aside, threads, {b: every}))
        likeliest: dict[int, Account] = {}
        for j in avoided(plain, limits.rate).tolist():
            aside[b] = False
            aside[b, j] = True
            left = _of(b, pairs_without(office, aside, threads, {b: every}))
            # What stands out beside an officer who is avoided would hide the declarant's other pairs.
            cells = [i for i in pairs.outcome[mine].tolist() if i != j and _p_of(left, i) * every.size <= limits.rate]
            aside[b, cells] = True
            left = _of(b, pairs_without(office, aside, threads, {b: every})) if cells else left
            for k in mine:
                _keep(likeliest, Account(k, "avoidance", _p_of(left, int(pairs.outcome[k])), (j,), (b,)))
        begun = plain.outcome[(np.nan_to_num(plain.p, nan=1.0) <= limits.rate) & (plain.observed > plain.expected)]
        # One desk at which the declarant stands out, or several teams, each looked for from the pair's own officer.
        served = [desks.of(b, begun) if begun.size else None]
        served += [desks.team(b, int(pairs.outcome[k])) for k in mine]
        for desk in dict.fromkeys(served):
            if desk is None:
                continue
            within = desks.within(desk, b)
            at_desk = [k for k in mine if pairs.outcome[k] in desk.officers]
            for k in at_desk:
                p = _p_of(within, int(pairs.outcome[k]))
                _keep(likeliest, Account(k, "desk", p, desk.officers, desk.declarants))
            # A desk that leaves the office uneven is not what makes it so: a pair is held against what is left, too,
            # as one of those whom the desk serves and as one of those whom it does not.
            left_of = remainder(office, parts(desks, desk, b, every.size), b) if at_desk else None
            if left_of is not None:
                tails = tails_beyond(office, structural, pairs, np.array(at_desk, dtype=np.int64), left_of)
                for k, p in zip(at_desk, tails.tolist(), strict=True):
                    i = int(pairs.outcome[k])
                    p = max(p, tail_at(desks, office, desk, b, i, left_of))
                    _keep(likeliest, Account(k, "scatter", p, (i,), (b,)))
        for key in keys:
            together = key.together(b)
            if together is not None:
                for k in mine:
                    i = int(pairs.outcome[k])
                    _keep(likeliest, Account(k, key.name, key.tail(b, i, together), (i,), (b,)))
        # Pairs that were set aside are among the ordinary ones where an office is uneven: leaving them out would cut
        # the upper end off before the scatter is measured. A few schemes move its middle little.
        scatter = office_scatter(pairs.where(pairs.declarant != b))
        if scatter is not None:
            # A desk or a key is what makes the office uneven: within it the pair was held against its like already.
            known = {k for k, account in likeliest.items() if account.kind != "avoidance"}
            left_over = [k for k in mine if k not in known]
            tails = tails_beyond(office, structural, pairs, np.array(left_over, dtype=np.int64), scatter)
            for k, p in zip(left_over, tails.tolist(), strict=True):
                _keep(likeliest, Account(k, "scatter", p, (int(pairs.outcome[k]),), (b,)))
        # None of these says that nothing else makes the office uneven.
        bundles = heaps.bundles(b)
        for k in mine:
            i = int(pairs.outcome[k])
            if bundles is not None:
                _keep(likeliest, Account(k, "bundle", heaps.tail(b, i, bundles), (i,), (b,)))
            written = desks.written(team, i)
            if written is not None:
                p = _p_of(desks.within(written, b), i)
                _keep(likeliest, Account(k, "desk", p, written.officers, (b,)))
            corners = joint.of(b, i)
            if corners is not None:
                _keep(likeliest, Account(k, "desk", joint.tail(corners, b, i), (i,), corners.declarants))
        out += likeliest.values()
    return out


def _of(declarant: int, pairs: Pairs) -> Pairs:
    return pairs.where(pairs.declarant == declarant)


def _p_of(pairs: Pairs, outcome: int) -> float:
    """The tail of one outcome; 1 where nothing is left to chance, so that nothing speaks against the account."""
    p = pairs.p[pairs.outcome == outcome]
    return float(p[0]) if p.size and np.isfinite(p[0]) else 1.0


def _keep(likeliest: dict[int, Account], account: Account) -> None:
    if account.pair not in likeliest or account.p > likeliest[account.pair].p:
        likeliest[account.pair] = account
