"""The signals contract: one row a tested unit, flagged or not. There is no score of a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a signals table: sorted by question, office, unit and counterpart, floats rounded to 12 digits."""
    rows = sorted(rows, key=lambda r: (r["indicator"], r["office"] or "", r["unit_id"] or "", r["other_id"] or ""))
    columns = []
    for field in SCHEMA:
        values = [row.get(field.name) for row in rows]
        if pa.types.is_floating(field.type):
            columns.append(pa.array(rounded_all(np.array(values, dtype=np.float64)), from_pandas=True))
        else:
            columns.append(pa.array(values, field.type))
    return pa.Table.from_arrays(columns, schema=SCHEMA)
