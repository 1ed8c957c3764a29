"""From a signal back to the rows behind it, with the file and line of each."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from arusha.assessment import folder as files
from arusha.assessment.plan import Plan, _day
from arusha.engine import open_session
from arusha.errors import ArushaError, VerificationError
from arusha.indicators.registry import indicators
from arusha.records.workspace import Workspace


def plan_of(manifest: dict[str, Any]) -> Plan:
    """The plan that an assessment's manifest records."""
    data = manifest["plan"]
    return Plan(
        questions=tuple(data["questions"]),
        period_start=_day("manifest.json", data["period"]["start"]),
        period_end=_day("manifest.json", data["period"]["end"]),
        rate=data["rate"],
        level=data["level"],
        seed=data["seed"],
        floors=data["floors"],
        options=data["options"],
    )


def check_workspace(manifest: dict[str, Any], workspace: Workspace) -> None:
    """Raise where the workspace is not the one that was assessed."""
    if files.digest(workspace.path / "manifest.json") != manifest["workspace"]["digest"]:
        raise VerificationError(
            "this workspace is not the one that was assessed",
            where=str(workspace.path),
            remedy=f"name the workspace {manifest['workspace']['name']} as it was when the assessment ran",
        )


def find(folder: Path, signal_id: str) -> dict[str, Any]:
    """One row of signals.parquet, by its id or an unmistakable beginning of it."""
    table = pq.read_table(folder / "signals.parquet")
    ids = table["signal_id"].to_pylist()
    hits = [i for i, known in enumerate(ids) if known.startswith(signal_id)]
    if len(hits) == 1:
        row: dict[str, Any] = table.slice(hits[0], 1).to_pylist()[0]
        return row
    if hits:
        raise ArushaError(
            f"{len(hits)} signals begin with {signal_id!r}", where=str(folder), remedy="give more of the id"
        )
    near = difflib.get_close_matches(signal_id, ids, n=3, cutoff=0.5)
    raise ArushaError(
        f"no signal has the id {signal_id!r}",
        where=str(folder / "signals.parquet"),
        remedy=f"did you mean {', '.join(near)}?" if near else "copy an id from the report or from signals.parquet",
    )


def evidence(folder: Path | str, signal_id: str, workspace: Workspace | Path | str) -> pa.Table:
    """The rows behind one signal, read again from the workspace.

    Returns
    -------
    pyarrow.Table
        One row a record, with ``file`` and ``line`` first: where the record stands in the source as it was loaded.
    """
    folder = Path(folder)
    manifest = files.read_manifest(folder)
    source = workspace if isinstance(workspace, Workspace) else Workspace.open(Path(workspace))
    check_workspace(manifest, source)
    row = find(folder, signal_id)
    indicator = next(i for i in indicators() if i.definition.id == row["indicator"])
    with open_session(source) as session:
        rows = indicator.evidence(session, row, plan_of(manifest).settings(row["indicator"]))
    return with_places(rows, source)


def with_places(rows: pa.Table, workspace: Workspace) -> pa.Table:
    """Replace ``source_file`` and ``source_line`` by the file's path and the line, first in the row."""
    if "source_file" not in rows.column_names:
        return rows
    paths = [s["path"] for s in workspace.manifest.get("sources", [])]
    numbers = rows["source_file"].to_pylist()
    names = pa.array([paths[n] if n is not None and n < len(paths) else None for n in numbers], pa.string())
    lines = rows["source_line"]
    rest = rows.drop_columns(["source_file", "source_line"])
    return rest.add_column(0, "line", lines).add_column(0, "file", names)
