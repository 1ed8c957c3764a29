"""Groups that the records know, by hand; and an audit that compares them beside a list, or alone."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from arusha.engine import session_from_tables
from arusha.errors import ArushaError
from arusha.fairness.earlier import Earlier, overlaps
from arusha.fairness.recorded import NEEDS, askable, band, groups, known

DAY = date(2025, 12, 31)


def tables() -> dict[str, pa.Table]:
    return {
        "officers": pa.table(
            {
                "officer_id": ["P-1", "P-2", "P-3"],
                "grade": ["G1", None, "G2"],
                "hired_on": [date(2024, 1, 1), date(2015, 12, 1), date(2026, 2, 1)],
            }
        ),
        "postings": pa.table(
            {
                "officer_id": ["P-1", "P-1", "P-2", "P-2"],
                "office": ["HBR", "RIV", "AIR", "HBR"],
                "from_date": [date(2025, 1, 1), date(2025, 6, 1), date(2025, 1, 1), date(2026, 1, 1)],
            }
        ),
        "offices": pa.table({"office": ["HBR", "RIV", "AIR"], "kind": ["port", "land", "airport"]}),
    }


def test_each_group_is_that_of_the_day() -> None:
    with session_from_tables(tables()) as session:
        assert askable(session) == ("grade", "years", "office", "office-kind"), "no unit was delivered"
        found = groups(session, ("grade", "years", "office", "office-kind"), DAY)
    assert found == {
        "P-1": {
            "records.grade": "G1",
            "records.years": "0-2",
            "records.office": "RIV",
            "records.office-kind": "land",
        },
        "P-2": {"records.years": "10+", "records.office": "AIR", "records.office-kind": "airport"},
        "P-3": {"records.grade": "G2"},
    }, "an office that begins later and a service that begins later are none"


@pytest.mark.parametrize(
    ("years", "name"), [(0, "0-2"), (1.99, "0-2"), (2, "2-5"), (5, "5-10"), (9.9, "5-10"), (10, "10+"), (40, "10+")]
)
def test_bands_of_service_begin_with_their_first_year(years: float, name: str) -> None:
    assert band(years) == name


def test_what_no_record_knows_cannot_be_asked_for() -> None:
    assert known(["office", "grade", "office"]) == ("grade", "office")
    for protected in ("gender", "union_office", "age", "records.grade", ""):
        with pytest.raises(ArushaError):
            known(["grade", protected])
    assert not any("gender" in c or "birth" in c or "union" in c for needs in NEEDS.values() for _, c in needs)


def test_two_audits_of_one_question_overlap_where_they_share_a_day() -> None:
    audit = {"question": "q", "period": ["2025-01-01", "2026-01-01"]}
    before = Earlier("q", date(2024, 1, 1), date(2025, 1, 1), "r", None)
    assert not overlaps(audit, [before])
    assert overlaps(audit, [before, Earlier("q", date(2025, 12, 31), date(2026, 12, 1), "r", None)])
    assert not overlaps(audit, [Earlier("other", date(2025, 1, 1), date(2026, 1, 1), "r", None)])
