"""The sealed job: what a group is stands nowhere on the disk, and the process that knows it can write nothing."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from arusha.charter import Charter, audits
from arusha.demo import generate, write_canonical
from arusha.errors import ArushaError
from arusha.fairness.groups import read_groups
from arusha.fairness.job import keep, kept, run_audit, run_audits, text_of
from arusha.fairness.sealed import head
from arusha.records.load import load

LEAD, AUDITOR = "P-7Q3K-M2XA-9TBC", "P-1A2B-3C4D-5E6F"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """A workspace, a list of groups elsewhere, and who is on it (staff ids)."""
    folder = tmp_path_factory.mktemp("fairness")
    made = generate(12_000, seed=5, clean=True)
    write_canonical(made, folder / "canonical")
    key = folder / "keys" / "pseudonyms.key"
    key.parent.mkdir()
    load(folder / "canonical", "canonical", folder / "w.arusha", key_file=key)
    Charter.make(folder / "w.arusha", "customs.example/charter", LEAD, AUDITOR)
    ids = made.tables["officers"]["officer_id"].to_pylist()
    rng = np.random.default_rng(1)
    (folder / "hr").mkdir()
    with (folder / "hr" / "groups.csv").open("w", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["person", "gender", "union office holder"])
        rows.writerows([who, ["women", "men"][rng.integers(2)], ["no", "yes"][rng.random() < 0.2]] for who in ids)
    return folder / "w.arusha", folder / "hr" / "groups.csv", ids


def files(*folders: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for folder in folders for p in folder.rglob("*") if p.is_file()}


def test_protected_characteristics_stored_beside_officer_rows(
    world: tuple[Path, Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an audit nothing on the disk is other than before, but for the audit itself, which names nobody."""
    workspace, groups, ids = world
    here = tmp_path / "here"
    here.mkdir()
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(here))
    monkeypatch.chdir(here)
    key = workspace.parent / "keys" / "pseudonyms.key"
    before = files(workspace, here)
    done = run_audit(workspace, "finding-rate", groups, rate=0.05, key_file=key)
    assert files(workspace, here) == before
    assert {c["group"] for c in done["compared"]} >= {"women", "men"}
    name = audits.keep(workspace / "charter", text_of(done))
    after = files(workspace, here)
    (new,) = set(after) - set(before)
    assert new.name == f"{name}.json"
    assert {p: t for p, t in after.items() if p != new} == before
    text = after[new]
    assert kept(workspace, name) == done
    for who in ids:
        assert who.encode() not in text
    assert b"P-" not in text


def test_the_audit_is_the_same_when_it_is_made_again(world: tuple[Path, Path, list[str]]) -> None:
    workspace, groups, _ = world
    key = workspace.parent / "keys" / "pseudonyms.key"
    first, second = (run_audit(workspace, "finding-rate", groups, rate=0.05, key_file=key) for _ in range(2))
    assert text_of(first) == text_of(second)


def test_several_questions_are_audited_in_one_sealed_process(world: tuple[Path, Path, list[str]]) -> None:
    """Each as it is by itself; one that is about no person is audited of nobody, and one that is not there says so."""
    workspace, groups, _ = world
    key = workspace.parent / "keys" / "pseudonyms.key"
    alone = run_audit(workspace, "finding-rate", groups, rate=0.05, key_file=key)
    rates = {"lane-rates": 0.1, "finding-rate": 0.05, "no-question": 0.1}
    done, problems = run_audits(workspace, rates, groups, key_file=key)
    assert text_of(done["finding-rate"]) == text_of(alone)
    assert (done["lane-rates"]["people"], done["lane-rates"]["compared"]) == (0, [])
    assert set(problems) == {"no-question"}


def test_what_the_records_know_is_compared_beside_the_list_or_alone(world: tuple[Path, Path, list[str]]) -> None:
    workspace, groups, ids = world
    key = workspace.parent / "keys" / "pseudonyms.key"
    beside = run_audit(workspace, "finding-rate", groups, rate=0.05, key_file=key, cuts=("grade",))
    assert (beside["cuts"], beside["listed"]) == (["grade"], True)
    assert {c["attribute"] for c in beside["compared"]} >= {"gender", "records.grade"}
    done, _ = run_audits(workspace, {"finding-rate": 0.05}, None, cuts=("grade", "office"))
    alone = done["finding-rate"]
    assert (alone["cuts"], alone["listed"], alone["unknown"]) == (["grade", "office"], False, 0)
    assert {c["attribute"] for c in alone["compared"]} <= {"records.grade", "records.office"}
    assert all(c["people"] is None or c["people"] >= 10 for c in alone["compared"])
    text = text_of(alone)
    assert b"P-" not in text
    assert not any(who.encode() in text for who in ids)


ATTEMPTS = {
    "open": "open('leak', 'w').write('x')",
    "append": "open(__file__, 'a').write('x')",
    "os.open": "import os; os.write(os.open('leak', os.O_WRONLY | os.O_CREAT), b'x')",
    "a file that was open before": "early.write('x' * 100000); early.flush()",
    "duckdb": "import duckdb; duckdb.sql(\"COPY (SELECT 1) TO 'leak.csv'\")",
    "pyarrow": "import pyarrow as pa, pyarrow.parquet as pq; pq.write_table(pa.table({'a': [1]}), 'leak.parquet')",
    "a process": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a folder": "import os; os.mkdir('leak')",
}


@pytest.mark.skipif(sys.platform == "win32", reason="the kernel's limit is POSIX; Python's refusals are tested alike")
@pytest.mark.parametrize("way", ATTEMPTS)
def test_the_sealed_process_writes_nothing(way: str, tmp_path: Path) -> None:
    script = tmp_path / "attempt.py"
    script.write_text(
        "import duckdb, pyarrow, pyarrow.parquet, socket, subprocess\n"
        "early = open('early', 'w')\n"
        "from arusha.fairness.sealed import seal\n"
        "seal()\n"
        "try:\n"
        f"    {ATTEMPTS[way]}\n"
        "except BaseException as refused:\n"
        "    print('refused:', type(refused).__name__, refused)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ)
    )
    assert "refused:" in done.stdout, done.stderr
    assert {p.name for p in tmp_path.iterdir() if p.stat().st_size} == {"attempt.py"}
    assert not (tmp_path / "leak").exists() or not (tmp_path / "leak").stat().st_size


def test_what_goes_wrong_says_so_and_repeats_no_row(world: tuple[Path, Path, list[str]], tmp_path: Path) -> None:
    workspace, groups, ids = world
    key = workspace.parent / "keys" / "pseudonyms.key"
    with pytest.raises(ArushaError, match="nothing here asks"):
        run_audit(workspace, "no-question", groups, rate=0.05)
    twice = tmp_path / "twice.csv"
    twice.write_text(f"person,gender\n{ids[0]},women\n{ids[0]},men\n", "utf-8")
    with pytest.raises(ArushaError, match="twice") as told:
        run_audit(workspace, "finding-rate", twice, rate=0.05, key_file=key)
    assert ids[0] not in str(told.value)
    with pytest.raises(ArushaError, match="did not end within"):
        run_audit(workspace, "finding-rate", groups, rate=0.05, seconds=0.05)


@pytest.mark.parametrize("text", ["", "person\nP-1\n", "who,gender\nP-1,women\n", "person,gender,gender\nP-1,a,b\n"])
def test_a_list_of_another_form_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text(text, "utf-8")
    with pytest.raises(ArushaError, match="column `person`"):
        read_groups(tmp_path / "g.csv")
    (tmp_path / "b.csv").write_bytes(b"person,gender\nP-1,\xff\xfe\n")
    with pytest.raises(ArushaError, match="cannot be read"):
        read_groups(tmp_path / "b.csv")


def test_an_audit_that_was_changed_is_not_shown(world: tuple[Path, Path, list[str]]) -> None:
    workspace, _, _ = world
    done = head("finding-rate", 1, "ab" * 32, workspace, (date(2025, 1, 1), date(2026, 1, 1)), 0.05)
    charter = Charter.of(workspace)
    assert charter is not None
    name = keep(charter, {"finding-rate": done | {"people": 0, "compared": [], "untested": []}})["finding-rate"]
    path = workspace / "charter" / "audits" / f"{name}.json"
    path.write_bytes(path.read_bytes() + b" ")
    assert kept(workspace, name) is None
    assert kept(workspace, "../../manifest") is None
    assert kept(workspace, "0" * 64) is None
