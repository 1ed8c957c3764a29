"""The demo with invented people: in every role, three questions live, and one chooses whom one acts as."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from examplia import Examplia
from workbench_office import ENTRY, page

from arusha.charter import ROLES, Charter
from arusha.fairness.job import kept
from arusha.workbench.demo_office import CONSULTED, LIVE, demo_office, person
from arusha.workbench.site import site_at


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_office(tmp_path_factory.mktemp("demo") / "examplia", 1_500, 7, clean=False)


def test_there_is_somebody_in_every_role_and_questions_are_live(workspace: Path) -> None:
    charter = Charter.of(workspace)
    assert charter is not None
    state = charter.state()
    assert [r for r in ROLES if not state.holders(r)] == []
    live = {q for q, held in state.questions.items() if held.stage == "live"}
    assert live
    assert live <= set(LIVE), "so small a year has no two groups of ten for some questions"
    assert state.questions[CONSULTED].open_points


def test_each_question_that_is_live_stands_on_an_audit_that_was_made(workspace: Path, examplia: Examplia) -> None:
    """Three are live in a year of some size, and in none a question that could not be audited."""
    for where in (workspace, examplia.workspace):
        charter = Charter.of(where)
        assert charter is not None
        for question, held in charter.state().questions.items():
            assert (held.stage == "live") == (question in LIVE and held.audit is not None and held.audit.passed)
            if held.audit is not None:
                audit = kept(where, held.audit.report)
                assert audit is not None
                assert audit["definition"] == held.definition
                assert audit["compared"]
    stages = {q: held.stage for q, held in examplia.charter().state().questions.items()}
    assert {q for q, stage in stages.items() if stage == "live"} == set(LIVE)


def test_it_is_used_as_it_is_when_it_is_there(workspace: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in workspace.parent.rglob("*") if p.is_file()}
    assert demo_office(workspace.parent, 1_500, 7, clean=False) == workspace
    assert {p: p.stat().st_mtime_ns for p in workspace.parent.rglob("*") if p.is_file()} == before


def test_one_acts_as_somebody_and_sees_what_the_role_opens(workspace: Path) -> None:
    site_at.cache_clear()
    home = str(workspace / "workbench")
    with override_settings(ARUSHA_WORKSPACE=str(workspace), ARUSHA_ASSESSMENTS=[], ARUSHA_HOME=home):
        outsider = Client()
        assert outsider.post("/act-as", {"person": person("analyst")}).status_code == 404
        client = Client()
        client.get(f"/enter/{ENTRY}")
        assert "investigator \u20682\u2069" in page(client, "/").replace("\u2068investigator\u2069", "investigator")
        assert client.get("/assessments").status_code == 302
        assert client.post("/act-as", {"person": "P-0000-0000-0000"}).status_code == 404
        client.post("/act-as", {"person": person("analyst")})
        assert client.get("/assessments").status_code == 200
        client.post("/act-as", {"person": person("administrator")})
        assert client.get("/assessments").status_code == 403
        assert "DEMO: Republic of Examplia" in page(client, "/accounts")


def test_arusha_serve_opens_with_the_word_that_it_prints_and_stops_with_ctrl_c(workspace: Path) -> None:
    command = [sys.executable, "-m", "arusha.cli", "serve", str(workspace), "--no-browser", "--port", "0"]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ARUSHA_")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=inherited) as served:
        assert served.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/enter/\S+", served.stdout.readline())
        assert found
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(found.group(0)) as answer:
            assert "Choose whom you act as" in answer.read().decode()
            assert answer.headers["Server"] == "arusha"
        base = found.group(0).partition("/enter/")[0]
        with urllib.request.urlopen(base) as answer:
            assert "Open the address that the terminal printed" in answer.read().decode(), "without the word"
        rebound = urllib.request.Request(base, headers={"Host": "attacker.example"})
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(rebound)
        served.send_signal(signal.SIGINT)
        assert "Stopped." in served.stdout.read()
        assert served.wait(20) == 0


def test_the_room_of_data_governance_has_a_source_that_is_agreed_and_one_that_waits(workspace: Path) -> None:
    from arusha.workbench.governance.sources import sources, title
    from arusha.workbench.record import Record

    record = Record(workspace / "workbench")
    system, personnel = sources(record).values()
    assert (system.state, personnel.state) == ("in-force", "proposed")
    assert system.owner
    assert system.steward
    assert system.owner != system.steward
    assert not system.waiting
    assert [asked.act for asked in personnel.waiting.values()] == ["terms"]
    assert title(record, system.key) == "Examplia Clearance System"
