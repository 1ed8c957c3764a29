"""What a declared rule means by the goods of a declaration: its first item, its main one, or any of them.

A rule that says "chapter 87" does not say what becomes of a declaration with items of chapter 87 and of others. Three
readings are tried: the desk of the first item, that of the item of greatest value, and that of any item that a rule by
goods covers. Where all items have one desk, the readings agree and nothing is to be settled. The other draws are
*mixed*. A reading is possible while the officers picked for mixed draws belong to the pools that it says; a mixed draw
of which all possible readings say the same is compared with the others of that desk. What is then left is compared
within the desk that picked: officers whom no declared pool tells apart are alike under every reading of the rule, a
draw among all desks that the items touch included, so that which of them had it is chance whatever the rule means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Columns, IntArray, dense
from arusha.indicators.assignment_rules import FOREVER, ON_SHIFT, Rule, day_of
from arusha.indicators.coded_columns import Coded

OUTSIDE = 0.02
"""Share of mixed draws whose officer is not of the pool that a reading says, above which it is not what the rule means.
The same as of picks of officers who were off duty (``assignment_duty.OFF_DUTY``)."""
NOTHING_SAID, BY_DESK, BY_CLASS, BY_READINGS = 0, 1, 2, 3


@dataclass(frozen=True)
class Said:
    """What the rules of an office say of its draws. Arrays have one entry a draw."""

    code: IntArray
    """Draws of two codes are never compared."""
    rule: IntArray
    """The rule in force, where the readings that are possible agree; else ``UNKNOWN``."""
    kind: IntArray
    """``NOTHING_SAID``. ``BY_DESK``: one rule. ``BY_CLASS``: compared within the desk that picked. ``BY_READINGS``:
    with draws of which each reading says the same, where the records do not say who belongs to the pools.
    """
    members: Members
    picked: IntArray
    """The class of the officer picked (see ``Members``)."""

    @property
    def uncovered(self) -> BoolArray:
        """Draws that no rule covers."""
        return np.asarray(self.kind == NOTHING_SAID)

    @property
    def by_class(self) -> BoolArray:
        return np.asarray(self.kind == BY_CLASS)

    @property
    def by_readings(self) -> BoolArray:
        return np.asarray(self.kind == BY_READINGS)


@dataclass(frozen=True)
class Members:
    """Who belongs to the declared pools that an office's rules name, day by day."""

    officers: tuple[str, ...]
    first: int
    """The day of row 0."""
    pools: Mapping[str, BoolArray]
    """Pool -> days x officers. A pool without anyone is not there."""
    classes: IntArray
    """Days x officers, and one more of whom nothing is known: officers of one class belong to the same pools."""

    @staticmethod
    def of(
        rows: Sequence[Mapping[str, Any]], named: set[str], officers: Sequence[str], first: int, end: int
    ) -> Members:
        names = tuple(sorted({*officers, *(r["officer"] for r in rows if r["pool"] in named)}))
        index = {name: k for k, name in enumerate(names)}
        pools: dict[str, BoolArray] = {}
        for row in rows:
            if row["pool"] in named:
                table = pools.setdefault(row["pool"], np.zeros((end - first, len(names)), dtype=bool))
                a, e = max(day_of(row["from_date"], -FOREVER) - first, 0), day_of(row["to_date"], FOREVER) - first
                table[a : max(e, 0), index[row["officer"]]] = True
        none = np.zeros((end - first, len(names) + 1), dtype=bool)
        layers = [none[:, :-1], *(pools[p] for p in sorted(pools))]
        flat = [np.column_stack([x, none[:, -1:]]).reshape(-1).astype(np.int64) for x in layers]
        return Members(names, first, pools, dense(*flat)[0].reshape(none.shape))

    def among(self, pool: str, day: IntArray, officer: IntArray) -> BoolArray:
        """Whether each officer (a column) belonged to the pool that day; anybody does to those on shift."""
        if pool == ON_SHIFT:
            return np.ones(day.size, dtype=bool)
        table = np.column_stack([self.pools[pool], np.zeros(len(self.classes), dtype=bool)])
        return np.asarray(table[day - self.first, officer])

    def of_none(self, day: int, picked: int) -> bool:
        """Whether the class is that of officers who belong to no declared pool."""
        return bool(self.classes[day - self.first, -1] == picked)

    def of_draw(self, pool: str, day: int, picked: int | None) -> BoolArray | None:
        """One an officer: who could have been picked by membership; of the class ``picked`` only. None for anybody."""
        if picked is not None:
            return np.asarray(self.classes[day - self.first, :-1] == picked)
        return None if pool == ON_SHIFT else self.pools[pool][day - self.first]


def desk_of(rules: Sequence[Rule], members: Members) -> IntArray:
    """A code a rule, and -1 (the last entry) for no rule.

    Rules by goods that name one method and one pool, of which it is known who belongs to it, are one desk.
    """
    keys: dict[tuple[str | None, ...], int] = {}
    codes = []
    for rule in rules:
        named = rule.pool in members.pools
        key = (rule.section, rule.procedure, rule.lane, rule.method, rule.pool, None if named else rule.hs_prefix)
        codes.append(keys.setdefault(key, len(keys)))
    return np.array([*codes, UNKNOWN], dtype=np.int64)


def said_of_each(columns: Columns, number: int, rules: Sequence[Rule], pools: Sequence[Mapping[str, Any]]) -> Said:
    """What the rules say of each draw of an office.

    Parameters
    ----------
    pools
        Who belongs to which declared pool: rows with ``pool``, ``officer``, ``from_date``, ``to_date``.
    """
    rows = columns.rows(number)
    day, officer = columns.numbers["day"][rows], columns.coded["officer"]
    named = {r.pool for r in rules if r.pool is not None and r.pool != ON_SHIFT}
    own = sorted({officer.names[c] for c in np.unique(officer.code[rows]).tolist()})
    begins, ends = (int(day.min()), int(day.max()) + 1) if day.size else (0, 0)
    members = Members.of(pools, named, own, begins, ends)
    column = {name: k for k, name in enumerate(members.officers)}
    who = np.array([column.get(name, len(column)) for name in officer.names], dtype=np.int64)[officer.code[rows]]
    picked = members.classes[day - begins, who]

    readings = _Readings.of(columns, number, rules)
    desk = desk_of(rules, members)
    mixed = readings.mixed(desk)
    rule = np.where(mixed, UNKNOWN, readings.first)
    kind = np.where(mixed, BY_READINGS, np.where(rule == UNKNOWN, NOTHING_SAID, BY_DESK))
    names = [r.pool or ON_SHIFT for r in rules]
    # A rule that names goods and nobody may stand for a desk all the same.
    unknown = np.array([*(r.pool not in members.pools and not _for_all(r) for r in rules), False])
    told = mixed & ~np.any([unknown[r] for r in readings.every], axis=0) & ~(readings.more & unknown.any())
    at = np.flatnonzero(told)
    if at.size:

        def among(k: int, draws: IntArray) -> BoolArray:
            return members.among(names[k], day[draws], who[draws])

        settled = _settled(readings, desk, at, columns.coded["declarant"].code[rows], among)
        rule[at] = settled
        kind[at] = np.where(settled == UNKNOWN, BY_CLASS, BY_DESK)
    code, _ = dense(
        kind,
        np.where(kind == BY_DESK, desk[rule], UNKNOWN),
        np.where(kind == BY_CLASS, picked, UNKNOWN),
        *(np.where(kind == BY_READINGS, desk[r], UNKNOWN) for r in readings.every),
        np.where(kind == BY_READINGS, readings.more, False).astype(np.int64),
    )
    return Said(code, rule, kind, members, picked)


def _for_all(rule: Rule) -> bool:
    """Whether a rule gives goods of all kinds to whoever is on shift."""
    return rule.hs_prefix is None and rule.pool in (None, ON_SHIFT)


@dataclass(frozen=True)
class _Readings:
    """The narrowest rule of each draw, by what is taken for its goods."""

    first: IntArray
    main: IntArray
    least: IntArray
    """By the items of the declared prefix that comes first among those that the items touch."""
    most: IntArray
    """Of that which comes last."""
    bare: IntArray
    """By items that no rule by goods covers."""
    has_bare: BoolArray
    more: BoolArray
    """Whether the items touch a third prefix."""
    narrow: IntArray
    """One a rule, and one more for none: how narrow it is."""

    @staticmethod
    def of(columns: Columns, number: int, rules: Sequence[Rule]) -> _Readings:
        rows = columns.rows(number)
        first, main = (narrowest(columns, number, rules, columns.coded[n]) for n in ("first_goods", "main_goods"))
        narrow = np.array([*(_narrowness(r) for r in rules), -1])
        nothing = np.zeros(first.size, dtype=bool)
        if "least_declared" not in columns.coded:
            return _Readings(first, main, first, main, first, nothing, nothing, narrow)
        ends = (columns.coded[n] for n in ("least_declared", "most_declared"))
        least, most = (narrowest(columns, number, rules, c) for c in ends)
        blank = Coded(np.full(columns.coded["first_goods"].code.size, UNKNOWN), [])
        bare = narrowest(columns, number, rules, blank)
        kinds = columns.numbers["declared_kinds"][rows]
        has_bare = columns.numbers["bare_items"][rows] > 0
        touched = kinds > 0
        least, most = np.where(touched, least, first), np.where(touched, most, first)
        return _Readings(first, main, least, most, np.where(has_bare, bare, first), has_bare, kinds > 2, narrow)

    @property
    def every(self) -> tuple[IntArray, ...]:
        return self.first, self.main, self.least, self.most, self.bare

    def mixed(self, desk: IntArray) -> BoolArray:
        """Whether the items have more than one desk, or could have."""
        found = [desk[r] for r in self.every]
        differ = np.any([f != found[0] for f in found[1:]], axis=0)
        return np.asarray(differ | self._hidden(desk))

    def _hidden(self, desk: IntArray) -> BoolArray:
        """Draws with a third prefix, which may have a desk of its own."""
        several = np.unique(desk[:-1]).size > 2 if desk.size > 1 else False
        return self.more if several else np.zeros_like(self.more)

    def any(self, desk: IntArray) -> IntArray:
        """The narrowest rule that any item has; ``UNKNOWN`` where several are as narrow."""
        goods = np.where(desk[self.least] == desk[self.most], self.least, UNKNOWN)
        goods = np.where(self._hidden(desk), UNKNOWN, goods)
        wider = self.has_bare & (self.narrow[self.bare] > self.narrow[self.least])
        return np.where(wider, self.bare, goods)


def _settled(
    readings: _Readings,
    desk: IntArray,
    at: IntArray,
    declarant: IntArray,
    among: Callable[[int, IntArray], BoolArray],
) -> IntArray:
    """The rule of each of the draws ``at``, where all possible readings say one desk and the officer is of it.

    Whether a reading is possible must not hang on one declarant: a steered one could decide it for its own test.
    """
    ways = readings.first[at], readings.main[at], readings.any(desk)[at]
    who = declarant[at]
    one, size = dense(who)
    possible: list[tuple[IntArray, BoolArray]] = []
    for way in ways:
        fits = np.zeros(at.size, dtype=bool)
        for k in np.unique(way[way != UNKNOWN]).tolist():
            mine = way == k
            fits[mine] = among(k, at[mine])
        said = way != UNKNOWN
        n, outside = (np.bincount(one[said & x], minlength=size) for x in (np.ones_like(said), ~fits))
        ruled_out = outside.sum() > OUTSIDE * n.sum()
        without = outside.sum() - outside > OUTSIDE * (n.sum() - n)
        if np.any(without != ruled_out):
            return np.full(at.size, UNKNOWN)
        if not ruled_out:
            possible.append((way, fits))
    if not possible:
        return np.full(at.size, UNKNOWN)
    rule, fits = possible[0]
    agree = np.all([desk[w] == desk[rule] for w, _ in possible], axis=0)
    return np.where(agree & fits, rule, UNKNOWN)


def _narrowness(rule: Rule) -> int:
    """How narrow a rule is: by the number of things that it names, then by the digits of its goods."""
    return 100 * rule.narrowness + len(rule.hs_prefix or "")


def narrowest(columns: Columns, number: int, rules: Sequence[Rule], goods: Coded) -> IntArray:
    """The narrowest rule that covers each draw of an office by ``goods``, codes of all draws; ``UNKNOWN`` for none."""
    rows = columns.rows(number)
    size = rows.stop - rows.start
    best = np.full(size, UNKNOWN)
    narrow = np.full(size, -1)
    day = columns.numbers["day"][rows]
    for k, rule in enumerate(rules):
        covers = (day >= rule.start) & (day < rule.end)
        for name in ("section", "procedure", "lane"):
            value = getattr(rule, name)
            if value is not None:
                covers &= _is(columns.coded[name], rows, value)
        if rule.hs_prefix is not None:
            starts = np.array([*(n.startswith(rule.hs_prefix) for n in goods.names), False])
            covers &= starts[goods.code[rows]]
        better = covers & (_narrowness(rule) > narrow)
        best[better], narrow[better] = k, _narrowness(rule)
    return best


def _is(column: Coded, rows: slice, value: str) -> NDArray[np.bool_]:
    code = column.names.index(value) if value in column.names else -2
    return np.asarray(column.code[rows] == code)
