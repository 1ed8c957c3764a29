"""A panel: one row a unit and period, with the outcome as a raw count, its exposure, and when the measure began.

Effects are estimated on raw counts and exposure, never on shrunken effects, q-values or ratios that were re-based each
period: in those a change that is common to all has vanished already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.effects.panel_error import PanelError, cell_at_fault, panel_error
from arusha.effects.periods import calendar, label_of
from arusha.errors import Cell, Value
from arusha.language.told import sentence

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Scale = Literal["level", "rate", "log"]
Baseline = Literal["all", "last"]
"""What a change is measured against: the mean of all periods before a unit's start, or the last of them."""

NEVER = np.iinfo(np.int64).max
"""First treated period of a unit that is not treated within reach of the panel."""
_NO_START = frozenset({"", "0", "inf", "never", "na", "nan", "none", "null"})


@dataclass(frozen=True)
class Panel:
    """A balanced panel of n units over T periods."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    """As they are written in the source."""
    time: IntArray
    """T: where each period lies on the calendar (years, quarters or months counted, or the whole numbers given)."""
    count: FloatArray
    """n x T."""
    exposure: FloatArray | None
    """n x T, or None where the outcome is a level by itself."""
    first: IntArray
    """n: calendar position of each unit's first treated period, ``NEVER`` for units that are not treated."""
    covariates: FloatArray
    """n x T x k."""
    covariate_names: tuple[str, ...] = ()
    cluster: tuple[str, ...] | None = None
    """n: the group within which units share their fate (the office of an officer); None where units are apart."""

    @property
    def treated(self) -> NDArray[np.bool_]:
        """n: whether a unit is treated in a period of the panel."""
        return np.asarray(self.first <= self.time[-1])

    def outcome(self, scale: Scale = "rate") -> FloatArray:
        """n x T: the count ("level"), count over exposure ("rate"), or the logarithm of the rate ("log").

        Raises
        ------
        PanelError
            A rate without exposure, or a logarithm of nothing: logarithms of counts that may be 0 are not repaired by
            adding a constant, because the effect then depends on the constant.
        """
        if scale == "level" or (self.exposure is None and scale == "rate"):
            return self.count
        rate = self.count if self.exposure is None else self.count / self.exposure
        if scale == "log":
            if np.any(rate <= 0):
                i, t = (int(v) for v in np.argwhere(rate <= 0)[0])
                raise panel_error("panel-log", unit=self.units[i], when=self.periods[t])
            return np.log(rate)
        return rate

    def clusters(self) -> IntArray:
        """n: the cluster of each unit as a whole number from 0; each unit its own where none are given."""
        if self.cluster is None:
            return np.arange(len(self.units))
        return np.unique(np.asarray(self.cluster), return_inverse=True)[1].astype(np.int64)

    def sides(self) -> tuple[int, int]:
        """Clusters with a treated unit, and clusters with an untreated one."""
        code, treated = self.clusters(), self.treated
        return int(np.unique(code[treated]).size), int(np.unique(code[~treated]).size)


Place = Callable[[int], dict[str, Any]]
"""Of a row that is kept: its row of the source, unit and period, as ``panel_error`` takes them."""


def _numbers(values: ArrayLike, name: str, place: Place) -> FloatArray:
    given = np.asarray(values)
    if given.dtype.kind in "UO":  # text of a file: nothing, or R's NA, is a missing value
        given = np.where(np.isin(given.astype(str), ("", "NA")), "nan", given)
    try:
        numbers = given.astype(np.float64)
    except (TypeError, ValueError) as error:
        odd = next((k for k, v in enumerate(given) if not _is_number(v)), 0)
        told = sentence("panel-number", "panel-number", column=name, cell=Cell(str(given[odd])[:40]))
        raise cell_at_fault(told, role=name, **place(odd)) from error
    bad = np.flatnonzero(~np.isfinite(numbers))
    if bad.size:
        raise panel_error("panel-no-value", role=name, name=name, **place(int(bad[0])))
    return numbers


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True


def _starts(first: Sequence[str] | None, treated: ArrayLike | None, place: Place) -> list[str]:
    if (first is None) == (treated is None):
        raise panel_error("panel-when")
    if first is not None:
        return ["" if str(v).strip().lower() in _NO_START else str(v).strip() for v in first]
    on = _numbers(np.asarray(treated), "treated", place)
    odd = np.flatnonzero((on != 0) & (on != 1))
    if odd.size:
        raise panel_error("panel-zero-one", role="treated", **place(int(odd[0])))
    return ["on" if v else "" for v in on]


def panel(
    unit: Sequence[object],
    period: Sequence[object],
    outcome: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    first_treated: Sequence[object] | None = None,
    treated: ArrayLike | None = None,
    covariates: Mapping[str, ArrayLike] | None = None,
    cluster: Sequence[object] | None = None,
    exclude: Collection[str] = (),
    periods: tuple[str, str] | None = None,
) -> Panel:
    """A panel from flat columns, one value a row.

    Parameters
    ----------
    unit, period
        Names of units; periods as months (2026-03), quarters (2026Q1) or whole numbers.
    outcome, exposure
        Raw counts (or a level) and what they are out of. Exposure must be positive, and counts out of it not below 0.
    first_treated
        First treated period of the row's unit, empty, 0 or "never" where there is none. Or:
    treated
        0 or 1 a row: whether the measure is in force.
    exclude, periods
        Units to leave out, and the first and last period to keep.

    Raises
    ------
    PanelError
        For a row twice, a missing value, a unit that appears late or leaves early, a missing period, a treatment that
        switches off or differs between rows of a unit, a count below 0 or
        exposure that is not positive; each with its place.
    """
    names = [str(v).strip() for v in unit]
    labels = [str(v).strip() for v in period]
    positions, kind = calendar(labels)
    spoken = dict(zip(positions, labels, strict=True))
    keep = np.array([n not in exclude for n in names], dtype=bool)
    if periods is not None:
        try:
            (low, high), window = calendar(list(periods))
        except PanelError as error:
            raise panel_error("panel-window", like=labels[0]) from error
        if window != kind:
            raise panel_error("panel-window", like=labels[0])
        if low > high:
            raise panel_error("panel-window-order", first=periods[0], last=periods[1])
        keep &= (np.array(positions) >= low) & (np.array(positions) <= high)
    if not keep.any():
        raise panel_error("panel-no-row")
    rows = np.flatnonzero(keep)
    nameless = next((k for k in rows if not names[k]), None)
    if nameless is not None:
        raise panel_error("panel-no-unit", row=int(nameless), role="unit", when=labels[nameless])

    def place(row: int) -> dict[str, Any]:
        return {"row": int(rows[row]), "unit": names[rows[row]], "when": labels[rows[row]]}

    def kept(values: ArrayLike | Sequence[object]) -> NDArray[np.generic]:
        return np.asarray(values)[rows]

    units, i = np.unique(kept(np.array(names)), return_inverse=True)
    time, t = np.unique(kept(np.array(positions, dtype=np.int64)), return_inverse=True)
    _complete(tuple(map(str, units)), time, i, t, kind, spoken, rows)
    cell = i * time.size + t

    def wide(values: ArrayLike, name: str) -> FloatArray:
        flat = np.empty(cell.size)
        flat[cell] = _numbers(kept(values), name, place)
        return flat.reshape(units.size, time.size)

    starts = _starts(
        None if first_treated is None else [str(v) for v in kept(np.array([str(v) for v in first_treated]))],
        None if treated is None else kept(treated),
        place,
    )
    grid = np.empty(cell.size, dtype=object)
    grid[cell] = starts
    by_cell = np.empty(cell.size, dtype=np.int64)
    by_cell[cell] = rows
    by_cell = by_cell.reshape(units.size, time.size)
    first = _first(
        grid.reshape(units.size, time.size), tuple(map(str, units)), time, kind, spoken, treated is not None, by_cell
    )
    width = None if exposure is None else wide(exposure, "exposure")
    if width is not None and np.any(width <= 0):
        a, b = (int(v) for v in np.argwhere(width <= 0)[0])
        row = int(by_cell[a, b])
        raise panel_error("panel-exposure", unit=str(units[a]), when=spoken[int(time[b])], row=row, role="exposure")
    counts = wide(outcome, "outcome")
    if width is not None and np.any(counts < 0):
        a, b = (int(v) for v in np.argwhere(counts < 0)[0])
        row = int(by_cell[a, b])
        raise panel_error("panel-negative", unit=str(units[a]), when=spoken[int(time[b])], row=row, role="outcome")
    given = covariates or {}
    columns = [wide(values, name) for name, values in given.items()]
    group = None
    if cluster is not None:
        by_unit = np.empty(units.size, dtype=object)
        by_unit[i] = [str(v) for v in kept(np.array([str(v) for v in cluster]))]
        group = tuple(map(str, by_unit))
        wrong = [k for k, r in enumerate(rows) if str(cluster[int(r)]) != by_unit[i[k]]]
        if wrong:
            raise panel_error("panel-cluster", **place(wrong[0]))
    return Panel(
        units=tuple(map(str, units)),
        periods=tuple(spoken[int(p)] for p in time),
        time=time,
        count=counts,
        exposure=width,
        first=first,
        covariates=np.stack(columns, axis=2) if columns else np.empty((units.size, time.size, 0)),
        covariate_names=tuple(given),
        cluster=group,
    )


def _complete(
    units: tuple[str, ...],
    time: IntArray,
    i: IntArray,
    t: IntArray,
    kind: str,
    spoken: Mapping[int, str],
    rows: IntArray,
) -> None:
    """Every unit in every period once, and no period missing on the calendar."""
    seen = np.zeros((len(units), time.size), dtype=np.int64)
    np.add.at(seen, (i, t), 1)
    if np.any(seen > 1):
        a, b = (int(v) for v in np.argwhere(seen > 1)[0])
        again = int(rows[np.flatnonzero((i == a) & (t == b))[1]])
        raise panel_error("panel-twice", unit=units[a], when=spoken[int(time[b])], row=again, role="unit")
    if kind != "number":
        gap = np.flatnonzero(np.diff(time) > 1)
        if gap.size:
            raise panel_error("panel-gap", role="period", kind=kind, period=label_of(int(time[gap[0]]) + 1, kind))
    if np.all(seen):
        return
    for a, row in enumerate(seen > 0):
        if row.all():
            continue
        there = np.flatnonzero(row)
        if there[0] > 0 and row[there[0] :].all():
            key, at_fault = "panel-late", spoken[int(time[there[0]])]
        elif there[-1] < time.size - 1 and row[: there[-1] + 1].all():
            key, at_fault = "panel-early", spoken[int(time[there[-1]])]
        else:
            hole = int(np.flatnonzero(~row)[0])
            key, at_fault = "panel-hole", spoken[int(time[hole])]
        at = int(rows[np.flatnonzero(i == a)[0]])
        raise panel_error(key, unit=units[a], row=at, role="period", period=at_fault)


def _first(
    grid: NDArray[np.object_],
    units: tuple[str, ...],
    time: IntArray,
    kind: str,
    spoken: Mapping[int, str],
    on_off: bool,
    rows: IntArray,
) -> IntArray:
    first = np.full(len(units), NEVER, dtype=np.int64)
    for a, row in enumerate(grid):
        if on_off:
            on = np.array([v == "on" for v in row])
            if not on.any():
                continue
            begins = int(np.argmax(on))
            if not on[begins:].all():
                ends = begins + int(np.argmin(on[begins:]))
                row_at, at = int(rows[a, ends]), spoken[int(time[ends])]
                raise panel_error("panel-off", unit=units[a], row=row_at, role="treated", period=at)
            first[a] = time[begins]
            continue
        said = set(row)
        if len(said) > 1:
            starts = tuple(_written(cell) for cell in sorted(map(str, said)))
            row_at = int(rows[a, next(k for k, v in enumerate(row) if v != row[0])])
            told = sentence("panel-two-starts", "panel-two-starts", cells=starts)
            raise cell_at_fault(told, unit=units[a], row=row_at, role="first_treated")
        start = said.pop()
        if start:
            position, written = _start(start, units[a], int(rows[a, 0]))
            if written != kind:
                like = label_of(int(time[0]), kind)
                told = sentence("panel-other-start", "panel-other-start", cell=start, like=like)
                raise cell_at_fault(told, unit=units[a], row=int(rows[a, 0]), role="first_treated")
            first[a] = position if position <= time[-1] else NEVER
    return first


def _start(label: str, unit: str, row: int) -> tuple[int, str]:
    try:
        (position,), written = calendar([label])
    except PanelError as error:
        told = sentence("panel-period", "panel-period", cell=Cell(label))
        raise cell_at_fault(told, unit=unit, row=row, role="first_treated") from error
    return position, written


def _written(start: str) -> Value:
    """A start as an error may quote it: none in words, a period as it is, anything else as a cell."""
    if not start:
        return sentence("panel-no-start")
    try:
        calendar([start])
    except PanelError:
        return Cell(start)
    return start
