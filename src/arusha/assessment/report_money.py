"""The money page: revenue at stake, with its interval and its concentration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.assessment.report_charts import column
from arusha.assessment.report_read import AssessmentFolder, Question
from arusha.charts import Chart
from arusha.charts.words import interval, number
from arusha.language import Catalogue

QUESTION = "value-shortfall"


@dataclass(frozen=True)
class Money:
    """What the records say about revenue at stake."""

    sentence: str
    reading: str
    charts: tuple[Chart, ...]


def money(assessment: AssessmentFolder, words: Catalogue) -> Money | None:
    """The money page, or None where value shortfall was not assessed or no unit could be tested."""
    question = next((q for q in assessment.questions if q.id == QUESTION and q.assessed), None)
    if question is None:
        return None
    total = _total(question)
    if total is None:
        return None
    amount, low, high = total
    return Money(
        sentence=words.text(
            "money-sentence",
            amount=number(words, amount, 0),
            interval=interval(words, round(low), round(high)),
        ),
        reading=words.text("money-reading"),
        charts=(),
    )


def _total(question: Question) -> tuple[float, float, float] | None:
    """Total with its interval: the question's own total where it gives one, else none is made up.

    Intervals of single units are not added: their errors are not independent, and a sum of bounds is not a bound.
    """
    table = question.tables.get("total")
    if table is None or table.num_rows == 0:
        return None
    amount, low, high = (float(column(table, name)[0]) for name in ("tax_effect", "tax_low", "tax_high"))
    return (amount, low, high) if np.isfinite([amount, low, high]).all() else None
