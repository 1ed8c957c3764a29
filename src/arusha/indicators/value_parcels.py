"""Parcels of goods as codes, so that a declarant's pairs can be tested again and again without some of its officers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.indicators.coded_columns import Coded, FloatArray, IntArray, coded, joint, numbers, sums
from arusha.indicators.value_contrasts import Contrasts, draw_moments, joined, told_apart
from arusha.indicators.value_records import SCALE


@dataclass(frozen=True)
class Parcels:
    """Parcels (``value_lots.detail_query``), sorted by office and declarant; codes count from 0 in that order.

    An arm is an officer's part of a line, a lot an officer's week of one importer, a share an officer's goods of one
    importer, a pair an officer's of one declarant.
    """

    office: Coded
    declarant: Coded
    officer: Coded
    """One entry a pair."""
    n: FloatArray
    gap: FloatArray
    declared: FloatArray
    line: IntArray
    arm: IntArray
    lot: IntArray
    pair: IntArray
    """One entry a parcel, as those before."""
    line_of_arm: IntArray
    pair_of_arm: IntArray
    share_of_lot: IntArray
    importer_of_share: IntArray
    pair_of_share: IntArray

    @staticmethod
    def of(table: pa.Table) -> Parcels:
        office, declarant, importer, officer = (
            coded(table[name]) for name in ("office", "declarant", "importer", "officer")
        )
        order = np.lexsort((declarant.code, office.code))
        office, declarant, importer, officer = (
            Coded(column.code[order], column.names) for column in (office, declarant, importer, officer)
        )
        owner, _ = joint(office.code, declarant.code, importer.code)
        line, _ = joint(owner, numbers(table, "line")[order])
        arm, arm_first = joint(line, officer.code)
        share, share_first = joint(owner, officer.code)
        lot, lot_first = joint(share, numbers(table, "week")[order])
        pair, pair_first = joint(office.code, declarant.code, officer.code)
        n, gap, declared = (numbers(table, name)[order].astype(np.float64) for name in ("n", "gap", "declared_gap"))
        return Parcels(
            Coded(office.code[pair_first], office.names),
            Coded(declarant.code[pair_first], declarant.names),
            Coded(officer.code[pair_first], officer.names),
            n,
            gap,
            declared,
            line,
            arm,
            lot,
            pair,
            line[arm_first],
            pair[arm_first],
            share[lot_first],
            owner[share_first],
            pair[share_first],
        )

    def declarants(self) -> Iterable[tuple[str, str, Parcels]]:
        """Office, declarant and parcels of each declarant in each office."""
        if not self.pair.size:
            return
        office, declarant = self.office.code[self.pair], self.declarant.code[self.pair]
        changes = np.flatnonzero((np.diff(office) != 0) | (np.diff(declarant) != 0)) + 1
        for a, b in pairwise([0, *changes.tolist(), self.pair.size]):
            yield (
                self.office.names[office[a]],
                self.declarant.names[declarant[a]],
                self._between(a, b),
            )

    def _between(self, a: int, b: int) -> Parcels:
        """Rows of one declarant in one office, of which every code is a range of its own."""

        def span(code: IntArray) -> tuple[int, int]:
            return int(code.min()), int(code.max()) + 1

        line, arm, lot, pair = (code[a:b] for code in (self.line, self.arm, self.lot, self.pair))
        (l0, _), (a0, a1), (o0, o1), (p0, p1) = (span(code) for code in (line, arm, lot, pair))
        share = self.share_of_lot[o0:o1]
        s0, s1 = span(share)
        importer = self.importer_of_share[s0:s1]

        def named(column: Coded) -> Coded:
            return Coded(column.code[p0:p1], column.names)

        return Parcels(
            named(self.office),
            named(self.declarant),
            named(self.officer),
            self.n[a:b],
            self.gap[a:b],
            self.declared[a:b],
            line - l0,
            arm - a0,
            lot - o0,
            pair - p0,
            self.line_of_arm[a0:a1] - l0,
            self.pair_of_arm[a0:a1] - p0,
            share - s0,
            importer - importer.min(),
            self.pair_of_share[s0:s1] - p0,
        )

    @property
    def pairs(self) -> int:
        return int(self.officer.code.size)

    def informing(self, aside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Pairs that share a line with another one: of those not set aside, and each other one beside those."""
        lines = int(self.line_of_arm.max(initial=-1)) + 1
        arms = np.bincount(self.line_of_arm[~aside[self.pair_of_arm]], minlength=lines)
        others = arms[self.line_of_arm] - ~aside[self.pair_of_arm]
        return np.bincount(self.pair_of_arm[others > 0], minlength=self.pairs) > 0

    def contrasts(self, aside: NDArray[np.bool_] | None = None, only: int | None = None) -> Contrasts:
        """Contrasts of the pairs that are not set ``aside``, from moments as ``value_lots.pairs_query`` makes them.

        Parcels of pairs set aside count in no mean. ``only``: of one pair.
        """
        out = np.zeros(self.pairs, dtype=bool) if aside is None else aside
        rows = np.flatnonzero(~out[self.pair])
        line, arm = self.line[rows], self.arm[rows]
        n, gap, declared = self.n[rows], self.gap[rows], self.declared[rows]
        lines, arms = int(self.line_of_arm.max(initial=-1)) + 1, self.line_of_arm.size
        line_n, line_gap, line_declared = (sums(v, line, lines) for v in (n, gap, declared))
        parcels = np.bincount(line, minlength=lines).astype(np.float64)
        arm_n = sums(n, arm, arms)
        shared = np.bincount(self.line_of_arm[~out[self.pair_of_arm]], minlength=lines) > 1
        factor = np.sqrt(parcels / np.maximum(parcels - 1.0, 1.0))
        with np.errstate(divide="ignore", invalid="ignore"):
            mean, declared_mean = line_gap / line_n, line_declared / line_n
            part = 1.0 - arm_n / line_n[self.line_of_arm]
        known = np.flatnonzero(shared[self.line_of_arm] & ~out[self.pair_of_arm])
        told = np.floor(arm_n[known] * part[known] * SCALE + 0.5)
        inside = np.flatnonzero(shared[line])
        rows, line = rows[inside], line[inside]
        n, gap, declared = n[inside], gap[inside], declared[inside]
        pair, lot = self.pair[rows], self.lot[rows]
        apart = gap - n * mean[line]
        spread = sums(np.floor(apart * factor[line] + 0.5), lot, self.share_of_lot.size)
        seen = np.flatnonzero(np.bincount(lot, minlength=self.share_of_lot.size))
        values = {
            "n": sums(n, pair, self.pairs),
            "gap": sums(gap, pair, self.pairs),
            "apart": sums(np.floor(apart + 0.5), pair, self.pairs),
            "declared_apart": sums(np.floor(declared - n * declared_mean[line] + 0.5), pair, self.pairs),
            "information": sums(told, self.pair_of_arm[known], self.pairs),
            **self._of_lots(np.floor(spread[seen] / 10.0 + 0.5), self.share_of_lot[seen]),
        }
        informs = np.bincount(pair, minlength=self.pairs) > 0
        at = np.flatnonzero(informs) if only is None else np.array([only])
        office, declarant, officer = (
            [column.names[i] for i in column.code[at]] for column in (self.office, self.declarant, self.officer)
        )
        return told_apart(
            office,
            declarant,
            officer,
            {name: v[at].astype(np.int64) for name, v in values.items()},
        )

    def _of_lots(self, spread: FloatArray, share: IntArray) -> dict[str, FloatArray]:
        """Moments of drawing each pair's number of lots from the importers', of the lots that are given."""
        shares = self.pair_of_share.size
        count = np.bincount(share, minlength=shares).astype(np.float64)
        powers = [sums(spread**k, share, shares) for k in (1, 2, 3)]
        importer = self.importer_of_share
        importers = int(importer.max(initial=-1)) + 1
        whole, *of_all = (sums(v, importer, importers)[importer] for v in (count, *powers))
        variance, cubed = draw_moments(count, whole, *of_all)
        found = {
            "lots": count,
            "other_lots": np.where(count > 0, whole - count, 0.0),
            "variance": np.floor(variance + 0.5),
            "cubed": np.floor(cubed + 0.5),
        }
        return {name: sums(v, self.pair_of_share, self.pairs) for name, v in found.items()}


def without_ring(own: Parcels, rate: float, least: float) -> tuple[Contrasts, tuple[str, ...]]:
    """One declarant's pairs where officers that stand out are set aside in turn: each is tested without the others.

    ``own``: the declarant's parcels in one office. Set aside is the officer with the smallest p on either side, if it
    is at most ``rate`` and the contrast at least ``least`` in size (an officer who raises values makes all others look
    low); at most half of the officers.
    """
    out = np.zeros(own.pairs, dtype=bool)
    aside: list[int] = []
    place = {own.officer.names[code]: i for i, code in enumerate(own.officer.code)}
    while True:
        found = own.contrasts(out)
        told = len(found) + int(np.count_nonzero(own.informing(out)[aside]))
        p = np.where(np.abs(found.contrast) >= least, np.minimum(found.p, 1.0 - found.p), 1.0)
        if not len(found) or 2 * (len(aside) + 1) > told or not np.nanmin(p) <= rate:
            break
        aside.append(place[found.officer[int(np.nanargmin(p))]])
        out[aside[-1]] = True
    alone = []
    for pair in np.array(aside, dtype=np.int64)[own.informing(out)[aside]].tolist():
        others = out.copy()
        others[pair] = False
        alone.append(own.contrasts(others, only=pair))
    return joined([found, *alone]), tuple(own.officer.names[own.officer.code[i]] for i in aside)
