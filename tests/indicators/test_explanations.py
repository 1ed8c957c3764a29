"""Explanations: found is not cleared; what clears was written down before, by no one who gains, and leaves nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from arusha.engine import session_from_tables
from arusha.indicators import explanations
from arusha.indicators.definition import Explained, Sentence, Sentences, Settings, as_json, from_json
from arusha.indicators.explanations import Case, Remainder, Scope, Subject, codes_of, what_is_left

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
SIGNAL = {"n": 100, "observed": 40.0, "expected": 10.0}
TEXT, DAY, TIME = pa.string(), pa.date32(), pa.timestamp("us")
DUTIES = pa.schema(
    [
        ("officer_id", TEXT),
        ("kind", TEXT),
        ("from_date", DAY),
        ("to_date", DAY),
        ("detail", TEXT),
        ("recorded_at", TIME),
        ("recorded_by", TEXT),
    ]
)
DESK = {
    "officer_id": "P1",
    "kind": "specialist desk",
    "from_date": date(2024, 6, 1),
    "to_date": None,
    "detail": "chapters 61-63",
    "recorded_at": datetime(2024, 5, 20),
    "recorded_by": "HR",
}


def declarations(first: date = date(2025, 1, 2)) -> pa.Table:
    return pa.table({"office": ["PORT"], "registered_on": pa.array([first], DAY)})


def told(
    name: str,
    *duties: dict[str, Any],
    left: Remainder | None = None,
    extra: dict[str, pa.Table] | None = None,
    asked: list[Any] | None = None,
) -> Any:
    def retest(scopes: Any) -> Remainder | None:
        if asked is not None:
            asked.extend(scopes)
        return left

    case = Case(Subject("P1", "B1", "PORT", frozenset({"P1", "B1", "BOSS"})), SIGNAL, SETTINGS, retest)
    tables = {"declarations": declarations(), **(extra or {})}
    if duties:
        tables["duties"] = pa.Table.from_pylist(list(duties), schema=DUTIES)
    with session_from_tables(tables) as session:
        (found,) = explanations.explain([name], session, case)
    return found


NOTHING_LEFT = Remainder(40, 4.0, 4.1, 0.6)
STILL_THERE = Remainder(80, 32.0, 8.0, 1e-9)
SMALLER_DATA = Remainder(12, 4.0, 1.2, 0.06)
"""The same excess share on fewer draws: no longer significant, and no explanation."""


def test_a_desk_clears_where_nothing_is_left() -> None:
    asked: list[Scope] = []
    found = told("specialist-desk", DESK, left=NOTHING_LEFT, asked=asked)
    assert (found.status, found.clears) == ("found", True)
    assert asked[0].named is not None
    assert asked[0].named.goods == ("61", "62", "63")
    assert (asked[0].start, asked[0].end) == (date(2025, 1, 1), date(2026, 1, 1))
    assert "4 of 40, against 4.1 expected" in found.detail
    assert "from 1 January 2025 to 31 December 2025" in found.detail, "the last day counts, the day after does not"
    assert found.told[0].values["detail"] == "61-63"


@pytest.mark.parametrize("left", [STILL_THERE, SMALLER_DATA, None])
def test_a_desk_that_does_not_carry_the_excess_is_found_and_does_not_clear(left: Remainder | None) -> None:
    found = told("specialist-desk", DESK, left=left)
    assert (found.status, found.clears) == ("found", False)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"recorded_at": datetime(2025, 3, 1), "from_date": date(2025, 2, 1)}, "after it had begun"),
        ({"recorded_at": None}, "not known when"),
        ({"recorded_by": None}, "not known who"),
        ({"recorded_by": "P1"}, "may gain"),
        ({"recorded_by": "BOSS"}, "may gain"),
    ],
)
def test_a_duty_written_down_late_or_by_one_who_gains_does_not_clear(change: dict[str, Any], why: str) -> None:
    found = told("specialist-desk", DESK | change, left=NOTHING_LEFT)
    assert (found.status, found.clears) == ("found", False)
    assert why in found.detail


def test_a_duty_that_began_before_the_period_may_be_written_down_until_the_period_begins() -> None:
    late = DESK | {"recorded_at": datetime(2024, 12, 30)}
    assert told("specialist-desk", late, left=NOTHING_LEFT).clears


def test_a_desk_that_names_nothing_does_not_clear() -> None:
    found = told("specialist-desk", DESK | {"detail": None}, left=NOTHING_LEFT)
    assert (found.status, found.clears) == ("found", False)


def test_duties_of_others_and_of_other_times_are_not_found() -> None:
    other = [DESK | {"officer_id": "P2"}, DESK | {"to_date": date(2024, 12, 1)}, DESK | {"kind": "leave"}]
    assert told("specialist-desk", *other, left=NOTHING_LEFT).status == "not found"


def test_acting_cover_takes_out_its_days() -> None:
    asked: list[Scope] = []
    duty = DESK | {"kind": "acting for", "from_date": date(2025, 4, 1), "to_date": date(2025, 7, 1), "detail": "P9"}
    assert told("acting-cover", duty, left=NOTHING_LEFT, asked=asked).clears
    assert asked == [Scope(date(2025, 4, 1), date(2025, 7, 1))]


def test_without_the_table_nothing_is_checked() -> None:
    for name in ("specialist-desk", "acting-cover", "leave-of-others"):
        assert told(name).status == "not checked: needs duties"
    assert told("posting").status == "not checked: needs postings"
    assert told("trainee").status == "not checked: needs duties, officers"
    assert told("rule-in-force").status == "not checked: needs assignment_rules"


def test_a_new_officer_is_reported_and_does_not_clear() -> None:
    officers = pa.table({"officer_id": ["P1"], "hired_on": pa.array([date(2024, 9, 1)], DAY)})
    found = told("trainee", left=NOTHING_LEFT, extra={"officers": officers})
    assert (found.status, found.clears) == ("found", False)
    old = pa.table({"officer_id": ["P1"], "hired_on": pa.array([date(2015, 9, 1)], DAY)})
    assert told("trainee", extra={"officers": old}).status == "not found"


def test_a_move_in_mid_year_is_reported() -> None:
    postings = pa.table(
        {
            "officer_id": ["P1", "P1"],
            "office": ["LAND", "PORT"],
            "from_date": pa.array([date(2020, 1, 1), date(2025, 6, 1)], DAY),
            "to_date": pa.array([date(2025, 6, 1), None], DAY),
        }
    )
    found = told("posting", extra={"postings": postings})
    assert found.status == "found"
    assert found.told[-2] == Sentence("posted", {"office": "PORT", "start": date(2025, 6, 1)})
    assert "Posted to PORT from 1 June 2025." in found.detail


def test_a_new_office_is_reported() -> None:
    assert told("new-office").status == "not found"
    assert told("new-office", extra={"declarations": declarations(date(2025, 7, 1))}).status == "found"


def test_colleagues_away_are_counted() -> None:
    postings = pa.table(
        {"officer_id": ["P1", "P2"], "office": ["PORT", "PORT"], "from_date": pa.array([date(2020, 1, 1)] * 2, DAY)}
    )
    away = DESK | {"officer_id": "P2", "kind": "leave", "from_date": date(2025, 2, 1), "to_date": date(2025, 3, 1)}
    found = told("leave-of-others", away, extra={"postings": postings})
    assert found.detail.startswith("One colleague was away")


RULE = {"office": "PORT", "method": "random", "pool": "on shift", "hs_prefix": None, "section": "A"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"method": "manual"}, "Rule of the office: work of the section A is given out by hand."),
        ({"pool": "DESK-61", "hs_prefix": "61", "section": None}, "goods 61 are given out at random within the pool"),
        ({"method": "rota", "section": None}, "work is given out in turn."),
    ],
)
def test_rules_that_are_more_than_an_even_hand_are_named_once(change: dict[str, Any], said: str) -> None:
    rule = RULE | change
    rules = {name: pa.array([value] * 3, TEXT) for name, value in rule.items()}
    table = pa.table({**rules, "from_date": pa.array([date(2025, k, 1) for k in (1, 3, 5)], DAY)})
    found = told("rule-in-force", extra={"assignment_rules": table})
    assert found.status == ("found" if said else "not found")
    assert said in found.detail
    assert sum(s.key.startswith("rule") for s in found.told) == bool(said)


def test_many_rules_are_counted() -> None:
    goods = ["61", "62", "63", "84", "85", "87"]
    rules = {name: pa.array([value] * 6, TEXT) for name, value in (RULE | {"section": None}).items()}
    table = pa.table({**rules, "hs_prefix": goods, "from_date": pa.array([date(2025, 1, 1)] * 6, DAY)})
    found = told("rule-in-force", extra={"assignment_rules": table})
    assert [s.key for s in found.told] == ["rule-goods"] * 4 + ["rules-more", "allowed-by-rule"]
    assert "2 more rules of the office" in found.detail


@pytest.mark.parametrize(
    ("question", "left", "said"),
    [
        ("assignment-steering", Remainder(40, 4.0, 4.1, 0.6), "4 of 40 picks, against 4.1 expected"),
        ("finding-rate", Remainder(40, 39.0, 36.2, 0.04), "39 of 40 examinations without a finding, against 36.2"),
        ("lane-change-without-act", Remainder(40, 9.0, 1.0, 1e-5), "with probability under 0.001"),
        # A sum of log shortfalls of 40 items: exp(-4 / 40) is 9.5% lower.
        ("value-shortfall", Remainder(40, 4.0, 0.0, 0.2), "prices 9.5% lower than with other officers, over 40 items"),
        ("value-shortfall", Remainder(40, -4.0, 0.0, 0.9), "prices 10.5% higher than with other officers"),
        ("another", Remainder(0, 0.0, 0.0, None), "nothing is left to compare"),
    ],
)
def test_what_is_left_is_said_in_the_questions_own_unit(question: str, left: Remainder, said: str) -> None:
    case = Case(Subject("P1", "B1", "PORT"), SIGNAL | {"indicator": question}, SETTINGS)
    assert said in str(Sentences(what_is_left(case, left)))


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("acting for P-ABCD-EFGH-JKMN (NAME SURNAME)", "P-ABCD-EFGH-JKMN"),
        ("acting for K-1234-5678-9012, P-ILOU-0000-0000, X-ABCD-EFGH-JKMN", ""),
        ("acting for KA0417, card 19800131-123", ""),
        ("HS 8703, 870323, 87032310, desk S-12", "8703, 870323, 8703…, S-12"),
        ("chapters 61-63, section B", "61-63, B"),
        ("Name Surname's desk", ""),
        (None, ""),
    ],
)
def test_of_a_dutys_free_text_only_codes_are_said_for_it_may_name_a_person(detail: str | None, said: str) -> None:
    assert codes_of(detail) == said


def test_sentences_are_kept_with_their_types() -> None:
    kept = (Sentence("a", {"n": 3, "share": 0.25, "day": date(2025, 6, 1), "detail": "“87” ٣"}), Sentence("b"))
    text = as_json(kept)
    assert from_json(text) == kept
    assert type(from_json(text)[0].values["n"]) is int
    assert from_json(None) == ()


def test_a_question_of_another_package_writes_its_own_english() -> None:
    assert Explained("own", "found", "As the package says.").detail == "As the package says."
