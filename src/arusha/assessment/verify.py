"""Check that an assessment is what its manifest says, and that its records and plan still give it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from arusha.assessment import folder as files
from arusha.assessment.agreed import allowed, facts
from arusha.assessment.asking import Answer, ask
from arusha.assessment.evidence import check_workspace, edited, plan_of
from arusha.assessment.plan import Plan
from arusha.assessment.run import write_results
from arusha.charter import Standing
from arusha.engine import open_session
from arusha.engine.opening import ENGINES
from arusha.errors import VerificationError
from arusha.indicators.registry import indicators
from arusha.language.told import error as of
from arusha.language.told import sentence
from arusha.records.given import path_given
from arusha.records.workspace import Workspace


@dataclass(frozen=True)
class Verified:
    """What was checked and found to hold."""

    files: int
    units: int
    """Rows of ``signals.parquet``: units of which something, or that nothing, could be told."""
    signals: int
    """Those that stand out."""
    rerun: bool


def check_files(folder: Path) -> int:
    """Compare every file's digest with the manifest; return how many were checked.

    Raises
    ------
    VerificationError
        Naming the files that were changed, removed or added.
    """
    manifest = files.read_manifest(folder)
    said, found = manifest.get("files"), files.files(folder)
    if not isinstance(said, dict):
        raise edited("files")
    changed = sorted(n for n in said if n in found and found[n] != said[n])
    gone, added = sorted(set(said) - set(found)), sorted(set(found) - set(said))
    problems = tuple(
        sentence(f"files-{what}", names=", ".join(names))
        for what, names in (("changed", changed), ("missing", gone), ("added", added))
        if names
    )
    if problems:
        raise of(VerificationError, "folder-differs", "folder-or-again", where=str(folder), problems=problems)
    if plan_of(manifest).hash != manifest.get("plan_hash"):
        raise of(VerificationError, "plan-hash", "manifest-edited", where=str(folder / files.MANIFEST))
    return len(said)


def check_database(workspace: Workspace) -> None:
    """Compare the workspace's database file with the digest written when it was loaded."""
    said = workspace.manifest.get("database", {}).get("sha256")
    if said is not None and files.digest(workspace.path / "records.duckdb") != said:
        raise of(VerificationError, "records-changed", "load-and-compare", where=str(workspace.path / "records.duckdb"))


def as_agreed(manifest: dict[str, Any], plan: Plan, answers: list[Answer]) -> list[Answer]:
    """Answers held to the charter as it stood when the assessment ran, which its manifest says."""
    try:
        stood = {q["id"]: q["charter"] for q in manifest["questions"]}
        stands = {q: Standing(q, s["stage"], s["shown"], s["definition"]) for q, s in stood.items()}
        named = [(a, stands[a.indicator.definition.id]) for a in answers]
    except (KeyError, TypeError) as error:
        raise edited("questions") from error
    return [allowed(a, s, facts(a.indicator.definition, plan.settings(s.question)).about_persons) for a, s in named]


def verify(folder: Path | str, workspace: Workspace | Path | str | None = None) -> Verified:
    """Re-check the digests and, where a workspace is given, run the plan again and compare the signals.

    The same records, plan and version give the same bytes on the same engine.

    Raises
    ------
    VerificationError
        Saying what differs.
    """
    folder = path_given(folder, "folder")
    count = check_files(folder)
    manifest = files.read_manifest(folder)
    signals = pq.read_table(folder / "signals.parquet")
    standing = pc.sum(signals["signal"]).as_py() or 0
    if workspace is None:
        return Verified(count, signals.num_rows, standing, rerun=False)
    source = Workspace.given(workspace)
    check_workspace(manifest, source)
    check_database(source)
    plan = plan_of(manifest)
    asked = {i.definition.id: i for i in indicators()}
    unknown = [q for q in plan.questions if q not in asked]
    if unknown or manifest.get("engine") not in ENGINES:
        raise of(
            VerificationError,
            "facts-unasked" if unknown else "engine-unknown",
            "package-or-edited",
            where=str(folder / files.MANIFEST),
            question=", ".join(map(str, unknown)),
        )
    with open_session(source, manifest["engine"]) as session:
        answers = [ask(session, asked[q], plan.settings(q)) for q in plan.questions]
    if manifest.get("charter") is not None:
        answers = as_agreed(manifest, plan, answers)
    with tempfile.TemporaryDirectory(prefix="arusha-verify-") as work:
        write_results(Path(work), answers)
        again = files.digest(Path(work) / "signals.parquet")
        counts = Path(work) / "offices.parquet"
        counted = files.digest(counts) if counts.exists() else None
        same = pq.read_table(Path(work) / "signals.parquet").equals(signals)
    if again != manifest["files"]["signals.parquet"]:
        raise of(
            VerificationError,
            "verify-encoding" if same else "verify-values",
            "compare-versions",
            where=str(folder / "signals.parquet"),
        )
    if counted != manifest["files"].get("offices.parquet"):
        raise of(VerificationError, "verify-counts", "compare-versions", where=str(folder / "offices.parquet"))
    return Verified(count, signals.num_rows, standing, rerun=True)
