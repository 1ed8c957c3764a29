"""The same officer's like goods of other declarants: whether a low price is the pair's, or the officer's level.

Used goods and second grades stand under the same code as new ones. Where they go to some officers, these officers'
prices are low with every declarant that brings them, and each pair looks undervalued. Records of prices cannot tell
that from an officer who values low for all: what they can tell is whether the pair is lower than the officer's like
goods of other declarants.

How much officers differ is measured kind by kind, without the pair's declarant: in furniture they may be alike and in
vehicles not. How much is itself known only so well. Every spread is weighed by how likely it makes the officers' means,
so that a few noisy means are not taken for officers who are alike; where many say that they are, there is next to no
level. The level is drawn towards none by how well it is known, and what remains uncertain of it is carried into the
pair's tail. Pair and level are those of the same goods, of which a level is known. Source: Efron and Morris 1973 for
the drawing in, Gelman 2006 for the flat law of the spread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import stats

from arusha.engine.query import Query, Step
from arusha.indicators.coded_columns import Coded, FloatArray, IntArray, coded, joint, numbers, sums
from arusha.indicators.value_records import FEWEST_TRADERS, SCALE, quoted

CHAPTER = 2
"""Digits of a code that stand for its kind of goods, where too few declarants bring the product itself."""
WIDEST = 1.0
"""Officers' levels are no further apart than this in standard deviation (natural log): a third or threefold."""
SPREADS = 100
"""Steps in which the spread is looked at: of a hundredth."""
LEAST_COMPARED = 0.5
"""Share of a pair's goods that others' like goods with the officer must stand beside."""


def arms_query(offices: Iterable[str], chapters: Iterable[str]) -> Query:
    """What each officer handled of each line, of whole chapters in some offices."""
    return Query(
        "value_shortfall_levels",
        (
            Step(
                "arms",
                "An officer's goods of one importer, product and quarter, of the kinds of goods and in the offices "
                "with a pair that may stand out.",
                f"""
                SELECT office, declarant, importer, line, officer, MIN(hs6) AS hs6, COUNT(*) AS n, SUM(gap) AS gap
                FROM value_gaps
                WHERE office IN ({quoted(offices)}) AND LEFT(hs6, {CHAPTER}) IN ({quoted(chapters)})
                GROUP BY office, declarant, importer, line, officer
                ORDER BY office, declarant, importer, line, officer
                """,
            ),
        ),
    )


def asked_for(detail: pa.Table) -> tuple[list[str], list[str]]:
    """Offices and kinds of goods of the parcels in ``detail``."""
    kinds = {name[:CHAPTER] for name in coded(detail["hs6"]).names}
    return coded(detail["office"]).names, sorted(kinds)


@dataclass(frozen=True)
class Level:
    """An officer's level in the goods of a pair. Natural logs, against the declarants' own goods with colleagues."""

    mean: float
    """Drawn in; the pair's goods weigh: each product by what the pair's goods of it can tell."""
    variance: float
    """What is not known of it."""
    declarants: float
    """How many others of equal size would tell as much."""
    between: float
    """Standard deviation of the office's officers' levels beyond chance."""
    contrast: float
    """Of the pair, in the goods of which a level is known; the other goods say nothing beside it."""
    share: float
    """Of what the pair's goods can tell, the part of these goods."""


@dataclass(frozen=True)
class Arms:
    """Officers' parts of lines (``arms_query``) of one office; codes count from 0."""

    declarant: Coded
    officer: Coded
    line: IntArray
    product: IntArray
    kind: IntArray
    """Of each product."""
    n: FloatArray
    gap: FloatArray

    @staticmethod
    def by_office(table: pa.Table) -> dict[str, Arms]:
        office = coded(table["office"])
        declarant, officer, hs6, importer = (coded(table[c]) for c in ("declarant", "officer", "hs6", "importer"))
        kinds = sorted({name[:CHAPTER] for name in hs6.names})
        kind = np.array([kinds.index(name[:CHAPTER]) for name in hs6.names], dtype=np.int64)
        line, n, gap = (numbers(table, name) for name in ("line", "n", "gap"))
        out = {}
        for code, name in enumerate(office.names):
            rows = np.flatnonzero(office.code == code)
            out[name] = Arms(
                Coded(declarant.code[rows], declarant.names),
                Coded(officer.code[rows], officer.names),
                joint(declarant.code[rows], importer.code[rows], line[rows])[0],
                hs6.code[rows],
                kind,
                n[rows].astype(np.float64),
                gap[rows] / SCALE,
            )
        return out

    def level(self, officer: str, declarant: str, aside: Collection[str]) -> Level | None:
        """The officer's level with others than ``declarant``; None where too few bring like goods.

        ``aside``: colleagues that are in no mean but their own, as in the pair's own test.
        """
        officers, traders = len(self.officer.names), len(self.declarant.names)
        out = np.isin(np.array(self.officer.names, dtype=object), list(aside))[self.officer.code]
        lines = int(self.line.max(initial=-1)) + 1
        n, gap = np.where(out, 0.0, self.n), np.where(out, 0.0, self.gap)
        whole = sums(n, self.line, lines)[self.line] + self.n - n
        total = sums(gap, self.line, lines)[self.line] + self.gap - gap
        rows = np.flatnonzero(whole > self.n)
        own, who, trader, product = self.n[rows], self.officer.code[rows], self.declarant.code[rows], self.product[rows]
        apart = self.gap[rows] - own * total[rows] / whole[rows]
        information = own * (1.0 - own / whole[rows])
        mine, theirs = self.officer.names.index(officer), trader != self.declarant.names.index(declarant)
        of_pair = (who == mine) & ~theirs
        cell = who * traders + trader
        shares: dict[tuple[bool, int], float] = {}
        beside = 0.0
        for code in np.unique(product[of_pair]).tolist():
            goods = of_pair & (product == code)
            share = float(information[goods].sum() / information[of_pair].sum())
            for group in ((False, code), (True, int(self.kind[code]))):
                at = self._like(product, group) & theirs & (who == mine)
                if np.unique(trader[at]).size >= FEWEST_TRADERS:
                    shares[group] = shares.get(group, 0.0) + share
                    beside += float(apart[goods].sum() / information[of_pair].sum())
                    break
        compared = sum(shares.values())
        if not compared >= LEAST_COMPARED:
            return None
        mean = variance = between = fourth = 0.0
        for group, share in shares.items():
            at = np.flatnonzero(self._like(product, group) & theirs)
            size = officers * traders
            told, total_ = (sums(v[at], cell[at], size).reshape(officers, traders) for v in (information, apart))
            rows = np.flatnonzero(np.count_nonzero(told, axis=1) >= FEWEST_TRADERS)
            told, k = told[rows], int(np.flatnonzero(rows == mine)[0])
            means, noise = _means(told, total_[rows])
            law = drawn_in(means, noise, k)
            part = share / compared
            mean += part * law.mean
            variance += part**2 * law.variance
            between += part**2 * law.between**2
            equal = float(told[k].sum() ** 2 / np.sum(told[k] ** 2))
            fourth += (part**2 * law.variance) ** 2 / max(equal - 1.0, 1.0)
        known = variance**2 / fourth + 1.0 if fourth > 0.0 else np.inf
        return Level(mean, variance, known, float(np.sqrt(between)), beside / compared, compared)

    def _like(self, product: IntArray, group: tuple[bool, int]) -> NDArray[np.bool_]:
        """Rows of a product, or of its kind."""
        by_kind, code = group
        alike: NDArray[np.bool_] = (self.kind[product] if by_kind else product) == code
        return alike


def _means(told: FloatArray, total: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Officers' means over declarants and their variances, from sums (officers by declarants, 0 where there is none).

    Declarants are clusters. Three of them say little of their own scatter: no variance is under that which all
    officers' declarants together tell.
    """
    many, whole = np.count_nonzero(told, axis=1), told.sum(axis=1)
    means = total.sum(axis=1) / whole
    moved = total - told * means[:, None]
    own = (moved**2).sum(axis=1) * many / (many - 1.0) / whole**2
    squares = np.divide(moved**2, told, out=np.zeros_like(told), where=told > 0)
    pooled = float(squares.sum()) / float(many.sum() - many.size)
    return means, np.maximum(own, pooled / whole)


@dataclass(frozen=True)
class Drawn:
    """One officer's level in one kind of goods."""

    mean: float
    variance: float
    between: float


def drawn_in(means: FloatArray, noise: FloatArray, mine: int) -> Drawn:
    """The level of officer ``mine`` given what all officers' means, of variances ``noise``, say of how they differ.

    How much officers differ is itself known by their number and noise only: every spread is weighed by how likely it
    makes the means (flat between none and ``WIDEST``), so that where little is known nothing is taken for none. Source:
    Gelman 2006 for the flat law of the spread.
    """
    spread = (np.arange(SPREADS) + 0.5) * (WIDEST / SPREADS)
    whole = spread[:, None] ** 2 + noise
    log = -0.5 * np.sum(np.log(whole) + means**2 / whole, axis=1)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    kept = spread**2 / (spread**2 + noise[mine])
    middle = float(weight @ kept)
    moved = float(weight @ (kept - middle) ** 2)
    return Drawn(
        middle * float(means[mine]),
        middle * float(noise[mine]) + moved * float(means[mine]) ** 2,
        float(np.sqrt(weight @ spread**2)),
    )


def tail_below(contrast: float, se: float, level: Level) -> tuple[float, float, float]:
    """Chance of a contrast so far below the level, its z and its variance.

    Only the level's variance is an estimate: Student's t with its degrees of freedom where it dominates (Satterthwaite
    1946).
    """
    variance = se**2 + level.variance
    z = (level.mean - contrast) / np.sqrt(variance)
    if level.variance <= 0.0:
        return float(stats.norm.sf(z)), float(z), float(variance)
    df = max(level.declarants - 1.0, 1.0) * (variance / level.variance) ** 2
    return float(stats.t.sf(z, df)), float(z), float(variance)
