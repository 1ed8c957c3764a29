"""A small invented administration with a log, as tables in memory, and the same as plain rows to count by hand."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

START = datetime(2025, 3, 17)
OFFICES = ("HBR", "RIV", "AIR")
TRADERS = [f"T{k}" for k in range(5)]
Rows = dict[str, list[dict[str, Any]]]
TIME, DAY = pa.timestamp("us"), pa.date32()
COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "declarations": {
        "declaration_id": pa.string(),
        "office": pa.string(),
        "registered_at": TIME,
        "declarant_id": pa.string(),
        "importer_id": pa.string(),
        "officer_id": pa.string(),
        "assigned_at": TIME,
    },
    "assignments": {
        "assignment_id": pa.string(),
        "declaration_id": pa.string(),
        "officer_id": pa.string(),
        "assigned_at": TIME,
        "assigned_by": pa.string(),
    },
    "inspections": {
        "inspection_id": pa.string(),
        "declaration_id": pa.string(),
        "officer_id": pa.string(),
        "ended_at": TIME,
    },
    "events": {
        "event_id": pa.string(),
        "occurred_at": TIME,
        "user_id": pa.string(),
        "terminal": pa.string(),
        "action": pa.string(),
        "declaration_id": pa.string(),
        "reason": pa.string(),
    },
    "postings": {
        "officer_id": pa.string(),
        "office": pa.string(),
        "role": pa.string(),
        "from_date": DAY,
        "to_date": DAY,
    },
    "duties": {
        "officer_id": pa.string(),
        "kind": pa.string(),
        "from_date": DAY,
        "to_date": DAY,
        "recorded_at": TIME,
        "recorded_by": pa.string(),
    },
    "officers": {"officer_id": pa.string(), "unit": pa.string()},
}


def at(days: float) -> datetime:
    return START + timedelta(seconds=round(days * 86_400))


def day(days: float) -> date:
    return at(days).date()


def small_log(seed: int, *, officers: int = 14, declarations: int = 60, entries: int = 600) -> Rows:
    """Rows by table: everything at random, so that each condition holds of some and fails of others by each part."""
    rng = random.Random(seed)
    staff = [f"O{k}" for k in range(officers)]
    found: Rows = {name: [] for name in COLUMNS}
    for k, who in enumerate(staff):
        found["officers"].append({"officer_id": who, "unit": ("AUD", "EXM", None)[k % 3]})
        for office in rng.sample(OFFICES, 2):
            first = rng.uniform(-10, 15)
            found["postings"].append(
                {
                    "officer_id": who,
                    "office": office,
                    "role": rng.choice(("examiner", "chief", "supervisor", "other")),
                    "from_date": day(first),
                    "to_date": rng.choice((None, day(first + rng.uniform(1, 15)))),
                }
            )
        first = rng.uniform(-5, 10)
        found["duties"].append(
            {
                "officer_id": who,
                "kind": rng.choice(("acting for", "acting for", "training", "leave")),
                "from_date": day(first),
                "to_date": rng.choice((None, day(first + 8))),
                "recorded_at": rng.choice((None, at(first - 3), at(first + 4))),
                "recorded_by": rng.choice((None, who, "O0", "O1")),
            }
        )
    for k in range(declarations):
        number, lodged = f"D{k}", rng.uniform(0, 20)
        who = rng.choice((None, *staff))
        found["declarations"].append(
            {
                "declaration_id": number,
                "office": rng.choice(OFFICES),
                "registered_at": at(lodged),
                "declarant_id": rng.choice((*TRADERS, "O2", "O3")),
                "importer_id": rng.choice((None, *TRADERS)),
                "officer_id": who,
                "assigned_at": None if who is None else rng.choice((None, at(lodged + 0.2))),
            }
        )
        for j in range(rng.randrange(3)):
            found["assignments"].append(
                {
                    "assignment_id": f"A{k}-{j}",
                    "declaration_id": number,
                    "officer_id": rng.choice(staff),
                    "assigned_at": rng.choice((None, at(lodged + 0.3 + j))),
                    "assigned_by": rng.choice(("system", None, *staff[:4])),
                }
            )
        for j in range(rng.randrange(2)):
            found["inspections"].append(
                {
                    "inspection_id": f"I{k}-{j}",
                    "declaration_id": number,
                    "officer_id": rng.choice(staff),
                    "ended_at": at(lodged + 1.4),
                }
            )
    near: dict[str, list[str]] = {}
    for table, columns in (
        ("declarations", ("officer_id",)),
        ("assignments", ("officer_id", "assigned_by")),
        ("inspections", ("officer_id",)),
    ):
        for row in found[table]:
            near.setdefault(row["declaration_id"], []).extend(row[c] for c in columns if row[c] is not None)
    for k in range(entries):
        number = rng.choice((None, *(f"D{j}" for j in range(declarations))))
        anybody = (None, "system", "T1", *staff, *staff)
        found["events"].append(
            {
                "event_id": f"E{k:04d}",
                "occurred_at": at(rng.uniform(0, 25)),
                "user_id": rng.choice(near.get(number or "") or anybody if rng.random() < 0.5 else anybody),
                "terminal": rng.choice(("W1", "W2", None)),
                "action": rng.choice(("view", "view", "print", "assess", "amend", "query", "login")),
                "declaration_id": number,
                "reason": rng.choice((None, "call")),
            }
        )
    return found


def as_tables(rows: Rows, without: frozenset[str] = frozenset()) -> dict[str, pa.Table]:
    """The same as tables with the contract's types; ``without`` names tables that were not delivered."""
    return {
        name: pa.Table.from_pylist(rows[name], pa.schema(list(columns.items())))
        for name, columns in COLUMNS.items()
        if name not in without
    }
