"""The page of an evaluation at a threshold: the answer, the counts as they are, estimates, and other thresholds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

from arusha.charts import Chart, Counts, StudyTitles, around_threshold
from arusha.charts.drawing import isolate
from arusha.effects.evaluations import Entered
from arusha.effects.strength import strength_told
from arusha.effects.threshold_evaluation import ThresholdEvaluation
from arusha.effects.threshold_files import read_threshold, read_threshold_power
from arusha.effects.threshold_plan import ThresholdPlan
from arusha.effects.threshold_text import (
    answer,
    apart_warned,
    could_show,
    heap_told,
    outcomes_warned,
    share_told,
    value_told,
)
from arusha.errors import ArushaError
from arusha.language import Catalogue
from arusha.workbench.evaluations.working import working
from arusha.workbench.pages import render, words_of
from arusha.workbench.visitor import Visitor


def threshold_page(
    request: HttpRequest, visitor: Visitor, entered: Entered, plan: ThresholdPlan, folder: Path
) -> HttpResponse:
    """One evaluation at a threshold."""
    words = words_of(request)
    done: ThresholdEvaluation | None = None
    problem: ArushaError | None = None
    lines: list[str] = []
    try:
        told = read_threshold_power(folder)
        lines = could_show(words, plan, *told)[0] if told is not None else []
        done = read_threshold(folder, plan)
    except ArushaError as found:
        problem = found
    return render(
        request,
        visitor,
        "evaluations/threshold.html.j2",
        e=entered,
        plan=plan,
        done=done,
        working=working().get(entered.key),
        problem=problem,
        power=lines,
        limit=plan.threshold if isinstance(plan.threshold, str) else value_told(words, plan.threshold),
        smallest=words.percent(plan.smallest_effect, 0),
        rounds=[value_told(words, n) for n in plan.round_numbers],
        **(_shown(words, done) if done is not None else {}),
    )


def _shown(words: Catalogue, done: ThresholdEvaluation) -> dict[str, Any]:
    return {
        "answer": answer(words, done),
        "firmly": strength_told(words, done),
        "charts": _pictures(words, done),
        "heap": heap_told(words, done) if done.jump is not None else "",
        "family": _family(words, done),
        "placebos": [
            (value_told(words, p.at), *_change(words, p.excess, p.low, p.high), words.p_value(p.p))
            for p in done.placebos
        ],
        "notes": [*outcomes_warned(words, done), *apart_warned(words, done)],
    }


def _pictures(words: Catalogue, done: ThresholdEvaluation) -> list[Chart]:
    a, t = done.around, words.text
    if a is None:
        return []
    counts = Counts(a.start, a.width, tuple(a.count), done.cutoff, done.plan.pays, tuple(p.at for p in done.placebos))
    titles = StudyTitles(
        t("ev-chart-around"),
        t("ev-chart-around-what", width=value_told(words, a.width)),
        isolate(done.plan.running) if done.plan.running else t("ev-chart-value"),
        t("ev-chart-declarations"),
    )
    return [around_threshold(counts, titles, words)]


def _family(words: Catalogue, done: ThresholdEvaluation) -> list[tuple[str, str, str, str]]:
    """The density (or the count where nothing lies beyond) and the outcomes: name, difference, interval, p."""
    if done.jump is None or done.p_adjusted is None:
        return []
    j, gap = done.jump, done.gap
    p = words.p_value(done.p_adjusted if gap is None else j.p)
    rows = [(words.text("ev-limit-density"), *_change(words, j.excess, j.low, j.high), p)]
    if gap is not None:
        sides = words.text("ev-limit-counted", within=gap.within, beyond=gap.beyond)
        rows.append((words.text("ev-limit-gap"), sides, "", words.p_value(done.p_adjusted)))
    for o in done.outcomes:
        between = words.text("chart-interval", low=words.number(o.low, 4), high=words.number(o.high, 4))
        rows.append(
            (outcome_named(words, o.column), words.number(o.difference, 4), between, words.p_value(o.p_adjusted))
        )
    return rows


def outcome_named(words: Catalogue, column: str) -> str:
    """An outcome of the records in words; a column of a file by its name."""
    key = f"ev-limit-outcome-{column.replace('_', '-')}"
    return words.text(key) if words.has(key) else column


def _change(words: Catalogue, share: float, low: float, high: float) -> tuple[str, str]:
    between = words.text("chart-interval", low=share_told(words, low), high=share_told(words, high))
    return share_told(words, share), between
