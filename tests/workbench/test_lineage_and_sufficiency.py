"""Which questions can be asked of each load, as ``arusha assess`` decides it; and lineage as a page and a file."""

from __future__ import annotations

import json
import sys

import pytest
from workbench_office import HERE, QUESTION, Office, page, people_in, signed_in, solo

sys.path.append(str(HERE.parent / "records"))
from test_loads_over_time import built as built
from test_loads_over_time import loaded as loaded

from arusha.assessment.asking import missing
from arusha.engine import open_session
from arusha.indicators.registry import indicators
from arusha.records.history import LoadedTable, loads
from arusha.records.workspace import Workspace
from arusha.workbench.governance.sufficiency import lacking, sufficiency


def test_what_a_question_lacks_is_what_an_assessment_would_find_lacking(loaded: Office) -> None:
    last = loads(loaded.workspace)[-1]
    told = {s.question: {t: list(c) for t, c in s.lacks.items()} for s in sufficiency(last)}
    with open_session(Workspace.open(loaded.workspace)) as session:
        assert told == {i.definition.id: missing(session, i) for i in indicators()}
    assert any(told.values()), "three declarations answer little"


def test_a_whole_table_that_is_lacking_is_named_without_its_columns(loaded: Office) -> None:
    last = loads(loaded.workspace)[-1]
    assert lacking(last, {"items": ("hs_code",)}) == {"items": ()}
    assert lacking(last, {"declarations": ("office", "lane_reason")}) == {"declarations": ("lane_reason",)}
    assert lacking(last, {"declarations": ()}) == {}


def test_the_page_says_of_each_question_what_it_lacks_and_which_needs_what(loaded: Office) -> None:
    html = page(solo(), "/governance/questions")
    assert "cannot be asked" in html
    assert "inspections" in html
    assert html.count('href="/governance/loads/') == 8
    assert "no log of events" in html


def test_the_log_of_events_is_judged_by_how_far_it_is_filled(loaded: Office) -> None:
    from dataclasses import replace

    from arusha.records import history

    last = loads(loaded.workspace)[-1]
    events = LoadedTable(10, 10, 0, present=("event_id",), filled={"event_id": 10, "user_id": 4})
    with_log = replace(last, digest="e" * 64, tables={**last.tables, "events": events})
    (loaded.workspace / history.HISTORY).write_text(history._line(with_log), "utf-8")
    (loaded.workspace / "manifest.json").unlink()
    html = page(solo(), "/governance/questions")
    assert "40.0%" in html


def test_lineage_leads_from_files_to_tables_to_questions_to_signals(office: Office) -> None:
    office.make_charter()
    office.to_live()
    client = signed_in("analyst")
    html = page(client, "/governance/lineage/assessment")
    assert "declarations.csv" in html
    assert f'href="/assessments/assessment/questions/{QUESTION}"' in html
    assert 'href="/assessments/assessment/signals"' in html
    assert not people_in(html)
    assert client.get("/governance/lineage/none").status_code == 404


@pytest.mark.control("AC-6", "AU-12")
def test_lineage_tells_nobody_how_many_signals_a_question_has_that_is_not_live(office: Office) -> None:
    office.make_charter()
    for role in ("analyst", "data-steward", "internal-auditor"):
        client = signed_in(role)
        html = page(client, "/governance/lineage/assessment")
        assert "/assessments/assessment/signals" not in html
        answer = client.post("/governance/lineage/assessment/events")
        events = [json.loads(line) for line in answer.content.decode().splitlines()]
        assert {e["job"]["name"] for e in events} >= {"load", f"ask/{QUESTION}"}
        asked = [o for e in events if e["job"]["name"] != "load" for o in e["outputs"]]
        told = {o["outputFacets"]["outputStatistics"]["rowCount"] for o in asked if "outputFacets" in o}
        assert told <= {0}, "of what was not asked at all"
    assert office.kinds().count("look.exported") == 3, "each is recorded"


def test_a_live_question_keeps_its_numbers_in_the_file(office: Office) -> None:
    office.make_charter()
    office.to_live()
    answer = signed_in("analyst").post("/governance/lineage/assessment/events")
    events = {e["job"]["name"]: e for e in map(json.loads, answer.content.decode().splitlines())}
    assert "outputFacets" in events[f"ask/{QUESTION}"]["outputs"][0]


def test_an_assessment_of_a_load_that_broke_a_promise_says_so(office: Office) -> None:
    office.make_charter()
    digest = json.loads((office.assessment / "manifest.json").read_text("utf-8"))["workspace"]["digest"][:16]
    record = office.record
    record.add("source.asked", "P-7Q3K-M2XA-9TBC", "source:1", "act:retire")
    record.add("letter.drafted", None, "letter:1-a", "source:1", f"load:{digest}", "breach:late", breaches=[])
    assert "breaks what was promised" in page(signed_in("data-steward"), "/governance/lineage/assessment")
