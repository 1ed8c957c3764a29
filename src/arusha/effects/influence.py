"""Influence functions of many cells: how much each unit moves each effect, kept in full or as what they are made of.

Where there is nothing to adjust for, an effect is a difference of means of changes between periods, so that a unit's
influence on every cell of its group follows from its T outcomes: n x T numbers instead of n x m, and covariances from
one T x T matrix a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from arusha.effects.panels import FloatArray, IntArray

DOUBTFUL = 1e-9
"""Share of its terms beside which a sum of squares that nearly cancels is made again from single units."""


class Influence(Protocol):
    """Of n units on m cells."""

    def full(self) -> FloatArray:
        """n x m."""

    def combined(self, weights: FloatArray) -> FloatArray:
        """n x k: weighted sums over cells, by m x k weights; a cell of weight 0 in all of them is not looked at."""

    def gram(self, cells: IntArray, cluster: IntArray) -> FloatArray:
        """Sums over clusters of products of two of these cells' influence added up within the cluster."""

    def squares(self, cluster: IntArray) -> FloatArray:
        """m: the diagonal of ``gram`` of all cells."""


def cluster_sums(influence: FloatArray, cluster: IntArray) -> FloatArray:
    """Influence functions added up within clusters (c x m)."""
    clusters = int(cluster.max()) + 1
    if clusters == cluster.size:
        return influence
    sums = np.zeros((clusters, influence.shape[1]))
    np.add.at(sums, cluster, influence)
    return sums


@dataclass(frozen=True)
class Full:
    """All n x m of them."""

    values: FloatArray

    def full(self) -> FloatArray:
        """As ``Influence.full``."""
        return self.values

    def combined(self, weights: FloatArray) -> FloatArray:
        """As ``Influence.combined``."""
        use = np.flatnonzero(np.any(weights != 0, axis=1))
        return np.asarray(self.values[:, use] @ weights[use])

    def gram(self, cells: IntArray, cluster: IntArray) -> FloatArray:
        """As ``Influence.gram``."""
        sums = cluster_sums(self.values[:, cells], cluster)
        return np.asarray(sums.T @ sums)

    def squares(self, cluster: IntArray) -> FloatArray:
        """As ``Influence.squares``."""
        sums = cluster_sums(self.values, cluster)
        return np.asarray(np.einsum("cm,cm->m", sums, sums))


@dataclass(frozen=True)
class Block:
    """Units that are in the same cells on the same side."""

    rows: IntArray
    """r of the n units."""
    value: FloatArray
    """T x r: outcomes around the mean of the block in each period, times what the unit weighs in it."""
    cells: IntArray
    """Of the m."""
    line: FloatArray
    """T x cells: how much of each period a cell takes."""

    @cached_property
    def products(self) -> FloatArray:
        """T x T: sums over units of products of two periods."""
        return np.asarray(self.value @ self.value.T)


@dataclass(frozen=True)
class Blocks:
    """Blocks of which no two share a unit."""

    n: int
    m: int
    blocks: tuple[Block, ...]

    def full(self) -> FloatArray:
        """As ``Influence.full``."""
        turned = np.zeros((self.m, self.n))  # a row is one cell's
        for b in self.blocks:
            turned[np.ix_(b.cells, b.rows)] = b.line.T @ b.value
        return turned.T

    def combined(self, weights: FloatArray) -> FloatArray:
        """As ``Influence.combined``."""
        out = np.zeros((self.n, weights.shape[1]))
        for b in self.blocks:
            out[b.rows] = b.value.T @ (b.line @ weights[b.cells])
        return out

    def gram(self, cells: IntArray, cluster: IntArray) -> FloatArray:
        """As ``Influence.gram``."""
        if int(cluster.max()) + 1 != cluster.size:
            chosen = np.zeros((self.m, cells.size))
            chosen[cells, np.arange(cells.size)] = 1.0
            sums = cluster_sums(self.combined(chosen), cluster)
            return np.asarray(sums.T @ sums)
        found = np.zeros((self.m, self.m))
        for b in self.blocks:
            found[np.ix_(b.cells, b.cells)] += b.line.T @ b.products @ b.line
        return found[np.ix_(cells, cells)]

    def squares(self, cluster: IntArray) -> FloatArray:
        """As ``Influence.squares``."""
        if int(cluster.max()) + 1 != cluster.size:
            return np.diag(self.gram(np.arange(self.m), cluster)).copy()
        found, terms = np.zeros(self.m), np.zeros(self.m)
        for b in self.blocks:
            found[b.cells] += np.sum((b.products @ b.line) * b.line, axis=0)
            terms[b.cells] += (np.sqrt(np.diag(b.products)) @ np.abs(b.line)) ** 2
        doubtful = np.flatnonzero(found <= DOUBTFUL * terms)
        found[doubtful] = 0.0
        for b in self.blocks:
            mine = np.isin(b.cells, doubtful)
            if mine.any():
                found[b.cells[mine]] += np.sum((b.line[:, mine].T @ b.value) ** 2, axis=1)
        return found


def standard_errors(influence: FloatArray, cluster: IntArray) -> FloatArray:
    """Standard errors (m) from influence functions (n x m), clustered."""
    return np.asarray(np.sqrt(Full(influence).squares(cluster)) / influence.shape[0])
