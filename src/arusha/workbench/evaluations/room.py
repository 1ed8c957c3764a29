"""The register of evaluations, and the page of one: plan, power, what was found, how firmly, and what to watch."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.charts import Chart
from arusha.effects import evaluation_files as files
from arusha.effects.evaluation import Evaluation
from arusha.effects.evaluation_text import conclusion, could_show, moved_text, parted_rows, robust_text, watched
from arusha.effects.evaluations import Entered, Evaluations, unrun
from arusha.effects.strength import strength_told
from arusha.effects.threshold_plan import ThresholdPlan
from arusha.errors import ArushaError, PlanError
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.workbench import jobs
from arusha.workbench.evaluations.persons import is_person
from arusha.workbench.evaluations.pictures import pictures
from arusha.workbench.evaluations.threshold_page import threshold_page
from arusha.workbench.evaluations.working import working
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import EXPORTED, Record
from arusha.workbench.site import site
from arusha.workbench.unnamed import NOBODY, unnamed
from arusha.workbench.visitor import Visitor


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every plan that was registered, those never run and those that show nothing among them."""
    kept = _kept()
    entered = kept.entered() if kept is not None else ()
    return render(
        request,
        visitor,
        "evaluations/list.html.j2",
        entered=entered,
        never=len(unrun(entered)),
        working=working(),
        workspace=site().workspace,
    )


def page(request: HttpRequest, visitor: Visitor, evaluation: str) -> HttpResponse:
    """One evaluation."""
    kept, entered = _found(evaluation)
    words, folder = words_of(request), kept.folder(entered.key)
    if isinstance(entered.plan, ThresholdPlan):
        return threshold_page(request, visitor, entered, entered.plan, folder)
    done: Evaluation | None = None
    problem: ArushaError | None = None
    lines: list[str] = []
    if entered.plan is not None:
        try:
            told = files.read_power(folder)
            lines = could_show(words, entered.plan, *told)[0] if told is not None else []
            done = files.read_evaluation(folder, entered.plan)
        except ArushaError as found:
            problem = found
    charts: list[Chart] = pictures(done, words) if done is not None else []
    return render(
        request,
        visitor,
        "evaluations/page.html.j2",
        e=entered,
        plan=entered.plan,
        near=_units(entered.plan.near) if entered.plan is not None else [],
        left_out=_units(entered.plan.exclude) if entered.plan is not None else [],
        done=done,
        working=working().get(entered.key),
        problem=problem,
        power=lines,
        charts=charts,
        firmly=strength_told(words, done) if done is not None else [],
        answer=conclusion(words, done) if done is not None else [],
        moved=[moved_text(words, d) for d in done.displaced] if done is not None else [],
        parted=[
            (m, words.text("chart-interval", low=low, high=high))
            for m, low, high in (parted_rows(words, done) if done is not None else ())
        ],
        robust=robust_text(words, done) if done is not None else [],
        watch=watched(words, done.watch) if done is not None else [],
        stands=_stands_out(done),
        **_numbers(done, words),
    )


def run(request: HttpRequest, visitor: Visitor, evaluation: str) -> HttpResponse:
    """Ask the worker to run a registered plan."""
    kept, entered = _found(evaluation)
    assert visitor.actor is not None
    plan = entered.plan
    if plan is None or not (plan.source.is_file() or (isinstance(plan, ThresholdPlan) and plan.workspace)):
        raise of(PlanError, "ev-gone", "ev-anew", where=entered.key)
    given = {
        "workspace": str(kept.workspace),
        "evaluation": entered.key,
        "plan_hash": entered.hash,
        "actor": visitor.actor,
        "about": plan.measure,
    }
    subjects = (f"evaluation:{entered.key}", f"plan:{entered.hash}")
    job = jobs.ask(site().home, visitor.actor, jobs.EVALUATE, given, *subjects)
    return redirect("job", job=job.key)


def take(request: HttpRequest, visitor: Visitor, evaluation: str) -> HttpResponse:
    """The result as a file that names no person, whatever it shows; that it was taken is recorded."""
    kept, entered = _found(evaluation)
    path = kept.folder(entered.key) / files.RESULT
    if not path.is_file():
        raise Http404
    Record(site().home).add(EXPORTED, visitor.actor, f"evaluation:{entered.key}")
    response = HttpResponse(unnamed(path.read_text("utf-8")), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="evaluation-{entered.key}.json"'
    return response


def _kept() -> Evaluations | None:
    workspace = site().workspace
    return Evaluations(workspace) if workspace is not None else None


def _found(key: str) -> tuple[Evaluations, Entered]:
    kept = _kept()
    found = kept.find(key) if kept is not None else None
    if kept is None or found is None:
        raise Http404
    return kept, found


def _numbers(done: Evaluation | None, words: Catalogue) -> dict[str, Any]:
    """The family as rows of a table, all cases together below it, and the placebo dates."""
    if done is None:
        return {"family": [], "dates": [], "many": 0}

    def number(value: float) -> str:
        return words.number(value, 4) if abs(value) != float("inf") else "∞"

    rows = [(f.column, f.estimate, f.p_adjusted) for f in done.findings]
    if done.near is not None and done.near_p is not None:
        rows.append((words.text("ev-near-row"), done.near, done.near_p))
    many = len(rows)
    if done.net is not None:
        rows.append((words.text("ev-net-row"), done.net.estimate, done.net.estimate.p))
    family = [
        (
            name,
            number(e.effect),
            words.text("chart-interval", low=number(e.low), high=number(e.high)),
            words.p_value(p),
        )
        for name, e, p in rows
    ]
    dates = [(p.period, number(p.effect), words.p_value(p.p)) for p in done.placebo]
    return {"family": family, "dates": dates, "many": many}


def _units(named: Collection[str]) -> list[str]:
    """Units that a plan names; in the place of persons one dash."""
    return list(dict.fromkeys(NOBODY if is_person(unit) else unit for unit in named))


def _stands_out(done: Evaluation | None) -> list[tuple[str, str, str, float]]:
    """Where the watch saw something: unit, column, word and change; persons are not named."""
    if done is None or done.watch is None:
        return []
    found = done.watch.at("unusual", "unusual-and-persistent")
    return [(NOBODY if is_person(w.unit) else w.unit, w.column, w.seen, w.change) for w in found]
