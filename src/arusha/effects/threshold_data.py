"""Declared values around a threshold: one row a declaration, from a file or from a workspace.

Distances are written from the side on which it pays to be: below 0 there, above 0 beyond the threshold, and the
threshold itself on the side that the rule names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from arusha.effects.panel_error import PanelError, in_file
from arusha.effects.panel_files import headers
from arusha.effects.panels import FloatArray
from arusha.effects.unreadable import unreadable
from arusha.errors import ArushaError, Cell
from arusha.language.told import error as error_of
from arusha.language.told import sentence

if TYPE_CHECKING:
    import pyarrow as pa


class ThresholdError(ArushaError):
    """What lies around the threshold cannot be evaluated as it is."""


@dataclass(frozen=True)
class Declared:
    """What was declared, by declaration."""

    value: FloatArray
    """n values of the running variable."""
    outcomes: dict[str, FloatArray]
    cluster: NDArray[np.str_] | None
    """n names of who declared; None where declarations are taken to be apart."""
    left_out: int
    """Rows without a value, or (where declarations are grouped) without who declared."""
    sha256: str
    """Of the file, or of what was read from the workspace."""


def from_file(path: Path, running: str, outcomes: Sequence[str], cluster: str | None) -> Declared:
    """Read a CSV or Parquet file with one row a declaration.

    Raises
    ------
    ThresholdError
        If there is no such file or column, or something that should be a number is none.
    """
    import hashlib

    columns = _columns(path, [running, *outcomes, *([cluster] if cluster else [])])
    value = _numbers(columns[running], running, path)
    kept = np.isfinite(value)
    groups = None
    if cluster is not None:
        said = ["" if v is None else str(v).strip() for v in columns[cluster].to_pylist()]
        # Nobody's declarations are left out: they would count as those of one trader, the largest of all.
        kept &= np.array([bool(name) for name in said], dtype=np.bool_)
        groups = np.array(said, dtype=np.str_)[kept]
    made = {name: _numbers(columns[name], name, path)[kept] for name in outcomes}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Declared(value[kept], made, groups, int((~kept).sum()), digest)


def _columns(path: Path, names: Sequence[str]) -> dict[str, pa.ChunkedArray]:
    import pyarrow as pa
    from pyarrow import csv, parquet

    if not path.is_file():
        raise error_of(ThresholdError, "ev-no-file", "threshold-file", where=str(path))
    try:
        table = (
            parquet.read_table(path)
            if path.suffix == ".parquet"
            else csv.read_csv(path, convert_options=csv.ConvertOptions(strings_can_be_null=True))
        )
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _as_threshold(unreadable(path, ",")) from error
    missing = [name for name in names if name not in table.column_names]
    if missing:
        raise error_of(ThresholdError, "column-absent", "columns-are", where=path.name, **headers(missing[0], table))
    for name in names:
        if table.column_names.count(name) > 1:
            raise error_of(ThresholdError, "panel-header-twice", "panel-header-twice", where=path.name, cell=Cell(name))
    return {name: table.column(name) for name in dict.fromkeys(names)}


def _as_threshold(error: PanelError) -> ThresholdError:
    return ThresholdError(error.problem, where=error.where, remedy=error.remedy, told=error.told, place=error.place)


def _numbers(column: pa.ChunkedArray, name: str, path: Path) -> FloatArray:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind):
        return np.asarray(column.cast(pa.float64(), safe=False).to_numpy(), dtype=np.float64)
    found = np.full(len(column), np.nan)
    for row, value in enumerate(column.to_pylist()):
        if value is None:
            continue
        try:
            found[row] = float(value)
        except (TypeError, ValueError) as error:
            told = sentence("panel-number", "panel-number", column=name, cell=Cell(str(value)[:40]))
            counted, first = ("row", 1) if path.suffix == ".parquet" else ("line", 2)
            there = in_file(told, row=row, file=path.name, column=name, first=first, counted=counted)
            raise _as_threshold(there) from error
    return found


def distances(value: FloatArray, cutoff: float, pays: str, included: bool) -> FloatArray:
    """Signed distances: under 0 where it pays to be, above 0 beyond; the threshold itself just on its side."""
    away: FloatArray = value - cutoff if pays == "below" else cutoff - value
    if not included:
        # A value equal to the threshold lies beyond it, by as little as a number can.
        away = np.where(away == 0, np.nextafter(0.0, 1.0), away)
    return away


FAR = 100.0
"""Distances beyond so many times their median say nothing of a threshold, but would set the bandwidth around it."""


def in_reach(away: FloatArray) -> NDArray[np.bool_]:
    """n: which values lie near enough for a density and a bandwidth not to be those of a few far ones."""
    middle = float(np.median(np.abs(away))) if away.size else 0.0
    return np.asarray((np.abs(away) <= FAR * middle) | (middle == 0.0))


def roundness(cutoff: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that divides ``cutoff``: how round it is."""
    for power in range(15, -7, -1):
        for digit in (5.0, 2.0, 1.0):
            step = digit * 10.0**power
            if abs(cutoff / step - round(cutoff / step)) < 1e-9 and round(cutoff / step) != 0:
                return step
    return abs(cutoff)


def placebo_thresholds(value: FloatArray, cutoff: float, away: float, most: int = 2) -> list[float]:
    """Up to ``most`` values on each side at which no rule begins, as round as the threshold where there are such.

    They lie within the middle of each side's values, at least ``away`` from the threshold.
    """
    step = roundness(cutoff)
    found: list[float] = []
    for side in (value[value < cutoff - away], value[value > cutoff + away]):
        if side.size < 100:
            continue
        low, high = np.quantile(side, [0.15, 0.85])
        for finer in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0):
            unit = step / finer
            steps = np.arange(np.ceil(low / unit), np.floor(high / unit) + 1)
            if steps.size >= most:
                # The inner ones where there are enough of them.
                spread = np.linspace(0, steps.size - 1, most + 2)[1:-1] if steps.size > most + 1 else steps - steps[0]
                places = np.round(np.linspace(spread[0], spread[-1], most)).astype(int)
                found += [float(steps[k] * unit) for k in places]
                break
    return found
