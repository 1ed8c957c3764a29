"""The answer of page one: what was asked, what came of it, whom it is about, and what of it chance would bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from arusha.assessment.measured import measured
from arusha.assessment.report_money import Money
from arusha.assessment.report_read import AssessmentFolder, Question
from arusha.assessment.report_words import period_text, share_of_hundred
from arusha.charts.drawing import left_to_right
from arusha.charts.words import percent
from arusha.indicators.signals import UNIT_KINDS
from arusha.language import Catalogue

MOST_OFFICES_NAMED = 6
NOT_NAMED = frozenset({"office", "declaration", "product"})
"""Kinds of units that name nobody: the offices are told by themselves."""


def answer(assessment: AssessmentFolder, total: Money | None, words: Catalogue) -> tuple[str, ...]:
    """The answer of page one, a sentence or two an entry."""
    questions = assessment.questions
    assessed = [q for q in questions if q.assessed]
    sentences = _asked(assessment, words)
    counted = sum(q.counts is not None for q in questions)
    if len(assessed) + counted < len(questions):
        sentences.append(words.text("answer-not-assessed", n=len(questions) - len(assessed) - counted))
    if counted:
        sentences.append(words.text("answer-counts-only", n=counted))
    unusual = sum(q.count("flagged") for q in assessed)
    where = sum(q.count("flagged") > 0 for q in assessed)
    explained = sum(q.count("explained") for q in assessed)
    if unusual or explained:
        sentences.append(words.text("answer-unusual", unusual=unusual, questions=where, assessed=len(assessed)))
    elif assessed:
        sentences.append(words.text("answer-nothing", assessed=len(assessed)))
    if unusual:
        sentences += [*_whom(assessed, unusual, words), _where(assessed, unusual, words)]
    if explained:
        sentences.append(words.text("answer-explained", explained=explained))
    none_told = sum(not q.count("tested") and bool(q.untold) for q in assessed)
    if none_told:
        sentences.append(words.text("answer-none-told", n=none_told))
    if any(q.untold for q in assessed):
        sentences.append(words.text("answer-untold"))
    if total is not None:
        sentences += total.sentences
    return (*sentences, *_chance(assessment, len(assessed), words))


def _asked(assessment: AssessmentFolder, words: Catalogue) -> list[str]:
    """How much was asked what; and in how many of the offices anything could be examined, where that is not in all."""
    questions = assessment.questions
    tables = assessment.manifest.get("workspace", {}).get("tables", {})
    examined = {o for q in questions if q.counts is None for o in _offices(q.tested) if o}
    covered = assessment.coverage.get("offices")
    if covered is not None:
        offices = covered.num_rows
    else:
        # An assessment of before offices were counted: those that its rows name.
        shown = [q.counts if q.counts is not None else q.signals for q in questions]
        offices = len({o for table in shown for o in _offices(table) if o})
    sentences = [
        words.text(
            "answer-asked",
            asked=len(questions),
            declarations=int((tables.get("declarations") or {}).get("rows") or 0),
            offices=offices,
            period=period_text(words, assessment.manifest.get("plan", {}).get("period", {})),
        )
    ]
    # Counts of questions that are not live hide small numbers: what they examined where is not told here.
    if 0 < len(examined) < offices and all(q.counts is None for q in questions):
        sentences.append(words.text("answer-offices-examined", examined=len(examined), offices=offices))
    return sentences


def _offices(table: pa.Table) -> list[str | None]:
    found: list[str | None] = pc.unique(table["office"]).to_pylist()
    return found


def _whom(assessed: Sequence[Question], unusual: int, words: Catalogue) -> list[str]:
    """How many people the unusual entries name, and that entries which share one are not as many cases."""
    named: dict[str, Counter[str]] = {}
    for question in assessed:
        columns = ("unit_kind", "unit_id", "other_id")
        for row in question.signals.select(columns).filter(question.signals["flagged"]).to_pylist():
            # A user's and an officer's pseudonym are of one kind: somebody who is both is one person.
            kind = "officer" if row["unit_kind"] in ("pair", "user") else row["unit_kind"]
            if kind not in NOT_NAMED:
                named.setdefault(kind, Counter())[row["unit_id"]] += 1
            if row["other_id"] and row["unit_kind"] not in NOT_NAMED:
                named.setdefault("declarant", Counter())[row["other_id"]] += 1
    if not named:
        return []
    kinds = sorted(named, key=lambda kind: UNIT_KINDS.index(kind) if kind in UNIT_KINDS else len(UNIT_KINDS))
    whom = words.list(words.text(f"units-{kind}", n=len(named[kind])) for kind in kinds)
    said = [words.text("answer-whom", unusual=unusual, whom=whom)]
    if any(n > 1 for tally in named.values() for n in tally.values()):
        said.append(words.text("answer-shared"))
    return said


def _where(assessed: Sequence[Question], unusual: int, words: Catalogue) -> str:
    """The offices of what is unusual, in the order of their codes."""
    offices = sorted({o for q in assessed for o in _offices(q.signals.filter(q.signals["flagged"])) if o})
    if not 0 < len(offices) <= MOST_OFFICES_NAMED:
        return words.text("answer-where-many", n=len(offices)) if offices else ""
    named = words.list(left_to_right(o) for o in offices)
    return words.text("answer-where", unusual=unusual, n=len(offices), offices=named)


def _chance(assessment: AssessmentFolder, assessed: int, words: Catalogue) -> list[str]:
    """What would show something though all rules were followed: the bound by design, and what was measured."""
    rate = float(assessment.manifest.get("rates", {}).get("question") or 0.0)
    if not (rate and assessed):
        return []
    # The questions rest on the same declarations, so that no smaller bound than the sum of their rates holds. It is
    # over those that could be assessed: which these are depends on the tables, not on results.
    said = [words.text("answer-chance", k=share_of_hundred(words, min(rate * assessed, 1.0)))]
    clean = measured().clean
    if rate == clean.rate and {q.id for q in assessment.questions if q.assessed} <= clean.questions:
        share = percent(words, clean.with_flag / clean.worlds)
        counts = {"worlds": clean.worlds, "questions": len(clean.questions), "hit": clean.with_flag}
        said.append(words.text("answer-measured", **counts, share=share))
    return said
