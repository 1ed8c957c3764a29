"""The same officer's like goods of other declarants: whether a low price is the pair's, or the officer's level.

Used goods and second grades stand under the same code as new ones. Where they go to some officers, these officers'
prices are low with every declarant that brings them, and each pair looks undervalued. Records of prices cannot tell
that from an officer who values low for all: what they can tell is whether the pair is lower than the officer's like
goods of other declarants.

How much officers differ in the pair's kind of goods is measured without the pair's declarant. Where they differ by no
more than chance there is no level, and a level known from few declarants takes nothing from a pair. Where they differ,
the officer's level is drawn towards none by how well it is known, and what remains uncertain of it is carried into the
pair's tail. Source: Hedges and Olkin 1985 for the variance between officers, Efron and Morris 1973 for the drawing in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy import stats

from arusha.engine.query import Query, Step
from arusha.indicators.coded_columns import Coded, FloatArray, IntArray, coded, joint, numbers, sums
from arusha.indicators.value_records import FEWEST_TRADERS, SCALE, quoted

CHAPTER = 2
"""Digits of a code that stand for its kind of goods, where too few declarants bring the product itself."""
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
        compared, level, moved = np.zeros(officers), np.zeros(officers), np.zeros(officers * traders)
        worth = np.zeros(officers * traders)
        for code in np.unique(product[of_pair]):
            share = float(information[of_pair & (product == code)].sum() / information[of_pair].sum())
            done = np.zeros(officers, dtype=bool)
            for like in (product == code, self.kind[product] == self.kind[code]):
                at = np.flatnonzero(like & theirs)
                told = sums(information[at], cell[at], officers * traders)
                enough = np.count_nonzero(told.reshape(officers, traders), axis=1) >= FEWEST_TRADERS
                now = enough & ~done
                part = np.where(
                    now, share / np.maximum(sums(told, np.repeat(np.arange(officers), traders), officers), 1e-300), 0.0
                )
                # Each officer's mean over declarants, and what each declarant moves it by.
                sum_ = sums(apart[at], cell[at], officers * traders)
                mean = part * sum_.reshape(officers, traders).sum(axis=1)
                level += mean
                scale = np.repeat(part, traders)
                moved += scale * sum_ - scale * told * np.repeat(mean / share, traders)
                worth += scale * told
                compared += np.where(now, share, 0.0)
                done |= enough
        if not of_pair.any() or compared[mine] < LEAST_COMPARED:
            return None
        many = np.count_nonzero(worth.reshape(officers, traders), axis=1)
        square = (moved**2).reshape(officers, traders).sum(axis=1)
        told_of = np.flatnonzero((compared >= LEAST_COMPARED) & (many > 1))
        mean = level[told_of] / compared[told_of]
        variance = square[told_of] * many[told_of] / (many[told_of] - 1.0) / compared[told_of] ** 2
        between = max(float(np.var(mean, ddof=1) - variance.mean()), 0.0) if told_of.size > 1 else 0.0
        k = int(np.flatnonzero(told_of == mine)[0])
        kept = between / (between + variance[k]) if between > 0.0 else 0.0
        equal = worth.reshape(officers, traders)[mine]
        return Level(
            float(kept * mean[k]),
            float(kept * variance[k]),
            float(equal.sum() ** 2 / np.sum(equal**2)),
            float(np.sqrt(between)),
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
