"""Panels that are counted from the loaded records: what is asked for, the job that counts, and what it left out."""

from __future__ import annotations

import json
import secrets
from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.commands import started
from arusha.assessment.panel_counts import COUNTABLE, PERIODS
from arusha.assessment.panels import EXPOSURE, FIRST_TREATED, UNIT
from arusha.assessment.report_words import defined
from arusha.errors import PlanError
from arusha.indicators.registry import indicators
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.workbench import jobs
from arusha.workbench.evaluations.panels import home_of
from arusha.workbench.site import Site, site
from arusha.workbench.uploads import FOLDER
from arusha.workbench.visitor import Visitor

NAME = "panel.csv"
LONGEST = 20_000


def offered(served: Site, words: Catalogue) -> list[tuple[str, str]]:
    """Questions that give panels, with their titles; none where nothing is loaded."""
    if not served.has_records:
        return []
    known = {i.definition.id: i.definition for i in indicators()}
    return [(q, defined(words, {"id": q, "title": known[q].title}, "title")) for q in COUNTABLE if q in known]


def count(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask the worker to count. Where there is a charter, offices of few officers are left out whatever is live."""
    served = site()
    assert visitor.actor is not None
    question, period = str(request.POST.get("question", "")), str(request.POST.get("counted-by", "month"))
    if served.workspace is None or not served.has_records or question not in COUNTABLE or period not in PERIODS:
        raise of(PlanError, "ev-nothing-counted", "ev-load-choose")
    until = str(request.POST.get("until", "")).strip()
    if until:
        try:
            date.fromisoformat(until)
        except ValueError as error:
            raise of(PlanError, "ev-no-day", "ev-day", value=repr(until[:20])) from error
    lines = str(request.POST.get("starts", ""))[:LONGEST].splitlines()
    starts = started([line.strip() for line in lines if line.strip()])
    key = secrets.token_hex(8)
    given = {
        "workspace": str(served.workspace),
        "folder": str(home_of(served) / FOLDER / key),
        "panel": key,
        "question": question,
        "period": period,
        "until": until,
        "starts": starts,
        "few_withheld": served.charter() is not None,
        "about": question,
    }
    job = jobs.ask(served.home, visitor.actor, jobs.COUNT, given, f"question:{question}", f"panel:{key}")
    return redirect("job", job=job.key)


def about(path: Path) -> dict[str, Any] | None:
    """What is known of a panel that was counted here; none for any other file."""
    beside = path.with_suffix(".json")
    if path.name != NAME or not beside.is_file():
        return None
    found: dict[str, Any] = json.loads(beside.read_text("utf-8"))
    return found if found.get("kind") == "panel of offices" else None


def raw_columns(told: dict[str, Any], period: str) -> tuple[str, ...]:
    """The columns of a counted panel that a plan may use: shares, errors and expectations are no outcomes."""
    return (UNIT, period, EXPOSURE, *told["events"], FIRST_TREATED)
