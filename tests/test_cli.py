"""The command line: one message with its remedy, an exit code that a script can rely on, and nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from arusha import cli
from arusha.errors import ArushaError
from arusha.language import Catalogue
from arusha.language.terminal import shown
from arusha.records.contract import CONTRACT
from arusha.records.load_text import load_lines
from arusha.records.pseudonyms import make_key_holders

DECLARATIONS = "declaration_id,office,registered_at,declarant_id,officer_id\nD1,A,2024-01-02T03:00:00Z,B0001,KA0417\n"
COMMANDS = get_command(cli.app)
assert isinstance(COMMANDS, TyperGroup)


def run(*words: object) -> int:
    """The exit code of ``arusha`` with these words."""
    before = sys.argv
    sys.argv = ["arusha", *map(str, words)]
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.argv = before
    return 0


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "declarations.csv").write_text(DECLARATIONS)
    return tmp_path / "in"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", sorted(COMMANDS.commands))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "--help") == 0
    said = capsys.readouterr().out
    assert "Usage: arusha" in said
    for parameter in COMMANDS.commands[name].params:
        assert getattr(parameter, "help", None), f"{parameter.name} of {name} is not explained"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["load"],
        ["load", "in"],
        ["load", "in", "--out", "w.arusha", "--pseudonyms", "maybe"],
        ["letter", "--lang", "xx"],
        ["assess", "w.arusha", "--out", "a", "--lang", "xx"],
        ["assess", "w.arusha", "--out", "a", "--engine", "abacus"],
        ["demo", "d", "--declarations", "many"],
        ["evidence", "a", "x", "--workspace", "w.arusha", "--out", "rows.xlsx"],
    ],
)
def test_a_wrong_call_is_2_and_does_nothing(words: list[str], here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    assert "Error: " in capsys.readouterr().err
    assert os.listdir(here) == []


@pytest.mark.parametrize(
    "words",
    [
        ["load", "nowhere", "--out", "w.arusha"],
        ["load", "in", "--out", "w"],
        ["load", "in", "--out", "w.arusha", "--mapping", "nowhere"],
        ["load", "in", "--out", "w.arusha", "--override", "nowhere.yaml"],
        ["load", "in", "--out", "w.arusha", "--seal-to", "nowhere.txt"],
        ["load", "in", "--out", "w.arusha", "--memory-limit", "much"],
        ["inspect", "in", "--memory-limit", "much"],
        ["inspect", "nowhere"],
        ["plan", "nowhere.arusha"],
        ["assess", "nowhere.arusha", "--out", "a"],
        ["verify", "nowhere"],
        ["verify", "in"],
        ["evidence", "nowhere", "x", "--workspace", "w.arusha"],
        ["letter", "--question", "nowhere"],
        ["letter", "--out", "letter.docx"],
        ["letter", "--out", "nowhere/letter.md"],
        ["keys", "k", "--holder", "A", "--holder", "B"],
        ["demo", "d", "--declarations", "3"],
        ["looks", "nowhere.jsonl"],
    ],
)
def test_an_error_is_1_with_a_remedy_and_leaves_nothing(
    words: list[str], source: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 1
    said = capsys.readouterr()
    assert said.err.startswith("arusha: ")
    assert "What to do: " in said.err
    assert "Traceback" not in said.err
    assert os.listdir(here) == ["in"]


def test_load_says_what_became_of_every_row(source: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = source / "declarations.csv"
    path.write_text(DECLARATIONS + "D2,A,yesterday,B0001,KA0417\n")
    assert run("load", "in", "--out", "w.arusha", "--key-file", "k.key") == 0
    said = capsys.readouterr()
    assert "declarations.csv: 2 rows in = 1 accepted + 1 set aside" in said.out
    assert (
        "Set aside: 1 of declarations.csv for declarations: unreadable-time (registered_at), from line 3." in said.out
    )
    assert "A new key of the pseudonyms was made" in said.err
    assert "KA0417" not in said.out + said.err


def test_inspect_is_1_where_a_load_would_refuse(source: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("inspect", "in") == 0
    (source / "events.csv").write_text("")
    assert run("inspect", "in") == 1
    assert "A load would store nothing until this is put right" in capsys.readouterr().out


def test_no_sign_of_a_source_steers_the_terminal(source: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steering = "\x1b]0;owned\x07\u202e"
    path = source / "declarations.csv"
    path.write_text(DECLARATIONS.replace("officer_id", f"officer_id,{steering}x").replace("KA0417", "KA0417,1"))
    with path.open("a") as file:
        file.write(f"{steering}D2,A{steering},{steering},B{steering},K,1\n")
    assert run("inspect", "in") == 0
    assert run("load", "in", "--out", "w.arusha", "--key-file", "k.key", "--pseudonyms", "off") == 0
    path.write_text(f"{steering},office\n1,2\n")
    assert run("load", "in", "--out", "w.arusha", "--key-file", "k.key", "--pseudonyms", "off") == 1
    said = "".join(capsys.readouterr())
    assert "[U+001B]]0;owned" in said, "it is shown, written out"
    assert not set("\x1b\x07\u202e") & set(said)


def test_spaces_that_do_not_break_are_shown_as_they_are() -> None:
    assert shown("12\u202f345\u00a0: 5\u00a0%\u2028") == "12\u202f345\u00a0: 5\u00a0%\\u2028"


def test_the_letter_can_be_written_and_ask_for_one_question_only(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("letter", "--question", "lane-rates", "--out", "letter.html") == 0
    assert run("letter", "--out", "letter.html") == 1
    assert run("letter", "--out", "letter.html", "--force") == 0
    capsys.readouterr()
    assert run("letter", "--question", "lane-rates") == 0
    short = capsys.readouterr().out
    assert run("letter") == 0
    whole = capsys.readouterr().out
    assert "selectivity_rules" in short
    assert "inspections" in whole
    assert "`inspections`" not in short
    assert len(short) < len(whole) / 2


def test_in_a_study_the_sealed_mapping_does_not_open(
    source: Path, here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARUSHA_HOME", raising=False)
    make_key_holders(here / "keys", ["Personnel", "Audit", "Registrar"])
    assert run("load", "in", "--out", "w.arusha", "--key-file", "k.key", "--seal-to", "keys/seal-key.txt") == 0
    from arusha.records.workspace import Workspace

    with Workspace.open(here / "w.arusha").connect() as connection:
        ((token,),) = connection.execute("SELECT officer_id::VARCHAR FROM declarations").fetchall()
    capsys.readouterr()
    shares = ["--share", "keys/share-1-of-3.txt", "--share", "keys/share-2-of-3.txt"]
    who = ["--as", "P-0001-TEST-0000", "--holder", "P-0002-TEST-0000", "--holder", "P-0003-TEST-0000"]
    call = ["--pseudonym", token, "--signal", "abc", "--tell-by", "2099-01-01", *who]
    why = ["--purpose", "inquiry", "--reference", "2026/7"]
    assert run("unmask", "w.sealed", *shares[:2], *call, *why) == 1
    assert run("unmask", "w.sealed", *shares, *call, "--purpose", " ", "--reference", "1") == 1
    assert not (here / "w.arusha" / "workbench").exists()
    assert run("unmask", "w.sealed", *shares, *call, *why) == 1
    said = "".join(capsys.readouterr())
    assert "a study" not in said
    assert "no live question about persons, and no name opens" in said
    assert run("unmask", "w.sealed", *shares, *call, *why, "--lang", "fr") == 1
    said += (french := "".join(capsys.readouterr()))
    assert "aucun nom n'est ouvert" in french
    assert "KA0417" not in said
    assert not (here / "w.looks.jsonl").exists(), "the key holders' log begins where something opens"
    from arusha.ledger import Ledger

    assert [r.entry.kind for r in Ledger.open(here / "w.arusha/workbench/ledger").entries()] == ["identity.refused"] * 2


def test_the_log_of_the_key_holders_is_checked(
    source: Path, here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from arusha.records.pseudonyms import write_sealed
    from arusha.records.unmasking import look

    holders = make_key_holders(here / "keys", ["Personnel", "Audit", "Registrar"])
    write_sealed(here / "w.sealed", [("officer", "P-0000-0000-0000", "KA0417")], holders.public_key)
    look("w.sealed", *holders.share_paths[:2], ["P-0000-0000-0000"], purpose="inquiry", reference="2026/7")
    assert run("looks", "w.looks.jsonl") == 0
    assert '"purpose": "inquiry"' in capsys.readouterr().out
    log = here / "w.looks.jsonl"
    log.write_text(log.read_text().replace("inquiry", "holiday"))
    assert run("looks", "w.looks.jsonl") == 3, "a check that fails"


def test_the_purpose_is_asked_for_where_it_is_not_given(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    who = ["--as", "P-0001-TEST-0000", "--holder", "P-0002-TEST-0000", "--holder", "P-0003-TEST-0000"]
    call = ["--pseudonym", "P-0000-0000-0000", "--signal", "abc", "--tell-by", "2099-01-01", *who]
    asked = CliRunner().invoke(
        cli.app,
        ["unmask", "w.sealed", "--share", "a", "--share", "b", *call],
        input="inquiry\n2026/7\n",
    )
    assert "Why (it is logged before a name opens)" in asked.output
    assert "Number of the request or case" in asked.output
    assert isinstance(asked.exception, ArushaError)


def test_a_place_that_cannot_be_written_is_no_traceback(
    source: Path, here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device", "plan.yaml")

    monkeypatch.setattr(Path, "write_text", full)
    assert run("template", "t") == 1
    assert capsys.readouterr().err.startswith("arusha: plan.yaml: No space left on device\nWhat to do: ")


def test_a_reader_that_stops_reading_is_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m arusha.cli letter | head -c 1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "#"
    assert "Traceback" not in done.stderr


def test_ctrl_c_is_130_and_says_that_nothing_was_touched(source: Path, tmp_path: Path) -> None:
    rows = "".join(f"D{i:07},A,2024-01-01T00:{i % 60:02}:00Z,B{i:07},KA0417\n" for i in range(700_000))
    (source / "declarations.csv").write_text(DECLARATIONS + rows)
    process = subprocess.Popen(
        [sys.executable, "-m", "arusha.cli", "load", "in", "--out", "w.arusha"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(600):
        if list(tmp_path.glob("w.arusha.tmp-*")):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "stopped; what was there before is untouched" in told
    assert "Traceback" not in told
    assert sorted(os.listdir(tmp_path)) == ["in"]


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_inspect_and_load_speak_the_language_that_was_chosen(
    lang: str, source: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, row, _ = DECLARATIONS.split("\n")
    (source / "declarations.csv").write_text(f"{head},lane_final\n{row},mauve\n{row.replace('D1', 'D2')},green\n")
    words = Catalogue(lang, isolate=False)
    assert run("inspect", source, "--lang", lang) == 0
    seen = capsys.readouterr().out
    assert words.text("load-would") in seen
    assert CONTRACT.sentence("unknown-value", "declarations") not in seen
    assert run("load", source, "--out", "a.arusha", "--lang", lang) == 0
    told = capsys.readouterr()
    assert words.text("load-file", path="declarations.csv", rows=2, accepted=1, aside=1) in told.out
    assert words.text("told-note-not-sealed") in told.err
    english = ("Note:", "Set aside", "rows in", "The workspace is", "accepted", "nothing stored", "Not read")
    assert [text for text in english if text in seen + told.out + told.err] == []


@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_what_blocks_a_load_is_said_whole_in_the_language_that_was_chosen(
    lang: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = Catalogue(lang, isolate=False)
    assert run("load", "nowhere", "--out", "a.arusha", "--lang", lang) == 1
    remedy = words.text("what-to-do", remedy=words.text("told-do-path"))
    assert capsys.readouterr().err == f"arusha: nowhere: {words.text('told-no-source')}\n{remedy}\n"


def test_rows_for_no_table_are_in_the_sum_of_a_file() -> None:
    manifest = {
        "tables": {},
        "set_aside": [],
        "sources": [{"path": "codes.csv", "rows": 9, "accepted": 4, "set_aside": 2, "not_for_any_table": 3}],
    }
    (line,) = load_lines(manifest, Catalogue("en", isolate=False))
    assert line == "codes.csv: 9 rows in = 4 accepted + 2 set aside + 3 for no table"


def test_a_fairness_audit_counts_every_word_of_both_comparisons(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [("unusual", "cannot-tell"), ("within-expected-scatter", "cannot-tell"), ("cannot-tell", "unusual")]
    compared = [{"word": raw, "adjusted_word": adjusted} for raw, adjusted in words]
    monkeypatch.setattr("arusha.fairness.job.run_audit", lambda *a, **k: {"people": 90, "compared": compared})
    assert run("fairness", "none.arusha", "finding-rate", "--groups", "g.csv", "--out", "a.json") == 0
    told = capsys.readouterr().out
    assert "90 people; 3 groups compared" in told
    assert "raw: 1 unusual, 1 within expected scatter, 1 cannot tell" in told
    assert "with as many cases: 1 unusual, 0 within expected scatter, 2 cannot tell" in told
    assert "stands in no file" not in told
