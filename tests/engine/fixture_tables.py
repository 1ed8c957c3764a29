"""One small fixture that holds what engines disagree on: nulls, ties, negative numbers, week and year ends, codes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _time(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


_DAYS = ["2024-02-29", "2024-12-29", "2024-12-30", "2025-01-01", "2025-01-31", None, "2025-03-31", "2025-06-15"]
_TIMES = [
    "2024-02-29 23:59:59.999999",
    "2024-12-29 00:00:00",
    "2024-12-30 12:30:15.250000",
    "2025-01-01 00:00:00.000001",
    None,
    "2025-01-31 07:45:00",
    "2025-03-30 01:30:00",
    "2025-06-15 18:00:00.500000",
]

GOODS = pa.table(
    {
        "id": pa.array([1, 2, 3, 4, 5, 6, 7, 8], pa.int64()),
        # In an order of its own, as lanes are; and one in the order of its letters, as offices are.
        "lane": pa.DictionaryArray.from_arrays(
            pa.array([0, 1, 3, 2, None, 0, 3, 0], pa.int8()), pa.array(["green", "blue", "yellow", "red"])
        ),
        "office": pa.DictionaryArray.from_arrays(
            pa.array([0, 1, 0, 1, 0, None, 1, 0], pa.int8()), pa.array(["AIR", "PORT"])
        ),
        "name": pa.array(["Zanzibar", "éclair", " padded ", "", None, "it's", "a%b_c", "خيار"]),
        "code": pa.array(["010121", "0201", "999999", "010129", "0101", None, "0", "010121"]),
        "small": pa.array([0, 23, 5, None, 7, -3, 12, 7], pa.int8()),
        "quantity": pa.array([7, -7, 0, 3, None, 100, 2, -1], pa.int32()),
        "mass": pa.array([1.5, 2.5, -0.5, 0.5, 1e-3, None, 3.5, 1234.5678], pa.float64()),
        "money": pa.array(
            [None if v is None else Decimal(v) for v in ("1.500", "2.500", "-0.500", "0.000", None, "0.001", "-2.500")]
            + [Decimal("123456789012.345")],
            pa.decimal128(18, 3),
        ),
        "random": pa.array([True, False, None, True, False, True, None, False]),
        "day": pa.array([_day(t) for t in _DAYS], pa.date32()),
        "at": pa.array([_time(t) for t in _TIMES], pa.timestamp("us")),
        "until": pa.array([_time(t) for t in reversed(_TIMES)], pa.timestamp("us")),
    }
)

ACTS = pa.table(
    {
        "act": pa.array([10, 11, 12, 13, 14], pa.int64()),
        "id": pa.array([1, 1, 3, None, 99], pa.int64()),
        "colour": pa.DictionaryArray.from_arrays(
            pa.array([0, 1, 2, 1, None], pa.int8()), pa.array(["red", "green", "blue"])
        ),
        "weight": pa.array([0.25, 4.0, None, 1.0, 2.0], pa.float64()),
        "day": pa.array([_day(t) for t in ("2024-02-29", "2025-01-01", None, "2025-06-15", "2025-06-15")], pa.date32()),
    }
)

TABLES = {"goods": GOODS, "acts": ACTS}
