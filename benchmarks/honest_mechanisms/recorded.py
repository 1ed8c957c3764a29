"""What an office has on paper beside its declarations: duties, postings, documents, codes on a file or an item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.lodging import Ints
from benchmarks.honest_mechanisms.office import FIRST, Made, tables

BEFORE = date(2024, 6, 3)
"""When what holds all year was written down."""


def on(day: int) -> date:
    """The date of a working day."""
    return (FIRST + timedelta(days=day // 5 * 7 + day % 5)).date()


def person(officer: int) -> str:
    return f"P-{officer:03d}"


def traders(*declarants: int) -> str:
    return ", ".join(f"B-{b:03d}" for b in declarants)


def desk(officer: int, detail: str, begins: date = BEFORE, ends: date | None = None) -> dict[str, object]:
    """A specialist desk, written down the week before it begins."""
    return {
        "officer_id": person(officer),
        "kind": "specialist desk",
        "from_date": begins,
        "to_date": ends,
        "detail": detail,
        "recorded_at": datetime.combine(begins, datetime.min.time()) - timedelta(days=5),
        "recorded_by": "PERSONNEL",
    }


def duties(rows: Iterable[dict[str, object]]) -> pa.Table:
    text, day = pa.string(), pa.date32()
    columns = {"officer_id": text, "kind": text, "from_date": day, "to_date": day, "detail": text}
    columns |= {"recorded_at": pa.timestamp("us"), "recorded_by": text}
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(columns.items())))


def postings(rows: Iterable[tuple[int, str, str, date, date | None]]) -> pa.Table:
    """Officer, office, role, first day, first day no longer."""
    text, day = pa.string(), pa.date32()
    columns = {"officer_id": text, "office": text, "role": text, "from_date": day, "to_date": day}
    filled = [dict(zip(columns, (person(i), *rest), strict=True)) for i, *rest in rows]
    return pa.Table.from_pylist(filled, schema=pa.schema(list(columns.items())))


def documents(which: Ints, kind: str, reference: Iterable[str]) -> pa.Table:
    """Documents that goods travelled under, for the files ``which``."""
    ids = [f"2025-{d:07d}" for d in which.tolist()]
    return pa.table(
        {"declaration_id": ids, "item_no": pa.array([1] * len(ids)), "kind": [kind] * len(ids), "reference": reference}
    )


def stamped(made: Made, column: str, values: pa.Array, table: str = "declarations") -> Made:
    """One more column: an entry a file, or an item in the order of the items."""
    with_it = tables(made)[table].append_column(column, values)
    return replace(made, more=made.more | {table: with_it})


def item_rows(made: Made) -> Ints:
    """The file of each item, in the order of the items."""
    return np.nonzero(made.lodged.chapters >= 0)[0].astype(np.int64)
