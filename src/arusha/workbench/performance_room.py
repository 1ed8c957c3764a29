"""How a question's alerts turned out, and how often a second reader who knew nothing decided the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_words import defined
from arusha.indicators.registry import indicators
from arusha.workbench import alerts, rereview
from arusha.workbench.assessments import opened
from arusha.workbench.earlier import twice
from arusha.workbench.feedback import FEWEST_TOLD, Feedback, feedback
from arusha.workbench.pages import render, words_of
from arusha.workbench.quarter import Quarter
from arusha.workbench.record import Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def performance(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """By question: exits, how many led anywhere, and the standing line against what happened."""
    words = words_of(request)
    known = turned_out(Record(site().home))
    state = site().state()
    shown = tuple(opened(name) for name in site().assessments)
    rows = []
    for indicator in indicators():
        about = {"id": indicator.definition.id, "title": indicator.definition.title}
        found = known[indicator.definition.id]
        held = state.questions.get(indicator.definition.id) if state else None
        if found.open or found.closed:
            rows.append((defined(words, about, "title"), found, held, twice(indicator.definition.id, shown)))
    return render(request, visitor, "performance.html.j2", rows=rows, fewest=alerts.FEWEST, fewest_told=FEWEST_TOLD)


def turned_out(record: Record) -> Mapping[str, Feedback]:
    """Of every question what became of its alerts up to now."""
    return _turned_out(record.home, alerts.alerts(record).mark())


@lru_cache(maxsize=4)
def _turned_out(home: Path, mark: bytes) -> Mapping[str, Feedback]:
    """Of every question what became of its alerts; kept until one of them changes."""
    known = alerts.alerts(Record(home))
    waiting, closed = known.waiting(), known.closings()
    return {
        i.definition.id: feedback(i.definition.id, waiting[i.definition.id], closed.get(i.definition.id, ()))
        for i in indicators()
    }


def again(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The draws of blind re-review, and how often the second decision was the first."""
    record = Record(site().home)
    quarter = Quarter.of(alerts.now().date())
    drawn = rereview.draws(record)
    return render(
        request,
        visitor,
        "rereview.html.j2",
        quarter=quarter,
        draws=[
            (
                d,
                [
                    (s, rereview.state_at(record, s, d.number), rereview.SAME_AS.get(way, way))
                    for s, (_, way) in d.given.items()
                ],
            )
            for d in reversed(drawn)
        ],
        agreed=rereview.agreement(record),
        ways=("explained", "data-error", "support", "inquiry"),
        draws_now=visitor.may("rereview.draw") and all(d.quarter != quarter.name for d in drawn),
    )


def draw_again(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Draw this quarter's closed alerts."""
    assert visitor.actor is not None
    rereview.draw(Record(site().home), visitor.actor, alerts.now().date())
    return redirect("rereview")
