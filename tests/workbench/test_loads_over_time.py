"""The room of data governance: loads over time, what changed, and that it holds counts and nobody."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from workbench_office import HERE, Office, page, people_in, signed_in, solo

sys.path.append(str(HERE.parent / "records"))
from extract_files import DECLARATIONS, small

from arusha.assessment.report_words import set_aside_reason
from arusha.records.history import loads
from arusha.records.load import load
from arusha.workbench.pages import catalogue
from arusha.workbench.site import site_at

BAD = "D{n},EX01,2024-03-02T03:00:00Z,B2,red,red,O1,no number\n"


def a_history(folder: Path, bad: tuple[int, ...] = (1, 2, 1, 1, 2, 1, 1, 3)) -> Office:
    """A workspace of small extracts, one load after another, each with some rows that cannot be read."""
    workspace = folder / "office.arusha"
    for k, rows in enumerate(bad):
        good = "".join(f"E{k}{i},EX01,2024-01-05T03:00:00Z,B1,green,green,O1,{i}.5\n" for i in range(200))
        spoiled = "".join(BAD.format(n=10 + i) for i in range(rows))
        small(folder / f"extract-{k}", declarations=DECLARATIONS + good + spoiled)
        load(folder / f"extract-{k}", "canonical", workspace, key_file=folder / "key")
    (workspace / "workbench").mkdir(exist_ok=True)
    return Office(workspace, folder / "none")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return a_history(tmp_path_factory.mktemp("history"))


@pytest.fixture
def loaded(built: Office, tmp_path: Path) -> Iterator[Office]:
    """The same, served from a copy."""
    import shutil

    workspace = tmp_path / "office.arusha"
    shutil.copytree(built.workspace, workspace)
    site_at.cache_clear()
    with override_settings(
        ARUSHA_WORKSPACE=str(workspace), ARUSHA_ASSESSMENTS=[], ARUSHA_HOME=str(workspace / "workbench")
    ):
        yield Office(workspace, tmp_path / "none")


def test_every_load_is_shown_with_its_share_its_interval_and_what_was_expected(loaded: Office) -> None:
    html = page(solo(), "/governance/loads")
    assert html.count('href="/governance/loads/') == 8
    assert "The last load is within expected scatter" in html
    assert "<svg" in html
    table = page(solo(), "/governance/tables/declarations")
    assert set_aside_reason(catalogue("en"), "unreadable-number", "declarations") in table


def test_what_is_another_than_in_the_load_before_is_said(loaded: Office) -> None:
    last = loads(loaded.workspace)[-1]
    html = page(solo(), f"/governance/loads/{last.digest[:16]}")
    assert "rows set aside: 1 before, 3 now" in re.sub("[\u2066-\u2069]", "", html)
    first = loads(loaded.workspace)[0]
    assert "This is the first load that is known" in page(solo(), f"/governance/loads/{first.digest[:16]}")
    assert solo().get("/governance/loads/0123456789abcdef").status_code == 404
    assert solo().get("/governance/tables/no-such").status_code == 404
    assert solo().get("/governance/tables/items").status_code == 404, "no load had it"


def test_an_unusual_load_is_called_so_in_words(tmp_path: Path, built: Office, loaded: Office) -> None:
    good = "".join(f"F{i},EX01,2024-01-05T03:00:00Z,B1,green,green,O1,{i}.5\n" for i in range(200))
    spoiled = "".join(BAD.format(n=10 + i) for i in range(120))
    small(tmp_path / "worse", declarations=DECLARATIONS + good + spoiled)
    load(tmp_path / "worse", "canonical", loaded.workspace, key_file=built.workspace.parent / "key")
    site_at.cache_clear()
    assert "more was set aside than earlier loads let expect" in page(solo(), "/governance/loads")


def test_the_pages_of_governance_hold_counts_and_nobody(office: Office) -> None:
    office.make_charter()
    for role in ("data-steward", "integrity-lead", "internal-auditor", "analyst"):
        client = signed_in(role)
        for at in ("/governance", "/governance/loads"):
            assert not people_in(page(client, at))
    for role in ("administrator", "union-reviewer", "subject", "investigator"):
        assert signed_in(role).get("/governance/loads").status_code == 403


def test_a_workspace_without_records_says_what_to_do_first(tmp_path: Path) -> None:
    workspace = tmp_path / "new.arusha"
    (workspace / "workbench").mkdir(parents=True)
    site_at.cache_clear()
    with override_settings(
        ARUSHA_WORKSPACE=str(workspace), ARUSHA_ASSESSMENTS=[], ARUSHA_HOME=str(workspace / "workbench")
    ):
        client: Client = solo()
        assert "No records were loaded yet" in page(client, "/governance")
        assert "No records were loaded yet" in page(client, "/governance/loads")
