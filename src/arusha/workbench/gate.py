"""What of an assessment may be shown now. Every page reads assessments through ``open_assessment`` and no other way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.assessment.agreed import facts, held_back, office_counts
from arusha.assessment.evidence import plan_of
from arusha.assessment.report_read import AssessmentFolder, Question, read_folder
from arusha.charter import Facts, State
from arusha.charter.charter import standing
from arusha.errors import VerificationError
from arusha.indicators.registry import indicators
from arusha.indicators.signals import id_of
from arusha.language.told import error as of
from arusha.workbench.site import Site

STUDY = "study"
"""The stage of a question that nobody agreed to, in a workspace without a charter."""


@dataclass(frozen=True, eq=False)
class Opened:
    """An assessment as it may be shown: a question that is not shown answers with offices and counts.

    ``persons`` names the questions whose answers may show persons (by pseudonym). While nothing changes, the same
    object is given again, so that what is made of it can be kept.
    """

    name: str
    folder: AssessmentFolder
    persons: frozenset[str]

    def question(self, question: str) -> Question | None:
        """One question; none where it was not asked."""
        return next((q for q in self.folder.questions if q.id == question), None)

    def rows(self, signals: Collection[str]) -> dict[str, dict[str, Any]]:
        """Those of these signals that may be shown, by their ids, without making rows of all others.

        Raises
        ------
        VerificationError
            If one is about somebody else than its id says: the file was edited, and alerts and looks name the id.
        """
        wanted = pa.array(list(signals), pa.string())
        rows: dict[str, dict[str, Any]] = {}
        for asked in self.folder.questions:
            table = asked.standing
            if table.num_rows:
                chosen = pc.is_in(table["signal_id"], value_set=wanted)
                rows |= {row["signal_id"]: row for row in table.filter(chosen).to_pylist()}
        for signal, row in rows.items():
            if id_of(row) != signal:
                raise of(VerificationError, "signal-edited", "signal-evidence", where=self.name)
        return rows

    @cached_property
    def stand_out(self) -> Mapping[str, pa.Table]:
        """Question -> its signals that may be shown, in the folder's order."""
        return {asked.id: asked.standing for asked in self.folder.questions}


@dataclass(frozen=True)
class _Stands:
    """Where a question stands now: its stage, whether it is shown whole, and whether it may name persons."""

    question: str
    stage: str
    shown: bool
    persons: bool


def open_assessment(site: Site, name: str, state: State | None) -> Opened | None:
    """Read an assessment, and hold back what is not live under the charter now, whatever was so when it ran.

    Without a charter the question is a study: it shows persons only where all is invented.
    """
    path = site.assessments.get(name)
    if path is None:
        return None
    changed = (path / "manifest.json").stat().st_mtime_ns
    whole = _read(path, changed)
    return _opened(name, path, changed, tuple(_stands(site, path, changed, q, state) for q in whole.questions))


def with_alerts(site: Site, found: Opened, actor: str, has_alert: Callable[[list[str]], bool]) -> Opened:
    """The same with questions whole of which there is an alert about somebody, to show them what is theirs of it.

    A question that is paused or retired shows nobody any more; whoever an alert is about keeps what they can answer.
    """
    path = site.assessments[found.name]
    whole = _read(path, (path / "manifest.json").stat().st_mtime_ns)
    theirs = set()
    for asked in whole.questions:
        if asked.id not in found.persons and asked.assessed:
            rows = asked.standing
            mine = pc.or_kleene(pc.equal(rows["unit_id"], actor), pc.equal(rows["other_id"], actor))
            signals = rows["signal_id"].filter(mine).to_pylist()
            if signals and has_alert(signals):
                theirs.add(asked.id)
    if not theirs:
        return found
    kept = {asked.id: asked for asked in whole.questions if asked.id in theirs}
    questions = tuple(kept.get(asked.id, asked) for asked in found.folder.questions)
    return Opened(found.name, replace(found.folder, questions=questions), found.persons | theirs)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> AssessmentFolder:
    return read_folder(path)


@lru_cache(maxsize=32)
def _opened(name: str, path: Path, changed: int, stands: tuple[_Stands, ...]) -> Opened:
    whole = _read(path, changed)
    questions = [
        q if s.shown else _counted(q, s.stage, path, changed) for q, s in zip(whole.questions, stands, strict=True)
    ]
    return Opened(name, replace(whole, questions=tuple(questions)), frozenset(s.question for s in stands if s.persons))


@lru_cache(maxsize=256)
def _facts(path: Path, changed: int, question: str) -> Facts | None:
    """What the charter sees of a question as this assessment asked it; none of one that nothing here asks."""
    definition = next((i.definition for i in indicators() if i.definition.id == question), None)
    if definition is None:
        return None
    return facts(definition, plan_of(dict(_read(path, changed).manifest)).settings(question))


@lru_cache(maxsize=256)
def _held_back(path: Path, changed: int, question: str, about_persons: bool) -> bool:
    asked = next(q for q in _read(path, changed).questions if q.id == question)
    return held_back(about_persons, asked.signals)


def _stands(site: Site, path: Path, changed: int, question: Question, state: State | None) -> _Stands:
    told = _facts(path, changed, question.id)
    if told is None or not question.assessed:
        return _Stands(question.id, STUDY, told is not None, False)
    if state is None:
        invented = bool(site.demo)
        stage, shown = STUDY, invented or not told.about_persons
        if invented:
            return _Stands(question.id, stage, True, told.about_persons)
    else:
        stood = standing(state.questions.get(question.id), told)
        stage, shown = stood.stage, stood.shown
    shown = shown and not _held_back(path, changed, question.id, told.about_persons)
    return _Stands(question.id, stage, shown, shown and told.about_persons)


@lru_cache(maxsize=256)
def _counts(path: Path, changed: int, question: str) -> pa.Table:
    asked = next(q for q in _read(path, changed).questions if q.id == question)
    return asked.counts if asked.counts is not None else office_counts(question, asked.signals)


def _counted(question: Question, stage: str, path: Path, changed: int) -> Question:
    about = {k: question.about[k] for k in ("id", "definition", "needs_missing", "rate") if k in question.about}
    about |= {"status": "counts only", "charter": {"stage": stage}, "notes": []}
    return Question(
        question.id,
        about,
        question.signals.slice(0, 0),
        question.explanations.slice(0, 0),
        {},
        (),
        _counts(path, changed, question.id),
    )
