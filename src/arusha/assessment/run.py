"""Run a plan: ask each question of the records and write the assessment folder."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

import arusha
from arusha.assessment import agreed, register, unlisted
from arusha.assessment import folder as files
from arusha.assessment import plan as plans
from arusha.assessment.asking import Answer, ask, period
from arusha.assessment.coverage import coverage
from arusha.assessment.evidence import with_places
from arusha.assessment.quality import noted, quality
from arusha.charter import Charter
from arusha.engine import Session, open_session
from arusha.engine.memory import searched_rarely
from arusha.errors import WrongCallError
from arusha.indicators.registry import indicators
from arusha.indicators.signals import SCHEMA
from arusha.language.told import error as of
from arusha.records.given import path_given
from arusha.records.progress import Progress, silent
from arusha.records.workspace import Workspace

EXPLANATIONS = pa.schema(
    [
        ("signal_id", pa.string()),
        ("explanation", pa.string()),
        ("status", pa.string()),
        ("detail", pa.string()),
        ("clears", pa.bool_()),
        ("told", pa.string()),
    ]
)
"""``detail`` is English; ``told`` is the same as JSON, keys and values, for the catalogue of any language."""
VERSIONED = ("duckdb", "sqlglot", "numpy", "scipy", "pyarrow", "numba")


@dataclass(frozen=True)
class Assessment:
    """A finished assessment: where it is, what it found, and its manifest."""

    path: Path
    signals: pa.Table
    explanations: pa.Table
    manifest: Mapping[str, Any]


def assess(
    workspace: Workspace | Path | str,
    out: Path | str,
    *,
    plan: plans.Plan | Path | str | None = None,
    engine: str = "duckdb",
    languages: tuple[str, ...] = ("en", "ar"),
    progress: Progress | None = None,
    memory_limit: str | None = None,
    threads: int | None = None,
) -> Assessment:
    """Ask the plan's questions of a workspace and write the assessment folder ``out``.

    Parameters
    ----------
    plan
        A plan, the path of a ``plan.yaml``, or nothing for every question over the whole period. Its hash is
        registered in the workspace before any result exists; a plan registered after results of another one is
        marked as amended. Where the workspace has a charter, a question that is not live under it, as the plan asks
        it, answers with offices and counts.
    languages
        The languages of the report; empty for none.

    Raises
    ------
    PlanError, WorkspaceError, QueryError, CharterError, ChangedError
        With the place and the remedy. The folder is written whole or not at all.
    """
    tell, out = progress or silent, path_given(out, "out")
    if isinstance(cast(object, languages), str):  # a text is a tuple of letters to a loop
        raise of(WrongCallError, "languages-text", "give-languages", languages=str(languages))
    source = Workspace.given(workspace)
    asked = {i.definition.id: i for i in indicators()}
    charter = Charter.of(source.path)
    with searched_rarely(), open_session(source, engine, memory_limit=memory_limit, threads=threads) as session:
        proposed = plans.propose(*period(session), asked)
        if isinstance(plan, str | Path):
            plan = plans.read(Path(plan), proposed, {k: v.definition for k, v in asked.items()})
        plan = plan or proposed
        with files.building(out) as work:
            records = register.records_of(source.manifest)
            registration = register.register(source.path, plan, records)
            answers = []
            for done, question in enumerate(plan.questions):
                tell(question, done, len(plan.questions))
                answers.append(ask(session, asked[question], plan.settings(question)))
            answers, held = agreed.hold_to_charter(charter, plan, answers)
            placed = {s: with_places(rows, source) for a in answers for s, rows in a.evidence.items()}
            tell("writing", len(plan.questions), len(plan.questions))
            signals, explanations = write_results(work, answers)
            for signal, rows in sorted(placed.items()):
                files.write_parquet(rows, work / "evidence" / f"{signal}.parquet")
            files.write_parquet(quality(source), work / "quality.parquet")
            for name, table in coverage(session, plan.period_start, plan.period_end).items():
                files.write_parquet(table, work / "coverage" / f"{name}.parquet")
            (work / "plan.yaml").write_text(plan.to_yaml(), encoding="utf-8")
            manifest = _manifest(source, session, plan, registration, answers, held)
            files.write_manifest(work, manifest)
            if languages:
                from arusha.assessment.report import write_report

                for language in languages:
                    tell(f"report ({language})", len(plan.questions), len(plan.questions))
                    write_report(work, language)
            manifest["files"] = files.files(work)
            files.write_manifest(work, manifest)
        register.results_exist(source.path, plan.hash, records)
    return Assessment(out, signals, explanations, manifest)


def write_results(work: Path, answers: list[Answer]) -> tuple[pa.Table, pa.Table]:
    """Write signals, explanations, counts by office, chart tables and queries; return the first two."""
    found = [a for a in answers if a.findings is not None]
    signals = pa.concat_tables([SCHEMA.empty_table()] + [a.findings.signals for a in found if a.findings])
    explanations = pa.Table.from_pylist([row for a in answers for row in a.explanations], schema=EXPLANATIONS)
    files.write_parquet(signals, work / "signals.parquet")
    files.write_parquet(explanations, work / "explanations.parquet")
    if any(a.standing for a in answers):
        counts = [a.counts for a in answers if a.counts is not None]
        files.write_parquet(pa.concat_tables([agreed.COUNTS.empty_table(), *counts]), work / "offices.parquet")
    for answer in found:
        question = answer.indicator.definition.id
        for name, table in sorted((answer.findings.tables if answer.findings else {}).items()):
            files.write_parquet(table, work / "tables" / question / f"{name}.parquet")
        for number, texts in enumerate(answer.queries, start=1):
            for engine, text in (("duckdb", texts.duckdb), ("spark", texts.spark)):
                path = work / "queries" / question / f"{number:02d}-{texts.query}.{engine}.sql"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text.rstrip() + "\n", encoding="utf-8")
    return signals, explanations


def _question(answer: Answer, plan: plans.Plan) -> dict[str, Any]:
    definition = answer.indicator.definition
    about: dict[str, Any] = {
        "id": definition.id,
        "status": "not assessed" if answer.missing else "counts only" if answer.counts is not None else "assessed",
        "needs_missing": dict(answer.missing),
        "rate": plan.rate,
        "definition": asdict(definition),
        "notes": [],
    }
    if answer.standing is not None:
        about["charter"] = {n: getattr(answer.standing, n) for n in ("stage", "shown", "definition")}
    if answer.findings is None:
        return about
    signals = answer.findings.signals
    tested = pc.sum(pc.is_valid(signals["p_value"])).as_py() or 0
    signalled = pc.sum(signals["signal"]).as_py() or 0
    flagged = pc.sum(signals["flagged"]).as_py() or 0
    about |= {
        "notes": [asdict(n) for n in answer.findings.notes],
        "tested": tested,
        "cannot_tell": signals.num_rows - tested,
        "unlisted": answer.findings.unlisted + unlisted.noted(map(asdict, answer.findings.notes)),
        "signals": signalled,
        "explained": signalled - flagged,
        "flagged": flagged,
    }
    return about


def _manifest(
    source: Workspace,
    session: Session,
    plan: plans.Plan,
    registration: register.Registration,
    answers: list[Answer],
    held: agreed.Agreed | None,
) -> dict[str, Any]:
    loaded = source.manifest
    return {
        "format": 1,
        "arusha_version": arusha.__version__,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "study": held is None,
        "charter": held.as_dict() if held else None,
        "standing": agreed.STUDY if held is None else "questions that are not live name nobody",
        "demo": loaded.get("demo"),
        "pseudonyms": loaded.get("pseudonyms"),
        "workspace": {
            "name": source.path.name,
            "digest": files.digest(source.path / "manifest.json"),
            "tables": loaded.get("tables", {}),
            "sources": loaded.get("sources", []),
            "zones": loaded.get("zones", {}),
            "notes": noted(loaded),
        },
        "engine": session.engine,
        "versions": {name: installed(name) for name in VERSIONED} | {"python": platform.python_version()},
        "plan": plan.as_dict(),
        "plan_hash": plan.hash,
        "plan_registered_at": registration.registered_at,
        "amended": registration.amended,
        "earlier_plans": list(registration.earlier),
        "rates": {"question": plan.rate, "assessment": plan.assessment_rate()},
        "questions": [_question(a, plan) for a in answers],
    }
