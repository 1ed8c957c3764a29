"""The signals contract: one row a tested unit, flagged or not. There is no score of a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

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


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a signals table: sorted by question, office, unit and counterpart, floats rounded to 12 digits."""
    floats = [f.name for f in SCHEMA if pa.types.is_floating(f.type)]
    for row in rows:
        for name in floats:
            row[name] = rounded(row.get(name))
    rows = sorted(rows, key=lambda r: (r["indicator"], r["office"] or "", r["unit_id"] or "", r["other_id"] or ""))
    return pa.Table.from_pylist(rows, schema=SCHEMA)
