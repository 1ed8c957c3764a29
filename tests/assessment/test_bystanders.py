"""Who is no signal is not named without exposure, and nobody is where nothing stands out."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from arusha.assessment.report_charts import charts, examined
from arusha.assessment.report_read import Question
from arusha.assessment.report_tables import details
from arusha.charts.matrix import SHADES
from arusha.indicators.signals import SCHEMA
from arusha.language import Catalogue


def pair(officer: str, declarant: str, observed: float, expected: float, signal: bool) -> dict[str, Any]:
    return dict.fromkeys(SCHEMA.names) | {
        "signal_id": f"{officer}{declarant}",
        "indicator": "assignment-steering",
        "unit_kind": "pair",
        "unit_id": officer,
        "other_id": declarant,
        "office": "MAR",
        "n": 100,
        "observed": observed,
        "expected": expected,
        "effect": 0.1,
        "ci_low": 0.0,
        "ci_high": 0.2,
        "p_value": 0.5,
        "q_value": 0.5,
        "signal": signal,
        "flagged": signal,
    }


def asked(rows: list[dict[str, Any]], **tables: pa.Table) -> Question:
    signals = pa.Table.from_pylist(rows, schema=SCHEMA)
    return Question("assignment-steering", {"status": "assessed"}, signals, pa.table({}), tables, ())


ORDINARY = [
    pair("P-1", "T-1", 1, 0.04, False),
    pair("P-2", "T-1", 12, 10.0, False),
    pair("P-2", "T-2", 12, 10.0, False),
]


def test_no_matrix_is_drawn_where_nothing_stands_out() -> None:
    words = Catalogue("en")
    assert not [c for c in charts(asked(ORDINARY), words) if "P-" in c.svg or "P-" in str(c.table.rows)]


def test_a_matrix_names_those_of_whom_it_says_something() -> None:
    rows = [*ORDINARY, pair("P-3", "T-1", 40, 10.0, True), pair("P-3", "T-3", 9, 1.0, True)]
    rows.append(pair("P-2", "T-3", 2, 0.5, False))
    (drawn,) = [c for c in charts(asked(rows), Catalogue("en")) if "P-" in c.svg]
    assert set(re.findall("P-[0-9]|T-[0-9]", drawn.svg)) == {"P-2", "P-3", "T-1", "T-3"}
    # Tested, and too little to say anything: blank, and no dot.
    assert ">\u00b7<" not in re.sub("[\u2066-\u2069]", "", drawn.svg)
    assert [SHADES[2] in part for part in drawn.svg.split("<rect")].count(True) == 2


def test_what_would_look_the_same_is_told_in_numbers() -> None:
    row = {"office": "MAR", "account": "desk", "account_officers": "P-1, P-2", "account_declarants": "T-1", "pairs": 2}
    (told,) = details(asked(ORDINARY, accounts=pa.Table.from_pylist([row])), Catalogue("en"))
    assert [re.sub("[\u2066-\u2069]", "", c) for c in told.table.rows[0][2:]] == ["2", "1", "2"]
    assert told.nameless == told.table


def test_one_person_in_two_offices_is_told_as_one() -> None:
    rows = [pair("P-1", "T-1", 1, 1, False) | {"unit_kind": "officer", "other_id": None, "office": o} for o in "AB"]
    signals = pa.Table.from_pylist(rows, schema=SCHEMA)
    said = {lang: re.sub("[\u2066-\u2069]", "", examined(signals, Catalogue(lang))) for lang in ("en", "ar")}
    assert said["en"] == "2 officers (1 different, some in several offices)"
    assert "1" in said["ar"]
    assert examined(signals.slice(0, 1), Catalogue("en")).endswith("officer")
