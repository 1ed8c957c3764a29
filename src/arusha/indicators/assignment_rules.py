"""The rule that the administration declares: which draws it covers, and who could be picked under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Columns, IntArray, dense
from arusha.indicators.coded_columns import coded

if TYPE_CHECKING:
    from arusha.indicators.assignment_goods import Said

FloatArray = NDArray[np.float64]

ABSENT = ("leave", "training", "suspended")
"""Duties under which an officer cannot be picked."""
UNCOVERED = 0.05
"""Share of draws for which it is not known who could be picked, above which it is not asked."""
FEWEST_DRAWS = 5
"""Roster stretches that hold fewer draws than this at the median are too short to compare within."""
FOREVER = 2**31
ON_SHIFT = "on shift"
"""The pool of whoever is on duty."""


def day_of(value: date | None, otherwise: int) -> int:
    """A date as days since 1970."""
    return otherwise if value is None else (value - date(1970, 1, 1)).days


@dataclass(frozen=True)
class Rule:
    """One declared rule of an office; None covers all."""

    section: str | None
    procedure: str | None
    lane: str | None
    hs_prefix: str | None
    start: int
    end: int
    method: str
    pool: str | None

    @property
    def narrowness(self) -> int:
        return sum(v is not None for v in (self.section, self.procedure, self.lane, self.hs_prefix))


def rules_by_office(table: pa.Table | None) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for r in table.to_pylist() if table is not None else []:
        found.setdefault(r["office"], []).append(
            Rule(
                r["section"],
                r["procedure"],
                r["lane"],
                r["hs_prefix"],
                day_of(r["from_date"], -FOREVER),
                day_of(r["to_date"], FOREVER),
                r["method"],
                r["pool"],
            )
        )
    return found


def no_group(said: IntArray) -> IntArray:
    """No draw has a known pool."""
    return np.full(said.size, UNKNOWN)


@dataclass(frozen=True)
class Roster:
    """The shifts of one office: between two bounds nobody comes or goes."""

    bounds: IntArray
    """Minutes of universal time, rising."""
    on: Mapping[str | None, BoolArray]
    """Section (None: all sections) -> stretch x officer."""
    officers: tuple[str, ...]

    def stretch(self, minute: IntArray) -> IntArray:
        """The stretch of each draw, ``UNKNOWN`` before the first, after the last and where the time is unknown."""
        at = np.searchsorted(self.bounds, minute, side="right") - 1
        inside = (minute != UNKNOWN) & (at >= 0) & (at < self.bounds.size - 1)
        return np.where(inside, at, UNKNOWN)


def rosters(table: pa.Table | None) -> dict[str, Roster]:
    """The roster of each office."""
    if table is None:
        return {}
    office, officer, section = (coded(table[name]) for name in ("office", "officer", "section"))
    starts, ends = (table[name].to_numpy() for name in ("starts", "ends"))
    found = {}
    for number, name in enumerate(office.names):
        at = np.flatnonzero(office.code == number)
        present, who = np.unique(officer.code[at], return_inverse=True)
        bounds = np.unique(np.concatenate([starts[at], ends[at]]))
        first, last = np.searchsorted(bounds, starts[at]), np.searchsorted(bounds, ends[at])
        on = {}
        for part in np.unique(section.code[at]).tolist():
            on[section.name(part)] = on_duty = np.zeros((bounds.size, present.size), dtype=bool)
            mine = section.code[at] == part
            shifts = (values[mine].tolist() for values in (first, last, who))
            for a, e, k in zip(*shifts, strict=True):
                on_duty[a:e, k] = True
        found[name] = Roster(bounds, on, tuple(officer.names[k] for k in present.tolist()))
    return found


def distinct_rows(rows: BoolArray) -> tuple[BoolArray, IntArray]:
    """The rows that occur, in order (false before true, first column first), and which of them each row is."""
    if rows.size == 0:
        return rows[:1], np.zeros(len(rows), dtype=np.int64)
    packed = np.packbits(rows, axis=1)
    _, first, code = np.unique(packed.view(f"V{packed.shape[1]}").reshape(-1), return_index=True, return_inverse=True)
    return rows[first], code.astype(np.int64)


def usable_stretches(roster: Roster | None, columns: Columns, number: int) -> IntArray:
    """Who was on duty, as a code a draw: the same people on duty have the same code.

    ``UNKNOWN`` without a roster, or where so many shifts overlap that too few draws fall between two changes of it.
    """
    rows = columns.rows(number)
    minute = columns.numbers["minute"][rows]
    none = np.full(minute.size, UNKNOWN)
    if roster is None:
        return none
    stretch = roster.stretch(minute)
    if np.mean(stretch == UNKNOWN) > 0.5:
        return none
    everyone = np.zeros((roster.bounds.size + 1, len(roster.officers)), dtype=bool)
    for on in roster.on.values():
        everyone[:-1] |= on
    _, people = distinct_rows(everyone)
    day = columns.numbers["day"][rows]
    code, _ = dense(day, people[stretch])
    section, lane = (columns.coded[n].code[rows] for n in ("section", "lane"))
    base, bases = dense(section, lane, code)
    if np.median(np.bincount(base, minlength=bases)[base]) < FEWEST_DRAWS:
        return none
    return people[stretch]


@dataclass(frozen=True)
class Eligible:
    """Who could have been picked for each draw of one office."""

    group: IntArray
    """One a draw: the row of ``members``; ``UNKNOWN`` where nothing says, or fewer than two could be picked."""
    members: BoolArray
    """Groups x officers who could be picked."""
    officers: tuple[str, ...]
    even: bool = True
    """Whether the rule declares that each of them is as likely."""


def eligible(
    columns: Columns,
    number: int,
    rules: Sequence[Rule],
    said: Said,
    roster: Roster | None,
    duties: Sequence[Mapping[str, Any]],
    postings: Sequence[Mapping[str, Any]],
) -> Eligible | None:
    """Who could have been picked for each draw: those on duty, or in the pool that its rule names.

    Of a draw that is compared within the desk that picked, only those of that desk. None where neither a roster nor a
    named pool covers nearly all draws. ``even`` says whether every rule in force declares a random pick.
    """
    rule, members_of = said.rule, said.members
    used = np.unique(rule[rule != UNKNOWN]).tolist()
    named = [rules[k].pool or ON_SHIFT for k in used] if used else [ON_SHIFT]
    if roster is None and ON_SHIFT in named:
        return None
    # Whose pool a draw has may depend on what a rule means by goods: then nobody can say.
    disputed = said.by_readings
    bare = np.mean(said.uncovered[~disputed]) if not disputed.all() else 1.0
    even = bool(used) and bool(bare <= UNCOVERED) and all(rules[k].method == "random" for k in used)
    office = columns.office[number]
    rows = columns.rows(number)
    day = columns.numbers["day"][rows]
    section = columns.coded["section"].code[rows]
    stretch = roster.stretch(columns.numbers["minute"][rows]) if roster is not None else np.zeros(day.size, dtype=int)
    posted = [p for p in postings if p["office"] == office and p["role"] in (None, "examiner")]
    names = sorted({*(roster.officers if roster is not None else ()), *members_of.officers})
    if not names:
        return None
    index = {name: k for k, name in enumerate(names)}
    first, last = int(day.min()), int(day.max()) + 1
    present = np.ones((last - first, len(names)), dtype=bool)
    if posted:
        present[:] = False
        _mark(present, posted, index, first, True)
    _mark(present, [d for d in duties if d["kind"] in ABSENT], index, first, False)
    place = np.array([index[name] for name in members_of.officers], dtype=np.int64)
    by_class = said.by_class
    wanted, count = dense(said.code, stretch, day, section)
    one = np.zeros(count, dtype=np.int64)
    one[wanted] = np.arange(wanted.size)
    # All groups at once by day and shift; few of them have a pool of their own.
    members = present[day[one] - first]
    if roster is not None:
        on_names = np.array([index[n] for n in roster.officers], dtype=np.int64)
        members &= _on_shift(roster, stretch[one], section[one], columns.coded["section"].names, on_names, len(names))
    members[(stretch[one] == UNKNOWN) | disputed[one]] = False
    pool_of = np.array([*(r.pool or ON_SHIFT for r in rules), ON_SHIFT])[rule[one]]
    for g in np.flatnonzero(members.any(axis=1) & ((pool_of != ON_SHIFT) | by_class[one])).tolist():
        d, pool = int(one[g]), str(pool_of[g])
        if pool != ON_SHIFT and pool not in members_of.pools:
            members[g] = False
            continue
        if by_class[d] and roster is None and members_of.of_none(int(day[d]), int(said.picked[d])):
            members[g] = False
            continue
        of_pool = members_of.of_draw(pool, int(day[d]), int(said.picked[d]) if by_class[d] else None)
        if of_pool is not None:
            belong = np.zeros(len(names), dtype=bool)
            belong[place] = of_pool
            members[g] &= belong
    known = members.sum(axis=1)
    if disputed.all() or np.mean((known[wanted] == 0)[~disputed]) > UNCOVERED:
        return None
    distinct, group = distinct_rows(members)
    # Where only one could be picked nothing is left to chance.
    group = np.where(known >= 2, group, UNKNOWN)
    return Eligible(group[wanted], distinct, tuple(names), even)


def _on_shift(
    roster: Roster, stretch: IntArray, section: IntArray, sections: Sequence[str], place: IntArray, officers: int
) -> BoolArray:
    """Groups x officers on shift in the stretch and section of each group; those of any section where that is unknown.

    ``place``: where the roster's officers stand among all.
    """
    on = np.zeros((stretch.size, len(roster.officers)), dtype=bool)
    for where, table in roster.on.items():
        at = np.arange(stretch.size)
        if where is not None:
            named = [code for code, name in enumerate(sections) if name == where]
            at = np.flatnonzero((section == UNKNOWN) | np.isin(section, named))
        on[at] |= table[stretch[at]]
    out = np.zeros((stretch.size, officers), dtype=bool)
    out[:, place] = on
    return out


def _mark(
    table: BoolArray, periods: Sequence[Mapping[str, Any]], index: Mapping[str, int], first: int, value: bool
) -> None:
    for period in periods:
        k = index.get(period["officer"])
        if k is not None:
            a = max(day_of(period["from_date"], -FOREVER) - first, 0)
            e = min(day_of(period["to_date"], FOREVER) - first, table.shape[0])
            if a < e:
                table[a:e, k] = value
