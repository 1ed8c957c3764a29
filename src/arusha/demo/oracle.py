"""What could be found at best: a test that knows the chances under which every officer was really picked.

The oracle asks the two assignment questions with the true probabilities instead of estimated ones: exact
Poisson-binomial tails over draws, the same floors, the same control of false discoveries as an assessment at 5%. It
needs no strata, no pools and no margins, because nothing is unknown to it. Its finds are the yardstick for ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from arusha.demo import oracle_conduct
from arusha.demo.oracle_units import EXCESS, EXPOSURE, RATE
from arusha.demo.world import World
from arusha.inference.multiplicity import hierarchical_bh
from arusha.inference.poisson_binomial import upper_tail


@dataclass(frozen=True)
class Found:
    """One pair that the oracle finds: who, what was seen and what the true chances led to expect."""

    officer_id: str
    declarant_id: str
    office: str
    observed: int
    expected: float
    q_value: float


def _plain(table: pa.Table) -> pa.Table:
    """Text columns as plain text: dictionaries can be neither joined nor sorted."""
    fields = [f.with_type(pa.string()) if pa.types.is_dictionary(f.type) else f for f in table.schema]
    return table.cast(pa.schema(fields))


def _codes(column: pa.ChunkedArray | pa.Array) -> tuple[np.ndarray, list[str]]:
    encoded = pa.chunked_array(column).combine_chunks().dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()


@dataclass(frozen=True)
class _Tested:
    """Pairs with enough draws. ``pairs``: office, declarant and officer, three by one entry a pair."""

    pairs: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    p: np.ndarray

    def standing_out(self) -> list[tuple[int, int, int, int, float, float]]:
        """Pairs found: declarant, officer, office, observed, expected, q."""
        office, declarant, officer = self.pairs
        q = hierarchical_bh(self.p, office).q
        good = (q <= RATE) & (self.observed - self.expected >= EXCESS)
        columns = (declarant, officer, office, self.observed, self.expected, q)
        return [tuple(c[i].item() for c in columns) for i in np.flatnonzero(good)]


def _ask(
    draw: np.ndarray,
    declarant: np.ndarray,
    office: np.ndarray,
    officer: np.ndarray,
    chance: np.ndarray,
    hit: np.ndarray,
) -> _Tested:
    """Every pair with enough draws. One entry a draw and possible officer."""
    _, first = np.unique(np.stack([draw, officer]), axis=1, return_index=True)
    draw, declarant, office, officer = draw[first], declarant[first], office[first], officer[first]
    chance, hit = chance[first], hit[first]
    draws_of = np.unique(np.stack([office, declarant, draw]), axis=1)
    owner, count = np.unique(draws_of[:2], axis=1, return_counts=True)
    exposure = {(int(o), int(d)): int(c) for (o, d), c in zip(owner.T, count, strict=True)}
    order = np.lexsort((officer, declarant, office))
    keys = np.stack([office[order], declarant[order], officer[order]])
    pairs, start = np.unique(keys, axis=1, return_index=True)
    enough = np.array([exposure[int(o), int(d)] >= EXPOSURE for o, d, _ in pairs.T], dtype=bool)
    if not enough.any():
        none = np.empty(0)
        return _Tested(np.empty((3, 0), dtype=np.int64), none, none, none)
    stop = np.append(start[1:], order.size)
    take = np.concatenate([np.arange(a, b) for a, b, e in zip(start, stop, enough, strict=True) if e])
    size = (stop - start)[enough]
    indptr = np.concatenate([[0], np.cumsum(size)])
    seen = np.add.reduceat(hit[order][take].astype(np.int64), indptr[:-1])
    p = chance[order][take]
    return _Tested(pairs[:, enough], seen, np.add.reduceat(p, indptr[:-1]), upper_tail(seen, p, indptr).p)


def steering(world: World) -> list[Found]:
    """Pairs whose first picks exceed what the true chances allow."""
    known = _plain(world.truth.assignment_probabilities)
    declared = _plain(world.tables["declarations"].select(["declaration_id", "declarant_id", "office"]))
    rows = known.join(declared, "declaration_id").sort_by([("draw_id", "ascending"), ("officer_id", "ascending")])
    declarant, declarants = _codes(rows["declarant_id"])
    office, offices = _codes(rows["office"])
    officer, officers = _codes(rows["officer_id"])
    found = _ask(
        rows["draw_id"].to_numpy(),
        declarant,
        office,
        officer,
        rows["probability"].to_numpy(),
        rows["picked"].to_numpy(zero_copy_only=False),
    )
    return [Found(officers[i], declarants[d], offices[o], n, e, q) for d, i, o, n, e, q in found.standing_out()]


def _moved_to(world: World) -> tuple[_Tested, list[str], list[str], list[str]]:
    """Pairs of receiver and declarant, tested; names of offices, declarants and officers by code.

    The honest rate is taken, office by office, from declarations that no scheme touched; a moved declaration goes to
    any other officer of its pool with equal chance.
    """
    picks = _plain(world.tables["assignments"].select(["declaration_id", "sequence", "officer_id"]))
    last = picks.group_by("declaration_id").aggregate([("sequence", "max")])
    last = last.join(picks, ["declaration_id", "sequence_max"], ["declaration_id", "sequence"])
    final = dict(zip(last["declaration_id"].to_pylist(), last["officer_id"].to_pylist(), strict=True))
    known = _plain(world.truth.assignment_probabilities)
    declared = _plain(world.tables["declarations"].select(["declaration_id", "declarant_id", "office"]))
    rows = known.join(declared, "declaration_id").sort_by(
        [("declaration_id", "ascending"), ("officer_id", "ascending")]
    )
    ids = rows["declaration_id"].to_pylist()
    ended = np.array([final.get(i) for i in ids], dtype=object)
    officer_of = np.array(rows["officer_id"].to_pylist(), dtype=object)
    picked = rows["picked"].to_numpy(zero_copy_only=False)
    declaration, _ = _codes(rows["declaration_id"])
    office, offices = _codes(rows["office"])
    declarant, declarants = _codes(rows["declarant_id"])
    officer, officers = _codes(rows["officer_id"])
    planted = set(world.truth.planted_declarations["declaration_id"].to_pylist())
    honest = np.array([i not in planted for i in ids])
    moved = ended != officer_of
    rate = np.zeros(len(offices))
    for o in range(len(offices)):
        mine = picked & honest & (office == o)
        rate[o] = moved[mine].mean() if mine.any() else 0.0
    others = ~picked
    size = np.rint(1.0 / rows["probability"].to_numpy()).astype(np.int64)
    chance = rate[office] / np.maximum(size - 1, 1)
    hit = ended == officer_of
    tested = _ask(declaration[others], declarant[others], office[others], officer[others], chance[others], hit[others])
    return tested, offices, declarants, officers


def override(world: World) -> list[Found]:
    """Pairs to which more work was moved than the office's honest rate of reassignment allows."""
    tested, offices, declarants, officers = _moved_to(world)
    return [Found(officers[i], declarants[d], offices[o], n, e, q) for d, i, o, n, e, q in tested.standing_out()]


def moved_away(world: World) -> set[str]:
    """Declarants whose files left the officer first picked more often than the chances of honest work allow.

    The question has a declarant and its pairs with receivers in one family, and so have they here: the pairs weigh,
    though only declarants are told.
    """
    tested, offices, _, _ = _moved_to(world)
    units = oracle_conduct.moves(world)
    office = [offices[o] for o in tested.pairs[0]] + [world.country.offices[o].code for o in units.office]
    q = hierarchical_bh(np.concatenate([tested.p, units.p]), np.array(office, dtype=str)).q[tested.p.size :]
    names = units.names(world.country)
    return {names[i][0] for i in np.flatnonzero((q <= RATE) & units.beyond)}
