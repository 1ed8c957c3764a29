"""The demo with invented people: in every role, three questions live, and one chooses whom one acts as."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from workbench_office import ENTRY, page

from arusha.charter import ROLES, Charter
from arusha.workbench.demo_office import CONSULTED, LIVE, demo_office, person
from arusha.workbench.site import site_at


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_office(tmp_path_factory.mktemp("demo") / "examplia", 1_500, 7, clean=False)


def test_there_is_somebody_in_every_role_and_three_questions_are_live(workspace: Path) -> None:
    charter = Charter.of(workspace)
    assert charter is not None
    state = charter.state()
    assert [r for r in ROLES if not state.holders(r)] == []
    assert {q for q, held in state.questions.items() if held.stage == "live"} == set(LIVE)
    assert state.questions[CONSULTED].open_points


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
