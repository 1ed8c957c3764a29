"""What officers did with declarants' goods, as counts by cell: the ground on which peers are compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.coded_columns import Coded, FloatArray, IntArray, sums

Counts = tuple[IntArray, IntArray]
"""Cases, and those among them that count."""


@dataclass(frozen=True)
class PeerCells:
    """Cells as codes: one entry a cell in every array."""

    office: Coded
    officer: Coded
    declarant: Coded
    like: tuple[IntArray, ...]
    """Ways to say which cases are alike for the comparison of officers: within each code they are."""
    like_for_pairs: tuple[IntArray, ...]
    """Ways to say within which codes a pair's goods are compared with other goods: the first is shown, and what any
    other explains makes nobody stand out."""
    single: Counts
    """Cases one by one."""
    batch: Counts
    """An officer's cases of one declarant on one day as one case, which counts as a whole: see each question."""

    def offices(self) -> list[PeerCells]:
        """The cells of each office, in the order of their names."""
        codes = self.office.code.astype(
            np.min_scalar_type(-1 - len(self.office.names))
        )  # narrow codes sort in one pass
        order = np.argsort(codes, kind="stable")
        edges = np.flatnonzero(np.diff(codes[order])) + 1
        return [self.take(rows) for rows in np.split(order, edges)]

    def take(self, rows: IntArray) -> PeerCells:
        def some(column: Coded) -> Coded:
            return Coded(column.code[rows], column.names)

        return PeerCells(
            some(self.office),
            some(self.officer),
            some(self.declarant),
            tuple(code[rows] for code in self.like),
            tuple(code[rows] for code in self.like_for_pairs),
            (self.single[0][rows], self.single[1][rows]),
            (self.batch[0][rows], self.batch[1][rows]),
        )


@dataclass(frozen=True)
class Tested:
    """Units of one office and kind; one entry a unit."""

    officer: IntArray
    declarant: IntArray
    """-1 where the unit is an officer alone."""
    n: IntArray
    observed: IntArray
    own_elsewhere: IntArray
    """For a pair: the officer's cases of other declarants that inform."""
    others: IntArray
    """Cases of others that the unit is held against."""
    expected: FloatArray
    variance: FloatArray
    """Of ``expected``, which comes from colleagues' cases, were cases independent of each other."""
    together: FloatArray
    """Cases that count to a batch that counts, of the unit and its colleagues."""
    others_together: FloatArray
    """Cases that do not count to a batch that does not."""
    exact: FloatArray
    """The exact p before ordinary scatter: the largest of all comparisons."""
    z: FloatArray
    """By batch, on the log-odds scale: for an officer the common odds ratio over its standard error, for a pair the
    normal quantile of the exact mid-p."""
    information: FloatArray
    """By batch: one over the sampling variance of the log odds ratio."""
    measured: FloatArray
    """z as ordinary scatter is measured on it: where there is no finite odds ratio, z under the null."""
    against_few: FloatArray
    """1 plus the concentration of the colleagues that the unit is held against: they differ among themselves too, and
    few of them do not average that out."""

    def replaced(self, where: NDArray[np.bool_], again: Tested) -> Tested:
        """These units with those of ``where`` as in ``again``."""
        merged = {}
        for name, values in self.__dict__.items():
            merged[name] = values.copy()
            merged[name][where] = getattr(again, name)
        return Tested(**merged)


def to_a_batch(cases: FloatArray, batches: FloatArray) -> FloatArray:
    """Cases to a batch, at least 1; where there is no batch, 1."""
    found: FloatArray = np.maximum(cases / np.where(batches > 0, batches, 1.0), 1.0)
    return found


def whole(values: NDArray[np.generic], code: IntArray, size: int) -> IntArray:
    """Sums by code as whole numbers."""
    return sums(values, code, size).astype(np.int64)


EXTREME = 3.0
"""Standard errors from which a unit is set aside from the ground that others are held against, on either side."""
BY_CHANCE = 0.05
"""Of many units the furthest lies beyond that by chance: then the distance that one of them reaches so often."""


def extreme(units: int) -> float:
    """The distance in standard errors from which one of so many units is set aside."""
    return max(EXTREME, -float(special.ndtri(BY_CHANCE / max(units, 1))))


def furthest(z: FloatArray, gap: FloatArray, open_: NDArray[np.bool_], least: float) -> int | None:
    """The unit furthest from its like on either side, if it is extreme and its count ``least`` from what is expected.

    ``open_`` marks the units that may be set aside. Ties go to the first.
    """
    far = np.where((np.abs(z) >= extreme(z.size)) & (np.abs(gap) >= least) & open_, np.abs(z), 0.0)
    return int(np.argmax(far)) if far.size and far.max() > 0 else None
