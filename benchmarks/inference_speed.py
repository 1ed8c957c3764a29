"""Seconds of processor time for the heavy statistics, one thread, compiled beforehand.

python benchmarks/inference_speed.py
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import numpy as np

from arusha.inference import homogeneity, hypergeometric, multiplicity, permutation, poisson_binomial


def timed(name: str, run: Callable[[], object], warm: Callable[[], object]) -> None:
    warm()
    start = process_time()
    run()
    print(f"| {name} | {process_time() - start:.2f} |", flush=True)


def main() -> None:
    random = np.random.default_rng(1)
    print("| what | seconds |\n|---|---|")
    n = 2_150_000
    M = random.integers(20, 5000, n)
    m, k = (M * random.uniform(0, 0.5, n)).astype(int), (M * random.uniform(0, 0.3, n)).astype(int)
    x = random.hypergeometric(m, M - m, k) + random.integers(0, 10, n)
    timed(
        "hypergeometric tails, 2.15 million cells",
        lambda: hypergeometric.upper_tail(x, M, m, k),
        lambda: hypergeometric.upper_tail(x[:10], M[:10], m[:10], k[:10]),
    )
    million = slice(0, 1_000_000)
    timed(
        "noncentral hypergeometric tails, a million cells",
        lambda: homogeneity.noncentral_upper_tail(x[million], M[million], m[million], k[million], 0.7),
        lambda: homogeneity.noncentral_upper_tail(x[:10], M[:10], m[:10], k[:10], 0.7),
    )
    units, strata = 9600, 250
    M = random.integers(20, 400, units * strata)
    m, k = (M * random.uniform(0, 0.3, M.size)).astype(int), (M * random.uniform(0, 0.1, M.size)).astype(int)
    t = random.hypergeometric(m, M - m, k).reshape(units, strata).sum(1) + random.integers(0, 100, units)
    timed(
        "stratified tails, 9,600 units of 250 strata",
        lambda: hypergeometric.stratified_upper_tail(t, M, m, k, np.arange(units + 1) * strata),
        lambda: hypergeometric.stratified_upper_tail(t[:2], M[:500], m[:500], k[:500], np.arange(3) * strata),
    )
    p = random.uniform(0, 0.3, 9600 * 200)
    seen = np.full(9600, 45)
    timed(
        "Poisson-binomial tails, 9,600 units of 200 draws",
        lambda: poisson_binomial.upper_tail(seen, p, np.arange(9601) * 200),
        lambda: poisson_binomial.upper_tail(seen[:2], p[:400], np.arange(3) * 200),
    )
    p = random.uniform(0, 1, 2_000_000)
    family = random.integers(0, 500, p.size)
    timed("Benjamini-Hochberg, 2 million", lambda: multiplicity.adjust(p), lambda: multiplicity.adjust(p[:10]))
    timed(
        "two-level Benjamini-Hochberg, 2 million in 500 families",
        lambda: multiplicity.hierarchical_bh(p, family),
        lambda: multiplicity.hierarchical_bh(p[:10], family[:10]),
    )
    cells = random.integers(0, 200, (4, 400_000))
    timed(
        "homogeneity of a table against three others, 100,000 units",
        lambda: homogeneity.first_against_others(*cells, np.arange(100_001) * 4),
        lambda: homogeneity.first_against_others(*cells[:, :4], [0, 4]),
    )
    rows = random.integers(0, 500, 150_000), random.integers(0, 60, 150_000), random.integers(0, 400, 150_000)
    i, j = (v.ravel() for v in np.indices((60, 400)))
    timed(
        "1,000 permutations within 500 strata of 150,000 rows, 24,000 cells",
        lambda: permutation.permuted_cells(*rows, (i, j), draws=1000, seed=1),
        lambda: permutation.permuted_cells(*rows, (i, j), draws=1, seed=1),
    )


if __name__ == "__main__":
    main()
