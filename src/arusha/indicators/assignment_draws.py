"""Draws: what the assignment questions count. One entry is one pick of an officer for one declaration."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.indicators.coded_columns import Coded, coded

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

KeyName = Literal["importer"]
KEYS: Mapping[KeyName, str] = {"importer": "importer_id"}
"""Keys by which an office may give files out, each with its column of the declarations. No other column of the contract
says before the pick whose or which goods a file is of and is not a feature already; where goods lie is written down by
who controls them (``inspections.location``), and so is no key."""
UNKNOWN = -1
"""Code of a value that the records do not hold: a minute, a feature's level."""


@dataclass(frozen=True)
class Draws:
    """The draws of one office, in order of day, minute and declaration. All arrays have one entry a draw.

    ``outcome`` is what was drawn: the officer, or for reassignments the officer who received the declaration, with one
    code kept for "nobody". Codes index the tuples of names, which are sorted, so that equal records give equal codes.
    """

    office: str
    frame: IntArray
    """Section x declared rule: draws of two frames are never compared."""
    day: IntArray
    """The office's own day, counted from 1970-01-01."""
    hour: IntArray
    """Hour of that day; ``UNKNOWN`` where the source had only a date."""
    minute: IntArray
    """Minutes since 1970 in universal time; ``UNKNOWN`` where the source had only a date."""
    interval: IntArray
    """Stretch of time in which the roster did not change; ``UNKNOWN`` without a roster."""
    group: IntArray
    """Who could have been picked under a declared even chance (``assignment_rules.Eligible``); ``UNKNOWN`` without."""
    declarant: IntArray
    outcome: IntArray
    levels: Mapping[str, IntArray]
    """Feature -> level, for the features by which pools of officers may differ."""
    declarants: tuple[str, ...]
    outcomes: tuple[str, ...]
    level_names: Mapping[str, tuple[str, ...]]
    keys: Mapping[KeyName, NDArray[np.int32]] = field(default_factory=dict)
    """Recorded columns by which an office may give files out (``assignment_keys``): a code a draw."""

    def __len__(self) -> int:
        return int(self.day.size)

    @property
    def timed(self) -> bool:
        """Whether any draw has a time beside its date."""
        return bool(np.any(self.minute != UNKNOWN))

    def only(self, keep: BoolArray | IntArray, features: Collection[str] | None = None) -> Draws:
        """The draws where ``keep`` is true, or of those numbers, under the same codes.

        ``features``: only these are kept, and no keys.
        """
        return replace(
            self,
            frame=self.frame[keep],
            day=self.day[keep],
            hour=self.hour[keep],
            minute=self.minute[keep],
            interval=self.interval[keep],
            group=self.group[keep],
            declarant=self.declarant[keep],
            outcome=self.outcome[keep],
            levels={n: codes[keep] for n, codes in self.levels.items() if features is None or n in features},
            keys={n: codes[keep] for n, codes in self.keys.items()} if features is None else {},
        )


FEW, SMALL = 1 << 12, 1 << 21
"""Codes up to FEW are taken as they are, up to SMALL renumbered by a table, beyond by sorting."""


def dense(*keys: IntArray) -> tuple[IntArray, int]:
    """Codes 0 .. k - 1 of the combinations of ``keys`` that occur, in the order of the keys, and k."""
    code: IntArray = np.zeros(keys[0].size, dtype=np.int64)
    width = 1
    for key in keys:
        low = int(key.min()) if key.size else 0
        span = (int(key.max()) - low + 1) if key.size else 1
        if span == 1:
            continue
        key = key - low
        if width > 1 and span > FEW:
            key, span = _renumbered(key, span)
        if width > FEW and width * span > SMALL:
            code, width = _renumbered(code, width)
        code = code * span + key if width > 1 else key
        width *= span
    return _renumbered(code, width)


def _renumbered(code: IntArray, width: int) -> tuple[IntArray, int]:
    if width > max(SMALL, 8 * code.size):
        from arusha.indicators import assignment_kernel as kernel

        numbered = np.empty(code.size, dtype=np.int64)
        return numbered, kernel.renumber(code, width, numbered)
    used = np.zeros(width, dtype=bool)
    used[code] = True
    number = np.cumsum(used) - 1
    return number[code], int(number[-1]) + 1 if width else 0


@dataclass(frozen=True)
class Columns:
    """The result of the draws query as codes; ``office`` says where each office's rows begin and end."""

    office: tuple[str, ...]
    begins: IntArray
    coded: Mapping[str, Coded]
    numbers: Mapping[str, IntArray]
    keys: Mapping[KeyName, NDArray[np.int32]] = field(default_factory=dict)

    @staticmethod
    def of(table: pa.Table) -> Columns:
        names = ["section", "lane", "procedure", "first_goods", "main_goods", "origin", "exemption"]
        names += ["declarant", "officer"]
        counts = ["items", "value", "day", "hour", "minute"]
        if "least_declared" in table.column_names:
            names += ["least_declared", "most_declared"]
            counts += ["declared_kinds", "bare_items"]
        office = coded(table["office"])
        begins = np.searchsorted(office.code, np.arange(len(office.names) + 1))
        filled = {n: pc.fill_null(table[n], UNKNOWN).to_numpy().astype(np.int64) for n in counts}
        keys = {n: _key(table[n]) for n in KEYS if n in table.column_names}
        return Columns(tuple(office.names), begins, {n: coded(table[n]) for n in names}, filled, keys)

    def rows(self, number: int) -> slice:
        return slice(int(self.begins[number]), int(self.begins[number + 1]))

    def draws(self, number: int, rule: IntArray, interval: IntArray, group: IntArray) -> Draws:
        """The draws of one office. ``rule``, ``interval``, ``group``: a code a draw, ``UNKNOWN`` for none."""
        rows = self.rows(number)
        local = {n: _local(c, rows) for n, c in self.coded.items()}
        frame, _ = dense(local["section"].code, rule)
        levels = {
            "lane": local["lane"],
            "chapter": _shortened(local["first_goods"], 2),
            "main chapter": _shortened(local["main_goods"], 2),
            "heading": _shortened(local["main_goods"], 4),
            "procedure": local["procedure"],
            "origin": local["origin"],
            "exemption": local["exemption"],
        }
        for name in ("items", "value"):
            number_of = self.numbers[name][rows]
            if np.any(number_of != UNKNOWN):
                levels[name] = Coded(number_of, [str(v) for v in range(int(number_of.max()) + 1)])
        if len(levels["heading"].names) == len(levels["main chapter"].names):
            del levels["heading"]  # one heading a chapter: the same thing twice, and only chapters have two readings
        used = {n: c for n, c in levels.items() if len(c.names) + int(np.any(c.code == UNKNOWN)) > 1}
        return Draws(
            office=self.office[number],
            frame=frame,
            day=self.numbers["day"][rows],
            hour=self.numbers["hour"][rows],
            minute=self.numbers["minute"][rows],
            interval=interval,
            group=group,
            declarant=local["declarant"].code,
            outcome=local["officer"].code,
            levels={n: c.code for n, c in used.items()},
            declarants=tuple(local["declarant"].names),
            outcomes=tuple(local["officer"].names),
            level_names={n: tuple(c.names) for n, c in used.items()},
            keys={n: codes[rows] for n, codes in self.keys.items()},
        )


def _key(column: pa.ChunkedArray) -> NDArray[np.int32]:
    """Codes of a column of many values, whose names and order are not needed."""
    column = column.unify_dictionaries().combine_chunks()
    encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    codes = pc.fill_null(encoded.indices.cast(pa.int32()), UNKNOWN)
    return np.asarray(codes.to_numpy(zero_copy_only=False))


def _local(column: Coded, rows: slice) -> Coded:
    """The column's part with codes of its own, in the same order."""
    code = column.code[rows]
    used = np.zeros(len(column.names) + 1, dtype=bool)  # one more at the end, which UNKNOWN stands for
    used[code] = True
    number = np.append(np.cumsum(used[:-1]) - 1, UNKNOWN)
    return Coded(number[code], [column.names[i] for i in np.flatnonzero(used[:-1]).tolist()])


def _shortened(column: Coded, digits: int) -> Coded:
    """Commodity codes as chapters (2 digits) or headings (4)."""
    short = sorted({name[:digits] for name in column.names})
    index = {name: k for k, name in enumerate(short)}
    to = np.array([*(index[name[:digits]] for name in column.names), UNKNOWN])
    return Coded(to[column.code], short)
