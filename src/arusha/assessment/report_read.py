"""Read a finished assessment folder for its report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arusha.assessment.unlisted import noted
from arusha.errors import ArushaError
from arusha.indicators.signals import SCHEMA
from arusha.language.told import error as of


@dataclass(frozen=True)
class Question:
    """One question of the assessment with what was found; ``signals`` holds every tested unit."""

    id: str
    about: Mapping[str, Any]
    signals: pa.Table
    explanations: pa.Table
    tables: Mapping[str, pa.Table]
    queries: tuple[str, ...]
    """Paths of the published queries, relative to the folder."""
    counts: pa.Table | None = None
    """Units by office, where the question is not live under the charter and says nothing else."""

    @cached_property
    def tested(self) -> pa.Table:
        """The units that could be tested; made once, whatever languages and pages ask for them."""
        valid = self.signals["p_value"]
        return self.signals.filter(valid.is_valid()) if valid.null_count else self.signals

    @cached_property
    def standing(self) -> pa.Table:
        """The units that stood out, explained or not."""
        return self.signals.filter(self.signals["signal"])

    @property
    def assessed(self) -> bool:
        return self.about.get("status") == "assessed"

    def count(self, name: str) -> int:
        return int(self.about.get(name) or 0)

    @property
    def unlisted(self) -> int:
        """Units seen of which the records hold too little to list them: they have no row among the signals."""
        if "unlisted" in self.about:
            return self.count("unlisted")
        # An assessment of before this was counted told it in its notes, where it did.
        return noted(self.about.get("notes") or ())

    @property
    def untold(self) -> int:
        """Units of which nothing can be told, listed or not."""
        return self.count("cannot_tell") + self.unlisted

    @property
    def definition(self) -> Mapping[str, Any]:
        return self.about.get("definition") or {}


@dataclass(frozen=True)
class AssessmentFolder:
    """What the report is made from."""

    path: Path
    manifest: Mapping[str, Any]
    quality: pa.Table
    questions: tuple[Question, ...]
    coverage: Mapping[str, pa.Table] = field(default_factory=dict)
    """``offices`` and ``months`` (``arusha.assessment.coverage``); empty where an earlier version assessed."""


def read_folder(path: Path) -> AssessmentFolder:
    """Read manifest, signals, quality, explanations, chart tables and the names of queries.

    Raises
    ------
    ArushaError
        Where the folder is not a finished assessment, naming the file that is missing or cannot be read.
    """
    manifest = _manifest(path / "manifest.json")
    signals = _table(path / "signals.parquet")
    if not set(SCHEMA.names) <= set(signals.column_names):
        raise of(ArushaError, "signals-columns", "report-version", where=str(path / "signals.parquet"))
    explanations = _table(path / "explanations.parquet")
    offices = _table(path / "offices.parquet") if manifest.get("charter") else None
    questions = []
    for about in manifest.get("questions", []):
        question = about["id"]
        own = signals.filter(pc.equal(signals["indicator"], question))
        told = explanations.filter(pc.is_in(explanations["signal_id"], own["signal_id"].combine_chunks()))
        counts = None
        if offices is not None and about.get("status") == "counts only":
            counts = offices.filter(pc.equal(offices["indicator"], question))
        questions.append(Question(question, about, own, told, *_parts(path, question), counts))
    covered = {p.stem: _table(p) for p in sorted((path / "coverage").glob("*.parquet"))}
    return AssessmentFolder(path, manifest, _table(path / "quality.parquet"), tuple(questions), covered)


def _parts(path: Path, question: str) -> tuple[dict[str, pa.Table], tuple[str, ...]]:
    tables = {p.stem: _table(p) for p in sorted((path / "tables" / question).glob("*.parquet"))}
    queries = tuple(p.relative_to(path).as_posix() for p in sorted((path / "queries" / question).glob("*.sql")))
    return tables, queries


def _manifest(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise of(ArushaError, "manifest-missing", "give-assessed", where=str(path)) from error
    if not isinstance(found, dict) or "questions" not in found:
        raise of(ArushaError, "manifest-not-one", "give-assessed", where=str(path))
    return found


def _table(path: Path) -> pa.Table:
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise of(ArushaError, "assessment-file", "verify-folder", where=str(path)) from error
