"""A plan as a form: what can be asked of the records, of which period, how strictly; then the worker assesses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from arusha.assessment import plan as plans
from arusha.assessment.asking import missing, period
from arusha.assessment.report_words import OF_ONE, defined, effect_kind
from arusha.engine import open_session
from arusha.errors import ArushaError, PlanError
from arusha.indicators.registry import indicators
from arusha.language import languages
from arusha.language.told import error as of
from arusha.records.workspace import MANIFEST, Workspace
from arusha.workbench import jobs
from arusha.workbench.pages import render, words_of
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Askable:
    """What records can be asked: the proposed plan, and the tables and columns that each question lacks."""

    proposed: plans.Plan
    lacks: Mapping[str, tuple[str, ...]]


def askable(served: Site) -> Askable:
    """What the workspace's records can be asked.

    Raises
    ------
    ArushaError
        If there are no records, or they cannot be read.
    """
    if served.workspace is None or not served.has_records:
        raise of(PlanError, "plan-no-records", "plan-load")
    return _askable(served.workspace, (served.workspace / MANIFEST).stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _askable(workspace: Path, changed: int) -> Askable:
    with open_session(Workspace.open(workspace)) as session:
        found = indicators()
        lacks = {}
        for indicator in found:
            gone = missing(session, indicator)
            lacks[indicator.definition.id] = tuple(
                n for t, cs in gone.items() for n in ([f"{t}.{c}" for c in cs] or [t])
            )
        return Askable(plans.propose(*period(session), [i.definition.id for i in found]), lacks)


def plan(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The form, filled in with what is proposed; or why nothing can be asked yet."""
    words = words_of(request)
    try:
        found = askable(site())
    except ArushaError as problem:
        return render(request, visitor, "plan.html.j2", found=None, problem=problem)
    questions = []
    for indicator in indicators():
        about = indicator.definition
        told = {"id": about.id, "title": about.title, "question": about.question}
        title, question = defined(words, told, "title"), defined(words, told, "question")
        questions.append((about, title, question, found.lacks[about.id], about.options or {}))
    name = f"assessment-{datetime.now(UTC):%Y-%m-%d}"
    return render(
        request,
        visitor,
        "plan.html.j2",
        found=found,
        problem=None,
        questions=questions,
        shares={about.id for about, *_ in questions if effect_kind(about.id) in OF_ONE},
        name=_free(site(), name),
        reports=languages(),
    )


def assess(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Fix the plan, and ask the worker for an assessment by it."""
    served, given = site(), request.POST
    found = askable(served)
    assert served.workspace is not None
    assert visitor.actor is not None
    name = given.get("name", "")
    out = served.workspace.resolve().parent / name
    if not _NAME.fullmatch(name) or out.exists() or name in served.assessments:
        raise of(PlanError, "plan-name", "plan-name", where=name[:60])
    wanted = [lang for lang in languages() if lang in given.getlist("language")]
    made = plan_of(given, found.proposed)
    errand = {
        "workspace": str(served.workspace),
        "out": str(out),
        "plan": made.as_dict(),
        "plan_hash": made.hash,
        "languages": wanted,
    }
    job = jobs.ask(served.home, visitor.actor, jobs.ASSESS, errand, f"plan:{made.hash}", f"assessment:{name}")
    return redirect("job", job=job.key)


def plan_of(given: QueryDict, proposed: plans.Plan) -> plans.Plan:
    """The plan that a filled-in form says.

    Raises
    ------
    PlanError
        As for a ``plan.yaml``: naming what cannot be used.
    """
    known = {i.definition.id: i.definition for i in indicators()}
    data: dict[str, Any] = {
        "questions": given.getlist("question"),
        "period": {n: given[n] for n in ("start", "end") if given.get(n)},
    }
    for name in ("rate", "level", "seed"):
        text = given.get(name, "").strip()
        if text:
            data[name] = _number(name, text)
    floors: dict[str, dict[str, Any]] = {}
    options: dict[str, dict[str, Any]] = {}
    for question in data["questions"]:
        for floor in ("exposure", "effect"):
            text = given.get(f"{floor}-{question}", "").strip()
            if text:
                floors.setdefault(question, {})[floor] = _number(floor, text)
        for option in known[question].options or {} if question in known else {}:
            chosen = given.getlist(f"{option}-{question}")
            if chosen:
                options.setdefault(question, {})[option] = chosen
    return plans.checked(data | {"floors": floors, "options": options}, "plan", proposed, known)


def _number(name: str, text: str) -> float | int:
    text = text.strip()
    try:
        return int(text) if re.fullmatch(r"-?\d{1,15}", text) else float(text)
    except ValueError as problem:
        raise of(PlanError, "plan-is", "plan-number", where="plan", name=name, value=repr(text[:40])) from problem


def _free(served: Site, name: str) -> str:
    """The name, or the next that is free."""
    assert served.workspace is not None
    number, wanted = 1, name
    while (served.workspace.resolve().parent / wanted).exists() or wanted in served.assessments:
        number += 1
        wanted = f"{name}-{number}"
    return wanted
