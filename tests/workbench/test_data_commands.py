"""``arusha data``: what the room of data governance says, on the command line; it reads, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_loads_over_time import built as built
from test_loads_over_time import loaded as loaded
from typer.testing import CliRunner
from workbench_office import Office

from arusha.cli import app
from arusha.language import Catalogue
from arusha.records.history import loads
from arusha.workbench.alerts import now
from arusha.workbench.governance import letters, sources
from arusha.workbench.governance.sources import Terms

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _home(loaded: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_HOME", str(loaded.home))


def said(*words: str) -> str:
    done = RUN.invoke(app, ["data", *words])
    assert done.exit_code == 0, done.exception
    return done.output


def files(folder: Path) -> set[tuple[str, int]]:
    return {(str(p), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file() and "sqlite3" not in p.name}


def test_loads_are_told_with_interval_and_verdict_and_what_changed(loaded: Office) -> None:
    before = files(loaded.workspace)
    text = said("loads", str(loaded.workspace))
    assert text.count("set aside = ") == 8
    assert text.count("cannot tell") == 6
    assert "within expected scatter" in text
    assert "Changed: declarations: rows set aside: 1 before, 3 now" in text
    assert "203" not in said("loads", str(loaded.workspace), "--table", "offices")
    assert RUN.invoke(app, ["data", "loads", str(loaded.workspace), "--table", "nothing"]).exception is not None
    assert files(loaded.workspace) == before


def test_questions_say_what_they_lack(loaded: Office) -> None:
    text = said("questions", str(loaded.workspace))
    assert "cannot be asked: lacks inspections" in text
    assert "can be asked" in text


def test_sources_and_letters_are_read_as_the_site_wrote_them(loaded: Office) -> None:
    assert "No source is registered" in said("sources", str(loaded.workspace))
    assert "No question was drafted" in said("letter", str(loaded.workspace))
    terms = Terms("system", "month", 30, ("declarations", "items"), ("declarations.lane_reason",), 0.001)
    sources.propose(loaded.record, None, "P-7Q3K-M2XA-9TBC", terms, "The clearance system")
    made = letters.draft(loaded.record, loads(loaded.workspace), now().date())
    before = files(loaded.workspace)
    text = said("sources", str(loaded.workspace))
    assert "In force" in text
    assert "`lane_reason` was promised" in text
    assert made[0] in said("letter", str(loaded.workspace))
    assert "We asked" not in said("letter", str(loaded.workspace), made[0])
    assert 'lang="ar"' in said("letter", str(loaded.workspace), made[0], "--lang", "ar")
    assert "<html" in said("letter", str(loaded.workspace), made[0], "--form", "html")
    for wrong in (["none"], [made[0], "--form", "pdf"], [made[0], "--lang", "xx"]):
        assert RUN.invoke(app, ["data", "letter", str(loaded.workspace), *wrong]).exception is not None
    assert files(loaded.workspace) == before


def test_a_workspace_without_a_site_is_read_without_making_one(loaded: Office, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(loaded.home)
    assert "No source" in said("sources", str(loaded.workspace))
    assert not loaded.home.exists()
    assert "No load is known" in said("loads", str(tmp_path / "none.arusha"))
    assert "No load is known" in said("questions", str(tmp_path / "none.arusha"))
    assert "No site was opened yet" in said("retention", str(loaded.workspace))
    assert not loaded.home.exists()


def test_what_is_due_is_told_with_its_ground_and_what_keeps_it_and_nothing_goes(
    loaded: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from test_retention import with_alerts

    from arusha.workbench.governance import holds, retention

    monkeypatch.setattr(retention, "ALERT_MONTHS", {"explained": 0, "data-error": 0, "support": 12})
    went, stays, _later, _open = with_alerts(loaded, "explained", "data-error", "support", "")
    holds.place(loaded.record, "P-7Q3K-M2XA-9TBC", f"signal:{stays}", "a court asked")
    before = files(loaded.workspace), len(loaded.record.ledger)
    lines = said("retention", str(loaded.workspace)).splitlines()
    assert lines[-1] == "1 go, 1 stay all the same."
    assert len(lines) == 3
    today = f"{now():%Y-%m-%d}"
    over = f"over since {today} (set by the program, in months: 0)"
    assert f"Words of a closed alert {went}  {over}" in lines
    assert f"Words of a closed alert {stays}  {over}, kept: a legal hold stands" in lines
    assert (files(loaded.workspace), len(loaded.record.ledger)) == before
    text = " ".join(p.read_text("utf-8") for p in (loaded.home / "contents").glob("??/*.json"))
    assert f"words {went}" in text, "what is due is there still"
    assert "a court asked" not in "\n".join(lines)


def test_where_nothing_is_due_it_says_so(loaded: Office) -> None:
    assert len(loaded.record.ledger) == 0
    assert said("retention", str(loaded.workspace)).splitlines() == ["0 go, 0 stay all the same."]


def test_clashes_of_records_without_rights_cannot_be_told(loaded: Office) -> None:
    assert "Cannot tell: the records lack role_conflicts" in said("clashes", str(loaded.workspace))
    assert RUN.invoke(app, ["data", "clashes", str(loaded.workspace), "--acts", "nothing.csv"]).exception is not None


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_every_command_speaks_the_language_that_was_asked_for(lang: str, loaded: Office) -> None:
    words, workspace = Catalogue(lang, isolate=False), str(loaded.workspace)
    assert words.text("verdict-cannot-tell") in said("loads", workspace, "--lang", lang)
    assert words.text("data-can-be-asked") in said("questions", workspace, "--lang", lang)
    assert words.text("data-no-source") in said("sources", workspace, "--lang", lang)
    assert words.text("data-no-letter") in said("letter", workspace, "--lang", lang)
    assert words.text("data-no-site") in said("retention", workspace, "--lang", lang)
    lacks = said("clashes", workspace, "--lang", lang)
    assert words.text("clash-lacks", what="").split(":")[0] in lacks
    assert "role_conflicts" in lacks
