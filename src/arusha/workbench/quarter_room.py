"""The quarterly card as a page of the union desk."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from arusha.assessment.agreed import FEWEST, STEP, office_counts
from arusha.workbench import alerts
from arusha.workbench.assessments import opened
from arusha.workbench.fairness_room import held_question, title_of
from arusha.workbench.gate import Opened
from arusha.workbench.pages import render
from arusha.workbench.quarter import Quarter, card, counted
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor

BACK = 8
"""Quarters that can be chosen, the present one among them."""


def quarterly(request: HttpRequest, visitor: Visitor, question: str) -> HttpResponse:
    """Signals, exits, contests, looks and pauses of one quarter, beside what was promised."""
    served = site()
    held = held_question(served, question)
    present = Quarter.of(alerts.now().date())
    choices = [present]
    while len(choices) < BACK:
        choices.append(choices[-1].before)
    asked = Quarter.read(request.GET["quarter"]) if "quarter" in request.GET else present
    if asked is None or asked not in choices:
        raise Http404
    charter = served.charter()
    assert charter is not None
    kept = Record(served.home).counted(question, asked.start, asked.end)
    return render(
        request,
        visitor,
        "quarter.html.j2",
        question=held,
        title=title_of(request, question),
        card=card(counted(charter.ledger), question, asked, kept),
        choices=choices,
        present=present,
        fewest=FEWEST,
        step=STEP,
        assessed=_assessed(served, question, asked),
        reviews=visitor.may("charter.review") and held.stage in ("live", "paused"),
    )


def _assessed(served: Site, question: str, quarter: Quarter) -> list[tuple[str, int | None, int | None]]:
    """Assessments of the quarter: their day, units tested and signals, as counts are given of what is not live."""
    found = []
    for name in served.assessments:
        one = opened(name)
        day = str(one.folder.manifest.get("created_at", ""))[:10]
        asked = one.question(question)
        if asked is None or not asked.assessed or not quarter.start.isoformat() <= day < quarter.end.isoformat():
            continue
        total = _total(one, question)
        if total is not None:
            found.append((day, *total))
    return found


@lru_cache(maxsize=64)
def _total(found: Opened, question: str) -> tuple[int | None, int | None] | None:
    """Units tested and signals of all offices together; kept until something changes."""
    asked = found.question(question)
    assert asked is not None
    counts = asked.counts if asked.counts is not None else office_counts(question, asked.signals)
    return next(((row["tested"], row["signals"]) for row in counts.to_pylist() if row["office"] is None), None)
