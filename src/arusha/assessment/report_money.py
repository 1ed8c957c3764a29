"""The money page: tax at stake question by question, and how far it is concentrated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from arusha.assessment.report_charts import column
from arusha.assessment.report_read import AssessmentFolder, Question
from arusha.assessment.report_words import defined
from arusha.charts import Chart, ConcentrationTitles, Curve, concentration
from arusha.charts.words import interval, number
from arusha.language import Catalogue

CONCENTRATION = "value-shortfall"


@dataclass(frozen=True)
class Money:
    """What the records say about revenue at stake; ``sentences`` has one entry a question that can say."""

    sentences: tuple[str, ...]
    charts: tuple[Chart, ...]


def money(assessment: AssessmentFolder, words: Catalogue) -> Money | None:
    """The money page, or None where no question speaks of tax."""
    assessed = [q for q in assessment.questions if q.assessed]
    sentences = tuple(s for s in (_sentence(q, words) for q in assessed) if s)
    charts = tuple(c for c in (_chart(q, words) for q in assessed if q.id == CONCENTRATION) if c)
    return Money(sentences, charts) if sentences or charts else None


def _sentence(question: Question, words: Catalogue) -> str:
    """Tax at stake of what stands out unexplained.

    Bounds are added bound by bound. That is the interval of the sum if all errors go together, and wider than it
    otherwise: it never claims more than the single intervals do.
    """
    amounts = question.signals.select(["tax_effect", "tax_low", "tax_high"])
    standing = amounts.filter(pc.and_(question.signals["flagged"], pc.is_valid(amounts["tax_effect"])))
    if not standing.num_rows:
        return ""
    amount, low, high = (float(column(standing, name).sum()) for name in ("tax_effect", "tax_low", "tax_high"))
    if not np.isfinite([amount, low, high]).all():
        return ""
    return words.text(
        "money-sentence",
        n=standing.num_rows,
        question=defined(words, {"id": question.id, **question.definition}, "title"),
        amount=number(words, amount, 0),
        interval=interval(words, round(low), round(high)),
    )


def _chart(question: Question, words: Catalogue) -> Chart | None:
    table = question.tables.get("concentration")
    if table is None or table.num_rows < 2:
        return None
    return concentration(
        Curve(
            table["units"].to_numpy(),
            *(column(table, name) for name in ("share", "low", "high")),
        ),
        ConcentrationTitles(
            words.text("chart-value-shortfall-concentration-headline"),
            words.text("chart-value-shortfall-concentration-subtitle"),
            x_title=words.text("axis-units-first"),
            y_title=words.text("axis-share-of-tax"),
        ),
        words,
    )
