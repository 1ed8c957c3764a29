"""A workspace that was changed after its load is found out, though its manifest says nothing of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from arusha.assessment.run import Assessment
from arusha.assessment.verify import check_database, verify
from arusha.errors import VerificationError
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
