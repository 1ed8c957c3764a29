"""The wizard: the records, the measure and its theory, power before anything, then the plan is registered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_protect

from arusha.effects import evaluation_files as files
from arusha.effects.evaluation import power_of
from arusha.effects.evaluation_plan import EvaluationPlan, plan_from, read_plan
from arusha.effects.evaluation_text import could_show
from arusha.effects.evaluations import Evaluations
from arusha.errors import ArushaError, PlanError
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.workbench.evaluations import counted
from arusha.workbench.evaluations.beginning import begun
from arusha.workbench.evaluations.panels import Table, home_of, path_of, reforms_of, table_of
from arusha.workbench.evaluations.persons import refuse_few_persons
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site
from arusha.workbench.uploads import RECEIVED, Receiver, too_large
from arusha.workbench.visitor import Visitor

ROLES = ("counter-lower", "counter-higher", "watch-lower", "watch-higher")
"""What a further column may be in a plan: where the problem could move to, or only watched; and what is good."""
LONGEST = 2_000
LABELS = {
    **{n: f"ev-{n}" for n in ("measure", "theory", "anticipation", "near", "exclude", "first")},
    "smallest_effect": "ev-smallest",
    "periods": "ev-first",
}
"""Labels of fields that an error of a plan can be at, by the last word of its place."""
FIELDS = (
    *("measure", "theory", "announced", "also_happened", "kept_by"),
    *("unit", "period", "begins", "begins-as", "anticipation", "baseline", "near", "exclude", "first", "last"),
    *("outcome", "better", "exposure", "scale", "smallest_effect"),
)


@dataclass
class Filled:
    """What a form says: text by field, and the part that each column takes."""

    text: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """A field; empty where it was left so."""
        return self.text.get(name, "")


def receive(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take the file of a panel. Who may not is refused, and what is too large, before anything of it is read."""
    served, most = site(), settings.ARUSHA_UPLOAD_MB * 1_000_000
    if not most or int(request.headers.get("Content-Length") or 0) > most + 1_000_000:
        raise too_large(most)
    home = home_of(served)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    receiver = Receiver(request, home, most)
    request.upload_handlers = [receiver]
    try:
        return csrf_protect(partial(_received, visitor=visitor, receiver=receiver))(request)
    finally:
        receiver.give_up()


def _received(request: HttpRequest, visitor: Visitor, receiver: Receiver) -> HttpResponse:
    request.FILES  # noqa: B018 - reads the form
    sent = receiver.finish()
    Record(site().home).add(RECEIVED, visitor.actor, f"panel:{sent.key}", f"files:{sent.files}")
    return redirect("ev-file-limit" if request.POST.get("holds") == "values" else "ev-plan", panel=sent.key)


def form(request: HttpRequest, visitor: Visitor, panel: str) -> HttpResponse:
    """The form of a plan, filled in with what the file's columns look like, or the demo's own plan."""
    served = site()
    try:
        table = _table(served, panel)
    except ArushaError as problem:
        return begun(request, visitor, problem)
    return _shown(request, visitor, table, _proposed(served, table, words_of(request)))


def power(request: HttpRequest, visitor: Visitor, panel: str) -> HttpResponse:
    """What the design could show, from the time before the measure; no result is looked at."""
    table = _table(site(), panel)
    filled = filled_in(request.POST, table)
    try:
        plan = plan_of(filled, table)
        panel_of, told = plan.panel(), power_of(plan)
        refuse_few_persons(panel_of, told[0])
        lines, enough = could_show(words_of(request), plan, *told)
    except ArushaError as problem:
        return _shown(request, visitor, table, filled, problem=problem)
    return _shown(request, visitor, table, filled, lines=lines, enough=enough, seen=plan.hash)


def register(request: HttpRequest, visitor: Visitor, panel: str) -> HttpResponse:
    """Register the plan whose power was just shown; any other plan is shown its own power first."""
    served = site()
    table = _table(served, panel)
    filled = filled_in(request.POST, table)
    assert visitor.actor is not None
    if served.workspace is None:
        raise of(PlanError, "ev-no-workspace", "ev-new")
    try:
        plan = plan_of(filled, table)
        if request.POST.get("seen") != plan.hash:
            return power(request, visitor, panel)
        refuse_few_persons(plan.panel(), power_of(plan)[0])
        placed = files.register(Evaluations(served.workspace), plan, visitor.actor)
    except ArushaError as problem:
        return _shown(request, visitor, table, filled, problem=problem)
    return redirect("evaluation", evaluation=placed.hash[:16])


def _table(served: Site, key: str) -> Table:
    path = path_of(served, key)
    if path is None:
        raise Http404
    table = table_of(key, path)
    told = counted.about(path)
    return table if told is None else replace(table, columns=counted.raw_columns(told, table.columns[1]))


def filled_in(given: Mapping[str, str], table: Table) -> Filled:
    """What was filled in; only fields that the form has."""
    text = {name: str(given.get(name, "")).strip()[:LONGEST] for name in FIELDS}
    roles = {c: str(given.get(f"role-{k}", "")) for k, c in enumerate(table.columns)}
    return Filled(text, {c: r for c, r in roles.items() if r in ROLES})


def plan_of(filled: Filled, table: Table) -> EvaluationPlan:
    """The plan that a filled-in form says.

    Raises
    ------
    PlanError
        As for the file of a plan.
    """
    lines = {
        name: [t.strip() for t in filled.of(name).splitlines() if t.strip()]
        for name in ("near", "also_happened", "exclude")
    }
    data: dict[str, Any] = {
        "measure": filled.of("measure"),
        "theory": filled.of("theory"),
        "data": table.path.name,
        "unit": filled.of("unit"),
        "period": filled.of("period"),
        "outcome": {"column": filled.of("outcome"), "better": filled.of("better")},
        "smallest_effect": filled.of("smallest_effect").replace(",", "."),
        "first_treated" if filled.of("begins-as") != "switch" else "treated": filled.of("begins"),
        "scale": filled.of("scale") or "rate",
        "anticipation": filled.of("anticipation") or 0,
        "baseline": filled.of("baseline") or "all",
        "near": lines["near"],
        "exclude": lines["exclude"],
        "also_happened": lines["also_happened"],
        "announced": filled.of("announced"),
        "kept_by": filled.of("kept_by"),
    }
    if bool(filled.of("first")) != bool(filled.of("last")):
        raise of(PlanError, "ev-one-end", "ev-one-end", where="plan, first")
    if filled.of("first"):
        data["periods"] = [filled.of("first"), filled.of("last")]
    if filled.of("exposure"):
        data["exposure"] = filled.of("exposure")
    for kind, entry in (("counter", "counter_outcomes"), ("watch", "watch")):
        data[entry] = [
            {"column": c, "better": r.partition("-")[2]}
            for c, r in filled.roles.items()
            if r.startswith(kind) and c != filled.of("outcome")
        ]
    return plan_from(data, "plan", table.path.parent)


def _proposed(served: Site, table: Table, words: Catalogue) -> Filled:
    reform = reforms_of(served).get(table.key)
    if reform is not None:
        return _of_plan(read_plan(reform / "plan.yaml"), table.key, words)
    told = counted.about(table.path)
    if told is not None:
        unit, period, exposure, outcome, *_ = table.columns
        known = {"unit": unit, "period": period, "exposure": exposure, "outcome": outcome, "begins": table.columns[-1]}
        # Offices with missing periods cannot be evaluated; the reader sees them, and may cut the panel instead.
        return Filled({**known, "better": "lower", "scale": "rate", "exclude": "\n".join(told["missing"])})
    unit = next((c for c in table.columns if c not in table.periods and c not in table.numeric), table.columns[0])
    period = table.periods[0] if table.periods else table.columns[min(1, len(table.columns) - 1)]
    begins = next((c for c in (*table.periods[1:], *table.columns[::-1]) if c not in (unit, period)), "")
    return Filled({"unit": unit, "period": period, "begins": begins, "better": "lower", "scale": "rate"})


def _of_plan(plan: EvaluationPlan, measure: str, words: Catalogue) -> Filled:
    text = {
        "measure": words.text(f"ev-demo-{measure}"),
        "theory": words.text(f"ev-demo-{measure}-theory"),
        "unit": plan.unit,
        "period": plan.period,
        "exposure": plan.exposure or "",
        "begins": plan.first_treated or "",
        "outcome": plan.outcome.column,
        "better": plan.outcome.better,
        "near": "\n".join(plan.near),
        "smallest_effect": str(plan.smallest_effect),
        "scale": plan.scale,
        "baseline": plan.baseline,
    }
    return Filled(text, {o.column: f"counter-{o.better}" for o in plan.counter_outcomes})


def _at_fault(problem: ArushaError | None) -> tuple[str, str] | None:
    """The field of the form that an error is at, and its label; none where it is at no field, or in the records."""
    name = problem.where.rpartition(", ")[2] if problem is not None else ""
    return ("first" if name == "periods" else name, LABELS[name]) if name in LABELS else None


def _shown(
    request: HttpRequest,
    visitor: Visitor,
    table: Table,
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
        "evaluations/form.html.j2",
        status=400 if problem is not None else 200,
        table=table,
        limits=table.key not in reforms_of(site()),
        f=filled,
        field=_at_fault(problem),
        typed=frozenset(line.strip() for name in ("near", "exclude") for line in filled.of(name).splitlines()),
        roles=ROLES,
        problem=problem,
        lines=lines or [],
        enough=enough,
        seen=seen,
    )
