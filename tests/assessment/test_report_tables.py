"""Tables beside the signals: with the people in a report, without them where a purpose is asked before one is shown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from arusha.assessment.report_tables import PERSONS, SHOWN, banded, details
from arusha.language import Catalogue

NO_PERSONS = {"office", "levels"}


def test_every_column_of_codes_is_known_to_hold_people_or_not() -> None:
    codes = {column for tables in SHOWN.values() for _, columns in tables for column, kind in columns if kind == "code"}
    assert codes == PERSONS | NO_PERSONS


@pytest.mark.parametrize(("question", "name"), [(q, name) for q, tables in SHOWN.items() for name, _ in tables])
def test_a_page_that_asks_no_purpose_shows_no_pseudonym(question: str, name: str) -> None:
    columns = dict(SHOWN[question])[name]
    row: dict[str, Any] = {
        column: f"P-{column}" if column in PERSONS else {"count": 3, "share": 0.5}.get(kind, "MAR")
        for column, kind in columns
    }
    asked: Any = SimpleNamespace(id=question, tables={name: pa.Table.from_pylist([row])})
    (detail,) = details(asked, Catalogue("en"))
    people = [column for column, _ in columns if column in PERSONS]
    assert "".join(detail.table.rows[0]).count("P-") == len(people)
    assert "P-" not in "".join(detail.nameless.rows[0])
    assert len(detail.nameless.columns) == len(columns) - len(people)
    numbers = [detail.nameless.columns[i] for i in sorted(detail.nameless.numeric)]
    assert numbers == [detail.table.columns[i] for i in sorted(detail.table.numeric)]


@pytest.mark.parametrize(
    ("feature", "levels", "shown"),
    [
        ("items", "0", "1"),
        ("items", "1, 2, 3, 4", "2, 3-4, 5-9, 10+"),
        ("value", "0, 1, 16", "< 100, 100-300, 3000000000+"),
        ("hour", "06, 07", "06, 07"),
        ("chapter", "02, 03", "02, 03"),
        ("items", "9", "9"),
    ],
)
def test_codes_of_bands_are_told_as_what_they_stand_for(feature: str, levels: str, shown: str) -> None:
    assert banded({"feature": feature, "levels": levels}, "levels") == shown
