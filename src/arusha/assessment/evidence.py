"""From a signal back to the rows behind it, with the file and line of each."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from arusha.assessment import folder as files
from arusha.assessment.agreed import demand_live, without_persons
from arusha.assessment.office_time import in_office_time
from arusha.assessment.plan import Plan, day_of
from arusha.engine import open_session
from arusha.errors import ArushaError, PlanError, VerificationError
from arusha.indicators.registry import indicators
from arusha.language.told import error as of
from arusha.records.given import path_given
from arusha.records.workspace import Workspace


def plan_of(manifest: dict[str, Any]) -> Plan:
    """The plan that an assessment's manifest records.

    Raises
    ------
    VerificationError
        If the manifest was edited so that there is none.
    """
    try:
        data = manifest["plan"]
        plan = Plan(
            questions=tuple(data["questions"]),
            period_start=day_of("manifest.json", data["period"]["start"]),
            period_end=day_of("manifest.json", data["period"]["end"]),
            rate=data["rate"],
            level=data["level"],
            seed=data["seed"],
            floors=data["floors"],
            options=data["options"],
        )
        plan.hash  # noqa: B018 - entries of another form have no hash
    except (AttributeError, KeyError, TypeError, ValueError, PlanError) as error:
        raise edited("plan") from error
    return plan


def edited(entry: str) -> VerificationError:
    """The error for an entry that a manifest has not, or not in the form in which an assessment writes it."""
    return of(VerificationError, "manifest-entry", "folder-as-written", where="manifest.json", entry=entry)


def check_workspace(manifest: dict[str, Any], workspace: Workspace) -> None:
    """Raise where the workspace is not the one that was assessed."""
    try:
        digest, name = manifest["workspace"]["digest"], manifest["workspace"]["name"]
    except (KeyError, TypeError) as error:
        raise edited("workspace") from error
    if files.digest(workspace.path / "manifest.json") != digest:
        raise of(VerificationError, "other-workspace", "other-workspace", where=str(workspace.path), name=name)


def find(folder: Path, signal_id: str) -> dict[str, Any]:
    """One row of signals.parquet, by its id or an unmistakable beginning of it."""
    try:
        table = pq.read_table(folder / "signals.parquet")
    except (OSError, pa.ArrowInvalid) as error:
        raise of(ArushaError, "signals-unread", "signals-unread", where=str(folder / "signals.parquet")) from error
    ids = table["signal_id"].to_pylist()
    hits = [i for i, known in enumerate(ids) if known.startswith(signal_id)]
    if len(hits) == 1:
        row: dict[str, Any] = table.slice(hits[0], 1).to_pylist()[0]
        return row
    if hits:
        raise of(ArushaError, "signals-begin", "signals-more", where=str(folder), n=len(hits), signal=repr(signal_id))
    near = difflib.get_close_matches(signal_id, ids, n=3, cutoff=0.5)
    raise of(
        ArushaError,
        "signal-none",
        "signal-near" if near else "signal-copy",
        where=str(folder / "signals.parquet"),
        signal=repr(signal_id),
        near=", ".join(near),
    )


def evidence(folder: Path | str, signal_id: str, workspace: Workspace | Path | str) -> pa.Table:
    """The rows behind one signal, read again from the workspace.

    Returns
    -------
    pyarrow.Table
        One row a record, with ``file`` and ``line`` first: where the record stands in the source as it was loaded.

    Raises
    ------
    CharterError
        If the workspace has a charter and the question is not live under it now.
    """
    folder = path_given(folder, "folder")
    manifest = files.read_manifest(folder)
    source = Workspace.given(workspace)
    check_workspace(manifest, source)
    row = find(folder, signal_id)
    indicator = next((i for i in indicators() if i.definition.id == row["indicator"]), None)
    if indicator is None:
        raise of(
            ArushaError,
            "question-unasked",
            "question-package",
            where=str(folder / "signals.parquet"),
            question=row["indicator"],
        )
    if row["p_value"] is None:
        # The question made no test of this unit, so that nothing was counted for or against it.
        raise of(
            ArushaError,
            "signal-untested",
            "signal-untested",
            where=str(folder / "signals.parquet"),
            signal=row["signal_id"],
            n=row["n"],
        )
    settings = plan_of(manifest).settings(row["indicator"])
    about_persons = demand_live(source.path, indicator.definition, settings)
    with open_session(source) as session:
        rows = indicator.evidence(session, row, settings)
    return with_places(rows if about_persons else without_persons(rows), source)


FORMULA = "[=+\\-@\\t\\r\\n]"
"""How a cell begins that a spreadsheet would compute."""


def harmless(rows: pa.Table) -> pa.Table:
    """The rows with an apostrophe before each text that a spreadsheet would take for a formula.

    Texts come from whoever wrote the records; opened in a spreadsheet, ``=HYPERLINK(...)`` would act in its reader's
    name. Numbers are numbers and stay.
    """
    for place, field in enumerate(rows.schema):
        column = rows.column(place)
        if pa.types.is_dictionary(field.type):
            column = column.cast(field.type.value_type)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            safe = pc.replace_substring_regex(column, f"\\A({FORMULA})", r"'\1")
            rows = rows.set_column(place, field.name, safe)
    return rows


def write_csv(rows: pa.Table, out: Any) -> None:
    """Write the rows as CSV that is safe to open in a spreadsheet (see ``harmless``)."""
    pyarrow.csv.write_csv(harmless(rows), out)


def write_rows(rows: pa.Table, out: Path) -> None:
    """Write the rows to a file, whole or not at all: Parquet as they are, CSV safe to open in a spreadsheet."""
    part = out.with_name(f".{out.name}.part")
    try:
        if out.suffix == ".parquet":
            pq.write_table(rows, part)
        else:
            write_csv(rows, part)
        os.replace(part, out)
    except OSError as error:
        raise of(
            ArushaError, "rows-unwritten", "rows-unwritten", where=str(out), why=error.strerror or str(error)
        ) from error
    finally:
        part.unlink(missing_ok=True)


def with_places(rows: pa.Table, workspace: Workspace) -> pa.Table:
    """Replace ``source_file`` and ``source_line`` by the file's path and the line, first in the row.

    Times of registration are told as the source tells them (see ``office_time``).
    """
    rows = in_office_time(rows, workspace.manifest.get("zones") or {})
    if "source_file" not in rows.column_names:
        return rows
    paths = [s["path"] for s in workspace.manifest.get("sources", [])]
    numbers = rows["source_file"].to_pylist()
    names = pa.array([paths[n] if n is not None and n < len(paths) else None for n in numbers], pa.string())
    lines = rows["source_line"]
    rest = rows.drop_columns(["source_file", "source_line"])
    return rest.add_column(0, "line", lines).add_column(0, "file", names)
