"""Page one says how much was asked, whom it is about, what could not be told and what chance would bring."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from synthetic_folder import write_folder

from arusha.assessment.measured import measured
from arusha.assessment.report import build
from arusha.assessment.report_read import Question, read_folder
from arusha.language import Catalogue

OFFICES = [f"EX{k:02d}" for k in range(1, 8)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "assessment")


def change(folder: Path, **entries: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | entries))


def question(folder: Path, name: str, **entries: Any) -> None:
    questions = json.loads((folder / "manifest.json").read_text())["questions"]
    change(folder, questions=[q | entries if q["id"] == name else q for q in questions])


def findings(folder: Path) -> Question:
    return next(q for q in read_folder(folder).questions if q.id == "finding-rate")


def said(folder: Path) -> str:
    report = build(read_folder(folder), Catalogue("en"))
    return re.sub("[\u2066-\u2069]", "", " ".join(report.answer))


def cover(folder: Path, offices: list[str]) -> None:
    """Coverage tables as an assessment writes them, with a declaration of each office."""
    n = len(offices)
    counts = ("declarations", "with_officer", "controls", "controls_with_act", "at_random", "at_random_with_act")
    days = pa.array([date(2025, 1, 1)] * n)
    columns: dict[str, Any] = {"office": offices, **{c: pa.array([1] * n, pa.int64()) for c in counts}}
    (folder / "coverage").mkdir()
    pq.write_table(pa.table(columns | {"first_day": days, "last_day": days}), folder / "coverage/offices.parquet")
    months = {"office": offices, "month": days, "declarations": pa.array([1] * n, pa.int64())}
    pq.write_table(pa.table(months), folder / "coverage/months.parquet")


def test_offices_are_those_of_the_declarations_and_those_examined_are_told_apart(folder: Path) -> None:
    assert "declarations from 4 offices" in said(folder), "an assessment without coverage: those its rows name"
    cover(folder, OFFICES)
    assert "declarations from 7 offices" in said(folder)
    assert "Something could be examined in 4 of these 7 offices." in said(folder)


def test_where_every_office_was_examined_nothing_is_said_of_it(folder: Path) -> None:
    cover(folder, OFFICES[:4])
    assert "Something could be examined" not in said(folder)


def test_entries_are_not_people_and_those_that_share_one_are_not_as_many_cases(folder: Path) -> None:
    signals = pq.read_table(folder / "signals.parquet")
    # A flagged lane of an office names nobody.
    flagged = [r for r in signals.to_pylist() if r["flagged"] and r["unit_kind"] != "office"]
    officers = {r["unit_id"] for r in flagged}
    declarants = {r["other_id"] for r in flagged if r["other_id"]}
    text = said(folder)
    assert f"They name {len(officers)} officers and {len(declarants)} declarants." in text
    assert ("Some name the same person" in text) == (len(officers) < len(flagged))
    one = {"unit_id": flagged[0]["unit_id"]}
    rows = [r | one if r["flagged"] and r["unit_kind"] != "office" else r for r in signals.to_pylist()]
    pq.write_table(pa.Table.from_pylist(rows, signals.schema), folder / "signals.parquet")
    assert f"They name one officer and {len(declarants)} declarants." in said(folder)
    assert "Some name the same person" in said(folder)


def test_the_bound_of_chance_needs_no_independence_and_what_was_measured_stands_beside(folder: Path) -> None:
    clean = measured().clean
    # Three questions at 5% that rest on the same declarations: their sum.
    assert "at most 15 in 100" in said(folder)
    assert f"of {clean.worlds} invented administrations" in said(folder)
    assert f"({clean.with_flag / clean.worlds:.1%})" in said(folder)
    change(folder, rates={"question": 0.1})
    assert "at most 30 in 100" in said(folder)
    assert "invented administrations" not in said(folder), "another rate was not measured"


@pytest.mark.parametrize(
    ("told", "sealed"),
    [({"state": "on", "sealed": True}, True), ({"state": "on", "sealed": False}, False), ("on", None), (None, None)],
)
def test_that_pseudonyms_are_sealed_is_said_where_they_are(folder: Path, told: Any, sealed: bool | None) -> None:
    change(folder, pseudonyms=told)
    words = Catalogue("en")
    report = build(read_folder(folder), words)
    meaning = dict(report.glossary)[words.text("glossary-pseudonym")]
    assert ("two key holders" in meaning) == (sealed is True)
    assert ("was not sealed" in meaning) == (sealed is False)
    assert ("was not sealed" in report.unsealed) == (sealed is False)


def test_units_that_are_not_listed_count_as_not_told(folder: Path) -> None:
    def shown() -> tuple[str, tuple[tuple[str, str], ...]]:
        page = next(p for p in build(read_folder(folder), Catalogue("en")).pages if p.id == "finding-rate")
        return page.summary[-1], page.cannot_tell

    before = shown()
    untold = findings(folder).count("cannot_tell")
    assert before[0] == f"\u2066{untold}\u2069"
    question(folder, "finding-rate", unlisted=1234)
    assert shown() == (f"\u2066{untold + 1234:,}\u2069", (*before[1], (shown()[1][-1][0], "\u20661,234\u2069")))


def test_an_older_assessment_told_in_its_notes_how_many_it_does_not_list(folder: Path) -> None:
    notes = [{"key": "value-few", "text": "", "values": {"pairs": 7, "items": 9}}]
    question(folder, "finding-rate", notes=notes)
    assert findings(folder).unlisted == 7
    question(folder, "finding-rate", unlisted=0)
    assert findings(folder).unlisted == 0


def test_a_headline_says_of_how_many_nothing_stands_out_and_of_how_many_it_is_not_said(folder: Path) -> None:
    signals = pq.read_table(folder / "signals.parquet")
    none = [r | {"signal": False, "flagged": False, "explained_by": None} for r in signals.to_pylist()]
    pq.write_table(pa.Table.from_pylist(none, signals.schema), folder / "signals.parquet")
    pages = {p.id: p for p in build(read_folder(folder), Catalogue("en", isolate=False)).pages}
    drawn = pages["assignment-steering"].charts[0]
    untold = sum(r["p_value"] is None for r in none if r["indicator"] == "assignment-steering")
    assert re.search(r"Of [\d,]+ pairs of officer and declarant examined, none stands out", drawn.headline)
    assert ("could not be told" in drawn.headline) == (untold > 0)
    assert "ordinarily" in pages["finding-rate"].charts[0].headline


def test_nothing_to_look_behind_is_not_announced(folder: Path) -> None:
    words = Catalogue("en")
    assert build(read_folder(folder), words).next_step == words.text("next-step")
    questions = json.loads((folder / "manifest.json").read_text())["questions"]
    change(folder, questions=[q | ({"flagged": 0} if "flagged" in q else {}) for q in questions])
    assert build(read_folder(folder), words).next_step == words.text("next-step-none")
