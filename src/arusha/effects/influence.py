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

    def products(self, mixed: Mixed, cluster: IntArray) -> FloatArray:
        """k x k: sums over clusters of products of the influence of ``mixed``, added up within the cluster."""


@dataclass(frozen=True)
class Mixed:
    """Weighted sums over cells, and what each unit has besides through the group that it is in."""

    weights: FloatArray
    """m x k."""
    shared: FloatArray
    """groups x k: of a unit of this group with weight 1."""
    group: IntArray
    """n: row of ``shared``."""
    unit: FloatArray
    """n: weights of the units."""

    def of_groups(self) -> FloatArray:
        """n x k: what units have through their group."""
        return np.asarray(self.unit[:, None] * self.shared[self.group])


def cluster_sums(influence: FloatArray, cluster: IntArray) -> FloatArray:
    """Influence functions added up within clusters (c x m)."""
    clusters = int(cluster.max()) + 1
    if clusters == cluster.size:
        return influence
    columns = [np.bincount(cluster, weights=column, minlength=clusters) for column in influence.T]
    return np.column_stack(columns) if columns else np.zeros((clusters, 0))


def _of_columns(influence: FloatArray, cluster: IntArray) -> FloatArray:
    """k x k: products of n x k influence functions, added up within clusters first."""
    sums = cluster_sums(influence, cluster)
    return np.asarray(sums.T @ sums)


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
        return _of_columns(self.values[:, cells], cluster)

    def squares(self, cluster: IntArray) -> FloatArray:
        """As ``Influence.squares``."""
        sums = cluster_sums(self.values, cluster)
        return np.asarray(np.einsum("cm,cm->m", sums, sums))

    def products(self, mixed: Mixed, cluster: IntArray) -> FloatArray:
        """As ``Influence.products``."""
        return _of_columns(self.combined(mixed.weights) + mixed.of_groups(), cluster)


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
            return _of_columns(self.combined(chosen), cluster)
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

    def products(self, mixed: Mixed, cluster: IntArray) -> FloatArray:
        """As ``Influence.products``: from T x T products of each block, all units of which are of one group."""
        k = mixed.weights.shape[1]
        found, terms = np.zeros((k, k)), np.zeros(k)
        if int(cluster.max()) + 1 == cluster.size:
            for b in self.blocks:
                line, of_group = b.line @ mixed.weights[b.cells], mixed.shared[mixed.group[b.rows[0]]]
                unit = mixed.unit[b.rows]
                across = np.outer((b.value @ unit) @ line, of_group)
                found += line.T @ b.products @ line + across + across.T + (unit @ unit) * np.outer(of_group, of_group)
                terms += (np.sqrt(np.diag(b.products)) @ np.abs(line)) ** 2
            if not np.any((np.diag(found) <= DOUBTFUL * terms) & (terms > 0)):
                return found
        return _of_columns(self.combined(mixed.weights) + mixed.of_groups(), cluster)
