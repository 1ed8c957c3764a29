"""Years of any size, written part by part: memory does not grow with the number of declarations."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.demo import eventlog, making, registers, tables, trade
from arusha.demo.clock import DAYS
from arusha.demo.country import Country
from arusha.demo.roster import Roster
from arusha.demo.world import prepare
from arusha.demo.writing import folder, parquet
from arusha.errors import ArushaError

PART: Final = 250_000
"""Declarations in one part, at most (a single day is never divided)."""
_NUMBERS_A_PART: Final = 10_000_000
"""Picks, acts and events are numbered from the part's own beginning, so that parts can be made in any order."""
_PARTS: Final = 999


def parts(counts: NDArray[np.int64], size: int) -> list[slice]:
    """Consecutive days, each part of about ``size`` declarations or fewer."""
    by_day = counts.sum(axis=0)
    cuts, load = [0], 0
    for day, n in enumerate(by_day):
        if load and load + n > size:
            cuts.append(day)
            load = 0
        load += int(n)
    return [slice(a, b) for a, b in zip(cuts, [*cuts[1:], DAYS], strict=True)]


def _make_part(
    country: Country, roster: Roster, counts: NDArray[np.int64], days: slice, number: int
) -> dict[str, pa.Table]:
    before = np.zeros(len(country.offices), dtype=np.int64)
    np.add.at(before, country.parties.unit_office, counts[:, : days.start].sum(axis=1))
    first = number * _NUMBERS_A_PART
    given = making.Counters(before, inspection=first, event=first)
    part = making.make(country, roster, counts, days, given, number)
    ids = tables.declaration_ids(country, part)
    log_days = eventlog.log_days(days, last=days.stop == DAYS)
    log, picks = eventlog.events(country, roster, part, log_days, given, ids, number)
    return {
        "declarations": tables.declarations(country, part, ids),
        "items": tables.items(country, part, ids),
        "assignments": tables.assignments(country, part, ids, picks)[0],
        "inspections": tables.inspections(country, part, ids, given, number),
        "events": log,
    }


def _write_part(path: Path, declarations: int, seed: int, size: int, numbers: list[int]) -> int:
    """Make and write some parts; every process draws up the same country from the same seed."""
    country, roster = prepare(declarations, seed, True)
    counts = trade.plan(country, declarations, country.random("plan"))
    cut = parts(counts, size)
    rows = 0
    for number in numbers:
        for name, table in _make_part(country, roster, counts, cut[number], number).items():
            rows += table.num_rows
            parquet(table, path / name / f"part-{number:03d}.parquet")
    return rows


def write_large(path: Path, declarations: int, seed: int, *, part_size: int = PART, processes: int = 1) -> Path:
    """Write a clean year of any size as canonical Parquet: a folder of parts for each table that grows.

    Nothing is planted; the look-alikes are there. The files are the same whatever the number of processes.

    Raises
    ------
    ArushaError
        Where the folder is not empty, or the year would fall into more than 999 parts.
    """
    target = folder(path)
    country, roster = prepare(declarations, seed, True)
    counts = trade.plan(country, declarations, country.random("plan"))
    number = len(parts(counts, part_size))
    if number > _PARTS:
        raise ArushaError(
            f"{declarations} declarations in parts of {part_size} are {number} parts, more than {_PARTS}",
            remedy="Ask for larger parts.",
        )
    for name, table in registers.standing(country, roster).items():
        if table.num_rows:
            parquet(table, target / f"{name}.parquet")
    for name in ("declarations", "items", "assignments", "inspections", "events"):
        (target / name).mkdir()
    if processes <= 1:
        _write_part(target, declarations, seed, part_size, list(range(number)))
        return target
    shares = [list(range(k, number, processes)) for k in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(_write_part, target, declarations, seed, part_size, share) for share in shares]
        for future in futures:
            future.result()
    return target
