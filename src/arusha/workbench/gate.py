"""What of an assessment may be shown now. Every page reads assessments through ``open_assessment`` and no other way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from arusha.assessment.agreed import facts, held_back, office_counts
from arusha.assessment.evidence import plan_of
from arusha.assessment.report_read import AssessmentFolder, Question, read_folder
from arusha.charter import State
from arusha.charter.charter import standing
from arusha.indicators.registry import indicators
from arusha.workbench.site import Site

STUDY = "study"
"""The stage of a question that nobody agreed to, in a workspace without a charter."""


@dataclass(frozen=True)
class Opened:
    """An assessment as it may be shown: a question that is not shown answers with offices and counts.

    ``persons`` names the questions whose answers may show persons (by pseudonym).
    """

    name: str
    folder: AssessmentFolder
    persons: frozenset[str]

    def question(self, question: str) -> Question | None:
        """One question; none where it was not asked."""
        return next((q for q in self.folder.questions if q.id == question), None)


def open_assessment(site: Site, name: str, state: State | None) -> Opened | None:
    """Read an assessment, and hold back what is not live under the charter now, whatever was so when it ran.

    Without a charter the question is a study: it shows persons only where all is invented.
    """
    path = site.assessments.get(name)
    if path is None:
        return None
    whole = _read(path, (path / "manifest.json").stat().st_mtime_ns)
    shown = [_allowed(site, whole, question, state) for question in whole.questions]
    persons = frozenset(q.id for q, names in shown if names)
    return Opened(name, replace(whole, questions=tuple(q for q, _ in shown)), persons)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> AssessmentFolder:
    return read_folder(path)


def _allowed(site: Site, folder: AssessmentFolder, question: Question, state: State | None) -> tuple[Question, bool]:
    """The question as it may be shown, and whether it may name persons."""
    definition = next((i.definition for i in indicators() if i.definition.id == question.id), None)
    if definition is None or not question.assessed:
        return (question, False) if definition is not None else (_counted(question, STUDY), False)
    told = facts(definition, plan_of(dict(folder.manifest)).settings(question.id))
    if state is None:
        stage, shown = STUDY, bool(site.demo) or not told.about_persons
    else:
        stood = standing(state.questions.get(question.id), told)
        stage, shown = stood.stage, stood.shown
    invented = state is None and bool(site.demo)
    if shown and (invented or not held_back(told.about_persons, question.signals)):
        return question, told.about_persons
    return _counted(question, stage), False


def _counted(question: Question, stage: str) -> Question:
    about = {k: question.about[k] for k in ("id", "definition", "needs_missing", "rate") if k in question.about}
    about |= {"status": "counts only", "charter": {"stage": stage}, "notes": []}
    return Question(
        question.id,
        about,
        question.signals.slice(0, 0),
        question.explanations.slice(0, 0),
        {},
        (),
        question.counts if question.counts is not None else office_counts(question.id, question.signals),
    )
