"""A tiny administration for the questions about controls: one port, a few examiners, a chief, a few declarants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

START = date(2025, 1, 6)
END = START + timedelta(days=90)

SCHEMAS = {
    "declarations": pa.schema(
        [
            ("declaration_id", pa.string()),
            ("office", pa.string()),
            ("section", pa.string()),
            ("procedure", pa.string()),
            ("lane_assigned", pa.string()),
            ("lane_reason", pa.string()),
            ("lane_final", pa.string()),
            ("officer_id", pa.string()),
            ("declarant_id", pa.string()),
            ("importer_id", pa.string()),
            ("registered_on", pa.date32()),
            ("registered_at", pa.timestamp("us")),
            ("source_file", pa.int16()),
            ("source_line", pa.int64()),
        ]
    ),
    "inspections": pa.schema(
        [
            ("inspection_id", pa.string()),
            ("declaration_id", pa.string()),
            ("officer_id", pa.string()),
            ("outcome", pa.string()),
            ("additional_tax", pa.decimal128(18, 3)),
        ]
    ),
    "events": pa.schema(
        [
            ("event_id", pa.string()),
            ("declaration_id", pa.string()),
            ("user_id", pa.string()),
            ("occurred_at", pa.timestamp("us")),
            ("occurred_on", pa.date32()),
            ("action", pa.string()),
            ("old_value", pa.string()),
            ("new_value", pa.string()),
        ]
    ),
    "postings": pa.schema(
        [
            ("officer_id", pa.string()),
            ("office", pa.string()),
            ("role", pa.string()),
            ("from_date", pa.date32()),
            ("to_date", pa.date32()),
        ]
    ),
    "duties": pa.schema(
        [
            ("officer_id", pa.string()),
            ("kind", pa.string()),
            ("from_date", pa.date32()),
            ("to_date", pa.date32()),
            ("detail", pa.string()),
            ("recorded_at", pa.timestamp("us")),
            ("recorded_by", pa.string()),
        ]
    ),
    "items": pa.schema(
        [("declaration_id", pa.string()), ("item_no", pa.int64()), ("hs_code", pa.string()), ("origin", pa.string())]
    ),
}


def table(name: str, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows as one of the tables above; columns left out are null."""
    schema = SCHEMAS[name]
    return pa.Table.from_pylist([{field: row.get(field) for field in schema.names} for row in rows], schema=schema)


@dataclass(frozen=True)
class Work:
    """What one officer did for one declarant: ``cases`` controls on successive days, ``hits`` of which count."""

    officer: str
    declarant: str
    cases: int
    hits: int
    lane: str = "red"
    office: str = "PORT"
    per_day: int = 1
    section: str = "A"
    reason: str | None = None


def declared(work: Sequence[Work]) -> list[dict[str, Any]]:
    """Declarations of all work; ``hit`` says whether the case counts."""
    rows: list[dict[str, Any]] = []
    for w in work:
        for k in range(w.cases):
            # Hits are spread over the days of the work, so that no month holds them all.
            hit = (k * w.hits) // w.cases != ((k + 1) * w.hits) // w.cases
            day = START + timedelta(days=(k // w.per_day) % 90)
            number = len(rows)
            rows.append(
                {
                    "declaration_id": f"D{number:05d}",
                    "office": w.office,
                    "section": w.section,
                    "procedure": "IM4",
                    "lane_assigned": w.lane,
                    "lane_reason": w.reason,
                    "lane_final": "green",
                    "officer_id": w.officer,
                    "declarant_id": w.declarant,
                    "importer_id": w.declarant,
                    "registered_on": day,
                    "registered_at": datetime(day.year, day.month, day.day, 9),
                    "source_file": 0,
                    "source_line": number + 2,
                    "hit": hit,
                }
            )
    return rows


def posted(*officers: str, chief: str = "M") -> pa.Table:
    rows = [{"officer_id": o, "office": "PORT", "role": "examiner", "from_date": date(2020, 1, 1)} for o in officers]
    rows.append({"officer_id": chief, "office": "PORT", "role": "chief", "from_date": date(2020, 1, 1)})
    return table("postings", rows)
