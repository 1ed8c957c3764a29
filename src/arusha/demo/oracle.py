"""What could be found at best: a test that knows the chances under which every officer was really picked.

The oracle asks the two assignment questions with the true probabilities instead of estimated ones: exact
Poisson-binomial tails over draws, the same floors, the same control of false discoveries as an assessment at 5%. It
needs no strata, no pools and no margins, because nothing is unknown to it. Its finds are the yardstick for ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from arusha.demo.world import World
from arusha.inference.multiplicity import hierarchical_bh
from arusha.inference.poisson_binomial import upper_tail

EXPOSURE = 30
EXCESS = 5
RATE = 0.05


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


def _ask(
    draw: np.ndarray,
    declarant: np.ndarray,
    office: np.ndarray,
    officer: np.ndarray,
    chance: np.ndarray,
    hit: np.ndarray,
) -> list[tuple[int, int, int, int, float, float]]:
    """Pairs found: declarant, officer, office, observed, expected, q. One entry a draw and possible officer."""
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
        return []
    stop = np.append(start[1:], order.size)
    take = np.concatenate([np.arange(a, b) for a, b, e in zip(start, stop, enough, strict=True) if e])
    size = (stop - start)[enough]
    indptr = np.concatenate([[0], np.cumsum(size)])
    seen = np.add.reduceat(hit[order][take].astype(np.int64), indptr[:-1])
    p = chance[order][take]
    expected = np.add.reduceat(p, indptr[:-1])
    tested = pairs[:, enough]
    q = hierarchical_bh(upper_tail(seen, p, indptr).p, tested[0]).q
    good = (q <= RATE) & (seen - expected >= EXCESS)
    return [
        (int(tested[1][i]), int(tested[2][i]), int(tested[0][i]), int(seen[i]), float(expected[i]), float(q[i]))
        for i in np.flatnonzero(good)
    ]


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
    return [Found(officers[i], declarants[d], offices[o], n, e, q) for d, i, o, n, e, q in found]


def override(world: World) -> list[Found]:
    """Pairs to which more work was moved than the office's honest rate of reassignment allows.

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
    found = _ask(declaration[others], declarant[others], office[others], officer[others], chance[others], hit[others])
    return [Found(officers[i], declarants[d], offices[o], n, e, q) for d, i, o, n, e, q in found]
