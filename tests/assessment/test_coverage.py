"""What the records cover is counted as it is, and what they do not say is not made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest

from arusha.assessment.coverage import coverage
from arusha.assessment.report_coverage import covered
from arusha.engine import session_from_tables
from arusha.language import Catalogue, languages

START, END = date(2025, 1, 1), date(2026, 1, 1)
DAYS = {
    # Office A misses March and April; B has one day only.
    "A": [date(2025, 1, 5), date(2025, 2, 7), date(2025, 5, 1), date(2025, 5, 2)],
    "B": [date(2025, 6, 30)],
}
LANES = {"A": ["red", "yellow", "green", "red"], "B": ["green"]}


def records(*, acts: bool = True, reason: bool = True) -> dict[str, pa.Table]:
    rows = [(office, day, lane) for office in DAYS for day, lane in zip(DAYS[office], LANES[office], strict=True)]
    outside = ("A", date(2026, 1, 1), "red")
    rows.append(outside)
    ids = [f"D{k}" for k in range(len(rows))]
    declarations = {
        "declaration_id": ids,
        "office": [r[0] for r in rows],
        "registered_on": pa.array([r[1] for r in rows], pa.date32()),
        "lane_assigned": [r[2] for r in rows],
        # D0 was picked and handled; D1 only picked; D4 only handled; D2 and D3 nobody's.
        "officer_id": ["F1", None, None, None, "F2", "F1"],
    }
    if reason:
        declarations["lane_reason"] = ["random", "criteria", "none", "random", "none", "random"]
    tables = {
        "declarations": pa.table(declarations),
        "assignments": pa.table({"declaration_id": ["D0", "D0", "D1"], "officer_id": ["F1", "F2", "F3"]}),
    }
    if acts:
        when = [datetime(2025, 1, 6) + timedelta(days=k) for k in range(3)]
        tables["inspections"] = pa.table({"declaration_id": ["D0", "D0", "D1"], "started_at": when})
    return tables


def ask(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    with session_from_tables(tables) as session:
        return coverage(session, START, END)


def test_each_office_is_counted_over_the_period_and_several_acts_or_picks_count_once() -> None:
    found = ask(records())
    assert found["offices"].to_pylist() == [
        {
            "office": "A",
            "declarations": 4,
            "with_officer": 2,
            "controls": 3,
            "controls_with_act": 2,
            "at_random": 2,
            "at_random_with_act": 1,
            "first_day": date(2025, 1, 5),
            "last_day": date(2025, 5, 2),
        },
        {
            "office": "B",
            "declarations": 1,
            "with_officer": 1,
            "controls": 0,
            "controls_with_act": 0,
            "at_random": 0,
            "at_random_with_act": 0,
            "first_day": date(2025, 6, 30),
            "last_day": date(2025, 6, 30),
        },
    ]
    months = [(r["office"], r["month"].month, r["declarations"]) for r in found["months"].to_pylist()]
    assert months == [("A", 1, 1), ("A", 2, 1), ("A", 5, 2), ("B", 6, 1)]


def test_what_the_records_do_not_say_is_null_and_said() -> None:
    found = ask(records(acts=False, reason=False))
    office = found["offices"].to_pylist()[0]
    assert office["controls"] == 3
    assert office["controls_with_act"] is office["at_random"] is office["at_random_with_act"] is None
    told = covered(found, Catalogue("en"))
    assert told is not None
    text = " ".join(told.sentences)
    assert "hold no inspection acts" in text
    assert "do not say which declarations were selected at random" in text


@pytest.mark.parametrize("lang", languages())
def test_a_missing_month_is_told_drawn_and_in_the_table(lang: str) -> None:
    words = Catalogue(lang)
    found = ask(records())
    many = found["months"]["declarations"].to_numpy() * 10
    months = found["months"].set_column(2, "declarations", pa.array(many))
    told = covered(found | {"months": months}, words)
    assert told is not None
    assert told.sentences[0].count("A") >= 1
    assert "2" in told.calendar.headline
    assert told.calendar.svg.count(">0</text>") == 2
    assert "2025-03" in "".join(told.calendar.table.columns)
    assert [len(row) for row in told.calendar.table.rows] == [7, 7]  # an office and six months
    assert len(told.offices.rows) == 2


@pytest.mark.parametrize("lang", languages())
def test_a_month_that_may_be_empty_by_chance_is_not_missing(lang: str) -> None:
    words = Catalogue(lang)
    # A: four declarations in five months, and none in two of them; nothing is asked for on that account.
    told = covered(ask(records()), words)
    assert told is not None
    assert told.sentences[0] == words.text("covered-sparse", n=1, least=5)
    assert told.calendar.headline == words.text("covered-calendar-sparse")
    assert told.calendar.alternative_text == words.text("chart-calendar-alternative", rows=2, columns=6, gaps=0)


def test_no_gap_is_said_too_and_without_declarations_there_is_nothing_to_say() -> None:
    whole = {"declarations": records()["declarations"].slice(0, 2)}
    told = covered(ask(whole), Catalogue("en"))
    assert told is not None
    assert "every month" in told.sentences[0]
    assert covered(ask({"declarations": records()["declarations"].slice(0, 0)}), Catalogue("en")) is None
    assert covered({}, Catalogue("en")) is None
