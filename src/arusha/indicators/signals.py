"""The signals contract: one row a tested unit, flagged or not. There is no score of a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

SCHEMA = pa.schema(
    [
        ("signal_id", pa.string()),
        ("indicator", pa.string()),
        ("unit_kind", pa.string()),
        ("unit_id", pa.string()),
        ("other_id", pa.string()),
        ("office", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("n", pa.int64()),
        ("observed", pa.float64()),
        ("expected", pa.float64()),
        ("effect", pa.float64()),
        ("ci_low", pa.float64()),
        ("ci_high", pa.float64()),
        ("p_value", pa.float64()),
        ("q_value", pa.float64()),
        ("reason", pa.string()),
        ("signal", pa.bool_()),
        ("explained_by", pa.string()),
        ("flagged", pa.bool_()),
        ("tax_effect", pa.float64()),
        ("tax_low", pa.float64()),
        ("tax_high", pa.float64()),
    ]
)
"""The columns of the signals contract, in order. ``reason`` says why p and q are null (``cannot tell: ...``)."""

UNIT_KINDS = ("officer", "declarant", "importer", "office", "user", "declaration", "product", "pair")


def signal_id(indicator: str, unit_kind: str, unit_id: str, other_id: str, office: str, start: date, end: date) -> str:
    """A digest that is stable from run to run: question, unit, counterpart, office and period."""
    text = "\x1f".join([indicator, unit_kind, unit_id, other_id, office, start.isoformat(), end.isoformat()])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def id_of(row: Mapping[str, Any]) -> str:
    """The id that a row of the signals should bear: one in which somebody else was put bears another."""
    about = (row["indicator"], row["unit_kind"], row["unit_id"], row["other_id"] or "", row["office"] or "")
    return signal_id(*about, row["period_start"], row["period_end"])


def signal_ids(indicator: str, units: Iterable[tuple[str, str, str, str]], start: date, end: date) -> list[str]:
    """``signal_id`` of many units: kind, unit, counterpart and office of each."""
    before, after = f"{indicator}\x1f", f"\x1f{start.isoformat()}\x1f{end.isoformat()}"
    sha256 = hashlib.sha256
    return [sha256(f"{before}{k}\x1f{u}\x1f{o}\x1f{w}{after}".encode()).hexdigest()[:16] for k, u, o, w in units]


def rounded(value: float | None, digits: int = 12) -> float | None:
    """``value`` to ``digits`` significant digits, so that the last bits of a sum do not reach a file."""
    if value is None or value != value:
        return None
    return float(f"{value:.{digits - 1}e}")


def rounded_all(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """``rounded`` to 12 digits of many values; what is missing is NaN.

    A value times a power of ten is a whole number of 12 digits but for a fraction; where that is near a half, or the
    power is beyond what is exact, the value goes through its text as a single one does.
    """
    out = np.full(values.shape, np.nan)
    size = np.abs(values)
    usual = (size >= 1e-10) & (size < 1e22)
    power = 11 - np.floor(np.log10(np.where(usual, size, 1.0))).astype(np.int64)
    scale = 10.0 ** np.abs(power)
    with np.errstate(invalid="ignore"):
        large = np.where(power >= 0, size * scale, size / scale)
        whole = np.rint(large)
        usual &= (np.abs(np.abs(large - whole) - 0.5) > 1e-3) & (whole >= 1e11) & (whole <= 1e12)
        back = np.where(power >= 0, whole / scale, whole * scale)
    out[usual] = np.copysign(back, values)[usual]
    for i in np.flatnonzero(~usual & ~np.isnan(values)):
        out[i] = rounded(float(values[i]))
    return out


Columns = dict[str, list[Any]]
"""Columns of the signals contract by name, one entry a unit; a column that is absent is null."""


def joined(parts: Sequence[Columns]) -> Columns:
    """Units of several kinds, one kind after the other; all have the same columns."""
    return {name: [value for part in parts for value in part[name]] for name in parts[0]} if parts else {}


def rows_of(columns: Columns, units: Iterable[int]) -> list[dict[str, Any]]:
    """Some units as rows, each by the names of its columns."""
    return [{name: values[i] for name, values in columns.items()} for i in units]


def standing(columns: Columns) -> list[int]:
    """The units that stand out."""
    return [i for i, signal in enumerate(columns["signal"]) if signal]


TAX = ("tax_effect", "tax_low", "tax_high")
"""Columns that some questions fill in for what stands out."""


def put(columns: Columns, units: Sequence[int], rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    """Write what ``rows`` hold of ``names`` back to the units that they were made of."""
    for name in names:
        values = columns.setdefault(name, [None] * len(columns["signal"]))
        for unit, row in zip(units, rows, strict=True):
            values[unit] = row.get(name)


def table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as a signals table: see ``from_columns``."""
    return from_columns({name: [row.get(name) for row in rows] for name in SCHEMA.names})


def from_columns(columns: Columns) -> pa.Table:
    """A signals table: sorted by question, office, unit and counterpart, floats rounded to 12 digits."""
    names = ("indicator", "office", "unit_id", "other_id")
    keys = list(zip(*([value or "" for value in columns.get(name, [])] for name in names), strict=True))
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
    made = []
    for field in SCHEMA:
        if field.name not in columns:
            made.append(pa.nulls(len(keys), field.type))
        elif pa.types.is_floating(field.type):
            values = np.array(columns[field.name], dtype=np.float64)[order]
            made.append(pa.array(rounded_all(values), from_pandas=True))
        else:
            made.append(pa.array(columns[field.name], field.type).take(pa.array(order)))
    return pa.Table.from_arrays(made, schema=SCHEMA)
