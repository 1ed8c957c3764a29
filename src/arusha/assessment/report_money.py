"""The money page: tax at stake question by question, and how far it is concentrated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from arusha.assessment.report_charts import column
from arusha.assessment.report_read import AssessmentFolder, Question
from arusha.assessment.report_words import defined
from arusha.charts import Chart, ConcentrationTitles, Curve, concentration
from arusha.charts.words import interval, number, percent
from arusha.language import Catalogue

CONCENTRATION = "value-shortfall"


@dataclass(frozen=True)
class Money:
    """What the records say about revenue at stake; ``sentences`` has one entry a question that can say."""

    sentences: tuple[str, ...]
    charts: tuple[Chart, ...]
    none: str = ""
    """Why no amount is given, where there is none."""


def money(assessment: AssessmentFolder, words: Catalogue) -> Money | None:
    """The money page, or None where no question speaks of tax."""
    assessed = [q for q in assessment.questions if q.assessed]
    sentences = tuple(s for s in (_sentence(q, words) for q in assessed) if s)
    charts = tuple(c for c in (_chart(q, words) for q in assessed if q.id == CONCENTRATION) if c)
    if not sentences and not charts:
        return None
    flagged = sum(q.count("flagged") for q in assessed)
    return Money(sentences, charts, "" if sentences else words.text("money-none", flagged=flagged))


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
    said = words.text(
        "money-sentence",
        n=standing.num_rows,
        question=defined(words, {"id": question.id, **question.definition}, "title"),
        amount=number(words, amount, 0),
        interval=interval(words, round(low), round(high)),
    )
    return f"{said} {_part_of(question, words)}".rstrip()


def _part_of(question: Question, words: Catalogue) -> str:
    """What part of the tax of these units the amount speaks of; empty where the question does not say."""
    stakes = question.tables.get("stakes")
    if stakes is None or not {"signal_id", "tax_of_compared", "tax_of_all"} <= set(stakes.column_names):
        return ""
    flagged = question.signals.filter(question.signals["flagged"])["signal_id"].combine_chunks()
    told = stakes.filter(pc.is_in(stakes["signal_id"], value_set=flagged))
    compared, whole = (float(column(told, name).sum()) for name in ("tax_of_compared", "tax_of_all"))
    if not 0 < compared < whole < np.inf:
        return ""
    return words.text("money-part-of", compared=number(words, compared, 0), all=number(words, whole, 0))


def _chart(question: Question, words: Catalogue) -> Chart | None:
    table = question.tables.get("concentration")
    if table is None or table.num_rows < 2:
        return None
    pairs = not pc.all(pc.equal(question.signals["unit_kind"], "declarant")).as_py()
    units = "units" if pairs else "declarants"
    curve = Curve(table["units"].to_numpy(), *(column(table, name) for name in ("share", "low", "high")))
    return concentration(
        curve,
        ConcentrationTitles(
            _concentrated(curve, words),
            words.text(f"chart-value-shortfall-concentration-{units}"),
            x_title=words.text(f"axis-{units}-first"),
            y_title=words.text("axis-share-of-tax"),
        ),
        words,
    )


def _concentrated(curve: Curve, words: Catalogue) -> str:
    """What the curve says: the fewest units whose shortfall is beyond noise, or that none is."""
    beyond = np.flatnonzero(curve.low > 0)
    if not beyond.size:
        return words.text("chart-value-shortfall-concentration-none")
    first = beyond[0]
    return words.text(
        "chart-value-shortfall-concentration-headline",
        n=int(curve.units[first]),
        share=percent(words, float(curve.share[first]), 2),
        interval=interval(words, float(curve.low[first]), float(curve.high[first]), as_percent=True, digits=2),
    )
