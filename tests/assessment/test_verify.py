"""A workspace that was changed after its load is found out, though its manifest says nothing of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from arusha.assessment.evidence import evidence
from arusha.assessment.run import Assessment
from arusha.assessment.verify import check_database, verify
from arusha.errors import ArushaError, VerificationError
from arusha.records.workspace import Workspace


def test_records_changed_after_their_load_are_found_out(
    assessment: Assessment, examplia: Workspace, tmp_path: Path
) -> None:
    copy = shutil.copytree(examplia.path, tmp_path / examplia.path.name)
    check_database(Workspace.open(copy))
    with duckdb.connect(str(copy / "records.duckdb")) as connection:
        # One line number: no question reads it, and the signals stay the same.
        connection.execute("UPDATE calendar SET source_line = source_line + 1")
    with pytest.raises(VerificationError, match="changed after they were loaded") as told:
        verify(assessment.path, copy)
    assert told.value.exit_code == 3


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("plan", None),
        ("plan", []),
        ("plan", {"questions": ["lane-rates"]}),
        ("plan", {"questions": 5, "period": {}, "rate": 0, "level": 0, "seed": 0, "floors": [], "options": 1}),
        ("plan_hash", None),
        ("files", None),
        ("files", ["signals.parquet"]),
        ("workspace", None),
        ("workspace", {"name": "x"}),
        ("engine", "abacus"),
        ("engine", ["duckdb"]),
    ],
)
def test_a_manifest_edited_in_any_entry_is_named_and_not_tripped_over(
    assessment: Assessment, examplia: Workspace, tmp_path: Path, entry: str, value: object
) -> None:
    copy = shutil.copytree(assessment.path, tmp_path / "a")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**manifest, entry: value}), encoding="utf-8")
    with pytest.raises(VerificationError) as told:
        verify(copy, examplia)
    assert told.value.remedy


@pytest.mark.parametrize("content", [None, b"", b"PAR1 cut off"])
def test_signals_that_cannot_be_read_are_named(
    assessment: Assessment, examplia: Workspace, tmp_path: Path, content: bytes | None
) -> None:
    copy = shutil.copytree(assessment.path, tmp_path / "a")
    (copy / "signals.parquet").unlink()
    if content is not None:
        (copy / "signals.parquet").write_bytes(content)
    with pytest.raises(ArushaError, match="signals are missing or cannot be read"):
        evidence(copy, "abc", examplia)
