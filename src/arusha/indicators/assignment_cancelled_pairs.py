"""Are a declarant's files cancelled unless one officer has them? Exact, with the officers' own strictness allowed for.

Files are counted as days on which an officer had files of the declarant, so that what is lodged together, or corrected
and handed back to the same officer, counts once. The null hypothesis: a declarant's days with the officer differ from
those with the others in the odds that a file is cancelled no more than other declarants' do. Given how many days each
officer had and how many had a file cancelled, declarant by declarant, and how many of the officer's had in all, the
chance of so few of this declarant's does not depend on how strict anybody is, nor on how often anybody errs (Zelen
1971; ``inference.group_homogeneity``). So an officer who has everybody's faulty files cancelled makes no difference,
nor does one who has nobody's, nor a declarant who often puts its own errors right.

Innocent accounts, each a null hypothesis of its own; the pair's p is the largest:

*What files are of.* Days are compared again within each importer, chapter, origin, number of items, value, lane,
procedure, section, hour, day, week and four weeks of the declarant: one importer's good files may go to one officer, a
bad week may fall into a leave.
*A few officers only.* The declarant may have files cancelled that certain officers hold, because those ask it for
something. So the officer is held against the half of the other days whose officers had fewest cancelled, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray, IntArray, dense
from arusha.indicators.coded_columns import coded
from arusha.inference.group_homogeneity import group_against_rest
from arusha.inference.multiplicity import hierarchical_bh

FloatArray = NDArray[np.float64]

HARDLY = 0.25
"""Part of what all of the declarant's files would give, up to which an officer's are hardly ever cancelled."""
FEWEST = 5
"""Days of a level below which levels are taken together: of one file each nothing could be compared."""
GOODS = ("first_goods", "main_goods")
"""Of a commodity code its chapter counts: of the first item, and of the one of greatest value."""
FEATURES = ("section", "lane", "procedure", *GOODS, "origin", "items", "value", "hour", "importer")
"""Columns of a file within whose values its declarant's files are compared again: what may divide the officers."""
SPANS = {"day": 1, "week": 7, "month": 28}
"""Days that are compared apart."""


@dataclass(frozen=True)
class CancelledLimits:
    """What is asked and said: files of the declarant, cancelled files fewer than due, and the rate of what is false."""

    exposure: float
    excess: float
    rate: float
    hardly: float = HARDLY


@dataclass(frozen=True)
class Candidates:
    """By pair of the counts: whether enough was cancelled to ask, and whether it looks as if it were so."""

    asked: BoolArray
    few: BoolArray


@dataclass(frozen=True)
class Unless:
    """A pair of which it is said. Counts are of files; p and q of days."""

    office: str
    officer: str
    declarant: str
    files: int
    cancelled: int
    other_files: int
    other_cancelled: int
    p: float
    q: float


@dataclass(frozen=True)
class Said:
    """The pairs of which it is said, and of how many it was asked."""

    pairs: tuple[Unless, ...]
    asked: int


def _numbers(table: pa.Table, name: str) -> IntArray:
    return np.asarray(table[name].to_numpy(), dtype=np.int64)


def _groups(table: pa.Table) -> IntArray:
    """A number for each office and declarant."""
    return dense(coded(table["office"]).code, coded(table["declarant"]).code)[0]


def candidates(counts: pa.Table, limits: CancelledLimits) -> Candidates:
    """Pairs by what all files of the declarant would give of the officer's. ``counts``: a row a pair."""
    if not counts.num_rows:
        return Candidates(np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))
    files, gone, whose = _numbers(counts, "files"), _numbers(counts, "cancelled"), _groups(counts)
    all_files, all_gone = np.bincount(whose, weights=files)[whose], np.bincount(whose, weights=gone)[whose]
    due = files * all_gone / all_files
    asked = (all_files >= limits.exposure) & (due >= limits.excess)
    return Candidates(asked, asked & (due - gone >= limits.excess) & (gone <= limits.hardly * due))


@dataclass(frozen=True)
class _Tables:
    """2x2 tables of one unit: days with the officer and with the others, with a file cancelled and without."""

    own: IntArray
    """Tables x 4."""
    rest: IntArray


def said(counts: pa.Table, days: pa.Table | None, files: pa.Table | None, limits: CancelledLimits) -> Said:
    """Pairs whose q is at or under the rate.

    Parameters
    ----------
    counts
        ``office``, ``declarant``, ``officer``, ``files``, ``cancelled``: pairs of declarants who had any cancelled.
    days
        The same with ``days`` for files, in the offices of pairs that look so.
    files
        Every file of the declarants of such pairs: ``cancelled`` is 0 or 1; columns of ``FEATURES`` may be absent.

    The family is the office, and the rate holds over all offices (Benjamini and Bogomolov 2014). Pairs that do not look
    so count in it with p = 1.
    """
    found = candidates(counts, limits)
    p = np.where(found.asked, 1.0, np.nan)
    which = np.flatnonzero(found.few)
    if which.size and days is not None and files is not None:
        names = {n: counts[n].take(pa.array(which)).to_pylist() for n in ("office", "declarant", "officer")}
        units: list[_Tables] = []
        pair: list[int] = []
        for k, (office, b, i) in enumerate(zip(names["office"], names["declarant"], names["officer"], strict=True)):
            for tables in _compared(_Office.of(days, office), _Own.of(files, office, b), b, i, limits):
                units.append(tables)
                pair.append(k)
        largest = np.zeros(which.size)
        np.maximum.at(largest, np.array(pair, dtype=np.int64), _tails(units))
        p[which] = largest
    q = hierarchical_bh(p, coded(counts["office"]).code).q
    told = np.flatnonzero(found.few & (np.nan_to_num(q, nan=1.0) <= limits.rate))
    return Said(tuple(_row(counts, k, float(p[k]), float(q[k])) for k in told.tolist()), int(found.asked.sum()))


def _row(counts: pa.Table, k: int, p: float, q: float) -> Unless:
    row = counts.slice(k, 1).to_pylist()[0]
    whose = _groups(counts) == _groups(counts)[k]
    files, gone = int(_numbers(counts, "files")[whose].sum()), int(_numbers(counts, "cancelled")[whose].sum())
    other = files - row["files"], gone - row["cancelled"]
    return Unless(row["office"], row["officer"], row["declarant"], row["files"], row["cancelled"], *other, p, q)


def _tails(units: Sequence[_Tables]) -> FloatArray:
    """The chance of so few; 1 where the margins leave no room."""
    cells = np.concatenate([np.concatenate([u.own, u.rest]) for u in units])
    indptr = np.cumsum([0, *(len(u.own) + len(u.rest) for u in units)])
    a, b, c, d = cells.T
    found = group_against_rest(a, b, c, d, indptr, np.array([len(u.own) for u in units]))
    return np.minimum(found.p_lower, 1.0)


@dataclass(frozen=True)
class _Office:
    """Days of an office's declarants by officer."""

    declarant: NDArray[np.object_]
    officer: NDArray[np.object_]
    days: IntArray
    cancelled: IntArray

    @staticmethod
    def of(days: pa.Table, office: str) -> _Office:
        here = days.filter(pa.array([name == office for name in days["office"].to_pylist()], pa.bool_()))
        declarant, officer = (np.array(here[n].to_pylist(), dtype=object) for n in ("declarant", "officer"))
        return _Office(declarant, officer, _numbers(here, "days"), _numbers(here, "cancelled"))

    def tables(self, officer: str, without: str, among: frozenset[str] | None) -> IntArray:
        """A table a declarant, but for ``without``; of the officers ``among`` only."""
        use = self.declarant != without
        if among is not None:
            use &= np.isin(self.officer, sorted(among))
        if not use.any():
            return np.zeros((0, 4), dtype=np.int64)
        _, whose = np.unique(self.declarant[use].astype(str), return_inverse=True)
        return _cells(whose, self.officer[use] == officer, self.cancelled[use], self.days[use])


@dataclass(frozen=True)
class _Own:
    """Files of one declarant in an office: officers, days, whether cancelled, and levels of features."""

    officer: NDArray[np.object_]
    day: IntArray
    cancelled: IntArray
    levels: dict[str, IntArray]

    @staticmethod
    def of(files: pa.Table, office: str, declarant: str) -> _Own:
        pairs = zip(files["office"].to_pylist(), files["declarant"].to_pylist(), strict=True)
        here = files.filter(pa.array([pair == (office, declarant) for pair in pairs], pa.bool_()))
        day = _numbers(here, "day")
        levels = {span: day // length for span, length in SPANS.items()}
        for name in FEATURES:
            if name in here.column_names:
                values = [None if v is None else str(v) for v in here[name].to_pylist()]
                if name in GOODS:
                    values = [v and v[:2] for v in values]
                levels[name] = coded(pa.chunked_array([pa.array(values, pa.string())])).code.astype(np.int64)
        officer = np.array(here["officer"].to_pylist(), dtype=object)
        return _Own(officer, day, _numbers(here, "cancelled"), levels)

    def tables(self, officer: str, among: frozenset[str] | None = None, level: IntArray | None = None) -> IntArray:
        """A table a level, of days on which an officer had files of the level."""
        use = np.ones(self.day.size, dtype=bool) if among is None else np.isin(self.officer, sorted(among))
        of = np.zeros(self.day.size, dtype=np.int64) if level is None else level
        _, who = np.unique(self.officer[use].astype(str), return_inverse=True)
        unit, units = dense(of[use], who.astype(np.int64), self.day[use])
        gone, met, stratum = (np.zeros(units, dtype=np.int64) for _ in range(3))
        np.maximum.at(gone, unit, self.cancelled[use])
        met[unit], stratum[unit] = self.officer[use] == officer, of[use]
        stratum, many = dense(stratum)
        few = np.bincount(stratum, minlength=many) < FEWEST
        stratum = np.where(few[stratum], many, stratum)
        return _cells(dense(stratum)[0], met.astype(bool), gone, np.ones(units, dtype=np.int64))


def _cells(stratum: IntArray, theirs: BoolArray, gone: IntArray, days: IntArray) -> IntArray:
    """Days with the officer, cancelled and not; with others, cancelled and not. Strata x 4."""

    def summed(which: BoolArray, of: IntArray) -> IntArray:
        return np.bincount(stratum[which], weights=of[which], minlength=int(stratum.max()) + 1).astype(np.int64)

    a, n, c, m = (summed(w, of) for w in (theirs, ~theirs) for of in (gone, days))
    return np.stack([a, n - a, c, m - c], axis=1)


def _compared(office: _Office, own: _Own, declarant: str, officer: str, limits: CancelledLimits) -> Iterator[_Tables]:
    """The pair as it is, within each feature, and against the officers with fewest cancelled."""
    rest = office.tables(officer, declarant, None)
    plain = own.tables(officer)
    a, b, c, d = plain.sum(axis=0).tolist()
    due = (a + b) * (a + c) / max(a + b + c + d, 1)
    if due - a < limits.excess or a > limits.hardly * due:
        # By days it does not look so: nothing is left to chance.
        plain = np.zeros((0, 4), dtype=np.int64)
    yield _Tables(plain, rest)
    for level in own.levels.values():
        yield _Tables(own.tables(officer, level=level), rest)
    among = _fewest(own, officer) | {officer}
    yield _Tables(own.tables(officer, among), office.tables(officer, declarant, among))


def _fewest(own: _Own, officer: str) -> frozenset[str]:
    """The other officers with fewest cancelled who have half of the declarant's other days; none of one alone."""
    names = sorted({str(name) for name in own.officer} - {officer})
    shares = []
    for name in names:
        a, b, _, _ = own.tables(name).sum(axis=0).tolist()
        shares.append((a / (a + b), -(a + b), name))
    shares.sort()
    total, had, kept = -sum(n for _, n, _ in shares), 0, []
    for _, n, name in shares[:-1]:
        if had * 2 >= total:
            break
        had -= n
        kept.append(name)
    return frozenset(kept)
