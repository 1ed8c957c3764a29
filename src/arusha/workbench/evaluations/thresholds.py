"""The form of a plan at a threshold: one of the records' own limits or a file's, power, then the plan is registered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.effects.evaluations import Evaluations
from arusha.effects.panel_error import PanelError
from arusha.effects.threshold_evaluation import threshold_power
from arusha.effects.threshold_files import register_threshold
from arusha.effects.threshold_plan import ThresholdPlan, threshold_plan_from
from arusha.effects.threshold_records import OUTCOMES, Rule
from arusha.effects.threshold_text import could_show
from arusha.errors import ArushaError, PlanError
from arusha.language.told import error as of
from arusha.workbench.evaluations.beginning import begun, limits_of
from arusha.workbench.evaluations.panels import Table, path_of, reforms_of, table_of
from arusha.workbench.pages import render, words_of
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

LONGEST = 2_000
FIELDS = (
    *("measure", "theory", "threshold", "pays", "included", "smallest_effect"),
    *("running", "cluster", "bin", "round_numbers", "placebos"),
)


@dataclass(frozen=True)
class Source:
    """Where the values of a plan are: a table that was sent, or else the records of the workspace."""

    workspace: Path
    table: Table | None
    limits: tuple[Rule, ...]
    """The thresholds that the records hold; none where there is a table."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What can be compared on both sides."""
        if self.table is None:
            return OUTCOMES
        return tuple(c for c in self.table.columns if c in self.table.numeric)


@dataclass
class Filled:
    """What a form says: text by field, and the outcomes that were chosen."""

    text: dict[str, str] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()

    def of(self, name: str) -> str:
        """A field; empty where it was left so."""
        return self.text.get(name, "")


def form(request: HttpRequest, visitor: Visitor, panel: str = "") -> HttpResponse:
    """The form of a plan at a threshold."""
    try:
        source = _source(panel)
    except PanelError as problem:
        return begun(request, visitor, problem)
    return _shown(request, visitor, source, _proposed(source, request.GET.get("limit", "")))


def power(request: HttpRequest, visitor: Visitor, panel: str = "") -> HttpResponse:
    """What the values around the threshold could show; no result is looked at."""
    source = _source(panel)
    filled = filled_in(request.POST, source)
    try:
        plan = plan_of(filled, source)
        lines, enough = could_show(words_of(request), plan, *threshold_power(plan))
    except ArushaError as problem:
        return _shown(request, visitor, source, filled, problem=problem)
    return _shown(request, visitor, source, filled, lines=lines, enough=enough, seen=plan.hash)


def register(request: HttpRequest, visitor: Visitor, panel: str = "") -> HttpResponse:
    """Register the plan whose power was just shown; any other plan is shown its own power first."""
    source = _source(panel)
    filled = filled_in(request.POST, source)
    assert visitor.actor is not None
    try:
        plan = plan_of(filled, source)
        if request.POST.get("seen") != plan.hash:
            return power(request, visitor, panel)
        placed = register_threshold(Evaluations(source.workspace), plan, visitor.actor)
    except ArushaError as problem:
        return _shown(request, visitor, source, filled, problem=problem)
    return redirect("evaluation", evaluation=placed.hash[:16])


def _source(panel: str) -> Source:
    served = site()
    if served.workspace is None:
        raise of(PlanError, "ev-no-workspace", "ev-new")
    if not panel:
        return Source(served.workspace, None, limits_of(served))
    path = None if panel in reforms_of(served) else path_of(served, panel)
    if path is None:
        raise Http404
    return Source(served.workspace, table_of(panel, path, fewest=1), ())


def filled_in(given: Mapping[str, str], source: Source) -> Filled:
    """What was filled in; only fields that the form has."""
    text = {name: str(given.get(name, "")).strip()[:LONGEST] for name in FIELDS}
    return Filled(text, tuple(o for k, o in enumerate(source.outcomes) if given.get(f"outcome-{k}")))


def plan_of(filled: Filled, source: Source) -> ThresholdPlan:
    """The plan that a filled-in form says.

    Raises
    ------
    PlanError
        As for the file of a plan.
    """
    data: dict[str, Any] = {
        "measure": filled.of("measure"),
        "theory": filled.of("theory"),
        "threshold": filled.of("threshold"),
        "smallest_effect": _number(filled.of("smallest_effect")),
        "pays": filled.of("pays") or "below",
        "included": filled.of("included") != "no",
        "outcomes": [o for o in filled.outcomes if o != filled.of("running")],
        "bin": _number(filled.of("bin")) or 0,
        "round_numbers": _numbers(filled.of("round_numbers")),
        "placebos": _numbers(filled.of("placebos")),
    }
    if source.table is None:
        data["workspace"] = source.workspace.name
        return threshold_plan_from(data, "plan", records=source.workspace)
    data |= {"data": source.table.path.name, "running": filled.of("running"), "cluster": filled.of("cluster")}
    data["threshold"] = _number(filled.of("threshold"))
    return threshold_plan_from(data, "plan", source.table.path.parent, source.workspace)


def _number(text: str) -> str:
    """A number as it is typed: a comma is a point."""
    return text.replace(",", ".")


def _numbers(text: str) -> list[str]:
    """Numbers on lines of their own, or apart by spaces or semicolons."""
    return [_number(t) for t in re.split(r"[\s;]+", text) if t]


def _proposed(source: Source, limit: str) -> Filled:
    text = {"pays": "below", "included": "yes", "smallest_effect": "0.5"}
    if source.table is None:
        names = [r.name for r in source.limits]
        return Filled(text | {"threshold": limit if limit in names else next(iter(names), "")}, ("physical_control",))
    numeric = [c for c in source.table.columns if c in source.table.numeric]
    return Filled(text | {"running": next(iter(numeric), "")})


def _shown(
    request: HttpRequest,
    visitor: Visitor,
    source: Source,
    filled: Filled,
    *,
    problem: ArushaError | None = None,
    lines: list[str] | None = None,
    enough: bool = False,
    seen: str = "",
) -> HttpResponse:
    return render(
        request,
        visitor,
        "evaluations/threshold_form.html.j2",
        status=400 if problem is not None else 200,
        source=source,
        table=source.table,
        names=list(dict.fromkeys(r.name for r in source.limits)),
        f=filled,
        problem=problem,
        lines=lines or [],
        enough=enough,
        seen=seen,
    )
