"""Try a question out: what a number of cases can show at all, and whom the question flags in an invented year."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from arusha.assessment.evidence import plan_of
from arusha.assessment.folder import read_manifest
from arusha.demo.sandbox import DECLARATIONS, STRENGTHS
from arusha.inference.funnel import exact_limits, smallest_n_for_zero
from arusha.workbench import sandbox
from arusha.workbench.fairness_room import held_question, title_of
from arusha.workbench.pages import render
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor

CASES, RATE = 40, 0.06


def try_it(request: HttpRequest, visitor: Visitor, question: str) -> HttpResponse:
    """The sandbox of one question; nothing in it is of anybody who exists."""
    served = site()
    held = held_question(served, question)
    cases, rate = _cases(request.GET), _rate(request.GET)
    limits = exact_limits(rate, cases)
    wanted = _request(served, question, request.GET)
    return render(
        request,
        visitor,
        "sandbox.html.j2",
        question=held,
        title=title_of(request, question),
        cases=cases,
        rate=rate,
        low=float(limits.low.item()),
        high=float(limits.high.item()),
        smallest=int(smallest_n_for_zero(rate).item()),
        strengths=STRENGTHS,
        seeds=sandbox.SEEDS,
        wanted=wanted,
        year=sandbox.year(served.home, wanted),
        declarations=DECLARATIONS,
    )


def make_year(request: HttpRequest, visitor: Visitor, question: str) -> HttpResponse:
    """Begin an invented year.

    Raises
    ------
    SandboxError
        If another one runs.
    """
    served = site()
    held_question(served, question)
    if "strength" not in request.POST:
        raise Http404
    wanted = _request(served, question, request.POST)
    sandbox.start(served.home, wanted)
    at = reverse("sandbox", kwargs={"question": question})
    return redirect(f"{at}?strength={wanted['strength']}&seed={wanted['seed']}#year")


def _request(served: Site, question: str, given: QueryDict) -> dict[str, Any]:
    """What is asked of the process, with the settings of the newest assessment, as the charter has them."""
    strength, seed = given.get("strength", "medium"), given.get("seed", "1")
    if strength not in STRENGTHS or seed not in {str(s) for s in sandbox.SEEDS}:
        raise Http404
    wanted: dict[str, Any] = {"question": question, "strength": strength, "seed": int(seed)}
    manifests = [read_manifest(path) for path in served.assessments.values()]
    if manifests:
        newest = plan_of(max(manifests, key=lambda m: str(m.get("created_at", ""))))
        wanted |= {"rate": newest.rate, "declarations": DECLARATIONS}
        wanted |= {"floors": dict(newest.floors.get(question, {})), "options": dict(newest.options.get(question, {}))}
    return wanted


def _cases(given: QueryDict) -> int:
    text = given.get("cases", "")
    return min(100_000, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 7 else CASES


def _rate(given: QueryDict) -> float:
    try:
        rate = float(given.get("rate", "")) / 100.0
    except ValueError:
        return RATE
    return rate if 0.0 < rate < 1.0 else RATE
