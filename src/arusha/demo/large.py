"""Years of any size, written part by part: memory does not grow with the number of declarations."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arusha.demo import eventlog, making, registers, tables, trade
from arusha.demo.asycuda import Source, write_beside, write_part
from arusha.demo.clock import DAYS
from arusha.demo.country import Country
from arusha.demo.record_files import folder, mark, parquet
from arusha.demo.roster import Roster
from arusha.demo.world import prepare
from arusha.errors import ArushaError
from arusha.records.progress import Progress, silent

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


def _make_part(country: Country, roster: Roster, counts: NDArray[np.int64], days: slice, number: int) -> Source:
    before = np.zeros(len(country.offices), dtype=np.int64)
    np.add.at(before, country.parties.unit_office, counts[:, : days.start].sum(axis=1))
    first = number * _NUMBERS_A_PART
    given = making.Counters(before, inspection=first, event=first)
    part = making.make(country, roster, counts, days, given, number)
    ids = tables.declaration_ids(country, part)
    log_days = eventlog.log_days(days, last=days.stop == DAYS)
    log, picks = eventlog.events(country, roster, part, log_days, given, ids, number)
    made = {
        "declarations": tables.declarations(country, part, ids),
        "items": tables.items(country, part, ids),
        "assignments": tables.assignments(country, part, ids, picks)[0],
        "inspections": tables.inspections(country, part, ids, given, number),
        "events": log,
    }
    return Source(country, part, made, number)


@dataclass(frozen=True)
class _Job:
    """What a process must know to make its parts. ``canonical`` and ``asycuda`` are the folders to write into."""

    canonical: Path
    asycuda: Path | None
    declarations: int
    seed: int
    part_size: int

    def drawn_up(self) -> tuple[Country, Roster, NDArray[np.int64]]:
        """Every process draws up the same country from the same seed."""
        country, roster = prepare(self.declarations, self.seed, True)
        return country, roster, trade.plan(country, self.declarations, country.random("plan"))


def _write_parts(job: _Job, numbers: list[int], progress: Progress = silent) -> None:
    country, roster, counts = job.drawn_up()
    cut = parts(counts, job.part_size)
    for done, number in enumerate(numbers):
        progress("writing the year in parts", done, len(numbers))
        source = _make_part(country, roster, counts, cut[number], number)
        for name, table in source.tables.items():
            parquet(table, job.canonical / name / f"part-{number:03d}.parquet")
        if job.asycuda:
            write_part(source, job.asycuda)


def write_large(
    path: Path,
    declarations: int,
    seed: int,
    *,
    asycuda: Path | None = None,
    part_size: int = PART,
    processes: int = 1,
    progress: Progress | None = None,
) -> Path:
    """Write a clean year of any size as canonical Parquet: a folder of parts for each table that grows.

    Nothing is planted; the look-alikes are there. The files are the same whatever the number of processes.

    Parameters
    ----------
    asycuda
        A new folder for the same year as an ASYCUDA extract.
    part_size
        Declarations in a part: memory goes with it, some 3 KB a declaration.

    Raises
    ------
    ArushaError
        Where a folder is not empty, or the year would fall into more than 999 parts.
    """
    job = _Job(folder(path), folder(asycuda) if asycuda else None, declarations, seed, part_size)
    country, roster, counts = job.drawn_up()
    number = len(parts(counts, part_size))
    if number > _PARTS:
        raise ArushaError(
            f"{declarations} declarations in parts of {part_size} are {number} parts, more than {_PARTS}",
            remedy="Ask for larger parts.",
        )
    for target in filter(None, (job.canonical, job.asycuda)):
        mark(target, seed)
    standing = registers.standing(country, roster)
    for name, table in standing.items():
        if table.num_rows:
            parquet(table, job.canonical / f"{name}.parquet")
    if job.asycuda:
        write_beside(country, standing, job.asycuda)
    for name in ("declarations", "items", "assignments", "inspections", "events"):
        (job.canonical / name).mkdir()
    if processes <= 1:
        _write_parts(job, list(range(number)), progress or silent)
        return job.canonical
    shares = [list(range(k, number, processes)) for k in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for future in [pool.submit(_write_parts, job, share) for share in shares]:
            future.result()
    return job.canonical
