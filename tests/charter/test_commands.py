"""The commands: the whole way of a question from nothing to live, and what each refuses."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kept_audit import kept_audit
from typer.testing import CliRunner
from world import FACTS, QUESTION, WHO

from arusha.charter import Charter, CharterError, RefusedError
from arusha.charter.commands import commands

LEAD, AUDITOR, UNION = WHO["integrity-lead"], WHO["internal-auditor"], WHO["union-reviewer"]


@pytest.fixture
def run(tmp_path: Path):
    app = commands(lambda workspace, question, plan: FACTS)

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(app, list(arguments))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return call


def test_a_question_goes_live_by_commands(run, tmp_path: Path) -> None:
    folder = tmp_path / "office.arusha"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}", "utf-8")
    where, q, today = str(folder), QUESTION, datetime.now(UTC).date().isoformat()
    with pytest.raises(CharterError, match="study"):
        run("show", where)
    run("new", where, "--origin", "customs.example/charter", "--lead", LEAD, "--auditor", AUDITOR)
    for who in (LEAD, AUDITOR):
        run("grant", where, UNION, "union-reviewer", "--as", who)
    with pytest.raises(CharterError, match="only the program"):
        run("move", where, q, "pause", "--as", "system")
    run("draft", where, q, "--as", LEAD, "--retention-months", "24")
    run("consult", where, q, "--as", LEAD, "--ceiling", "0.1")
    run("notice", where, q, "--as", LEAD, "--means", "mail", "--proof", "kept")
    run("notice", where, q, "--as", LEAD, "--means", "hand", "--proof", "signed")
    run("move", where, q, "pilot", "--as", LEAD)
    asked = run("ask", where, q, "--as", UNION, "--text", "Who sees it?", "--answer-by", "2099-01-31")
    point = asked.split("entry ")[1].split(":")[0]
    shown = run("show", where, q)
    assert {"Lacks audit", "Lacks position", "Lacks answers"} <= {line.split(":")[0] for line in shown.splitlines()}
    with pytest.raises(RefusedError, match=r"audit.*position.*answers"):
        run("move", where, q, "go-live", "--as", LEAD)
    run("answer", where, q, point, "--as", LEAD, "--text", "The integrity unit alone.")
    charter = Charter.of(folder)
    assert charter is not None
    name = kept_audit(charter, q)
    shutil.copy(charter.path / "audits" / f"{name}.json", tmp_path / "audit.json")
    run("audit", where, q, str(tmp_path / "audit.json"), "--as", AUDITOR, "--on", today, "--passed")
    run("position", where, q, "conditions", "--as", UNION, "--min-n", "30", "--review-by", "2099-01-01")
    assert "Lacks" not in run("show", where, q)
    run("move", where, q, "go-live", "--as", LEAD)
    assert charter.question(q).stage == "live"
    assert f"{q:26} live" in run("show", where)


def test_words_stand_beside_the_ledger_and_not_in_it(run, tmp_path: Path) -> None:
    folder = tmp_path / "office.arusha"
    folder.mkdir()
    run("new", str(folder), "--origin", "customs.example/charter", "--lead", LEAD, "--auditor", AUDITOR)
    run("draft", str(folder), QUESTION, "--as", LEAD, "--retention-months", "24")
    ledger = b"".join(p.read_bytes() for p in (folder / "charter" / "ledger").rglob("*") if p.is_file())
    contents = b"".join(p.read_bytes() for p in (folder / "charter" / "contents").rglob("*") if p.is_file())
    assert b"text of purpose" in contents
    assert b"text of purpose" not in ledger
    assert FACTS.digest.encode() in ledger
