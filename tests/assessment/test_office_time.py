"""Evidence says when a declaration was registered as the source says it."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest

from arusha.assessment.office_time import in_office_time

ZONES = {"default": "Asia/Seoul", "offices": {"A": "Africa/Nairobi", "B": "Asia/Kathmandu"}}


def rows(office: str, at: datetime | None, on: date | None, hour: int | None) -> pa.Table:
    return pa.table(
        {
            "office": [office],
            "registered_at": pa.array([at], pa.timestamp("us")),
            "registered_on": pa.array([on], pa.date32()),
            "registered_hour": pa.array([hour], pa.int8()),
        }
    )


@pytest.mark.parametrize(
    ("office", "at", "on", "hour", "said"),
    [
        ("A", datetime(2025, 1, 15, 10, 3, 52), date(2025, 1, 15), 13, "2025-01-15 13:03:52"),
        ("B", datetime(2025, 1, 15, 23, 30), date(2025, 1, 16), 5, "2025-01-16 05:15:00"),
        ("Z", datetime(2025, 1, 15, 20, 0), date(2025, 1, 16), 5, "2025-01-16 05:00:00"),  # the default's zone
        ("Z", datetime(2020, 1, 5, 15, 0), date(2020, 1, 6), None, "2020-01-06"),  # no hour is invented
        ("A", None, None, None, None),
    ],
)
def test_the_time_is_the_offices_own(
    office: str, at: datetime | None, on: date | None, hour: int | None, said: str | None
) -> None:
    told = in_office_time(rows(office, at, on, hour), ZONES)
    assert told.column_names == ["office", "registered_at"]
    assert told["registered_at"].to_pylist() == [said]


def test_rows_that_do_not_say_what_the_source_knew_stay_as_they_are() -> None:
    bare = rows("A", datetime(2025, 1, 1), date(2025, 1, 1), 3).drop_columns(["registered_hour"])
    assert in_office_time(bare, ZONES).equals(bare)
