from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from extract_files import small

from arusha.errors import WorkspaceError
from arusha.records.load import load
from arusha.records.workspace import FORMAT, Workspace, is_running, recover, writing


@pytest.fixture
def path(tmp_path):
    return load(small(tmp_path / "in"), out=tmp_path / "w.arusha", pseudonyms="off").path


def test_it_opens_with_schema_and_present_columns(path):
    workspace = Workspace.open(path)
    assert workspace.schema["declarations"]["registered_at"] == "TIMESTAMP"
    assert workspace.schema["declarations"]["declared_value"] == "DECIMAL(18,3)"
    assert workspace.schema["declarations"]["registered_hour"] == "TINYINT"
    assert workspace.present["offices"] == {"office", "name", "zone", "kind"}


def test_a_connection_cannot_write(path):
    with Workspace.open(path).connect() as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("DELETE FROM declarations")


def test_two_can_read_at_once(path):
    with Workspace.open(path).connect() as one, Workspace.open(path).connect() as two:
        query = "SELECT count(*) FROM declarations"
        assert one.execute(query).fetchall() == two.execute(query).fetchall() == [(3,)]


def test_nothing_there(tmp_path):
    with pytest.raises(WorkspaceError, match="arusha load"):
        Workspace.open(tmp_path / "w.arusha")


def test_a_folder_that_is_no_workspace(tmp_path):
    (tmp_path / "w.arusha").mkdir()
    with pytest.raises(WorkspaceError, match="not a workspace"):
        Workspace.open(tmp_path / "w.arusha")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "new"}', "{}"])
def test_a_damaged_manifest(path, text):
    (path / "manifest.json").write_text(text)
    with pytest.raises(WorkspaceError, match=r"damaged"):
        Workspace.open(path)


def test_a_newer_workspace_is_refused_with_the_version_that_wrote_it(path):
    manifest = json.loads((path / "manifest.json").read_text())
    (path / "manifest.json").write_text(json.dumps({**manifest, "format": FORMAT + 1, "arusha": "9.9"}))
    with pytest.raises(WorkspaceError, match=r"written by Arusha 9\.9") as told:
        Workspace.open(path)
    assert "newer" in told.value.remedy


def test_records_that_are_missing_or_damaged(path):
    records = path / "records.duckdb"
    records.write_bytes(b"nothing of a database" * 500)
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        Workspace.open(path).connect()
    records.unlink()
    with pytest.raises(WorkspaceError, match=r"holds no records\.duckdb"):
        Workspace.open(path)


DEAD = "4194304-00000000"  # beyond the highest number that a process can have


def test_a_load_killed_while_it_moved_its_records_is_finished(path):
    """What was ready takes the place of the former, wherever it was killed; what else is there stays."""
    (path / "charter").mkdir()
    for moved in (0, 1):
        ready = path / ".ready"
        ready.mkdir()
        (ready / "records.duckdb").write_bytes(b"new records %d" % moved)
        told = json.loads((path / "manifest.json").read_text()) | {"load": moved}
        (ready / "manifest.json").write_text(json.dumps(told))
        if moved:
            (ready / "records.duckdb").replace(path / "records.duckdb")
        assert Workspace.open(path).manifest["load"] == moved
        assert (path / "records.duckdb").read_bytes() == b"new records %d" % moved
        assert not ready.exists()
    assert (path / "charter").is_dir()
    assert [p.name for p in path.parent.glob("w.arusha*")] == ["w.arusha"]


def test_what_a_killed_load_left_is_removed_and_what_a_running_one_writes_is_not(path):
    left, running = path.with_name(f"w.arusha.tmp-{DEAD}"), path.with_name(f"w.arusha.tmp-{os.getpid()}-00000000")
    left.mkdir()
    running.mkdir()
    recover(path)
    assert not left.exists()
    assert running.exists()


def test_writing_replaces_the_former_only_when_all_is_written(path):
    before = (path / "manifest.json").read_bytes()

    def fail():
        with writing(path, overwrite=True) as folder:
            (folder / "manifest.json").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (path / "manifest.json").read_bytes() == before
    with writing(path, overwrite=True) as folder:
        (folder / "manifest.json").write_text("whole")
    assert (path / "manifest.json").read_text() == "whole"
    assert [p.name for p in path.parent.glob("w.arusha*")] == ["w.arusha"]


def test_a_new_load_keeps_the_charter_and_whatever_else_people_made(path):
    (path / "charter").mkdir()
    (path / "charter" / "entries").write_text("agreed")
    (path / "plans.jsonl").write_text("{}")
    (path / ".spark-items").mkdir()
    with (path / "charter" / "entries").open("a") as held, writing(path, overwrite=True) as folder:
        (folder / "manifest.json").write_text("whole")
        held.write(" and signed")
    assert (path / "manifest.json").read_text() == "whole"
    assert (path / "charter" / "entries").read_text() == "agreed and signed"
    assert (path / "plans.jsonl").exists()
    assert not (path / ".spark-items").exists()  # a copy of the former records


def test_a_workspace_that_the_workbench_began_takes_records(tmp_path):
    path = tmp_path / "new.arusha"
    (path / "workbench").mkdir(parents=True)
    with writing(path, overwrite=False) as folder:
        (folder / "manifest.json").write_text("whole")
    assert (path / "manifest.json").read_text() == "whole"
    (tmp_path / "other.arusha").mkdir()
    (tmp_path / "other.arusha" / "letters").mkdir()
    with pytest.raises(WorkspaceError, match="something else"), writing(tmp_path / "other.arusha", overwrite=True):
        pass


def test_a_name_with_signs_of_a_pattern_touches_no_other_workspace(path):
    left = path.with_name(f"w.arusha.tmp-{DEAD}")
    left.mkdir()
    recover(path.with_name("?.arusha"))
    assert left.exists()


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="this system does not tell the state of a process")
def test_a_process_that_ended_and_was_not_asked_how_is_not_running() -> None:
    """Else what it left half written would stay for as long as whoever started it does not ask."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert is_running(child.pid)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and its entry is left
        assert not is_running(child.pid)
    finally:
        child.communicate()
    assert not is_running(child.pid)
