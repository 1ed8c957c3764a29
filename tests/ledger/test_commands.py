"""The commands, as an administration, a union and an auditor use them one after another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import arusha.ledger
from arusha.ledger import ChangedError, Checkpoint, ConsistencyProof, InclusionProof, Ledger, LedgerError
from arusha.ledger.commands import app

from .conftest import ORIGIN, plain

KEY = "ledger.key"


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.chdir(tmp_path)
    ledger = Ledger.create("ledger", ORIGIN)
    ledger.record(*[plain(number) for number in range(5)])
    return ledger


def test_checkpoint_witness_growth_and_verification_end_to_end(here: Ledger) -> None:
    said = run("checkpoint", "ledger", "--key-file", KEY, "--out", "out", "--no-qr")
    assert "The private key is new" in said
    assert "Whoever copies it" in said
    union = ["--key-file", "union.key", "--name", "union.example/witness", "--key", f"{KEY}.pub", "--held", "held.txt"]
    assert "for the first time" in run("witness", "out/checkpoint-5.growth", *union)
    here.record(plain(5))
    said = run("checkpoint", "ledger", "--key-file", KEY, "--out", "out", "--since", "5", "--no-qr")
    assert "is new" not in said
    assert "only grew since 5 entries" in run("witness", "out/checkpoint-6.growth", *union)
    said = run("verify", "ledger", "--checkpoint", "held.txt", "--key", f"{KEY}.pub", "--key", "union.key.pub")
    assert "signed by customs.example/ledger, union.example/witness" in said
    assert "The first 6 entries are those" in said
    assert "What this cannot prove" in said


def test_a_change_gives_code_3_and_the_witness_keeps_what_it_held(here: Ledger) -> None:
    run("checkpoint", "ledger", "--key-file", KEY, "--out", "out", "--no-qr")
    union = ["--key-file", "union.key", "--name", "union.example/witness", "--key", f"{KEY}.pub", "--held", "held.txt"]
    run("witness", "out/checkpoint-5.growth", *union)
    held = Path("held.txt").read_text()
    Path("ledger").rename("first")
    other = Ledger.create("ledger", ORIGIN)
    other.record(*[plain(number) for number in range(1, 8)])
    said = run("verify", "ledger", "--checkpoint", "held.txt", "--key", f"{KEY}.pub", code=3)
    assert "DOES NOT HOLD: of the entries 0 to 4" in said
    run("checkpoint", "ledger", "--key-file", KEY, "--out", "out", "--since", "5", "--no-qr")
    with pytest.raises(ChangedError, match="do not begin with"):
        run("witness", "out/checkpoint-7.growth", *union)
    assert Path("held.txt").read_text() == held


def test_proofs_are_printed_as_files_that_can_be_read(here: Ledger) -> None:
    run("checkpoint", "ledger", "--key-file", KEY, "--out", "out", "--no-qr")
    proof = InclusionProof.parse(run("prove", "ledger", "--checkpoint", "out/checkpoint-5.txt", "--entry", "3"))
    assert proof.holds()
    growth = ConsistencyProof.parse(run("prove", "ledger", "--checkpoint", "out/checkpoint-5.txt", "--since", "5"))
    assert growth.holds(Checkpoint.read("out/checkpoint-5.txt"))
    for wrong in ([], ["--entry", "1", "--since", "1"]):
        with pytest.raises(LedgerError, match="say what to prove"):
            run("prove", "ledger", "--checkpoint", "out/checkpoint-5.txt", *wrong)


def test_entries_are_shown_without_content(here: Ledger) -> None:
    lines = run("show", "ledger", "--start", "3").splitlines()
    assert lines[0] == f"Ledger {ORIGIN}: 5 entries"
    assert [line.split()[0] for line in lines[1:]] == ["3", "4"]
    assert "charter.go-live P-7Q3K-M2XA-9TBC question:lane-rates-3" in lines[1]


def test_the_key_must_not_lie_in_the_ledger(here: Ledger) -> None:
    with pytest.raises(LedgerError, match="must not lie in the ledger"):
        run("checkpoint", "ledger", "--key-file", "ledger/key", "--out", "out")
    assert not Path("ledger/key").exists()


def test_mounting_the_commands_loads_no_cryptography() -> None:
    code = "import sys, arusha.ledger.commands; print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("name", arusha.ledger.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(arusha.ledger, name) is not None


def test_public_names_are_not_those_of_modules() -> None:
    """A module of the same name would take the name's place once it is imported."""
    modules = {path.stem for path in Path(arusha.ledger.__path__[0]).glob("*.py")}
    assert not modules & set(arusha.ledger.__all__)


@pytest.mark.parametrize(
    ("lang", "changed", "limits"),
    [
        ("fr", "NE TIENT PAS : parmi les inscriptions 0 à 4", "Ce que cela ne peut prouver :"),
        ("es", "NO SE SOSTIENE: de las anotaciones 0 a 4", "Lo que esto no puede probar:"),
        ("ar", "لا يصح: من القيود 0 إلى 4", "ما لا يمكن لهذا إثباته:"),
    ],
)
def test_the_result_is_said_whole_in_four_languages(here: Ledger, lang: str, changed: str, limits: str) -> None:
    run("checkpoint", "ledger", "--key-file", KEY, "--out", "out", "--no-qr")
    Path("ledger").rename("first")
    other = Ledger.create("ledger", ORIGIN)
    other.record(*[plain(number) for number in range(1, 8)])
    seen = run("verify", "first", "--checkpoint", "out/checkpoint-5.txt", "--lang", lang)
    said = run("verify", "ledger", "--checkpoint", "out/checkpoint-5.txt", "--lang", lang, code=3)
    assert changed in said
    assert limits in said
    assert limits in seen
    for text in (seen, said):
        for english in ("entries", "checkpoint", "What this", "DOES NOT", "Note:"):
            assert english not in text.replace("out/checkpoint-5.txt", "")
