"""Where each row behind a signal points: every question has a rule, and each rule agrees with what is counted."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest

from arusha.assessment.pointing import _RULES, AWAY, NEITHER, TOWARDS, WITHOUT_DIRECTION, months, pointing
from arusha.indicators.registry import indicators


def test_every_question_says_where_its_rows_point_or_that_none_does() -> None:
    asked = {i.definition.id for i in indicators()}
    assert set(_RULES) | WITHOUT_DIRECTION == asked
    assert not set(_RULES) & WITHOUT_DIRECTION


@pytest.mark.parametrize(
    ("question", "columns", "points"),
    [
        (
            "assignment-steering",
            {"counted": ["counted", "counted", "same batch as an earlier draw"], "with_officer": [True, False, True]},
            [TOWARDS, AWAY, NEITHER],
        ),
        (
            "assignment-override",
            {"counted": ["counted", "counted", "moved: first pick off the roster"], "counts_for": [True, False, True]},
            [TOWARDS, AWAY, NEITHER],
        ),
        ("finding-rate", {"found": [0, 1, 0]}, [TOWARDS, AWAY, TOWARDS]),
        (
            "finding-rate",
            {"found": [0, 1, 0], "counted": ["counted", "counted", "colleagues have no like case"]},
            [TOWARDS, AWAY, NEITHER],
        ),
        ("lane-change-without-act", {"no_act": [1, 0, 1], "stranger": [0, 1, 1]}, [TOWARDS] * 3),
        (
            "lane-change-without-act",
            {
                "no_act": [1, 0, 0, 1],
                "stranger": [0, 1, 0, 0],
                "counted": [*["counted"] * 3, "colleagues have no like case"],
            },
            [TOWARDS, TOWARDS, AWAY, NEITHER],
        ),
        (
            "value-shortfall",
            {
                "assessed_to_like": [0.5, 1.2, 0.5, 1.2, None],
                "whose": ["this officer", "this officer", "other officers", "other officers", "this officer"],
            },
            # Low prices of the same declarant with other officers speak for the declarant's own level.
            [TOWARDS, AWAY, AWAY, TOWARDS, NEITHER],
        ),
        ("value-shortfall", {"assessed_to_like": [0.5, 1.2], "whose": ["declarant"] * 2}, [TOWARDS, AWAY]),
    ],
)
def test_where_a_row_points(question: str, columns: dict[str, list[object]], points: list[str]) -> None:
    assert pointing(question, pa.table(columns)) == points


def test_nothing_is_said_where_a_column_lacks_or_the_question_has_no_direction() -> None:
    assert pointing("finding-rate", pa.table({"line": [1]})) is None
    assert pointing("lane-rates", pa.table({"line": [1]})) is None
    assert pointing("no-such-question", pa.table({"line": [1]})) is None


def test_months_between_without_a_row_are_there_and_a_row_without_a_day_is_not() -> None:
    at = [datetime(2025, 11, 30), datetime(2026, 2, 1), None]
    found = months(pa.table({"registered_at": at}), [TOWARDS, AWAY, AWAY])
    assert list(found) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert found[date(2025, 11, 1)] == {TOWARDS: 1, AWAY: 0, NEITHER: 0}
    assert sum(sum(n.values()) for n in found.values()) == 2
    assert months(pa.table({"registered_at": pa.array([None], pa.timestamp("us"))}), [AWAY]) == {}
    assert months(pa.table({"line": [1]}), [AWAY]) == {}
